-- Incidents: one row a cause of trouble, with its life.
select
    incidents.incident_id,
    incidents.check_id,
    incidents.severity,
    incidents.status,
    {{ province_key('incidents.frame', 'incidents.province_code') }} as province_key,
    incidents.province_code,
    incidents.frame,
    provinces.name_vi as province_vi,
    provinces.name_en as province_en,
    incidents.source_key,
    incidents.metric,
    coalesce(periods.period, incidents.period) as period,
    incidents.title as title_vi,
    incidents.title_en,
    incidents.expected,
    incidents.observed,
    incidents.evidence_fact_id,
    incidents.evidence_quote,
    incidents.evidence_url,
    incidents.held,
    incidents.mend,
    incidents.last_healthy,
    incidents.opened_at,
    incidents.last_seen_at,
    incidents.resolved_at
from {{ ref('stg_incidents') }} as incidents
left join {{ ref('dim_province') }} as provinces
    on
        incidents.province_code = provinces.province_code
        and incidents.frame = provinces.frame
left join {{ ref('int_periods') }} as periods on incidents.period = periods.notation
