"""What stands near our words and is none of our figures, and figures that such a thing must not hide."""

from __future__ import annotations

import pytest

from extraction import read_text

Told = list[tuple[str, float]]


def _told(text: str, source: str = "Nghệ An") -> Told:
    return [(fact.metric, fact.value) for fact in read_text(text, source_province=source).facts]


RECEIVED: Told = [("reception_visits", 120), ("reception_people", 140)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # deadlines and hotlines
        (
            "Năm 2024, Chủ tịch UBND huyện tiếp công dân 24 ngày. Thời hạn trả lời đơn ở cấp xã 10 ngày, cấp huyện 15 ngày.",
            [("leader_reception_sessions", 24)],
        ),
        (
            "Năm 2024, tổng đài 1022 lượt tiếp nhận 512 phản ánh của người dân.",
            [("feedback_received", 512)],
        ),
        # what a plan sets goes on over semicolons
        (
            "Năm 2021, Ban Chỉ đạo kiểm tra 34 đơn vị về thực hiện quy chế dân chủ.\n\nKế hoạch số 28-KH/BCĐ năm 2022 đặt ra: Ban "
            "Chỉ đạo tỉnh kiểm tra 4 huyện và 6 sở; mở 15 lớp tập huấn cho khoảng 1.500 cán bộ.",
            [("democracy_units_inspected", 34)],
        ),
        # the disease has a number of its own
        (
            "Năm 2021, do dịch Covid-19, toàn tỉnh chỉ tổ chức 64 cuộc đối thoại với nhân dân.",
            [("dialogue_sessions", 64)],
        ),
        # pairs of visits and people end with their paragraph
        (
            "Năm 2024, xã tiếp 120 lượt/140 người đến khiếu nại.\nTại thị trấn, cuộc họp vắng nhiều. Khảo sát cho thấy "
            "48/50 người dân hài lòng.",
            RECEIVED,
        ),
        (
            "Năm 2024, xã tiếp 120 lượt/140 người đến khiếu nại.\nHội nghị đối thoại có 48/50 người dự.",
            [*RECEIVED, ("dialogue_participants", 48)],
        ),
        # what is quoted hides nothing between two quotations
        (
            'Mô hình "100% hộ đồng thuận" vận động nhân dân hiến 300 m2 đất, góp 40 ngày công làm "Đường cờ".',
            [("land_donated", 300), ("workdays_contributed", 40)],
        ),
        # what is counted beside those who were disciplined
        (
            "Năm 2024, Ủy ban Kiểm tra các cấp thi hành kỷ luật 14 đảng viên. Huyện có dân số 120.400 người.",
            [("party_members_disciplined", 14)],
        ),
        (
            "Năm 2024, Ủy ban Kiểm tra các cấp thi hành kỷ luật 14 đảng viên. Toàn huyện xảy ra 25 vụ tranh chấp đất đai.",
            [("party_members_disciplined", 14)],
        ),
        (
            "Năm 2024, Ủy ban Kiểm tra Tỉnh ủy cho biết 12 người bị xử lý hình sự vì buôn lậu.",
            [],
        ),
        (
            "Năm 2024, Đảng ủy thực hiện tự phê bình và phê bình đối với 320 đảng viên.",
            [],
        ),
        # what is given, and what only sounds like it
        (
            "Năm 2024, người dân thôn Đông phá bỏ hơn 2.000 m2 đất vườn tạp để trồng cam, xây dựng nông thôn mới.",
            [],
        ),
        (
            "Năm 2024, trong xây dựng nông thôn mới, các hộ dân đóng 120 triệu đồng tiền bảo hiểm y tế.",
            [],
        ),
        (
            "Năm 2024, nhân dân trong xã hiến 3.000 m2 đất làm đường; huyện chi 5 tỷ đồng.",
            [("land_donated", 3000)],
        ),
        (
            "Năm 2024, nhân dân trong xã hiến 3.000 m2 đất làm đường; giá đất nay đã lên 5 tỷ đồng.",
            [("land_donated", 3000)],
        ),
        # boards of the council are no people's inspection
        (
            "Năm 2024, Ban Thanh tra nhân dân giám sát 120 cuộc. HĐND huyện cùng các ban đã giám sát 14 cuộc về đầu tư công.",
            [("people_inspection_sessions", 120)],
        ),
        # one of, and a share of thousands
        (
            "Năm 2024, toàn tỉnh đã giải quyết 45 trong 1,2 nghìn đơn khiếu nại.",
            [("complaints_resolved", 45)],
        ),
        # how many there are is not how many did it
        (
            "Năm 2024, toàn tỉnh thi hành kỷ luật 63 đảng viên. Huyện Quỳ Hợp có 40 đảng viên.",
            [("party_members_disciplined", 63)],
        ),
        (
            "Năm 2024, toàn tỉnh có 9.800 hộ hiến đất làm đường. Xã Nghi Ân có 3.000 hộ.",
            [("households_donating_land", 9800)],
        ),
        (
            "Năm 2024, có 1.204 doanh nghiệp tổ chức hội nghị người lao động. Huyện Diễn Châu có 45 doanh nghiệp.",
            [("labour_conferences", 1204)],
        ),
    ],
)
def test_neighbours_are_not_taken(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "source", "part"),
    [
        ("Năm 2024, nhân dân huyện Đông Anh hiến 3.200 m2 đất làm đường.", "Hà Nội", False),
        ("Năm 2024, nhân dân huyện Kỳ Anh hiến 3.200 m2 đất làm đường.", "Hà Tĩnh", False),
        ("Năm 2024, nhân dân huyện Anh Sơn hiến 3.200 m2 đất làm đường.", "Nghệ An", False),
        ("Năm 2024, anh Hùng ở xã Phúc Thành hiến 200 m2 đất làm đường.", "Nghệ An", True),
    ],
)
def test_a_district_is_no_giver(text: str, source: str, part: bool) -> None:
    (fact,) = read_text(text, source_province=source).facts
    assert fact.subset is part


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Năm 2024, UBND huyện và xã Hưng Lộc tổ chức 4 cuộc đối thoại với nhân dân.",
            "Hưng Lộc, Nghệ An",
        ),
        (
            "Năm 2024, Chủ tịch UBND huyện lên đường đến xã Mường Típ đối thoại với nhân dân 4 cuộc.",
            "Mường Típ, Kỳ Sơn, Nghệ An",
        ),
        ("Mỗi thôn 2, 3 hộ hiến đất; toàn xã có 45 hộ hiến đất làm đường năm 2024.", "Nghệ An"),
        (
            "Tại Trường Chinh (Hương Khê, Hà Tĩnh), năm 2024 có 4 cuộc đối thoại với nhân dân.",
            "Hương Khê, Hà Tĩnh",
        ),
        (
            "Riêng Hà Linh (Hương Khê, Hà Tĩnh), năm 2024 có 4 cuộc đối thoại với nhân dân.",
            "Hà Linh, Hương Khê, Hà Tĩnh",
        ),
    ],
)
def test_names_that_are_places_and_names_that_are_none(text: str, place: str) -> None:
    facts = read_text(text).facts if "Hà Tĩnh" in text else read_text(text, source_province="Nghệ An").facts
    assert {fact.place for fact in facts} == {place}


def test_a_department_is_found_in_the_first_sentence_too() -> None:
    read = read_text(
        "Sở Nội vụ tiếp 125 lượt công dân; nhận 20 đơn.", title="Nghệ An: kết quả tiếp công dân năm 2024"
    )
    assert [fact.place for fact in read.facts][:1] == ["Sở Nội vụ, Nghệ An"]


def test_villages_of_a_commune_right_under_its_province_share_the_commune() -> None:
    text = (
        "Thôn Đông, thôn Tây, thôn Nam, xã Phong Điền, thành phố Huế tổ chức 12 cuộc đối thoại với nhân dân."
    )
    (fact,) = read_text(text, published="2025-12-05").facts
    assert (fact.place, fact.level) == ("Phong Điền, Huế", "commune")


def test_an_order_of_the_nation_in_the_title_makes_no_national_figure() -> None:
    read = read_text(
        "Đơn vị đã tiếp 120 lượt công dân.", title="Kết quả thực hiện Chỉ thị 35 của Bộ Chính trị"
    )
    assert [fact.place for fact in read.facts] == [None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2024, thành phố đối thoại với nhân dân nề nếp hơn. Mặt trận quận mở 42 hội nghị định kỳ, 30 hội nghị đột xuất.",
            [("dialogue_sessions", 42), ("dialogue_sessions", 30)],
        ),
        (
            "Ngày 12/6/2024, Bí thư Tỉnh ủy đối thoại trực tiếp, trực tuyến với hơn 4.500 công nhân lao động.",
            [("dialogue_participants", 4500)],
        ),
        (
            "Năm 2024, cùng với 64 cuộc tiếp xúc cử tri, lãnh đạo huyện tổ chức 23 buổi đối thoại với 1.486 người dân. "
            "Qua đối thoại tiếp nhận 195 ý kiến. Đến cuối năm đã giải quyết 171 ý kiến.",
            [
                ("voter_meetings", 64),
                ("dialogue_sessions", 23),
                ("dialogue_participants", 1486),
                ("dialogue_opinions", 195),
                ("dialogue_opinions_resolved", 171),
            ],
        ),
        (
            "Năm 2024, Ủy ban MTTQ các cấp giám sát 164 cuộc. Về phản biện xã hội, tổ chức 52 hội nghị.",
            [("front_supervision_sessions", 164), ("social_criticism_sessions", 52)],
        ),
        (
            "Năm 2024, bộ phận trả kết quả của Sở tiếp nhận 21.940 hồ sơ, đã giải quyết 98,9%.",
            [("dossiers_received", 21940)],
        ),
        (
            "Năm 2024, tại hội nghị tiếp xúc cử tri, cử tri nêu 17 ý kiến về đường huyện 40, nước sinh hoạt.",
            [("voter_opinions", 17)],
        ),
        (
            "Năm 2024, 2 hộ dân hiến 200 m2 đất làm đường, tính ra hơn 400 triệu đồng.",
            [("households_donating_land", 2), ("land_donated", 200), ("contributions_value", 400_000_000)],
        ),
    ],
)
def test_what_stands_near_says_which_of_two_it_is(text: str, told: Told) -> None:
    assert [one for one in _told(text) if not one[0].endswith("_rate")] == told
