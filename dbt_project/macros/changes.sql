{#- Stated changes: what kind they are, which earlier value they imply, how far off the earlier report is. -#}

{#- absolute ("giảm 26 lượt"), relative ("tăng 9,3%"), points (of a rate), times ("gấp 2 lần"). -#}
{% macro change_kind(unit, metric_kind) -%}
case
    when contains(lower({{ unit }}), 'điểm') then 'points'
    when {{ unit }} in ('%', 'phần trăm') then if({{ metric_kind }} = 'rate', 'points', 'relative')
    when lower({{ unit }}) = 'lần' then 'times'
    else 'absolute'
end
{%- endmacro %}

{#- Earlier value that a change implies, in the unit of `value`. `amount` is in that unit too, `stated` as written. -#}
{% macro implied_earlier(value, kind, sign, stated, amount) -%}
case {{ kind }}
    when 'relative' then {{ value }} / nullif(1 + {{ sign }} * {{ stated }} / 100, 0)
    when 'times' then {{ value }} * if({{ sign }} = 1, 1 / nullif({{ stated }}, 0), {{ stated }})
    when 'points' then {{ value }} - {{ sign }} * {{ stated }}
    else {{ value }} - {{ sign }} * {{ amount }}
end
{%- endmacro %}

{#- Distance between the change as stated and as it follows from the earlier value, in the unit of the statement. -#}
{% macro change_gap(change, earlier) -%}
case {{ change }}.change_kind
    when 'relative'
        then abs(
            100 * ({{ change }}.value - {{ earlier }}) / nullif({{ earlier }}, 0)
            - {{ change }}.sign * {{ change }}.stated_amount
        )
    when 'times'
        then abs(
            if({{ change }}.sign = 1, {{ change }}.value / nullif({{ earlier }}, 0),
               {{ earlier }} / nullif({{ change }}.value, 0))
            - {{ change }}.stated_amount
        )
    else abs({{ earlier }} - {{ change }}.implied_value)
end
{%- endmacro %}

{#-
    What rounding explains. Absolute changes are exact. Percents, points and times are right to half a unit of
    their last written digit. A loosely told reading ("hơn 500") allows a tenth.
-#}
{% macro change_tolerance(change) -%}
if({{ change }}.is_approximate, 0.1 * if({{ change }}.change_kind = 'absolute', abs({{ change }}.value), {{ change }}.stated_amount), 0)
+ case
    when {{ change }}.change_kind = 'absolute' then 0.000001
    when {{ change }}.stated_amount = round({{ change }}.stated_amount) then 0.5
    when {{ change }}.stated_amount = round({{ change }}.stated_amount, 1) then 0.050001
    else 0.005001
end
{%- endmacro %}
