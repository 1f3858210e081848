"""Periods as people say them, seen from a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.period_words import notation_of, read_when
from coso.periods import Period, parse_period

#: A Wednesday.
TODAY = date(2024, 5, 8)


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("năm 2023", "2023"),
        ("năm ngoái", "2023"),
        ("năm nay", "2024"),
        ("tháng trước", "2024-04"),
        ("tháng vừa qua", "2024-04"),
        ("quý vừa qua", "2024-Q1"),
        ("quý này", "2024-Q2"),
        ("quý sau", "2024-Q3"),
        ("quý I/2024", "2024-Q1"),
        ("quý tư năm 2023", "2023-Q4"),
        ("tháng mười một năm 2023", "2023-11"),
        ("tháng 7/2023", "2023-07"),
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("sáu tháng cuối năm 2023", "2023-H2"),
        ("nửa đầu năm nay", "2024-H1"),
        ("nửa cuối năm", "2023-H2"),
        ("9 tháng năm 2023", "2023-9M"),
        ("2 tháng qua", "2024-03..2024-04"),
        ("ba năm vừa qua", "2021..2023"),
        ("2 quý vừa qua", "2023-10..2024-03"),
        ("giai đoạn 2019-2022", "2019..2022"),
        ("từ năm 2019 đến năm 2022", "2019..2022"),
        # What has no year and would lie ahead is last year's, in a report.
        ("tháng 6", "2023-06"),
        ("tháng 4", "2024-04"),
        ("quý III", "2023-Q3"),
    ],
)
def test_periods_of_a_report(text: str, notation: str) -> None:
    found = read_when(text, TODAY)
    assert found == parse_period(notation)
    assert found is not None
    assert notation_of(found) == notation


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("hôm nay", TODAY, TODAY),
        ("hôm qua", date(2024, 5, 7), date(2024, 5, 7)),
        ("ngày mai", date(2024, 5, 9), date(2024, 5, 9)),
        ("tuần qua", date(2024, 4, 29), date(2024, 5, 5)),
        ("tuần này", date(2024, 5, 6), date(2024, 5, 12)),
        ("3 ngày qua", date(2024, 5, 5), date(2024, 5, 7)),
        ("12/10", date(2023, 10, 12), date(2023, 10, 12)),
        ("ngày 12 tháng 10 năm 2022", date(2022, 10, 12), date(2022, 10, 12)),
        ("mùng 3 tháng ba", date(2024, 3, 3), date(2024, 3, 3)),
        ("3/9/91", date(1991, 9, 3), date(1991, 9, 3)),
        ("thứ hai", date(2024, 5, 6), date(2024, 5, 6)),
        ("thứ hai tuần trước", date(2024, 4, 29), date(2024, 4, 29)),
        ("đầu năm đến nay", date(2024, 1, 1), TODAY),
    ],
)
def test_days_of_a_report(text: str, first: date, last: date) -> None:
    assert read_when(text, TODAY) == Period(first, last)


def test_an_announcement_looks_ahead() -> None:
    assert read_when("tháng 3", TODAY, ahead=True) == parse_period("2025-03")
    assert read_when("tháng 3", TODAY) == parse_period("2024-03")
    assert read_when("chủ nhật", TODAY, ahead=True) == Period(date(2024, 5, 12), date(2024, 5, 12))
    assert read_when("tháng 3 tới", TODAY) == parse_period("2025-03")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 tháng 2",
        "31/2/2024",
        "tháng 13",
        "quý năm",
        "9 giờ sáng",
        "mùa hè",
        "2022-2019",
        "ngày 0 tháng 1",
    ],
)
def test_what_names_no_days(text: str) -> None:
    assert read_when(text, TODAY) is None


@given(
    st.text(st.sampled_from("0123456789/- thángnămquýtuầnI")) | st.sampled_from(["99 năm qua", "99 năm tới"]),
    st.dates(),
    st.booleans(),
)
def test_whatever_is_typed_names_days_in_order_or_none(text: str, today: date, ahead: bool) -> None:
    found = read_when(text, today, ahead=ahead)
    assert found is None or (found.last_day is not None and found.first_day <= found.last_day)


@given(st.integers(1998, 2037), st.integers(1, 12), st.integers(0, 40))
def test_whole_months_have_a_notation_that_means_them(year: int, month: int, more: int) -> None:
    last = year * 12 + month - 1 + more
    end = parse_period(f"{last // 12}-{last % 12 + 1:02d}").last_day
    period = Period(date(year, month, 1), end)
    notation = notation_of(period)
    assert notation is not None
    assert parse_period(notation) == period
