"""Asking one source for pages: each attempt is polite, archived, judged and put on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake
from coso.records import Capture, Outcome
from coso.settings import VIETNAM_TIME, Settings
from scrapers.archive import CrawlArchive, open_capture
from scrapers.client import Fetched, Gate, OpenGate, PoliteClient, Validators
from scrapers.discovery import Answer, Wish
from scrapers.encoding import BodyError
from scrapers.forms.kinds import is_form_file
from scrapers.keyring import Keyring
from scrapers.outcomes import GOOD, OutcomeClass
from scrapers.pace import Clock
from scrapers.parse.charset import decode_page
from scrapers.parse.fields import TooDeepError, open_tree
from scrapers.parse.recognise import is_plainly_content, recognise
from scrapers.pauses import Pauses
from scrapers.privacy import mask_text
from scrapers.response import Response
from scrapers.robots import READ_BYTES, RobotsAnswer, RobotsGate
from scrapers.sourcefile import Source
from scrapers.state import KnownPage, SourceState
from scrapers.stored import StoredResponse, as_stored
from scrapers.urls import canonical_url, host_of
from scrapers.warc import DamagedRecordError, open_value

#: How the address ends that stands for none (RFC 2606): nobody is fetched from under it.
NO_CONTACT = ".invalid"
#: A crawl does not wait longer than this for its next request, in seconds: it would hold up all that comes after it.
MOST_DELAY_SECONDS = 600.0
ITEM_KINDS = frozenset({"article", "detail"})
#: What is only read when it is landed: a 304 confirms it without opening the archive.
_LANDED_KINDS = ITEM_KINDS | {"attachment"}
_HTML_KINDS = ITEM_KINDS | {"listing", "list_page"}


@dataclass(frozen=True)
class Progress:
    """Where a crawl stands: attempts made, attempts planned (None while links are still sought), the last one."""

    source_key: str
    done: int
    planned: int | None
    url: str
    outcome: OutcomeClass


def require_contact(source: Source, settings: Settings) -> None:
    """Refuse to go to the real web without an address its owners can write to.

    Raises:
        BadInputError: ``COSO_CONTACT`` is not set.
    """
    if not source.allow_loopback and settings.contact.endswith(NO_CONTACT):
        raise BadInputError(
            f"source {source.key} is on the real web and COSO_CONTACT is not set",
            "set COSO_CONTACT to an address its owners can write to",
        )


@dataclass
class Visit:
    """One visit to one source.

    Attributes:
        source: the source.
        lake: where its archive lies.
        archive: takes what this visit brings.
        state: what was known of its pages before.
        client: fetches.
        clock: time.
        on_progress: told of each attempt.
        keep: a page that leads to others and was stored so short a time ago is taken from the archive.
    """

    source: Source
    lake: Lake
    archive: CrawlArchive
    state: SourceState
    client: PoliteClient
    clock: Clock
    on_progress: Callable[[Progress], None]
    keep: timedelta = timedelta(0)
    counts: Counter[str] = field(default_factory=Counter)
    asked: dict[str, Answer] = field(default_factory=dict)
    new_captures: int = 0
    planned: int | None = None
    _stored: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.gate = RobotsGate(self._ask_robots)
        self._pauses = Pauses(self.lake, self.clock)
        self._ordinal = self.state.attempts.get(self.archive.run_id, 0)

    def barred(self) -> str | None:
        """Ask for the robots.txt of the source, unless it is closed; return why nothing further may be asked now."""
        closed = self.closed()
        if closed:
            return closed
        self.gate.rules(self.source.home_url)
        return self.closed()

    def closed(self) -> str | None:
        """Return why the next request must not go out, at the moment the pace lets it; None when it may."""
        permission, hours = self.source.permission, self.source.visiting_hours
        host = host_of(self.source.home_url)
        if asked := self._pauses.standing(host):
            return str(asked)
        pause = max(self.source.pace_seconds, self.gate.pace(host)) if self.counts else 0.0
        if pause > max(self.source.pace_seconds, MOST_DELAY_SECONDS):
            return f"robots.txt asks for {pause:g} s between two requests, a crawl waits {MOST_DELAY_SECONDS:g} s"
        if permission is None and hours is None:
            return None
        now = self.clock.now() + timedelta(seconds=pause)
        refusal = permission.forbids(now.astimezone(VIETNAM_TIME).date()) if permission else None
        if refusal is None and hours and not hours.are_on(now):
            return f"outside its visiting hours, {hours.opens:%H:%M} to {hours.closes:%H:%M}"
        return refusal

    def find(self, wish: Wish) -> Answer:
        """Ask for a page that leads to others, once a visit; one that was not there a moment ago is left alone."""
        known = self.state.pages.get(wish.url)
        if wish.url not in self.asked:
            if known and self._may_keep(known):
                self.asked[wish.url] = Answer(self._archived(known), known.outcome)
            elif (
                known
                and not wish.form
                and known.outcome not in GOOD
                and not self.state.is_due(known, self.clock.now())
            ):
                return Answer(None, known.outcome)
            elif self.closed():
                return Answer(None)
            else:
                self.ask(wish, self.gate)
        return self.asked[wish.url]

    def ask(self, wish: Wish, gate: Gate) -> Answer:
        """Make one attempt, archive the answer, put it on record; return the page as it stands."""
        known = self.state.pages.get(wish.url)
        standing = None if wish.form else self._standing(known, wish.kind)
        validators = self._validators(known.validators) if known and standing else None
        address, fields = (wish.form.address, wish.form.fields) if wish.form else (wish.url, None)
        # An item is unpacked whole when it is landed; what leads to others is read in a moment.
        suffices = _shows_content if wish.kind in ITEM_KINDS else None
        fetched = self.client.fetch(address, gate, validators, fields, suffices)
        if fetched.outcome is OutcomeClass.NOT_MODIFIED and known and known.capture:
            page = standing if isinstance(standing, StoredResponse) else None
            self._log(wish, fetched, OutcomeClass.NOT_MODIFIED, known.capture.capture_id, None, None)
            answer = Answer(page, OutcomeClass.NOT_MODIFIED)
        elif fetched.response:
            answer = self._take(wish, fetched, fetched.response)
        else:
            self._log(wish, fetched, fetched.outcome, None, None, fetched.detail)
            answer = Answer(None, fetched.outcome)
        # Items are not looked at again, unless for their attachments: memory must not grow with every page.
        looked_at = wish.kind not in ITEM_KINDS or self.source.report
        self.asked[wish.url] = answer if looked_at else Answer(None, answer.outcome)
        return answer

    def standing_page(self, url: str) -> StoredResponse | None:
        """Return a page as it stands: as it was answered in this visit, else as it was archived last."""
        answer, known = self.asked.get(url), self.state.pages.get(url)
        if answer and answer.page:
            return answer.page
        return self._archived(known) if known and known.outcome in GOOD else None

    def _may_keep(self, known: KnownPage) -> bool:
        return known.outcome in GOOD and self.clock.now() - known.asked_at < self.keep and bool(known.capture)

    def _archived(self, known: KnownPage) -> StoredResponse | None:
        try:
            return open_capture(self.lake, known.capture) if known.capture else None
        except DamagedRecordError:
            return None

    def _standing(self, known: KnownPage | None, kind: str) -> StoredResponse | bool:
        """Return the archived page a 304 would confirm; of articles only whether there is one.

        Articles are read when they are landed; only what leads to other pages is read again now. A record that
        is damaged confirms nothing: the page is then asked for without conditions.
        """
        if known is None or known.capture is None:
            return False
        if kind in _LANDED_KINDS:
            return True
        return self._archived(known) or False

    def _validators(self, known: Validators) -> Validators:
        return Validators(open_value(known.etag, Keyring.of(self.lake)), known.last_modified)

    def _ask_robots(self, url: str) -> RobotsAnswer:
        page = self.ask(Wish(canonical_url(url) or url, "robots"), OpenGate()).page
        if page is None:
            return RobotsAnswer(None, None)
        try:
            text = page.body(limit=self.source.max_decoded_bytes)[:READ_BYTES].decode(
                "utf-8", errors="replace"
            )
        except BodyError:
            return RobotsAnswer(None, None)
        return RobotsAnswer(page.status, text)

    def _take(self, wish: Wish, fetched: Fetched, response: Response) -> Answer:
        if wish.notes:
            response = replace(response, headers=(*response.headers, *wish.notes))
        stored = as_stored(self.source.key, wish.kind, wish.url, response, self.archive.key)
        identity = stored.capture_id
        capture: Capture | None = None
        if self._is_new(wish, identity):
            capture = self.archive.keep(stored)
            self._stored.add(identity)
            self.new_captures += 1
        outcome, detail = self._judge(wish, fetched, stored)
        if outcome is OutcomeClass.STORED and capture is None:
            outcome = OutcomeClass.UNCHANGED
        self._log(wish, fetched, outcome, identity, capture, detail)
        return Answer(stored if outcome in GOOD or wish.kind == "robots" else None, outcome)

    def _is_new(self, wish: Wish, identity: str) -> bool:
        """Say whether an answer is to be archived: it never was, or the page of an item has gone back to it."""
        if identity in self._stored:
            return False
        if identity not in self.state.captures:
            return True
        known = self.state.pages.get(wish.url) if wish.kind == "detail" else None
        standing = known.capture if known else None
        return standing is not None and standing.capture_id != identity

    def _judge(self, wish: Wish, fetched: Fetched, page: StoredResponse) -> tuple[OutcomeClass, str | None]:
        """Return the class of an archived answer; only HTML pages can be challenges and the like."""
        if fetched.outcome is not OutcomeClass.STORED or wish.kind not in _HTML_KINDS:
            return fetched.outcome, fetched.detail
        moved = wish.kind in ITEM_KINDS and page.final_url != page.url
        if moved and not self.source.is_article(page.final_url):
            return OutcomeClass.SOFT_404, f"redirected to {page.final_url}, which is no article"
        body = page.body(self.source.max_decoded_bytes) if fetched.body is None else fetched.body
        if fetched.sufficed or is_form_file(body) or _shows_content(body):
            return fetched.outcome, fetched.detail
        html = decode_page(body, page.header("Content-Type")).text
        try:
            return recognise(open_tree(html), html) or (fetched.outcome, fetched.detail)
        except TooDeepError:
            return fetched.outcome, fetched.detail  # what it is, the reader will say

    def _log(
        self,
        wish: Wish,
        fetched: Fetched,
        outcome: OutcomeClass,
        identity: str | None,
        capture: Capture | None,
        detail: str | None,
    ) -> None:
        self._ordinal += 1
        self.archive.log(
            Outcome(
                outcome_id=content_id("out", [self.archive.run_id, self.source.key, wish.url, self._ordinal]),
                run_id=self.archive.run_id,
                source_key=self.source.key,
                kind=wish.kind,
                url=wish.url,
                attempted_at=self.clock.now(),
                outcome=outcome,
                http_status=fetched.response.status if fetched.response else None,
                capture_id=identity,
                tries=fetched.tries,
                elapsed_ms=fetched.elapsed_ms,
                detail=mask_text(detail) if detail and self.archive.key else detail,
            ),
            capture,
        )
        self.counts[outcome] += 1
        self.on_progress(
            Progress(self.source.key, sum(self.counts.values()), self.planned, wish.url, outcome)
        )


def _shows_content(beginning: bytes) -> bool:
    return is_plainly_content(beginning.decode("utf-8", errors="replace"))
