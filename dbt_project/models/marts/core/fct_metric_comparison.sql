{{ config(
    tags=['quality'],
    materialized='incremental',
    incremental_strategy='replace',
    unique_key='fact_id',
    meta={'stale': 'stale_verdicts', 'stale_key': ['fact_id']},
) }}
-- Stated changes beside the earlier report. An earlier value that is held back judges nothing: the row says
-- so.
with leaning as (
    select comparisons.fact_id
    from {{ ref('int_metric_comparisons') }} as comparisons
    semi join {{ ref('int_held_values') }} as held
        on
            comparisons.province_code = held.province_code
            and comparisons.frame = held.frame
            and comparisons.metric = coalesce(held.metric, comparisons.metric)
            and (held.basis = 'as_reported' or comparisons.earlier_basis != 'as_reported')
    where comparisons.earlier_value is not null
)

select
    comparisons.* exclude (earlier_value, difference, status),
    if(leaning.fact_id is null, comparisons.earlier_value, null) as earlier_value,
    if(leaning.fact_id is null, comparisons.difference, null) as difference,
    if(leaning.fact_id is null, comparisons.status, 'held') as status,
    if(leaning.fact_id is null, null, 'earlier_value_held') as caveat
from {{ ref('int_metric_comparisons') }} as comparisons
left join leaning on comparisons.fact_id = leaning.fact_id
where comparisons.fact_id in (select stale.fact_id from {{ ref('stale_verdicts') }} as stale)
