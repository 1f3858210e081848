"""The private database a gate judges: a snapshot of the tables it reads, and the reference tables beside them.

Great Expectations reads it through SQLAlchemy, read-only. Being a copy it keeps the warehouse build unlocked, and
it is removed when the gate ends.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from coso.dictionary import load_metrics
from coso.errors import BadInputError, first_line
from coso.lake import Lake, parquet_files, read_table
from coso.places import members, provinces
from coso.records import LANDED, QuarantinedRow
from coso.settings import REFERENCE
from coso.sql import literal
from expectations.batches import vietnam_day
from expectations.bounds import REVIEWED, Bounds, read_bounds
from expectations.due import expected_reports
from expectations.holidays import quiet_days

#: Mart tables the checks read.
MART_TABLES = ("fct_metric_value", "fct_metric_observation", "fct_metric_comparison")
_MARTS_SCHEMA = "marts"
_GATE_SCHEMA = "gate"

#: Tables the marts gate needs to see what sources do, and their columns.
_SOURCE_ITEMS = {
    "landed/sources": "*",
    "landed/documents": "source_key, published_on, fetched_at",
    "landed/submissions": (
        "submission_id, version_id, source_key, province_code, frame, url, received_on, deadline_on, answered_on, "
        "status, seen_at"
    ),
    "raw/outcomes": "source_key, attempted_at, outcome",
    "raw/crawls": "crawl_id, source_key, ended_at, sight, detail",
}

#: Columns of captures that the landed gate needs to see whether a row's page is still there.
_CAPTURE_COLUMNS = "capture_id, payload_sha256, warc_file, warc_offset, warc_length"

#: Tables the landed gate needs to see whether pages are read as before, and their columns.
_READING = {"reading_rates": "distinct source_key", "drifts": "*"}

#: Memory DuckDB may use while a gate runs; what does not fit goes to the scratch folder.
MEMORY_LIMIT = "1200MB"


@dataclass
class Scratch:
    """An open scratch database and what could not be put into it.

    Attributes:
        path: the DuckDB file.
        problems: tables that are missing or unreadable, with the reason; checks that read them break.
    """

    path: Path
    problems: dict[str, str] = field(default_factory=dict)


@contextmanager
def landed_scratch(lake: Lake, as_of: date) -> Iterator[Scratch]:
    """Copy the landed tables; the scratch database lives as long as the context."""
    with _fresh(lake, "landed") as scratch:
        with _connect(scratch) as connection:
            _add_reference(connection, lake, as_of)
            for table in LANDED:
                _copy_parquet(connection, scratch, table, lake.landed / table)
            _copy_parquet(connection, scratch, "captures", lake.captures, _CAPTURE_COLUMNS)
            for table, columns in _READING.items():
                _copy_parquet(connection, scratch, table, lake.quality / table, columns)
            files = [
                (str(path.relative_to(lake.home)), path.stat().st_size) for path in lake.warc.rglob("*.gz")
            ]
            _add_table(connection, "warc_files", {"warc_file": pa.string(), "bytes": pa.int64()}, files)
        yield scratch


@contextmanager
def marts_scratch(lake: Lake, warehouse: Path, as_of: date, bounds: Path = REVIEWED) -> Iterator[Scratch]:
    """Copy the mart tables the checks read, and which source last gave what.

    Raises:
        BadInputError: there is no warehouse build at ``warehouse``, it cannot be opened, or the reviewed bounds
            cannot be read.
    """
    with _fresh(lake, "marts") as scratch:
        with _connect(scratch) as connection:
            _add_reference(connection, lake, as_of)
            _copy_marts(connection, scratch, warehouse)
            for table, columns in _SOURCE_ITEMS.items():
                folder = lake.home / table
                _copy_parquet(connection, scratch, folder.name, folder, columns)
            _add_source_items(connection, scratch)
            _add_refusals(connection, scratch, lake)
            _add_quarantined(connection, lake)
            _add_bounds(connection, read_bounds(bounds))
        yield scratch


@contextmanager
def _fresh(lake: Lake, gate: str) -> Iterator[Scratch]:
    """Make an empty scratch folder of a name never used before, and remove those that killed gates left.

    DuckDB knows open databases by their path, so a path must not be used twice in a process.
    """
    lake.warehouse.mkdir(parents=True, exist_ok=True)
    for left in lake.warehouse.glob(f".gate-{gate}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f".gate-{gate}-", dir=lake.warehouse))
    try:
        yield Scratch(folder / "gate.duckdb")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _connect(scratch: Scratch) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(scratch.path), config={"memory_limit": MEMORY_LIMIT})
    connection.execute("set enable_progress_bar = false")
    connection.execute("set timezone = 'UTC'")
    # The file lives for seconds: what compression would cost is not won back.
    connection.execute("pragma force_compression = 'uncompressed'")
    return connection


def _copy_parquet(
    connection: duckdb.DuckDBPyConnection, scratch: Scratch, table: str, folder: Path, columns: str = "*"
) -> None:
    files = [str(path) for path in parquet_files(folder)]
    if not files:
        scratch.problems[table] = f"table {table} has no file under {folder.name}/"
        return
    try:
        connection.execute(
            f"create table {table} as select {columns} from read_parquet(?, union_by_name = true, "
            "hive_partitioning = false)",
            [files],
        )
    except duckdb.Error as error:
        scratch.problems[table] = f"table {table} cannot be read: {first_line(error)}"


def _copy_marts(connection: duckdb.DuckDBPyConnection, scratch: Scratch, warehouse: Path) -> None:
    if not warehouse.exists():
        raise BadInputError(f"warehouse build {warehouse} does not exist", "run the transform step first")
    try:
        connection.execute(f"attach {literal(warehouse)} as build (read_only)")
    except duckdb.Error as error:
        raise BadInputError(
            f"warehouse build {warehouse} cannot be opened ({first_line(error)})",
            "run the transform step again",
        ) from None
    built = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'build'"
    ).fetchall()
    for table in MART_TABLES:
        try:
            # What the marts say of it may be of the run before, until this gate has said what is held back.
            schema = _GATE_SCHEMA if (_GATE_SCHEMA, table) in built else _MARTS_SCHEMA
            connection.execute(f"create table {table} as from build.{schema}.{table}")
        except duckdb.Error as error:
            scratch.problems[table] = f"mart {table} cannot be read: {first_line(error)}"
    connection.execute("detach build")


def _add_source_items(connection: duckdb.DuckDBPyConnection, scratch: Scratch) -> None:
    """Note the day of each item a source gave: publication or receipt, the day it was seen where that is unknown."""
    if {"documents", "submissions"} & scratch.problems.keys():
        return
    connection.execute(f"""
        create table source_items as
        select source_key, coalesce(published_on, {vietnam_day("fetched_at")}) as day from documents
        union all
        select source_key, min(coalesce(received_on, {vietnam_day("seen_at")}))
        from submissions group by source_key, submission_id""")


def _add_refusals(connection: duckdb.DuckDBPyConnection, scratch: Scratch, lake: Lake) -> None:
    """Note of each source that refused pages for their size how many of its latest run were, and how many it took.

    Counted are lists, articles or items, and attachments apart. Articles that the server confirms were taken long ago;
    a page refused again is no new one, so a run that asks for nothing else says nothing.
    """
    if "outcomes" in scratch.problems:
        return
    files = [str(path) for path in parquet_files(lake.outcomes)]
    connection.execute(
        f"""
        create table refusals as
        with attempts as (
            select source_key, run_id, attempted_at, url, detail, outcome,
                   case when kind in ('article', 'detail') then 'items' when kind = 'attachment' then 'attachments'
                        else 'lists' end as part,
                   outcome = 'stored' or kind not in ('article', 'attachment')
                       and outcome in ('unchanged', 'not_modified') as is_taken,
                   outcome = 'too_large' and lag(outcome, 1, '') over by_page <> 'too_large' as is_refused
            from read_parquet(?, union_by_name = true, hive_partitioning = false)
            where kind not in ('robots', 'crawl')
              and source_key in (select source_key from outcomes where outcome = 'too_large')
            window by_page as (partition by source_key, url order by attempted_at)
        )
        select source_key, part, max(attempted_at) as ended_at, {vietnam_day("max(attempted_at)")} as day,
               count(distinct url) filter (is_refused) as refused, count(distinct url) filter (is_taken) as taken,
               min(url) filter (is_refused) as url, arg_min(detail, url) filter (is_refused) as detail
        from attempts where is_taken or is_refused group by source_key, part, run_id
        qualify row_number() over (partition by source_key, part order by max(attempted_at) desc) = 1""",
        [files],
    )


def _add_quarantined(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """Note which figures were read and then refused: they are known, and not missing."""
    connection.register("refused", read_table(lake.quality / "quarantine", QuarantinedRow))
    connection.execute("""
        create table refused_figures as
        select distinct province_code, frame, json_extract_string(row_json, '$.metric') as metric,
               json_extract_string(row_json, '$.period') as period
        from refused where table_name = 'facts'""")
    connection.unregister("refused")


def _add_bounds(connection: duckdb.DuckDBPyConnection, bounds: Bounds) -> None:
    text, real = pa.string(), pa.float64()
    figures = {"province_code": text, "frame": text, "metric": text, "least": real, "most": real}
    rows = [(one.province_code, one.frame, one.metric, one.least, one.most) for one in bounds.figures]
    _add_table(connection, "figure_bounds", figures, rows)
    sources = [(one.source_key, one.freshness_days) for one in bounds.sources]
    _add_table(connection, "source_bounds", {"source_key": text, "days": pa.int64()}, sources)


def _add_reference(connection: duckdb.DuckDBPyConnection, lake: Lake, as_of: date) -> None:
    connection.execute("create table asked as select ? as as_of", [as_of])
    text, real = pa.string(), pa.float64()
    metrics = load_metrics().values()
    columns = {
        **dict.fromkeys(("code", "kind", "unit", "part_of", "numerator", "denominator", "tier"), text),
        **dict.fromkeys(("min_year", "max_year_63", "max_year_34"), real),
    }
    _add_table(connection, "metrics", columns, [tuple(getattr(m, name) for name in columns) for m in metrics])
    known = {"province_code": text, "frame": text, "unchanged": pa.bool_(), "region": text, "people": real}
    _add_table(connection, "known_provinces", known, _known_provinces())
    lineage = dict.fromkeys(("province_code", "frame", "earlier_code", "earlier_frame"), text)
    _add_table(connection, "lineage", lineage, _lineage())
    expected = {
        **dict.fromkeys(("province_code", "frame", "period"), text),
        "due_on": pa.date32(),
        "is_latest": pa.bool_(),
    }
    _add_table(connection, "expected_reports", expected, expected_reports(lake, as_of))
    quiet = [(day,) for day in quiet_days(as_of - timedelta(days=400), as_of)]
    _add_table(connection, "quiet_days", {"day": pa.date32()}, quiet)


def _add_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, pa.DataType],
    rows: Sequence[tuple[object, ...]],
) -> None:
    arrays = [pa.array([row[index] for row in rows], kind) for index, kind in enumerate(columns.values())]
    connection.register("arriving", pa.table(arrays, names=list(columns)))
    connection.execute(f"create table {name} as from arriving")
    connection.unregister("arriving")


def _known_provinces() -> list[tuple[object, ...]]:
    """All provinces with their region and their people; the two frames rest on different counts."""
    rows: list[tuple[object, ...]] = []
    unchanged = _unchanged()
    for frame, people in (("63", "pop_2019_avg_thousand"), ("34", "pop_2019_sum_thousand")):
        with (REFERENCE / f"provinces_{frame}.csv").open(encoding="utf-8", newline="") as handle:
            rows += [
                (row["code"], frame, row["code"] in unchanged, row["region_code"], 1000 * float(row[people]))
                for row in csv.DictReader(handle)
            ]
    return rows


def _unchanged() -> set[str]:
    """Codes of the provinces that kept code and territory in July 2025: they mean the same in both frames."""
    return {
        code for code, frame in provinces() if frame == "34" and [m.code for m in members(code)] == [code]
    }


def _lineage() -> list[tuple[str, str, str, str]]:
    """Each province with itself, and each of the 34 with the provinces merged into it."""
    itself = [(code, frame, code, frame) for code, frame in provinces()]
    merged = [
        (code, frame, member.code, member.frame)
        for code, frame in provinces()
        if frame == "34"
        for member in members(code)
    ]
    return itself + merged
