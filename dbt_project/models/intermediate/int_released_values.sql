{{ config(tags=['quality']) }}
-- Values that no hold keeps back, as reported and carried over to the new frame.
select figures.*
from {{ ref('int_values_by_frame') }} as figures
anti join {{ ref('int_held_values') }} as held
    on
        figures.province_code = held.province_code
        and figures.frame = held.frame
        and figures.metric = coalesce(held.metric, figures.metric)
        and (held.basis = 'as_reported' or figures.basis != 'as_reported')
