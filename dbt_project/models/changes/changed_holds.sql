{{ config(tags=['quality']) }}
-- Provinces and metrics (all, where empty) that are held back now and were not, or were and are no longer; an
-- old province concerns the new one too.
with held_now as (
    select distinct
        province_code,
        frame,
        metric
    from {{ ref('fct_publication_hold') }}
),

changed as (
    (
        select * from held_now
        except
        select * from {{ ref('left_holds') }}
    )
    union all
    (
        select * from {{ ref('left_holds') }}
        except
        select * from held_now
    )
)

select
    province_code,
    frame,
    metric
from changed
union
select
    bridge.new_province_code as province_code,
    '34' as frame,
    changed.metric
from changed
inner join {{ ref('bridge_province_frame') }} as bridge
    on changed.frame = '63' and changed.province_code = bridge.old_province_code
