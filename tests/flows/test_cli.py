"""The command line: bad input ends in one line that names the thing and the mend, with the right exit code."""

from __future__ import annotations

import importlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from command_line import Done, coso, started
from typer.main import get_group

from coso.errors import ExitCode
from coso.lake import Lake
from flows.cli.app import COMMANDS

#: The fields of `coso extract`, in their order.
CONTRACT = [
    *(
        "doc",
        "start",
        "end",
        "value_text",
        "value",
        "unit",
        "metric",
        "place",
        "place_code",
        "level",
        "period",
    ),
    *("comparison", "subset", "approx", "denominator", "stock", "tier", "quote", "rule"),
]


def assert_one_line(done: Done | subprocess.CompletedProcess[str], code: ExitCode, *parts: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("error: ")
    for part in parts:
        assert part in line


def test_help_teaches_every_command(tmp_path: Path) -> None:
    shown = started("--help", home=tmp_path).stdout
    for command in (
        "demo",
        "run",
        "import",
        "extract",
        "facts",
        "trace",
        "review",
        "status",
        "sources",
        "replay",
        "serve",
    ):
        assert f" {command} " in shown
        assert coso(command, "--help", home=tmp_path).returncode == 0
    assert "COSO_HOME" in shown
    assert not any(tmp_path.iterdir())


def test_facts_before_any_release(tmp_path: Path) -> None:
    assert_one_line(coso("facts", home=tmp_path), ExitCode.BAD_INPUT, "holds no release", "coso demo")


def test_an_address_of_which_nothing_is_archived(tmp_path: Path) -> None:
    words = ("erase", "https://bao.example/1.html", "--reason", "r", "--by", "b", "--yes")
    done = coso(*words, home=tmp_path)
    assert_one_line(done, ExitCode.BAD_INPUT, "nothing is archived", "coso trace")


def test_an_unknown_source_is_named_with_its_nearest(tmp_path: Path) -> None:
    done = coso("run", "--source", "baohatinhh", home=tmp_path)
    assert_one_line(done, ExitCode.BAD_INPUT, "baohatinhh", "did you mean baohatinh")


def test_a_broken_source_file_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "bad.yml").write_text("key: a\nname: [unclosed\n", encoding="utf-8")
    done = started("sources", home=tmp_path / "home", COSO_SOURCES=str(folder))
    assert_one_line(done, ExitCode.BAD_INPUT, "bad.yml", "line")


def test_an_unwritable_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = coso("demo", home=tmp_path / "file" / "lake")
    assert_one_line(done, ExitCode.ENVIRONMENT, "cannot be written", "set COSO_HOME")


def test_a_second_run_at_the_same_time(tmp_path: Path) -> None:
    with Lake(tmp_path).exclusive("run"):
        done = started("demo", home=tmp_path)
    assert_one_line(done, ExitCode.BUSY, "in use by coso run", "wait")


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_line(coso("demo", "--port", str(port), home=tmp_path), ExitCode.BUSY, f"port {port}")
        assert_one_line(
            coso("serve", "--port", str(port), home=tmp_path), ExitCode.BUSY, f"port {port}", "--port"
        )


def test_invented_and_real_figures_never_share_a_lake(tmp_path: Path) -> None:
    (tmp_path / "DEMO").touch()
    assert_one_line(
        coso("run", home=tmp_path), ExitCode.BAD_INPUT, "invented", "`coso demo` publishes", "COSO_HOME"
    )
    real = tmp_path / "real"
    (real / "raw" / "captures").mkdir(parents=True)
    assert_one_line(coso("demo", home=real), ExitCode.BAD_INPUT, "real captures", "COSO_HOME")


@pytest.mark.parametrize(
    ("name", "data", "part"),
    [
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\xff\xfe", "binary"),
        ("empty.txt", b"", "empty"),
        ("broken.jsonl", b'{"id": "a", "text": "x"}\n{"id": \n', "line 2"),
        ("missing.txt", None, "missing.txt"),
    ],
)
def test_what_extract_cannot_read_is_named(tmp_path: Path, name: str, data: bytes | None, part: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = coso("extract", str(tmp_path / name), home=tmp_path / "home")
    assert done.returncode == ExitCode.BAD_INPUT
    assert name in done.stderr
    assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_extract_prints_the_contract_and_writes_nothing(tmp_path: Path) -> None:
    text = "Năm 2024, toàn tỉnh tổ chức 31 cuộc đối thoại với Nhân dân, tăng 4 cuộc so với năm 2023."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    home = tmp_path / "home"
    done = started("extract", str(tmp_path / "a.txt"), "--province", "Hà Nam", home=home)
    (fact,) = [json.loads(line) for line in done.stdout.splitlines()]
    start, end = text.index("31"), text.index("31") + 2
    assert (fact["doc"], fact["start"], fact["end"], fact["value_text"]) == ("a.txt", start, end, "31")
    assert (fact["value"], fact["metric"], fact["place"]) == (31, "dialogue_sessions", "Hà Nam")
    assert (fact["period"], fact["quote"], fact["place_code"]) == ("2024", "31", "35")
    assert fact["comparison"] == {"direction": "increase", "amount": 4, "unit": "cuộc", "baseline": "2023"}
    assert list(fact)[: len(CONTRACT)] == CONTRACT
    assert not home.exists()


def test_extract_reads_html_without_its_chrome(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Đối thoại</title>"
        "<meta property='article:published_time' content='2024-07-09T08:00:00+07:00'></head>"
        "<body><div id='menu'>Trang 7 của 99</div><h1>Hà Nam đối thoại với Nhân dân</h1><article>"
        "<p>Trong 6 tháng đầu năm 2024, tỉnh Hà Nam tổ chức 31 cuộc đối thoại với Nhân dân, "
        "có nhiều ý kiến thiết thực.</p>"
        "<p>Các cấp ủy, chính quyền tiếp tục lắng nghe và giải quyết kịp thời những vấn đề người dân quan tâm.</p>"
        "</article></body></html>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    done = coso("extract", str(tmp_path / "a.html"), home=tmp_path / "home")
    (fact,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (fact["value"], fact["metric"], fact["period"], fact["place"]) == (
        31,
        "dialogue_sessions",
        "2024-H1",
        "Hà Nam",
    )


def test_sources_print_as_json(tmp_path: Path) -> None:
    rows = json.loads(coso("sources", "--format", "json", home=tmp_path).stdout)
    assert {"key", "provinces", "kind", "family", "status", "url"} <= set(rows[0])
    assert len({row["key"] for row in rows}) == len(rows)


def test_a_wrong_date_in_the_environment(tmp_path: Path) -> None:
    done = coso("sources", home=tmp_path, COSO_TODAY="15/3/2025")
    assert_one_line(done, ExitCode.BAD_INPUT, "COSO_TODAY", "YYYY-MM-DD")


def test_wrong_usage_has_its_own_code(tmp_path: Path) -> None:
    assert started("facts", "--nonsense", home=tmp_path).returncode == ExitCode.USAGE


def test_each_command_is_made_by_the_module_it_is_looked_for_in() -> None:
    offered: dict[str, set[str]] = {name: set() for name in COMMANDS.values()}
    for name in offered:
        room = typer.Typer()
        importlib.import_module(f"flows.cli.{name}").register(room)
        offered[name] |= set(get_group(room).commands)
    assert {command: name for name, commands in offered.items() for command in commands} == COMMANDS


def test_reading_a_file_starts_without_the_lake(tmp_path: Path) -> None:
    """What one command does not need does not slow its start."""
    (tmp_path / "a.txt").write_text("Năm 2024, toàn tỉnh tổ chức 31 cuộc đối thoại.", encoding="utf-8")
    code = (
        "import sys\nfrom flows.cli import main\n"
        f"try: main(['extract', {str(tmp_path / 'a.txt')!r}])\nexcept SystemExit: print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {"pyarrow", "duckdb", "pydantic", "prefect", "coso.lake", "flows.cli.alerts", "rich.progress"}
    assert heavy & set(loaded.split()) == set()


def test_a_second_server_of_one_lake_is_refused(tmp_path: Path) -> None:
    with Lake(tmp_path).exclusive("serve", lock="serve.lock"):
        assert_one_line(
            started("serve", home=tmp_path), ExitCode.BUSY, f"in use by coso serve (process {os.getpid()})"
        )
        with Lake(tmp_path).exclusive("run"):
            pass  # the runs of the schedule are not shut out


@pytest.mark.parametrize("option", ["--cron", "--check-cron"])
def test_a_schedule_that_is_none_is_refused_before_anything_starts(option: str, tmp_path: Path) -> None:
    refused = coso("serve", option, "61 * * * *", home=tmp_path)
    assert_one_line(
        refused, ExitCode.BAD_INPUT, f"{option} '61 * * * *'", "outside the minutes", "schedule of a source"
    )


def test_a_port_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    refused = coso("serve", "--port", "99999", home=tmp_path)
    assert refused.returncode == ExitCode.USAGE
    assert "65535" in refused.stderr


def test_a_damaged_table_is_named_and_gives_no_traceback(tmp_path: Path) -> None:
    damaged = tmp_path / "quality" / "runs" / "r1.parquet"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(b"PAR1")
    assert_one_line(
        coso("status", home=tmp_path),
        ExitCode.BAD_INPUT,
        f"{damaged} cannot be read",
        "restore it from a copy",
    )


def test_a_home_that_is_a_file_is_no_lake_in_which_all_is_well(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for command in ("status", "facts", "deadman"):
        told = coso(command, home=tmp_path / "file")
        assert_one_line(told, ExitCode.ENVIRONMENT, "is no folder; set COSO_HOME")


@pytest.fixture
def nobody_there(tmp_path: Path) -> dict[str, str]:
    """Settings of a registry of one source, at a port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        home_url = f"http://127.0.0.1:{probe.getsockname()[1]}/"
    source = {
        "key": "bao-thu", "name": "Báo Thử", "kind": "party_newspaper", "extends": "general", "status": "unverified",
        "home_url": home_url, "province": {"code": "33", "frame": "34"}, "licence": "test", "article_url": ".",
        "discovery": [{"method": "listing", "url": home_url}], "schedule": "0 6 * * *", "allow_loopback": True,
        "pace_seconds": 0, "retry": {"tries": 1},
    }  # fmt: skip
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "one.yml").write_text(json.dumps(source), encoding="utf-8")
    return {"COSO_SOURCES": str(tmp_path / "sources")}


def test_a_backfill_that_saw_nothing_says_so(tmp_path: Path, nobody_there: dict[str, str]) -> None:
    days = ("--from", "2024-01-01", "--to", "2024-12-31")
    told = coso("backfill", "--source", "bao-thu", *days, home=tmp_path / "lake", **nobody_there)
    assert told.returncode == ExitCode.FAILED, told.stdout
    assert "could not be seen: listing http://127.0.0.1:" in told.stdout
