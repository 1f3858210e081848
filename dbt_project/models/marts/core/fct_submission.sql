{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='submission_id',
    meta={'stale': 'stale_units', 'stale_key': ['unit_id']},
) }}
-- Citizens' submissions as they stand.
with histories as (
    select
        submission_id,
        cast(count(*) as integer) as n_versions,
        min(first_seen_at) as first_seen_at
    from {{ ref('fct_submission_version') }}
    group by submission_id
)

select
    versions.submission_id,
    versions.version_id,
    histories.n_versions,
    versions.source_key,
    versions.external_id,
    versions.url,
    versions.channel,
    versions.category_raw,
    versions.title_masked,
    versions.content_masked,
    versions.answer_masked,
    versions.agency,
    versions.received_on,
    versions.deadline_on,
    versions.deadline_basis,
    versions.answered_on,
    cast(date_diff('day', versions.received_on, versions.answered_on) as integer) as days_to_answer,
    versions.status_raw,
    versions.status,
    versions.on_time,
    versions.attachments,
    versions.province_key,
    versions.province_code,
    versions.frame,
    versions.capture_id,
    histories.first_seen_at,
    versions.last_seen_at
from {{ ref('fct_submission_version') }} as versions
inner join histories on versions.submission_id = histories.submission_id
where
    versions.is_current
    and versions.submission_id in (select stale.unit_id from {{ ref('stale_units') }} as stale)
