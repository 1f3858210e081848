{#- Whether two written values mean the same: as numbers where both are, else letter by letter. -#}
{% macro same_written(found, stated) -%}
coalesce(
    try_cast({{ found }} as double) = try_cast({{ stated }} as double),
    lower({{ found }}) = lower({{ stated }}),
    false
)
{%- endmacro %}
