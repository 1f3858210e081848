{{ config(materialized='incremental', incremental_strategy='replace', unique_key='attempt_date',
          meta={'stale': 'stale_days', 'stale_key': ['day']}) }}
-- depends_on: {{ ref('stale_days') }}
-- What each run met at each source, by UTC day: enough to tell how the source does without every attempt.
with attempts as (
    select
        *,
        outcome in ('stored', 'unchanged', 'not_modified') as is_good,
        { 'at': attempted_at, 'id': outcome_id } as moment
    from {{ ref('int_attempts_read') }}
)

select
    source_key,
    attempt_date,
    run_id,
    count(*) as n_attempts,
    count(*) filter (where is_good) as n_good,
    max(attempted_at) as last_attempted_at,
    max(attempted_at) filter (where is_good) as last_success_at,
    max(attempted_at) filter (where outcome = 'stored') as last_new_page_at,
    max(moment) filter (where not is_good) as last_failure_moment,
    max_by(outcome, moment) filter (where not is_good) as last_failure,
    max_by(detail, moment) filter (where not is_good) as last_failure_detail
from attempts
group by source_key, attempt_date, run_id
