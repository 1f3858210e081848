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
    events.document_id,
    documents.report_id,
    events.source_key,
    documents.url,
    documents.title,
    documents.published_on,
    events.char_start,
    events.char_end,
    events.quote,
    documents.capture_id
from {{ ref('stg_events') }} as events
inner join {{ ref('int_documents') }} as documents on events.document_id = documents.document_id
left join {{ ref('int_periods') }} as periods on events.period = periods.notation
where documents.is_current
