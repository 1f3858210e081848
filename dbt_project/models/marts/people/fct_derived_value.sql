{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_code', 'frame', 'metric', 'year(period_start)'],
    meta={'stale': 'stale_series', 'stale_key': ['province_code', 'frame', 'metric', 'year']},
) }}
-- Values of longer periods that follow from reported parts which tile them; never where a value was reported.
with reported as (
    select
        figures.province_code,
        figures.frame,
        figures.metric,
        year(figures.period_start) as year,
        month(figures.period_start) as first_month,
        cast(date_diff('month', figures.period_start, figures.period_end) + 1 as integer) as months,
        figures.value,
        figures.is_approximate,
        figures.agreement,
        figures.basis != 'as_reported' as is_carried,
        figures.period as parts,
        1 as n_parts
    from {{ ref('int_released_values') }} as figures
    inner join {{ ref('dim_metric') }} as metrics on figures.metric = metrics.metric
    inner join {{ ref('dim_period') }} as periods on figures.period = periods.period
    semi join {{ ref('stale_series') }} as stale
        on
            figures.province_code = stale.province_code
            and figures.frame = stale.frame
            and figures.metric = stale.metric
            and year(figures.period_start) = stale.year
    -- Counts of what happened add up over time; stocks and rates do not, and "January to date" overlaps.
    where metrics.kind = 'flow' and periods.kind in ('month', 'quarter', 'half_year', 'year')
),

months as (
    select *
    from reported
    where months = 1
),

tiled_quarters as (
    {{ tile('months', 3, 3) }}
),

quarters as (
    {{ reported_or_tiled(3, 'tiled_quarters') }}
),

tiled_halves as (
    {{ tile('quarters', 6, 2) }}
),

halves as (
    {{ reported_or_tiled(6, 'tiled_halves') }}
),

tiled_years as (
    {{ tile('halves', 12, 2) }}
),

years as (
    {{ reported_or_tiled(12, 'tiled_years') }}
),

derived as (
    select
        *,
        make_date(year, first_month, 1) as period_start,
        last_day(make_date(year, first_month + months - 1, 1)) as period_end
    from (
        select * from quarters
        union all
        select * from halves
        union all
        select * from years
    ) as longer
    where is_derived
),

named as (
    select
        *,
        {{ period_kind('period_start', 'period_end') }} as period_kind
    from derived
),

dated as (
    select
        *,
        {{ period_name('period_kind', 'period_start', 'period_end') }} as period
    from named
)

select
    {{ province_key('dated.frame', 'dated.province_code') }}
    || '/' || dated.metric || '/' || dated.period as value_key,
    {{ province_key('dated.frame', 'dated.province_code') }} as province_key,
    dated.province_code,
    dated.frame,
    dated.metric,
    dated.period,
    dated.period_kind,
    dated.period_start,
    dated.period_end,
    round(dated.value, 6) as value,
    metrics.unit,
    dated.parts,
    dated.n_parts,
    dated.is_carried,
    dated.is_approximate,
    dated.agreement
from dated
inner join {{ ref('dim_metric') }} as metrics on dated.metric = metrics.metric
