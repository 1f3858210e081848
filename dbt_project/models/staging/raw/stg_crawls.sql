select crawls.* exclude (_file, _row)
from {{ source('raw', 'crawls') }} as crawls
