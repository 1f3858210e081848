{#-
    How tables are written. dbt's own way keeps the old table until the new one is whole: seven statements and two
    transactions a table, which with a hundred tables is most of what dbt costs. Nobody reads this database while it
    is built, and an unfinished build is made anew (docs/decisions/0007-incremental-builds.md), so here it is one
    statement in one transaction. Comments on a mart go with it.
-#}

{#- A table, replaced at once. -#}
{% materialization table, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {{ drop_other_kind(load_cached_relation(this)) }}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') %}{{ made_anew(target_relation, sql) }}{% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#-
    Strategy `replace`, the only one here: the rows of stale keys go, the model's rows come. The model's meta says where
    the stale keys are: `stale` (a model), and `stale_key`, its column for each column of `unique_key`; either may be an
    expression, such as a year. Columns never change upon an old table: other code makes the warehouse anew.
-#}
{% materialization incremental, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set is_anew = existing is none or not existing.is_table or should_full_refresh() -%}
    {{ drop_other_kind(existing) }}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') %}{{ made_anew(target_relation, sql) if is_anew else stale_replaced(target_relation, sql) }}{% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro drop_other_kind(existing) -%}
{%- if existing is not none and not existing.is_table -%}
{{ drop_relation_if_exists(existing) }}
{%- endif -%}
{%- endmacro %}

{% macro made_anew(relation, sql) -%}
{%- if config.get('contract').enforced -%}
{{ get_assert_columns_equivalent(sql) }}
create or replace table {{ relation }} {{ get_table_columns_and_constraints() }};
insert into {{ relation }} {{ get_column_names() }} ({{ get_select_subquery(sql) }});
{{ comments_on(relation) }}
{%- else -%}
create or replace table {{ relation }} as ({{ sql }});
{%- endif -%}
{%- endmacro %}

{% macro comments_on(relation) -%}
comment on table {{ relation }} is {{ duckdb_escape_comment(model.description) }};
{% for column in model.columns.values() -%}
comment on column {{ relation }}.{{ column.name }} is {{ duckdb_escape_comment(column.description) }};
{% endfor %}
{%- endmacro %}

{% macro stale_replaced(relation, sql) -%}
{%- set meta = config.get('meta') -%}
{%- set key = config.get('unique_key') -%}
{%- set key = [key] if key is string else key -%}
{%- set fresh = this.identifier ~ '__fresh' -%}
create or replace temporary table {{ fresh }} as ({{ sql }});
delete from {{ relation }}
using (
    select distinct {% for stale_key in meta['stale_key'] %}{{ stale_key }} as key_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ ref(meta['stale']) }} {{ 'where ' ~ meta['stale_where'] if 'stale_where' in meta }}
) as stale
where {% for column in key %}{{ column }} = stale.key_{{ loop.index }}{{ ' and ' if not loop.last }}{% endfor %};
insert into {{ relation }} by name select * from {{ fresh }};
drop table {{ fresh }};
{%- endmacro %}
