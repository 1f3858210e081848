{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='_file',
    meta={'stale': 'lake_files', 'stale_key': ['_file'], 'stale_where': 'is_changed'},
    pre_hook="{{ set_changed_raw_files('captures') }}",
) }}
-- depends_on: {{ ref('lake_files') }}
-- Sizes of the stored responses, to count what attempts brought; the files are append only.
select
    filename as _file,
    capture_id,
    payload_bytes
from read_parquet(getvariable('files'), hive_partitioning = false, union_by_name = false, filename = true)
