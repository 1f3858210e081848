{{ config(tags=['quality']) }}
-- A sum stands for a new province or the country only when nobody is missing, and never for a rate.
select rollup_key as sum_key
from {{ ref('fct_province_rollup') }}
where value is not null and (n_reporting != n_members or status not in ('same_territory', 'complete'))
union all
select summary_key as sum_key
from {{ ref('national_summary') }}
where
    (national_value is not null and n_reporting != n_provinces)
    or (metric_kind = 'rate' and coalesce(national_value, partial_sum) is not null)
