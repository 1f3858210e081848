"""One part of a report is exchanged for another, and the reading changes in that part alone: conferences, faults, tasks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from narrative_scores import load

from extraction import Reading, read_text

FIRST = "6 tháng đầu năm 2024, toàn tỉnh tiếp 1.204 lượt công dân, thực hiện tốt quy chế dân chủ ở cơ sở.\n"
BODY = "Ban Dân vận Tỉnh ủy"
HELD = "tổ chức hội nghị sơ kết 6 tháng"


def _read(text: str) -> Reading:
    return read_text(FIRST + text, published="2024-07-12", source_province="Sơn La")


def _events(text: str) -> list[tuple[str | None, ...]]:
    return [(event.kind, event.held_on, event.organiser, event.chair) for event in _read(text).events]


def _event(
    kind: str = "half_year_review", organiser: str = BODY, chair: str | None = None
) -> list[tuple[str | None, ...]]:
    return [(kind, "2024-07-10", organiser, chair)]


@pytest.mark.parametrize(
    "day",
    [
        "Ngày 10/7", "Ngày 10.7.2024", "Chiều ngày 10 tháng 7 năm 2024", "Sáng 10-7", "Trưa 10/7",
        "Hôm qua (10/7)", "Hôm nay, ngày 10/7",
        "Thứ Tư, ngày 10/7", "Sáng thứ Tư (10/7)", "Vừa qua, ngày 10/7", "Vào ngày 10/7",
        "Trong hai ngày 10 và 11/7", "Trong 2 ngày 10-11/7",
        "8 giờ ngày 10/7", "Đầu giờ sáng 10/7", "NGÀY 10/7", "BSL - Ngày 10/7", "BSL Online - Sáng 10/7",
        "Sơn La, ngày 10/7", "Sáng  10/7",
    ],
)  # fmt: skip
def test_days_are_written_in_many_ways(day: str) -> None:
    assert _events(f"{day}, {BODY} {HELD}.") == _event()


@pytest.mark.parametrize(
    "body",
    [
        "Đảng ủy, HĐND, UBND, Ủy ban MTTQ xã Đức Lạng", "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Lao động - Thương binh và Xã hội",
        "UBND TP. Sơn La", "UBND xã Tân Hội (huyện Đức Trọng)", "Hội Cựu chiến binh tỉnh",
        "Cụm thi đua số 3", "Bộ CHQS tỉnh",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lead", ["Ngày 10/7", "Sáng nay (10/7), tại thành phố Sơn La"])
def test_any_body_holds_conferences(body: str, lead: str) -> None:
    assert _events(f"{lead}, {body} {HELD}.") == _event(organiser=body)


@pytest.mark.parametrize(
    "held",
    [
        "họp sơ kết 6 tháng", "khai mạc hội nghị sơ kết 6 tháng", "đồng tổ chức hội nghị sơ kết 6 tháng",
        "họp báo sơ kết 6 tháng",
        "chủ trì tổ chức hội nghị sơ kết 6 tháng", "TỔ CHỨC HỘI NGHỊ SƠ KẾT 6 THÁNG",
        "tổ chức giao ban, sơ kết 6 tháng",
        "họp đánh giá kết quả công tác dân vận 6 tháng đầu năm",
    ],
)  # fmt: skip
def test_holding_is_told_in_many_words(held: str) -> None:
    assert _events(f"Ngày 10/7, {BODY} {held}.") == _event()


@pytest.mark.parametrize(
    "chair",
    ["Lê Văn Bình, Phó Bí thư Tỉnh ủy", "Tòng Thị Phóng - Trưởng Ban Chỉ đạo", "K'Brểu, Chủ tịch HĐND tỉnh"],
)
@pytest.mark.parametrize(
    "form",
    [
        "Đ/c {} chủ trì hội nghị.", "Chủ trì hội nghị: đồng chí {}.",
        "Đồng chí {} đã đến dự và chủ trì hội nghị.", "Chủ tọa hội nghị là ông {}.",
        "Đồng chí {} dự, chỉ đạo và chủ trì hội nghị.",
        "Tại điểm cầu tỉnh, đồng chí {} chủ trì hội nghị.", "Hội nghị được chủ trì bởi ông {}.",
    ],
)  # fmt: skip
def test_chairing_is_told_in_many_words(form: str, chair: str) -> None:
    (event,) = _events(f"Ngày 10/7, {BODY} {HELD}. {form.format(chair)}")
    assert (event[3] or "").removeprefix("đồng chí ").removeprefix("ông ") == chair


def test_a_review_of_one_year_in_words_is_one_of_a_term() -> None:
    assert _events(f"Ngày 10/7, {BODY} tổ chức hội nghị sơ kết một năm thực hiện Chỉ thị 30.") == _event(
        "term_review"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 20/7 tới, Ban Chỉ đạo tổ chức hội nghị sơ kết 6 tháng.",
        "Tính đến ngày 30/6, 12 xã đã tổ chức hội nghị sơ kết.",
        "Ông Lê Văn Tám sinh ngày 12/5/1970, từng dự hội nghị tổng kết năm 2023.",
        "Chưa tổ chức hội nghị sơ kết 6 tháng trong ngày 10/7.",
        "Kế hoạch ngày 5/7 của UBND tỉnh nêu các huyện tổ chức hội nghị sơ kết 6 tháng.",
        "Hội nghị sơ kết lẽ ra diễn ra ngày 10/7 đã bị hoãn.",
        "Ngày 10/7, Ban Chỉ đạo ban hành kế hoạch sơ kết 6 tháng.",
        "Ngày 10/7, UBND tỉnh có văn bản về việc tổ chức hội nghị sơ kết 6 tháng.",
    ],
)  # fmt: skip
def test_conferences_only_written_of_are_no_events(text: str) -> None:
    assert not _events(text)


FAULTS = (
    "một số xã chưa công khai kịp thời", "hoạt động của Ban Thanh tra nhân dân hiệu quả thấp",
    "đơn thư tồn đọng còn nhiều",
    "người đứng đầu một số cấp ủy thiếu quan tâm", "một số địa phương triển khai chậm",
    "cán bộ ít kinh nghiệm", "tỷ lệ giải quyết đạt thấp",
    "việc lấy ý kiến nhân dân mang tính hình thức", "vẫn còn 3 vụ việc kéo dài",
    "việc kiểm tra không thường xuyên",
    "công tác dân vận ở một số nơi còn buông lỏng", "một số nơi làm qua loa, đối phó",
    "chậm đổi mới phương thức hoạt động",
)  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        "Tuy nhiên, {}.", "Song, {}.", "Bên cạnh những ưu điểm, {}.",
        "Mặc dù đạt nhiều kết quả, nhưng {}.", "Dù đạt kết quả tích cực, {}.",
        "Hội nghị thẳng thắn chỉ ra {}.", "Một số hạn chế, tồn tại cần khắc phục: {}.",
        "II. TỒN TẠI, HẠN CHẾ\n1. {}.", "* Hạn chế:\n+ {}.",
    ],
)  # fmt: skip
def test_any_fault_is_told_behind_any_opening(form: str) -> None:
    missed = [
        fault
        for fault in FAULTS
        if [fault in span.quote for span in _read(form.format(fault)).shortcomings] != [True]
    ]
    assert not missed


@pytest.mark.parametrize(
    "text",
    [
        "Biển báo hạn chế tốc độ ở một số tuyến đường chưa được lắp.",
        "Trạm thu phí không còn tồn tại, nhân dân đồng tình.",
        "Ông Tám, người dân xã Sơn Kim nói: “Một số đoạn đường còn chậm sửa”.",
        "Một số hộ chưa đồng thuận đã được vận động.",
        "Một số ý kiến cho rằng thời gian trả lời còn chậm.",
        "Tuy còn nhiều khó khăn nhưng tỉnh đã hoàn thành 100% chỉ tiêu.",
        "Không để xảy ra tình trạng chậm trễ ở một số nơi.", "Sau 5 năm, mô hình vẫn còn hoạt động hiệu quả.",
    ],
)  # fmt: skip
def test_lacks_of_others_and_those_conceded_are_no_faults(text: str) -> None:
    assert not _read(text).shortcomings


TASKS = (
    "tiếp tục đổi mới nội dung đối thoại", "chỉ đạo các xã công khai đầy đủ", "mở 5 lớp tập huấn",
    "kiểm tra việc thực hiện dân chủ",
    "hoàn thiện quy chế dân chủ", "khắc phục những hạn chế đã nêu", "rà soát các vụ việc kéo dài",
    "quán triệt Chỉ thị 30-CT/TW",
)  # fmt: skip


@pytest.mark.parametrize(
    ("form", "period"),
    [
        ("Trong 6 tháng cuối năm 2024, tỉnh {}.", "2024-H2"),
        ("Thời gian tới, các cấp ủy {}.", None),
        ("Trong các tháng còn lại của năm, tỉnh {}.", None),
        ("Ban Chỉ đạo xác định 5 nhiệm vụ trọng tâm 6 tháng cuối năm: {}.", "2024-H2"),
        ("Chủ tịch UBND tỉnh yêu cầu các sở, ngành {}.", None),
        ("Phó Chính ủy Bộ CHQS tỉnh Lê Văn An đề nghị các đơn vị {}.", None),
        ("Chỉ huy trưởng Bộ CHQS tỉnh yêu cầu các đơn vị {}.", None),
        ("III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024\n1. {}.", "2024-H2"),
    ],
)
def test_any_task_is_told_behind_any_opening(form: str, period: str | None) -> None:
    for task in TASKS:
        (span,) = _read(form.format(task[0].upper() + task[1:] if "\n" in form else task)).commitments
        assert task[1:] in span.quote
        assert span.period == period


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Tám, người dân xã Sơn Kim, đề nghị xã tiếp tục sửa đường.",
        "Công ty A sẽ tiếp tục mở rộng sản xuất thời gian tới.",
        "Bà Lê Thị Hoa, hội viên nông dân, yêu cầu doanh nghiệp phải bồi thường.",
        "Thời gian tới, giá vật tư tiếp tục tăng.",
        "Dự báo 6 tháng cuối năm, tình hình khiếu nại tiếp tục diễn biến phức tạp.",
        "Năm 2024, toàn tỉnh tổ chức 2.918 cuộc phổ biến pháp luật.",
        "Sáng 10/7, Ban Dân vận Tỉnh ủy triển khai nhiệm vụ 6 tháng cuối năm 2024.",
        "Từ đầu năm tới giờ, cấp tỉnh kiểm tra 5 cuộc.",
        "Đồng chí chủ trì đề nghị công dân theo hướng dẫn tại các văn bản đã gửi.",
    ],
)  # fmt: skip
def test_plans_of_others_and_what_was_done_are_no_promises(text: str) -> None:
    assert not _read(text).commitments


FORMS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "two spaces": lambda text: text.replace(" ", "  "),
    "bullets": lambda text: "\n".join(f"- {line}" for line in text.split("\n")),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "angled quotes": lambda text: text.replace("“", "«").replace("”", "»"),
    "straight quotes": lambda text: text.replace("“", '"').replace("”", '"'),
    "em dashes": lambda text: text.replace(" - ", " — "),
    "tone on the y": lambda text: text.replace("ủy", "uỷ").replace("Ủy", "Uỷ"),
    "a line behind": lambda text: f"{text}\nNguồn: Báo địa phương",
}


def _told(reading: Reading) -> list[str]:
    said: list[str | None] = []
    for span in (*reading.officials, *reading.citations, *reading.initiatives):
        said += [span.name, span.role, span.dated]
    for event in reading.events:
        said += [event.kind, event.held_on, event.organiser, event.chair, event.period]
    for span in (*reading.shortcomings, *reading.commitments):
        said += [span.quote, span.period]
    spelt = (
        unicodedata.normalize("NFC", word or "").replace("uỷ", "ủy").replace("Uỷ", "Ủy") for word in said
    )
    return [" ".join(word.translate(dict.fromkeys(map(ord, '“”«»"—-'))).split()) for word in spelt]


#: What stands in the passages, and what it is exchanged for: names of people, of provinces, numbers of
#: documents.
EXCHANGES = (
    ("officials", ("Ksor H'Bơ Khắp", "K'Brểu", "Tòng Thị Phóng", "Đậu Tùng")),
    ("citations", ("33/2002/PL-UBTVQH", "05-CTr/TU", "1234/KH-UBND")),
    ("organisers", ("Hà Tĩnh", "Thừa Thiên Huế")),
)


def _parts(passage: dict[str, Any], kind: str) -> list[str]:
    if kind == "organisers":
        held = " ".join(event["organiser"] or "" for event in passage["events"])
        return [
            name
            for name in ("Lạng Sơn", "Yên Bái", "Bình Phước", "Long An", "Nghệ An", "An Giang")
            if name in held
        ]
    return [name for name, _ in passage[kind] if kind == "officials" or "/" in name]


@pytest.mark.parametrize(("kind", "others"), EXCHANGES)
def test_what_is_exchanged_in_a_passage_changes_and_nothing_else(kind: str, others: tuple[str, ...]) -> None:
    for passage in load("narrative"):
        given = {key: passage[key] for key in ("title", "published", "source_province")}
        told = _told(read_text(passage["text"], **given))
        for part, other in product(_parts(passage, kind), others):
            exchanged = read_text(passage["text"].replace(part, other), **given)
            spelt = [word.replace(part.replace("-", ""), other.replace("-", "")) for word in told]
            assert _told(exchanged) == spelt, (passage["id"], part, other)


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of_a_text_changes_nothing(form: str) -> None:
    for passage in load("narrative"):
        given = {key: passage[key] for key in ("title", "published", "source_province")}
        told = FORMS[form](passage["text"])
        reading = read_text(told, **given)
        assert _told(reading) == _told(read_text(passage["text"], **given)), passage["id"]
        spans = (
            *reading.officials,
            *reading.citations,
            *reading.initiatives,
            *reading.shortcomings,
            *reading.commitments,
        )
        assert all(told[span.start : span.end] == span.quote for span in spans)
