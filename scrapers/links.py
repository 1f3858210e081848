"""Links as they stand in feeds, sitemaps, listing pages and JSON, each in one spelling."""

from __future__ import annotations

import heapq
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, count
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.text import canonical
from scrapers.cards import Cards
from scrapers.encoding import BodyError, is_gzip
from scrapers.parse.charset import decode_page
from scrapers.parse.fields import TooDeepError, open_tree
from scrapers.sourcefile import Endpoint
from scrapers.stored import StoredResponse
from scrapers.urls import canonical_url

#: Most addresses taken from all sitemaps of a source in one run: the newest ones where they are dated.
MAX_SITEMAP_LINKS = 50_000
#: Most bytes of one sitemap that are read once it is unpacked; what follows is left.
MAX_SITEMAP_BYTES = 300_000_000
_CHUNK = 1 << 16
#: A year, alone or with its month behind it or behind a mark: 2024, 202412, 20241231, 2024-12.
_MONTH_NAMED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:(?P<joined>0[1-9]|1[0-2])(?:\d\d)?(?!\d)|[-_/.](?P<month>1[0-2]|0?[1-9])(?!\d)|(?!\d))"
)
#: Most characters of a description that are kept, and most of its markup that is looked at for them.
_SUMMARY_CHARS = 600
_MARKUP_CHARS = 20_000


@dataclass(frozen=True)
class Link:
    """One address found.

    Attributes:
        url: the address.
        title: the title it was found under.
        changed: the day its page last changed, where stated.
        summary: what else is said of the page where its address was found: the lead on a card, a feed's description.
    """

    url: str
    title: str | None
    changed: str | None = None
    summary: str | None = None


def read_feed(page: StoredResponse) -> list[Link]:
    """Read the entries of an RSS or Atom feed."""
    import feedparser  # noqa: PLC0415 - brings an HTTP client, and few pages are feeds

    try:
        # Wrapped: of bytes it first tries whether they are the path of a file, and reads that.
        parsed = feedparser.parse(
            BytesIO(page.body()), response_headers={"content-type": page.header("Content-Type") or ""}
        )
    except BodyError:
        return []
    except Exception:  # noqa: BLE001 - on some broken feeds the parser itself stumbles, in ways of its own
        return []
    links = (
        _link(entry.get("link"), page.final_url, _text_of(entry.get("title")), _plain(entry.get("summary")))
        for entry in parsed.entries
    )
    return [link for link in links if link]


def read_sitemap(page: StoredResponse, limit: int = MAX_SITEMAP_LINKS) -> tuple[list[Link], list[Link]]:
    """Read a sitemap, packed or not: links to pages, and to further sitemaps, the newest first.

    It is read in pieces and never held whole. Of more than ``limit`` pages those that changed last are kept;
    pages without a day count as oldest, in the order of the file. Of a sitemap without a day the month in its
    address stands for it.
    """
    order = count()
    kept: list[_Entry] = []
    maps: list[_Entry] = []
    for name, stated, url, title, keywords in _sitemap_entries(_sitemap_pieces(page)):
        chosen = kept if name == "url" else maps
        changed = stated or (month_named(url or "") if chosen is maps else "")
        if len(chosen) < limit:
            heapq.heappush(chosen, (changed, -next(order), url, title, keywords))
        elif changed > chosen[0][0]:
            heapq.heapreplace(chosen, (changed, -next(order), url, title, keywords))
    return _newest_first(kept, page.final_url), _newest_first(maps, page.final_url)


def month_named(url: str) -> str:
    """Return the month or year that the address of a sitemap names, such as ``sitemap-2024-12.xml``, else nothing."""
    match = _MONTH_NAMED.search(url.partition("//")[2].partition("/")[2])
    if match is None:
        return ""
    month = match["month"] or match["joined"]
    return f"{match['year']}-{int(month):02}" if month else match["year"]


#: Name of an element of a sitemap, and what it says: day of change, address, title, keywords.
_Told = tuple[str, str, str | None, str | None, str | None]
#: Day of change, place in the file counted downwards, address, title and keywords as written.
_Entry = tuple[str, int, str | None, str | None, str | None]


def _newest_first(entries: list[_Entry], base_url: str) -> list[Link]:
    """Return the links; addresses are brought into one spelling only now, for the few that are kept."""
    links: list[Link] = []
    for changed, _, url, title, keywords in sorted(entries, key=lambda entry: entry[:2], reverse=True):
        link = _link(url, base_url, _text_of(title), _plain(keywords))
        if link:
            links.append(replace(link, changed=changed or None))
    return links


def _sitemap_pieces(page: StoredResponse) -> Iterator[bytes]:
    """Yield the unpacked bytes of a sitemap piece by piece, up to the bound or the first broken byte."""
    try:
        body = page.payload if page.header("Content-Encoding") in {None, "gzip", "x-gzip"} else page.body()
    except BodyError:
        return
    left = MAX_SITEMAP_BYTES
    pieces = _unzipped(_unzipped(iter([body])))  # a packed file may have been packed again on its way
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def _unzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    if not is_gzip(first):
        yield first
        yield from pieces
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for piece in chain((first,), pieces):
            rest = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        return  # what came before it is good


def _sitemap_entries(pieces: Iterable[bytes]) -> Iterator[_Told]:
    """Yield what each ``url`` or ``sitemap`` element says; title and keywords stand in sitemaps of news."""
    parser = etree.XMLPullParser(
        events=("end",), tag=("{*}url", "{*}sitemap"), recover=True, resolve_entities=False
    )
    try:
        for piece in pieces:
            for start in range(0, len(piece), _CHUNK):
                parser.feed(piece[start : start + _CHUNK])
                yield from _read_entries(parser)
        parser.close()
        yield from _read_entries(parser)
    except etree.XMLSyntaxError:
        return  # nothing in it that even a lenient reader takes for XML


def _read_entries(parser: Any) -> Iterator[_Told]:
    for _, element in parser.read_events():
        found: dict[str, str] = {}
        for child in element.iter():
            if isinstance(child.tag, str):
                name = child.tag.rpartition("}")[2]
                found.setdefault(
                    name, (child.text or "").strip()
                )  # pictures inside have addresses of their own
        name = element.tag.rpartition("}")[2]
        yield name, found.get("lastmod", "")[:10], found.get("loc"), found.get("title"), found.get("keywords")
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]  # else a million empty elements pile up


def read_listing(page: StoredResponse, selector: str | None) -> list[Link]:
    """Read the links of a listing page; each link's title is its text, else its ``title`` attribute."""
    tree = page_tree(page)
    return _links_in(tree, page.final_url, selector) if tree else []


def read_endpoint(
    page: StoredResponse, endpoint: Endpoint, selector: str | None
) -> tuple[list[Link], str | None]:
    """Read the links a JSON endpoint answers, and the address of its next page where it states one."""
    try:
        data = json.loads(page.body())
    except (BodyError, ValueError, RecursionError):
        return [], None
    following = _at(data, endpoint.next) if endpoint.next else None
    next_url = canonical_url(following, page.final_url) if isinstance(following, str) and following else None
    if endpoint.html:
        return _links_in_fragment(_at(data, endpoint.html), page.final_url, selector), next_url
    items = _at(data, endpoint.items)
    listed = list(items.values()) if isinstance(items, dict) else items if isinstance(items, list) else []
    links = (_item_link(item, endpoint, page.final_url) for item in listed if isinstance(item, dict))
    return [link for link in links if link], next_url


def _links_in_fragment(fragment: Any, base_url: str, selector: str | None) -> list[Link]:
    if not isinstance(fragment, str):
        return []
    try:
        return _links_in(open_tree(fragment), base_url, selector)
    except TooDeepError:
        return []


def _item_link(item: Mapping[str, Any], endpoint: Endpoint, base_url: str) -> Link | None:
    """Return the link of one item; a ``link`` with braces is an address to fill in, otherwise a path."""
    stated = endpoint.link or ""
    if "{" in stated:
        url: Any = re.sub(r"\{([\w.]+)\}", lambda match: str(_at(item, match[1]) or ""), stated)
    else:
        url = _at(item, stated)
    if not isinstance(url, str):
        return None
    title, summary = (_at(item, path) if path else None for path in (endpoint.title, endpoint.summary))
    return _link(
        url,
        base_url,
        _text_of(title) if isinstance(title, str) else None,
        _plain(summary) if isinstance(summary, str) else None,
    )


def _at(data: Any, path: str) -> Any:
    """Follow keys joined by dots; a number is a place in a list. None where there is nothing."""
    for step in filter(None, path.split(".")):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def page_tree(page: StoredResponse) -> LexborHTMLParser | None:
    """Return the parsed page, None where it cannot be read."""
    try:
        return open_tree(decode_page(page.body(), page.header("Content-Type")).text)
    except (BodyError, TooDeepError):
        return None


def _links_in(tree: LexborHTMLParser, address: str, selector: str | None) -> list[Link]:
    base = tree.css_first("base[href]")
    base_url = canonical_url((base.attributes.get("href") if base else None) or "", address) or address
    cards = Cards()
    links = (_anchor_link(node, base_url, cards) for node in tree.css(selector or "a[href]"))
    return [link for link in links if link]


def _anchor_link(node: LexborNode, base_url: str, cards: Cards) -> Link | None:
    title = _text_of(node.text(separator=" ")) or _text_of(node.attributes.get("title"))
    return _link(node.attributes.get("href"), base_url, title, _text_of(cards.text_around(node)))


def _link(href: str | None, base_url: str, title: str | None, summary: str | None = None) -> Link | None:
    url = canonical_url(href, base_url) if href else None
    return Link(url, title, summary=summary) if url else None


def _text_of(text: str | None) -> str | None:
    return " ".join(canonical(text).split()) or None if text else None


def _plain(markup: str | None) -> str | None:
    """Return the words of a description, which feeds and endpoints like to send as a piece of HTML."""
    if not markup:
        return None
    if "<" not in markup:
        return _text_of(markup[:_SUMMARY_CHARS])
    body = LexborHTMLParser(markup[:_MARKUP_CHARS]).body
    return _text_of(body.text(separator=" ")[:_SUMMARY_CHARS]) if body else None
