select corrections.* exclude (_file, _row)
from {{ source('quality', 'review_corrections') }} as corrections
