"""Days on which offices and newsrooms rest, so that their silence is no news.

Tết days follow the Vietnamese lunisolar calendar (UTC+7); the other holidays are those of the Labour Code
45/2019/QH14, article 112. Offices close for Tết for a week or more, and reports thin out around it.
"""

from __future__ import annotations

from datetime import date, timedelta

#: First day of the lunar year.
TET = tuple(
    date.fromisoformat(day)
    for day in (
        "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12",
        "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26",
        "2029-02-13", "2030-02-02", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08",
    )
)  # fmt: skip

#: Days before and after the first day of Tết on which little is published.
TET_BEFORE, TET_AFTER = 4, 9

#: Month and day of the holidays of the solar calendar.
_SOLAR = ((1, 1), (4, 30), (5, 1), (9, 1), (9, 2))


def quiet_days(first: date, last: date) -> list[date]:
    """Return the holidays from ``first`` to ``last``, Tết with the days around it."""
    days = {tet + timedelta(days=offset) for tet in TET for offset in range(-TET_BEFORE, TET_AFTER + 1)} | {
        date(year, month, day) for year in range(first.year, last.year + 1) for month, day in _SOLAR
    }
    return sorted(day for day in days if first <= day <= last)
