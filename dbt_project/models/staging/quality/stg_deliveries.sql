select deliveries.* exclude (_file, _row)
from {{ source('quality', 'deliveries') }} as deliveries
