{#- Which files of the lake changed, what that makes stale, and how stale rows are replaced. See models/changes. -#}

{#- Root of the lake as SQL text. A linter has no environment. -#}
{% macro lake_home() -%}
{{ (env_var('COSO_HOME') if env_var is defined else '') | replace("'", "''") }}
{%- endmacro %}

{#- All files that a build reads of the lake, with size and time; their content only where it is asked for. -#}
{% macro parquet_of_the_lake() -%}
read_blob([
    {%- for place in ('landed', 'raw/captures', 'raw/outcomes', 'raw/crawls') %}
        '{{ lake_home() }}/{{ place }}/**/*.parquet'{{ ',' if not loop.last }}
    {%- endfor %}
    ])
{%- endmacro %}

{#-
    Rows of a table as the build before left them; none in a first build. For models that are built before that
    table is: it has to name them (depends_on), and cannot be given to ref here.
-#}
{% macro rows_before(schema, name, columns) -%}
{%- set relation = adapter.get_relation(target.database, schema, name) if execute and target is defined else none -%}
{%- if relation -%}
(select {{ columns.keys() | join(', ') }} from {{ relation }})
{%- else -%}
(
    select
        {%- for column, type in columns.items() %}
        cast(null as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where false
)
{%- endif -%}
{%- endmacro %}

{#- Statement that names the files to read of one landed table in a variable; its empty schema file is always one. -#}
{% macro set_files(variable, zone, table_name, files) -%}
set variable {{ variable }} = (
    select list_distinct(list_append(coalesce(list(_file), []), '{{ lake_home() }}/{{ zone }}/{{ table_name }}/_schema.parquet'))
    from ({{ files }})
)
{%- endmacro %}

{#-
    Files of a landed table that hold a unit (a document, a submission, an unread page) to be read again, and of
    these the files of units that stand in several files, or have an id twice in one.
-#}
{% macro set_files_of_stale_units(table_name) -%}
{% set files -%}
select _file from {{ ref('landed_index') }}
where table_name = '{{ table_name }}' and unit_id in (select unit_id from {{ ref('stale_units') }})
{%- endset %}
{%- set doubled = files ~ " and unit_id in (" ~ doubled_units(table_name) ~ ")" -%}
{{- set_files('files', 'landed', table_name, files) -}};
{{ set_files('files_of_doubled', 'landed', table_name, doubled) -}}
{%- endmacro %}

{% macro doubled_units(table_name) -%}
select unit_id from {{ ref('landed_index') }}
    where table_name = '{{ table_name }}'
    group by unit_id
    having count(*) > 1 or bool_or(has_id_twice)
{%- endmacro %}

{#- Files whose digest is not known, because they are new or were touched. -#}
{% macro set_touched_files() -%}
set variable touched = (
    select list_distinct(list_append(coalesce(list(_file), []), '{{ lake_home() }}/landed/facts/_schema.parquet'))
    from {{ ref('lake_listing') }}
    where known_digest is null
)
{%- endmacro %}

{#- Changed files of each table that is read by unit, one variable a table. -#}
{% macro set_changed_files() -%}
{%- for table_name in unit_tables() -%}
{% set files -%}
select _file from {{ ref('lake_files') }}
where zone = 'landed' and table_name = '{{ table_name }}' and is_changed and not is_gone
{%- endset %}
{{- set_files('index_' ~ table_name, 'landed', table_name, files) }};
{% endfor -%}
{%- endmacro %}

{#- Rows of the files that a variable names, with the place that each came from. -#}
{% macro rows_of_files(variable) -%}
read_parquet(
        getvariable('{{ variable }}'),
        hive_partitioning = false, union_by_name = false, filename = true, file_row_number = true
    )
{%- endmacro %}

{#- Which unit has rows in which changed file. -#}
{% macro units_of_changed_files() -%}
{% for table_name, table in unit_tables().items() -%}
{{ 'union all' if not loop.first }}
select
    '{{ table_name }}' as table_name,
    filename as _file,
    {{ table.unit }} as unit_id,
    count(*) > count(distinct {{ table.id }}) as has_id_twice
from {{ rows_of_files('index_' ~ table_name) }}
group by filename, {{ table.unit }}
{% endfor %}
{%- endmacro %}

{#- Units, as the build before had them, of the rows in a relation (table_name, row_id). -#}
{% macro units_of_rejudged_rows(relation) -%}
{% for table_name, table in unit_tables().items() -%}
{{ 'union all' if not loop.first }}
select
    'unit' as kind,
    landed.{{ table.unit }} as key,
    '' as state
from {{ rows_before('base', 'base_' ~ table_name, {table.id: 'varchar', table.unit: 'varchar'}) }} as landed
semi join {{ relation }} as judged on landed.{{ table.id }} = judged.row_id and judged.table_name = '{{ table_name }}'
{% endfor %}
{%- endmacro %}

{#-
    Landed rows of the units to be read again, one row an id, quarantined ones among them. A document captured
    twice lands in two partitions under the same id: the row that `newest_first` puts first is kept. Only such
    units are sorted; all others are streamed, with their texts.
-#}
{% macro rows_of_stale_units(table_name, newest_first=none, columns=none) -%}
{%- set table = unit_tables()[table_name] -%}
{%- set columns = columns or '* exclude (filename, file_row_number)' -%}
-- depends_on: {{ ref('landed_index') }}
with doubled as (
    {{ doubled_units(table_name) }}
)

select {{ columns }}
from {{ rows_of_files('files') }}
where
    {{ table.unit }} in (select stale.unit_id from {{ ref('stale_units') }} as stale)
    and {{ table.unit }} not in (select doubled.unit_id from doubled)
union all by name
select {{ columns }}
from (
    select *
    from {{ rows_of_files('files_of_doubled') }}
    where
        {{ table.unit }} in (select stale.unit_id from {{ ref('stale_units') }} as stale)
        and {{ table.unit }} in (select doubled.unit_id from doubled)
    qualify row_number() over (
        partition by {{ table.id }}
        order by {% if newest_first %}{{ newest_first }} desc, {% endif %}filename desc, file_row_number desc
    ) = 1
)
{%- endmacro %}

{#- Rows of a base table without those in quarantine. -#}
{% macro not_refused(table_name, id) -%}
select landed.*
from {{ ref('base_' ~ table_name) }} as landed
anti join {{ ref('int_refused_rows') }} as refused
    on landed.{{ id }} = refused.row_id and refused.table_name = '{{ table_name }}'
{%- endmacro %}

{#-
    Whether what depends on holds is made whole: it is not there yet, or a build before ended between the tables
    and the gates, so that nobody knows any more what changed since (flows/warehouse.py asks for a full refresh).
-#}
{% macro is_made_whole() -%}
{%- if not execute or target is not defined -%}
{{ return(false) }}
{%- endif -%}
{{ return(flags.FULL_REFRESH or adapter.get_relation(target.database, 'marts', 'metric_trend') is none) }}
{%- endmacro %}

{#- Changed files of a raw table. -#}
{% macro set_changed_raw_files(table_name) -%}
{% set files -%}
select _file from {{ ref('lake_files') }}
where zone = 'raw' and table_name = '{{ table_name }}' and is_changed and not is_gone
{%- endset %}
{{- set_files('files', 'raw', table_name, files) -}}
{%- endmacro %}

{#- Files of attempts of the days that are to be counted again. -#}
{% macro set_attempts_of_stale_days() -%}
{% set files -%}
select _file from {{ ref('lake_files') }}
where
    zone = 'raw' and table_name = 'outcomes' and not is_gone
    and try_cast(partition_day as date) in (select day from {{ ref('stale_days') }})
{%- endset %}
{{- set_files('outcomes', 'raw', 'outcomes', files) -}}
{%- endmacro %}
