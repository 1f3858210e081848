{#- Where a mention or a statement was read: its document, its span and the stored page. -#}
{% macro evidence_of(mention, documents) -%}
{{ mention }}.document_id,
    {{ documents }}.report_id,
    {{ mention }}.source_key,
    {{ documents }}.url,
    {{ documents }}.title,
    {{ documents }}.published_on,
    {{ mention }}.char_start,
    {{ mention }}.char_end,
    {{ mention }}.quote,
    {{ documents }}.capture_id
{%- endmacro %}
