"""Tables of web pages: spans of rows and columns as merged cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.forms import TABLE, Cell, Grid
from scrapers.forms.model import MAX_COLUMNS, MAX_ROWS, FormFile

if TYPE_CHECKING:
    from bs4 import Tag

#: Most cells that the spans of one table may cover; spans beyond are read as single cells.
_MAX_COVERED = 200_000
_DIGIT = re.compile(r"\d")
#: A paragraph of this form stands in the page for a table while its text is read.
_STAND_IN = "Bảng biểu thứ {} của trang này đứng ở đây và được đọc riêng."
_LINE = re.compile(r"Bảng biểu thứ (\d+) của trang này đứng ở đây và được đọc riêng\.")


def take_tables(tree: LexborHTMLParser, form: FormFile) -> tuple[str, list[Grid]]:
    """Return the page with a line in the place of each table of figures, and these tables.

    A table that holds another one lays out the page and is left as it is, and so is one without figures.
    """
    grids: list[Grid] = []
    for node in tree.css("table"):
        if len(node.css("table")) > 1 or len(grids) >= 200:
            continue
        cells = _cells(node)
        if not _is_data(cells):
            continue
        held = FormFile(notes=form.notes)
        held.take(f"table {len(grids) + 1}", TABLE, cells)
        grids += [block for block in held.blocks if isinstance(block, Grid)]
        stand_in = LexborHTMLParser(f"<p>{_STAND_IN.format(len(grids))}</p>").css_first("p")
        assert stand_in is not None
        node.replace_with(stand_in)
    return tree.html or "", grids


def put_back(text: str, grids: list[Grid]) -> list[str | Grid]:
    """Return the blocks of a page: its lines, and each table where its line stands, else at the end."""
    blocks: list[str | Grid] = []
    left = dict(enumerate(grids, start=1))
    for line in text.split("\n"):
        match = _LINE.search(line)
        if match is None:
            blocks.append(line)
        elif int(match[1]) in left:
            blocks.append(left.pop(int(match[1])))
    return [*blocks, *left.values()]


def _is_data(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell.text.strip()]
    figures = sum(bool(_DIGIT.search(cell.text)) for cell in filled)
    rows, columns = {cell.row for cell in filled}, {cell.column for cell in filled}
    return len(rows) >= 2 and len(columns) >= 2 and figures >= 2


def _cells(table: LexborNode) -> list[Cell]:
    from bs4 import BeautifulSoup  # noqa: PLC0415 - most pages have no table and need not load it

    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    lines = BeautifulSoup(table.html or "", "lxml").find_all("tr", limit=MAX_ROWS)
    for number, row in enumerate(lines, start=1):
        column = 1
        for node in row.find_all(["td", "th"], recursive=False):
            while (number, column) in taken:
                column += 1
            if column > MAX_COLUMNS:
                break
            rows = _span(node, "rowspan", len(lines) - number + 1)
            columns = _span(node, "colspan", MAX_COLUMNS - column + 1)
            if len(taken) + rows * columns > _MAX_COVERED:
                rows = columns = 1
            cells.append(Cell(number, column, node.get_text(" "), rows, columns))
            taken |= {(r, c) for r in range(number, number + rows) for c in range(column, column + columns)}
            column += columns
    return cells


def _span(node: Tag, name: str, most: int) -> int:
    value = str(node.get(name) or "1").strip()
    return max(1, min(int(value), most)) if value.isdigit() and len(value) < 6 else 1
