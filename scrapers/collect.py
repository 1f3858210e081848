"""One crawl of one source: ask, archive, find, ask again; every attempt ends as a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pyarrow.compute as pc

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake, read_table
from coso.records import Capture, Outcome, Submission
from coso.settings import Settings
from scrapers.archive import CrawlArchive, Recovered, open_capture, recover
from scrapers.client import Fetched, Gate, OpenGate, PoliteClient, Response, user_agent
from scrapers.discovery import discover, is_article
from scrapers.encoding import BodyError
from scrapers.outcomes import GOOD, PASSING, OutcomeClass
from scrapers.pace import PROCESS_PACE, SYSTEM_CLOCK, Clock, HostPace
from scrapers.parse.charset import decode_page
from scrapers.parse.fields import TooDeepError, open_tree
from scrapers.parse.recognise import recognise
from scrapers.robots import READ_BYTES, RobotsAnswer, RobotsGate
from scrapers.sourcefile import Source
from scrapers.state import KnownPage, SourceState, load_state
from scrapers.topics import is_wanted
from scrapers.urls import canonical_url
from scrapers.warc import DamagedRecordError, StoredResponse, as_stored, capture_id

#: How the address ends that stands for none (RFC 2606): nobody is fetched from under it.
NO_CONTACT = ".invalid"
#: A page that was not there, or will hardly be better at the next try, is left alone for so long.
FAILED_PAUSE = timedelta(days=1)
#: After so many failures a page that no listing shows any more is given up.
MAX_FAILURES = 10
#: States in which a feedback item no longer changes.
SETTLED = frozenset({"answered", "closed", "rejected"})
_RETRIED = PASSING | {OutcomeClass.ROBOTS_UNREADABLE, OutcomeClass.TOO_SLOW, OutcomeClass.CHALLENGE}
_ITEM_KINDS = frozenset({"article", "detail"})
_HTML_KINDS = _ITEM_KINDS | {"listing", "list_page"}


@dataclass(frozen=True)
class Progress:
    """Where a crawl stands: attempts made, attempts planned (None while links are still sought), the last one."""

    source_key: str
    done: int
    planned: int | None
    url: str
    outcome: OutcomeClass


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
        elapsed_seconds: wall time.
    """

    source_key: str
    run_id: str
    counts: dict[str, int]
    found: int
    wanted: int
    new_captures: int
    recovered: tuple[Recovered, ...] = ()
    elapsed_seconds: float = 0.0


def collect_source(
    source: Source,
    lake: Lake,
    run_id: str,
    settings: Settings,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    clock: Clock = SYSTEM_CLOCK,
    pace: HostPace = PROCESS_PACE,
) -> CollectResult:
    """Crawl one source once and seal what came.

    Whatever the web does ends as an outcome row and stops nothing else. Killed crawls of the source are taken
    over first, and what they had done is not done again.

    Raises:
        coso.errors.BadInputError: the source is on the real web and no contact address is set.
        coso.errors.BusyError: another process crawls this source for this run.
        coso.errors.EnvironmentProblemError: the disk is full; what was whole is taken over by the next crawl.
    """
    if not source.allow_loopback and settings.contact.endswith(NO_CONTACT):
        raise BadInputError(
            f"source {source.key} is on the real web and COSO_CONTACT is not set",
            "set COSO_CONTACT to an address its owners can write to",
        )
    started = clock.monotonic()
    recovered = recover(lake, source.key)
    state = load_state(lake, source.key)
    client = PoliteClient(source, settings.contact, clock, pace)
    with CrawlArchive(lake, source.key, run_id, user_agent(settings.contact)) as archive:
        crawl = _Crawl(source, lake, archive, state, client, clock, on_progress or (lambda _: None))
        try:
            crawl.run()
        finally:
            client.close()
    return CollectResult(
        source_key=source.key,
        run_id=run_id,
        counts=dict(sorted(crawl.counts.items())),
        found=crawl.found,
        wanted=crawl.wanted,
        new_captures=crawl.new_captures,
        recovered=tuple(recovered),
        elapsed_seconds=clock.monotonic() - started,
    )


@dataclass
class _Crawl:
    source: Source
    lake: Lake
    archive: CrawlArchive
    state: SourceState
    client: PoliteClient
    clock: Clock
    on_progress: Callable[[Progress], None]
    counts: Counter[str] = field(default_factory=Counter)
    found: int = 0
    wanted: int = 0
    new_captures: int = 0
    planned: int | None = None
    _asked: dict[str, StoredResponse | None] = field(default_factory=dict)
    _stored: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._gate = RobotsGate(self._ask_robots)
        self._now = self.clock.now()
        self._ordinal = self.state.attempts.get(self.archive.run_id, 0)

    def run(self) -> None:
        """Find pages, then ask for those that are due."""
        sitemaps = self._gate.rules(self.source.home_url).sitemaps
        links = discover(self.source, self._ask_finder, sitemaps)
        self.found = len(links)
        chosen = [link.url for link in links if is_wanted(self.source, link.url, link.title)]
        self.wanted = len(chosen)
        due = self._due(chosen)
        self.planned = len(self._asked) + len(due)
        kind = "detail" if self.source.feedback else "article"
        for url in due:
            self._ask(url, kind, self._gate)

    def _due(self, chosen: Iterable[str]) -> list[str]:
        """Return the addresses to ask for: the unknown first, then what failed, then what may have changed."""
        settled = self._settled()
        standing = [page.url for page in self.state.pages.values() if self._is_standing(page)]
        due = [
            url
            for url in dict.fromkeys([*chosen, *standing])
            if url not in self._asked and url not in settled and self._is_due(self.state.pages.get(url))
        ]
        due.sort(key=self._urgency)
        return due[: self.source.max_articles]

    def _urgency(self, url: str) -> tuple[int, datetime]:
        page = self.state.pages.get(url)
        if page is None:
            return 0, self._now
        return (2 if page.outcome in GOOD else 1), page.asked_at

    def _is_standing(self, page: KnownPage) -> bool:
        """Say whether a page is followed even when no listing shows it any more."""
        if page.kind not in _ITEM_KINDS:
            return False
        return page.outcome in GOOD or (page.outcome in _RETRIED and page.attempts < MAX_FAILURES)

    def _is_due(self, page: KnownPage | None) -> bool:
        if page is None:
            return True
        if page.url in self.state.done or page.outcome is OutcomeClass.GONE:
            return False
        if page.outcome in _RETRIED or page.outcome is OutcomeClass.ROBOTS_DENIED:
            return True  # the latter costs no request and keeps the refusal on record
        if page.outcome not in GOOD:
            return self._now - page.asked_at >= FAILED_PAUSE
        if self.source.feedback:
            return True  # open items change until they are settled
        young = page.first_stored_at is not None and self._now - page.first_stored_at <= timedelta(
            days=self.source.reask_days
        )
        return young and bool(page.validators.headers())

    def _settled(self) -> set[str]:
        """Return the addresses of feedback items whose last known state is final."""
        if not self.source.feedback:
            return set()
        folder = self.lake.table(self.lake.landed, "submissions") / f"source={self.source.key}"
        table = read_table(folder, Submission).select(["url", "status", "seen_at"])
        last: dict[str, str] = {}
        for row in table.take(pc.sort_indices(table, [("seen_at", "ascending")])).to_pylist():
            last[row["url"]] = row["status"]
        return {url for url, status in last.items() if status in SETTLED}

    def _ask_finder(self, url: str, kind: str) -> StoredResponse | None:
        """Ask for a feed, sitemap or listing page once a run; one that was not there a moment ago is left alone."""
        if url in self._asked:
            return self._asked[url]
        page = self.state.pages.get(url)
        if page and page.outcome not in GOOD and not self._is_due(page):
            return None
        return self._ask(url, kind, self._gate)

    def _ask_robots(self, url: str) -> RobotsAnswer:
        canonical = canonical_url(url) or url
        page = self._ask(canonical, "robots", OpenGate())
        if page is None:
            return RobotsAnswer(None, None)
        try:
            text = page.body(limit=self.source.max_decoded_bytes)[:READ_BYTES].decode(
                "utf-8", errors="replace"
            )
        except BodyError:
            return RobotsAnswer(None, None)
        return RobotsAnswer(page.status, text)

    def _ask(self, url: str, kind: str, gate: Gate) -> StoredResponse | None:
        """Make one attempt, archive the answer, put it on record; return the page as it stands."""
        known = self.state.pages.get(url)
        standing = self._standing(known, kind)
        validators = known.validators if known and standing else None
        fetched = self.client.fetch(url, gate, validators)
        page: StoredResponse | None = None
        if fetched.outcome is OutcomeClass.NOT_MODIFIED and known and known.capture:
            page = standing if isinstance(standing, StoredResponse) else None
            self._log(url, kind, fetched, OutcomeClass.NOT_MODIFIED, known.capture.capture_id, None, None)
        elif fetched.response:
            page = self._archive(url, kind, fetched, fetched.response)
        else:
            self._log(url, kind, fetched, fetched.outcome, None, None, fetched.detail)
        self._asked[url] = page
        return page

    def _standing(self, known: KnownPage | None, kind: str) -> StoredResponse | bool:
        """Return the archived page a 304 would confirm; of articles only whether there is one.

        Articles are read when they are landed; only what leads to other pages is read again now. A record that
        is damaged confirms nothing: the page is then asked for without conditions.
        """
        if known is None or known.capture is None:
            return False
        if kind in _ITEM_KINDS:
            return True
        try:
            return open_capture(self.lake, known.capture)
        except DamagedRecordError:
            return False

    def _archive(self, url: str, kind: str, fetched: Fetched, response: Response) -> StoredResponse | None:
        identity = capture_id(self.source.key, url, response.payload)
        capture: Capture | None = None
        if identity not in self.state.captures and identity not in self._stored:
            capture = self.archive.store(kind, url, response)
            self._stored.add(identity)
            self.new_captures += 1
        stored = as_stored(self.source.key, kind, url, response)
        outcome, detail = self._judge(kind, fetched, stored)
        if outcome is OutcomeClass.STORED and capture is None:
            outcome = OutcomeClass.UNCHANGED
        self._log(url, kind, fetched, outcome, identity, capture, detail)
        return stored if outcome in GOOD or kind == "robots" else None

    def _judge(self, kind: str, fetched: Fetched, page: StoredResponse) -> tuple[OutcomeClass, str | None]:
        """Return the class of an archived answer; only HTML pages can be challenges and the like."""
        if fetched.outcome is not OutcomeClass.STORED or kind not in _HTML_KINDS:
            return fetched.outcome, fetched.detail
        if kind in _ITEM_KINDS and page.final_url != page.url and not is_article(self.source, page.final_url):
            return OutcomeClass.SOFT_404, f"redirected to {page.final_url}, which is no article"
        html = decode_page(page.body(self.source.max_decoded_bytes), page.header("Content-Type")).text
        try:
            return recognise(open_tree(html), html) or (fetched.outcome, fetched.detail)
        except TooDeepError:
            return fetched.outcome, fetched.detail  # what it is, the reader will say

    def _log(
        self,
        url: str,
        kind: str,
        fetched: Fetched,
        outcome: OutcomeClass,
        identity: str | None,
        capture: Capture | None,
        detail: str | None,
    ) -> None:
        self._ordinal += 1
        self.archive.log(
            Outcome(
                outcome_id=content_id("out", [self.archive.run_id, self.source.key, url, self._ordinal]),
                run_id=self.archive.run_id,
                source_key=self.source.key,
                kind=kind,
                url=url,
                attempted_at=self.clock.now(),
                outcome=outcome,
                http_status=fetched.response.status if fetched.response else None,
                capture_id=identity,
                tries=fetched.tries,
                elapsed_ms=fetched.elapsed_ms,
                detail=detail,
            ),
            capture,
        )
        self.counts[outcome] += 1
        self.on_progress(Progress(self.source.key, sum(self.counts.values()), self.planned, url, outcome))
