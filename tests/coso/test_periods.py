"""Period notation: what it covers, and the shortest way to write it."""

from __future__ import annotations

from datetime import date

import pytest

from coso.errors import BadInputError
from coso.periods import Period, earlier, parse_period, write_months


@pytest.mark.parametrize(
    ("notation", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-9M", date(2024, 1, 1), date(2024, 9, 30)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-YTD10", date(2024, 1, 1), date(2024, 10, 31)),
        ("2019..2022", date(2019, 1, 1), date(2022, 12, 31)),
        ("2016-07..2021-07", date(2016, 7, 1), date(2021, 7, 31)),
        ("2023..", date(2023, 1, 1), None),
    ],
)
def test_what_a_period_covers(notation: str, first: date, last: date | None) -> None:
    assert parse_period(notation) == Period(first, last)


@pytest.mark.parametrize(
    "notation", ["", "24", "2024-13", "2024-Q5", "2024-H3", "2024-YTD13", "2024..2023", "..2024", "năm 2024"]
)
def test_what_is_no_period_is_refused(notation: str) -> None:
    with pytest.raises(BadInputError):
        parse_period(notation)


@pytest.mark.parametrize(
    ("months", "notation"),
    [((1, 12), "2024"), ((1, 6), "2024-H1"), ((1, 9), "2024-9M"), ((1, 3), "2024-Q1"), ((1, 10), "2024-YTD10"),
     ((7, 12), "2024-H2"), ((4, 6), "2024-Q2"), ((5, 5), "2024-05"), ((1, 1), "2024-01"), ((4, 7), "2024-04..2024-07")],
)  # fmt: skip
def test_the_shortest_name_of_some_months(months: tuple[int, int], notation: str) -> None:
    assert write_months(2024, *months) == notation
    last = parse_period(notation).last_day
    assert last is not None
    assert (parse_period(notation).first_day.month, last.month) == months


def test_the_same_months_a_year_earlier() -> None:
    assert earlier("2024-H1") == "2023-H1"
    assert earlier("2016-07..2021-07", 2) == "2014-07..2019-07"
