"""Report forms: every kind of file gives the same grid with the place of each cell; what is broken is told apart."""

from __future__ import annotations

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from form_files import HALF_YEAR, WRITERS, Form, as_docx, as_xlsx, pdf_page, saved, write_pdf
from openpyxl import Workbook
from scraper_crawl import Crawler
from scraper_pages import listing, page
from scraper_site import LocalSite, Reply

from coso.encodings import TCVN3, VNI
from coso.forms import find_grids
from coso.lake import Lake, read_table
from coso.records import Document, Fact, from_table
from coso.text import canonical
from extraction.landing import read_documents
from extraction.partitions import read_source
from scrapers import attachments
from scrapers.dropped import archive_file, source_for
from scrapers.forms import read_document
from scrapers.forms.model import MAX_ROWS
from scrapers.forms.workbook import show
from scrapers.land import land_source
from scrapers.outcomes import OutcomeClass
from scrapers.parse.article import Reading
from scrapers.response import Response
from scrapers.sourcefile import Province, Source
from scrapers.stored import StoredResponse, as_stored

Make = Callable[..., Source]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def portal(make_source: Make) -> Source:
    return make_source(
        kind="report_portal", report={}, article_url=r"/bao-cao/", province={"code": "35", "frame": "63"}
    )


def stored(source: Source, body: bytes, name: str = "bieu.xlsx", kind: str = "attachment") -> StoredResponse:
    content_type = "text/html; charset=utf-8" if name.endswith("html") else "application/octet-stream"
    url = f"{source.home_url}bao-cao/{name}"
    response = Response(
        url, 200, "OK", (("Content-Type", content_type),), body, datetime(2024, 7, 3, tzinfo=UTC)
    )
    return as_stored(source.key, kind, url, response)


def reading(source: Source, body: bytes, name: str = "bieu.xlsx") -> Reading:
    return read_document(
        source, stored(source, body, name, "article" if name.endswith("html") else "attachment")
    )


def read_form(source: Source, body: bytes, name: str = "bieu.xlsx") -> Document:
    document = reading(source, body, name).document
    assert document is not None
    return document


@pytest.mark.parametrize("kind", WRITERS)
def test_every_kind_of_file_gives_the_same_table(portal: Source, kind: str) -> None:
    document = read_form(portal, WRITERS[kind](HALF_YEAR), f"bieu.{kind}")
    assert document.parser_kind == "form"
    assert document.title.startswith("BÁO CÁO KẾT QUẢ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ TỈNH HÀ NAM")
    assert canonical(document.text) == document.text
    (grid,) = find_grids(document.text)
    first = len(HALF_YEAR.lines) if kind == "xlsx" else 0
    cells = {
        (one.cell.row - first, one.cell.column): (one.cell.text, (one.cell.rows, one.cell.columns))
        for one in grid.cells
        if one.cell.row > first
    }
    wanted = {
        place: (HALF_YEAR.text(*place), spans)
        for place, spans in HALF_YEAR.spans().items()
        if HALF_YEAR.text(*place)
    }
    assert cells == wanted
    assert all(document.text[one.start : one.end] == one.cell.text for one in grid.cells)
    locators = {grid.grid.locator(one.cell) for one in grid.cells if one.cell.text == "1.204"}
    place = "page 1, table 1" if kind == "pdf" else "table 1"
    assert locators == ({"Biểu 1!E8"} if kind == "xlsx" else {f"{place}, row 5, column 5"})


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("font", [TCVN3, VNI], ids=["tcvn3", "vni"])
def test_a_file_typed_in_a_font_of_before_unicode_gives_the_same_text(
    portal: Source, kind: str, font: dict[str, str]
) -> None:
    keys = {letter: spelt for spelt, letter in font.items()}

    def typed(text: str) -> str:
        return "".join(keys.get(char, char) for char in text)

    # Its fonts have no capitals with tones: headings are small letters in a font of capitals.
    small = Form(tuple(line.lower() for line in HALF_YEAR.lines), HALF_YEAR.rows, HALF_YEAR.merges)
    rows = [[typed(cell) if isinstance(cell, str) else cell for cell in row] for row in small.rows]
    old = Form(tuple(map(typed, small.lines)), rows, small.merges)
    assert (
        read_form(portal, WRITERS[kind](old)).text.lower()
        == read_form(portal, WRITERS[kind](small)).text.lower()
    )


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_a_file_without_a_stated_day_has_the_day_of_its_dateline(portal: Source, kind: str) -> None:
    document = read_form(portal, WRITERS[kind](HALF_YEAR))
    assert (str(document.published_on), document.published_rule) == ("2024-06-28", "visible")


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1786, "General", "1786"),
        (94.5, "0.0", "94,5"),
        (0.945, "0.0%", "94,5%"),
        (0.1 + 0.2, "General", "0,3"),
        (5, '0" %"', "5"),
        (-26, "0", "-26"),
        (True, "General", "TRUE"),
        (datetime(2024, 6, 30), "dd/mm/yyyy", "30/06/2024"),  # noqa: DTZ001 - as openpyxl gives it
        ("1.786", "General", "1.786"),
    ],
)
def test_values_are_shown_as_vietnamese_readers_see_them(
    value: object, number_format: str, shown: str
) -> None:
    assert show(value, number_format) == shown


def test_formulas_give_their_saved_value_or_are_told(portal: Source) -> None:
    book = Workbook()
    book.active.title = "Biểu 1"
    for row in (["Nội dung", "Kết quả"], ["Số cuộc đối thoại", "=1+2"], ["Số lượt tiếp", 5]):
        book.active.append(row)
    body = saved(book.save)
    never = reading(portal, body)
    assert [(i.reason, i.detail) for i in never.issues if i.reason != "no_date"] == [
        ("formula_without_value", "Biểu 1!B2")
    ]
    assert never.document is not None
    assert "[B2] =1+2" in never.document.text
    calculated = rewritten(
        body,
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            xml.replace(b"<v></v>", b"<v>3</v>").replace(b"<v />", b"<v>3</v>").replace(b"<v/>", b"<v>3</v>")
        ),
    )
    assert "[B2] 3" in read_form(portal, calculated).text


def rewritten(body: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a package with one part changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(member.filename, change(data) if member.filename == name else data)
    return target.getvalue()


def added(body: bytes, name: str, data: bytes = b"x") -> bytes:
    """Return a package with one more part."""
    target = BytesIO(body)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return target.getvalue()


def bomb() -> bytes:
    return added(as_xlsx(HALF_YEAR), "xl/media/big.bin", bytes(60_000_000))


def pdf_bomb() -> bytes:
    packed = zlib.compress(bytes(60_000_000))
    return b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\nendobj\n"


def twice_packed() -> bytes:
    packed = zlib.compress(zlib.compress(bytes(60_000_000)))
    head = b"%PDF-1.4\n1 0 obj\n<< /Filter [/FlateDecode /FlateDecode] >>\nstream\n"
    return head + packed + b"\nendstream\nendobj\n"


def with_password() -> bytes:
    return (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )


def encrypted_pdf() -> bytes:
    key = "<" + "00" * 32 + ">"
    extra = f"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {key} /U {key} >> "
    return write_pdf([pdf_page(HALF_YEAR)], extra=extra)


def huge_sheet() -> bytes:
    cells = "".join(f'<c r="{letter}{{0}}"><v>1</v></c>' for letter in "ABCDEFGH")
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1, 10_000))
    return rewritten(
        as_xlsx(HALF_YEAR),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml[: xml.index(b"<sheetData>")] + f"<sheetData>{rows}</sheetData></worksheet>".encode(),
    )


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip slip": (lambda: added(as_xlsx(HALF_YEAR), "../../etc/passwd"), "zip_slip"),
    "absolute name": (lambda: added(as_docx(HALF_YEAR), "/etc/passwd"), "zip_slip"),
    "zip bomb": (bomb, "too_large"),
    "pdf bomb": (pdf_bomb, "too_large"),
    "pdf packed twice": (twice_packed, "too_large"),
    "huge sheet": (huge_sheet, "too_large"),
    "under a password": (with_password, "encrypted"),
    "old office": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "unsupported_file"),
    "another package": (lambda: added(b"", "content.xml"), "unsupported_file"),
    "cut workbook": (lambda: as_xlsx(HALF_YEAR)[:900], "broken_file"),
    "broken sheet": (
        lambda: rewritten(as_xlsx(HALF_YEAR), "xl/worksheets/sheet1.xml", lambda xml: xml[:300]),
        "broken_file",
    ),
    "broken word file": (
        lambda: rewritten(as_docx(HALF_YEAR), "word/document.xml", lambda xml: xml[:300]),
        "broken_file",
    ),
    "broken pdf": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4, "broken_file"),
    "encrypted pdf": (encrypted_pdf, "encrypted"),
    "scanned pdf": (lambda: write_pdf([b"q 100 0 0 100 0 0 cm Q"] * 2), "scanned_pdf"),
    "text for a file": (lambda: b"Bieu tong hop " * 20, "unsupported_file"),
    "page for a file": (lambda: page("<p>Vui lòng thử lại sau ít phút nữa.</p>").encode(), "not_a_file"),
    "empty workbook": (lambda: saved(Workbook().save), "empty_page"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_told_apart(portal: Source, name: str) -> None:
    make, reason = BAD[name]
    read = reading(portal, make())
    assert read.document is None
    assert read.issues[0].reason == reason
    assert len(read.issues[0].detail) > 10


def test_a_file_that_was_packed_on_its_way_is_a_file(portal: Source) -> None:
    whole = stored(portal, gzip.compress(as_xlsx(HALF_YEAR)))
    packed = replace(whole, headers=(*whole.headers, ("Content-Encoding", "gzip")))
    assert read_document(portal, packed).document is not None
    cut = replace(packed, payload=packed.payload[:200])
    assert [i.reason for i in read_document(portal, cut).issues] == ["truncated"]


def test_macros_are_noted_and_the_cells_are_read(portal: Source) -> None:
    read = reading(portal, added(as_xlsx(HALF_YEAR), "xl/vbaProject.bin"))
    assert read.document is not None
    assert [i.reason for i in read.issues] == ["macros_ignored"]


def test_hidden_sheets_and_far_cells_are_noted(portal: Source) -> None:
    book = Workbook()
    book.active.append(["Số cuộc đối thoại", 31])
    book.active.cell(MAX_ROWS + 5, 1, "lạc")
    hidden = book.create_sheet("Cũ")
    hidden.append(["Số cuộc đối thoại", 30])
    hidden.sheet_state = "hidden"
    read = reading(portal, saved(book.save))
    assert read.document is not None
    assert "30" not in read.document.text
    assert {i.reason for i in read.issues} >= {"hidden_sheet", "cells_beyond"}


def test_a_workbook_without_declared_extent_is_read(portal: Source) -> None:
    body = rewritten(
        as_xlsx(HALF_YEAR),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b'<dimension ref="A1:F14"', b'<dimension ref="A1"'),
    )
    assert "1.204" in read_form(portal, body).text


def test_tables_inside_cells_of_word_files_are_tables_of_their_own(portal: Source) -> None:
    document = docx.Document()
    outer = document.add_table(1, 1)
    inner = outer.cell(0, 0).add_table(2, 2)
    for row, values in enumerate((("Nội dung", "Kết quả"), ("Số cuộc đối thoại", "31"))):
        for column, value in enumerate(values):
            inner.cell(row, column).text = value
    grids = find_grids(read_form(portal, saved(document.save)).text)
    assert [grid.grid.name for grid in grids] == ["table 2"]


def test_a_table_over_two_pages_of_a_pdf_keeps_its_places(portal: Source) -> None:
    more = Form(lines=(), rows=(("3", "Số cuộc đối thoại", "cuộc", 31, 60, None),))
    grids = find_grids(read_form(portal, write_pdf([pdf_page(HALF_YEAR), pdf_page(more)])).text)
    assert [grid.grid.name for grid in grids] == ["page 1, table 1", "page 2, table 1"]
    assert grids[1].grid.locator(grids[1].cells[3].cell) == "page 2, table 1, row 1, column 4"


def test_an_unruled_table_of_a_pdf_is_kept_and_not_read_as_sentences(portal: Source) -> None:
    lines = tuple(f"{n} Số lượt tiếp công dân lượt {600 + n} {1200 + n}" for n in range(1, 6))
    form = Form(("BÁO CÁO KẾT QUẢ TIẾP CÔNG DÂN QUÝ II NĂM 2024", *lines), HALF_YEAR.rows, HALF_YEAR.merges)
    read = reading(portal, write_pdf([pdf_page(form)]))
    assert [i.reason for i in read.issues if i.reason != "no_date"] == ["unruled_table"]
    assert read.document is not None
    kept = find_grids(read.document.text)[0]
    assert (kept.grid.name, [one.cell.text for one in kept.cells]) == ("page 1, unruled table", list(lines))
    facts = read_text_of(read.document)
    assert {fact.locator for fact in facts if fact.value > 600} == {
        "page 1, table 1, row 5, column 4",
        "page 1, table 1, row 5, column 5",
    }


def read_text_of(document: Document) -> list[Fact]:
    return [row for row in read_documents([document])["facts"] if isinstance(row, Fact)]


def test_layout_tables_stay_text(portal: Source) -> None:
    html = (
        "<html><body><h1>Thông báo về công tác dân chủ ở cơ sở</h1><table><tr><td>"
        + "<p>Trong 6 tháng đầu năm 2024, toàn tỉnh tổ chức 31 cuộc đối thoại với Nhân dân ở các xã.</p>" * 2
        + "</td></tr></table></body></html>"
    )
    assert read_form(portal, html.encode(), "tin.html").parser_kind != "form"


def test_tables_of_news_pages_are_left_to_the_article_reader(make_source: Make) -> None:
    source = make_source(article_url=".")
    body = WRITERS["html"](HALF_YEAR)
    assert read_form(source, body, "tin.html").parser_kind != "form"


def test_figures_of_people_are_masked_in_forms_of_sealed_sources(make_source: Make) -> None:
    source = make_source(
        kind="report_portal",
        report={},
        article_url=".",
        personal_data=True,
        province={"code": "35", "frame": "63"},
    )
    form = Form(
        ("BÁO CÁO KẾT QUẢ TIẾP CÔNG DÂN",), (("Nội dung", "Liên hệ"), ("Số lượt tiếp", "0912 345 678"))
    )
    assert "345 678" not in read_form(source, as_xlsx(form)).text


#: What the form of these tests says, in whatever type of file.
FIGURES = {
    ("reception_visits", 620, "2024-Q2"), ("reception_visits", 1204, "2024-H1"),
    ("petitions_received", 310, "2024-Q2"), ("petitions_received", 590, "2024-H1"),
    ("complaint_petitions", 40, "2024-Q2"), ("complaint_petitions", 85, "2024-H1"),
    ("petitions_pending", 14, "2024-Q2"), ("mediation_success_rate", 94.5, "2024-Q2"),
}  # fmt: skip


# ---- a portal


def put_file(site: LocalSite, path: str, body: bytes, content_type: str = XLSX_TYPE) -> None:
    site.put(path, Reply(200, body, {"Content-Type": content_type}), etag=f'"{path}"')


def detail(*links: str) -> str:
    anchors = "".join(f'<a href="{link}">Tải về</a>' for link in links)
    text = "Ban chỉ đạo gửi kèm biểu tổng hợp kết quả thực hiện dân chủ ở cơ sở quý II năm 2024 của tỉnh."
    dated = "<meta property='article:published_time' content='2024-07-02T08:00:00+07:00'>"
    return page(f"<h1>Báo cáo quý II năm 2024</h1><p>{text}</p><p>{text}</p>{anchors}", dated)


@pytest.fixture
def reports(site: LocalSite) -> LocalSite:
    site.put("/", listing("/bao-cao/quy-2"))
    site.put(
        "/bao-cao/quy-2", detail("/tep/bieu.xlsx", "/tep/bieu.docx", "https://noi-khac.vn/la.pdf"), etag='"d"'
    )
    put_file(site, "/tep/bieu.xlsx", as_xlsx(HALF_YEAR))
    put_file(site, "/tep/bieu.docx", as_docx(HALF_YEAR), "application/msword")
    return site


@pytest.mark.parametrize("kind", WRITERS)
def test_each_type_of_form_comes_over_http_and_gives_the_same_figures(
    kind: str, portal: Source, site: LocalSite, visit: Crawler
) -> None:
    site.put("/", listing("/bao-cao/quy-2"))
    body = WRITERS[kind](HALF_YEAR)
    if kind == "html":
        site.put("/bao-cao/quy-2", Reply(200, body, {"Content-Type": "text/html"}))
    else:
        site.put("/bao-cao/quy-2", detail(f"/tep/bieu.{kind}"))
        put_file(site, f"/tep/bieu.{kind}", body, "application/octet-stream")
    visit(portal)
    land_source(portal, visit.lake)
    (document,) = [one for one in visit.documents() if one.parser_kind == "form"]
    assert {(f.metric, f.value, f.period) for f in read_text_of(document)} == FIGURES


def test_a_portal_is_followed_to_its_attachments(portal: Source, reports: LocalSite, visit: Crawler) -> None:
    visit(portal)
    land_source(portal, visit.lake)
    forms = [d for d in visit.documents() if d.parser_kind == "form"]
    assert sorted(d.url.rsplit("/", 1)[-1] for d in forms) == ["bieu.docx", "bieu.xlsx"]
    # The day of the page that links to them, not the dateline in them.
    assert {(str(d.published_on), d.published_rule) for d in forms} == {("2024-07-02", "stated")}
    asked = [o for o in visit.outcomes() if o.kind == "attachment"]
    assert [o.outcome for o in asked] == [OutcomeClass.STORED, OutcomeClass.STORED]
    read_source(visit.lake, portal.key)
    before = visit.landed_bytes()
    facts = from_table(Fact, read_table(visit.lake.landed / "facts", Fact))
    assert {f.metric for f in facts if f.locator == "Biểu 1!E8"} == {"reception_visits"}
    assert {f.metric for f in facts if f.locator == "table 1, row 5, column 5"} == {"reception_visits"}
    shutil.rmtree(visit.lake.landed)
    land_source(portal, visit.lake, rebuild=True)
    read_source(visit.lake, portal.key)
    after = visit.landed_bytes()
    assert {path: after[path] for path in before if path in after} == before
    assert visit(portal).new_captures == 0
    assert {o.outcome for o in visit.outcomes() if o.run_id == "run-2" and o.kind == "attachment"} == {
        OutcomeClass.NOT_MODIFIED
    }


def test_a_page_our_reader_stumbles_over_does_not_keep_its_files(
    portal: Source, reports: LocalSite, visit: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(source: Source, page: StoredResponse) -> Reading:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(attachments, "read_document", stumble)
    visit(portal)
    assert [o.outcome for o in visit.outcomes() if o.kind == "attachment"] == [OutcomeClass.STORED] * 2


def test_attachments_that_failed_come_with_the_next_crawl(
    portal: Source, reports: LocalSite, visit: Crawler
) -> None:
    whole = reports.routes["/tep/bieu.xlsx"][0]
    reports.routes["/tep/bieu.xlsx"] = [Reply(503)]
    visit(portal)
    reports.routes["/tep/bieu.xlsx"] = [whole]
    assert visit(portal).new_captures == 1
    land_source(portal, visit.lake)
    assert sum(d.parser_kind == "form" for d in visit.documents()) == 2


def test_files_listed_without_a_page_of_their_own_are_read(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    source = make_source(
        kind="report_portal", report={}, article_url=r"\.xlsx$", province={"code": "35", "frame": "63"}
    )
    site.put("/", listing("/tep/a.xlsx", "/tep/b.xlsx"))
    put_file(site, "/tep/a.xlsx", as_xlsx(HALF_YEAR))
    put_file(site, "/tep/b.xlsx", as_xlsx(HALF_YEAR)[:500])
    visit(source)
    land_source(source, visit.lake)
    assert [d.parser_kind for d in visit.documents()] == ["form"]
    assert [i.reason for i in visit.issues()] == ["broken_file"]


def test_a_report_portal_says_how_it_is_read(make_source: Make) -> None:
    for changes in ({"kind": "report_portal"}, {"kind": "portal", "report": {"attachment_url": "("}}):
        with pytest.raises(Exception, match=r"report|regular expression"):
            make_source(**changes)


# ---- dropped files


@pytest.mark.parametrize("kind", WRITERS)
def test_a_dropped_file_is_archived_and_read_like_an_attachment(
    lake: Lake, tmp_path: Path, kind: str
) -> None:
    source = source_for(lake, Province(code="35", frame="63"), "Hà Nam")
    file = tmp_path / f"báo cáo quý 2.{kind}"
    file.write_bytes(WRITERS[kind](HALF_YEAR))
    published = date(2024, 7, 2)
    brought = archive_file(
        lake, source, file, url=None, published_on=published, run_id="run-1", contact="tests@example.invalid"
    )
    assert brought.is_new
    assert brought.capture.kind == ("article" if kind == "html" else "attachment")
    assert brought.capture.payload_bytes == file.stat().st_size
    land_source(source, lake)
    (document,) = from_table(Document, read_table(lake.landed / "documents", Document))
    assert (document.parser_kind, document.published_on, document.province_code) == ("form", published, "35")
    facts = read_text_of(document)
    assert {(f.metric, f.value, f.period) for f in facts} == FIGURES
    assert {f.place for f in facts} == {"Hà Nam"}
