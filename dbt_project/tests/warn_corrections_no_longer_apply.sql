{{ config(severity='warn') }}
-- The expiry guard: a correction whose reading is gone or right by now changes nothing and is to be removed.
select
    correction_id,
    status,
    reason
from {{ ref('int_correction_targets') }}
where status != 'applied'
