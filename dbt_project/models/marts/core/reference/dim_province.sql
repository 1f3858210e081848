-- Provinces of both frames. A code alone is ambiguous: seven codes changed their owner on 2025-07-01.
with old_frame as (
    select
        provinces.code as province_code,
        '63' as frame,
        provinces.name_vi,
        provinces.name_en,
        provinces.slug,
        provinces.type as type_vi,
        provinces.region_code,
        provinces.region_vi,
        provinces.region_en,
        cast(provinces.valid_from as date) as valid_from,
        cast(provinces.valid_to as date) as valid_to,
        crosswalk.new_code as successor_code,
        crosswalk.relation as successor_relation,
        1 as n_members,
        provinces.code as member_codes,
        cast(round(provinces.pop_2019_avg_thousand * 1000) as bigint) as population,
        'NSO average population 2019' as population_basis,
        cast(round(provinces.pop_2019_avg_thousand * 1000) as bigint) as population_2019
    from {{ ref('provinces_63') }} as provinces
    inner join {{ ref('crosswalk') }} as crosswalk on provinces.code = crosswalk.old_code
),

new_frame as (
    select
        code as province_code,
        '34' as frame,
        name_vi,
        name_en,
        slug,
        type_2026_04_30 as type_vi,
        region_code,
        region_vi,
        region_en,
        date '2025-07-01' as valid_from,
        cast(null as date) as valid_to,
        cast(null as varchar) as successor_code,
        cast(null as varchar) as successor_relation,
        cast(n_members as integer) as n_members,
        members_old_codes as member_codes,
        cast(population as bigint) as population,
        population_basis,
        cast(round(pop_2019_sum_thousand * 1000) as bigint) as population_2019
    from {{ ref('provinces_34') }}
),

both_frames as (
    select * from old_frame
    union all
    select * from new_frame
)

select
    {{ province_key('frame', 'province_code') }} as province_key,
    *,
    coalesce(successor_code, province_code) as province_code_34
from both_frames
order by frame desc, province_code
