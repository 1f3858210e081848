{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_code', 'frame', 'metric', 'year(period_start)'],
    meta={'stale': 'stale_series', 'stale_key': ['province_code', 'frame', 'metric', 'year']},
) }}
-- Figures of the 63 seen from the 34: the sum where all members reported, else a part and who is missing.
with held as (
    select distinct
        rollups.province_code,
        rollups.metric
    from {{ ref('int_province_rollups') }} as rollups
    inner join {{ ref('int_held_values') }} as members
        on
            members.frame = '34'
            and members.basis = 'carried'
            and rollups.province_code = members.province_code
            and rollups.metric = coalesce(members.metric, rollups.metric)
)

select
    rollups.province_code || '/' || rollups.metric || '/' || rollups.period as rollup_key,
    {{ province_key("'34'", 'rollups.province_code') }} as province_key,
    rollups.province_code,
    '34' as frame,
    provinces.name_vi as province_vi,
    rollups.metric,
    rollups.period,
    rollups.period_start,
    rollups.period_end,
    if(held.province_code is null, rollups.status, 'held') as status,
    case
        when held.province_code is null and rollups.status in ('same_territory', 'complete')
            then rollups.summed
    end as value,
    case
        when held.province_code is null and rollups.status = 'partial' then rollups.summed
    end as partial_sum,
    rollups.unit,
    rollups.n_members,
    rollups.n_reporting,
    rollups.reporting_vi,
    rollups.missing_vi,
    rollups.population_share,
    rollups.is_approximate,
    rollups.agreement
from {{ ref('int_province_rollups') }} as rollups
inner join {{ ref('dim_province') }} as provinces
    on rollups.province_code = provinces.province_code and provinces.frame = '34'
left join held on rollups.province_code = held.province_code and rollups.metric = held.metric
semi join {{ ref('stale_series') }} as stale
    on
        stale.frame = '34'
        and rollups.province_code = stale.province_code
        and rollups.metric = stale.metric
        and year(rollups.period_start) = stale.year
