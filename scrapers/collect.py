"""One crawl of one source: ask, archive, find, ask again; every attempt ends as a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coso.ids import content_id
from coso.lake import Lake, write_records
from coso.records import Crawl
from coso.settings import Settings
from scrapers.archive import CrawlArchive, Recovered, recover
from scrapers.asking import Progress, Visit, require_contact
from scrapers.attachments import follow_attachments
from scrapers.client import PoliteClient, user_agent
from scrapers.discovery import End, Found, Wish, discover
from scrapers.keyring import Keyring
from scrapers.links import Link
from scrapers.pace import SYSTEM_CLOCK, Clock, Pace, SharedPace
from scrapers.parse.spam import is_spam_title
from scrapers.pauses import Pauses
from scrapers.planning import plan
from scrapers.sourcefile import Source
from scrapers.state import load_state
from scrapers.topics import is_wanted

__all__ = ["CollectResult", "Progress", "collect_source", "visiting"]


@dataclass(frozen=True)
class CollectResult:
    """What one crawl did.

    Attributes:
        source_key: the source.
        run_id: the run.
        counts: attempts per outcome class.
        found: addresses of articles or items found.
        wanted: of these, those the topic filter let through.
        new_captures: answers archived.
        recovered: killed crawls taken over at the start.
        sight: how far it could see: news, quiet, partial, blind or closed (``coso.records.Crawl``).
    """

    source_key: str
    run_id: str
    counts: dict[str, int]
    found: int
    wanted: int
    new_captures: int
    recovered: tuple[Recovered, ...] = ()
    sight: str = "news"


def collect_source(
    source: Source,
    lake: Lake,
    run_id: str,
    settings: Settings,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Clock = SYSTEM_CLOCK,
    pace: Pace | None = None,
) -> CollectResult:
    """Crawl one source once and seal what came.

    Whatever the web does ends as an outcome row and stops nothing else. Killed crawls of the source are taken
    over first, and what they had done is not done again. A crawl that comes to its end leaves a row of
    ``raw/crawls`` that says how far it could see.

    Args:
        source: the source.
        lake: where to store.
        run_id: the run.
        settings: for the contact address.
        on_progress: told of each attempt.
        clock: time, for tests.
        pace: by default one shared with all processes that use the lake.

    Raises:
        coso.errors.BadInputError: the source is on the real web and no contact address is set.
        coso.errors.BusyError: another process crawls this source for this run.
        coso.errors.EnvironmentProblemError: the disk is full; what was whole is taken over by the next crawl.
    """
    started = clock.now()
    with visiting(source, lake, run_id, settings, on_progress, clock, pace) as (visit, recovered):
        crawl = _Crawl(visit)
        crawl.run()
        row = crawl.row(started)
    write_crawl(lake, row)
    return CollectResult(
        source_key=source.key,
        run_id=run_id,
        counts=dict(sorted(visit.counts.items())),
        found=row.found,
        wanted=row.wanted,
        new_captures=visit.new_captures,
        recovered=tuple(recovered),
        sight=row.sight,
    )


@contextmanager
def visiting(
    source: Source,
    lake: Lake,
    run_id: str,
    settings: Settings,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Clock = SYSTEM_CLOCK,
    pace: Pace | None = None,
    keep: timedelta = timedelta(0),
) -> Iterator[tuple[Visit, list[Recovered]]]:
    """Open a visit to a source, killed crawls taken over first; what it brings is sealed at the end.

    Raises: as ``collect_source``.
    """
    require_contact(source, settings)
    recovered = recover(lake, source.key)
    state = load_state(lake, source.key)
    shared = SharedPace(lake.home / "pace", clock)
    client = PoliteClient(source, settings.contact, clock, pace or shared, Pauses(lake, clock))
    key = Keyring.of(lake).current(source.key) if source.carries_personal_data else None
    with CrawlArchive(lake, source.key, run_id, user_agent(settings.contact), key) as archive:
        try:
            yield (
                Visit(source, lake, archive, state, client, clock, on_progress or (lambda _: None), keep),
                recovered,
            )
        finally:
            client.close()
            shared.close()


def write_crawl(lake: Lake, row: Crawl) -> None:
    """Write the row of a crawl that came to its end."""
    folder = lake.crawls / f"date={row.ended_at.date().isoformat()}"
    write_records(folder / f"{row.source_key}--{row.crawl_id}.parquet", Crawl, [row])


@dataclass
class _Crawl:
    visit: Visit
    found: Found = field(default_factory=lambda: Found((), ()))
    wanted: list[str] = field(default_factory=list)
    fresh: int = 0
    spam: int = 0
    closed: str | None = None

    def __post_init__(self) -> None:
        self._source, self._state = self.visit.source, self.visit.state
        self._now = self.visit.clock.now()

    def run(self) -> None:
        """Find pages, then ask for those that are due."""
        self.closed = self.visit.barred()
        if self.closed:
            return
        sitemaps = self.visit.gate.rules(self._source.home_url).sitemaps
        self.found = discover(self._source, self.visit.find, sitemaps)
        self.wanted = [link.url for link in self.found.links if self._is_wanted(link)]
        self.fresh = sum(page is None for _, page in self._state.pages.known(self.wanted))
        visit = self.visit
        due = plan(self._source, self._state, visit.lake, self.wanted, visit.asked, self._now)
        self.visit.planned = len(self.visit.asked) + len(due)
        kind = "detail" if self._source.feedback else "article"
        for url in due:
            self.closed = self.visit.closed()
            if self.closed:
                return
            self.visit.ask(Wish(url, kind), self.visit.gate)
        self.closed = follow_attachments(self.visit, self.wanted)

    def row(self, started: datetime) -> Crawl:
        """Return the row that says how far this crawl could see."""
        visit, walks = self.visit, self.found.walks
        ended = visit.clock.now()
        lost = [f"{walk.name} ({walk.end})" for walk in walks if not walk.seen]
        return Crawl(
            crawl_id=content_id("crawl", [visit.archive.run_id, self._source.key, visit.archive.stem]),
            run_id=visit.archive.run_id,
            source_key=self._source.key,
            started_at=started,
            ended_at=ended,
            sight=self._sight(),
            ways=len(walks),
            ways_seen=len(walks) - len(lost),
            found=len(self.found.links),
            wanted=len(self.wanted),
            fresh=self.fresh,
            spam=self.spam,
            stored=visit.new_captures,
            detail="; ".join([self.closed] if self.closed else lost)[:500] or None,
        )

    def _sight(self) -> str:
        walks = self.found.walks
        if self.closed and not walks:
            return "closed"
        if self.fresh:
            return "news"
        if all(walk.end is End.UNSEEN for walk in walks):
            return "blind"
        return "quiet" if all(walk.seen for walk in walks) else "partial"

    def _is_wanted(self, link: Link) -> bool:
        if is_spam_title(link.title):
            self.spam += 1
            return False
        return is_wanted(self._source, link)
