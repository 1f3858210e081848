"""A source whose pages are refused as too large is told like one whose pages are lost, from crawl to incident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing
from scraper_site import LocalSite, Reply

from expectations.checks import MARTS_CHECKS
from expectations.gates import check_marts
from expectations.incidents import read_incidents, update_incidents
from scrapers.land import land_registry, land_source
from scrapers.registry import Registry
from scrapers.sourcefile import Source

Make = Callable[..., Source]
CHECK_ID = "marts.pages_too_large"
CHECKS = [check for check in MARTS_CHECKS if check.id in {CHECK_ID, "marts.source_blind"}]
#: Bound of the source in these tests, in bytes.
BOUND = 20_000


def good(number: int, filler: int = 0) -> Reply:
    """An article, with so many bytes that say nothing."""
    text = f5().replace("41 cuộc", f"{number + 50} cuộc <!-- {'x' * filler} -->")
    return Reply(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})


@pytest.fixture
def told(visit: Crawler, tmp_path: Path) -> Callable[[Source], dict[str, str]]:
    """Crawl and land a source, judge it, and return the open incidents: check and what was observed."""
    warehouse = tmp_path / "build.duckdb"
    duckdb.connect(str(warehouse)).close()

    def look(source: Source) -> dict[str, str]:
        visit(source)
        land_source(source, visit.lake)
        land_registry(Registry((source,), {}), visit.lake)
        now = visit.time.at
        gate = check_marts(visit.lake, warehouse, f"run-{visit.runs}", now.date(), CHECKS)
        assert {verdict.status for verdict in gate.verdicts} <= {"passed", "failed"}
        update_incidents(visit.lake, [gate], now)
        return {one.check_id: one.observed for one in read_incidents(visit.lake) if one.status == "open"}

    return look


def serve(site: LocalSite, filler: int, *numbers: int) -> None:
    site.put("/", listing(*[f"/tin-{number}.html" for number in numbers]))
    for number in numbers:
        site.put(f"/tin-{number}.html", good(number, filler))


def test_a_run_whose_articles_are_all_too_large_opens_an_incident_until_they_are_taken(
    site: LocalSite, make_source: Make, visit: Crawler, told: Callable[[Source], dict[str, str]]
) -> None:
    serve(site, 0, *range(20))
    source = make_source(max_bytes=BOUND, max_articles=50)
    assert told(source) == {}
    # The site has changed: what is new is huge, what was there is confirmed by the server or unchanged.
    serve(site, BOUND, *range(20, 24))
    visit.time.at += timedelta(days=1)
    found = told(source)
    assert set(found) == {CHECK_ID}
    assert "refused 4 of 4 pages as too large, such as " in found[CHECK_ID]
    assert f"{site.base}/tin-20.html" in found[CHECK_ID]
    assert f"{BOUND} allowed" in found[CHECK_ID]
    for hours in (12, 24):  # in the pause, and once more after it: nothing else was asked for
        visit.time.at += timedelta(hours=hours)
        assert set(told(source)) == {CHECK_ID}
    visit.time.at += timedelta(days=2)
    assert told(make_source(max_bytes=10 * BOUND, max_articles=50)) == {}


def test_one_huge_page_among_many_is_no_trouble_of_the_source(
    site: LocalSite, make_source: Make, told: Callable[[Source], dict[str, str]]
) -> None:
    serve(site, 0, *range(5))
    site.put("/tin-4.html", good(4, BOUND))
    assert told(make_source(max_bytes=BOUND)) == {}


def test_a_list_that_is_too_large_is_told_as_that_and_not_as_blindness(
    site: LocalSite, make_source: Make, visit: Crawler, told: Callable[[Source], dict[str, str]]
) -> None:
    site.put("/", Reply(200, b"x" * 2 * BOUND))
    source = make_source(max_bytes=BOUND)
    assert set(told(source)) == {CHECK_ID}
    visit.time.at += timedelta(days=1, hours=1)
    found = told(source)
    assert set(found) == {CHECK_ID}
    assert "refused 1 of 1 pages" in found[CHECK_ID]


def test_pages_that_unpack_to_too_much_count_too(
    site: LocalSite, make_source: Make, told: Callable[[Source], dict[str, str]]
) -> None:
    serve(site, BOUND, 1, 2, 3)
    found = told(make_source(max_decoded_bytes=BOUND))
    assert "refused 3 of 3 pages" in found[CHECK_ID]
