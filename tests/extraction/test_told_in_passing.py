"""Years told in passing, months without the day they began on, and places that are dealt out by an order told before."""

from __future__ import annotations

import pytest

from extraction import read_text


def _periods(text: str, published: str) -> list[str | None]:
    facts = read_text(text, published=published, source_province="Bắc Giang").facts
    return [fact.period for fact in sorted(facts, key=lambda fact: fact.start)]


@pytest.mark.parametrize(
    ("text", "published", "periods"),
    [
        # what the number told of was in an earlier year
        (
            "Năm 2024, lãnh đạo các cấp tổ chức 126 cuộc đối thoại, con số của năm 2023 là 97 cuộc. Các xã tiếp 1.930 lượt công dân.",
            "2025-05-15",
            ["2024", "2023", "2024"],
        ),
        (
            "Từ đầu năm tới tháng 7, hội đồng công nhận 328 mô hình “Dân vận khéo”. Năm 2024, con số được công nhận là 295. "
            "Các tổ hòa giải hòa giải thành 71 vụ việc.",
            "2025-08-11",
            ["2025-YTD07", "2024", "2025-YTD07"],
        ),
        # discipline is no law whose year would be named
        (
            "Năm 2023, toàn tỉnh có 178 đảng viên bị kỷ luật trong năm, trong khi năm 2022 là 141 đảng viên bị kỷ luật.",
            "2023-12-27",
            ["2023", "2022"],
        ),
        (
            "Trong năm, các xã nhận 486 đơn khiếu nại, kém năm trước 9%. Các xã tiếp 173 lượt công dân.",
            "2024-12-31",
            ["2024", "2024"],
        ),
        # a quarter that only the day of publication tells
        ("Trong quý, các xã tiếp 88 lượt công dân.", "2025-04-02", ["2025-Q1"]),
        ("Trong quý, các xã tiếp 88 lượt công dân.", "2025-05-28", ["2025-Q2"]),
        ("Hết quý, các xã tiếp 88 lượt công dân.", "2025-04-04", ["2025-Q1"]),
        ("Trong quý, các xã tiếp 88 lượt công dân.", "2025-01-06", ["2024-Q4"]),
        # months that are just over, and others that say how long it took
        ("Sau ba tháng, các xã tiếp 876 lượt công dân.", "2024-04-05", ["2024-Q1"]),
        ("Sau 10 tháng, các xã tiếp 876 lượt công dân.", "2023-11-22", ["2023-YTD10"]),
        ("Sau 5 tháng, các xã tiếp 876 lượt công dân.", "2025-12-02", ["2025-07..2025-11"]),
        ("Sau 5 tháng, các xã tiếp 876 lượt công dân.", "2024-12-02", ["2024"]),
        ("Quy chế sinh hoạt ba tháng một lần. Các xã tiếp 876 lượt công dân.", "2024-11-05", ["2024"]),
        # years without the word for year, and halves by another name
        ("Kết quả 2024: các xã tiếp 876 lượt công dân.", "2025-03-18", ["2024"]),
        ("Đánh giá nửa chặng đường năm 2025, các xã tiếp 876 lượt công dân.", "2025-07-04", ["2025-H1"]),
        ("Tính đến nay trong năm 2021, các xã tiếp 876 lượt công dân.", "2021-05-25", ["2021-YTD05"]),
        ("Sáu buổi sáng giữa tháng 5/2019, các xã tiếp 46 lượt công dân.", "2019-05-22", ["2019-05"]),
        (
            "Kể từ khi khởi động nông thôn mới năm 2011 đến nay, toàn huyện có 4.115 hộ hiến đất.",
            "2017-11-21",
            ["2011.."],
        ),
        (
            "Bốn tháng đầu chạy mô hình xã mới (từ 7/2025 đến hết 10/2025), các xã tiếp 76 lượt công dân. Các tổ hòa giải hòa giải thành "
            "31 vụ việc.",
            "2025-11-09",
            ["2025-07..2025-10", "2025-07..2025-10"],
        ),
        # the months of the year before, by its year
        (
            "6 tháng đầu năm, kỷ luật 7 đảng viên. Năm 2019, cùng thời điểm này, kỷ luật 9 đảng viên.",
            "2020-07-08",
            ["2020-H1", "2019-H1"],
        ),
        # an occasion, and years of somebody's own
        (
            "Quý I/2022, nhân Tháng Thanh niên, lãnh đạo các cấp tổ chức 97 cuộc đối thoại với thanh niên.",
            "2022-04-02",
            ["2022-Q1"],
        ),
        (
            "Bà Lành sau 12 năm đội đơn được nhận lại đất. Các xã tiếp 860 lượt công dân.",
            "2023-09-20",
            ["2023"],
        ),
        (
            "Năm 2021 nhận 4.210 đơn, năm 2022 nhận 3.705 đơn, năm 2023 nhận 3.369 đơn. Tính ba năm, số khiếu nại đúng là 214 vụ.",
            "2024-05-16",
            ["2021", "2022", "2023", "2021..2023"],
        ),
        # the year just over is what is reviewed in February
        (
            "Toàn tỉnh có 1.292 tổ hòa giải. Nhìn lại năm 2023, các tổ hòa giải hòa giải thành 810 vụ việc.\n\nCác xã tiếp 342 lượt công dân.",
            "2024-02-28",
            ["2024", "2023", "2023"],
        ),
    ],
)
def test_periods_told_in_passing(text: str, published: str, periods: list[str]) -> None:
    assert _periods(text, published) == periods


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Năm 2021, Giồng Trôm hiến 14.300 m2 đất làm đường, Thạnh Phú 9.980 m2. Số hộ hiến đất theo thứ tự ấy: 206 hộ, 143 hộ.",
            ["Giồng Trôm", "Thạnh Phú", "Giồng Trôm", "Thạnh Phú"],
        ),
        (
            "Năm 2022, huyện Giồng Trôm hòa giải thành 129 vụ việc; huyện Thạnh Phú hòa giải thành 151 vụ việc.\n\n"
            "Hai huyện có lần lượt 210 và 233 tổ hòa giải.",
            ["Giồng Trôm", "Thạnh Phú", "Giồng Trôm", "Thạnh Phú"],
        ),
        (
            "Năm 2022, huyện Giồng Trôm hòa giải thành 129 vụ việc; huyện Thạnh Phú hòa giải thành 151 vụ việc. "
            "Số tổ hòa giải: 210 tổ và 233 tổ theo hai huyện nói trên.",
            ["Giồng Trôm", "Thạnh Phú", "Giồng Trôm", "Thạnh Phú"],
        ),
        # as many numbers as places, or none is dealt out
        (
            "Năm 2022, huyện Giồng Trôm hòa giải thành 129 vụ việc; huyện Thạnh Phú hòa giải thành 151 vụ việc.\n\n"
            "Ba huyện có lần lượt 210, 233 và 225 tổ hòa giải.",
            ["Giồng Trôm", "Thạnh Phú", "Giồng Trôm", "Giồng Trôm", "Giồng Trôm"],
        ),
    ],
)
def test_numbers_are_dealt_out_to_the_places_told_before(text: str, places: list[str]) -> None:
    facts = sorted(read_text(text, source_province="Bến Tre").facts, key=lambda fact: fact.start)
    assert [(fact.place or "").split(",")[0] for fact in facts] == places


@pytest.mark.parametrize(
    ("title", "text", "published", "outlet", "places"),
    [
        # what is singled out at the end is not what the text is about
        (
            None,
            "11 tháng, lãnh đạo thành phố và các xã, phường tiếp 3.106 lượt công dân.\nRiêng phường Tam Kỳ đối thoại 4 cuộc.",
            "2025-12-05",
            "Đà Nẵng",
            ["Đà Nẵng", "Tam Kỳ, Đà Nẵng"],
        ),
        # a ward made of the commune of its name, whose district has ended
        (
            "Phường Ea Kao báo cáo kết quả 9 tháng",
            "Phường Ea Kao, tỉnh Đắk Lắk hình thành trên cơ sở nhập xã Ea Kao và phường Ea Tam cũ.\n\nTrong quý III, phường tiếp 184 lượt công "
            "dân.",
            "2025-10-08",
            "Đắk Lắk",
            ["Ea Kao, Đắk Lắk"],
        ),
        # districts by number were those of one city, and a department's name is no school's
        (
            "Quận 8 thông tin về đơn thư",
            "Nửa đầu năm 2019, Quận 8 tiếp 412 lượt công dân.",
            "2019-07-30",
            None,
            ["Quận 8, Hồ Chí Minh"],
        ),
        (
            None,
            "Năm 2019, Sở Tài nguyên và Môi trường Bình Phước tiếp 27 lượt công dân.",
            "2020-01-06",
            None,
            ["Sở Tài nguyên và Môi trường, Bình Phước"],
        ),
        (
            None,
            "Tân Kỳ, huyện miền núi Nghệ An, trong tám tháng năm 2020 tiếp 89 lượt công dân.",
            "2020-08-28",
            None,
            ["Tân Kỳ, Nghệ An"],
        ),
        # a title names an office that only tells of its province, or none by its name
        (
            "Sở Nội vụ và bài toán tập huấn",
            "Năm 2024, Lâm Đồng mở 41 lớp tập huấn về dân chủ ở cơ sở.",
            "2025-01-10",
            None,
            ["Lâm Đồng"],
        ),
        (
            "Tập đoàn và công nhân: những cuộc đối thoại",
            "9 tháng năm 2022, các doanh nghiệp ở Hải Phòng tổ chức 600 cuộc đối thoại tại nơi làm việc.",
            "2022-09-29",
            None,
            ["Hải Phòng"],
        ),
        # a region told of as that of a district
        (
            None,
            "Trấn Yên, huyện nông thôn mới đầu tiên của vùng Tây Bắc, hiến 72.000 m2 đất làm đường.",
            "2019-07-02",
            "Yên Bái",
            ["Trấn Yên, Yên Bái"],
        ),
    ],
)
def test_places_that_only_stand_beside(
    title: str | None, text: str, published: str, outlet: str | None, places: list[str]
) -> None:
    facts = read_text(text, title=title, published=published, source_province=outlet).facts
    assert [fact.place for fact in sorted(facts, key=lambda fact: fact.start)] == places
