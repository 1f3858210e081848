"""Landed files that fit no record: set aside, told with their reason, and forgotten once landed again."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from warehouse_build import Build

from coso.lake import Lake, ensure_tables, read_table, reject_misfits, write_atomically, write_table
from coso.records import Fact, RejectedFile, arrow_schema

EMPTY = arrow_schema(Fact).empty_table()

MISFITS = {
    "missing": (EMPTY.drop_columns(["quote", "unit"]), "columns", "lacks column quote, unit"),
    "extra": (
        EMPTY.append_column("colour", pa.array([], pa.string())),
        "columns",
        "has unknown column colour",
    ),
    "twice": (
        EMPTY.append_column("quote", pa.array([], pa.string())),
        "columns",
        "names a column twice",
    ),
    "type": (
        EMPTY.set_column(EMPTY.schema.get_field_index("value"), "value", pa.array([], pa.string())),
        "types",
        "value is string instead of double",
    ),
}


def part(lake: Lake, source: str) -> Path:
    return lake.landed / "facts" / f"source={source}" / "date=2026-01-19" / "part.parquet"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "home")
    made.prepare()
    ensure_tables(made)
    return made


@pytest.mark.parametrize("name", MISFITS)
def test_a_misfit_is_set_aside_whole_with_its_reason(lake: Lake, name: str) -> None:
    table, problem, reason = MISFITS[name]
    write_table(part(lake, name), table)
    before = part(lake, name).read_bytes()
    (row,) = reject_misfits(lake)
    assert (row.table_name, row.source_key, row.problem, row.reason) == ("facts", name, problem, reason)
    assert not part(lake, name).exists()
    assert (lake.home / row.kept_as).read_bytes() == before
    assert read_table(lake.quality / "rejected_files", RejectedFile).num_rows == 1


@pytest.mark.parametrize("data", [b"", b"PAR1", b"no parquet at all", b"PAR1" + b"\x00" * 40 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_set_aside(lake: Lake, data: bytes) -> None:
    write_atomically(part(lake, "text"), data)
    (row,) = reject_misfits(lake)
    assert row.problem == "unreadable"
    assert row.reason.startswith("not a Parquet file: ")
    assert "\n" not in row.reason


def test_good_files_stay_and_hidden_ones_are_nobodys_business(lake: Lake) -> None:
    write_table(part(lake, "good"), EMPTY)
    hidden = lake.landed / "facts" / "source=good" / ".date=2026-01-19.old" / "part.parquet"
    write_atomically(hidden, b"left by a killed run")
    assert reject_misfits(lake) == []
    assert part(lake, "good").exists()
    assert hidden.exists()


def test_what_is_rejected_twice_is_kept_twice(lake: Lake) -> None:
    kept = []
    for data in (b"no parquet", b"none either"):
        write_atomically(part(lake, "text"), data)
        (row,) = reject_misfits(lake)
        kept.append(lake.home / row.kept_as)
    assert [path.read_bytes() for path in kept] == [b"no parquet", b"none either"]


def test_a_rejection_is_kept_until_the_partition_is_landed_again(lake: Lake) -> None:
    write_atomically(part(lake, "text"), b"no parquet")
    first = reject_misfits(lake)
    assert reject_misfits(lake) == first
    write_table(part(lake, "text"), EMPTY)
    assert reject_misfits(lake) == []
    assert read_table(lake.quality / "rejected_files", RejectedFile).num_rows == 0


def test_the_schema_file_of_a_changed_record_is_renewed(lake: Lake) -> None:
    schema_file = lake.landed / "facts" / "_schema.parquet"
    write_table(schema_file, EMPTY.drop_columns(["quote"]))
    assert reject_misfits(lake) == []
    assert read_table(lake.landed / "facts", Fact).schema == arrow_schema(Fact)
    assert "quote" in schema_file.read_bytes().decode("latin-1")


def test_the_build_goes_on_and_names_the_files(build: Build) -> None:
    rows = build.rows("select source_key, table_name, problem, file from marts.fct_rejected_file order by 1")
    assert [(row["source_key"], row["problem"]) for row in rows] == [
        ("extra", "columns"),
        ("missing", "columns"),
        ("text", "unreadable"),
        ("type", "types"),
    ]
    assert rows[0]["file"] == "landed/facts/source=extra/date=2026-01-19/part.parquet"
    assert build.results["warn_files_were_rejected"] == "warn"


def test_a_name_that_fits_two_provinces_is_nobodys_figure(build: Build) -> None:
    rows = build.rows(
        """select place, not_reconcilable_because as reason from marts.fct_metric_observation
           where place in ('Hà Bắc', 'HN')"""
    )
    assert {row["place"]: row["reason"] for row in rows} == dict.fromkeys(
        ("Hà Bắc", "HN"), "ambiguous_province"
    )
