{{ config(tags=['quality']) }}
-- A derived value stands only where none was reported or carried over, and its parts tile the period.
select derived.value_key
from {{ ref('fct_derived_value') }} as derived
inner join {{ ref('int_released_values') }} as reported
    on
        derived.province_code = reported.province_code
        and derived.frame = reported.frame
        and derived.metric = reported.metric
        and derived.period_start = reported.period_start
        and derived.period_end = reported.period_end
union all
select derived.value_key
from {{ ref('fct_derived_value') }} as derived
cross join unnest(string_split(derived.parts, ' + ')) as cut (part)
inner join {{ ref('dim_period') }} as periods on cut.part = periods.period
group by derived.value_key, derived.period_start, derived.period_end
having
    sum(periods.months) != date_diff('month', derived.period_start, derived.period_end) + 1
    or min(periods.period_start) != derived.period_start
    or max(periods.period_end) != derived.period_end
