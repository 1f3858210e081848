"""Report forms made in the test: one table, written as a workbook, a Word file, a PDF and a page."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO

import docx
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

#: Rows of cells; a merge is first row, first column, last row, last column, counted from 1.
Rows = Sequence[Sequence[str | float | None]]
Merge = tuple[int, int, int, int]


@dataclass
class Form:
    """One form: lines above its table, the table, and its merged ranges."""

    lines: tuple[str, ...]
    rows: Rows
    merges: tuple[Merge, ...] = ()
    widths: tuple[int, ...] = field(default=())

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return rows and columns that each cell covers, by its place; covered cells are left out."""
        tops = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in self.merges}
        covered = {
            (r, c) for a, b, y, x in self.merges for r in range(a, y + 1) for c in range(b, x + 1)
        } - tops.keys()
        width = max(map(len, self.rows))
        places = [(r, c) for r in range(1, len(self.rows) + 1) for c in range(1, width + 1)]
        return {place: tops.get(place, (1, 1)) for place in places if place not in covered}

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        cells = self.rows[row - 1]
        value = cells[column - 1] if column <= len(cells) else None
        if isinstance(value, float):
            return f"{value:g}".replace(".", ",")
        return "" if value is None else str(value)


def as_xlsx(form: Form) -> bytes:
    """Return a workbook; the lines stand in merged rows above the table, and numbers are numbers."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    width = max(map(len, form.rows))
    for line in form.lines:
        sheet.append([line])
        sheet.merge_cells(f"A{sheet.max_row}:{get_column_letter(width)}{sheet.max_row}")
    first = len(form.lines)
    for row in form.rows:
        sheet.append(list(row))
    for a, b, c, d in form.merges:
        sheet.merge_cells(start_row=a + first, start_column=b, end_row=c + first, end_column=d)
    return saved(book.save)


def as_docx(form: Form) -> bytes:
    """Return a Word file: paragraphs, then the table."""
    document = docx.Document()
    for line in form.lines:
        document.add_paragraph(line)
    table = document.add_table(len(form.rows), max(map(len, form.rows)))
    for row, column in form.spans():
        table.cell(row - 1, column - 1).text = form.text(row, column)
    for a, b, c, d in form.merges:
        merged = table.cell(a - 1, b - 1).merge(table.cell(c - 1, d - 1))
        merged.text = form.text(a, b)
    return saved(document.save)


def as_html(form: Form) -> bytes:
    """Return a page with the table in its article."""
    rows = []
    spans = form.spans()
    for row in range(1, len(form.rows) + 1):
        cells = [
            f'<td rowspan="{down}" colspan="{right}"><p>{escape(form.text(r, c))}</p></td>'
            for (r, c), (down, right) in spans.items()
            if r == row
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    lines = "".join(f"<p>{escape(line)}</p>" for line in form.lines[1:])
    return (
        f"<html><head><title>{escape(form.lines[0])}</title></head><body><h1>{escape(form.lines[0])}</h1>"
        f"<div class='content'>{lines}<table border=1>{''.join(rows)}</table>"
        "<p>Biểu này được ban hành kèm theo văn bản hướng dẫn của ban chỉ đạo.</p></div></body></html>"
    ).encode()


def as_pdf(form: Form) -> bytes:
    """Return a PDF of one page: the lines, then the ruled table."""
    return write_pdf([pdf_page(form)])


def saved(save: Callable[[BytesIO], object]) -> bytes:
    """Return what ``save`` writes."""
    target = BytesIO()
    save(target)
    return target.getvalue()


_HEIGHT, _WIDTH, _LEFT, _ROW = 800, 1200, 30, 26


def pdf_page(form: Form) -> bytes:
    """Return the drawing of one page."""
    drawn: list[bytes] = []
    y = _HEIGHT - 40
    for line in form.lines:
        drawn.append(_shown(_LEFT, y, line))
        y -= 18
    top = y
    columns = max(map(len, form.rows))
    widths = form.widths or tuple(40 if c == 0 else 330 if c == 1 else 90 for c in range(columns))
    edges = [_LEFT + sum(widths[:c]) for c in range(columns + 1)]
    for (row, column), (down, right) in form.spans().items():
        left, above = edges[column - 1], top - (row - 1) * _ROW
        width, height = edges[column - 1 + right] - left, down * _ROW
        drawn.append(f"{left} {above - height} {width} {height} re S".encode())
        drawn.append(_shown(left + 3, above - 17, form.text(row, column)))
    return b"\n".join(drawn)


def _shown(x: float, y: float, text: str) -> bytes:
    codes = "".join(f"{ord(char):04X}" for char in text)
    return f"BT /F1 9 Tf {x} {y} Td <{codes}> Tj ET".encode() if text else b""


def write_pdf(pages: Sequence[bytes], *, compress: bool = True, extra: str = "") -> bytes:
    """Return a PDF; its font has no glyphs, only the table that says which characters its codes are."""
    unicode_map = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /U def 1 begincodespacerange <0000> <FFFF> "
        "endcodespacerange "
        + "".join(
            f"1 beginbfrange <{b:02X}00> <{b:02X}FF> <{b:02X}00> endbfrange " for b in (0, 1, 3, 30, 32)
        )
        + "endcmap end"
    ).encode()
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /DW 500 >>",
        _stream(unicode_map, compress),
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(_stream(page, compress))
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} "
    return body + f"{trailer}/Root 1 0 R {extra}>>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def _stream(data: bytes, compress: bool) -> bytes:
    packed = zlib.compress(data) if compress else data
    named = "/Filter /FlateDecode " if compress else ""
    return f"<< {named}/Length {len(packed)} >>\nstream\n".encode() + packed + b"\nendstream"


#: A half-year form: merged headings, "trong đó", in the period beside since January, a section, text cells.
HALF_YEAR = Form(
    lines=(
        "BÁO CÁO KẾT QUẢ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ TỈNH HÀ NAM",
        "Kỳ báo cáo: Quý II năm 2024",
        "Hà Nam, ngày 28 tháng 6 năm 2024",
    ),
    rows=(
        ("TT", "Nội dung", "Đơn vị tính", "Kết quả thực hiện", None, "Ghi chú"),
        (None, None, None, "Trong kỳ", "Lũy kế từ đầu năm", None),
        ("A", "B", "C", "1", "2", "3"),
        ("I", "Tiếp công dân", None, None, None, None),
        ("1", "Số lượt tiếp", "lượt", 620, "1.204", None),
        ("II", "Đơn thư", None, None, None, None),
        ("1", "Số đơn tiếp nhận", "đơn", 310, 590, None),
        (None, "Trong đó: khiếu nại", "đơn", 40, 85, None),
        ("2", "Số đơn tồn đọng", "đơn", 14, "-", None),
        ("3", "Tỷ lệ hòa giải thành", "%", 94.5, "x", None),
        ("4", "Số việc chưa ai đặt tên", "cái", 5, None, "theo văn bản số 12"),
    ),
    merges=((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5), (1, 6, 2, 6)),
)
WRITERS = {"xlsx": as_xlsx, "docx": as_docx, "pdf": as_pdf, "html": as_html}
