"""Figures of another place that leave out what was counted."""

from __future__ import annotations

import pytest

from extraction import read_text

_TOTAL = "Năm 2024, Ban Thanh tra nhân dân các xã ở Nghệ An giám sát 618 vụ việc, kiến nghị xử lý 42 vụ. "


def _told(text: str) -> list[tuple[str, float, str | None]]:
    facts = read_text(_TOTAL + text, published="2024-12-20").facts
    return [(fact.metric, fact.value, fact.place) for fact in facts if fact.start >= len(_TOTAL)]


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Con Cuông có 37 vụ, huyện Quỳ Châu 25 vụ.",
        "Riêng Con Cuông giám sát 37 vụ việc; Quỳ Châu ít nhất, 25 vụ.",
        "Dẫn đầu là huyện Con Cuông với 37 vụ, kế đó là Quỳ Châu 25 vụ.",
        "Ở huyện Con Cuông là 37 vụ; còn ở huyện Quỳ Châu là 25.",
    ],
)
def test_a_figure_of_which_only_the_place_is_told_counts_what_the_total_counts(text: str) -> None:
    assert _told(text) == [
        ("people_inspection_sessions", 37, "Con Cuông, Nghệ An"),
        ("people_inspection_sessions", 25, "Quỳ Châu, Nghệ An"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Huyện Con Cuông xảy ra 37 vụ.",
        "Huyện Con Cuông có 37 vụ cháy rừng.",
        "Huyện Con Cuông có 37 người.",
        "Huyện Con Cuông có 730 vụ.",
        "Có 37 vụ.",
    ],
)
def test_nothing_is_taken_over_where_anything_else_is_told(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    ("total", "goes_on", "facts"),
    [
        (
            "Năm 2022, Mặt trận tỉnh Đắk Nông tổ chức 68 hội nghị phản biện.",
            "Tỉnh 3, huyện 14, xã 51.",
            [
                ("social_criticism_sessions", 3),
                ("social_criticism_sessions", 14),
                ("social_criticism_sessions", 51),
            ],
        ),
        (
            # of which the last tier is left out, so that nothing adds up
            "Năm 2022, Mặt trận tỉnh Đắk Nông tổ chức 68 hội nghị phản biện.",
            "Tỉnh 3, huyện 14, còn lại ở cơ sở.",
            [("social_criticism_sessions", 3), ("social_criticism_sessions", 14)],
        ),
        (
            "Năm 2022, tỉnh Đắk Nông tiếp nhận 8.400 hồ sơ thủ tục hành chính; trước và đúng hạn 99,2%.",
            "Theo cấp: tỉnh 99,8%, huyện 99,1%, xã 98,7%.",
            [("dossier_on_time_rate", 99.8), ("dossier_on_time_rate", 99.1), ("dossier_on_time_rate", 98.7)],
        ),
        (
            "Năm 2022, các Ban Thanh tra nhân dân ở tỉnh Thái Bình giám sát 812 cuộc.",
            "Hai huyện có nhiều cuộc nhất là Đông Hưng 231 và Kiến Xương 198.",
            [("people_inspection_sessions", 231), ("people_inspection_sessions", 198)],
        ),
        (
            "Năm 2022, tỉnh Tây Ninh tổ chức 1.514 cuộc đối thoại tại nơi làm việc.",
            "Riêng tháng 5 có 632 cuộc.",
            [("workplace_dialogues", 632)],
        ),
        (
            "Năm 2022, các tổ hòa giải ở Cần Thơ nhận 412 vụ, hòa giải thành 357 vụ.",
            "Xét theo lĩnh vực, tranh chấp đất đai 149 vụ; hôn nhân gia đình 87 vụ.",
            [("mediation_cases", 149), ("mediation_cases", 87)],
        ),
        (
            "Năm 2022, tỉnh Nghệ An phản biện xã hội 206 dự thảo.",
            "Số ý kiến 3.148.",
            [("social_criticism_opinions", 3148)],
        ),
    ],
)
def test_tiers_places_and_kinds_told_alone_count_what_the_sentence_before_counted(
    total: str, goes_on: str, facts: list[tuple[str, float]]
) -> None:
    read = read_text(f"{total} {goes_on}", published="2023-01-20").facts
    assert [(fact.metric, fact.value) for fact in read if fact.start > len(total)] == facts


def test_numbers_of_communes_with_no_word_of_the_matter_are_left() -> None:
    text = "Năm 2022, Mặt trận tỉnh Đắk Nông tổ chức 68 hội nghị phản biện. Tỉnh có 8 huyện, 71 xã, phường."
    assert [fact.value for fact in read_text(text, published="2023-01-20").facts] == [68]
