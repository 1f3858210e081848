"""The commands about sources, in process and against the sample portals: list, explain, try, draft, walk the past."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import demo
from coso.errors import ExitCode
from coso.lake import Lake, read_table, write_atomically, write_records
from coso.records import Capture, Crawl, Document, Outcome, RunRow, SourceCheck, from_table
from flows import cli
from scrapers import sourcecheck
from scrapers.collect import write_crawl
from scrapers.sourcefile import Source

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def ports() -> Iterator[dict[str, int]]:
    with demo.serve(base_port=0) as web:
        yield dict(web.ports)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    for name in ("COSO_SOURCES", "COSO_CONTACT", "COSO_TODAY", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COSO_HOME", str(tmp_path / "lake"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        shown = capsys.readouterr()
        code = ended.value.code
        return int(code or 0), shown.out, shown.err

    return call


@pytest.fixture
def portals(ports: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> list[str]:
    """Put the sample portals in force and return the keys of their papers."""
    monkeypatch.setenv("COSO_SOURCES", str(demo.write_sources(tmp_path / "sample-sources", ports)))
    papers = json.loads(run("sources", "--kind", "party_newspaper", "--format", "json")[1])
    return [row["key"] for row in papers]


def test_the_list_tells_coverage_and_what_is_unverified(run: Run) -> None:
    code, shown, _ = run("sources")
    assert code == 0
    assert "34 of 34 provinces have at least one paper" in shown
    rows = json.loads(run("sources", "--format", "json")[1])
    unverified = sum(row["status"] == "unverified" for row in rows)
    assert f"{unverified} unverified" in shown
    assert "none verified" in shown


def test_the_list_is_filtered(run: Run) -> None:
    by_name = json.loads(run("sources", "--province", "hải dương", "--format", "json")[1])
    assert {row["key"] for row in by_name} >= {"baohaiphong", "baohaiduong"}  # merged in July 2025
    assert by_name == json.loads(run("sources", "list", "--province", "31", "--format", "json")[1])
    family = json.loads(run("sources", "--family", "f5", "--format", "json")[1])
    assert {row["family"] for row in family} == {"f5"}
    code, _, told = run("sources", "--family", "f9")
    assert (code, "use one of" in told) == (ExitCode.BAD_INPUT, True)
    code, _, told = run("sources", "--province", "Nam Kỳ")
    assert (code, "'Nam Kỳ'" in told) == (ExitCode.BAD_INPUT, True)


def test_a_word_no_source_has_gives_an_empty_list_and_one_none_could_have_an_error(run: Run) -> None:
    assert run("sources", "--status", "verified", "--format", "json") == (0, "[]\n", "")
    for option, value in (("--status", "done"), ("--kind", "newspaper"), ("--province", "99")):
        code, _, told = run("sources", option, value)
        assert code == ExitCode.BAD_INPUT
        assert value in told


def test_a_lake_of_the_demo_lists_its_portals_beside_the_packaged_sources(
    run: Run, ports: dict[str, int], tmp_path: Path
) -> None:
    demo.write_sources(tmp_path / "lake" / "demo-sources", ports)
    code, shown, _ = run("sources")
    assert code == 0
    assert "34 of 34 provinces have at least one paper" in shown
    assert "demo-bao-ha-tinh" in shown
    assert "ha-tinh/baohatinh.yml" in run("sources", "baohatinh")[1]
    code, _, told = run("sources", "check", "baohatinh")  # what is in force is still the demo's alone
    assert (code, "unknown source" in told) == (ExitCode.BAD_INPUT, True)


def test_a_source_says_who_it_is_and_who_carries_it_on(run: Run) -> None:
    shown = run("sources", "baohagiang")[1]
    assert "reports on: Hà Giang (02 of the 63 provinces), since July 2025 in Tuyên Quang (08)" in shown
    assert "carried on by: baotuyenquang.com.vn, source baotuyenquang" in shown
    explained = json.loads(run("sources", "baohagiang", "--format", "json")[1])
    assert (explained["key"], explained["successor"]) == ("baohagiang", "baotuyenquang.com.vn")
    code, _, told = run("sources", "baohagiang", "--kind", "portal")
    assert (code, "--kind beside the key" in told) == (ExitCode.BAD_INPUT, True)


def test_one_source_is_explained(run: Run) -> None:
    _, shown, _ = run("sources", "baohatinh")
    assert "key: baohatinh" in shown
    assert "ha-tinh/baohatinh.yml" in shown
    assert "never tried" in shown


def test_only_the_files_of_a_source_or_run_are_opened(run: Run, tmp_path: Path) -> None:
    lake, at = Lake(tmp_path / "lake"), datetime(2025, 1, 6, 4, tzinfo=UTC)
    crawl = Crawl(
        crawl_id="crawl-1", run_id="r2", source_key="baohatinh", started_at=at, ended_at=at, sight="news",
        ways=1, ways_seen=1, found=7, wanted=5, fresh=3, spam=0, stored=3, detail=None,
    )  # fmt: skip
    write_crawl(lake, crawl)
    outcome = Outcome("o", "r2", "baohatinh", "article", "http://h/", at, "stored", 200, "c", 1, 9, None)
    write_records(lake.outcomes / "date=2025-01-06" / "baohatinh--r2.parquet", Outcome, [outcome])
    write_records(
        lake.quality / "runs" / "r2.parquet",
        RunRow,
        [RunRow("r2", "pipeline", at, at, "completed", None, "{}")],
    )
    for folder in (lake.crawls, lake.outcomes, lake.quality / "source_checks"):
        write_atomically(folder / "date=2025-01-06" / "baokhac--r1.parquet", b"no Parquet")
    code, shown, _ = run("sources", "baohatinh")
    assert (code, "sight news, 7 found, 5 wanted, 3 new" in shown) == (0, True)
    code, shown, _ = run("status")
    assert (code, "outcomes of the latest run" in shown, "baohatinh" in shown) == (0, True, True)


def test_the_real_web_is_not_tried_unasked(run: Run) -> None:
    for arguments in (("baohatinh",), ()):
        code, _, told = run("sources", "check", *arguments)
        assert (code, "--live" in told) == (ExitCode.BAD_INPUT, True)


def test_sources_are_tried_and_the_verdicts_kept(run: Run, portals: list[str], tmp_path: Path) -> None:
    code, shown, _ = run("sources", "check", *portals[:2])
    rows = from_table(SourceCheck, read_table(tmp_path / "lake" / "quality" / "source_checks", SourceCheck))
    assert {row.source_key for row in rows} == set(portals[:2])
    assert {row.aspect for row in rows} == {"robots", "discovery", "freshness", "selectors"}
    assert code == (ExitCode.FAILED if any(row.verdict == "failed" for row in rows) else 0)
    assert "2 sources: " in shown
    assert "tried on" in run("sources", portals[0])[1]


def test_a_fault_at_one_source_stops_no_other(
    run: Run, portals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    true_check = sourcecheck.check_source

    def stumble(source: Source, *rest: object, **more: object) -> object:
        if source.key == portals[0]:
            raise ZeroDivisionError("a fault of ours")
        return true_check(source, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(sourcecheck, "check_source", stumble)
    code, shown, _ = run("sources", "check", *portals[:2])
    assert code == ExitCode.FAILED
    assert f"{portals[0]}: a fault of this program: ZeroDivisionError: a fault of ours" in shown
    assert "2 sources: 1 not tried" in shown


def test_a_past_is_walked_read_and_not_asked_for_twice(run: Run, portals: list[str], tmp_path: Path) -> None:
    days = ("--from", "2024-01-01", "--to", "2025-12-31")
    key = portals[0]
    code, shown, _ = run("backfill", "--source", key, *days, "--max-pages", "0")
    assert code == 0
    assert "not at its end" in shown
    code, shown, _ = run("backfill", "--source", key, *days)
    assert (code, "0 left" in shown) == (0, True)
    lake = Lake(tmp_path / "lake")
    documents = read_table(lake.landed / "documents", Document).num_rows
    assert documents > 0
    assert (lake.landed / "syndications" / "part.parquet").exists()  # reports are grouped, as a run would
    stored = read_table(lake.captures, Capture).num_rows
    code, shown, _ = run("replay", "--since", "2000-01-01")
    assert (code, shown.startswith("1 sources"), " 0 changed" in shown) == (0, True, True)
    code, _, told = run("replay", "--since", "2199-01-01")
    assert (code, "no captures since 2199-01-01" in told) == (ExitCode.BAD_INPUT, True)
    assert run("backfill", "--source", key, *days)[0] == 0
    assert read_table(lake.captures, Capture).num_rows == stored


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("--from", "2024-02-01", "--to", "2024-01-01"), "give the earlier day first"),
        (("--from", "1/2/2024", "--to", "2024-03-01"), "--from '1/2/2024' is not a date"),
    ],
)
def test_days_that_make_no_sense(days: tuple[str, ...], said: str, run: Run, portals: list[str]) -> None:
    code, _, told = run("backfill", "--source", portals[0], *days)
    assert (code, said in told) == (ExitCode.BAD_INPUT, True)


def test_a_draft_is_written_and_its_golden_fails_until_it_is_read(
    run: Run, ports: dict[str, int], portals: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("--from", "2024-01-01", "--to", "2025-12-31")
    run("backfill", "--source", portals[0], *days, "--max-pages", "3")
    table = read_table(tmp_path / "lake" / "landed" / "documents", Document)
    (url, *_) = table["url"].to_pylist()
    folder = tmp_path / "drafts"
    code, shown, told = run("new-source", url, "--key", "ban-nhap", "--folder", str(folder), "--local")
    assert code == 0, told
    assert "ban-nhap.yml" in shown
    monkeypatch.setenv("COSO_SOURCES", str(folder))
    code, shown, _ = run("sources", "goldens")
    assert (code, "nobody has compared" in shown) == (ExitCode.FAILED, True)
    golden = folder / "saved" / "ban-nhap" / "page-1.json"
    golden.write_text(golden.read_text("utf-8").replace('"read_by": ""', '"read_by": "Người đọc"'), "utf-8")
    assert run("sources", "goldens") == (0, "1 saved pages, 0 to look at\n", "")
