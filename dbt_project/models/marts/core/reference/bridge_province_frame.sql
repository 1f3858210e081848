-- What became of each of the 63 provinces on 2025-07-01.
select
    {{ province_key("'63'", 'old_code') }} as old_province_key,
    {{ province_key("'34'", 'new_code') }} as new_province_key,
    old_code as old_province_code,
    old_name as old_name_vi,
    new_code as new_province_code,
    new_name as new_name_vi,
    relation,
    cast(n_members as integer) as n_members,
    cast(pop_2019_share_of_new as double) as population_share,
    code_reused_by_other_name is not null as is_code_reused,
    cast(effective_date as date) as effective_from,
    legal_basis
from {{ ref('crosswalk') }}
