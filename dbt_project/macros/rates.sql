{#- Points that the rounding of a stated rate explains: half a unit of its last written digit. -#}
{% macro rate_rounding(rate) -%}
case
    when {{ rate }} = round({{ rate }}) then 0.5
    when {{ rate }} = round({{ rate }}, 1) then 0.05
    else 0.005
end
{%- endmacro %}

{#- Figures per 100,000 people; empty for rates, which are no counts of anything. -#}
{% macro per_100k(value, population, metric_kind) -%}
if({{ metric_kind }} = 'rate', null, round(100000 * {{ value }} / {{ population }}, 3))
{%- endmacro %}
