"""Our figures in round-ups of all kinds of news, and what other fields count there with words of ours."""

from __future__ import annotations

import pytest

from extraction import read_text

Told = list[tuple[str, float]]
TALKS: Told = [("dialogue_sessions", 120), ("dialogue_participants", 9800)]


def _told(text: str, published: str = "2023-12-20", source: str = "Nam Định") -> Told:
    read = read_text(text, published=published, source_province=source)
    return [(fact.metric, fact.value) for fact in read.facts]


@pytest.mark.parametrize(
    "beside",
    [
        "tạo việc làm cho 24.300 lao động",
        "khám bệnh miễn phí cho 3.150 lượt người",
        "chi trả trợ cấp cho 31.200 người có công",
        "đưa 2.150 lao động đi làm việc ở nước ngoài",
        "kết nạp 312 thanh niên ưu tú",
        "vận động 2.180 người hiến máu tình nguyện",
        "trợ giúp pháp lý cho 640 người",
        "khởi tố 120 vụ, 190 bị can",
        "bắt giữ 64 vụ với 82 đối tượng",
        "cấp mới 210 giấy chứng nhận đăng ký doanh nghiệp với 5.160 lao động",
    ],
)
def test_people_of_another_matter_attended_nothing_of_ours(beside: str) -> None:
    text = f"Năm 2023, tỉnh tổ chức 120 cuộc đối thoại với 9.800 lượt người; {beside}."
    assert _told(text) == TALKS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Năm 2023, tỉnh tổ chức 120 cuộc đối thoại; thu hút 9.800 lượt người.", TALKS),
        ("Năm 2023, tỉnh tổ chức 120 cuộc đối thoại về chính sách hỗ trợ với 9.800 người dân.", TALKS),
        (
            "Năm 2023, toàn tỉnh tiếp 2.410 lượt công dân với 2.690 người; quản lý 1.420 người nghiện ma túy.",
            [("reception_visits", 2410), ("reception_people", 2690)],
        ),
        (
            "Năm 2023, tuyên truyền pháp luật 420 buổi cho 18.600 lượt người; cấp phát thuốc cho 3.120 lượt người.",
            [("outreach_sessions", 420), ("outreach_participants", 18600)],
        ),
        (
            "Năm 2023, tổ chức 410 cuộc tiếp xúc cử tri với 31.200 cử tri; thăm hỏi 1.260 người cao tuổi.",
            [("voter_meetings", 410), ("voters_met", 31200)],
        ),
    ],
)
def test_those_who_came_are_counted_all_the_same(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("ours", "told"),
    [
        ("Toàn tỉnh nhận 1.820 đơn khiếu nại, tố cáo, kiến nghị, phản ánh", ("petitions_received", 1820)),
        ("Toàn tỉnh nhận 2.860 đơn các loại", ("petitions_received", 2860)),
        ("Cử tri trong tỉnh gửi 415 ý kiến, kiến nghị đến kỳ họp", ("voter_opinions", 415)),
        (
            "Toàn tỉnh kiện toàn Ban Thanh tra nhân dân; các ban giám sát 2.160 cuộc",
            ("people_inspection_sessions", 2160),
        ),
        ("Lãnh đạo tỉnh tổ chức 6 cuộc đối thoại với người dân", ("dialogue_sessions", 6)),
        (
            "MTTQ các cấp vận động 64 tỷ đồng xây 1.210 nhà đại đoàn kết; tổ chức 1.840 cuộc giám sát",
            ("front_supervision_sessions", 1840),
        ),
        (
            "Các ngành thanh tra 42 cuộc; tiếp 915 lượt công dân",
            ("state_inspections", 42),
        ),
    ],
)
def test_a_sentence_of_ours_in_a_round_up_is_read(ours: str, told: tuple[str, float]) -> None:
    text = f"Năm 2023, xuất khẩu đạt 2,4 tỷ USD, đón 1,2 triệu lượt khách du lịch. {ours}. Khởi tố 210 vụ án; xảy ra 14 vụ cháy rừng."
    assert told in _told(text)


@pytest.mark.parametrize(
    "theirs",
    [
        "Ngân hàng nhận 214 đơn các loại, khách hàng gửi 415 ý kiến",
        "Toàn tỉnh nhận 3.120 đơn vay vốn",
        "Lãnh đạo ngân hàng tổ chức 6 cuộc đối thoại với khách hàng",
        "Hiệp hội nghề cá giám sát 12 cuộc",
    ],
)
def test_their_sentences_in_a_round_up_are_not(theirs: str) -> None:
    text = f"Năm 2023, xuất khẩu đạt 2,4 tỷ USD, đón 1,2 triệu lượt khách du lịch. {theirs}. Sản lượng thủy sản 50.000 tấn."
    assert _told(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'Năm 2023, tỉnh có 210 mô hình "Dân vận khéo". Hội Nông dân xây dựng 86 mô hình khuyến nông.',
            [("skillful_mobilization_models", 210)],
        ),
        (
            'Năm 2023, tỉnh có 210 mô hình "Dân vận khéo", trong đó 86 mô hình kinh tế, 41 mô hình an ninh.',
            [
                ("skillful_mobilization_models", 210),
                ("skillful_mobilization_models", 86),
                ("skillful_mobilization_models", 41),
            ],
        ),
        (
            "Năm 2023, toàn tỉnh tiếp 1.920 lượt công dân. Công an xã tiếp nhận, giải quyết 216 vụ gây rối.",
            [("reception_visits", 1920)],
        ),
        (
            "Năm 2023, Ban Chỉ đạo kiểm tra 112 đơn vị về thực hiện quy chế dân chủ. Đoàn liên ngành kiểm tra 2.160 cơ sở "
            "an toàn thực phẩm.",
            [("democracy_units_inspected", 112)],
        ),
        (
            "Năm 2023, UBND tỉnh tiếp và làm việc với 42 đoàn doanh nghiệp; Ban Tiếp công dân tiếp 615 lượt.",
            [("reception_visits", 615)],
        ),
        (
            "Năm 2023, MTTQ các cấp làm mới 1.260 nhà đại đoàn kết; chủ trì 1.850 cuộc giám sát.",
            [("front_supervision_sessions", 1850)],
        ),
        (
            "Năm 2023, 100% trường học công khai chất lượng giáo dục; 1.640 thôn tổ chức họp toàn thể.",
            [("village_full_meetings", 1640)],
        ),
        (
            "Năm 2023, đại biểu HĐND tiếp xúc cử tri 86 cuộc với 6.150 cử tri; HĐND tổ chức 3 phiên giải trình.",
            [("voter_meetings", 86), ("voters_met", 6150)],
        ),
        (
            "Năm 2023, ngành chức năng xử lý 320 vụ buôn lậu, thu nộp ngân sách 6,1 tỷ đồng. Thanh tra tỉnh thanh tra "
            "21 cuộc, kiến nghị thu hồi 4,2 tỷ đồng.",
            [("state_inspections", 21), ("money_recovered", 4_200_000_000)],
        ),
    ],
)
def test_what_others_count_with_our_nouns(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2023, tỉnh tổ chức 12 hội nghị đối thoại với doanh nghiệp, người dân.",
            [("dialogue_sessions", 12)],
        ),
        (
            "Năm 2023, lãnh đạo tỉnh có 8 buổi đối thoại với doanh nghiệp, 14 buổi đối thoại với nông dân.",
            [("dialogue_sessions", 8), ("dialogue_sessions", 14)],
        ),
        (
            "Năm 2023, công đoàn các doanh nghiệp tổ chức 86 cuộc đối thoại với người lao động.",
            [("workplace_dialogues", 86)],
        ),
    ],
)
def test_whom_leaders_talk_with_is_no_workplace(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        (
            "vụ khiếu nại",
            ("complaints_resolved", "complaints_within_authority", "complaint_resolution_rate"),
        ),
        (
            "vụ tố cáo",
            ("denunciations_resolved", "denunciations_within_authority", "denunciation_resolution_rate"),
        ),
        (
            "vụ khiếu nại, tố cáo",
            (
                "complaints_denunciations_resolved",
                "complaints_denunciations_within_authority",
                "complaint_denunciation_resolution_rate",
            ),
        ),
        ("đơn", ("petitions_resolved", "petitions_within_authority", "petition_resolution_rate")),
    ],
)
def test_so_many_out_of_so_many_within_authority(kind: str, codes: tuple[str, ...]) -> None:
    noun = kind.split(maxsplit=1)[0]
    text = f"Năm 2023, các cấp giải quyết 96 {kind} trong tổng số 120 {noun} thuộc thẩm quyền, đạt tỷ lệ 80%."
    assert _told(text) == list(zip(codes, (96, 120, 80), strict=True))


@pytest.mark.parametrize(
    ("said", "code", "part"),
    [
        ("Phó Chủ tịch UBND tỉnh cho biết, năm 2023 các cấp đã", "reception_visits", False),
        ("Chủ tịch UBND tỉnh cho hay: năm 2023 các cơ quan hành chính", "reception_visits", False),
        ("Theo đồng chí Chủ tịch UBND tỉnh, năm 2023 các cấp đã", "reception_visits", None),
        ("Phó Chủ tịch UBND tỉnh cho biết, năm 2023 lãnh đạo tỉnh", "leader_reception_visits", None),
        ("Chủ tịch UBND tỉnh tiếp dân tại huyện và cho biết, năm 2023 đồng chí", "leader_reception_visits", None),
    ],
)  # fmt: skip
def test_who_tells_the_figures_received_nobody(said: str, code: str, part: bool | None) -> None:
    (fact,) = read_text(
        f"{said} tiếp 2.015 lượt công dân.", published="2024-01-22", source_province="Bến Tre"
    ).facts
    assert fact.metric == code
    assert part is None or fact.subset is part
