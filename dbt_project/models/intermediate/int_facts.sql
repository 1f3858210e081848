{{ config(materialized='view') }}
-- Facts with the reviewed corrections applied; what was read is kept beside what was corrected.
with applied as (
    select
        target_fact_id as fact_id,
        string_agg(correction_id, ' ' order by correction_id) as correction_ids,
        bool_or(action = 'drop_reading') as is_dropped,
        max(try_cast(new_value as double)) filter (where action = 'replace_value') as new_value,
        bool_or(try_cast(new_value as boolean)) filter (where action = 'set_subset') as new_subset,
        max(new_value) filter (where action = 'set_metric') as new_metric,
        max(new_value) filter (where action = 'set_period') as new_period
    from {{ ref('int_correction_targets') }}
    where status = 'applied'
    group by target_fact_id
)

select
    facts.* exclude (metric, period, subset),
    coalesce(applied.new_value, facts.value) as value_corrected,
    coalesce(applied.new_metric, facts.metric) as metric,
    coalesce(applied.new_period, facts.period) as period,
    facts.period as period_as_read,
    coalesce(applied.new_subset, facts.subset) as subset,
    applied.correction_ids,
    coalesce(applied.is_dropped, false) as is_dropped
from {{ ref('stg_facts') }} as facts
left join applied on facts.fact_id = applied.fact_id
