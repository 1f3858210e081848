{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_code', 'frame', 'metric', 'year(period_start)'],
    meta={'stale': 'stale_series', 'stale_key': ['province_code', 'frame', 'metric', 'year']},
) }}
-- The table for people: who reports what, who says so, and the change against the same months a year earlier.
with values_again as (
    select figures.*
    from {{ ref('fct_metric_value') }} as figures
    semi join {{ ref('stale_series') }} as stale
        on
            figures.province_code = stale.province_code
            and figures.frame = stale.frame
            and figures.metric = stale.metric
            and year(figures.period_start) = stale.year
),

sources as (
    select
        readings.province_key,
        readings.metric,
        readings.period,
        string_agg(distinct readings.source_name, '; ' order by readings.source_name) as source_names
    from {{ ref('fct_metric_observation') }} as readings
    semi join values_again
        on
            readings.province_key = values_again.province_key
            and readings.metric = values_again.metric
            and readings.period = values_again.period
    where readings.is_reconcilable
    group by readings.province_key, readings.metric, readings.period
)

select
    reported.value_key,
    reported.province_code,
    reported.frame,
    provinces.name_vi as province_vi,
    provinces.name_en as province_en,
    provinces.region_vi,
    provinces.region_en,
    reported.metric,
    metrics.name_vi as metric_vi,
    metrics.name_en as metric_en,
    metrics.theme,
    reported.period,
    periods.label_vi as period_vi,
    periods.label_en as period_en,
    reported.period_start,
    reported.period_end,
    reported.value,
    reported.unit,
    metrics.unit_vi,
    reported.is_approximate,
    reported.agreement,
    reported.n_sources,
    sources.source_names,
    reported.runner_up_value,
    earlier.period as earlier_period,
    earlier.value as earlier_value,
    earlier.basis as earlier_basis,
    round(reported.value - earlier.value, 6) as change,
    if(
        metrics.kind = 'rate', null,
        round(100 * (reported.value - earlier.value) / nullif(earlier.value, 0), 1)
    ) as change_percent,
    reported.chosen_fact_id as fact_id,
    evidence.sentence,
    evidence.url,
    evidence.published_on,
    reported.is_stale
from values_again as reported
inner join {{ ref('dim_province') }} as provinces on reported.province_key = provinces.province_key
inner join {{ ref('dim_metric') }} as metrics on reported.metric = metrics.metric
inner join {{ ref('dim_period') }} as periods on reported.period = periods.period
inner join {{ ref('fct_metric_observation') }} as evidence on reported.chosen_fact_id = evidence.fact_id
inner join sources
    on
        reported.province_key = sources.province_key
        and reported.metric = sources.metric
        and reported.period = sources.period
left join {{ ref('int_released_values') }} as earlier
    on
        reported.province_code = earlier.province_code
        and reported.frame = earlier.frame
        and reported.metric = earlier.metric
        -- "2019 to 2022" against "2018 to 2021" says nothing. In the key, since a condition on the
        -- left side alone would make DuckDB compare all with all.
        and if(periods.kind in ('years', 'months'), null, reported.period_start) - interval 1 year
        = earlier.period_start
        and last_day(reported.period_end - interval 1 year) = earlier.period_end
