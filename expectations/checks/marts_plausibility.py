"""Figures against what a province can report: its own history, and the range of the dictionary."""

from __future__ import annotations

import math

from expectations.checks.joins import same_province
from expectations.model import Check, Row, RowsTest, Told, Words
from expectations.wording import number, period_words, quantity

_RUNBOOK = "marts-plausibility.md"

#: A figure this many times above or below the province's usual one is implausible.
JUMP_RATIO = 3.5

#: Or this many robust standard deviations, where a series swings more than that by nature.
JUMP_DEVIATIONS = 3.5

#: The median absolute deviation times this estimates a standard deviation.
_MAD_TO_SIGMA = 1.4826

#: A unit slip is a ratio within this many times one of the factors between units.
UNIT_WIDTH = 2.0

#: Small counts swing widely: the square roots have to lie this far apart, about six standard deviations of a count.
COUNT_GUARD = 3.0

#: A ratio this close to a power of ten (as a difference of decimal logarithms) is a digit too many or too few.
SLIP_WIDTH = 0.15

#: A shorter series says too little about how much it swings by nature: one wrong figure of three widens its spread
#: until nothing stands out. Its spread counts for at most so many times the usual one of the metric's series.
JUMP_LONG, JUMP_SPREAD = 5, 2.0

#: Series of a metric that say how much it usually swings.
SPREAD_LEAST = 5

#: Provinces of a frame that have to have both years before their common change counts as a campaign's.
CAMPAIGN_LEAST = 3

#: Where a figure changed at least so many times in the middle of all provinces, a province's own years are no measure.
CAMPAIGN_RATIO = 2.0

#: Levels per inhabitant: times above or below the middle of the region, robust deviations of all provinces from
#: their middles, robust deviations of the region itself, provinces that a region and the country need. A region has
#: too few provinces for its own spread alone: one odd neighbour would widen it until nothing stands out; and one with
#: fewer than so many is held against the country.
PEER_RATIO, PEER_DEVIATIONS, PEER_OWN_DEVIATIONS, PEER_LEAST, PEER_COUNTRY = 6.0, 4.0, 2.5, 5, 10

#: A province's greatest plausible figure is the dictionary's, times its people against the average and this room, but
#: at least this part of it.
RANGE_ROOM, RANGE_LEAST_SIZE = 2.0, 0.25

#: Figures repeated from another period, the share of all that both have, and the least figure that counts.
COPIED_LEAST, COPIED_SHARE, COPIED_VALUE = 4, 0.6, 20

#: Factors between the units a figure may be written in, by the unit of the metric.
UNIT_FACTORS = {"m2": (100, 1e4, 1e6), "km": (1000,), "VND": (1000, 1e6, 1e9)}

_HISTORY = f"""
    history as (
        select province_code, frame, metric, period_kind, count(*) as n, max(year) as last_year,
               bool_and(is_judged) as is_own,
               median(ln(value + 0.5)) as centre, mad(ln(value + 0.5)) as spread,
               arg_min(ln(value + 0.5), year) as first_level,
               list(struct_pack(year := year, figure := value) order by year) as figures
        from judged where value >= 0 group by all having count(*) >= 2
    ), swings as (
        select frame, metric, period_kind, median(spread) as usual_spread
        from history where n > 2 group by all having count(*) >= {SPREAD_LEAST}
    ), compared as (
        select v.*, h.figures, h.n, ln(v.value + 0.5) - if(h.n = 2, h.first_level, h.centre) as own_ratio,
               exp(if(h.n = 2, h.first_level, h.centre)) - 0.5 as usual,
               case when h.n = 2 then coalesce(w.usual_spread, 0) when h.n >= {JUMP_LONG} then h.spread
                    else least(h.spread, coalesce({JUMP_SPREAD} * w.usual_spread, h.spread)) end as spread
        from judged v join history h
            on {same_province("h", "v")} and h.metric = v.metric and h.period_kind = v.period_kind
        left join swings w on w.frame = v.frame and w.metric = v.metric and w.period_kind = v.period_kind
        where v.value >= 0 and v.is_judged and (h.n > 2 or v.year = h.last_year and h.is_own)
    )"""

# With three years or more a figure is held against the median of all; with two, the later against the earlier.
# 0.5 is added so that a zero has a logarithm. Where most provinces change alike (a campaign, a new law), the common
# change is taken off, but never so that an ordinary figure would stand out.
_JUMP_SQL = f"""
    with {_HISTORY}, campaigns as (
        select frame, metric, period, median(own_ratio) as common
        from compared group by all having count(*) >= {CAMPAIGN_LEAST}
    ), scored as (
        select c.*, case when p.common is null or abs(c.own_ratio) < abs(c.own_ratio - p.common) then c.own_ratio
                         else c.own_ratio - p.common end as log_ratio
        from compared c
        left join campaigns p on p.frame = c.frame and p.metric = c.metric and p.period = c.period
    )
    select row_id, province_code, frame, metric, period, chosen_fact_id as fact_id, value, usual, own_ratio,
           figures, year
    from scored
    where abs(log_ratio) > greatest(ln({JUMP_RATIO}), {JUMP_DEVIATIONS * _MAD_TO_SIGMA} * spread)
      and abs(sqrt(value) - sqrt(usual)) > {COUNT_GUARD}"""

_FACTORS = ", ".join(f"('{unit}', {factor})" for unit, factors in UNIT_FACTORS.items() for factor in factors)

_UNIT_SQL = f"""
    with {_HISTORY}
    select c.row_id, c.province_code, c.frame, c.metric, c.period, c.chosen_fact_id as fact_id, c.value, c.usual,
           min(sign(c.own_ratio) * f.factor) as factor
    from compared c
    join (values {_FACTORS}) f(unit, factor)
        on f.unit = c.metric_unit and abs(abs(c.own_ratio) - ln(f.factor)) < ln({UNIT_WIDTH})
    where c.value > 0
    group by all"""

# A province whose own figures are no measure is held against its region, figure per inhabitant: where there are none,
# and in a year in which most provinces changed alike (a campaign, a new law).
_PEERS_SQL = f"""
    with campaigns as (
        select v.frame, v.metric, v.period
        from judged v join judged b
            on {same_province("b", "v")} and b.metric = v.metric and b.period_kind = v.period_kind
            and b.year = v.year - 1
        where v.value >= 0 and b.value >= 0
        group by all
        having count(*) > {PEER_COUNTRY} and abs(median(ln(v.value + 0.5) - ln(b.value + 0.5))) > ln({CAMPAIGN_RATIO})
    ), levels as (
        select v.*, k.region, ln((v.value + 0.5) / k.people) as level, k.people,
               count(*) over (partition by v.province_code, v.frame, v.metric, v.period_kind) as n_own
        from judged v
        join known_provinces k on {same_province("k", "v")}
        where v.kind <> 'rate' and v.value >= 0
    ), regions as (
        select frame, metric, period, region, median(level) as centre, mad(level) as spread, count(*) as n
        from levels group by all having count(*) > {PEER_LEAST}
    ), country as (
        select frame, metric, period, median(level) as centre, count(*) as n
        from levels group by all having count(*) > {PEER_COUNTRY}
    ), placed as (
        select l.*, coalesce(r.centre, c.centre) as centre, coalesce(r.n, c.n) - 1 as peers,
               r.n is not null as in_region, coalesce(r.spread, 0) as own_spread
        from levels l
        left join regions r using (frame, metric, period, region)
        left join country c using (frame, metric, period)
        where coalesce(r.n, c.n) is not null
    ), spreads as (
        select frame, metric, period, median(abs(level - centre)) as spread from placed group by all
    )
    select p.row_id, p.province_code, p.frame, p.metric, p.period, p.chosen_fact_id as fact_id, p.value,
           exp(p.centre) * p.people as usual, p.peers, p.in_region
    from placed p
    join spreads s using (frame, metric, period)
    left join campaigns g using (frame, metric, period)
    where (p.n_own = 1 or g.metric is not null) and not p.is_reviewed
      and abs(p.level - p.centre) > greatest(
          ln({PEER_RATIO}), {PEER_DEVIATIONS * _MAD_TO_SIGMA} * s.spread,
          {PEER_OWN_DEVIATIONS * _MAD_TO_SIGMA} * p.own_spread)
      and abs(sqrt(p.value) - sqrt(exp(p.centre) * p.people)) > {COUNT_GUARD}"""

# The period before: the same months a year earlier, or the first half where the year follows it.
_COPIED_SQL = f"""
    with pairs as (
        select v.province_code, v.frame, v.period, e.period as before, v.metric, v.value = e.value as same,
               v.chosen_fact_id
        from judged v
        join judged e
            on {same_province("e", "v")} and e.metric = v.metric
            and ((e.year = v.year - 1 and e.period_kind = v.period_kind)
                 or (e.year = v.year and e.period_kind = '-H1' and v.period_kind = ''))
        where v.kind = 'flow' and v.value >= {COPIED_VALUE} and not v.is_approximate
    )
    select concat_ws('/', province_code, frame, period) as row_id, province_code, frame, null::varchar as metric,
           period, before, min(chosen_fact_id) filter (where same) as fact_id,
           count(*) filter (where same) as copied, count(*) as both_have
    from pairs group by province_code, frame, period, before
    having count(*) filter (where same) >= greatest({COPIED_LEAST}, {COPIED_SHARE} * count(*))"""

# Shares of a yearly flow that part of a year brings, least and most. A small province reports less: the least of the
# dictionary shrinks with its people, and so does the most where it has far fewer than others. Bounds that people have
# reviewed are a province's own.
_RANGE_SQL = f"""
    with sizes as (
        select province_code, frame, people / avg(people) over (partition by frame) as size from known_provinces
    ), bounds as (
        select judged.*,
               if(kind = 'rate' or is_reviewed, 1, least(1, coalesce(z.size, 1))) as least_size,
               if(kind = 'rate' or is_reviewed, 1,
                  least(1, greatest({RANGE_LEAST_SIZE}, {RANGE_ROOM} * coalesce(z.size, 1)))) as most_size,
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
        from judged left join sizes z using (province_code, frame)
    ), scaled as (
        select *, min_year * least_share * least_size as least_value,
               max_year * most_share * most_size as most_value
        from bounds
    )
    select row_id, province_code, frame, metric, period, chosen_fact_id as fact_id, value, least_value, most_value
    from scaled where value < least_value or value > most_value"""


def _tell_jump(row: Row) -> Told:
    others = [item for item in row["figures"] if item["year"] != row["year"]]
    vi = "; ".join(f"{item['year']}: {number(item['figure']).vi}" for item in others)
    en = "; ".join(f"{item['year']}: {number(item['figure']).en}" for item in others)
    usual, value = quantity(round(row["usual"]), row["metric"]), quantity(row["value"], row["metric"])
    slip = _slip(row["own_ratio"])
    ratio = number(round(math.exp(abs(row["own_ratio"])), 1))
    times = Words(f"gấp {ratio.vi} lần", f"{ratio.en} times as much")
    if row["own_ratio"] < 0:
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


def _tell_unit(row: Row) -> Told:
    usual, value = quantity(round(row["usual"]), row["metric"]), quantity(row["value"], row["metric"])
    factor = number(abs(row["factor"]))
    times = (
        Words(f"gấp {factor.vi}", f"{factor.en} times")
        if row["factor"] > 0
        else Words(f"1/{factor.vi}", f"1/{factor.en}")
    )
    return Told(
        Words(f"khoảng {usual.vi} như các năm khác", f"about {usual.en} as in other years"),
        Words(
            f"{value.vi}, khoảng {times.vi} lần: nghi nhầm đơn vị",
            f"{value.en}, about {times.en} that: probably the unit",
        ),
    )


def _tell_peers(row: Row) -> Told:
    usual, value = quantity(round(row["usual"]), row["metric"]), quantity(row["value"], row["metric"])
    whom = Words("tỉnh cùng vùng", "provinces of its region")
    if not row["in_region"]:
        whom = Words("tỉnh cả nước", "provinces of the country")
    return Told(
        Words(
            f"khoảng {usual.vi} theo số dân, như {row['peers']} {whom.vi}",
            f"about {usual.en} for its people, as {row['peers']} {whom.en}",
        ),
        value,
    )


def _tell_copied(row: Row) -> Told:
    before = period_words(row["before"])
    return Told(
        Words(f"số liệu khác {before.vi}", f"figures other than those of {before.en}"),
        Words(
            f"{row['copied']} trong {row['both_have']} chỉ tiêu giống hệt {before.vi}",
            f"{row['copied']} of {row['both_have']} metrics are exactly those of {before.en}",
        ),
    )


def _tell_range(row: Row) -> Told:
    least, most = number(row["least_value"]), quantity(row["most_value"], row["metric"])
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
        tests=(RowsTest("histories", _JUMP_SQL, _tell_jump),),
        absorbed_by=("marts.conflict", "marts.unit_slip", "marts.district"),
    ),
    Check(
        id="marts.range",
        severity="warning",
        title=Words("Số liệu nằm ngoài khoảng hợp lý", "A figure is outside the plausible range"),
        meaning=Words(
            "Số liệu nằm trong khoảng hợp lý của chỉ tiêu trong danh mục, thu nhỏ theo độ dài của kỳ và số dân "
            "của tỉnh.",
            "A figure lies in the metric's plausible range of the dictionary, scaled to the length of its period and "
            "to the people of the province.",
        ),
        mend=Words(
            "đọc câu gốc; nếu số đúng thì nới khoảng trong danh mục chỉ tiêu",
            "read the sentence; if the figure is right, widen the range in the dictionary",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _RANGE_SQL, _tell_range),),
        absorbed_by=(
            "marts.conflict",
            "marts.unit_slip",
            "marts.district",
            "marts.jump",
            "marts.part_whole",
            "marts.peers",
        ),
    ),
    Check(
        id="marts.unit_slip",
        severity="critical",
        title=Words("Nghi nhầm đơn vị đo", "A figure is probably in another unit"),
        meaning=Words(
            "Diện tích, độ dài và tiền không lệch mức thường thấy đúng bằng hệ số giữa hai đơn vị (ha và m², m và km, "
            "nghìn, triệu và tỷ đồng).",
            "Areas, lengths and money do not differ from the usual by the factor "
            "between two units (ha and m², m and km, "
            "thousand, million and billion đồng).",
        ),
        mend=Words(
            "đọc đơn vị trong câu gốc; đơn vị mới thì thêm vào bảng quy đổi",
            "read the unit in the sentence; a new spelling goes into the table of units",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("histories", _UNIT_SQL, _tell_unit),),
        absorbed_by=("marts.conflict",),
    ),
    Check(
        id="marts.peers",
        severity="warning",
        title=Words("Số liệu lệch hẳn các tỉnh cùng vùng", "A figure is unlike those of the region"),
        meaning=Words(
            "Tỉnh chưa có số năm khác để so, hoặc năm mà phần lớn các tỉnh cùng tăng, giảm mạnh, thì số theo đầu người "
            f"không gấp quá {PEER_RATIO:g} lần hoặc dưới "
            f"1/{PEER_RATIO:g} mức giữa của vùng (của cả nước nếu vùng có quá ít số), "
            "trừ chỉ tiêu vốn chênh lệch mạnh.",
            "Where a province has no other year to compare with, or most provinces changed alike, its figure per "
            "inhabitant is within "
            f"{PEER_RATIO:g} times the middle of its region (of the country, where the region has too few), "
            "unless provinces differ more by nature.",
        ),
        mend=Words(
            "đọc câu gốc: chữ số, đơn vị, cấp hay chỉ tiêu; số đúng thì năm sau cảnh báo tự hết",
            "read the sentence: digits, unit, level or metric; a true figure is left alone from its second year on",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _PEERS_SQL, _tell_peers),),
        absorbed_by=("marts.conflict", "marts.jump", "marts.unit_slip", "marts.district", "marts.part_whole"),
    ),
    Check(
        id="marts.copied",
        severity="warning",
        title=Words("Số liệu chép lại kỳ trước", "Figures are copied from an earlier period"),
        meaning=Words(
            f"Một báo cáo không có từ {COPIED_LEAST} chỉ tiêu và {COPIED_SHARE:.0%} "
            "trở lên giống hệt cùng kỳ năm trước hoặc "
            "6 tháng đầu năm.",
            f"A review does not repeat {COPIED_LEAST} metrics and {COPIED_SHARE:.0%} "
            "or more exactly from the year before "
            "or from the first half.",
        ),
        mend=Words(
            "đọc bài: chép lại thật, hay kỳ của bài bị hiểu sai",
            "read the article: truly copied, or its period was misread",
        ),
        runbook=_RUNBOOK,
        tests=(RowsTest("series", _COPIED_SQL, _tell_copied),),
    ),
)
