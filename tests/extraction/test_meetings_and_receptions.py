"""Pages that tell of one meeting, one reception or one office in their own order: wordings that were once misread."""

from __future__ import annotations

import pytest

from extraction import read_text

Told = list[tuple[str, float]]
Dated = list[tuple[float, str | None]]


def _told(text: str, title: str | None = None) -> Told:
    read = read_text(text, title=title, published="2023-07-20", source_province="Sơn La")
    return [(fact.metric, fact.value) for fact in read.facts]


def _dated(text: str, title: str | None = None) -> Dated:
    read = read_text(text, title=title, published="2023-07-20", source_province="Sơn La")
    return [(fact.value, fact.period) for fact in read.facts]


# ---- periods


@pytest.mark.parametrize(
    "later",
    [
        "Từ đầu năm, huyện mới mở 2 lớp nghề.",
        "Đó là những việc còn nợ từ năm ngoái.",
        "Bà cụ đi kiện 11 năm, nay đã rút đơn.",
    ],
)
def test_what_is_told_later_dates_no_meeting(later: str) -> None:
    text = f"Tại buổi đối thoại của Chủ tịch UBND huyện với nhân dân, bà con nêu 31 ý kiến. {later}"
    assert _dated(text, "Chủ tịch UBND huyện Mai Sơn đối thoại với nhân dân") == [(31, "2023")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "Sáng 18/7, đại biểu HĐND tỉnh gặp cử tri. Đại biểu thông báo tình hình kinh tế - xã hội 6 tháng đầu năm. "
            "Cử tri nêu 12 ý kiến.",
            "2023-07",
        ),
        (
            "Sáng 18/7, đại biểu HĐND tỉnh gặp cử tri và báo cáo việc trả lời kiến nghị kỳ trước. Cử tri nêu 12 ý kiến.",
            "2023-07",
        ),
        (
            "Ngày 18/7, Chủ tịch UBND huyện đối thoại với thanh niên. Huyện đoàn tổng hợp 12 ý kiến gửi tới đối thoại.",
            "2023-07",
        ),
        # What an authority reports of a half is of the half.
        (
            "UBND huyện báo cáo tình hình kinh tế - xã hội 6 tháng đầu năm. Thanh tra huyện tiếp 12 lượt công dân.",
            "2023-H1",
        ),
    ],
)
def test_what_voters_are_informed_of_dates_nothing_they_say(text: str, period: str) -> None:
    assert _dated(text) == [(12, period)]


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Từ năm 2019 cho đến hết tháng 6-2023", "2019..2023-06"),
        ("Từ tháng 1 cho đến hết tháng 6/2023", "2023-H1"),
        ("Từ đầu năm 2023 cho tới nay", "2023-YTD07"),
    ],
)
def test_a_period_goes_on_until_its_end(said: str, period: str) -> None:
    assert _dated(f"{said}, huyện tiếp 44 lượt công dân.") == [(44, period)]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (
            "Năm 2022, tỉnh tiếp 912 lượt công dân. Còn tính đến hết tháng 6 năm nay, tỉnh tiếp 430 lượt công dân.",
            [(912, "2022"), (430, "2023-H1")],
        ),
        (
            "Quý I năm 2023, huyện tiếp 120 lượt công dân. Cũng quý I năm ngoái, số này là 97 lượt. Huyện nhận 31 đơn.",
            [(120, "2023-Q1"), (97, "2022-Q1"), (31, "2023-Q1")],
        ),
        (
            "Năm 2022, các ban họp mỗi quý một lần. Các tổ hòa giải nhận 85 vụ việc.",
            [(85, "2022")],
        ),
    ],
)
def test_this_year_and_the_year_before_are_seen_from_the_day_of_the_page(text: str, dated: Dated) -> None:
    assert _dated(text) == dated


def test_what_is_promised_for_a_month_dates_nothing_after_it() -> None:
    text = "Năm 2022, huyện tiếp 40 lượt công dân; việc còn lại hẹn tháng 6. Huyện nhận 31 đơn."
    assert _dated(text) == [(40, "2022"), (31, "2022")]
    kept = "Trả trước hẹn và đúng hẹn tháng 6/2023 đạt 98,5% trong 410 hồ sơ đã giải quyết."
    assert {period for _, period in _dated(kept)} == {"2023-06"}
