"""Arithmetic over the values of a province: periods within periods, people at events."""

from __future__ import annotations

from expectations.checks.joins import larger_than, same_province, same_report
from expectations.checks.landed_arithmetic import APPROX_SLACK
from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import metric_words, period_words, quantity

_RUNBOOK = "marts-arithmetic.md"

#: Metrics that count people, with the metric that counts the events or bodies they belong to: at least one each.
PEOPLE_AT = {
    "dialogue_participants": "dialogue_sessions",
    "training_participants": "training_classes",
    "outreach_participants": "outreach_sessions",
    "voters_met": "voter_meetings",
    "reception_group_people": "reception_groups",
    "mediators": "mediation_teams",
}

_PAIRS = ", ".join(f"('{people}', '{events}')" for people, events in PEOPLE_AT.items())

# Only flows add up, and only within one frame: a province's territory must be the same. The province kept with
# code and territory in July 2025 carries the frame of the period, so both frames are joined where it is unchanged.
_NESTED_SQL = f"""
    with flows as (
        select j.*, k.unchanged from judged j
        join known_provinces k on {same_province("k", "j")}
        where j.kind = 'flow'
    )
    select p.row_id, p.province_code, p.frame, p.metric, w.period as baseline_period, p.period,
           p.chosen_fact_id as fact_id, p.value, w.value as whole_value
    from flows p
    join flows w
        on w.province_code = p.province_code and w.metric = p.metric and w.year = p.year
        and (w.frame = p.frame or p.unchanged and w.unchanged)
        and w.period_start <= p.period_start and w.period_end >= p.period_end and w.period <> p.period
    where {larger_than("p", "w", APPROX_SLACK)}"""

_PEOPLE_SQL = f"""
    select p.row_id, p.province_code, p.frame, p.metric, p.period, p.chosen_fact_id as fact_id,
           e.metric as related, p.value, e.value as whole_value
    from judged p
    join (values {_PAIRS}) pairs(people, events) on pairs.people = p.metric
    join judged e on e.metric = pairs.events and {same_report("e", "p")}
    where p.value < e.value and p.value > 0"""


def _tell_nested(row: Row) -> Told:
    whole, part = quantity(row["whole_value"], row["metric"]), quantity(row["value"], row["metric"])
    longer, shorter = period_words(row["baseline_period"]), period_words(row["period"])
    return Told(
        Words(
            f"{shorter.vi} không quá {whole.vi} của {longer.vi}", f"at most {whole.en}, that of {longer.en}"
        ),
        Words(f"{shorter.vi}: {part.vi}", f"{shorter.en}: {part.en}"),
    )


def _tell_people(row: Row) -> Told:
    events, people = quantity(row["whole_value"], row["related"]), quantity(row["value"], row["metric"])
    name = metric_words(row["related"])
    return Told(Words(f"ít nhất {events.vi} ({name.vi})", f"at least {events.en} ({name.en})"), people)


CHECKS = (
    Check(
        id="marts.cumulative",
        severity="critical",
        title=Words("Số lũy kế giảm", "A running total falls"),
        meaning=Words(
            "Số của một kỳ không lớn hơn số của kỳ dài hơn chứa nó: quý I ≤ 6 tháng ≤ 9 tháng ≤ cả năm.",
            "A figure is not larger than that of a longer period around it: Q1 ≤ first half ≤ nine months ≤ year.",
        ),
        mend=Words(
            "đọc hai bài: một số chỉ tính một phần, sai chữ số, hoặc kỳ bị hiểu sai",
            "read both articles: one covers a part only, has a wrong digit, or its period was misread",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _NESTED_SQL, _tell_nested),),
        absorbed_by=("marts.conflict", "marts.unit_slip", "marts.district", "marts.jump"),
    ),
    Check(
        id="marts.participants",
        severity="warning",
        title=Words("Số người ít hơn số cuộc", "Fewer people than events"),
        meaning=Words(
            "Mỗi cuộc đối thoại, lớp tập huấn, buổi tiếp xúc có ít nhất một người dự; mỗi tổ, đoàn ít nhất một người.",
            "Each dialogue, class or meeting has at least one participant, each group or team at least one member.",
        ),
        mend=Words(
            "đọc câu gốc: hai số có thể bị tráo, hoặc số người chỉ tính một phần",
            "read the sentence: the two may be swapped, or the people are those of a part only",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _PEOPLE_SQL, _tell_people),),
        absorbed_by=("marts.conflict", "marts.unit_slip", "marts.district", "marts.jump"),
    ),
)
