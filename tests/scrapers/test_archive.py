"""The archive: what is stored comes back byte for byte, and a kill loses nothing."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scraper_pages import f5, listing
from scraper_site import LocalSite, Reply
from warcio.archiveiterator import ArchiveIterator

from coso.lake import Lake, read_table
from coso.records import Capture, Outcome, from_table
from coso.settings import Settings
from scrapers.archive import CrawlArchive, open_capture, recover
from scrapers.collect import collect_source
from scrapers.encoding import decode_body
from scrapers.land import land_source
from scrapers.outcomes import OutcomeClass
from scrapers.pace import HostPace
from scrapers.packing import BROKEN, packed_member, stored_member, unpack_member
from scrapers.response import Response
from scrapers.sourcefile import Source
from scrapers.warc import DamagedRecordError, iter_members

Make = Callable[..., Source]
AT = datetime(2024, 12, 20, 3, 0, 0, 123456, tzinfo=UTC)


def response(body: bytes, url: str = "https://b.example/1", **headers: str) -> Response:
    sent = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Response(url, 200, "OK", sent, body, AT)


def attempt(capture: Capture | None, run_id: str = "r1") -> Outcome:
    identity = capture.capture_id if capture else None
    url = capture.url if capture else "https://b.example/none"
    outcome = OutcomeClass.STORED if capture else OutcomeClass.TIMEOUT
    return Outcome(f"out-{url}", run_id, "src", "article", url, AT, outcome, 200, identity, 1, 5, None)


def captures(lake: Lake) -> list[Capture]:
    return from_table(Capture, read_table(lake.captures, Capture))


def outcomes(lake: Lake) -> list[Outcome]:
    return from_table(Outcome, read_table(lake.outcomes, Outcome))


def test_round_trip_of_packed_bytes(lake: Lake) -> None:
    packed = gzip.compress("Dân chủ ở cơ sở".encode() * 50, mtime=0)
    with CrawlArchive(lake, "src", "r1", "agent") as archive:
        sent = response(
            packed, Content_Encoding="gzip", ETag='W/"v"', Transfer_Encoding="chunked", X_Odd="a: b"
        )
        capture = archive.store("article", "https://b.example/1", sent)
        archive.log(attempt(capture), capture)
        during = open_capture(lake, capture)
    (row,) = captures(lake)
    assert row == capture
    stored = open_capture(lake, row)
    assert stored == during
    assert stored.payload == packed
    assert stored.body() == decode_body(packed, "gzip", 10**6)
    assert stored.header("etag") == row.etag == 'W/"v"'
    assert stored.header("X-Odd") == "a: b"
    assert stored.header("Transfer-Encoding") is None
    assert stored.fetched_at == AT
    assert row.warc_file == "raw/warc/source=src/date=2024-12-20/r1.warc.gz"


def test_the_file_is_warc_that_others_can_read(lake: Lake) -> None:
    with CrawlArchive(lake, "src", "r1", "agent") as archive:
        for number in range(3):
            capture = archive.store("article", f"https://b.example/{number}", response(b"<p>%d</p>" % number))
            archive.log(attempt(capture), capture)
    path = lake.home / captures(lake)[0].warc_file
    with path.open("rb") as handle:
        records = ArchiveIterator(handle, check_digests="raise")
        kinds = [(record.rec_type, record.content_stream().read()) for record in records]
    assert [kind for kind, _ in kinds] == ["warcinfo", "response", "response", "response"]
    assert kinds[2][1] == b"<p>1</p>"
    assert sum(length for _, length in iter_members(path)) == path.stat().st_size


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 200_000])
def test_a_member_that_is_only_stored_is_gzip_like_any_other(size: int, tmp_path: Path) -> None:
    data = os.urandom(size)
    member = stored_member(b"head", data, b"")
    assert gzip.decompress(member) == unpack_member(member) == b"head" + data
    assert len(member) <= size + 60
    path = tmp_path / "two.gz"
    path.write_bytes(member + packed_member(data, b"tail") + b"cut short")
    lengths = [length for _, length in iter_members(path)]
    assert lengths == [len(member), path.stat().st_size - len(member) - len(b"cut short")]
    spoilt = member[:-8] + bytes([member[-8] ^ 1]) + member[-7:]
    with pytest.raises(BROKEN):
        unpack_member(spoilt)


def test_a_changed_byte_is_found(lake: Lake) -> None:
    with CrawlArchive(lake, "src", "r1", "agent") as archive:
        capture = archive.store("article", "https://b.example/1", response(b"<p>x</p>"))
        archive.log(attempt(capture), capture)
    with pytest.raises(DamagedRecordError, match="does not hold"):
        open_capture(lake, replace(capture, payload_sha256="0" * 64))
    path = lake.home / capture.warc_file
    data = bytearray(path.read_bytes())
    data[capture.warc_offset + capture.warc_length // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(DamagedRecordError):
        open_capture(lake, capture)


def test_every_prefix_of_an_unsealed_file_is_recovered(lake: Lake, tmp_path: Path) -> None:
    """Cut the file at many places, as a kill may: whole records stay, the rest is put aside with a reason."""
    archive = CrawlArchive(lake, "src", "r1", "agent")
    rows = [archive.store("article", f"https://b.example/{n}", response(os.urandom(300))) for n in range(4)]
    archive.log(attempt(rows[0]), rows[0])
    journal = next(lake.journal.glob("*.jsonl")).read_bytes()
    whole = next(lake.warc.rglob("*.open")).read_bytes()
    archive.seal()
    for cut in sorted({*range(0, len(whole), 97), len(whole), *(row.warc_offset for row in rows)}):
        home = Lake(tmp_path / f"cut{cut}")
        folder = home.warc / "source=src" / "date=2024-12-20"
        folder.mkdir(parents=True)
        (folder / "r1.warc.gz.open").write_bytes(whole[:cut])
        home.journal.mkdir(parents=True)
        (home.journal / "src--r1.jsonl").write_bytes(journal)
        (found,) = recover(home)
        kept = [row for row in rows if row.warc_offset + row.warc_length <= cut]
        assert sorted(row.url for row in captures(home)) == [row.url for row in kept], cut
        assert all(open_capture(home, row) for row in captures(home))
        end = max([row.warc_offset + row.warc_length for row in kept], default=0)
        info = next(iter(iter_members(folder / "r1.warc.gz")), (0, 0))[1]
        assert found.tail_bytes == cut - max(end, info)
        aside = list((home.journal / "cut_short").glob("*.json"))
        assert len(aside) == (found.tail_bytes > 0)
        for note in aside:
            assert "killed" in json.loads(note.read_text())["reason"]
        assert not list(home.journal.glob("*.jsonl"))
        assert [row.outcome for row in outcomes(home)].count("interrupted") == 1


def test_a_half_written_journal_line_is_passed_over(lake: Lake) -> None:
    archive = CrawlArchive(lake, "src", "r1", "agent")
    capture = archive.store("article", "https://b.example/1", response(b"<p>x</p>"))
    archive.log(attempt(capture), capture)
    path = next(lake.journal.glob("*.jsonl"))
    lines = path.read_bytes()
    archive._journal.close()
    archive._files.popitem()[1].handle.close()
    path.write_bytes(lines[:-20])
    (found,) = recover(lake)
    assert (found.attempts, found.salvaged) == (0, 1)
    assert [row.url for row in captures(lake)] == ["https://b.example/1"]


def test_a_live_crawl_is_left_alone(lake: Lake) -> None:
    with CrawlArchive(lake, "src", "r1", "agent") as archive:
        code = "import sys; from pathlib import Path; from coso.lake import Lake\n"
        code += "from scrapers.archive import recover\n"
        code += "print(len(recover(Lake(Path(sys.argv[1])))))"
        done = subprocess.run(
            [sys.executable, "-c", code, str(lake.home)], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "0"
        capture = archive.store("article", "https://b.example/1", response(b"x"))
        archive.log(attempt(capture), capture)
    assert len(captures(lake)) == 1


def test_a_run_may_crawl_a_source_twice(lake: Lake) -> None:
    for number in range(2):
        with CrawlArchive(lake, "src", "r1", "agent") as archive:
            capture = archive.store("article", f"https://b.example/{number}", response(b"x%d" % number))
            archive.log(attempt(capture), capture)
    assert len(captures(lake)) == 2
    assert all(open_capture(lake, row) for row in captures(lake))


CRAWLER = """
import os, signal, sys
from datetime import date
from pathlib import Path
from coso.lake import Lake
from coso.settings import Settings
from scrapers.collect import collect_source
from scrapers.registry import load_registry

home, sources, kill_after = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def watch(progress):
    if progress.done == kill_after:
        os.kill(os.getpid(), signal.SIGKILL)

source = load_registry(sources).sources[0]
settings = Settings(home, date(2024, 12, 20), None, "tests@example.invalid", None)
collect_source(source, Lake(home), sys.argv[4], settings, on_progress=watch)
"""


@pytest.mark.parametrize(
    ("pages", "kills"),
    [(40, (13, 20)), pytest.param(2000, (5, 700, 701, 150), marks=pytest.mark.slow)],
)
def test_killed_and_run_again_every_page_is_fetched_and_stored_once(
    site: LocalSite,
    make_source: Make,
    lake: Lake,
    settings: Settings,
    tmp_path: Path,
    pace: HostPace,
    pages: int,
    kills: tuple[int, ...],
) -> None:
    paths = [f"/tin-{number}.html" for number in range(pages)]
    site.put("/", listing(*paths), etag='"list"')
    for number, path in enumerate(paths):
        site.put(path, Reply(200, f5().replace("41 cuộc", f"{number + 50} cuộc").encode()))
    source = make_source(max_articles=pages)
    folder = str(next(tmp_path.glob("sources*")))
    for number, kill_after in enumerate(kills):
        run = f"r{number}"
        done = subprocess.run(
            [sys.executable, "-c", CRAWLER, str(lake.home), folder, str(kill_after), run], check=False
        )
        assert done.returncode == -signal.SIGKILL
        assert list(lake.journal.glob("*.jsonl"))
    result = collect_source(source, lake, "last", settings, pace=pace)
    assert [found.run_id for found in result.recovered] == [f"r{len(kills) - 1}"]
    asked = Counter(request.path for request in site.requests)
    assert {asked[path] for path in paths} == {1}
    rows = captures(lake)
    assert len(rows) == len({row.url for row in rows}) == len(paths) + 2
    assert all(open_capture(lake, row) for row in rows)
    assert land_source(source, lake).documents == len(paths)
    again = collect_source(source, lake, "again", settings, pace=pace)
    assert again.new_captures == 0
    assert again.counts == {"not_modified": 2}  # no validators on the articles: robots and listing only


FULL_DISK = CRAWLER.replace(
    "source = load",
    "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))\nsource = load",
)


def test_a_full_disk_is_told_and_what_is_whole_is_kept(
    site: LocalSite, make_source: Make, lake: Lake, settings: Settings, tmp_path: Path, pace: HostPace
) -> None:
    paths = [f"/tin-{number}.html" for number in range(30)]
    site.put("/", listing(*paths))
    for number, path in enumerate(paths):
        noise = os.urandom(1500).hex()
        site.put(path, Reply(200, f5().replace("41 cuộc", f"{number} cuộc <!-- {noise} -->").encode()))
    source = make_source()
    folder = str(next(tmp_path.glob("sources*")))
    call = [sys.executable, "-c", FULL_DISK, str(lake.home), folder, "999", "r1"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert "NoRoomError" in done.stderr
    assert "make room" in done.stderr
    assert f"{lake.home}/raw/" in done.stderr
    result = collect_source(source, lake, "r2", settings, pace=pace)
    (found,) = result.recovered
    assert 0 < found.attempts + found.salvaged < 32
    rows = captures(lake)
    assert sorted(row.url for row in rows) == sorted(
        site.base + path for path in (*paths, "/", "/robots.txt")
    )
    assert all(open_capture(lake, row) for row in rows)
