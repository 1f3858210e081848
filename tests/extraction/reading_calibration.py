"""How sure the engine says it is, against how often it is right.

``python tests/extraction/reading_calibration.py`` prints, over the known passages, the share right in all four by how
sure the engine was; of those that stay unseen the totals only, since nobody is to tune to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reading_scores import load, sureness

GOLD = Path(__file__).parent / "gold"
KNOWN = ("dev", "tuning")
UNSEEN = {"blind": "blind passages", "real_kept": "passages after real pages, kept closed"}


@dataclass(frozen=True)
class Bin:
    """Facts of about the same confidence.

    Attributes:
        low: least confidence in it; the greatest is a tenth more.
        facts: how many.
        sure: mean confidence.
        right: share right in value, metric, period and place.
    """

    low: float
    facts: int
    sure: float
    right: float


def known_pairs() -> list[tuple[float, bool]]:
    """Return how sure and whether right, for each fact of the known passages."""
    return [pair for name in KNOWN for pair in sureness(load(GOLD / f"{name}.jsonl"))]


def bins(pairs: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Return the facts by tenths of confidence, the surest first."""
    by_tenth: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        by_tenth[min(int(sure * 10 + 1e-9), 9)].append((sure, right))
    return [_bin(tenth / 10, found) for tenth, found in sorted(by_tenth.items(), reverse=True)]


def total(pairs: Iterable[tuple[float, bool]]) -> Bin:
    """Return all facts as one."""
    return _bin(0.0, [*pairs])


def expected_error(found: Iterable[Bin]) -> float:
    """Return the mean distance of confidence and share right, weighted by facts."""
    listed = [*found]
    return sum(one.facts * abs(one.sure - one.right) for one in listed) / sum(one.facts for one in listed)


def _bin(low: float, pairs: list[tuple[float, bool]]) -> Bin:
    count = len(pairs)
    return Bin(low, count, sum(sure for sure, _ in pairs) / count, sum(right for _, right in pairs) / count)


def main() -> None:
    found = bins(known_pairs())
    print("known passages (dev, tuning)\nsure from   facts  mean sure  right")
    for one in found:
        print(f"{one.low:>9.1f} {one.facts:>7} {one.sure:>10.3f} {one.right:>6.3f}")
    print(f"expected error {expected_error(found):.3f}")
    for name, title in UNSEEN.items():
        unseen = total(sureness(load(GOLD / f"{name}.jsonl")))
        print(f"{title}: {unseen.facts} facts, mean sure {unseen.sure:.3f}, right {unseen.right:.3f}")


if __name__ == "__main__":
    main()
