"""A heading of plans heads all it stands over; a sentence that tells a plan in its own words heads itself."""

from __future__ import annotations

import pytest

from extraction import read_text

DONE = "Trong năm 2024, toàn tỉnh tiếp 5.000 lượt công dân."


def _values(text: str, published: str) -> list[float]:
    return [fact.value for fact in read_text(text, published=published, source_province="Hà Nam").facts]


@pytest.mark.parametrize(
    "heading",
    [
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025",
        "Phương hướng, nhiệm vụ năm 2025",
        "B. NHIỆM VỤ TRỌNG TÂM NĂM 2025",
        "II. KẾ HOẠCH NĂM 2025",
        "Một số chỉ tiêu năm 2025:",
        "2. Nhiệm vụ, giải pháp trong thời gian tới",
    ],
)
@pytest.mark.parametrize("mark", ["", "1. ", "- "])
def test_all_paragraphs_under_a_heading_of_plans_are_plans(heading: str, mark: str) -> None:
    items = [
        "Tiếp tục triển khai Luật Thực hiện dân chủ ở cơ sở.",
        "Tổ chức 550 cuộc đối thoại với Nhân dân.",
        "Mặt trận Tổ quốc các cấp giám sát 210 cuộc.",
    ]
    text = "\n".join(["Báo cáo dân chủ ở cơ sở", DONE, heading, *(mark + item for item in items)])
    assert _values(text, "2025-01-10") == [5000]


def test_the_next_heading_and_a_year_that_is_over_end_the_plans() -> None:
    text = "\n".join(
        [
            "6 tháng đầu năm 2024, các cấp tiếp 3.204 lượt công dân.",
            "B. NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM",
            "1. Công tác tiếp dân",
            "Chủ tịch UBND cấp huyện tiếp 240 buổi.",
            "Năm 2023, toàn tỉnh tiếp 6.105 lượt công dân.",
            "C. KẾT QUẢ ĐỐI THOẠI",
            "Trong quý II, các cấp tổ chức 12 cuộc đối thoại với Nhân dân.",
        ]
    )
    assert _values(text, "2024-07-12") == [3204, 6105, 12]


@pytest.mark.parametrize(
    "heading", ["Mục tiêu vì dân", "Giải pháp từ cơ sở", "Kết quả thực hiện nhiệm vụ năm 2024"]
)
def test_headings_of_features_and_results_plan_nothing(heading: str) -> None:
    text = f"Bài viết về dân chủ.\n{heading}\nNăm 2024, huyện tổ chức 24 cuộc đối thoại với Nhân dân."
    assert _values(text, "2025-01-10") == [24]


@pytest.mark.parametrize(
    "plan",
    [
        "Kế hoạch năm 2025 tổ chức 550 cuộc đối thoại với Nhân dân.",
        "Năm 2025 sẽ tổ chức 550 cuộc đối thoại với Nhân dân.",
        "Năm 2025 phấn đấu tổ chức 550 cuộc đối thoại với Nhân dân.",
        "Năm 2025 dự kiến tổ chức 550 cuộc đối thoại với Nhân dân.",
        "UBND tỉnh ban hành kế hoạch tổ chức 550 cuộc đối thoại trong năm 2025.",
        "Theo kế hoạch, năm 2025 toàn tỉnh tổ chức 550 cuộc đối thoại.",
        "Trong năm 2025, yêu cầu các cấp ủy tổ chức 550 cuộc đối thoại.",
        "Năm 2025, tỉnh phấn đấu thực hiện 550 cuộc đối thoại với Nhân dân.",
        "Chỉ tiêu năm 2025 là 550 cuộc đối thoại với Nhân dân.",
    ],
)
def test_a_plan_that_speaks_of_holding_is_a_plan(plan: str) -> None:
    assert _values(f"{DONE} {plan}", "2025-01-10") == [5000]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch năm 2024 tổ chức 480 cuộc đối thoại; thực hiện 500 cuộc đối thoại với Nhân dân, đạt 104%.",
        "Kế hoạch giao năm 2024 là 480 cuộc đối thoại với Nhân dân, kết quả thực hiện được 500 cuộc.",
        "Theo kế hoạch năm 2024, UBND các cấp tổ chức 500 cuộc đối thoại với Nhân dân.",
        "Kế hoạch năm 2024 được triển khai nghiêm túc, các cấp tổ chức 500 cuộc đối thoại với Nhân dân.",
        "UBND tỉnh xây dựng kế hoạch, tổ chức 500 cuộc đối thoại với Nhân dân trong năm 2024.",
    ],
)
def test_what_was_done_by_plan_was_done(text: str) -> None:
    assert 500 in _values(text, "2024-12-25")
    assert 480 not in _values(text, "2024-12-25")


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Từ đầu nhiệm kỳ đến nay, toàn tỉnh", None),
        ("Lũy kế từ đầu nhiệm kỳ, toàn tỉnh", None),
        ("Giai đoạn 2020-2025 được coi trọng. Từ đầu nhiệm kỳ đến nay, toàn tỉnh", "2020.."),
    ],
)
def test_a_term_so_far_is_no_year(said: str, period: str | None) -> None:
    text = f"{DONE} {said} tổ chức 2.150 cuộc đối thoại với Nhân dân."
    facts = read_text(text, published="2025-01-10", source_province="Hà Nam").facts
    assert [(fact.value, fact.period) for fact in facts] == [(5000, "2024"), (2150, period)]


@pytest.mark.parametrize(
    "who",
    [
        "ba tỉnh Hà Nam, Nam Định, Ninh Bình",
        "các tỉnh Hà Nam và Ninh Bình",
        "3 tỉnh (Hà Nam, Nam Định, Ninh Bình)",
    ],
)
def test_a_figure_of_several_provinces_is_none_of_theirs(who: str) -> None:
    text = f"Năm 2024, {who} tiếp 15.000 lượt công dân. Riêng tỉnh Hà Nam tiếp 4.000 lượt công dân."
    joint, own = read_text(text, published="2025-01-10", source_province="Hà Nam").facts
    assert (joint.level, joint.province) == ("region", None)
    assert (own.value, own.province) == (4000, "Hà Nam")


@pytest.mark.parametrize(
    ("title", "published", "values"),
    [
        ("Kế hoạch thực hiện dân chủ ở cơ sở năm 2024", "2024-02-19", []),
        ("Hà Nam ban hành Kế hoạch thực hiện dân chủ ở cơ sở năm 2024", "2024-02-19", []),
        ("Hoàn thành kế hoạch giám sát năm 2024", "2024-12-19", [10]),
        ("Kế hoạch thực hiện dân chủ ở cơ sở năm 2023", "2024-02-19", [10]),
    ],
)
def test_a_text_that_gives_a_plan_tells_no_results(title: str, published: str, values: list[float]) -> None:
    text = "Sở Tư pháp mở 10 lớp tập huấn cho hòa giải viên."
    read = read_text(text, title=title, published=published, source_province="Hà Nam").facts
    assert [fact.value for fact in read] == values


def test_what_is_reckoned_with_is_planned() -> None:
    assert (
        _values(
            "Mặt trận tỉnh dự tính tổ chức 10 lớp tập huấn về dân chủ ở cơ sở trong quý III.", "2025-06-04"
        )
        == []
    )
