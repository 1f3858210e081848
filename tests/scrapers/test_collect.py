"""Whole crawls over real HTTP: what is asked, what is stored, what is asked again, what is landed."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from scraper_pages import ADDRESSES, CAPTION, FAMILIES, FIRST, SAPO, SECOND, TITLE, f1, f5, listing, page
from scraper_site import FakeTime, LocalSite, Reply

from coso.errors import BadInputError
from coso.lake import Lake, read_table
from coso.records import Capture, Document, Outcome, ParseIssue, SourceRow, from_table
from coso.settings import Settings
from scrapers import land
from scrapers.archive import CrawlArchive
from scrapers.collect import CollectResult, Progress, collect_source
from scrapers.land import land_registry, land_source
from scrapers.pace import HostPace
from scrapers.parse.article import READER_VERSION, Reading
from scrapers.registry import load_registry
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse

Make = Callable[..., Source]


@dataclass
class Crawler:
    lake: Lake
    settings: Settings
    time: FakeTime
    pace: HostPace
    runs: int = 0

    def __call__(self, source: Source, **more: object) -> CollectResult:
        self.runs += 1
        return collect_source(
            source,
            self.lake,
            f"run-{self.runs}",
            self.settings,
            clock=self.time.clock,
            pace=self.pace,
            **more,  # type: ignore[arg-type]
        )

    def outcomes(self) -> list[Outcome]:
        return from_table(Outcome, read_table(self.lake.outcomes, Outcome))

    def classes(self) -> dict[str, str]:
        """Path to class of the last attempt."""
        rows = sorted(self.outcomes(), key=lambda row: row.attempted_at)
        return {"/" + row.url.split("/", 3)[3]: row.outcome for row in rows if row.url}

    def documents(self) -> list[Document]:
        return from_table(Document, read_table(self.lake.landed / "documents", Document))

    def issues(self) -> list[ParseIssue]:
        return from_table(ParseIssue, read_table(self.lake.landed / "parse_issues", ParseIssue))


@pytest.fixture
def crawl(lake: Lake, settings: Settings, fake_time: FakeTime, pace: HostPace) -> Crawler:
    return Crawler(lake, settings, fake_time, pace)


def test_memory_does_not_grow_with_the_pages(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    paths = [f"/tin-{number}.html" for number in range(24)]
    for path in paths:
        site.put(path, f5() + f"<!-- {os.urandom(100_000).hex()} -->")
    source = make_source()
    peaks = []
    for known in (1, 4, 24):
        site.put("/", listing(*paths[:known]))
        tracemalloc.start()
        try:
            assert crawl(source).counts["stored"] >= known - 3
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    few, many = peaks[1:]  # the first crawl loads what all need
    assert many < few + 8 * 200_000, peaks


@pytest.mark.parametrize("family", FAMILIES)
def test_a_paper_of_each_family_is_crawled_and_read_by_its_own_selectors(
    family: str, site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    path = ADDRESSES[family]
    site.put("/", listing(path, "/chuyen-muc"))
    site.put(path, FAMILIES[family]())
    source = make_source(extends=family)
    assert crawl(source).found == 1
    land_source(source, crawl.lake)
    (document,) = crawl.documents()
    assert (document.title, document.sapo, document.captions) == (TITLE, SAPO, CAPTION)
    assert document.text == f"{SAPO}\n{FIRST}\n{SECOND}"
    assert (str(document.published_on), document.published_rule) == ("2024-12-19", "visible")
    assert (document.parser, document.parser_kind) == (f"{family}@{READER_VERSION}.1", "selectors")
    assert crawl.issues() == []


def test_a_second_run_fetches_only_304s(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html", "/tin-1.html#x", "/tin-3.html"), etag='W/"list"')
    site.put("/tin-1.html", f5(), etag='W/"one"')
    site.put(
        "/tin-3.html",
        Reply(200, gzip.compress(f5().replace("41", "42").encode()), {"Content-Encoding": "gzip"}),
    )
    site.etags["/tin-3.html"] = '"three"'
    source = make_source()
    assert crawl(source).counts == {"not_found": 1, "stored": 4}
    assert crawl(source).counts == {"not_modified": 4}
    assert land_source(source, crawl.lake).documents == 2
    assert read_table(crawl.lake.captures, Capture).num_rows == 5
    rows = crawl.outcomes()
    assert len(rows) == len({row.outcome_id for row in rows}) == 9
    stored = {row.url: row.capture_id for row in rows if row.outcome == "stored"}
    assert all(row.capture_id == stored[row.url] for row in rows if row.outcome == "not_modified")


def test_robots_denied_is_a_row_and_no_request(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.put(
        "/robots.txt", "User-agent: coso\nDisallow: /noi-bo/\nCrawl-delay: 7\n\nUser-agent: *\nAllow: /\n"
    )
    site.put("/", listing("/noi-bo/tin-1.html", "/tin-2.html"))
    site.put("/tin-2.html", f5())
    assert crawl(make_source()).counts == {"robots_denied": 1, "stored": 3}
    assert site.asked("/noi-bo/tin-1.html") == 0
    assert crawl.classes()["/noi-bo/tin-1.html"] == "robots_denied"
    assert [round(seconds) for seconds in crawl.time.slept] == [7]


@pytest.mark.parametrize("status", [500, 503, 403, 429])
def test_unreadable_robots_means_wait(
    status: int, site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/robots.txt", Reply(status))
    site.put("/", listing("/tin-1.html"))
    crawl(make_source(retry={"tries": 1}))
    assert site.asked("/") == 0
    assert crawl.classes()["/"] == "robots_unreadable"
    site.put("/robots.txt", "User-agent: *\nAllow: /\n")
    site.put("/tin-1.html", f5())
    assert crawl(make_source()).counts == {"stored": 3}


def test_a_page_for_people_in_the_place_of_robots_is_no_permission(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.etags.pop("/robots.txt")
    site.put("/", listing("/tin-1.html"))
    site.put("/robots.txt", page("<h1>Just a moment...</h1><div id='cf-challenge'></div>"))
    crawl(make_source())
    assert crawl.classes()["/"] == "robots_unreadable"
    assert "challenge" in str(
        next(row.detail for row in crawl.outcomes() if row.outcome == "robots_unreadable")
    )
    site.put("/robots.txt", page("<h1>404 - Không tìm thấy trang</h1>"))
    crawl(make_source())
    assert crawl.classes()["/"] == "stored"


def test_no_robots_file_means_allowed(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.routes.pop("/robots.txt")
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5())
    assert crawl(make_source()).counts == {"not_found": 1, "stored": 2}


def test_nothing_stops_the_rest(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    bad = {
        "/tin-1.html": (Reply(503), "server_error"),
        "/tin-2.html": (
            Reply(200, gzip.compress(b"<p>" * 99)[:-9], {"Content-Encoding": "gzip"}),
            "bad_encoding",
        ),
        "/tin-3.html": (Reply(302, b"", {"Location": "http://spam.example/"}), "redirect_refused"),
        "/tin-4.html": (Reply(200, b"x" * 2_000_000), "too_large"),
        "/tin-5.html": (Reply(410), "gone"),
        "/tin-6.html": (Reply(200, b"<title>Just a moment...</title><div id='cf-challenge'>"), "challenge"),
        "/tin-7.html": (Reply(200, "<title>404 - Không tìm thấy trang</title>".encode()), "soft_404"),
        "/tin-8.html": (Reply(200, b"<form><input type='password'></form>"), "login"),
        "/tin-9.html": (Reply(200, f5().encode()), "stored"),
    }
    for path, (reply, _) in bad.items():
        site.put(path, reply)
    site.put("/", listing(*bad))
    source = make_source(max_bytes=1_000_000)
    crawl(source)
    classes = crawl.classes()
    assert {path: classes[path] for path in bad} == {path: outcome for path, (_, outcome) in bad.items()}
    result = land_source(source, crawl.lake)
    assert result.documents == 1
    assert sorted(one.reason for one in crawl.issues()) == ["challenge", "login", "soft_404", "truncated"]
    crawl(source)
    asked_again = [path for path in bad if site.asked(path) > (3 if path == "/tin-1.html" else 1)]
    assert asked_again == ["/tin-1.html", "/tin-6.html"]


def test_what_was_absent_is_asked_for_again_a_day_later(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"))
    source = make_source()
    for pause, asked in ((0, 1), (1, 1), (25, 2)):
        crawl.time.at += timedelta(hours=pause)
        crawl(source)
        assert site.asked("/tin-1.html") == asked


def test_articles_are_asked_again_within_the_window_only(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"), listing())
    site.put("/tin-1.html", f5(), etag='"v1"')
    source = make_source(reask_days=3)
    crawl(source)
    site.put("/tin-1.html", f5().replace("41 cuộc", "44 cuộc"), etag='"v2"')
    crawl.time.at += timedelta(days=1)
    assert crawl(source).counts["stored"] == 2  # no longer listed, and yet its correction is found
    assert land_source(source, crawl.lake).documents == 2
    assert {"41 cuộc" in one.text for one in crawl.documents()} == {True, False}
    crawl.time.at += timedelta(days=3)
    crawl(source)
    assert site.asked("/tin-1.html") == 2


def test_the_same_bytes_without_validators_are_not_stored_twice(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5())
    source = make_source()
    crawl(source)
    assert crawl(source).counts == {"not_modified": 1, "unchanged": 1}
    assert site.asked("/tin-1.html") == 1
    assert read_table(crawl.lake.captures, Capture).num_rows == 3


def test_paging_ends_at_a_repeating_page_and_at_the_bound(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"))
    site.put("/?p=2", listing("/tin-2.html"))
    site.put("/?p=3", listing("/tin-1.html", "/tin-2.html"))
    site.put("/?p=4", listing("/tin-4.html"))
    way = {"method": "listing", "url": f"{site.base}/", "paging": {"param": "p", "max_pages": 9}}
    assert crawl(make_source(discovery=[way])).found == 2
    assert site.asked("/?p=4") == 0
    trap = {
        "method": "listing",
        "url": f"{site.base}/x/",
        "paging": {"pattern": f"{site.base}/x/{{page}}", "max_pages": 5},
    }
    site.put("/x/", listing("/tin-0.html"))
    for number in range(2, 50):
        site.put(f"/x/{number}", listing(f"/tin-{number}.html"))
    assert crawl(make_source(discovery=[trap])).found == 5


def test_next_link_paging(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.put("/", listing("/tin-1.html").replace("</main>", '<a class="next" href="/trang-2">Sau</a></main>'))
    site.put("/trang-2", listing("/tin-2.html"))
    way = {"method": "listing", "url": f"{site.base}/", "paging": {"next_selector": "a.next"}}
    assert crawl(make_source(discovery=[way])).found == 2


def test_feeds_and_sitemaps(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.put(
        "/robots.txt",
        f"User-agent: *\nAllow: /\nSitemap: {site.base}/map.xml\nSitemap: http://spam.example/m.xml\n",
    )
    site.put(
        "/rss",
        "<rss version='2.0'><channel><item><title>Đối thoại với dân</title>"
        f"<link>{site.base}/tin-1.html?utm_source=rss</link></item></channel></rss>",
    )
    ns = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    site.put(
        "/map.xml", f"<sitemapindex {ns}><sitemap><loc>{site.base}/part.xml.gz</loc></sitemap></sitemapindex>"
    )
    urls = "".join(f"<url><loc>{site.base}/{name}</loc></url>" for name in ("tin-2.html", "gioi-thieu"))
    part = f"<urlset {ns}>{urls}</urlset>"
    site.put("/part.xml.gz", Reply(200, gzip.compress(part.encode()), {"Content-Type": "application/gzip"}))
    ways = [{"method": "rss", "url": f"{site.base}/rss"}, {"method": "sitemap"}]
    result = crawl(make_source(discovery=ways))
    assert result.found == 2
    assert {"/tin-1.html", "/tin-2.html"} <= set(crawl.classes())
    assert site.asked("/gioi-thieu") == 0


def test_a_broken_feed_and_a_broken_sitemap_stop_nothing(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/rss", "<rss><channel><item><title>hở")
    site.put("/map.xml", Reply(200, b"\x1f\x8b broken"))
    site.put("/empty.xml", Reply(200, b""))
    site.put(
        "/bomb.xml",
        "<!DOCTYPE z [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;'>]><urlset><url><loc>&b;</loc></url>",
    )
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5())
    ways = [{"method": "rss", "url": f"{site.base}/rss"}]
    ways += [
        {"method": "sitemap", "url": f"{site.base}{path}"} for path in ("/map.xml", "/bomb.xml", "/empty.xml")
    ]
    source = make_source(discovery=[*ways, {"method": "listing", "url": f"{site.base}/"}])
    assert crawl(source).found == 1
    land_source(source, crawl.lake)
    assert {one.reason for one in crawl.issues()} == {"no_links"}


def test_the_topic_filter_reads_titles_then_addresses(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    body = """<main><a href="/gia-lon-hoi-tang-manh-1.html">Giá lợn hơi hôm nay tăng mạnh</a>
    <a href="/tiep-cong-dan-dinh-ky-2.html"><img src="a.jpg"></a><a href="/bong-da-nu-quoc-gia-3.html"><img></a>
    <a href="/x-4.html">Xem</a><a href="/y-5.html">Huyện mở rộng đối thoại với nông dân</a></main>"""
    site.put("/", page(body))
    source = make_source(topic={}, article_url=r"-\d\.html$")
    result = crawl(source)
    assert (result.found, result.wanted) == (5, 3)
    asked = {request.path for request in site.requests}
    assert asked == {"/robots.txt", "/", "/tiep-cong-dan-dinh-ky-2.html", "/x-4.html", "/y-5.html"}


def test_no_more_than_the_bound_is_asked_for(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.put("/", listing(*[f"/tin-{number}.html" for number in range(20)]))
    source = make_source(max_articles=6)
    for run in range(1, 4):
        crawl(source)
        assert len([row for row in crawl.outcomes() if row.kind == "article"]) == 6 * run


def test_progress_is_told(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html"))
    seen: list[Progress] = []
    crawl(make_source(), on_progress=seen.append)
    assert [(one.done, one.planned) for one in seen] == [(1, None), (2, None), (3, 4), (4, 4)]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_landing_again_writes_the_same_bytes(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    paths = [f"/tin-{number}.html" for number in range(6)]
    site.put("/", listing(*paths))
    for number, path in enumerate(paths):
        site.put(path, Reply(200, f1().replace("41 cuộc", f"{number} cuộc").encode()))
    source = make_source(extends="f1", article_url=r"\.html$")
    crawl(source)
    land_source(source, crawl.lake)
    first = _files(crawl.lake.landed)
    assert any("documents/source=bao-thu/date=2024-12-20/part.parquet" in name for name in first)
    land_source(source, crawl.lake)
    assert _files(crawl.lake.landed) == first
    identities = [one.document_id for one in crawl.documents()]
    assert identities == sorted(identities)


def test_one_article_at_two_addresses_is_one_document(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html"))
    site.put("/tin-1.html", f5())
    site.put("/tin-2.html", f5() + "<!-- another rendering -->")
    source = make_source()
    crawl(source)
    assert land_source(source, crawl.lake).documents == 1
    assert crawl.documents()[0].url.endswith("/tin-1.html")


def test_a_listing_that_leads_nowhere_is_an_issue(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    site.put("/", page("<main>Đang bảo trì</main>"))
    source = make_source()
    crawl(source)
    land_source(source, crawl.lake)
    assert [one.reason for one in crawl.issues()] == ["no_links"]


def test_the_registry_is_landed(lake: Lake) -> None:
    registry = load_registry()
    assert land_registry(registry, lake) == len(registry.sources)
    rows = from_table(SourceRow, read_table(lake.landed / "sources", SourceRow))
    assert [row.source_key for row in rows] == sorted(source.key for source in registry.sources)
    assert not any(row.is_demo for row in rows)


def test_a_damaged_record_costs_only_itself(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    paths = [f"/tin-{number}.html" for number in range(5)]
    site.put("/", listing(*paths), etag='"list"')
    for number, path in enumerate(paths):
        site.put(path, f5().replace("41 cuộc", f"{number + 50} cuộc"))
    source = make_source()
    crawl(source)
    rows = from_table(Capture, read_table(crawl.lake.captures, Capture))
    for path in ("/tin-2.html", "/"):
        capture = next(row for row in rows if row.url == site.base + path)
        file = crawl.lake.home / capture.warc_file
        data = bytearray(file.read_bytes())
        data[capture.warc_offset + 40 : capture.warc_offset + 60] = b"\x00" * 20
        file.write_bytes(data)
    assert land_source(source, crawl.lake).documents == 4
    assert sorted((one.reason, one.url.removeprefix(site.base)) for one in crawl.issues()) == [
        ("damaged_archive", "/"),
        ("damaged_archive", "/tin-2.html"),
    ]
    assert crawl(source).counts == {"not_modified": 1, "unchanged": 1}  # the listing is asked for anew


def test_a_run_killed_and_resumed_under_its_own_id_is_over(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html"))
    site.put("/tin-1.html", f5(), etag='"1"')
    site.put("/tin-2.html", f5(), etag='"2"')
    source = make_source()

    def die(progress: Progress) -> None:
        if progress.done == 3:
            raise KeyboardInterrupt

    def close_unsealed(archive: CrawlArchive) -> None:
        """Leave the files as a killed process does."""
        archive._journal.close()
        for file in archive._files.values():
            file.handle.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CrawlArchive, "seal", close_unsealed)
        with pytest.raises(KeyboardInterrupt):
            crawl(source, on_progress=die)
    crawl.runs = 0
    assert crawl(source).counts == {"not_modified": 1, "stored": 1, "unchanged": 1}
    assert crawl(source).counts == {"not_modified": 3, "unchanged": 1}


def test_a_removed_article_that_leads_home_is_absent(
    site: LocalSite, make_source: Make, crawl: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", Reply(301, b"", {"Location": "/"}))
    source = make_source()
    crawl(source)
    assert crawl.classes()["/tin-1.html"] == "soft_404"
    assert land_source(source, crawl.lake).documents == 0
    assert [one.reason for one in crawl.issues()] == ["soft_404"]


def test_a_page_our_reader_stumbles_over_stops_nothing(
    site: LocalSite, make_source: Make, crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html"))
    site.put("/tin-1.html", f5())
    site.put("/tin-2.html", f5().replace("41 cuộc", "42 cuộc"))
    source = make_source()
    crawl(source)
    true_reader = land.read_document

    def stumble(source: Source, page: StoredResponse) -> Reading:
        if page.url.endswith("/tin-1.html"):
            raise ZeroDivisionError("a fault of ours")
        return true_reader(source, page)

    monkeypatch.setattr(land, "read_document", stumble)
    assert land_source(source, crawl.lake).documents == 1
    assert [(one.reason, one.detail) for one in crawl.issues()] == [
        ("reader_failed", "ZeroDivisionError: a fault of ours")
    ]


def test_nobody_is_fetched_from_without_a_contact(site: LocalSite, make_source: Make, crawl: Crawler) -> None:
    source = make_source(allow_loopback=False, pace_seconds=1)
    with pytest.raises(BadInputError, match="COSO_CONTACT is not set"):
        crawl(source)
    assert site.requests == []
