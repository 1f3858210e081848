"""Walking a source's past: as politely as any crawl, resumable at any page, with an estimate of what is left.

There is no list of what is still to do: a page that leads to others and was stored within the last days is read
from the archive, and an article that is stored already is not asked for. So a backfill that was stopped or killed
goes on where it was when it is started again with the same days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coso.errors import BadInputError
from coso.lake import Lake
from coso.settings import Settings
from scrapers.asking import Progress, Visit
from scrapers.attachments import follow_attachments
from scrapers.collect import visiting
from scrapers.discovery import End, Reach, Walk, Wish, discover, join_walks, walk_way
from scrapers.links import Link
from scrapers.outcomes import GOOD, OutcomeClass
from scrapers.pace import SYSTEM_CLOCK, Clock, Pace
from scrapers.parse.dates import days_in_address
from scrapers.parse.spam import is_spam_title
from scrapers.sourcefile import ArchiveWay, Discovery, Source
from scrapers.topics import is_wanted

#: A listing of the past that was stored so short a time ago is not asked for again.
KEEP_LISTINGS = timedelta(days=7)


@dataclass(frozen=True)
class BackfillProgress:
    """Where a backfill stands.

    Attributes:
        source_key: the source.
        done: requests made.
        planned: articles or items still to be asked for when the last page was found; None while listings are read.
        seconds_left: estimate, from the pace kept so far; None while listings are read.
        url: the address asked for last.
        outcome: how that ended.
    """

    source_key: str
    done: int
    planned: int | None
    seconds_left: float | None
    url: str
    outcome: OutcomeClass


@dataclass(frozen=True)
class BackfillResult:
    """What a backfill did.

    Attributes:
        source_key: the source.
        run_id: the run.
        since: first day wanted.
        until: last day wanted.
        listings: pages of listings, archives and sitemaps read.
        found: addresses of articles or items found.
        in_range: of these, wanted by their title and not known to lie outside the days.
        known: of these, stored before, or asked for lately and in vain.
        stored: answers archived now.
        left: addresses not asked for yet.
        seconds_left: what asking for them will take at the source's pace.
        stopped: why it ended before its end; None when nothing is left to do.
        unseen: ways of which a page could not be read, each with where it ended.
        blind: whether that is so of every way, so that nothing is known of the days.
    """

    source_key: str
    run_id: str
    since: date
    until: date
    listings: int
    found: int
    in_range: int
    known: int
    stored: int
    left: int
    seconds_left: float
    stopped: str | None
    unseen: tuple[str, ...] = ()
    blind: bool = False


def backfill(
    source: Source,
    lake: Lake,
    run_id: str,
    settings: Settings,
    since: date,
    until: date,
    on_progress: Callable[[BackfillProgress], None] | None = None,
    *,
    max_pages: int | None = None,
    clock: Clock = SYSTEM_CLOCK,
    pace: Pace | None = None,
) -> BackfillResult:
    """Fetch what a source published from ``since`` to ``until``, both included.

    Ways of discovery are walked to the bound ``archive_pages``, sitemaps and ``archive`` pages of the days as well.
    Addresses that say they are of other days are left aside; those that say nothing are asked for.

    Args:
        source: the source.
        lake: where to store.
        run_id: the run.
        settings: for the contact address.
        since: first day.
        until: last day.
        on_progress: told of each request.
        max_pages: most articles or items to ask for now; 0 only lists and estimates.
        clock: time, for tests.
        pace: by default one shared with all processes that use the lake.

    Raises:
        coso.errors.BadInputError: the days are in the wrong order, or no contact address is set.
    """
    if since > until:
        raise BadInputError(f"backfill from {since} to {until}", "give the earlier day first")
    walk = _Backfill(source, since, until, on_progress or (lambda _: None), clock)
    with visiting(source, lake, run_id, settings, walk.tell, clock, pace, KEEP_LISTINGS) as (visit, _):
        return walk.run(visit, max_pages)


class _Backfill:
    def __init__(
        self,
        source: Source,
        since: date,
        until: date,
        on_progress: Callable[[BackfillProgress], None],
        clock: Clock,
    ) -> None:
        self._source = source
        self._since, self._until = since, until
        self._on_progress = on_progress
        self._clock = clock
        self._left: int | None = None
        self._asked = 0
        self._begun = 0.0

    def run(self, visit: Visit, max_pages: int | None) -> BackfillResult:
        closed = visit.barred()
        walks = [] if closed else self._walk(visit)
        unseen = tuple(f"{walk.name} ({walk.end})" for walk in walks if walk.end is End.CUT or not walk.pages)
        found = join_walks(walks)
        chosen = [
            link.url for link in found.links if self._is_chosen(link) and not visit.state.is_erased(link.url)
        ]
        due = [url for url in chosen if not self._is_stored(visit, url)]
        known = len(chosen) - len(due)
        self._left, self._begun = len(due), self._clock.monotonic()
        stopped = closed or self._ask_all(visit, due if max_pages is None else due[:max_pages])
        if not stopped and max_pages != 0:
            stopped = follow_attachments(visit, chosen)
        return BackfillResult(
            source_key=self._source.key,
            run_id=visit.archive.run_id,
            since=self._since,
            until=self._until,
            listings=sum(walk.pages for walk in walks),
            found=len(found.links),
            in_range=len(chosen),
            known=known,
            stored=visit.new_captures,
            left=self._left,
            seconds_left=self._left * self._seconds_each(visit),
            stopped=stopped or (f"{self._left} pages are left for the next time" if self._left else None),
            unseen=unseen,
            blind=bool(walks) and len(unseen) == len(walks),
        )

    def tell(self, progress: Progress) -> None:
        """Pass on where the visit stands, with the estimate."""
        left = self._left
        each = (
            (self._clock.monotonic() - self._begun) / self._asked
            if self._asked
            else self._source.pace_seconds
        )
        self._on_progress(
            BackfillProgress(
                source_key=progress.source_key,
                done=progress.done,
                planned=left,
                seconds_left=None if left is None else left * each,
                url=progress.url,
                outcome=progress.outcome,
            )
        )

    def _ask_all(self, visit: Visit, due: list[str]) -> str | None:
        """Ask for one page after the other; return why it had to stop, or None."""
        kind = "detail" if self._source.feedback else "article"
        for url in due:
            closed = visit.closed()
            if closed:
                return closed
            self._left = (self._left or 0) - 1
            self._asked += 1
            visit.ask(Wish(url, kind), visit.gate)
        return None

    def _seconds_each(self, visit: Visit) -> float:
        delay = visit.gate.rules(self._source.home_url).crawl_delay if self._asked else 0.0
        return max(self._source.pace_seconds, delay)

    def _walk(self, visit: Visit) -> list[Walk]:
        sitemaps = visit.gate.rules(self._source.home_url).sitemaps
        reach = Reach(deep=True, enough=self._is_older)
        walks = list(discover(self._source, visit.find, sitemaps, reach).walks)
        for way in self._source.archive:
            for address in archive_addresses(way, self._since, self._until):
                dated = Discovery(
                    method="listing", url=address, link_selector=way.link_selector, paging=way.paging
                )
                walks += walk_way(self._source, dated, visit.find, (), Reach(deep=True))
        return walks

    def _is_older(self, fresh: list[Link]) -> bool:
        """Say whether all links of a page are known to be older than what is wanted: listings begin with the newest."""
        spans = [days_in_address(link.url) for link in fresh]
        return all(span is not None and span[1] < self._since for span in spans)

    def _is_chosen(self, link: Link) -> bool:
        span = days_in_address(link.url)
        if span and (span[1] < self._since or span[0] > self._until):
            return False
        changed = _day(link.changed)
        if changed and changed < self._since:  # no page is published after its last change
            return False
        return not is_spam_title(link.title) and is_wanted(self._source, link)

    def _is_stored(self, visit: Visit, url: str) -> bool:
        page = visit.state.pages.get(url)
        if page is None:
            return False
        return page.outcome in GOOD or not visit.state.is_due(page, self._clock.now())


def archive_addresses(way: ArchiveWay, since: date, until: date) -> Iterator[str]:
    """Yield the address of each day or month from ``since`` to ``until``, the newest first."""
    day = until
    while day >= since:
        parts = {"{yyyy}": f"{day.year:04}", "{mm}": f"{day.month:02}", "{dd}": f"{day.day:02}"}
        address = way.url
        for name, value in parts.items():
            address = address.replace(name, value)
        yield address
        day = day.replace(day=1) - timedelta(days=1) if way.step == "month" else day - timedelta(days=1)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
