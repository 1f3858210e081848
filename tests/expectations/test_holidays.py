"""Tết computed from sun and moon against the days on which it was, or is announced to be, kept."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from expectations.holidays import quiet_days
from expectations.lunar import tet

#: From published calendars. In 1985, 2007 and 2030 China's new year is on another day, for its clock is an hour ahead;
#: 2034 follows a year with a leap eleventh month.
KEPT = (
    "1985-01-21", "2007-02-17", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05",
    "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06",
    "2028-01-26", "2029-02-13", "2030-02-02", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08",
)  # fmt: skip


@pytest.mark.parametrize("day", KEPT)
def test_tet_is_on_the_day_it_is_kept(day: str) -> None:
    assert tet(int(day[:4])) == date.fromisoformat(day)


def test_lunar_years_have_twelve_or_thirteen_months() -> None:
    first_days = [tet(year) for year in range(1980, 2080)]
    assert all((1, 20) <= (day.month, day.day) <= (2, 21) for day in first_days)
    lengths = {(after - day).days for day, after in pairwise(first_days)}
    assert lengths <= {354, 355, 383, 384, 385}


def test_quiet_days_are_tet_with_the_days_around_it_and_the_solar_holidays() -> None:
    quiet = quiet_days(date(2025, 1, 1), date(2025, 12, 31))
    assert len(quiet) == 14 + 5
    assert {
        date(2025, 1, 25),
        date(2025, 1, 29),
        date(2025, 2, 7),
        date(2025, 4, 30),
        date(2025, 9, 2),
    } <= set(quiet)
    assert not {date(2025, 1, 24), date(2025, 2, 8), date(2025, 9, 3)} & set(quiet)
