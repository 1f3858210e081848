"""A report form read whole: its cells by their headings, the lines around its tables like any text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from coso.forms import PlacedGrid, find_grids
from coso.text import fold
from extraction.forms.cells import TableReader
from extraction.forms.clock import open_clock
from extraction.forms.layout import find_tables
from extraction.forms.territories import open_map
from extraction.model import Fact, Reading, Undecided
from extraction.whole import read_whole

#: So many lines around the tables are looked through for the period and the place of the form.
_LINES = 40


def read_form(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    source_province: str | None = None,
) -> Reading:
    """Read a form rendered by ``coso.forms``.

    Args:
        text: the rendering; spans count its code points.
        title: title of the form.
        published: ``YYYY-MM-DD``.
        source_province: province of whoever published it.

    Returns:
        What the lines around the tables say, the facts of the cells after it, and the cells that are none.
    """
    grids = find_grids(text)
    prose = _without(text, grids)
    reading = read_whole(prose, title, published, source_province, explain=False)
    facts: list[Fact] = list(reading.facts)
    undecided: list[Undecided] = []
    folded = fold(text)
    for table in find_tables(grids):
        context = [one.cell.text for one in table.context] + _lines_before(prose, table.grid)
        clock = open_clock(title or "", context, published)
        day = date.fromisoformat(published) if published and len(published) == 10 else None
        places = open_map(title or "", context, source_province, day)
        reader = TableReader(folded, table, title or "", context, clock, places)
        reader.read()
        facts += reader.facts
        undecided += reader.undecided
    return replace(reading, facts=tuple(facts), undecided=tuple(undecided))


def _without(text: str, grids: Iterable[PlacedGrid]) -> str:
    """Return the text with blanks in the place of its tables, so that all spans stay."""
    pieces, position = [], 0
    for grid in grids:
        pieces += [text[position : grid.start], " " * (grid.end - grid.start)]
        position = grid.end
    return "".join([*pieces, text[position:]])


def _lines_before(prose: str, grid: PlacedGrid) -> list[str]:
    """Return the lines ahead of a table that are headings rather than sentences, the nearest first."""
    lines = [line.strip() for line in prose[: grid.start].split("\n")]
    return [line for line in reversed(lines) if line and len(line) < 160 and line[-1] not in ".;"][:_LINES]
