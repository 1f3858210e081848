"""The index of known addresses: counted file by file it says what all files together say, and nothing stale."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake, write_records
from coso.records import Capture, Outcome
from scrapers import known
from scrapers.known import ask, key_of, load_index
from scrapers.outcomes import GOOD, OutcomeClass
from scrapers.state import SourceState, load_state

START = datetime(2024, 12, 1, 3, tzinfo=UTC)
KEY = "bao-thu"


def attempt(number: int, url: str, outcome: str = "stored", capture: str | None = None) -> Outcome:
    return Outcome(
        outcome_id=f"out-{number}", run_id=f"run-{number // 40}", source_key=KEY, kind="article", url=url,
        attempted_at=START + timedelta(hours=number), outcome=outcome, http_status=200, capture_id=capture, tries=1,
        elapsed_ms=5, detail=None,
    )  # fmt: skip


def answer(capture_id: str, url: str, at: datetime) -> Capture:
    return Capture(
        capture_id=capture_id, source_key=KEY, kind="article", url=url, final_url=url, fetched_at=at, http_status=200,
        content_type="text/html", content_encoding=None, etag=f'"{capture_id}"', last_modified=None,
        payload_sha256="a" * 64, payload_bytes=9, warc_file="w", warc_offset=0, warc_length=9,
    )  # fmt: skip


def write(lake: Lake, number: int, attempts: list[Outcome]) -> None:
    """Write the files of a crawl, one a day, and those of its captures, as a crawl leaves them."""
    for day in sorted({one.attempted_at.date() for one in attempts}):
        of_day = [one for one in attempts if one.attempted_at.date() == day]
        rows = [answer(a.capture_id, a.url, a.attempted_at) for a in of_day if a.capture_id]
        folder = f"date={day.isoformat()}"
        write_records(lake.outcomes / folder / f"{KEY}--{number}.parquet", Outcome, of_day)
        write_records(lake.captures / folder / f"{KEY}--{number}.parquet", Capture, rows)


def history(files: int) -> list[list[Outcome]]:
    """Return attempts at forty addresses, ten a file, ending in every way."""
    chance = random.Random(7)
    made = []
    for number in range(files * 10):
        url = f"https://bao-thu.example/tin-{chance.randrange(40)}.html"
        outcome = chance.choice([*OutcomeClass][:-1])
        capture = content_id("cap", [url, chance.randrange(3)]) if outcome in GOOD else None
        made.append(attempt(number, url, outcome, capture))
    return [made[start : start + 10] for start in range(0, len(made), 10)]


def seen(state: SourceState) -> dict[str, tuple[object, ...]]:
    urls = [f"https://bao-thu.example/tin-{n}.html" for n in range(40)]
    pages = ((url, state.pages.get(url)) for url in urls)
    return {
        url: (page.outcome, page.asked_at, page.first_stored_at, page.attempts, page.capture)
        for url, page in pages
        if page
    }


def expected(attempts: list[Outcome]) -> dict[str, tuple[object, ...]]:
    """The same, worked out attempt by attempt."""
    found: dict[str, list[Outcome]] = {}
    for one in attempts:
        found.setdefault(one.url, []).append(one)
    told: dict[str, tuple[object, ...]] = {}
    for url, all_of in found.items():
        good = [one for one in all_of if one.outcome in GOOD]
        held = good[-1].capture_id if good else None
        # A capture indexed twice stands with its latest row.
        when = max(one.attempted_at for one in attempts if one.capture_id == held) if held else None
        capture = answer(held, url, when) if held and when else None
        first = good[0].attempted_at if good else None
        told[url] = (all_of[-1].outcome, all_of[-1].attempted_at, first, len(all_of), capture)
    return told


@pytest.mark.parametrize("every", [7, *(pytest.param(one, marks=pytest.mark.slow) for one in (1, 1000))])
def test_file_by_file_it_says_what_all_files_say(
    every: int, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is written down after each file, after some, or never."""
    monkeypatch.setattr(known, "_FILES", every)
    attempts: list[Outcome] = []
    for number, made in enumerate(history(12)):
        write(lake, number, made)
        attempts += made
        assert seen(load_state(lake, KEY)) == expected(attempts)
    state = load_state(lake, KEY)
    ids = {one.capture_id for one in attempts if one.capture_id}
    assert len(state.captures) == len(ids)
    assert all(one in state.captures for one in ids)
    assert "cap-0123456789" not in state.captures
    assert sum(state.attempts.values()) == len(attempts)
    assert (lake.home / "known" / f"{KEY}.parquet").exists() == (every < 1000)


@pytest.mark.parametrize("damage", ["changed", "gone", "cut", "columns", "older"])
def test_what_is_no_longer_so_is_counted_anew(
    damage: str, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_FILES", 1)
    first, second = (made[:8] for made in history(6)[::5])
    write(lake, 0, first)
    write(lake, 1, second)
    load_index(lake, KEY)
    stored = lake.home / "known" / f"{KEY}.parquet"
    expect = first + second
    if damage == "changed":
        second = second[:-1]
        write(lake, 1, second)
        expect = first + second
    elif damage == "gone":
        for zone in (lake.outcomes, lake.captures):
            for path in zone.rglob(f"{KEY}--1.parquet"):
                path.unlink()
        expect = first
    elif damage == "columns":
        pq.write_table(pq.read_table(stored).drop_columns("first"), stored)
    elif damage == "cut":
        stored.write_bytes(stored.read_bytes()[:-40])
    else:
        monkeypatch.setattr(known, "_VERSION", 2)
    assert seen(load_state(lake, KEY)) == expected(expect)


def test_only_what_may_still_change_is_followed(lake: Lake) -> None:
    stem = "https://bao-thu.example/"
    write(lake, 0, [attempt(0, stem + "old", capture="cap-a"), attempt(1, stem + "tired", "timeout")])
    write(lake, 1, [attempt(2, stem + "tired", "timeout"), attempt(100, stem + "young", capture="cap-b"),
                    attempt(101, stem + "failed", "server_error"), attempt(102, stem + "gone", "gone")])  # fmt: skip
    pages = load_state(lake, KEY).pages
    assert pages.standing(START + timedelta(hours=50), 2) == [stem + "failed", stem + "young"]
    assert set(pages.standing(None, 3)) == {stem + name for name in ("failed", "old", "tired", "young")}


def test_an_outcome_of_a_newer_version_is_told(lake: Lake) -> None:
    write(lake, 0, [attempt(0, "https://bao-thu.example/a", "teleported")])
    with pytest.raises(BadInputError, match=r"bao-thu--0\.parquet"):
        load_state(lake, KEY)


def test_keys_are_those_of_the_database() -> None:
    for text in ("", "https://bao-thu.example/tin-1.html", "Đối thoại"):
        assert ask(f"select md5_number_lower('{text}') as key").to_pylist() == [{"key": key_of(text)}]


def test_another_source_of_a_like_name_is_another(lake: Lake) -> None:
    write(lake, 0, [attempt(0, "https://bao-thu.example/a", capture="cap-a")])
    assert len(load_state(lake, "bao").pages) == 0
    nothing = load_state(Lake(Path("/nonexistent-lake")), KEY).pages
    assert (len(nothing), nothing.get("https://bao-thu.example/a")) == (0, None)
