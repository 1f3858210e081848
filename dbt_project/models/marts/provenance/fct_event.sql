{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- Conferences that documents report.
select
    events.event_id,
    events.kind,
    events.held_on,
    events.organiser,
    events.chair,
    periods.period,
    events.period as period_as_read,
    {{ province_key('events.frame', 'events.province_code') }} as province_key,
    events.province_code,
    events.frame,
    {{ evidence_of('events', 'documents') }}
from {{ ref('stg_events') }} as events
inner join {{ ref('int_documents') }} as documents on events.document_id = documents.document_id
left join {{ ref('int_periods') }} as periods on events.period = periods.notation
where
    documents.is_current
    and documents.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
