"""Word files (DOCX): paragraphs and tables in their order, merged cells as one."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table

from coso.forms import TABLE, Cell
from scrapers.forms.model import MAX_COLUMNS, MAX_ROWS, FormFile
from scrapers.parse.article import UnreadableError

_BREAKS = frozenset({qn("w:tab"), qn("w:br"), qn("w:cr")})


def read_word(data: bytes, form: FormFile) -> None:
    """Read paragraphs and tables into ``form``.

    Raises:
        UnreadableError: broken_file or too_large.
    """
    try:
        document = docx.Document(BytesIO(data))
        reader = _Reader(form)
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                reader.table(item._tbl)
            elif text := _text(item._p):
                form.blocks.append(text)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 - a part that is missing or no XML ends in errors of many kinds
        raise UnreadableError(
            "broken_file",
            f"a Word file with a broken part ({type(error).__name__}: {str(error)[:200]}); save it anew in Word",
        ) from None


class _Reader:
    def __init__(self, form: FormFile) -> None:
        self._form = form
        self._count = 0

    def table(self, tbl: Any) -> None:
        """Take in a table, and after it the tables inside its cells."""
        self._count += 1
        name = f"table {self._count}"
        rows = tbl.tr_lst
        if len(rows) > MAX_ROWS:
            raise UnreadableError("too_large", f"{name} has {len(rows)} rows; {MAX_ROWS} are read")
        inner: list[Any] = []
        open_above: dict[int, int] = {}
        cells: list[Cell] = []
        for number, row in enumerate(rows, start=1):
            column = 1 + _before(row)
            for tc in row.tc_lst:
                span = max(1, min(tc.grid_span, MAX_COLUMNS))
                self._cell(tc, number, column, span, cells, open_above)
                inner += tc.tbl_lst
                column += span
        self._form.take(name, TABLE, cells)
        for nested in inner:
            self.table(nested)

    def _cell(
        self, tc: Any, row: int, column: int, span: int, cells: list[Cell], open_above: dict[int, int]
    ) -> None:
        """Keep a cell, or lengthen the one above that it continues."""
        above = open_above.get(column)
        if tc.vMerge == "continue" and above is not None:
            held = cells[above]
            cells[above] = Cell(held.row, held.column, held.text, row - held.row + 1, held.columns)
            return
        cells.append(Cell(row, column, "\n".join(filter(None, map(_text, tc.p_lst))), 1, span))
        open_above[column] = len(cells) - 1


def _before(row: Any) -> int:
    """Return how many columns a row leaves out at its beginning."""
    node = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    value = node.get(qn("w:val"), "0") if node is not None else "0"
    return min(int(value), MAX_COLUMNS) if value.isdigit() else 0


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph as it stands: with what was inserted under review, without what was deleted."""
    pieces = []
    for node in paragraph.iter():
        if node.tag == qn("w:t"):
            pieces.append(node.text or "")
        elif node.tag in _BREAKS:
            pieces.append(" ")
    return "".join(pieces).strip()
