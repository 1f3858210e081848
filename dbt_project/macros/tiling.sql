{#-
    Parts of one length and the longer periods they tile: two halves make a year only when both are there.
    `first_month` and `months` say which months of the year a part covers.
-#}
{% macro tile(parts, months, n_parts) -%}
select
    province_code,
    frame,
    metric,
    year,
    first_month - (first_month - 1) % {{ months }} as first_month,
    {{ months }} as months,
    sum(value) as value,
    bool_or(is_approximate) as is_approximate,
    {{ weakest_agreement('agreement') }} as agreement,
    bool_or(is_carried) as is_carried,
    string_agg(parts, ' + ' order by first_month) as parts,
    cast(sum(n_parts) as integer) as n_parts
from {{ parts }}
group by province_code, frame, metric, year, first_month - (first_month - 1) % {{ months }}
having count(*) = {{ n_parts }}
{%- endmacro %}

{#- What was reported for a length, and what its parts tile where nothing was reported. -#}
{% macro reported_or_tiled(months, tiled) -%}
select
    *,
    false as is_derived
from reported
where months = {{ months }}
union all
select
    tiled.*,
    true as is_derived
from {{ tiled }} as tiled
anti join reported
    on
        tiled.province_code = reported.province_code
        and tiled.frame = reported.frame
        and tiled.metric = reported.metric
        and tiled.year = reported.year
        and tiled.first_month = reported.first_month
        and tiled.months = reported.months
{%- endmacro %}
