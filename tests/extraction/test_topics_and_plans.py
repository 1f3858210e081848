"""What a page is about says what is counted: classes, decisions of villagers, voters, feedback; and what a plan heads."""

from __future__ import annotations

import pytest

from extraction import read_text

Told = list[tuple[str, float]]


def _told(text: str, title: str | None = None, published: str = "2024-07-19") -> Told:
    facts = read_text(text, title=title, published=published, source_province="Phú Thọ").facts
    return [(fact.metric, fact.value) for fact in facts]


def test_classes_are_of_the_topic_of_the_page() -> None:
    told = [("mediation_teams", 212), ("training_classes", 17), ("training_participants", 1430)]
    text = "Năm 2023, huyện có 212 tổ hòa giải. Huyện đã mở 17 lớp, 1.430 lượt người học."
    assert _told(text, "Mười năm thực hiện Luật Hòa giải ở cơ sở") == told


def test_classes_of_trades_and_of_schools_are_not() -> None:
    text = "Năm 2023, huyện đã mở 17 lớp, 1.430 người học. Có 12 mô hình thực hiện dân chủ."
    assert _told(text, "Dạy nghề cho lao động nông thôn") == []
    text = "Năm 2023, các tổ hòa giải thành 94 vụ. Huyện mở 5 lớp mẫu giáo."
    assert _told(text) == [("mediation_cases_successful", 94)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2023, bà con 8 thôn, khu họp 21 buổi bàn việc mở đường, quyết định 13 nội dung.",
            [("people_decided_items", 13)],
        ),
        ("Năm 2023, HĐND xã họp 4 kỳ tại nhà văn hóa thôn, quyết định 13 nội dung.", []),
        ("Năm 2023, Chủ tịch UBND xã họp với các thôn, ban hành quyết định 13 nội dung.", []),
        # who meets the voters may be named between
        (
            "Năm 2023, Mặt trận giám sát 9 cuộc, tổ chức 14 hội nghị tiếp xúc giữa cử tri với đại biểu, 2.180 cử tri dự, 96 ý kiến.",
            [
                ("front_supervision_sessions", 9),
                ("voter_meetings", 14),
                ("voters_met", 2180),
                ("voter_opinions", 96),
            ],
        ),
        # groups of feedback are parts of it
        (
            "Quý II, ứng dụng phản ánh hiện trường của tỉnh nhận 3.910 phản ánh. Nhóm trật tự đô thị 1.604, môi trường 1.287.",
            [("feedback_received", 3910), ("feedback_received", 1604), ("feedback_received", 1287)],
        ),
        (
            "Tổng đài tiếp nhận phản ánh của tỉnh hoạt động ổn định. Năm 2023 có 1.420 cuộc gọi gửi tới, 1.388 được trả lời.",
            [("feedback_received", 1420), ("feedback_resolved", 1388)],
        ),
        (
            "Tổng đài của hãng xe hoạt động ổn định. Năm 2023 có 1.420 cuộc gọi gửi tới, 1.388 được trả lời.",
            [],
        ),
        (
            "Quý II, ứng dụng phản ánh hiện trường của tỉnh nhận 3.910 phản ánh. Nhóm Zalo các tổ có 1.604 người, 52 tổ.",
            [("feedback_received", 3910)],
        ),
    ],
)
def test_what_is_counted_by_what_is_told_of(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kế hoạch 2025: đối thoại tối thiểu 5 cuộc, giải quyết 97% đơn.", []),
        (
            "Chỉ tiêu năm 2024: giải quyết 97% đơn; 6 tháng đã giải quyết 41 đơn.",
            [("petitions_resolved", 41)],
        ),
        (
            "Kết quả thực hiện Kế hoạch năm 2023: Mặt trận giám sát 11 cuộc, phản biện 3 văn bản.",
            [("front_supervision_sessions", 11), ("social_criticism_sessions", 3)],
        ),
        ("Theo kế hoạch, quý III Mặt trận huyện phản biện 2 dự thảo nghị quyết.", []),
        (
            "Theo kế hoạch, quý I Mặt trận huyện phản biện 2 dự thảo nghị quyết.",
            [("social_criticism_sessions", 2)],
        ),
        ("Quý III, Mặt trận huyện phản biện 2 dự thảo nghị quyết.", [("social_criticism_sessions", 2)]),
    ],
)
def test_what_a_plan_heads_is_planned_until_it_was_over(text: str, told: Told) -> None:
    assert _told(text) == told


def test_a_caption_does_not_part_a_paragraph_from_the_one_before() -> None:
    text = "Đến nay, 62 Ban Thanh tra nhân dân của tỉnh đã được kiện toàn.\nẢnh minh họa.\nNăm 2023, các ban này thực hiện 214 cuộc giám sát."
    assert _told(text) == [("people_inspection_boards", 62), ("people_inspection_sessions", 214)]


def test_a_new_paragraph_with_words_of_its_own_does() -> None:
    text = "Đến nay, 62 Ban Thanh tra nhân dân của tỉnh đã được kiện toàn.\nChợ huyện họp đông.\nNăm 2023, có 214 cuộc giám sát."
    assert _told(text) == [("people_inspection_boards", 62)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # only so much: the subject stands ahead of the comma
        (
            "Năm 2023, 51,2% doanh nghiệp có công đoàn mở hội nghị người lao động; đối thoại định kỳ tại nơi làm việc còn ít hơn, mới 40,5%.",
            [("labour_conference_rate", 51.2), ("workplace_dialogue_rate", 40.5)],
        ),
        # what was held by plan was held
        (
            "Theo Kế hoạch giám sát năm 2023, Ủy ban MTTQ huyện vừa chủ trì xong 5 cuộc giám sát.",
            [("front_supervision_sessions", 5)],
        ),
        ("Theo Kế hoạch giám sát năm 2025, Ủy ban MTTQ huyện chủ trì 5 cuộc giám sát.", []),
        # what a board asks of a contractor is a proposal
        (
            "Năm 2023, Ban Giám sát đầu tư của cộng đồng theo dõi 9 công trình, đề nghị đơn vị thi công khắc phục 2 trường hợp.",
            [("investment_supervision_works", 9), ("investment_supervision_recommendations", 2)],
        ),
        # the verb behind a stroke is of both counts, "chưa" says what is left, and who takes no compensation gives
        (
            "Năm 2023, tỉnh nhận 2.310 đơn, trong số đó 1.742 đơn/1.803 vụ việc đủ điều kiện xử lý.",
            [("petitions_received", 2310), ("petitions_eligible", 1742)],
        ),
        (
            "Năm 2023, khiếu nại phải giải quyết 58, giải quyết rồi 51, chưa 7.",
            [("complaints_within_authority", 58), ("complaints_resolved", 51), ("petitions_pending", 7)],
        ),
        (
            "Năm 2023, ở phường có 36 hộ giao 1.840 m2 đất mở rộng kiệt mà không nhận đền bù.",
            [("households_donating_land", 36), ("land_donated", 1840)],
        ),
        ("Năm 2023, ở phường có 36 hộ giao 1.840 m2 đất sau khi nhận đền bù.", []),
        (
            "Năm 2023, đại biểu HĐND tổng hợp 19 ý kiến cử tri, UBND xã trả lời 16 ý kiến, xin nợ 3 ý kiến.",
            [("voter_opinions", 19), ("voter_opinions_resolved", 16), ("voter_opinions_pending", 3)],
        ),
    ],
)
def test_shares_plans_and_proposals_by_their_verbs(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2023, phường nhận 388 phản ánh qua ứng dụng của tỉnh; đóng được 371 phản ánh.",
            [("feedback_received", 388), ("feedback_resolved", 371)],
        ),
        ("Năm 2023, công ty nhận 214 phản ánh trên ứng dụng, đã đóng 190 phản ánh.", []),
        # departments are units that are inspected
        (
            "Ban Chỉ đạo thực hiện Quy chế dân chủ kiểm tra 9 đơn vị, gồm 6 xã, phường và 3 phòng, ban.",
            [
                ("democracy_units_inspected", 9),
                ("democracy_units_inspected", 6),
                ("democracy_units_inspected", 3),
            ],
        ),
        # monks among the mediators
        (
            "Toàn huyện có 312 tổ hòa giải, 2.106 hòa giải viên, trong đó 114 vị là sư sãi.",
            [("mediation_teams", 312), ("mediators", 2106), ("mediators", 114)],
        ),
        ("Chùa có 14 vị sư, trụ trì là người Khmer.", []),
        # land, labour and money together
        (
            "Năm 2023, 917 hộ hiến 12,6 ha đất; đóng góp 24,9 tỷ đồng tiền mặt; nếu tính cả đất, ngày công, hiện vật thì là gần "
            "58 tỷ đồng.",
            [
                ("households_donating_land", 917),
                ("land_donated", 12.6),
                ("cash_contributions", 24.9e9),
                ("contributions_value", 58e9),
            ],
        ),
        # the other board does the same, or there are so many of it
        (
            "Năm 2023, các Ban Giám sát đầu tư của cộng đồng giám sát 143 công trình; Ban Thanh tra nhân dân 96.",
            [("investment_supervision_works", 143), ("people_inspection_sessions", 96)],
        ),
        (
            "Tỉnh có 143 Ban Giám sát đầu tư của cộng đồng; Ban Thanh tra nhân dân 96.",
            [("investment_supervision_boards", 143), ("people_inspection_boards", 96)],
        ),
        (
            "Số Ban Giám sát đầu tư của cộng đồng được thành lập theo từng dự án là 241.",
            [("investment_supervision_boards", 241)],
        ),
        (
            "Năm 2023, các Ban Giám sát đầu tư của cộng đồng thực hiện 77 cuộc giám sát. Qua giám sát, các ban chỉ ra 9 sai sót về "
            "kỹ thuật, gửi 7 kiến nghị.",
            [
                ("investment_supervision_sessions", 77),
                ("investment_supervision_violations", 9),
                ("investment_supervision_recommendations", 7),
            ],
        ),
        ("Về hương ước, quy ước, 702 bản đang được áp dụng.", [("village_conventions", 702)]),
        (
            "Năm 2023, dân hiến 1.200m2 đất. Thôn bê tông 1,7 km chỉ sau 20 ngày.",
            [("land_donated", 1200), ("road_length_built", 1.7)],
        ),
        ("Năm 2023, dân hiến 1.200m2 đất. Xã bê tông 1,7 km kênh mương.", [("land_donated", 1200)]),
        # the road that the land of the sentence before was given for, and no canal
        (
            "Năm 2023, dân hiến 1.200m2 đất. Tuyến lộ dài 2.380m thông xe đầu tháng 4.",
            [("land_donated", 1200), ("road_length_built", 2380)],
        ),
        ("Năm 2023, dân hiến 1.200m2 đất. Tuyến kênh dài 2.380m.", [("land_donated", 1200)]),
        (
            "Trung tâm Phục vụ hành chính công đạt 99,3% hồ sơ đúng hạn trên tổng số 14.027 hồ sơ.",
            [("dossier_on_time_rate", 99.3), ("dossiers_received", 14027)],
        ),
        # what is asked in the council and drafted for petitioners counts no visit and no petition
        (
            "Năm 2023, Thường trực HĐND tiếp công dân định kỳ với 76 lượt. HĐND giám sát chuyên đề 21 cuộc, chất vấn 164 lượt.",
            [("reception_visits", 76)],
        ),
        ("Năm 2023, Hội Luật gia tiếp 840 lượt công dân, soạn giúp 260 đơn.", [("reception_visits", 840)]),
        (
            "Năm 2023, Hội đồng phối hợp phổ biến, giáo dục pháp luật tỉnh ban hành 23 văn bản chỉ đạo, hướng dẫn.",
            [("documents_issued", 23)],
        ),
    ],
)
def test_what_else_stands_in_the_clause_says_what_is_counted(text: str, told: Told) -> None:
    assert _told(text) == told


def test_matters_that_meetings_of_villagers_decided() -> None:
    text = "Năm 2023, ban nhân dân ấp tổ chức 72 cuộc họp tổ nhân dân tự quản để dân bàn {}."
    assert ("people_decided_items", 15) in _told(text.format("15 việc"))
    assert 15 not in [value for _, value in _told(text.format("cùng 15 đại biểu"))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Năm 2023, Hội duy trì 214 mô hình “Dân vận khéo” và 36 mô hình “Camera an ninh”.", [214]),
        (
            "Năm 2023, các cấp hội xây dựng 24 mô hình “Dân vận khéo”; ra mắt 5 mô hình “Tổ phụ nữ tự quản”, 3 mô hình “Sân chơi”.",
            [24],
        ),
        ("Năm 2023, tỉnh có 1.263 mô hình “Dân vận khéo”. Ở huyện Lâm Thao, 15 “Tổ nhà trọ tự quản” giữ được bình yên.", [1263]),
        # parts of them may have names, and so may those whose movement is told before
        ("Năm 2023, xã xây dựng 24 mô hình dân vận khéo, trong đó có 6 mô hình “Camera an ninh”.", [24, 6]),
        ("Năm 2023, Ban Dân vận công nhận 12 mô hình dân vận khéo. Ở huyện Lâm Thao có 5 mô hình.", [12, 5]),
    ],
)  # fmt: skip
def test_models_that_have_another_name_are_of_another_movement(text: str, told: list[float]) -> None:
    assert [value for _, value in _told(text, "Thi đua Dân vận khéo")] == told


def test_a_commune_that_opens_its_sentence_is_named_with_its_kind() -> None:
    before = (
        "Năm 2023, toàn tỉnh có 1.263 mô hình “Dân vận khéo” trên nhiều lĩnh vực, được nhân dân các địa phương đồng tình hưởng ứng, "
        "nhất là ở những nơi còn nhiều khó khăn.\n\n"
    )
    text = "xã Tiên Kiên thì có “Ngày thứ Bảy không hẹn”: 1.145 hồ sơ giải quyết ngoài giờ."
    told = [("skillful_mobilization_models", 1263), ("dossiers_resolved", 1145)]
    assert _told(f"{before}Riêng ở {text}") == _told(f"{before}X{text[1:]}") == told
    assert _told(f"{before}Tiệm in{text[2:]}") == told[:1]
