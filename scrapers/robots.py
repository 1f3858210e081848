"""robots.txt: what a host allows us, and how slowly (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from scrapers.client import AGENT_TOKEN
from scrapers.outcomes import OutcomeClass
from scrapers.parse.fields import TooDeepError, open_tree
from scrapers.parse.recognise import recognise
from scrapers.urls import host_of

#: RFC 9309, 2.5: at least 500 KiB must be read; what follows may be left.
READ_BYTES = 512_000
#: Statuses that mean "not now" or "not you", which we do not take for a permission.
_UNREADABLE = frozenset({401, 403, 429})
_BARRING = frozenset({OutcomeClass.CHALLENGE, OutcomeClass.LOGIN})


@dataclass(frozen=True)
class RobotsAnswer:
    """What asking for robots.txt gave: a status and text, or neither when nothing came."""

    status: int | None
    text: str | None


class HostRules:
    """The rules of one host."""

    def __init__(self, answer: RobotsAnswer) -> None:
        status, barred = answer.status, _barred(answer.text or "")
        self._readable = status is not None and status < 500 and status not in _UNREADABLE and not barred
        self._got = barred or (f"HTTP {status}" if status else "no answer")
        self._rules = Protego.parse(answer.text or "") if status is not None and status < 300 else None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Sitemaps the file names."""
        return tuple(self._rules.sitemaps) if self._rules else ()

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests the file asks for, 0 when it asks for none."""
        return float(self._rules.crawl_delay(AGENT_TOKEN) or 0.0) if self._rules else 0.0

    def refusal(self, url: str) -> tuple[OutcomeClass, str] | None:
        """Return why ``url`` must not be asked for, or None when it may be."""
        if not self._readable:
            return OutcomeClass.ROBOTS_UNREADABLE, f"robots.txt gave {self._got}; the next run asks again"
        if self._rules and not self._rules.can_fetch(url, AGENT_TOKEN):
            return OutcomeClass.ROBOTS_DENIED, "robots.txt forbids this address"
        return None


def _barred(text: str) -> str | None:
    """Return what came in the place of the file when it is a page for people that bars the way; else None.

    A site that answers any address with its "not found" page has no robots.txt, as RFC 9309 sees it.
    """
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    try:
        found = recognise(open_tree(text), text)
    except TooDeepError as error:
        return f"a page ({error})"
    return f"a page ({found[0]}: {found[1]})" if found and found[0] in _BARRING else None


class RobotsGate:
    """Keeps the rules of every host of a crawl; asks for each file once, when it is first needed.

    Args:
        ask: fetches a robots.txt address.
    """

    def __init__(self, ask: Callable[[str], RobotsAnswer]) -> None:
        self._ask = ask
        self._hosts: dict[str, HostRules] = {}

    def rules(self, url: str) -> HostRules:
        """Return the rules of the host of ``url``."""
        host = host_of(url)
        if host not in self._hosts:
            parts = urlsplit(url)
            self._hosts[host] = HostRules(
                self._ask(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")))
            )
        return self._hosts[host]

    def refusal(self, url: str) -> tuple[OutcomeClass, str] | None:
        """Return why ``url`` must not be asked for, or None."""
        return self.rules(url).refusal(url)

    def pace(self, host: str) -> float:
        """Return the crawl-delay of a host whose rules are known, else 0."""
        rules = self._hosts.get(host)
        return rules.crawl_delay if rules else 0.0
