"""Which pages a crawl asks for: the unknown first, then what failed, then what may have changed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from coso.lake import Lake
from scrapers.known import ask
from scrapers.outcomes import GOOD
from scrapers.sourcefile import Source
from scrapers.state import KnownPage, SourceState

#: After so many failures a page that no listing shows any more is given up.
MAX_FAILURES = 10
#: States in which a feedback item no longer changes.
SETTLED = ("answered", "closed", "rejected")


def plan(
    source: Source, state: SourceState, lake: Lake, found: Iterable[str], asked: Container[str], now: datetime
) -> list[str]:
    """Return the addresses of articles or items to ask for, within the source's bound.

    Args:
        source: the source.
        state: what is known of its pages.
        lake: where its landed submissions lie.
        found: addresses that its listings show and that are wanted.
        asked: addresses that this crawl has asked for already.
        now: the moment of planning.
    """
    return _Plan(source, state, _settled(source, lake), asked, now).due(found)


@dataclass(frozen=True)
class _Plan:
    source: Source
    state: SourceState
    settled: Container[str]
    asked: Container[str]
    now: datetime

    def due(self, found: Iterable[str]) -> list[str]:
        since = None if self.source.feedback else self.now - timedelta(days=self.source.reask_days)
        standing = self.state.pages.standing(since, MAX_FAILURES)
        known = self.state.pages.known(list(dict.fromkeys([*found, *standing])))
        pages = {url: page for url, page in known if self._may_be_due(url, page)}
        urgent = sorted(pages, key=lambda url: self._urgency(pages[url]))
        return list(islice(self._askable(urgent, pages), self.source.max_articles))

    def _may_be_due(self, url: str, page: KnownPage | None) -> bool:
        if url in self.asked or url in self.settled or url in self.state.done or self.state.is_erased(url):
            return False
        if page is None:
            return True
        if page.outcome not in GOOD:
            return self.state.is_due(page, self.now)
        return self.source.feedback is not None or self._is_young(page)

    def _is_young(self, page: KnownPage) -> bool:
        stored, days = page.first_stored_at, self.source.reask_days
        return stored is not None and self.now - stored <= timedelta(days=days)

    def _urgency(self, page: KnownPage | None) -> tuple[int, datetime]:
        if page is None:
            return 0, self.now
        return (2 if page.outcome in GOOD else 1), page.asked_at

    def _askable(self, urls: list[str], pages: dict[str, KnownPage | None]) -> Iterator[str]:
        """Yield those worth a request: a stored article only when the server can say that it is unchanged."""
        step = self.source.max_articles
        for start in range(0, len(urls), step):
            batch = urls[start : start + step]
            self.state.pages.recall(batch)
            for url in batch:
                page = pages[url]
                unconditional = page is None or page.outcome not in GOOD or self.source.feedback
                if unconditional or (page and page.validators.headers()):
                    yield url


def _settled(source: Source, lake: Lake) -> frozenset[str]:
    """Return the addresses of feedback items whose last known state is final."""
    if not source.feedback:
        return frozenset()
    folder = lake.table(lake.landed, "submissions") / f"source={source.key}"
    files = [str(path) for path in sorted(folder.rglob("*.parquet")) if not _is_hidden(path, folder)]
    if not files:
        return frozenset()
    sql = (
        "select url from read_parquet($files, hive_partitioning = false) group by url "
        f"having arg_max(status, seen_at) in {SETTLED}"
    )
    return frozenset(ask(sql, files).column("url").to_pylist())


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)
