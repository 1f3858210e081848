{{ config(
    schema='gate',
    alias='fct_metric_comparison',
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='fact_id',
    meta={'stale': 'stale_checks', 'stale_key': ['fact_id']},
) }}
-- What the gate of the marts reads, before it says what is held back (schema gate, under the name of the
-- mart). Stated changes beside the earlier report: "giảm 26 lượt" implies a value that can be looked up
-- there.
with changes as (
    select
        readings.fact_id,
        readings.province_key,
        readings.province_code,
        readings.frame,
        readings.metric,
        readings.period,
        readings.report_id,
        readings.is_reconcilable,
        readings.value_standard as value,
        readings.unit_standard as unit,
        readings.approx is not null as is_approximate,
        readings.comparison_direction as direction,
        readings.comparison_unit as stated_unit,
        readings.comparison_amount as stated_amount,
        if(readings.comparison_direction = 'increase', 1, -1) as sign,
        coalesce(baselines.period, readings.comparison_baseline) as baseline_period,
        {{ change_kind('readings.comparison_unit', 'metrics.kind') }} as change_kind,
        readings.comparison_amount * case
            when units.standard_unit = readings.unit_standard then units.factor
            -- "giảm 26" and "giảm 26 lượt" are in the unit of the reading itself.
            else coalesce(readings.value_standard / nullif(readings.value, 0), 1)
        end as amount
    from {{ ref('fct_metric_observation') }} as readings
    left join {{ ref('int_periods') }} as baselines on readings.comparison_baseline = baselines.notation
    left join {{ ref('dim_metric') }} as metrics on readings.metric = metrics.metric
    left join {{ ref('int_units') }} as units on readings.comparison_unit = units.written
    where
        readings.comparison_direction in ('increase', 'decrease')
        and readings.comparison_amount is not null
        and readings.fact_id in (select stale.fact_id from {{ ref('stale_checks') }} as stale)
),

implied as (
    select
        *,
        round(
            {{ implied_earlier('value', 'change_kind', 'sign', 'stated_amount', 'amount') }}, 6
        ) as implied_value
    from changes
),

beside_earlier as (
    select
        implied.*,
        earlier.value as earlier_value,
        earlier.basis as earlier_basis,
        earlier.fact_id as earlier_fact_id,
        sources_of_earlier.report_id = implied.report_id as is_earlier_from_same_report,
        {{ change_gap('implied', 'earlier.value') }} as gap,
        {{ change_tolerance('implied') }} as tolerance
    from implied
    left join {{ ref('int_values_by_frame') }} as earlier
        on
            -- In the key, as a condition on the left side alone would make DuckDB compare all with all.
            if(implied.is_reconcilable, implied.province_code, null) = earlier.province_code
            and implied.frame = earlier.frame
            and implied.metric = earlier.metric
            and implied.baseline_period = earlier.period
    left join {{ ref('fct_metric_observation') }} as sources_of_earlier
        on earlier.fact_id = sources_of_earlier.fact_id
)

select
    fact_id,
    province_key,
    province_code,
    frame,
    metric,
    period,
    value,
    unit,
    direction,
    stated_amount,
    stated_unit,
    change_kind,
    baseline_period,
    implied_value,
    earlier_value,
    earlier_basis,
    earlier_fact_id,
    is_earlier_from_same_report,
    round(earlier_value - implied_value, 6) as difference,
    case
        when not is_reconcilable or implied_value is null then 'not_checkable'
        when baseline_period is null then 'baseline_unknown'
        when earlier_value is null then 'earlier_missing'
        when gap is null then 'not_checkable'
        when gap <= tolerance then 'consistent'
        else 'inconsistent'
    end as status
from beside_earlier
