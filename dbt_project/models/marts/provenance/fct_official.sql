-- Holders of public office that documents name, with the office as written.
select
    officials.mention_id as official_mention_id,
    officials.name as official_name,
    officials.role as office,
    {{ evidence_of('officials', 'documents') }}
from {{ ref('stg_officials') }} as officials
inner join {{ ref('int_documents') }} as documents on officials.document_id = documents.document_id
where documents.is_current
