select
    submission_id,
    count_if(is_current) as n_current
from {{ ref('fct_submission_version') }}
group by submission_id
having count_if(is_current) != 1
