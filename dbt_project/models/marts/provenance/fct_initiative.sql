{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- Initiatives and models of democracy in practice that documents name.
select
    initiatives.mention_id as initiative_mention_id,
    initiatives.name as initiative,
    {{ province_key('documents.frame', 'documents.province_code') }} as outlet_province_key,
    {{ evidence_of('initiatives', 'documents') }}
from {{ ref('stg_initiatives') }} as initiatives
inner join {{ ref('int_documents') }} as documents on initiatives.document_id = documents.document_id
where
    documents.is_current
    and documents.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
