{{ config(
    tags=['quality'],
    materialized='incremental',
    incremental_strategy='replace',
    unique_key=['province_code', 'frame', 'metric', 'year(period_start)'],
    meta={'stale': 'stale_series', 'stale_key': ['province_code', 'frame', 'metric', 'year']},
) }}
-- Values that no hold keeps back, as reported and carried over to the new frame.
select figures.*
from {{ ref('int_values_by_frame') }} as figures
semi join {{ ref('stale_series') }} as stale
    on
        figures.province_code = stale.province_code
        and figures.frame = stale.frame
        and figures.metric = stale.metric
        and year(figures.period_start) = stale.year
anti join {{ ref('int_held_values') }} as held
    on
        figures.province_code = held.province_code
        and figures.frame = held.frame
        and figures.metric = coalesce(held.metric, figures.metric)
        and (held.basis = 'as_reported' or figures.basis != 'as_reported')
