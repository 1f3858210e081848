select releases.* exclude (_file, _row)
from {{ source('quality', 'hold_releases') }} as releases
