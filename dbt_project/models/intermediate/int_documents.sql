{{ config(materialized='incremental', incremental_strategy='replace', unique_key='document_id',
          meta={'stale': 'stale_documents', 'stale_key': ['document_id']}) }}
-- Documents as the marts take them; the next build compares with them what it finds.
select reports.*
from {{ ref('int_document_reports') }} as reports
where reports.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
