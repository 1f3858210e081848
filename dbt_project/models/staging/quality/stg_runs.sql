select runs.* exclude (_file, _row)
from {{ source('quality', 'runs') }} as runs
