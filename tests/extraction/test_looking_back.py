"""What a text only looks back at, or tells of a part or a neighbour, rules that much and no more."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text


def _facts(text: str, title: str | None, published: str, outlet: str | None) -> tuple[Fact, ...]:
    return read_text(text, title=title, published=published, source_province=outlet).facts


def _periods(text: str, published: str = "2025-12-10") -> list[str | None]:
    return [fact.period for fact in _facts(text, None, published, "Nghệ An")]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        # an earlier year ends with its paragraph
        (
            "Năm 2025, các xã tiếp 1.250 lượt công dân.\n\nNăm 2024, khi chưa sắp xếp, toàn tỉnh tiếp 1.410 lượt công dân.\n\n"
            "Các tổ hòa giải hòa giải thành 318 vụ việc.",
            ["2025", "2024", "2025"],
        ),
        # but what stands under a heading is of its year, paragraph for paragraph
        (
            "Năm 2025, các xã tiếp 1.250 lượt công dân.\n\nII. Kết quả năm 2024\n\nCác xã tiếp 1.410 lượt công dân.\n\n"
            "Các tổ hòa giải hòa giải thành 318 vụ việc.",
            ["2025", "2024", "2024"],
        ),
        # a year of which nothing was counted is not what the text is about
        (
            "Lãnh đạo tỉnh đề nghị, năm 2025, các cấp mở rộng dân chủ.\n\nNăm 2024, các cấp quan tâm công tác dân vận.\n\nTrong năm, "
            "toàn tỉnh tiếp 1.410 lượt công dân.",
            ["2024"],
        ),
        # how many there are now, whatever year is told of later
        (
            "Đến nay tỉnh có 518 tổ hòa giải.\n\nNăm 2024, các tổ hòa giải hòa giải thành 318 vụ việc.",
            ["2025", "2024"],
        ),
        # what was before the merger ends with its paragraph
        (
            "Năm 2025, các xã tiếp 1.250 lượt công dân.\n\nTrước sáp nhập, 6 tháng đầu năm 2025, huyện tiếp 97 lượt công dân.\n\n"
            "Các tổ hòa giải hòa giải thành 318 vụ việc.",
            ["2025", "2025-H1", "2025"],
        ),
        # so does what went before, though it is of the same year
        (
            "Từ đầu năm đến nay, Mặt trận các cấp tổ chức 312 cuộc giám sát.\n\nTrước đó, 6 tháng đầu năm, Mặt trận huyện tổ "
            "chức 97 cuộc giám sát.\n\nCác Ban Thanh tra nhân dân tổ chức 640 cuộc giám sát.",
            ["2025", "2025-H1", "2025"],
        ),
        # years told one by one are added up
        (
            "Giai đoạn 2020 - 2022, huyện mở 36 lớp tập huấn hòa giải. Năm 2020 hòa giải thành 101 vụ việc; năm 2021 hòa giải thành "
            "94 vụ việc. Tính chung, hòa giải thành 290 vụ việc.",
            ["2020..2022", "2020", "2021", "2020..2022"],
        ),
        # a part of a count has a period of its own
        (
            "Tính đến hết ngày 30/11/2025, toàn tỉnh nhận 4.120 đơn khiếu nại, tố cáo, trong đó từ 1/7 đến nay 2.480 đơn. Đã giải "
            "quyết 163 vụ việc khiếu nại.",
            ["2025-YTD11", "2025-07..", "2025-YTD11"],
        ),
        # the year in which a thing was made
        (
            "Năm 2024, công ty đối thoại định kỳ 4 cuộc. Bản thỏa ước ký năm 2021 có 17 điều khoản. Ban Thanh tra nhân dân giám sát "
            "11 cuộc.",
            ["2024", "2024"],
        ),
        # "năm nay", whichever year was told of before it
        (
            "Năm 2023, xã tổ chức 5 cuộc đối thoại. Năm nay, xã tổ chức 7 cuộc đối thoại.",
            ["2023", "2025"],
        ),
    ],
)
def test_what_looks_back_gives_way_to_what_the_text_is_about(text: str, periods: list[str]) -> None:
    assert _periods(text) == periods


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        (
            "Phường được thành lập từ ngày 1/7/2025. Sau 4 tháng, lãnh đạo phường đã tiếp 61 lượt công dân.",
            "2025-11-05",
            ["2025-07..2025-10"],
        ),
        (
            "Luật có hiệu lực từ ngày 1/7/2023. Từ đó đến hết tháng 6/2024, huyện mở 13 lớp tập huấn về dân chủ ở cơ sở.",
            "2024-07-08",
            ["2023-07..2024-06"],
        ),
        # the two tiers began on one day
        (
            "Từ khi chính quyền địa phương 2 cấp hoạt động đến hết tháng 11, các xã tổ chức 263 cuộc đối thoại.",
            "2025-12-03",
            ["2025-07..2025-11"],
        ),
        (
            "Từ đầu tháng 5 đến nay, toàn tỉnh có 4 đoàn kiểm tra việc thực hiện quy chế dân chủ ở cơ sở.",
            "2019-08-23",
            ["2019-05.."],
        ),
        (
            "Hai năm vừa qua, xã tổ chức 5 cuộc đối thoại.",
            "2017-02-13",
            ["2015..2016"],
        ),
        # no day was told: half a year is the first one
        ("Sau 6 tháng, lãnh đạo phường đã tiếp 61 lượt công dân.", "2024-07-05", ["2024-H1"]),
        (
            "Từ năm 2019 đến giữa năm 2024, các tổ hòa giải hòa giải thành 1.203 vụ việc.",
            "2024-08-05",
            ["2019..2024-06"],
        ),
    ],
)
def test_months_are_counted_from_the_day_told_before(text: str, published: str, periods: list[str]) -> None:
    assert _periods(text, published=published) == periods


@pytest.mark.parametrize(
    ("title", "text", "outlet", "published", "places"),
    [
        # a province that others learn from
        (
            "Thành phố Hải Phòng tiếp công dân",
            "Trong năm, các cấp tiếp 5.120 lượt công dân. Kinh nghiệm của tỉnh bạn Quảng Ninh được cho là đáng học.",
            None,
            "2024-12-20",
            ["Hải Phòng"],
        ),
        # provinces that a province was made of
        (
            "Hòa giải ở cơ sở",
            "Sở Tư pháp tỉnh Lâm Đồng (hình thành từ Lâm Đồng, Đắk Nông và Bình Thuận) tổng kết công tác năm 2025. Các tổ hòa giải hòa "
            "giải thành 3.105 vụ việc.",
            None,
            "2026-01-15",
            ["Lâm Đồng"],
        ),
        # a commune whose bare name opens the title
        (
            "Trần Phú (Hà Tĩnh): gần dân",
            "Phường Trần Phú, tỉnh Hà Tĩnh thành lập từ tháng 7.\n\nBan Thanh tra nhân dân giám sát 7 cuộc.",
            "Hà Tĩnh",
            "2025-12-30",
            ["Trần Phú, Hà Tĩnh"],
        ),
        # but not the province that a city bears the name of
        (
            "Sơn La: tiếp xúc cử tri",
            "Công tác tiếp xúc cử tri có 270 cuộc.\n\nTại thành phố Sơn La, các đại biểu gặp gỡ thanh niên.",
            "Sơn La",
            "2024-06-29",
            ["Sơn La"],
        ),
        (
            "Bà Rịa - Vũng Tàu thực hiện dân chủ ở cơ sở",
            "Toàn tỉnh mở 78 lớp tập huấn về dân chủ ở cơ sở.\n\nThành phố Bà Rịa treo pa nô về dân chủ ở cơ sở.",
            "Bà Rịa - Vũng Tàu",
            "2023-01-08",
            ["Bà Rịa - Vũng Tàu"],
        ),
        # deputies of the province meet the voters of the commune; a province in the wording of a period is no place
        (
            "Phường Phú Mỹ (TP.HCM): gặp gỡ cử tri",
            "Chiều 23/11, Tổ đại biểu HĐND TP.HCM tiếp xúc cử tri, có 210 cử tri dự.\n\nChủ tịch UBND phường thông tin, từ khi Bình Dương "
            "về chung TP.HCM (1/7/2025), phường đã tiếp 94 lượt công dân.",
            None,
            "2025-11-24",
            ["Phú Mỹ, Hồ Chí Minh", "Phú Mỹ, Hồ Chí Minh"],
        ),
        # communes listed with their numbers behind colons
        (
            "Lâm Đồng: hòa giải ở cơ sở",
            "Năm 2025, xã Nam Thành: 26 vụ việc hòa giải thành; Tuy Phong: 33 vụ việc hòa giải thành.",
            "Lâm Đồng",
            "2026-01-15",
            ["Nam Thành, Lâm Đồng", "Tuy Phong, Lâm Đồng"],
        ),
        # a company keeps the name of its province, and one named behind what it is is the same
        (
            None,
            "Công ty Điện lực Phú Yên tổ chức hội nghị người lao động. Năm 2016, công ty đối thoại định kỳ 4 kỳ.",
            "Phú Yên",
            "2017-03-02",
            ["Công ty Điện lực Phú Yên, Phú Yên"],
        ),
        (
            "Cao su Tân Biên làm tốt dân chủ tại nơi làm việc",
            "Là doanh nghiệp nhà nước, Công ty CP Cao su Tân Biên có hơn 2.000 lao động. Năm 2022, công ty đối thoại định kỳ 2 kỳ.",
            "Tây Ninh",
            "2023-05-19",
            ["Công ty CP Cao su Tân Biên, Tây Ninh"],
        ),
        # what a cluster of provinces did, wherever it met, and what one of them did
        (
            "Giao ban Mặt trận khu vực Bắc Trung Bộ",
            "Cụm thi đua 6 tỉnh Bắc Trung Bộ giao ban tại thành phố Vinh. 6 tháng đầu năm 2023, Mặt trận các cấp của cụm giám sát "
            "2.316 cuộc. Nghệ An dẫn đầu với 624 cuộc giám sát.\n\nTiếp xúc cử tri: 1.140 cuộc.",
            None,
            "2023-08-11",
            ["Bắc Trung Bộ", "Nghệ An", "Bắc Trung Bộ"],
        ),
        (
            None,
            "6 tháng đầu năm 2023, Công an tỉnh Đắk Lắk đối thoại 12 cuộc với đồng bào trong vùng.",
            None,
            "2023-08-11",
            ["Đắk Lắk"],
        ),
    ],
)
def test_places_named_beside_those_told_of(
    title: str | None, text: str, outlet: str | None, published: str, places: list[str]
) -> None:
    assert [fact.place for fact in _facts(text, title, published, outlet)] == places


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        # months counted from a day that is told without its year
        (
            "Phường đi vào hoạt động từ ngày 1/7. Sau một tháng, phường tiếp 214 lượt công dân. Trong tháng, các tổ hòa giải hòa giải "
            "thành 6 vụ việc.",
            "2025-08-06",
            ["2025-07", "2025-07"],
        ),
        ("Phường đi vào hoạt động từ ngày 1/7. Sau 3 tháng, phường tiếp 214 lượt công dân.", "2025-10-06", ["2025-Q3"]),
        ("Ban đi vào hoạt động từ ngày 1/11. Sau 3 tháng, phường tiếp 214 lượt công dân.", "2025-02-06", ["2025"]),
        # one month of anything else is no period
        ("Mỗi hộ góp một tháng lương. Năm 2025, phường tiếp 214 lượt công dân.", "2025-12-06", ["2025"]),
        # halves of the year that a review in January tells of
        (
            "Năm 2025, các tổ nhận 688 vụ việc hòa giải (6 tháng đầu năm 302 vụ, 6 tháng cuối năm 386 vụ).",
            "2026-01-15",
            ["2025", "2025-H1", "2025-H2"],
        ),
        (
            "Ngành tư pháp tổng kết công tác năm. Trong năm, các tổ nhận 688 vụ việc hòa giải (6 tháng đầu năm 302 vụ).",
            "2026-01-15",
            ["2025", "2025-H1"],
        ),
        # a half of the year at hand is still planned then
        ("Sáu tháng đầu năm, tổ chức 12 lớp tập huấn hòa giải cho 300 người.", "2026-01-15", []),
        # back at the meeting, whatever was told of between
        (
            "Sáng 7/8, đại biểu HĐND tỉnh tiếp xúc cử tri. Ở lần tiếp xúc tháng 4, cử tri nêu 19 ý kiến. Tại buổi tiếp xúc này, cử "
            "tri nêu thêm 12 ý kiến.",
            "2024-08-08",
            ["2024-04", "2024-08"],
        ),
    ],
)  # fmt: skip
def test_periods_counted_from_what_was_told(text: str, published: str, periods: list[str]) -> None:
    assert _periods(text, published) == periods


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        # days of which the last is only a month
        ("Từ ngày 1/7/2025 đến hết tháng 10, các xã tiếp 163 lượt công dân.", "2025-11-18", ["2025-07..2025-10"]),
        ("Từ 1/7 đến hết tháng 9, các xã tiếp 163 lượt công dân.", "2025-11-18", ["2025-Q3"]),
        # since an undertaking, since a law told of before
        (
            "Từ khi bắt tay xây dựng nông thôn mới năm 2011 đến hết tháng 6/2014, nhân dân tỉnh hiến 112 ha đất làm đường.",
            "2014-07-22",
            ["2011..2014-06"],
        ),
        (
            "Luật có hiệu lực từ ngày 1/7/2023. Từ khi luật có hiệu lực đến nay, nhân dân bàn và quyết định 460 nội dung.",
            "2024-11-12",
            ["2023-07.."],
        ),
        # the year before the one told of, the years of a term that is told of
        (
            "Năm 2022, các xã tiếp 163 lượt công dân.\n\nMột năm trước đó, do dịch bệnh, các xã chỉ tiếp 71 lượt công dân.",
            "2024-01-11",
            ["2022", "2021"],
        ),
        (
            "Năm 2017, kỷ luật 702 đảng viên. Nhìn rộng hơn, nhiệm kỳ 2010 - 2015 toàn tỉnh kỷ luật 4.218 đảng viên.",
            "2017-12-29",
            ["2017", "2010..2015"],
        ),
        ("Đại hội đánh giá nhiệm kỳ 2019 - 2024: Mặt trận giám sát 240 cuộc.", "2024-08-02", ["2019..2024"]),
        ("Đại hội lần thứ XV, nhiệm kỳ 2024 - 2029, toàn tỉnh chào mừng. Mặt trận giám sát 40 cuộc.", "2024-08-02", ["2024"]),
        # "năm nay" says again what a report of the half is about; at the end of a year it is the year
        (
            "Sơ kết 6 tháng đầu năm 2012. Năm nay tỉnh được mùa. Các xã tiếp 163 lượt công dân.",
            "2012-07-05",
            ["2012-H1"],
        ),
        (
            "6 tháng đầu năm 2012, các xã tiếp 63 lượt công dân. Năm nay, các xã tiếp 163 lượt công dân.",
            "2012-12-25",
            ["2012-H1", "2012"],
        ),
        # somebody's own years, and a record
        (
            "Hơn 10 năm làm Trưởng thôn, ông Sơn quen việc. Xã có 109 tổ hòa giải. Năm 2023, các tổ hòa giải thành 52 vụ việc.",
            "2023-12-19",
            ["2023", "2023"],
        ),
        (
            "6 tháng đầu năm 2024, dân hiến 742 m2 đất làm đường - kết quả cao nhất từ đầu nhiệm kỳ. Các xã tiếp 163 lượt công dân.",
            "2024-07-11",
            ["2024-H1", "2024-H1"],
        ),
        # an earlier year told for itself says nothing of what stands before it
        (
            "Tỉnh có 733 tổ hòa giải.\n\nRiêng năm 2023, các tổ hòa giải thành 52 vụ việc.",
            "2024-11-12",
            ["2024", "2023"],
        ),
        # from when something began to when it is told of
        (
            "Trụ sở tiếp công dân phường mở cửa từ sáng 1/7/2025. Đến hết ngày 8/10, phường tiếp 163 lượt công dân.",
            "2025-10-10",
            ["2025-07..2025-10"],
        ),
        (
            "Mô hình bắt đầu từ đầu tháng 8/2025. Tính hết tháng 11, phường tiếp 163 lượt công dân.",
            "2025-12-09",
            ["2025-08..2025-11"],
        ),
        ("Từ khi lập xã mới tới cuối tháng 11, xã tiếp 163 lượt công dân.", "2025-12-22", ["2025-07..2025-11"]),
        ("Từ tháng 7 tới cuối năm 2025, xã tiếp 163 lượt công dân.", "2026-02-25", ["2025-H2"]),
        # years alone that go on a list, and what is put off to another quarter
        (
            "Nếu tách từng năm, 2016 có 640 mô hình dân vận khéo, 2017 có 815, 2018 lên 962.",
            "2019-12-17",
            ["2016", "2017", "2018"],
        ),
        (
            "9 tháng năm 2022, giải quyết 40 vụ khiếu nại, còn 4 vụ khiếu nại kéo sang quý IV.",
            "2022-09-27",
            ["2022-9M", "2022-9M"],
        ),
        # levels of then in a clause of their own
        (
            "Năm 2024, tỉnh có 342 cuộc đối thoại. Nếu so với năm 2022, khi cả tỉnh mới có 189 cuộc đối thoại, số cuộc gấp đôi.",
            "2024-12-27",
            ["2024", "2022"],
        ),
        (
            "6 tháng đầu năm 2022, các tổ hòa giải nhận 137 vụ. Tỷ lệ hòa giải thành cùng kỳ mới 81,6%, nay đã đạt 88,3%.",
            "2022-06-30",
            ["2022-H1", "2021-H1", "2022-H1"],
        ),
        # what the review is of, told as an aside from years told together
        (
            "Ngày 11/7, tỉnh sơ kết 6 tháng đầu năm 2014 về dân chủ ở cơ sở. Từ khi có Pháp lệnh, từ năm 2011 đến hết tháng 6/2014, các "
            "xã tổ chức 1.914 cuộc đối thoại. Riêng 6 tháng đầu năm nay, các xã tiếp 4.270 lượt công dân.\n\n"
            "Các tổ hòa giải hòa giải thành 318 vụ việc.",
            "2014-07-12",
            ["2011..2014-06", "2014-H1", "2014-H1"],
        ),
    ],
)  # fmt: skip
def test_periods_that_pages_tell_in_their_own_way(text: str, published: str, periods: list[str]) -> None:
    assert _periods(text, published) == periods


@pytest.mark.parametrize(
    ("title", "text", "outlet", "published", "places"),
    [
        # a district described as one of the province
        (
            "Cao Bằng: công tác Mặt trận",
            "Tại Hạ Lang, huyện vùng biên của tỉnh, các tổ hòa giải hòa giải thành 14 vụ việc.",
            None,
            "2019-08-20",
            ["Hạ Lang, Cao Bằng"],
        ),
        (
            None,
            "Xã Dũng Phong (Cao Phong) là xã điểm của tỉnh. Năm 2012, các tổ hòa giải hòa giải thành 6 vụ việc.",
            "Hòa Bình",
            "2012-12-12",
            ["Dũng Phong, Cao Phong, Hòa Bình"],
        ),
        (
            None,
            "Năm 2012, huyện Cao Phong hòa giải thành 4 vụ việc; các huyện của tỉnh hòa giải thành 60 vụ việc.",
            "Hòa Bình",
            "2012-12-12",
            ["Cao Phong, Hòa Bình", "Hòa Bình"],
        ),
        # provinces that were merged, joined by a dash
        (
            "Mặt trận tỉnh Quảng Ngãi",
            "Sau một năm hợp nhất hai tỉnh Quảng Ngãi - Kon Tum, mặt trận các cấp chủ trì 289 cuộc giám sát.",
            None,
            "2026-07-09",
            ["Quảng Ngãi"],
        ),
        # two tiers at once behind a commune in brackets
        (
            "Mộc Châu sơ kết công tác dân vận",
            "Bản Nà Bó (xã Mường Sang) làm đường mới.\n\nChính quyền huyện, xã tiếp 168 lượt công dân.",
            "Sơn La",
            "2017-07-03",
            ["Mộc Châu, Sơn La"],
        ),
        # a region's provinces and cities
        (
            "Tiếp công dân ở Đồng bằng sông Cửu Long",
            "Năm 2022, 13 tỉnh, thành phố Đồng bằng sông Cửu Long tiếp 412.000 lượt công dân.",
            None,
            "2023-05-24",
            ["Đồng bằng sông Cửu Long"],
        ),
        # all villages behind one of them, the village of who speaks
        (
            None,
            "Năm 2023, xã Tân Phú (Tân Kỳ) tiếp 10 lượt công dân.\n\nRiêng xóm Tân Lâm hòa giải thành 2 vụ việc. Tổ hòa giải các xóm "
            "hòa giải thành 11 vụ việc.",
            "Nghệ An",
            "2024-01-10",
            ["Tân Phú, Tân Kỳ, Nghệ An", "Tân Lâm, Tân Phú, Tân Kỳ, Nghệ An", "Tân Phú, Tân Kỳ, Nghệ An"],
        ),
        (
            None,
            "Bà Nhàn, Bí thư Chi bộ thôn Khe Ron, xã Hồng Ca (Trấn Yên) nói: thôn có 71 hộ hiến đất làm đường.",
            "Yên Bái",
            "2024-07-11",
            ["Khe Ron, Hồng Ca, Trấn Yên, Yên Bái"],
        ),
        # a commune named once with its kind and later without
        (
            None,
            "Năm 2020, bà Chủ tịch UBND thị trấn Thổ Tang kể về một vụ kiện. Thổ Tang năm nay hòa giải thành 17 vụ việc.",
            "Vĩnh Phúc",
            "2020-12-24",
            ["Thổ Tang, Vĩnh Tường, Vĩnh Phúc"],
        ),
        # places in brackets behind their figures
        (
            None,
            "Quý I/2025, hai tỉnh cũ tiếp 812 lượt công dân (Bình Định) và 547 lượt công dân (Gia Lai).",
            "Gia Lai",
            "2026-04-02",
            ["Bình Định", "Gia Lai"],
        ),
        # what a department settles and a company holds
        (
            None,
            "Năm 2021, tỉnh Quảng Trị hòa giải thành 489 vụ việc. Sở Tư pháp giải quyết 9.844 hồ sơ, đúng hạn 99,8%.",
            None,
            "2022-01-14",
            ["Quảng Trị", "Sở Tư pháp, Quảng Trị", "Sở Tư pháp, Quảng Trị"],
        ),
        (
            None,
            "Năm 2022, toàn tỉnh có 90 cuộc đối thoại tại nơi làm việc. Công ty TNHH Thủy sản Nam Sông có 9 cuộc đối thoại tại nơi "
            "làm việc.",
            "Bạc Liêu",
            "2022-12-23",
            ["Bạc Liêu", "Công ty TNHH Thủy sản Nam Sông, Bạc Liêu"],
        ),
    ],
)
def test_places_that_pages_tell_in_their_own_way(
    title: str | None, text: str, outlet: str | None, published: str, places: list[str]
) -> None:
    assert [fact.place for fact in _facts(text, title, published, outlet)] == places
