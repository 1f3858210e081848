"""Figures against each other: outlets, parts and wholes, stated changes and rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from expectations.checks.joins import larger_than, same_figure, same_province, same_report
from expectations.checks.landed_arithmetic import APPROX_SLACK, tell_part
from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import metric_words, number, period_words, quantity

_RUNBOOK = "marts-consistency.md"

#: Rates are rounded, and cut-off days differ a little between the systems a report is made of.
RATE_SLACK_POINTS = 0.5

_CONFLICT_SQL = f"""
    select v.row_id, v.province_code, v.frame, v.metric, v.period, v.chosen_fact_id as fact_id,
           v.value, v.runner_up_value,
           (select list(struct_pack(outlet := coalesce(s.name, o.source_key), figure := o.value_standard,
                                    url := o.url)
                        order by o.value_standard, o.source_key)
            from fct_metric_observation o left join sources s on s.source_key = o.source_key
            where o.is_reconcilable and {same_figure("o", "v")}) as witnesses
    from judged v where v.agreement = 'conflict'"""

_PART_SQL = f"""
    select p.row_id, p.province_code, p.frame, p.metric, p.period, p.chosen_fact_id as fact_id,
           w.metric as related, p.value as part_value, w.value as whole_value
    from judged p
    join metrics n on n.code = p.part_of and n.unit = p.metric_unit and n.kind = p.kind
    join judged w on w.metric = p.part_of and {same_report("w", "p")}
    where {larger_than("p", "w", APPROX_SLACK)}"""

_CHANGE_SQL = """
    select row_id, province_code, frame, metric, period, fact_id, value, direction, stated_amount, stated_unit,
           baseline_period, implied_value, earlier_value
    from judged where status = 'inconsistent'"""

_RATE_SQL = f"""
    select r.row_id, r.province_code, r.frame, r.metric, r.period, r.chosen_fact_id as fact_id,
           a.metric as related, b.metric as related_whole, r.value, a.value as numerator_value,
           b.value as denominator_value, 100 * a.value / b.value as computed
    from judged r
    join judged a on a.metric = r.numerator and {same_report("a", "r")}
    join judged b on b.metric = r.denominator and {same_report("b", "r")}
    where r.kind = 'rate' and b.value > 0 and not (r.is_approximate or a.is_approximate or b.is_approximate)
      and abs(r.value - 100 * a.value / b.value) > {RATE_SLACK_POINTS}"""

#: Below this a province and one of its districts may give the same figure by chance.
DISTRICT_LEAST = 20

#: A figure that names only a district and is this much below the province's own usual one is the district's.
DISTRICT_SHARE = 0.5

# Two signs: the very figure is also read as a district's; or its sentence names a district and never the province
# as a whole, while the figure is far below the province's others.
_DISTRICT_SQL = f"""
    with levels as (
        select v.row_id, o.fact_id, any_value(o.level) as level
        from judged v
        join fct_metric_observation o
            on {same_figure("o", "v")} and o.value_standard = v.value and o.level in ('district', 'commune')
            and o.fact_id <> v.chosen_fact_id and o.document_id <> v.document_id
        where v.value >= {DISTRICT_LEAST} group by all
    ), usual as (
        select province_code, frame, metric, period_kind, median(value) as usual, count(*) as n
        from judged group by all
    )
    select v.row_id, v.province_code, v.frame, v.metric, v.period, v.chosen_fact_id as fact_id, v.value,
           if(u.n > 1, u.usual, null) as usual
    from judged v
    join usual u on {same_province("u", "v")} and u.metric = v.metric and u.period_kind = v.period_kind
    where v.kind <> 'rate' and (
        v.row_id in (select row_id from levels)
        or (v.value < {DISTRICT_SHARE} * u.usual and u.n > 2 and v.value >= {DISTRICT_LEAST}
            and regexp_matches(lower(v.sentence), '(huyện|quận|thị xã) [^ ]')
            and not regexp_matches(lower(v.sentence), 'toàn tỉnh|toàn thành phố|(trong|của|cả) tỉnh')))"""


def _tell_district(row: Row) -> Told:
    value, usual = quantity(row["value"], row["metric"]), quantity(row["usual"], row["metric"])
    near = (
        Words(f", thường khoảng {usual.vi}", f", usually about {usual.en}") if row["usual"] else Words("", "")
    )
    return Told(
        Words(f"số của toàn tỉnh{near.vi}", f"the figure of the whole province{near.en}"),
        Words(f"{value.vi}, là số của một huyện", f"{value.en}, which is a district's"),
    )


def _tell_conflict(row: Row) -> Told:
    figures: dict[float, list[Row]] = {}
    for witness in row.get("witnesses") or []:
        figures.setdefault(witness["figure"], []).append(witness)
    if not figures:
        figures = {row["value"]: [], row["runner_up_value"]: []}
    said = [
        _by_outlet(quantity(figure, row["metric"]), witnesses, figure != row["value"])
        for figure, witnesses in figures.items()
    ]
    return Told(
        Words("các nguồn đưa cùng một số", "all sources give one figure"),
        Words("; ".join(words.vi for words in said), "; ".join(words.en for words in said)),
    )


def _by_outlet(written: Words, witnesses: Sequence[Row], with_page: bool) -> Words:
    """Name who gives a figure; the page of the chosen one is the incident's evidence already."""
    names = list(dict.fromkeys(witness["outlet"] for witness in witnesses))
    if with_page and witnesses:
        names.append(witnesses[0]["url"])
    outlets = f" ({', '.join(names)})" if names else ""
    return Words(f"{written.vi}{outlets}", f"{written.en}{outlets}")


def _tell_change(row: Row) -> Told:
    implied = quantity(row["implied_value"], row["metric"])
    earlier = quantity(row["earlier_value"], row["metric"])
    baseline, amount = period_words(row["baseline_period"]), _amount(row["stated_amount"], row["stated_unit"])
    change = Words("tăng", "increase") if row["direction"] == "increase" else Words("giảm", "decrease")
    return Told(
        Words(
            f"{baseline.vi} là {implied.vi} (theo bài: {change.vi} {amount.vi})",
            f"{implied.en} for {baseline.en} (the article says: {change.en} of {amount.en})",
        ),
        Words(f"báo cáo trước ghi {earlier.vi}", f"the earlier report says {earlier.en}"),
    )


def _amount(amount: float, unit: str | None) -> Words:
    figure, mark = number(amount), "%" if unit == "%" else f" {unit}" if unit else ""
    return Words(f"{figure.vi}{mark}", f"{figure.en}{mark}")


def _tell_rate(row: Row) -> Told:
    computed, stated = number(row["computed"]), number(row["value"])
    part, whole = number(row["numerator_value"]), number(row["denominator_value"])
    names: Any = (metric_words(row["related"]), metric_words(row["related_whole"]))
    return Told(
        Words(
            f"{computed.vi}% (tính từ {part.vi}/{whole.vi}: {names[0].vi} / {names[1].vi})",
            f"{computed.en}% (from {part.en}/{whole.en}: {names[0].en} / {names[1].en})",
        ),
        Words(f"{stated.vi}% (bài viết nêu)", f"{stated.en}% (as stated)"),
    )


CHECKS = (
    Check(
        id="marts.conflict",
        severity="critical",
        title=Words("Các nguồn đưa số liệu mâu thuẫn", "Sources contradict each other"),
        meaning=Words(
            "Các nguồn nói về cùng tỉnh, chỉ tiêu và kỳ phải đưa cùng một số.",
            "Sources that report the same province, metric and period give one figure.",
        ),
        mend=Words(
            "mở từng bài, chọn số đúng hoặc hỏi cơ quan báo cáo; nguồn sửa bài thì cảnh báo tự đóng",
            "open the articles and ask the reporting body; the incident closes when a source corrects its article",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("values", _CONFLICT_SQL, _tell_conflict),),
    ),
    Check(
        id="marts.part_whole",
        severity="critical",
        title=Words("Phần lớn hơn tổng giữa các báo cáo", "A part is larger than its whole across reports"),
        meaning=Words(
            "Phần của một chỉ tiêu (đã giải quyết, thành công, từng loại) không thể lớn hơn tổng của nó.",
            "A part (resolved, successful, of one kind) is not larger than its whole.",
        ),
        mend=Words(
            "đối chiếu hai bài; kiểm tra số kỳ trước chuyển sang",
            "compare the two articles; see whether carried-over cases were counted",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _PART_SQL, tell_part),),
        absorbed_by=("marts.conflict", "marts.unit_slip", "marts.district", "marts.jump"),
    ),
    Check(
        id="marts.stated_change",
        severity="warning",
        title=Words(
            "Mức tăng, giảm không khớp báo cáo trước", "A stated change does not fit the earlier report"
        ),
        meaning=Words(
            "Mức tăng, giảm nêu trong bài phải khớp với số của kỳ so sánh đã báo cáo.",
            "A stated increase or decrease fits the figure reported for the period it compares with.",
        ),
        mend=Words(
            "xem kỳ so sánh và số kỳ trước; số kỳ trước có thể đã được điều chỉnh",
            "look at the baseline and the earlier figure, which may have been revised",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("comparisons", _CHANGE_SQL, _tell_change),),
        absorbed_by=("marts.conflict", "marts.unit_slip", "marts.district", "marts.jump"),
    ),
    Check(
        id="marts.stated_rate",
        severity="warning",
        title=Words("Tỷ lệ nêu không khớp tỷ lệ tính được", "A stated rate differs from the computed one"),
        meaning=Words(
            f"Tỷ lệ nêu trong bài và tỷ lệ tính từ tử số, mẫu số chênh nhau không quá {number(RATE_SLACK_POINTS).vi} "
            "điểm phần trăm. Cả hai đều được giữ.",
            f"A stated rate and the one computed from its figures differ by at most {RATE_SLACK_POINTS} points. "
            "Both are kept.",
        ),
        mend=Words(
            "thường do mẫu số chỉ tính vụ việc đã kết thúc; ghi chú khi dùng",
            "the base is often concluded cases only; note it when you use the rate",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _RATE_SQL, _tell_rate),),
        absorbed_by=("marts.conflict", "marts.unit_slip", "marts.district", "marts.jump", "marts.part_whole"),
    ),
    Check(
        id="marts.district",
        severity="critical",
        title=Words("Số của một huyện được lấy cho cả tỉnh", "A district's figure stands for the province"),
        meaning=Words(
            "Số của một huyện, xã không thay cho số của cả tỉnh: cùng một số không "
            "thể là của cả hai, và câu chỉ nói về "
            "một huyện không cho số của tỉnh.",
            "The figure of a district or commune does not stand for its province: the same figure is not that of both, "
            "and a sentence about a district alone does not give the province's.",
        ),
        mend=Words(
            "đọc câu gốc và sửa cấp của số liệu trong bài kiểm của bộ đọc",
            "read the sentence; give it to the tests of the extraction with its right level",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("witnessed", _DISTRICT_SQL, _tell_district),),
        absorbed_by=("marts.conflict",),
    ),
)
