"""A commune, district or village named once is meant by "toàn xã", "huyện nhà", "địa phương này" ever after."""

from __future__ import annotations

import pytest

from extraction import read_text

_LEAD = (
    "Đường về các làng quê của tỉnh hôm nay rộng rãi, sạch sẽ, khác hẳn những lối mòn lầy lội trước kia mỗi khi mùa mưa "
    "tới, hàng hóa không xe nào vào chở được.\n"
)


def _places(text: str, title: str = "Sức dân mở lối", published: str = "2019-06-20") -> list[str | None]:
    reading = read_text(text, title=title, published=published, source_province="Hà Tĩnh")
    return [fact.place for fact in reading.facts]


def test_the_whole_commune_is_the_one_named_before() -> None:
    text = (
        f"{_LEAD}Về xã Sơn Lễ, huyện Hương Sơn, ai cũng kể chuyện hiến đất.\n"
        "Từ năm 2017 đến nay, toàn xã có 96 hộ hiến 3.450m2 đất."
    )
    assert _places(text) == ["Sơn Lễ, Hương Sơn, Hà Tĩnh"] * 2


def test_who_speaks_names_the_commune_that_is_told_of_after() -> None:
    text = (
        f"{_LEAD}Theo ông Nguyễn Văn Sáu, Chủ tịch UBND xã Sơn Lễ, huyện Hương Sơn, dân tin vì mọi việc đều công khai.\n"
        "Từ đầu năm đến nay, xã bê tông hóa 4,6km đường, người dân hiến 2.900m2 đất."
    )
    assert _places(text) == ["Sơn Lễ, Hương Sơn, Hà Tĩnh"] * 2


@pytest.mark.parametrize("meant", ["huyện nhà", "toàn huyện"])
def test_the_district_is_the_one_named_before(meant: str) -> None:
    text = (
        f"{_LEAD}Huyện Hương Sơn là một trong những nơi hòa giải tốt.\n"
        f"Năm 2018, {meant} có 151 tổ hòa giải với 912 hòa giải viên.\n"
        "Tại xã Sơn Lễ, tổ hòa giải thôn Sơn Thủy hòa giải thành 6 vụ."
    )
    assert _places(text) == [
        "Hương Sơn, Hà Tĩnh",
        "Hương Sơn, Hà Tĩnh",
        "Sơn Thủy, Sơn Lễ, Hương Sơn, Hà Tĩnh",
    ]


def test_what_is_told_of_the_whole_rules_on() -> None:
    text = (
        "Huyện Hương Sơn vận động nhân dân hiến đất.\n"
        "Tiêu biểu là xã Sơn Lễ. Năm 2018, toàn xã có 96 hộ hiến 3.450m2 đất. Bà con còn góp 1.200 ngày công. "
        "Toàn huyện hiện có 120 tổ hòa giải. Các tổ hòa giải thành 90 vụ."
    )
    of_commune, of_district = "Sơn Lễ, Hương Sơn, Hà Tĩnh", "Hương Sơn, Hà Tĩnh"
    assert _places(text, "Chuyện ở huyện Hương Sơn") == [of_commune] * 3 + [of_district] * 2


def test_another_commune_takes_over() -> None:
    text = (
        f"{_LEAD}Ở xã Sơn Lễ, huyện Hương Sơn, đường thôn nào cũng rộng.\n"
        "Xã Sơn Tiến cùng huyện học theo. Bà con bàn bạc rồi cùng làm.\n"
        "Từ năm 2017 đến nay, toàn xã có 96 hộ hiến đất."
    )
    assert _places(text) == ["Sơn Tiến, Hương Sơn, Hà Tĩnh"]


def test_of_several_communes_listed_none_is_meant() -> None:
    text = (
        f"{_LEAD}Đường ở xã Sơn Lễ, xã Sơn Tiến và xã Sơn Hàm đều rộng.\n"
        "Từ năm 2017 đến nay, toàn xã có 96 hộ hiến đất."
    )
    assert _places(text) == ["Hà Tĩnh"]


def test_the_place_at_hand_is_the_one_told_of_last() -> None:
    text = (
        f"{_LEAD}Xã Sơn Lễ (huyện Hương Sơn) có 62 hộ hiến 3.100m2 đất.\n"
        "Ở địa phương này, nhân dân còn góp 700 ngày công."
    )
    assert _places(text) == ["Sơn Lễ, Hương Sơn, Hà Tĩnh"] * 3


def test_the_whole_village_lies_where_the_text_says_so() -> None:
    text = "Thôn Tân Lập, xã Sơn Lễ, huyện Hương Sơn vốn nghèo.\nNăm 2018, cả thôn hiến 2.300m2 đất."
    assert _places(text, "Chuyện ở thôn Tân Lập") == ["Tân Lập, Sơn Lễ, Hương Sơn, Hà Tĩnh"]


def test_a_commune_right_under_its_province_has_no_district() -> None:
    text = (
        "Tại thôn Đông Hải, xã Vinh Lộc, bà con góp 150 ngày công.\n"
        "Năm 2025, toàn thành phố công nhận 214 mô hình dân vận khéo."
    )
    reading = read_text(text, title="Dân vận khéo", published="2026-01-11", source_province="Huế")
    assert [fact.place for fact in reading.facts] == ["Đông Hải, Vinh Lộc, Huế", "Huế"]


@pytest.mark.parametrize(
    "passing",
    [
        "Đến dự hội nghị có đại diện xã Sơn Lễ (huyện Hương Sơn).",
        "Dịp này, đoàn tham quan mô hình tại xã Sơn Lễ (huyện Hương Sơn).",
        "Các đại biểu đến từ huyện Hương Sơn cùng trao đổi.",
    ],
)
def test_guests_and_visits_rule_nothing(passing: str) -> None:
    text = f"{passing} Năm 2018, Mặt trận các cấp chủ trì 312 cuộc giám sát."
    assert _places(text, "Hội nghị đại biểu nhân dân") == ["Hà Tĩnh"]


def test_a_district_of_one_word_stands_alone() -> None:
    text = "Năm 2023, toàn huyện công nhận 15 mô hình dân vận khéo; người dân hiến 8.700 m2 đất."
    reading = read_text(text, title="Kbang thi đua dân vận khéo", published="2023-12")
    assert [fact.place for fact in reading.facts] == ["KBang, Gia Lai"] * 2


def test_what_voters_of_a_commune_say_is_said_there() -> None:
    text = (
        "Sáng 19/6, đại biểu HĐND tỉnh tiếp xúc cử tri xã Sơn Lễ, huyện Hương Sơn.\n"
        "Cử tri nêu 16 ý kiến về đường giao thông."
    )
    assert _places(text, "Hội nghị tiếp xúc cử tri tại huyện Hương Sơn") == ["Sơn Lễ, Hương Sơn, Hà Tĩnh"]


def test_words_for_a_commune_mean_no_ward() -> None:
    text = (
        f"{_LEAD}Đơn cử như phường Nam Hà, Mặt trận chủ trì 3 cuộc giám sát.\n"
        "Đối với các dự án trên địa bàn xã, 107 công trình đã được Ban Giám sát đầu tư của cộng đồng giám sát."
    )
    assert _places(text)[-1] == "Hà Tĩnh"
