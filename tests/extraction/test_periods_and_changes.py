"""Which period and which change a figure has, where a wording nearby speaks of something else."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text

A_TURN = "toàn tỉnh đã tiếp 12.040 lượt công dân"


def _facts(text: str, published: str = "2023-12-10", title: str | None = None) -> list[Fact]:
    return list(read_text(text, title=title, published=published, source_province="Sơn La").facts)


def _values(text: str, published: str = "2023-12-10") -> list[tuple[float, str | None]]:
    return [(fact.value, fact.period) for fact in _facts(text, published)]


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("Nhiệm kỳ X, Mặt trận các cấp đã tổ chức 320 hội nghị phản biện xã hội.", "2026-05-01", "2026"),
        ("Trong nhiệm kỳ XII (2018 - 2023), công đoàn các cấp đã tổ chức 320 hội nghị đối thoại tại nơi làm việc.",
         "2023-09-01", "2018..2023"),
        ("Nhiệm kỳ X Mặt trận Tổ quốc tỉnh (2019 - 2024), Mặt trận các cấp chủ trì phản biện xã hội 320 dự thảo văn bản.",
         "2024-09-01", "2019..2024"),
        ("Nhiệm kỳ Đại hội XII Công đoàn Việt Nam (2018 - 2023), các cấp tổ chức 320 hội nghị đối thoại tại nơi làm việc.",
         "2023-09-01", "2018..2023"),
        ("Nhiệm kỳ Đại hội XIII, cấp ủy các cấp đã kiểm tra 1.204 tổ chức đảng.", "2026-02-10", "2021..2025"),
    ],
)  # fmt: skip
def test_only_the_party_numbers_its_terms_by_its_congresses(text: str, published: str, period: str) -> None:
    assert [fact.period for fact in _facts(text, published)] == [period]


@pytest.mark.parametrize(
    ("span", "baseline"),
    [
        ("Nhiệm kỳ Đại hội XIII", "2016..2020"),
        ("Nhiệm kỳ 2016-2021", "2011..2016"),
        ("Nửa đầu nhiệm kỳ 2021-2026", None),
    ],
)
def test_terms_of_five_years_meet_in_a_year_and_parts_of_them_nowhere(
    span: str, baseline: str | None
) -> None:
    text = f"{span}, tỉnh tiếp 1.204 lượt công dân, tăng 120 lượt so với nhiệm kỳ trước."
    (fact,) = _facts(text, "2026-02-10")
    assert fact.comparison is not None
    assert (fact.comparison.amount, fact.comparison.baseline) == (120, baseline)


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (f"Sau 5 năm thực hiện Chỉ thị (2018 - 2023), tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2018..2023"]),
        (f"Từ năm 2018, tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2018.."]),
        (f"Từ đầu nhiệm kỳ 2020-2025, tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2020.."]),
        ("Năm 2023, tính đến ngày 5/1/2024, toàn tỉnh đã giải quyết 85 đơn khiếu nại.", "2024-01-20", ["2023"]),
        ("Năm 2022, tỉnh tiếp 300 lượt công dân; tính đến ngày 30/6/2023, tỉnh tiếp 120 lượt công dân.", "2023-12-10",
         ["2022", "2023-H1"]),
        (f"Sau 5 năm thực hiện Chỉ thị, tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2018..2022"]),
        (f"Tính đến ngày 30/6/2023, {A_TURN}.", "2023-12-10", ["2023-H1"]),
    ],
)  # fmt: skip
def test_a_day_of_counting_ends_the_period_named_ahead_of_it(
    text: str, published: str, periods: list[str]
) -> None:
    assert [fact.period for fact in _facts(text, published)] == periods


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("Từ năm 2019 qua Cổng dịch vụ công, tỉnh tiếp nhận 5.200 phản ánh, kiến nghị của người dân.", "2024-07-10",
         "2019.."),
        ("Từ năm 2023 qua đường bưu chính, tỉnh nhận 52 đơn khiếu nại.", "2023-12-10", "2023.."),
        ("Thanh tra tỉnh triển khai 4 cuộc thanh tra gối từ năm 2022 qua.", "2023-12-10", "2023"),
        ("Thanh tra tỉnh triển khai 4 cuộc thanh tra từ năm 2022 sang.", "2023-12-10", "2023"),
    ],
)  # fmt: skip
def test_what_comes_in_through_a_channel_is_not_carried_over(text: str, published: str, period: str) -> None:
    assert [fact.period for fact in _facts(text, published)] == [period]
