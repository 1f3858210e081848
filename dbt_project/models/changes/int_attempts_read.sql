{{ config(pre_hook="{{ set_attempts_of_stale_days() }}") }}
-- depends_on: {{ ref('stale_days') }}, {{ ref('lake_files') }}
-- Attempts to fetch of the days that are to be counted again, one row an attempt.
with attempts as (
    select
        source_key,
        run_id,
        outcome_id,
        kind,
        outcome,
        attempted_at,
        http_status,
        capture_id,
        tries,
        elapsed_ms,
        detail
    from {{ rows_of_files('outcomes') }}
    qualify row_number() over (partition by outcome_id order by filename desc, file_row_number desc) = 1
)

select
    attempts.*,
    cast(attempts.attempted_at as date) as attempt_date
from attempts
