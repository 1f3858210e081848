"""Which period a mention means, given what is known about the dates of its document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from operator import attrgetter

from coso.late_patterns import late
from coso.periods import earlier, months_of, write_months
from coso.places import REFORM_DAY
from extraction.moments import Moment, find_moments
from extraction.period_meanings import dates_a_law, quarter_number

__all__ = [
    "Calendar",
    "Moment",
    "as_of",
    "baseline_of",
    "find_moments",
    "in_span",
    "is_history",
    "open_calendar",
    "resolve",
    "rules",
    "said_same_period",
    "to_date",
]

_SAME_PERIOD = late(
    r"cùng (?:kì|thời điểm|thời gian)(?: (?:của )?(?:các )?năm (?:(?P<year>(?:19|20)\d{2})|trước|ngoái)"
    r"| (?P<bare>(?:19|20)\d{2}))?"
)
_DATE = late(r"\d{1,2}[/.-]\d{1,2}[/.-](?P<year>(?:19|20)\d{2})")
_start = attrgetter("start")
#: Forms that name no period themselves, and those they go back to.
_BACK_TO = {"in_month": "month", "in_quarter": "quarter"}
#: So many mentions back at most, lest time grows faster than the text.
_FAR = 40
#: So many months after their end the months since January are still reported as the last ones.
_REPORT_LAG = 2
#: Forms that count months since January.
_SINCE_JANUARY = frozenset({"half", "months", "nine"})
#: From this day on a month counts as one that has passed.
_MONTH_NEARLY_OVER = 20
#: Fewer months than these after something are a time that it took.
_FEW_MONTHS, _HALF_YEAR = 2, 6
#: Last month in which "năm qua" means the year before.
_LOOKS_BACK = 5


@dataclass(slots=True)
class Calendar:
    """What is known about the document's dates.

    Attributes:
        year: year of publication, or the year the text as a whole speaks of.
        month: month of publication.
        day: day of publication.
        inferred: whether the year was inferred from the text.
        title: periods the title names.
        moments: periods the text names, in order.
        past_term: term of office that is over or about to be where a congress opens the next one.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    inferred: bool = False
    title: list[Moment] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    past_term: str | None = None

    @property
    def review_year(self) -> int | None:
        """Year that "the year" means: in January the one before, since annual reviews are held then."""
        if self.year is None:
            return None
        return self.year - 1 if self.month == 1 and not self.inferred else self.year


_AS_OF = late(
    r"(?:tính đến|tính tới|đến|chốt|tới)(?: hết)?(?: ngày)? "
    r"(?:\d{1,2}[/.-])(?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d{2})"
)


def as_of(folded: str) -> str | None:
    """Return the months up to the day a text counts to ("tính đến ngày 30/6/2024"), None when it names none."""
    match = _AS_OF.search(folded)
    if match is None or not 1 <= int(match.group("month")) <= 12:
        return None
    return write_months(int(match.group("year")), 1, int(match.group("month")))


def said_same_period(folded: str, start: int, end: int) -> str | None:
    """Return the last "cùng kỳ …" between two places, as it is written."""
    found = [match.group() for match in _SAME_PERIOD.finditer(folded, start, end)]
    return found[-1] if found else None


def open_calendar(
    published: str | None, title: list[Moment], text: list[Moment], folded: str, title_text: str = ""
) -> Calendar:
    """Set up the calendar of a document from its publication day, its title and its text, both folded."""
    parts = [int(part) for part in published.split("-")] if published else []
    year, month, day = [*parts, None, None, None][:3] if parts else (None, None, None)
    if year is not None:
        # Nothing can be reported of a year still to come: "60 mô hình đăng ký cho năm 2026" in 2025.
        title, text = (
            [replace(m, plan=True) if (m.year or 0) > year else m for m in ms] for ms in (title, text)
        )
    calendar = Calendar(year, month, day, title=title, moments=text)
    if year is None:
        calendar.year, calendar.inferred = _year_of(title, text, folded), True
        opening = next((m for m in text if m.form == "event"), None)
        if opening and opening.year == calendar.year and opening.months == (1, 1) and "tổng kết" in folded:
            # A review held in January tells of the year before, and came out then.
            calendar.month, calendar.inferred = 1, False
    calendar.past_term = _past_term(calendar, title_text) or _past_term(calendar, folded)
    return calendar


_TERM_NAMED = late(r"nhiệm kì (?P<first>(?:19|20)\d{2}) ?- ?(?P<last>(?:19|20)\d{2})")


def _past_term(calendar: Calendar, text: str) -> str | None:
    """Return the term before one that a congress opens in the year of publication, or the one that ends then."""
    if calendar.year is None or "nhiệm kì" not in text:
        return None
    for named in _TERM_NAMED.finditer(text):
        first, last = int(named["first"]), int(named["last"])
        if not 1 < last - first <= _TERM:
            continue
        if abs(last - calendar.year) <= 1:
            return f"{first}..{last}"
        if abs(first - calendar.year) <= 1:
            return f"{first - (last - first)}..{first}"
    return None


#: Forms that say when something took place, and of no figure when it was counted.
_RULE_NOTHING = frozenset({"event", "occasion"})
#: Forms that mean the year before: that of publication, that which was told of.
_YEAR_EARLIER = frozenset({"last_year", "year_before"})
_FAR_AIM = late(r"(?:đến|tới) năm (?:19|20)\d{2}$")
#: Years after which what was done is history rather than reported.
HISTORY = 15
#: Till this month texts review the year before.
STILL_REVIEWED = 3


def resolve(moment: Moment, calendar: Calendar, context_year: int | None) -> str | None:  # noqa: PLR0911
    """Return the notation of a mention, with the year taken from where it stands when it is not said."""
    if moment.notation is not None:
        return _as_noted(moment, moment.notation, calendar)
    if _is_of_this_year(moment, calendar, context_year):
        context_year = calendar.year
    context_year = calendar.year - 1 if moment.last_year and calendar.year else context_year
    year = moment.year or context_year or calendar.year
    if by_calendar := _BY_CALENDAR.get(moment.form):
        return by_calendar(moment, calendar)
    if moment.form == "event":
        year = moment.year or calendar.year
    if moment.form in {"week", "tháng -0", "tháng -1", "quí -0", "quí -1"}:
        return _counted_back(moment.form, calendar)
    if moment.form == "in_year":
        year = context_year or calendar.review_year
    if moment.form == "past_year":
        # Till May "năm qua" is the year before; later on it is the one that nears its end.
        past = not calendar.inferred and calendar.month is not None and calendar.month <= _LOOKS_BACK
        year = calendar.year - 1 if past and calendar.year else context_year or calendar.review_year
    if moment.form in {"unknown_years", "past_term"}:
        return calendar.past_term if moment.form == "past_term" else None
    if moment.form in _YEAR_EARLIER:
        base = calendar.year if moment.form == "last_year" else year
        return str(base - 1) if base else None
    if year is None:
        return None
    if moment.form == "ytd":
        return _to_date(year, calendar)
    first, last = moment.months or (1, 12)
    said = moment.year or (context_year if moment.form != "event" else None)
    if not said and not calendar.inferred and calendar.month and first > calendar.month:
        year -= 1  # what is reported has already happened
    return write_months(year, first, last)


def _as_noted(moment: Moment, notation: str, calendar: Calendar) -> str | None:
    """Return the notation that a mention has by its own words, as far as it fits the day of publication."""
    if moment.form == "since_reform" and (calendar.year or REFORM_DAY.year) < REFORM_DAY.year:
        return None  # communes were merged before, too
    since_january = moment.form == "open" and notation == f"{calendar.year}-01.."
    return to_date(calendar) if since_january else notation


def _is_of_this_year(moment: Moment, calendar: Calendar, context_year: int | None) -> bool:
    """Whether a period is of the year of publication, whichever year was told of before it."""
    if moment.form == "in_year" and (calendar.month or 1) == 1:
        return False  # a review held in January may call the year before it "năm nay"
    if moment.this_year and not calendar.inferred:
        return not _ends_past_year(moment, calendar, context_year)
    return _is_last_report(moment, calendar)


def _is_last_report(moment: Moment, calendar: Calendar) -> bool:
    """Whether months since January are just over at publication, so that they are of that year.

    "Năm 2023 tiếp 800 lượt. 9 tháng, tiếp 500 lượt", told in October 2024: the year before is only a reminder.
    """
    if moment.year or moment.form not in _SINCE_JANUARY or calendar.inferred or calendar.month is None:
        return False
    at = bisect_left(calendar.moments, moment.start, key=_start)
    if at and calendar.moments[at - 1].year and moment.start - calendar.moments[at - 1].end <= len(", "):
        return False  # "Năm 2023, 6 tháng đầu năm tiếp 400 lượt"
    first, last = moment.months or (1, 12)
    return first == 1 and 1 < last < 12 and 0 <= calendar.month - last <= _REPORT_LAG


def _ends_past_year(moment: Moment, calendar: Calendar, context_year: int | None) -> bool:
    """Whether "từ đầu năm đến nay", told in the first months, may be of the year before that the text tells of."""
    return moment.form == "ytd" and context_year is not None and (calendar.month or 1) <= STILL_REVIEWED


_PART_OF_YEAR = late(r"(?P<kind>quí|tháng) (?P<number>\d{1,2}|iv|i{1,3})(?!\w)")
_MONTHS_OF = late(r"(\d{1,2}) tháng")
_HALF = late(r"(?:(?:6|sáu) tháng|nửa) (?P<which>đầu|cuối)")
_YEAR_BEFORE = late(r"năm (?:(?:liền |kế )?trước|ngoái)")
_FOUR_DIGITS = late(r"(?:19|20)\d{2}")


def baseline_of(text: str, period: str | None) -> str | None:
    """Return the period a comparison names ("cùng kỳ năm trước"), seen from ``period``."""
    years: list[str] = _FOUR_DIGITS.findall(text)
    prior = bool(_YEAR_BEFORE.search(text))
    if not _SAME_PERIOD.search(text):
        if named := _named_baseline(text, years, prior, period):
            return named[0]
        if not prior:
            return years[0] if years else None
    if period is None or ".." in period:
        return years[0] if years else None
    if years:
        return earlier(period, int(period[:4]) - int(years[0])) if period[:4] != years[0] else period
    return earlier(period)


def _named_baseline(text: str, years: list[str], prior: bool, period: str | None) -> tuple[str | None] | None:
    """Return a period named as such, bar whole years; None when none is named, (None,) when its year is unknown."""
    if "tháng trước" in text or "quí trước" in text:
        return (_unit_before(period),)
    if before := _SPAN_BEFORE.search(text):
        return (_span_before(period, before["kind"] == "nhiệm kì"),)
    if half := _HALF.search(text):
        return (_half(half["which"] == "cuối", years, prior, period),)
    if years and (months := _MONTHS_OF.search(text)) and 1 <= int(months.group(1)) <= 12:
        return (write_months(int(years[0]), 1, int(months.group(1))),)
    part = _PART_OF_YEAR.search(text)
    return (_part_of_year(part, years, prior, period),) if part else None


_SPAN_BEFORE = late(r"(?P<kind>nhiệm kì|giai đoạn) trước")
_YEARS = late(r"(\d{4})\.\.(\d{4})")
#: Years of a term of office.
_TERM = 5


def _span_before(period: str | None, term: bool) -> str | None:
    """Return the years before a span of years.

    A term of 2016..2021 begins in the year in which the one before ended, one of 2021..2025 in the year after; of part
    of a term, such as its first half, nobody can say when the term before began.
    """
    years = _YEARS.fullmatch(period or "")
    if years is None:
        return None
    first, last = int(years[1]), int(years[2])
    if term and last - first not in {_TERM - 1, _TERM}:
        return None
    apart = 0 if term and last - first == _TERM else 1
    return f"{first - (last - first) - apart}..{first - apart}"


def _half(second: bool, years: list[str], prior: bool, period: str | None) -> str | None:
    """Return the half of a year that a comparison names."""
    if not years and (period is None or not period[:4].isdigit()):
        return None
    year = int(years[0]) if years else int(str(period)[:4]) - prior
    return write_months(year, 7, 12) if second else write_months(year, 1, 6)


_MONTH_OR_QUARTER = late(r"(?P<year>\d{4})-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2}))")


def _unit_before(period: str | None) -> str | None:
    """Return the month before a month, the quarter before a quarter; None of other periods."""
    unit = _MONTH_OR_QUARTER.fullmatch(period or "")
    if unit is None:
        return None
    size = 3 if unit["quarter"] else 1
    ordinal = int(unit["year"]) * (12 // size) + int(unit["quarter"] or unit["month"]) - 2
    year, first = divmod(ordinal * size, 12)
    return write_months(year, first + 1, first + size)


def _part_of_year(part: re.Match[str], years: list[str], prior: bool, period: str | None) -> str | None:
    """Return the month or quarter that a comparison names."""
    raw = part.group("number")
    number = quarter_number(raw)
    first, last = (number, number) if part.group("kind") == "tháng" else (3 * number - 2, 3 * number)
    if not years and (period is None or not period[:4].isdigit()):
        return None
    year = int(years[0]) if years else int(str(period)[:4]) - prior
    return write_months(year, first, last) if 1 <= first <= last <= 12 else None


def rules(moment: Moment) -> bool:
    """Whether a mention can rule the figures after it."""
    return not moment.baseline and not moment.plan and moment.form not in _RULE_NOTHING


def is_history(moment: Moment, calendar: Calendar) -> bool:
    """Whether a year is told as history: "năm 1987 họ ký hợp đồng" in a text of 2024.

    A title "Kết quả tiếp công dân từ năm 2005 đến nay" says what is reported.
    """
    if moment.form == "open" and moment in calendar.title:
        return False
    return bool(moment.year and calendar.year and moment.year < calendar.year - HISTORY)


def in_span(moments: list[Moment], start: int, end: int) -> list[Moment]:
    """Return the mentions that begin in ``[start, end)``."""
    low = bisect_left(moments, start, key=_start)
    return moments[low : bisect_left(moments, end, lo=low, key=_start)]


def _to_date(year: int, calendar: Calendar) -> str:
    """Return the year to date: to the month of publication, or the one before in its first five days."""
    if calendar.year != year or calendar.month is None or calendar.inferred:
        return str(year)
    month = calendar.month
    if calendar.day is not None and calendar.day <= 5:
        month -= 1
    return write_months(year, 1, month) if month >= 1 else str(year - 1)


def to_date(calendar: Calendar) -> str | None:
    """Return the year of publication to date."""
    return _to_date(calendar.year, calendar) if calendar.year else None


def _named_before(moment: Moment, calendar: Calendar) -> str | None:
    """Return the month or quarter that "trong tháng", "trong quý" goes back to: the last one named, or the title's."""
    wanted = _BACK_TO[moment.form]
    at = bisect_left(calendar.moments, moment.start, key=_start)
    before = calendar.moments[max(0, at - _FAR) : at]
    named = next((m for m in (*reversed(before), *calendar.title) if m.form == wanted and rules(m)), None)
    if named is None and moment.form == "in_quarter":
        return _quarter_told(calendar)
    return resolve(named, calendar, None) if named else None


def _told_before(moment: Moment, calendar: Calendar, matches: Callable[[str], bool]) -> str | None:
    """Return the last period named before a mention that goes back to one like it; None where there is none."""
    at = bisect_left(calendar.moments, moment.start, key=_start)
    for named in (*reversed(calendar.moments[max(0, at - _FAR) : at]), *calendar.title):
        if named.form in _BACK_TO_TOLD or not rules(named):
            continue
        found = resolve(named, calendar, None)
        if found and matches(found):
            return found
    return None


def _told_quarter(moment: Moment, calendar: Calendar) -> str | None:
    return _told_before(moment, calendar, lambda found: "-Q" in found) or _counted_back("quí -0", calendar)


def _told_months(moment: Moment, calendar: Calendar) -> str | None:
    count = (moment.months or (1, 0))[1]
    return _told_before(moment, calendar, lambda found: months_of(found) == count)


def _told_year(moment: Moment, calendar: Calendar) -> str | None:
    found = _told_before(moment, calendar, lambda found: found[:4].isdigit() and ".." not in found)
    return found[:4] if found else None


def _quarter_told(calendar: Calendar) -> str | None:
    """Return the quarter that is reported at publication: in its first month the one before is."""
    begun = calendar.month is not None and calendar.month % 3 == 1
    return _counted_back("quí -1" if begun else "quí -0", calendar)


def _counted_back(form: str, calendar: Calendar) -> str | None:
    """Return the month or quarter of publication ("tuần qua", "tháng này"), or the one before it ("quý trước")."""
    if not calendar.year or not calendar.month or calendar.inferred:
        return None
    size = 3 if form.startswith("quí") else 1
    ordinal = (calendar.year * 12 + calendar.month - 1) // size - form.endswith("1")
    year, first = divmod(ordinal * size, 12)
    return write_months(year, first + 1, first + size)


def _years_back(moment: Moment, calendar: Calendar) -> str | None:
    if calendar.year is None or moment.months is None:
        return None
    last = calendar.year - 1
    return f"{last - moment.months[0] + 1}..{last}" if moment.months[0] > 1 else str(last)


def _months_back(moment: Moment, calendar: Calendar) -> str | None:
    """Return so many months up to publication; those since January where that is what reports count.

    "9 tháng qua", said from September to November, is the nine months' report; "3 tháng qua", said in September, is
    the last three months.
    """
    year, month, day = calendar.year, calendar.month, calendar.day
    if year is None or moment.months is None:
        return None
    count = moment.months[1]
    if month is None or calendar.inferred:
        return write_months(year, 1, count)
    if (month - count) % 12 <= _REPORT_LAG:
        return write_months(year - (count > month), 1, count)
    last = 12 * year + month - 1 - (day is not None and day < _MONTH_NEARLY_OVER)
    (first_year, first), (year, month) = divmod(last - count + 1, 12), divmod(last, 12)
    if first_year == year:
        return write_months(year, first + 1, month + 1)
    return f"{first_year}-{first + 1:02d}..{year}-{month + 1:02d}"


def _months_after(moment: Moment, calendar: Calendar) -> str | None:
    """Return the months of "sau 5 tháng" that name no day they began on; None where no such months are just over.

    They are those since January or, for the communes of two tiers, since July 2025.
    """
    if calendar.year is None or calendar.month is None or calendar.inferred or moment.months is None:
        return None
    count, since = (
        moment.months[1],
        12 * (calendar.year - REFORM_DAY.year) + calendar.month - REFORM_DAY.month,
    )
    if count < _FEW_MONTHS:
        return None
    if count in {since, since + 1} and count <= _HALF_YEAR:
        return write_months(REFORM_DAY.year, REFORM_DAY.month, REFORM_DAY.month + count - 1)
    return write_months(calendar.year, 1, count) if calendar.month - count in {0, 1} else None


def _months_over(moment: Moment, calendar: Calendar) -> str | None:
    """Return the months since so many months ago and some days: "hơn 3 tháng vận hành", told in October, from July."""
    if calendar.year is None or calendar.month is None or calendar.inferred or moment.months is None:
        return None
    year, month = divmod(12 * calendar.year + calendar.month - 1 - moment.months[1], 12)
    return f"{year}-{month + 1:02d}.."


def _since_month(moment: Moment, calendar: Calendar) -> str | None:
    """Return the months since "từ ngày 1/7 đến nay"; "từ tháng 11", told in February, began the year before."""
    if calendar.year is None or moment.months is None:
        return None
    first = moment.months[0]
    if first == 1:
        return to_date(calendar)  # "từ ngày 3/1 đến nay"
    return f"{calendar.year - (first > (calendar.month or 12))}-{first:02d}.."


def _years_ago(moment: Moment, calendar: Calendar) -> str | None:
    """Return the year so many years before publication."""
    return str(calendar.year - moment.months[0]) if calendar.year and moment.months else None


def _since_term_began(moment: Moment, calendar: Calendar) -> str | None:
    """Return the years of a term of office until a review in the middle of it."""
    first, told = moment.year, calendar.year
    if first is None:
        return None
    held = told is not None and not calendar.inferred and first < told <= first + _TERM
    return f"{first}..{told if held else first + _TERM // 2}"


#: Forms that go back to a period named before: "quý này", "ba tháng ấy", "năm đó".
_BACK_TO_TOLD = frozenset({"told_quarter", "told_months", "told_year", "in_month", "in_quarter"})
#: Forms that the calendar alone dates.
_BY_CALENDAR: dict[str, Callable[[Moment, Calendar], str | None]] = {
    "in_month": _named_before,
    "in_quarter": _named_before,
    "mid_term": _since_term_began,
    "months_after": _months_after,
    "months_back": _months_back,
    "months_over": _months_over,
    "since_month": _since_month,
    "told_months": _told_months,
    "told_quarter": _told_quarter,
    "told_year": _told_year,
    "years": _years_back,
    "years_ago": _years_ago,
}


def _year_of(title: list[Moment], text: list[Moment], folded: str) -> int | None:  # noqa: PLR0911
    """Infer the year a text without a publication day speaks of."""
    latest = max((m.year or 0 for m in [*title, *text] if not m.plan), default=0)
    for moment in [*title, *text]:
        # "Năm 1975, quê hương giải phóng" is history to a text that tells of 2022.
        if moment.year and not moment.baseline and not moment.plan and latest - moment.year <= HISTORY:
            return moment.year
    for moment in [*title, *text]:
        # A review of one half names the year with the plan for the other: "triển khai 6 tháng cuối năm 2023".
        if moment.year and moment.form in {"half", "quarter", "month", "nine"} and not moment.baseline:
            return moment.year
    for moment in [*title, *text]:
        if moment.notation and not moment.plan and not moment.baseline and moment.form == "span":
            return int(re.findall(r"\d{4}", moment.notation)[-1])
    same = _SAME_PERIOD.search(folded)
    if same and (same.group("year") or same.group("bare")):
        return int(same.group("year") or same.group("bare")) + 1
    for moment in text:
        if moment.year and moment.baseline:
            return moment.year + 1
    for moment in text:
        # "Từ giờ đến cuối năm 2019" plans for the year at hand, "đến năm 2030" for a far one.
        if moment.year and not _FAR_AIM.search(folded, max(0, moment.start - 8), moment.end):
            return moment.year
    dates = [date["year"] for date in _DATE.finditer(folded) if not dates_a_law(folded, date.start())]
    return int(dates[-1]) if dates else None
