"""Periods that go back to one named before, levels of earlier years beside them, and places of which nothing is told."""

from __future__ import annotations

import pytest

from extraction import read_text


def _read(
    text: str, published: str, outlet: str = "Bắc Giang", title: str | None = None
) -> list[tuple[str | None, ...]]:
    facts = read_text(text, title=title, published=published, source_province=outlet).facts
    return [(fact.period, fact.place) for fact in sorted(facts, key=lambda fact: fact.start)]


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        # the quarter, the months, the year named last
        (
            "Hết quý I, các xã tiếp 88 lượt công dân.\n\nQuý này các tổ hòa giải hòa giải thành 31 vụ việc.",
            "2025-04-09",
            ["2025-Q1", "2025-Q1"],
        ),
        (
            "Từ tháng 7 đến tháng 11/2025, phường tiếp 88 lượt công dân.\n\nCũng 5 tháng ấy, toàn tỉnh tiếp 4.016 lượt công dân.",
            "2025-12-16",
            ["2025-07..2025-11", "2025-07..2025-11"],
        ),
        (
            "Năm 2023, các xã tiếp 88 lượt công dân, kém 12 lượt so với năm 2022.\n\n"
            "Cũng năm đó, các tổ hòa giải hòa giải thành 31 vụ việc.",
            "2025-03-09",
            ["2023", "2023"],
        ),
        # a year told in passing of something else goes no further than its sentence
        (
            "Mười tháng năm 2018, các xã tiếp 88 lượt công dân.\n\nTrời năm ấy mưa nhiều. Các tổ hòa giải thành 31 vụ việc.",
            "2018-11-12",
            ["2018-YTD10", "2018-YTD10"],
        ),
        # months and halves by other words
        ("Tháng đầu năm 2026, các xã tiếp 88 lượt công dân.", "2026-02-13", ["2026-01"]),
        ("Tháng 1 đến tháng 6-2024, các xã tiếp 88 lượt công dân.", "2024-07-22", ["2024-H1"]),
        (
            "Nửa sau năm 2025, sáu tháng đầu tiên của xã mới, xã tiếp 88 lượt công dân.",
            "2026-01-15",
            ["2025-H2"],
        ),
        ("Đến hết tháng 10/2025, từ đầu năm, các xã tiếp 88 lượt công dân.", "2025-11-06", ["2025-YTD10"]),
        ("Hồi năm 2024, các xã tiếp 88 lượt công dân.", "2026-02-11", ["2024"]),
        # what only looks like a period
        ("Họp báo đầu năm, Sở Tư pháp cho biết toàn tỉnh có 812 tổ hòa giải.", "2023-01-31", ["2022"]),
        (
            "Năm 2022, các xã tiếp 88 lượt công dân, ít nhất trong năm năm. Các tổ hòa giải hòa giải thành 31 vụ việc.",
            "2023-05-10",
            ["2022", "2022"],
        ),
        (
            "Trong số 217 vụ việc hòa giải của huyện năm 2023, các tổ hòa giải hòa giải thành 186 vụ việc.",
            "2024-01-22",
            ["2023", "2023"],
        ),
    ],
)
def test_periods_go_back_to_what_was_named(text: str, published: str, periods: list[str]) -> None:
    assert [period for period, _ in _read(text, published)] == periods


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (
            "Năm 2023, tỉnh lấy ý kiến nhân dân 318 đợt, ít hơn 352 đợt của năm trước. Các xã tiếp 88 lượt công dân.",
            "2024-01-30",
            ["2023", "2022", "2023"],
        ),
        (
            "Năm 2018, khiếu nại thuộc thẩm quyền giảm còn 142 vụ từ 181 vụ của năm 2017. Các xã tiếp 88 lượt công dân.",
            "2018-12-19",
            ["2018", "2017", "2018"],
        ),
        (
            "9 tháng năm 2024, các xã tiếp nhận 203 đơn. So cùng kỳ năm 2023, khi đó tiếp nhận 218 đơn, thuộc thẩm quyền 121 đơn.",
            "2024-10-25",
            ["2024-9M", "2023-9M", "2023-9M"],
        ),
        (
            "Năm 2020, có 176 kiến nghị cử tri được giải quyết.\n\nSo với năm 2019: giải quyết 158 kiến nghị cử tri, tỷ lệ 79%.",
            "2020-12-01",
            ["2020", "2019", "2019"],
        ),
        (
            "Cả tỉnh có 94,2% xã công khai đầy đủ trong khi năm liền trước dừng ở 91,5%. Các xã tiếp 88 lượt công dân.",
            "2020-12-04",
            ["2020", "2019", "2020"],
        ),
        (
            "Năm 2025, mức độ hài lòng của người dân đạt 86,71%. Chỉ số hài lòng của năm trước: 84,05%.",
            "2026-02-06",
            ["2025", "2024"],
        ),
    ],
)
def test_levels_of_earlier_years_are_of_theirs(text: str, published: str, periods: list[str]) -> None:
    assert [period for period, _ in _read(text, published)] == periods


def test_a_sentence_may_say_of_whom_before_it_says_that_it_is_of_the_year_before() -> None:
    text = "Khánh Hòa tháng 9 giải quyết 88% vụ khiếu nại. Ninh Thuận cùng kỳ năm 2024 giải quyết 90,5% vụ khiếu nại."
    assert _read(text, "2025-10-03", "Khánh Hòa") == [("2025-09", "Khánh Hòa"), ("2024-09", "Ninh Thuận")]


@pytest.mark.parametrize(
    ("text", "published", "outlet", "places"),
    [
        # provinces that were merged into another
        (
            "Trụ sở Tiếp công dân tỉnh sau hợp nhất Bạc Liêu cho biết, 10 tháng tiếp 1.487 lượt công dân.",
            "2025-11-06",
            "Cà Mau",
            ["Cà Mau"],
        ),
        (
            "Toàn An Giang (sau khi nhận thêm Kiên Giang) tiếp 88 lượt công dân.",
            "2025-11-25",
            "An Giang",
            ["An Giang"],
        ),
        ("Sau sáp nhập Thái Nguyên có 812 tổ hòa giải.", "2025-11-25", None, ["Thái Nguyên"]),
        # where somebody lives who speaks
        (
            "Năm 2019, Khánh Hòa tiếp 88 lượt công dân.\n\nÔng Phan Thanh Liêm (TP Cam Ranh) vẫn nhớ buổi gặp. Có 12 cuộc đối thoại.",
            "2020-01-09",
            "Khánh Hòa",
            ["Khánh Hòa", "Khánh Hòa"],
        ),
        # figures told ahead of any place are of the province of the outlet
        (
            "Kết quả năm 2024: 93,6% số xã đạt chuẩn tiếp cận pháp luật. Thị xã Đức Phổ: 100%.",
            "2025-03-14",
            "Quảng Ngãi",
            ["Quảng Ngãi", "Đức Phổ, Quảng Ngãi"],
        ),
        # counts of wards are no wards
        (
            "Năm 2025, Ban Chỉ đạo tỉnh kiểm tra 4 cuộc, Ban Chỉ đạo xã, phường 98 cuộc. Các xã tiếp 88 lượt công dân.",
            "2025-12-17",
            "Lạng Sơn",
            ["Lạng Sơn", "Lạng Sơn", "Lạng Sơn"],
        ),
        # a department that only tells
        (
            "Sở Tư pháp: nhận 2.044 vụ việc hòa giải. Toàn tỉnh có 812 tổ hòa giải.",
            "2023-05-31",
            "Gia Lai",
            ["Gia Lai", "Gia Lai"],
        ),
        # back to the province
        (
            "Năm 2020, huyện Cẩm Khê có 29 thỏa ước lao động tập thể. Phú Thọ có 521 thỏa ước lao động tập thể. "
            "Các xã tiếp 88 lượt công dân.",
            "2021-01-25",
            "Phú Thọ",
            ["Cẩm Khê, Phú Thọ", "Phú Thọ", "Phú Thọ"],
        ),
        # communes by their bare names, of districts that are named
        (
            "Năm 2018, huyện Châu Đức có 133 cuộc giám sát của ban thanh tra nhân dân.\n\n"
            "Xà Bang dẫn đầu với 15 cuộc giám sát của ban thanh tra nhân dân.",
            "2019-01-09",
            "Bà Rịa - Vũng Tàu",
            ["Châu Đức, Bà Rịa - Vũng Tàu", "Xà Bang, Châu Đức, Bà Rịa - Vũng Tàu"],
        ),
        (
            "Phóng viên dự giao ban năm xã ven biển Diễn Châu. Trụ sở tiếp công dân huyện đón 6 đoàn đông người.",
            "2023-11-20",
            "Nghệ An",
            ["Diễn Châu, Nghệ An"],
        ),
    ],
)
def test_places_of_which_nothing_is_told(
    text: str, published: str, outlet: str | None, places: list[str]
) -> None:
    facts = read_text(text, published=published, source_province=outlet).facts
    assert [fact.place for fact in sorted(facts, key=lambda fact: fact.start)] == places


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Năm 2022, Mặt trận các cấp giám sát 612 cuộc, nhiều hơn năm trước đó 48 cuộc.", [("increase", 48)]),
        ("Năm 2022, các xã tiếp 612 lượt công dân, nhỉnh thêm 48 lượt so với năm ngoái.", [("increase", 48)]),
        (
            "Năm 2022, thụ lý 214 vụ khiếu nại thuộc thẩm quyền, trội hơn 17 vụ so với năm 2021.",
            [("increase", 17)],
        ),
        ("Tháng 11/2019, các xã tiếp 26 lượt công dân, thua tháng 10 4 lượt.", [("decrease", 4)]),
        ("Năm 2024, các xã tiếp 444 lượt công dân, nhiều hơn cuối năm 2023 là 9 lượt.", [("increase", 9)]),
        ("Năm 2022, các xã tiếp 612 lượt công dân, vơi 48 lượt so với năm ngoái.", [("decrease", 48)]),
        ("Năm 2022, các xã tiếp 612 lượt công dân, giảm một phần tư so với năm ngoái.", [("decrease", None)]),
    ],
)
def test_changes_by_other_verbs(text: str, changes: list[tuple[str, float] | None]) -> None:
    facts = read_text(text, published="2024-12-20", source_province="Nghệ An").facts
    found = [fact.comparison for fact in sorted(facts, key=lambda fact: fact.start)]
    assert [change and (change.direction, change.amount) for change in found] == changes
