{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- Shortcomings that documents admit.
select
    shortcomings.statement_id as shortcoming_id,
    periods.period,
    shortcomings.period as period_as_read,
    {{ province_key('documents.frame', 'documents.province_code') }} as outlet_province_key,
    {{ evidence_of('shortcomings', 'documents') }}
from {{ ref('stg_shortcomings') }} as shortcomings
inner join {{ ref('int_documents') }} as documents on shortcomings.document_id = documents.document_id
left join {{ ref('int_periods') }} as periods on shortcomings.period = periods.notation
where
    documents.is_current
    and documents.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
