{{ config(severity='warn') }}
-- The engine's days of a period against those that its notation means here.
select
    facts.fact_id,
    facts.period,
    facts.period_start,
    facts.period_end
from {{ ref('stg_facts') }} as facts
left join {{ ref('int_periods') }} as periods on facts.period = periods.notation
where
    facts.period is not null
    and (
        facts.period_start is distinct from periods.period_start
        or facts.period_end is distinct from periods.period_end
    )
