{{ config(severity='warn') }}
-- The expiry guard: a correction whose reading is gone or right by now changes nothing and is to be removed.
-- A reviewer's decision stays in its log; where the figure is read differently now it waits in `coso review`.
select
    correction_id,
    status,
    reason
from {{ ref('int_correction_targets') }}
where status != 'applied' and (origin = 'repository' or status = 'reading_differs')
