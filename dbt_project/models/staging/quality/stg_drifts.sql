select drifts.* exclude (_file, _row)
from {{ source('quality', 'drifts') }} as drifts
