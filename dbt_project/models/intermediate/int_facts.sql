{{ config(materialized='view') }}
-- Facts of the documents that are to be read into the marts again, with the reviewed corrections applied;
-- what was read is kept beside what was corrected.
with applied as (
    select
        target_fact_id as fact_id,
        string_agg(correction_id, ' ' order by correction_id)
        filter (where action != 'confirm') as correction_ids,
        bool_or(action = 'drop_reading') as is_dropped,
        max(try_cast(new_value as double)) filter (where action = 'replace_value') as new_value,
        bool_or(try_cast(new_value as boolean)) filter (where action = 'set_subset') as new_subset,
        max(new_value) filter (where action = 'set_metric') as new_metric,
        max(new_value) filter (where action = 'set_period') as new_period,
        bool_or(action = 'set_place') as is_moved,
        max(new_value) filter (where action = 'set_place') as new_place,
        max(place_code) as new_place_code,
        max(province_code) as new_province_code,
        max(frame) as new_frame,
        max(level) as new_level
    from {{ ref('int_correction_targets') }}
    where status = 'applied'
    group by target_fact_id
)

select
    facts.* exclude (metric, period, subset, place, place_code, province_code, frame, level),
    coalesce(applied.new_value, facts.value) as value_corrected,
    coalesce(applied.new_metric, facts.metric) as metric,
    coalesce(applied.new_period, facts.period) as period,
    facts.period as period_as_read,
    coalesce(applied.new_subset, facts.subset) as subset,
    if(applied.is_moved, applied.new_place, facts.place) as place,
    if(applied.is_moved, applied.new_place_code, facts.place_code) as place_code,
    if(applied.is_moved, applied.new_province_code, facts.province_code) as province_code,
    if(applied.is_moved, applied.new_frame, facts.frame) as frame,
    if(applied.is_moved, applied.new_level, facts.level) as level,
    applied.correction_ids,
    coalesce(applied.is_dropped, false) as is_dropped
from {{ ref('stg_facts') }} as facts
left join applied on facts.fact_id = applied.fact_id
where facts.document_id in (select stale.document_id from {{ ref('stale_documents') }} as stale)
