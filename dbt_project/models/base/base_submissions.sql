{{ config(unique_key='submission_id') }}
with versions as (
    {{ rows_of_stale_units('submissions', newest_first='seen_at') }}
),

sights as (
    select
        version_id,
        min(seen_at) as first_seen_at
    from read_parquet(getvariable('files'), hive_partitioning = false, union_by_name = false)
    where submission_id in (select stale.unit_id from {{ ref('stale_units') }} as stale)
    group by version_id
)

select
    versions.*,
    sights.first_seen_at
from versions
inner join sights on versions.version_id = sights.version_id
