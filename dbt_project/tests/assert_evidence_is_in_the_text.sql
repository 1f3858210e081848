-- Every quote, and every sentence, is cut out of the stored text again: offsets count code points from 0.
-- Texts are those that this build read; all others were read, and cut, by the build that read them.
with evidence as (
    select
        fact_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_metric_observation') }}
    union all
    select
        fact_id as evidence_id,
        document_id,
        sentence_start as first_offset,
        length(sentence) as n_characters,
        sentence as expected
    from {{ ref('fct_metric_observation') }}
    union all
    select
        cell_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_undecided_cell') }}
    union all
    select
        event_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_event') }}
    union all
    select
        citation_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_citation') }}
    union all
    select
        official_mention_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_official') }}
    union all
    select
        initiative_mention_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_initiative') }}
    union all
    select
        shortcoming_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_shortcoming') }}
    union all
    select
        commitment_id as evidence_id,
        document_id,
        char_start as first_offset,
        char_end - char_start as n_characters,
        quote as expected
    from {{ ref('fct_commitment') }}
),

cut_again as (
    select
        evidence.*,
        substring(documents.text, evidence.first_offset + 1, evidence.n_characters) as found
    from evidence
    inner join {{ ref('int_texts_read') }} as documents on evidence.document_id = documents.document_id
)

select *
from cut_again
where found is distinct from expected
