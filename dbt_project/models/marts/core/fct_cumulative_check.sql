{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_key', 'metric', 'left(period, 4)'],
    meta={'stale': 'stale_cells', 'stale_key': ['province_key', 'metric', 'left(period, 4)']},
) }}
-- Counts from January on inside one year: a longer count is never smaller than a shorter one.
with running as (
    select
        figures.*,
        year(figures.period_start) as year,
        cast(date_diff('month', figures.period_start, figures.period_end) + 1 as integer) as months
    from {{ ref('fct_metric_value') }} as figures
    inner join {{ ref('dim_metric') }} as metrics on figures.metric = metrics.metric
    semi join {{ ref('stale_cells') }} as stale
        on
            figures.province_key = stale.province_key
            and figures.metric = stale.metric
            and left(figures.period, 4) = left(stale.period, 4)
    where
        metrics.kind = 'flow'
        and month(figures.period_start) = 1
        and year(figures.period_start) = year(figures.period_end)
),

beside_shorter as (
    select
        *,
        lag(period) over shorter_first as shorter_period,
        lag(value) over shorter_first as shorter_value,
        lag(chosen_fact_id) over shorter_first as shorter_fact_id,
        lag(is_approximate) over shorter_first as is_shorter_approximate
    from running
    window shorter_first as (partition by province_key, metric, year order by months)
)

select
    value_key,
    province_key,
    province_code,
    frame,
    metric,
    period,
    months,
    value,
    unit,
    chosen_fact_id as fact_id,
    shorter_period,
    shorter_value,
    shorter_fact_id,
    round(value - shorter_value, 6) as increase,
    case
        when value >= shorter_value then 'consistent'
        -- "hơn 500" after an exact 520 is loose talk rather than a contradiction.
        when (is_approximate or is_shorter_approximate) and value >= 0.9 * shorter_value then 'consistent'
        else 'decreasing'
    end as status
from beside_shorter
where shorter_value is not null
