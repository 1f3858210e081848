-- A subset, a tier's share or a district's figure is never the value of the province.
select
    figures.value_key,
    readings.fact_id
from {{ ref('fct_metric_value') }} as figures
inner join {{ ref('fct_metric_observation') }} as readings
    on readings.fact_id in (figures.chosen_fact_id, figures.runner_up_fact_id)
where readings.subset or readings.tier is not null or readings.level is distinct from 'province'
