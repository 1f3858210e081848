"""The Parquet files of a release: one a table, or one a year of figures in folders that DuckDB, Spark and others read.

A cut table lies in ``parquet/<table>/period_year=2024/part.parquet``; ``period_year`` is the year in which the period
begins, and rows without a period lie under ``__HIVE_DEFAULT_PARTITION__``, as elsewhere in the field. The column is
in the path alone, so that cut and uncut files hold the same columns. Releases made before tables were cut have one
file a table; both are read.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from coso.sql import identifier, literal
from publishing.tables import CUT_BY_YEAR, Table

#: Folder name of a cut table's rows that have no period.
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"


def write_parquet(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> None:
    """Write a table below the folder ``parquet`` of a release, rows in the order in which they lie."""
    if table.name not in CUT_BY_YEAR or "period_start" not in table.column_names:
        _write(connection, table, "true", folder / "parquet" / f"{table.name}.parquet")
        return
    years = connection.execute(
        f"select distinct year(period_start) from {identifier(table.name)} order by 1"
    ).fetchall()
    for (year,) in years or [(None,)]:
        place = folder / "parquet" / table.name / f"period_year={_NO_YEAR if year is None else year}"
        place.mkdir(parents=True)
        _write(
            connection,
            table,
            f"year(period_start) is not distinct from {year or 'null'}",
            place / "part.parquet",
        )


def _write(connection: duckdb.DuckDBPyConnection, table: Table, which: str, path: Path) -> None:
    connection.execute(
        f"copy (select * from {identifier(table.name)} where {which}) to {literal(path)} "
        "(format parquet, compression zstd)"
    )


def parquet_source(release: Path, table: str) -> str | None:
    """Return what to select from, in SQL, to read a table of a release; None where the release has no such table."""
    single, cut = release / "parquet" / f"{table}.parquet", release / "parquet" / table
    if single.exists():
        return f"read_parquet({literal(single)})"
    if cut.is_dir():
        return f"read_parquet({literal(cut / '*' / '*.parquet')}, hive_partitioning = false)"
    return None
