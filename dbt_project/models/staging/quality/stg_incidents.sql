select incidents.* exclude (_file, _row)
from {{ source('quality', 'incidents') }} as incidents
