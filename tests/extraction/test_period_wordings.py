"""Periods in the many words that reports and pages have for them, and the years told behind each number of a list."""

from __future__ import annotations

import pytest

from extraction import read_text

A_TURN = "tỉnh Ninh Bình tiếp 90 lượt công dân."
A_COMMUNE = "xã Thanh Liêm (tỉnh Ninh Bình) tiếp 90 lượt công dân."


def _periods(text: str, published: str | None, title: str | None = None) -> list[str | None]:
    return [fact.period for fact in read_text(text, title=title, published=published).facts]


@pytest.mark.parametrize(
    ("opening", "published", "period"),
    [
        # months since the communes began anew, and since any day
        ("Bốn tháng đầu tiên (từ 1/7 đến 31/10/2025)", "2025-11-06", "2025-07..2025-10"),
        ("4 tháng kể từ ngày 1/7", "2025-11-06", "2025-07..2025-10"),
        ("4 tháng kể từ ngày 1/7/2025", "2025-11-06", "2025-07..2025-10"),
        ("Ba tháng đầu đi vào hoạt động", "2025-10-06", "2025-Q3"),
        ("Ba tháng sau hợp nhất", "2025-10-12", "2025-Q3"),
        ("Nửa năm sau sáp nhập", "2026-01-06", "2025-H2"),
        ("Sáu tháng sau ngày sáp nhập", "2026-01-06", "2025-H2"),
        ("Sau hơn 3 tháng vận hành", "2025-10-12", "2025-07.."),
        ("Sau 100 ngày vận hành chính quyền hai cấp", "2025-10-12", "2025-07..2025-10"),
        ("Từ khi sáp nhập xã", "2025-10-12", "2025-07.."),
        ("Từ ngày vận hành chính quyền hai cấp đến nay", "2025-10-12", "2025-07.."),
        ("Sau hơn ba tháng vận hành chính quyền 2 cấp", "2025-10-12", "2025-07.."),
        ("Từ 1/7 đến hết năm", "2026-01-10", "2025-H2"),
        ("Hai quý cuối năm 2025", "2026-01-10", "2025-H2"),
        ("Quý I và tháng 4/2026", "2026-05-05", "2026-YTD04"),
        ("Quý I, tháng 4 và tháng 5/2026", "2026-06-05", "2026-YTD05"),
        ("Một năm vận hành chính quyền hai cấp", "2026-07-10", "2025-07..2026-06"),
        ("Từ đầu tháng 7/2025 đến nay", "2025-10-12", "2025-07.."),
        ("Kể từ 1/7", "2025-10-12", "2025-07.."),
        ("Trong ba tháng (7, 8 và 9/2025)", "2025-10-12", "2025-Q3"),
    ],
)
def test_months_since_something_began(opening: str, published: str, period: str) -> None:
    assert _periods(f"{opening}, {A_COMMUNE}", published) == [period]


@pytest.mark.parametrize(
    ("opening", "published", "period"),
    [
        ("Nửa năm nhìn lại", "2025-07-12", "2025-H1"),
        ("Nửa cuối năm ngoái", "2025-03-12", "2024-H2"),
        ("9 tháng đầu năm ngoái", "2025-09-12", "2024-9M"),
        ("Từ đầu năm 2025 tới giữa tháng 5", "2025-06-06", "2025-YTD05"),
        ("Tính đến 15/11", "2025-11-20", "2025-YTD11"),
        ("Tính đến ngày 15 tháng 11 năm 2025", "2025-11-20", "2025-YTD11"),
        ("Từ kỳ họp cuối năm 2024 đến nay", "2025-07-06", "2024-12.."),
        ("Từ sau kỳ họp giữa năm 2024 đến nay", "2024-11-06", "2024-07.."),
        ("T7/2024", "2024-08-22", "2024-07"),
        ("Tháng bảy", "2024-08-22", "2024-07"),
        ("Tháng mười hai", "2025-01-02", "2024-12"),
        ("QII/2024", "2024-08-22", "2024-Q2"),
    ],
)
def test_parts_of_a_year(opening: str, published: str, period: str) -> None:
    assert _periods(f"{opening}, {A_TURN}", published) == [period]


@pytest.mark.parametrize("joined", ["quý III, 9 tháng", "quý III và 9 tháng", "quý III - 9 tháng"])
def test_of_two_reviews_in_a_title_the_longer_one_rules(joined: str) -> None:
    assert _periods(
        "Toàn tỉnh tiếp 210 lượt công dân.", "2025-10-06", f"Hà Nam: tiếp công dân {joined} năm 2025"
    ) == ["2025-9M"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Tỉnh Cà Mau tiếp 819 lượt công dân năm 2022, 830 lượt năm 2023 và 845 lượt năm 2024.", ["2022", "2023", "2024"]),
        ("Tỉnh Cà Mau tiếp 819 lượt công dân (năm 2022), 830 lượt (năm 2023).", ["2022", "2023"]),
        ("Trong 3 năm, tỉnh Cà Mau tiếp 819 lượt năm 2022, 830 lượt năm 2023, 845 lượt năm 2024.", ["2022", "2023", "2024"]),
        ("Năm 2022 tỉnh Cà Mau tiếp 819 lượt công dân, năm 2023 tiếp 830 lượt, năm 2024 là 845 lượt.", ["2022", "2023", "2024"]),
        ("Năm 2023, tỉnh Cà Mau tiếp 819 lượt công dân, nhận 210 đơn; năm 2022 tiếp 830 lượt.", ["2023", "2023", "2022"]),
    ],
)  # fmt: skip
def test_each_number_of_a_list_has_its_year(text: str, periods: list[str]) -> None:
    assert _periods(text, "2025-02-03") == periods


@pytest.mark.parametrize(
    ("aside", "period"),
    [
        ("Sau lũ tháng 7/2025, nhiều nơi khắc phục hậu quả.", "2025"),
        ("Xã Trung Sơn mới 6 tháng tuổi.", "2025"),
        ("Trước cơn bão tháng 9/2025, bà con đã chủ động.", "2025"),
    ],
)
def test_what_only_dates_something_rules_nothing_after_it(aside: str, period: str) -> None:
    text = f"Năm 2025, tỉnh Nghệ An tiếp 210 lượt công dân.\n\n{aside} Toàn tỉnh hòa giải thành 96 vụ."
    assert _periods(text, "2026-01-16") == ["2025", period]


@pytest.mark.parametrize(
    ("began", "period"),
    [
        ("thành lập từ 1/7/2025", "2025-07.."),
        ("ra mắt ngày 1/7", "2025-07.."),
        ("có bộ mặt mới", "2026-YTD04"),
    ],
)
def test_since_then_goes_back_to_the_day_told(began: str, period: str) -> None:
    text = f"Phường Quy Nhơn (Gia Lai) {began}.\n\nTừ đó đến nay, phường tiếp 96 lượt công dân."
    assert _periods(text, "2026-04-14") == [period]


def test_a_part_of_the_months_reported_ends_with_its_paragraph() -> None:
    text = (
        "10 tháng năm 2025, tỉnh Hà Nam tiếp 400 lượt công dân.\n\nTrong quý III, toàn tỉnh tiếp 90 lượt công dân.\n\n"
        "Các huyện hòa giải thành 120 vụ."
    )
    assert _periods(text, "2025-11-06") == ["2025-YTD10", "2025-Q3", "2025-YTD10"]


def test_a_year_set_against_the_one_at_hand_says_nothing_of_what_was_told_before() -> None:
    text = (
        "Phòng Tư pháp huyện Hữu Lũng (Lạng Sơn) mở 26 hội nghị tuyên truyền pháp luật.\n\n"
        "Năm 2018 hòa giải thành 131 vụ; từ đầu năm đến nay mới hòa giải thành 103 vụ."
    )
    assert _periods(text, "2019-11-20") == ["2019-YTD11", "2018", "2019-YTD11"]


@pytest.mark.parametrize(
    ("opening", "published", "period"),
    [
        ("Cách đây 2 năm", "2024-10-13", "2022"),
        ("Hai năm trước", "2024-10-13", "2022"),
        ("Năm kia", "2024-10-13", "2022"),
        ("10 năm thực hiện Chỉ thị số 30, từ 2013 đến 2023", "2024-08-06", "2013..2023"),
        ("Chiều 5/1, tỉnh triển khai nhiệm vụ năm 2025. Năm qua", "2025-01-06", "2024"),
    ],
)
def test_years_told_from_the_day_of_publication(opening: str, published: str, period: str) -> None:
    assert _periods(f"{opening}, {A_TURN}", published) == [period]


@pytest.mark.parametrize(
    ("lead", "published", "period"),
    [
        ("Chiều 5/1, UBND tỉnh Hà Nam tổ chức hội nghị triển khai nhiệm vụ năm 2025.", "2025-01-06", "2024"),
        ("Chiều 5/7, UBND tỉnh Hà Nam triển khai nhiệm vụ 6 tháng cuối năm.", "2024-07-06", "2024-H1"),
        ("Đại hội lần thứ XV Mặt trận tỉnh Hà Nam, nhiệm kỳ 2024-2029.", "2024-08-06", "2019..2024"),
        ("Đại hội đại biểu Mặt trận tỉnh Hà Nam, nhiệm kỳ 2024-2029. Nhiệm kỳ qua có nhiều đổi mới.", "2024-08-06", "2019..2024"),
    ],
)  # fmt: skip
def test_a_meeting_that_looks_ahead_reviews_what_is_over(lead: str, published: str, period: str) -> None:
    assert _periods(f"{lead}\n\nToàn tỉnh tiếp 90 lượt công dân.", published) == [period]
