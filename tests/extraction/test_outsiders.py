"""Whose figures count: the same words told of a body of ours, and of one outside the subject."""

from __future__ import annotations

import pytest

from extraction import read_text
from extraction.model import Fact

_FILLER = (
    " Thời tiết những ngày qua thuận lợi, hoạt động sản xuất, kinh doanh trên địa bàn diễn ra bình thường; các lực"
    " lượng bảo đảm giao thông thông suốt, không để xảy ra ùn tắc kéo dài trên các tuyến phố trung tâm và cửa ngõ."
)


def _facts(text: str, title: str | None = None) -> dict[str, float]:
    facts: tuple[Fact, ...] = read_text(
        text, title=title, published="2024-12-20", source_province="Hà Nam"
    ).facts
    return {fact.metric: fact.value for fact in facts}


@pytest.mark.parametrize(
    ("ours", "theirs", "rest", "metric"),
    [
        ("UBND tỉnh", "Ngân hàng", "tiếp nhận 312 đơn tố cáo, đã trả lời 298 đơn.", "denunciation_petitions"),
        ("Tổ hòa giải", "Tòa án hai cấp", "hòa giải thành 64 vụ việc.", "mediation_cases_successful"),
        ("Chủ tịch UBND huyện", "Cục Thuế tỉnh", "đối thoại với 280 người, 37 ý kiến được nêu.", "dialogue_participants"),
        ("UBND thành phố", "Bệnh viện Đa khoa tỉnh", "khảo sát, 94,2% người dân hài lòng.", "citizen_satisfaction_rate"),
        ("Mặt trận các cấp", "Hội Chữ thập đỏ tỉnh", "mở 24 lớp tập huấn cho 860 người.", "training_classes"),
    ],
)  # fmt: skip
def test_the_subject_decides(ours: str, theirs: str, rest: str, metric: str) -> None:
    assert metric in _facts(f"Năm 2024, {ours} {rest}")
    assert _facts(f"Năm 2024, {theirs} {rest}") == {}


def test_a_subject_holds_until_one_of_ours_is_named() -> None:
    bank = "Ngân hàng có 46 điểm giao dịch. Trong năm tiếp nhận 214 đơn khiếu nại."
    assert _facts(bank) == {}
    assert _facts(bank + " Thanh tra tỉnh tiếp nhận 96 đơn khiếu nại.") == {"complaint_petitions": 96}


def test_an_outsider_in_a_paragraph_of_ours_rules_its_own_sentence_only() -> None:
    text = (
        "Thanh tra tỉnh làm việc với các bên. Công ty cam kết sửa chữa. Trong năm tiếp nhận 96 đơn khiếu nại."
    )
    assert _facts(text) == {"complaint_petitions": 96}


def test_a_title_about_a_matter_of_theirs_rules_the_text() -> None:
    text = "Quý IV/2024 có 640 đơn khiếu nại, đã giải quyết 598 đơn."
    assert "complaint_petitions" in _facts(text, "Kết quả giải quyết khiếu nại")
    assert _facts(text, "Hãng bay giải quyết khiếu nại của hành khách") == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Trung tâm tiếp 640 lượt người.",
        "Đơn vị mở 24 lớp bồi dưỡng cho 960 nhân viên.",
        "Ban ban hành 62 văn bản.",
    ],
)
def test_words_that_other_fields_share_need_the_subject_named(sentence: str) -> None:
    assert _facts(f"Năm 2024, kết quả đạt khá. {sentence}{_FILLER}") == {}


def test_a_paragraph_of_ours_among_other_news_is_read() -> None:
    other = "Giá cà phê tăng, xuất khẩu 1,2 tỷ USD, 46 doanh nghiệp nuôi trồng thủy sản; du khách tăng 12%."
    ours = "Trong năm, các cấp chính quyền tiếp 312 lượt công dân."
    assert _facts(f"{other}\n{ours}\n{other}") == {"reception_visits": 312}
    assert _facts(f"{other} Trong năm, đơn vị tiếp 312 lượt.") == {}


def test_between_semicolons_our_subject_speaks_for_itself() -> None:
    text = "Xuất khẩu 1,2 tỷ USD, du khách tăng 12%; tiếp 312 lượt công dân, nhận 46 đơn khiếu nại; cà phê tăng giá, gia cầm giảm."
    assert _facts(text) == {"reception_visits": 312, "complaint_petitions": 46}


@pytest.mark.parametrize(
    "counted",
    ["tiếp 17 lượt nhà đầu tư", "nhận 9 đơn xin hoãn", "gửi 214 thư xin lỗi công dân"],
)
def test_a_noun_of_its_own_says_what_is_counted(counted: str) -> None:
    assert _facts(f"Năm 2024, lãnh đạo UBND tỉnh tiếp công dân và {counted}.") == {}


def test_the_channel_of_an_outsider_brings_no_feedback_of_ours() -> None:
    rest = "tiếp nhận 38.400 phản ánh của người dân, đã xử lý 31.200 phản ánh."
    assert "feedback_received" in _facts(f"Hệ thống 1022 của tỉnh {rest}")
    assert _facts(f"Trong năm, tài khoản Zalo của 63 phòng CSGT {rest}") == {}


def test_a_centre_is_ours_where_its_sentence_names_our_subject() -> None:
    rest = "tiếp nhận 4.216 phản ánh, kiến nghị của người dân."
    assert _facts(f"Năm 2024, Trung tâm 1022 {rest}") != {}
    assert _facts(f"Năm 2024, Trung tâm Nước sạch nông thôn {rest}") == {}


def test_a_place_merged_into_another_is_not_where_the_figure_is_from() -> None:
    text = 'Tỉnh An Giang (sau hợp nhất với Kiên Giang) hiện có 1.860 mô hình "Dân vận khéo".'
    (fact,) = read_text(text, published="2025-12-10").facts
    assert fact.place == "An Giang"


def test_wordings_in_names_of_places_are_no_words() -> None:
    text = "Huyện Vũ Thư có 62 tổ chức đảng. Đến nay, 100% đảng bộ đã tổ chức xong đại hội."
    assert "petition_resolution_rate" not in _facts(text)


def test_satisfaction_of_the_people_with_their_communes_is_ours() -> None:
    rest = " Cao nhất là phường Hà Nam đạt 97,2%." + _FILLER
    ours = "Kết quả cho thấy 91,4% người dân hài lòng về cách các xã, phường phục vụ."
    assert "citizen_satisfaction_rate" in _facts(ours + rest)
    assert _facts("Kết quả cho thấy 91,4% hành khách hài lòng với các chuyến xe." + rest) == {}


@pytest.mark.parametrize(
    ("title", "read"),
    [("Kết quả giải quyết đơn khiếu nại, tố cáo", True), ("Thi đua của ngành kiểm sát", False)],
)
def test_a_procuracy_is_asked_where_the_title_is_about_petitions(title: str, read: bool) -> None:
    facts = _facts("Viện kiểm sát hai cấp tiếp 214 lượt công dân, nhận 96 đơn." + _FILLER, title)
    assert ("reception_visits" in facts) is read
