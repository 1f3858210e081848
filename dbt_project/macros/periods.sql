{#- Reading and writing the notation of docs/periods.md. A part is one side of a span, or all of a simple period. -#}

{#- First month, 1 to 12, of a part such as 2024-H2; null where it cannot be read. -#}
{% macro first_month(part) -%}
case
    when regexp_full_match({{ part }}, '[1-9]\d{3}(-(H1|9M|Q1|YTD(0?[1-9]|1[0-2])))?') then 1
    when regexp_full_match({{ part }}, '[1-9]\d{3}-H2') then 7
    when regexp_full_match({{ part }}, '[1-9]\d{3}-Q[2-4]') then 3 * cast(right({{ part }}, 1) as integer) - 2
    when regexp_full_match({{ part }}, '[1-9]\d{3}-(0[1-9]|1[0-2])') then cast(right({{ part }}, 2) as integer)
end
{%- endmacro %}

{#- Last month, 1 to 12, of a part such as 2024-H2; null where it cannot be read. -#}
{% macro last_month(part) -%}
case
    when regexp_full_match({{ part }}, '[1-9]\d{3}(-H2)?') then 12
    when regexp_full_match({{ part }}, '[1-9]\d{3}-H1') then 6
    when regexp_full_match({{ part }}, '[1-9]\d{3}-9M') then 9
    when regexp_full_match({{ part }}, '[1-9]\d{3}-Q[1-4]') then 3 * cast(right({{ part }}, 1) as integer)
    when regexp_full_match({{ part }}, '[1-9]\d{3}-(YTD)?(0?[1-9]|1[0-2])')
        then cast(regexp_extract({{ part }}, '\d{1,2}$') as integer)
end
{%- endmacro %}

{#- Day one of month `month` in the year that starts `part`. -#}
{% macro first_day(part, month) -%}
make_date(try_cast(left({{ part }}, 4) as integer), {{ month }}, 1)
{%- endmacro %}

{#- Kind of a period from its first and last day, which lie on the edges of months. -#}
{% macro period_kind(first, last) -%}
case
    when {{ last }} is null then 'open'
    when year({{ first }}) < year({{ last }})
        then if(month({{ first }}) = 1 and month({{ last }}) = 12, 'years', 'months')
    when month({{ first }}) = 1 and month({{ last }}) = 12 then 'year'
    when month({{ first }}) = month({{ last }}) then 'month'
    when month({{ first }}) in (1, 7) and month({{ last }}) = month({{ first }}) + 5 then 'half_year'
    when month({{ first }}) % 3 = 1 and month({{ last }}) = month({{ first }}) + 2 then 'quarter'
    when month({{ first }}) = 1 then if(month({{ last }}) = 9, 'nine_months', 'year_to_date')
    else 'months'
end
{%- endmacro %}

{#- The one name of a period: the same days always get the same name, so that 2024-YTD06 becomes 2024-H1. -#}
{% macro period_name(kind, first, last) -%}
case {{ kind }}
    when 'open' then if(month({{ first }}) = 1, strftime({{ first }}, '%Y..'), strftime({{ first }}, '%Y-%m..'))
    when 'years' then strftime({{ first }}, '%Y..') || strftime({{ last }}, '%Y')
    when 'year' then strftime({{ first }}, '%Y')
    when 'month' then strftime({{ first }}, '%Y-%m')
    when 'half_year' then strftime({{ first }}, '%Y-H') || (month({{ last }}) // 6)
    when 'quarter' then strftime({{ first }}, '%Y-Q') || (month({{ last }}) // 3)
    when 'nine_months' then strftime({{ first }}, '%Y-9M')
    when 'year_to_date' then strftime({{ first }}, '%Y-YTD') || strftime({{ last }}, '%m')
    when 'months' then strftime({{ first }}, '%Y-%m..') || strftime({{ last }}, '%Y-%m')
end
{%- endmacro %}
