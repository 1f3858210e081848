"""Landing what is new: only new archive files are read, and the bytes are those of a full replay."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing, page
from scraper_site import LocalSite, Reply

from scrapers import land, partitions
from scrapers.land import land_source
from scrapers.parse.article import Reading
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse

Make = Callable[..., Source]


@pytest.fixture
def read_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of the articles that landing reads."""
    seen: list[str] = []
    true_reader = land.read_document

    def note(source: Source, page: StoredResponse) -> Reading:
        seen.append(page.url)
        return true_reader(source, page)

    monkeypatch.setattr(land, "read_document", note)
    return seen


def run_days(site: LocalSite, visit: Crawler, source: Source, days: int, seed: int) -> None:
    """Crawl on several days: new articles, corrected ones, one that moves, unreadable ones, two runs on some days."""
    chance = random.Random(seed)
    paths: list[str] = []
    for day in range(days):
        for number in range(chance.randint(0, 3)):
            path = f"/tin-{day}{number}.html"
            paths.append(path)
            text = f5().replace("41 cuộc", f"{chance.randint(40, 45)} cuộc")
            site.put(path, chance.choice([text, text, "", page("<p>Ngắn</p>")]), etag=f'"{chance.random()}"')
        if paths and chance.random() < 0.5:
            site.put(
                chance.choice(paths), f5().replace("41 cuộc", f"{day} cuộc"), etag=f'"{chance.random()}"'
            )
        site.put("/", listing(*paths) if chance.random() < 0.8 else page("<main>Bảo trì</main>"))
        visit(source)
        land_source(source, visit.lake)
        visit.time.at += timedelta(hours=chance.choice([3, 15, 24, 30]))


@pytest.mark.parametrize("seed", range(6))
def test_adding_day_by_day_gives_the_bytes_of_a_full_replay(
    seed: int, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    source = make_source()
    run_days(site, visit, source, 6, seed)
    added, counted = visit.landed_bytes(), land_source(source, visit.lake)
    assert land_source(source, visit.lake, rebuild=True) == counted
    assert visit.landed_bytes() == added
    assert any("reading_rates" in path for path in added)


def test_only_new_archive_files_are_read(
    site: LocalSite, make_source: Make, visit: Crawler, read_pages: list[str]
) -> None:
    source = make_source()
    for number in range(3):
        site.put("/", listing(*[f"/tin-{n}.html" for n in range(number + 1)]))
        site.put(f"/tin-{number}.html", f5().replace("41 cuộc", f"{number} cuộc"))
        visit(source)
        read_pages.clear()
        result = land_source(source, visit.lake)
        assert read_pages == [f"{site.base}/tin-{number}.html"]
        assert result.documents == number + 1
        visit.time.at += timedelta(days=1)
    read_pages.clear()
    before = visit.landed_bytes()
    assert land_source(source, visit.lake) == result
    assert (read_pages, visit.landed_bytes()) == ([], before)
    land_source(source, visit.lake, rebuild=True)
    assert len(read_pages) == 3


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


@pytest.mark.parametrize(
    "what", ["source file", "landed file changed", "landed file gone", "archive file", "note"]
)
def test_whatever_else_changed_everything_is_read_again(
    what: str, site: LocalSite, make_source: Make, visit: Crawler, read_pages: list[str]
) -> None:
    site.put("/", listing("/tin-1.html", "/tin-2.html"))
    site.put("/tin-1.html", f5())
    site.put("/tin-2.html", f5().replace("41 cuộc", "42 cuộc"))
    source = make_source()
    visit(source)
    land_source(source, visit.lake)
    before = visit.landed_bytes()
    read_pages.clear()
    landed = next(visit.lake.landed.glob("documents/source=*/date=*/part.parquet"))
    if what == "source file":
        source = make_source(parser_version=2)
    elif what == "landed file changed":
        damage(landed)
    elif what == "landed file gone":
        shutil.rmtree(landed.parent)
    elif what == "archive file":
        path = next(visit.lake.warc.rglob("*.warc.gz"))
        path.write_bytes(path.read_bytes() + b"\0")
    else:
        damage(next((visit.lake.landed / ".state").glob("*.json")))
    land_source(source, visit.lake)
    assert len(read_pages) == 2
    assert (visit.landed_bytes() == before) is (what != "source file")


def test_an_older_crawl_that_turns_up_late_moves_the_document_to_its_day(
    site: LocalSite, make_source: Make, visit: Crawler, tmp_path: Path
) -> None:
    """As when the archive of another machine is copied in: the first capture stands, whenever it came."""
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5())
    source = make_source()
    visit(source)
    late = next(visit.lake.warc.rglob("*.warc.gz"))
    aside = tmp_path / "aside.warc.gz"
    late.rename(aside)
    visit.time.at += timedelta(days=2)
    site.put("/tin-1.html", Reply(200, (f5() + "<!-- again -->").encode()), etag='"2"')
    shutil.rmtree(visit.lake.outcomes)
    visit(source)
    land_source(source, visit.lake)
    assert [str(row.fetched_at.date()) for row in visit.documents()] == ["2024-12-22"]
    late.parent.mkdir(exist_ok=True)
    aside.rename(late)
    assert land_source(source, visit.lake).documents == 1
    assert [str(row.fetched_at.date()) for row in visit.documents()] == ["2024-12-20"]
    added = visit.landed_bytes()
    land_source(source, visit.lake, rebuild=True)
    assert visit.landed_bytes() == added


@pytest.mark.parametrize("library", ["selectolax", "beautifulsoup4", "pdfplumber"])
def test_another_version_of_what_reads_pages_reads_all_anew(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = partitions.code_digest.__wrapped__()
    monkeypatch.setattr(partitions, "version", lambda name: "0" if name == library else version(name))
    assert partitions.code_digest.__wrapped__() != before
