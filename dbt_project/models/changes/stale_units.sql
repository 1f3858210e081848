-- Documents, submissions and unread pages to be read again: those that a changed file holds or held, and
-- those of rows that came into quarantine or out of it.
select left_behind.key as unit_id
from {{ ref('left_behind') }} as left_behind
where left_behind.kind = 'unit'
union
select entries.unit_id
from {{ ref('landed_index') }} as entries
semi join {{ ref('lake_files') }} as files on entries._file = files._file and files.is_changed
