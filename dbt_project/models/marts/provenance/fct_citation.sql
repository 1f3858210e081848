-- Laws and party documents that documents cite.
select
    citations.mention_id as citation_id,
    citations.name as cited_document,
    citations.role as issuer,
    citations.dated as cited_document_dated,
    {{ evidence_of('citations', 'documents') }}
from {{ ref('stg_citations') }} as citations
inner join {{ ref('int_documents') }} as documents on citations.document_id = documents.document_id
where documents.is_current
