"""Drafting a source: from the address of one article to a source file, the saved page and its golden.

The draft claims nothing: status ``unverified``, caveats that say what nobody has checked, and a golden that fails
until a person has compared the reading with the page.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import yaml
from selectolax.lexbor import LexborHTMLParser

from coso.errors import BadInputError, CosoError
from coso.lake import write_atomically
from coso.settings import Settings, load_settings
from scrapers.asking import require_contact
from scrapers.client import OpenGate, PoliteClient
from scrapers.encoding import decode_body
from scrapers.goldens import SAVED, make_golden
from scrapers.outcomes import OutcomeClass
from scrapers.pace import PROCESS_PACE, SYSTEM_CLOCK, Clock, Pace
from scrapers.parse.charset import decode_page
from scrapers.parse.fields import TooDeepError, open_tree, selector_uses
from scrapers.registry import FAMILIES, load_registry
from scrapers.response import Response
from scrapers.robots import READ_BYTES, RobotsAnswer, RobotsGate
from scrapers.sourcefile import Selectors, Source
from scrapers.sourceparts import make_part
from scrapers.urls import canonical_url

_CAVEATS = (
    "Drafted from one page; address pattern, discovery, province and licence were checked by nobody.",
    "Read the saved page, mend the golden, and put your name into its read_by.",
)
_FEEDS = (
    "link[rel='alternate'][type='application/rss+xml'], link[rel='alternate'][type='application/atom+xml']"
)


@dataclass(frozen=True)
class ScaffoldedFiles:
    """The files of a draft."""

    source: Path
    page: Path
    golden: Path


@dataclass(frozen=True)
class _Fetched:
    response: Response
    html: bytes
    tree: LexborHTMLParser
    sitemaps: bool


def new_source(
    url: str,
    folder: Path,
    *,
    key: str | None = None,
    settings: Settings | None = None,
    allow_loopback: bool = False,
    clock: Clock = SYSTEM_CLOCK,
    pace: Pace = PROCESS_PACE,
) -> ScaffoldedFiles:
    """Fetch one article, as politely as a crawl, and draft a source for its site.

    Args:
        url: address of an article of the new source.
        folder: folder of source files; the draft goes there, the page to ``saved/KEY/``.
        key: key of the source; by default made of the host's name.
        settings: for the contact address; by default from the environment.
        allow_loopback: for local test servers only.
        clock: time, for tests.
        pace: pace of the requests.

    Raises:
        BadInputError: the address is none, the page is no readable article, the file is there already, or no
            contact address is set.
        CosoError: the page could not be fetched; the outcome is named.
    """
    address = canonical_url(url)
    if address is None:
        raise BadInputError(f"{url!r} is no web address", "give the http or https address of an article")
    probe = _probe(address, key or _key_of(address), allow_loopback)
    path = folder / f"{probe.key}.yml"
    if path.exists():
        raise BadInputError(f"{path} is there already", "choose another --key or remove it")
    require_contact(probe, settings or load_settings())
    fetched = _fetch(probe, address, settings or load_settings(), clock, pace)
    values = _draft(probe, fetched)
    files = ScaffoldedFiles(path, *_saved(folder, probe.key))
    write_atomically(files.source, _as_yaml(values).encode())
    try:
        source = load_registry(folder).get(probe.key)
    except CosoError:
        files.source.unlink()
        raise
    _save(files, source, fetched.response, fetched.html)
    return files


def _key_of(url: str) -> str:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    parts = host.split(".")
    name = parts[0] if parts[-1].isalpha() and len(parts[0]) > 1 else host
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "source"


def _probe(url: str, key: str, allow_loopback: bool) -> Source:
    """Return the least source the client can fetch the page for."""
    parts = urlsplit(url)
    home = urlunsplit((parts.scheme, parts.netloc, "/", "", ""))
    return make_part(
        Source,
        {
            "key": key,
            "name": parts.hostname,
            "kind": "party_newspaper",
            "family": "general",
            "status": "unverified",
            "home_url": home,
            "province": None,
            "discovery": [{"method": "listing", "url": home}],
            "article_url": ".",
            "schedule": "0 6 * * *",
            "licence": "Unknown.",
            "allow_loopback": allow_loopback,
            "pace_seconds": 0 if allow_loopback else 3,
        },
    )


def _fetch(probe: Source, url: str, settings: Settings, clock: Clock, pace: Pace) -> _Fetched:
    client = PoliteClient(probe, settings.contact, clock, pace)
    try:
        gate = RobotsGate(lambda robots: _ask_robots(client, probe, robots))
        fetched = client.fetch(url, gate)
        sitemaps = bool(gate.rules(url).sitemaps)
    finally:
        client.close()
    if fetched.outcome is not OutcomeClass.STORED or fetched.response is None:
        raise CosoError(
            f"{url} could not be fetched: {fetched.outcome} ({fetched.detail})", "give another article"
        )
    response = fetched.response
    html = decode_body(response.payload, response.header("Content-Encoding"), probe.max_decoded_bytes)
    try:
        tree = open_tree(decode_page(html, response.header("Content-Type")).text)
    except TooDeepError as error:
        raise BadInputError(f"{url}: {error}", "give another article") from None
    return _Fetched(response, html, tree, sitemaps)


def _ask_robots(client: PoliteClient, probe: Source, url: str) -> RobotsAnswer:
    response = client.fetch(url, OpenGate()).response
    if response is None:
        return RobotsAnswer(None, None)
    encoding = response.header("Content-Encoding")
    text = decode_body(response.payload, encoding, probe.max_decoded_bytes)[:READ_BYTES]
    return RobotsAnswer(response.status, text.decode("utf-8", errors="replace"))


def _draft(probe: Source, fetched: _Fetched) -> dict[str, Any]:
    url = fetched.response.url
    family = _best_family(fetched.tree, url, probe)
    meta = fetched.tree.css_first("meta[property='og:site_name']")
    name = (meta.attributes.get("content") or "").strip() if meta else ""
    values: dict[str, Any] = {
        "key": probe.key,
        "name": name or probe.name,
        "kind": "party_newspaper",
        "extends": family,
        "status": "unverified",
        "home_url": probe.home_url,
        "province": None,
        "discovery": _ways(probe, fetched),
        "schedule": "0 6 * * *",
        "licence": "Unknown; facts and short quotations with attribution only.",
        "caveats": list(_CAVEATS),
    }
    if not _family_takes(family, probe, url):
        values["article_url"] = _address_pattern(url)
    if probe.allow_loopback:
        values |= {"allow_loopback": True, "pace_seconds": 0}
    return values


def _ways(probe: Source, fetched: _Fetched) -> list[dict[str, str]]:
    """Return the ways the page itself shows: its feeds, the sitemaps of robots.txt, and the front page."""
    feeds = (
        canonical_url(node.attributes.get("href") or "", fetched.response.url)
        for node in fetched.tree.css(_FEEDS)
    )
    domains = probe.allowed_domains
    listed = [url for url in dict.fromkeys(feeds) if url and urlsplit(url).hostname in domains]
    ways = [{"method": "rss", "url": url} for url in listed[:3]]
    ways += [{"method": "sitemap"}] if fetched.sitemaps else []
    return [*ways, {"method": "listing", "url": probe.home_url}]


def _families() -> dict[str, dict[str, Any]]:
    paths = (path for path in sorted(FAMILIES.glob("*.yml")) if path.stem not in {"general", "feedback"})
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


def _best_family(tree: LexborHTMLParser, url: str, probe: Source) -> str:
    """Return the family whose own selectors find title and body and most other parts; ``general`` when none does.

    Alternatives that any page matches (a bare ``h1``) prove nothing and do not count.
    """
    best, best_score = "general", 0.0
    for name, family in _families().items():
        uses = selector_uses(tree, make_part(Selectors, family["selectors"]))
        parts = {use.part for use in uses if use.hit and re.search(r"[.#\[]", use.selector)}
        score = len(parts) + (0.5 if _family_takes(name, probe, url) else 0.0)
        if {"title", "body"} <= parts and score > best_score:
            best, best_score = name, score
    return best


def _family_takes(family: str, probe: Source, url: str) -> bool:
    values = yaml.safe_load((FAMILIES / f"{family}.yml").read_text(encoding="utf-8"))
    return replace(probe, article_url=values["article_url"]).is_article(url)


def _address_pattern(url: str) -> str:
    """Return a pattern for addresses like this one: its last digits are the id, its ending stays."""
    path = urlsplit(url).path
    match = re.search(r"([^/\d]{0,8}?)(\d{3,})(\D{0,12})$", path)
    if match is None:
        ending = re.search(r"\.\w{2,5}$", path)
        return r"/[^/?]*(?:-[^/?]*){3,}" + (re.escape(ending[0]) if ending else "/?") + "$"
    before = re.search(r"[-/][a-z]{0,6}$", match[1]) or re.search(r"[-/]?$", match[1])
    return f"{before[0] if before else ''}\\d+{re.escape(match[3])}$"


def _as_yaml(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=110)


def _saved(folder: Path, key: str) -> tuple[Path, Path]:
    stem = folder / SAVED / key / "page-1"
    return stem.with_suffix(".html"), stem.with_suffix(".json")


def _save(files: ScaffoldedFiles, source: Source, response: Response, html: bytes) -> None:
    at: datetime = response.received_at
    golden = make_golden(source, response.url, at, html)
    write_atomically(files.page, html)
    write_atomically(files.golden, (json.dumps(golden, ensure_ascii=False, indent=1) + "\n").encode())
