"""Bulletins as offices issue them: months and sums, the same months a year before, departments, towns and their wards."""

from __future__ import annotations

import pytest

from extraction import read_text

Dated = list[tuple[float, str | None]]


def _dated(text: str, published: str = "2024-10-10") -> Dated:
    read = read_text(text, published=published, source_province="Sơn La")
    return [(fact.value, fact.period) for fact in read.facts]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (
            "9 tháng đầu năm, toàn tỉnh tiếp 2.870 lượt công dân; cùng kỳ năm 2023 tiếp 2.640 lượt.",
            [(2870, "2024-9M"), (2640, "2023-9M")],
        ),
        (
            "Trong tháng 9/2024, toàn tỉnh tiếp 320 lượt công dân; lũy kế 9 tháng tiếp 2.870 lượt. Trong tháng, toàn tỉnh tiếp "
            "nhận 288 đơn.",
            [(320, "2024-09"), (2870, "2024-9M"), (288, "2024-09")],
        ),
        (
            "Quý III, toàn tỉnh tiếp 900 lượt công dân; 9 tháng tiếp 2.870 lượt. Trong quý, toàn tỉnh tiếp nhận 288 đơn.",
            [(900, "2024-Q3"), (2870, "2024-9M"), (288, "2024-Q3")],
        ),
        (
            "Tháng 9, toàn tỉnh tiếp 320 lượt công dân, lũy kế 9 tháng 2.870 lượt.",
            [(320, "2024-09"), (2870, "2024-9M")],
        ),
        (
            "Năm 2023, toàn tỉnh tiếp 4.320 lượt công dân; năm 2022 tiếp 4.110 lượt. Tổng số đơn tiếp nhận 3.870 đơn.",
            [(4320, "2023"), (4110, "2022"), (3870, "2023")],
        ),
        (
            "Năm 2023, toàn tỉnh hòa giải 1.250 vụ. Hiện nay, toàn tỉnh có 2.230 tổ hòa giải.",
            [(1250, "2023"), (2230, "2024")],
        ),
    ],
)
def test_periods_side_by_side(text: str, dated: Dated) -> None:
    assert _dated(text) == dated


def test_the_same_months_a_year_before_are_no_part() -> None:
    read = read_text(
        "9 tháng đầu năm, toàn tỉnh tiếp 2.870 lượt công dân; cùng kỳ năm 2023 tiếp 2.640 lượt.",
        published="2024-10-10",
        source_province="Sơn La",
    )
    assert [fact.subset for fact in read.facts] == [False, False]


@pytest.mark.parametrize(
    ("text", "source", "placed"),
    [
        (
            "Năm 2023, Sở Giáo dục và Đào tạo tiếp 12 lượt công dân.",
            "Sơn La",
            ["Sở Giáo dục và Đào tạo, Sơn La"],
        ),
        (
            "Năm 2023, Sở Nông nghiệp và Phát triển nông thôn tiếp 12 lượt công dân.",
            "Sơn La",
            ["Sở Nông nghiệp và Phát triển nông thôn, Sơn La"],
        ),
        (
            "Năm 2023, Sở Xây dựng tiếp 3 lượt công dân. Sở Y tế tiếp 5 lượt công dân.",
            "Sơn La",
            ["Sở Xây dựng, Sơn La", "Sở Y tế, Sơn La"],
        ),
        (
            "Năm 2023, Quận 1 tiếp 230 lượt công dân. Toàn thành phố tiếp 12.300 lượt công dân.",
            "Hồ Chí Minh",
            ["Quận 1, Hồ Chí Minh", "Hồ Chí Minh"],
        ),
        (
            "Năm 2023, quận Ninh Kiều tiếp 230 lượt công dân. Thành phố đã tiếp 3.300 lượt công dân.",
            "Cần Thơ",
            ["Ninh Kiều, Cần Thơ", "Cần Thơ"],
        ),
        (
            "Năm 2023, phường Chiềng Lề tiếp 30 lượt công dân. Toàn thành phố tiếp 300 lượt công dân.",
            "Sơn La",
            ["Chiềng Lề, Sơn La, Sơn La", "Sơn La, Sơn La"],
        ),
    ],
)
def test_departments_and_towns(text: str, source: str, placed: list[str]) -> None:
    read = read_text(text, published="2024-02-10", source_province=source)
    assert [fact.place for fact in read.facts] == placed


@pytest.mark.parametrize(
    ("then", "dated"),
    [
        ("; cùng kỳ năm 2023 thụ lý 52 vụ khiếu nại", [(45, "2024-9M"), (52, "2023-9M")]),
        (", cùng kỳ năm trước toàn tỉnh thụ lý gần 52 vụ khiếu nại", [(45, "2024-9M"), (52, "2023-9M")]),
        (
            "; cùng kỳ năm trước chuyển sang 4 vụ khiếu nại thuộc thẩm quyền",
            [(45, "2024-9M"), (4, "2024-9M")],
        ),
        (", cùng kỳ giảm 7 vụ", [(45, "2024-9M")]),
    ],
)
def test_the_same_months_a_year_before_are_told_with_any_verb(then: str, dated: Dated) -> None:
    assert _dated(f"9 tháng đầu năm, toàn tỉnh thụ lý 45 vụ khiếu nại{then}.") == dated


def test_the_year_before_is_that_before_the_year_told_of() -> None:
    text = "Năm 2023, nhân dân toàn tỉnh hiến 6.200m2 đất làm đường; năm trước hiến 4.900m2 đất."
    assert _dated(text) == [(6200, "2023"), (4900, "2022")]
