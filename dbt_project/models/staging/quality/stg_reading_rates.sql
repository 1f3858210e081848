select reading_rates.* exclude (_file, _row)
from {{ source('quality', 'reading_rates') }} as reading_rates
