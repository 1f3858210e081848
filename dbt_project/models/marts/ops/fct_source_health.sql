-- How each source does: when it last answered, when it last had news, and what that makes of it today.
with attempts as (
    select
        *,
        outcome in ('stored', 'unchanged', 'not_modified') as is_good,
        run_id = last_value(run_id) over (
            partition by source_key order by attempted_at
            rows between unbounded preceding and unbounded following
        ) as is_last_run
    from {{ ref('stg_outcomes') }}
),

fetching as (
    select
        source_key,
        count(*) as n_attempts,
        count(*) filter (where is_good) as n_good,
        count(*) filter (where is_last_run) as n_attempts_last_run,
        count(*) filter (where is_last_run and is_good) as n_good_last_run,
        max(attempted_at) as last_attempted_at,
        max(attempted_at) filter (where is_good) as last_success_at,
        max(attempted_at) filter (where outcome = 'stored') as last_new_page_at,
        max_by(outcome, attempted_at) filter (where not is_good) as last_failure,
        max_by(detail, attempted_at) filter (where not is_good) as last_failure_detail
    from attempts
    group by source_key
),

items as (
    select
        source_key,
        coalesce(published_on, cast(fetched_at + interval 7 hour as date)) as item_on
    from {{ ref('int_documents') }}
    union all
    select
        source_key,
        coalesce(received_on, cast(first_seen_at + interval 7 hour as date)) as item_on
    from {{ ref('fct_submission') }}
),

news as (
    select
        source_key,
        count(*) as n_items,
        count(*) filter (where item_on > {{ as_of() }} - 28) as n_items_28_days,
        max(item_on) as last_item_on
    from items
    where item_on <= {{ as_of() }}
    group by source_key
),

unread as (
    select
        source_key,
        count(*) as n_unread
    from {{ ref('stg_parse_issues') }}
    group by source_key
)

select
    sources.source_key,
    sources.name,
    sources.kind,
    sources.status,
    sources.is_demo,
    {{ province_key('sources.frame', 'sources.province_code') }} as province_key,
    case
        when sources.status in ('dead', 'legacy') then 'retired'
        when fetching.source_key is null then 'not_tried'
        when fetching.n_good_last_run = 0 then 'failing'
        when sources.freshness_days is null then 'answering'
        when news.last_item_on is null then 'silent'
        when date_diff('day', news.last_item_on, {{ as_of() }}) > sources.freshness_days then 'silent'
        else 'fresh'
    end as health,
    news.last_item_on,
    cast(date_diff('day', news.last_item_on, {{ as_of() }}) as integer) as days_since_item,
    cast(sources.freshness_days as integer) as freshness_days,
    coalesce(news.n_items, 0) as n_items,
    coalesce(news.n_items_28_days, 0) as n_items_28_days,
    sources.expected_weekly_items,
    coalesce(unread.n_unread, 0) as n_unread,
    coalesce(fetching.n_attempts, 0) as n_attempts,
    coalesce(fetching.n_good, 0) as n_good,
    coalesce(fetching.n_attempts_last_run, 0) as n_attempts_last_run,
    coalesce(fetching.n_good_last_run, 0) as n_good_last_run,
    fetching.last_failure,
    fetching.last_failure_detail,
    fetching.last_attempted_at,
    fetching.last_success_at,
    fetching.last_new_page_at
from {{ ref('stg_sources') }} as sources
left join fetching on sources.source_key = fetching.source_key
left join news on sources.source_key = news.source_key
left join unread on sources.source_key = unread.source_key
