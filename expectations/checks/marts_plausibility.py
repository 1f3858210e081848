"""Figures against what a province can report: its own history, and the range of the dictionary."""

from __future__ import annotations

import math

from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import number, quantity

_RUNBOOK = "marts-plausibility.md"

#: A figure this many times above or below the province's usual one is implausible.
JUMP_RATIO = 4.0

#: Or this many robust standard deviations, where a series swings more than that by nature.
JUMP_DEVIATIONS = 3.5

#: The median absolute deviation times this estimates a standard deviation.
_MAD_TO_SIGMA = 1.4826

#: Small counts swing widely: the square roots have to lie this far apart, about six standard deviations of a count.
COUNT_GUARD = 3.0

#: A ratio this close to a power of ten (as a difference of decimal logarithms) is a digit too many or too few.
SLIP_WIDTH = 0.15

# With three years or more a figure is held against the median of all; with two, the later against the earlier.
# 0.5 is added so that a zero has a logarithm.
_JUMP_SQL = f"""
    with history as (
        select province_code, frame, metric, period_kind, count(*) as n, max(year) as last_year,
               median(ln(value + 0.5)) as centre, mad(ln(value + 0.5)) as spread,
               arg_min(ln(value + 0.5), year) as first_level,
               list(struct_pack(year := year, figure := value) order by year) as figures
        from judged where value >= 0 group by all having count(*) >= 2
    ), scored as (
        select v.*, h.figures, ln(v.value + 0.5) - if(h.n = 2, h.first_level, h.centre) as log_ratio,
               exp(if(h.n = 2, h.first_level, h.centre)) - 0.5 as usual,
               if(h.n = 2, 0, h.spread) as spread
        from judged v join history h
            on h.province_code = v.province_code and h.frame = v.frame and h.metric = v.metric
            and h.period_kind = v.period_kind
        where v.value >= 0 and (h.n > 2 or v.year = h.last_year)
    )
    select row_id, province_code, frame, metric, period, chosen_fact_id as fact_id, value, usual, log_ratio,
           figures, year
    from scored
    where abs(log_ratio) > greatest(ln({JUMP_RATIO}), {JUMP_DEVIATIONS * _MAD_TO_SIGMA} * spread)
      and abs(sqrt(value) - sqrt(usual)) > {COUNT_GUARD}"""

# Shares of a yearly flow that part of a year brings, least and most.
_RANGE_SQL = """
    with bounds as (
        select *,
               case when kind <> 'flow' then 1 when period_kind in ('-H1', '-H2') then 0.3
                    when period_kind = '-9M' then 0.5 when period_kind like '-Q%' then 0.1
                    when period_kind = '' then 1
                    when period_kind like '-YTD%' then 0.5 * cast(substr(period_kind, 5) as integer) / 12
                    else 0.02 end as least_share,
               case when kind <> 'flow' then 1 when period_kind in ('-H1', '-H2') then 0.6
                    when period_kind = '-9M' then 0.9 when period_kind like '-Q%' then 0.4
                    when period_kind = '' then 1
                    when period_kind like '-YTD%'
                        then least(1, 1.3 * cast(substr(period_kind, 5) as integer) / 12)
                    else 0.2 end as most_share
        from judged
    )
    select row_id, province_code, frame, metric, period, chosen_fact_id as fact_id, value,
           min_year * least_share as least_value, max_year * most_share as most_value
    from bounds where value < min_year * least_share or value > max_year * most_share"""


def _tell_jump(row: Row) -> Told:
    others = [item for item in row["figures"] if item["year"] != row["year"]]
    vi = "; ".join(f"{item['year']}: {number(item['figure']).vi}" for item in others)
    en = "; ".join(f"{item['year']}: {number(item['figure']).en}" for item in others)
    usual, value = number(round(row["usual"])), quantity(row["value"], row["metric"])
    slip = _slip(row["log_ratio"])
    ratio = number(round(math.exp(abs(row["log_ratio"])), 1))
    times = Words(f"gấp {ratio.vi} lần", f"{ratio.en} times as much")
    if row["log_ratio"] < 0:
        times = Words(f"chỉ bằng 1/{ratio.vi}", f"1/{ratio.en} of it")
    return Told(
        Words(f"khoảng {usual.vi} như các năm khác ({vi})", f"about {usual.en} as in other years ({en})"),
        Words(f"{value.vi}, {times.vi}{slip.vi}", f"{value.en}, {times.en}{slip.en}"),
    )


def _slip(log_ratio: float) -> Words:
    power = log_ratio / math.log(10)
    digits = round(power)
    if digits == 0 or abs(digits) > 3 or abs(power - digits) > SLIP_WIDTH:
        return Words("", "")
    factor = f"{'×' if digits > 0 else '÷'}{10 ** abs(digits)}"
    vi, en = ("thừa", "too many") if digits > 0 else ("thiếu", "too few")
    count = abs(digits)
    noun = "digit" if count == 1 else "digits"
    return Words(f" – nghi {vi} {count} chữ số ({factor})", f" – probably {count} {noun} {en} ({factor})")


def _tell_range(row: Row) -> Told:
    least, most = number(row["least_value"]), number(row["most_value"])
    return Told(
        Words(f"từ {least.vi} đến {most.vi}", f"{least.en} to {most.en}"),
        quantity(row["value"], row["metric"]),
    )


CHECKS = (
    Check(
        id="marts.jump",
        severity="critical",
        title=Words(
            "Số liệu tăng giảm bất thường so với các năm", "A figure is implausible against other years"
        ),
        meaning=Words(
            f"Số liệu của một tỉnh không gấp quá {JUMP_RATIO:g} lần hoặc dưới 1/{JUMP_RATIO:g} mức thường thấy của "
            "chính tỉnh đó ở cùng loại kỳ, trừ chuỗi vốn biến động mạnh. Lệch đúng 10, 100, 1.000 lần thường là "
            "thừa hoặc thiếu chữ số.",
            f"A figure is within {JUMP_RATIO:g} times the province's own usual level for the same kind of period, "
            "unless its series swings more by nature. A ratio of 10, 100 or 1,000 is usually a digit slip.",
        ),
        mend=Words(
            "mở bài, đếm lại chữ số; đối chiếu nguồn khác hoặc hỏi cơ quan báo cáo",
            "open the article and count the digits; compare another source or ask the reporting body",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _JUMP_SQL, _tell_jump),),
        absorbed_by=("marts.conflict",),
    ),
    Check(
        id="marts.range",
        severity="warning",
        title=Words("Số liệu nằm ngoài khoảng hợp lý", "A figure is outside the plausible range"),
        meaning=Words(
            "Số liệu nằm trong khoảng hợp lý của chỉ tiêu trong danh mục, thu nhỏ theo độ dài của kỳ.",
            "A figure lies in the metric's plausible range of the dictionary, scaled to the length of its period.",
        ),
        mend=Words(
            "đọc câu gốc; nếu số đúng thì nới khoảng trong danh mục chỉ tiêu",
            "read the sentence; if the figure is right, widen the range in the dictionary",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _RANGE_SQL, _tell_range),),
        absorbed_by=("marts.conflict", "marts.jump", "marts.part_whole"),
    ),
)
