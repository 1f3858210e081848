"""Pages that tell as people do: quotations, what is given without pay, who was there, what stands behind a caption."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text

Told = list[tuple[str, float]]


def _facts(text: str, title: str = "Xã Tân Phú chung sức", published: str = "2022-08-24") -> list[Fact]:
    return list(read_text(text, title=title, published=published, source_province="Bến Tre").facts)


def _told(text: str, title: str = "Xã Tân Phú chung sức") -> Told:
    return [(fact.metric, fact.value) for fact in _facts(text, title)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # what somebody says in quotation marks is no name
        ("Bà Năm kể: “Gia đình hiến 80m2 đất làm đường”.", [("land_donated", 80)]),
        ("“Nhà tôi hiến 80m2 đất làm đường”, bà Năm cười hiền.", [("land_donated", 80)]),
        ("Xã phát động phong trào “Hiến 80m2 đất làm đường”.", []),
        # what is given without pay
        (
            "Khi mở rộng tuyến đường, 32 hộ đồng ý giao 410m2 đất mà không nhận bồi thường.",
            [("households_donating_land", 32), ("land_donated", 410)],
        ),
        ("Khi mở rộng tuyến đường, 32 hộ chưa giao 410m2 đất vì không nhận bồi thường.", []),
        # what is lost is not given
        (
            "Hộ ông Bảy hiến 900m2 đất làm đường, mỗi năm mất khoảng 30 triệu đồng tiền dừa.",
            [("land_donated", 900)],
        ),
    ],
)
def test_what_people_say_they_gave(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Ngày 23/8, Sở Tư pháp mở lớp tập huấn nghiệp vụ hòa giải. Có mặt 260 đại biểu đến từ các huyện.",
            [("training_participants", 260)],
        ),
        (
            "Ngày 23/8, Sở Tư pháp mở lớp tập huấn nghiệp vụ hòa giải. Lớp học thu hút 145 học viên.",
            [("training_participants", 145)],
        ),
        (
            "Sở Tư pháp chú trọng tập huấn. Đến nay, Sở mở được 4 lớp như thế cho 980 lượt hòa giải viên.",
            [("training_classes", 4), ("training_participants", 980)],
        ),
    ],
)
def test_who_was_there_was_trained(text: str, told: Told) -> None:
    assert _told(text, "Tập huấn cho hòa giải viên") == told


def test_who_came_to_a_dialogue_or_spoke_there() -> None:
    text = "Mặt trận mở 42 hội nghị đối thoại, trên 11.000 lượt nhân dân góp ý."
    assert _told(text) == [("dialogue_sessions", 42), ("dialogue_participants", 11000)]
    text = "Buổi đối thoại chiều 23/8 có hơn 100 người dân tới dự."
    assert _told(text, "Đối thoại với nhân dân") == [("dialogue_participants", 100)]


def test_what_was_done_by_a_plan_is_done() -> None:
    text = "Theo Kế hoạch giám sát năm 2022, Ủy ban MTTQ huyện Ba Tri vừa chủ trì xong 4 cuộc giám sát."
    assert _told(text) == [("front_supervision_sessions", 4)]


def test_what_a_contractor_is_told_to_mend_is_recommended() -> None:
    text = "Ban Giám sát đầu tư của cộng đồng theo dõi 8 công trình, đề nghị đơn vị thi công khắc phục 3 trường hợp."
    assert _told(text) == [
        ("investment_supervision_works", 8),
        ("investment_supervision_recommendations", 3),
    ]


def test_a_caption_parts_no_paragraphs() -> None:
    text = (
        "Ban thanh tra nhân dân, ban giám sát đầu tư của cộng đồng các xã đã được kiện toàn.\n"
        "Ảnh minh họa.\n"
        "Năm 2021, các ban này thực hiện 320 cuộc giám sát với 210 công trình."
    )
    assert _told(text) == [("people_inspection_sessions", 320), ("investment_supervision_works", 210)]


def test_what_boards_look_at_may_be_of_any_field() -> None:
    text = (
        "Nhà tình thương vừa khởi công đã có ban giám sát đầu tư của cộng đồng đến xem, chuyện quen ở các huyện.\n"
        "Riêng tháng 7/2022, các ban thực hiện 132 cuộc giám sát về sửa nhà tình thương, lắp đèn đường."
    )
    assert _told(text, "132 cuộc giám sát công trình phúc lợi") == [("investment_supervision_sessions", 132)]


def test_what_is_done_in_the_places_named_is_a_part() -> None:
    text = (
        "Ban giám sát đầu tư của cộng đồng hoạt động đều tại các huyện Ba Tri, Giồng Trôm.\n"
        "Năm 2021, các ban ở những nơi vừa nêu thực hiện 132 cuộc giám sát."
    )
    assert [(fact.value, fact.subset) for fact in _facts(text)] == [(132, True)]


def test_the_years_of_a_decision_carried_out_rule_nothing() -> None:
    text = (
        "Năm 2018, Ủy ban MTTQ huyện Ba Tri chủ trì 4 cuộc giám sát.\n"
        "Đoàn xem xét việc xây nhà theo Quyết định số 33 ngày 10/8/2015, giai đoạn 2016 - 2020. Đoàn nêu 11 kiến nghị."
    )
    assert [fact.period for fact in _facts(text, published="2018-12-20")] == ["2018", "2018"]
