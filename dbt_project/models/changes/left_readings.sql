-- Readings that the build before made of the documents that are now stale.
select readings.*
from {{ rows_before('marts', 'fct_metric_observation', {
    'fact_id': 'varchar', 'document_id': 'varchar', 'province_key': 'varchar', 'metric': 'varchar',
    'period': 'varchar', 'is_reconcilable': 'boolean',
}) }} as readings
where readings.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
