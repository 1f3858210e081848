{{ config(tags=['quality']) }}
-- What the build before held back; built before that is replaced.
select distinct
    province_code,
    frame,
    metric
from {{ rows_before('marts', 'fct_publication_hold', {
    'province_code': 'varchar', 'frame': 'varchar', 'metric': 'varchar',
}) }}
