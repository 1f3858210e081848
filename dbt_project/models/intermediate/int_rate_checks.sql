{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='fact_id',
    meta={'stale': 'stale_checks', 'stale_key': ['fact_id']},
) }}
-- Stated rates beside those that follow from their parts: in the same article, and among reconciled values.
with rates as (
    select
        readings.*,
        metrics.numerator,
        metrics.denominator as whole
    from {{ ref('fct_metric_observation') }} as readings
    inner join {{ ref('dim_metric') }} as metrics on readings.metric = metrics.metric
    where
        metrics.kind = 'rate'
        and readings.value_standard is not null
        and readings.not_reconcilable_because is distinct from 'superseded_document'
        and readings.fact_id in (select stale.fact_id from {{ ref('stale_checks') }} as stale)
),

-- Figures of one article for one place, tier and period, so that like is divided by like.
in_article as (
    select
        rates.fact_id as rate_fact_id,
        parts.fact_id,
        parts.metric = rates.numerator as is_numerator,
        parts.value_standard,
        -- "1.524/1.688": the whole stands in the reading itself, in the unit of the reading.
        parts.denominator * parts.value_standard / nullif(parts.value, 0) as written_whole
    from rates
    inner join {{ ref('fct_metric_observation') }} as parts
        on
            rates.document_id = parts.document_id
            and parts.metric in (rates.numerator, rates.whole)
            and rates.province_key is not distinct from parts.province_key
            and rates.period is not distinct from parts.period
            and rates.place is not distinct from parts.place
            and rates.level is not distinct from parts.level
            and rates.tier is not distinct from parts.tier
            and rates.subset = parts.subset
    where parts.value_standard is not null
),

computed as (
    select
        rate_fact_id,
        'fraction' as basis,
        arg_min(value_standard, fact_id) as numerator_value,
        arg_min(written_whole, fact_id) as denominator_value,
        min(fact_id) as numerator_fact_id,
        min(fact_id) as denominator_fact_id
    from in_article
    where is_numerator and written_whole is not null
    group by rate_fact_id
    union all
    select
        rate_fact_id,
        'same_document' as basis,
        arg_min(value_standard, fact_id) filter (where is_numerator) as numerator_value,
        arg_min(value_standard, fact_id) filter (where not is_numerator) as denominator_value,
        min(fact_id) filter (where is_numerator) as numerator_fact_id,
        min(fact_id) filter (where not is_numerator) as denominator_fact_id
    from in_article
    group by rate_fact_id
    having bool_or(is_numerator) and bool_or(not is_numerator)
    union all
    select
        rates.fact_id as rate_fact_id,
        'values' as basis,
        numerators.value as numerator_value,
        wholes.value as denominator_value,
        numerators.chosen_fact_id as numerator_fact_id,
        wholes.chosen_fact_id as denominator_fact_id
    from rates
    inner join {{ ref('fct_metric_value') }} as numerators
        on
            rates.province_key = numerators.province_key
            and rates.numerator = numerators.metric
            and rates.period = numerators.period
    inner join {{ ref('fct_metric_value') }} as wholes
        on
            rates.province_key = wholes.province_key
            and rates.whole = wholes.metric
            and rates.period = wholes.period
    where rates.is_reconcilable
),

compared as (
    select
        rates.fact_id,
        rates.province_key,
        rates.province_code,
        rates.frame,
        rates.metric,
        rates.period,
        rates.is_reconcilable,
        coalesce(computed.basis, 'none') as basis,
        rates.value_standard as stated_rate,
        round(100 * computed.numerator_value / nullif(computed.denominator_value, 0), 6) as computed_rate,
        rates.approx is not null as is_approximate,
        rates.numerator as numerator_metric,
        rates.whole as denominator_metric,
        computed.numerator_value,
        computed.denominator_value,
        computed.numerator_fact_id,
        computed.denominator_fact_id
    from rates
    left join computed on rates.fact_id = computed.rate_fact_id
)

select
    fact_id || '/' || basis as rate_check_key,
    *,
    round(stated_rate - computed_rate, 6) as difference,
    case
        when computed_rate is null then 'not_checkable'
        when abs(stated_rate - computed_rate) <= {{ rate_rounding('stated_rate') }} + 0.000001
            then 'consistent'
        -- Offices close their books on different days; half a point is what the gate of the marts allows too.
        when abs(stated_rate - computed_rate) <= 0.5 or is_approximate then 'near'
        else 'inconsistent'
    end as status
from compared
