-- Documents whose rows in the marts are to be made again: read again, another report or outlet by now, no
-- longer the current article of their page, or with a reading whose correction came, went or changed.
with before_it as (
    select *
    from {{ rows_before('intermediate', 'int_documents', {
        'document_id': 'varchar', 'report_id': 'varchar', 'is_current': 'boolean',
        'source_name': 'varchar', 'source_kind': 'varchar',
    }) }}
),

corrections_now as (
    select
        corrections.target_fact_id as fact_id,
        {{ correction_state('corrections') }} as state
    from {{ ref('int_correction_targets') }} as corrections
    where corrections.target_fact_id is not null
),

corrections_before as (
    select
        left_behind.key as fact_id,
        left_behind.state
    from {{ ref('left_behind') }} as left_behind
    where left_behind.kind = 'correction'
),

corrected as (
    (
        select * from corrections_now
        except
        select * from corrections_before
    )
    union all
    (
        select * from corrections_before
        except
        select * from corrections_now
    )
)

select unit_id as document_id
from {{ ref('stale_units') }}
union
select reports.document_id
from {{ ref('int_document_reports') }} as reports
inner join before_it on reports.document_id = before_it.document_id
where
    reports.report_id is distinct from before_it.report_id
    or reports.is_current is distinct from before_it.is_current
    or reports.source_name is distinct from before_it.source_name
    or reports.source_kind is distinct from before_it.source_kind
union
select facts.document_id
from {{ ref('base_facts') }} as facts
where facts.fact_id in (select corrected.fact_id from corrected)
