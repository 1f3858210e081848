"""How well cells of annotated report forms are read.

``python tests/extraction/form_scores.py`` prints the agreement over all cells of both sets, and each cell that differs in
the one that was tuned to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coso.forms import SHEET, Cell, Grid, render
from extraction.forms import read_form

GOLD = Path(__file__).parent / "gold"
#: Metric, period and place of a cell.
Read = tuple[str, str | None, str | None]


@dataclass
class Score:
    """Agreement over forms.

    Attributes:
        annotated: cells that are facts.
        read: cells read as facts.
        metric_right: of these, with the metric annotated.
        strict_right: with metric, period and place.
        wrong: form, cell, what is annotated and what was read, where they differ.
    """

    annotated: int = 0
    read: int = 0
    metric_right: int = 0
    strict_right: int = 0
    wrong: list[tuple[str, str, Read | None, Read | None]] = field(default_factory=list)

    @property
    def metric_precision(self) -> float:
        """Share of cells read that have the metric annotated."""
        return self.metric_right / max(1, self.read)

    @property
    def metric_f1(self) -> float:
        """F1 of metric, over cells."""
        return 2 * self.metric_right / max(1, self.read + self.annotated)

    @property
    def strict_f1(self) -> float:
        """F1 of metric, period and place, over cells."""
        return 2 * self.strict_right / max(1, self.read + self.annotated)


def load(name: str) -> list[dict[str, Any]]:
    """Return the annotated forms of a file."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def score(forms: Iterable[dict[str, Any]]) -> Score:
    """Read forms; return how far their cells agree."""
    total = Score()
    for form in forms:
        wanted: dict[str, Read] = {cell: tuple(said) for cell, said in form["facts"].items()}
        got = cells(form)
        total.annotated += len(wanted)
        total.read += len(got)
        for cell in sorted(wanted.keys() | got.keys()):
            left, right = wanted.get(cell), got.get(cell)
            total.metric_right += left is not None and right is not None and left[0] == right[0]
            total.strict_right += left is not None and left == right
            if left != right:
                total.wrong.append((form["id"], cell, left, right))
    return total


def cells(form: dict[str, Any]) -> dict[str, Read]:
    """Return metric, period and place of each cell of a form that is read as a fact."""
    text = render([*form["above"], _grid(form)])
    reading = read_form(
        text,
        title=form["title"],
        published=form["published"],
        source_province=form["source_province"],
    )
    return {
        fact.locator.rpartition("!")[2]: (fact.metric, fact.period, fact.place)
        for fact in reading.facts
        if fact.locator
    }


def _grid(form: dict[str, Any]) -> Grid:
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in form["merges"]}
    filled = [
        Cell(r, c, text, *spans.get((r, c), (1, 1)))
        for r, row in enumerate(form["rows"], start=1)
        for c, text in enumerate(row, start=1)
        if text
    ]
    return Grid("Biểu", SHEET, tuple(filled))


def main() -> None:
    """Print the agreement on both sets, and what differs in the one that was tuned to."""
    for name in ("forms", "forms_kept"):
        found = score(load(name))
        rates = f"metric F1 {found.metric_f1:.3f}, precision {found.metric_precision:.3f}, strict F1 {found.strict_f1:.3f}"
        print(f"{name}: cells annotated {found.annotated}, read {found.read}; {rates}")
    for form, cell, wanted, got in score(load("forms")).wrong:
        print(f"{form} {cell}: {wanted} read as {got}")


if __name__ == "__main__":
    main()
