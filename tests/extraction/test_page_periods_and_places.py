"""Periods and places that pages tell in passing: years in names of meetings, terms half over, lists, offices, persons."""

from __future__ import annotations

import pytest

from extraction import read_text

A_TURN = "tỉnh Cà Mau tiếp 42.000 lượt công dân"


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        # a year in the name of a meeting held on a day
        (
            "Chiều 18/5, UBND phường đối thoại với thanh niên năm 2024, dự có 75 đoàn viên. Người dân nêu 9 ý kiến.",
            "2024-05-20",
            ["2024-05", "2024-05"],
        ),
        (
            "Ngày 18/5, UBND huyện họp báo: trong năm 2024, huyện đã mở 7 hội nghị đối thoại với nhân dân.",
            "2024-05-20",
            ["2024"],
        ),
        # the first days of a month
        ("10 ngày đầu tháng 10, Cổng 1022 Cà Mau tiếp nhận 1.240 phản ánh, kiến nghị.", "2024-10-12", ["2024-10"]),
        # a day that is only counted up to
        ("Tới ngày 21-11, Cổng 1022 Cà Mau đã tiếp nhận 4.900 phản ánh, kiến nghị.", "2024-11-26", ["2024"]),
        # half a term, so many years since one, months with decimals
        ("Sơ kết giữa nhiệm kỳ 2020 - 2025, Đảng bộ tỉnh Cà Mau đã kỷ luật 320 đảng viên.", "2023-07-04", ["2020..2023"]),
        ("Sơ kết giữa nhiệm kỳ 2020 - 2025, Đảng bộ tỉnh Cà Mau đã kỷ luật 320 đảng viên.", None, ["2020..2022"]),
        (f"Kể từ năm 2014, khi Luật có hiệu lực, qua 4 năm {A_TURN}.", "2019-03-04", ["2014..2017"]),
        (f"Kể từ năm 2014, {A_TURN}.", "2019-03-04", ["2014.."]),
        (f"Năm 2023 và 7 tháng năm 2024, {A_TURN}.", "2024-08-04", ["2023-01..2024-07"]),
        (f"Từ năm 2021 đến quý II/2024, {A_TURN}.", "2024-08-04", ["2021-01..2024-06"]),
        (f"Năm 2023 và năm 2024, {A_TURN}.", "2025-01-20", ["2023..2024"]),
        (f"Từ đầu nhiệm kỳ đến nay, {A_TURN}.", "2024-08-04", [None]),
        (f"Sau 2,5 tháng lấy ý kiến, {A_TURN}.", "2022-07-04", ["2022"]),
        (f"Từ ngày 3/1 đến nay, {A_TURN}.", "2023-05-16", ["2023-YTD05"]),
        # what a text names after its figures and what is of another time
        (
            "40 hộ dân xã Ia Hrung, tỉnh Gia Lai đã hiến 5.100 m2 đất làm đường. Nhiệm kỳ 2025-2030, xã tập trung làm đường.",
            "2025-10-12",
            ["2025", "2025"],
        ),
        (
            "Ngày 8/6, 21 doanh nghiệp ở Bình Dương ký thỏa ước lao động tập thể nhóm. Trước đó, tháng 6/2016, mới có 5 doanh "
            "nghiệp tham gia.",
            "2019-06-09",
            ["2019-06"],
        ),
        # a street named after a day, and how often something was done
        ("Ngày 13/3, Chủ tịch phường đối thoại với thanh niên. Có 13 câu hỏi gửi tới lãnh đạo phường về đèn ở đường 23 tháng 10.", "2025-03-15", ["2025-03"]),
        ("Sáng 17/9, Huyện ủy đối thoại với nhân dân, là lần thứ 2 trong năm. Nhân dân có 16 ý kiến.", "2019-09-18", ["2019-09"]),
    ],
)  # fmt: skip
def test_periods_told_in_passing(text: str, published: str | None, periods: list[str | None]) -> None:
    assert [fact.period for fact in read_text(text, published=published).facts] == periods


@pytest.mark.parametrize(
    ("text", "province", "published", "places"),
    [
        # more places than are named, behind a figure and ahead of the next
        (
            "Năm 2017, Đoàn đại biểu Quốc hội tỉnh Long An mở 12 cuộc tiếp xúc cử tri ở các huyện, thị xã Kiến Tường và TP Tân "
            "An; có 1.900 cử tri dự.",
            "Long An",
            "2017-05-20",
            ["Long An", "Long An"],
        ),
        (
            "Lãnh đạo tỉnh Phú Yên tiếp 7 lượt công dân ở Phú Hòa, Sơn Hòa và TP Tuy Hòa về đất đai.",
            "Phú Yên",
            "2022-01-06",
            ["Phú Yên"],
        ),
        # a chairman's name is no ward's
        (
            "Sáng 18/5, phường Minh Khai đối thoại với người dân, có 9 ý kiến; Chủ tịch UBND phường Trần Quốc Bảo trả lời 9/9 ý "
            "kiến.",
            "Hà Nam",
            "2024-05-20",
            ["Minh Khai, Hà Nam", "Minh Khai, Hà Nam"],
        ),
        # a ward that bears a number, with its district behind
        (
            "Sáng 18/5, Mặt trận Phường 8 (Quận 5) mở hội nghị đối thoại. Người dân nêu 12 ý kiến.",
            "Hồ Chí Minh",
            "2024-05-20",
            ["Phường 8, Quận 5, Hồ Chí Minh"],
        ),
        # departments in a list that leaves the verb out
        (
            "Năm 2016, tỉnh Sơn La tiếp 2.120 lượt công dân. Nhiều nhất: Quỳnh Nhai 377 lượt; Sở Lao động, Thương binh và Xã hội "
            "146 lượt.",
            None,
            "2017-01-20",
            ["Sơn La", "Quỳnh Nhai, Sơn La", "Sở Lao động, Thương binh và Xã hội, Sơn La"],
        ),
        # the rate of a whole behind those of its parts
        (
            "Tại Nghệ An, huyện Quỳ Hợp hòa giải thành 92%, Nghĩa Đàn 90,5%. Toàn tỉnh đạt 84,1%.",
            None,
            "2024-07-06",
            ["Quỳ Hợp, Nghệ An", "Nghĩa Đàn, Nghệ An", "Nghệ An"],
        ),
        # the committee of the National Assembly, and where a deputy was elected
        (
            "Theo Ban Dân nguyện, gần 2.600 kiến nghị cử tri đã được chuyển tới cơ quan có thẩm quyền. Đại biểu Trần Văn Bình (Đồng "
            "Nai) đánh giá cao việc này.",
            None,
            "2025-04-20",
            ["Việt Nam"],
        ),
    ],
)  # fmt: skip
def test_places_told_in_passing(text: str, province: str | None, published: str, places: list[str]) -> None:
    read = read_text(text, published=published, source_province=province)
    assert [fact.place for fact in read.facts] == places


def test_dates_between_two_places_count_nothing() -> None:
    read = read_text(
        "Xã Ia Hiao của tỉnh Gia Lai hôm 16-10 khởi công một đoạn đường qua thôn Bình Trang. Theo Đảng ủy xã, 52 hộ dân hiến 4.708 m2 đất.",
        title="Gia Lai: Nhân dân hiến đất làm đường",
        published="2025-10-20",
    )
    assert [fact.place for fact in read.facts] == ["Ia Hiao, Gia Lai", "Ia Hiao, Gia Lai"]


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        # what stands now is of the year the page came out in, whatever years are told of beside it
        (
            "Tới thời điểm này, 109 Ban Thanh tra nhân dân ở Cà Mau đã được kiện toàn.\n"
            "5 năm qua, các tổ hòa giải nhận 1.320 vụ việc. Dịp này, tỉnh củng cố 870 tổ hòa giải với 5.900 hòa giải viên.",
            "2021-06-18",
            ["2021", "2016..2020", "2021", "2021"],
        ),
        (
            "Hơn 10 năm qua, Cà Mau chăm lo công tác hòa giải ở cơ sở.\nHiện tỉnh có 870 tổ hòa giải.",
            "2021-06-18",
            ["2021"],
        ),
        (
            "10 năm qua, Cà Mau chăm lo công tác dân vận.\nToàn tỉnh xây dựng 3.200 mô hình “Dân vận khéo”.",
            "2021-06-18",
            ["2011..2020"],
        ),
        (
            "Toàn tỉnh Cà Mau có 312 mô hình “Dân vận khéo”.\nTừ năm 2021 đến nay, nhân dân hiến 52.000m2 đất làm đường.",
            "2024-06-12",
            ["2024", "2021.."],
        ),
        # the year of an occasion says which year the months counted are of
        (
            "6 tháng qua, Mặt trận các cấp ở Cà Mau thi đua mừng các ngày lễ lớn của năm 2019.\n"
            "Đến nay có 870 tổ hòa giải; các ban thanh tra nhân dân giám sát 260 vụ việc.",
            None,
            ["2019-H1", "2019-H1"],
        ),
        (
            "Năm qua, cấp ủy các cấp ở Cà Mau tổ chức 213 cuộc đối thoại. Từ đầu năm đến nay, đã tổ chức 41 cuộc.",
            "2022-04-20",
            ["2021", "2022-YTD04"],
        ),
        (
            "Năm 2021 là năm khó khăn của Cà Mau. Từ đầu năm đến nay, tỉnh tổ chức 213 cuộc đối thoại.",
            "2022-01-10",
            ["2021"],
        ),
        # a term whose results somebody tells of
        (
            "Lãnh đạo Liên đoàn Lao động Cà Mau cho biết, nhiệm kỳ 2018 - 2023, 97% doanh nghiệp nhà nước tổ chức hội "
            "nghị người lao động.",
            "2023-11-28",
            ["2018..2023"],
        ),
        # what voters are told first is no review
        (
            "Chiều 24/11, đại biểu HĐND tỉnh Cà Mau tiếp xúc cử tri phường 5.\n"
            "Đại biểu báo cáo 12 kiến nghị đã được trả lời từ kỳ họp trước.\nCó 85 cử tri dự.",
            "2023-11-25",
            ["2023-11", "2023-11"],
        ),
    ],
)
def test_periods_of_pages_in_their_own_order(text: str, published: str | None, periods: list[str]) -> None:
    assert [fact.period for fact in read_text(text, published=published).facts] == periods
