"""Archives with personal data: sealed, read back, destroyed; and nothing personal lies anywhere else."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scraper_crawl import Crawler
from scraper_pages import f5, listing
from scraper_portal import PLANTED, found_in, item, portal_values, put_portal
from scraper_site import LocalSite
from test_archive import AT, CRAWLER, attempt, captures, outcomes, response
from warcio.archiveiterator import ArchiveIterator

from coso.errors import BadInputError, EnvironmentProblemError
from coso.ids import sha256_hex
from coso.lake import Lake, read_table
from coso.records import Document, Submission, Tombstone, from_table
from scrapers.archive import CrawlArchive, open_capture, recover
from scrapers.destruction import destroy_archives, read_tombstones, sealed_archives
from scrapers.keyring import KEY_DAYS, DestroyedKeyError, Keyring, told
from scrapers.land import land_source
from scrapers.sourcefile import Source
from scrapers.warc import DamagedRecordError, DestroyedRecordError

Make = Callable[..., Source]
NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)


@pytest.fixture
def keyring(lake: Lake) -> Keyring:
    return Keyring.of(lake)


@pytest.fixture
def portal(site: LocalSite, make_source: Make) -> Source:
    put_portal(site, 3)
    return make_source(**portal_values(site.base))


def submissions(lake: Lake) -> list[Submission]:
    return from_table(Submission, read_table(lake.landed / "submissions", Submission))


def destroy(lake: Lake, source: Source | None, key: str = "pakn-thu", **more: datetime) -> list[Tombstone]:
    return destroy_archives(lake, key, source, reason="hết hạn lưu trữ", by="Quản trị", now=NOW, **more)


def test_a_sealed_answer_comes_back_byte_for_byte(lake: Lake, keyring: Keyring) -> None:
    key = keyring.current("src")
    body = ("<p>" + ", ".join(PLANTED) + "</p>").encode()
    with CrawlArchive(lake, "src", "r1", "agent", key) as archive:
        capture = archive.store("detail", "https://b.example/1", response(body, ETag='"of-the-page"'))
        archive.log(attempt(capture), capture)
        assert open_capture(lake, capture).payload == body
    (row,) = captures(lake)
    stored = open_capture(lake, row)
    assert (stored.payload, stored.fetched_at, stored.header("ETag")) == (body, AT, '"of-the-page"')
    assert stored.capture_id == row.capture_id
    path = lake.home / row.warc_file
    assert not found_in(path)
    with path.open("rb") as handle:
        kinds = [record.rec_type for record in ArchiveIterator(handle, check_digests="raise")]
    assert kinds == ["warcinfo", "resource"]  # still a WARC file that others can walk through


def test_the_index_gives_no_means_to_guess_a_page(lake: Lake, keyring: Keyring) -> None:
    body = b"<p>a short page that is easily guessed</p>"
    with CrawlArchive(lake, "src", "r1", "agent", keyring.current("src")) as archive:
        sealed = archive.store(
            "detail", "https://b.example/1", response(body, ETag=f'"{sha256_hex(body)[:32]}"')
        )
    with CrawlArchive(lake, "src", "r2", "agent") as archive:
        plain = archive.store("detail", "https://b.example/1", response(body))
    assert sealed.payload_sha256 != plain.payload_sha256 == sha256_hex(body)
    assert sealed.capture_id != plain.capture_id
    assert sealed.etag is not None
    assert sha256_hex(body)[:32] not in sealed.etag


def test_a_changed_byte_of_a_sealed_record_is_found(lake: Lake, keyring: Keyring) -> None:
    with CrawlArchive(lake, "src", "r1", "agent", keyring.current("src")) as archive:
        capture = archive.store("detail", "https://b.example/1", response(b"<p>x</p>"))
        archive.log(attempt(capture), capture)
    path = lake.home / capture.warc_file
    whole = path.read_bytes()
    for at in range(capture.warc_offset + 20, len(whole) - 8, 41):
        data = bytearray(whole)
        data[at] ^= 0x01
        path.write_bytes(data)
        with pytest.raises(DamagedRecordError):
            open_capture(lake, capture)


def test_keys_are_private_one_a_source_and_renewed(keyring: Keyring) -> None:
    first = keyring.current("a", NOW)
    assert keyring.current("a", NOW + timedelta(days=KEY_DAYS - 1)) == first
    assert keyring.current("b", NOW) != first
    later = keyring.current("a", NOW + timedelta(days=KEY_DAYS))
    assert [key.key_id for key in keyring.keys("a")] == [first.key_id, later.key_id]
    for path in (keyring.folder, *keyring.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    path = keyring.folder / "a" / f"{first.key_id}.json"
    path.chmod(0o640)
    with pytest.raises(EnvironmentProblemError, match="chmod 600"):
        Keyring(keyring.folder, keyring.tombstones).get(first.key_id)


def test_a_key_id_from_a_file_leads_nowhere_else(keyring: Keyring) -> None:
    for name in ("../../etc/passwd", "a/../b.00000000", "", "a.0000000g"):
        with pytest.raises(EnvironmentProblemError, match="no name of a key"):
            keyring.get(name)


def test_every_prefix_of_an_unsealed_sealed_file_is_recovered(
    lake: Lake, keyring: Keyring, tmp_path: Path
) -> None:
    archive = CrawlArchive(lake, "src", "r1", "agent", keyring.current("src"))
    rows = [archive.store("detail", f"https://b.example/{n}", response(os.urandom(200))) for n in range(3)]
    archive.log(attempt(rows[0]), rows[0])
    journal = next(lake.journal.glob("*.jsonl")).read_bytes()
    whole = next(lake.warc.rglob("*.open")).read_bytes()
    archive.seal()
    for cut in sorted({*range(0, len(whole), 211), len(whole), *(row.warc_offset for row in rows)}):
        home = Lake(tmp_path / f"cut{cut}")
        shutil.copytree(keyring.folder, home.home / "keyring")
        folder = home.warc / "source=src" / "date=2024-12-20"
        folder.mkdir(parents=True)
        (folder / "r1.warc.gz.open").write_bytes(whole[:cut])
        home.journal.mkdir(parents=True)
        (home.journal / "src--r1.jsonl").write_bytes(journal)
        recover(home)
        kept = [row for row in rows if row.warc_offset + row.warc_length <= cut]
        found = captures(home)
        assert sorted((row.url, row.payload_sha256) for row in found) == [
            (row.url, row.payload_sha256) for row in kept
        ]
        assert all(open_capture(home, row) for row in found)


def test_killed_and_run_again_every_item_is_stored_once(
    site: LocalSite, make_source: Make, visit: Crawler, tmp_path: Path
) -> None:
    put_portal(site, 12)
    source = make_source(**portal_values(site.base))
    folder = str(next(tmp_path.glob("sources*")))
    for number, kill_after in enumerate((5, 4)):
        call = [sys.executable, "-c", CRAWLER, str(visit.lake.home), folder, str(kill_after), f"r{number}"]
        assert subprocess.run(call, check=False).returncode == -signal.SIGKILL
        for path in (visit.lake.home / "raw").rglob("*"):
            assert path.is_dir() or not found_in(path), path
    visit(source)
    asked = Counter(request.path for request in site.requests)
    assert {asked[f"/?id={number}"] for number in range(12)} == {1}
    rows = captures(visit.lake)
    assert len(rows) == len({row.url for row in rows}) == 14
    assert len({one.key_id for one in sealed_archives(visit.lake)}) == 1
    assert land_source(source, visit.lake).submissions == 12


def test_unchanged_items_are_asked_for_with_their_etag(
    site: LocalSite, portal: Source, visit: Crawler
) -> None:
    visit(portal)
    assert visit(portal).counts == {"not_modified": 5}
    offered = [request.headers.get("If-None-Match") for request in site.requests[-3:]]
    assert sorted(map(str, offered)) == ['"item-0"', '"item-1"', '"item-2"']


def test_nothing_personal_lies_outside_the_sealed_archive(
    site: LocalSite, portal: Source, visit: Crawler
) -> None:
    pages = [item(0).encode()]
    assert all(any(one.encode() in page for page in pages) for one in PLANTED)
    site.put("/?id=1", item(1, status=f"Chờ ông {PLANTED[-1]}", agency=f"Ông {PLANTED[-1]}"))
    site.put("/?id=2", item(2).replace("<h1>", "<h3>").replace("</h1>", "</h3>"))
    visit(portal)
    assert land_source(portal, visit.lake).submissions == 2
    assert visit.issues()
    paths = [path for path in visit.lake.home.rglob("*") if path.is_file()]
    assert {path.suffix for path in paths} >= {".parquet", ".gz"}
    assert {path.name: found_in(path) for path in paths if found_in(path)} == {}
    assert all("hố ga" in row.title_masked for row in submissions(visit.lake))


def test_a_paper_may_say_that_its_pages_carry_personal_data(
    site: LocalSite, make_source: Make, visit: Crawler
) -> None:
    text = f"Bà {PLANTED[0]} ở {PLANTED[6]} nói: gọi {PLANTED[1]}. "
    site.put("/", listing("/tin-1.html"))
    site.put("/tin-1.html", f5().replace("41 cuộc", f"{text} 41 cuộc"))
    source = make_source(personal_data=True)
    visit(source)
    land_source(source, visit.lake)
    (document,) = from_table(Document, read_table(visit.lake.landed / "documents", Document))
    assert "41 cuộc" in document.text
    assert not any(found_in(path) for path in visit.lake.home.rglob("*") if path.is_file())


def test_destroyed_is_for_ever_and_what_was_read_stays(
    site: LocalSite, portal: Source, visit: Crawler, keyring: Keyring
) -> None:
    lake = visit.lake
    visit(portal)
    land_source(portal, lake)
    before, (sealed,) = visit.landed_bytes(), sealed_archives(lake)
    secret_file = keyring.folder / "pakn-thu" / f"{sealed.key_id}.json"
    copy = secret_file.read_bytes()
    (tombstone,) = destroy(lake, portal)
    assert (tombstone.captures, tombstone.files, tombstone.key_id) == (5, 1, sealed.key_id)
    assert told(tombstone) == "destroyed on 2026-01-05 by Quản trị because: hết hạn lưu trữ"
    assert not list(keyring.folder.rglob("*.json"))
    for row in captures(lake):
        with pytest.raises(
            DestroyedRecordError, match="destroyed on 2026-01-05 by Quản trị because: hết hạn"
        ):
            open_capture(lake, row)
    for rebuild in (False, True, True):
        assert land_source(portal, lake, rebuild=rebuild).submissions == 3
        assert visit.landed_bytes() == before
    secret_file.write_bytes(copy)  # a keyring brought back from its copy
    secret_file.chmod(0o600)
    with pytest.raises(DestroyedKeyError):
        keyring.get(sealed.key_id)
    keyring.erase_destroyed()
    assert not secret_file.exists()
    with pytest.raises(BadInputError, match="no key to destroy"):
        destroy(lake, portal)


def test_what_comes_after_a_destruction_has_a_new_key(
    site: LocalSite, portal: Source, visit: Crawler, keyring: Keyring
) -> None:
    lake = visit.lake
    visit(portal)
    destroy(lake, portal)
    site.put("/?id=1", item(1, status="Đã trả lời"), etag='"answered"')
    assert visit(portal).counts == {"stored": 5}  # the ETags went with the key
    old, new = sealed_archives(lake)
    assert (old.key, old.tombstone is not None, new.tombstone) == (None, True, None)
    assert len(new.captures) == 5
    land_source(portal, lake)
    history = sorted((row.external_id, row.status) for row in submissions(lake))
    assert history == [
        ("0", "in_progress"),
        ("1", "answered"),
        ("1", "in_progress"),
        ("2", "in_progress"),
    ]
    held = visit.landed_bytes()
    land_source(portal, lake, rebuild=True)
    assert visit.landed_bytes() == held


def test_only_old_keys_are_destroyed_when_asked(portal: Source, visit: Crawler) -> None:
    visit(portal)
    with pytest.raises(BadInputError, match="older than 2020-01-01"):
        destroy(visit.lake, portal, before=datetime(2020, 1, 1, tzinfo=UTC))
    assert destroy(visit.lake, portal, before=datetime(2099, 1, 1, tzinfo=UTC))


def test_a_destruction_that_is_killed_is_ended(
    portal: Source, visit: Crawler, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the tombstone nothing has happened; killed after it, the key is dead though not erased."""
    lake = visit.lake
    visit(portal)
    land_source(portal, lake)
    before = visit.landed_bytes()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Keyring, "destroy", die)
        with pytest.raises(KeyboardInterrupt):
            destroy(lake, portal)
    assert all(open_capture(lake, row) for row in captures(lake))
    land_source(portal, lake, rebuild=True)
    assert visit.landed_bytes() == before
    with monkeypatch.context() as patched:
        patched.setattr(Keyring, "_erase", die)
        with pytest.raises(KeyboardInterrupt):
            destroy(lake, portal)
    assert list(keyring.folder.rglob("*.json"))
    with pytest.raises(DestroyedRecordError):
        open_capture(lake, captures(lake)[0])
    keyring.erase_destroyed()
    assert not list(keyring.folder.rglob("*.json"))
    assert len(read_tombstones(lake)) == 1
    land_source(portal, lake, rebuild=True)
    assert visit.landed_bytes() == before


def test_a_lost_key_is_told_and_can_be_written_off(portal: Source, visit: Crawler, keyring: Keyring) -> None:
    lake = visit.lake
    visit(portal)
    land_source(portal, lake)
    before = visit.landed_bytes()
    shutil.rmtree(keyring.folder)
    with pytest.raises(EnvironmentProblemError, match=r"restore the keyring.*coso keys destroy pakn-thu"):
        land_source(portal, lake, rebuild=True)
    assert visit.landed_bytes() == before
    (lost,) = sealed_archives(lake)
    assert (lost.key, lost.tombstone) == (None, None)
    (tombstone,) = destroy(lake, portal)
    assert (tombstone.key_made_at, tombstone.captures) == (None, 5)
    land_source(portal, lake, rebuild=True)
    assert visit.landed_bytes() == before


def test_a_crawl_killed_under_a_key_that_is_gone_is_still_taken_over(lake: Lake, keyring: Keyring) -> None:
    archive = CrawlArchive(lake, "src", "r1", "agent", keyring.current("src"))
    capture = archive.store("detail", "https://b.example/1", response(b"x"))
    archive._journal.close()
    archive._files.popitem()[1].handle.close()
    shutil.rmtree(keyring.folder)
    (found,) = recover(lake)
    assert (found.salvaged, found.tail_bytes) == (0, 0)
    assert [row.outcome for row in outcomes(lake)] == ["interrupted"]
    assert (lake.home / capture.warc_file).stat().st_size == capture.warc_offset + capture.warc_length


def test_a_destruction_needs_a_reason_and_a_name(portal: Source, visit: Crawler) -> None:
    visit(portal)
    for reason, by in (("  ", "Quản trị"), ("hết hạn", "")):
        with pytest.raises(BadInputError, match="a reason and a name"):
            destroy_archives(visit.lake, "pakn-thu", portal, reason=reason, by=by, now=NOW)
    with pytest.raises(BadInputError, match="no key to destroy"):
        destroy(visit.lake, None, key="bao-thu")


def test_a_feedback_portal_cannot_say_it_holds_no_personal_data(site: LocalSite, make_source: Make) -> None:
    with pytest.raises(BadInputError, match="personal_data"):
        make_source(**portal_values(site.base), personal_data=False)
    assert not make_source().carries_personal_data


def test_the_tombstone_is_a_row_of_its_table(portal: Source, visit: Crawler) -> None:
    visit(portal)
    (tombstone,) = destroy(visit.lake, portal)
    (row,) = read_tombstones(visit.lake)
    assert row == replace(tombstone, destroyed_at=row.destroyed_at)
    assert row.destroyed_at == NOW
