-- Landed rows in quarantine; the next build compares with them.
-- depends_on: {{ ref('left_behind') }}
select distinct
    table_name,
    row_id
from {{ ref('stg_quarantine') }}
