{{ config(materialized='view', tags=['quality']) }}
-- Province and metric pairs that a hold keeps back, in both frames: a doubted member is no part of a sum.
select
    province_code,
    frame,
    metric,
    'as_reported' as basis
from {{ ref('fct_publication_hold') }}
union
select
    bridge.new_province_code as province_code,
    '34' as frame,
    held.metric,
    'carried' as basis
from {{ ref('fct_publication_hold') }} as held
inner join {{ ref('bridge_province_frame') }} as bridge
    on held.frame = '63' and held.province_code = bridge.old_province_code
