{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- Cells of report forms whose number could not be decided, with the reason: said by a form, held by no fact.
select
    cells.cell_id,
    cells.locator,
    cells.label,
    cells.reason,
    cells.detail,
    {{ evidence_of('cells', 'documents') }}
from {{ ref('stg_undecided_cells') }} as cells
inner join {{ ref('int_documents') }} as documents on cells.document_id = documents.document_id
where
    documents.is_current
    and documents.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
