-- What each province owes by the calendar, and what was seen of it by the day of the run (COSO_TODAY).
with readings as (
    select
        province_key,
        period,
        published_on,
        document_id,
        source_key,
        metric
    from {{ ref('fct_metric_observation') }}
    where is_reconcilable and coalesce(published_on <= {{ as_of() }}, true)
),

figures as (
    select
        province_key,
        period,
        min(published_on) as first_published_on,
        first(document_id order by published_on nulls last, document_id) as first_document_id,
        count(distinct document_id) as n_documents,
        count(distinct source_key) as n_sources,
        count(distinct metric) as n_metrics
    from readings
    group by province_key, period
),

reviews as (
    select
        province_key,
        period,
        min(coalesce(held_on, published_on)) as review_seen_on
    from {{ ref('fct_event') }}
    where kind in ('half_year_review', 'annual_review') and coalesce(published_on <= {{ as_of() }}, true)
    group by province_key, period
),

-- A province is known by its own reports and outlets, and by those of what it came from or went into.
lineage as (
    select
        province_key,
        province_key as known_as
    from {{ ref('dim_province') }}
    union all
    select
        new_province_key as province_key,
        old_province_key as known_as
    from {{ ref('bridge_province_frame') }}
    union all
    select
        old_province_key as province_key,
        new_province_key as known_as
    from {{ ref('bridge_province_frame') }}
),

outlets as (
    select
        lineage.province_key,
        count(distinct sources.source_key) as n_outlets
    from {{ ref('dim_source') }} as sources
    inner join lineage on sources.province_key = lineage.known_as
    where sources.status not in ('dead', 'legacy')
    group by lineage.province_key
),

earlier as (
    select
        expected.province_key,
        expected.period,
        count(*) as n_earlier
    from {{ ref('int_expected_reports') }} as expected
    inner join lineage on expected.province_key = lineage.province_key
    inner join {{ ref('int_expected_reports') }} as before
        on
            lineage.known_as = before.province_key
            and expected.report_kind = before.report_kind
            and expected.period_start > before.period_start
    inner join figures on before.province_key = figures.province_key and before.period = figures.period
    group by expected.province_key, expected.period
)

select
    expected.province_key || '/' || expected.period as report_key,
    expected.province_key,
    expected.province_code,
    expected.frame,
    expected.report_kind,
    expected.period,
    expected.period_start,
    expected.period_end,
    expected.due_on,
    case
        when figures.first_published_on <= expected.due_on then 'received'
        when figures.first_published_on > expected.due_on then 'late'
        when figures.period is not null then 'received_undated'
        when expected.due_on >= {{ as_of() }} then 'due'
        else 'silent'
    end as status,
    figures.first_published_on,
    if(
        figures.first_published_on is null, null,
        cast(greatest(date_diff('day', expected.due_on, figures.first_published_on), 0) as integer)
    ) as days_late,
    figures.first_document_id,
    coalesce(figures.n_documents, 0) as n_documents,
    coalesce(figures.n_sources, 0) as n_sources,
    coalesce(figures.n_metrics, 0) as n_metrics,
    reviews.review_seen_on,
    earlier.n_earlier is not null as has_reported_before,
    coalesce(outlets.n_outlets, 0) as n_outlets,
    cast({{ as_of() }} as timestamptz) as judged_at
from {{ ref('int_expected_reports') }} as expected
left join figures on expected.province_key = figures.province_key and expected.period = figures.period
left join reviews on expected.province_key = reviews.province_key and expected.period = reviews.period
left join earlier on expected.province_key = earlier.province_key and expected.period = earlier.period
left join outlets on expected.province_key = outlets.province_key
