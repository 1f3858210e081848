-- Laws and party documents that documents cite.
select
    citations.mention_id as citation_id,
    citations.name as cited_document,
    citations.role as issuer,
    citations.dated as cited_document_dated,
    citations.document_id,
    documents.report_id,
    citations.source_key,
    documents.url,
    documents.title,
    documents.published_on,
    citations.char_start,
    citations.char_end,
    citations.quote,
    documents.capture_id
from {{ ref('stg_citations') }} as citations
inner join {{ ref('int_documents') }} as documents on citations.document_id = documents.document_id
where documents.is_current
