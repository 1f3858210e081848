{{ config(materialized='view') }}
-- Reconciled values, and those of old provinces carried over to the new one where every member has one.
with carried as (
    select
        province_code,
        '34' as frame,
        metric,
        period,
        period_start,
        period_end,
        summed as value,
        if(status = 'same_territory', 'same_territory', 'sum_of_members') as basis,
        is_approximate,
        agreement,
        fact_id
    from {{ ref('int_province_rollups') }}
    where status in ('same_territory', 'complete')
)

select
    province_code,
    frame,
    metric,
    period,
    period_start,
    period_end,
    value,
    'as_reported' as basis,
    is_approximate,
    agreement,
    chosen_fact_id as fact_id
from {{ ref('fct_metric_value') }}
union all
select carried.*
from carried
anti join {{ ref('fct_metric_value') }} as reported
    on
        carried.province_code = reported.province_code
        and carried.frame = reported.frame
        and carried.metric = reported.metric
        and carried.period = reported.period
