-- Readings whose comparison or rate check is to be made again: of a stale document, or leaning on a stale
-- cell.
with cells as (
    select
        province_key,
        metric,
        period
    from {{ ref('stale_cells') }}
    union
    -- A value of an old province counts in the new one's too.
    select
        bridge.new_province_key as province_key,
        stale.metric,
        stale.period
    from {{ ref('stale_cells') }} as stale
    inner join {{ ref('bridge_province_frame') }} as bridge on stale.province_key = bridge.old_province_key
)

select fact_id
from {{ ref('left_readings') }}
union
select readings.fact_id
from {{ ref('fct_metric_observation') }} as readings
where readings.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
union
select comparisons.fact_id
from {{ rows_before('gate', 'fct_metric_comparison', {
    'fact_id': 'varchar', 'province_key': 'varchar', 'metric': 'varchar', 'baseline_period': 'varchar',
}) }} as comparisons
semi join cells
    on
        comparisons.province_key = cells.province_key
        and comparisons.metric = cells.metric
        and comparisons.baseline_period = cells.period
union
select checks.fact_id
from {{ rows_before('intermediate', 'int_rate_checks', {
    'fact_id': 'varchar', 'province_key': 'varchar', 'period': 'varchar', 'numerator_metric': 'varchar',
    'denominator_metric': 'varchar',
}) }} as checks
semi join cells
    on
        checks.province_key = cells.province_key
        and checks.period = cells.period
        and cells.metric in (checks.numerator_metric, checks.denominator_metric)
