"""Landing what is new: only new archive files are read, and the bytes are those of a full replay."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing, page
from scraper_site import LocalSite, Reply

from coso.errors import EnvironmentProblemError
from coso.lake import read_table
from coso.records import ParseIssue, from_table
from scrapers import land, partitions
from scrapers.keyring import Keyring
from scrapers.land import captures_of, land_source
from scrapers.parse.article import Reading
from scrapers.sourcefile import Source
from scrapers.stored import StoredResponse
from scrapers.warc import Damage, iter_members, iter_responses, pack_response, unpack_response

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
    aside, index = tmp_path / "aside.warc.gz", next(visit.lake.captures.glob("date=*"))
    late.rename(aside)
    index.rename(tmp_path / "index")
    visit.time.at += timedelta(days=2)
    site.put("/tin-1.html", Reply(200, (f5() + "<!-- again -->").encode()), etag='"2"')
    shutil.rmtree(visit.lake.outcomes)
    visit(source)
    land_source(source, visit.lake)
    assert [str(row.fetched_at.date()) for row in visit.documents()] == ["2024-12-22"]
    late.parent.mkdir(exist_ok=True)
    aside.rename(late)
    (tmp_path / "index").rename(index)
    assert land_source(source, visit.lake).documents == 1
    assert [str(row.fetched_at.date()) for row in visit.documents()] == ["2024-12-20"]
    added = visit.landed_bytes()
    land_source(source, visit.lake, rebuild=True)
    assert visit.landed_bytes() == added


def three_crawls(site: LocalSite, source: Source, visit: Crawler) -> list[Path]:
    """Crawl three times, one new article a crawl, and land; return the archive files in their order."""
    for number in range(3):
        site.put("/", listing(*[f"/tin-{n}.html" for n in range(number + 1)]))
        site.put(f"/tin-{number}.html", f5().replace("41 cuộc", f"{number} cuộc"))
        visit(source)
        visit.time.at += timedelta(days=1)
    land_source(source, visit.lake)
    return sorted(visit.lake.warc.rglob("*.warc.gz"))


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_lost_archive_file_takes_nothing_from_the_tables_in_silence(
    rebuild: bool, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    source = make_source()
    lost = three_crawls(site, source, visit)[1]
    before, kept = visit.landed_bytes(), lost.read_bytes()
    lost.unlink()
    with pytest.raises(EnvironmentProblemError, match=f"{lost.name} is gone; restore it"):
        land_source(source, visit.lake, rebuild=rebuild)
    assert visit.landed_bytes() == before
    lost.write_bytes(kept)
    assert land_source(source, visit.lake, rebuild=rebuild).documents == 3
    assert visit.landed_bytes() == before


@pytest.mark.parametrize("whole_records", [0, 2])
def test_answers_behind_the_end_of_an_archive_file_are_told_one_by_one(
    whole_records: int, site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    source = make_source()
    short = three_crawls(site, source, visit)[1]
    starts = [offset for offset, _ in iter_members(short)]
    short.write_bytes(short.read_bytes()[: starts[whole_records]])
    land_source(source, visit.lake)
    name = short.relative_to(visit.lake.home).as_posix()
    lost = {
        row.url
        for row in captures_of(visit.lake, source.key)
        if row.warc_file == name and row.warc_offset >= short.stat().st_size
    }
    told = from_table(ParseIssue, read_table(visit.lake.landed / "parse_issues", ParseIssue))
    assert {row.url for row in told if row.reason == "damaged_archive"} == lost != set()
    assert len(visit.documents()) == 2


def test_a_record_that_is_no_answer_hides_none_of_the_others(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    """Such as one of an address that is none of the web."""
    source = make_source()
    path = three_crawls(site, source, visit)[1]
    members = [path.read_bytes()[offset : offset + length] for offset, length in iter_members(path)]
    page = next(found for found in map(unpack_response, members) if found is not None)
    odd = pack_response(replace(page, final_url="nonsense", url="nonsense"))
    path.write_bytes(b"".join([members[0], odd, *members[1:]]))
    found = list(iter_responses(path, Keyring.of(visit.lake)))
    assert Damage(len(members[0]), len(odd)) in found
    assert land_source(source, visit.lake).documents == 3


@pytest.mark.parametrize("library", ["selectolax", "beautifulsoup4", "pdfplumber"])
def test_another_version_of_what_reads_pages_reads_all_anew(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = partitions.code_digest.__wrapped__()
    monkeypatch.setattr(partitions, "version", lambda name: "0" if name == library else version(name))
    assert partitions.code_digest.__wrapped__() != before
