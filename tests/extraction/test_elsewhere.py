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
