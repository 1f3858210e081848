"""What pages leave out or put between: brackets behind verbs, nouns and verbs of the sentence before, topics of feedback."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text

Told = list[tuple[str, float]]


def _facts(text: str, title: str | None = None) -> list[Fact]:
    return list(read_text(text, title=title, published="2024-07-12", source_province="Hà Nam").facts)


def _told(text: str, title: str | None = None) -> Told:
    return [(fact.metric, fact.value) for fact in _facts(text, title)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # a bracket that counts nothing stands between a verb and its number
        (
            "Năm 2023, Thanh tra tỉnh phát hiện sai phạm 9,5 tỷ đồng; đã thu (tạm giữ chờ xử lý) hơn 2,4 tỷ đồng.",
            [("violation_value", 9.5e9), ("money_recovered", 2.4e9)],
        ),
        # what joins a number to another shares its verb, whatever says about how much
        (
            "Kết luận 36 cuộc cho thấy vi phạm hơn 4,1 tỷ đồng, kiến nghị thu hồi hơn 1,2 tỷ đồng và hơn 4.500 m2 đất, thu hồi 978 "
            "triệu đồng.",
            [
                ("state_inspections", 36),
                ("violation_value", 4.1e9),
                ("money_recovered", 1.2e9),
                ("land_recovered", 4500),
                ("money_recovered", 9.78e8),
            ],
        ),
        (
            "Năm 2023, Thanh tra tỉnh kiến nghị thu hồi 1,2 tỷ đồng. Đến nay đã nộp 900 triệu đồng.",
            [("money_recovered", 1.2e9), ("money_recovered", 9e8)],
        ),
        (
            "Năm 2023, Thanh tra tỉnh kiến nghị thu hồi 1,2 tỷ đồng. Các hộ đã nộp 900 triệu đồng tiền sử dụng đất.",
            [("money_recovered", 1.2e9)],
        ),
        # planned inspections and others, their noun left out
        (
            "Năm 2023, ngành Thanh tra tỉnh thực hiện 48 cuộc thanh tra (kế hoạch 41, đột xuất 07).",
            [("state_inspections", 48), ("state_inspections", 41), ("state_inspections", 7)],
        ),
        # people behind visits, both with the same noun; petitions of the term itself
        (
            "Năm 2023, toàn tỉnh tiếp 1.204 lượt với 1.310 lượt công dân; nhận 820 đơn, gồm kỳ trước chuyển sang 120, trong "
            "kỳ 700.",
            [
                ("reception_visits", 1204),
                ("reception_people", 1310),
                ("petitions_received", 820),
                ("petitions_received", 120),
                ("petitions_received", 700),
            ],
        ),
        # an ethnic minority is no number of a document, "many times" no ordinal
        (
            "Tỉnh có 720 tổ hòa giải với 4.300 hòa giải viên, trong đó dân tộc thiểu số 410, nữ 1.260.",
            [("mediation_teams", 720), ("mediators", 4300), ("mediators", 410), ("mediators", 1260)],
        ),
        # a result reached from a mark up
        (
            "Các tổ hòa giải trong tỉnh hòa giải thành 886 vụ việc; tỷ lệ hòa giải thành hằng năm đạt từ 85% trở lên.",
            [("mediation_cases_successful", 886), ("mediation_success_rate", 85)],
        ),
        (
            "Mỗi tổ hòa giải có từ 5 thành viên trở lên; năm 2023 hòa giải thành 886 vụ việc.",
            [("mediation_cases_successful", 886)],
        ),
        # a share told in numbers, with its verb behind both
        (
            "Năm 2023, cử tri gửi 1.800 kiến nghị, 97,5% trong số đó, tức hơn 1.755 kiến nghị, đã được giải quyết, trả lời.",
            [
                ("voter_opinions", 1800),
                ("voter_opinion_resolution_rate", 97.5),
                ("voter_opinions_resolved", 1755),
            ],
        ),
        # what is due, where nothing says what came in
        ("Quý II/2024, toàn tỉnh phải xử lý 2.501 đơn, đủ điều kiện 1.770 đơn.", [("petitions_received", 2501), ("petitions_eligible", 1770)]),
        # settled disputes of long standing
        (
            "Với các vụ khiếu kiện tồn đọng, kéo dài, năm 2023 tỉnh đã giải quyết xong 12/15 vụ việc.",
            [("petitions_resolved", 12)],
        ),
        # rights given back
        (
            "Năm 2023, giải quyết 118 đơn khiếu nại, qua đó phục hồi cho dân 423 m2 đất.",
            [("complaints_resolved", 118), ("land_restored", 423)],
        ),
        # members who were looked into
        (
            "Năm 2023, có 340 đảng viên có dấu hiệu vi phạm được kiểm tra; riêng UBKT Tỉnh ủy kiểm tra 12 tổ chức đảng, 25 đảng "
            "viên, đều đến mức phải kỷ luật.",
            [("party_members_inspected", 340), ("party_orgs_inspected", 12), ("party_members_inspected", 25)],
        ),
        # who disciplined how many, and in what form
        (
            "Số tổ chức đảng bị thi hành kỷ luật là 12 tổ chức: Ban Thường vụ Tỉnh ủy xử lý 2, cấp ủy các cấp khiển trách 9, cảnh cáo 1.",
            [("party_orgs_disciplined", 12), ("party_orgs_disciplined", 2), ("party_orgs_disciplined", 9), ("party_orgs_disciplined", 1)],
        ),
        # visits, people and cases joined by strokes, and kinds within authority
        (
            "Các cơ quan tiếp 512 lượt/530 người/498 vụ; trong đó tiếp thường xuyên 402/415 người/390 vụ.",
            [
                ("reception_visits", 512),
                ("reception_people", 530),
                ("reception_cases", 498),
                ("reception_visits", 402),
                ("reception_people", 415),
                ("reception_cases", 390),
            ],
        ),
        (
            "Trong các đơn đã nhận, thuộc thẩm quyền 214 vụ (khiếu nại 60, tố cáo 20, kiến nghị 134).",
            [
                ("petitions_within_authority", 214),
                ("complaints_within_authority", 60),
                ("denunciations_within_authority", 20),
                ("reflections_within_authority", 134),
            ],
        ),
        (
            "Trong kỳ nhận 120 đơn khiếu nại, 40 đơn tố cáo; 55 vụ khiếu nại, 12 vụ tố cáo thuộc thẩm quyền.",
            [
                ("complaint_petitions", 120),
                ("denunciation_petitions", 40),
                ("complaints_within_authority", 55),
                ("denunciations_within_authority", 12),
            ],
        ),
        (
            "Năm 2023, tiếp 120 lượt công dân với 98 nội dung; đã giải quyết 70/98 nội dung, còn 28 nội dung đang xem xét.",
            [("reception_visits", 120), ("reception_cases", 98), ("reception_cases_resolved", 70), ("petitions_pending", 28)],
        ),
        (
            "Năm 2023, các tổ hòa giải tiếp nhận 900 vụ việc; vận động cán bộ hội vào các tổ hòa giải được 1.200 người.",
            [("mediation_cases", 900), ("mediators", 1200)],
        ),
    ],
)  # fmt: skip
def test_numbers_behind_what_stands_between(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # all of them were answered, which counts none of them as answered
        (
            "Hội nghị đối thoại giữa Bí thư Huyện ủy với nhân dân có 22 lượt ý kiến, câu nào cũng được giải đáp.",
            [("dialogue_opinions", 22)],
        ),
        (
            "Tại hội nghị đối thoại với nhân dân, 18 ý kiến đã được trả lời ngay.",
            [("dialogue_opinions_resolved", 18)],
        ),
        # who came besides those named
        (
            "Ngày 2/7, Chủ tịch UBND huyện đối thoại với thanh niên, cùng dự có lãnh đạo các ngành, UBND các xã và 80 đồng chí cán bộ đoàn.",
            [("dialogue_participants", 80)],
        ),
        # a programme has parts, which are no questions
        ("UBND xã mở hội nghị đối thoại giữa Chủ tịch với thanh niên, gồm 4 nội dung. Có 6 ý kiến nêu ra.", [("dialogue_opinions", 6)]),
        # what both sides talked about
        ("Huyện ủy đối thoại với nhân dân 8 xã. Hai bên trao đổi về 16 nội dung dân phản ánh.", [("dialogue_opinions", 16)]),
        # meetings told by another word than the sentence before
        (
            "Huyện nâng cao hiệu quả đối thoại trực tiếp giữa lãnh đạo với nhân dân. Cả năm 2023 có 37 cuộc hội nghị, với hơn "
            "3.500 lượt công dân tới dự.",
            [("dialogue_sessions", 37), ("dialogue_participants", 3500)],
        ),
        # comments on a draft are no questions of a dialogue
        (
            "Năm 2023, Mặt trận huyện mở 13 cuộc đối thoại trực tiếp với hội viên, nhân dân; góp 12 lượt ý kiến vào dự thảo nghị "
            "quyết.",
            [("dialogue_sessions", 13), ("consultation_opinions", 12)],
        ),
    ],
)  # fmt: skip
def test_what_was_said_at_dialogues(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cả thôn có 14 hộ hiến 2.300m .", [("households_donating_land", 14), ("land_donated", 2300)]),
        ("Cách làm ấy giúp 31 hộ hiến hơn 5.200 m2 đất.", [("households_donating_land", 31), ("land_donated", 5200)]),
        ("Xã giúp 31 hộ nghèo sửa nhà.", []),
    ],
)  # fmt: skip
def test_what_households_give(text: str, told: Told) -> None:
    assert _told(text, "Nhân dân hiến đất làm đường giao thông nông thôn") == told


def test_how_long_the_road_is_that_land_was_given_for() -> None:
    road = "Trục đường chính qua bản dài 1,6km, mặt đường cũ chỉ chừng 3m. Đến nay 24 hộ đã hiến 900 m2 đất để mở rộng."
    assert _told(road, "Hiến đất mở đường") == [
        ("road_length_built", 1.6),
        ("households_donating_land", 24),
        ("land_donated", 900),
    ]
    assert _told("Tuyến cao tốc dài 42km, đi qua 3 huyện.", "Thi công cao tốc") == []


def test_feedback_to_our_own_system_is_ours_whatever_it_is_about() -> None:
    text = "Năm 2023, tổng đài {} nhận 1.200 phản ánh, trong đó 300 phản ánh về vận tải hành khách."
    assert _told(text.format("1022 của tỉnh")) == [("feedback_received", 1200), ("feedback_received", 300)]
    assert _told(text.format("hãng xe")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kết quả: 309/319 xã, phường đạt chuẩn tiếp cận pháp luật. Đạt chuẩn: 309/319, tỷ lệ 97%.", [97.0]),
        ("Năm 2023 có 135 xã đạt chuẩn tiếp cận pháp luật. Duy Tiên, Kim Bảng là hai nơi có 100% số xã đạt.", [100.0]),
        (
            "Năm 2023 có 135 xã đạt chuẩn tiếp cận pháp luật. Số địa phương có 100% đơn vị cấp xã đạt tăng so với năm trước.",
            [],
        ),
    ],
)  # fmt: skip
def test_shares_of_communes_that_meet_the_standard(text: str, told: list[float]) -> None:
    assert [f.value for f in _facts(text) if f.metric == "legal_access_commune_rate"] == told


def test_an_earlier_level_in_a_bracket_parts_no_change_from_its_words() -> None:
    level, earlier = _facts(
        "Mức độ hài lòng của người dân với cơ quan hành chính năm 2023 đạt 88,2%, cao hơn năm 2022 (85,7%) 2,5%."
    )
    assert (level.value, earlier.value, earlier.period) == (88.2, 85.7, "2022")
    assert level.comparison is not None
    assert (level.comparison.direction, level.comparison.amount) == ("increase", 2.5)


def test_a_list_of_changes_goes_on_with_other_nouns() -> None:
    assert _told("So với năm 2018, toàn tỉnh tăng 92 tổ hòa giải và 421 hòa giải viên.") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Làm đường, xóm vận động 14 hộ hiến 520 m2 đất, hẻm từ 2,5 m thành 6 m.", [14, 520]),
        ("Bà con hiến 520 m2 đất để con ngõ 2m thành đường rộng 5,5m.", [520]),
        ("Bà con hiến 520 m2 đất, mặt đường từ chỗ chỉ 3 mét nay lên 6 mét.", [520]),
        # how long it is follows, or is all that is told
        ("Bà con hiến 520 m2 đất mở rộng tuyến đường từ 3 m lên 5 m, dài 2,4 km.", [520, 2.4]),
        ("Bà con hiến 520 m2 đất, bê tông hóa 85 m đường ngõ.", [520, 85]),
    ],
)
def test_how_wide_a_road_was_and_is_tells_no_length(text: str, told: list[float]) -> None:
    assert [fact.value for fact in _facts(text, "Hiến đất mở đường")] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Đến nay, số hòa giải viên được công nhận là 2.874 người; trong số này 719 nữ, 31 người dân tộc thiểu số.",
            [("mediators", 2874), ("mediators", 719), ("mediators", 31)],
        ),
        (
            "Tỉnh có 2.874 hòa giải viên. Trong đó có 719 nữ, 31 người dân tộc thiểu số.",
            [("mediators", 2874), ("mediators", 719), ("mediators", 31)],
        ),
        (
            "Tỉnh có 2.874 hòa giải viên. Năm 2023 mở 6 lớp tập huấn hòa giải cho 410 người, trong đó 120 nữ.",
            [("mediators", 2874), ("training_classes", 6), ("training_participants", 410), ("training_participants", 120)],
        ),
        ("Năm 2023, tỉnh công nhận 34 người có uy tín, trong đó 9 nữ.", []),
    ],
)  # fmt: skip
def test_mediators_that_were_recognised_and_who_they_are(text: str, told: Told) -> None:
    assert _told(text) == told


def test_opinions_that_came_through_an_app_are_those_of_the_consultation() -> None:
    text = "Năm 2023, tỉnh lấy ý kiến Nhân dân về dự thảo Luật Đất đai, nhận 48.210 lượt ý kiến, trong đó qua ứng dụng {} 31.775 lượt."
    assert _told(text.format("VNeID"), "Lấy ý kiến Nhân dân về dự thảo luật") == [
        ("consultation_opinions", 48210),
        ("consultation_opinions", 31775),
    ]
    text = "Năm 2023, tỉnh lấy ý kiến về 3 dự thảo. Tổng đài 1022 của tỉnh nhận 5.200 phản ánh qua ứng dụng."
    assert ("feedback_received", 5200) in _told(text)
