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
            "Quý III/2024, lãnh đạo huyện tiếp 14 lượt công dân, công chức chuyên trách tiếp thường xuyên 88 lượt.",
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
