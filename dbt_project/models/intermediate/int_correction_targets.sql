-- Each reviewed correction with the readings it is about, and whether it still applies to them: those of the
-- repository, and those that people made with `coso review`.
-- depends_on: {{ ref('left_behind') }}
with corrections as (
    select *
    from {{ ref('corrections') }}
),

-- Corrections that name a place instead of a reading.
places as (
    select *
    from corrections
    where fact_id is null
),

reviews as (
    select *
    from {{ ref('stg_review_corrections') }}
),

readings as (
    select
        facts.fact_id,
        facts.metric,
        facts.subset,
        facts.value,
        facts.place,
        facts.period as period_as_read,
        coalesce(periods.period, facts.period) as period,
        facts.frame || '-' || facts.province_code as province_key,
        documents.is_current
    from {{ ref('stg_facts') }} as facts
    inner join {{ ref('int_document_reports') }} as documents on facts.document_id = documents.document_id
    left join {{ ref('int_periods') }} as periods on facts.period = periods.notation
    -- Most readings are nobody's business here.
    where
        facts.fact_id in (select corrections.fact_id from corrections)
        or facts.fact_id in (select reviews.fact_id from reviews)
        or facts.metric in (select places.metric from places)
),

matched as (
    select
        corrections.*,
        readings.fact_id as target_fact_id,
        readings.value as value_as_read,
        readings.is_current,
        case corrections.action
            when 'set_subset' then cast(readings.subset as varchar)
            when 'set_metric' then readings.metric
            when 'set_period' then readings.period_as_read
            else cast(readings.value as varchar)
        end as found_value
    from corrections
    left join readings
        on
            corrections.fact_id = readings.fact_id
            or (
                corrections.fact_id is null
                and corrections.province_key = readings.province_key
                and corrections.metric = readings.metric
                and corrections.period = readings.period
            )
),

compared as (
    select
        *,
        {{ same_written('found_value', 'old_value') }} as is_as_reviewed,
        {{ same_written('found_value', 'new_value') }} as is_as_corrected
    from matched
),

of_repository as (
    select
        correction_id,
        target_fact_id,
        fact_id,
        province_key,
        metric,
        period,
        action,
        old_value,
        new_value,
        value_as_read,
        found_value,
        reason,
        reviewer,
        reviewed_on,
        evidence_url,
        case
            when target_fact_id is null then 'reading_gone'
            when not is_current then 'article_replaced'
            when is_as_reviewed then 'applied'
            when is_as_corrected then 'already_right'
            else 'reading_differs'
        end as status
    from compared
    -- A place may hold other readings too, which the correction does not mean, as long as it means one.
    qualify
        fact_id is not null
        or target_fact_id is null
        or is_as_reviewed
        or not bool_or(is_as_reviewed and is_current) over (partition by correction_id)
),

of_reviewers as (
    select
        reviews.*,
        readings.fact_id as target_fact_id,
        readings.value as value_as_read,
        readings.is_current,
        case reviews.action
            when 'set_subset' then cast(readings.subset as varchar)
            when 'set_metric' then readings.metric
            when 'set_period' then readings.period_as_read
            when 'set_place' then readings.place
            else cast(readings.value as varchar)
        end as found_value,
        -- What the repository corrects of a reading is not corrected again.
        of_repository.correction_id is not null as is_in_repository
    from reviews
    left join readings on reviews.fact_id = readings.fact_id
    left join of_repository
        on
            reviews.fact_id = of_repository.target_fact_id
            and reviews.action = of_repository.action
            and of_repository.status = 'applied'
)

select
    correction_id,
    target_fact_id,
    fact_id,
    province_key,
    metric,
    period,
    action,
    old_value,
    new_value,
    value_as_read,
    found_value,
    reason,
    reviewer,
    reviewed_on,
    evidence_url,
    status,
    'repository' as origin,
    false as is_disputed,
    cast(null as varchar) as place_code,
    cast(null as varchar) as province_code,
    cast(null as varchar) as frame,
    cast(null as varchar) as level
from of_repository
union all
select
    correction_id,
    target_fact_id,
    fact_id,
    cast(null as varchar) as province_key,
    cast(null as varchar) as metric,
    cast(null as varchar) as period,
    action,
    old_value,
    new_value,
    value_as_read,
    found_value,
    reason,
    reviewer,
    reviewed_on,
    evidence_url,
    case
        when standing in ('overruled', 'already_right') then standing
        when target_fact_id is null then 'reading_gone'
        when not is_current then 'article_replaced'
        when is_in_repository then 'overruled'
        else standing
    end as status,
    'review' as origin,
    is_disputed,
    place_code,
    province_code,
    frame,
    level
from of_reviewers
