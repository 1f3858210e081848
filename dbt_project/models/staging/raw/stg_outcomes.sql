with repeated as (
    {{ all_but_first(source('raw', 'outcomes'), 'outcome_id') }}
)

select outcomes.* exclude (_file, _row)
from {{ source('raw', 'outcomes') }} as outcomes
anti join repeated on outcomes._file = repeated._file and outcomes._row = repeated._row
