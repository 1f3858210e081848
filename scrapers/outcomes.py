"""How an attempt to fetch can end. Every attempt ends as one of these; nothing is lost and nothing else stops."""

from __future__ import annotations

from enum import StrEnum


class OutcomeClass(StrEnum):
    """Class of the end of one attempt; written to ``raw/outcomes``, column ``outcome``."""

    STORED = "stored"
    """A 2xx answer with new bytes, archived."""
    UNCHANGED = "unchanged"
    """A 2xx answer whose bytes are archived already: not stored a second time."""
    NOT_MODIFIED = "not_modified"
    """304: the server confirms the archived answer."""
    NOT_FOUND = "not_found"
    """404."""
    GONE = "gone"
    """410: will not be asked for again."""
    RATE_LIMITED = "rate_limited"
    """429, also after the tries allowed."""
    CLIENT_ERROR = "client_error"
    """Any other 4xx, such as 401 or 403."""
    SERVER_ERROR = "server_error"
    """5xx, also after the tries allowed."""
    UNEXPECTED_STATUS = "unexpected_status"
    """1xx or 3xx that says nothing we asked for, such as a redirect without an address."""
    ROBOTS_DENIED = "robots_denied"
    """robots.txt forbids the page to us: not asked for."""
    ROBOTS_UNREADABLE = "robots_unreadable"
    """robots.txt could not be read (5xx, 401, 403, 429, no connection): not asked for, the next run tries again."""
    TIMEOUT = "timeout"
    """No connection or no further byte within the source's timeout, also after the tries allowed."""
    TOO_SLOW = "too_slow"
    """Bytes kept coming, but the answer was not complete at the deadline."""
    CONNECTION_FAILED = "connection_failed"
    """No such host, refused, reset, or an answer that broke off before its stated end, also after the tries."""
    TLS_FAILED = "tls_failed"
    """The certificate does not hold, or no common TLS version."""
    TOO_LARGE = "too_large"
    """Longer than ``max_bytes`` on the wire (not stored), or than ``max_decoded_bytes`` once unpacked (stored)."""
    BAD_ENCODING = "bad_encoding"
    """The Content-Encoding is not what it says or is cut short: stored as sent, cannot be unpacked."""
    REDIRECT_REFUSED = "redirect_refused"
    """The redirect leaves the source's domains, loops, or is too long."""
    ADDRESS_REFUSED = "address_refused"
    """The host is at a private or loopback address, which the source does not allow."""
    CHALLENGE = "challenge"
    """A 2xx page that asks to prove one is human: stored, not an article."""
    LOGIN = "login"
    """A 2xx page that asks to log in: stored, not an article."""
    SOFT_404 = "soft_404"
    """A 2xx page that says there is nothing: stored, not an article."""
    SEO_SPAM = "seo_spam"
    """A 2xx page of the source's own host that advertises gambling: stored, not an article."""
    INTERRUPTED = "interrupted"
    """Not a request: the crawl was killed here; what it had stored was taken over at the next start."""
    HOST_PAUSED = "host_paused"
    """The host asked to be left alone until later (Retry-After): not asked for, a run after that tries again."""


#: The archived answer named by the outcome is the page as it stands.
GOOD = frozenset({OutcomeClass.STORED, OutcomeClass.UNCHANGED, OutcomeClass.NOT_MODIFIED})

#: Worth another try within the same run.
PASSING = frozenset(
    {
        OutcomeClass.RATE_LIMITED,
        OutcomeClass.SERVER_ERROR,
        OutcomeClass.TIMEOUT,
        OutcomeClass.CONNECTION_FAILED,
    }
)


def outcome_of_status(status: int) -> OutcomeClass:
    """Return the class of an HTTP status code, before the body is looked at."""
    known = {
        304: OutcomeClass.NOT_MODIFIED,
        404: OutcomeClass.NOT_FOUND,
        410: OutcomeClass.GONE,
        429: OutcomeClass.RATE_LIMITED,
    }
    if status in known:
        return known[status]
    ranges = {2: OutcomeClass.STORED, 4: OutcomeClass.CLIENT_ERROR, 5: OutcomeClass.SERVER_ERROR}
    return ranges.get(status // 100, OutcomeClass.UNEXPECTED_STATUS)
