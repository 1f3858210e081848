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


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Hội Nông dân Nghệ An chọn xã Trung Thành (Yên Thành) làm điểm. Đến nay, hội viên hòa giải thành 976 vụ việc.",
            ["Nghệ An"],
        ),
        (
            "Trụ sở Tiếp công dân tỉnh tiếp 14 lượt, phần lớn ở huyện Đô Lương, huyện Yên Thành; nhận 12 đơn khiếu nại.",
            ["Nghệ An", "Nghệ An"],
        ),
        (
            "Tổ đại biểu HĐND tỉnh tiếp xúc cử tri tại huyện Yên Thành. Hội nghị ghi được 17 ý kiến của cử tri.",
            ["Yên Thành, Nghệ An"],
        ),
        (
            "Năm 2015, mở 3 lớp tập huấn hòa giải ở xã miền núi Quỳnh Trang.",
            ["Quỳnh Trang, Hoàng Mai, Nghệ An"],
        ),
        ("Sở Nội vụ tiếp 125 lượt công dân; nhận 20 đơn.", ["Sở Nội vụ, Nghệ An", "Sở Nội vụ, Nghệ An"]),
        ("UBND tỉnh tiếp 12 lượt công dân; Sở Nội vụ tiếp 5 lượt.", ["Nghệ An", "Sở Nội vụ, Nghệ An"]),
        (
            "Hai đơn vị báo cáo số liệu. Sở Nội vụ tiếp 5 lượt công dân; Thanh tra tỉnh tiếp 12 lượt.",
            ["Sở Nội vụ, Nghệ An", "Nghệ An"],
        ),
    ],
)
def test_places_as_papers_tell_them(text: str, places: list[str]) -> None:
    read = read_text(text, published="2015-12-20", source_province="Nghệ An")
    assert [fact.place for fact in read.facts] == places


def test_what_the_delegation_brings_together_is_of_the_province() -> None:
    read = read_text(
        "Trước kỳ họp, Đoàn ĐBQH tỉnh tổng hợp được 46 ý kiến của cử tri. Sáng 24/6, cử tri Yên Thành gửi 5 kiến nghị.",
        title="Đoàn đại biểu Quốc hội tiếp xúc cử tri huyện Yên Thành",
        published="2020-06-25",
        source_province="Nghệ An",
    )
    assert [fact.place for fact in read.facts] == ["Nghệ An", "Yên Thành, Nghệ An"]


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("Ở Sơn Lộc (Can Lộc, Hà Tĩnh), người dân hiến 3.200 m2 đất.", "Sơn Lộc, Can Lộc, Hà Tĩnh"),
        ("Vùng lũ Hà Linh (Hương Khê, Hà Tĩnh): người dân hiến 900 m2 đất.", "Hà Linh, Hương Khê, Hà Tĩnh"),
        ("Ông Trần Hà Linh (Hương Khê, Hà Tĩnh) hiến 900 m2 đất.", "Hương Khê, Hà Tĩnh"),
    ],
)
def test_a_commune_before_its_district_in_brackets_needs_no_kind(text: str, placed: str) -> None:
    assert _places(text) == [placed]


def test_a_number_ends_a_village_name_before_its_commune() -> None:
    text = (
        "Ông Lê Văn Tám (65 tuổi, thôn Yên Lược 2, xã Thọ Minh, Thọ Xuân, Thanh Hóa) hiến 500 m2 đất. "
        "Trước đó, gia đình ông hiến 200 m2 đất làm nhà văn hóa."
    )
    assert _places(text) == ["Yên Lược 2, Thọ Minh, Thọ Xuân, Thanh Hóa"] * 2


def test_villages_a_road_joins_are_not_where_the_figure_is() -> None:
    text = (
        "Xã Thọ Minh (Thọ Xuân, Thanh Hóa) làm xong đường nối 2 xóm Kim Tân – Hòa Hợp dài 1,2 km. "
        "Người dân hiến 900 m2 đất."
    )
    assert _places(text, "Hiến đất ở Thanh Hóa") == ["Thọ Minh, Thọ Xuân, Thanh Hóa"] * 2


def test_the_home_of_a_giver_is_not_the_province_of_the_text() -> None:
    text = (
        "Bà con phường Tân Bình hiến 2 sào đất. Chị Tuyết Anh ở Thủ Dầu Một (Bình Dương) hiến 1.000 m2 đất "
        "tại phường Tân Bình, TP Đồng Xoài."
    )
    assert _places(text) == ["Tân Bình, Đồng Xoài, Bình Phước"] * 2


def test_what_grows_besides_is_no_change_of_the_figure() -> None:
    [fact] = read_text("Ông Kiệt hiến 300 m2 đất, nhờ đó đường rộng gấp đôi.").facts
    assert fact.comparison is None


def test_the_village_of_a_giver_is_not_what_the_whole_commune_gave() -> None:
    text = "Toàn xã hiến 12.400 m2 đất. Trong đó, gia đình ông Vi Văn Thìn (bản Xốp) hiến 800 m2."
    facts = read_text(text, title="Hiến đất", source_province="Nghệ An").facts
    assert [(fact.place, fact.subset) for fact in facts] == [("Nghệ An", False), ("Xốp, Nghệ An", True)]


def test_a_commune_may_open_a_bracket_before_its_district() -> None:
    text = "Đồng bào ở bản Khe Giữa (Ngân Thủy, Lệ Thủy, Quảng Bình) hiến 4,5 ha đất."
    assert _places(text) == ["Khe Giữa, Ngân Thủy, Lệ Thủy, Quảng Bình"]


def test_a_village_told_of_after_another_is_of_the_same_commune() -> None:
    text = (
        "Thôn Yên Lược, xã Thọ Minh (Thọ Xuân, Thanh Hóa) hiến 500 m2 đất. Thôn Yên Trung hiến 700 m2, "
        "thôn Minh Thành 2 có 26 hộ hiến 900 m2."
    )
    commune = "Thọ Minh, Thọ Xuân, Thanh Hóa"
    villages = ["Yên Lược", "Yên Trung", "Minh Thành 2", "Minh Thành 2"]
    assert _places(text) == [f"{village}, {commune}" for village in villages]


def test_the_ends_of_a_road_are_not_where_land_was_given() -> None:
    text = "Đường từ thôn Khe Cam đến thôn Khe Đó rộng 5 m. Có 41 hộ dân hiến đất."
    assert _places(text, "Hiến đất ở Yên Bái") == ["Yên Bái"]


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


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("Năm 2019, xã Cô Mười tổ chức 5 cuộc đối thoại với nhân dân.", ["Cô Mười, Trà Lĩnh, Cao Bằng"]),
        (
            "Năm 2024, huyện Yên Thành (Nghệ An) vận động nhân dân hiến đất: nhiều nhất là Phúc Thành 1.200m2 đất, "
            "Mã Thành 640m2 đất; ông Hùng ở Tăng Thành (300m2).",
            [
                "Phúc Thành, Yên Thành, Nghệ An",
                "Mã Thành, Yên Thành, Nghệ An",
                "Tăng Thành, Yên Thành, Nghệ An",
            ],
        ),
        (
            "Căn cứ Quyết định số 217-QĐ/TU, ngày 27/01/2020 của Thành ủy Hải Phòng, tối ngày 17/10/2024 Chủ tịch UBND "
            "phường Gia Viên (Ngô Quyền) đối thoại với nhân dân. Hội nghị nhận 12 lượt ý kiến.",
            ["Gia Viên, Ngô Quyền, Hải Phòng"],
        ),
        (
            "Năm 2024, ở Lâm Hà (Lâm Đồng) có ông Khuê ở Tân Hà hiến 1.080m2 đất; bà Lan ở Mê Linh (3.000m2).",
            ["Tân Hà, Lâm Hà, Lâm Đồng", "Mê Linh, Lâm Hà, Lâm Đồng"],
        ),
        (
            "Năm 2024, xã Phúc Thành (Yên Thành, Nghệ An) làm tốt hòa giải ở cơ sở. Trưởng phòng Tư pháp cho hay, "
            "huyện đang có 395 tổ hòa giải.",
            ["Yên Thành, Nghệ An"],
        ),
        (
            "Trên đường liên huyện Yên Thành - Đô Lương, năm 2024 nhân dân xã Phúc Thành (Yên Thành, Nghệ An) hiến "
            "7.000m2 đất.",
            ["Phúc Thành, Yên Thành, Nghệ An"],
        ),
        (
            "Thực hiện Quyết định số 217-QĐ/TU, ngày 27/01/2020 của Thành ủy Hải Phòng, năm 2024 quận Ngô Quyền tổ chức "
            "12 cuộc đối thoại với nhân dân.",
            ["Ngô Quyền, Hải Phòng"],
        ),
    ],
)
def test_communes_without_their_kind_and_tiers_as_subjects(text: str, placed: list[str]) -> None:
    assert _places(text) == placed


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        (
            "Năm 2022, thôn Đông, xã Tân Hưng, huyện Vĩnh Bảo hiến 500m2 đất làm đường. Toàn xã hiến 4.000m2 đất.",
            ["Đông, Tân Hưng, Vĩnh Bảo, Hải Phòng", "Tân Hưng, Vĩnh Bảo, Hải Phòng"],
        ),
        (
            "Thôn Đông, xã Tân Hưng, huyện Vĩnh Bảo góp 90 ngày công làm đường; nhân dân trong xã góp 2.000 ngày công.",
            ["Đông, Tân Hưng, Vĩnh Bảo, Hải Phòng", "Tân Hưng, Vĩnh Bảo, Hải Phòng"],
        ),
        (
            "Thôn Đông, xã Tân Hưng, huyện Vĩnh Bảo hiến 500m2 đất. Được UBND xã giúp xi măng, thôn làm 1,2km đường.",
            ["Đông, Tân Hưng, Vĩnh Bảo, Hải Phòng", "Đông, Tân Hưng, Vĩnh Bảo, Hải Phòng"],
        ),
    ],
)
def test_the_whole_commune_is_more_than_the_village_told_of(text: str, placed: list[str]) -> None:
    assert _places(text) == placed


def test_the_whole_commune_may_bear_the_name_of_an_old_district() -> None:
    text = "Thôn Đông, xã Hoa Lư, tỉnh Ninh Bình hiến 500m2 đất làm đường; cả xã hiến 2.000m2 đất."
    assert _places(text, published="2025-12-20") == ["Đông, Hoa Lư, Ninh Bình", "Hoa Lư, Ninh Bình"]


@pytest.mark.parametrize(
    ("text", "published", "levels"),
    [
        ("Tháng 10/2025, Chư Sê tiếp 41 lượt công dân, Đức Cơ tiếp 36 lượt.", "2025-11-10", ["commune", "commune"]),
        ("Tháng 5/2025, Chư Sê tiếp 41 lượt công dân, Đức Cơ tiếp 36 lượt.", "2025-11-10", ["district", "district"]),
        ("Năm 2025, Chư Sê tiếp 41 lượt công dân, Đức Cơ tiếp 36 lượt.", "2025-04-10", ["district", "district"]),
        ("Năm 2025, huyện Chư Sê cũ tiếp 41 lượt công dân.", "2025-12-10", ["district"]),
        ("Quý IV/2025, nhiều xã tiếp dân nhiều như Chư Sê 61 lượt, Kbang 31 lượt.", "2026-01-10", ["commune", "commune"]),
    ],
)  # fmt: skip
def test_names_of_ended_districts_are_communes(text: str, published: str, levels: list[str]) -> None:
    read = read_text(text, published=published, source_province="Gia Lai")
    assert [fact.level for fact in read.facts] == levels


def test_communes_in_brackets_behind_some_that_did_well() -> None:
    text = "10 tháng năm 2025, toàn tỉnh hòa giải thành 1.015 vụ. Một số phường làm tốt như: Buôn Ma Thuột (41 vụ), Tuy Hòa (36 vụ)."
    read = read_text(text, published="2025-11-12", source_province="Đắk Lắk")
    assert [(fact.value, fact.place, fact.level) for fact in read.facts] == [
        (1015, "Đắk Lắk", "province"),
        (41, "Buôn Ma Thuột, Đắk Lắk", "commune"),
        (36, "Tuy Hòa, Đắk Lắk", "commune"),
    ]
