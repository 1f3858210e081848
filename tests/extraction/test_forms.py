"""Report forms: each number becomes a fact with its cell, or is kept with the reason why it did not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from form_scores import load, score

from coso.dictionary import load_metrics
from coso.forms import SHEET, TABLE, Cell, Grid, PlacedGrid, find_grids, render
from coso.text import canonical
from extraction.forms import read_form
from extraction.forms.headings import column_role, instead, patterns, take_apart
from extraction.forms.units import read_unit
from extraction.forms.values import is_blank, read_value
from extraction.model import Reading
from extraction.reader import prepare, read_drafts

Merge = tuple[int, int, int, int]
TITLE = "Báo cáo kết quả thực hiện dân chủ ở cơ sở quý II năm 2024"
HEAD = ("TT", "Nội dung", "Đơn vị tính", "Trong kỳ", "Lũy kế từ đầu năm")


def grid(
    rows: Sequence[Sequence[object]], merges: Sequence[Merge] = (), name: str = "Biểu 1", kind: str = SHEET
) -> Grid:
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in merges}
    cells = [
        Cell(r, c, str(value), *spans.get((r, c), (1, 1)))
        for r, row in enumerate(rows, start=1)
        for c, value in enumerate(row, start=1)
        if value not in {None, ""}
    ]
    return Grid(name, kind, tuple(cells))


def read(
    *blocks: str | Grid, title: str = TITLE, published: str | None = "2024-07-02", province: str = "Hà Nam"
) -> Reading:
    text = render(blocks)
    reading = read_form(text, title=title, published=published, source_province=province)
    for fact in reading.facts:
        assert text[fact.start : fact.end] == fact.quote
        assert text[fact.sentence_start :].startswith(fact.sentence)
    for cell in reading.undecided:
        assert text[cell.start : cell.end] == cell.quote
    return reading


def table(*rows: Sequence[object], merges: Sequence[Merge] = (), **more: Any) -> Reading:
    return read(grid(rows, merges), **more)


def said(reading: Reading) -> dict[str, tuple[object, ...]]:
    """Return metric, value and period of each fact by its cell."""
    return {str(f.locator).rpartition("!")[2]: (f.metric, f.value, f.period) for f in reading.facts}


def reasons(reading: Reading) -> dict[str, str]:
    return {cell.locator.rpartition("!")[2]: cell.reason for cell in reading.undecided}


# ---- the rendering


def test_a_rendering_is_canonical_and_leads_back_to_every_cell() -> None:
    first = grid([["A | B", "x\ny"], ["", "  1.786 "]], merges=[(1, 1, 2, 1)])
    second = grid([["m"]], name="page 2, table 1", kind=TABLE)
    text = render(["Mở đầu", first, "[A1] không phải ô", second, "[sheet] cũng không"])
    assert canonical(text) == text
    found = find_grids(text)
    assert [(g.grid.name, g.grid.kind) for g in found] == [("Biểu 1", SHEET), ("page 2, table 1", TABLE)]
    cells = [(c.cell.address, c.cell.text, c.cell.rows) for c in found[0].cells]
    assert cells == [("A1", "A ¦ B", 2), ("B1", "x y", 1), ("B2", "1.786", 1)]
    assert all(text[c.start : c.end] == c.cell.text for g in found for c in g.cells)
    assert locators(found[1]) == ["page 2, table 1, row 1, column 1"]
    assert Cell(7, 28, "x").address == "AB7"


def locators(placed: PlacedGrid) -> list[str]:
    return [placed.grid.locator(one.cell) for one in placed.cells]


# ---- values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.786", 1786), ("94,5", 94.5), ("1 786", 1786), ("12.345,67", 12345.67), ("0", 0), ("94,5%", 94.5), ("-26", -26),
        ("+2,0", 2), ("khoảng 120", 120), ("31 cuộc", 31), ("41/50", 41), ("1,5 tỷ", 1.5e9),
        ("12; 13", None), ("30/6/2024", None), ("x", None), ("Đạt", None), ("theo văn bản số 12", None), ("=A1+2", None),
    ],
)  # fmt: skip
def test_values_of_cells(text: str, value: float | None) -> None:
    found = read_value(text)
    assert (found.value if found else None) == value


def test_parts_of_a_value() -> None:
    found = read_value("khoảng 41/50 vụ")
    assert found is not None
    assert (found.value, found.denominator, found.approx, found.unit) == (41, 50, "khoảng", "vụ")
    assert [is_blank(text) for text in ("-", "–", " x ", "...", "0", "5")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("triệu đồng", "đồng", 1e6),
        ("(Tỷ đồng)", "đồng", 1e9),
        ("1.000 đồng", "đồng", 1e3),
        ("lượt người", "lượt người", 1),
    ],
)
def test_units(text: str, unit: str, factor: float) -> None:
    found = read_unit(text)
    assert found is not None
    assert (found.text, found.factor) == (unit, factor)


# ---- headings


@pytest.mark.parametrize(
    ("text", "left", "role"),
    [
        ("Lũy kế từ đầu năm", "", "year_to_date"), ("Số đơn phát sinh trong kỳ", "Số đơn", "in_period"),
        ("Trong đó: khiếu nại", "khiếu nại", "part"), ("Tổng số", "", "whole"),
        ("Cùng kỳ năm 2023", "", "same_period"), ("Kế hoạch năm 2024", "", "target"),
        ("Đạt % so với kế hoạch", "", "of_target"), ("Tăng (+), giảm (-)", "", "change"),
        ("Tỷ lệ (%)", "", "rate"), ("6 tháng đầu năm 2023", "", None), ("Thực hiện năm 2023", "", None),
        ("Số tiền thu hồi (triệu đồng)", "Số tiền thu hồi", None), ("Số văn bản, kế hoạch ban hành", "Số văn bản, kế hoạch ban hành", None),
    ],
)  # fmt: skip
def test_headings_are_taken_apart(text: str, left: str, role: str | None) -> None:
    heading = take_apart(text)
    assert (heading.text, set(heading.roles)) == (left, {role} - {None})


def test_columns_without_figures() -> None:
    headed = {
        "STT": "ordinal",
        "Đơn vị tính": "unit",
        "Huyện, thành phố": "place",
        "Nội dung": "label",
        "Ghi chú": "note",
    }
    assert {text: column_role(text) for text in headed} == headed
    assert column_role("Số cuộc đối thoại") is None


def test_wordings_for_forms_say_nothing_about_codes_themselves() -> None:
    # What is counted is decided by the lexicon: a wording of forms is replaced by one that the lexicon reads.
    for wording, better in instead().items():
        drafts = read_drafts(prepare(f"Số đơn {better}: 37 đơn", TITLE, None, None))
        assert [d.decision.code in load_metrics() for d in drafts] == [True], wording
    assert patterns().keys() >= {"part", "whole", "in_period", "year_to_date"}


# ---- tables of metrics


def test_in_period_and_since_january_stand_side_by_side() -> None:
    reading = table(HEAD, (1, "Số lượt tiếp công dân", "lượt", 620, "1.204"))
    assert said(reading) == {
        "D2": ("reception_visits", 620, "2024-Q2"),
        "E2": ("reception_visits", 1204, "2024-H1"),
    }
    (fact, _) = reading.facts
    assert (fact.unit, fact.place, fact.level, fact.locator) == ("lượt", "Hà Nam", "province", "Biểu 1!D2")
    assert fact.metric_note == "Số lượt tiếp công dân / Trong kỳ"


def test_in_the_period_is_unknown_where_the_title_names_only_the_longer_one() -> None:
    title = "Báo cáo kết quả thực hiện dân chủ ở cơ sở năm 2024"
    reading = table(
        HEAD, (1, "Số lượt tiếp công dân", "lượt", 620, "1.204"), title=title, published="2024-12-20"
    )
    assert said(reading) == {"E2": ("reception_visits", 1204, "2024")}
    assert reasons(reading) == {"D2": "no_period"}
    same = table(
        HEAD, (1, "Số lượt tiếp công dân", "lượt", 1204, "1.204"), title=title, published="2024-12-20"
    )
    assert {f.period for f in same.facts} == {"2024"}
    assert not same.undecided


def test_sections_numbers_and_trong_do_make_the_path_of_a_row() -> None:
    reading = table(
        HEAD,
        ("A", "B", "C", 1, 2),
        ("I", "TIẾP CÔNG DÂN"),
        (1, "Số lượt", "lượt", 620, 1204),
        (2, "Số người", "người", 410, 860),
        ("II", "ĐƠN THƯ"),
        (1, "Số đơn tiếp nhận", "đơn", 310, 590),
        ("", "Trong đó:"),
        ("", "- Khiếu nại", "đơn", 40, 85),
        ("", "- Tố cáo", "đơn", 12, 20),
        (2, "Số đơn tồn đọng", "đơn", 14, "-"),
        merges=[(3, 2, 3, 5)],
    )
    assert {cell: metric for cell, (metric, _, _) in said(reading).items() if cell[0] == "D"} == {
        "D4": "reception_visits",
        "D5": "reception_people",
        "D7": "petitions_received",
        "D9": "complaint_petitions",
        "D10": "denunciation_petitions",
        "D11": "petitions_pending",
    }
    assert not any(f.subset for f in reading.facts)
    assert not reading.undecided


def test_parts_without_a_code_of_their_own_are_subsets_of_their_total() -> None:
    reading = table(
        HEAD,
        (1, "Số hòa giải viên", "người", "13.950", "13.950"),
        ("", "Trong đó: nữ", "người", 5100, 5100),
        (2, "Số cuộc đối thoại với Nhân dân", "cuộc", 31, 64),
        ("", "- Cấp huyện", "cuộc", 6, 12),
        ("", "- Cấp xã", "cuộc", 25, 52),
    )
    whole = {
        f.locator: (f.metric, f.subset, f.tier)
        for f in reading.facts
        if str(f.locator).startswith("Biểu 1!D")
    }
    assert whole == {
        "Biểu 1!D2": ("mediators", False, None),
        "Biểu 1!D3": ("mediators", True, None),
        "Biểu 1!D4": ("dialogue_sessions", False, None),
        "Biểu 1!D5": ("dialogue_sessions", True, "district"),
        "Biểu 1!D6": ("dialogue_sessions", True, "commune"),
    }


def test_a_part_of_a_value_is_no_part_of_a_count() -> None:
    reading = table(
        ("Đơn vị", "Nội dung Nhân dân bàn và quyết định trực tiếp"),
        ("", "Số nội dung", "Tổng giá trị", "Trong đó"),
        ("", "", "", "Ngân sách nhà nước"),
        ("Huyện Bình Lục", 4, 1250, 1000),
        ("Huyện Kim Bảng", 3, 900, 800),
        merges=[(1, 1, 3, 1), (1, 2, 1, 4), (2, 2, 3, 2), (2, 3, 3, 3)],
    )
    assert {metric for metric, _, _ in said(reading).values()} == {"people_decided_items"}
    assert {cell[0] for cell in said(reading)} == {"B"}
    assert reasons(reading) == {"C4": "no_metric", "D4": "no_metric", "C5": "no_metric", "D5": "no_metric"}


def test_years_side_by_side_and_the_change_between_them() -> None:
    reading = table(
        ("TT", "Chỉ tiêu", "ĐVT", "6 tháng đầu năm 2023", "6 tháng đầu năm 2024", "So sánh"),
        ("", "", "", "", "", "Tăng, giảm", "Tỷ lệ (%)"),
        (1, "Số vụ việc hòa giải tiếp nhận", "vụ", 800, 760, -40, "-5"),
        merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 2, 4), (1, 5, 2, 5), (1, 6, 1, 7)],
        title="Công tác hòa giải ở cơ sở 6 tháng đầu năm 2024",
    )
    assert {cell: period for cell, (_, _, period) in said(reading).items()} == {
        "D3": "2023-H1",
        "E3": "2024-H1",
    }
    change = reading.facts[-1].comparison
    assert change is not None
    assert (change.direction, change.amount, change.unit, change.baseline, change.pct) == (
        "decrease", 40, "vụ", "2023-H1", 5,
    )  # fmt: skip
    assert not reading.undecided


@pytest.mark.parametrize("with_units", [True, False])
def test_a_form_that_uses_the_names_of_the_dictionary_is_read_whole(with_units: bool) -> None:
    metrics = list(load_metrics().values())
    rows = [
        (n, m.name_vi, m.unit_vi if with_units else "", f"{50 + n % 50},5" if m.kind == "rate" else 1000 + n)
        for n, m in enumerate(metrics, start=1)
    ]
    reading = table(("TT", "Nội dung", "Đơn vị tính", "Số liệu"), *rows)
    assert [f.metric for f in reading.facts] == [m.code for m in metrics]
    assert {f.metric for f in reading.facts if f.stock} == {m.code for m in metrics if m.kind == "stock"}
    assert not reading.undecided


def test_the_sections_of_a_quarterly_form_of_communes() -> None:
    sections = {
        "NHÂN DÂN BÀN VÀ QUYẾT ĐỊNH TRỰC TIẾP": {
            "Số nội dung Nhân dân bàn và quyết định trực tiếp|nội dung": "people_decided_items",
            "Nhân dân đóng góp bằng tiền|triệu đồng": "cash_contributions",
            "Số ngày công Nhân dân đóng góp|ngày công": "workdays_contributed",
        },
        "NHÂN DÂN THAM GIA Ý KIẾN": {
            "Số cuộc lấy ý kiến Nhân dân|đợt": "opinion_consultations",
            "Số ý kiến tham gia|ý kiến": "consultation_opinions",
        },
        "BAN THANH TRA NHÂN DÂN": {
            "Số cuộc giám sát|cuộc": "people_inspection_sessions",
            "Số vụ việc vi phạm phát hiện|vụ": "people_inspection_violations",
            "Số tiền thu hồi|triệu đồng": "people_inspection_money_recovered",
            "Diện tích đất thu hồi|m2": "land_recovered",
        },
        "BAN GIÁM SÁT ĐẦU TƯ CỦA CỘNG ĐỒNG": {
            "Số công trình, dự án được giám sát|công trình": "investment_supervision_works",
            "Số cuộc giám sát|cuộc": "investment_supervision_sessions",
            "Số vụ việc vi phạm phát hiện|vụ": "investment_supervision_violations",
        },
        "ĐƠN THƯ": {
            "Số đơn tiếp nhận|đơn": "petitions_received",
            "Số đơn đã giải quyết|đơn": "petitions_resolved",
            "Số đơn còn tồn|đơn": "petitions_pending",
        },
        "HỌP THÔN, TỔ DÂN PHỐ": {"Số thôn tổ chức họp toàn thể|thôn": "village_full_meetings"},
    }
    rows: list[Sequence[object]] = [HEAD]
    for section, (name, labels) in zip(("I", "II", "III", "IV", "V", "VI"), sections.items(), strict=True):
        rows.append((section, name))
        rows += [(n, *label.split("|"), 10 + n, 20 + n) for n, label in enumerate(labels, start=1)]
    reading = table(*rows)
    wanted = [code for labels in sections.values() for code in labels.values()]
    for column, period in (("D", "2024-Q2"), ("E", "2024-H1")):
        facts = [f for f in reading.facts if str(f.locator).partition("!")[2].startswith(column)]
        assert [f.metric for f in facts] == wanted
        assert {f.period for f in facts} == {period}
    assert not reading.undecided


#: The ten sections of a quarterly form of communes: rows with the code they get; no code where the dictionary has none.
TEN_SECTIONS: dict[str, dict[str, str | None]] = {
    "CÔNG KHAI": {
        "Số nội dung đã công khai|nội dung": None, "Niêm yết|nội dung": None, "Qua hệ thống loa truyền thanh|nội dung": None,
        "Thông qua Trưởng thôn|nội dung": None, "Tỷ lệ xã thực hiện công khai đầy đủ|%": "disclosure_compliance_rate",
    },
    "NHÂN DÂN BÀN VÀ QUYẾT ĐỊNH TRỰC TIẾP": {
        "Số nội dung Nhân dân bàn và quyết định trực tiếp|nội dung": "people_decided_items", "Phát phiếu lấy ý kiến|phiếu": None,
        "Tổng số hộ|hộ": None, "Tổng giá trị|triệu đồng": None, "Ngân sách nhà nước|triệu đồng": None,
        "Số ngày công Nhân dân đóng góp|ngày công": "workdays_contributed",
    },
    "NHÂN DÂN BÀN, BIỂU QUYẾT ĐỂ CẤP CÓ THẨM QUYỀN QUYẾT ĐỊNH": {
        "Số hương ước, quy ước|hương ước": "village_conventions", "Bầu, miễn nhiệm, bãi nhiệm Trưởng thôn|người": None,
        "Bầu thành viên Ban Thanh tra nhân dân|người": None, "Thành viên Ban Giám sát đầu tư của cộng đồng|người": None,
    },
    "NHÂN DÂN THAM GIA Ý KIẾN": {
        "Số cuộc lấy ý kiến Nhân dân|đợt": "opinion_consultations", "Qua hòm thư góp ý, đường dây nóng|ý kiến": None,
        "Số ý kiến tham gia|ý kiến": "consultation_opinions", "Số ý kiến được tiếp thu|ý kiến": None,
    },
    "HUY ĐỘNG XÂY DỰNG CƠ SỞ HẠ TẦNG": {
        "Tổng số vốn huy động|triệu đồng": None, "Nhân dân đóng góp|triệu đồng": "cash_contributions",
        "Nhà nước hỗ trợ|triệu đồng": None,
    },
    "NHÂN DÂN KIỂM TRA, GIÁM SÁT": {
        "Số cuộc kiểm tra, giám sát|cuộc": None, "Thông qua Ban Thanh tra nhân dân|cuộc": None, "Kiến nghị với cấp ủy|kiến nghị": None,
    },
    "KẾT QUẢ HOẠT ĐỘNG CỦA BAN THANH TRA NHÂN DÂN": {
        "Số cuộc giám sát|cuộc": "people_inspection_sessions", "Số vụ việc vi phạm phát hiện|vụ": "people_inspection_violations",
        "Số vụ việc kiến nghị|vụ": "people_inspection_recommendations",
        "Số tiền thu hồi|triệu đồng": "people_inspection_money_recovered", "Diện tích đất thu hồi|m2": "land_recovered",
    },
    "KẾT QUẢ HOẠT ĐỘNG CỦA BAN GIÁM SÁT ĐẦU TƯ CỦA CỘNG ĐỒNG": {
        "Số công trình, dự án trên địa bàn|công trình": None, "Số cuộc giám sát|cuộc": "investment_supervision_sessions",
        "Số vụ việc vi phạm phát hiện|vụ": "investment_supervision_violations",
        "Số kiến nghị|kiến nghị": "investment_supervision_recommendations",
        "Số tiền thu hồi|triệu đồng": "investment_supervision_money_recovered",
    },
    "TIẾP NHẬN, GIẢI QUYẾT ĐƠN THƯ": {
        "Số đơn tiếp nhận|đơn": "petitions_received", "Số đơn đã giải quyết|đơn": "petitions_resolved",
        "Tổng số đơn còn tồn đọng|đơn": "petitions_pending",
    },
    "HỌP THÔN, TỔ DÂN PHỐ": {
        "Tổng số thôn, tổ dân phố|thôn": "villages", "Số thôn họp 1 lần/năm|thôn": None, "Số thôn họp 2 lần/năm|thôn": None,
        "Số thôn tổ chức họp toàn thể|thôn": "village_full_meetings",
    },
}  # fmt: skip


def test_the_ten_sections_of_one_form_are_told_apart() -> None:
    """What the dictionary counts is a fact in both columns; what only sounds like it is kept aside, never guessed."""
    rows: list[Sequence[object]] = [HEAD]
    wanted: dict[str, str | None] = {}
    for number, (section, labels) in zip(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"], TEN_SECTIONS.items(), strict=True
    ):
        rows.append((number, section))
        for n, (label, code) in enumerate(labels.items(), start=1):
            rows.append((n, *label.split("|"), 10 + len(rows), 100 + len(rows)))
            wanted[str(len(rows))] = code
    reading = table(*rows)
    cells = {cell: (code, period) for cell, (code, _, period) in said(reading).items()}
    in_period, to_date = ({c[1:]: told for c, told in cells.items() if c[0] == column} for column in "DE")
    assert in_period == {row: (code, "2024-Q2") for row, code in wanted.items() if code}
    assert to_date == {row: (code, "2024-H1") for row, code in wanted.items() if code}
    assert set(reasons(reading)) == {
        f"{column}{row}" for row, code in wanted.items() if not code for column in "DE"
    }
    assert set(reasons(reading).values()) == {"no_metric"}


@pytest.mark.parametrize(
    ("label", "unit", "code"),
    [
        ("Số Ban Thanh tra nhân dân", "ban", "people_inspection_boards"),
        ("Số Ban Thanh tra nhân dân", "người", None),
        (
            "Số công trình, dự án được giám sát đầu tư của cộng đồng",
            "công trình",
            "investment_supervision_works",
        ),
        ("Số lượt tiếp công dân", "lượt người", "reception_visits"),
        ("Số đơn tiếp nhận", "triệu đồng", None),
        ("Nhân dân đóng góp", "vụ", None),
        ("Số hòa giải viên", "người", "mediators"),
    ],
)
def test_a_unit_that_cannot_be_that_of_the_figure_makes_it_none(
    label: str, unit: str, code: str | None
) -> None:
    reading = table(HEAD, (1, label, unit, 31, 64))
    assert {fact.metric for fact in reading.facts} == ({code} if code else set())
    assert len(reading.facts) + len(reading.undecided) == 2


def test_years_alone_head_columns() -> None:
    reading = table(
        ("TT", "Nội dung", 2022, "Năm 2023", 2024), (1, "Số vụ việc hòa giải tiếp nhận", 800, 760, 700),
        title="Kết quả hòa giải ở cơ sở", published="2025-01-10",
    )  # fmt: skip
    assert {cell: period for cell, (_, _, period) in said(reading).items()} == {
        "C2": "2022",
        "D2": "2023",
        "E2": "2024",
    }
    assert not reading.undecided


def test_a_part_that_names_no_noun_counts_that_of_its_total() -> None:
    reading = table(
        ("Nội dung", "Kết quả"), ("Số lượt tiếp công dân", 100), ("Trong đó: lãnh đạo tiếp định kỳ", 20)
    )
    assert said(reading)["B3"][0] in {"reception_visits", "leader_reception_visits"}


def test_same_months_a_year_before() -> None:
    reading = table(
        ("Nội dung", "Kỳ này", "Cùng kỳ năm trước", "So với cùng kỳ (%)"),
        ("Số lượt tiếp công dân", 620, 650, "-4,6"),
        ("Số đơn tiếp nhận", 310, 300, "3,3"),
    )
    assert said(reading)["B2"] == ("reception_visits", 620, "2024-Q2")
    assert said(reading)["C2"] == ("reception_visits", 650, "2023-Q2")
    assert reading.facts[0].comparison is not None
    assert reading.facts[0].comparison.baseline == "2023-Q2"
    # Without a sign it may as well be the ratio of the two.
    assert reasons(reading) == {"D3": "change"}


def test_targets_scores_and_formulas_are_no_facts() -> None:
    reading = table(
        ("Nội dung", "Kế hoạch năm 2024", "Thực hiện", "Đạt % so với kế hoạch", "Điểm"),
        ("Số cuộc tiếp xúc cử tri", 40, 41, "102,5", 9),
        ("Số cuộc đối thoại", 30, "=C2-10", 100, 8),
        title="Số liệu năm 2024",
    )
    assert said(reading) == {"C2": ("voter_meetings", 41, "2024")}
    assert reasons(reading) == {
        "B2": "target", "D2": "target", "E2": "no_metric", "B3": "target", "C3": "formula_without_value",
        "D3": "target", "E3": "no_metric",
    }  # fmt: skip


def test_units_in_columns_brackets_cells_and_above_the_table() -> None:
    reading = read(
        "Đơn vị tính: triệu đồng",
        grid(
            [
                ("Nội dung", "Số liệu"),
                ("Số tiền Nhân dân đóng góp", "1.250,5"),
                ("Diện tích đất hiến (m2)", "1.200"),
                ("Tỷ lệ hòa giải thành", "94,5%"),
                ("Số ngày công đóng góp", "300 ngày công"),
            ]
        ),
    )
    assert {f.metric: (f.value, f.unit) for f in reading.facts} == {
        "cash_contributions": (1_250_500_000, None),
        "land_donated": (1200, "m2"),
        "mediation_success_rate": (94.5, "%"),
        "workdays_contributed": (300, "ngày công"),
    }


def test_doubtful_numbers_are_kept_aside() -> None:
    reading = table(
        ("Nội dung", "Số liệu"),
        ("Số đơn tiếp nhận", "1,786"),
        ("Số vụ việc hòa giải", "-5"),
        ("Tỷ lệ hòa giải thành", "0,95"),
        ("Số lượt tiếp công dân", "12; 13"),
        ("Số lượt tiếp công dân", "12"),
    )
    assert reasons(reading) == {
        "B2": "doubtful_number", "B3": "doubtful_number", "B4": "doubtful_number", "B5": "not_a_number",
    }  # fmt: skip
    assert list(said(reading)) == ["B6"]


def test_two_cells_that_say_the_same_of_one_thing_are_both_kept_aside() -> None:
    reading = table(("Nội dung", "Số liệu"), ("Số đơn tiếp nhận", 10), ("Số đơn đã tiếp nhận", 31))
    assert not reading.facts
    assert reasons(reading) == {"B2": "ambiguous_metric", "B3": "ambiguous_metric"}


def test_no_period_no_fact() -> None:
    reading = table(("Nội dung", "Số liệu"), ("Số đơn tiếp nhận", 10), title="Biểu tổng hợp", published=None)
    assert not reading.facts
    assert reasons(reading) == {"B2": "no_period"}


def test_so_many_months_of_a_year_head_a_column() -> None:
    reading = table(
        ("Chỉ tiêu", "Tháng 10/2023", "10 tháng năm 2023"), ("Số hồ sơ tiếp nhận", "61.204", "598.310"),
        title="Kết quả giải quyết thủ tục hành chính", published="2023-11-02",
    )  # fmt: skip
    assert {cell: period for cell, (_, _, period) in said(reading).items()} == {
        "B2": "2023-10",
        "C2": "2023-YTD10",
    }


def test_a_section_that_names_an_activity_is_no_verb_of_its_rows() -> None:
    reading = table(
        HEAD, ("I", "Giải quyết khiếu nại"), (1, "Số vụ khiếu nại thuộc thẩm quyền", "vụ", 12, 30)
    )
    assert [metric for metric, _, _ in said(reading).values()] == ["complaints_within_authority"] * 2


def test_columns_may_be_headed_by_who_acted() -> None:
    reading = table(
        ("Nội dung", "Đơn vị tính", "Ban Thanh tra nhân dân", "Ban Giám sát đầu tư của cộng đồng"),
        ("Số vụ việc vi phạm phát hiện", "vụ", 26, 19),
    )
    assert [metric for metric, _, _ in said(reading).values()] == [
        "people_inspection_violations",
        "investment_supervision_violations",
    ]


def test_a_column_out_of_how_many_gives_way_to_the_one_that_says_how_many_did() -> None:
    reading = table(
        ("Loại hình", "Tổng số đơn vị", "Số đơn vị đã tổ chức", "Tỷ lệ (%)"),
        ("Cơ quan hành chính (hội nghị cán bộ, công chức, viên chức)", 820, 811, "98,9"),
    )
    assert said(reading)["C2"] == ("cadre_conferences", 811, "2024-Q2")
    assert reasons(reading) == {"B2": "no_metric"}


def test_a_heading_that_counts_needs_no_unit_beside_it() -> None:
    reading = table(
        ("Huyện, thành phố", "Số ngày công"), ("Bình Lục", "1.200"), ("Tổng số", "3.400"),
        title="Biểu kết quả Nhân dân đóng góp xây dựng nông thôn mới năm 2023",
    )  # fmt: skip
    assert said(reading)["B3"] == ("workdays_contributed", 3400, "2023")


@pytest.mark.parametrize("name", ["forms", "forms_kept"])
def test_annotated_forms_are_read_as_well_as_before(name: str) -> None:
    floors = json.loads((Path(__file__).parent / "gold" / "floors.json").read_text(encoding="utf-8"))[name]
    found = score(load(name))
    low = {m: (getattr(found, m), floor) for m, floor in floors.items() if getattr(found, m) < floor}
    assert not low, f"{name}: measure (got, floor) {low}"


# ---- tables of places


def test_rows_of_districts_below_the_total_of_the_province() -> None:
    reading = read(
        grid(
            [
                ("BIỂU TỔNG HỢP TIẾP CÔNG DÂN, XỬ LÝ ĐƠN",),
                ("6 tháng đầu năm 2024",),
                ("STT", "Huyện, thành phố", "Tiếp công dân", "", "Đơn tiếp nhận"),
                ("", "", "Số lượt", "Số người", "Tổng số", "Trong đó"),
                ("", "", "", "", "", "Khiếu nại", "Tố cáo"),
                ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
                ("", "Tổng số", 1204, 860, 590, 85, 20),
                (1, "Bình Lục", 204, 160, 90, 15, 5),
                (2, "TP Phủ Lý", 500, 400, 200, 30, 8),
                (3, "Sở Nội vụ", 200, 100, 100, 10, "x"),
            ],
            merges=[
                (1, 1, 1, 7),
                (2, 1, 2, 7),
                (3, 1, 5, 1),
                (3, 2, 5, 2),
                (3, 3, 3, 4),
                (4, 3, 5, 3),
                (4, 4, 5, 4),
                (3, 5, 3, 7),
                (4, 5, 5, 5),
                (4, 6, 4, 7),
            ],
        ),
        title="Biểu tổng hợp tiếp công dân, xử lý đơn",
    )
    places = {f.locator: (f.place, f.level) for f in reading.facts if f.metric == "complaint_petitions"}
    assert places == {
        "Biểu 1!F7": ("Hà Nam", "province"),
        "Biểu 1!F8": ("Bình Lục, Hà Nam", "district"),
        "Biểu 1!F9": ("Phủ Lý, Hà Nam", "district"),
        "Biểu 1!F10": ("Sở Nội vụ, Hà Nam", "organisation"),
    }
    assert {f.period for f in reading.facts} == {"2024-H1"}
    assert {f.place_code for f in reading.facts if f.place == "Bình Lục, Hà Nam"} == {"352"}
    assert not any(f.subset for f in reading.facts)
    assert not reading.undecided


def test_an_office_or_a_unit_may_head_its_column_as_don_vi() -> None:
    units = table(
        ("Chỉ tiêu", "Đơn vị", "Quý I", "Quý II"),
        ("Số kiến nghị của cử tri đã giải quyết", "kiến nghị", 8, 18),
        title="Kiến nghị cử tri năm 2024",
    )
    assert {(f.metric, f.unit, f.period, f.level) for f in units.facts} == {
        ("voter_opinions_resolved", "kiến nghị", "2024-Q1", "province"),
        ("voter_opinions_resolved", "kiến nghị", "2024-Q2", "province"),
    }
    offices = table(
        ("STT", "Tên đơn vị", "Số hội nghị đối thoại", "Tỷ lệ hài lòng của người dân (%)"),
        (1, "Huyện Bình Lục", 12, "95,2"),
        (2, "Huyện Kim Bảng", 10, "96"),
        ("", "Cộng", 22, "95,6"),
    )
    assert [(f.place, f.metric) for f in offices.facts if f.level == "province"] == [
        ("Hà Nam", "dialogue_sessions"),
        ("Hà Nam", "citizen_satisfaction_rate"),
    ]
    assert not any(f.subset for f in offices.facts)


def test_rows_that_are_no_places_are_parts_of_the_total_row() -> None:
    reading = table(
        ("Lĩnh vực", "Số đơn tiếp nhận"), ("Đất đai", 100), ("Chính sách xã hội", 50), ("Tổng số", 150)
    )
    assert {f.locator: f.subset for f in reading.facts} == {
        "Biểu 1!B2": True,
        "Biểu 1!B3": True,
        "Biểu 1!B4": False,
    }


def test_a_share_alone_is_of_the_row_above_or_the_column_on_its_left() -> None:
    rows = table(
        ("Nội dung", "Đơn vị tính", "Số liệu"),
        ("Số vụ việc hòa giải tiếp nhận", "vụ", 760),
        ("Số vụ hòa giải thành", "vụ", 680),
        ("Tỷ lệ", "%", "89,5"),
    )
    assert said(rows)["C4"] == ("mediation_success_rate", 89.5, "2024-Q2")
    columns = table(
        ("Huyện, thành phố", "Số vụ hòa giải thành", "Tỷ lệ (%)"),
        ("Bình Lục", 68, "89,5"),
        ("Tổng số", 680, 90),
    )
    assert said(columns)["C3"] == ("mediation_success_rate", 90, "2024-Q2")


def test_a_form_of_a_district_speaks_of_the_district() -> None:
    reading = table(
        ("Nội dung", "Số liệu"),
        ("Số đơn tiếp nhận", 10),
        title="Biểu số liệu 6 tháng đầu năm 2024 huyện Bình Lục",
    )
    assert [(f.place, f.level) for f in reading.facts] == [("Bình Lục, Hà Nam", "district")]


# ---- several tables, and text around them


def test_a_table_goes_on_over_the_next_page_with_the_headings_it_began_with() -> None:
    first = grid([HEAD, (1, "Số đơn tiếp nhận", "đơn", 310, 590)], name="page 1, table 1", kind=TABLE)
    second = grid([(2, "Số cuộc đối thoại", "cuộc", 31, 64)], name="page 2, table 1", kind=TABLE)
    reading = read(first, second)
    assert [(f.locator, f.period) for f in reading.facts if f.metric == "dialogue_sessions"] == [
        ("page 2, table 1, row 1, column 4", "2024-Q2"),
        ("page 2, table 1, row 1, column 5", "2024-H1"),
    ]


def test_two_tables_in_one_sheet_have_their_own_headings() -> None:
    reading = table(
        ("Biểu 1. Tiếp công dân",),
        ("Nội dung", "Trong kỳ", "Lũy kế từ đầu năm"),
        ("Số lượt tiếp công dân", 620, 1204),
        (),
        ("Biểu 2. Hòa giải",),
        ("Nội dung", "Năm 2023", "Quý II năm 2024"),
        ("Số vụ việc hòa giải tiếp nhận", 800, 210),
    )
    assert said(reading) == {
        "B3": ("reception_visits", 620, "2024-Q2"), "C3": ("reception_visits", 1204, "2024-H1"),
        "B7": ("mediation_cases", 800, "2023"), "C7": ("mediation_cases", 210, "2024-Q2"),
    }  # fmt: skip


def test_sentences_around_a_table_are_read_like_any_text() -> None:
    reading = read(
        "Trong 6 tháng đầu năm 2024, toàn tỉnh tổ chức 31 cuộc đối thoại với Nhân dân, có 1.240 người tham dự.",
        grid([HEAD, (1, "Số đơn tiếp nhận", "đơn", 310, 590)]),
    )
    assert [(f.metric, f.locator) for f in reading.facts] == [
        ("dialogue_sessions", None),
        ("dialogue_participants", None),
        ("petitions_received", "Biểu 1!D2"),
        ("petitions_received", "Biểu 1!E2"),
    ]


def test_every_number_of_a_table_is_a_fact_a_change_or_kept_aside() -> None:
    rows = [
        ("TT", "Nội dung", "ĐVT", "Trong kỳ", "Lũy kế từ đầu năm", "So với cùng kỳ (%)", "Kế hoạch năm"),
        *((n, f"{what} {n}", unit, 10 + n, 30 + n, f"-{n}", 50 + n) for n, (what, unit) in enumerate(
            [("Số đơn tiếp nhận đợt", "đơn"), ("Số cuộc giám sát", "cuộc"), ("Việc chưa đặt tên", "cái")], start=1)),
    ]  # fmt: skip
    reading = table(*rows)
    seen = {f.locator for f in reading.facts} | {cell.locator for cell in reading.undecided}
    tied = sum(f.comparison is not None for f in reading.facts)
    assert len(seen) + tied == 3 * 4
