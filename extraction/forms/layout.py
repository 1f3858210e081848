"""The anatomy of a form: where its headings end, which columns hold figures, and what heads each row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from coso.forms import PlacedCell, PlacedGrid
from coso.late_patterns import late
from coso.text import fold_words
from extraction.forms.headings import column_role
from extraction.forms.units import is_unit
from extraction.forms.values import Value, is_blank, read_value

_ORDINAL = late(r"\(?(?:[IVXLC]+|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])[.)]?|[-–+•*]")
_NUMBERING = late(r"\(?(?:[A-ZĐ]|MS|STT|TT|Mã số|Cột|\d{1,2}(?: ?= ?[\d +/:*()-]+)?)\)?")
_YEAR = late(r"(?:năm )?(?:19|20)\d{2}")
_LETTERS = late(r"[a-zà-ỹđ%]{2}|%")
_DIGIT = late(r"\d")
#: Words with which a number is no figure: of periods, laws, orders and thresholds.
_HEADED = late(
    r"năm|tháng|quí|kì|ngày|lần|điều|luật|số \d+/|từ \d|trên \d|dưới \d|\(\d+\)|\d+\)?$|^\(?\d+[.)]"
)
_UNIT_LINE = late(r"\(?(?:đơn vị(?: tính)?|đvt) ?:")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        number: its ordinal in the grid.
        labels: cells that head it, outermost first.
        ordinal: its number in the form, such as ``1.2`` or ``-``.
        unit: cell of its unit.
        figures: cells of its figure columns by column, with what they say.
    """

    number: int
    labels: tuple[PlacedCell, ...]
    ordinal: str
    unit: PlacedCell | None
    figures: dict[int, tuple[PlacedCell, Value | None]]


@dataclass
class Table:
    """One table of a grid.

    Attributes:
        grid: the grid.
        heads: for each column of figures, the cells that head it, outermost first.
        corner: cells that head the columns of labels.
        context: cells above the table: title, period, unit.
        roles: what the columns without figures hold: ordinal, unit, label, place or note.
        rows: its rows, those that only head others included.
    """

    grid: PlacedGrid
    heads: dict[int, tuple[PlacedCell, ...]] = field(default_factory=dict)
    corner: tuple[PlacedCell, ...] = ()
    context: tuple[PlacedCell, ...] = ()
    roles: dict[int, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Last column of the grid that is filled."""
        return max((one.cell.column + one.cell.columns - 1 for one in self.grid.cells), default=0)


def find_tables(grids: Iterable[PlacedGrid]) -> list[Table]:
    """Find the tables of all grids; one that goes on over the next page has the headings it began with."""
    tables: list[Table] = []
    for grid in grids:
        before = tables[-1] if tables else None
        tables += _Layout(grid).tables(before)
    return tables


class _Layout:
    """One grid on its way to its tables."""

    def __init__(self, grid: PlacedGrid) -> None:
        self._grid = grid
        self._at = {position: one for one in grid.cells for position in _positions(one)}
        self._by_row: dict[int, list[PlacedCell]] = {}
        for one in grid.cells:
            self._by_row.setdefault(one.cell.row, []).append(one)
        self._rows = sorted(self._by_row)
        self._columns = sorted({column for _, column in self._at})
        self._ordinals = {column for column in self._columns if self._is_ordinal_column(column)}
        self._values = {
            (one.cell.row, one.cell.column): read_value(one.cell.text)
            for one in grid.cells
            if one.cell.column not in self._ordinals
        }

        self._numeric = {column for (_, column), value in self._values.items() if value is not None}

    def tables(self, before: Table | None) -> Iterator[Table]:
        """Yield the tables of the grid, top to bottom."""
        table: Table | None = None
        shared: tuple[PlacedCell, ...] = ()
        for above, data in self._segments():
            figures = self._figure_columns(data)
            if not figures:
                continue
            head = self._head_rows(above, figures)
            if table is None or head:
                if table is not None:
                    yield table
                table = self._open(above, head, figures, before if table is None else None)
                shared = shared or table.context
                # What stands above the first table of a sheet, such as its period, holds for the others too.
                table.context = tuple(dict.fromkeys([*table.context, *shared]))
            below = [row for row in above if not head or row > head[-1]]
            if not head and table.rows == []:
                below = [row for row in below if self._is_section(row, figures)]
            labelled = self._label_columns(table)
            numbers = sorted(row for row in [*below, *data] if not self._numbering(row))
            table.rows += [self._row(row, table, labelled) for row in numbers]
        if table is not None:
            yield table

    def _segments(self) -> Iterator[tuple[list[int], list[int]]]:
        """Yield runs of rows without figures, each with the run of rows with figures after it."""
        above: list[int] = []
        data: list[int] = []
        for row in self._rows:
            if self._is_data(row):
                data.append(row)
                continue
            if data:
                yield above, data
                above, data = [], []
            above.append(row)
        if data:
            yield above, data

    def _open(self, above: list[int], head: list[int], figures: list[int], before: Table | None) -> Table:
        """Begin a table with its headings; without any it goes on with those of the table before."""
        table = Table(self._grid)
        first = head[0] if head else (above[-1] + 1 if above else 0)
        table.context = tuple(
            one for row in above if row < first and not self._numbering(row) for one in self._own(row)
        )
        if head:
            table.heads = {column: self._head_cells(column, head, figures) for column in self._columns}
            table.corner = self._distinct(self._at.get((row, c)) for c in self._columns for row in head)
        elif before is not None and before.width == table.width:
            table.heads, table.corner = before.heads, before.corner
            table.context = (*before.context, *table.context)
        table.roles = self._roles(table)
        return table

    def _head_rows(self, above: list[int], figures: list[int]) -> list[int]:
        """Return the rows that head the figures: the nearest run of rows with something over their columns."""
        head: list[int] = []
        for row in reversed(above):
            if self._numbering(row):
                continue
            if self._heads(row, figures) and (
                not head or head[0] - row <= 1 + self._numbered_between(row, head[0])
            ):
                head.insert(0, row)
            elif head:
                break
        return head

    def _numbered_between(self, first: int, last: int) -> int:
        return sum(self._numbering(row) for row in range(first + 1, last))

    def _heads(self, row: int, figures: list[int]) -> bool:
        """Whether a row has words over the figures that are not a title over all of the table."""
        over = {one.cell.address: one for c in figures if (one := self._at.get((row, c)))}
        over = {k: v for k, v in over.items() if _is_heading(v.cell.text)}
        if len(over) > 1:
            return True
        for one in over.values():
            return one.cell.column >= min(figures) and (len(figures) == 1 or self._is_group(one, figures))
        return False

    def _is_group(self, one: PlacedCell, figures: list[int]) -> bool:
        """Whether a single cell over the figures heads several of them, or stands beside headings of labels."""
        beside = [c for c in self._columns if c < min(figures) and (one.cell.row, c) in self._at]
        return one.cell.columns > 1 and bool(beside)

    def _is_section(self, row: int, figures: list[int]) -> bool:
        labelled = any((row, c) in self._at for c in self._columns if c < min(figures))
        return labelled and not self._heads(row, figures)

    def _is_data(self, row: int) -> bool:
        if self._numbering(row):
            return False
        found = [
            one
            for one in self._own(row)
            if one.cell.column not in self._ordinals
            and (self._values.get((row, one.cell.column)) or one.cell.text.startswith("="))
        ]
        years = [one for one in found if _YEAR.fullmatch(fold_words(one.cell.text))]
        if not found or len(years) < len(found):
            return bool(found)
        labels = [o for o in self._own(row) if o.cell.column < found[0].cell.column]
        return any(column_role(o.cell.text) is None for o in labels if o.cell.column not in self._ordinals)

    def _figure_columns(self, data: list[int]) -> list[int]:
        """Return the columns of the figures: those with a number in some row, behind the labels."""
        columns = {
            one.cell.column
            for row in data
            for one in self._own(row)
            if self._values.get((row, one.cell.column)) or one.cell.text.startswith("=")
        }
        return sorted(columns - self._ordinals)

    def _head_cells(self, column: int, head: list[int], figures: list[int]) -> tuple[PlacedCell, ...]:
        cells = []
        for row in head:
            one = self._at.get((row, column))
            if one is None and row != head[-1] and column in figures:
                one = self._open_to_the_right(row, column, head)
            if one is not None and not _UNIT_LINE.match(fold_words(one.cell.text)):
                cells.append(one)
        return self._distinct(cells)

    def _open_to_the_right(self, row: int, column: int, head: list[int]) -> PlacedCell | None:
        """Return the heading a blank cell belongs to where a group of columns was typed without being merged."""
        left = next((c for c in range(column - 1, 0, -1) if (row, c) in self._at), None)
        one = self._at.get((row, left)) if left else None
        below = (row + 1, column) in self._at and left is not None and (row + 1, left) in self._at
        return one if one is not None and below and one.cell.rows == 1 and row < head[-1] else None

    def _row(self, row: int, table: Table, labelled: set[int]) -> Row:
        labels: list[PlacedCell] = []
        unit, ordinal = None, ""
        for column in self._columns:
            one = self._at.get((row, column))
            if one is None or one in labels or is_blank(one.cell.text):
                continue
            if column in self._ordinals:
                if _ORDINAL.fullmatch(one.cell.text):
                    ordinal = one.cell.text
                elif one.cell.row == row:
                    labels.append(one)
            elif column in labelled and table.roles.get(column) == "unit":
                unit = one
            elif column in labelled:
                labels.append(one)
        own = [one for one in self._own(row) if one.cell.column not in labelled | self._ordinals]
        figures = {
            one.cell.column: (one, self._values.get((row, one.cell.column)))
            for one in own
            if one not in labels and not is_blank(one.cell.text)
        }
        return Row(row, tuple(labels), ordinal, unit, figures)

    def _label_columns(self, table: Table) -> set[int]:
        """Return the columns left of the figures, and those that hold notes."""
        named = set(table.roles)
        first = min(self._numeric - named - self._ordinals, default=1)
        if table.heads:
            first = max(first, min((c for c in self._columns if c not in self._ordinals), default=1))
        left = {c for c in self._columns if c < first}
        return (left | {c for c in named if table.roles[c] in {"unit", "label", "place"}}) - self._ordinals

    def _roles(self, table: Table) -> dict[int, str]:
        """Return which columns hold no figures, and what instead."""
        named = {c: column_role(cells[-1].cell.text) for c, cells in table.heads.items() if cells}
        return {
            c: "unit" if role == "place" and self._holds_units(c, table) else role
            for c, role in named.items()
            if role
        }

    def _holds_units(self, column: int, table: Table) -> bool:
        """Whether a column headed "Đơn vị", which may mean an office as well, holds units."""
        below = max((one.cell.row for one in table.heads[column]), default=0)
        texts = [o.cell.text for o in self._grid.cells if o.cell.column == column and o.cell.row > below]
        return bool(texts) and sum(map(is_unit, texts)) * 2 > len(texts)

    def _is_ordinal_column(self, column: int) -> bool:
        """Whether a column numbers the rows: it is headed so, or is the first and holds nothing else."""
        cells = [one for one in self._grid.cells if one.cell.column == column and one.cell.columns == 1]
        if any(column_role(one.cell.text) == "ordinal" for one in cells):
            return True
        if column != self._columns[0]:
            return False
        short = [one for one in cells if _ORDINAL.fullmatch(one.cell.text)]
        rows = {one.cell.row for one in short}
        beside = [
            r for r in rows if (one := self._at.get((r, column + 1))) and read_value(one.cell.text) is None
        ]
        return len(rows) >= 2 and len(short) * 2 > len(cells) and len(beside) * 2 > len(rows)

    def _numbering(self, row: int) -> bool:
        """Whether a row numbers the columns: A, B, 1, 2, 3."""
        texts = [one.cell.text for one in self._own(row)]
        if len(texts) < 3 or not all(_NUMBERING.fullmatch(text) for text in texts):
            return False
        numbers = [int(found.group()) for text in texts if (found := re.search(r"\d+", text))]
        return len(numbers) >= 2 and all(b - a == 1 for a, b in pairwise(numbers))

    def _own(self, row: int) -> list[PlacedCell]:
        """Return the cells that begin in a row."""
        return self._by_row.get(row, [])

    @staticmethod
    def _distinct(cells: Iterable[PlacedCell | None]) -> tuple[PlacedCell, ...]:
        return tuple(dict.fromkeys(one for one in cells if one is not None))


def _is_heading(text: str) -> bool:
    """Whether a cell over figures can head them: words, with no number in them but a period or an order."""
    folded = fold_words(text)
    if _YEAR.fullmatch(folded):
        return True
    if _UNIT_LINE.match(folded):
        return False
    return bool(_LETTERS.search(folded)) and (not _DIGIT.search(folded) or bool(_HEADED.search(folded)))


def _positions(one: PlacedCell) -> Iterator[tuple[int, int]]:
    for row in range(one.cell.row, one.cell.row + min(one.cell.rows, 2000)):
        for column in range(one.cell.column, one.cell.column + one.cell.columns):
            yield row, column
