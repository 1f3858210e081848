{#- Key of a province in its frame, such as 63-35; null where either is missing. -#}
{% macro province_key(frame, province_code) -%}
{{ frame }} || '-' || {{ province_code }}
{%- endmacro %}
