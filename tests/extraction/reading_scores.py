"""A small scorer for annotated passages: which predictions meet which annotated numbers, and how well.

A prediction meets an annotated number when their spans overlap, one to one; annotated numbers without a code of
the dictionary ("other") are left out, and so are predictions that fall on them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coso.errors import BadInputError
from coso.periods import parse_period
from coso.places import name_key
from coso.text import strip_marks
from extraction import Fact, read_text

_KIND = re.compile(
    r"^(?:thành phố|thị xã|thị trấn|đặc khu|tỉnh|huyện|quận|phường|xã|thôn|ấp|bản|khu vực|tp\.?|tx\.?)\s*(?=\S)"
)


@dataclass
class Score:
    """Counts over a set of passages."""

    annotated: int = 0
    predicted: int = 0
    metric_right: int = 0
    strict_right: int = 0
    compared: int = 0
    compared_right: int = 0
    parted: int = 0
    parted_right: int = 0

    @property
    def metric_precision(self) -> float:
        return self.metric_right / self.predicted if self.predicted else 1.0

    @property
    def metric_f1(self) -> float:
        return self._f1(self.metric_right)

    @property
    def strict_f1(self) -> float:
        return self._f1(self.strict_right)

    @property
    def comparison_accuracy(self) -> float:
        return self.compared_right / self.compared if self.compared else 1.0

    @property
    def subset_accuracy(self) -> float:
        return self.parted_right / self.parted if self.parted else 1.0

    def _f1(self, right: int) -> float:
        return 2 * right / (self.annotated + self.predicted) if self.annotated + self.predicted else 1.0


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_passage(passage: dict[str, Any]) -> tuple[Fact, ...]:
    return read_text(
        passage["text"],
        title=passage.get("title"),
        published=passage.get("published"),
        source_province=passage.get("source_province"),
    ).facts


def score(passages: Iterable[dict[str, Any]]) -> Score:
    total = Score()
    for passage in passages:
        _add(total, passage.get("facts") or [], read_passage(passage))
    return total


def false_facts(passages: Iterable[dict[str, Any]]) -> int:
    return sum(len(read_passage(passage)) for passage in passages)


def _add(total: Score, annotated: list[dict[str, Any]], predicted: tuple[Fact, ...]) -> None:
    total.annotated += sum(gold["metric"] != "other" for gold in annotated)
    for fact, best in _met(annotated, predicted):
        total.predicted += 1
        if best is None:
            continue
        value, metric, period, place = _agreements(best, fact)
        total.metric_right += value and metric
        total.strict_right += value and metric and period and place
        if value and metric:
            total.parted += 1
            total.parted_right += bool(best.get("subset")) == fact.subset
        if value and metric and (best.get("comparison") or fact.comparison):
            total.compared += 1
            total.compared_right += _same_comparison(best.get("comparison"), fact)


def _met(
    annotated: list[dict[str, Any]], predicted: tuple[Fact, ...]
) -> Iterator[tuple[Fact, dict[str, Any] | None]]:
    """Yield each prediction with the annotated number it meets, None where it meets none."""
    free = list(annotated)
    for fact in predicted:
        hits = [gold for gold in free if min(gold["end"], fact.end) > max(gold["start"], fact.start)]
        if any(gold["metric"] == "other" for gold in hits):
            continue
        best = max(hits, key=lambda gold: sum(_agreements(gold, fact)), default=None)
        if best is not None:
            free.remove(best)
        yield fact, best


def sureness(passages: Iterable[dict[str, Any]]) -> list[tuple[float, bool]]:
    """Return, for each fact read, how sure the engine is and whether it is right in all four."""
    return [
        (fact.confidence, best is not None and all(_agreements(best, fact)))
        for passage in passages
        for fact, best in _met(passage.get("facts") or [], read_passage(passage))
    ]


def _agreements(gold: dict[str, Any], fact: Fact) -> tuple[bool, bool, bool, bool]:
    other = gold.get("alt") or {}
    return (
        abs(gold["value"] - fact.value) <= 1e-9 * abs(gold["value"]),
        fact.metric in (gold["metric"], *other.get("metric", ())),
        gold["period"] is None
        or any(_months(p) == _months(fact.period) for p in (gold["period"], *other.get("period", ()))),
        gold["place"] is None
        or any(_same_place(p, fact.place) for p in (gold["place"], *other.get("place", ()))),
    )


def _months(period: str | None) -> object:
    if not period:
        return None
    try:
        return parse_period(period)
    except BadInputError:
        return period


def _same_place(gold: str | None, read: str | None) -> bool:
    wanted, found = _chain(gold), _chain(read)
    if not wanted or not found:
        return not wanted and not found
    return wanted[0] == found[0] and set(found[1:]) <= set(wanted[1:])


def _chain(place: str | None) -> list[str]:
    parts = [name_key(part) for part in (place or "").split(",") if part.strip()]
    names = []
    for part in parts:
        while (shorter := _KIND.sub("", part)) != part:
            part = shorter  # noqa: PLW2901 - one prefix after the other
        names.append(strip_marks(part))
    return [name for name in names if name != "viet nam"] or names


def _same_comparison(gold: dict[str, Any] | None, fact: Fact) -> bool:
    read = fact.comparison
    if not gold or not read:
        return not gold and not read
    if gold["direction"] != read.direction:
        return False
    amounts = [a for a in (gold.get("amount"), gold.get("pct")) if a is not None]
    return not amounts or any(
        read.amount is not None and abs(a - read.amount) < 1e-6 * max(1, abs(a)) for a in amounts
    )
