{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='document_id',
    meta={'stale': 'stale_documents', 'stale_key': ['document_id']},
) }}
-- Every reading with its evidence, whether or not it may stand for a province.
-- depends_on: {{ ref('left_readings') }}, {{ ref('stale_documents') }}
select * from {{ ref('int_readings') }}
