"""What inspectorates, party commissions and petition offices report: cases carried over, tiers, units, findings."""

from __future__ import annotations

import pytest

from extraction import Fact, read_text

Told = list[tuple[str, float, str | None]]
Parts = list[tuple[float, bool]]


def _facts(text: str, published: str = "2023-12-20", source: str = "Sơn La") -> list[Fact]:
    return list(read_text(text, published=published, source_province=source).facts)


def _told(text: str, published: str = "2023-12-20") -> Told:
    return [(fact.metric, fact.value, fact.period) for fact in _facts(text, published)]


def _parts(text: str) -> Parts:
    return [(fact.value, fact.subset) for fact in _facts(text)]


@pytest.mark.parametrize(
    "carried",
    [
        "20 vụ năm 2022 chuyển sang",
        "20 vụ từ năm 2022 chuyển sang",
        "20 vụ chuyển tiếp từ năm 2022",
        "tồn năm 2022 chuyển sang 20 vụ",
        "20 vụ năm trước chuyển sang",
    ],
)
def test_cases_carried_over_are_a_part_of_those_to_be_settled(carried: str) -> None:
    text = f"6 tháng đầu năm 2023, toàn tỉnh thụ lý 120 vụ khiếu nại, trong đó {carried}; đã giải quyết 90 vụ, đạt 75%."
    assert _told(text) == [
        ("complaints_within_authority", 120, "2023-H1"),
        ("complaints_within_authority", 20, "2023-H1"),
        ("complaints_resolved", 90, "2023-H1"),
        ("complaint_resolution_rate", 75, "2023-H1"),
    ]
    assert _parts(text) == [(120, False), (20, True), (90, False), (75, False)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2022, toàn tỉnh thụ lý 120 vụ khiếu nại, gồm 100 vụ phát sinh trong năm và 20 vụ năm 2021 chuyển sang.",
            [("complaints_within_authority", value, "2022") for value in (120, 100, 20)],
        ),
        (
            "Năm 2022, toàn tỉnh giải quyết 75 vụ khiếu nại, 18 vụ còn lại chuyển sang năm 2023 giải quyết. Qua giải quyết, trả "
            "lại cho công dân 120 triệu đồng.",
            [("complaints_resolved", 75, "2022"), ("petitions_pending", 18, "2022"), ("money_restored", 120e6, "2022")],
        ),
        (
            "Năm 2022, Thanh tra tỉnh thu hồi 5 tỷ đồng theo kết luận thanh tra năm 2020; kiểm điểm 4 tập thể.",
            [("money_recovered", 5e9, "2022"), ("collectives_disciplined", 4, "2022")],
        ),
        (
            "Theo kết luận thanh tra năm 2020, Thanh tra tỉnh thu hồi 5 tỷ đồng.",
            [("money_recovered", 5e9, "2020")],
        ),
        (
            "Năm 2022 chuyển sang cơ quan điều tra 3 vụ vi phạm.",
            [("cases_referred_to_police", 3, "2022")],
        ),
        (
            "Năm 2022, toàn tỉnh có 77 vụ việc thuộc thẩm quyền giải quyết; đã giải quyết 70 vụ việc.",
            [("petitions_within_authority", 77, "2022"), ("petitions_resolved", 70, "2022")],
        ),
        (
            "Năm 2022, tỉnh phải giải quyết 58 vụ khiếu nại. Đã giải quyết 39 vụ, đạt 67,2%.",
            [
                ("complaints_within_authority", 58, "2022"),
                ("complaints_resolved", 39, "2022"),
                ("complaint_resolution_rate", 67.2, "2022"),
            ],
        ),
    ],
)  # fmt: skip
def test_years_named_in_passing_and_cases_to_be_settled(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("said", "published", "period"),
    [
        ("Từ đầu năm đến ngày 30/9/2023", "2023-10-18", "2023-9M"),
        ("Từ đầu năm 2023 đến 31/8", "2023-10-18", "2023-YTD08"),
        ("Từ đầu năm đến nay", "2023-10-18", "2023-YTD10"),
        ("Trong 3 tháng qua", "2023-09-30", "2023-Q3"),
        ("Trong 3 tháng qua", "2023-04-10", "2023-Q1"),
        ("9 tháng qua", "2023-11-10", "2023-9M"),
        ("Trong 6 tháng qua", "2023-03-30", "2022-10..2023-03"),
        ("11 tháng qua", "2024-01-05", "2023-YTD11"),
        ("Sau 6 tháng hoạt động", "2024-01-12", "2023-H2"),
        ("6 tháng triển khai nhiệm vụ", "2023-11-12", "2023-H1"),
        ("Ba tháng vận hành chính quyền địa phương 2 cấp", "2025-10-25", "2025-Q3"),
        ("Sau gần 6 tháng vận hành chính quyền địa phương hai cấp", "2025-12-22", "2025-H2"),
        ("Qua 8 tháng vận hành mô hình chính quyền hai cấp", "2026-03-05", "2025-07..2026-02"),
    ],
)
def test_months_that_end_when_they_are_told_of(said: str, published: str, period: str) -> None:
    assert _told(f"{said}, toàn tỉnh tiếp 940 lượt công dân.", published) == [
        ("reception_visits", 940, period)
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Năm 2022, Thanh tra tỉnh tiến hành 6 cuộc thanh tra; thanh tra cấp huyện tiến hành 32 cuộc thanh tra.",
            [(6, True), (32, True)],
        ),
        (
            "Năm 2022, Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh tổ chức 5 cuộc kiểm tra; các huyện, thành phố tổ chức 41 cuộc "
            "kiểm tra.",
            [(5, True), (41, True)],
        ),
        (
            "Năm 2022, toàn tỉnh tổ chức 40 cuộc đối thoại, trong đó cấp huyện tổ chức 12 cuộc.",
            [(40, False), (12, True)],
        ),
        (
            "Năm 2022, cấp tỉnh tổ chức 40 cuộc đối thoại, cấp huyện 31 cuộc, cấp xã 26 cuộc.",
            [(40, True), (31, True), (26, True)],
        ),
        (
            "Năm 2022, tỷ lệ hồ sơ giải quyết đúng hạn toàn tỉnh đạt 99%, trong đó cấp tỉnh đạt 99,2%; cấp huyện đạt 98,4%.",
            [(99, False), (99.2, True), (98.4, True)],
        ),
        (
            "Chỉ số hài lòng của người dân năm 2022: cấp tỉnh 92,1%, cấp huyện 91,4%, cấp xã 95,6%; bình quân toàn tỉnh 93,2%.",
            [(92.1, True), (91.4, True), (95.6, True), (93.2, False)],
        ),
        (
            "Năm 2022, Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh kiểm tra tại 6 xã, 4 cơ quan và 2 doanh nghiệp.",
            [(6, True), (4, True), (2, True)],
        ),
        (
            "Năm 2022, ngành Thanh tra triển khai 52 cuộc thanh tra hành chính tại 78 đơn vị.",
            [(52, True), (78, True)],
        ),
        (
            "Năm 2022, ngành Thanh tra triển khai 52 cuộc thanh tra hành chính và 90 cuộc thanh tra chuyên ngành tại 178 đơn vị.",
            [(52, True), (90, True), (178, False)],
        ),
        (
            "Năm 2022, tỉnh tiếp 1.633 lượt công dân; khiếu nại 412 vụ, tố cáo 88 vụ, kiến nghị, phản ánh 1.021 vụ.",
            [(1633, False), (412, True), (88, True), (1021, True)],
        ),
        (
            "Năm 2022, tỉnh tiếp 1.020 lượt công dân, trong đó: khiếu nại 212, tố cáo 41, kiến nghị, phản ánh 767.",
            [(1020, False), (212, True), (41, True), (767, True)],
        ),
    ],
)  # fmt: skip
def test_the_first_item_of_a_split_is_a_part_as_the_others_are(text: str, parts: Parts) -> None:
    assert _parts(text) == parts


def test_what_the_districts_did_carries_their_tier() -> None:
    facts = _facts(
        "Năm 2022, Ban Chỉ đạo tỉnh tổ chức 5 cuộc kiểm tra thực hiện dân chủ; các huyện, thị xã tổ chức 41 cuộc kiểm tra."
    )
    assert [fact.tier for fact in facts] == [None, "district"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # found in violation, denounced: neither inspected nor disciplined
        (
            "Năm 2022, cấp ủy các cấp kiểm tra 120 tổ chức đảng, 340 đảng viên; qua kiểm tra có 4 tổ chức đảng và 57 đảng viên vi "
            "phạm; thi hành kỷ luật 31 đảng viên vi phạm.",
            [("party_orgs_inspected", 120), ("party_members_inspected", 340), ("party_members_disciplined", 31)],
        ),
        (
            "Năm 2022, các cấp ủy kiểm tra 120 tổ chức đảng, 340 đảng viên; ủy ban kiểm tra các cấp giải quyết tố cáo 11 đảng viên.",
            [("party_orgs_inspected", 120), ("party_members_inspected", 340)],
        ),
        # plans and results that go by a plan
        ("Theo kế hoạch năm 2024, Ủy ban Kiểm tra Tỉnh ủy kiểm tra 6 tổ chức đảng, 12 đảng viên.", []),
        (
            "Theo kế hoạch năm 2023, Ủy ban Kiểm tra Tỉnh ủy đã kiểm tra 6 tổ chức đảng, 12 đảng viên.",
            [("party_orgs_inspected", 6), ("party_members_inspected", 12)],
        ),
        ("Ban Chỉ đạo thực hiện dân chủ ở cơ sở huyện xây dựng kế hoạch kiểm tra tại 8 xã, 4 cơ quan.", []),
        (
            "Năm 2022, Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh xây dựng kế hoạch, tổ chức kiểm tra 12 xã.",
            [("democracy_units_inspected", 12)],
        ),
        # fines, officials, cells that discipline
        (
            "Năm 2022, ngành Thanh tra ban hành 412 quyết định xử phạt vi phạm hành chính với số tiền 5,3 tỷ đồng; thu hồi 2 tỷ đồng.",
            [("money_recovered", 2e9)],
        ),
        (
            "Năm 2022, qua giải quyết tố cáo, toàn tỉnh xử lý kỷ luật 41 cán bộ, công chức; thi hành kỷ luật 78 đảng viên.",
            [("individuals_disciplined", 41), ("party_members_disciplined", 78)],
        ),
        (
            "Năm 2022, các cấp ủy thi hành kỷ luật 71 đảng viên, trong đó chi bộ kỷ luật 25, đảng ủy cơ sở 8.",
            [("party_members_disciplined", value) for value in (71, 25, 8)],
        ),
        (
            "Năm 2022, Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh lập 12 đoàn đi kiểm tra tại 38 đơn vị.",
            [("democracy_inspections", 12), ("democracy_units_inspected", 38)],
        ),
        (
            "Năm 2022, Thanh tra tỉnh chuyển hồ sơ 3 vụ việc, 7 cá nhân sang Cơ quan Cảnh sát điều tra.",
            [("cases_referred_to_police", 3), ("persons_referred_to_police", 7)],
        ),
        # passed on, assigned, answered to the Front, talked about: not settled
        (
            "Năm 2022, Đoàn đại biểu Quốc hội tỉnh tiếp nhận 212 đơn thư, chuyển 145 đơn đến cơ quan chức năng xem xét, giải quyết.",
            [("petitions_received", 212), ("petitions_transferred", 145)],
        ),
        (
            "Năm 2022, Đoàn đại biểu Quốc hội tỉnh tiếp nhận 212 đơn thư; chuyển cơ quan có thẩm quyền giải quyết 145 đơn.",
            [("petitions_received", 212), ("petitions_transferred", 145)],
        ),
        (
            "Năm 2022, MTTQ các cấp tiếp nhận 286 đơn thư, chuyển 198 đơn, nhận được 142 văn bản trả lời.",
            [("petitions_received", 286), ("petitions_transferred", 198)],
        ),
        (
            "Năm 2022, Chủ tịch UBND tỉnh tiếp công dân 3 ngày với 14 lượt công dân, giao các sở, ngành giải quyết 9 vụ việc.",
            [("leader_reception_sessions", 3), ("leader_reception_visits", 14)],
        ),
        ("Năm 2022, Chủ tịch UBND huyện đối thoại với công dân 9 vụ việc khiếu nại.", []),
        (
            "Năm 2022, tỉnh giải quyết 36 vụ khiếu nại, ban hành 8 kết luận nội dung tố cáo.",
            [("complaints_resolved", 36)],
        ),
        (
            "Đơn thư toàn tỉnh tiếp nhận giảm qua các năm: năm 2021 có 2.986 đơn, năm 2022 còn 2.514 đơn.",
            [("petitions_received", 2986), ("petitions_received", 2514)],
        ),
        # told in turn
        (
            "Năm 2022, toàn tỉnh thụ lý 90 vụ khiếu nại, 50 vụ tố cáo; đã giải quyết lần lượt 70 vụ và 40 vụ, đạt 77,8% và 80%.",
            [
                ("complaints_within_authority", 90),
                ("denunciations_within_authority", 50),
                ("complaints_resolved", 70),
                ("denunciations_resolved", 40),
                ("complaint_resolution_rate", 77.8),
                ("denunciation_resolution_rate", 80),
            ],
        ),
        (
            "Năm 2022, toàn tỉnh giải quyết 75 vụ khiếu nại và 18 vụ tố cáo, đạt tỷ lệ lần lượt 80,6% và 90%.",
            [
                ("complaints_resolved", 75),
                ("denunciations_resolved", 18),
                ("complaint_resolution_rate", 80.6),
                ("denunciation_resolution_rate", 90),
            ],
        ),
    ],
)  # fmt: skip
def test_what_was_found_planned_passed_on_or_told_in_turn(text: str, told: list[tuple[str, float]]) -> None:
    assert [(fact.metric, fact.value) for fact in _facts(text)] == told
