-- The country by metric and period, on each map: the whole only when every province is in, else its part.
with frames as (
    select
        frame,
        cast(count(*) as integer) as n_provinces,
        sum(population_2019) as population_total
    from {{ ref('dim_province') }}
    group by frame
),

held as (
    select
        held.frame,
        metrics.metric,
        count(distinct held.province_code) as n_held
    from {{ ref('int_held_values') }} as held
    inner join {{ ref('dim_metric') }} as metrics on coalesce(held.metric, metrics.metric) = metrics.metric
    group by held.frame, metrics.metric
),

summed as (
    select
        frame,
        metric,
        period,
        any_value(metric_vi) as metric_vi,
        any_value(metric_en) as metric_en,
        any_value(metric_kind) as metric_kind,
        any_value(unit) as unit,
        any_value(period_kind) as period_kind,
        any_value(period_vi) as period_vi,
        any_value(period_en) as period_en,
        any_value(period_start) as period_start,
        any_value(period_end) as period_end,
        cast(count(*) as integer) as n_reporting,
        cast(sum(population_2019) as bigint) as population_covered,
        round(sum(value), 6) as reported_sum,
        median(value) as median_value,
        min(value) as lowest_value,
        first(province_vi order by value, province_code) as lowest_province_vi,
        max(value) as highest_value,
        first(province_vi order by value desc, province_code) as highest_province_vi,
        cast(count_if(agreement = 'conflict') as integer) as n_conflicts,
        cast(count_if(is_approximate) as integer) as n_approximate,
        cast(count_if(basis = 'derived_from_parts') as integer) as n_derived,
        cast(count_if(basis = 'sum_of_members') as integer) as n_summed
    from {{ ref('metric_trend') }}
    group by frame, metric, period
),

judged as (
    select
        summed.*,
        frames.n_provinces,
        cast(frames.population_total as bigint) as population_total,
        coalesce(held.n_held, 0) as n_held,
        case
            when summed.metric_kind = 'rate' then 'not_summed'
            when summed.n_reporting = frames.n_provinces then 'complete'
            else 'partial'
        end as status
    from summed
    inner join frames on summed.frame = frames.frame
    left join held on summed.frame = held.frame and summed.metric = held.metric
)

select
    frame || '/' || metric || '/' || period as summary_key,
    frame,
    metric,
    metric_vi,
    metric_en,
    metric_kind,
    unit,
    period,
    period_kind,
    period_vi,
    period_en,
    period_start,
    period_end,
    status,
    if(status = 'complete', reported_sum, null) as national_value,
    if(status = 'partial', reported_sum, null) as partial_sum,
    {{ per_100k('reported_sum', 'population_covered', 'metric_kind') }} as per_100k_of_reporting,
    n_provinces,
    n_reporting,
    n_provinces - n_reporting as n_missing,
    n_held,
    round(100.0 * n_reporting / n_provinces, 1) as coverage_percent,
    population_covered,
    population_total,
    round(100.0 * population_covered / population_total, 1) as population_coverage_percent,
    'NSO average population 2019' as population_basis,
    median_value,
    lowest_value,
    lowest_province_vi,
    highest_value,
    highest_province_vi,
    n_conflicts,
    n_approximate,
    n_derived,
    n_summed
from judged
