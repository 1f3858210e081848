select verdicts.* exclude (_file, _row)
from {{ source('quality', 'verdicts') }} as verdicts
