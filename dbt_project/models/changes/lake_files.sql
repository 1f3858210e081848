{{ config(pre_hook="{{ set_touched_files() }}") }}
{%- set known = {
    '_file': 'varchar',
    'zone': 'varchar',
    'table_name': 'varchar',
    'partition_day': 'varchar',
    'bytes': 'bigint',
    'modified_at': 'timestamptz',
    'listed_at': 'timestamptz',
    'digest': 'varchar',
    'is_gone': 'boolean',
} -%}
-- The ledger of files: those now there and those gone since the build before, with whether their bytes
-- changed. Only files that were touched are read for their digest; one written again with the same bytes has
-- not changed.
with digests as (
    select
        filename as _file,
        md5(content) as digest
    from read_blob(getvariable('touched'))
),

gone as (
    select before_it.*
    from {{ rows_before('changes', 'lake_files', known) }} as before_it
    anti join {{ ref('lake_listing') }} as listing on before_it._file = listing._file
    where not before_it.is_gone
)

select
    listing._file,
    listing.zone,
    listing.table_name,
    listing.partition_day,
    listing.bytes,
    listing.modified_at,
    listing.listed_at,
    coalesce(listing.known_digest, digests.digest) as digest,
    (coalesce(listing.known_digest, digests.digest) is distinct from listing.digest_before) as is_changed,
    false as is_gone
from {{ ref('lake_listing') }} as listing
left join digests on listing._file = digests._file
union all
select
    _file,
    zone,
    table_name,
    partition_day,
    bytes,
    modified_at,
    listed_at,
    digest,
    true as is_changed,
    true as is_gone
from gone
