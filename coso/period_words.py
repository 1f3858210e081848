"""Periods as people say them: "quý vừa qua", "6 tháng đầu năm", "12 tháng 10 năm 2017", seen from a day.

A report speaks of what is over and an announcement of what is to come: the same "tháng 6" is another month in each,
so the reader of a text says which of the two it is. Weeks begin on Monday. Times of day are not read.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from coso.late_patterns import late
from coso.number_words import read_cardinal
from coso.periods import Period, write_months
from coso.text import fold_words

_WORD = "một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai|lăm))?"
_N = rf"(?:\d{{1,2}}|{_WORD})"
_PAST = r"trước|vừa qua|vừa rồi|qua|gần đây|ngoái"
_COMING = r"sau|tới|tiếp theo|kế tiếp|sắp tới|tiếp"
_PRESENT = r"này|nay|hiện tại"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_OF_YEAR = rf"(?:(?: của)? năm {_YEAR}| ?[/-] ?{_YEAR.replace('year', 'year_2')})?"
_WEEKDAY = r"(?:thứ (?P<weekday>[2-7]|hai|ba|tư|năm|sáu|bảy)|(?P<sunday>chủ nhật|chúa nhật))"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class _Seen:
    """The day from which a period is named, and whether it lies ahead of it when it is not said."""

    today: date
    ahead: bool


def read_when(text: str, today: date, *, ahead: bool = False) -> Period | None:
    """Return the days that a whole string names; None when it names none that can be read.

    Args:
        text: a day, week, month, quarter, half-year or year, or a number of them.
        today: the day from which it is said.
        ahead: whether what has no year lies ahead, as in an announcement, or behind, as in a report.

    >>> read_when("quý vừa qua", date(2024, 5, 6))
    Period(first_day=datetime.date(2024, 1, 1), last_day=datetime.date(2024, 3, 31))
    """
    folded = re.sub(r"^(?:trong|vào|suốt|cả) ", "", " ".join(fold_words(text).split()))
    for pattern, read in _READERS:
        match = pattern.fullmatch(folded)
        if match:
            try:
                return read(match, _Seen(today, ahead))
            except (ValueError, OverflowError):  # 31 tháng 2, or before the year 1
                return None
    return None


def notation_of(period: Period) -> str | None:
    """Return the notation of whole months (``docs/periods.md``), None when a period does not consist of them.

    >>> notation_of(Period(date(2024, 1, 1), date(2024, 6, 30)))
    '2024-H1'
    """
    first, last = period.first_day, period.last_day
    if first.day != 1 or (last is not None and (last + timedelta(1)).day != 1):
        return None
    if last is None:
        return f"{first.year}.." if first.month == 1 else f"{first:%Y-%m}.."
    if first.year == last.year:
        return write_months(first.year, first.month, last.month)
    if (first.month, last.month) == (1, 12):
        return f"{first.year}..{last.year}"
    return f"{first:%Y-%m}..{last:%Y-%m}"


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    value = 4 if text == "tư" else read_cardinal(text.split())
    if value is None:
        raise ValueError(text)
    return int(value)


def _day(day: date) -> Period:
    return Period(day, day)


def _months(year: int, first: int, last: int) -> Period:
    """Return months counted from January of ``year``; they may lie before or after it."""
    y1, m1 = divmod(year * 12 + first - 1, 12)
    y2, m2 = divmod(year * 12 + last - 1, 12)
    return Period(date(y1, m1 + 1, 1), date(y2, m2 + 1, calendar.monthrange(y2, m2 + 1)[1]))


def _shifted(unit: str, count: int, seen: _Seen, *, to: int) -> Period:
    """Return ``count`` units that end (or begin) ``to`` units from the present one; 0 is the present one."""
    today = seen.today
    low, high = (to - count + 1, to) if to < 0 else (to, to + count - 1)
    if unit == "ngày":
        return Period(today + timedelta(low), today + timedelta(high))
    if unit == "tuần":
        monday = today - timedelta(today.weekday())
        return Period(monday + timedelta(7 * low), monday + timedelta(7 * high + 6))
    size = {"tháng": 1, "quí": 3, "năm": 12}[unit]
    first = (today.month - 1) // size * size + 1
    return _months(today.year, first + size * low, first + size * high + size - 1)


def _relative(match: re.Match[str], seen: _Seen) -> Period:
    side = match["side"]
    to = 0 if re.fullmatch(_PRESENT, side) else (-1 if re.fullmatch(_PAST, side) else 1)
    return _shifted(match["unit"], _number(match["count"] or "1"), seen, to=to)


def _named_day(match: re.Match[str], seen: _Seen) -> Period:
    offsets = {"nay": 0, "qua": -1, "kia": -2, "kìa": -3, "mai": 1}
    return _day(seen.today + timedelta(offsets[match["which"]]))


def _coming_day(_match: re.Match[str], seen: _Seen) -> Period:
    return _day(seen.today + timedelta(2))


def _weekday(match: re.Match[str], seen: _Seen) -> Period:
    number = 6 if match["sunday"] else _number(match["weekday"]) - 2
    week = match["week"]
    if week:
        to = 0 if re.fullmatch(_PRESENT, week) else (-1 if re.fullmatch(_PAST, week) else 1)
        return _day(_shifted("tuần", 1, seen, to=to).first_day + timedelta(number))
    side = match["side"]
    ahead = seen.ahead if side is None else not re.fullmatch(_PAST, side)
    distance = (number - seen.today.weekday()) % 7
    return _day(seen.today + timedelta((distance or 7) if ahead else distance - 7))


def _date(match: re.Match[str], seen: _Seen) -> Period:
    """A day of a month; without a year the nearest on the side that the text speaks of."""
    day = _number(match.groupdict().get("day") or "1")
    month, year = _number(match["month"]), match["year"]
    if year is None:
        this = date(seen.today.year, month, min(day, calendar.monthrange(seen.today.year, month)[1]))
        away = (1 if this < seen.today else 0) if seen.ahead else (-1 if this > seen.today else 0)
        return _day(date(seen.today.year + away, month, day))
    number = int(year)
    if len(year) == 2:
        # Two digits name the year of the hundred that ends twenty years from now.
        number += (seen.today.year + 20 - number) // 100 * 100
    return _day(date(number, month, day))


def _part_of_year(size: int) -> Callable[[re.Match[str], _Seen], Period]:
    """Return a reader of a month or a quarter by its number."""

    def read(match: re.Match[str], seen: _Seen) -> Period:
        number = _ROMAN.get(match["number"]) or _number(match["number"])
        if not 1 <= number <= 12 // size:
            raise ValueError(number)
        year = match["year"] or match["year_2"]
        made = _months(int(year or seen.today.year), size * (number - 1) + 1, size * number)
        side = match["side"]
        ahead = seen.ahead if side is None else not re.fullmatch(_PAST, side)
        if year or (side is not None and re.fullmatch(_PRESENT, side)):
            return made
        away = 0
        if ahead and made.last_day is not None and made.last_day < seen.today:
            away = 1
        if not ahead and made.first_day > seen.today:
            away = -1
        return _months(made.first_day.year + away, size * (number - 1) + 1, size * number)

    return read


def _year(match: re.Match[str], _seen: _Seen) -> Period:
    return _months(int(match["year"]), 1, 12)


def _months_of_year(match: re.Match[str], seen: _Seen) -> Period:
    """The first or last months of a year; without a year those of today's, in January of the one before."""
    year = int(match["year"] or 0)
    count = 6 if match["half"] else _number(match["count"])
    last = match["end"] == "cuối"
    if not 1 <= count <= 12:
        raise ValueError(count)
    first_month, last_month = (13 - count, 12) if last else (1, count)
    if not year:
        behind = not seen.ahead and first_month > seen.today.month
        year = seen.today.year - (1 if behind or (not seen.ahead and seen.today.month == 1) else 0)
    return _months(year, first_month, last_month)


def _first_week(match: re.Match[str], seen: _Seen) -> Period:
    """The first week that lies in a month with all its days."""
    year = int(match["year"] or match["year_2"] or seen.today.year)
    first = date(year, _number(match["number"]), 1)
    monday = first + timedelta(-first.weekday() % 7)
    return Period(monday, monday + timedelta(6))


def _years(match: re.Match[str], _seen: _Seen) -> Period | None:
    first, last = int(match["first"]), int(match["last"])
    return Period(date(first, 1, 1), date(last, 12, 31)) if first <= last else None


def _to_date(_match: re.Match[str], seen: _Seen) -> Period:
    return Period(date(seen.today.year, 1, 1), seen.today)


_SIDES = rf"{_PAST}|{_COMING}|{_PRESENT}"
_FORMS: tuple[tuple[str, Callable[[re.Match[str], _Seen], Period | None]], ...] = (
    (r"(?:ngày )?(?:hôm|bữa) (?P<which>nay|qua|kia|kìa)", _named_day),
    (r"(?:ngày )?(?P<which>mai)", _named_day),
    (r"ngày kia", _coming_day),
    (rf"{_WEEKDAY}(?: (?:của )?tuần (?P<week>{_SIDES}))?(?: (?P<side>{_SIDES}))?", _weekday),
    (
        rf"(?:{_WEEKDAY},? )?(?:ngày )?(?:mồng |mùng )?(?P<day>{_N}) tháng (?P<month>{_N})(?: năm (?P<year>\d{{4}}))?",
        _date,
    ),
    (rf"ngày đầu tiên (?:của )?tháng (?P<month>{_N})(?: năm (?P<year>\d{{4}}))?", _date),
    (r"(?:ngày )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}|\d{2}))?", _date),
    (rf"(?:(?P<count>{_N}) )?(?P<unit>ngày|tuần|tháng|quí|năm) (?P<side>{_SIDES})", _relative),
    (rf"tuần đầu(?: tiên)? (?:của )?tháng (?P<number>{_N}){_OF_YEAR}", _first_week),
    (rf"tháng (?P<number>{_N}){_OF_YEAR}(?: (?P<side>{_SIDES}))?", _part_of_year(1)),
    (rf"quí (?P<number>[1-4]|iv|i{{1,3}}|{_WORD}){_OF_YEAR}(?: (?P<side>{_SIDES}))?", _part_of_year(3)),
    (
        rf"(?:(?P<half>nửa)|(?P<count>{_N}) tháng)(?: (?P<end>đầu|cuối))? năm(?: nay| ?[/-]? ?{_YEAR})?",
        _months_of_year,
    ),
    (rf"(?:năm )?{_YEAR}", _year),
    (
        r"(?:(?:các )?năm |giai đoạn |từ (?:năm )?)?(?P<first>\d{4})(?: ?- ?| (?:đến|tới) (?:năm )?)(?P<last>\d{4})",
        _years,
    ),
    (r"(?:từ )?đầu năm (?:đến|tới) nay", _to_date),
)
_READERS = tuple((late(pattern), read) for pattern, read in _FORMS)
