{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='_file',
    meta={'stale': 'lake_files', 'stale_key': ['_file'], 'stale_where': 'is_changed'},
    pre_hook="{{ set_changed_raw_files('crawls') }}",
) }}
-- depends_on: {{ ref('lake_files') }}
-- What each crawl that came to its end could see.
select
    filename as _file,
    crawl_id,
    source_key,
    sight,
    ended_at
from read_parquet(getvariable('files'), hive_partitioning = false, union_by_name = false, filename = true)
