-- Archived pages that were destroyed for ever because they hold personal data: what, when, by whom, why.
select
    tombstone_id,
    source_key,
    key_id,
    captures as n_captures,
    files as n_files,
    key_made_at,
    destroyed_at,
    destroyed_by,
    reason
from {{ ref('stg_tombstones') }}
