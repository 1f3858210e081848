"""Filling the folder of a release: tables copied from the warehouse build, holds applied, files written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from coso.records import Hold, to_table
from coso.sql import identifier, identifiers, literal
from publishing.digest import content_digest, file_sha256, table_digest
from publishing.parquet import parquet_source, write_parquet
from publishing.tables import KEYS, MARTS_SCHEMA, STALE, Column, Table, read_tables


@dataclass(frozen=True)
class Content:
    """What a release holds, before it has a name."""

    tables: list[Table]
    rows: dict[str, int]
    digests: dict[str, str]

    @property
    def digest(self) -> str:
        """Digest of all content tables; the same digest says the same things."""
        return content_digest(self.digests, self.tables)


def copy_marts(
    connection: duckdb.DuckDBPyConnection, build: Path, holds: Sequence[Hold], previous: Path | None
) -> Content:
    """Copy the marts of ``build`` into the open database.

    Values that are held are left out; where the release in folder ``previous`` has them, those are kept instead and
    marked as stale. A column that the earlier release did not have stays empty in them.
    """
    connection.execute(f"attach {literal(build)} as build (read_only)")
    tables = read_tables(connection, "build", MARTS_SCHEMA)
    _note_holds(connection, holds)
    for table in tables:
        _copy_table(connection, table, previous if holds else None)
    connection.execute("detach build")
    rows = {table.name: _count(connection, table) for table in tables}
    return Content(tables, rows, {table.name: table_digest(connection, table) for table in tables})


def _note_holds(connection: duckdb.DuckDBPyConnection, holds: Sequence[Hold]) -> None:
    connection.register("all_holds", to_table(Hold, holds))
    connection.execute(
        "create temp table held as select distinct province_code, frame, metric from all_holds"
    )
    connection.unregister("all_holds")


_IS_HELD = """
exists (
    select 1 from held
    where held.province_code = t.province_code and held.frame = t.frame and coalesce(held.metric, t.metric) = t.metric
)
"""


def _copy_table(connection: duckdb.DuckDBPyConnection, table: Table, previous: Path | None) -> None:
    columns = identifiers(table.column_names)
    rows = f"select {columns} from build.{MARTS_SCHEMA}.{identifier(table.name)} as t"
    if table.is_held:
        rows += f" where not {_IS_HELD}"
        kept = parquet_source(previous, table.name) if previous else None
        if kept and (stale := _stale_columns(connection, table, kept)):
            rows += f" union all select {stale} from {kept} as t where {_IS_HELD}"
    ordered = f"select * from ({rows}) order by {identifiers(table.order)}"
    connection.execute(f"create table {identifier(table.name)} as {ordered}")
    _copy_comments(connection, table)


def _stale_columns(connection: duckdb.DuckDBPyConnection, table: Table, old: str) -> str | None:
    """Return how a table's columns are read from an earlier release's files; None where they lack the key."""
    described = connection.execute(f"describe select * from {old}").fetchall()
    types = {row[0]: row[1] for row in described}
    if not {"province_code", "frame", "metric", *KEYS.get(table.name, ())} <= types.keys():
        return None
    return ", ".join(_stale_column(column, types.get(column.name)) for column in table.columns)


def _stale_column(column: Column, old_type: str | None) -> str:
    if column.name == STALE:
        return f"true as {identifier(STALE)}"
    if old_type != column.type:
        return f"cast(null as {column.type}) as {identifier(column.name)}"
    return f"t.{identifier(column.name)}"


def _copy_comments(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    connection.execute(f"comment on table {identifier(table.name)} is {literal(table.description)}")
    for column in table.columns:
        target = f"{identifier(table.name)}.{identifier(column.name)}"
        connection.execute(f"comment on column {target} is {literal(column.description)}")


def export_files(connection: duckdb.DuckDBPyConnection, tables: list[Table], folder: Path) -> None:
    """Write each table as Parquet and as CSV, in the stable order in which its rows were copied."""
    for kind in ("parquet", "csv"):
        (folder / kind).mkdir()
    for table in tables:
        write_parquet(connection, table, folder)
        select = ", ".join(_csv_column(column.name, column.type) for column in table.columns)
        path = literal(folder / "csv" / f"{table.name}.csv")
        connection.execute(
            f"copy (select {select} from {identifier(table.name)}) to {path} (format csv, header)"
        )


def _csv_column(name: str, kind: str) -> str:
    column = identifier(name)
    if not kind.startswith("TIMESTAMP"):
        return column
    utc = f"{column} at time zone 'UTC'" if kind.endswith("ZONE") else column
    return f"strftime({utc}, '%Y-%m-%dT%H:%M:%S.%fZ') as {column}"


def published_files(folder: Path) -> list[Path]:
    """Return the files of a release in their order, without the list of their checksums."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / "SHA256SUMS")


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` over every other file of the folder."""
    lines = [
        f"{file_sha256(path)}  {path.relative_to(folder).as_posix()}" for path in published_files(folder)
    ]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    (count,) = connection.execute(f"select count(*) from {identifier(table.name)}").fetchone() or (0,)
    return int(count)
