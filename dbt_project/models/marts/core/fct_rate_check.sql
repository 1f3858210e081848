{{ config(
    tags=['quality'],
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='fact_id',
    meta={'stale': 'stale_verdicts', 'stale_key': ['fact_id']},
) }}
-- Stated rates beside those that follow from their parts. A part that is held back judges nothing: the row
-- says so.
with leaning as (
    select
        checks.rate_check_key,
        -- A hold without a metric holds all of them.
        bool_or(coalesce(held.metric = checks.numerator_metric, true)) as is_numerator_held,
        bool_or(coalesce(held.metric = checks.denominator_metric, true)) as is_denominator_held
    from {{ ref('int_rate_checks') }} as checks
    inner join {{ ref('int_held_values') }} as held
        on
            checks.province_code = held.province_code
            and checks.frame = held.frame
            and held.basis = 'as_reported'
            and coalesce(held.metric in (checks.numerator_metric, checks.denominator_metric), true)
    where coalesce(checks.numerator_value, checks.denominator_value) is not null
    group by checks.rate_check_key
)

select
    checks.* exclude (computed_rate, numerator_value, denominator_value, difference, status),
    if(leaning.rate_check_key is null, checks.computed_rate, null) as computed_rate,
    if(coalesce(leaning.is_numerator_held, false), null, checks.numerator_value) as numerator_value,
    if(coalesce(leaning.is_denominator_held, false), null, checks.denominator_value) as denominator_value,
    if(leaning.rate_check_key is null, checks.difference, null) as difference,
    if(leaning.rate_check_key is null or checks.computed_rate is null, checks.status, 'held') as status,
    case
        when leaning.is_numerator_held and leaning.is_denominator_held then 'both_parts_held'
        when leaning.is_numerator_held then 'numerator_held'
        when leaning.is_denominator_held then 'denominator_held'
    end as caveat
from {{ ref('int_rate_checks') }} as checks
left join leaning on checks.rate_check_key = leaning.rate_check_key
where checks.fact_id in (select stale.fact_id from {{ ref('stale_verdicts') }} as stale)
