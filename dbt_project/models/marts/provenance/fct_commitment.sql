{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- What documents promise for a coming period.
select
    commitments.statement_id as commitment_id,
    periods.period,
    commitments.period as period_as_read,
    {{ province_key('documents.frame', 'documents.province_code') }} as outlet_province_key,
    {{ evidence_of('commitments', 'documents') }}
from {{ ref('stg_commitments') }} as commitments
inner join {{ ref('int_documents') }} as documents on commitments.document_id = documents.document_id
left join {{ ref('int_periods') }} as periods on commitments.period = periods.notation
where
    documents.is_current
    and documents.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
