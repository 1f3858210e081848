"""Villages and communes that a report names once and goes back to by the bare name, and the period in force there."""

from __future__ import annotations

import pytest

from extraction import read_text

_THACH_HUNG = "Thạch Hưng, Thạch Hà, Hà Tĩnh"
_TAN_LOC = f"Tân Lộc, {_THACH_HUNG}"
_VILLAGE = "Sáng nay, bà Lê Thị Hòa dẫn khách đi dọc đường trục thôn Tân Lộc (xã Thạch Hưng, huyện Thạch Hà, Hà Tĩnh).\n"


def _places(
    title: str, text: str, published: str = "2019-05-10", source: str | None = None
) -> list[str | None]:
    return [f.place for f in read_text(text, title=title, published=published, source_province=source).facts]


def _periods(text: str, published: str, title: str = "Nhìn lại") -> list[str | None]:
    return [fact.period for fact in read_text(text, title=title, published=published).facts]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Con đường mới ở Tân Lộc", _TAN_LOC),
        ("Tân Lộc đổi thay", _TAN_LOC),
        ("Thạch Hưng nối những nhịp đường", _THACH_HUNG),
        ("Một buổi sáng ở Thạch Hưng", _THACH_HUNG),
    ],
)
def test_a_title_calls_a_place_by_its_bare_name(title: str, place: str) -> None:
    told = f"{_VILLAGE}Nhờ vậy năm 2018, 45 hộ dân hiến 3.200m2 đất."
    assert _places(title, told) == [place, place]


@pytest.mark.parametrize(
    "title", ["Chuyện làng", "Ông Nguyễn Tân Lộc hiến đất", "Tân Lộc, Thạch Hưng chung sức"]
)
def test_a_title_that_names_a_person_or_two_places_leaves_it_to_the_text(title: str) -> None:
    told = f"{_VILLAGE}Năm 2018 ở thôn Tân Lộc, 45 hộ dân hiến 3.200m2 đất."
    assert _places(title, told) == [_TAN_LOC, _TAN_LOC]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ở Tân Lộc, năm 2018 người dân hiến 3.200m2 đất.",
        "Năm 2018, dân Tân Lộc hiến 3.200m2 đất.",
        "Trở lại Tân Lộc, năm 2018 bà con hiến 3.200m2 đất.",
        "Tân Lộc là nơi hiến nhiều nhất năm 2018: 3.200m2 đất.",
        "Với Tân Lộc, năm 2018 là năm được mùa: bà con hiến 3.200m2 đất.",
        "Riêng Tân Lộc năm 2018 hiến 3.200m2 đất.",
    ],
)
def test_a_village_is_told_of_again_without_its_kind(sentence: str) -> None:
    text = f"{_VILLAGE}Toàn xã năm 2018 hòa giải thành 12/13 vụ.\n{sentence}"
    assert _places("Dân vận ở cơ sở", text) == [_THACH_HUNG, _TAN_LOC]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ông Trần Tân Lộc nhắc: năm 2018 cả huyện hiến 3.200m2 đất.",
        "Doanh nghiệp Tân Lộc Phát góp máy, năm 2018 cả huyện hiến 3.200m2 đất.",
    ],
)
def test_another_name_is_not_the_village(sentence: str) -> None:
    text = f"{_VILLAGE}Toàn xã năm 2018 hòa giải thành 12/13 vụ.\n{sentence}"
    assert _places("Dân vận ở cơ sở", text)[1:] == ["Thạch Hà, Hà Tĩnh"]


def test_a_commune_bears_the_name_of_an_ended_district() -> None:
    text = (
        "Xã Trấn Yên đối thoại 5 cuộc trong năm 2025, toàn tỉnh Lào Cai 241 cuộc.\n"
        "Năm 2025, dân Trấn Yên hiến 26.800m2 đất làm đường."
    )
    assert _places("Lào Cai: Dân vận", text, "2026-01-14") == [
        "Trấn Yên, Lào Cai",
        "Lào Cai",
        "Trấn Yên, Lào Cai",
    ]


def test_a_village_stands_before_its_commune_in_brackets() -> None:
    text = (
        "Trưởng bản Lò Văn Pâng ở Phiêng Cẩm (xã Mường Cang, huyện Than Uyên, Lai Châu) lau mồ hôi.\n"
        "Năm 2020, Phiêng Cẩm có 33 hộ hiến 8.200m2 đất.\n"
        "Năm 2020, xã Mường Cang hòa giải thành 7 vụ."
    )
    place = "Mường Cang, Than Uyên, Lai Châu"
    assert _places("Đường lên nương", text, "2021-02-02") == [f"Phiêng Cẩm, {place}"] * 2 + [place]


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Chủ tịch UBND xã Tri Tôn cho biết: xã tiếp 120 lượt công dân.", ["Tri Tôn, An Giang"]),
        ("Bí thư Đảng ủy xã Óc Eo, ông Trần Văn Hai, kể: xã tiếp 120 lượt công dân.", ["Óc Eo, An Giang"]),
        ("Chủ tịch UBND xã Tri Tôn cho biết, toàn tỉnh tiếp 9.120 lượt công dân.", ["An Giang"]),
    ],
)
def test_who_speaks_of_his_commune(sentence: str, places: list[str]) -> None:
    text = f"Quý III, toàn tỉnh tiếp 9.120 lượt công dân.\n{sentence}"
    assert _places("An Giang: Tiếp công dân", text, "2025-10-17")[1:] == places


def test_a_place_that_opens_a_later_sentence_takes_over_from_one_without_figures() -> None:
    text = (
        "Bản Nà Phạ, xã Nậm Lành từng chỉ có lối mòn.\n"
        "Nậm Lành không phải cá biệt. Năm 2020, huyện Văn Chấn làm 96km đường. Nhân dân đã hiến 182.600m2 đất."
    )
    assert _places("Đường mở đến đâu", text, "2020-11-05", "Yên Bái")[-1] == "Văn Chấn, Yên Bái"


def test_fronts_of_tiers_and_numbers_in_turn() -> None:
    text = (
        "Năm 2018, mặt trận huyện Phú Ninh giám sát 34 cuộc. Mặt trận tỉnh giám sát 133 cuộc.\n"
        "Trảng Bom và Thống Nhất, theo thứ tự, giám sát 12 cuộc và 15 cuộc."
    )
    assert _places("Mặt trận Quảng Nam giám sát", text)[:2] == ["Phú Ninh, Quảng Nam", "Quảng Nam"]
    told = "Năm 2023, Trảng Bom và Thống Nhất theo thứ tự tiếp 702 lượt và 455 lượt công dân."
    assert _places("Tiếp công dân", told, "2024-01-09", "Đồng Nai") == [
        "Trảng Bom, Đồng Nai",
        "Thống Nhất, Đồng Nai",
    ]


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        ("Từ tháng 1 đến tháng 10 năm nay, toàn tỉnh tiếp 430 lượt công dân.", "2020-12-08", ["2020-YTD10"]),
        ("Từ tháng 2 đến hết tháng 9 năm nay, toàn tỉnh tiếp 430 lượt công dân.", "2020-12-08", ["2020-02..2020-09"]),
        ("Trong năm 2017, xã tiếp 62 lượt công dân. Năm trước đó, xã tiếp 19 lượt.", "2018-03-14", ["2017", "2016"]),
        ("Mấy năm trước, đường còn lầy. Bà con hiến 380m2 đất làm đường.", "2019-12-19", ["2019"]),
        ("Năm ngoái, bà con hiến 380m2 đất làm đường.", "2019-12-19", ["2018"]),
        ("Năm 2025, tỉnh tiếp 900 lượt công dân. Bước sang quý I/2026, tỉnh đã tiếp 210 lượt.", "2026-04-02", ["2025", "2026-Q1"]),
        ("Tháng 7, tỷ lệ hồ sơ đúng hạn mới 89,4%, sang tháng 9 lên 98,6%.", "2025-10-17", ["2025-07", "2025-09"]),
        # an earlier year told beside the one that a review in January is of
        (
            "Toàn tỉnh tiếp 4.126 lượt công dân, nhận 5.340 đơn.\n"
            "Xã Phước Hòa từng nhận 30 đơn trong năm 2022. Sang năm 2023, xã nhận 12 đơn.",
            "2024-01-12",
            ["2023", "2023", "2022", "2023"],
        ),
        # the only year that a text names
        ("Toàn tỉnh tiếp 4.126 lượt công dân.\nKết quả ấy của năm 2022 là đáng mừng.", "2024-01-12", ["2022"]),
    ],
)  # fmt: skip
def test_periods_of_reports(text: str, published: str, periods: list[str | None]) -> None:
    assert _periods(text, published) == periods


def test_a_village_lies_in_the_commune_that_the_text_names() -> None:
    text = (
        "Ông Lê Văn Thọ, trưởng thôn Yên Lạc, mở cuốn sổ ghi chép. Thôn ở xã Yên Thọ, huyện Như Thanh.\n"
        "Năm 2022, cả thôn hiến 2.400m2 đất làm đường.\n"
        "Cùng năm, toàn xã có 132 hộ hiến đất."
    )
    commune = "Yên Thọ, Như Thanh, Thanh Hóa"
    assert _places("Nơi dân bàn trước", text, "2023-11-21", "Thanh Hóa") == [f"Yên Lạc, {commune}", commune]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Năm 2023, các tổ hòa giải trong huyện nhận 168 vụ.", "Vị Xuyên, Hà Giang"),
        ("Năm 2023, 9 tổ hòa giải của xã được kiện toàn.", "Thanh Thủy, Vị Xuyên, Hà Giang"),
        ("Đối với các vụ trên địa bàn xã, năm 2023 hòa giải thành 12 vụ.", "Thanh Thủy, Vị Xuyên, Hà Giang"),
    ],
)
def test_a_district_behind_its_commune_only_says_where_it_lies(sentence: str, place: str) -> None:
    text = f"Xã Thanh Thủy nằm sát cột mốc 261 thuộc huyện Vị Xuyên, tỉnh Hà Giang. {sentence}"
    assert _places("Hòa giải vùng biên", text, "2024-08-15") == [place]


def test_a_commune_that_bears_the_name_of_another_province() -> None:
    text = (
        "Xã Bình Phước (huyện Mang Thít) năm 2022 có 12 mô hình dân vận khéo.\n"
        "Toàn tỉnh năm 2022 xây dựng 1.204 mô hình dân vận khéo.\n"
        "Riêng Bình Phước nhân dân hiến thêm 2.100m2 đất."
    )
    places = _places("Dân vận khéo", text, "2022-11-28", "Vĩnh Long")
    assert places[0] == places[2] == "Bình Phước, Mang Thít, Vĩnh Long"


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (
            "Nửa đầu năm, toàn huyện hòa giải 168 vụ, thành 141 vụ; cùng kỳ năm 2023 hòa giải 190 vụ, thành 150 vụ.",
            "2024-08-15",
            ["2024-H1", "2024-H1", "2023-H1", "2023-H1"],
        ),
        (
            "Bộ phận một cửa phường giải quyết 6.240 hồ sơ.\nTrước khi có mô hình, năm 2019, phường giải quyết 4.100 hồ sơ.",
            "2021-08-20",
            ["2021", "2019"],
        ),
        # an earlier year that ends with its item, where the title alone names the period
        (
            "3. Tiếp dân: xã tiếp 46 lượt công dân. Năm 2021: tiếp 58 lượt.\n4. Hòa giải: hòa giải thành 11 vụ.",
            "2022-12-05",
            ["2022", "2021", "2022"],
        ),
        # what began in a year goes on behind that year
        (
            "Từ cuối năm 2023 đến nay, tỉnh tiếp 628 lượt công dân.\nNăm 2023, tỉnh tiếp 500 lượt.\nHuyện tiếp 58 lượt.",
            "2024-07-10",
            ["2023..", "2023", "2023.."],
        ),
        ("Chốt đến ngày 30/6/2020, toàn tỉnh có 912 tổ hòa giải.", "2020-08-11", ["2020-H1"]),
        ("Chốt số liệu đến 31/3/2024, xã tiếp 46 lượt công dân.", "2024-04-11", ["2024-Q1"]),
        # how long something lasted, and an age
        ("9 tháng, xã tiếp 46 lượt công dân. Tổ tự quản giữ được 12 tháng không mất trộm. Xã nhận 9 đơn.", "2025-09-30", ["2025-9M"] * 2),
        ("Năm qua xã tiếp 46 lượt công dân. Xã mới 6 tháng tuổi. Dân hiến 900m2 đất làm đường.", "2025-12-30", ["2025"] * 2),
    ],
)  # fmt: skip
def test_earlier_levels_told_for_themselves(text: str, published: str, periods: list[str]) -> None:
    assert _periods(text, published) == periods


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Năm 2020, hơn 1.500 hương ước đang có hiệu lực trên toàn tỉnh Lào Cai.", "Lào Cai"),
        ("Năm 2020 có 512 kiến nghị sau giám sát mà mặt trận các cấp tỉnh Lào Cai gửi đi.", "Lào Cai"),
        ("Năm 2020 có 61 kiến nghị sau giám sát do Mặt trận huyện Bảo Yên gửi đi.", "Bảo Yên, Lào Cai"),
        ("Năm 2020, 11 hương ước của bản được sửa.", "Nghĩa Đô, Bảo Yên, Lào Cai"),
    ],
)
def test_a_place_told_behind_what_it_has(sentence: str, place: str) -> None:
    text = f"Xã Nghĩa Đô, huyện Bảo Yên (Lào Cai) có 11 bản.\n{sentence}"
    assert _places("Nghĩa Đô đổi mới", text, "2021-01-20")[-1] == place


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("UBND xã tiếp 46 lượt công dân.", "Quảng Minh, Hải Hà, Quảng Ninh"),
        ("Ở xã, 12 thôn đều có tổ hòa giải, nhận 31 vụ.", "Quảng Minh, Hải Hà, Quảng Ninh"),
        ("Ở huyện, các tổ hòa giải nhận 310 vụ.", "Hải Hà, Quảng Ninh"),
        ("Tổ hòa giải nhận 3 vụ.", "Đông Thành, Quảng Minh, Hải Hà, Quảng Ninh"),
    ],
)
def test_from_a_village_to_its_commune(sentence: str, place: str) -> None:
    text = f"Thôn Đông Thành thuộc xã Quảng Minh, huyện Hải Hà, rộng rãi.\nNăm 2017, thôn hòa giải thành 4 vụ.\n{sentence}"
    assert _places("Chuyện ở thôn Đông Thành", text, "2018-08-10", "Quảng Ninh")[-1] == place
