-- Cells (province, metric and period) whose value is to be chosen again: a stale document gives or gave one
-- for it.
select
    province_key,
    metric,
    period
from {{ ref('left_readings') }}
where is_reconcilable
union
select
    readings.province_key,
    readings.metric,
    readings.period
from {{ ref('fct_metric_observation') }} as readings
where
    readings.is_reconcilable
    and readings.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
