{{ config(pre_hook="{{ set_files_of_stale_units('documents') }}") }}
-- depends_on: {{ ref('landed_index') }}
-- Texts of the documents that this build read again, for the test that cuts every quote out of them.
select
    document_id,
    any_value(text) as text
from read_parquet(getvariable('files'), hive_partitioning = false, union_by_name = false)
where document_id in (select stale.unit_id from {{ ref('stale_units') }} as stale)
group by document_id
