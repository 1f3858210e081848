-- Units as written, with the standard unit they measure in; counted nouns measure in none.
with written_units as (
    select facts.unit as written from {{ ref('stg_facts') }} as facts
    union
    select facts.comparison_unit from {{ ref('stg_facts') }} as facts
)

select
    written_units.written,
    units.standard_unit,
    units.factor
from written_units
inner join {{ ref('units') }} as units
    on
        lower(trim(written_units.written)) = lower(units.written)
        or starts_with(lower(trim(written_units.written)), lower(units.written) || ' ')
-- "mét vuông đất" begins with "mét" too: the longest name is meant.
qualify row_number() over (partition by written_units.written order by length(units.written) desc) = 1
