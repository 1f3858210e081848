"""Walking the past: the days asked for and no others, resumable, with an estimate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from scraper_crawl import Crawler
from scraper_pages import f3, listing
from scraper_site import LocalSite, Reply, Request

from coso.errors import BadInputError
from coso.lake import read_table
from coso.records import Capture
from scrapers.backfill import BackfillProgress, BackfillResult, archive_addresses, backfill
from scrapers.land import land_source
from scrapers.sourcefile import ArchiveWay, Source

Make = Callable[..., Source]
HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.fixture
def fill(visit: Crawler) -> Callable[..., BackfillResult]:
    def run(source: Source, since: date, until: date, run_id: str = "b1", **more: Any) -> BackfillResult:
        clock = {"clock": visit.time.clock, "pace": visit.pace}
        return backfill(source, visit.lake, run_id, visit.settings, since, until, **clock, **more)

    return run


def past(site: LocalSite) -> None:
    """A paper with an article a month from 2024-12 back to 2000, two on a page, newest first, paging without end."""
    months = [(2024 - n // 12, 12 - n % 12) for n in range(288)]
    paths = [f"/xa-hoi/{year}{month:02}/dan-chu-o-co-so-{year}{month:02}/" for year, month in months]

    def front(request: Request) -> Reply:
        number = int(parse_qs(urlsplit(request.path).query).get("p", ["1"])[0])
        return Reply(200, listing(*paths[2 * number - 2 : 2 * number]).encode(), dict(HTML))

    site.made["/"] = front
    for number, path in enumerate(paths):
        site.put(path, f3().replace("41 cuộc", f"{number} cuộc").replace("19/12/2024", "ngày trên"))


def paged(site: LocalSite, **more: Any) -> dict[str, Any]:
    paging = {"param": "p", "max_pages": 1, **more}
    return {"extends": "f3", "discovery": [{"method": "listing", "url": f"{site.base}/", "paging": paging}]}


def asked(site: LocalSite) -> list[str]:
    return [r.path.split("/")[2] for r in site.requests if r.path.startswith("/xa-hoi")]


def test_only_the_days_wanted_are_fetched_and_the_walk_ends_where_they_end(
    site: LocalSite, make_source: Make, visit: Crawler, fill: Callable[..., BackfillResult]
) -> None:
    past(site)
    source = make_source(**paged(site))
    result = fill(source, date(2023, 3, 5), date(2023, 8, 31))
    assert sorted(asked(site)) == [f"2023{month:02}" for month in range(3, 9)]
    assert (result.in_range, result.known, result.left, result.stopped) == (6, 0, 0, None)
    assert result.listings == 12  # the twelfth page holds nothing but months before the first
    assert land_source(source, visit.lake).documents == 6


def test_a_way_that_cannot_be_read_is_named(
    site: LocalSite, make_source: Make, fill: Callable[..., BackfillResult]
) -> None:
    past(site)
    days = (date(2024, 10, 1), date(2024, 12, 31))
    whole, broken = (
        {"method": "listing", "url": f"{site.base}{path}", "paging": {"param": "p"}}
        for path in ("/", "/gone")
    )
    seen = fill(make_source(extends="f3", discovery=[whole, broken]), *days)
    assert seen.unseen == (f"listing {site.base}/gone (unseen)",)
    assert not seen.blind
    blind = fill(make_source(extends="f3", discovery=[broken]), *days, run_id="b2")
    assert (blind.found, blind.unseen, blind.blind) == (0, seen.unseen, True)


def test_the_bound_of_pages_holds(
    site: LocalSite, make_source: Make, fill: Callable[..., BackfillResult]
) -> None:
    past(site)
    assert (
        fill(make_source(**paged(site, archive_pages=4)), date(2000, 1, 1), date(2024, 12, 31)).listings == 4
    )


def test_a_backfill_goes_on_where_it_was(
    site: LocalSite, make_source: Make, visit: Crawler, fill: Callable[..., BackfillResult]
) -> None:
    past(site)
    source, days = make_source(**paged(site)), (date(2022, 1, 1), date(2024, 12, 31))
    estimate = fill(source, *days, max_pages=0)
    assert (estimate.left, estimate.stored, asked(site)) == (
        36,
        20,
        [],
    )  # robots.txt and nineteen listing pages

    def die(progress: BackfillProgress) -> None:
        if progress.planned == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(source, *days, run_id="b2", on_progress=die)
    first = fill(source, *days, run_id="b3", max_pages=5)
    assert (first.known, first.left) == (16, 15)
    assert first.stopped == "15 pages are left for the next time"
    assert fill(source, *days, run_id="b4").left == 0
    last = fill(source, *days, run_id="b5")
    assert (last.known, last.stored) == (36, 0)
    assert set(Counter(asked(site)).values()) == {1}
    assert sum(request.path.startswith("/?p=") for request in site.requests) == 18
    assert read_table(visit.lake.captures, Capture).num_rows == 36 + 20


def test_the_estimate_follows_the_pace(
    site: LocalSite, make_source: Make, fill: Callable[..., BackfillResult]
) -> None:
    past(site)
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 10\n")
    seen: list[BackfillProgress] = []
    source = make_source(**paged(site))
    fill(source, date(2024, 1, 1), date(2024, 12, 31), on_progress=seen.append)
    told = [(one.planned, round(one.seconds_left)) for one in seen if one.seconds_left is not None]
    assert told[0] == (11, pytest.approx(110, abs=15))
    assert told[-1] == (0, 0)
    assert all(one.planned is None for one in seen[:7])


def test_archives_by_day_and_sitemaps_with_days(
    site: LocalSite, make_source: Make, fill: Callable[..., BackfillResult]
) -> None:
    site.put("/luu-tru/2024/02/29", listing("/a-dan-chu-o-co-so-1.html"))
    site.put("/luu-tru/2024/03/01", listing("/a-dan-chu-o-co-so-2.html"))
    site.put("/map.xml", "<urlset>" + "".join(
        f"<url><loc>{site.base}/dan-chu-{day.replace('-', '')}120000123.html</loc><lastmod>{changed}</lastmod></url>"
        for day, changed in [("2024-03-01", "2024-03-01"), ("2024-03-09", "2024-03-09"), ("2023-01-01", "2024-05-01")])
        + f"<url><loc>{site.base}/cu-7.html</loc><lastmod>2024-01-01</lastmod></url>"
        + f"<url><loc>{site.base}/sua-8.html</loc><lastmod>2024-09-09</lastmod></url></urlset>")  # fmt: skip
    ways = {
        "discovery": [{"method": "sitemap", "url": f"{site.base}/map.xml"}],
        "archive": [{"url": f"{site.base}/luu-tru/{{yyyy}}/{{mm}}/{{dd}}"}],
        "article_url": r"-\d+\.html$",
    }
    fill(make_source(**ways), date(2024, 2, 28), date(2024, 3, 1))
    pages = {request.path for request in site.requests if request.path.endswith(".html")}
    assert pages == {
        "/a-dan-chu-o-co-so-1.html", "/a-dan-chu-o-co-so-2.html", "/dan-chu-20240301120000123.html", "/sua-8.html"
    }  # fmt: skip
    assert sum(request.path.startswith("/luu-tru") for request in site.requests) == 3


def test_months_are_addressed_once() -> None:
    way = ArchiveWay(url="https://a.example/{yyyy}{mm}", step="month")
    found = list(archive_addresses(way, date(2023, 11, 30), date(2024, 2, 1)))
    assert found == [f"https://a.example/{month}" for month in ("202402", "202401", "202312", "202311")]


def test_days_in_the_wrong_order(make_source: Make, fill: Callable[..., BackfillResult]) -> None:
    with pytest.raises(BadInputError, match="give the earlier day first"):
        fill(make_source(), date(2024, 2, 1), date(2024, 1, 1))
