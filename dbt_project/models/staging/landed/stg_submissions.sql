with newest_sights as (
    {{ landed_rows('submissions', 'version_id', newest_first='seen_at') }}
),

first_sights as (
    select
        version_id,
        min(seen_at) as first_seen_at
    from {{ source('landed', 'submissions') }}
    group by version_id
)

select
    newest_sights.*,
    first_sights.first_seen_at
from newest_sights
inner join first_sights on newest_sights.version_id = first_sights.version_id
