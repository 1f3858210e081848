-- Figures of old provinces seen from the new one that are to be summed again: one of the members is stale.
select distinct
    bridge.new_province_code as province_code,
    stale.metric,
    stale.period
from {{ ref('stale_cells') }} as stale
inner join {{ ref('bridge_province_frame') }} as bridge on stale.province_key = bridge.old_province_key
