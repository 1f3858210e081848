"""Which provinces the registry covers: each of the 34 since July 2025, with the papers that report on it today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coso.places import provinces, successor
from scrapers.sourcefile import Source

#: Sources that bring nothing new.
_ENDED = frozenset({"legacy", "dead"})


@dataclass(frozen=True)
class Coverage:
    """Papers of each province of today.

    Attributes:
        papers: keys of the papers still published, by the province's code among the 34; every code is there.
        statuses: sources by status word, all kinds together.
    """

    papers: dict[str, tuple[str, ...]]
    statuses: dict[str, int]

    @property
    def covered(self) -> int:
        """Provinces with at least one paper."""
        return sum(map(bool, self.papers.values()))

    @property
    def without(self) -> list[str]:
        """Codes of the provinces that have none."""
        return [code for code, keys in self.papers.items() if not keys]


def coverage_of(sources: Iterable[Source]) -> Coverage:
    """Return which of the 34 provinces have a paper; one bound to an older province counts for what holds it now."""
    papers: dict[str, list[str]] = {code: [] for code, frame in sorted(provinces()) if frame == "34"}
    statuses: dict[str, int] = {}
    for source in sources:
        statuses[source.status] = statuses.get(source.status, 0) + 1
        code = province_today(source)
        if code is not None and source.kind == "party_newspaper" and source.status not in _ENDED:
            papers[code].append(source.key)
    return Coverage({code: tuple(keys) for code, keys in papers.items()}, dict(sorted(statuses.items())))


def province_today(source: Source) -> str | None:
    """Return the code among the 34 of the province a source reports on; None for central sources."""
    if source.province is None:
        return None
    code, frame = source.province.code, source.province.frame
    return code if frame == "34" else successor(code).code
