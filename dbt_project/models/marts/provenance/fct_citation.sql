{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- Laws and party documents that documents cite.
select
    citations.mention_id as citation_id,
    citations.name as cited_document,
    citations.role as issuer,
    citations.dated as cited_document_dated,
    {{ evidence_of('citations', 'documents') }}
from {{ ref('stg_citations') }} as citations
inner join {{ ref('int_documents') }} as documents on citations.document_id = documents.document_id
where
    documents.is_current
    and documents.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
