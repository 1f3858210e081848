-- Periods seen in the landed data, one row a period whatever notation it came in.
with periods as (
    select distinct
        period,
        kind,
        period_start,
        period_end,
        months,
        frame
    from {{ ref('int_periods') }}
)

select
    *,
    {{ period_label_vi('kind', 'period_start', 'period_end') }} as label_vi,
    {{ period_label_en('kind', 'period_start', 'period_end') }} as label_en
from periods
