{#- A period in Vietnamese words, as a reader would say it. -#}
{% macro period_label_vi(kind, first, last) -%}
case {{ kind }}
    when 'year' then strftime({{ first }}, 'Năm %Y')
    when 'half_year'
        then if(month({{ first }}) = 1, '6 tháng đầu năm ', '6 tháng cuối năm ') || year({{ first }})
    when 'nine_months' then strftime({{ first }}, '9 tháng năm %Y')
    when 'quarter'
        then 'Quý ' || list_extract(['I', 'II', 'III', 'IV'], quarter({{ first }})) || '/' || year({{ first }})
    when 'month' then 'Tháng ' || month({{ first }}) || '/' || year({{ first }})
    when 'year_to_date' then month({{ last }}) || ' tháng đầu năm ' || year({{ first }})
    when 'years' then strftime({{ first }}, 'Giai đoạn %Y') || strftime({{ last }}, '-%Y')
    when 'months'
        then
            'Từ tháng ' || month({{ first }}) || '/' || year({{ first }})
            || ' đến tháng ' || month({{ last }}) || '/' || year({{ last }})
    when 'open'
        then
            if(month({{ first }}) = 1, 'Từ năm ', 'Từ tháng ' || month({{ first }}) || '/')
            || year({{ first }})
end
{%- endmacro %}

{#- The same in English. -#}
{% macro period_label_en(kind, first, last) -%}
case {{ kind }}
    when 'year' then strftime({{ first }}, '%Y')
    when 'half_year' then if(month({{ first }}) = 1, 'First half of ', 'Second half of ') || year({{ first }})
    when 'nine_months' then strftime({{ first }}, 'First nine months of %Y')
    when 'quarter' then 'Q' || quarter({{ first }}) || ' ' || year({{ first }})
    when 'month' then strftime({{ first }}, '%B %Y')
    when 'year_to_date' then strftime({{ last }}, 'January to %B %Y')
    when 'years' then strftime({{ first }}, '%Y') || strftime({{ last }}, ' to %Y')
    when 'months' then strftime({{ first }}, '%B %Y') || strftime({{ last }}, ' to %B %Y')
    when 'open' then if(month({{ first }}) = 1, strftime({{ first }}, 'Since %Y'), strftime({{ first }}, 'Since %B %Y'))
end
{%- endmacro %}
