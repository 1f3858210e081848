{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='submission_id',
    meta={'stale': 'stale_units', 'stale_key': ['unit_id']},
) }}
-- Every state a citizen's submission was seen in.
select
    version_id,
    submission_id,
    cast(row_number() over by_first_sight as integer) as version_number,
    row_number() over by_last_sight = 1 as is_current,
    source_key,
    external_id,
    url,
    channel,
    category_raw,
    title_masked,
    content_masked,
    answer_masked,
    agency,
    received_on,
    deadline_on,
    deadline_basis,
    answered_on,
    status_raw,
    status,
    lag(status) over by_first_sight as previous_status,
    on_time,
    cast(attachments as integer) as attachments,
    {{ province_key('frame', 'province_code') }} as province_key,
    province_code,
    frame,
    capture_id,
    first_seen_at,
    seen_at as last_seen_at
from {{ ref('stg_submissions') }}
where submission_id in (select stale.unit_id from {{ ref('stale_units') }} as stale)
window
    by_first_sight as (partition by submission_id order by first_seen_at, version_id),
    by_last_sight as (partition by submission_id order by seen_at desc, version_id)
