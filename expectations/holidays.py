"""Days on which offices and newsrooms rest, so that their silence is no news.

Tết follows the Vietnamese lunisolar calendar (``lunar``); the other holidays are those of the Labour Code
45/2019/QH14, article 112. Offices close for Tết for a week or more, and reports thin out around it.
"""

from __future__ import annotations

from datetime import date, timedelta

from expectations.lunar import tet

#: Days before and after the first day of Tết on which little is published.
TET_BEFORE, TET_AFTER = 4, 9

#: Month and day of the holidays of the solar calendar.
_SOLAR = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))


def quiet_days(first: date, last: date) -> list[date]:
    """Return the holidays from ``first`` to ``last``, Tết with the days around it."""
    days = {date(year, month, day) for year in range(first.year, last.year + 1) for month, day in _SOLAR}
    for year in range(first.year, last.year + 1):
        days |= {tet(year) + timedelta(days=offset) for offset in range(-TET_BEFORE, TET_AFTER + 1)}
    return sorted(day for day in days if first <= day <= last)
