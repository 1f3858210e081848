"""Dates as Vietnamese pages write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.parse.dates import date_in_id, dates_in, is_date_line

WRITTEN = [
    ("Thứ 5, 19/12/2024 | 18:10:24 [GMT +7]", date(2024, 12, 19)),
    ("Thứ Tư, 08/04/2015, 08:11 [GMT+7]", date(2015, 4, 8)),
    ("Cập nhật lúc 00:47, Thứ Bảy, 24/12/2022 (GMT+7)", date(2022, 12, 24)),
    ("08/01/2026 - 18:21", date(2026, 1, 8)),
    ("19:16, Thứ Ba, 09/04/2019", date(2019, 4, 9)),
    ("06:37, 26/02/2024", date(2024, 2, 26)),
    ("Ngày đăng: 08/07/2024  11:38", date(2024, 7, 8)),
    ("10/11/2022 08:31:38 PM", date(2022, 11, 10)),
    ("04-04-2017 | 16:25", date(2017, 4, 4)),
    ("2025-12-10", date(2025, 12, 10)),
    ("chủ nhật, ngày 22/12/2024", date(2024, 12, 22)),
    ("Thứ năm, ngày 19 tháng 12 năm 2024", date(2024, 12, 19)),
    ("5.3.2024 07:00", date(2024, 3, 5)),
    ("Thứ năm, ngày 19/12/24 06:10 tối", date(2024, 12, 19)),
]


@pytest.mark.parametrize(("text", "day"), WRITTEN)
def test_day_first_in_every_spelling(text: str, day: date) -> None:
    assert dates_in(text) == [day]
    assert is_date_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thứ Hai, 19/12/2024",  # a Thursday
        "Thứ Hai, 19/12/24",
        "19/12/24",
        "Published on 03-08-2024 01:00 AM",  # months first, or not
        "31/02/2024",
        "12/19/2024",
        "Luật số 10/2022/QH15",
        "45/12/2024/QĐ",
        "1.786.2024",
        "238/316 vụ việc",
        "nhiệm kỳ 2020-2025",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert dates_in(text) == []


def test_a_sentence_is_no_date_line() -> None:
    assert not is_date_line("Ngày 19/12/2024, Ban Chỉ đạo họp.")


WEEKDAYS = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"]


@settings(deadline=None)
@given(st.dates(date(1998, 1, 1), date(2035, 12, 31)), st.integers(0, 6), st.sampled_from("/-."))
def test_only_the_right_weekday_is_believed(day: date, weekday: int, sep: str) -> None:
    text = f"{WEEKDAYS[weekday].capitalize()}, {day:%d{sep}%m{sep}%Y} 10:00"
    assert dates_in(text) == ([day] if weekday == day.weekday() else [])


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/tin-20250115093012456.htm", date(2025, 1, 15)),
        ("https://x.example/tin-185250115093012456.htm", date(2025, 1, 15)),
        ("https://x.example/tin-196250115093012.htm", date(2025, 1, 15)),
        ("https://x.example/tin-999999999999999.htm", None),
        ("https://x.example/tin-post123456.html", None),
    ],
)
def test_the_day_inside_an_id(url: str, day: date | None) -> None:
    assert date_in_id(url) == day
