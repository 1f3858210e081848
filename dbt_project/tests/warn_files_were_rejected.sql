{{ config(severity='warn', tags=['quality']) }}
-- Files that fit no record were set aside; their rows are in no table until they are landed again.
select
    file,
    reason
from {{ ref('fct_rejected_file') }}
