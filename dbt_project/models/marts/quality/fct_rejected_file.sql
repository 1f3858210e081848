-- Landed files that were set aside whole before anything was read, with the reason.
select
    file_id,
    table_name,
    source_key,
    file,
    kept_as,
    problem,
    reason
from {{ ref('stg_rejected_files') }}
