select rejected.* exclude (_file, _row)
from {{ source('quality', 'rejected_files') }} as rejected
