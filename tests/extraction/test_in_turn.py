"""Bare numbers of another place or body that tell in turn what the clause before told."""

from __future__ import annotations

import pytest

from extraction import read_text

Told = list[tuple[str, float]]


def _told(text: str) -> Told:
    facts = read_text(text, published="2023-11-20", source_province="Hà Giang").facts
    return [(fact.metric, fact.value) for fact in facts]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # the noun of both stands behind the second
        (
            "Quý I, Mặt trận huyện Yên Minh tổ chức 31 cuộc giám sát, 8 cuộc phản biện; còn ở Vị Xuyên là 24 và 5 cuộc.",
            [
                ("front_supervision_sessions", 31),
                ("social_criticism_sessions", 8),
                ("front_supervision_sessions", 24),
                ("social_criticism_sessions", 5),
            ],
        ),
        # another body of the same kind
        (
            "Năm 2022, Ban Thường vụ Huyện ủy giám sát 14 tổ chức, 9 đảng viên; UBKT Huyện ủy 33 và 27.",
            [
                ("party_orgs_supervised", 14),
                ("party_members_supervised", 9),
                ("party_orgs_supervised", 33),
                ("party_members_supervised", 27),
            ],
        ),
        # another tier, with numbers in thousands
        (
            "Năm 2022, cấp tỉnh mở 6 lớp tập huấn hòa giải cho 410 người; cấp huyện 22 và 1.870.",
            [
                ("training_classes", 6),
                ("training_participants", 410),
                ("training_classes", 22),
                ("training_participants", 1870),
            ],
        ),
        # in and outside of brackets, behind semicolons or commas
        (
            "Đoàn đông người đến trụ sở: Bắc Mê 8 lượt đoàn (151 người); Quang Bình 5 (77); Xín Mần 3 (42).",
            [
                ("reception_groups", 8),
                ("reception_group_people", 151),
                ("reception_groups", 5),
                ("reception_group_people", 77),
                ("reception_groups", 3),
                ("reception_group_people", 42),
            ],
        ),
        (
            "Năm 2022, Bắc Mê mở 8 lớp tập huấn hòa giải (540 người), Quang Bình 5 (377), Xín Mần 3 (242).",
            [
                ("training_classes", 8),
                ("training_participants", 540),
                ("training_classes", 5),
                ("training_participants", 377),
                ("training_classes", 3),
                ("training_participants", 242),
            ],
        ),
        # outside of the bracket again, though no bracket follows
        (
            "Năm 2022, Bắc Mê tiếp 120 lượt (131 người), Quang Bình 80.",
            [("reception_visits", 120), ("reception_people", 131), ("reception_visits", 80)],
        ),
    ],
)
def test_bare_numbers_count_in_turn_what_the_clause_before_counted(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    "text",
    [
        # what stands behind the last number says that both count something else
        "Quý I, Mặt trận Yên Minh tổ chức 31 cuộc giám sát, 8 cuộc phản biện; còn ở Vị Xuyên là 24 và 5 cuộc đối thoại.",
        # a body of another kind
        "Quý I, Mặt trận huyện tổ chức 31 cuộc giám sát, 8 cuộc phản biện; Ban Thanh tra nhân dân 24 và 5.",
        # words of something else
        "Quý I, Mặt trận huyện tổ chức 31 cuộc giám sát, 8 cuộc phản biện; Vị Xuyên có tỉ lệ hộ nghèo 24 và 5.",
    ],
)
def test_other_words_or_another_kind_of_body_break_the_turn(text: str) -> None:
    told = _told(text)
    assert ("social_criticism_sessions", 8) in told
    assert ("social_criticism_sessions", 5) not in told or ("front_supervision_sessions", 24) not in told


def test_numbers_of_another_body_are_parts() -> None:
    text = "Năm 2022, Ban Thường vụ Huyện ủy giám sát 14 tổ chức, 9 đảng viên; UBKT Huyện ủy 33 và 27."
    facts = read_text(text, published="2023-11-20", source_province="Hà Giang").facts
    assert [fact.subset for fact in facts][2:] == [True, True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2022, các Ban Giám sát đầu tư của cộng đồng giám sát 31 công trình, trong đó xã Xuân Long giám sát 9 công "
            "trình, xã Xuân Quang 3 7, thị trấn La Hai 5 và xã Xuân Quang 2 4.",
            [(31, None), (9, "Xuân Long"), (7, "Xuân Quang 3"), (5, "La Hai"), (4, "Xuân Quang 2")],
        ),
        # a number that is no part of the name counts
        (
            "Năm 2022, các Ban Giám sát đầu tư của cộng đồng xã Xuân Long giám sát 9 công trình, xã Xuân Quang 7, thị trấn La "
            "Hai 5.",
            [(9, "Xuân Long"), (7, "Xuân Quang"), (5, "La Hai")],
        ),
    ],
)
def test_bare_numbers_behind_names_that_end_in_a_number(
    text: str, told: list[tuple[float, str | None]]
) -> None:
    facts = read_text(text, published="2023-11-20", source_province="Phú Yên").facts
    assert {fact.metric for fact in facts} == {"investment_supervision_works"}
    places = [(fact.value, (fact.place or "").split(", ")[0]) for fact in facts]
    assert [(value, name) for value, name in places if name != "Phú Yên"] == [
        (value, name) for value, name in told if name
    ]
    assert [value for value, _ in places] == [value for value, _ in told]


_CASES, _MENDED = "mediation_cases", "mediation_cases_successful"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # the first noun is said again, then left out
        (
            "Năm 2022, các tổ hòa giải ở xã Thuận Hòa nhận 27 vụ, thành 26; xã Tùng Bá: 45 vụ, thành 33; xã Minh Ngọc: 19, thành 18.",
            [(_CASES, 27), (_MENDED, 26), (_CASES, 45), (_MENDED, 33), (_CASES, 19), (_MENDED, 18)],
        ),
        # both nouns are said again of another period
        (
            "Năm ngoái các tổ hòa giải thụ lý 74 vụ, thành 61 vụ; còn nửa đầu năm nay là 33 vụ và 29 vụ.",
            [(_CASES, 74), (_MENDED, 61), (_CASES, 33), (_MENDED, 29)],
        ),
        # bare numbers of another period
        (
            "Năm 2021, Trụ sở tiếp 120 lượt công dân, nhận 40 đơn; năm 2022 là 133 và 51.",
            [("reception_visits", 120), ("petitions_received", 40), ("reception_visits", 133), ("petitions_received", 51)],
        ),
        # verbs of their own say what they count
        (
            "Năm 2021, các tổ hòa giải thụ lý 74 vụ, thành 61 vụ; năm 2022 thành 55 vụ, nhận 60 vụ.",
            [(_CASES, 74), (_MENDED, 61), (_MENDED, 55), (_CASES, 60)],
        ),
        # what the clause tells first is not what the one before told first
        (
            "Năm 2022, UBKT các cấp kiểm tra 14 tổ chức, 9 đảng viên; cấp ủy các cấp giám sát 33 tổ chức, 27 đảng viên.",
            [
                ("party_orgs_inspected", 14),
                ("party_members_inspected", 9),
                ("party_orgs_supervised", 33),
                ("party_members_supervised", 27),
            ],
        ),
    ],
)  # fmt: skip
def test_numbers_in_turn_may_say_their_nouns_again(text: str, told: Told) -> None:
    assert _told(text) == told


def test_years_listed_ahead_have_each_number_in_turn() -> None:
    text = (
        "Năm 2014 các tổ hòa giải nhận 138 vụ, thành 101 vụ; hai năm 2017, 2018 lần lượt nhận 109 và 86 vụ, thành 90 và 75 "
        "vụ. Tính chung: 571 vụ, thành 455 vụ."
    )
    facts = read_text(text, title="Hòa giải ở cơ sở tỉnh Bình Thuận", published="2019-02-03").facts
    assert [(fact.metric, fact.value, fact.period) for fact in facts][:6] == [
        (_CASES, 138, "2014"),
        (_MENDED, 101, "2014"),
        (_CASES, 109, "2017"),
        (_CASES, 86, "2018"),
        (_MENDED, 90, "2017"),
        (_MENDED, 75, "2018"),
    ]
    assert [(fact.metric, fact.value) for fact in facts][6:] == [(_CASES, 571), (_MENDED, 455)]
