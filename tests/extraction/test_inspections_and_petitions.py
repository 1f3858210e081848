"""What inspectorates, party commissions and petition offices report: cases carried over, tiers, units, findings."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text

Told = list[tuple[str, float, str | None]]
Parts = list[tuple[float, bool]]


def _facts(text: str, published: str = "2023-12-20", source: str = "Sơn La") -> list[Fact]:
    return list(read_text(text, published=published, source_province=source).facts)


def _told(text: str, published: str = "2023-12-20") -> Told:
    return [(fact.metric, fact.value, fact.period) for fact in _facts(text, published)]


def _parts(text: str) -> Parts:
    return [(fact.value, fact.subset) for fact in _facts(text)]


@pytest.mark.parametrize(
    "carried",
    [
        "20 vụ năm 2022 chuyển sang",
        "20 vụ từ năm 2022 chuyển sang",
        "20 vụ chuyển tiếp từ năm 2022",
        "tồn năm 2022 chuyển sang 20 vụ",
        "20 vụ năm trước chuyển sang",
    ],
)
def test_cases_carried_over_are_a_part_of_those_to_be_settled(carried: str) -> None:
    text = f"6 tháng đầu năm 2023, toàn tỉnh thụ lý 120 vụ khiếu nại, trong đó {carried}; đã giải quyết 90 vụ, đạt 75%."
    assert _told(text) == [
        ("complaints_within_authority", 120, "2023-H1"),
        ("complaints_within_authority", 20, "2023-H1"),
        ("complaints_resolved", 90, "2023-H1"),
        ("complaint_resolution_rate", 75, "2023-H1"),
    ]
    assert _parts(text) == [(120, False), (20, True), (90, False), (75, False)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2022, toàn tỉnh thụ lý 120 vụ khiếu nại, gồm 100 vụ phát sinh trong năm và 20 vụ năm 2021 chuyển sang.",
            [("complaints_within_authority", value, "2022") for value in (120, 100, 20)],
        ),
        (
            "Năm 2022, toàn tỉnh giải quyết 75 vụ khiếu nại, 18 vụ còn lại chuyển sang năm 2023 giải quyết. Qua giải quyết, trả "
            "lại cho công dân 120 triệu đồng.",
            [("complaints_resolved", 75, "2022"), ("petitions_pending", 18, "2022"), ("money_restored", 120e6, "2022")],
        ),
        (
            "Năm 2022, Thanh tra tỉnh thu hồi 5 tỷ đồng theo kết luận thanh tra năm 2020; kiểm điểm 4 tập thể.",
            [("money_recovered", 5e9, "2022"), ("collectives_disciplined", 4, "2022")],
        ),
        (
            "Theo kết luận thanh tra năm 2020, Thanh tra tỉnh thu hồi 5 tỷ đồng.",
            [("money_recovered", 5e9, "2020")],
        ),
        (
            "Năm 2022 chuyển sang cơ quan điều tra 3 vụ vi phạm.",
            [("cases_referred_to_police", 3, "2022")],
        ),
        (
            "Năm 2022, toàn tỉnh có 77 vụ việc thuộc thẩm quyền giải quyết; đã giải quyết 70 vụ việc.",
            [("petitions_within_authority", 77, "2022"), ("petitions_resolved", 70, "2022")],
        ),
        (
            "Năm 2022, tỉnh phải giải quyết 58 vụ khiếu nại. Đã giải quyết 39 vụ, đạt 67,2%.",
            [
                ("complaints_within_authority", 58, "2022"),
                ("complaints_resolved", 39, "2022"),
                ("complaint_resolution_rate", 67.2, "2022"),
            ],
        ),
    ],
)  # fmt: skip
def test_years_named_in_passing_and_cases_to_be_settled(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("said", "published", "period"),
    [
        ("Từ đầu năm đến ngày 30/9/2023", "2023-10-18", "2023-9M"),
        ("Từ đầu năm 2023 đến 31/8", "2023-10-18", "2023-YTD08"),
        ("Từ đầu năm đến nay", "2023-10-18", "2023-YTD10"),
        ("Trong 3 tháng qua", "2023-09-30", "2023-Q3"),
        ("Trong 3 tháng qua", "2023-04-10", "2023-Q1"),
        ("9 tháng qua", "2023-11-10", "2023-9M"),
        ("Trong 6 tháng qua", "2023-03-30", "2022-10..2023-03"),
        ("11 tháng qua", "2024-01-05", "2023-YTD11"),
        ("Sau 6 tháng hoạt động", "2024-01-12", "2023-H2"),
        ("6 tháng triển khai nhiệm vụ", "2023-11-12", "2023-H1"),
        ("Ba tháng vận hành chính quyền địa phương 2 cấp", "2025-10-25", "2025-Q3"),
        ("Sau gần 6 tháng vận hành chính quyền địa phương hai cấp", "2025-12-22", "2025-H2"),
        ("Qua 8 tháng vận hành mô hình chính quyền hai cấp", "2026-03-05", "2025-07..2026-02"),
    ],
)
def test_months_that_end_when_they_are_told_of(said: str, published: str, period: str) -> None:
    assert _told(f"{said}, toàn tỉnh tiếp 940 lượt công dân.", published) == [
        ("reception_visits", 940, period)
    ]
