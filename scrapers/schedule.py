"""When a source is to be visited: cron lines of five fields, in Vietnam's time."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from coso.settings import VIETNAM_TIME

#: Name of each field, its least and its greatest value; on Sunday a week may begin (0) or end (7).
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
_PART = re.compile(r"(?:\*|(\d+)(?:-(\d+))?)(?:/(\d+))?")
#: A line that names 29 February comes within so many days.
_FAR = 4 * 366 + 1


def cron_line(text: str) -> str:
    """Return a cron line.

    Raises:
        ValueError: it is none, or a value is outside its field.
    """
    _values(text)
    return text


def last_due(text: str, now: datetime) -> datetime | None:
    """Return the last moment before ``now``, or at it, that a cron line names; None for a day that never comes.

    As usual with cron, of a day and a weekday that are both named either is enough.
    """
    minutes, hours, *days = _values(text)
    at = now.astimezone(VIETNAM_TIME).replace(second=0, microsecond=0)
    times = sorted((hour, minute) for hour in hours for minute in minutes)
    for back in range(_FAR):
        day = at.date() - timedelta(days=back)
        if _names_day(text, days, day):
            past = [time for time in times if back or time <= (at.hour, at.minute)]
            if past:
                return datetime(day.year, day.month, day.day, *past[-1], tzinfo=VIETNAM_TIME)
    return None


def _names_day(text: str, days: list[frozenset[int]], day: date) -> bool:
    of_month, months, of_week = days
    _, _, day_field, _, week_field = text.split()
    on_day, on_weekday = day.day in of_month, day.isoweekday() % 7 in of_week
    both_named = day_field[0] != "*" and week_field[0] != "*"
    return day.month in months and (on_day or on_weekday if both_named else on_day and on_weekday)


def _values(text: str) -> tuple[frozenset[int], ...]:
    parts = text.split()
    if len(parts) != len(_FIELDS):
        raise ValueError(
            f"{text!r} is no cron line; write minute, hour, day, month and weekday, such as 20 */6 * * *"
        )
    return tuple(_field(part, *field) for part, field in zip(parts, _FIELDS, strict=True))


def _field(text: str, name: str, least: int, most: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{part!r} is no {name} of a cron line; write it as *, 5, 1-5 or */6")
        first = int(match[1]) if match[1] else least
        last = int(match[2]) if match[2] else most if match[1] is None or match[3] else first
        step = int(match[3] or 1)
        if not least <= first <= last <= most or step < 1:
            raise ValueError(f"{part!r} is outside the {name}s of a cron line, {least} to {most}")
        found.update(range(first, last + 1, step))
    return frozenset(value % 7 for value in found) if name == "weekday" else frozenset(found)
