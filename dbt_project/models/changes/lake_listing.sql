{%- set known = {
    '_file': 'varchar',
    'bytes': 'bigint',
    'modified_at': 'timestamptz',
    'listed_at': 'timestamptz',
    'digest': 'varchar',
    'is_gone': 'boolean',
} -%}
-- Files of the lake now. The digest that the build before took stands where size and time are the same,
-- unless the file was written within two seconds of that listing, when it could have changed again without a
-- later time.
with found as (
    select
        filename as _file,
        string_split(substr(filename, length('{{ lake_home() }}') + 2), '/') as place,
        size as bytes,
        last_modified as modified_at
    from {{ parquet_of_the_lake() }}
    -- Hidden folders are leftovers of a run that was killed while it replaced a partition.
    where not contains(replace(filename, '{{ lake_home() }}', ''), '/.')
),

before_it as (
    select *
    from {{ rows_before('changes', 'lake_files', known) }}
    where not is_gone
)

select
    found._file,
    found.place[1] as zone,
    found.place[2] as table_name,
    regexp_extract(found.place[-2], '^date=(\d{4}-\d{2}-\d{2})$', 1) as partition_day,
    found.bytes,
    found.modified_at,
    now() as listed_at,
    case
        when
            before_it.bytes = found.bytes
            and before_it.modified_at = found.modified_at
            and before_it.listed_at > found.modified_at + interval 2 second
            then before_it.digest
    end as known_digest,
    before_it.digest as digest_before
from found
left join before_it on found._file = before_it._file
