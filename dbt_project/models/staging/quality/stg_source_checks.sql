select source_checks.* exclude (_file, _row)
from {{ source('quality', 'source_checks') }} as source_checks
