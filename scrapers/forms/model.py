"""What every reader of report forms gives, and the bounds all of them keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from coso.encodings import old_font
from coso.forms import Cell, Grid, tidy
from scrapers.parse.article import UnreadableError

#: Bounds of one form. Real ones stay far below; what is beyond costs more to read than it can tell.
MAX_CELLS = 60_000
MAX_ROWS = 20_000
MAX_COLUMNS = 256
MAX_SHEETS = 60
MAX_PAGES = 150
#: Longest text of one cell, in characters.
MAX_CELL_CHARS = 4_000


@dataclass
class FormFile:
    """What was read of one file.

    Attributes:
        blocks: grids and the paragraphs around them, in their order.
        notes: what a reader of the figures should know, as reason and detail.
    """

    blocks: list[str | Grid] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def note(self, reason: str, detail: str) -> None:
        """Keep something that was passed over or could not be read."""
        self.notes.setdefault(reason, []).append(detail)

    def add(self, grid: Grid) -> None:
        """Take a grid in; one without any text is left out.

        Raises:
            UnreadableError: the form has more cells than are read.
        """
        if not grid.cells:
            return
        self.blocks.append(grid)
        total = sum(len(block.cells) for block in self.blocks if isinstance(block, Grid))
        if total > MAX_CELLS:
            raise UnreadableError(
                "too_large",
                f"{grid.name}: more than {MAX_CELLS} filled cells; split the file into smaller ones",
            )

    def take(self, name: str, kind: str, cells: Sequence[Cell]) -> None:
        """Make a grid of cells, leaving out the empty ones and cutting what is far too long for a cell.

        A table typed in a font of before Unicode becomes Unicode first: some of its letters would be tidied away.
        """
        turn = old_font("\n".join(cell.text for cell in cells))
        kept = []
        for cell in cells:
            text = tidy(turn(cell.text) if turn else cell.text)
            if len(text) > MAX_CELL_CHARS:
                self.note("long_cell", f"{name} {cell.address} was cut after {MAX_CELL_CHARS} characters")
                text = text[:MAX_CELL_CHARS]
            if text:
                kept.append(Cell(cell.row, cell.column, text, cell.rows, cell.columns))
        self.add(Grid(tidy(name) or kind, kind, tuple(sorted(kept, key=lambda one: (one.row, one.column)))))
