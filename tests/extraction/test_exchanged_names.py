"""One part of a wording is exchanged for another, and the reading changes in that part alone: people, offices, documents."""

from __future__ import annotations

import unicodedata
from itertools import product

import pytest

from coso.text import fold
from extraction.citations import find_citations
from extraction.initiatives import find_initiatives
from extraction.officials import OFFICES, find_officials

#: People of many peoples: families, one to five parts, parts with a mark.
PEOPLE = (
    "Nguyễn Văn An", "Lê Hoa", "Phan Thị Mỹ Dung", "Ong Thế Viên", "Đậu Thanh Tùng", "Vi Văn Sơn",
    "Tòng Thị Phóng", "Thào A Páo",
    "Lầu Bá Chò", "K'Brểu", "Ksor H'Bơ Khắp", "Y Thanh Hà Niê Kđăm", "Rơ Chăm Vinh", "A Pớt",
    "Chamaléa Thị Thủy", "Bh'riu Liếc",
    "Nguyễn Phúc Bảo Ân Tuệ", "Siu Hương", "Thị Hà", "Tôn Nữ Thị Ninh",
)  # fmt: skip
#: Offices of the Party, the state, the Front and its societies, the army and the police, from the capital to
#: the village.
ROLES = (
    "Phó Bí thư Thường trực Tỉnh ủy", "Ủy viên Ban Thường vụ Tỉnh ủy", "Tỉnh ủy viên, Giám đốc Sở Nội vụ",
    "Quyền Chủ tịch UBND tỉnh",
    "nguyên Phó Chủ tịch HĐND tỉnh", "Phó Trưởng Đoàn ĐBQH tỉnh", "Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy",
    "Phó Chủ tịch Hội LHPN tỉnh",
    "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", "Phó Bí thư Thường trực Tỉnh đoàn",
    "Chỉ huy trưởng Bộ CHQS tỉnh", "Phó Chính ủy Quân khu 4",
    "Chính trị viên Đồn Biên phòng Na Mèo", "Phó Giám đốc Sở Lao động - Thương binh và Xã hội",
    "Chi cục trưởng Chi cục Thuế",
    "Phó Giám đốc Sở Văn hóa, Thể thao và Du lịch", "Phó Ban Dân vận Huyện ủy",
    "Chủ tịch UBND huyện Kim Bảng", "Trưởng Công an xã",
    "Bí thư Đảng ủy xã Đức Lạng", "Bí thư Chi bộ thôn Tân Phú", "Tổ trưởng tổ dân phố 3",
    "Phó Tổng Thanh tra Chính phủ",
    "Ủy viên Bộ Chính trị", "Đại biểu Quốc hội", "Chánh Văn phòng Tỉnh ủy", "Chủ tịch UBND TP. Hồ Chí Minh",
    "Phó Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh, Trưởng Ban Chỉ đạo",
    "Ủy viên dự khuyết Trung ương Đảng, Bí thư Tỉnh ủy",
)  # fmt: skip
#: Where a name stands before its office, and behind it.
BEFORE = (
    "Đồng chí {n}, {r} chủ trì.", "đ/c {n} - {r};", "Bà {n} – {r} nhấn mạnh.", "Dự có {n}, {r}.",
    "Dự có: {n}, {r}; Lê Tám.",
    "Hội nghị do đồng chí {n} ({r}) chủ trì.", "Đại tá {n}, {r} cho biết.", "PGS.TS {n}, {r} nói.",
    "- {n}, {r}",
)  # fmt: skip
BEHIND = (
    "{r} {n} phát biểu.",
    "Theo {r}, đồng chí {n}, xã đã tiếp dân.",
    "{r}, ông {n} nói.",
    "Chủ trì là {r}, Đại tá {n}.",
)


def _officials(text: str) -> list[tuple[str, str | None]]:
    folded = fold(text)
    found = find_officials(folded)
    assert all(text[span.start : span.end] == span.quote for span in found)
    return [(span.name, span.role) for span in found]


@pytest.mark.parametrize("form", BEFORE)
def test_any_person_holds_any_office_told_behind_the_name(form: str) -> None:
    pairs = [*product(PEOPLE, ROLES[:1]), *product(PEOPLE[:1], ROLES)]
    wrong = {pair: got for pair in pairs if (got := _officials(form.format(n=pair[0], r=pair[1]))) != [pair]}
    assert not wrong


@pytest.mark.parametrize("form", BEHIND)
def test_any_person_holds_any_office_told_before_the_name(form: str) -> None:
    pairs = [*product(PEOPLE, ROLES[:1]), *product(PEOPLE[:1], ROLES)]
    wrong = {pair: got for pair in pairs if (got := _officials(form.format(n=pair[0], r=pair[1]))) != [pair]}
    assert not wrong


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("Phó Trưởng ban Thường trực, Ban Dân vận Tỉnh ủy cho biết", "Phó Trưởng ban Thường trực, Ban Dân vận Tỉnh ủy"),
        ("Phó Giám đốc, Sở Nội vụ nói", "Phó Giám đốc, Sở Nội vụ"),
        ("Giám đốc Sở Nội vụ, Ban Dân vận đã họp", "Giám đốc Sở Nội vụ"),
    ],
)  # fmt: skip
def test_whose_office_it_is_may_stand_behind_a_comma(told: str, role: str) -> None:
    assert _officials(f"Theo bà Lê Thị Hoa, {told}.") == [("Lê Thị Hoa", role)]


@pytest.mark.parametrize("word", OFFICES)
def test_every_word_for_an_office_is_one(word: str) -> None:
    role = word[0].upper() + word[1:].replace("thư kí", "thư ký")
    assert _officials(f"Ông Lê Văn An, {role} xã Sơn Kim nói.") == [("Lê Văn An", f"{role} xã Sơn Kim")]


@pytest.mark.parametrize(
    "does",
    [
        "phát biểu", "đã ký", "ban hành kế hoạch", "kiểm tra việc tiếp dân", "thăm hỏi", "tiếp công dân",
        "trực tiếp tiếp dân",
        "hiến đất", "hồ hởi chia sẻ", "băn khoăn", "45 tuổi", "sinh năm 1970", "(bìa phải)",
        "và các đại biểu", "năm nay 50 tuổi",
        "vận động bà con", "là trưởng đoàn", "cùng Lê Thị Hoa - Trưởng thôn",
        "và Vi Thị Lan, Bí thư Huyện ủy",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "role", ["Phó Chủ tịch UBND tỉnh", "Trưởng ban Chỉ đạo", "Chủ nhiệm Ủy ban Kiểm tra Huyện ủy"]
)
def test_an_office_ends_before_what_its_holder_does(does: str, role: str) -> None:
    assert _officials(f"Ông Lê Văn Bình, {role} {does}.")[0] == ("Lê Văn Bình", role)


@pytest.mark.parametrize(
    "place",
    [
        "tỉnh Sơn La", "huyện Kim Bảng", "huyện Mai Châu", "xã Sơn Kim", "xã Lê Lợi",
        "thành phố Thái Nguyên", "TP Hồ Chí Minh",
        "phường 5", "huyện Krông Ana", "xã", "huyện Ia H'Drai", "xã Tân Hội (huyện Đức Trọng)",
        "tỉnh Bà Rịa - Vũng Tàu", "xã Đắk Ơ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Nguyễn Văn Bình", "Tòng Thị Phóng", "Phan Thị Mỹ Dung"])
def test_the_name_of_a_place_is_no_part_of_a_persons(place: str, name: str) -> None:
    role = f"Chủ tịch UBND {place}"
    for text in (f"{role} {name} nói.", f"{role}, ông {name} nói.", f"Dự có {name} - {role}."):
        assert _officials(text) == [(name, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Nguyễn Văn Tám, người dân thôn Tân Phú, cho biết",
        "Ông Trần Văn Năm, con trai Chủ tịch UBND xã, trình bày",
        "Học tập tấm gương Chủ tịch Hồ Chí Minh", "Trường THCS Nguyễn Văn Trỗi, Trưởng ban quản lý cho biết",
        "đường Nguyễn Văn Linh, Chủ tịch UBND phường kiểm tra", "Ở Sơn La, Chủ tịch UBND tỉnh tiếp dân",
        "Sơn La, Cao Bằng, Chủ tịch UBND các tỉnh tiếp dân", "Huyện ủy Vũ Quang tiếp dân",
        "Bí thư Huyện ủy Đồng Xuân cho biết",
        "Bí thư Đoàn Thanh niên xã phát biểu", "Trưởng Đoàn Kiểm tra công bố",
        "Giám đốc Công ty Hoàng Hà Nam tiếp dân",
        "Bí thư Tỉnh ủy biểu dương Nguyễn Văn An", "Trưởng thôn vận động Lê Văn Tám hiến đất",
        "Chủ tịch UBND xã thăm gia đình Lê Văn Tám",
        "Chủ tịch UBND phường Buôn Ma Thuột tiếp dân", "thường trực 24/24 giờ tại xã Lê Lợi",
        "Công đoàn Việt Nam, Chủ tịch Công đoàn",
    ],
)  # fmt: skip
def test_words_of_office_beside_other_names_make_no_officials(text: str) -> None:
    assert not _officials(text)


LONG_TITLE = "Luật Hoạt động giám sát của Quốc hội và Hội đồng nhân dân"


def _cited(text: str) -> list[tuple[str, str | None, str | None]]:
    found = find_citations(fold(text))
    assert all(text[span.start : span.end] == span.quote for span in found)
    return [(span.name, span.dated, span.role) for span in found]


@pytest.mark.parametrize(
    ("cited", "names"),
    [
        ("Luật số 10/2022/QH15", ["10/2022/QH15"]),
        ("Quy định số 11-QĐi/TW", ["11-QĐi/TW"]),
        ("Pháp lệnh 33/2002/PL-UBTVQH", ["33/2002/PL-UBTVQH"]),
        ("Nghị quyết số 25/NQ-HĐND", ["25/NQ-HĐND"]),
        ("Chương trình hành động số 05-CTr/TU", ["05-CTr/TU"]),
        ("Quy chế phối hợp số 03-QCPH/BDV", ["03-QCPH/BDV"]),
        ("Thông báo kết luận số 12-TB/TU", ["12-TB/TU"]),
        ("Chỉ thị của Bộ Chính trị số 30-CT/TW", ["30-CT/TW"]),
        ("văn bản số 1234/UBND-NC", ["1234/UBND-NC"]),
        ("nghị định số 59/2023/NĐ-CP", ["59/2023/NĐ-CP"]),
        ("quyết định 217-qđ/tw", ["217-QĐ/TW"]),
        ("CHỈ THỊ SỐ 30-CT/TW", ["30-CT/TW"]),
        ("NĐ 59/2023/NĐ-CP", ["59/2023/NĐ-CP"]),
        ("Nghị định số 59 / 2023 / NĐ - CP", ["59/2023/NĐ-CP"]),
        ("Quyết định số 217—QĐ/TW", ["217-QĐ/TW"]),
        ("(số 217-QĐ/TW)", ["217-QĐ/TW"]),
        ("Quyết định số 217-QĐ/TW và 218-QĐ/TW", ["217-QĐ/TW", "218-QĐ/TW"]),
        ("Quyết định 217-QĐ/TW; 218-QĐ/TW", ["217-QĐ/TW", "218-QĐ/TW"]),
        ("Quyết định 217, 218-QĐ/TW", ["217-QĐ/TW", "218-QĐ/TW"]),
        ("Quyết định số 217, số 218", ["Quyết định 217", "Quyết định 218"]),
        ("Kế hoạch số 55", ["Kế hoạch 55"]),
        ("Nghị định 59/2023", ["Nghị định 59/2023"]),
        ("Bộ luật Lao động", ["Bộ luật Lao động"]),
        ("Luật đất đai", ["Luật Đất đai"]),
        ("LUẬT TIẾP CÔNG DÂN", ["Luật Tiếp công dân"]),
        ("Luật Hoà giải ở cơ sở", ["Luật Hòa giải ở cơ sở"]),
        ("Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15", ["Luật Thực hiện dân chủ ở cơ sở"]),
        (LONG_TITLE, [LONG_TITLE]),
        ("Luật Phòng, chống tác hại của rượu, bia", ["Luật Phòng, chống tác hại của rượu, bia"]),
        ("Luật Dân quân tự vệ", ["Luật Dân quân tự vệ"]),
    ],
)
def test_documents_of_all_families_are_cited_wherever_they_stand(cited: str, names: list[str]) -> None:
    for form in (
        "Thực hiện {}.",
        "- Quán triệt {};",
        "Triển khai {} về dân vận.",
        "“{}” được phổ biến.",
        "Theo {} ngày 12/5/2022 của Tỉnh ủy,",
    ):
        text = form.format(cited)
        assert [name for name, _, _ in _cited(text)] == names
        assert [name for name, _, _ in _cited(unicodedata.normalize("NFD", text))] == names


@pytest.mark.parametrize(
    "day",
    [
        "ngày 12/5/2022",
        "ngày 12-5-2022",
        "ngày 12.5.2022",
        "ngày 12 tháng 5 năm 2022",
        "(ngày 12/05/2022)",
        "ban hành ngày 12/5/2022",
    ],
)
@pytest.mark.parametrize(
    "issuer",
    [
        "Tỉnh ủy",
        "Bộ Tài nguyên và Môi trường",
        "Bộ Lao động - Thương binh và Xã hội",
        "Bộ Y tế",
        "Bộ trưởng Bộ Nội vụ",
        "Ban Thường vụ Tỉnh ủy Sơn La",
    ],
)
def test_day_and_issuer_of_a_document_stand_in_either_order(day: str, issuer: str) -> None:
    for told in (f"{day} của {issuer}", f"của {issuer} {day}"):
        assert _cited(f"Thực hiện Kế hoạch số 15-KH/TU {told} về dân vận") == [
            ("15-KH/TU", "2022-05-12", issuer)
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Trường Đại học Luật Hà Nội", "Công ty Luật Minh Khuê", "kết luận 12 cuộc thanh tra",
        "Kế hoạch 5 năm", "Nghị quyết 12/12 phiếu",
        "Biển số 29-H1/12345", "Kết luận 5/6 nội dung", "đã ban hành 35 quyết định, 12 kế hoạch",
        "Điều 5, khoản 2, mục 3",
    ],
)  # fmt: skip
def test_numbers_beside_words_for_documents_are_not_always_theirs(text: str) -> None:
    assert not _cited(text)


def _named(text: str) -> list[str]:
    found = find_initiatives(fold(text))
    assert all(text[span.start : span.end] == span.quote for span in found)
    return [span.name for span in found]


@pytest.mark.parametrize(
    "kind",
    [
        "mô hình “{}”", "mô hình «{}»", "mô hình ‘{}’", 'mô hình "{}"', "mô hình: “{}”",
        "mô hình dân vận khéo “{}”", "mô hình tiêu biểu như “{}”",
        "mô hình hay, cách làm hiệu quả như: “{}”", "phong trào thi đua yêu nước “{}”",
        "Cuộc vận động: “{}”", "CLB “{}”", "MÔ HÌNH “{}”",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Chính quyền thân thiện", "3 biết, 2 giúp", "Nhà sạch - vườn đẹp"])
def test_initiatives_are_named_in_any_marks_behind_any_words_for_them(kind: str, name: str) -> None:
    assert _named(f"Xã nhân rộng {kind.format(name)} ở các thôn.") == [name]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mô hình “Dân vận khéo” của xã Sơn Kim, “Vì dân” của xã Đức Lạng", ["Dân vận khéo", "Vì dân"]),
        ("phong trào Chung sức xây dựng nông thôn mới", ["Chung sức xây dựng nông thôn mới"]),
        ("mô hình Ủy ban nhân dân", []),
        ("mô hình nuôi tôm “sạch”", []),
        ("mô hình này rất “Nóng”", []),
        ("mô hình, “nếu dân tin thì làm được”, ông nói", []),
        ('"chiến dịch 90 ngày đêm". Ông Huy nói: "Cơ bản xong"', []),
    ],
)
def test_lists_and_turns_of_phrase_beside_initiatives(text: str, names: list[str]) -> None:
    assert _named(text) == names
