"""The lake writes whole files or none, admits one writer, and reads back what was written."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.compute as pc
import pytest

from coso.errors import BadInputError, BusyError, EnvironmentProblemError
from coso.lake import Lake, ensure_tables, find_damaged, parquet_files, read_rows, read_table, write_records
from coso.records import (
    LANDED,
    QUALITY,
    RAW,
    Hold,
    ParseIssue,
    Record,
    RunRow,
    arrow_schema,
    describe,
    from_table,
)


def test_rows_come_back_as_they_went_in(tmp_path: Path) -> None:
    rows: list[Record] = [
        RunRow("r1", "pipeline", datetime(2025, 1, 3, 4, 5, tzinfo=UTC), None, "completed", None, "{}")
    ]
    write_records(tmp_path / "runs" / "a.parquet", RunRow, rows)
    assert from_table(RunRow, read_table(tmp_path / "runs", RunRow)) == rows


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    rows: list[Record] = [Hold("35", "63", None, "inc-1", "Mâu thuẫn")]
    for name in ("a", "b"):
        write_records(tmp_path / f"{name}.parquet", Hold, rows)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_an_empty_lake_has_every_table(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    ensure_tables(lake)
    for zone, tables in ((tmp_path / "raw", RAW), (lake.landed, LANDED), (lake.quality, QUALITY)):
        for name, kind in tables.items():
            assert read_table(zone / name, kind).num_rows == 0


def test_a_partition_folder_name_never_becomes_a_column(tmp_path: Path) -> None:
    rows: list[Record] = [ParseIssue("i", "c", "s", "http://h/", "empty_page", "body")]
    write_records(tmp_path / "source=other" / "date=2025-01-01" / "part.parquet", ParseIssue, rows)
    assert from_table(ParseIssue, read_table(tmp_path, ParseIssue)) == rows


def test_what_a_killed_replacement_left_is_read_by_nobody(tmp_path: Path) -> None:
    rows: list[Record] = [ParseIssue("i", "c", "s", "http://h/", "empty_page", "body")]
    part = Path("date=2025-01-01") / "part.parquet"
    for folder in ("source=s", ".source=s.0a1b.old"):
        write_records(tmp_path / folder / part, ParseIssue, rows)
    (tmp_path / "source=s" / ".part.parquet.0a1b.parquet").write_bytes(b"under way")
    assert parquet_files(tmp_path) == [tmp_path / "source=s" / part]
    assert from_table(ParseIssue, read_table(tmp_path, ParseIssue)) == rows
    assert read_rows(tmp_path, ParseIssue, ["issue_id"]) == [{"issue_id": "i"}]
    assert parquet_files(tmp_path / "nowhere") == []


def test_some_rows_and_columns_of_some_files(tmp_path: Path) -> None:
    rows = [ParseIssue(f"i{n}", "c", "s", "http://h/", f"reason{n % 2}", "body") for n in range(4)]
    write_records(tmp_path / "s--1.parquet", ParseIssue, rows[:2])
    write_records(tmp_path / "s--2.parquet", ParseIssue, rows[2:])
    wanted = pc.field("reason") == "reason1"
    assert read_rows(tmp_path, ParseIssue, ["issue_id"], wanted) == [{"issue_id": "i1"}, {"issue_id": "i3"}]
    assert [ParseIssue(**row) for row in read_rows(tmp_path, ParseIssue)] == rows
    (tmp_path / "t--1.parquet").write_bytes(b"no Parquet")
    assert len(read_rows(tmp_path, ParseIssue, pattern="s--*.parquet")) == 4
    assert read_table(tmp_path, ParseIssue, "s--*.parquet").num_rows == 4
    with pytest.raises(BadInputError, match="holds a file that fits no table"):
        read_rows(tmp_path, ParseIssue)


def test_a_damaged_file_is_named_with_its_mend(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    ensure_tables(lake)
    assert find_damaged(lake) is None
    damaged = lake.quality / "runs" / "r1.parquet"
    run = RunRow("r1", "pipeline", datetime(2025, 1, 3, 4, 5, tzinfo=UTC), None, "completed", None, "{}")
    write_records(damaged, RunRow, [run])
    damaged.write_bytes(damaged.read_bytes()[:-9])
    told = rf"{damaged} cannot be read as a file of its table \(.+\); restore it from a copy, or move it"
    with pytest.raises(BadInputError, match=told):
        read_table(lake.quality / "runs", RunRow)
    found = find_damaged(lake)
    assert found is not None
    assert re.search(told, str(found))


@pytest.mark.parametrize(
    "kind", sorted({*RAW.values(), *LANDED.values(), *QUALITY.values()}, key=lambda k: k.__name__)
)
def test_every_column_is_described(kind: type[Record]) -> None:
    descriptions = describe(kind)
    assert list(descriptions) == arrow_schema(kind).names
    assert all(len(text) > 4 for text in descriptions.values())


def test_a_second_writer_is_told_who_holds_the_lake(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from coso.lake import Lake\n"
        f"with Lake(Path({str(tmp_path)!r})).exclusive('run'): print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(BusyError, match=r"coso run \(process \d+\); wait"),
            Lake(tmp_path).exclusive("run"),
        ):
            pass
        holder.kill()
    with Lake(tmp_path).exclusive("run"), Lake(tmp_path).exclusive("replay"):
        pass


def test_an_unwritable_home_is_named_with_its_mend(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(EnvironmentProblemError, match="set COSO_HOME to a folder you own"):
        Lake(tmp_path / "file" / "data").prepare()
