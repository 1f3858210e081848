"""Kinds told in a bracket or over a clause, people in the bracket of visits, visits of a leader's sessions."""

from __future__ import annotations

import pytest

from extraction import read_text

Told = list[tuple[str, float]]


def _told(text: str) -> Told:
    facts = read_text(text, published="2024-12-08", source_province="Quảng Bình").facts
    return [(fact.metric, fact.value) for fact in facts]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # the third kind has its code too, whatever was done with all three
        (
            "Trong tháng 11, huyện thụ lý 58 đơn (41 khiếu nại, 6 tố cáo và 11 kiến nghị).",
            [
                ("petitions_within_authority", 58),
                ("complaints_within_authority", 41),
                ("denunciations_within_authority", 6),
                ("reflections_within_authority", 11),
            ],
        ),
        (
            "Trong tháng 11, huyện nhận 58 đơn (41 khiếu nại, 6 tố cáo, 11 kiến nghị).",
            [
                ("petitions_received", 58),
                ("complaint_petitions", 41),
                ("denunciation_petitions", 6),
                ("reflection_petitions", 11),
            ],
        ),
        (
            "Trong tháng 11, huyện đã giải quyết 47/58 đơn, gồm khiếu nại 33/41, tố cáo 5/6, kiến nghị 9/11.",
            [
                ("petitions_resolved", 47),
                ("complaints_resolved", 33),
                ("denunciations_resolved", 5),
                ("petitions_resolved", 9),
            ],
        ),
        # what an inspection proposes is no kind of petition
        (
            "Năm 2023, Thanh tra tỉnh thụ lý 12 đơn khiếu nại, 3 đơn tố cáo; qua giám sát có 7 kiến nghị.",
            [("complaints_within_authority", 12), ("denunciations_within_authority", 3)],
        ),
        # a kind that heads its clause holds for what stands in it
        (
            "Khiếu nại, tố cáo: phát sinh thuộc thẩm quyền 73 vụ; đã giải quyết 61 vụ.",
            [("complaints_denunciations_within_authority", 73), ("complaints_denunciations_resolved", 61)],
        ),
        (
            "Năm 2024, khiếu nại: thuộc thẩm quyền 48 vụ, đã giải quyết 40 vụ; tố cáo: thuộc thẩm quyền 9 vụ.",
            [
                ("complaints_within_authority", 48),
                ("complaints_resolved", 40),
                ("denunciations_within_authority", 9),
            ],
        ),
        (
            "Về khiếu nại, tố cáo, năm nay có 73 vụ thuộc thẩm quyền.",
            [("complaints_denunciations_within_authority", 73)],
        ),
        # and not for the sentence behind, nor where other words stand ahead of it
        (
            "Công tác tiếp dân được quan tâm hơn, khiếu nại kéo dài giảm: có 73 đơn thuộc thẩm quyền.",
            [("petitions_within_authority", 73)],
        ),
        # people in the bracket of visits, and parts of visits in theirs
        (
            "Năm 2023, các cấp tiếp 2.310 lượt người (2.644 người), giảm 8,2%.",
            [("reception_visits", 2310), ("reception_people", 2644)],
        ),
        # whom others received are not the people of the groups told last; those that follow them are
        (
            "Năm 2023, các sở tiếp 830 người với 388 vụ việc, 38 đoàn đông người; địa phương tiếp 8.146 người.",
            [
                ("reception_people", 830),
                ("reception_cases", 388),
                ("reception_groups", 38),
                ("reception_people", 8146),
            ],
        ),
        (
            "Năm 2023, các sở tiếp 38 đoàn đông người, 412 người.",
            [("reception_groups", 38), ("reception_group_people", 412)],
        ),
        # visits of a leader's sessions, also of the next leader
        (
            "Đồng chí Chủ tịch UBND huyện cho biết: năm 2023, bản thân ông chủ trì 22 phiên tiếp định kỳ, tiếp 47 lượt dân; Bí thư "
            "Huyện ủy 11 phiên, 16 lượt.",
            [
                ("leader_reception_sessions", 22),
                ("leader_reception_visits", 47),
                ("leader_reception_sessions", 11),
                ("leader_reception_visits", 16),
            ],
        ),
        (
            "Năm 2023, Hội Nông dân tham gia 31 buổi tiếp dân với 205 lượt người.",
            [("leader_reception_sessions", 31), ("reception_visits", 205)],
        ),
        # what is left of petitions, and what was left of those of the year before
        (
            "Năm 2023, huyện giải quyết 32/33 đơn, 1 đơn tồn.",
            [("petitions_resolved", 32), ("petitions_pending", 1)],
        ),
        (
            "Năm 2023, huyện nhận 33 đơn, trong đó 4 đơn tồn từ năm trước.",
            [("petitions_received", 33), ("petitions_received", 4)],
        ),
        # who waits was not received yet
        (
            "Phòng tiếp dân sáng nay có 8 người ngồi chờ. Năm 2023, huyện tiếp 240 lượt.",
            [("reception_visits", 240)],
        ),
        (
            "Phòng tiếp dân có 14 người đang xếp hàng. Năm 2023, huyện tiếp 240 lượt.",
            [("reception_visits", 240)],
        ),
    ],
)
def test_kinds_people_and_leaders(text: str, told: Told) -> None:
    assert _told(text) == told
