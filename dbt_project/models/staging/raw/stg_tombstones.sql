select tombstones.* exclude (_file, _row)
from {{ source('raw', 'tombstones') }} as tombstones
