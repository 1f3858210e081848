{{ config(materialized='view') }}
-- Facts with their evidence, placed in the frame of their period, and why they may not stand for a province.
with unchanged as (
    select old_province_code as province_code
    from {{ ref('bridge_province_frame') }}
    where relation = 'unchanged'
),

-- Names that fit two provinces: former ones of a larger whole (Hà Bắc) and shared abbreviations (HN).
ambiguous_names as (
    select distinct lower(alias) as alias
    from {{ ref('province_aliases') }}
    where (kind = 'historical' and canonical is null) or (kind = 'abbrev' and ambiguous = 1)
),

measured as (
    select distinct standard_unit
    from {{ ref('units') }}
),

placed as (
    select
        facts.*,
        periods.period as period_name,
        periods.period_start as first_day,
        periods.period_end as last_day,
        periods.kind as period_kind,
        periods.frame as frame_of_period,
        -- The eleven provinces that did not change keep their code: they are in the frame of the period.
        if(
            unchanged.province_code is not null,
            coalesce(periods.frame, facts.frame),
            coalesce(facts.frame, periods.frame)
        ) as frame_resolved
    from {{ ref('int_facts') }} as facts
    left join {{ ref('int_periods') }} as periods on facts.period = periods.notation
    left join unchanged on facts.province_code = unchanged.province_code
),

joined as (
    select
        placed.*,
        documents.report_id,
        documents.capture_id,
        documents.url,
        documents.title,
        documents.published_on,
        documents.source_name,
        documents.source_kind,
        documents.is_current,
        provinces.province_key,
        ambiguous_names.alias is not null as is_name_ambiguous,
        metrics.metric is not null as is_known_metric,
        metrics.unit as unit_standard,
        {{ unit_factor('placed.unit', 'metrics.unit', 'written_units', 'measured') }} as factor,
        case
            when
                (documents.frame = placed.frame_resolved and documents.province_code = placed.province_code)
                or (
                    documents.frame != placed.frame_resolved
                    and outlets.province_code_34 = provinces.province_code_34
                )
                then 1
            when documents.province_code is not null then 2
            else 3
        end as source_rank
    from placed
    inner join {{ ref('int_documents') }} as documents on placed.document_id = documents.document_id
    left join {{ ref('dim_metric') }} as metrics on placed.metric = metrics.metric
    left join ambiguous_names on lower(trim(split_part(placed.place, ',', -1))) = ambiguous_names.alias
    left join {{ ref('int_units') }} as written_units on placed.unit = written_units.written
    left join measured on metrics.unit = measured.standard_unit
    left join {{ ref('dim_province') }} as provinces
        on placed.province_code = provinces.province_code and placed.frame_resolved = provinces.frame
    left join {{ ref('dim_province') }} as outlets
        on documents.province_code = outlets.province_code and documents.frame = outlets.frame
),

judged as (
    select
        *,
        case
            when is_dropped then 'dropped_by_correction'
            when not is_current then 'superseded_document'
            when not is_known_metric then 'unknown_metric'
            when period is null then 'no_period'
            when period_name is null then 'unreadable_period'
            when last_day is null then 'open_period'
            -- The first directive on grassroots democracy is of 1998; a period after publication is a plan.
            when first_day < date '1998-01-01' or first_day > published_on then 'period_out_of_range'
            when province_code is null and is_name_ambiguous then 'ambiguous_province'
            when province_code is null then 'no_province'
            when province_key is null then 'unknown_province'
            when coalesce(level, '') != 'province' then 'not_province_level'
            when frame_resolved != frame_of_period then 'frame_mismatch'
            when subset then 'subset'
            when tier is not null then 'tier'
            when factor is null then 'unit_mismatch'
        end as not_reconcilable_because
    from joined
)

select
    fact_id,
    metric,
    province_key,
    province_code,
    frame_resolved as frame,
    frame as frame_as_read,
    place,
    place_code,
    level,
    tier,
    period_name as period,
    period_as_read,
    first_day as period_start,
    last_day as period_end,
    period_kind,
    value,
    unit,
    round(value_corrected * factor, 6) as value_standard,
    unit_standard,
    approx,
    denominator,
    stock,
    subset,
    metric_note,
    comparison_direction,
    comparison_amount,
    comparison_unit,
    comparison_baseline,
    not_reconcilable_because is null as is_reconcilable,
    not_reconcilable_because,
    document_id,
    report_id,
    source_key,
    source_name,
    source_kind,
    cast(source_rank as integer) as source_rank,
    url,
    title,
    published_on,
    char_start,
    char_end,
    quote,
    sentence_start,
    sentence,
    locator,
    rule,
    confidence,
    correction_ids,
    capture_id
from judged
