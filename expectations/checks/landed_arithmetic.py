"""Arithmetic of single figures and single documents, before anything is joined."""

from __future__ import annotations

from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import metric_words, quantity

_RUNBOOK = "landed-arithmetic.md"

#: The dictionary's greatest plausible value for a year, times this, is beyond any surprise.
HARD_FACTOR = 10

#: What words of approximation leave open: two leading digits are kept, so "hơn 1.100" may stand for 1,199.
APPROX_SLACK = 0.1

_PERCENT_SQL = """
    select row_id, province_code, frame, source_key, metric, period, row_id as fact_id, value
    from judged where metric_unit = 'percent' and not (value >= 0 and value <= 100)"""

# Figures of the whole country or a region are no province's and have no bound here; sums over several years get
# the bound of each year.
_BOUND_SQL = f"""
    select row_id, province_code, frame, source_key, metric, period, row_id as fact_id, standard_value, bound
    from (
        select *, {HARD_FACTOR} * max_year
            * greatest(1, ceil(datediff('day', period_start, coalesce(period_end, published_on)) / 366.0)) as bound
        from judged where metric_unit <> 'percent' and coalesce(level, 'province') not in ('national', 'region')
    )
    where not isfinite(standard_value) or standard_value < 0 or standard_value > bound"""

# Both figures are refused: one of them is wrong and the document does not say which. Rows that show the same
# contradiction carry the metric of the part, so that they make one incident.
_PART_SQL = f"""
    with pairs as (
        select p.row_id as part_id, w.row_id as whole_id, p.province_code, p.frame, p.source_key,
               p.metric, p.period, w.metric as related, p.value as part_value, w.value as whole_value
        from judged p
        join metrics m on m.code = p.metric
        join metrics n on n.code = m.part_of and n.unit = m.unit and n.kind = m.kind
        join judged w
            on w.metric = m.part_of and w.document_id = p.document_id and w.period = p.period
            and w.place is not distinct from p.place and w.level is not distinct from p.level
            and w.tier is not distinct from p.tier
        where not p.subset and not w.subset
          and p.standard_value > w.standard_value
              * case when p.approx is null and w.approx is null then 1 else {1 + APPROX_SLACK} end
          and not exists (
              select 1 from judged o where o.document_id = w.document_id and o.metric = w.metric
              and o.period = w.period and o.place is not distinct from w.place and not o.subset
              and o.tier is not distinct from w.tier and o.standard_value >= p.standard_value)
    )
    select part_id as row_id, province_code, frame, source_key, metric, period, related, part_value, whole_value,
           part_id as fact_id from pairs
    union all
    select whole_id, province_code, frame, source_key, metric, period, related, part_value, whole_value,
           part_id from pairs"""


def _tell_percent(row: Row) -> Told:
    return Told(Words("từ 0% đến 100%", "0% to 100%"), quantity(row["value"], row["metric"]))


def _tell_bound(row: Row) -> Told:
    bound = quantity(row["bound"], row["metric"])
    return Told(
        Words(f"từ 0 đến {bound.vi}", f"0 to {bound.en}"), quantity(row["standard_value"], row["metric"])
    )


def tell_part(row: Row) -> Told:
    """Say that a part is larger than its whole; both gates use it."""
    whole, name = quantity(row["whole_value"], row["related"]), metric_words(row["related"])
    part, part_name = quantity(row["part_value"], row["metric"]), metric_words(row["metric"])
    return Told(
        Words(f"không quá {whole.vi} ({name.vi})", f"at most {whole.en} ({name.en})"),
        Words(f"{part.vi} ({part_name.vi})", f"{part.en} ({part_name.en})"),
    )


CHECKS = (
    Check(
        id="landed.percent",
        severity="warning",
        title=Words("Tỷ lệ nằm ngoài 0–100%", "A rate is outside 0–100%"),
        meaning=Words(
            "Tỷ lệ của một phần trên toàn bộ nằm trong khoảng 0–100%.",
            "The share of a part in its whole lies between 0 and 100%.",
        ),
        mend=Words(
            "đọc câu gốc: dấu thập phân hoặc chỉ tiêu bị hiểu sai",
            "read the sentence: a decimal mark or the metric was misread",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("figures", _PERCENT_SQL, _tell_percent),),
        quarantines=True,
    ),
    Check(
        id="landed.hard_bound",
        severity="warning",
        title=Words("Số liệu vượt xa mọi khả năng", "A figure is beyond anything possible"),
        meaning=Words(
            f"Số liệu không âm và không quá {HARD_FACTOR} lần mức cao nhất hợp lý của chỉ tiêu trong một năm.",
            f"A figure is not negative and at most {HARD_FACTOR} times the metric's greatest plausible value a year.",
        ),
        mend=Words(
            "đọc câu gốc: đơn vị, dấu chấm hàng nghìn hoặc chỉ tiêu bị hiểu sai",
            "read the sentence: unit, thousands mark or metric was misread",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("figures", _BOUND_SQL, _tell_bound),),
        quarantines=True,
    ),
    Check(
        id="landed.part_whole",
        severity="critical",
        title=Words("Phần lớn hơn tổng trong cùng một bài", "A part is larger than its whole in one article"),
        meaning=Words(
            "Trong một bài, phần của một chỉ tiêu không thể lớn hơn tổng cùng nơi, cùng kỳ. "
            "Cả hai số được cách ly vì không rõ số nào sai.",
            "Within one article a part is not larger than its whole for the same place and period. "
            "Both figures are quarantined, since the article does not say which is wrong.",
        ),
        mend=Words(
            "đối chiếu với nguồn khác hoặc hỏi cơ quan báo cáo",
            "compare with another source or ask the reporting body",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("figures", _PART_SQL, tell_part),),
        quarantines=True,
    ),
)
