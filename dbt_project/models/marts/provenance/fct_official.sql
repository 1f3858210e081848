{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- Holders of public office that documents name, with the office as written.
select
    officials.mention_id as official_mention_id,
    officials.name as official_name,
    officials.role as office,
    {{ evidence_of('officials', 'documents') }}
from {{ ref('stg_officials') }} as officials
inner join {{ ref('int_documents') }} as documents on officials.document_id = documents.document_id
where
    documents.is_current
    and documents.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
