-- What the build before left, of all that this build may have to replace; built before anything is replaced.
with refused_now as (
    select distinct
        table_name,
        row_id
    from {{ ref('stg_quarantine') }}
),

refused_before as (
    select *
    from {{ rows_before('changes', 'int_refused_rows', {'table_name': 'varchar', 'row_id': 'varchar'}) }}
),

-- Rows that came into quarantine or out of it.
rejudged as (
    (
        select * from refused_now
        except
        select * from refused_before
    )
    union all
    (
        select * from refused_before
        except
        select * from refused_now
    )
)

select
    'unit' as kind,
    entries.unit_id as key,
    '' as state
from {{ rows_before('changes', 'landed_index', {'_file': 'varchar', 'unit_id': 'varchar'}) }} as entries
semi join {{ ref('lake_files') }} as files on entries._file = files._file and files.is_changed
union all
{{ units_of_rejudged_rows('rejudged') }}
union all
select
    'correction' as kind,
    corrections.target_fact_id as key,
    {{ correction_state('corrections') }} as state
from {{ rows_before('intermediate', 'int_correction_targets', correction_columns()) }} as corrections
where corrections.target_fact_id is not null
