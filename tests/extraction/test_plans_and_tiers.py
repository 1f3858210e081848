"""What the sample portals' prose showed: plans keep their scope, a tier's work is not the province's."""

from __future__ import annotations

import pytest

from extraction import read_text

PLANS = [
    "Năm 2023, tỉnh phấn đấu có thêm 150 mô hình “Dân vận khéo”, 100% xã tổ chức đối thoại định kỳ; tập trung phổ biến"
    " luật mới đến từng hộ.",
    "Năm 2025, toàn tỉnh phấn đấu 100% xã, phường đối thoại định kỳ; có thêm 50 mô hình “Dân vận khéo”.",
    "Tỉnh phấn đấu 95% đơn được giải quyết đúng hạn; 98% phản ánh được xử lý đúng hạn; tổ chức kiểm tra ở 11 đơn vị.",
    "Trong 6 tháng cuối năm, tỉnh đặt mục tiêu hoàn thành việc sửa hương ước ở ít nhất 80% thôn; mở thêm 10 lớp bồi dưỡng"
    " cho cán bộ cơ sở; kiểm tra việc công khai thu chi ở 12 xã.",
    "Nửa cuối năm, các ban chỉ đạo xác định ưu tiên mở 30 lớp tập huấn cho cán bộ thôn, giải quyết ít nhất 90% kiến nghị"
    " sau giám sát.",
    "Trong 6 tháng cuối năm, tỉnh tập trung tuyên truyền nghị định mới, mở 8 lớp tập huấn, tổ chức ít nhất 70 cuộc đối"
    " thoại với Nhân dân.",
    "Thời gian tới, các cấp yêu cầu mỗi huyện hoàn thành 3 cuộc kiểm tra và giải quyết dứt điểm 85% vụ việc tồn đọng.",
]


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_is_never_a_result(plan: str) -> None:
    text = "6 tháng đầu năm 2023, toàn tỉnh tổ chức 104 cuộc đối thoại với Nhân dân.\n" + plan
    reading = read_text(text, published="2023-07-11", source_province="Hà Nam")
    assert [(fact.metric, fact.value) for fact in reading.facts] == [("dialogue_sessions", 104)]


def test_a_period_that_ends_long_after_publication_is_a_plan() -> None:
    text = "6 tháng cuối năm 2023, tỉnh mở 12 lớp tập huấn nghiệp vụ hòa giải."
    assert not read_text(text, published="2023-07-11", source_province="Hà Nam").facts
    assert read_text(text, published="2024-01-11", source_province="Hà Nam").facts


def test_results_after_a_plan_are_read_again() -> None:
    text = (
        "Năm 2024, tỉnh đặt mục tiêu tổ chức 200 cuộc đối thoại. Kết quả, toàn tỉnh đã tổ chức 227 cuộc đối thoại với"
        " Nhân dân, vượt kế hoạch đề ra."
    )
    facts = read_text(text, published="2025-01-03", source_province="Hà Nam").facts
    assert [fact.value for fact in facts] == [227]


def test_what_the_district_tier_did_carries_the_tier_and_is_a_part() -> None:
    text = "Năm 2024, cấp ủy cấp huyện tổ chức 72 lớp tập huấn về dân chủ ở cơ sở cho 8.532 lượt người."
    facts = read_text(text, published="2024-12-19", source_province="Quảng Ninh").facts
    assert [(f.metric, f.value, f.tier, f.subset) for f in facts] == [
        ("training_classes", 72, "district", True),
        ("training_participants", 8532, "district", True),
    ]


def test_prize_money_is_no_contribution() -> None:
    text = "Giải bóng đá thanh niên tỉnh có 16 đội tham dự, tổng giá trị giải thưởng là 280 triệu đồng."
    assert not read_text(text, published="2024-05-02", source_province="Hà Nam").facts


def test_what_a_society_or_a_leader_did_is_a_part() -> None:
    text = (
        "Năm 2024, Hội Nông dân huyện Văn Chấn hòa giải 112 vụ, thành 89 vụ. Toàn huyện tiếp 739 lượt công dân; riêng lãnh"
        " đạo huyện tiếp định kỳ 176 lượt (148 người)."
    )
    facts = read_text(text, published="2024-12-19", source_province="Yên Bái").facts
    assert [(f.metric, f.subset) for f in facts] == [
        ("mediation_cases", True),
        ("mediation_cases_successful", True),
        ("reception_visits", False),
        ("leader_reception_visits", True),
        ("reception_people", True),
    ]


def test_one_form_of_discipline_is_a_part_and_the_total_is_none() -> None:
    text = "Năm 2024, kỷ luật 21 đảng viên qua kiểm tra; toàn Đảng bộ kỷ luật 133 đảng viên (khiển trách 121, khai trừ 12)."
    facts = read_text(text, published="2024-12-19", source_province="Hòa Bình").facts
    assert [(f.value, f.subset) for f in facts][1:] == [(133, False), (121, True), (12, True)]


def test_the_years_of_a_draft_that_is_commented_on_plan_nothing() -> None:
    text = "Mặt trận huyện phản biện dự thảo Kế hoạch 5 năm (2021-2025), lại hướng dẫn cấp xã phản biện 3 nội dung."
    facts = read_text(text, published="2021-10-12", source_province="Hậu Giang").facts
    assert [(f.metric, f.value) for f in facts] == [("social_criticism_sessions", 3)]


def test_a_programme_that_was_approved_is_still_to_be_done() -> None:
    text = (
        "Chương trình năm được Thường trực Tỉnh ủy duyệt với 25 nội dung giám sát: MTTQ tỉnh 6 nội dung, Hội Nông dân 2"
        " nội dung. MTTQ tỉnh đã giám sát 13 cuộc."
    )
    assert [f.value for f in read_text(text, published="2022-12-30", source_province="Thanh Hóa").facts] == [
        13
    ]


@pytest.mark.parametrize(
    ("who", "part"),
    [
        ("Ông Lê Văn Sáu, Bí thư Đảng ủy xã, cho biết bà con", False),
        ("Theo bà Lê Thị Sáu, Chủ tịch UBND xã, nhân dân", False),
        ("Ông Lê Văn Sáu kể rằng gia đình mình", True),
        ("Ông Lê Văn Sáu, kể cả phần của con,", True),
        ("Ông Lê Văn Sáu", True),
    ],
)
def test_who_tells_of_a_gift_has_not_given_it(who: str, part: bool) -> None:
    read = read_text(f"Năm 2023, {who} hiến 500m2 đất làm đường.", source_province="Sơn La")
    assert [(fact.metric, fact.subset) for fact in read.facts] == [("land_donated", part)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Năm 2023, 89% doanh nghiệp đối thoại tại nơi làm việc (chỉ tiêu 85%), có 219 bản thỏa ước lao động tập thể.",
         [89, 219]),
        ("Năm 2023, toàn tỉnh mở 30 lớp tập huấn về dân chủ ở cơ sở, đạt 120% chỉ tiêu kế hoạch; 40 cuộc đối thoại với "
         "nhân dân.", [30, 40]),
        ("Theo Nghị quyết 12 (ngày 3/5), tỉnh đặt chỉ tiêu 30 lớp tập huấn về dân chủ ở cơ sở, 40 cuộc đối thoại.", []),
        ("Tỉnh phấn đấu đạt 100% chỉ tiêu, tổ chức 40 cuộc đối thoại với nhân dân.", []),
    ],
)  # fmt: skip
def test_a_target_beside_its_result_plans_nothing_behind_it(text: str, told: list[float]) -> None:
    assert [fact.value for fact in read_text(text, source_province="Sơn La").facts] == told
