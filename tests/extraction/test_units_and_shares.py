"""Shares, ratios, rates per unit, abbreviations and units as reports write them."""

from __future__ import annotations

import pytest

from coso.approximation import approx_direction
from extraction import read_text
from extraction.model import Fact

Told = list[tuple[str, float]]


def _facts(text: str) -> list[Fact]:
    return read_text(text, source_province="Sơn La").facts


def _told(text: str) -> Told:
    return [(fact.metric, fact.value) for fact in _facts(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # shares of what failed, was late or is open are no rates of success
        (
            "Năm 2023, các tổ hòa giải hòa giải thành 886 vụ việc (đạt 84,2%), hòa giải không thành 120 vụ việc (chiếm "
            "11,4%), đang hòa giải 46 vụ việc (4,4%).",
            [("mediation_cases_successful", 886), ("mediation_success_rate", 84.2)],
        ),
        (
            "Năm 2023, toàn tỉnh giải quyết đúng hạn 505.120 hồ sơ (98,5%), quá hạn 2.992 hồ sơ (0,6%), đang giải quyết "
            "4.528 hồ sơ (0,9%).",
            [("dossier_on_time_rate", 98.5)],
        ),
        # a ratio with its noun on both sides
        (
            "Năm 2023, toàn tỉnh hòa giải thành 886 vụ/1.052 vụ việc.",
            [("mediation_cases_successful", 886)],
        ),
        (
            "Năm 2023, đã giải quyết 345 ý kiến/456 ý kiến, kiến nghị của cử tri.",
            [("voter_opinions_resolved", 345)],
        ),
        # so many to each
        (
            "Năm 2023, toàn tỉnh mở 12 lớp tập huấn về dân chủ ở cơ sở với 80 người/lớp.",
            [("training_classes", 12)],
        ),
        (
            "Năm 2023, toàn tỉnh tổ chức 345 cuộc đối thoại với nhân dân, 80 đại biểu/cuộc.",
            [("dialogue_sessions", 345)],
        ),
        # working days beside money
        (
            "Năm 2023, nhân dân hiến 1.200 m2 đất, 3.500 ngày công, tiền mặt 12 tỷ đồng làm đường.",
            [("land_donated", 1200), ("workdays_contributed", 3500), ("cash_contributions", 12e9)],
        ),
        # communes that have a board are boards, those that renewed theirs are not
        (
            "Năm 2023, 311/322 xã, phường đã bầu xong Ban Thanh tra nhân dân; 109/111 xã, thị trấn thành lập Ban Giám sát đầu tư "
            "của cộng đồng.",
            [("people_inspection_boards", 311), ("investment_supervision_boards", 109)],
        ),
        ("Năm 2023, 19/19 xã, thị trấn đã kiện toàn Ban Thanh tra nhân dân.", []),
        # what was criticised is told behind what was supervised
        (
            "Năm 2023, Mặt trận các cấp chủ trì 1.126 cuộc giám sát; 139/148 xã đã tổ chức phản biện xã hội với 187 hội nghị.",
            [("front_supervision_sessions", 1126), ("social_criticism_sessions", 187)],
        ),
        ("Năm 2023, thôn họp dân 4 lần, thống nhất 5 việc làm đường.", [("people_decided_items", 5)]),
        (
            "Năm 2023, cử tri gửi 187 kiến nghị: 172 kiến nghị giải quyết xong, 15 kiến nghị chưa có hướng xử lý.",
            [("voter_opinions", 187), ("voter_opinions_resolved", 172), ("voter_opinions_pending", 15)],
        ),
        (
            "Năm 2023, Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở tỉnh lập 5 đoàn, kiểm tra 18 đơn vị.",
            [("democracy_inspections", 5), ("democracy_units_inspected", 18)],
        ),
        # a one-stop centre takes in what was counted before it
        (
            "Năm 2023, toàn tỉnh tiếp nhận 1.240.000 hồ sơ thủ tục hành chính, giải quyết 1.228.417 hồ sơ. Trung tâm Phục vụ hành "
            "chính công tỉnh nhận 61.055, giải quyết 59.870.",
            [
                ("dossiers_received", 1240000),
                ("dossiers_resolved", 1228417),
                ("dossiers_received", 61055),
                ("dossiers_resolved", 59870),
            ],
        ),
        # recommendations are of the board named last
        (
            "Năm 2023, Ban Thanh tra nhân dân giám sát 312 cuộc, kiến nghị 79 vụ việc; Ban Giám sát đầu tư của cộng đồng theo dõi "
            "541 công trình, gửi 64 kiến nghị.",
            [
                ("people_inspection_sessions", 312),
                ("people_inspection_recommendations", 79),
                ("investment_supervision_works", 541),
                ("investment_supervision_recommendations", 64),
            ],
        ),
        (
            "Năm 2023, các cơ quan tiếp 1.396 lượt công dân, trình bày 1.104 vụ việc, trong đó 689 vụ việc được giải thích, giải "
            "quyết xong ngay qua tiếp dân.",
            [("reception_visits", 1396), ("reception_cases", 1104), ("reception_cases_resolved", 689)],
        ),
        (
            "Năm 2023, Bí thư Tỉnh ủy tiếp dân định kỳ 12 kỳ, tiếp 74 lượt công dân. Bí thư huyện ủy, thành ủy chủ trì 97 buổi với "
            "402 lượt.",
            [
                ("leader_reception_sessions", 12),
                ("leader_reception_visits", 74),
                ("leader_reception_sessions", 97),
                ("leader_reception_visits", 402),
            ],
        ),
        # abbreviations
        (
            "Năm 2023, toàn tỉnh tiếp nhận 1.512 đơn (KN: 210, TC: 45, KN-PA: 1.257).",
            [
                ("petitions_received", 1512),
                ("complaint_petitions", 210),
                ("denunciation_petitions", 45),
                ("reflection_petitions", 1257),
            ],
        ),
        (
            "Năm 2023, Ủy ban Kiểm tra các cấp thi hành kỷ luật 152 đ/c đảng viên.",
            [("party_members_disciplined", 152)],
        ),
        # whose authority an opinion falls under
        (
            "Năm 2023, cử tri gửi 456 ý kiến, trong đó thuộc thẩm quyền Trung ương 12, tỉnh 98, huyện 146, xã 200 ý kiến.",
            [("voter_opinions", v) for v in (456, 12, 98, 146, 200)],
        ),
    ],
)
def test_what_is_counted(text: str, told: Told) -> None:
    assert _told(text) == told


def test_a_ratio_keeps_its_whole() -> None:
    (fact,) = _facts("Năm 2023, toàn tỉnh hòa giải thành 886 vụ/1.052 vụ việc.")
    assert fact.denominator == 1052


def test_a_meeting_with_voters_is_no_town() -> None:
    facts = _facts("Năm 2023, toàn tỉnh tổ chức 24 cuộc TXCT với 1.500 lượt cử tri.")
    assert {fact.place for fact in facts} == {"Sơn La"}


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("Năm 2023, qua thanh tra đã thu hồi nộp ngân sách nhà nước 35 tỷ đồng.", None),
        ("Năm 2023, toàn tỉnh hòa giải thành hơn 886 vụ việc.", "hơn"),
        ("Năm 2023, nhân dân góp độ 300 ngày công làm đường.", "độ"),
        ("Năm 2023, nhân dân góp trên dưới 2.000 ngày công làm đường.", "trên dưới"),
    ],
)
def test_approximations_are_whole_words(text: str, approx: str | None) -> None:
    assert [fact.approx for fact in _facts(text)] == [approx]


def test_more_or_less_has_no_direction() -> None:
    (fact,) = _facts("Năm 2023, nhân dân góp trên dưới 2.000 ngày công làm đường.")
    assert approx_direction(fact.approx) == "about"


def test_all_that_one_leader_took_in_is_a_part() -> None:
    facts = _facts("Năm 2023, lãnh đạo UBND các cấp tiếp 1.120 lượt, 1.345 người, 987 vụ việc.")
    assert [(fact.metric, fact.subset) for fact in facts] == [
        ("leader_reception_visits", False),
        ("reception_people", True),
        ("reception_cases", True),
    ]


def test_a_share_in_words_has_its_words_as_unit() -> None:
    (fact,) = _facts("Năm 2023, tỷ lệ hòa giải thành của tỉnh đạt 84,2 phần trăm.")
    assert (fact.value, fact.unit) == (84.2, "phần trăm")


def test_the_rate_beside_its_own_count_is_whole() -> None:
    facts = _facts("Năm 2023, toàn tỉnh giải quyết 508.000 hồ sơ, trong đó đúng hạn 502.000 hồ sơ (99,4%).")
    assert [fact.subset for fact in facts if fact.metric == "dossier_on_time_rate"] == [False]


def test_a_heading_says_what_its_items_are_about() -> None:
    text = (
        "Kết quả giải quyết tố cáo năm 2023:\n"
        "- Số vụ thuộc thẩm quyền: 12 vụ\n"
        "- Đã giải quyết: 10 vụ, đạt 83,3%\n"
        "Toàn tỉnh hòa giải thành 900 vụ việc."
    )
    assert _told(text) == [
        ("denunciations_within_authority", 12),
        ("denunciations_resolved", 10),
        ("denunciation_resolution_rate", 83.3),
        ("mediation_cases_successful", 900),
    ]


def test_items_of_a_reception_are_people_and_cases() -> None:
    text = "Kết quả tiếp công dân năm 2023:\n- Số lượt: 4.100 lượt\n- Số người: 4.012 người\n- Số vụ việc: 3.120 vụ"
    assert _told(text) == [("reception_visits", 4100), ("reception_people", 4012), ("reception_cases", 3120)]


def test_the_first_of_several_offices_is_a_part_too() -> None:
    facts = _facts(
        "Năm 2023, các sở, ngành tiếp 2.345 lượt công dân; UBND cấp huyện 812 lượt; UBND cấp xã 1.234 lượt."
    )
    assert [fact.subset for fact in facts] == [True, True, True]


def test_what_was_given_to_build_the_new_countryside_is_worth_something() -> None:
    read = read_text(
        "Giai đoạn 2016-2020, nhân dân trong tỉnh đóng góp xây dựng nông thôn mới tổng giá trị 845 tỷ đồng, gồm 212 tỷ đồng tiền "
        "mặt, hiến 198 ha đất và 1,2 triệu ngày công.",
        source_province="Quảng Trị",
    )
    assert [fact.metric for fact in read.facts] == [
        "contributions_value",
        "cash_contributions",
        "land_donated",
        "workdays_contributed",
    ]


def test_the_villages_of_a_ward_in_dialogue_are_counted() -> None:
    read = read_text(
        "Bí thư Đảng ủy phường chủ trì hội nghị đối thoại với nhân dân ngày 22/10/2025, ghi nhận 27 ý kiến.\n\nTại hội nghị, "
        "lãnh đạo phường trả lời 21 ý kiến. Phường hiện có 46 tổ dân phố sau khi sắp xếp.",
        published="2025-10-23",
        source_province="Ninh Bình",
    )
    assert ("villages", 46) in [(fact.metric, fact.value) for fact in read.facts]


@pytest.mark.parametrize(
    ("told", "code", "otherwise"),
    [
        ("72% doanh nghiệp tổ chức hội nghị người lao động", "labour_conference_rate",
         "95% kiến nghị của người lao động được giải quyết"),
        ("99% cơ quan tổ chức hội nghị cán bộ, công chức", "cadre_conference_rate", "87% đơn vị được xếp loại tốt"),
        ("99% cơ quan tổ chức hội nghị cán bộ, công chức", "cadre_conference_rate", "96% cán bộ, công chức tham dự"),
        ("80% doanh nghiệp tổ chức đối thoại tại nơi làm việc", "workplace_dialogue_rate",
         "88% công đoàn cơ sở đạt vững mạnh"),
        ("76% doanh nghiệp ký thỏa ước lao động tập thể", "collective_agreement_rate",
         "90% doanh nghiệp đạt danh hiệu văn hóa"),
        ("100% xã công khai đầy đủ các nội dung theo Luật", "disclosure_compliance_rate", "95% thôn họp dân"),
        ("100% xã có quy chế dân chủ", "regulation_coverage_rate", "92% xã xếp loại tốt"),
        ("98% xã đạt chuẩn tiếp cận pháp luật", "legal_access_commune_rate", "93% số xã đạt chuẩn nông thôn mới"),
    ],
)  # fmt: skip
def test_a_share_that_says_who_did_what_is_no_rate_told_before(told: str, code: str, otherwise: str) -> None:
    assert [metric for metric, _ in _told(f"Năm 2023, {told}; {otherwise}.")] == [code]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Hội nghị người lao động: 100% doanh nghiệp nhà nước tổ chức; 65% doanh nghiệp ngoài nhà nước",
         "labour_conference_rate"),
        ("100% xã ban hành quy chế dân chủ; 98% cơ quan, đơn vị đã ban hành", "regulation_coverage_rate"),
        ("90% xã đạt chuẩn tiếp cận pháp luật; 100% phường đạt chuẩn", "legal_access_commune_rate"),
        ("76% doanh nghiệp trong nước ký thỏa ước lao động tập thể; 70% doanh nghiệp có vốn nước ngoài ký",
         "collective_agreement_rate"),
    ],
)  # fmt: skip
def test_a_share_that_says_it_again_is_the_rate_told_before(told: str, code: str) -> None:
    assert [metric for metric, _ in _told(f"Năm 2023, {told}.")] == [code, code]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # conferences counted as such
        (
            "Năm 2023, công đoàn phối hợp tổ chức 45 hội nghị viên chức, người lao động và 120 hội nghị đại biểu người lao "
            "động; 12 hội nghị khách hàng.",
            [("cadre_conferences", 45), ("labour_conferences", 120)],
        ),
        # a rate of enterprises behind the conferences of agencies
        (
            "Năm 2023, 95% đơn vị tổ chức hội nghị cán bộ, công chức; khối doanh nghiệp nhà nước đạt 92%.",
            [("cadre_conference_rate", 95), ("labour_conference_rate", 92)],
        ),
        (
            "Năm 2023, 95% đơn vị tổ chức hội nghị cán bộ, công chức; doanh nghiệp đạt chuẩn văn hóa chiếm 80%.",
            [("cadre_conference_rate", 95)],
        ),
        # what enterprises did is told behind their share
        (
            "Năm 2023, 120 doanh nghiệp (80%) tổ chức hội nghị người lao động và 90 doanh nghiệp (60%) tổ chức đối thoại tại "
            "nơi làm việc.",
            [("labour_conferences", 120), ("labour_conference_rate", 80), ("workplace_dialogue_rate", 60)],
        ),
        # villages that met, and villages of which something else is told
        (
            "Năm 2023, toàn tỉnh có 1.200/1.250 thôn, bản họp bàn và quyết định 512 nội dung.",
            [("village_full_meetings", 1200), ("people_decided_items", 512)],
        ),
        (
            "Năm 2023, 100% xã có quy chế dân chủ; 1.200 thôn, bản họp bàn các nội dung do nhân dân quyết định, đạt 98,9%.",
            [("regulation_coverage_rate", 100), ("village_full_meetings", 1200)],
        ),
        ("Năm 2023, toàn tỉnh có 180/197 thôn đạt thôn văn hóa, nhân dân bàn và quyết định 512 nội dung.",
         [("people_decided_items", 512)]),
        ("Năm 2023, 25 thôn họp bàn phương án chống hạn.", []),
    ],
)  # fmt: skip
def test_conferences_and_villages(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("total", "given"),
    [
        ("huyện huy động được 85 tỷ đồng làm đường, trong đó nhân dân đóng góp 20 tỷ đồng", [20e9]),
        ("huyện huy động 85 tỷ đồng xây dựng nông thôn mới; người dân góp 20 tỷ đồng", [20e9]),
        (
            "huyện huy động nhân dân đóng góp 85 tỷ đồng làm đường, trong đó nhân dân thị trấn góp 20 tỷ đồng",
            [85e9, 20e9],
        ),
    ],
)
def test_funds_of_which_people_gave_a_part_are_not_theirs(total: str, given: list[float]) -> None:
    assert _told(f"Năm 2023, {total}.") == [("cash_contributions", value) for value in given]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what a building cost is no gift, what land is worth is one
        ("Năm 2023, xã xây nhà văn hóa trị giá 1,2 tỷ đồng, người dân góp 300 triệu đồng.", [("cash_contributions", 3e8)]),
        (
            "Năm 2023, nhân dân xã hiến đất trị giá 1,2 tỷ đồng, góp 300 triệu đồng làm nhà văn hóa.",
            [("contributions_value", 1.2e9), ("cash_contributions", 3e8)],
        ),
        # roads of the State
        ("Năm 2023, huyện được tỉnh đầu tư tuyến tránh dài 14,5km; nhân dân tự làm 22km đường thôn.",
         [("road_length_built", 22)]),
        ("Năm 2023, nhân dân hiến đất làm tuyến đường dài 2,5km.", [("road_length_built", 2.5)]),
    ],
)  # fmt: skip
def test_what_the_state_paid_for_is_no_gift(text: str, told: Told) -> None:
    assert _told(text) == told


def test_workplaces_named_one_by_one_before_their_conference() -> None:
    text = "Năm 2022, 13/13 nông trường, xí nghiệp, phòng ban trực thuộc mở hội nghị người lao động."
    (fact,) = read_text(text, source_province="Tây Ninh").facts
    assert (fact.metric, fact.value, fact.denominator) == ("labour_conferences", 13, 13)
