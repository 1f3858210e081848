{{ config(materialized='incremental', incremental_strategy='replace', unique_key='document_id',
          meta={'stale': 'stale_units', 'stale_key': ['unit_id']}) }}
-- The figures of each document as one hash, whatever their order in the text.
select
    facts.document_id,
    md5(array_to_string(
        list_sort(list(concat_ws(
            '|', facts.metric, facts.value, facts.period, facts.province_code, facts.frame
        ))), ';'
    )) as figures_hash
from {{ ref('stg_facts') }} as facts
where facts.document_id in (select stale.unit_id from {{ ref('stale_units') }} as stale)
group by facts.document_id
