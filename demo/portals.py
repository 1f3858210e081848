"""The six portals: where their pages lie, and the markup family, feeds, lists and sitemaps each has."""

from __future__ import annotations

import gzip
import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import jinja2

from coso.settings import VIETNAM_TIME
from demo.feedback import Item, load_items
from demo.pages import GZIP_FILE, HTML, RSS, TEXT, XML, Page, Pages
from demo.prose import Article, of_outlet
from demo.truth import ExpectedOutcome, load_truth

#: Entries on one page of a list.
PAGE_SIZE = 4
FEEDBACK_PAGE_SIZE = 5

_WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


@dataclass(frozen=True)
class Site:
    """What a newspaper is called, the town it sits in, and the outlet whose markup and addresses it shares."""

    look: str
    name: str
    town: str


@dataclass(frozen=True)
class Link:
    """One entry of a list, feed or sitemap; ``path`` is relative to the portal."""

    title: str
    path: str
    published: datetime
    sapo: str
    section: str


def build_portal(outlet: str, origin: str) -> Pages:
    """Return every page of one portal.

    Args:
        outlet: name in ``demo/truth.yml``.
        origin: scheme, host and port, for the absolute addresses in feeds and sitemaps.
    """
    if outlet == "hue":
        return _Feedback(origin).pages
    conducts = [o for o in load_truth().outcomes if o.outlet == outlet]
    return build_newspaper(_SITES[outlet], origin, of_outlet(outlet), load_truth().as_of, conducts)


def build_newspaper(
    site: Site,
    origin: str,
    articles: Sequence[Article],
    as_of: date,
    conducts: Sequence[ExpectedOutcome] = (),
) -> Pages:
    """Return every page of a newspaper.

    Args:
        site: its name and markup.
        origin: scheme, host and port.
        articles: what it prints, newest first.
        as_of: the day its pages are looked at.
        conducts: pages that do something besides answering.
    """
    portal = _Newspaper(site, origin, articles, as_of, conducts)
    _BUILDERS[site.look](portal)
    return portal.pages


@cache
def missing_page() -> bytes:
    """Return the page that goes with status 404."""
    return _render("missing.html.j2")


def article_path(article: Article) -> str:
    """Return the path of an article on its sample portal."""
    return _path_of(article.outlet, article.key, article.title, article.section, article.published)


def slug(title: str) -> str:
    """Return a title in plain letters with hyphens, as papers write it into addresses."""
    plain = unicodedata.normalize("NFD", title.lower().replace("đ", "d"))
    letters = "".join(
        c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c)
    )
    return "-".join(letters.split())


def visible_date(outlet: str, moment: datetime) -> str:
    """Write a time the way the outlet prints it."""
    weekday = moment.weekday()
    if outlet == "quang-ninh":
        day = "Chủ nhật" if weekday == 6 else f"Thứ {weekday + 2}"
        return f"{day}, {moment:%d/%m/%Y | %H:%M:%S} [GMT +7]"
    if outlet == "ha-nam":
        day = "Chủ Nhật" if weekday == 6 else f"Thứ {_WEEKDAYS[weekday]}"
        return f"{day}, {moment:%d/%m/%Y, %H:%M} [GMT+7]"
    if outlet == "hau-giang":
        return f"{moment:%d/%m/%Y | %H:%M} GMT+7"
    return f"{moment:%d/%m/%Y - %H:%M}"


class _Newspaper:
    """Collects the pages of one newspaper while they are built."""

    def __init__(
        self,
        site: Site,
        origin: str,
        articles: Sequence[Article],
        as_of: date,
        conducts: Sequence[ExpectedOutcome],
    ) -> None:
        self.site, self.origin, self.as_of = site, origin, as_of
        self.pages: dict[str, Page] = {}
        self.articles = list(articles)
        self._conducts = {o.page: o for o in conducts}
        self.links = [_link(article, site.look) for article in self.articles]
        self.extra = [self._unwritten(o) for o in self._conducts.values() if o.title]
        self.now = datetime.combine(as_of, time(9, 12), VIETNAM_TIME)

    @property
    def listed(self) -> list[Link]:
        """Everything the portal links to, newest first."""
        return sorted([*self.links, *self.extra], key=lambda link: link.published, reverse=True)

    @property
    def latest(self) -> datetime:
        """Time of the newest article: when lists and feeds last changed."""
        return self.articles[0].published

    def add(self, path: str, body: bytes, content_type: str, modified: datetime, page: str = "") -> None:
        """Add one page, with the conduct the truth names for it."""
        outcome = self._conducts.get(page)
        conduct = outcome.conduct if outcome else None
        if conduct == "wrong_charset":
            content_type = content_type.replace("utf-8", "ISO-8859-1")
        self.pages[path] = Page(body, content_type, modified, conduct)

    def add_articles(self, template: str) -> None:
        """Add the pages of all articles, and those of the pages that are linked but hold none."""
        for number, article in enumerate(self.articles):
            related = (self.links[number + 1 :] + self.links[:number])[:3]
            path = self.links[number].path
            body = self._html(template, article=article, related=related, path=path)
            self.add(path, body, HTML, article.published, article.page)
        for link in self.extra:
            page = next(o.page for o in self._conducts.values() if o.title == link.title)
            body = self._html("unwritten.html.j2", link=link, conduct=self._conducts[page].conduct)
            self.add(link.path, body, HTML, link.published, page)

    def add_listing(self, template: str, path: str, links: list[Link], size: int | None = None) -> None:
        """Add a list of links; with a ``size``, in pages asked for by ``?page=2``."""
        size = size or max(1, len(links))
        pages = [links[start : start + size] for start in range(0, len(links), size)] or [[]]
        for number, part in enumerate(pages, start=1):
            body = self._html(template, links=part, path=path, number=number, count=len(pages))
            self.add(path if number == 1 else f"{path}?page={number}", body, HTML, self.latest)

    def add_feed(self, path: str, title: str, links: list[Link]) -> None:
        """Add an RSS feed."""
        body = _render("rss.xml.j2", origin=self.origin, path=path, title=title, links=links)
        self.add(path, body, RSS, self.latest)

    def add_sitemap(self, path: str, links: list[Link], *, pack: bool = False) -> None:
        """Add a sitemap, as a gzip file where ``pack``."""
        body = _render("sitemap.xml.j2", origin=self.origin, links=links)
        modified = max((link.published for link in links), default=self.latest)
        packed = gzip.compress(body, 6, mtime=0)
        self.add(path, packed if pack else body, GZIP_FILE if pack else XML, modified)

    def add_robots(self, *, sitemap: str | None = None, crawl_delay: float | None = None) -> None:
        """Add robots.txt; ``/noi-bo/`` is closed on every portal."""
        body = _render("robots.txt.j2", origin=self.origin, sitemap=sitemap, crawl_delay=crawl_delay)
        self.add("/robots.txt", body, TEXT, self.articles[-1].published)

    def _html(self, template: str, **values: Any) -> bytes:
        return _render(
            template, origin=self.origin, outlet=self.site.look, site=self.site, now=self.now, **values
        )

    def _unwritten(self, outcome: ExpectedOutcome) -> Link:
        as_of = datetime.combine(self.as_of, time(7, 0), VIETNAM_TIME) - timedelta(days=1)
        title = outcome.title or ""
        section = "noi-bo" if outcome.conduct == "disallowed" else "thong-bao"
        path = _path_of(self.site.look, f"{outcome.outlet}/{outcome.page}", title, section, as_of)
        return Link(title, path, as_of, title, section)


def _ha_nam(portal: _Newspaper) -> None:
    """Family F3: year and month in the path; found through a sitemap index of gzip files."""
    portal.add_articles("f3_article.html.j2")
    portal.add_listing("f3_listing.html.j2", "/", portal.listed)
    years = sorted({link.published.year for link in portal.listed})
    for year in years:
        links = [link for link in portal.listed if link.published.year == year]
        portal.add_sitemap(f"/sitemaps/bai-viet-{year}.xml.gz", links, pack=True)
    index = _render("sitemap_index.xml.j2", origin=portal.origin, years=years)
    portal.add("/sitemap.xml", index, XML, portal.latest)
    portal.add_robots(sitemap="/sitemap.xml", crawl_delay=0)


def _ha_tinh(portal: _Newspaper) -> None:
    """Family F1: RSS of the home page; JSON-LD carries the date."""
    portal.add_articles("f1_article.html.j2")
    portal.add_listing("f1_listing.html.j2", "/", portal.listed)
    portal.add_feed("/rss/home.rss", "Trang chủ", portal.listed)
    portal.add_robots()


def _hau_giang(portal: _Newspaper) -> None:
    """A family of its own: a paged list is the only way in; the date stands only in view."""
    portal.add_articles("hau_giang_article.html.j2")
    portal.add_listing("hau_giang_listing.html.j2", "/", portal.listed[:PAGE_SIZE])
    portal.add_listing("hau_giang_listing.html.j2", "/tin-moi", portal.listed, PAGE_SIZE)
    portal.add_robots()


def _quang_ninh(portal: _Newspaper) -> None:
    """Family F5: an index of feeds, one a section; the page clock stands before the date."""
    portal.add_articles("f5_article.html.j2")
    portal.add_listing("f5_listing.html.j2", "/", portal.listed)
    sections = sorted({link.section for link in portal.links})
    portal.add("/rss", portal._html("f5_rss_index.html.j2", sections=sections), HTML, portal.latest)
    for section in sections:
        links = [link for link in portal.links if link.section == section]
        portal.add_feed(f"/rss/news/{section}.rss", section, links)
    portal.add_robots(crawl_delay=0.02)


def _trung_uong(portal: _Newspaper) -> None:
    """Family F2: lists by section, and one sitemap; the date is a meta element."""
    portal.add_articles("f2_article.html.j2")
    portal.add_listing("f2_listing.html.j2", "/", portal.listed)
    portal.add_listing("f2_listing.html.j2", "/moi-nhat", portal.listed, PAGE_SIZE)
    portal.add_sitemap("/sitemap.xml", portal.listed)
    portal.add_robots(sitemap="/sitemap.xml")


_SITES = {
    "ha-nam": Site("ha-nam", "Báo Hà Nam (trang mẫu)", "thành phố Phủ Lý"),
    "ha-tinh": Site("ha-tinh", "Báo Hà Tĩnh (trang mẫu)", "thành phố Hà Tĩnh"),
    "hau-giang": Site("hau-giang", "Báo Hậu Giang (trang mẫu)", "thành phố Vị Thanh"),
    "quang-ninh": Site("quang-ninh", "Báo Quảng Ninh (trang mẫu)", "thành phố Hạ Long"),
    "trung-uong": Site("trung-uong", "Trang thông tin dân chủ cơ sở (trang mẫu)", "Hà Nội"),
}

_BUILDERS: dict[str, Callable[[_Newspaper], None]] = {
    "ha-nam": _ha_nam,
    "ha-tinh": _ha_tinh,
    "hau-giang": _hau_giang,
    "quang-ninh": _quang_ninh,
    "trung-uong": _trung_uong,
}


class _Feedback:
    """The citizen-feedback portal: a list of handled items, one of open items, and a page for each."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.pages: dict[str, Page] = {}
        items = load_items()
        self._add_list("dxl", "Phản ánh đã xử lý", [item for item in items if item.is_handled])
        self._add_list("dangxl", "Phản ánh đang xử lý", [item for item in items if not item.is_handled])
        for item in items:
            body = _render("hue_item.html.j2", item=item)
            self.pages[f"/?pa={item.external_id}"] = Page(body, HTML, _changed(item))
        front = _render("hue_front.html.j2")
        self.pages["/"] = Page(front, HTML, _changed(items[0]))
        robots = _render("robots.txt.j2", origin=origin, sitemap=None, crawl_delay=None)
        self.pages["/robots.txt"] = Page(robots, TEXT, _changed(items[-1]))

    def _add_list(self, act: str, title: str, items: list[Item]) -> None:
        size = FEEDBACK_PAGE_SIZE
        count = max(1, -(-len(items) // size))
        for number in range(1, count + 1):
            part = items[(number - 1) * size : number * size]
            body = _render("hue_list.html.j2", act=act, title=title, items=part, number=number, count=count)
            path = f"/?act={act}" if number == 1 else f"/?act={act}&page={number}"
            self.pages[path] = Page(body, HTML, max(_changed(item) for item in items))


def _changed(item: Item) -> datetime:
    return datetime.combine(item.answered or item.received, time(10, 0), VIETNAM_TIME)


def _link(article: Article, look: str) -> Link:
    path = _path_of(look, article.key, article.title, article.section, article.published)
    return Link(article.title, path, article.published, article.sapo, article.section)


def _path_of(look: str, key: str, title: str, section: str, published: datetime) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()
    number = str(int(digest[:12], 16))[:7].rjust(7, "1")
    name = slug(title)
    return {
        "ha-nam": f"/{section}/{published:%Y%m}/{name}-{digest[:7]}/",
        "ha-tinh": f"/{section}/{name}-post{number[:6]}.html",
        "hau-giang": f"/{section}/{name}-{number[:5]}.html",
        "quang-ninh": f"/{name}-{number}.html",
        "trung-uong": f"/{name}-{number[:6]}.html",
    }[look]


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("demo", "templates"),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2", "xml.j2")),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["visible_date"] = lambda moment, outlet: visible_date(outlet, moment)
    environment.filters["rfc822"] = lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S +0700")
    environment.filters["day"] = lambda day: day.strftime("%d/%m/%Y")
    return environment


def _render(template: str, **values: Any) -> bytes:
    return _templates().get_template(template).render(**values).encode("utf-8")
