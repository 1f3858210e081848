{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_key', 'metric', 'period'],
    meta={'stale': 'stale_cells', 'stale_key': ['province_key', 'metric', 'period']},
) }}
-- depends_on: {{ ref('stale_cells') }}
-- One value a province, metric and period, chosen among what the witnesses give.
with ranked as (
    select
        *,
        row_number() over by_weight as place_in_ranking,
        lead(candidate_value) over by_weight as runner_up_value,
        lead(chosen_fact_id) over by_weight as runner_up_fact_id,
        lead(n_witnesses) over by_weight as runner_up_witnesses,
        lead(source_rank) over by_weight as runner_up_source_rank,
        lead(last_published_on) over by_weight as runner_up_published_on
    from {{ ref('int_value_candidates') }}
    window by_weight as (
        partition by province_key, metric, period
        order by n_witnesses desc, source_rank, last_published_on desc nulls last, first_fact_id
    )
),

witnesses as (
    select
        province_key,
        metric,
        period,
        count(*) as n_distinct_values,
        sum(n_observations) as n_observations,
        len(list_distinct(flatten(list(source_keys)))) as n_sources,
        len(list_distinct(flatten(list(report_ids)))) as n_reports,
        min(candidate_value) as min_value,
        max(candidate_value) as max_value
    from {{ ref('int_value_candidates') }}
    group by province_key, metric, period
)

select
    ranked.province_key || '/' || ranked.metric || '/' || ranked.period as value_key,
    ranked.province_key,
    ranked.province_code,
    ranked.frame,
    ranked.metric,
    ranked.period,
    ranked.period_start,
    ranked.period_end,
    ranked.candidate_value as value,
    ranked.unit_standard as unit,
    ranked.is_approximate,
    case
        when witnesses.n_distinct_values > 1 then 'conflict'
        when ranked.n_witnesses > 1 then 'agree'
        else 'single'
    end as agreement,
    cast(witnesses.n_observations as bigint) as n_observations,
    witnesses.n_sources,
    witnesses.n_reports,
    ranked.n_witnesses,
    witnesses.n_distinct_values,
    witnesses.min_value,
    witnesses.max_value,
    ranked.chosen_fact_id,
    case
        when ranked.runner_up_value is null then 'only_value'
        when ranked.n_witnesses > ranked.runner_up_witnesses then 'most_sources'
        when ranked.source_rank < ranked.runner_up_source_rank then 'provincial_source'
        when ranked.last_published_on > ranked.runner_up_published_on then 'latest_publication'
        when ranked.last_published_on is not null and ranked.runner_up_published_on is null
            then 'latest_publication'
        else 'smallest_fact_id'
    end as chosen_because,
    ranked.runner_up_value,
    ranked.runner_up_fact_id,
    -- Publishing sets it where a hold keeps the value of an earlier release.
    false as is_stale
from ranked
inner join witnesses
    on
        ranked.province_key = witnesses.province_key
        and ranked.metric = witnesses.metric
        and ranked.period = witnesses.period
where ranked.place_in_ranking = 1
