{{ config(materialized='view') }}
-- Reviews that each province owes by the calendar, for every period that is over: half-year and yearly.
with years as (
    select unnest(generate_series(first_year, year({{ as_of() }}))) as year, *
    from {{ ref('report_calendar') }}
),

dated as (
    select
        report_kind,
        make_date(year, first_month, 1) as period_start,
        last_day(make_date(year, last_month, 1)) as period_end,
        last_day(make_date(year + due_years_later, due_month, 1)) as due_on
    from years
)

select
    dated.report_kind,
    {{ period_name('dated.report_kind', 'dated.period_start', 'dated.period_end') }} as period,
    dated.period_start,
    dated.period_end,
    dated.due_on,
    provinces.province_key,
    provinces.province_code,
    provinces.frame
from dated
inner join {{ ref('dim_province') }} as provinces
    -- The province that stands on the last day of the period owes the report.
    on provinces.frame = if(dated.period_end < date '2025-07-01', '63', '34')
where dated.period_end < {{ as_of() }}
