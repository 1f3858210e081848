"""What the Front, its societies, the boards of communes and mediation teams do, and what only stands beside it."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text

Told = list[tuple[str, float]]


def _facts(text: str) -> list[Fact]:
    return list(read_text(text, published="2023-12-20", source_province="Nghệ An").facts)


def _told(text: str) -> Told:
    return [(fact.metric, fact.value) for fact in _facts(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2023, Hội Nông dân huyện kết nạp 412 hội viên; tổ chức 12 cuộc đối thoại với 860 hội viên.",
            [("dialogue_sessions", 12), ("dialogue_participants", 860)],
        ),
        (
            "Năm 2023, MTTQ các cấp trong tỉnh hỗ trợ 9.640 người lao động; trao quà cho 96 người già; tổ chức 9 hội nghị "
            "đối thoại với Nhân dân.",
            [("dialogue_sessions", 9)],
        ),
        (
            "Năm 2023, Hội Cựu chiến binh tỉnh có 90.400 hội viên, tổ chức 64 cuộc đối thoại với chính quyền.",
            [("dialogue_sessions", 64)],
        ),
        (
            "Năm 2023, toàn tỉnh mở 312 buổi tuyên truyền pháp luật cho 18.400 lượt người; thăm hỏi 640 người già, "
            "giúp 96 hội viên thoát nghèo.",
            [("outreach_sessions", 312), ("outreach_participants", 18400)],
        ),
        (
            "Năm 2023, Hội Phụ nữ tỉnh mở 6 lớp tập huấn nghiệp vụ hòa giải cho 412 người; kết nạp 96 hội viên.",
            [("training_classes", 6), ("training_participants", 412)],
        ),
        # near misses: these are the people of the sessions
        (
            "Năm 2023, có 1.812 người dân dự 9 cuộc đối thoại với lãnh đạo huyện.",
            [("dialogue_participants", 1812), ("dialogue_sessions", 9)],
        ),
        (
            "Năm 2023, tỉnh tổ chức 214 buổi tuyên truyền, hỗ trợ pháp lý cho 9.640 lượt người.",
            [("outreach_sessions", 214), ("outreach_participants", 9640)],
        ),
    ],
)
def test_who_was_helped_or_admitted_took_part_in_nothing(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize("where", ["tỉnh Nghệ An", "trong tỉnh"])
def test_all_tiers_of_a_province_are_no_tier_of_their_own(where: str) -> None:
    (fact,) = _facts(f"Năm 2023, Mặt trận các cấp {where} giám sát 402 cuộc.")
    assert (fact.value, fact.tier) == (402, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2023, MTTQ tỉnh giám sát 6 chuyên đề về đất đai; MTTQ cấp huyện giám sát được 41 chuyên đề.",
            [("front_supervision_sessions", 6), ("front_supervision_sessions", 41)],
        ),
        # near misses: of another body, no count, no supervision
        ("Năm 2023, Thường trực HĐND tỉnh giám sát 4 chuyên đề.", []),
        (
            "Năm 2023, UBKT các cấp giám sát theo chuyên đề 64 tổ chức đảng.",
            [("party_orgs_supervised", 64)],
        ),
        (
            "Năm 2023, MTTQ các cấp giám sát 12 cuộc, sinh hoạt 4 chuyên đề về học tập và làm theo Bác.",
            [("front_supervision_sessions", 12)],
        ),
    ],
)
def test_supervision_is_counted_by_its_subjects_too(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2023, huyện mở 9 lớp dạy nghề cho 270 nông dân; tổ chức 4 lớp tập huấn hòa giải cho 246 hòa giải viên.",
            [("training_classes", 4), ("training_participants", 246)],
        ),
        (
            "Năm 2023, huyện mở 12 lớp tin học, 4 lớp tập huấn hòa giải ở cơ sở với 310 người dự, dạy nghề cho 96 người.",
            [("training_classes", 4), ("training_participants", 310)],
        ),
        # near miss: the class right before is one of a trade
        (
            "Năm 2023, Hội Nông dân tỉnh mở 12 lớp tập huấn nghiệp vụ hòa giải; 9 lớp chăn nuôi cho 270 hội viên.",
            [("training_classes", 12)],
        ),
    ],
)
def test_people_are_taught_in_the_class_told_right_before_them(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Năm 2023, Tỉnh ủy ban hành 9 văn bản, UBND tỉnh ban hành 17 văn bản, cấp huyện ban hành 134 văn bản về "
            "thực hiện dân chủ ở cơ sở.",
            [True, True, True],
        ),
        ("Năm 2023, MTTQ huyện giám sát 5 cuộc, MTTQ các xã, thị trấn giám sát 87 cuộc.", [True, True]),
        (
            "Năm 2023, Hội Nông dân tỉnh mở 6 lớp tập huấn nghiệp vụ hòa giải, Sở Tư pháp mở 12 lớp.",
            [True, True],
        ),
        # near misses: the first is the total, or was done together
        ("Năm 2023, Mặt trận các cấp giám sát 402 cuộc, MTTQ tỉnh giám sát 5 cuộc.", [False, True]),
        ("Năm 2023, MTTQ tỉnh và các đoàn thể giám sát 96 cuộc, MTTQ xã giám sát 81 cuộc.", [False, True]),
    ],
)
def test_what_several_bodies_did_are_parts_of_what_all_did(text: str, parts: list[bool]) -> None:
    assert [fact.subset for fact in _facts(text)] == parts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2022, các Ban Thanh tra nhân dân trong tỉnh tổ chức 1.024 cuộc giám sát. Năm 2023 tổ chức 987 cuộc, "
            "kiến nghị 214 vụ việc.",
            [(1024, "2022"), (987, "2023"), (214, "2023")],
        ),
        (
            "Năm 2022, Mặt trận các cấp mở 86 hội nghị phản biện xã hội. 10 tháng năm 2023, đã mở 74 hội nghị với 612 ý "
            "kiến.",
            [(86, "2022"), (74, "2023-YTD10"), (612, "2023-YTD10")],
        ),
        # near misses: something else was done, or only is there
        (
            "Năm 2022, các Ban Thanh tra nhân dân trong tỉnh tổ chức 1.024 cuộc giám sát. Năm 2023 tổ chức 87 cuộc thi, "
            "có 320 cuộc đình công.",
            [(1024, "2022")],
        ),
        (
            "Năm 2022, tỉnh tổ chức 214 cuộc đối thoại với nhân dân. Năm 2023 thực hiện 96 dự án, có 87 lao động.",
            [(214, "2022")],
        ),
    ],
)
def test_a_year_of_its_own_says_again_what_was_counted(
    text: str, told: list[tuple[float, str | None]]
) -> None:
    assert [(fact.value, fact.period) for fact in _facts(text)] == told


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (
            "Bình quân mỗi năm, các tổ hòa giải tiếp nhận 2.400 vụ. Riêng năm 2022 tiếp nhận 2.516 vụ.",
            [None, "2022"],
        ),
        (
            "Trong 5 năm (2016-2020), các tổ hòa giải tiếp nhận 60.000 vụ, trung bình mỗi năm hơn 12.000 vụ.",
            ["2016..2020", None],
        ),
        ("Hằng năm, các tổ hòa giải tiếp nhận hơn 800 vụ.", [None]),
        # near misses
        ("Năm 2022, qua kiểm điểm hằng năm, các tổ hòa giải tiếp nhận 2.516 vụ.", ["2022"]),
        (
            "Năm 2022, các tổ hòa giải tiếp nhận 2.516 vụ, cao hơn trung bình mỗi năm trước đó, hòa giải thành 2.100 vụ.",
            ["2022", "2022"],
        ),
    ],
)
def test_what_is_told_of_every_year_is_of_none(text: str, periods: list[str | None]) -> None:
    assert [fact.period for fact in _facts(text)] == periods


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # unions, works for the public, conferences of another tier
        ("Năm 2023, LĐLĐ huyện giám sát 14 cuộc về bảo hiểm xã hội.", [("front_supervision_sessions", 14)]),
        (
            "Năm 2023, Ban Giám sát đầu tư của cộng đồng các xã giám sát 31 công trình phúc lợi.",
            [("investment_supervision_works", 31)],
        ),
        (
            "Năm 2023, huyện mở 6 hội nghị tập huấn dân chủ cơ sở cho 540 cán bộ; các xã tổ chức 10 hội nghị cho 720 "
            "người.",
            [
                ("training_classes", 6),
                ("training_participants", 540),
                ("training_classes", 10),
                ("training_participants", 720),
            ],
        ),
        # cases passed on or still open, teams that won something
        (
            "Năm 2023, các tổ hòa giải hòa giải thành 120 vụ, chuyển lên huyện 9 vụ, còn 4 vụ đang hòa giải.",
            [("mediation_cases_successful", 120)],
        ),
        (
            "Năm 2023, các tổ hòa giải huyện nhận 64 đơn yêu cầu hòa giải, hòa giải thành 51 đơn, 8 đơn chuyển cấp trên.",
            [("mediation_cases", 64), ("mediation_cases_successful", 51)],
        ),
        (
            "Năm 2023, tỉnh có 1.204 tổ hòa giải; tặng giấy khen cho 12 tổ hòa giải. Hội thi hòa giải viên giỏi có 84 hòa "
            "giải viên dự thi.",
            [("mediation_teams", 1204)],
        ),
        # what came of supervision
        (
            "Năm 2023, qua giám sát tại các xã, Ủy ban MTTQ huyện nêu 14 kiến nghị.",
            [("front_recommendations", 14)],
        ),
        ("Năm 2023, qua giám sát tại các xã, Thường trực HĐND huyện nêu 14 kiến nghị.", []),
        (
            "Năm 2023, sau giám sát, Mặt trận các cấp ban hành 96 văn bản kiến nghị với 241 nội dung.",
            [("front_recommendations", 241)],
        ),
        (
            "Năm 2023, MTTQ các cấp giám sát 112 cuộc; gửi 214 văn bản kiến nghị sau giám sát, đã có 180 văn bản được trả "
            "lời.",
            [
                ("front_supervision_sessions", 112),
                ("front_recommendations", 214),
                ("front_recommendations_accepted", 180),
            ],
        ),
        (
            "Năm 2023, các cấp Hội Phụ nữ giám sát 112 cuộc, đóng góp 1.356 ý kiến vào 203 dự thảo.",
            [("front_supervision_sessions", 112)],
        ),
        (
            "Năm 2023, Ban Thanh tra nhân dân các xã trong tỉnh giám sát 64 vụ việc về đất đai và xây dựng cơ bản, qua đó "
            "đã trả lại cho người dân 42 triệu đồng, 320 m2 đất.",
            [("people_inspection_sessions", 64), ("money_restored", 42_000_000), ("land_restored", 320)],
        ),
        (
            "Năm 2023, các tổ hòa giải giúp bà con nhận lại 1,2 tỷ đồng.",
            [("money_restored", 1_200_000_000)],
        ),
        # what was asked for was done; what is asked for is a plan
        (
            "Năm 2023, Ban GSĐTCĐ xã giám sát 14 công trình, phát hiện và yêu cầu nhà thầu khắc phục 3 công trình.",
            [("investment_supervision_works", 14), ("investment_supervision_violations", 3)],
        ),
        ("Kế hoạch năm 2024 yêu cầu Ban GSĐTCĐ các xã giám sát 14 công trình.", []),
    ],
)
def test_what_societies_boards_and_teams_did(text: str, told: Told) -> None:
    assert _told(text) == told


def test_supervision_by_unions_is_a_part_of_that_of_the_societies() -> None:
    (fact,) = _facts("Năm 2023, Công đoàn các cấp tỉnh Nghệ An chủ trì giám sát 64 cuộc.")
    assert (fact.metric, fact.subset, fact.tier) == ("front_supervision_sessions", True, None)


def test_what_was_settled_of_all_that_were_taken_up_is_whole() -> None:
    facts = _facts(
        "Năm 2023, các tổ hòa giải tiếp nhận 512 vụ, đưa ra hòa giải 480 vụ, hòa giải thành 410 vụ, đạt 85,4%."
    )
    assert [fact.subset for fact in facts] == [False, True, False, False]
