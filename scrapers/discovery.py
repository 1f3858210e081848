"""Finding pages: links from feeds, sitemaps and listing pages, each once and in one spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import feedparser
from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.text import canonical
from scrapers.encoding import BodyError, gunzip, is_gzip
from scrapers.parse.charset import decode_page
from scrapers.parse.fields import TooDeepError, open_tree
from scrapers.sourcefile import Discovery, Paging, Source
from scrapers.urls import canonical_url, on_domains
from scrapers.warc import StoredResponse

#: Most sitemap files read in one run, and most addresses taken from all of them.
MAX_SITEMAPS = 25
MAX_SITEMAP_LINKS = 50_000

#: Asks for a page of a kind; gives it as it stands (fresh, or archived when unchanged), or None.
Ask = Callable[[str, str], StoredResponse | None]


@dataclass(frozen=True)
class Link:
    """One address found, with the title it was found under."""

    url: str
    title: str | None


def discover(source: Source, ask: Ask, robots_sitemaps: tuple[str, ...]) -> list[Link]:
    """Walk all ways of a source and return the links to its articles or items, in the order found.

    Only addresses on the source's domains that match ``article_url`` are returned; titles of one address found
    in several places are joined, so that an image link does not hide the headline.
    """
    found: dict[str, list[str]] = {}
    for way in source.discovery:
        for link in _walk(source, way, ask, robots_sitemaps):
            titles = found.setdefault(link.url, [])
            if link.title and link.title not in titles:
                titles.append(link.title)
    return [Link(url, " / ".join(titles) or None) for url, titles in found.items()]


def _walk(source: Source, way: Discovery, ask: Ask, robots_sitemaps: tuple[str, ...]) -> Iterator[Link]:
    if way.method == "rss" and way.url:
        page = ask(way.url, "feed")
        links = read_feed(page) if page else []
    elif way.method == "sitemap":
        links = _walk_sitemaps(source, (way.url,) if way.url else robots_sitemaps, ask)
    else:
        links = _walk_listing(source, way, ask)
    yield from (link for link in links if is_article(source, link.url))


def is_article(source: Source, url: str) -> bool:
    """Say whether an address is that of an article or item of the source."""
    parts = urlsplit(url)
    place = urlunsplit(("", "", parts.path, parts.query, ""))
    return on_domains(url, source.allowed_domains) and re.search(source.article_url, place) is not None


def read_feed(page: StoredResponse) -> list[Link]:
    """Read the entries of an RSS or Atom feed."""
    try:
        parsed = feedparser.parse(
            page.body(), response_headers={"content-type": page.header("Content-Type") or ""}
        )
    except BodyError:
        return []
    links = (
        _link(entry.get("link"), page.final_url, _text_of(entry.get("title"))) for entry in parsed.entries
    )
    return [link for link in links if link]


def read_sitemap(page: StoredResponse, limit: int = MAX_SITEMAP_LINKS) -> tuple[list[Link], list[str]]:
    """Read a sitemap, packed or not: links to pages, and addresses of further sitemaps."""
    pages: list[Link] = []
    maps: list[str] = []
    try:
        body = page.body()
        body = gunzip(body, 50_000_000) if is_gzip(body) else body
    except BodyError:
        return pages, maps
    for name, url, title in _sitemap_entries(body):
        link = _link(url, page.final_url, title)
        if link and name == "url":
            pages.append(link)
        elif link:
            maps.append(link.url)
        if len(pages) >= limit:
            break
    return pages, maps


def _sitemap_entries(body: bytes) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each ``url`` or ``sitemap`` element with its address and, in news sitemaps, its title."""
    url: str | None = None
    title: str | None = None
    try:
        for _, element in etree.iterparse(
            BytesIO(body), events=("end",), recover=True, resolve_entities=False
        ):
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name == "loc" and url is None:  # pictures inside an entry have addresses of their own
                url = (element.text or "").strip()
            elif name == "title":
                title = element.text
            elif name in {"url", "sitemap"}:
                yield name, url, title
                url = title = None
                element.clear()
    except etree.XMLSyntaxError:
        return  # nothing in it that even a lenient reader takes for XML


def read_listing(page: StoredResponse, selector: str | None) -> list[Link]:
    """Read the links of a listing page; each link's title is its text, else its ``title`` attribute."""
    tree = _tree(page)
    if tree is None:
        return []
    base = tree.css_first("base[href]")
    base_url = urljoin(page.final_url, (base.attributes.get("href") if base else None) or "")
    links = (_anchor_link(node, base_url) for node in tree.css(selector or "a[href]"))
    return [link for link in links if link]


def _walk_sitemaps(source: Source, first: tuple[str, ...], ask: Ask) -> list[Link]:
    queue = [url for url in first if on_domains(url, source.allowed_domains)]
    seen: set[str] = set()
    links: list[Link] = []
    while queue and len(seen) < MAX_SITEMAPS and len(links) < MAX_SITEMAP_LINKS:
        url = canonical_url(queue.pop(0))
        if url is None or url in seen:
            continue
        seen.add(url)
        page = ask(url, "sitemap")
        if page:
            found, further = read_sitemap(page, MAX_SITEMAP_LINKS - len(links))
            links += found
            queue += [child for child in further if on_domains(child, source.allowed_domains)]
    return links


def _walk_listing(source: Source, way: Discovery, ask: Ask) -> list[Link]:
    """Read a listing page by page until the bound, an empty page, or one that brings nothing new."""
    kind = "list_page" if source.feedback else "listing"
    links: list[Link] = []
    seen: set[str] = set()
    url = canonical_url(way.url or "")
    number = way.paging.first if way.paging else 1
    for _ in range(way.paging.max_pages if way.paging else 1):
        page = ask(url, kind) if url else None
        if page is None:
            break
        found = [link for link in read_listing(page, way.link_selector) if is_article(source, link.url)]
        fresh = {link.url for link in found} - seen
        if not fresh:
            break
        links += found
        seen |= fresh
        number += 1
        url = _next_page(way.paging, way.url or "", number, page) if way.paging else None
    return links


def _next_page(paging: Paging, first_url: str, number: int, page: StoredResponse) -> str | None:
    if paging.pattern:
        return canonical_url(paging.pattern.replace("{page}", str(number)), first_url)
    if paging.param:
        parts = urlsplit(first_url)
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != paging.param]
        query.append((paging.param, str(number)))
        return canonical_url(urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), "")))
    tree = _tree(page)
    node = tree.css_first(paging.next_selector or "") if tree else None
    href = node.attributes.get("href") if node else None
    return canonical_url(href, page.final_url) if href else None


def _tree(page: StoredResponse) -> LexborHTMLParser | None:
    try:
        return open_tree(decode_page(page.body(), page.header("Content-Type")).text)
    except (BodyError, TooDeepError):
        return None


def _anchor_link(node: LexborNode, base_url: str) -> Link | None:
    title = _text_of(node.text(separator=" ")) or _text_of(node.attributes.get("title"))
    return _link(node.attributes.get("href"), base_url, title)


def _link(href: str | None, base_url: str, title: str | None) -> Link | None:
    url = canonical_url(href, base_url) if href else None
    return Link(url, _text_of(title)) if url else None


def _text_of(text: str | None) -> str | None:
    return " ".join(canonical(text).split()) or None if text else None
