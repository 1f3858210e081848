"""`coso facts` and `coso sql`: whose a row is, what is held, what is told loosely, which release is asked."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from command_line import coso

from coso.errors import ExitCode
from coso.lake import Lake
from coso.records import Hold
from publishing import publish
from publishing.release import PublishResult

#: Province code, frame, metric, period, its first and last day, value, word of approximation, fact id.
VALUES = (
    ("25", "63", "dialogue_sessions", "2024", "2024-01-01", "2024-12-31", 500, "hơn", "fct-1"),
    ("25", "63", "dialogue_sessions", "2024-H1", "2024-01-01", "2024-06-30", 200, "gần", "fct-2"),
    ("25", "34", "dialogue_sessions", "2025-H2", "2025-07-01", "2025-12-31", 900, "khoảng", "fct-3"),
    ("35", "63", "dialogue_sessions", "2024", "2024-01-01", "2024-12-31", 227, None, "fct-4"),
    ("42", "63", "dialogue_sessions", "2024", "2024-01-01", "2024-12-31", 538, None, "fct-5"),
    ("42", "63", "dialogue_sessions", "2023", "2023-01-01", "2023-12-31", 520, None, "fct-6"),
    ("42", "63", "petitions_received", "2024", "2024-01-01", "2024-12-31", 411, None, "fct-7"),
    ("46", "63", "petitions_received", "2024", "2024-01-01", "2024-12-31", 300, None, "fct-8"),
    ("79", "63", "petitions_received", "2024", "2024-01-01", "2024-12-31", 700, None, "fct-9"),
)
PROVINCES = (
    ("25", "63", "Phú Thọ"), ("25", "34", "Phú Thọ"), ("35", "63", "Hà Nam"), ("37", "34", "Ninh Bình"),
    ("42", "63", "Hà Tĩnh"), ("46", "63", "Huế"), ("79", "63", "Hồ Chí Minh"),
)  # fmt: skip
METRICS = (
    ("dialogue_sessions", "dialogue", "Số cuộc đối thoại", "Dialogue sessions", "cuộc"),
    ("petitions_received", "petition", "Số đơn tiếp nhận", "Petitions received", "đơn"),
)
HOLD = Hold("42", "63", "dialogue_sessions", "inc-1", "mâu thuẫn")


def _fill(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create schema marts")
    con.execute("create table marts.dim_province (province_code varchar, frame varchar, name_vi varchar)")
    con.execute(
        "create table marts.dim_metric"
        " (metric varchar, theme varchar, name_vi varchar, name_en varchar, unit_vi varchar)"
    )
    con.execute(
        "create table marts.fct_metric_value (province_code varchar, frame varchar, metric varchar, period varchar,"
        " period_start date, period_end date, value double, is_approximate boolean, chosen_fact_id varchar,"
        " n_sources integer, agreement varchar, runner_up_value double, is_stale boolean)"
    )
    con.execute(
        "create table marts.fct_metric_observation (province_code varchar, frame varchar, metric varchar,"
        " period varchar, period_start date, period_end date, approx varchar, fact_id varchar, locator varchar,"
        " is_reconcilable boolean)"
    )
    con.execute(
        "create table marts.fct_publication_hold"
        " (province_code varchar, frame varchar, metric varchar, incident_id varchar)"
    )
    con.executemany("insert into marts.dim_province values (?, ?, ?)", PROVINCES)
    con.executemany("insert into marts.dim_metric values (?, ?, ?, ?, ?)", METRICS)
    con.execute("insert into marts.fct_publication_hold values ('42', '63', 'dialogue_sessions', 'inc-1')")
    for code, frame, metric, period, first, last, value, approx, fact in VALUES:
        con.execute(
            "insert into marts.fct_metric_value values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'single', null, false)",
            [code, frame, metric, period, first, last, value, approx is not None, fact],
        )
        con.execute(
            "insert into marts.fct_metric_observation values (?, ?, ?, ?, ?, ?, ?, ?, null, true)",
            [code, frame, metric, period, first, last, approx, fact],
        )


def _publish(lake: Lake, build: Path, day: int) -> PublishResult:
    return publish(lake, build, [HOLD], run_id="test", now=datetime(2026, 1, day, tzinfo=UTC))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake with a release in which Hà Tĩnh's dialogues are held."""
    folder = tmp_path_factory.mktemp("figures")
    with duckdb.connect(str(folder / "build.duckdb")) as con:
        _fill(con)
    _publish(Lake(folder / "home"), folder / "build.duckdb", 5)
    return folder / "home"


def facts(home: Path, *options: str) -> list[dict[str, Any]]:
    done = coso("facts", *options, "--format", "jsonl", home=home)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def refused(home: Path, *arguments: str) -> str:
    done = coso(*arguments, home=home)
    assert (done.returncode, done.stdout) == (ExitCode.BAD_INPUT, ""), done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_a_row_says_which_set_of_provinces_it_is_of_and_one_can_be_chosen(home: Path) -> None:
    both = facts(home, "--province", "25")
    assert [(row["frame"], row["value"]) for row in both] == [("63", 500), ("63", 200), ("34", 900)]
    assert [row["value"] for row in facts(home, "--province", "Phú Thọ", "--frame", "34")] == [900]
    assert [row["value"] for row in facts(home, "--province", "34-25")] == [900]
    shown = coso("facts", "--province", "25", home=home).stdout
    assert "frame" in shown.splitlines()[2]
    assert "frame 34: those since" in shown
    assert "Hà Nam is none of the 34 provinces; it went into Ninh Bình (37)" in refused(
        home, "facts", "--province", "tỉnh Hà Nam", "--frame", "34"
    )


@pytest.mark.parametrize(
    ("named", "code"),
    [("Thừa Thiên Huế", "46"), ("thua thien hue", "46"), ("TP. Hồ Chí Minh", "79"), ("tphcm", "79"),
     ("tỉnh Hà Nam", "35"), ("tinh ha nam", "35")],
)  # fmt: skip
def test_a_province_is_known_by_its_official_and_its_common_names(home: Path, named: str, code: str) -> None:
    assert {row["province_code"] for row in facts(home, "--province", named)} == {code}


def test_what_fits_nothing_is_told_with_what_is_near(home: Path) -> None:
    assert "did you mean Hà Nam" in refused(home, "facts", "--province", "Hà Nem")
    assert "did you mean dialogue_sessions" in refused(home, "facts", "--metric", "dialog_sesion")
    unreadable = refused(home, "facts", "--period", "nope")
    assert "period 'nope' cannot be read" in unreadable
    assert "2024-H1" in unreadable


def test_a_period_is_known_in_any_notation_and_a_year_takes_in_its_parts(home: Path) -> None:
    assert [row["fact_id"] for row in facts(home, "--period", "2024-ytd06")] == ["fct-2"]
    assert {row["fact_id"] for row in facts(home, "--period", "2024", "--metric", "dialogue")} == {
        "fct-1", "fct-2", "fct-4",
    }  # fmt: skip


def test_figures_under_hold_are_counted_and_an_empty_csv_has_its_header(home: Path) -> None:
    asked = ("facts", "--province", "Hà Tĩnh", "--metric", "dialogue_sessions")
    empty = coso(*asked, "--format", "csv", home=home)
    (header,) = empty.stdout.splitlines()
    assert header.startswith("province,province_code,frame,metric,")
    assert "2 matching figures are held" in empty.stderr
    assert "coso hold list" in empty.stderr
    assert "1 matching figure is held" in coso(*asked, "--period", "2023", home=home).stdout
    assert "held" not in coso("facts", "--province", "Hà Nam", home=home).stdout


def test_a_figure_told_loosely_says_on_which_side_the_exact_one_lies(home: Path) -> None:
    rows = csv.DictReader(io.StringIO(coso("facts", "--format", "csv", home=home).stdout))
    told = {row["fact_id"]: (row["is_approximate"], row["approx_direction"]) for row in rows}
    assert told["fct-1"] == ("true", "above")
    assert told["fct-2"] == ("true", "below")
    assert told["fct-3"] == ("true", "about")
    assert told["fct-4"] == ("false", "")
    shown = coso("facts", "--metric", "dialogue_sessions", home=home).stdout
    for value in ("> 500", "< 200", "≈ 900", " 227 "):
        assert value in shown


def test_a_question_in_sql_is_answered_in_each_form(home: Path) -> None:
    statement = "select value, is_approximate, null as n from fct_metric_value where chosen_fact_id = 'fct-1'"
    assert (
        coso("sql", statement, "--format", "csv", home=home).stdout == "value,is_approximate,n\n500.0,true,\n"
    )
    (line,) = coso("sql", statement, "--format", "jsonl", home=home).stdout.splitlines()
    assert json.loads(line) == {"value": 500.0, "is_approximate": True, "n": None}
    assert "500.0" in coso("sql", statement, home=home).stdout
    assert coso("sql", "from dim_metric limit 0", "--format", "csv", home=home).stdout.startswith(
        "metric,theme"
    )


def test_an_earlier_release_can_be_asked(home: Path, tmp_path: Path) -> None:
    lake, build = Lake(tmp_path / "home"), tmp_path / "build.duckdb"
    with duckdb.connect(str(build)) as con:
        _fill(con)
    earlier = _publish(lake, build, 5).release.name
    with duckdb.connect(str(build)) as con:
        con.execute("update marts.fct_metric_value set value = 501 where chosen_fact_id = 'fct-1'")
    _publish(lake, build, 6)
    statement = "select value from fct_metric_value where chosen_fact_id = 'fct-1'"
    for release, value in (((), 501), (("--release", earlier), 500)):
        assert (
            coso("sql", statement, "--format", "csv", *release, home=lake.home).stdout
            == f"value\n{value}.0\n"
        )
        assert facts(lake.home, "--province", "25", "--period", "2024", *release)[0]["value"] == value
    assert "there is no release nope" in refused(lake.home, "facts", "--release", "nope")


def test_a_damaged_database_is_named_with_the_mend(tmp_path: Path) -> None:
    lake, build = Lake(tmp_path / "home"), tmp_path / "build.duckdb"
    with duckdb.connect(str(build)) as con:
        _fill(con)
    database = _publish(lake, build, 5).release.database
    database.write_bytes(b"no database at all" * 1000)
    for arguments in (["sql", "select 1"], ["facts"], ["trace", "fct-1"]):
        done = coso(*arguments, home=lake.home)
        assert (done.returncode, done.stdout) == (ExitCode.FAILED, "")
        (line,) = done.stderr.strip().splitlines()
        assert line.startswith(f"error: {database}")
        assert "coso release rollback" in line
