{#-
    Rows of a landed table without those in quarantine, one row an id.

    A document captured twice lands in two partitions under the same id: the row that `newest_first`
    puts first is kept. What is passed over is looked up by its place in its file, so that texts are
    streamed and never carried through a sort.
-#}
{% macro landed_rows(table_name, id, newest_first=none) -%}
with refused as (
    select row_id
    from {{ ref('stg_quarantine') }}
    where table_name = '{{ table_name }}'
),

repeated as (
    {{ all_but_first(source('landed', table_name), id, newest_first) }}
)

select landed.* exclude (_file, _row)
from {{ source('landed', table_name) }} as landed
anti join refused on landed.{{ id }} = refused.row_id
anti join repeated on landed._file = repeated._file and landed._row = repeated._row
{%- endmacro %}

{#- Places of the rows of a relation that share their id with a row before them. -#}
{% macro all_but_first(relation, id, newest_first=none) -%}
select
    _file,
    _row
from {{ relation }}
qualify row_number() over (
    partition by {{ id }}
    order by {% if newest_first %}{{ newest_first }} desc, {% endif %}_file desc, _row desc
) > 1
{%- endmacro %}
