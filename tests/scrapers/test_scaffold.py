"""Drafting a source from one page, and the goldens that fail until a person has read them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from scraper_crawl import Crawler
from scraper_pages import ADDRESSES, FAMILIES, page
from scraper_site import LocalSite, Reply

from coso.errors import BadInputError, CosoError
from scrapers.goldens import check_golden, golden_paths
from scrapers.registry import PACKAGED_SOURCES, load_registry
from scrapers.scaffold import ScaffoldedFiles, new_source

Draft = Callable[..., ScaffoldedFiles]


@pytest.fixture
def draft(visit: Crawler, tmp_path: Path) -> Draft:
    def run(url: str, **more: object) -> ScaffoldedFiles:
        more = {"key": "bao-moi", "allow_loopback": True, **more}
        given = {"settings": visit.settings, "clock": visit.time.clock, "pace": visit.pace}
        return new_source(url, tmp_path / "new", **given, **more)  # type: ignore[arg-type]

    return run


@pytest.mark.parametrize("family", FAMILIES)
def test_the_family_is_recognised_and_the_file_loads(family: str, site: LocalSite, draft: Draft) -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">'
    head = f'{feed}<meta property="og:site_name" content="Báo Mới">'
    site.put(ADDRESSES[family], FAMILIES[family]().replace("</head>", f"{head}</head>"))
    files = draft(site.base + ADDRESSES[family])
    registry = load_registry(files.source.parent)
    source = registry.get("bao-moi")
    assert (source.family, source.name, source.status) == (family, "Báo Mới", "unverified")
    assert [way.method for way in source.discovery] == ["rss", "listing"]
    assert "article_url" not in yaml.safe_load(files.source.read_text(encoding="utf-8"))
    assert source.caveats
    assert golden_paths(files.source.parent) == [files.golden]


def test_a_golden_fails_until_a_person_has_read_it_and_whenever_the_reading_changes(
    site: LocalSite, draft: Draft
) -> None:
    site.put(ADDRESSES["f5"], FAMILIES["f5"]())
    files = draft(site.base + ADDRESSES["f5"])
    source = load_registry(files.source.parent).get("bao-moi")
    assert [text[:6] for text in check_golden(source, files.golden)] == ["nobody"]
    golden = json.loads(files.golden.read_text(encoding="utf-8"))
    golden["read_by"] = "Trần Thị Thử"
    files.golden.write_text(json.dumps(golden), encoding="utf-8")
    assert check_golden(source, files.golden) == []
    golden["reading"]["published_on"] = "2024-12-18"
    files.golden.write_text(json.dumps(golden), encoding="utf-8")
    assert check_golden(source, files.golden) == ["published_on: expected '2024-12-18', read '2024-12-19'"]
    files.page.write_bytes(files.page.read_bytes() + b"<!-- -->")
    assert "page-1.html is not the page that was saved" in check_golden(source, files.golden)
    files.golden.write_text("[", encoding="utf-8")
    with pytest.raises(BadInputError, match="is no JSON"):
        check_golden(source, files.golden)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/tin-tuc/dan-chu-postid4567.bbg", r"-postid\d+\.bbg$"),
        ("/dan-chu-o-co-so-c12a4567.htm", r"a\d+\.htm$"),
        ("/tin-bai/chinh-tri/dan-chu-o-co-so-nam-nay", r"/[^/?]*(?:-[^/?]*){3,}/?$"),
    ],
)
def test_an_unknown_site_is_read_in_general_and_its_addresses_are_learnt(
    path: str, pattern: str, site: LocalSite, draft: Draft
) -> None:
    body = "".join(f"<p>Đoạn {n} nói về dân chủ ở cơ sở của các xã trong huyện.</p>" for n in range(9))
    site.put(path, page(f"<div class='la'><h1>Dân chủ ở cơ sở</h1>{body}</div>"))
    files = draft(site.base + path)
    source = load_registry(files.source.parent).get("bao-moi")
    assert source.family == "general"
    values = yaml.safe_load(files.source.read_text(encoding="utf-8"))
    assert values.get("article_url", pattern) == pattern
    golden = json.loads(files.golden.read_text(encoding="utf-8"))
    assert golden["reading"]["parser_kind"] == "general"
    assert "Đoạn 8" in golden["reading"]["text"]


def test_a_draft_is_as_polite_as_a_crawl(site: LocalSite, draft: Draft) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    with pytest.raises(CosoError, match="robots_denied"):
        draft(f"{site.base}/a-1.html")
    assert [request.path for request in site.requests] == ["/robots.txt"]
    site.put("/robots.txt", Reply(404))
    with pytest.raises(CosoError, match="not_found"):
        draft(f"{site.base}/a-1.html")
    with pytest.raises(BadInputError, match="no web address"):
        draft("nowhere")


def test_nothing_is_overwritten(site: LocalSite, draft: Draft) -> None:
    site.put(ADDRESSES["f5"], FAMILIES["f5"]())
    draft(site.base + ADDRESSES["f5"])
    with pytest.raises(BadInputError, match="is there already"):
        draft(site.base + ADDRESSES["f5"])


def test_every_saved_page_reads_as_a_person_said() -> None:
    registry = load_registry()
    wrong = {
        str(path): problems
        for path in golden_paths(PACKAGED_SOURCES)
        if (problems := check_golden(registry.get(path.parent.name), path))
    }
    assert wrong == {}
