"""Erasing one address: nothing of it is left in the lake, everything else is as it was, and a kill changes nothing."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing
from scraper_portal import portal_values, put_portal
from scraper_site import LocalSite
from warcio.archiveiterator import ArchiveIterator

from coso.errors import BadInputError
from coso.lake import Lake, read_table, write_records
from coso.records import Incident, QuarantinedRow, from_table
from scrapers.archive import open_capture
from scrapers.blanking import tombstone_member
from scrapers.destruction import read_tombstones, sealed_archives
from scrapers.erasure import erase_address, finish_erasures, pages_that_name
from scrapers.keyring import Keyring
from scrapers.land import captures_of, land_source
from scrapers.sourcefile import Source
from scrapers.warc import iter_members, iter_responses, unpack_response

Make = Callable[..., Source]
NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)
SECRET = "Ông Phùng Văn Thử ở xã Bình Thử khiếu nại quyết định thu hồi đất số 77 của huyện."
SLUG = "/ong-phung-van-thu-khieu-nai-77.html"
#: What must be nowhere: words of the page, of its title in the listing, and of its address.
TRACES = ("Phùng Văn Thử", "thu hồi đất số 77", "ong-phung-van-thu", "Phung Van Thu")


@pytest.fixture
def paper(site: LocalSite, make_source: Make, visit: Crawler) -> Source:
    """A paper of three articles, one of them to be erased, crawled twice and landed."""
    paths = ["/tin-1.html", SLUG, "/tin-2.html"]
    for number, path in enumerate(paths):
        text = f5().replace("41 cuộc", f"{41 + number} cuộc")
        text = text.replace("Năm qua,", f"{SECRET} Năm qua,") if path == SLUG else text
        site.put(path, text, etag=f'"{number}"')
    heads = listing(*paths).replace("Dân chủ ở cơ sở số 1", SECRET)
    site.put("/", heads, etag='"list"')
    source = make_source()
    visit(source)
    visit.time.at += timedelta(days=1)
    site.put(SLUG, f5().replace("Năm qua,", f"{SECRET} Cập nhật. Năm qua,"), etag='"new"')
    visit(source)
    land_source(source, visit.lake)
    _copy_elsewhere(visit.lake, f"{site.base}{SLUG}", visit.documents()[0].document_id)
    return source


def _copy_elsewhere(lake: Lake, url: str, other: str) -> None:
    """Leave copies where checks, alerts, logs and Prefect leave them."""
    row = QuarantinedRow(
        "q-1", "documents", "d-1", "c", "x", "bao-thu", "22", "34", f'{{"text": "{SECRET}"}}'
    )
    keep = QuarantinedRow("q-2", "documents", other, "c", "x", "bao-thu", "22", "34", "{}")
    write_records(lake.quality / "quarantine" / "r.parquet", QuarantinedRow, [row, keep])
    incident = Incident(
        "inc-1", "c", "warning", "open", "22", "34", "bao-thu", None, None, "Số liệu lạ", "Odd", "1", "2", None,
        SECRET, url, False, "look", NOW, NOW, None, None,
    )  # fmt: skip
    write_records(lake.quality / "incidents" / "part.parquet", Incident, [incident])
    for path in (lake.quality / "pages" / "r.html", lake.logs / "server.log"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"before\n{SECRET} {url}\nafter\n", encoding="utf-8")
    lake.prefect.mkdir(parents=True)
    with closing(sqlite3.connect(lake.prefect / "prefect.db")) as database:
        database.execute("pragma journal_mode = wal")
        database.execute("create table artifact (id integer primary key, data text)")
        database.execute("insert into artifact (data) values (?), ('kept')", (f"| {SECRET} | {url} |",))
        database.commit()


def erase(lake: Lake, url: str) -> None:
    erase_address(lake, url, reason="Người bị nêu tên yêu cầu", by="Quản trị", now=NOW)


def told_in(path: Path, lake: Lake) -> list[str]:
    """Return which traces a file holds: as it lies, in its rows, and in the pages it seals."""
    texts = [path.read_bytes().decode("utf-8", errors="ignore")]
    if path.suffix == ".parquet":
        texts += [str(row) for row in pq.read_table(path, partitioning=None).to_pylist()]
    if path.name.endswith(".warc.gz"):
        data = path.read_bytes()
        for offset, length in iter_members(path):
            member = data[offset : offset + length]
            texts.append(zlib.decompress(member, zlib.MAX_WBITS | 16).decode("utf-8", errors="ignore"))
            page = unpack_response(member, Keyring.of(lake))
            texts += [page.url, page.body().decode("utf-8", errors="ignore")] if page else []
    return [trace for trace in TRACES if any(trace in text for text in texts)]


def told(lake: Lake) -> dict[str, list[str]]:
    files = (path for path in lake.home.rglob("*") if path.is_file())
    return {str(path.relative_to(lake.home)): found for path in files if (found := told_in(path, lake))}


def test_nothing_of_it_is_left_and_all_else_is(paper: Source, visit: Crawler, site: LocalSite) -> None:
    lake, url = visit.lake, f"{site.base}{SLUG}"
    before = told(lake)
    assert {name.partition("/")[0] for name in before} >= {"raw", "landed", "quality", "logs", "prefect"}
    others = [row for row in captures_of(lake, paper.key) if row.url.endswith(("1.html", "2.html"))]
    sizes = {path: path.stat().st_size for path in lake.warc.rglob("*.warc.gz")}
    erase(lake, url)
    assert told(lake) == {}
    assert {path: path.stat().st_size for path in lake.warc.rglob("*.warc.gz")} == sizes
    assert all(open_capture(lake, row).url == row.url for row in others)
    land_source(paper, lake, rebuild=True)
    assert told(lake) == {}
    assert {row.url for row in visit.documents()} == {row.url for row in others}
    assert [row.quarantine_id for row in quarantine(lake)] == ["q-2"]
    (incident,) = from_table(Incident, read_table(lake.quality / "incidents", Incident))
    assert (incident.title, incident.evidence_quote, incident.evidence_url) == ("Số liệu lạ", None, None)
    assert (lake.logs / "server.log").read_text(encoding="utf-8").endswith("\nafter\n")


def quarantine(lake: Lake) -> list[QuarantinedRow]:
    return from_table(QuarantinedRow, read_table(lake.quality / "quarantine", QuarantinedRow))


def test_a_tombstone_stays_and_the_address_is_not_asked_for_again(
    paper: Source, visit: Crawler, site: LocalSite
) -> None:
    erase(visit.lake, f"{site.base}{SLUG}#cuoi-trang")
    (row,) = read_tombstones(visit.lake)
    assert (row.source_key, row.destroyed_by, row.reason) == (
        paper.key,
        "Quản trị",
        "Người bị nêu tên yêu cầu",
    )
    assert (row.destroyed_at, row.captures, row.files) == (NOW, 3, 2)  # two versions, and the listing
    asked = len(site.requests)
    site.put("/", listing("/tin-1.html", SLUG, "/tin-3.html"))
    site.put("/tin-3.html", f5())
    visit(paper)
    paths = [request.path for request in site.requests[asked:]]
    assert "/tin-3.html" in paths
    assert SLUG not in paths
    assert told(visit.lake) != {}  # the outlet still lists it
    erase(visit.lake, f"{site.base}{SLUG}")
    assert told(visit.lake) == {}
    assert [row.captures for row in read_tombstones(visit.lake)] == [4]


def test_pages_that_name_it_are_told(paper: Source, visit: Crawler, site: LocalSite) -> None:
    box = f'<div class="more"><a href="{SLUG}?utm_source=box">Tin khác</a></div></body>'
    site.put("/tin-2.html", f5().replace("41 cuộc", "43 cuộc").replace("</body>", box), etag='"boxed"')
    visit.time.at += timedelta(days=1)
    visit(paper)
    erase(visit.lake, f"{site.base}{SLUG}")
    assert pages_that_name(visit.lake, paper.key, f"{site.base}{SLUG}") == [f"{site.base}/tin-2.html"]
    assert open_capture(visit.lake, captures_of(visit.lake, paper.key)[0])


def test_replays_after_it_are_alike(paper: Source, visit: Crawler, site: LocalSite) -> None:
    erase(visit.lake, f"{site.base}{SLUG}")
    land_source(paper, visit.lake)
    added = visit.landed_bytes()
    land_source(paper, visit.lake, rebuild=True)
    assert visit.landed_bytes() == added
    for path in visit.lake.warc.rglob("*.warc.gz"):  # others still walk through the file
        kinds = [record.rec_type for record in ArchiveIterator(BytesIO(path.read_bytes()))]
        assert len(kinds) == len(list(iter_members(path)))
        assert "metadata" in kinds


def test_one_item_of_a_sealed_portal(site: LocalSite, make_source: Make, visit: Crawler) -> None:
    put_portal(site, 12)
    source = make_source(**portal_values(site.base))
    visit(source)
    land_source(source, visit.lake)
    erase(visit.lake, f"{site.base}/?id=1")
    land_source(source, visit.lake)
    pages = [
        page
        for path in visit.lake.warc.rglob("*.warc.gz")
        for page in iter_responses(path, Keyring.of(visit.lake))
    ]
    assert sorted(page.url.partition("=")[2] for page in pages if page.kind == "detail") == sorted(
        str(number) for number in range(12) if number != 1
    )
    assert len(sealed_archives(visit.lake, source.key)) == 1
    landed = pq.read_table(visit.lake.landed / "submissions" / f"source={source.key}", partitioning=None)
    assert landed.num_rows == 11


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from coso.lake import Lake
from scrapers import blanking, erasure, traces
lake, url, step, at = Lake(Path(sys.argv[1])), sys.argv[2], sys.argv[3], int(sys.argv[4])
owner = {"tombstone_member": blanking, "write_table": erasure}.get(step, erasure)
true, calls = getattr(owner, step), 0
def until(*given, **named):
    global calls
    calls += 1
    if calls > at:
        if step == "blank":
            path = lake.home / given[1]
            with path.open("r+b") as handle:
                handle.seek(given[2]); handle.write(b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return true(*given, **named)
setattr(owner, step, until)
erasure.erase_address(lake, url, reason="r", by="b", now=datetime.now(UTC))
"""


@pytest.mark.parametrize(
    ("step", "at"),
    [("write_records", 0), ("remove_traces", 0), ("blank", 1), ("write_table", 1), ("forget", 0)],
)
def test_killed_on_the_way_the_next_run_ends_it(
    step: str, at: int, paper: Source, visit: Crawler, site: LocalSite
) -> None:
    lake, url = visit.lake, f"{site.base}{SLUG}"
    command = [sys.executable, "-c", _KILLED, str(lake.home), url, step, str(at)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    finished = finish_erasures(lake)
    if step == "write_records":  # nobody was told that it was erased, and nothing was
        assert finished == []
        assert told(lake) != {}
        erase(lake, url)
    assert told(lake) == {}
    assert finish_erasures(lake) == []
    land_source(paper, lake)
    assert len(visit.documents()) == 2


def test_what_cannot_be_erased_is_told(paper: Source, visit: Crawler, site: LocalSite) -> None:
    for url, what in ((f"{site.base}/nowhere.html", "nothing is archived"), ("not a url", "no web address")):
        with pytest.raises(BadInputError, match=what):
            erase(visit.lake, url)
    with pytest.raises(BadInputError, match="a reason and a name"):
        erase_address(visit.lake, f"{site.base}{SLUG}", reason=" ", by="x", now=NOW)
    assert read_tombstones(visit.lake) == []


@pytest.mark.parametrize("length", [240, 65_553, 65_554, 65_558, 65_559, 131_100, 400_000])
def test_a_tombstone_is_as_long_as_what_it_replaces(length: int) -> None:
    member = tombstone_member(length, "tomb-0123456789abcdef0123")
    (record,) = ArchiveIterator(BytesIO(member))
    assert (len(member), record.rec_type) == (length, "metadata")
    assert unpack_response(member) is None
