-- The table for people: who reports what, who says so, and the change against the same months a year earlier.
with sources as (
    select
        province_key,
        metric,
        period,
        string_agg(distinct source_name, '; ' order by source_name) as source_names
    from {{ ref('fct_metric_observation') }}
    where is_reconcilable
    group by province_key, metric, period
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
from {{ ref('fct_metric_value') }} as reported
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
