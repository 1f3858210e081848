"""How well what is read besides figures agrees with annotated passages.

``python tests/extraction/narrative_scores.py`` prints precision and recall of each kind, and, of the passages that were
tuned to, every item missed or read too much.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extraction import Reading, read_text

GOLD = Path(__file__).parent / "gold"
#: Two stretches are the same statement when they share this part of what either covers.
_SAME = 0.6
Item = tuple[Any, ...]


@dataclass
class Agreement:
    """Items of one kind.

    Attributes:
        right: annotated and read.
        missed: annotated, not read.
        too_much: read, not annotated.
    """

    right: int = 0
    missed: list[Item] = field(default_factory=list)
    too_much: list[Item] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + len(self.missed) + len(self.too_much))

    @property
    def precision(self) -> float:
        """Share of what was read that is annotated."""
        return self.right / max(1, self.right + len(self.too_much))

    @property
    def recall(self) -> float:
        """Share of what is annotated that was read."""
        return self.right / max(1, self.right + len(self.missed))


def load(name: str) -> list[dict[str, Any]]:
    """Return the passages of a file."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def agreements(passages: Iterable[dict[str, Any]]) -> dict[str, Agreement]:
    """Read the passages; return how far each kind agrees."""
    total: dict[str, Agreement] = {}
    for passage in passages:
        given = {key: passage[key] for key in ("title", "published", "source_province")}
        reading = read_text(passage["text"], **given)
        for kind, (wanted, got, same) in _items(passage, reading).items():
            _compare(total.setdefault(kind, Agreement()), wanted, got, same)
    return total


Same = Callable[[Item, Item], bool]


def _items(passage: dict[str, Any], reading: Reading) -> dict[str, tuple[list[Item], list[Item], Same]]:
    text = passage["text"]

    def stretch(quote: str, period: str | None = None) -> Item:
        start = text.index(quote)
        return start, start + len(quote), period

    fields = ("kind", "held_on", "organiser", "chair", "period")
    return {
        "events": (
            [tuple(event[name] for name in fields) for event in passage["events"]],
            [tuple(getattr(event, name) for name in fields) for event in reading.events],
            lambda a, b: a[:-1] == b[:-1] and _same_period(a, b),
        ),
        "officials": (
            [tuple(pair) for pair in passage["officials"]],
            [(span.name, span.role) for span in reading.officials],
            lambda a, b: a == b,
        ),
        "citations": (
            [tuple(pair) for pair in passage["citations"]],
            [(span.name, span.dated) for span in reading.citations],
            lambda a, b: a == b,
        ),
        "initiatives": (
            [(name,) for name in passage["initiatives"]],
            [(span.name,) for span in reading.initiatives],
            lambda a, b: a == b,
        ),
        "shortcomings": (
            [stretch(quote) for quote in passage["shortcomings"]],
            [(span.start, span.end, None) for span in reading.shortcomings],
            _overlaps,
        ),
        "commitments": (
            [stretch(quote, period) for quote, period in passage["commitments"]],
            [(span.start, span.end, span.period) for span in reading.commitments],
            lambda a, b: _overlaps(a, b) and _same_period(a, b),
        ),
    }


def _same_period(wanted: Item, got: Item) -> bool:
    """Whether the periods, which come last, agree; one that is not annotated is not asked about."""
    return wanted[-1] is None or wanted[-1] == got[-1]


def _overlaps(wanted: Item, got: Item) -> bool:
    shared = min(wanted[1], got[1]) - max(wanted[0], got[0])
    return shared >= _SAME * max(wanted[1] - wanted[0], got[1] - got[0])


def _compare(total: Agreement, wanted: list[Item], got: list[Item], same: Same) -> None:
    left = list(got)
    for item in wanted:
        match = next((one for one in left if same(item, one)), None)
        if match is None:
            total.missed.append(item)
        else:
            left.remove(match)
            total.right += 1
    total.too_much += left


def main() -> None:
    """Print the agreement on both sets."""
    for name in ("narrative", "narrative_kept"):
        print(name)
        for kind, found in agreements(load(name)).items():
            print(
                f"  {kind:<13} precision {found.precision:.3f}  recall {found.recall:.3f}  of {found.right + len(found.missed)}"
            )
    for passage in load("narrative"):
        for kind, found in agreements([passage]).items():
            for item in found.missed:
                print(f"{passage['id']} {kind} missed   {_shown(passage, item)}")
            for item in found.too_much:
                print(f"{passage['id']} {kind} too much {_shown(passage, item)}")


def _shown(passage: dict[str, Any], item: Item) -> str:
    if item and isinstance(item[0], int):
        return f"{item[2]} {passage['text'][item[0] : item[1]]}"
    return str(item)


if __name__ == "__main__":
    main()
