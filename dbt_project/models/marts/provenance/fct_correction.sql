-- Reviewed corrections with the readings they touch; a correction that no longer applies stays and says so.
select
    targets.correction_id || '/' || coalesce(targets.target_fact_id, '') as correction_key,
    targets.correction_id,
    targets.status,
    targets.action,
    targets.target_fact_id as fact_id,
    coalesce(readings.province_key, targets.province_key) as province_key,
    coalesce(readings.metric, targets.metric) as metric,
    coalesce(readings.period, targets.period) as period,
    targets.old_value,
    targets.new_value,
    targets.found_value,
    targets.reason,
    targets.reviewer,
    cast(targets.reviewed_on as date) as reviewed_on,
    targets.evidence_url,
    targets.is_disputed,
    readings.url,
    readings.sentence
from {{ ref('int_correction_targets') }} as targets
left join {{ ref('fct_metric_observation') }} as readings on targets.target_fact_id = readings.fact_id
