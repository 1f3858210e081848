"""A host that asks for a long pause is left alone until then, by every source and run, and not a moment longer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing
from scraper_site import FakeTime, LocalSite, Reply

from coso.lake import Lake
from scrapers.pauses import LONGEST, Pauses
from scrapers.sourcecheck import check_source
from scrapers.sourcefile import Source

Make = Callable[..., Source]
HOUR = timedelta(hours=1)


def busy(status: int, retry_after: str) -> Reply:
    return Reply(status, b"", {"Retry-After": retry_after})


@pytest.mark.parametrize(
    ("status", "retry_after"), [(429, "21600"), (503, "21600"), (503, "Fri, 20 Dec 2024 09:00:00 GMT")]
)
def test_what_a_host_asked_for_is_remembered_until_it_has_passed(
    status: int, retry_after: str, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html"))
    site.put("/tin-1.html", busy(status, retry_after), Reply(200, f5().encode()))
    site.put("/tin-2.html", Reply(200, f5().encode()))
    source, began = make_source(), visit.time.at
    assert visit(source).counts == {"rate_limited" if status == 429 else "server_error": 1, "stored": 2}
    asked = len(site.requests)
    assert site.asked("/tin-2.html") == 0  # the crawl under way ends as well
    for hours in (1, 5):
        visit.time.at = began + hours * HOUR
        for other in (source, make_source(key="bao-cung-may-chu")):
            assert visit(other).sight == "closed"
    detail = visit.crawls()[-1].detail or ""
    assert "asked for no request before 2024-12-20 16:00 (GMT+7)" in detail
    assert f"HTTP {status}" in detail
    (verdict,) = {
        row.verdict for row in check_source(source, visit.lake, visit.settings, clock=visit.time.clock).rows
    }
    assert verdict == "unknown"
    assert len(site.requests) == asked
    visit.time.at = began + 6 * HOUR + timedelta(minutes=1)
    assert visit(source).counts["stored"] == 2
    assert list(Pauses(visit.lake, visit.time.clock).all_standing()) == []


def test_a_robots_file_that_asks_for_a_pause_is_the_last_request(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put("/robots.txt", busy(503, "7200"))
    assert visit(make_source()).sight == "closed"
    assert [request.path for request in site.requests] == ["/robots.txt"]


def test_a_pause_that_the_crawl_waited_for_is_not_kept(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", busy(429, "50"), Reply(200, f5().encode()))
    assert visit(make_source()).counts["stored"] == 3
    assert list(Pauses(visit.lake, visit.time.clock).all_standing()) == []


@pytest.fixture
def elsewhere() -> Iterator[LocalSite]:
    made = LocalSite()
    yield made
    made.close()


def test_a_further_host_is_left_alone_while_the_first_is_asked_on(
    site: LocalSite, elsewhere: LocalSite, make_source: Make, visit: Crawler
) -> None:
    paths = [f"/tin-{number}.html" for number in (1, 2, 3)]
    site.put("/", listing(*paths))
    for path in paths[:2]:
        site.put(path, Reply(302, b"", {"Location": f"{elsewhere.base}{path}"}))
        elsewhere.put(path, busy(503, "7200"))
    site.put(paths[2], Reply(200, f5().encode()))
    assert visit(make_source()).counts == {"host_paused": 1, "not_found": 1, "server_error": 1, "stored": 3}
    assert sum(elsewhere.asked(path) for path in paths) == 1
    site.put(paths[0], Reply(200, f5().encode()))
    site.put(paths[1], Reply(200, f5().encode()))
    assert visit(make_source()).counts["stored"] == 2  # what was not asked for is asked for by the next run


def test_no_slip_of_a_server_or_a_clock_ends_collection_for_good(lake: Lake, fake_time: FakeTime) -> None:
    pauses = Pauses(lake, fake_time.clock)
    pauses.note("bao.example:8080", 10.0**12, 429, "bao-thu")
    (pause,) = pauses.all_standing()
    assert pause.until - pause.said_at == LONGEST
    fake_time.at -= timedelta(days=300)
    assert pauses.standing("bao.example:8080") is None  # the clock that noted it has been set back
    pauses.note("bao.example:8080", 3600, 429, "bao-thu")
    (path,) = (lake.home / "pauses").iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    assert pauses.standing("bao.example:8080") is None
    assert list(pauses.all_standing()) == []
