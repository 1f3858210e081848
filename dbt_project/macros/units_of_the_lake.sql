{#- Landed tables that are read by unit: what makes their rows stale together, and their key. -#}
{% macro unit_tables() -%}
{{ return({
    'documents': {'unit': 'document_id', 'id': 'document_id'},
    'facts': {'unit': 'document_id', 'id': 'fact_id'},
    'undecided_cells': {'unit': 'document_id', 'id': 'cell_id'},
    'events': {'unit': 'document_id', 'id': 'event_id'},
    'officials': {'unit': 'document_id', 'id': 'mention_id'},
    'citations': {'unit': 'document_id', 'id': 'mention_id'},
    'initiatives': {'unit': 'document_id', 'id': 'mention_id'},
    'shortcomings': {'unit': 'document_id', 'id': 'statement_id'},
    'commitments': {'unit': 'document_id', 'id': 'statement_id'},
    'submissions': {'unit': 'submission_id', 'id': 'version_id'},
    'parse_issues': {'unit': 'issue_id', 'id': 'issue_id'},
}) }}
{%- endmacro %}

{#- Columns of int_correction_targets that decide what becomes of a reading. -#}
{% macro correction_columns() -%}
{{ return({
    'correction_id': 'varchar', 'target_fact_id': 'varchar', 'action': 'varchar', 'new_value': 'varchar',
    'status': 'varchar', 'place_code': 'varchar', 'province_code': 'varchar', 'frame': 'varchar', 'level': 'varchar',
}) }}
{%- endmacro %}

{#- The same as one text, to compare a correction with what it was. -#}
{% macro correction_state(corrections) -%}
concat_ws(
        '|',
        {%- for column in correction_columns() %}
        coalesce({{ corrections }}.{{ column }}, ''){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
