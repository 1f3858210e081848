-- A correction has a name of its own, says who, when and why, names its place and a value that its action can
-- set; one reading is corrected once in one way.
select
    any_value(correction_id) as correction_id,
    'name' as trouble
from {{ ref('corrections') }}
group by correction_id
having count(*) > 1 or any_value(correction_id) is null
union all
select
    correction_id,
    'review' as trouble
from {{ ref('corrections') }}
where
    reason is null
    or reviewer is null
    or reviewed_on is null
    or evidence_url is null
    or old_value is null
union all
select
    correction_id,
    'place' as trouble
from {{ ref('corrections') }}
where fact_id is null and (province_key is null or metric is null or period is null)
union all
select
    correction_id,
    'new_value' as trouble
from {{ ref('corrections') }}
where
    case action
        when 'drop_reading' then new_value is not null
        when 'replace_value' then try_cast(new_value as double) is null
        when 'set_subset' then try_cast(new_value as boolean) is null
        when 'set_metric'
            then coalesce(new_value not in (select metrics.code from {{ ref('metrics') }} as metrics), true)
        when 'set_period' then new_value is null
        else true
    end
union all
select
    min(correction_id) as correction_id,
    'twice' as trouble
from {{ ref('int_correction_targets') }}
where target_fact_id is not null and status != 'overruled'
group by target_fact_id, action
having count(*) > 1
