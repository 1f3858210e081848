"""Parsers with an end: pages from before a change of layout are read by the selectors of their day for ever."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scraper_crawl import Crawler
from scraper_pages import f1, f5, listing
from scraper_site import LocalSite

from coso.errors import BadInputError
from coso.lake import read_table
from coso.records import Submission, from_table
from scrapers.drift import find_drift
from scrapers.goldens import check_golden, make_golden
from scrapers.land import land_source
from scrapers.parse.article import READER_VERSION
from scrapers.sourcefile import Source

Make = Callable[..., Source]
#: A layout of the site's own, of before its move to a family's.
OWN = {
    "title": ["h2.tieu-de"],
    "body": ["section.noi-dung"],
    "sapo": [],
    "author": [],
    "tags": [],
    "date": [],
}


def own_layout() -> str:
    text = f5().replace('h1 class="name"', 'h2 class="tieu-de"').replace("</h1>", "</h2>")
    return text.replace('div id="content-detail"', 'section class="noi-dung"').replace(
        "</div>\n        </div>", "</section></div>"
    )


def put(site: LocalSite, numbers: range, body: str) -> None:
    site.put("/", listing(*[f"/tin-{n}.html" for n in numbers]))
    for n in numbers:
        site.put(f"/tin-{n}.html", body.replace("41 cuộc", f"{n} cuộc"))


def test_a_mended_file_reads_old_pages_as_before_and_new_ones_by_what_was_mended(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    before = make_source(extends="general", article_url=r"/tin-\d+\.html$", selectors=OWN)
    put(site, range(10, 14), own_layout())
    visit(before)
    land_source(before, visit.lake)
    old = {one.url: one for one in visit.documents()}
    assert {one.parser_kind for one in old.values()} == {"selectors"}
    visit.time.at += timedelta(days=3)
    put(site, range(20, 24), f1())
    visit(before)
    land_source(before, visit.lake)
    assert {one.parser_kind for one in visit.documents() if "/tin-2" in one.url} == {"general"}
    assert find_drift(visit.lake)
    earlier = {"version": 1, "until": "2024-12-21", "extends": "general", "selectors": OWN}
    address = r"/tin-\d+\.html$"
    mended = make_source(
        extends="f1",
        article_url=address,
        parser_version=2,
        earlier_parsers=[{**earlier, "article_url": address}],
    )
    land_source(mended, visit.lake)
    read = {one.url: one for one in visit.documents()}
    assert {url: one for url, one in read.items() if url in old} == old
    new = [one for url, one in read.items() if url not in old]
    assert {(one.parser, one.parser_kind) for one in new} == {(f"f1@{READER_VERSION}.2", "selectors")}
    assert len(new) == 4
    assert find_drift(visit.lake) == []
    bytes_of = visit.landed_bytes()
    land_source(mended, visit.lake, rebuild=True)
    assert visit.landed_bytes() == bytes_of


def test_the_last_day_is_a_day_in_vietnam(make_source: Make) -> None:
    earlier = [
        {"version": n, "until": f"2024-12-{day}", "selectors": {"title": f"h{n}"}}
        for n, day in ((1, 10), (2, 20))
    ]
    source = make_source(parser_version=5, earlier_parsers=earlier)

    def version(day: int, hour: int = 0, minute: int = 0) -> int:
        return source.as_of(datetime(2024, 12, day, hour, minute, tzinfo=UTC)).parser_version

    assert [version(1), version(10, 16, 59), version(10, 17), version(20, 16, 59), version(20, 17)] == [
        1,
        1,
        2,
        2,
        5,
    ]
    read = source.as_of(datetime(2024, 12, 1, tzinfo=UTC))
    assert [one.css for one in read.selectors.title] == ["h1"]
    assert (read.selectors.body, read.article_url) == (source.selectors.body, source.article_url)


def test_an_earlier_family_brings_its_own_selectors_and_addresses(make_source: Make) -> None:
    earlier = [{"version": 1, "until": "2024-12-10", "extends": "f5", "selectors": {"drop": [".quang-cao"]}}]
    source = make_source(extends="f1", parser_version=2, earlier_parsers=earlier)
    plain = make_source(extends="f5")
    read = source.as_of(datetime(2024, 12, 1, tzinfo=UTC))
    assert read.family == "f5"
    assert read.selectors == replace(plain.selectors, drop=(*plain.selectors.drop, ".quang-cao"))
    assert (read.article_url, read.tail_triggers) == (plain.article_url, plain.tail_triggers)


def portal(site: LocalSite, status: str) -> dict[str, Any]:
    return {
        "kind": "feedback_portal", "extends": "feedback", "article_url": r"[?&]id=\d+",
        "feedback": {
            "channel": "Cổng thử", "external_id": r"[?&]id=(\d+)", "statuses": {"Đang xử lý": "in_progress"},
            "fields": {"title": "h1", "status": status},
        },
    }  # fmt: skip


def test_items_of_a_feedback_portal_are_read_by_the_fields_of_their_day(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    item = "<h1>Đèn đường hỏng ở ngõ {n}</h1><p class='{name}'>Đang xử lý</p>"
    for n, name in ((1, "cu"), (2, "moi")):
        site.put("/", f"<a href='/?id={n}'>Phản ánh số {n}</a>")
        site.put(f"/?id={n}", item.format(n=n, name=name), etag=f'"{n}"')
        visit(make_source(**portal(site, ".cu")))
        visit.time.at += timedelta(days=3)
    earlier = [{"version": 1, "until": "2024-12-21", "feedback": {"fields": {"status": ".cu"}}}]
    source = make_source(**portal(site, ".moi"), parser_version=2, earlier_parsers=earlier)
    land_source(source, visit.lake)
    rows = from_table(Submission, read_table(visit.lake.landed / "submissions", Submission))
    assert sorted((row.external_id, row.status) for row in rows) == [
        ("1", "in_progress"),
        ("2", "in_progress"),
    ]
    assert visit.issues() == []


def test_a_golden_of_an_older_layout_is_read_by_its_parser(
    site: LocalSite, make_source: Make, tmp_path: Path
) -> None:
    before = make_source(extends="general", selectors=OWN)
    saved_at, html = datetime(2024, 12, 1, tzinfo=UTC), own_layout().encode()
    golden = make_golden(before, f"{site.base}/tin-1.html", saved_at, html)
    path = tmp_path / "page-1.json"
    path.with_suffix(".html").write_bytes(html)
    path.write_text(json.dumps({**golden, "read_by": "Trần Thị Thử"}), encoding="utf-8")
    assert check_golden(make_source(extends="f1"), path)
    earlier = [{"version": 1, "until": "2024-12-10", "extends": "general", "selectors": OWN}]
    assert check_golden(make_source(extends="f1", parser_version=2, earlier_parsers=earlier), path) == []


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        ([{"version": 2, "until": "2024-12-10"}], "all below parser_version, which is 2"),
        ([{"version": 1, "until": "2024-12-10"}, {"version": 1, "until": "2024-12-20"}], "a higher version"),
        ([{"version": 1, "until": "soon"}], r"key earlier_parsers.0.until"),
        ([{"version": 1}], r"key earlier_parsers.0.until: key is missing"),
        (
            [{"version": 1, "until": "2024-12-10", "extends": "f9"}],
            r"key earlier_parsers.0.extends: unknown family 'f9'",
        ),
        ([{"version": 1, "until": "2024-12-10", "extends": ["f5"]}], r"unknown family \['f5'\]"),
        ([{"version": 1, "until": "2024-12-10", "family": "f5"}], "name the family with the key extends"),
        ("f5", "key earlier_parsers"),
        (["f5"], "key earlier_parsers.0"),
    ],
)
def test_earlier_parsers_that_make_no_sense_are_refused(
    earlier: object, said: str, make_source: Make
) -> None:
    with pytest.raises(BadInputError, match=said):
        make_source(parser_version=2, earlier_parsers=earlier)
