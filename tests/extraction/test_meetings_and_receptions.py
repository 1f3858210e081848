"""Pages that tell of one meeting, one reception or one office in their own order: wordings that were once misread."""

from __future__ import annotations

import pytest

from extraction import read_text

Told = list[tuple[str, float]]
Dated = list[tuple[float, str | None]]


def _told(text: str, title: str | None = None) -> Told:
    read = read_text(text, title=title, published="2023-07-20", source_province="Sơn La")
    return [(fact.metric, fact.value) for fact in read.facts]


def _dated(text: str, title: str | None = None) -> Dated:
    read = read_text(text, title=title, published="2023-07-20", source_province="Sơn La")
    return [(fact.value, fact.period) for fact in read.facts]


# ---- periods


@pytest.mark.parametrize(
    "later",
    [
        "Từ đầu năm, huyện mới mở 2 lớp nghề.",
        "Đó là những việc còn nợ từ năm ngoái.",
        "Bà cụ đi kiện 11 năm, nay đã rút đơn.",
    ],
)
def test_what_is_told_later_dates_no_meeting(later: str) -> None:
    text = f"Tại buổi đối thoại của Chủ tịch UBND huyện với nhân dân, bà con nêu 31 ý kiến. {later}"
    assert _dated(text, "Chủ tịch UBND huyện Mai Sơn đối thoại với nhân dân") == [(31, "2023")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "Sáng 18/7, đại biểu HĐND tỉnh gặp cử tri. Đại biểu thông báo tình hình kinh tế - xã hội 6 tháng đầu năm. "
            "Cử tri nêu 12 ý kiến.",
            "2023-07",
        ),
        (
            "Sáng 18/7, đại biểu HĐND tỉnh gặp cử tri và báo cáo việc trả lời kiến nghị kỳ trước. Cử tri nêu 12 ý kiến.",
            "2023-07",
        ),
        (
            "Ngày 18/7, Chủ tịch UBND huyện đối thoại với thanh niên. Huyện đoàn tổng hợp 12 ý kiến gửi tới đối thoại.",
            "2023-07",
        ),
        # What an authority reports of a half is of the half.
        (
            "UBND huyện báo cáo tình hình kinh tế - xã hội 6 tháng đầu năm. Thanh tra huyện tiếp 12 lượt công dân.",
            "2023-H1",
        ),
    ],
)
def test_what_voters_are_informed_of_dates_nothing_they_say(text: str, period: str) -> None:
    assert _dated(text) == [(12, period)]


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Từ năm 2019 cho đến hết tháng 6-2023", "2019..2023-06"),
        ("Từ tháng 1 cho đến hết tháng 6/2023", "2023-H1"),
        ("Từ đầu năm 2023 cho tới nay", "2023-YTD07"),
    ],
)
def test_a_period_goes_on_until_its_end(said: str, period: str) -> None:
    assert _dated(f"{said}, huyện tiếp 44 lượt công dân.") == [(44, period)]


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        (
            "Năm 2022, tỉnh tiếp 912 lượt công dân. Còn tính đến hết tháng 6 năm nay, tỉnh tiếp 430 lượt công dân.",
            [(912, "2022"), (430, "2023-H1")],
        ),
        (
            "Quý I năm 2023, huyện tiếp 120 lượt công dân. Cũng quý I năm ngoái, số này là 97 lượt. Huyện nhận 31 đơn.",
            [(120, "2023-Q1"), (97, "2022-Q1"), (31, "2023-Q1")],
        ),
        (
            "Năm 2022, các ban họp mỗi quý một lần. Các tổ hòa giải nhận 85 vụ việc.",
            [(85, "2022")],
        ),
    ],
)
def test_this_year_and_the_year_before_are_seen_from_the_day_of_the_page(text: str, dated: Dated) -> None:
    assert _dated(text) == dated


def test_what_is_promised_for_a_month_dates_nothing_after_it() -> None:
    text = "Năm 2022, huyện tiếp 40 lượt công dân; việc còn lại hẹn tháng 6. Huyện nhận 31 đơn."
    assert _dated(text) == [(40, "2022"), (31, "2022")]
    kept = "Trả trước hẹn và đúng hẹn tháng 6/2023 đạt 98,5% trong 410 hồ sơ đã giải quyết."
    assert {period for _, period in _dated(kept)} == {"2023-06"}


# ---- what is counted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("18 ý kiến được Bí thư Huyện ủy và các phòng trả lời ngay.", ("dialogue_opinions_resolved", 18)),
        ("18 ý kiến đã được đại diện các phòng, ban giải đáp.", ("dialogue_opinions_resolved", 18)),
        ("18 ý kiến được UBND huyện trả lời tại chỗ.", ("dialogue_opinions_resolved", 18)),
        ("18 ý kiến được các hội viên gửi thêm.", ("dialogue_opinions", 18)),
    ],
)
def test_whoever_answers_stands_between_the_passive_and_its_verb(text: str, told: tuple[str, float]) -> None:
    opening = "Chủ tịch UBND huyện đối thoại với nông dân, bà con nêu 25 ý kiến. "
    assert _told(opening + text) == [("dialogue_opinions", 25), told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Cùng dự có lãnh đạo các phòng, ban; hơn 120 đại biểu, người dân.",
            [("dialogue_participants", 120)],
        ),
        ("180 đoàn viên, thanh niên của 10 xã có mặt.", [("dialogue_participants", 180)]),
        ("Đến dự có 96 hộ dân.", [("dialogue_participants", 96)]),
        ("Huyện có 180 đoàn viên, thanh niên đi làm xa.", []),
    ],
)
def test_who_came_to_a_dialogue(text: str, told: Told) -> None:
    opening = "Chủ tịch UBND huyện Mai Sơn chủ trì buổi đối thoại với nhân dân. "
    assert _told(opening + text, "Chủ tịch UBND huyện đối thoại với nhân dân") == told


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Đại biểu gặp dân", "Tại điểm tiếp xúc phường Chiềng Lề có 95 cử tri.", [("voters_met", 95)]),
        (
            "Góp ý dự thảo nghị quyết về tiếp xúc cử tri",
            "Năm 2022, Đoàn ĐBQH tỉnh tiếp xúc cử tri 48 cuộc, 5.200 lượt cử tri dự. Qua các kỳ họp, Đoàn gửi 604 ý kiến, kiến "
            "nghị đến các bộ, ngành.",
            [("voter_meetings", 48), ("voters_met", 5200), ("voter_opinions", 604)],
        ),
        (
            "Tiếp xúc cử tri",
            "Năm 2022, huyện báo cáo việc trả lời 38 kiến nghị của cử tri, trong đó 33 kiến nghị đã giải quyết xong.",
            [("voter_opinions", 38), ("voter_opinions_resolved", 33)],
        ),
        (
            "Tiếp xúc cử tri",
            "Năm 2022, cử tri nêu 90 ý kiến. Cả 61 ý kiến thuộc thẩm quyền huyện được UBND huyện trả lời.",
            [("voter_opinions", 90), ("voter_opinions_resolved", 61)],
        ),
        (
            "Tiếp xúc cử tri",
            "Năm 2022, cử tri nêu 90 ý kiến. Trong tổng số 61 ý kiến thuộc thẩm quyền huyện, 40 ý kiến đã giải quyết.",
            [("voter_opinions", 90), ("voter_opinions", 61), ("voter_opinions_resolved", 40)],
        ),
        (
            "Tiếp xúc cử tri",
            "Năm 2022, huyện đã trả lời 38 kiến nghị của cử tri.",
            [("voter_opinions_resolved", 38)],
        ),
    ],
)
def test_what_voters_bring_and_get(title: str, text: str, told: Told) -> None:
    assert _told(text, title) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Quý II, huyện tiếp 30 lượt công dân. Tách ra, khiếu nại 21 vụ; tố cáo 4 vụ; còn lại 9 vụ là kiến nghị, phản ánh.",
            [("reception_visits", 30), *(("reception_cases", number) for number in (21, 4, 9))],
        ),
        (
            "Quý II, huyện tiếp 30 lượt công dân. Bà con nêu 34 vụ việc: khiếu nại 21, tố cáo 4, kiến nghị, phản ánh 9.",
            [("reception_visits", 30), *(("reception_cases", number) for number in (34, 21, 4, 9))],
        ),
        (
            "Quý II, chỉ có 18 lượt/24 công dân đến trình bày 11 vụ việc.",
            [("reception_visits", 18), ("reception_people", 24), ("reception_cases", 11)],
        ),
        (
            "Quý II, huyện tiếp 30 lượt công dân với 22 vụ việc; 2 vụ việc thuộc thẩm quyền; 9 vụ việc thì cán bộ hướng dẫn công "
            "dân gửi đơn, bà con đồng tình.",
            [
                ("reception_visits", 30),
                ("reception_cases", 22),
                ("petitions_within_authority", 2),
                ("petitions_guided", 9),
            ],
        ),
        (
            "Quý II, huyện tiếp 30 lượt công dân. Qua tiếp dân nhận về để giải quyết 12 vụ việc.",
            [("reception_visits", 30), ("reception_cases", 12)],
        ),
        # Where petitions are told of too, kinds by case are those to be settled.
        (
            "Quý II, huyện nhận 210 đơn. Trong đó, khiếu nại 21 vụ; tố cáo 4 vụ.",
            [
                ("petitions_received", 210),
                ("complaints_within_authority", 21),
                ("denunciations_within_authority", 4),
            ],
        ),
    ],
)
def test_cases_of_a_page_about_reception(text: str, told: Told) -> None:
    assert _told(text, "Kết quả tiếp công dân quý II năm 2023") == told


def test_the_pair_of_an_earlier_period_begins_with_its_visits() -> None:
    text = "Quý II/2023, tỉnh tiếp 410 lượt/520 lượt người (quý II/2022: 388 lượt/470 lượt người)."
    read = read_text(text, source_province="Sơn La")
    assert [(fact.metric, fact.value, fact.period) for fact in read.facts] == [
        ("reception_visits", 410, "2023-Q2"),
        ("reception_people", 520, "2023-Q2"),
        ("reception_visits", 388, "2022-Q2"),
        ("reception_people", 470, "2022-Q2"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Năm 2022, Văn phòng Đoàn ĐBQH tỉnh còn nhận 138 đơn.", [("petitions_received", 138)]),
        (
            "Năm 2022, huyện nhận 138 đơn, còn 12 đơn.",
            [("petitions_received", 138), ("petitions_pending", 12)],
        ),
        (
            "Năm 2022, huyện nhận mới 64 đơn, tồn tháng trước 12 đơn.",
            [("petitions_received", 64), ("petitions_received", 12)],
        ),
        ("Năm 2022, Cơ quan Kiểm tra - Thanh tra TP tiếp 64 lượt công dân.", [("reception_visits", 64)]),
        (
            "Năm 2022, với các vụ khiếu kiện tồn đọng, kéo dài, tổ công tác được giao xử lý 31 vụ.",
            [("prolonged_cases", 31)],
        ),
        (
            "Năm 2022, toàn tỉnh rà soát 14 vụ việc tồn đọng, kéo dài. Tổ công tác làm xong 9 vụ.",
            [("prolonged_cases", 14), ("petitions_resolved", 9)],
        ),
        ("Năm 2022, Công an huyện được giao xử lý 31 vụ trộm cắp.", []),
    ],
)
def test_petitions_and_old_cases(text: str, told: Told) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        (
            "Phát hiện sai phạm gần 48 tỷ đồng",
            "9 tháng, toàn ngành phát hiện sai phạm gần 48 tỷ đồng. Trong đó, Thanh tra tỉnh kết thúc 16 cuộc thanh tra.",
            [("violation_value", 48e9), ("state_inspections", 16)],
        ),
        ("Ngành thuế", "9 tháng, toàn ngành phát hiện sai phạm gần 48 tỷ đồng.", []),
        ("Thuế tỉnh", "9 tháng, toàn ngành thuế phát hiện sai phạm gần 48 tỷ đồng.", []),
    ],
)
def test_what_the_whole_branch_found(title: str, text: str, told: Told) -> None:
    assert _told(text, title) == told


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        (
            "Trợ giúp pháp lý về bản",
            "Chi nhánh Trợ giúp pháp lý cùng xã về thôn. Báo cáo viên nói chuyện với hơn 95 lượt người nghe.",
            [("outreach_participants", 95)],
        ),
        (
            "Đưa luật lên nương",
            "Năm 2022, ngành Tư pháp cùng các hội, đoàn thể trong tỉnh và cán bộ ở những bản xa nhất tuyên truyền trực tiếp 340 buổi, "
            "12.600 lượt người dự, phần lớn là phụ nữ.",
            [("outreach_sessions", 340), ("outreach_participants", 12600)],
        ),
        ("Đêm nhạc", "Đêm nhạc ở quảng trường có 1.400 lượt người nghe.", []),
    ],
)
def test_who_listened_to_the_law(title: str, text: str, told: Told) -> None:
    assert _told(text, title) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Năm 2022, Trung tâm tiếp nhận 61.420 hồ sơ, trong đó trực tuyến 38.115 hồ sơ.",
            [("dossiers_received", 61420), ("dossiers_received", 38115)],
        ),
        (
            "Năm 2022, kênh tiếp nhận phản ánh của huyện ghi nhận 5.020 tin, đã xử lý 4.911 tin.",
            [("feedback_received", 5020), ("feedback_resolved", 4911)],
        ),
        ("Năm 2022, Trung tâm tiếp nhận 61 trẻ em, 12 người già.", []),
    ],
)
def test_what_a_centre_and_a_channel_take_in(text: str, told: Told) -> None:
    assert _told(text, "Cải cách thủ tục hành chính") == told


# ---- places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Sáng 18/7, tổ đại biểu HĐND huyện Mai Sơn ứng cử ở vùng này tiếp xúc cử tri xã Chiềng Mung. 130 cử tri có mặt.",
            "Chiềng Mung, Mai Sơn, Sơn La",
        ),
        (
            "Tại huyện Mai Sơn, đại biểu HĐND tỉnh Sơn La gặp gần 130 cử tri của 2 xã Chiềng Mung và Mường Bon.",
            "Chiềng Mung, Mai Sơn, Sơn La",
        ),
    ],
)
def test_voters_are_of_the_commune_they_are_said_to_be_of(text: str, place: str) -> None:
    read = read_text(text, published="2023-07-20", source_province="Sơn La")
    assert [(fact.metric, fact.place) for fact in read.facts] == [("voters_met", place)]
