{{ config(meta={'is_code': true}) }}
-- Each new province has all its members, and an unchanged one keeps its code.
with members as (
    select
        new_province_key,
        count(*) as n_bridged,
        bool_and(relation != 'unchanged' or old_province_code = new_province_code) as keeps_code
    from {{ ref('bridge_province_frame') }}
    group by new_province_key
)

select
    provinces.province_key,
    members.n_bridged
from {{ ref('dim_province') }} as provinces
left join members on provinces.province_key = members.new_province_key
where
    provinces.frame = '34'
    and (members.n_bridged is distinct from provinces.n_members or not members.keeps_code)
