"""Addresses: one spelling for one page, and which hosts belong to a source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|zarsrc|mc_cid|mc_eid|_ga|igshid|ref_src)$", re.IGNORECASE)
#: What may stand unescaped in a path; percent signs of escapes already made are kept.
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_HOST = r"https?://((?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63})(?::(?!(?:80|443)/)(?:[1-9]\d{0,3}|[1-5]\d{4}))?"
#: What a host may be called: a name, or an address of numbers.
_HOST_NAME = re.compile(r"[\w.:~-]+", re.ASCII)
#: An address in its one spelling. Most are, and to see that costs a tenth of taking one apart and joining it again.
_SPELLED = re.compile(_HOST + r"(?!\S*/\.)/(?!/)[\w%:@!$&'()*+,=~./-]*", re.ASCII)
#: An address whose host is plain to see, and what follows it: an address in its one spelling and any query.
_PLAIN = re.compile(_HOST + r"(/(?!/)[!-\"$->@-~]*(?:\?[!-\"$-~]+)?)", re.ASCII)


def canonical_url(url: str, base: str | None = None) -> str | None:
    """Return the one spelling of ``url`` (resolved against ``base``), or None when it is no web address.

    Scheme and host are lower case, the default port, the fragment and tracking parameters are dropped, and
    letters outside ASCII are escaped. The order of the parameters is kept: some servers mind it.
    """
    is_rooted = url.startswith("/") and not url.startswith("//")
    whole = _origin(base) + url if base and is_rooted else url
    return whole if _SPELLED.fullmatch(whole) else _spelled(url, base)


@lru_cache(maxsize=1024)
def _origin(address: str) -> str:
    """Return scheme and host of an address, or nothing where they are not plain to see."""
    plain = _PLAIN.fullmatch(address)
    return address[: plain.start(2)] if plain else ""


def _spelled(url: str, base: str | None) -> str | None:
    """Take an address apart and join it again in its one spelling."""
    try:
        return _canonical(urlsplit(urljoin(base, url.strip()) if base else url.strip()))
    except ValueError:  # brackets that hold no address, a port of letters, halves of characters
        return None


def _canonical(parts: SplitResult) -> str | None:
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if parts.scheme not in _DEFAULT_PORTS or not _HOST_NAME.fullmatch(host):
        return None
    if ":" in host:
        host = f"[{host}]"
    netloc = host if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"
    path = quote(_without_dots(parts.path or "/"), safe=_PATH_SAFE)
    return urlunsplit((parts.scheme, netloc, path, _without_tracking(parts.query), ""))


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` as a browser does; a path that begins with two slashes is left as it is."""
    if "/." not in path or path.startswith("//"):
        return path
    return urlsplit(urljoin("http://host/", path)).path or "/"


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(_TRACKING.match(name) for name, _ in pairs):
        return urlencode([pair for pair in pairs if not _TRACKING.match(pair[0])])
    return quote(query, safe=_PATH_SAFE + "?")


def host_of(url: str) -> str:
    """Return the host with its port, as one server is known to the pace and to robots.txt."""
    plain = _PLAIN.fullmatch(url)
    return url[plain.start(1) : plain.start(2)] if plain else urlsplit(url).netloc.lower()


def on_domains(url: str, domains: Iterable[str]) -> bool:
    """Say whether ``url`` is on one of ``domains`` or a sub-domain of one; what is no address is on none."""
    plain = _PLAIN.fullmatch(url)
    try:
        host = plain[1] if plain else (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    return _is_on(host, tuple(domains))


@lru_cache(maxsize=4096)
def _is_on(host: str, domains: tuple[str, ...]) -> bool:
    return any(host == name.lower() or host.endswith("." + name.lower()) for name in domains)


def slug_words(url: str) -> str:
    """Return the words of the last path segment, without ids and endings: the title in plain letters."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    if not segments:
        return ""
    stem = re.sub(r"\.\w{2,5}$", "", segments[-1].lower())
    words = [word for word in re.split(r"[-_+.%]+", stem) if word and not any(c.isdigit() for c in word)]
    return " ".join(words)


def path_and_query(url: str) -> str:
    """Return what follows the host, without a fragment: what the patterns of a source are held against."""
    plain = _PLAIN.fullmatch(url)
    if plain:
        return plain[2]
    parts = urlsplit(url)
    return urlunsplit(("", "", parts.path, parts.query, ""))
