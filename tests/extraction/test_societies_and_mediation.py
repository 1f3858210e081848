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
