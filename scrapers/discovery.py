"""Finding pages: walks every way of a source, each within its bound, and says how far it could see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.links import (
    MAX_SITEMAP_LINKS,
    Link,
    month_named,
    page_tree,
    read_endpoint,
    read_feed,
    read_listing,
    read_sitemap,
)
from scrapers.outcomes import OutcomeClass
from scrapers.postback import FormRequest, next_postback
from scrapers.sourcefile import Discovery, Paging, Source
from scrapers.stored import StoredResponse
from scrapers.urls import canonical_url, on_domains

#: Most sitemap files read in one run, and in a walk through the past.
MAX_SITEMAPS = 25
MAX_ARCHIVE_SITEMAPS = 500

#: Sitemaps that robots.txt names without a month come before all months.
_UNDATED = "9999"
#: Answers that say a page of a listing does not exist: the listing ends there.
_ABSENT = frozenset({OutcomeClass.NOT_FOUND, OutcomeClass.GONE, OutcomeClass.SOFT_404})


@dataclass(frozen=True)
class Wish:
    """A page to ask for.

    Attributes:
        url: the address it is on record under, in canonical spelling.
        kind: what it is asked for as.
        form: the form to send, where the page is asked for by sending one.
        notes: headers of our own that its answer is archived with.
    """

    url: str
    kind: str
    form: FormRequest | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """The page as it stands (fresh, or archived when unchanged), or None, and how the attempt ended."""

    page: StoredResponse | None
    outcome: OutcomeClass | None = None


#: Asks for a page.
Ask = Callable[[Wish], Answer]


class End(StrEnum):
    """Where a walk along one way ended."""

    COMPLETE = "complete"
    """At its last page."""
    BOUNDED = "bounded"
    """At the bound of pages or addresses; what lies behind is older."""
    CUT = "cut"
    """At a page that could not be read; the ones before it could."""
    UNSEEN = "unseen"
    """At once: the first page could not be read, or leads to no article at all."""


@dataclass
class Walk:
    """What one way gave.

    Attributes:
        name: method and address.
        links: links to articles or items, in the order found.
        pages: pages read.
        end: where it ended.
    """

    name: str
    links: list[Link] = field(default_factory=list)
    pages: int = 0
    end: End = End.COMPLETE

    @property
    def seen(self) -> bool:
        """Whether the way showed all that it has to show within its bound."""
        return self.end in {End.COMPLETE, End.BOUNDED}


@dataclass(frozen=True)
class Found:
    """What all ways of a source gave: links, each address once, and the walk along each way."""

    links: tuple[Link, ...]
    walks: tuple[Walk, ...]


@dataclass(frozen=True)
class Reach:
    """How far a walk goes.

    Attributes:
        deep: into the past, by the bounds for archives, instead of the newest pages only.
        enough: says of the fresh links of a page that nothing of use comes after it.
    """

    deep: bool = False
    enough: Callable[[list[Link]], bool] = lambda _: False

    def pages(self, paging: Paging | None) -> int:
        """Return the most pages to read of one listing."""
        if paging is None:
            return 1
        return max(paging.max_pages, paging.archive_pages) if self.deep else paging.max_pages


NEWEST = Reach()


def discover(source: Source, ask: Ask, robots_sitemaps: tuple[str, ...], reach: Reach = NEWEST) -> Found:
    """Walk all ways of a source and return the links to its articles or items.

    Only addresses on the source's domains that match ``article_url`` are returned; titles of one address found
    in several places are joined, so that an image link does not hide the headline.
    """
    walks = [walk for way in source.discovery for walk in walk_way(source, way, ask, robots_sitemaps, reach)]
    return join_walks(walks)


def join_walks(walks: list[Walk]) -> Found:
    """Return the links of all walks, each address once."""
    titles: dict[str, list[str]] = {}
    summaries: dict[str, str] = {}
    changed: dict[str, str] = {}
    for walk in walks:
        for link in walk.links:
            known = titles.setdefault(link.url, [])
            if link.title and link.title not in known:
                known.append(link.title)
            if link.summary:
                summaries[link.url] = max(link.summary, summaries.get(link.url, ""), key=len)
            if link.changed:
                changed[link.url] = max(link.changed, changed.get(link.url, ""))
    links = (
        Link(url, " / ".join(known) or None, changed.get(url), summaries.get(url))
        for url, known in titles.items()
    )
    return Found(tuple(links), tuple(walks))


def walk_way(
    source: Source, way: Discovery, ask: Ask, robots_sitemaps: tuple[str, ...], reach: Reach = NEWEST
) -> Iterator[Walk]:
    """Walk one way; a search gives a walk for each query, sitemaps nobody names give none."""
    if way.method == "sitemap":
        first = (way.url,) if way.url else robots_sitemaps
        if first:
            yield _walk_sitemaps(source, first, ask, reach)
        return
    for address in way.addresses:
        walk = Walk(f"{way.method} {address}")
        if way.method == "rss":
            _walk_feed(source, address, ask, walk)
        else:
            _walk_pages(source, way, address, ask, walk, reach)
        yield walk


def _walk_feed(source: Source, address: str, ask: Ask, walk: Walk) -> None:
    answer = ask(Wish(canonical_url(address) or address, "feed"))
    if answer.page:
        walk.pages = 1
        walk.links = [link for link in read_feed(answer.page) if source.is_article(link.url)]
    walk.end = End.COMPLETE if walk.links else End.UNSEEN


def _walk_sitemaps(source: Source, first: tuple[str, ...], ask: Ask, reach: Reach) -> Walk:
    """Read sitemaps and those they name, the ones that changed last first, within both bounds."""
    walk = Walk(f"sitemap {' '.join(first)}"[:300])
    queue = [url for url in first if on_domains(url, source.allowed_domains)]
    queue.sort(key=lambda url: month_named(url) or _UNDATED, reverse=True)
    seen: set[str] = set()
    lost = 0
    most = MAX_ARCHIVE_SITEMAPS if reach.deep else MAX_SITEMAPS
    while queue:
        if len(seen) >= most or len(walk.links) >= MAX_SITEMAP_LINKS:
            walk.end = End.BOUNDED
            break
        url = canonical_url(queue.pop(0))
        if url is None or url in seen:
            continue
        seen.add(url)
        page = ask(Wish(url, "sitemap")).page
        if page is None:
            lost += 1
            continue
        walk.pages += 1
        found, further = read_sitemap(page, MAX_SITEMAP_LINKS - len(walk.links))
        walk.links += [link for link in found if source.is_article(link.url)]
        queue += [child.url for child in further if on_domains(child.url, source.allowed_domains)]
    if not walk.links:
        walk.end = End.UNSEEN
    elif lost:
        walk.end = End.CUT
    return walk


def _walk_pages(source: Source, way: Discovery, address: str, ask: Ask, walk: Walk, reach: Reach) -> None:
    """Read a listing page by page until its end, a page that brings nothing new, or the bound."""
    kind = "endpoint" if way.method == "json" else "list_page" if source.feedback else "listing"
    url = canonical_url(address)
    wish = Wish(url, kind) if url else None
    seen: set[str] = set()
    number = way.paging.first if way.paging else 1
    most = reach.pages(way.paging) if way.paging or not way.endpoint else reach.pages(_FOLLOWED)
    while wish:
        if walk.pages >= most:
            walk.end = End.BOUNDED if way.paging or way.endpoint else End.COMPLETE
            return
        answer = ask(wish)
        if answer.page is None:
            walk.end = End.COMPLETE if walk.pages and answer.outcome in _ABSENT else End.CUT
            break
        walk.pages += 1
        found, stated = _read(source, way, answer.page)
        fresh = [link for link in found if link.url not in seen]
        if not fresh:
            break
        walk.links += found
        seen.update(link.url for link in fresh)
        if reach.enough(fresh):
            break
        number += 1
        wish = _next_wish(way, address, number, answer.page, stated, kind)
    if not walk.links:
        walk.end = End.UNSEEN


#: The bound of an endpoint that names its next page itself and states no paging.
_FOLLOWED = Paging(param="page")


def _read(source: Source, way: Discovery, page: StoredResponse) -> tuple[list[Link], str | None]:
    """Return the links to articles on a page, and the next page's address where the page itself states it."""
    if way.endpoint:
        links, stated = read_endpoint(page, way.endpoint, way.link_selector)
    else:
        links, stated = read_listing(page, way.link_selector), None
    return [link for link in links if source.is_article(link.url)], stated


def _next_wish(
    way: Discovery, address: str, number: int, page: StoredResponse, stated: str | None, kind: str
) -> Wish | None:
    if way.endpoint and way.endpoint.next:
        return Wish(stated, kind) if stated else None
    paging = way.paging
    if paging is None:
        return None
    if paging.postback:
        tree = page_tree(page)
        form = next_postback(page, tree, paging.postback, number) if tree else None
        return Wish(form.name, kind, form) if form else None
    url = _next_page(paging, address, number, page)
    return Wish(url, kind) if url else None


def _next_page(paging: Paging, first_url: str, number: int, page: StoredResponse) -> str | None:
    if paging.pattern:
        return canonical_url(paging.pattern.replace("{page}", str(number)), first_url)
    if paging.param:
        parts = urlsplit(first_url)
        query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != paging.param]
        query.append((paging.param, str(number)))
        return canonical_url(urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), "")))
    tree = page_tree(page)
    node = tree.css_first(paging.next_selector or "") if tree else None
    href = node.attributes.get(paging.next_attr) if node else None
    return canonical_url(href, page.final_url) if href else None
