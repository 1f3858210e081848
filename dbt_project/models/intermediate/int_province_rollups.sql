{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_code', 'metric', 'period'],
    meta={'stale': 'stale_rollups', 'stale_key': ['province_code', 'metric', 'period']},
) }}
-- Figures of old provinces seen from the new one: who of its members reported, and the sum where all did.
with reported as (
    select
        figures.*,
        metrics.kind as metric_kind,
        bridge.new_province_code
    from {{ ref('fct_metric_value') }} as figures
    inner join {{ ref('bridge_province_frame') }} as bridge
        on figures.province_code = bridge.old_province_code
    inner join {{ ref('dim_metric') }} as metrics on figures.metric = metrics.metric
    semi join {{ ref('stale_rollups') }} as stale
        on
            bridge.new_province_code = stale.province_code
            and figures.metric = stale.metric
            and figures.period = stale.period
    where figures.frame = '63'
),

asked as (
    select
        new_province_code,
        metric,
        period,
        any_value(metric_kind) as metric_kind,
        any_value(unit) as unit,
        any_value(period_start) as period_start,
        any_value(period_end) as period_end
    from reported
    group by new_province_code, metric, period
),

-- One row a member, whether or not it reported.
members as (
    select
        asked.*,
        bridge.n_members,
        bridge.old_name_vi,
        bridge.population_share,
        reported.value,
        reported.chosen_fact_id,
        reported.is_approximate,
        reported.agreement
    from asked
    inner join {{ ref('bridge_province_frame') }} as bridge
        on asked.new_province_code = bridge.new_province_code
    left join reported
        on
            bridge.old_province_code = reported.province_code
            and asked.metric = reported.metric
            and asked.period = reported.period
),

counted as (
    select
        new_province_code as province_code,
        metric,
        period,
        any_value(unit) as unit,
        any_value(metric_kind) as metric_kind,
        any_value(period_start) as period_start,
        any_value(period_end) as period_end,
        any_value(n_members) as n_members,
        cast(count(value) as integer) as n_reporting,
        string_agg(old_name_vi, '; ' order by old_name_vi) filter (where value is not null) as reporting_vi,
        string_agg(old_name_vi, '; ' order by old_name_vi) filter (where value is null) as missing_vi,
        round(sum(population_share) filter (where value is not null), 3) as population_share,
        round(sum(value), 6) as summed,
        min(value) as lowest_value,
        max(value) as highest_value,
        bool_or(is_approximate) as is_approximate,
        {{ weakest_agreement('agreement') }} as agreement,
        if(any_value(n_members) = 1, any_value(chosen_fact_id), null) as fact_id
    from members
    group by new_province_code, metric, period
)

select
    *,
    case
        when n_members = 1 then 'same_territory'
        -- Rates of several provinces do not add up, nor average without their denominators.
        when metric_kind = 'rate' then 'not_summed'
        when n_reporting = n_members then 'complete'
        else 'partial'
    end as status
from counted
