"""Bulletins as offices issue them: months and sums, the same months a year before, departments, towns and their wards."""

from __future__ import annotations

import pytest

from extraction import read_text

Dated = list[tuple[float, str | None]]


def _dated(text: str, published: str = "2024-10-10") -> Dated:
    read = read_text(text, published=published, source_province="Sơn La")
    return [(fact.value, fact.period) for fact in read.facts]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (
            "9 tháng đầu năm, toàn tỉnh tiếp 2.870 lượt công dân; cùng kỳ năm 2023 tiếp 2.640 lượt.",
            [(2870, "2024-9M"), (2640, "2023-9M")],
        ),
        (
            "Trong tháng 9/2024, toàn tỉnh tiếp 320 lượt công dân; lũy kế 9 tháng tiếp 2.870 lượt. Trong tháng, toàn tỉnh tiếp "
            "nhận 288 đơn.",
            [(320, "2024-09"), (2870, "2024-9M"), (288, "2024-09")],
        ),
        (
            "9 tháng đầu năm 2024, toàn tỉnh tiếp 411 lượt/603 người (cùng kỳ năm 2023: 520 lượt/811 người).",
            [(411, "2024-9M"), (603, "2024-9M"), (520, "2023-9M"), (811, "2023-9M")],
        ),
        (
            "9 tháng đầu năm 2024, có 14 đoàn đông người/198 người (cùng kỳ 22 đoàn/371 người).",
            [(14, "2024-9M"), (198, "2024-9M"), (22, "2023-9M"), (371, "2023-9M")],
        ),
        (
            "Quý III, toàn tỉnh tiếp 900 lượt công dân; 9 tháng tiếp 2.870 lượt. Trong quý, toàn tỉnh tiếp nhận 288 đơn.",
            [(900, "2024-Q3"), (2870, "2024-9M"), (288, "2024-Q3")],
        ),
        (
            "Tháng 9, toàn tỉnh tiếp 320 lượt công dân, lũy kế 9 tháng 2.870 lượt.",
            [(320, "2024-09"), (2870, "2024-9M")],
        ),
        (
            "Năm 2023, toàn tỉnh tiếp 4.320 lượt công dân; năm 2022 tiếp 4.110 lượt. Tổng số đơn tiếp nhận 3.870 đơn.",
            [(4320, "2023"), (4110, "2022"), (3870, "2023")],
        ),
        (
            "Năm 2023, toàn tỉnh hòa giải 1.250 vụ. Hiện nay, toàn tỉnh có 2.230 tổ hòa giải.",
            [(1250, "2023"), (2230, "2024")],
        ),
    ],
)
def test_periods_side_by_side(text: str, dated: Dated) -> None:
    assert _dated(text) == dated


def test_the_same_months_a_year_before_are_no_part() -> None:
    read = read_text(
        "9 tháng đầu năm, toàn tỉnh tiếp 2.870 lượt công dân; cùng kỳ năm 2023 tiếp 2.640 lượt.",
        published="2024-10-10",
        source_province="Sơn La",
    )
    assert [fact.subset for fact in read.facts] == [False, False]


@pytest.mark.parametrize(
    ("text", "source", "placed"),
    [
        (
            "Năm 2023, Sở Giáo dục và Đào tạo tiếp 12 lượt công dân.",
            "Sơn La",
            ["Sở Giáo dục và Đào tạo, Sơn La"],
        ),
        (
            "Năm 2023, Sở Nông nghiệp và Phát triển nông thôn tiếp 12 lượt công dân.",
            "Sơn La",
            ["Sở Nông nghiệp và Phát triển nông thôn, Sơn La"],
        ),
        (
            "Năm 2023, Sở Xây dựng tiếp 3 lượt công dân. Sở Y tế tiếp 5 lượt công dân.",
            "Sơn La",
            ["Sở Xây dựng, Sơn La", "Sở Y tế, Sơn La"],
        ),
        (
            "Năm 2023, Quận 1 tiếp 230 lượt công dân. Toàn thành phố tiếp 12.300 lượt công dân.",
            "Hồ Chí Minh",
            ["Quận 1, Hồ Chí Minh", "Hồ Chí Minh"],
        ),
        (
            "Năm 2023, quận Ninh Kiều tiếp 230 lượt công dân. Thành phố đã tiếp 3.300 lượt công dân.",
            "Cần Thơ",
            ["Ninh Kiều, Cần Thơ", "Cần Thơ"],
        ),
        (
            "Năm 2023, phường Chiềng Lề tiếp 30 lượt công dân. Toàn thành phố tiếp 300 lượt công dân.",
            "Sơn La",
            ["Chiềng Lề, Sơn La, Sơn La", "Sơn La, Sơn La"],
        ),
        (
            "Năm 2023, huyện Yên Châu tiếp 90 lượt công dân; Sở Y tế tiếp 44 lượt; huyện Mai Sơn tiếp 31 lượt.",
            "Sơn La",
            ["Yên Châu, Sơn La", "Sở Y tế, Sơn La", "Mai Sơn, Sơn La"],
        ),
        (
            "Năm 2023, huyện Yên Châu tiếp 90 lượt công dân; lãnh đạo tỉnh tiếp 30 lượt; các sở, ngành tiếp 51 lượt.",
            "Sơn La",
            ["Yên Châu, Sơn La", "Sơn La", "Sơn La"],
        ),
        (
            "Năm 2023, quận Ninh Kiều tiếp 230 lượt công dân, Thanh tra thành phố 47 lượt.",
            "Cần Thơ",
            ["Ninh Kiều, Cần Thơ", "Cần Thơ"],
        ),
    ],
)
def test_departments_and_towns(text: str, source: str, placed: list[str]) -> None:
    read = read_text(text, published="2024-02-10", source_province=source)
    assert [fact.place for fact in read.facts] == placed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # "lượt người" alone are visits, whatever other visits stand before them
        (
            "Trong tháng 9/2024, toàn tỉnh tiếp 310 lượt người, trong đó cấp tỉnh 80 lượt người, cấp huyện 95 lượt người.",
            [("reception_visits", 310), ("reception_visits", 80), ("reception_visits", 95)],
        ),
        (
            "Trong tháng 9/2024, toàn tỉnh tiếp 310 lượt với 402 lượt người.",
            [("reception_visits", 310), ("reception_people", 402)],
        ),
        # what others receive every day is not the leader's
        (
            "Quý III/2024, lãnh đạo huyện tiếp 14 lượt công dân, tiếp thường xuyên 88 lượt.",
            [("leader_reception_visits", 14), ("reception_visits", 88)],
        ),
        (
            "Quý III/2024, lãnh đạo tỉnh tiếp 30 lượt công dân; các sở tiếp 205 lượt.",
            [("leader_reception_visits", 30), ("reception_visits", 205)],
        ),
        (
            "Quý III/2024, lãnh đạo huyện tiếp định kỳ 14 lượt công dân, tiếp đột xuất 3 lượt.",
            [("leader_reception_visits", 14), ("leader_reception_visits", 3)],
        ),
        # leaders have regular dialogues, too
        (
            "Năm 2024, các xã tổ chức 51 cuộc đối thoại định kỳ với 3.902 lượt người tham gia.",
            [("dialogue_sessions", 51), ("dialogue_participants", 3902)],
        ),
        (
            "Năm 2024, lãnh đạo huyện tổ chức 4 cuộc đối thoại với nhân dân, trong đó đối thoại định kỳ 3 cuộc, đột xuất 1 cuộc.",
            [("dialogue_sessions", 4), ("dialogue_sessions", 3), ("dialogue_sessions", 1)],
        ),
        (
            "Năm 2024, công đoàn cơ sở phối hợp tổ chức 812 cuộc đối thoại định kỳ.",
            [("workplace_dialogues", 812)],
        ),
        (
            "Năm 2024, các đơn vị tổ chức 95 cuộc đối thoại định kỳ với người lao động.",
            [("workplace_dialogues", 95)],
        ),
        (
            "Năm 2024, UBND tỉnh tổ chức 5 hội nghị đối thoại với doanh nghiệp; cấp huyện tổ chức 16 cuộc đối thoại.",
            [("dialogue_sessions", 5), ("dialogue_sessions", 16)],
        ),
        # the organisers of a dialogue are whoever holds it
        (
            "Ngày 8/10/2024, Chủ tịch UBND huyện Mai Sơn đối thoại với thanh niên. Ban tổ chức ghi nhận 27 câu hỏi.",
            [("dialogue_opinions", 27)],
        ),
        ("Tại buổi đối thoại về giá cà phê, ban tổ chức nhận 43 ý kiến của doanh nghiệp.", []),
    ],
)
def test_who_receives_and_who_holds_a_dialogue(text: str, told: list[tuple[str, float]]) -> None:
    read = read_text(text, published="2024-10-10", source_province="Sơn La")
    assert [(fact.metric, fact.value) for fact in read.facts] == told


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "Năm 2023, Ban Tiếp công dân tỉnh tiếp 24 lượt người; các huyện, thành phố tiếp 131 lượt người.",
            [True, True],
        ),
        (
            "Năm 2023, các cấp tiếp 3.416 lượt. Tiếp thường xuyên 2.795 lượt, 3.216 công dân.",
            [False, True, True],
        ),
    ],
)
def test_what_districts_receive_and_whom_are_parts(text: str, part: list[bool]) -> None:
    read = read_text(text, published="2024-02-10", source_province="Sơn La")
    assert [fact.subset for fact in read.facts] == part


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # portals and systems that receive
        (
            "9 tháng đầu năm 2024, Cổng thông tin điện tử tỉnh tiếp nhận 640 câu hỏi của người dân về đất đai, giáo dục, y tế; "
            "các cơ quan chuyên môn của tỉnh đã trả lời 612 câu hỏi.",
            [("feedback_received", 640), ("feedback_resolved", 612)],
        ),
        (
            "Trong tháng 9/2024, Hệ thống thông tin phản ánh, kiến nghị tỉnh tiếp nhận 96 phản ánh của người dân, doanh nghiệp ở "
            "các lĩnh vực; đã xử lý 88 phản ánh, còn 8 phản ánh đang trong thời hạn xử lý.",
            [("feedback_received", 96), ("feedback_resolved", 88)],
        ),
        (
            "Năm 2023, hộp thư góp ý và đường dây nóng của tỉnh nhận 231 tin báo, phản ánh về trật tự đô thị, môi trường; các "
            "ngành đã xử lý 219 tin, còn 12 tin đang xác minh.",
            [("feedback_received", 231), ("feedback_resolved", 219)],
        ),
        ("Cổng thông tin điện tử tỉnh đăng 640 tin, bài; 12 phóng sự.", []),
        # files
        (
            "Năm 2023, toàn tỉnh đã giải quyết 8.120/8.204 hồ sơ tiếp nhận, đạt 98,98%.",
            [("dossiers_resolved", 8120), ("dossier_resolution_rate", 98.98)],
        ),
        (
            "Sau khi sắp xếp bộ máy, chính quyền xã Mường Sại thuộc tỉnh Sơn La trong tháng 9/2025 đã tiếp nhận 402 hồ sơ của công "
            "dân trong xã và các xã lân cận.",
            [("dossiers_received", 402)],
        ),
        # how many passed a mark is no rate
        (
            "Chỉ số hài lòng năm 2023 của tỉnh đạt 88,2%; có 5 huyện, thành phố đạt trên 90%, 2 sở, ngành chỉ đạt dưới 80%.",
            [("citizen_satisfaction_rate", 88.2)],
        ),
        (
            "Năm 2023, toàn tỉnh có 120 xã tổ chức đối thoại với nhân dân, trên 98% ý kiến được giải đáp.",
            [("dialogue_opinion_resolution_rate", 98)],
        ),
        # who speaks is told beside what they said; whoever comes may be outstanding
        (
            "Năm 2023, HĐND huyện tiếp xúc cử tri 12 cuộc với 1.200 cử tri, 84 lượt cử tri nêu 130 kiến nghị.",
            [("voter_meetings", 12), ("voters_met", 1200), ("voter_opinions", 130)],
        ),
        (
            "Năm 2023, huyện tổ chức 12 cuộc đối thoại với nhân dân, có 410 lượt người phát biểu với 502 ý kiến.",
            [("dialogue_sessions", 12), ("dialogue_opinions", 502)],
        ),
        (
            "Năm 2023, huyện tổ chức 2 cuộc đối thoại với 310 nông dân tiêu biểu tham dự.",
            [("dialogue_sessions", 2), ("dialogue_participants", 310)],
        ),
        ("Năm 2023, huyện tuyên dương 120 nông dân tiêu biểu.", []),
        # voters and deputies
        (
            "Năm 2023, HĐND huyện tiếp nhận 121 ý kiến cử tri; UBND huyện trả lời 117 ý kiến thuộc thẩm quyền.",
            [("voter_opinions", 121), ("voter_opinions_resolved", 117)],
        ),
        (
            "Năm 2023, đại biểu HĐND các cấp tiếp 205 lượt công dân tại nơi ứng cử.",
            [("reception_visits", 205)],
        ),
    ],
)
def test_what_is_received_and_who_speaks(text: str, told: list[tuple[str, float]]) -> None:
    read = read_text(text, published="2025-10-10", source_province="Sơn La")
    assert [(fact.metric, fact.value) for fact in read.facts] == told


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (
            "8 tháng năm 2024, toàn tỉnh tiếp 2.914 lượt công dân; riêng 2 tháng 7 và 8 tiếp 844 lượt.",
            [(2914, "2024-YTD08"), (844, "2024-07..2024-08")],
        ),
        (
            "8 tháng năm 2024, toàn tỉnh tiếp 2.914 lượt công dân; riêng tháng 7 và tháng 8 tiếp 844 lượt.",
            [(2914, "2024-YTD08"), (844, "2024-07..2024-08")],
        ),
        (
            "Trong 2 tháng (tháng 7, tháng 8 năm 2024), toàn tỉnh tiếp 44 lượt công dân.",
            [(44, "2024-07..2024-08")],
        ),
        (
            "Ngày 2 tháng 7 và 8 ngày sau đó, huyện Mai Sơn đối thoại với 120 người dân.",
            [(120, "2024-07")],
        ),
        (
            "Để chuẩn bị kỳ họp thứ 9, tháng 9/2024, Đoàn ĐBQH tỉnh tiếp xúc cử tri tại 33 điểm.",
            [(33, "2024-09")],
        ),
        ("Chuẩn bị cho năm 2025, toàn tỉnh tổ chức 33 cuộc tiếp xúc cử tri.", []),
    ],
)
def test_months_side_by_side_and_before_a_session(text: str, dated: Dated) -> None:
    assert _dated(text) == dated


def test_whoever_is_to_answer_is_not_where_the_voters_are() -> None:
    read = read_text(
        "Năm 2023, cử tri huyện Mai Sơn có 187 ý kiến, trong đó thuộc thẩm quyền cấp huyện 71 ý kiến, cấp tỉnh 24 ý kiến.",
        source_province="Sơn La",
    )
    assert [(fact.place, fact.subset) for fact in read.facts] == [
        ("Mai Sơn, Sơn La", False),
        ("Mai Sơn, Sơn La", True),
        ("Mai Sơn, Sơn La", True),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "Năm 2023, bộ phận một cửa giải quyết 410 hồ sơ, trong đó trước hạn 120 hồ sơ (29%), trễ hạn 2 hồ sơ.",
            {410: False, 120: True, 29: True},
        ),
        ("Năm 2023, tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn đạt 99%.", {99: False}),
        ("Năm 2023, 98% hồ sơ trả trước hẹn, đúng hẹn.", {98: False}),
    ],
)
def test_before_time_alone_is_a_part_of_what_was_in_time(text: str, part: dict[float, bool]) -> None:
    read = read_text(text, source_province="Sơn La")
    assert {fact.value: fact.subset for fact in read.facts} == part


@pytest.mark.parametrize(
    ("then", "dated"),
    [
        ("; cùng kỳ năm 2023 thụ lý 52 vụ khiếu nại", [(45, "2024-9M"), (52, "2023-9M")]),
        (", cùng kỳ năm trước toàn tỉnh thụ lý gần 52 vụ khiếu nại", [(45, "2024-9M"), (52, "2023-9M")]),
        (
            "; cùng kỳ năm trước chuyển sang 4 vụ khiếu nại thuộc thẩm quyền",
            [(45, "2024-9M"), (4, "2024-9M")],
        ),
        (", cùng kỳ giảm 7 vụ", [(45, "2024-9M")]),
    ],
)
def test_the_same_months_a_year_before_are_told_with_any_verb(then: str, dated: Dated) -> None:
    assert _dated(f"9 tháng đầu năm, toàn tỉnh thụ lý 45 vụ khiếu nại{then}.") == dated


def test_the_year_before_is_that_before_the_year_told_of() -> None:
    text = "Năm 2023, nhân dân toàn tỉnh hiến 6.200m2 đất làm đường; năm trước hiến 4.900m2 đất."
    assert _dated(text) == [(6200, "2023"), (4900, "2022")]
