-- Every period notation that was read, once, with the days it covers and its one name.
with notations as (
    select facts.period as notation from {{ ref('stg_facts') }} as facts
    union
    select facts.comparison_baseline from {{ ref('stg_facts') }} as facts
    union
    select events.period from {{ ref('stg_events') }} as events
    union
    select shortcomings.period from {{ ref('stg_shortcomings') }} as shortcomings
    union
    select commitments.period from {{ ref('stg_commitments') }} as commitments
    union
    select corrections.new_value from {{ ref('corrections') }} as corrections
    where corrections.action = 'set_period'
    union
    select reviews.new_value from {{ ref('stg_review_corrections') }} as reviews
    where reviews.action = 'set_period'
),

sides as (
    select
        notation,
        contains(notation, '..') as is_span,
        trim(split_part(upper(notation), '..', 1)) as first_part,
        trim(split_part(upper(notation), '..', if(contains(notation, '..'), 2, 1))) as last_part
    from notations
    where notation is not null
),

days as (
    select
        notation,
        is_span and last_part = '' as is_open,
        {{ first_day('first_part', first_month('first_part')) }} as first_day,
        last_day({{ first_day('last_part', last_month('last_part')) }}) as last_day
    from sides
),

readable as (
    select
        notation,
        first_day as period_start,
        last_day as period_end,
        {{ period_kind('first_day', 'last_day') }} as kind
    from days
    where first_day <= last_day or (is_open and first_day is not null)
)

select
    notation,
    {{ period_name('kind', 'period_start', 'period_end') }} as period,
    kind,
    period_start,
    period_end,
    cast(date_diff('month', period_start, period_end) + 1 as integer) as months,
    case
        when period_end < date '2025-07-01' then '63'
        when period_start >= date '2025-07-01' then '34'
    end as frame
from readable
