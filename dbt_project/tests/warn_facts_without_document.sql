{{ config(severity='warn') }}
-- Facts leave with a quarantined document; a fact whose document never landed would leave unseen.
select
    facts.fact_id,
    facts.document_id
from {{ ref('stg_facts') }} as facts
anti join {{ ref('base_documents') }} as documents on facts.document_id = documents.document_id
