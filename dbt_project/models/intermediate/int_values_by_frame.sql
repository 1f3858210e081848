{{ config(materialized='view') }}
-- Reconciled values, and those of old provinces carried over to the new one where every member has one.
with carried as (
    select
        bridge.new_province_code as province_code,
        '34' as frame,
        reported.metric,
        reported.period,
        any_value(reported.period_start) as period_start,
        any_value(reported.period_end) as period_end,
        round(sum(reported.value), 6) as value,
        if(any_value(bridge.n_members) = 1, 'same_territory', 'sum_of_members') as basis,
        if(count(*) = 1, any_value(reported.chosen_fact_id), null) as fact_id
    from {{ ref('fct_metric_value') }} as reported
    inner join {{ ref('bridge_province_frame') }} as bridge
        on reported.province_code = bridge.old_province_code
    inner join {{ ref('dim_metric') }} as metrics on reported.metric = metrics.metric
    where
        reported.frame = '63'
        -- Rates of several provinces do not add up, nor average without their denominators.
        and (metrics.kind != 'rate' or bridge.n_members = 1)
    group by bridge.new_province_code, reported.metric, reported.period
    having count(*) = any_value(bridge.n_members)
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
