"""Which period and which place a figure belongs to."""

from __future__ import annotations

import pytest

from extraction import read_text

A_TURN = "toàn tỉnh tiếp 500 lượt công dân"


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (f"Năm 2023, {A_TURN}.", None, ["2023"]),
        (f"Mặt trận sơ kết nửa đầu năm. Trong các tháng đầu năm, {A_TURN}.", "2017-07", ["2017-H1"]),
        ("Tỷ lệ xã đạt chuẩn tiếp cận pháp luật năm 2020 là 97,2%.", "2021-02-18", ["2020"]),
        ("Ngày 3/11, góp ý dự thảo văn kiện: đại biểu góp 19 ý kiến với chiến lược 2011-2020.", "2020-11", ["2020-11"]),
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
        # Reports that are closed in the middle of a month are of the months that end in them.
        ("Từ 15/12/2023 đến 14/12/2024", "2024-12-20", "2024"),
        ("Từ ngày 15 tháng 12 năm 2023 đến ngày 14 tháng 12 năm 2024", "2024-12-20", "2024"),
        ("Kỳ báo cáo (16/12/2023 - 15/12/2024)", "2024-12-20", "2024"),
        ("Từ ngày 15/12/2023 đến ngày 14/6/2024", "2024-06-20", "2024-H1"),
        ("Từ 15/12 đến 14/6/2024", "2024-06-20", "2024-H1"),
        ("Từ 15/12/2023 đến 14/9/2024", "2024-09-20", "2024-9M"),
        ("Từ 15/12/2023 đến 14/3/2024", "2024-03-20", "2024-Q1"),
        ("Từ 15/3/2024 đến 14/6/2024", "2024-06-20", "2024-Q2"),
        ("Từ 16/5/2024 đến 15/6/2024", "2024-06-20", "2024-06"),
        ("Từ 15/6/2024 đến 14/12/2024", "2024-12-20", "2024-H2"),
        # Others are of the months that they touch.
        ("Từ 16/11/2015 đến 15/6/2017", "2017-09-08", "2015-11..2017-06"),
        ("Từ 01/12/2023 đến 30/11/2024", "2024-12-20", "2023-12..2024-11"),
        ("Từ 15/6/2024 đến 15/7/2024", "2024-07-20", "2024-06..2024-07"),
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
    ("text", "published", "periods"),
    [
        (f"Năm 2023, {A_TURN}, tăng so với mức 450 lượt của năm 2022; nhận 90 đơn. Cấp xã nhận 60 đơn.", None,
         ["2023", "2022", "2023", "2023"]),
        ("Năm 2023, MTTQ các cấp giám sát 320 cuộc, tăng từ 280 cuộc trong năm 2022. Ban TTND giám sát 140 cuộc.", None,
         ["2023", "2022", "2023"]),
        ("Quý I/2024, toàn tỉnh nhận 90 đơn, giảm từ mức 120 của cùng kỳ năm trước; đã giải quyết 40 đơn.", None,
         ["2024-Q1", "2023-Q1", "2024-Q1"]),
        ("Năm 2024, tỷ lệ hòa giải thành đạt 88%, cao hơn 85,5% của năm 2023. Các tổ nhận 1.020 vụ.", None,
         ["2024", "2023", "2024"]),
        ("Năm 2024, dân hiến 42.000 m2 đất, gấp gần 3 lần năm 2022 (14.500 m2), góp 3.200 ngày công.", None,
         ["2024", "2022", "2024"]),
        ("Năm 2024, tỉnh tổ chức 42 cuộc đối thoại với dân, nhiều hơn năm 2023 (khi đó có 38 cuộc).", None,
         ["2024", "2023"]),
        ("Năm 2024 hòa giải thành 90 vụ, tăng 4% so với năm 2023, khi các tổ hòa giải thành 86 vụ, đạt 81%.", None,
         ["2024", "2023", "2023"]),
        ("Năm 2024, toàn tỉnh nhận 90 đơn (năm trước là 110 đơn), giải quyết 80 đơn.", None, ["2024", "2023", "2024"]),
        ("Tháng 8/2024, Cổng 1022 nhận 3.200 phản ánh, tăng so với 2.900 của tháng trước. Xử lý 3.000 phản ánh.", None,
         ["2024-08", "2024-07", "2024-08"]),
        ("Năm 2024 tiếp 90 lượt công dân, trong khi cả năm 2023 chỉ tiếp 80 lượt. Nhận 20 đơn.", None,
         ["2024", "2023", "2024"]),
        (f"Năm 2023, {A_TURN}, bằng 112% của năm 2022; nhận 90 đơn.", None, ["2023", "2023"]),
        (f"Năm 2021, {A_TURN}. So với năm 2020, giảm 160 lượt (năm 2020, tiếp 660 lượt). Cấp xã tiếp 400 lượt.", None,
         ["2021", "2020", "2021"]),
        (f"Tháng 11/2018 {A_TURN}. So với tháng 10/2018 (24 lượt tiếp công dân, 37 người), số lượt tăng 16 lượt.", None,
         ["2018-11", "2018-10", "2018-10"]),
        ("6 tháng đầu năm 2020 tiếp 50 lượt công dân, so cùng kỳ giảm 7 lượt (6 tháng đầu năm 2019 có 57 lượt).", None,
         ["2020-H1", "2019-H1"]),
        ("Tỷ lệ hòa giải thành năm 2020 đạt 85,4%, trên mức 84,4% của năm 2019.", None, ["2020", "2019"]),
        ("Tỷ lệ hòa giải thành năm 2020 là 85,4%, nhỉnh hơn 84,4% của năm 2019. Các tổ nhận 900 vụ.", None,
         ["2020", "2019", "2020"]),
        (f"{A_TURN.capitalize()}, giảm so với kỳ họp cuối năm 2022. Nhận 90 đơn.", "2023-07-10", ["2023", "2023"]),
        ("Năm 2025 tỉnh công nhận 50 mô hình \"Dân vận khéo\", có 60 mô hình đăng ký cho năm 2026. Huyện Đô Lương có 12 mô "
         "hình.", "2025-12-20", ["2025", "2025"]),
        (f"Nửa đầu nhiệm kỳ 2021-2026, {A_TURN}. Trong 8 tháng năm 2023 tiếp 96 lượt công dân.", "2023-09-04",
         ["2021..2023", "2023-YTD08"]),
        ("Chiều 26/3, Chủ tịch UBND thành phố Vinh đối thoại với 200 thanh niên. Có 16 ý kiến gửi tới hội nghị.\n"
         "Năm 2022, các cấp tổ chức 189 cuộc đối thoại.", "2023-03-27", ["2023-03", "2023-03", "2022"]),
        ("Mười năm thi hành Luật, các tổ hòa giải nhận 14.283 vụ việc. Hiện nay toàn tỉnh có 1.462 tổ hòa giải.",
         "2023-12-12", ["2013..2022", "2023"]),
    ],
)  # fmt: skip
def test_an_earlier_period_rules_its_own_figures_only(
    text: str, published: str | None, periods: list[str | None]
) -> None:
    facts = read_text(text, published=published, source_province="Nghệ An").facts
    assert [fact.period for fact in facts] == periods


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
        ("tiếp 438 lượt công dân, giảm so với 471 lượt của năm 2022.", [("decrease", "2022"), None]),
        ("tiếp 438 lượt công dân, nhiều hơn cùng kỳ; nhận 300 đơn, ít hơn năm trước.",
         [("increase", "2022"), ("decrease", "2022")]),
        ("chuyển cơ quan điều tra 5 vụ, 11 đối tượng, nhiều hơn cùng kỳ (2 vụ, 4 đối tượng).",
         [("increase", "2022"), ("increase", "2022"), None, None]),
        ("nhận 6 đơn, giảm một nửa so với năm trước.", [("decrease", "2022")]),
        ("nhận 6 đơn, tăng từ mức 4 đơn của năm 2021.", [("increase", "2021"), None]),
        ("UBND tỉnh nhận 94 kiến nghị cử tri, giảm mạnh so với kỳ họp cuối năm 2022 (121 kiến nghị).",
         [("decrease", "2022"), None]),
        ("nhận 231 đơn, đến năm 2024 chỉ còn 124 đơn.", [None, ("decrease", "2023")]),
        ("tiếp 438 lượt công dân, số vụ việc phức tạp giảm so với năm trước.", [None]),
        ("tiếp 438 lượt công dân, giảm so với kế hoạch năm 2023.", [None]),
        ("tỷ lệ hòa giải thành tăng từ 84% năm 2022 lên 88%.", [None, None]),
    ],
)  # fmt: skip
def test_a_change_without_an_amount_has_a_direction(
    text: str, expected: list[tuple[str, str] | None]
) -> None:
    facts = read_text("Năm 2023, toàn tỉnh " + text, source_province="Nghệ An").facts
    assert [f.comparison and (f.comparison.direction, f.comparison.baseline) for f in facts] == expected
    assert not any(f.comparison and f.comparison.amount for f in facts)


def test_a_plan_that_was_met_plans_nothing_behind_it() -> None:
    text = "Năm 2024 tỉnh tổ chức 12 cuộc đối thoại, bằng 100% kế hoạch năm 2024; hòa giải thành 30 vụ."
    assert [fact.value for fact in read_text(text, source_province="Nghệ An").facts] == [12, 30]


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
        ("Tiếp 1.200 lượt với 900 công dân, tăng 17,3% so với cùng kỳ.", [("increase", 17.3, "%", "2023-H1"), None]),
        ("Tiếp 866 lượt/964 lượt người. So cùng kỳ giảm 146 lượt, 127 lượt người (6 tháng đầu năm 2023 là 1.012 lượt).",
         [("decrease", 146, "lượt", "2023-H1"), ("decrease", 127, "lượt người", "2023-H1"), None]),
        ("Kiểm tra 39 tổ chức đảng và 11 đảng viên, trong đó 4 cấp ủy viên (tăng 18,1% tổ chức đảng và 15,7% đảng viên).",
         [("increase", 18.1, "%", None), ("increase", 15.7, "%", None), None]),
        ("Kỷ luật 62 đảng viên, 13 người là cấp ủy viên, so cùng kỳ giảm 18 đảng viên.",
         [("decrease", 18, "đảng viên", "2023-H1"), None]),
        ("Tặng 390 bằng khen (tăng 37,5%), tiếp 1.200 lượt công dân (tăng 41,8%).", [("increase", 41.8, "%", None)]),
        ("Số khách đến trụ sở giảm 24,8%; đã tiếp 1.200 lượt công dân.", [None]),
        ("Có 6 đoàn đông người với 71 người, tăng 2 đoàn.", [("increase", 2, "đoàn", None), None]),
        ("Kiểm tra 39 tổ chức đảng và 11 đảng viên, tăng 4 tổ chức nhưng giảm 7 đảng viên.",
         [("increase", 4, "tổ chức", None), ("decrease", 7, "đảng viên", None)]),
        ("Tiếp 1.200 lượt với 900 người, lần lượt giảm 4 và tăng 9.",
         [("decrease", 4, "lượt", None), ("increase", 9, "người", None)]),
        ("Có 87 doanh nghiệp tổ chức hội nghị người lao động (89,2%), tăng 3,1 điểm phần trăm so với cùng kỳ.",
         [None, ("increase", 3.1, "điểm phần trăm", "2023-H1")]),
        ("Tiếp 1.200 lượt công dân, bằng 86% so với cùng kỳ.", [("decrease", 14, "%", "2023-H1")]),
        ("Nhận 1.200 đơn, bằng 112,5% của cùng kỳ; hòa giải thành 90 vụ, bằng 100% cùng kỳ.",
         [("increase", 12.5, "%", "2023-H1"), None]),
        ("Hòa giải thành 90 vụ, tỷ lệ hòa giải thành 88% (cùng kỳ thấp hơn 2,2%).",
         [None, ("increase", 2.2, "%", "2023-H1")]),
        ("Tiếp 1.200 lượt công dân. Cụ thể, cấp tỉnh tiếp 300 lượt, cấp huyện 900 lượt. So với cùng kỳ, số lượt tăng 6%.",
         [("increase", 6, "%", "2023-H1"), None, None]),
        ("Tặng 40 bằng khen, ít hơn cùng kỳ 9 bằng khen; nhận 300 đơn.", [None]),
        ("Dân góp 90 triệu đồng và 900 ngày công làm đường, số tiền dân góp tăng gấp đôi cùng kỳ.",
         [("increase", 2, "lần", "2023-H1"), None]),
        ("Tiếp 1.200 lượt công dân, gấp rưỡi 6 tháng cuối năm 2023.", [("increase", 1.5, "lần", "2023-H2")]),
        ("Huyện Đô Lương góp 900 ngày công, gấp 3 lần Quỳ Châu.", [None]),
        ("Có 40 buổi tuyên truyền pháp luật với 900 lượt người, số buổi gấp 1,5 lần cùng kỳ.",
         [("increase", 1.5, "lần", "2023-H1"), None]),
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


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        (
            "6 tháng đầu năm 2025, thực hiện Chương trình số 05 về đối thoại giai đoạn 2023 - 2028, tỉnh Sơn La tổ chức "
            "45 cuộc đối thoại với nhân dân.",
            "2025-07-10",
            "2025-H1",
        ),
        (
            "Từ đầu năm đến nay, HĐND tỉnh Phú Yên lấy ý kiến nhân dân vào Dự thảo sửa đổi Hiến pháp năm 1992 với 500 "
            "cuộc lấy ý kiến.",
            "2013-09-20",
            "2013-9M",
        ),
        (
            "Ngày 23/12/2020, Mặt trận huyện Bố Trạch tổ chức tiếp xúc cử tri. Đại biểu báo cáo kết quả kỳ họp thứ 18 "
            "HĐND tỉnh. Cử tri nêu 25 ý kiến, kiến nghị.",
            None,
            "2020-12",
        ),
        (
            "Năm 2019, dự tính tháng 12/2019 tuyến đường làm xong. Bà con xã Xuân Sơn đã hiến 7.000m2 đất.",
            None,
            "2019",
        ),
    ],
)
def test_the_years_of_programmes_and_what_is_still_to_come_rule_nothing(
    text: str, published: str | None, period: str
) -> None:
    assert [fact.period for fact in read_text(text, published=published).facts] == [period]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Ngành Y tế Kiên Giang lắng nghe người bệnh", "Sở Y tế, Kiên Giang"),
        ("Ngành Nội vụ Kiên Giang thực hiện quy chế dân chủ", "Kiên Giang"),
    ],
)
def test_a_title_that_names_a_field_means_its_department(title: str, place: str) -> None:
    department = "Sở " + title.removeprefix("Ngành ").split(" Kiên")[0]
    read = read_text(
        f"{department} Kiên Giang báo cáo, năm 2018 tiếp 46 lượt công dân đến khiếu nại; nhận 58 đơn khiếu nại.",
        title=title,
        published="2019-01-15",
    )
    assert [(fact.value, fact.place) for fact in read.facts] == [(46, place), (58, place)]


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (f"Năm 2023, {A_TURN}. 9 tháng, toàn tỉnh nhận 90 đơn.", "2024-10-05", ["2023", "2024-9M"]),
        (f"Thực hiện Kế hoạch năm 2023 của Tỉnh ủy, 9 tháng, {A_TURN}.", "2024-10-05", ["2024-9M"]),
        (f"Năm 2023, {A_TURN}. 6 tháng đầu năm, toàn tỉnh nhận 90 đơn.", "2024-07-05", ["2023", "2024-H1"]),
        # Not where the year stands by the months, or where they were long over when they were told of.
        (f"Năm 2023, 9 tháng đầu năm {A_TURN}.", "2024-10-05", ["2023-9M"]),
        (f"Năm 2023, {A_TURN}. 9 tháng, toàn tỉnh nhận 90 đơn.", "2024-12-20", ["2023", "2023-9M"]),
    ],
)
def test_months_just_over_take_no_year_of_a_reminder(text: str, published: str, periods: list[str]) -> None:
    facts = read_text(text, published=published, source_province="Nghệ An").facts
    assert [fact.period for fact in facts] == periods
