"""What the page of a society or of the armed forces tells of its own doing is a part of what a territory did."""

from __future__ import annotations

import pytest

from extraction import read_text


@pytest.mark.parametrize(
    ("title", "text", "subset"),
    [
        (
            "Hội LHPN tỉnh tổng kết công tác hội năm 2016",
            "Hội phối hợp mở 12 cuộc đối thoại với 1.385 lượt người dự. Chị em tham gia hòa giải thành 402 vụ việc.",
            [True, True, True],
        ),
        (
            None,
            "Sáng 19-12, Bộ Chỉ huy Quân sự tỉnh tổ chức hội nghị tổng kết công tác dân vận. Các đơn vị mở 4 lớp tập huấn pháp luật, "
            "520 người dự.",
            [True, True],
        ),
        # what others did is told of them
        (
            "Hội LHPN tỉnh tổng kết công tác hội năm 2016",
            "Năm 2016, toàn tỉnh hòa giải thành 902 vụ việc; Ban Thanh tra nhân dân giám sát 60 cuộc.",
            [False, False],
        ),
        # another page's figures are the territory's
        (
            "Mặt trận tỉnh tổng kết công tác năm 2016",
            "Các cấp mở 12 cuộc đối thoại với nhân dân, 1.385 lượt người dự.",
            [False, False],
        ),
    ],
)
def test_what_a_society_tells_of_itself_is_a_part(title: str | None, text: str, subset: list[bool]) -> None:
    facts = read_text(text, title=title, published="2016-12-19", source_province="An Giang").facts
    assert [fact.subset for fact in facts] == subset


def test_what_a_number_of_communes_did_is_counted_by_their_verb() -> None:
    text = "Năm 2017, lãnh đạo huyện tiếp 118 lượt người; chủ tịch 21 xã, thị trấn đối thoại 42 cuộc với 5.870 lượt người."
    facts = read_text(text, source_province="Hồ Chí Minh").facts
    assert [(fact.metric, fact.value) for fact in facts] == [
        ("leader_reception_visits", 118),
        ("dialogue_sessions", 42),
        ("dialogue_participants", 5870),
    ]


def test_tiers_named_by_their_units() -> None:
    text = (
        "Năm 2024, Mặt trận chủ trì 158 cuộc giám sát, riêng cấp thành phố 9, quận huyện 41, xã phường 108."
    )
    facts = read_text(text, source_province="Cần Thơ").facts
    assert [(fact.value, fact.tier, fact.subset) for fact in facts] == [
        (158, None, False),
        (9, "province", True),
        (41, "district", True),
        (108, "commune", True),
    ]


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        (
            "Năm 2024, Mặt trận tập hợp 1.265 ý kiến của Nhân dân tham gia góp ý xây dựng Đảng.",
            ["party_building_comments"],
        ),
        (
            "Năm 2024, giám sát của nhân dân có bước tiến: 106 Ban Thanh tra nhân dân giám sát 274 cuộc.",
            ["people_inspection_boards", "people_inspection_sessions"],
        ),
        ("Năm 2024, công đoàn các cấp chủ trì giám sát 28 cuộc.", ["front_supervision_sessions"]),
        (
            "Năm 2013, 186 doanh nghiệp mở hội nghị người lao động, bằng 46,3%. Khu vực nhà nước đạt 100%.",
            ["labour_conferences", "labour_conference_rate", "labour_conference_rate"],
        ),
        (
            "Năm 2024, phản ánh, kiến nghị về quy định hành chính: nhận 64, trả lời 61.",
            ["feedback_received", "feedback_resolved"],
        ),
        (
            "Năm 2023, bộ phận một cửa tiếp nhận 486.215 hồ sơ. Đã giải quyết 471.960, tỷ lệ 97,07%.",
            ["dossiers_received", "dossiers_resolved", "dossier_resolution_rate"],
        ),
        (
            "Năm 2022. Giải quyết: khiếu nại thuộc thẩm quyền 46 vụ, đã giải quyết 40/46 vụ; tố cáo thuộc thẩm quyền 11 vụ.",
            ["complaints_within_authority", "complaints_resolved", "denunciations_within_authority"],
        ),
        ("Năm 2018, huyện xếp thứ 6 hội thi, có 167 mô hình dân vận khéo.", ["skillful_mobilization_models"]),
        ("Năm 2010, nhân dân toàn huyện bê tông được 57 km.", ["road_length_built"]),
    ],
)
def test_wordings_of_further_pages(text: str, metrics: list[str]) -> None:
    assert [fact.metric for fact in read_text(text, source_province="Cần Thơ").facts] == metrics
