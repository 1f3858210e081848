"""Trying a source on a local site: what the verdict says, and that it is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing, page
from scraper_site import LocalSite, Reply

from coso.errors import BadInputError
from coso.lake import read_table
from coso.records import Capture, SourceCheck, from_table
from scrapers.sourcecheck import SourceVerdict, check_source
from scrapers.sourcefile import Source

Make = Callable[..., Source]
Check = Callable[[Source], SourceVerdict]


@pytest.fixture
def check(visit: Crawler) -> Check:
    def run(source: Source) -> SourceVerdict:
        return check_source(source, visit.lake, visit.settings, clock=visit.time.clock, pace=visit.pace)

    return run


def told(verdict: SourceVerdict) -> dict[str, str]:
    return {row.aspect: row.verdict for row in verdict.rows}


def test_a_sound_source_passes_and_the_verdict_is_stored(
    site: LocalSite, make_source: Make, visit: Crawler, check: Check
) -> None:
    site.put("/", listing(*[f"/tin-{n}.html" for n in range(9)]))
    for number in range(9):
        site.put(f"/tin-{number}.html", f5().replace("41 cuộc", f"{number} cuộc"), etag=f'"{number}"')
    selectors = {"title": "h1.name", "body": "#content-detail", "sapo": [], "author": [], "tags": []}
    ways = [{"method": "listing", "url": f"{site.base}/", "paging": {"param": "p"}}]
    source = make_source(selectors=selectors, discovery=ways)
    verdict = check(source)
    assert told(verdict) == {
        "robots": "passed",
        "discovery": "passed",
        "freshness": "passed",
        "selectors": "passed",
    }
    assert verdict.verdict == "passed"
    figures = {row.aspect: row.figure for row in verdict.rows}
    assert (figures["discovery"], figures["freshness"]) == (9, 1)
    assert len(site.requests) == 5  # robots, the first page, three articles
    stored = from_table(SourceCheck, read_table(visit.lake.quality / "source_checks", SourceCheck))
    assert sorted(stored, key=lambda row: row.aspect) == sorted(verdict.rows, key=lambda row: row.aspect)
    assert read_table(visit.lake.captures, Capture).num_rows == 5
    again = check(source)
    assert told(again) == told(verdict)
    assert read_table(visit.lake.captures, Capture).num_rows == 5  # 304s: the archived pages are looked at
    assert read_table(visit.lake.quality / "source_checks", SourceCheck).num_rows == 8


def test_each_fault_is_named(site: LocalSite, make_source: Make, visit: Crawler, check: Check) -> None:
    site.put("/", page("<main>Đang bảo trì</main>"))
    verdict = check(make_source())
    assert told(verdict) == {
        "robots": "passed", "discovery": "failed", "freshness": "unknown", "selectors": "unknown"
    }  # fmt: skip
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5().replace('id="content-detail"', 'class="new"'))
    visit.settings = replace(visit.settings, today=date(2025, 3, 1))
    verdict = check(make_source())
    assert (told(verdict)["selectors"], told(verdict)["freshness"]) == ("failed", "warning")
    rows = {row.aspect: row for row in verdict.rows}
    assert "body #content-detail: 0 of 1" in rows["selectors"].detail
    assert rows["freshness"].figure == 72
    site.put("/robots.txt", Reply(503))
    site.etags.pop("/robots.txt")
    assert told(check(make_source()))["robots"] == "failed"


def test_items_that_cannot_be_fetched_are_named_with_what_became_of_them(
    site: LocalSite, make_source: Make, check: Check
) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html"))
    site.put("/tin-1.html", Reply(403))
    rows = {row.aspect: row for row in check(make_source()).rows}
    assert rows["selectors"].verdict == "unknown"
    for told in (f"{site.base}/tin-1.html: client_error", f"{site.base}/tin-2.html: not_found"):
        assert told in rows["selectors"].detail


def test_a_source_that_must_not_be_visited_is_not(
    site: LocalSite, make_source: Make, visit: Crawler, check: Check
) -> None:
    permission = {"status": "refused", "given_on": "2024-01-01", "by": "Báo Thử"}
    assert check(make_source(permission=permission)).verdict == "unknown"
    assert site.requests == []
    visit.settings = replace(visit.settings, contact="nobody@example.invalid")
    with pytest.raises(BadInputError, match="COSO_CONTACT"):
        check(make_source(allow_loopback=False, pace_seconds=1))
