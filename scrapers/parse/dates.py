"""The day a page was published, from its witnesses in order of trust, with the name of the one believed.

Order: JSON-LD, meta elements, the date a reader sees, the id in the address, the month in the address. Numeric
dates are day first, always. A weekday that does not fit its date shows a misreading. The clock many Vietnamese
papers print in the page header (the moment of viewing) is never the article's date.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.settings import VIETNAM_TIME
from coso.text import canonical
from scrapers.parse.fields import in_page_chrome, picked_nodes, spaced_text
from scrapers.sourcefile import Selector

#: Papers went online in 1998 at the earliest.
FIRST_YEAR = 1998
#: A visible moment this near to the fetch may be the page's clock.
_CLOCK_SLACK = timedelta(minutes=10)
#: How much text after the title is searched for the date, in characters.
_REACH = 600
#: So many pieces of text before the title are searched when none after it tells the date.
_PIECES_BEFORE = 12
#: A line that shows the date holds little else.
_LINE_CHARS = 80
_INLINE = frozenset({"span", "b", "strong", "i", "em", "a", "font", "u", "small", "time"})

_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6}
_WEEKDAY = r"(?:(?P<weekday>thứ\s*(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s*nhật)\s*,?\s*(?:ngày\s*)?)?"
_NUMERIC = (
    r"(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}|(?(weekday)\d{2}|(?!)))"
)
_WORDED = r"(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s*(?:,\s*)?năm\s+(?P<y2>\d{4})"
_ISO = r"(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
_DATE = re.compile(rf"{_WEEKDAY}(?<![\d/.-])(?:{_NUMERIC}|{_WORDED}|{_ISO})(?![\d/])", re.IGNORECASE)
_CLOCK_TIME = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*([AP]M))?(?!\d)", re.IGNORECASE)

#: What stands before the moment of a change; and before the date of a site that speaks English, months first or not.
_CHANGED = re.compile(r"cập nhật|chỉnh sửa|sửa đổi|updated|modified", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:published|posted|updated|modified|created)\b", re.IGNORECASE)

_META = (
    "meta[property='article:published_time']",
    "meta[name='article:published_time']",
    "meta[itemprop='datePublished']",
    "meta[property='og:published_time']",
    "meta[name='pubdate']",
    "meta[name='publish_date']",
    "meta[name='dc.date.issued']",
    "meta[name='DC.date']",
    "[itemprop='datePublished'][datetime]",
    "[itemprop='datePublished'][content]",
)
_ARTICLE_TYPES = re.compile(r"(Article|BlogPosting|Report)$")


@dataclass(frozen=True)
class Published:
    """A publication day and the witness that gave it: json_ld, meta, visible, id, url or url_month."""

    day: date
    rule: str


@dataclass(frozen=True)
class _Seen:
    day: date
    moment: time | None
    changed: bool = False


def find_published(
    tree: LexborHTMLParser,
    url: str,
    selectors: tuple[Selector, ...],
    title: LexborNode | None,
    fetched_at: datetime,
) -> Published | None:
    """Return the publication day in Vietnam, or None when no witness speaks.

    Args:
        tree: the whole page.
        url: its address.
        selectors: where the family shows the date.
        title: the element of the title; what stands far from it is not taken for the article's date.
        fetched_at: when the page was fetched; no article is from the future.
    """
    seen_at = fetched_at.astimezone(VIETNAM_TIME).replace(tzinfo=None)
    shown = _visible(tree, selectors, title, seen_at)
    stamps = (("json_ld", _json_ld(tree, url)), ("meta", _meta(tree)))
    witnesses = (
        *((rule, None if shown and _contradicts(shown, day) else day) for rule, day in stamps),
        ("visible", shown.day if shown else None),
        ("id", date_in_id(url)),
        ("url", _date_in_path(url)),
        ("url_month", _month_in_path(url, seen_at.date())),
    )
    latest = seen_at.date() + timedelta(days=1)
    for rule, day in witnesses:
        if day is not None and day.year >= FIRST_YEAR and day <= latest:
            return Published(min(day, seen_at.date()), rule)
    return None


def _contradicts(shown: _Seen, stamp: date | None) -> bool:
    """Say whether the moment shown to the reader is the day before or after a stamp.

    Then the stamp was written with the wrong offset from UTC, which happens to every article of some hours; a
    moment said to be that of a change proves nothing.
    """
    return (
        stamp is not None
        and shown.moment is not None
        and not shown.changed
        and abs((shown.day - stamp).days) == 1
    )


def dates_in(text: str) -> list[date]:
    """Return the days written in ``text``, day first; those whose weekday does not fit are left out."""
    return [seen.day for seen in _dates(text)]


def is_date_line(text: str) -> bool:
    """Say whether a line holds a date and nothing else worth reading."""
    match = _DATE.search(text)
    if match is None:
        return False
    rest = _CLOCK_TIME.sub("", text[: match.start()] + text[match.end() :])
    rest = re.sub(
        r"GMT\s*\+?\s*\d+|cập nhật( lúc)?|ngày đăng|đăng lúc|sáng|trưa|chiều|tối|\bAA?\b|\W",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return len(rest) <= 2


def date_in_id(url: str) -> date | None:
    """Read the day inside a long id: ``YYYYMMDDhhmmss…``, or a site code of three digits and ``YYMMDDhhmmss…``."""
    for digits in re.findall(r"(?<!\d)\d{14,18}(?!\d)", urlsplit(url).path):
        for stamp in (digits[:14], "20" + digits[3:15]):
            try:
                return datetime.strptime(stamp, "%Y%m%d%H%M%S").date()  # noqa: DTZ007
            except ValueError:
                continue
    return None


def days_in_address(url: str) -> tuple[date, date] | None:
    """Return the first and last day on which, by its address, a page was published; None when it does not say."""
    day = date_in_id(url) or _date_in_path(url)
    if day:
        return day, day
    last = _month_in_path(url, date.max)
    return (last.replace(day=1), last) if last else None


def _json_ld(tree: LexborHTMLParser, url: str) -> date | None:
    found: list[tuple[bool, date]] = []
    path = urlsplit(url).path
    for node in tree.css("script[type='application/ld+json']"):
        try:
            items = list(_objects(json.loads(node.text(), strict=False)))
        except (ValueError, RecursionError):
            continue
        for item in items:
            day = _stamp(item.get("datePublished"))
            if day and any(_ARTICLE_TYPES.search(kind) for kind in _types(item)):
                about = json.dumps([item.get("mainEntityOfPage"), item.get("url"), item.get("@id")])
                found.append((path in about and path != "/", day))
    own = [day for mine, day in found if mine]
    days = set(own or [day for _, day in found])
    return days.pop() if len(days) == 1 else None  # several articles' data: no witness for this one


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _objects(value)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value)


def _types(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [str(one) for one in kind] if isinstance(kind, list) else [str(kind)]


def _meta(tree: LexborHTMLParser) -> date | None:
    for selector in _META:
        node = tree.css_first(selector)
        if node:
            day = _stamp(node.attributes.get("content") or node.attributes.get("datetime"))
            if day:
                return day
    return None


def _stamp(value: Any) -> date | None:
    """Read a machine-made stamp: ISO 8601 brought to Vietnam time, else a day-first date."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return (moment.astimezone(VIETNAM_TIME) if moment.tzinfo else moment).date()
    except OverflowError:
        return None  # the first or last moment there is, in some zone: what .NET writes for no day at all
    except ValueError:
        days = dates_in(value)
        return days[0] if days else None


def _visible(
    tree: LexborHTMLParser, selectors: tuple[Selector, ...], title: LexborNode | None, seen_at: datetime
) -> _Seen | None:
    texts = [node.attributes.get("datetime") or spaced_text(node) for node in picked_nodes(tree, selectors)]
    found = [seen for text in texts for seen in _dates(canonical(text))]
    before = ""
    if not found and title is not None:
        before, after = _text_around(tree, title)
        found = _dates(canonical(after))
    past = [seen for seen in found if seen.day <= seen_at.date()]
    calm = [seen for seen in past if not _is_clock(seen, seen_at)]
    if past:
        return (calm or past)[0]
    return _shown_before(before, seen_at)


def _shown_before(text: str, seen_at: datetime) -> _Seen | None:
    """Return the last moment before a title: day and time of day, so that a clock of the page can be told from it."""
    found = [seen for seen in _dates(canonical(text)) if seen.moment is not None]
    calm = [seen for seen in found if seen.day <= seen_at.date() and not _is_clock(seen, seen_at)]
    return calm[-1] if calm else None


def _is_clock(seen: _Seen, seen_at: datetime) -> bool:
    return seen.moment is not None and abs(datetime.combine(seen.day, seen.moment) - seen_at) <= _CLOCK_SLACK


def _text_around(tree: LexborHTMLParser, title: LexborNode) -> tuple[str, str]:
    """Return the short pieces of text right before and after the title; prose, menus and footer are left out."""
    before: deque[LexborNode] = deque(maxlen=_PIECES_BEFORE)
    pieces: list[str] = []
    length, started = 0, False
    root = tree.body or tree.root
    for node in root.traverse(include_text=True) if root else ():
        if node.is_text_node:
            text = node.text_content or ""
            said = len(text.strip())
            if not said:
                continue
            if not started:
                before.append(node)
            elif not in_page_chrome(node):
                length += said
                if said <= _LINE_CHARS and _stands_alone(node):
                    pieces.append(text)
                if length > _REACH:
                    break
        elif not started and node.mem_id == title.mem_id:
            started = True
    return _joined(before), " ".join(pieces)


def _joined(nodes: Iterable[LexborNode]) -> str:
    return " ".join(
        node.text_content or "" for node in nodes if not in_page_chrome(node) and _stands_alone(node)
    )


def _stands_alone(node: LexborNode) -> bool:
    """Say whether a text is a line of its own: a date inside a sentence is that of an event, not of the page."""
    parent = node.parent
    if parent is None or len(spaced_text(parent).strip()) > _LINE_CHARS:
        return False
    while parent is not None and parent.tag in _INLINE:
        parent = parent.parent
    in_prose = (
        parent is not None and parent.tag in {"p", "li"} and len(spaced_text(parent).strip()) > _LINE_CHARS
    )
    return not in_prose


def _dates(text: str) -> list[_Seen]:
    found: list[_Seen] = []
    for match in _DATE.finditer(text):
        day = _valid_day(match)
        before = text[max(0, match.start() - 25) : match.start()]
        if day is not None and not (_ENGLISH.search(before) and _either_way(match)):
            after = text[match.end() : match.end() + 25]
            found.append(_Seen(day, _time_in(f"{before} {after}"), bool(_CHANGED.search(before))))
    return found


def _either_way(match: re.Match[str]) -> bool:
    """Say whether a numeric date may also be read month first."""
    day, month = int(match["d"] or 13), int(match["m"] or 13)
    return day <= 12 and month <= 12 and day != month


def _valid_day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    year, month, day = (int(groups[k] or groups[f"{k}2"] or groups[f"{k}3"]) for k in "ymd")
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    weekday = groups["weekday"]
    if weekday is not None and found.weekday() != _weekday_number(weekday):
        return None
    return found


def _weekday_number(text: str) -> int:
    last = re.split(r"\s+|(?<=ứ)(?=\d)", text.lower())[-1]
    return int(last) - 2 if last.isdigit() else _WEEKDAYS[last]


def _time_in(text: str) -> time | None:
    match = _CLOCK_TIME.search(text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").upper()
    hour = hour % 12 + (12 if half == "PM" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _date_in_path(url: str) -> date | None:
    path = urlsplit(url).path
    match = re.search(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=/|-|$)", path) or re.search(
        r"/(20\d{2})(\d{2})(\d{2})(?=/)", path
    )
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _month_in_path(url: str, fetched_on: date) -> date | None:
    """Read ``/YYYYMM/``; the last day of the month, so that no reported day falls after the publication."""
    match = re.search(r"/(20\d{2})(0[1-9]|1[0-2])/", urlsplit(url).path)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    after = date(year + month // 12, month % 12 + 1, 1)
    last = after - timedelta(days=1)
    return min(last, fetched_on) if date(year, month, 1) <= fetched_on else None
