-- Values of a frame belong to its time, and to the time since the first directive on grassroots democracy.
select
    figures.value_key,
    periods.frame as frame_of_period
from {{ ref('fct_metric_value') }} as figures
inner join {{ ref('dim_period') }} as periods on figures.period = periods.period
where
    figures.frame != periods.frame
    or figures.period_start < date '1998-01-01'
    or figures.period_end < figures.period_start
