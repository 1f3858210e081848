"""Lists that go on with a figure, and changes told by what they are about, in words of no annotated passage."""

from __future__ import annotations

import pytest

from extraction import read_text
from extraction.model import Fact


def _read(text: str) -> list[Fact]:
    return list(read_text(text, published="2023-07-20", source_province="Hà Nam").facts)


@pytest.mark.parametrize(
    ("text", "metric", "values"),
    [
        (
            "Năm 2022, toàn tỉnh tiếp 900 lượt công dân. Tại trụ sở tiếp công dân 250, tại các sở 150, ở cơ sở 500.",
            "reception_visits",
            [900, 250, 150, 500],
        ),
        (
            "Năm 2022, Mặt trận các cấp giám sát 96 cuộc. Theo cấp: tỉnh 6, huyện 30, xã 60.",
            "front_supervision_sessions",
            [96, 6, 30, 60],
        ),
        (
            "Năm 2022, Mặt trận các cấp giám sát 96 cuộc. Cấp tỉnh 6 (+1); cấp huyện 30 (-4); cấp xã 60 (-2).",
            "front_supervision_sessions",
            [96, 6, 30, 60],
        ),
        (
            "Năm 2022, cử tri gửi 120 kiến nghị: giao thông 70, đất đai 30, môi trường 20.",
            "voter_opinions",
            [120, 70, 30, 20],
        ),
        # What does not add up, or tells of something else, is no part.
        (
            "Năm 2022, hòa giải thành 90 vụ việc. Cấp xã có 45 cán bộ tư pháp và 45 chủ tịch.",
            "mediation_cases_successful",
            [90],
        ),
        (
            "Năm 2022, toàn tỉnh tiếp 900 lượt công dân. Trồng rừng 250, trồng cỏ 150, trồng ngô 400.",
            "reception_visits",
            [900],
        ),
    ],
)
def test_numbers_that_add_up_to_a_total_are_its_parts(text: str, metric: str, values: list[float]) -> None:
    facts = [fact for fact in _read(text) if fact.metric == metric]
    assert [fact.value for fact in facts] == values
    assert all(fact.subset for fact in facts[1:])


@pytest.mark.parametrize(
    ("text", "metric", "told"),
    [
        (
            "Năm 2022, Duy Tiên hòa giải thành 45/50 vụ, Kim Bảng 30/36 vụ, Lý Nhân 12/20 vụ.",
            "mediation_cases_successful",
            {"Duy Tiên": 45, "Kim Bảng": 30, "Lý Nhân": 12},
        ),
        (
            "Năm 2022, người dân Duy Tiên hiến 12.400 m2 đất, tăng 12%; Kim Bảng 9.300, Lý Nhân 8.100.",
            "land_donated",
            {"Duy Tiên": 12400, "Kim Bảng": 9300, "Lý Nhân": 8100},
        ),
        (
            "Năm 2022, Duy Tiên tiếp 320 lượt công dân (giảm 6%), Kim Bảng 280 (tăng 3%).",
            "reception_visits",
            {"Duy Tiên": 320, "Kim Bảng": 280},
        ),
        (
            "Năm 2022, toàn tỉnh nhận 1.200 đơn. Một số huyện có nhiều đơn: Duy Tiên 320, Kim Bảng 280, Lý Nhân 200.",
            "petitions_received",
            {"Hà Nam": 1200, "Duy Tiên": 320, "Kim Bảng": 280, "Lý Nhân": 200},
        ),
        (
            "Năm 2022, toàn tỉnh tiếp 900 lượt công dân. Thị xã Duy Tiên 94, huyện Kim Bảng 86 lượt.",
            "reception_visits",
            {"Hà Nam": 900, "Duy Tiên": 94, "Kim Bảng": 86},
        ),
        (
            "Năm 2022, toàn tỉnh nhận 1.200 đơn. Cao nhất vẫn là Duy Tiên 320 (giảm 5%) và Kim Bảng 280.",
            "petitions_received",
            {"Hà Nam": 1200, "Duy Tiên": 320, "Kim Bảng": 280},
        ),
    ],
)
def test_a_place_behind_another_counts_the_same(text: str, metric: str, told: dict[str, float]) -> None:
    facts = _read(text)
    assert {fact.metric for fact in facts} == {metric}
    assert {(fact.place or "").split(",", maxsplit=1)[0]: fact.value for fact in facts} == told


_Told = tuple[float, str, float | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The subject of a change says what changed.
        (
            "kỷ luật 12 tổ chức đảng, 340 đảng viên; so cùng kỳ, tổ chức đảng tăng 3, đảng viên giảm 21.",
            [(12, "increase", 3), (340, "decrease", 21)],
        ),
        (
            "nhận 420 đơn khiếu nại, 88 đơn tố cáo. So với năm trước, đơn khiếu nại giảm 7%, đơn tố cáo tăng 2%.",
            [(420, "decrease", 7), (88, "increase", 2)],
        ),
        (
            "kiểm điểm 31 tập thể, 94 cá nhân - tập thể tăng 5, cá nhân giảm 12.",
            [(31, "increase", 5), (94, "decrease", 12)],
        ),
        (
            "thanh tra hành chính 40 cuộc và 300 cuộc thanh tra chuyên ngành; so với năm 2021, loại thứ nhất giảm 2 cuộc, "
            "loại thứ hai tăng 9 cuộc.",
            [(40, "decrease", 2), (300, "increase", 9)],
        ),
        (
            "Duy Tiên tiếp 204 lượt công dân, Kim Bảng 190 lượt; so cùng kỳ, Duy Tiên tăng 12 lượt, Kim Bảng giảm 4 lượt.",
            [(204, "increase", 12), (190, "decrease", 4)],
        ),
        # So it does where nothing is said of how much.
        (
            "kiểm điểm 12 tập thể và 30 cá nhân: số tập thể tăng, số cá nhân giảm so với năm 2021.",
            [(12, "increase", None), (30, "decrease", None)],
        ),
        (
            "tiếp 1.204 lượt công dân, 1.390 người, cả hai con số đều giảm.",
            [(1204, "decrease", None), (1390, "decrease", None)],
        ),
        (
            "Duy Tiên tiếp 120 lượt công dân, Kim Bảng 98 lượt, Lý Nhân 77 lượt, riêng Kim Bảng giảm.",
            [(98, "decrease", None)],
        ),
        ("nhận 300 đơn khiếu nại (năm 2021: 350), như vậy thấp hơn cùng kỳ.", [(300, "decrease", None)]),
        ("nhận 902 đơn, cũng giảm (cùng kỳ: 960).", [(902, "decrease", None)]),
        ("các mặt đều vượt năm trước: tiếp 90 lượt công dân, đối thoại 12 cuộc.", [(90, "increase", None), (12, "increase", None)]),
        # Levels ahead of the change, behind it, and in the sentence before.
        ("đối thoại tại nơi làm việc tăng 9% với 412 cuộc.", [(412, "increase", 9)]),
        ("toàn tỉnh tiếp 300 lượt công dân, tăng 9% với 340 người.", [(300, "increase", 9)]),
        ("hòa giải thành 470 vụ việc. Như vậy giảm 21,7% so với năm 2021 (năm 2021: 600 vụ).", [(470, "decrease", 21.7)]),
        (
            "tỷ lệ hòa giải thành đạt 83%. Năm 2021, con số này mới đạt 79,5%; như vậy đã tăng 3,5 điểm phần trăm.",
            [(83, "increase", 3.5)],
        ),
        ("tỷ lệ giải quyết khiếu nại đạt 82,6%, cao hơn cùng kỳ 3,1% (79,5%).", [(82.6, "increase", 3.1)]),
        ("tiếp 52 lượt công dân, bằng một nửa năm trước.", [(52, "decrease", None)]),
        ("đối thoại 268 cuộc, bằng 1,4 lần năm trước.", [(268, "increase", 1.4)]),
        (
            "tiếp 276 lượt công dân với 351 người. So với năm 2021, số lượt tăng 7%, số người cũng tăng.",
            [(276, "increase", 7), (351, "increase", None)],
        ),
        # What else grew or fell is told of other things.
        ("tiếp 1.200 lượt công dân; tội phạm giảm, tai nạn giao thông tăng.", []),
        ("tiếp 1.200 lượt công dân. Tình hình khiếu kiện vượt cấp giảm mạnh.", []),
        ("hòa giải thành 470 vụ việc, góp phần giảm khiếu kiện.", []),
        ("giải quyết thủ tục cho 470 hồ sơ được miễn, giảm phí.", []),
    ],
)  # fmt: skip
def test_changes_belong_to_what_they_are_told_of(text: str, expected: list[_Told]) -> None:
    facts = _read("Năm 2022, " + text)
    assert [
        (fact.value, fact.comparison.direction, fact.comparison.amount) for fact in facts if fact.comparison
    ] == expected


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("thụ lý 3.019 đơn thuộc thẩm quyền (2021: 2.711).", [(3019, "2022"), (2711, "2021")]),
        ("hòa giải thành 470 vụ việc. Như vậy giảm 21,7% so với năm 2021 (năm 2021: 600 vụ).", [(470, "2022"), (600, "2021")]),
        ("tỷ lệ giải quyết khiếu nại đạt 82,6%, cao hơn cùng kỳ 3,1% (79,5%).", [(82.6, "2022"), (79.5, "2021")]),
        (
            "nhận 718 đơn, giảm 41 đơn so với năm 2020. Trong đó, đơn khiếu nại từ 389 xuống 301 đơn.",
            [(718, "2022"), (389, "2020"), (301, "2022")],
        ),
        ("nhận 87 đơn, ít hơn năm trước 5 đơn; 52/53 vụ tố cáo đã giải quyết xong.", [(87, "2022"), (52, "2022")]),
    ],
)  # fmt: skip
def test_levels_beside_a_change_are_facts_of_their_period(text: str, levels: list[tuple[float, str]]) -> None:
    assert [(fact.value, fact.period) for fact in _read("Năm 2022, " + text)] == levels


def test_a_quarter_ends_its_sentence() -> None:
    facts = _read(
        "Quý II/2023, toàn tỉnh tiếp 210 lượt công dân, tăng 5% so với quý I. Đối thoại 12 cuộc với người dân."
    )
    assert [(fact.metric, fact.value) for fact in facts] == [
        ("reception_visits", 210),
        ("dialogue_sessions", 12),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hội nghị phản biện xã hội: tỉnh 4, huyện 16, xã 71; tổng cộng 91.",
            [("social_criticism_sessions", value) for value in (4, 16, 71, 91)],
        ),
        (
            "Công tác tiếp công dân: Số lượt tiếp: 766 lượt. Số người: 914. Số vụ việc: 402 vụ.",
            [("reception_visits", 766), ("reception_people", 914), ("reception_cases", 402)],
        ),
        (
            "Hệ thống 1022 tiếp nhận 52.000 phản ánh. Phân theo kênh: điện thoại 20.117, giảm 6,8%; Zalo 8.640.",
            [("feedback_received", 52000), ("feedback_received", 20117), ("feedback_received", 8640)],
        ),
        (
            "Tỷ lệ giải quyết khiếu nại 78,3%, tố cáo 81,8%, cùng kỳ lần lượt là 74,9% và 85%.",
            [
                ("complaint_resolution_rate", 78.3),
                ("denunciation_resolution_rate", 81.8),
                ("complaint_resolution_rate", 74.9),
                ("denunciation_resolution_rate", 85),
            ],
        ),
        (
            "Nhận 5.200 đơn; có 4.958 đơn đủ điều kiện, 1.206 đơn được hướng dẫn.",
            [("petitions_received", 5200), ("petitions_eligible", 4958), ("petitions_guided", 1206)],
        ),
    ],
)
def test_what_each_number_of_a_list_counts(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(fact.metric, fact.value) for fact in _read("Kết quả năm 2022. " + text)] == expected


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        # by the earlier level told beside the change
        (
            "Cụ thể, tiếp thường xuyên 400 lượt, định kỳ 204 lượt. So với năm 2021 (580 lượt), tăng 24 lượt.",
            604,
        ),
        (
            "Cụ thể, tiếp thường xuyên 400 lượt, định kỳ 204 lượt. So với năm 2021 (376 lượt), tăng 24 lượt.",
            400,
        ),
        # by its own percentage
        ("Trong đó cấp tỉnh 100 lượt, cấp huyện 204 lượt, tăng 24 lượt (4,1%) so với năm 2021.", 604),
        ("Trong đó cấp tỉnh 100 lượt, cấp huyện 204 lượt, tăng 24 lượt (13,3%) so với năm 2021.", 204),
    ],
)
def test_a_change_goes_to_the_level_that_it_fits(text: str, changed: float) -> None:
    facts = _read(f"Năm 2022, tỉnh Hà Nam tiếp 604 lượt công dân. {text}")
    assert [fact.value for fact in facts if fact.comparison] == [changed]


@pytest.mark.parametrize(
    ("change", "direction", "amount"),
    [
        ("tăng lên 3,1% so với cùng kỳ", "increase", 3.1),
        ("nhích lên 3,1% so với năm 2021", "increase", 3.1),
        ("giảm xuống 3,1% so với cùng kỳ", "decrease", 3.1),
        ("hơn 3,1% so với cùng kỳ", "increase", 3.1),
    ],
)
def test_a_change_told_loosely_is_no_level(change: str, direction: str, amount: float) -> None:
    (fact,) = _read(f"Năm 2022, tỷ lệ hòa giải thành ở tỉnh Hà Nam đạt 86,2%, {change}.")
    assert (fact.value, fact.comparison and (fact.comparison.direction, fact.comparison.amount)) == (
        86.2,
        (direction, amount),
    )


@pytest.mark.parametrize(
    "change", ["đều giảm so với năm 2021", "giảm cả về số lượt và số người so với năm 2021"]
)
def test_a_change_of_both_is_that_of_each(change: str) -> None:
    facts = _read(f"Năm 2022, tỉnh Hà Nam tiếp 604 lượt công dân với 710 người, {change}.")
    assert [fact.comparison and fact.comparison.direction for fact in facts] == ["decrease", "decrease"]
