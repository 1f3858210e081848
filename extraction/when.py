"""Periods: what a text says about when, and which of it rules a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import lru_cache

from coso.numbers import read_words
from coso.periods import earlier, write_months

_Y = r"(?P<year>(?:19|20)\d{2})"
_COUNT = r"(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một|mười hai)"
_JOIN_YEAR = rf"(?: ?[/-] ?| năm | ){_Y}"
_THIS = r"(?: (?P<this>năm nay|nay|năm qua|qua))?"


@dataclass(frozen=True, slots=True)
class Moment:
    """One mention of a period.

    Attributes:
        start: first character in folded text.
        end: character after it.
        notation: period, None while its year is unknown.
        form: year, half, nine, quarter, month, ytd, span, open, years, event or in_year.
        months: first and last month, for forms within a year.
        year: year, None when it is not said.
        baseline: whether it names what a figure is compared with.
        plan: whether it belongs to what is still to be done.
    """

    start: int
    end: int
    form: str
    notation: str | None = None
    months: tuple[int, int] | None = None
    year: int | None = None
    baseline: bool = False
    plan: bool = False


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
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    inferred: bool = False
    title: list[Moment] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    @property
    def review_year(self) -> int | None:
        """Year that "the year" means: in January the one before, since annual reviews are held then."""
        if self.year is None:
            return None
        return self.year - 1 if self.month == 1 and not self.inferred else self.year


_FORMS: tuple[tuple[str, str], ...] = (
    (
        "span_days",
        r"từ (?:ngày )?(?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})(?:[/.-](?P<y1>\d{4}))? (?:đến|tới)(?: hết)? "
        r"(?:ngày )?(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})(?:[/.-](?P<y2>\d{4}))?",
    ),
    (
        "span_days",
        r"\((?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})(?:[/.-](?P<y1>\d{4}))?(?: đến | ?- "
        r"?)(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4})\)",
    ),
    (
        "span_months",
        r"(?:từ )?(?:tháng )?(?P<m1>\d{1,2})[/-](?P<y1>\d{4})(?: (?:đến|tới)(?: hết)?| ?-) ?(?:tháng "
        r")?(?P<m2>\d{1,2})[/-](?P<y2>\d{4})",
    ),
    (
        "span_months",
        r"từ tháng (?P<m1>\d{1,2})(?: năm (?P<y1>\d{4}))? (?:đến|tới)(?: hết)? tháng "
        r"(?P<m2>\d{1,2})(?:(?: năm |[/-])(?P<y2>\d{4}))?",
    ),
    ("open_month", r"từ (?:tháng )?(?P<m1>\d{1,2})[/-](?P<y1>\d{4}) (?:đến nay|tới nay)"),
    (
        "span_years",
        r"(?:từ (?:đầu )?(?:năm )?)(?P<y1>\d{4})(?: (?:đến|tới)(?: hết)?(?: cuối)?(?: năm)?| ?-) "
        r"?(?P<y2>\d{4})",
    ),
    (
        "span_years",
        r"(?:(?:trong )?(?:các |những )?(?:năm|giai đoạn|nhiệm kì) )?(?<![\d/.,])(?P<y1>(?:19|20)\d{2}) "
        r"?- ?(?P<y2>(?:19|20)\d{2})(?![\d/])",
    ),
    (
        "span_years",
        r"(?:(?:hai|2|ba|3) )?năm (?P<y1>(?:19|20)\d{2})(?: và|,(?: (?:19|20)\d{2} và)?) (?:năm "
        r")?(?P<y2>(?:19|20)\d{2})(?![\d/])",
    ),
    (
        "ytd",
        rf"(?:(?:kể |tính )?từ )?đầu năm(?: {_Y}| (?P<this>nay))?(?: (?:đến|tới) nay|(?: (?:đến|tới) "
        rf"(?:thời điểm này|giờ)))?(?! mới)",
    ),
    ("open", rf"(?:kể |tính )?từ (?:sau )?năm {_Y}(?: (?:đến|tới) nay)?(?! (?:đến|tới) (?:năm )?\d)"),
    (
        "half1",
        rf"(?:(?:6|sáu) tháng(?: đầu)?(?: năm)?|nửa đầu(?: năm)?|nửa năm đầu|(?:6|sáu) tháng đầu)(?:(?: "
        rf"?[/-] ?| năm | ){_Y})?{_THIS}",
    ),
    ("half2", rf"(?:(?:6|sáu) tháng cuối(?: năm)?|nửa cuối(?: năm)?)(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}"),
    (
        "months_ytd",
        rf"{_COUNT} tháng(?: (?:đầu|qua))?(?: (?:của )?năm)?(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}(?! cuối)",
    ),
    (
        "months_ytd",
        rf"(?:tính |kể )(?:đến|tới)(?: hết| cuối)? tháng (?P<count>1[0-2]|0?[1-9])(?![\d.,]*\d)"
        rf"(?:{_JOIN_YEAR})?{_THIS}",
    ),
    ("quarter", rf"quí (?P<quarter>[1-4]|iv|i{{1,3}})(?:{_JOIN_YEAR})?(?: (?P<this>năm nay))?"),
    (
        "month",
        rf"(?<!đến )(?<!hết )tháng (?P<month>1[0-2]|0?[1-9])(?![\d.,]*\d)(?:{_JOIN_YEAR})?(?: "
        rf"(?P<this>năm nay))?",
    ),
    (
        "years_back",
        r"(?P<over>hơn |gần |trên )?(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) năm(?: qua| "
        r"gần đây| trở lại đây| nay| thực hiện| triển khai| xây dựng| vận hành|(?=,))",
    ),
    (
        "years_back",
        r"(?:suốt|trong|sau|qua) (?P<over>hơn |gần |trên )?(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám"
        r"|chín|mười) năm",
    ),
    ("year", rf"(?:(?:trong|cả|hết|suốt|cuối) )?năm (?:học )?{_Y}(?!/)"),
    ("year", rf"(?:sipas|par index|papi) {_Y}"),
    ("year", rf"(?:tháng|của|trong) {_Y}(?![\d/.-])"),
    (
        "in_year",
        r"trong năm(?! (?:học|tới|sau|nay|qua|\d))|cả năm(?! \d)|năm qua|năm vừa qua|năm nay|trong năm "
        r"(?P<this>nay|qua)|trong kì|cuối năm(?! \d)|hết năm(?! \d)",
    ),
    ("last_year", r"năm (?:trước|ngoái)"),
    (
        "event",
        rf"(?:ngày |sáng |chiều |tối |hôm |sáng ngày |chiều ngày )(?P<day>\d{{1,2}})(?: tháng "
        rf"|[/.-])(?P<month>\d{{1,2}})(?:(?: năm |[/.-]){_Y})?",
    ),
)
#: A form is looked for only where one of its words stands.
_NEEDED = {
    "span_days": ("/", "-", "."), "span_months": ("/", "-", "tháng"), "open_month": ("nay",),
    "span_years": ("19", "20"),
    "ytd": ("đầu năm",), "open": ("từ năm", "từ sau năm"), "half1": ("tháng", "nửa"), "half2": ("cuối",),
    "months_ytd": ("tháng",),
    "quarter": ("quí",), "month": ("tháng",), "years_back": (" năm",), "year": ("19", "20"), "in_year": ("năm",
    "trong kì"),
    "last_year": ("năm trước", "năm ngoái"), "event": ("ngày", "sáng", "chiều", "tối", "hôm"),
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BASELINE_BEFORE = re.compile(
    r"(?:so với|so|cùng kì|với cùng kì|hơn|hồi|tồn từ|tồn|từ cuối|gấp \w+ lần|lần|gấp đôi|so với cùng kì"
    r"|bằng|tương đương|ngang|ngang với|xấp xỉ|so cùng kì|so với (?:cả )?)\s*(?:của |các |những |với )*$"
)
_SAME_PERIOD = re.compile(
    r"cùng kì(?: (?:của )?(?:các )?năm (?:(?P<year>(?:19|20)\d{2})|trước|ngoái)| (?P<bare>(?:19|20)\d{2}))?"
)
_PLAN_WORD = re.compile(
    r"(?:triển khai (?:phương hướng|nhiệm vụ|công tác|kế hoạch|chương trình)|nhiệm vụ|phương hướng|kế "
    r"hoạch|mục tiêu"
    r"|từ nay đến|từ giờ đến|đến hết|đến cuối|giải pháp|trọng tâm|phấn đấu|dự kiến|đến năm|vào năm|hướng "
    r"đến|tầm nhìn"
    r"|bước sang|bước vào|chuẩn bị)"
)
_RESULT_WORD = re.compile(
    r"tổng kết|sơ kết|kết quả|đánh giá|(?:thực hiện|hoàn thành) (?:các )?(?:nhiệm vụ|kế hoạch|chương "
    r"trình|công tác)"
    r"|trong năm|theo kế hoạch"
)
_DOCUMENT_BEFORE = re.compile(
    r"(?:(?:số \d|luật|nghị định|nghị quyết|quyết định|chỉ thị|kết luận số|thông tư|quy định "
    r"số)[^.;:]{0,48}|/[\wđ-]+,? )(?:ngày )?$"
)
_START_BEFORE = re.compile(
    r"(?:thành lập|triển khai|ra đời|hoạt động|bắt đầu|tái lập|có hiệu lực|ban hành)[^,.;]{0,24}$"
)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, re.compile(rf"(?<![\w/]){pattern}(?!\w)")) for form, pattern in _FORMS)


_TIME_WORD = re.compile(r"năm|tháng|quí|nhiệm kì|giai đoạn|(?:19|20)\d{2}|\d[/.-]\d|trong kì")


def _timely(folded: str) -> list[tuple[int, int]]:
    """Return the stretches around words of time; far-apart ones are looked at one by one."""
    stretches: list[tuple[int, int]] = []
    for match in _TIME_WORD.finditer(folded):
        start, end = max(0, match.start() - 48), min(len(folded), match.end() + 48)
        # A stretch begins and ends between words.
        start = folded.rfind(" ", 0, start) + 1 if start else 0
        end = len(folded) if folded.find(" ", end) == -1 else folded.find(" ", end)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def find_moments(folded: str) -> list[Moment]:
    """Return the mentions of periods in order; where two overlap, the earlier and longer one stays."""
    found: list[Moment] = []
    for start, end in _timely(folded):
        stretch = folded[start:end]
        for form, pattern in _compiled():
            if not any(word in stretch for word in _NEEDED[form]):
                continue
            for match in pattern.finditer(folded, start, end):
                moment = _moment(form, match, folded)
                if moment is not None:
                    found.append(moment)
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Moment] = []
    for moment in found:
        if kept and moment.start < kept[-1].end:
            continue
        kept.append(moment)
    return kept


_AS_OF = re.compile(
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


def open_calendar(published: str | None, title: list[Moment], text: list[Moment], folded: str) -> Calendar:
    """Set up the calendar of a document from its publication day, its title and its text."""
    parts = [int(part) for part in published.split("-")] if published else []
    year, month, day = [*parts, None, None, None][:3] if parts else (None, None, None)
    calendar = Calendar(year, month, day, title=title, moments=text)
    if year is None:
        calendar.year, calendar.inferred = _year_of(title, text, folded), True
    return calendar


def resolve(moment: Moment, calendar: Calendar, context_year: int | None) -> str | None:  # noqa: PLR0911
    """Return the notation of a mention, with the year taken from where it stands when it is not said."""
    if moment.notation is not None:
        return moment.notation
    year = moment.year or context_year or calendar.year
    if moment.form == "years":
        return _years_back(moment, calendar)
    if moment.form == "event":
        year = moment.year or calendar.year
    if moment.form == "in_year":
        year = context_year or calendar.review_year
    if moment.form == "unknown_years":
        return None
    if moment.form == "last_year":
        base = calendar.year
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


def baseline_of(text: str, period: str | None) -> str | None:
    """Return the period a comparison names ("cùng kỳ năm trước"), seen from ``period``."""
    years: list[str] = re.findall(r"(?:19|20)\d{2}", text)
    if "cùng kì" in text or re.search(r"năm (?:trước|ngoái)", text):
        if period is None or period.endswith("..") or ".." in period:
            return years[0] if years else None
        if years:
            return earlier(period, int(period[:4]) - int(years[0])) if period[:4] != years[0] else period
        return earlier(period)
    if not years:
        return None
    if period and period.startswith(years[0]):
        return years[0]
    return years[0]


def rules(moment: Moment) -> bool:
    """Whether a mention can rule the figures after it."""
    return not moment.baseline and not moment.plan and moment.form != "event"


def in_span(moments: list[Moment], start: int, end: int) -> list[Moment]:
    """Return the mentions that begin in ``[start, end)``."""
    low = bisect_left(moments, start, key=_start)
    return moments[low : bisect_left(moments, end, lo=low, key=_start)]


def _start(moment: Moment) -> int:
    return moment.start


def _moment(form: str, match: re.Match[str], folded: str) -> Moment | None:  # noqa: PLR0911
    groups = match.groupdict()
    before = folded[max(0, match.start() - 64) : match.start()]
    before = re.split(r"[\n;]|\. ", before)[-1]
    year = int(groups["year"]) if groups.get("year") else None
    baseline = bool(_BASELINE_BEFORE.search(before))
    baseline = baseline or bool(re.match(r" (?:lên|xuống)(?!\w)", folded[match.end() : match.end() + 8]))
    plan = _is_plan(before) or bool(
        re.match(r" (?:tới|sắp tới)(?!\w)", folded[match.end() : match.end() + 8])
    )
    moment = Moment(match.start(), match.end(), form, year=year, baseline=baseline, plan=plan)
    if form.startswith(("span", "open_month")):
        return _span(form, groups, moment, before, match.group())
    if form == "open":
        if _START_BEFORE.search(before):
            return None
        return replace(moment, notation=f"{year}..")
    if form == "event":
        return _event(groups, moment, before)
    if form == "years_back":
        if groups.get("over"):
            return replace(moment, form="unknown_years")
        count = groups["count"]
        return replace(
            moment, form="years", months=(int(count) if count.isdigit() else read_words(count) or 1, 0)
        )
    if (
        form == "year"
        and not before.rstrip().endswith(",")
        and _DOCUMENT_BEFORE.search(before)
        and not re.search(r"công tác|hoạt động|kết quả", before[-24:])
    ):
        return None
    return _within_year(form, groups, moment, before)


def _is_plan(before: str) -> bool:
    """Whether the words ahead of a mention speak of what is still to be done."""
    clause = before[-56:]
    plan = [match.start() for match in _PLAN_WORD.finditer(clause)]
    result = [match.end() for match in _RESULT_WORD.finditer(clause)]
    return bool(plan) and (not result or plan[-1] >= result[-1])


def _within_year(form: str, groups: dict[str, str | None], moment: Moment, before: str) -> Moment | None:  # noqa: PLR0911
    if form == "half1":
        return replace(moment, form="half", months=(1, 6))
    if form == "half2":
        return replace(moment, form="half", months=(7, 12))
    if form == "months_ytd" and re.search(r"(?:sau|trong vòng|hơn|gần|mỗi|chưa đầy)\s*$", before):
        return None
    if form == "months_ytd":
        count = groups["count"] or ""
        months = int(count) if count.isdigit() else read_words(count) or 0
        if not 1 <= months <= 12:
            return None
        return replace(moment, form="nine" if months == 9 else "months", months=(1, months))
    if form == "quarter":
        raw = groups["quarter"] or ""
        quarter = int(raw) if raw.isdigit() else _ROMAN[raw]
        return replace(moment, months=(3 * quarter - 2, 3 * quarter))
    if form == "month":
        month = int(groups["month"] or 0)
        if re.search(
            r"(?:từ|cuối|đầu|giữa|ngày \d+|đến|tới|trước|sau)\s*(?:cuối |đầu |giữa |hết )?$", before
        ):
            return None
        if _DOCUMENT_BEFORE.search(before):
            return None
        return replace(moment, months=(month, month))
    if form == "year":
        return replace(moment, months=(1, 12))
    return moment


def _event(groups: dict[str, str | None], moment: Moment, before: str) -> Moment | None:
    day, month = int(groups["day"] or 0), int(groups["month"] or 0)
    if not (1 <= day <= 31 and 1 <= month <= 12) or _DOCUMENT_BEFORE.search(before):
        return None
    if re.search(r"(?:cập nhật|đến|chốt|tính|trước|sau|từ|hết)\s*(?:hết )?$", before):
        return None
    return replace(moment, months=(month, month))


def _span(  # noqa: PLR0911
    form: str, groups: dict[str, str | None], moment: Moment, before: str, text: str
) -> Moment | None:
    if "khóa" in before[-8:]:
        return None
    if "nhiệm kì" in before[-12:] + text and not re.search(
        r"(?:^|trong |qua |suốt |cả |kết quả )\s*(?:nhiệm kì )?$", before
    ):
        return None
    if form == "span_years":
        first, last = int(groups["y1"] or 0), int(groups["y2"] or 0)
        return replace(moment, form="span", notation=f"{first}..{last}") if first < last else None
    if form == "open_month":
        month = int(groups["m1"] or 0)
        return (
            replace(moment, form="open", notation=f"{groups['y1']}-{month:02d}..")
            if 1 <= month <= 12
            else None
        )
    m1, m2 = int(groups["m1"] or 0), int(groups["m2"] or 0)
    last_year = groups["y2"] or groups["y1"]
    first_year = groups["y1"] or last_year
    if not (1 <= m1 <= 12 and 1 <= m2 <= 12):
        return None
    if last_year is None or first_year is None:
        return replace(moment, form="months", months=(m1, m2)) if m1 <= m2 else None
    return replace(moment, form="span", notation=_months_span(int(first_year), m1, int(last_year), m2))


def _months_span(year_1: int, month_1: int, year_2: int, month_2: int) -> str | None:
    if year_1 == year_2:
        return write_months(year_1, month_1, month_2) if month_1 <= month_2 else None
    if year_1 > year_2:
        return None
    if (month_1, month_2) == (1, 12):
        return f"{year_1}..{year_2}"
    return f"{year_1}-{month_1:02d}..{year_2}-{month_2:02d}"


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


def _years_back(moment: Moment, calendar: Calendar) -> str | None:
    if calendar.year is None or moment.months is None:
        return None
    last = calendar.year - 1
    return f"{last - moment.months[0] + 1}..{last}" if moment.months[0] > 1 else str(last)


def _year_of(title: list[Moment], text: list[Moment], folded: str) -> int | None:  # noqa: PLR0911
    """Infer the year a text without a publication day speaks of."""
    for moment in [*title, *text]:
        if moment.year and not moment.baseline and not moment.plan:
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
        if moment.year:
            return moment.year
    dates = re.findall(r"\d{1,2}[/.-]\d{1,2}[/.-]((?:19|20)\d{2})", folded)
    return int(dates[-1]) if dates else None
