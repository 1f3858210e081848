{{ config(tags=['quality']) }}
-- Readings whose comparison or rate check is published anew: it was made again, or leans on what is held back
-- now and was not, or the other way round.
select fact_id
from {{ ref('stale_checks') }}
union
select comparisons.fact_id
from {{ ref('int_metric_comparisons') }} as comparisons
{% if not is_made_whole() -%}
    semi join {{ ref('changed_holds') }} as changed
        on
            comparisons.province_code = changed.province_code
            and comparisons.frame = changed.frame
            and comparisons.metric = coalesce(changed.metric, comparisons.metric)
{% endif -%}
union
select checks.fact_id
from {{ ref('int_rate_checks') }} as checks
{% if not is_made_whole() -%}
    semi join {{ ref('changed_holds') }} as changed
        on
            checks.province_code = changed.province_code
            and checks.frame = changed.frame
            and coalesce(changed.metric in (checks.numerator_metric, checks.denominator_metric), true)
{%- endif %}
