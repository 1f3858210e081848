"""Versions of feedback items: of all sights of an item, those with which a state of it began.

An item that goes back to an earlier state (answered, then open again) is in a new version of its own, so that the
history tells it; seeing the same state again, on a page that differs in something else, begins none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from coso.ids import content_id
from coso.records import Submission
from scrapers.parse.feedback import with_ids


@dataclass(frozen=True, order=True)
class _Sight:
    seen_at: datetime
    capture_id: str
    state: str
    url: str


@dataclass
class Versions:
    """Sights of items, in whatever order they come."""

    _sights: dict[str, set[_Sight]] = field(default_factory=lambda: defaultdict(set))
    _states: dict[str, Submission] = field(default_factory=dict)

    def see(self, row: Submission) -> None:
        """Take in one sight of an item, or a version that was landed before."""
        state = with_ids(row)
        self._states.setdefault(state.version_id, state)
        self._sights[state.submission_id].add(_Sight(row.seen_at, row.capture_id, state.version_id, row.url))

    @property
    def items(self) -> set[str]:
        """Ids of the items seen."""
        return set(self._sights)

    @property
    def first_seen_at(self) -> datetime | None:
        """When the first of all sights was."""
        return min((sight.seen_at for sights in self._sights.values() for sight in sights), default=None)

    def rows(self) -> Iterator[Submission]:
        """Yield the versions of each item, the oldest first."""
        for sights in self._sights.values():
            begun: Counter[str] = Counter()
            standing = None
            for sight in sorted(sights):
                if sight.state != standing:
                    yield self._version(sight, begun[sight.state])
                    begun[sight.state] += 1
                standing = sight.state

    def _version(self, sight: _Sight, earlier: int) -> Submission:
        """Return the version that begins with a sight, when the item was in this state ``earlier`` times before."""
        row = self._states[sight.state]
        version = content_id("ver", [sight.state, earlier]) if earlier else row.version_id
        return replace(
            row, version_id=version, capture_id=sight.capture_id, url=sight.url, seen_at=sight.seen_at
        )
