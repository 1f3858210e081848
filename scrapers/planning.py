"""Which pages a crawl asks for: the unknown first, then what failed, then what may have changed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from coso.lake import Lake, parquet_files
from scrapers.known import ask
from scrapers.outcomes import GOOD
from scrapers.sourcefile import Source
from scrapers.state import KnownPage, SourceState

#: After so many failures a page that no listing shows any more is given up.
MAX_FAILURES = 10
#: States in which a feedback item hardly changes any more.
SETTLED = ("answered", "closed", "rejected")
#: How soon an item that was settled is asked for again at first; runs of a schedule are not a day apart to the second.
_FIRST_LOOK_BACK, _SLACK = timedelta(days=1), timedelta(hours=6)


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
    settled: Mapping[str, datetime]
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
        if url in self.asked or url in self.state.done or self.state.is_erased(url):
            return False
        if page is None:
            return True
        if url in self.settled and not self._is_to_be_looked_back_at(page, self.settled[url]):
            return False
        if page.outcome not in GOOD:
            return self.state.is_due(page, self.now)
        return self.source.feedback is not None or self._is_young(page)

    def _is_to_be_looked_back_at(self, page: KnownPage, since: datetime) -> bool:
        """Say whether an item settled ``since`` then may have been reopened: asked after 1, 2, 4 and 8 days."""
        if self.now - since > timedelta(days=self.source.reask_days):
            return False
        return self.now - page.asked_at + _SLACK >= max(_FIRST_LOOK_BACK, page.asked_at - since)

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


def _settled(source: Source, lake: Lake) -> dict[str, datetime]:
    """Return since when the feedback items whose last known state is final are in it, by their addresses."""
    if not source.feedback:
        return {}
    folder = lake.table(lake.landed, "submissions") / f"source={source.key}"
    files = [str(path) for path in parquet_files(folder)]
    if not files:
        return {}
    sql = (
        "select url, epoch_us(max(seen_at)) as since from read_parquet($files, hive_partitioning = false) "
        f"group by url having arg_max(status, seen_at) in {SETTLED}"
    )
    found = ask(sql, files)
    moments = (
        datetime.fromtimestamp(moment / 1_000_000, UTC) for moment in found.column("since").to_pylist()
    )
    return dict(zip(found.column("url").to_pylist(), moments, strict=True))
