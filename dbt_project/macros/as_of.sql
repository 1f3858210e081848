{#- The day that reports are judged against: COSO_TODAY, or today in Vietnam (seven hours before UTC all year). -#}
{% macro as_of() -%}
{#- A linter has no environment. -#}
{%- set today = env_var('COSO_TODAY', '') if env_var is defined else '' -%}
{%- if today -%} cast('{{ today }}' as date) {%- else -%} cast(now() + interval 7 hour as date) {%- endif -%}
{%- endmacro %}
