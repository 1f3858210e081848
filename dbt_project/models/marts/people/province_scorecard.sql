-- A province and a review it owes: whether it came, how much it says, how sure that is, what went up or down.
with core as (
    select count(*) as n_core
    from {{ ref('dim_metric') }}
    where tier = 'core'
),

figures as (
    select
        trend.province_key,
        trend.period,
        count(*) as n_metrics,
        count(*) filter (where metrics.tier = 'core') as n_core_metrics,
        count(*) filter (where trend.agreement = 'agree') as n_agreeing,
        count(*) filter (where trend.agreement = 'single') as n_single,
        count(*) filter (where trend.agreement = 'conflict') as n_conflicts,
        count(*) filter (where trend.change > 0) as n_higher,
        count(*) filter (where trend.change < 0) as n_lower,
        count(*) filter (where trend.change = 0) as n_unchanged
    from {{ ref('metric_trend') }} as trend
    inner join {{ ref('dim_metric') }} as metrics on trend.metric = metrics.metric
    where trend.basis = 'as_reported'
    group by trend.province_key, trend.period
),

changes as (
    select
        province_key,
        period,
        count(*) filter (where status = 'inconsistent') as n_inconsistent
    from {{ ref('fct_metric_comparison') }}
    group by province_key, period
),

rates as (
    select
        province_key,
        period,
        count(distinct fact_id) filter (where status = 'inconsistent') as n_inconsistent
    from {{ ref('fct_rate_check') }}
    where is_reconcilable
    group by province_key, period
),

running as (
    select
        province_key,
        period,
        count(*) filter (where status = 'decreasing') as n_decreasing
    from {{ ref('fct_cumulative_check') }}
    group by province_key, period
),

incidents as (
    select
        province_key,
        period,
        count(*) as n_open
    from {{ ref('fct_quality_incident') }}
    where status = 'open'
    group by province_key, period
),

held as (
    select
        province_key,
        count(*) as n_held
    from {{ ref('fct_publication_hold') }}
    group by province_key
),

commitments as (
    select
        outlet_province_key,
        period,
        count(*) as n_stated
    from {{ ref('fct_commitment') }}
    group by outlet_province_key, period
),

shortcomings as (
    select
        outlet_province_key,
        period,
        count(*) as n_stated
    from {{ ref('fct_shortcoming') }}
    group by outlet_province_key, period
)

select
    reports.report_key,
    reports.province_key,
    reports.province_code,
    reports.frame,
    provinces.name_vi as province_vi,
    provinces.name_en as province_en,
    provinces.region_vi,
    reports.report_kind,
    reports.period,
    reports.due_on,
    reports.status as report_status,
    reports.days_late,
    reports.has_reported_before,
    reports.n_outlets,
    reports.n_sources,
    coalesce(figures.n_metrics, 0) as n_metrics,
    coalesce(figures.n_core_metrics, 0) as n_core_metrics,
    round(100.0 * coalesce(figures.n_core_metrics, 0) / core.n_core, 1) as core_coverage_percent,
    coalesce(figures.n_agreeing, 0) as n_agreeing,
    coalesce(figures.n_single, 0) as n_single,
    coalesce(figures.n_conflicts, 0) as n_conflicts,
    coalesce(figures.n_higher, 0) as n_higher,
    coalesce(figures.n_lower, 0) as n_lower,
    coalesce(figures.n_unchanged, 0) as n_unchanged,
    coalesce(changes.n_inconsistent, 0) as n_inconsistent_changes,
    coalesce(rates.n_inconsistent, 0) as n_inconsistent_rates,
    coalesce(running.n_decreasing, 0) as n_decreasing,
    coalesce(incidents.n_open, 0) as n_open_incidents,
    coalesce(held.n_held, 0) as n_holds,
    coalesce(shortcomings.n_stated, 0) as n_shortcomings,
    coalesce(commitments.n_stated, 0) as n_commitments
from {{ ref('fct_reporting_compliance') }} as reports
cross join core
inner join {{ ref('dim_province') }} as provinces on reports.province_key = provinces.province_key
left join figures on reports.province_key = figures.province_key and reports.period = figures.period
left join changes on reports.province_key = changes.province_key and reports.period = changes.period
left join rates on reports.province_key = rates.province_key and reports.period = rates.period
left join running on reports.province_key = running.province_key and reports.period = running.period
left join incidents on reports.province_key = incidents.province_key and reports.period = incidents.period
left join held on reports.province_key = held.province_key
left join shortcomings
    on reports.province_key = shortcomings.outlet_province_key and reports.period = shortcomings.period
left join commitments
    on reports.province_key = commitments.outlet_province_key and reports.period = commitments.period
