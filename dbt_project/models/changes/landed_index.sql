{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='_file',
    meta={'stale': 'lake_files', 'stale_key': ['_file'], 'stale_where': 'is_changed'},
    pre_hook="{{ set_changed_files() }}",
) }}
-- Which unit has rows in which file of which table: what to read when a file changes. Only changed files are
-- read.
-- depends_on: {{ ref('left_behind') }}, {{ ref('lake_files') }}
{{ units_of_changed_files() }}
