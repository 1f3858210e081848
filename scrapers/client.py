"""The polite client: one page at a time, identified, paced, bounded, and never where it may not go."""

from __future__ import annotations

import random
import re
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Protocol

import requests
from requests.structures import CaseInsensitiveDict

import coso
from scrapers.connection import AddressRefusedError, AnswerTooSlowError, GuardedAdapter
from scrapers.encoding import BodyError, OversizedBodyError, decode_beginning, decode_body
from scrapers.outcomes import PASSING, OutcomeClass, outcome_of_status
from scrapers.pace import PROCESS_PACE, SYSTEM_CLOCK, Clock, Pace
from scrapers.pauses import Pauses
from scrapers.response import Response
from scrapers.sourcefile import Source
from scrapers.urls import canonical_url, host_of, on_domains

#: The name robots.txt rules are looked up under.
AGENT_TOKEN = "coso"
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Redirects after which a form is sent again; after the others the target is asked for plainly (RFC 9110, 15.4).
_SAME_METHOD = frozenset({307, 308})
_CHUNK = 1 << 17
#: Most pages show within so many bytes, unpacked, what they are.
_BEGINNINGS = (1 << 13, 1 << 15, 1 << 17)
#: An address in the spelling in which it is sent: most are, and need no preparing.
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.:-]+/[\w%:@!$&'()*+,;=~./?-]*", re.ASCII)

#: Names and values of a form.
Form = Sequence[tuple[str, str]]


def user_agent(contact: str) -> str:
    """Return the User-Agent header: who we are, which version, and whom to write to."""
    return f"{AGENT_TOKEN}/{coso.__version__} (research archive of public news on grassroots democracy; {contact})"


@dataclass(frozen=True)
class Validators:
    """What a conditional request offers: the headers of the stored answer, verbatim."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the request headers; empty when there is nothing to offer."""
        offered = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in offered.items() if value}


@dataclass(frozen=True)
class Fetched:
    """How one attempt ended.

    Attributes:
        outcome: class of the end.
        response: the answer to archive, when one came whole.
        detail: what went wrong, in one line.
        tries: requests made for it, redirects not counted.
        elapsed_ms: wall time, waits included, in milliseconds.
        body: the payload of a good answer, unpacked, so that nobody has to unpack it again.
        sufficed: ``body`` is but the beginning of a packed answer, which was enough for whoever asked.
    """

    outcome: OutcomeClass
    response: Response | None = None
    detail: str | None = None
    tries: int = 1
    elapsed_ms: int = 0
    body: bytes | None = None
    sufficed: bool = False


@dataclass(frozen=True)
class _Ask:
    """What a request says beside its address, and what is wanted of the answer."""

    conditional: Mapping[str, str]
    form: Form | None
    suffices: Callable[[bytes], bool] | None


class Gate(Protocol):
    """What robots.txt says."""

    def refusal(self, url: str) -> tuple[OutcomeClass, str] | None:
        """Return why ``url`` must not be asked for, or None."""

    def pace(self, host: str) -> float:
        """Return the crawl-delay of ``host`` in seconds, 0 when it names none."""


class OpenGate:
    """Lets everything through: for robots.txt itself."""

    def refusal(self, url: str) -> tuple[OutcomeClass, str] | None:
        """Return None."""
        return None

    def pace(self, host: str) -> float:
        """Return 0."""
        return 0.0


class PoliteClient:
    """Fetches pages of one source; one instance a thread.

    Args:
        source: bounds, pace, domains and address rules.
        contact: address in the User-Agent.
        clock: time, for tests.
        pace: the pace shared with other crawls.
        pauses: hosts that are to be left alone for longer; without them such a wish ends the tries and is forgotten.
    """

    def __init__(
        self,
        source: Source,
        contact: str,
        clock: Clock = SYSTEM_CLOCK,
        pace: Pace = PROCESS_PACE,
        pauses: Pauses | None = None,
    ) -> None:
        self._source = source
        self._pauses = pauses
        self._clock = clock
        self._pace = pace
        self._adapter = GuardedAdapter(allow_private=source.allow_loopback, deadline=source.deadline_seconds)
        self._headers = CaseInsensitiveDict(
            {
                "User-Agent": user_agent(contact),
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "vi,en;q=0.5",
                "Accept-Encoding": "gzip",
            }
        )

    def close(self) -> None:
        """Close all connections."""
        self._adapter.close()

    def fetch(
        self,
        url: str,
        gate: Gate,
        validators: Validators | None = None,
        form: Form | None = None,
        suffices: Callable[[bytes], bool] | None = None,
    ) -> Fetched:
        """Ask for ``url`` until it answers or the tries are used up. Never raises for what the web does.

        Args:
            url: the address, without a fragment.
            gate: what robots.txt says.
            validators: for a conditional request.
            form: names and values to send with POST; only for forms that show a page and change nothing.
            suffices: shown the beginning of a packed body that seems whole; if it says so, the rest is not unpacked.
        """
        ask = _Ask((validators or Validators()).headers(), form, suffices)
        started = self._clock.monotonic()
        for tries in range(1, self._source.retry.tries + 1):
            fetched = self._follow(url, gate, ask)
            wait = self._wait_before_retry(fetched, tries)
            if wait is None:
                break
            self._clock.sleep(wait)
        self._heed(fetched)
        elapsed = round((self._clock.monotonic() - started) * 1000)
        return replace(fetched, tries=tries, elapsed_ms=elapsed)

    def _wait_before_retry(self, fetched: Fetched, tries: int) -> float | None:
        """Return how long to wait before the next try, or None when there is to be none."""
        retry = self._source.retry
        if fetched.outcome not in PASSING or tries >= retry.tries:
            return None
        asked = self._asked_pause(fetched)
        wait = retry.base_seconds * 2 ** (tries - 1) * random.uniform(1.0, 1.3) if asked is None else asked
        return wait if wait <= retry.max_wait_seconds else None

    def _asked_pause(self, fetched: Fetched) -> float | None:
        """Return the seconds that an answer of passing trouble asks to wait, None where it asks for none."""
        if fetched.outcome not in PASSING or fetched.response is None:
            return None
        return _retry_after(fetched.response, self._clock.now())

    def _heed(self, fetched: Fetched) -> None:
        """Remember a pause that is longer than a crawl waits."""
        asked, response = self._asked_pause(fetched), fetched.response
        if self._pauses and response and asked and asked > self._source.retry.max_wait_seconds:
            self._pauses.note(host_of(response.url), asked, response.status, self._source.key)

    def _follow(self, url: str, gate: Gate, ask: _Ask) -> Fetched:
        """Ask for ``url`` and follow its redirects, each judged like the first address."""
        seen: list[str] = []
        while True:
            refused = self._refusal(url, seen, gate)
            if refused:
                return refused
            seen.append(url)
            fetched = self._request(url, gate, ask)
            target = _redirect_target(fetched.response)
            if target is None:
                return fetched
            url = target
            if fetched.response and fetched.response.status not in _SAME_METHOD:
                ask = replace(ask, form=None)

    def _refusal(self, url: str, seen: list[str], gate: Gate) -> Fetched | None:
        if not on_domains(url, self._source.allowed_domains):
            return Fetched(OutcomeClass.REDIRECT_REFUSED, detail=f"{url} is outside the source's domains")
        if url in seen or len(seen) > MAX_REDIRECTS:
            return Fetched(
                OutcomeClass.REDIRECT_REFUSED, detail=f"redirects loop or never end, last to {url}"
            )
        pause = self._pauses.standing(host_of(url)) if self._pauses else None
        if pause:
            return Fetched(OutcomeClass.HOST_PAUSED, detail=str(pause))
        refusal = gate.refusal(url)
        return Fetched(refusal[0], detail=refusal[1]) if refusal else None

    def _request(self, url: str, gate: Gate, ask: _Ask) -> Fetched:
        host = host_of(url)
        self._pace.wait(host, max(self._source.pace_seconds, gate.pace(host)))
        try:
            return self._read(url, ask)
        except _BodyRefusedError as refused:
            return Fetched(refused.outcome, detail=str(refused))
        except _FAILURES as failure:
            return Fetched(_class_of(failure), detail=_one_line(failure))

    def _read(self, url: str, ask: _Ask) -> Fetched:
        deadline = self._clock.monotonic() + self._source.deadline_seconds
        headers = (
            CaseInsensitiveDict({**self._headers, **ask.conditional}) if ask.conditional else self._headers
        )
        request = _prepared(url, headers, ask.form)
        try:
            answer = self._adapter.send(request, timeout=self._source.timeout)
            payload = self._read_payload(answer, deadline)
        except BaseException:
            self._adapter.close()  # what is left of the answer must not be taken for the next one
            raise
        answer.close()
        sent = tuple((name, _unfolded(value)) for name, value in answer.raw.headers.items())
        response = Response(url, answer.status_code, answer.reason or "", sent, payload, self._clock.now())
        return self._judge(response, ask)

    def _read_payload(self, answer: requests.Response, deadline: float) -> bytes:
        """Read the payload as sent, bounded in bytes and time; the Content-Encoding is kept."""
        limit, stated = self._source.max_bytes, _stated_length(answer)
        if stated is not None and stated > limit:
            raise _BodyRefusedError(OutcomeClass.TOO_LARGE, f"{stated} bytes announced, {limit} allowed")
        pieces: list[bytes] = []
        size = 0
        while piece := answer.raw.read1(_CHUNK):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise _BodyRefusedError(OutcomeClass.TOO_LARGE, f"more than {limit} bytes sent")
            if self._clock.monotonic() > deadline:
                raise _BodyRefusedError(
                    OutcomeClass.TOO_SLOW,
                    f"{size} bytes in {self._source.deadline_seconds:g} s, not complete",
                )
        if stated is not None and size < stated:
            raise _BodyRefusedError(
                OutcomeClass.CONNECTION_FAILED, f"answer broke off at {size} of {stated} bytes"
            )
        return b"".join(pieces)

    def _judge(self, response: Response, ask: _Ask) -> Fetched:
        outcome = outcome_of_status(response.status)
        if outcome is OutcomeClass.NOT_MODIFIED and not ask.conditional:
            return Fetched(OutcomeClass.UNEXPECTED_STATUS, response, "304 to an unconditional request")
        if outcome is not OutcomeClass.STORED:
            detail = None if outcome is OutcomeClass.NOT_MODIFIED else f"HTTP {response.status}"
            return Fetched(outcome, response, detail)
        packed = (response.payload, response.header("Content-Encoding"), self._source.max_decoded_bytes)
        for length in _BEGINNINGS if ask.suffices else ():
            beginning = decode_beginning(*packed, length)
            if beginning and ask.suffices and ask.suffices(beginning):
                return Fetched(outcome, response, body=beginning, sufficed=True)
        try:
            body = decode_body(*packed)
        except OversizedBodyError as error:
            return Fetched(OutcomeClass.TOO_LARGE, response, str(error))
        except BodyError as error:
            return Fetched(OutcomeClass.BAD_ENCODING, response, str(error))
        return Fetched(outcome, response, body=body)


#: What can go wrong below us, the narrower first.
_CLASSES: tuple[tuple[tuple[type[Exception], ...], OutcomeClass], ...] = (
    ((AddressRefusedError,), OutcomeClass.ADDRESS_REFUSED),
    ((AnswerTooSlowError,), OutcomeClass.TOO_SLOW),
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError), OutcomeClass.CONNECTION_FAILED),
    ((ssl.SSLError,), OutcomeClass.TLS_FAILED),
    ((TimeoutError,), OutcomeClass.TIMEOUT),
    ((requests.RequestException, HTTPException, OSError, ValueError), OutcomeClass.CONNECTION_FAILED),
)
_FAILURES = tuple(kind for kinds, _ in _CLASSES for kind in kinds)


def _class_of(failure: Exception) -> OutcomeClass:
    return next(outcome for kinds, outcome in _CLASSES if isinstance(failure, kinds))


class _BodyRefusedError(Exception):
    def __init__(self, outcome: OutcomeClass, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome


def _prepared(url: str, headers: CaseInsensitiveDict[str], form: Form | None) -> requests.PreparedRequest:
    """Return a request; one for a page is put together from what is known to be well formed."""
    if form is not None or not _PLAIN_ADDRESS.fullmatch(url):
        method = "GET" if form is None else "POST"
        return requests.Request(method, url, dict(headers), data=list(form or ())).prepare()
    request = requests.PreparedRequest()
    request.method, request.url, request.headers = "GET", url, headers
    return request


def _unfolded(value: str) -> str:
    """Return the value of a header in one line (RFC 9112, 5.2)."""
    return " ".join(value.split()) if "\n" in value or "\r" in value else value


def _redirect_target(response: Response | None) -> str | None:
    if response is None or response.status not in _REDIRECTS:
        return None
    location = response.header("Location")
    return canonical_url(location, response.url) if location else None


def _stated_length(answer: requests.Response) -> int | None:
    text = answer.headers.get("Content-Length", "")
    if answer.headers.get("Transfer-Encoding") or not text.isdecimal() or answer.status_code in {204, 304}:
        return None
    return int(text)


def _retry_after(response: Response, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for, or None without a readable one."""
    value = (response.header("Retry-After") or "").strip()
    if value.isdecimal():  # isdigit lets ² through, which is no number
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _one_line(error: BaseException) -> str:
    """Return the innermost reason of ``error`` in one line, without addresses in memory."""
    text = re.sub(r"<[^<>]*object at 0x[0-9a-f]+>[:,]?\s*", "", str(error))
    return f"{type(error).__name__}: {' '.join(text.split())}"[:300]
