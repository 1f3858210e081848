{#-
    Factor from the unit as written to the metric's standard unit; null when the two do not measure the same.
    `units` is the alias of int_units joined on the written unit; `measured` that of the standard units
    that have written forms. A counted noun ("cuộc", "đơn") counts as itself.
-#}
{% macro unit_factor(written, standard, units, measured) -%}
case
    when {{ units }}.standard_unit = {{ standard }} then {{ units }}.factor
    when {{ units }}.standard_unit is not null then null
    when {{ written }} is null or {{ measured }}.standard_unit is null then 1
end
{%- endmacro %}
