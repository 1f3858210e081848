select holds.* exclude (_file, _row)
from {{ source('quality', 'holds') }} as holds
