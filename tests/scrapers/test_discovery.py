"""Ways of finding pages over real HTTP: postback, JSON, search, "xem thêm"; and walks that must not run away."""

from __future__ import annotations

import gzip
import json
import resource
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing, page
from scraper_site import LocalSite, Reply, Request

from scrapers.discovery import MAX_SITEMAPS
from scrapers.land import land_source
from scrapers.links import MAX_SITEMAP_LINKS, month_named, read_sitemap
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse

Make = Callable[..., Source]
HTML = {"Content-Type": "text/html; charset=utf-8"}


def reply(text: str) -> Reply:
    return Reply(200, text.encode(), dict(HTML))


def item_paths(site: LocalSite) -> list[str]:
    return [request.path for request in site.requests if "/tin-" in request.path]


class WebForms:
    """A list that ASP.NET pages: it takes only the view state it gave out itself."""

    def __init__(self, pages: int, pager: str) -> None:
        self.pages, self.pager = pages, pager
        self.refused = 0

    def __call__(self, request: Request) -> Reply:
        sent = dict(request.form)
        current = 1
        if sent:
            if (
                sent.get("__VIEWSTATE") != f"/wEP+état={sent['lang']}"
                or sent.get("__EVENTVALIDATION") != "ok=="
            ):
                self.refused += 1
                return Reply(500, b"The state information is invalid for this page")
            current = int(sent["__EVENTARGUMENT"].removeprefix("Page$") or 0) or int(sent["page"]) + 1
        if current > self.pages:
            self.refused += 1
            return Reply(500, b"Invalid postback or callback argument")
        links = "".join(
            f'<h3><a href="/tin-{current}{n}.html">Dân chủ ở cơ sở {current}.{n}</a></h3>' for n in range(2)
        )
        return reply(
            page(f"""<form method="post" action="./list.aspx?cat=1" id="aspnetForm">
            <input type="hidden" name="__EVENTTARGET" value="left over"><input type="hidden" name="__VIEWSTATE"
            value="/wEP+état=vi"><input type="hidden" name="__EVENTVALIDATION" value="ok==">
            <select name="lang"><option value="en">E</option><option value="vi" selected>V</option></select>
            <input type="hidden" name="page" value="{current}"><input type="submit" name="ctl00$go" value="Tìm">
            <input type="checkbox" name="all" value="1"><main>{links}</main>{self._links(current)}</form>""")
        )

    def _links(self, current: int) -> str:
        if self.pager == "next":
            event = "javascript:__doPostBack(&#39;ctl00$more&#39;,&#39;&#39;)"
            return f'<a class="pager" href="{event}">Xem thêm</a>' if current < self.pages else ""
        numbers = [n for n in range(1, self.pages + 1) if n != current]
        return "".join(
            f"""<a class="pager" href="javascript:__doPostBack('ctl00$grid','Page${n}')">{n}</a>"""
            for n in numbers
        )


@pytest.mark.parametrize(
    ("pager", "postback"),
    [
        ("numbers", {"selector": "a.pager"}),
        ("next", {"selector": "a.pager"}),
        ("numbers", {"target": "ctl00$grid", "argument": "Page${page}"}),
    ],
)
def test_postback_paging_sends_the_view_state_back(
    pager: str, postback: dict[str, str], site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    form = WebForms(3, pager)
    site.made["/list.aspx"] = form
    url = f"{site.base}/list.aspx?cat=1"
    ways = [{"method": "listing", "url": url, "paging": {"postback": postback, "max_pages": 9}}]
    source = make_source(discovery=ways, retry={"tries": 1})
    result = visit(source)
    assert result.found == 6
    assert form.refused == (
        1 if "target" in postback else 0
    )  # a stated event asks once for the page after the last
    posts = [dict(request.form) for request in site.requests if request.form]
    assert {"__EVENTTARGET", "__VIEWSTATE", "lang"} <= posts[0].keys()
    assert {"ctl00$go", "all"} & posts[0].keys() == set()
    pages = [row for row in visit.outcomes() if row.kind == "listing" and row.outcome == "stored"]
    assert len({row.url for row in pages}) == 3
    assert result.sight == "news"
    assert all(row.url.startswith(url) for row in pages)
    again = visit(source)
    assert again.found == 6
    assert not any(name.startswith("If-") for r in site.requests if r.form for name in r.headers)


def test_robots_rules_hold_for_forms(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /send.aspx\n")
    body = page(
        '<form action="/send.aspx"><input name="__VIEWSTATE" value="x"><a class=p href="'
        "javascript:__doPostBack('t','Page$2')\">2</a><a href='/tin-1.html'>Dân chủ ở cơ sở</a></form>"
    )
    site.put("/", body)
    ways = [{"method": "listing", "url": f"{site.base}/", "paging": {"postback": {"selector": "a.p"}}}]
    visit(make_source(discovery=ways))
    assert not any(request.form for request in site.requests)
    assert "robots_denied" in {row.outcome for row in visit.outcomes()}


def json_reply(data: object) -> Reply:
    return Reply(200, json.dumps(data).encode(), {"Content-Type": "application/json"})


def test_json_with_items_and_a_next_address(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    site.put(
        "/api",
        json_reply(
            {
                "data": {
                    "list": [
                        {"slug": "tin", "id": 1, "name": "Dân chủ ở cơ sở"},
                        {"slug": "khac"},
                        "odd",
                        {"slug": "tin", "id": 2},
                    ]
                },
                "next": "/api?cursor=b",
            }
        ),
    )
    site.put("/api?cursor=b", json_reply({"data": {"list": [{"slug": "tin", "id": 3}]}, "next": None}))
    for number in (1, 2, 3):
        site.put(f"/tin-{number}.html", f5().replace("41 cuộc", f"{number} cuộc"))
    endpoint = {"items": "data.list", "link": "/{slug}-{id}.html", "title": "name", "next": "next"}
    source = make_source(discovery=[{"method": "json", "url": f"{site.base}/api", "endpoint": endpoint}])
    assert visit(source).found == 3
    assert land_source(source, visit.lake).documents == 3
    assert visit.issues() == []
    kinds = {row.url: row.kind for row in visit.outcomes()}
    assert kinds[f"{site.base}/api?cursor=b"] == "endpoint"


def test_json_that_carries_a_piece_of_page(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    def more(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query)["page"][0])
        body = f'<li><a href="/tin-{number}.html">Dân chủ ở cơ sở</a></li>' if number < 4 else ""
        return json_reply({"ok": True, "html": body})

    site.made["/more"] = more
    way = {
        "method": "json", "url": f"{site.base}/more?page=1", "endpoint": {"html": "html"},
        "link_selector": "li a", "paging": {"param": "page", "max_pages": 20},
    }  # fmt: skip
    assert visit(make_source(discovery=[way])).found == 3
    assert sum(request.path.startswith("/more") for request in site.requests) == 4


@pytest.mark.parametrize("body", [b"<html>no JSON", b"[" * 100_000, b'{"data": 5}', b""])
def test_json_that_is_none_is_an_issue(
    body: bytes, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put("/api", Reply(200, body, {"Content-Type": "application/json"}))
    way = {"method": "json", "url": f"{site.base}/api", "endpoint": {"items": "data", "link": "url"}}
    source = make_source(discovery=[way])
    assert visit(source).sight == "blind"
    land_source(source, visit.lake)
    assert [row.reason for row in visit.issues()] == ["no_links"]


def test_search_asks_for_each_query(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    asked: list[str] = []

    def search(request: Request) -> Reply:
        query = parse_qs(urlsplit(request.path).query)
        asked.append(query["q"][0])
        return reply(listing(f"/tin-{len(asked)}.html", "/tin-100.html"))

    site.made["/tim-kiem"] = search
    way = {
        "method": "search",
        "url": f"{site.base}/tim-kiem?q={{query}}",
        "queries": ["quy chế dân chủ", "a&b"],
    }
    result = visit(make_source(discovery=[way]))
    assert asked == ["quy chế dân chủ", "a&b"]
    assert result.found == 3
    assert visit.crawls()[0].ways == 2


def test_a_next_link_may_stand_in_any_attribute(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    more = '<button class="xem-them" data-url="/?offset={}">Xem thêm</button>'
    site.put("/", listing("/tin-1.html").replace("</main>", more.format(10) + "</main>"))
    site.put("/?offset=10", listing("/tin-2.html"))
    paging = {"next_selector": "button.xem-them", "next_attr": "data-url", "max_pages": 9}
    assert (
        visit(make_source(discovery=[{"method": "listing", "url": f"{site.base}/", "paging": paging}])).found
        == 2
    )


def large_sitemap(base: str, number: int) -> bytes:
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    entries = (
        f"<url><loc>{base}/tin-{n}.html</loc><lastmod>{days[n * 336 // number]}</lastmod></url>"
        for n in range(number)
    )
    return ('<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            + "".join(entries) + "</urlset>").encode()  # fmt: skip


@pytest.mark.parametrize("number", [60_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_a_sitemap_of_a_million_addresses_is_bounded_and_gives_the_newest(
    number: int, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    """A million take 11 s of one core and 30 MB; the bounds leave room for slow machines."""
    packed = gzip.compress(large_sitemap(site.base, number), 1)
    site.put("/map.xml.gz", Reply(200, packed, {"Content-Type": "application/gzip"}))
    ways = [{"method": "sitemap", "url": f"{site.base}/map.xml.gz"}]
    source = make_source(discovery=ways, max_articles=1, max_bytes=20_000_000)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    result = visit(source)
    spent, grown = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert result.found == MAX_SITEMAP_LINKS
    assert item_paths(site) == [f"/tin-{-(-335 * number // 336)}.html"]  # the first of the newest day
    assert visit.crawls()[0].detail is None
    assert spent < 5 + number / 20_000
    assert grown < 250_000  # KB; the document unpacked is 90 MB, its tree would be a gigabyte
    assert len(site.requests) == 3


def test_sitemaps_that_name_each_other_without_end_are_bounded(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    def index(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query).get("n", ["0"])[0])
        maps = "".join(
            f"<sitemap><loc>{site.base}/map.xml?n={number * 3 + i}</loc></sitemap>" for i in (1, 2, 3)
        )
        return Reply(
            200, f"<sitemapindex>{maps}</sitemapindex>".encode(), {"Content-Type": "application/xml"}
        )

    site.made["/map.xml"] = index
    visit(make_source(discovery=[{"method": "sitemap", "url": f"{site.base}/map.xml"}]))
    assert sum(request.path.startswith("/map.xml") for request in site.requests) == MAX_SITEMAPS


@pytest.mark.parametrize("named_in", ["index", "robots.txt"])
def test_monthly_sitemaps_without_days_are_read_from_the_newest_back(
    named_in: str, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    months = [f"{2020 + n // 12}-{n % 12 + 1}" for n in range(48)]
    maps = [f"{site.base}/sitemaps/{month}.xml" for month in months]
    for month in months:
        site.put(
            f"/sitemaps/{month}.xml", f"<urlset><url><loc>{site.base}/tin-{month}.html</loc></url></urlset>"
        )
    if named_in == "index":
        body = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in maps)
        site.put("/map.xml", f"<sitemapindex>{body}</sitemapindex>")
        maps = [f"{site.base}/map.xml"]
    site.put("/robots.txt", "".join(f"Sitemap: {url}\n" for url in maps))
    visit(make_source(discovery=[{"method": "sitemap"}], max_articles=1, article_url="/tin-"))
    asked = [request.path for request in site.requests if request.path.startswith("/sitemaps/")]
    assert (
        asked == [f"/sitemaps/{month}.xml" for month in months[::-1]][: MAX_SITEMAPS - (named_in == "index")]
    )


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("/sitemaps/news-2024-12.xml", "2024-12"), ("/sitemap_2024_3.xml", "2024-03"), ("/2024/03/map.xml", "2024-03"),
        ("/sitemap-202403.xml.gz", "2024-03"), ("/sitemap-20240315.xml", "2024-03"), ("/sitemap-2019.xml", "2019"),
        ("/sitemap-12.xml", ""), ("/sitemap-120245.xml", ""), ("/post-sitemap.xml", ""),
    ],
)  # fmt: skip
def test_the_month_an_address_names(path: str, month: str) -> None:
    assert month_named(f"https://a.example{path}") == month


def test_the_newest_of_an_index_come_first_and_broken_bytes_end_it_quietly() -> None:
    body = b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
    body += (
        b"<sitemap><loc>https://a.example/2.xml</loc><lastmod>2024-01-01T00:00:00+07:00</lastmod></sitemap>"
    )
    stored = StoredResponse(
        "c", "s", "sitemap", "https://a.example/", "https://a.example/", 200, None, (), b""
    )  # type: ignore[arg-type]
    for payload in (body, gzip.compress(body), gzip.compress(body + b"x" * 99_999)[:-4]):
        made = StoredResponse(
            **{**{n: getattr(stored, n) for n in stored.__dataclass_fields__}, "payload": payload}
        )
        assert [link.url[-5:] for link in read_sitemap(made)[1]] == ["2.xml", "1.xml"]


def test_a_calendar_without_end_costs_no_more_than_its_bound(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    def month(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query).get("m", ["0"])[0])
        link = f'<a class="next" href="/lich?m={number + 1}">Tháng sau</a>'
        return reply(listing(f"/tin-{number}.html").replace("</main>", link + "</main>"))

    site.made["/lich"] = month
    paging = {"next_selector": "a.next", "max_pages": 12}
    ways = [{"method": "listing", "url": f"{site.base}/lich", "paging": paging}]
    result = visit(make_source(discovery=ways, max_articles=5))
    assert sum(request.path.startswith("/lich") for request in site.requests) == 12
    assert (result.found, len(item_paths(site))) == (12, 5)


def test_a_quiet_source_and_one_that_cannot_be_seen_are_told_apart(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"), etag='"1"')
    site.put("/tin-1.html", f5(), etag='"2"')
    site.put("/rss", Reply(503))
    front = {"method": "listing", "url": f"{site.base}/"}
    feed = {"method": "rss", "url": f"{site.base}/rss"}
    once = {"retry": {"tries": 1}}
    alone, both, dead = (make_source(discovery=ways, **once) for ways in ([front], [front, feed], [feed]))
    assert [visit(source).sight for source in (alone, alone, both, dead)] == [
        "news",
        "quiet",
        "partial",
        "blind",
    ]
    site.put("/", page("<main>Đang bảo trì</main>"), etag='"3"')
    assert visit(alone).sight == "blind"
    site.put("/robots.txt", Reply(503))
    site.etags.pop("/robots.txt")
    assert visit(alone).sight == "blind"
    rows = visit.crawls()
    assert [(row.ways, row.ways_seen, row.fresh) for row in rows[:4]] == [
        (1, 1, 1),
        (1, 1, 0),
        (2, 1, 0),
        (1, 0, 0),
    ]
    assert rows[2].detail == f"rss {site.base}/rss (unseen)"
    assert len({row.crawl_id for row in rows}) == 6
