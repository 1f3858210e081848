"""How sure the engine says it is, against how often it is right.

``python tests/extraction/reading_calibration.py`` prints, over the known passages and over all those that nobody looks
into, the share right in all four by how sure the engine was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reading_scores import load, sureness

GOLD = Path(__file__).parent / "gold"
KNOWN = ("dev", "tuning")
#: Sets of something else than passages with figures.
_OTHER_SETS = ("forms", "narrative")


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


def unseen_pairs() -> list[tuple[float, bool]]:
    """Return how sure and whether right, for each fact of the passages that are blind or kept closed."""
    paths = [
        path
        for path in sorted(GOLD.glob("*.jsonl"))
        if path.stem.endswith("_kept") or path.stem.startswith("blind")
        if not path.stem.startswith(_OTHER_SETS)
    ]
    return [pair for path in paths for pair in sureness(load(path))]


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
    for title, pairs in (
        ("known passages (dev, tuning)", known_pairs()),
        ("passages that nobody looks into", unseen_pairs()),
    ):
        found = bins(pairs)
        print(f"{title}\nsure from   facts  mean sure  right")
        for one in found:
            print(f"{one.low:>9.1f} {one.facts:>7} {one.sure:>10.3f} {one.right:>6.3f}")
        print(f"{'all':>9} {len(pairs):>7} {total(pairs).sure:>10.3f} {total(pairs).right:>6.3f}")
        print(f"expected error {expected_error(found):.3f}")


if __name__ == "__main__":
    main()
