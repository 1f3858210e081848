{#- How sure the least sure of several figures is: conflict, else single, else agree. -#}
{% macro weakest_agreement(column) -%}
case
    when bool_or({{ column }} = 'conflict') then 'conflict'
    when bool_or({{ column }} = 'single') then 'single'
    else 'agree'
end
{%- endmacro %}
