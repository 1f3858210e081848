{#-
    A text without case, spaces and punctuation: what stays the same when an outlet sets a report again.
    A character map, because a pattern over letters costs three times as much.
-#}
{% macro letters_and_digits(column) -%}
translate(lower({{ column }}), ' .,;:!?()[]/-–—…"“”''‘’' || chr(10), '')
{%- endmacro %}
