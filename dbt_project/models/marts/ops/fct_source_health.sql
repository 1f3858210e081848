-- How each source does: when it last answered, when it last had news, and what that makes of it today.
with runs as (
    select
        source_key,
        run_id,
        sum(n_attempts) as n_attempts,
        sum(n_good) as n_good,
        { 'at': max(last_attempted_at), 'run': run_id } as last_moment
    from {{ ref('int_source_attempts') }}
    group by source_key, run_id
),

last_runs as (
    select
        source_key,
        max_by(n_attempts, last_moment) as n_attempts,
        max_by(n_good, last_moment) as n_good
    from runs
    group by source_key
),

all_attempts as (
    select
        source_key,
        cast(sum(n_attempts) as bigint) as n_attempts,
        cast(sum(n_good) as bigint) as n_good,
        max(last_attempted_at) as last_attempted_at,
        max(last_success_at) as last_success_at,
        max(last_new_page_at) as last_new_page_at,
        max_by(last_failure, last_failure_moment) as last_failure,
        max_by(last_failure_detail, last_failure_moment) as last_failure_detail
    from {{ ref('int_source_attempts') }}
    group by source_key
),

fetching as (
    select
        all_attempts.*,
        cast(last_runs.n_attempts as bigint) as n_attempts_last_run,
        cast(last_runs.n_good as bigint) as n_good_last_run
    from all_attempts
    inner join last_runs on all_attempts.source_key = last_runs.source_key
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

-- What the latest crawl that was let in could see: a source seen whole without news is proven quiet,
-- one of which nothing could be seen is unknown.
crawling as (
    select
        source_key,
        max_by(sight, { 'at': ended_at, 'id': crawl_id }) as last_sight,
        max(ended_at) filter (where sight in ('news', 'quiet', 'partial')) as last_seen_at
    from {{ ref('int_crawl_sights') }}
    where sight != 'closed'
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
        when crawling.last_sight = 'blind' then 'blind'
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
    crawling.last_sight,
    crawling.last_seen_at,
    fetching.last_failure,
    fetching.last_failure_detail,
    fetching.last_attempted_at,
    fetching.last_success_at,
    fetching.last_new_page_at
from {{ ref('stg_sources') }} as sources
left join fetching on sources.source_key = fetching.source_key
left join news on sources.source_key = news.source_key
left join crawling on sources.source_key = crawling.source_key
left join unread on sources.source_key = unread.source_key
