"""Which place a figure belongs to: lists of places, numbers in names, offices and what they have none of."""

from __future__ import annotations

import pytest

from extraction import read_text


def _places(text: str, title: str | None = None, published: str = "2024-12-20") -> list[str | None]:
    return [fact.place for fact in read_text(text, title=title, published=published).facts]


def test_a_list_of_places_rules_nothing_behind_it() -> None:
    text = (
        "Năm 2024, Nghệ An có 163 cuộc đối thoại với Nhân dân.\n"
        "Huyện Con Cuông tổ chức 4 cuộc; huyện Quỳ Châu 3 cuộc. Số ý kiến được giải quyết là 1.340 ý kiến."
    )
    assert _places(text) == ["Nghệ An", "Con Cuông, Nghệ An", "Quỳ Châu, Nghệ An", "Nghệ An"]


def test_one_place_that_opens_a_paragraph_rules_it() -> None:
    text = (
        "Năm 2024, Nghệ An có 163 cuộc đối thoại với Nhân dân.\n"
        "Huyện Con Cuông tổ chức 4 cuộc đối thoại. Qua đối thoại có 340 ý kiến."
    )
    assert _places(text) == ["Nghệ An", "Con Cuông, Nghệ An", "Con Cuông, Nghệ An"]


def test_places_named_ahead_take_the_numbers_in_turn() -> None:
    text = (
        "Năm 2024, các tổ hòa giải ở Nghệ An hòa giải thành 1.618 vụ việc. "
        "Con Cuông và Quỳ Châu là hai nơi làm tốt, lần lượt 71 và 64 vụ việc."
    )
    assert _places(text) == ["Nghệ An", "Con Cuông, Nghệ An", "Quỳ Châu, Nghệ An"]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Phường 1 có 4 cuộc đối thoại với Nhân dân.", "Phường 1, Sóc Trăng, Sóc Trăng"),
        ("Ở phường 2, khóm 3 là nơi có 4 cuộc đối thoại.", "Khóm 3, Phường 2, Sóc Trăng, Sóc Trăng"),
        ("Khối phường 12 cuộc đối thoại với Nhân dân.", "Sóc Trăng, Sóc Trăng"),
    ],
)
def test_wards_and_villages_are_called_by_numbers(sentence: str, place: str) -> None:
    title = "Thành phố Sóc Trăng (tỉnh Sóc Trăng) đối thoại với Nhân dân"
    assert _places(f"Năm 2024, {sentence[0].lower()}{sentence[1:]}", title) == [place]


def test_a_number_belongs_to_a_name_the_gazetteer_has() -> None:
    text = "Thành phố Huế có 96 cuộc đối thoại với Nhân dân, xã A Lưới 1 có 2 cuộc đối thoại, phường Thuận Hóa 6 cuộc."
    assert _places(text, published="2025-12-05") == ["Huế", "A Lưới 1, Huế", "Thuận Hóa, Huế"]


def test_a_subject_behind_a_comma_is_not_merged_into_another() -> None:
    text = "Năm 2025, sau khi sáp nhập với Bạc Liêu, tỉnh Cà Mau có 1.391 tổ hòa giải, 8.206 hòa giải viên."
    assert _places(text, published="2025-12-05") == ["Cà Mau", "Cà Mau"]


def test_a_zone_named_after_a_province_lies_in_it() -> None:
    text = "Công đoàn Khu kinh tế Hải Phòng có 149 đơn vị tổ chức hội nghị người lao động."
    assert _places(text) == ["Hải Phòng"]


def test_where_a_company_is_does_not_part_it_from_its_figures() -> None:
    text = (
        "Công ty Than Vàng Danh (TP Uông Bí, Quảng Ninh) lấy ý kiến thợ lò. "
        "Năm 2023, đơn vị tổ chức 4 cuộc đối thoại tại nơi làm việc."
    )
    assert _places(text, "Công ty Than Vàng Danh đối thoại với thợ lò") == [
        "Công ty Than Vàng Danh, Quảng Ninh"
    ]


def test_an_office_has_no_communes() -> None:
    text = "Sở Tư pháp tiếp 40 lượt công dân. Tỷ lệ xã, phường đạt chuẩn tiếp cận pháp luật là 92,4%."
    assert _places(text, "Thanh tra Sở Tư pháp Bến Tre") == ["Sở Tư pháp, Bến Tre", "Bến Tre"]


def test_a_body_of_the_province_acts_in_the_place_a_title_names() -> None:
    text = "Sáng 5/12, tổ đại biểu tiếp xúc 120 cử tri."
    title = "Đại biểu HĐND tỉnh Nghệ An tiếp xúc cử tri huyện Con Cuông"
    assert _places(text, title) == ["Con Cuông, Nghệ An"]
    assert _places(text, "Đại biểu HĐND tỉnh Nghệ An tiếp xúc cử tri") == ["Nghệ An"]


def test_parts_told_of_a_place_are_of_that_place() -> None:
    text = (
        "Năm 2024, đại biểu HĐND tỉnh Nghệ An tiếp xúc 340 cử tri ở các xã cánh Tây, cánh Trung huyện Con Cuông; "
        "80 cử tri tại 3 xã ven biển thị xã Hoàng Mai."
    )
    assert _places(text) == ["Con Cuông, Nghệ An", "Hoàng Mai, Nghệ An"]


def test_a_commune_named_without_its_kind_stands_ahead_of_its_district_in_brackets() -> None:
    text = "Năm 2024, ở Môn Sơn (Con Cuông, Nghệ An), 30 hộ dân hiến 8.000 m2 đất làm đường."
    assert _places(text) == ["Môn Sơn, Con Cuông, Nghệ An"] * 2
    person = "Năm 2024, ông Lê Văn Sơn (Đô Lương, Nghệ An) hiến 200 m2 đất làm đường."
    assert _places(person) == ["Đô Lương, Nghệ An"]


def test_those_who_came_to_a_meeting_are_of_the_place_where_it_was_held() -> None:
    held = (
        "Sáng 5/12, Thường trực HĐND tỉnh Nghệ An tổ chức hội nghị tiếp xúc cử tri trước kỳ họp cuối năm "
        "tại thị xã Hoàng Mai. Có 120 cử tri dự, nêu 15 ý kiến."
    )
    assert _places(held) == ["Hoàng Mai, Nghệ An"] * 2
    reviewed = (
        "Sáng 5/12, Sở Tư pháp tỉnh Nghệ An tổng kết công tác tuyên truyền, phổ biến pháp luật năm 2024 "
        "tại thành phố Vinh. Các cấp đã mở 40 buổi tuyên truyền với 9.000 người tham gia."
    )
    assert "Vinh, Nghệ An" not in _places(reviewed)
