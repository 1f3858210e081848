-- How fetching went: attempts by source, UTC day, what was asked for and how it ended.
select
    outcomes.source_key,
    cast(outcomes.attempted_at as date) as attempt_date,
    outcomes.kind,
    outcomes.outcome,
    count(*) as n_attempts,
    cast(sum(outcomes.tries) as bigint) as n_requests,
    count(distinct outcomes.capture_id) as n_captures,
    cast(coalesce(sum(captures.payload_bytes), 0) as bigint) as payload_bytes,
    cast(sum(outcomes.elapsed_ms) as bigint) as elapsed_ms,
    max_by(outcomes.detail, outcomes.attempted_at) as last_detail,
    max(outcomes.attempted_at) as last_attempted_at
from {{ ref('stg_outcomes') }} as outcomes
left join {{ ref('stg_captures') }} as captures
    on
        outcomes.capture_id = captures.capture_id
        and outcomes.http_status between 200 and 299
group by outcomes.source_key, cast(outcomes.attempted_at as date), outcomes.kind, outcomes.outcome
