-- Documents with what decides their weight as witnesses: the report they carry, and whether they still stand.
with documents as (
    select
        * exclude (text),
        md5({{ letters_and_digits('text') }}) as text_hash,
        md5({{ letters_and_digits('title') }}) as title_hash
    from {{ ref('stg_documents') }}
),

figures as (
    select
        document_id,
        md5(array_to_string(
            list_sort(list(concat_ws('|', metric, value, period, province_code, frame))), ';'
        )) as figures_hash
    from {{ ref('stg_facts') }}
    group by document_id
),

-- One report carried by several outlets: the same text, or the same title over the same figures.
same_text as (
    select
        documents.*,
        figures.figures_hash,
        min(documents.document_id) over (partition by documents.text_hash) as first_copy
    from documents
    left join figures on documents.document_id = figures.document_id
),

same_figures as (
    select
        *,
        if(
            figures_hash is null,
            first_copy,
            min(first_copy) over (partition by title_hash, figures_hash)
        ) as first_report
    from same_text
)

select
    reports.document_id,
    min(reports.first_report) over (partition by reports.text_hash) as report_id,
    reports.source_key,
    reports.capture_id,
    reports.url,
    reports.title,
    reports.published_on,
    reports.fetched_at,
    reports.province_code,
    reports.frame,
    sources.name as source_name,
    sources.kind as source_kind,
    -- An outlet that corrects its article replaces it.
    row_number() over (
        partition by reports.source_key, reports.url
        order by reports.fetched_at desc, reports.document_id
    ) = 1 as is_current
from same_figures as reports
left join {{ ref('stg_sources') }} as sources on reports.source_key = sources.source_key
