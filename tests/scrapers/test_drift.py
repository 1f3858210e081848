"""A layout that changes between two runs is noticed, named and shown; a source that is only varied is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from scraper_crawl import Crawler
from scraper_pages import f1, f5, listing, page
from scraper_portal import item, portal_values
from scraper_site import LocalSite

from coso.lake import read_table
from coso.records import Drift, from_table
from scrapers.drift import find_drift, note_drift
from scrapers.land import land_source
from scrapers.sourcefile import Source

Make = Callable[..., Source]


def run_day(
    site: LocalSite, visit: Crawler, source: Source, day: int, bodies: list[str], shown: str | None = None
) -> None:
    """Crawl a day on which ``bodies`` are the new articles."""
    paths = [f"/tin-{day}{n}.html" for n in range(len(bodies))]
    site.put("/", shown or listing(*paths))
    for number, (path, body) in enumerate(zip(paths, bodies, strict=True)):
        site.put(path, body.replace("41 cuộc", f"{day}{number}1 cuộc"))
    visit(source)
    land_source(source, visit.lake)
    visit.time.at += timedelta(days=1)


def changed(body: str) -> str:
    """The same article after the site was made anew: another heading, another container."""
    return body.replace('class="name"', 'class="detail__title"').replace(
        'id="content-detail"', 'class="detail__body"'
    )


def test_a_changed_layout_is_named_with_old_and_new_markup(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    source = make_source()
    for day in (1, 2):
        run_day(site, visit, source, day, [f5()] * 3)
    assert find_drift(visit.lake) == []
    run_day(site, visit, source, 3, [changed(f5())] * 3)
    found = {(row.measure, row.part, row.selector): row for row in note_drift(visit.lake)}
    title = found["selector", "title", "h1.name"]
    assert (title.old_rate, title.new_rate, title.pages) == (1.0, 0.0, 3)
    assert title.covered_by == "h1"
    assert title.old_markup == '<div class="content-article"> <h1 class="name">'
    assert title.new_markup == '<div class="content-article"> <h1 class="detail__title">'
    body = found["selector", "body", "#content-detail"]
    assert body.covered_by is None
    assert body.old_markup == '<div class="content-article"> <div id="content-detail">'
    assert body.new_markup == '<div class="content-article"> <div class="detail__body">'
    assert body.new_url is not None
    assert body.new_url.startswith(f"{site.base}/tin-3")
    assert ("field", "read by selectors", None) in found
    assert from_table(Drift, read_table(visit.lake.quality / "drifts", Drift)) == find_drift(visit.lake)


def test_a_mended_source_file_ends_the_drift(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    source = make_source()
    run_day(site, visit, source, 1, [f5()] * 4)
    run_day(site, visit, source, 2, [changed(f5())] * 4)
    assert find_drift(visit.lake)
    mended = {"title": ["h1.name, h1.detail__title"], "body": ["#content-detail, .detail__body"],
              "sapo": [], "author": [], "tags": []}  # fmt: skip
    land_source(make_source(selectors=mended), visit.lake)
    assert note_drift(visit.lake) == []
    assert read_table(visit.lake.quality / "drifts", Drift).num_rows == 0


def test_one_article_a_day_is_judged_after_a_few(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    source = make_source()
    noticed = []
    for day in range(1, 13):
        run_day(site, visit, source, day, [f5() if day < 10 else changed(f5())])
        noticed.append(any(row.part == "body" for row in find_drift(visit.lake)))
    assert noticed == [False] * 11 + [True]


@pytest.mark.parametrize("odd", [1, 2])
def test_a_page_that_is_different_once_is_no_drift(
    odd: int, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    """Photo stories have another layout all along: what was never sure does not drop."""
    source = make_source()
    for day in range(1, 6):
        bodies = [f5()] * 3 + [f1().replace('class="article__title"', "")] * odd
        run_day(site, visit, source, day, bodies)
    assert find_drift(visit.lake) == []


def test_a_listing_that_loses_its_links(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    source = make_source(discovery=[{"method": "listing", "url": f"{site.base}/", "link_selector": "h3 a"}])
    run_day(site, visit, source, 1, [f5()])
    renamed = listing("/tin-20.html").replace("h3>", "h4>")
    run_day(site, visit, source, 2, [], renamed)
    (found,) = find_drift(visit.lake)
    assert (found.measure, found.selector, found.old_rate, found.new_rate) == ("links", "h3 a", 1.0, 0.0)
    assert found.old_markup == "<main> <h3> <a>"
    assert visit.crawls()[1].sight == "blind"


def test_rates_are_counted_file_by_file(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    source = make_source()
    run_day(site, visit, source, 1, [f5(), f5(), page("<h1 class='name'>Bài ngắn về dân chủ ở cơ sở</h1>")])
    rows = {(row.measure, row.part, row.selector): row for row in visit.rates()}
    assert [row.run_id for row in rows.values()] == ["run-1"] * len(rows)
    pages = rows["pages", "article", None]
    assert (pages.tried, pages.hits) == (3, 2)
    assert (rows["selector", "title", "h1.name"].hits, rows["selector", "body", "#content-detail"].hits) == (
        3,
        2,
    )
    assert rows["field", "sapo", None].tried == 2
    assert rows["links", f"{site.base}/", None].hits == 3
    assert pages.missed_capture_id not in {None, pages.hit_capture_id}


ANSWERED, OPEN = "Đã trả lời", "Đang xử lý"


def unanswered(page: str) -> str:
    return page.replace('class="tra-loi"', 'class="trong"')


def run_portal_day(site: LocalSite, visit: Crawler, source: Source, items: dict[int, str]) -> None:
    """Crawl a portal on the next day, when it lists the pages ``items`` by their numbers."""
    links = "".join(f'<a href="/?id={number}">Hố ga {number}</a>' for number in items)
    site.put("/", f'<html><body><div class="muc">{links}</div></body></html>')
    for number, shown in items.items():
        site.put(f"/?id={number}", shown)
    visit(source)
    land_source(source, visit.lake)
    visit.time.at += timedelta(days=1)


def test_items_without_an_answer_are_no_drift(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    """First come answered items and then new ones: their answers are not missing, they are not written yet."""
    source = make_source(**portal_values(site.base))
    run_portal_day(site, visit, source, {number: item(number, ANSWERED) for number in range(8)})
    run_portal_day(site, visit, source, {number: unanswered(item(number, OPEN)) for number in range(8, 20)})
    assert find_drift(visit.lake) == []
    assert {row.tried for row in visit.rates() if row.part in {"answer", "answer_masked"}} == {8}


def test_answers_lost_on_answered_items_are_drift(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    source = make_source(**portal_values(site.base))
    run_portal_day(site, visit, source, {number: item(number, ANSWERED) for number in range(8)})
    run_portal_day(
        site, visit, source, {number: unanswered(item(number, ANSWERED)) for number in range(8, 14)}
    )
    assert {row.part for row in find_drift(visit.lake)} == {"answer", "answer_masked"}


@pytest.mark.parametrize(("meaning", "parts"), [(None, {"status"}), ("answered", set())])
def test_a_status_is_missed_unless_its_absence_has_a_meaning(
    meaning: str | None, parts: set[str], site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    values = portal_values(site.base)
    source = make_source(**values | {"feedback": values["feedback"] | {"status_when_absent": meaning}})
    run_portal_day(site, visit, source, {number: item(number, OPEN) for number in range(8)})
    bare = {number: item(number, OPEN).replace("<th>Trạng thái</th>", "<th></th>") for number in range(8, 20)}
    run_portal_day(site, visit, source, bare)
    assert {row.part for row in find_drift(visit.lake)} == parts
