{{ config(tags=['quality']) }}
-- Provinces, metrics and years whose rows in the tables for people are made again: a value of the year
-- changed, or one of the year before that it is compared with, or what is held back.
with series as (
    select
        province_code,
        frame,
        metric,
        year(period_start) as year
    from {{ ref('int_values_by_frame') }}
    union
    select
        province_code,
        '34' as frame,
        metric,
        year(period_start) as year
    from {{ ref('int_province_rollups') }}
),

concerned as (
    select
        provinces.province_code,
        provinces.frame,
        stale.metric,
        try_cast(left(stale.period, 4) as bigint) as year
    from {{ ref('stale_cells') }} as stale
    inner join {{ ref('dim_province') }} as provinces on stale.province_key = provinces.province_key
    union
    select
        province_code,
        '34' as frame,
        metric,
        try_cast(left(period, 4) as bigint) as year
    from {{ ref('stale_rollups') }}
    union
    select series.*
    from series
    {% if not is_made_whole() -%}
        semi join {{ ref('changed_holds') }} as changed
            on
                series.province_code = changed.province_code
                and series.frame = changed.frame
                and series.metric = coalesce(changed.metric, series.metric)
    {%- endif %}
)

select * from concerned
union
select * replace (year + 1 as year) from concerned
