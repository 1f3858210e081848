-- Sources of the registry, with what was read from each.
with documents as (
    select
        source_key,
        count(*) as n_documents,
        min(published_on) as first_published_on,
        max(published_on) as last_published_on
    from {{ ref('int_documents') }}
    group by source_key
)

select
    sources.source_key,
    sources.name,
    sources.kind,
    sources.family,
    sources.status,
    sources.home_url,
    {{ province_key('sources.frame', 'sources.province_code') }} as province_key,
    sources.province_code,
    sources.frame,
    sources.expected_weekly_items,
    cast(sources.freshness_days as integer) as freshness_days,
    sources.is_demo,
    sources.licence,
    sources.caveats,
    coalesce(documents.n_documents, 0) as n_documents,
    documents.first_published_on,
    documents.last_published_on
from {{ ref('stg_sources') }} as sources
left join documents on sources.source_key = documents.source_key
