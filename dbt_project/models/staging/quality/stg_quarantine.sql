select refused.* exclude (_file, _row)
from {{ source('quality', 'quarantine') }} as refused
