-- Days whose attempts are to be counted again: a file of attempts or captures of that day changed.
select distinct cast(nullif(files.partition_day, '') as date) as day
from {{ ref('lake_files') }} as files
where files.zone = 'raw' and files.table_name in ('outcomes', 'captures') and files.is_changed
