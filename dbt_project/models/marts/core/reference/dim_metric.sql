-- The metric dictionary.
select
    code as metric,
    theme,
    name_vi,
    name_en,
    unit,
    unit_vi,
    kind,
    numerator,
    denominator,
    part_of,
    min_year_63,
    max_year_63,
    max_year_34,
    tier,
    note
from {{ ref('metrics') }}
