{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='attempt_date',
    meta={'stale': 'stale_days', 'stale_key': ['day']},
) }}
-- depends_on: {{ ref('stale_days') }}
-- How fetching went: attempts by source, UTC day, what was asked for and how it ended.
with attempts as (
    select
        *,
        -- What brought bytes; beside the key of a left join it would make DuckDB compare all with all.
        if(http_status between 200 and 299, capture_id, null) as brought_id
    from {{ ref('int_attempts_read') }}
),

sizes as (
    select
        capture_id,
        any_value(payload_bytes) as payload_bytes
    from {{ ref('int_capture_sizes') }}
    where capture_id in (select attempts.brought_id from attempts)
    group by capture_id
)

select
    outcomes.source_key,
    outcomes.attempt_date,
    outcomes.kind,
    outcomes.outcome,
    count(*) as n_attempts,
    cast(sum(outcomes.tries) as bigint) as n_requests,
    count(distinct outcomes.capture_id) as n_captures,
    cast(coalesce(sum(sizes.payload_bytes), 0) as bigint) as payload_bytes,
    cast(sum(outcomes.elapsed_ms) as bigint) as elapsed_ms,
    max_by(outcomes.detail, { 'at': outcomes.attempted_at, 'id': outcomes.outcome_id }) as last_detail,
    max(outcomes.attempted_at) as last_attempted_at
from attempts as outcomes
left join sizes on outcomes.brought_id = sizes.capture_id
group by outcomes.source_key, outcomes.attempt_date, outcomes.kind, outcomes.outcome
