with repeated as (
    {{ all_but_first(source('raw', 'captures'), 'capture_id', newest_first='fetched_at') }}
)

select captures.* exclude (_file, _row)
from {{ source('raw', 'captures') }} as captures
anti join repeated on captures._file = repeated._file and captures._row = repeated._row
