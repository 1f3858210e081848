-- Values that readings give for a province, metric and period, one row a value, with who gives them; of the
-- cells that are to be decided again.
with readings as (
    select
        fact_id,
        source_key,
        report_id,
        source_rank,
        published_on,
        province_key,
        province_code,
        frame,
        metric,
        period,
        period_start,
        period_end,
        value_standard,
        unit_standard,
        approx is not null as is_loose
    from {{ ref('fct_metric_observation') }} as observations
    semi join {{ ref('stale_cells') }} as stale
        on
            observations.province_key = stale.province_key
            and observations.metric = stale.metric
            and observations.period = stale.period
    where observations.is_reconcilable
),

exact_values as (
    select distinct
        province_key,
        metric,
        period,
        value_standard
    from readings
    where not is_loose
),

-- "hơn 500" beside an exact 520 is the same figure told loosely: it supports 520 and is no other value.
nearest_exact as (
    select
        readings.fact_id,
        arg_min(
            exact_values.value_standard, abs(exact_values.value_standard - readings.value_standard)
        ) as value_standard
    from readings
    inner join exact_values
        on
            readings.province_key = exact_values.province_key
            and readings.metric = exact_values.metric
            and readings.period = exact_values.period
            and abs(exact_values.value_standard - readings.value_standard)
            <= 0.1 * abs(exact_values.value_standard)
    where readings.is_loose
    group by readings.fact_id
),

supported as (
    select
        readings.*,
        coalesce(nearest_exact.value_standard, readings.value_standard) as candidate_value
    from readings
    left join nearest_exact on readings.fact_id = nearest_exact.fact_id
)

select
    province_key,
    province_code,
    frame,
    metric,
    period,
    candidate_value,
    any_value(period_start) as period_start,
    any_value(period_end) as period_end,
    any_value(unit_standard) as unit_standard,
    count(*) as n_observations,
    list(distinct source_key) as source_keys,
    list(distinct report_id) as report_ids,
    -- Copies of one report, and one outlet repeating itself, are one witness.
    least(count(distinct source_key), count(distinct report_id)) as n_witnesses,
    min(source_rank) as source_rank,
    max(published_on) as last_published_on,
    min(fact_id) as first_fact_id,
    bool_and(is_loose) as is_approximate,
    first(
        fact_id order by is_loose, source_rank, published_on desc nulls last, fact_id
    ) as chosen_fact_id
from supported
group by province_key, province_code, frame, metric, period, candidate_value
