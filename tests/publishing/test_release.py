"""Releases: immutable, verified, switched at once, unchanged when nothing changed, held by province."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from frictionless import Package
from openpyxl import load_workbook

from coso.errors import BadInputError, CosoError
from coso.lake import Lake
from coso.records import Hold
from publishing import current_release, list_releases, publish, verify
from publishing.history import compare, find, prune, rollback, unpin
from publishing.release import find_damaged

MONDAY = datetime(2025, 3, 17, 1, 2, 3, tzinfo=UTC)
TUESDAY = datetime(2025, 3, 18, 1, 2, 3, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "home")


def build(
    path: Path,
    values: dict[str, float],
    *,
    attempts: int = 1,
    fetched: str = "2025-03-16 10:00:00",
    marked: bool = True,
) -> Path:
    """Make a warehouse build with one value a province."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        con.execute("create table marts.dim_province (province_code varchar, frame varchar, name varchar)")
        con.execute("insert into marts.dim_province values ('35', '63', 'Hà Nam'), ('42', '63', 'Hà Tĩnh')")
        con.execute(
            "create table marts.fct_metric_value (province_code varchar, frame varchar, metric varchar,"
            " period varchar, value double, period_end date, fetched_at timestamptz)"
        )
        con.execute("comment on column marts.fct_metric_value.value is 'The figure''s value'")
        for code, value in values.items():
            con.execute(
                "insert into marts.fct_metric_value values (?, '63', 'dialogue_sessions', '2024', ?, '2024-12-31', ?)",
                [code, value, fetched],
            )
        if marked:
            con.execute("alter table marts.fct_metric_value add column is_stale boolean default false")
        con.execute("create table marts.fct_capture_outcome (outcome varchar, attempts bigint)")
        con.execute("insert into marts.fct_capture_outcome values ('stored', ?)", [attempts])
    return path


def values_of(lake: Lake) -> dict[str, float]:
    release = current_release(lake)
    assert release is not None
    with duckdb.connect(str(release.database), read_only=True) as con:
        return dict(con.execute("select province_code, value from fct_metric_value").fetchall())


def test_a_release_holds_every_form_and_verifies(lake: Lake, tmp_path: Path) -> None:
    result = publish(lake, build(tmp_path / "b.duckdb", {"35": 227, "42": 520}), run_id="r1", now=MONDAY)
    folder = result.release.path
    assert result.changed
    assert result.release.name == f"2025-03-17-{result.release.digest[:12]}"
    assert duckdb.sql(f"select value from '{folder}/parquet/fct_metric_value.parquet'").fetchall() == [
        (227,),
        (520,),
    ]
    lines = (folder / "csv" / "fct_metric_value.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "35,63,dialogue_sessions,2024,227.0,2024-12-31,2025-03-16T10:00:00.000000Z,false"
    assert verify(result.release) == ["13 files match their checksums", "3 tables match the content digest"]
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    value = package["resources"][2]["schema"]
    assert value["primaryKey"] == ["province_code", "frame", "metric", "period"]
    assert value["fields"][4] == {"name": "value", "type": "number", "description": "The figure's value"}


def test_the_same_content_makes_no_new_release_whatever_the_clock_says(lake: Lake, tmp_path: Path) -> None:
    first = publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY)
    later = build(tmp_path / "b.duckdb", {"35": 227}, attempts=9, fetched="2025-03-17 11:00:00")
    second = publish(lake, later, run_id="r2", now=TUESDAY)
    assert not second.changed
    assert second.release == first.release
    assert [p.name for p in lake.published.iterdir() if p.name.startswith(".")] == []


def test_figures_are_cut_by_year_and_one_year_can_be_read_alone(lake: Lake, tmp_path: Path) -> None:
    path = build(tmp_path / "b.duckdb", {"35": 227, "42": 520})
    publish(lake, path, run_id="r1", now=MONDAY)  # a release made before figures were cut
    with duckdb.connect(str(path)) as con:
        con.execute("alter table marts.fct_metric_value add column period_start date")
        con.execute(
            "update marts.fct_metric_value set period_start = if(province_code = '35', date '2024-01-01', null)"
        )
    second = publish(lake, path, run_id="r2", now=TUESDAY)
    with duckdb.connect(str(path)) as con:
        con.execute("update marts.fct_metric_value set value = 521 where province_code = '42'")
    third = publish(lake, path, run_id="r3", now=TUESDAY)
    folder = third.release.path / "parquet" / "fct_metric_value"
    assert sorted(file.parent.name for file in folder.glob("*/*")) == [
        "period_year=2024",
        "period_year=__HIVE_DEFAULT_PARTITION__",
    ]
    rows = duckdb.sql(
        f"select period_year, province_code, value from '{folder}/*/*.parquet' order by 2"
    ).fetchall()
    assert rows == [(2024, "35", 227), (None, "42", 521)]
    (changed,) = [one for one in compare(second.release, third.release) if not one.is_empty]
    assert (changed.table, changed.added, changed.removed, changed.changed) == ("fct_metric_value", 0, 0, 1)
    assert [(one.province_code, one.changed) for one in changed.series] == [("42", 1)]


def test_a_change_is_told_row_by_row_against_the_release_before(lake: Lake, tmp_path: Path) -> None:
    publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY)
    result = publish(lake, build(tmp_path / "b.duckdb", {"35": 228, "42": 520}), run_id="r2", now=TUESDAY)
    diff = {
        d["table"]: d for d in json.loads((result.release.path / "diff.json").read_text(encoding="utf-8"))
    }
    assert (diff["fct_metric_value"]["added"], diff["fct_metric_value"]["changed"]) == (1, 1)
    assert diff["fct_metric_value"]["examples"] == [
        "changed: 35 · 63 · dialogue_sessions · 2024",
        "added: 42 · 63 · dialogue_sessions · 2024",
    ]
    assert [
        (one["province_code"], one["added"], one["changed"]) for one in diff["fct_metric_value"]["series"]
    ] == [
        ("35", 0, 1),
        ("42", 1, 0),
    ]
    assert "| 42 | 63 | dialogue_sessions | 1 | 0 | 0 |" in (result.release.path / "DIFF.md").read_text(
        encoding="utf-8"
    )
    assert diff["dim_province"]["added"] == diff["dim_province"]["removed"] == 0
    assert len(list_releases(lake)) == 2


def test_a_row_whose_key_is_partly_empty_is_changed_and_not_two_rows(lake: Lake, tmp_path: Path) -> None:
    releases = []
    for day, reason in ((MONDAY, "Mâu thuẫn"), (TUESDAY, "Vượt khoảng")):
        path = build(tmp_path / "b.duckdb", {"35": 227})
        with duckdb.connect(str(path)) as con:
            con.execute(
                "create table marts.fct_publication_hold as select '35' as province_code, '63' as frame,"
                " null::varchar as metric, 'inc-1' as incident_id, ? as reason",
                [reason],
            )
        releases.append(publish(lake, path, run_id="r", now=day).release)
    (changed,) = [one for one in compare(*releases) if not one.is_empty]
    assert (changed.table, changed.added, changed.removed, changed.changed) == (
        "fct_publication_hold",
        0,
        0,
        1,
    )
    assert changed.examples == ["changed: 35 · 63 · inc-1"]
    assert [(one.metric, one.changed) for one in changed.series] == [(None, 1)]


def test_a_hold_keeps_the_previous_values_of_that_province_alone(lake: Lake, tmp_path: Path) -> None:
    publish(lake, build(tmp_path / "b.duckdb", {"35": 227, "42": 520}), run_id="r1", now=MONDAY)
    holds = [Hold("35", "63", None, "inc-1", "Hai nguồn nói khác nhau")]
    publish(lake, build(tmp_path / "b.duckdb", {"35": 2270, "42": 521}), holds, run_id="r2", now=TUESDAY)
    assert values_of(lake) == {"35": 227, "42": 521}


def stale_in(lake: Lake) -> dict[str, bool]:
    release = current_release(lake)
    assert release is not None
    with duckdb.connect(str(release.database), read_only=True) as con:
        return dict(con.execute("select province_code, is_stale from fct_metric_value").fetchall())


@pytest.mark.parametrize("marked", [True, False])
def test_what_a_hold_keeps_is_marked_stale_until_it_is_released(
    lake: Lake, tmp_path: Path, marked: bool
) -> None:
    # A release made before values were marked keeps its good values, too.
    publish(
        lake, build(tmp_path / "b.duckdb", {"35": 227, "42": 520}, marked=marked), run_id="r1", now=MONDAY
    )
    holds = [Hold("35", "63", None, "inc-1", "Hai nguồn nói khác nhau")]
    for number in (2, 3):
        publish(lake, build(tmp_path / "b.duckdb", {"35": 2270, "42": 520}), holds, run_id=f"r{number}")
        assert values_of(lake) == {"35": 227, "42": 520}
        assert stale_in(lake) == {"35": True, "42": False}
    publish(lake, build(tmp_path / "b.duckdb", {"35": 2270, "42": 520}), run_id="r4")
    assert (values_of(lake)["35"], stale_in(lake)["35"]) == (2270, False)


def test_a_province_held_before_its_first_release_is_absent(lake: Lake, tmp_path: Path) -> None:
    holds = [Hold("35", "63", None, "inc-1", "Hai nguồn nói khác nhau")]
    result = publish(
        lake, build(tmp_path / "b.duckdb", {"35": 2270, "42": 520}), holds, run_id="r1", now=MONDAY
    )
    assert values_of(lake) == {"42": 520}
    manifest = json.loads((result.release.path / "release.json").read_text(encoding="utf-8"))
    assert [(held["province_code"], held["metric"], held["reason"]) for held in manifest["held"]] == [
        ("35", None, "Hai nguồn nói khác nhau")
    ]


def test_a_hold_of_one_metric_leaves_the_others_of_its_province(lake: Lake, tmp_path: Path) -> None:
    path = build(tmp_path / "b.duckdb", {"35": 2270})
    with duckdb.connect(str(path)) as con:
        con.execute(
            "insert into marts.fct_metric_value values ('35', '63', 'reception_visits', '2024', 9, '2024-12-31', now(),"
            " false)"
        )
    publish(lake, path, [Hold("35", "63", "dialogue_sessions", "inc-1", "Nhảy vọt")], run_id="r1", now=MONDAY)
    assert values_of(lake) == {"35": 9}


def test_an_open_reader_keeps_its_release_through_a_publish(lake: Lake, tmp_path: Path) -> None:
    first = publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY)
    with duckdb.connect(
        str(lake.published / "current" / first.release.database.name), read_only=True
    ) as reader:
        publish(lake, build(tmp_path / "b.duckdb", {"35": 999}), run_id="r2", now=TUESDAY)
        assert reader.execute("select value from fct_metric_value").fetchall() == [(227,)]
    assert values_of(lake) == {"35": 999}


@pytest.mark.parametrize("name", ["csv/fct_metric_value.csv", "coso.duckdb"])
def test_a_changed_file_fails_verification_by_name(lake: Lake, tmp_path: Path, name: str) -> None:
    release = publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY).release
    path = release.path / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CosoError, match=name):
        verify(release)


def test_what_a_killed_publish_left_is_swept_and_never_seen(lake: Lake, tmp_path: Path) -> None:
    (lake.published / ".building-dead").mkdir(parents=True)
    (lake.published / ".gone-dead" / "csv").mkdir(parents=True)
    (lake.published / ".current-dead").symlink_to("nowhere")
    publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY)
    assert sorted(p.name for p in lake.published.glob(".*")) == []
    assert len(list_releases(lake)) == 1


def test_a_build_without_marts_is_refused(lake: Lake, tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(CosoError, match="run the transform step again"):
        publish(lake, tmp_path / "empty.duckdb", run_id="r1")
    assert current_release(lake) is None


def test_going_back_pins_the_earlier_release_until_it_is_let_go(lake: Lake, tmp_path: Path) -> None:
    first = publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY).release
    publish(lake, build(tmp_path / "b.duckdb", {"35": 999}), run_id="r2", now=TUESDAY)
    assert rollback(lake, first.name, "một chữ số thừa", TUESDAY) == first
    publish(lake, build(tmp_path / "b.duckdb", {"35": 998}), run_id="r3", now=TUESDAY)
    assert values_of(lake) == {"35": 227}
    unpin(lake)
    publish(lake, build(tmp_path / "b.duckdb", {"35": 997}), run_id="r4", now=TUESDAY)
    assert values_of(lake) == {"35": 997}
    with pytest.raises(BadInputError, match="no release is pinned"):
        unpin(lake)


def test_beside_a_pinned_release_the_same_content_makes_one_release(lake: Lake, tmp_path: Path) -> None:
    good = publish(lake, build(tmp_path / "b.duckdb", {"35": 227, "42": 5}), run_id="r1", now=MONDAY).release
    bad = publish(lake, build(tmp_path / "b.duckdb", {"35": 999, "42": 5}), run_id="r2", now=TUESDAY).release
    rollback(lake, good.name, "một chữ số thừa", TUESDAY)
    for day in (1, 2):
        same = publish(
            lake, build(tmp_path / "b.duckdb", {"35": 999, "42": 5}), run_id="r", now=TUESDAY + timedelta(day)
        )
        assert (same.release, same.changed) == (bad, False)
    other = build(tmp_path / "b.duckdb", {"35": 999, "42": 6})
    held = [Hold("35", "63", None, "inc-1", "một chữ số thừa")]
    third = publish(lake, other, held, run_id="r", now=TUESDAY + timedelta(3)).release
    manifest = json.loads((third.path / "release.json").read_text(encoding="utf-8"))
    assert manifest["previous"] == bad.name
    assert current_release(lake) == good
    unpin(lake)
    assert not publish(lake, other, held, run_id="r", now=TUESDAY + timedelta(4)).changed
    assert current_release(lake) == third
    assert values_of(lake) == {"35": 227, "42": 6}  # held: what readers had


def test_figures_that_come_back_on_one_day_are_a_release_of_their_own(lake: Lake, tmp_path: Path) -> None:
    first, second, third = (
        publish(
            lake, build(tmp_path / "b.duckdb", {"35": value}), run_id="r", now=MONDAY + timedelta(hours=hour)
        ).release
        for hour, value in enumerate((227, 999, 227))
    )
    assert third.name == f"{first.name}-2"
    assert current_release(lake) == third
    assert json.loads((third.path / "release.json").read_text(encoding="utf-8"))["previous"] == second.name
    verify(third)


def test_a_damaged_manifest_is_named_and_stops_no_run(lake: Lake, tmp_path: Path) -> None:
    old = publish(lake, build(tmp_path / "b.duckdb", {"35": 1}), run_id="r", now=MONDAY).release
    torn = publish(lake, build(tmp_path / "b.duckdb", {"35": 2}), run_id="r", now=TUESDAY).release
    (torn.path / "release.json").write_text("{")
    (lake.published / "2025-01-01-half").mkdir()
    assert [error.what.split(" cannot")[0] for error in find_damaged(lake)] == [
        str(lake.published / name / "release.json") for name in ("2025-01-01-half", torn.name)
    ]
    assert prune(lake, TUESDAY) == []
    later = publish(
        lake, build(tmp_path / "b.duckdb", {"35": 2}), run_id="r", now=TUESDAY + timedelta(hours=1)
    )
    assert list_releases(lake) == [old, later.release]
    assert current_release(lake) == later.release
    with pytest.raises(BadInputError, match=r"release\.json cannot be read"):
        find(lake, torn.name)


def test_a_damaged_release_cannot_be_gone_back_to(lake: Lake, tmp_path: Path) -> None:
    first = publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY).release
    publish(lake, build(tmp_path / "b.duckdb", {"35": 999}), run_id="r2", now=TUESDAY)
    (first.path / "csv" / "dim_province.csv").write_text("")
    with pytest.raises(CosoError, match=r"dim_province\.csv"):
        rollback(lake, first.name, "lý do", TUESDAY)
    assert values_of(lake) == {"35": 999}


@pytest.mark.parametrize("name", ["notes.txt", "csv/more.csv", "csv/SHA256SUMS", ".DS_Store"])
def test_a_file_that_was_added_to_a_release_is_found(lake: Lake, tmp_path: Path, name: str) -> None:
    release = publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY).release
    (release.path / name).write_text("more", encoding="utf-8")
    with pytest.raises(CosoError, match=f"{name} was added"):
        verify(release)


@pytest.mark.parametrize("text", [None, "no checksum"])
def test_checksums_that_cannot_be_read_are_named(lake: Lake, tmp_path: Path, text: str | None) -> None:
    release = publish(lake, build(tmp_path / "b.duckdb", {"35": 227}), run_id="r1", now=MONDAY).release
    sums = release.path / "SHA256SUMS"
    sums.unlink()
    if text is not None:
        sums.write_text(text, encoding="utf-8")
    with pytest.raises(CosoError, match=f"{sums} cannot be read"):
        verify(release)


def test_any_two_releases_can_be_compared(lake: Lake, tmp_path: Path) -> None:
    releases = [
        publish(lake, build(tmp_path / "b.duckdb", {"35": value}), run_id="r", now=MONDAY).release
        for value in (1, 2, 3)
    ]
    (changed,) = [d for d in compare(releases[0], releases[2]) if not d.is_empty]
    assert (changed.table, changed.changed, changed.added, changed.removed) == ("fct_metric_value", 1, 0, 0)


def test_old_releases_go_but_the_last_of_a_month_and_the_current_stay(lake: Lake, tmp_path: Path) -> None:
    days = [
        datetime(2025, 1, 3, tzinfo=UTC),
        datetime(2025, 1, 20, tzinfo=UTC),
        datetime(2025, 3, 1, tzinfo=UTC),
    ]
    names = [
        publish(lake, build(tmp_path / "b.duckdb", {"35": n}), run_id="r", now=day).release.name
        for n, day in enumerate(days)
    ]
    assert prune(lake, datetime(2025, 3, 2, tzinfo=UTC)) == [names[0]]
    assert [release.name for release in list_releases(lake)] == names[1:]
    assert {path.name for path in lake.published.iterdir()} == {*names[1:], "current"}


def test_the_workbook_has_the_figures_and_runs_no_formula(lake: Lake, tmp_path: Path) -> None:
    path = build(tmp_path / "b.duckdb", {"35": 227})
    with duckdb.connect(str(path)) as con:
        con.execute("create table marts.dim_metric (metric varchar, name_vi varchar)")
        con.execute("insert into marts.dim_metric values ('dialogue_sessions', '=1+1')")
    release = publish(lake, path, run_id="r1", now=MONDAY).release
    book = load_workbook(release.path / "coso.xlsx", read_only=True)
    assert [row[0].value for row in book["Tinh"].iter_rows()] == ["province_code", "35", "42"]
    assert book["Chi tieu"]["B2"].value == "'=1+1"
    assert release.name in {row[1].value for row in book["Doc truoc"].iter_rows() if len(row) > 1}


def test_what_a_workbook_cannot_hold_keeps_nothing_from_publication(lake: Lake, tmp_path: Path) -> None:
    path = build(tmp_path / "b.duckdb", {"35": 227})
    with duckdb.connect(str(path)) as con:
        con.execute("create table marts.dim_metric (metric varchar, name_vi varchar)")
        con.execute("insert into marts.dim_metric values ('a', ?)", ["\x03=tiếp 12\x02 lượt\uffff\ufffe 🙂"])
    release = publish(lake, path, run_id="r1", now=MONDAY).release
    book = load_workbook(release.path / "coso.xlsx", read_only=True)
    assert book["Chi tieu"]["B2"].value == "'=tiếp 12 lượt 🙂"


def test_a_long_sheet_has_the_newest_periods(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publishing.workbook.MOST_ROWS", 2)
    path = build(tmp_path / "b.duckdb", {"35": 227})
    with duckdb.connect(str(path)) as con:
        con.execute(
            "create table marts.province_metric_table as select code as province_code, '63' as frame, 'm' as metric,"
            " year::varchar as period, make_date(year, 12, 31) as period_end"
            " from (values ('10', 2022), ('22', 2024), ('35', 2023), ('42', 2021)) as t (code, year)"
        )
    release = publish(lake, path, run_id="r1", now=MONDAY).release
    book = load_workbook(release.path / "coso.xlsx", read_only=True)
    assert [row[0].value for row in book["So lieu"].iter_rows()] == ["province_code", "22", "35"]
