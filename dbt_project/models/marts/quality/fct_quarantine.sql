-- Landed rows that were kept out of every other table, with the reason.
select
    refused.quarantine_id,
    refused.table_name,
    refused.row_id,
    refused.check_id,
    refused.reason,
    refused.source_key,
    {{ province_key('refused.frame', 'refused.province_code') }} as province_key,
    refused.province_code,
    refused.frame,
    refused.row_json
from {{ ref('stg_quarantine') }} as refused
