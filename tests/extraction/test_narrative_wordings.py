"""Wordings of reports that were once misread: lists by number, shortcomings, promises, documents, people, conferences."""

from __future__ import annotations

import pytest

from extraction import Reading, read_text

FIRST = "6 tháng đầu năm 2024, toàn tỉnh tiếp 1.204 lượt công dân, thực hiện tốt quy chế dân chủ ở cơ sở.\n"


def _read(text: str) -> Reading:
    return read_text(FIRST + text, published="2024-07-12", source_province="Sơn La")


def _faults(text: str) -> list[str]:
    return [span.quote for span in _read(text).shortcomings]


def _promises(text: str) -> list[tuple[str, str | None]]:
    return [(span.quote, span.period) for span in _read(text).commitments]


@pytest.mark.parametrize("end", ["; -", "; – ;", ";,;", "; …", ";"])
def test_nothing_behind_a_semicolon_is_no_shortcoming(end: str) -> None:
    told = "một số xã chưa công khai kịp thời"
    assert _faults(f"Tuy nhiên, {told}{end}") == [f"Tuy nhiên, {told}"]
    assert _faults(f"Còn một số hạn chế như: {told}{end}") == [told]


def test_a_numbered_list_goes_on_behind_its_second_number() -> None:
    text = (
        "II. TỒN TẠI, HẠN CHẾ\n1. Việc niêm yết công khai chưa kịp thời.\n2. Công tác phối hợp chưa chặt chẽ.\n"
        "III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024\n1. Tiếp tục quán triệt Luật.\n2. Đẩy mạnh tuyên truyền."
    )
    assert _faults(text) == ["Việc niêm yết công khai chưa kịp thời.", "Công tác phối hợp chưa chặt chẽ."]
    assert _promises(text) == [
        ("Tiếp tục quán triệt Luật.", "2024-H2"),
        ("Đẩy mạnh tuyên truyền.", "2024-H2"),
    ]


def _cited(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(span.name, span.dated, span.role) for span in read_text(text).citations]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Nghị định 04/2015/NĐ-CP ngày 09 tháng 01 năm 2015 của Chính phủ",
            [("04/2015/NĐ-CP", "2015-01-09", "Chính phủ")],
        ),
        (
            "Chỉ thị số 35 ngày 26/5/2014 của Bộ Chính trị về tiếp dân",
            [("Chỉ thị 35", "2014-05-26", "Bộ Chính trị")],
        ),
        (
            "Quyết định số 217-QĐ/TW, 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị",
            [("217-QĐ/TW", "2013-12-12", "Bộ Chính trị"), ("218-QĐ/TW", "2013-12-12", "Bộ Chính trị")],
        ),
        ("Nghị quyết 04-NQ/TU (khóa XV) ngày 20/5/2021 về dân vận", [("04-NQ/TU", "2021-05-20", None)]),
        ("Kết luận số 120–KL/TW, Chỉ thị 23 - CT/TW", [("120-KL/TW", None, None), ("23-CT/TW", None, None)]),
        ("Quyết định số 45/2018/QĐ - TTg của Thủ tướng", [("45/2018/QĐ-TTg", None, "Thủ tướng")]),
        ("Quyết định số 45/QĐ-TTg ngày 09/01/2015.", [("45/QĐ-TTg", "2015-01-09", None)]),
        ("Kế hoạch số 15-KH/TU - tỉnh tiếp dân", [("15-KH/TU", None, None)]),
        (
            "Thực hiện Quy định 11 về tiếp dân, Chỉ thị 05.",
            [("Quy định 11", None, None), ("Chỉ thị 05", None, None)],
        ),
        ("Kết luận 12 cuộc thanh tra; Quyết định 25 đối tượng được hỗ trợ.", []),
    ],
)
def test_documents_come_with_their_day_and_issuer(
    text: str, cited: list[tuple[str, str | None, str | None]]
) -> None:
    assert _cited(text) == cited


@pytest.mark.parametrize(
    "issuer",
    [
        "Chủ tịch UBND tỉnh", "HĐND tỉnh Sơn La", "LĐLĐ tỉnh", "Thanh tra Chính phủ", "Bộ Công an", "Sở Tư pháp",
        "Ban Dân vận Trung ương", "Ban Tổ chức Trung ương", "Hội đồng nhân dân tỉnh", "Ban Bí thư",
        "Ủy ban Thường vụ Quốc hội", "Văn phòng UBND tỉnh", "Liên đoàn Lao động tỉnh", "Thủ tướng Chính phủ", "Bộ Giáo dục và Đào tạo",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", [" về công tác dân vận", ", tỉnh đã tiếp dân", " quy định chi tiết", "."])
def test_issuers_are_whole_words(issuer: str, end: str) -> None:
    assert _cited(f"Kế hoạch số 15-KH/TU ngày 2/5/2024 của {issuer}{end}") == [
        ("15-KH/TU", "2024-05-02", issuer)
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Luật Phòng, chống tham nhũng", "Luật Cán bộ, công chức", "Luật Nghĩa vụ quân sự", "Luật Trẻ em",
        "Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn", "Luật Thực hiện dân chủ ở cơ sở",
        "Luật Thực hành tiết kiệm, chống lãng phí", "Luật Bảo vệ bí mật gia truyền",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "end",
    [
        " và Luật Tiếp công dân",
        " cho 200 người; Luật Tiếp công dân",
        ", công tác hòa giải; Luật Tiếp công dân",
        ", Luật Tiếp công dân.",
    ],
)
def test_laws_have_their_whole_titles(title: str, end: str) -> None:
    assert [cited[0] for cited in _cited(f"Tỉnh tuyên truyền {title}{end}")] == [title, "Luật Tiếp công dân"]


@pytest.mark.parametrize(
    "text",
    [
        "Tuy nhiên, việc niêm yết chưa đáp ứng yêu cầu nhiệm vụ.",
        "Tuy nhiên, một số xã chưa có giải pháp hiệu quả.",
        "Tuy nhiên, một số nơi chưa chủ động tháo gỡ vướng mắc.",
        "Mặc dù đạt nhiều kết quả, song việc phối hợp còn nhiều khó khăn.",
        "Tuy đạt nhiều kết quả nhưng việc công khai chưa kịp thời.",
    ],
)
def test_faults_are_told_in_many_ways(text: str) -> None:
    assert _faults(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Song song với việc tuyên truyền, tỉnh vận động những hộ chưa đồng thuận.",
        "Tuy nhiên, tình hình ở một số xã không còn diễn biến phức tạp.",
        "Tuy nhiên, một số xã chưa có đơn thư vượt cấp, chưa phát hiện vi phạm.",
        "Một số vụ việc chưa đến mức khởi tố.",
        "Tuy nhiên, một số nơi chưa đồng bộ, yêu cầu các xã khắc phục.",
    ],
)
def test_words_of_lack_are_not_always_faults(text: str) -> None:
    assert not _faults(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "Trong 6 tháng cuối năm, tỉnh tiếp tục phát huy kết quả đã đạt được, đẩy mạnh đối thoại.",
            "2024-H2",
        ),
        (
            "Sáu tháng cuối năm, Ban Chỉ đạo xác định 5 nhiệm vụ trọng tâm: tiếp tục tuyên truyền; đẩy mạnh đối thoại.",
            "2024-H2",
        ),
        (
            "Thanh tra tỉnh cam kết giải quyết dứt điểm 12 vụ việc khiếu nại trong quý III/2024.",
            "2024-Q3",
        ),
    ],
)
def test_promises_are_told_in_many_ways(text: str, period: str) -> None:
    assert _promises(text) == [(text, period)]


@pytest.mark.parametrize(
    "text",
    [
        "Từ đầu năm tới nay, các cấp tiếp tục vận động 12 tỷ đồng.",
        "Hội nghị xác định 5 nhiệm vụ trọng tâm 6 tháng cuối năm 2024.",
        "Trong 6 tháng cuối năm, tiếp tục đối thoại, tỉnh đã đạt được nhiều kết quả.",
    ],
)
def test_words_of_promise_are_not_always_promises(text: str) -> None:
    assert not _promises(text)


@pytest.mark.parametrize(
    ("text", "officials"),
    [
        (
            "Trưởng Ban Tiếp công dân tỉnh, ông Lê Minh Tâm cho biết",
            [("Lê Minh Tâm", "Trưởng Ban Tiếp công dân tỉnh")],
        ),
        (
            "Bí thư Tỉnh ủy Lạng Sơn Nguyễn Quốc Đoàn phát biểu",
            [("Nguyễn Quốc Đoàn", "Bí thư Tỉnh ủy Lạng Sơn")],
        ),
        (
            "Phó Chủ tịch UBND tỉnh đồng chí Nguyễn Thị Hoa chủ trì",
            [("Nguyễn Thị Hoa", "Phó Chủ tịch UBND tỉnh")],
        ),
        (
            "Dự có bà Mai Thu, Phó Bí thư Tỉnh ủy, ông Lê Văn An và đại biểu các xã.",
            [("Mai Thu", "Phó Bí thư Tỉnh ủy")],
        ),
        ("Chủ tịch UBND huyện giải quyết khiếu nại của ông Lê Văn Tám", []),
        ("Giám đốc Sở phân công ông Lê Văn Tài", []),
        ("Chủ tịch UBND xã hỗ trợ cho hộ Lê Văn Tám", []),
    ],
)
def test_offices_belong_to_those_who_hold_them(text: str, officials: list[tuple[str, str]]) -> None:
    assert [(span.name, span.role) for span in read_text(text).officials] == officials


def _event(text: str) -> tuple[str | None, ...]:
    (event,) = _read(text).events
    return event.kind, event.held_on, event.organiser, event.chair


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Ngày 10/7, Ban Dân vận Tỉnh ủy tổ chức hội nghị sơ kết 6 tháng đầu năm 2024 do đồng chí Lê Thị Hoa, Trưởng Ban "
            "Dân vận Tỉnh ủy chủ trì.",
            (
                "half_year_review",
                "2024-07-10",
                "Ban Dân vận Tỉnh ủy",
                "Lê Thị Hoa, Trưởng Ban Dân vận Tỉnh ủy",
            ),
        ),
        (
            "Chiều 11/7, đồng chí Lê Văn Bình, Phó Bí thư Tỉnh ủy chủ trì Hội nghị sơ kết công tác dân vận.",
            ("half_year_review", "2024-07-11", None, "Lê Văn Bình, Phó Bí thư Tỉnh ủy"),
        ),
        (
            "Sáng nay, 10/7, UBND tỉnh tổ chức hội nghị sơ kết 6 tháng.",
            ("half_year_review", "2024-07-10", "UBND tỉnh", None),
        ),
        (
            "Sáng nay 10/7, UBND tỉnh tổ chức hội nghị sơ kết 6 tháng.",
            ("half_year_review", "2024-07-10", "UBND tỉnh", None),
        ),
        (
            "Chiều qua (10/7), UBND tỉnh tổ chức hội nghị sơ kết 6 tháng.",
            ("half_year_review", "2024-07-10", "UBND tỉnh", None),
        ),
        (
            "Sáng nay, ngày 10/7, UBND tỉnh tổ chức hội nghị sơ kết 6 tháng. Đồng chí Lê Văn Bình chủ trì hội nghị.",
            ("half_year_review", "2024-07-10", "UBND tỉnh", "Lê Văn Bình"),
        ),
        (
            "Ngày 10/7, tại hội nghị sơ kết 6 tháng do UBND tỉnh tổ chức, đồng chí Lê Văn An chủ trì hội nghị.",
            ("half_year_review", "2024-07-10", None, "Lê Văn An"),
        ),
        (
            "Căn cứ Công văn số 15-CV/BDV ngày 02/5/2024, ngày 10/7, UBND tỉnh tổ chức hội nghị sơ kết 6 tháng.",
            ("half_year_review", "2024-07-10", "UBND tỉnh", None),
        ),
    ],
)
def test_conferences_come_with_day_organiser_and_chair(text: str, event: tuple[str | None, ...]) -> None:
    assert _event(text) == event


@pytest.mark.parametrize(
    "text",
    [
        "Dự kiến ngày 20/7/2024, Ban Chỉ đạo sẽ tổ chức hội nghị sơ kết 6 tháng.",
        "Ngày 5/7, Ban Chỉ đạo có văn bản yêu cầu các huyện tổ chức hội nghị sơ kết 6 tháng.",
        "Căn cứ Công văn số 15-CV/BDV ngày 02/5/2024, các xã tổ chức hội nghị sơ kết 6 tháng.",
        "Theo Chỉ thị số 35 ngày 02 tháng 5 năm 2024, các xã tổ chức hội nghị sơ kết 6 tháng.",
    ],
)
def test_planned_conferences_and_days_of_documents_are_no_events(text: str) -> None:
    assert not _read(text).events


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u202f", "\u2009"])
def test_spaces_that_do_not_break_are_spaces(space: str) -> None:
    told = (
        "Ngày 10/7, Ban Dân vận Tỉnh ủy tổ chức hội nghị sơ kết 6 tháng đầu năm 2024. Chủ tịch UBND tỉnh Nguyễn Thị Hoa quán "
        "triệt Chỉ thị số 30-CT/TW ngày 18/2/1998 của Bộ Chính trị và Luật Tiếp công dân."
    )
    text = FIRST + told.replace(" ", space)
    read = read_text(text, published="2024-07-12", source_province="Sơn La")
    assert [(span.name, span.role) for span in read.officials] == [("Nguyễn Thị Hoa", "Chủ tịch UBND tỉnh")]
    assert [(span.name, span.dated, span.role) for span in read.citations] == [
        ("30-CT/TW", "1998-02-18", "Bộ Chính trị"), ("Luật Tiếp công dân", None, None),
    ]  # fmt: skip
    assert [(event.held_on, event.organiser) for event in read.events] == [
        ("2024-07-10", "Ban Dân vận Tỉnh ủy")
    ]
    spans = [*read.officials, *read.citations, *read.events, *read.facts]
    assert all(text[span.start : span.end] == span.quote for span in spans)
