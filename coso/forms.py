"""Report forms as text: one rendering of tables that keeps where each cell stands, and the way back.

A form (a workbook, the tables of a Word or PDF file, the tables of a page) becomes the text of a document, so that a
cell is quoted by its characters like any other evidence. A line names each grid, a line holds each row, and every cell
carries its address as spreadsheets write it, a merged one with its whole range::

    [sheet] Biểu 1
    [A4:A5] TT | [B4:B5] Nội dung | [C4:D4] Kết quả
    [C5] Trong kỳ | [D5] Lũy kế
    [A6] 1 | [B6] Số cuộc đối thoại | [C6] 31 | [D6] 64

Lines between grids are the text around the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coso.late_patterns import late
from coso.text import canonical

#: How a grid is introduced: a sheet of a workbook, or a table of a page.
SHEET, TABLE = "sheet", "table"
_BAR = " | "
_HEAD = late(r"\[(sheet|table)\] (.+)")
_CELL = late(r"\[([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?\] ")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid.

    Attributes:
        row: ordinal of its first row, from 1.
        column: ordinal of its first column, from 1.
        text: what it says.
        rows: how many rows it covers.
        columns: how many columns it covers.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1

    @property
    def address(self) -> str:
        """Its first cell as spreadsheets write it, such as ``C7``."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a form: its cells that say something, in the order of rows and columns.

    Attributes:
        name: name of the sheet, or where the table stands ("page 2, table 1").
        kind: ``sheet`` or ``table``.
        cells: its cells.
    """

    name: str
    kind: str
    cells: tuple[Cell, ...]

    def locator(self, cell: Cell) -> str:
        """Return where a cell is found in the file: ``Biểu 1!C7`` or ``page 2, table 1, row 5, column 3``."""
        if self.kind == SHEET:
            return f"{self.name}!{cell.address}"
        return f"{self.name}, row {cell.row}, column {cell.column}"


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell and the span of its text in the rendering."""

    cell: Cell
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """A grid read back from a rendering.

    Attributes:
        grid: the grid.
        start: first character of the line that names it.
        end: character after its last row.
        cells: its cells with their spans.
        lines: span of the line of each row that has one.
    """

    grid: Grid
    start: int
    end: int
    cells: tuple[PlacedCell, ...]
    lines: dict[int, tuple[int, int]]


def tidy(text: str) -> str:
    """Return the text of a cell as it is rendered: canonical, in one line, without the mark between cells."""
    return " ".join(canonical(text).replace("|", "¦").split())


def render(blocks: Iterable[str | Grid]) -> str:
    """Return the canonical text of a form: its grids, and the paragraphs around them, in their order."""
    lines: list[str] = []
    for block in blocks:
        lines.extend(_grid_lines(block) if isinstance(block, Grid) else _prose_lines(block))
    return "\n".join(lines)


def find_grids(text: str) -> list[PlacedGrid]:
    """Read the grids back from a rendering, with the span of each cell."""
    found: list[PlacedGrid] = []
    head: tuple[str, str, int, int] | None = None
    cells: list[PlacedCell] = []
    lines: dict[int, tuple[int, int]] = {}
    for start, end in _lines_of(text):
        opening = _HEAD.fullmatch(text, start, end)
        row = None if opening or head is None else _cells_of(text, start, end)
        if row and head:
            cells.extend(row)
            lines[row[0].cell.row] = (start, end)
            head = (*head[:3], end)
            continue
        if head:
            found.append(_placed(head, cells, lines))
            head, cells, lines = None, [], {}
        if opening:
            head = (opening[1], opening[2], start, end)
    if head:
        found.append(_placed(head, cells, lines))
    return found


def column_letters(number: int) -> str:
    """Return the letters of a column, counted from 1: 28 is ``AB``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the ordinal of a column by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _grid_lines(grid: Grid) -> Iterator[str]:
    yield f"[{grid.kind}] {tidy(grid.name)}"
    row: list[str] = []
    number = None
    for cell in sorted(grid.cells, key=lambda one: (one.row, one.column)):
        text = tidy(cell.text)
        if not text:
            continue
        if row and cell.row != number:
            yield _BAR.join(row)
            row = []
        number = cell.row
        row.append(f"[{_range(cell)}] {text}")
    if row:
        yield _BAR.join(row)


def _range(cell: Cell) -> str:
    if cell.rows == cell.columns == 1:
        return cell.address
    last = f"{column_letters(cell.column + cell.columns - 1)}{cell.row + cell.rows - 1}"
    return f"{cell.address}:{last}"


def _prose_lines(text: str) -> Iterator[str]:
    for line in canonical(text).split("\n"):
        if line.strip():
            # A paragraph that looks like a line of ours would be read as one.
            yield f"– {line}" if line.startswith("[") and (_HEAD.match(line) or _CELL.match(line)) else line


def _lines_of(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _cells_of(text: str, start: int, end: int) -> list[PlacedCell]:
    cells: list[PlacedCell] = []
    position = start
    for part in text[start:end].split(_BAR):
        match = _CELL.match(part)
        if match is None:
            return []
        column, row = column_number(match[1]), int(match[2])
        columns = column_number(match[3]) - column + 1 if match[3] else 1
        rows = int(match[4]) - row + 1 if match[4] else 1
        cell = Cell(row, column, part[match.end() :], rows, columns)
        cells.append(PlacedCell(cell, position + match.end(), position + len(part)))
        position += len(part) + len(_BAR)
    return cells


def _placed(
    head: tuple[str, str, int, int], cells: list[PlacedCell], lines: dict[int, tuple[int, int]]
) -> PlacedGrid:
    kind, name, start, end = head
    grid = Grid(name, kind, tuple(one.cell for one in cells))
    return PlacedGrid(grid, start, end, tuple(cells), lines)
