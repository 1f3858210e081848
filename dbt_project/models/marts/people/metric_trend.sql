{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_code', 'frame', 'metric', 'year'],
    meta={'stale': 'stale_series', 'stale_key': ['province_code', 'frame', 'metric', 'year']},
) }}
-- Series to draw and compare: released values, those carried to the new frame and those derived from parts.
with figures as (
    select
        province_code,
        frame,
        metric,
        period,
        period_start,
        period_end,
        value,
        basis,
        is_approximate,
        agreement,
        fact_id
    from {{ ref('int_released_values') }}
    union all
    select
        province_code,
        frame,
        metric,
        period,
        period_start,
        period_end,
        value,
        'derived_from_parts' as basis,
        is_approximate,
        agreement,
        null as fact_id
    from {{ ref('fct_derived_value') }}
),

single_year as (
    select
        *,
        {{ period_kind('period_start', 'period_end') }} as period_kind
    from figures
    where year(period_start) = year(period_end) and period_kind != 'months'
),

beside_year_before as (
    select
        figures.*,
        before.period as previous_period,
        before.value as previous_value,
        before.basis as previous_basis
    from single_year as figures
    left join single_year as before
        on
            figures.province_code = before.province_code
            and figures.frame = before.frame
            and figures.metric = before.metric
            and figures.period_kind = before.period_kind
            and figures.period_start - interval 1 year = before.period_start
            and year(figures.period_end) - 1 = year(before.period_end)
            and month(figures.period_end) = month(before.period_end)
    semi join {{ ref('stale_series') }} as stale
        on
            figures.province_code = stale.province_code
            and figures.frame = stale.frame
            and figures.metric = stale.metric
            and year(figures.period_start) = stale.year
)

select
    provinces.province_key || '/' || series.metric || '/' || series.period as value_key,
    provinces.province_key,
    series.province_code,
    series.frame,
    provinces.name_vi as province_vi,
    provinces.name_en as province_en,
    provinces.region_vi,
    provinces.region_en,
    series.metric,
    metrics.name_vi as metric_vi,
    metrics.name_en as metric_en,
    metrics.theme,
    metrics.kind as metric_kind,
    metrics.unit,
    series.period_kind,
    cast(year(series.period_start) as integer) as year,
    series.period,
    {{ period_label_vi('series.period_kind', 'series.period_start', 'series.period_end') }} as period_vi,
    {{ period_label_en('series.period_kind', 'series.period_start', 'series.period_end') }} as period_en,
    series.period_start,
    series.period_end,
    series.value,
    series.basis,
    series.is_approximate,
    series.agreement,
    {{ per_100k('series.value', 'provinces.population_2019', 'metrics.kind') }} as per_100k,
    provinces.population_2019,
    series.previous_period,
    series.previous_value,
    series.previous_basis,
    round(series.value - series.previous_value, 6) as change,
    if(
        metrics.kind = 'rate', null,
        round(100 * (series.value - series.previous_value) / nullif(series.previous_value, 0), 1)
    ) as change_percent,
    series.fact_id,
    false as is_stale
from beside_year_before as series
inner join {{ ref('dim_province') }} as provinces
    on series.province_code = provinces.province_code and series.frame = provinces.frame
inner join {{ ref('dim_metric') }} as metrics on series.metric = metrics.metric
