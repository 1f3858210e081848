-- Documents with what decides their weight as witnesses: the report they carry, and whether they still stand.
-- It takes all documents together, and so is made whole in each build, of short columns only.
with documents as (
    select
        articles.* exclude (text_hash),
        -- Copies that were found by their content, however they were cut and set, or else the same text.
        coalesce(copies.report_id, articles.text_hash) as text_hash,
        later_versions.document_id is not null as is_superseded
    from {{ ref('stg_documents') }} as articles
    left join {{ ref('stg_syndications') }} as copies on articles.document_id = copies.document_id
    left join {{ ref('stg_documents') }} as later_versions
        on copies.superseded_by = later_versions.document_id
),

same_text as (
    select
        documents.*,
        figures.figures_hash,
        min(documents.document_id) over (partition by documents.text_hash) as first_copy
    from documents
    left join {{ ref('int_document_figures') }} as figures on documents.document_id = figures.document_id
),

-- One report carried by several outlets: the same text, or the same title over the same figures.
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
    -- An outlet that corrects its article replaces it, at the same address or soon after at another.
    not reports.is_superseded
    and row_number() over (
        partition by reports.source_key, reports.url
        order by reports.fetched_at desc, reports.document_id
    ) = 1 as is_current
from same_figures as reports
left join {{ ref('stg_sources') }} as sources on reports.source_key = sources.source_key
