"""Which period and which place a figure belongs to."""

from __future__ import annotations

import pytest

from extraction import read_text

A_TURN = "toàn tỉnh tiếp 500 lượt công dân"


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (f"Năm 2023, {A_TURN}.", None, ["2023"]),
        (f"Từ đầu năm đến nay, {A_TURN}.", "2024-08-04", ["2024-YTD07"]),
        (f"Từ đầu năm đến nay, {A_TURN}.", "2024-08-14", ["2024-YTD08"]),
        (f"Từ đầu năm đến nay, {A_TURN}.", "2024", ["2024"]),
        (f"9 tháng đầu năm, {A_TURN}.", "2023-10-14", ["2023-9M"]),
        (f"Trong quý II, {A_TURN}, so với quý I tăng 20 lượt.", "2023-07-14", ["2023-Q2"]),
        (f"Tháng 5 vừa qua, {A_TURN}.", "2023-06-14", ["2023-05"]),
        (f"10 tháng năm 2024, {A_TURN}.", None, ["2024-YTD10"]),
        (f"Giai đoạn 2021-2023, {A_TURN}; riêng năm 2023 tiếp 200 lượt.", None, ["2021..2023", "2023"]),
        (f"Từ năm 2022 đến nay, {A_TURN}.", "2024-02-02", ["2022.."]),
        (f"Sau 5 năm thực hiện, {A_TURN}.", "2024-06-02", ["2019..2023"]),
        (f"Hơn 10 năm qua, {A_TURN}.", "2024-05-05", [None]),
        (f"Hai năm 2022 và 2023, {A_TURN}.", None, ["2022..2023"]),
        (f"Trong nhiệm kỳ 2016-2021, {A_TURN}.", None, ["2016..2021"]),
        (f"Sáng 15/1, Tỉnh ủy tổng kết công tác dân vận. Trong năm, {A_TURN}.", "2024-01-15", ["2023"]),
        (f"Sáng 15/7, Tỉnh ủy sơ kết công tác dân vận. Theo báo cáo, {A_TURN}.", "2024-07-15", ["2024-H1"]),
        (f"Ban Chỉ đạo tổng kết năm 2024, triển khai nhiệm vụ năm 2025. {A_TURN.capitalize()}.", "2024-12-20", ["2024"]),
        (f"6 tháng cuối năm 2023, {A_TURN}.", "2024-01-20", ["2023-H2"]),
        ("Năm 2023 tiếp 500 lượt công dân (năm 2022 tiếp 450 lượt).", None, ["2023", "2022"]),
        (f"{A_TURN.capitalize()} (cùng kỳ 2021: 205 lượt) trong 6 tháng đầu năm 2022.", None, ["2022-H1", "2021-H1"]),
        (f"Từ tháng 7/2016 đến tháng 7/2021, {A_TURN}.", None, ["2016-07..2021-07"]),
        ("Tính đến ngày 30/6/2024, toàn tỉnh có 512 tổ hòa giải.", "2024-07-20", ["2024-H1"]),
        (f"Quý I/2024 {A_TURN}, trong đó tháng 3 tiếp 120 lượt.", None, ["2024-Q1", "2024-03"]),
        (f"Từ ngày 3 đến 12/7/2024, {A_TURN}.", "2024-07-15", ["2024-07"]),
        (f"Sau 3 tháng vận hành (từ 1/7 đến 30/9/2025), {A_TURN}.", "2025-10-02", ["2025-Q3"]),
        (f"Nửa đầu nhiệm kỳ (từ tháng 8/2020 đến tháng 7/2023), {A_TURN}.", None, ["2020-08..2023-07"]),
        (f"Giai đoạn 2021 đến nay, {A_TURN}.", "2024-10-22", ["2021.."]),
        (f"Ngày 10/1/2023, tỉnh tổng kết công tác dân vận. Năm qua, {A_TURN}.", None, ["2022"]),
        (f"Năm ngoái, {A_TURN}.", "2024-05-20", ["2023"]),
        ("Cả năm 2024, tỉnh tổ chức 12 cuộc đối thoại. Ngày 5/3, Chủ tịch UBND tỉnh đối thoại với 300 đại biểu.", None,
         ["2024", "2024-03"]),
        ("Tỷ lệ hòa giải thành tăng từ 79,3% của năm 2022 lên 84,8% năm 2023.", None, ["2022", "2023"]),
        (f"{A_TURN.capitalize()}.", None, [None]),
        ("Từ ngày 1/7/2025 đến nay, tỉnh tổ chức 9 cuộc đối thoại.", "2025-09-10", ["2025-07.."]),
        ("Đến hết tháng 9/2024, toàn tỉnh có 512 tổ hòa giải.", "2025-09-10", ["2024-9M"]),
        ("Đến hết tháng 12/2025, phấn đấu tổ chức 40 cuộc đối thoại.", "2025-09-10", []),
    ],
)  # fmt: skip
def test_periods(text: str, published: str | None, periods: list[str | None]) -> None:
    facts = read_text(text, published=published, source_province="Nghệ An").facts
    assert [fact.period for fact in facts] == periods


@pytest.mark.parametrize(
    ("said", "published", "period"),
    [
        ("Nửa năm vừa rồi", "2021-07-06", "2021-H1"),
        ("Nửa năm 2020", None, "2020-H1"),
        ("Quý đầu năm 2017", None, "2017-Q1"),
        ("Quý cuối năm 2017", None, "2017-Q4"),
        ("Quý IV vừa qua", "2018-01-27", "2017-Q4"),
        ("Ba quý đầu năm 2019", None, "2019-9M"),
        ("Quý I và quý II/2017", None, "2017-H1"),
        ("Tháng 1 và 2/2023", None, "2023-YTD02"),
        ("Hai tháng 7, 8/2025", None, "2025-07..2025-08"),
        ("Tính hết tháng 7", "2023-08-03", "2023-YTD07"),
        ("Đến giữa tháng 6/2022", "2022-07-08", "2022-H1"),
        ("Lũy kế đến hết tháng 7", "2023-08-03", "2023-YTD07"),
        ("Từ 01/01/2023 đến nay", "2023-08-08", "2023-YTD08"),
        ("Mấy tháng qua", "2023-08-08", "2023-YTD08"),
        ("Hơn 8 tháng,", "2022-09-22", "2022-YTD08"),
        ("5 tháng cuối năm 2023", "2024-01-08", "2023-08..2023-12"),
        ("Năm qua", "2021-03-18", "2020"),
        ("Năm vừa qua", "2020-12-18", "2020"),
        ("Các năm 2020, 2021, 2022", "2023-08-08", "2020..2022"),
        ("Năm học 2022-2023", "2023-08-08", "2022..2023"),
        ("Từ 2020 đến nay", "2023-08-08", "2020.."),
        ("Từ ngày 1/7/2020 đến nay", "2023-08-08", "2020-07.."),
        ("Từ tháng 7/2012 đến hết năm 2016", None, "2012-07..2016"),
        ("Từ ngày 01 tháng 7 năm 2020 đến ngày 30 tháng 6 năm 2022", None, "2020-07..2022-06"),
        ("Từ khi Luật có hiệu lực (1/7/2023) đến nay", "2024-08-08", "2023-07.."),
        ("Tháng đầu tiên của bộ máy mới (7/2025)", "2025-08-07", "2025-07"),
        ("Nhìn lại 5 năm (2011 - 2015), riêng năm 2015 còn 90 đơn. Trong cả giai đoạn", None, "2011..2015"),
        ("Quý III/2025 - quý đầu tiên của bộ máy mới -", None, "2025-Q3"),
    ],
)
def test_ways_of_naming_a_period(said: str, published: str | None, period: str) -> None:
    facts = read_text(f"{said} {A_TURN}.", published=published, source_province="Nghệ An").facts
    assert {fact.period for fact in facts if fact.value == 500} == {period}


@pytest.mark.parametrize(
    ("text", "published", "source", "places"),
    [
        ("Năm 2023, toàn tỉnh tiếp 500 lượt công dân.", None, "Nghệ An", ["Nghệ An"]),
        ("Năm 2023, huyện Kim Bôi (Hòa Bình) tiếp 500 lượt công dân.", None, None, ["Kim Bôi, Hòa Bình"]),
        ("Toàn tỉnh tiếp 500 lượt công dân; trong đó huyện Đức Thọ tiếp 40 lượt, thị xã Hồng Lĩnh tiếp 30 lượt.", None,
         "Hà Tĩnh", ["Hà Tĩnh", "Đức Thọ, Hà Tĩnh", "Hồng Lĩnh, Hà Tĩnh"]),
        ("Tại huyện Đức Thọ, có 5 cuộc đối thoại với dân. Huyện tiếp 40 lượt công dân.\nToàn tỉnh tiếp 500 lượt.", None,
         "Hà Tĩnh", ["Đức Thọ, Hà Tĩnh", "Đức Thọ, Hà Tĩnh", "Hà Tĩnh"]),
        ("Phường Hạc Thành tiếp 40 lượt công dân.", "2025-10-10", "Thanh Hóa", ["Hạc Thành, Thanh Hóa"]),
        ("UBND TP. Vinh tiếp 40 lượt công dân.", None, None, ["Vinh, Nghệ An"]),
        ("TPHCM tiếp 4.000 lượt công dân; quận Bình Thạnh 200 lượt.", None, None,
         ["Hồ Chí Minh", "Bình Thạnh, Hồ Chí Minh"]),
        ("Cả nước tiếp 400.000 lượt công dân; riêng Hà Nội tiếp 20.000 lượt.", None, None, ["Việt Nam", "Hà Nội"]),
        ("Thôn Đông Sơn, xã Nga An, huyện Nga Sơn, tỉnh Thanh Hóa có 40 hộ hiến đất.", None, None,
         ["Đông Sơn, Nga An, Nga Sơn, Thanh Hóa"]),
        ("Ngành thanh tra Bà Rịa – Vũng Tàu tiếp 500 lượt công dân.", None, None, ["Bà Rịa - Vũng Tàu"]),
        ("Đắc Lắc: tiếp 500 lượt công dân.", None, None, ["Đắk Lắk"]),
        ("Phát biểu tại Hà Nội, lãnh đạo tỉnh Sơn La cho biết tỉnh tiếp 500 lượt công dân.", None, None, ["Sơn La"]),
        ("Các tỉnh Tây Nguyên tiếp 5.000 lượt công dân. Gia Lai tiếp 1.000 lượt, Kon Tum 700 lượt.", None, None,
         ["Tây Nguyên", "Gia Lai", "Kon Tum"]),
        ("Huyện Cư M'gar (Đắk Lắk) có 120 hộ hiến đất.", None, None, ["Cư M'gar, Đắk Lắk"]),
        ("9 tháng qua, Krông Ana tiếp 40 lượt công dân.", None, "Đắk Lắk", ["Krông A Na, Đắk Lắk"]),
        ("Công nhân khu công nghiệp Nghi Sơn tiếp 40 lượt công dân.", None, "Thanh Hóa", ["Thanh Hóa"]),
        ("Quận 12 tiếp 40 lượt công dân; ứng dụng của quận (TPHCM) nhận 30 phản ánh.", None, None,
         ["Quận 12, Hồ Chí Minh", "Quận 12, Hồ Chí Minh"]),
        ("Năm tỉnh Tây Nguyên tiếp 5.000 lượt công dân.", None, None, ["Tây Nguyên"]),
        ("Tỉnh Sơn La tiếp 500 lượt công dân, đứng đầu cả nước; nhận 300 đơn thư.", None, None, ["Sơn La", "Sơn La"]),
        ("Thành phố Thủ Đức tiếp 400 lượt công dân.", None, None, ["Thủ Đức, Hồ Chí Minh"]),
        ("Ông Nguyễn Thái Bình cho biết có 400 lượt công dân được tiếp.", None, None, [None]),
        ("Sở Y tế tỉnh Bình Định tiếp 34 lượt công dân.", None, None, ["Sở Y tế, Bình Định"]),
    ],
)  # fmt: skip
def test_places(text: str, published: str | None, source: str | None, places: list[str | None]) -> None:
    facts = read_text(text, published=published, source_province=source).facts
    assert [fact.place for fact in facts] == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tiếp 1.200 lượt công dân, tăng 9,3% so với cùng kỳ.", [("increase", 9.3, "%", "2023-H1")]),
        ("Tiếp 1.200 lượt với 900 người, giảm 31 lượt và giảm 168 người so với cùng kỳ 2023.",
         [("decrease", 31, "lượt", "2023-H1"), ("decrease", 168, "người", "2023-H1")]),
        ("Tiếp 1.200 lượt với 900 người, lần lượt giảm 14 lượt và 9 người.",
         [("decrease", 14, "lượt", None), ("decrease", 9, "người", None)]),
        ("Nhận 836 đơn thư khiếu nại, ít hơn cùng kỳ gần 30%.", [("decrease", 30, "%", "2023-H1")]),
        ("Tiếp 1.200 lượt công dân (tăng gấp 2 lần cùng kỳ).", [("increase", 2, "lần", "2023-H1")]),
        ("Tiếp 1.200 lượt công dân, vượt 5% so với kế hoạch.", [None]),
    ],
)  # fmt: skip
def test_changes_belong_to_the_level_they_qualify(
    text: str, expected: list[tuple[str, float, str, str] | None]
) -> None:
    facts = read_text("6 tháng đầu năm 2024, toàn tỉnh có kết quả. " + text, source_province="Nghệ An").facts
    got = [
        f.comparison
        and (f.comparison.direction, f.comparison.amount, f.comparison.unit, f.comparison.baseline)
        for f in facts
    ]
    assert got == expected


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Thành ủy Đồng Hới, Huyện ủy Tuyên Hóa, Bố Trạch (Quảng Bình) kỷ luật 4 tổ chức đảng.",
            ["Quảng Bình"],
        ),
        ("Hai huyện Đô Lương và Thanh Chương hiến 500 m2 đất làm đường.", ["Đô Lương, Nghệ An"]),
        (
            "Có 9 cuộc đối thoại ở huyện Đô Lương, thị xã Cửa Lò 13 cuộc.",
            ["Đô Lương, Nghệ An", "Cửa Lò, Nghệ An"],
        ),
        ("Huyện Đô Lương có 56 mô hình dân vận khéo, 12 mô hình cấp tỉnh.", ["Đô Lương, Nghệ An"] * 2),
        ("Theo Trưởng thôn Thân Văn Tuân, huyện Đô Lương hiến 500 m2 đất.", ["Đô Lương, Nghệ An"]),
    ],
)
def test_places_listed_named_for_rank_or_borne_by_persons(text: str, places: list[str]) -> None:
    source = None if "Quảng Bình" in text else "Nghệ An"
    assert [fact.place for fact in read_text(text, source_province=source).facts] == places


def test_years_counted_are_those_of_the_title_and_a_plans_year_rules_nothing() -> None:
    title = "Tổng kết 5 năm phong trào dân vận khéo giai đoạn 2011 - 2015"
    counted = read_text("Sau 5 năm phát động, huyện có 59 mô hình dân vận khéo.", title=title).facts
    assert [fact.period for fact in counted] == ["2011..2015"]
    text = (
        "6 tháng đầu năm, cấp ủy kiểm tra 7 tổ chức đảng, theo Chương trình kiểm tra, giám sát năm 2022."
        " Ủy ban kiểm tra giám sát 3 tổ chức đảng."
    )
    assert [fact.period for fact in read_text(text).facts] == ["2022-H1", "2022-H1"]
