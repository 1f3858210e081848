select decisions.* exclude (_file, _row)
from {{ source('quality', 'review_decisions') }} as decisions
