"""Reading a release: the questions the command line asks of the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

import duckdb

from coso.approximation import approx_direction
from coso.errors import BadInputError
from publishing.opening import open_database, said
from publishing.release import Release
from publishing.wanted import Filter, condition

Row = dict[str, Any]

#: Columns of a figure, in their order.
FIGURE_COLUMNS = (
    "province", "province_code", "frame", "metric", "metric_name", "period", "period_end", "value",
    "is_approximate", "approx_direction", "unit", "n_sources", "agreement", "runner_up_value", "is_stale",
    "fact_id", "cell",
)  # fmt: skip

#: Rows that are fetched at a time.
_BATCH = 2000


@dataclass(frozen=True)
class Answer:
    """What a statement gives: its columns, and its rows as they come."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


def figures(release: Release, wanted: Filter) -> list[Row]:
    """Return reconciled values with the names of province and metric, by `FIGURE_COLUMNS`.

    ``approx_direction`` says where the exact number lies, seen from the one told: above, below or about; None for
    exact ones.

    Raises:
        BadInputError: the province, metric or period fits nothing; names the nearest.
        CosoError: the release's database is damaged.
    """
    with open_database(release.database) as connection:
        where = condition(connection, wanted)
        # Releases made before holds were marked, or forms were read, do not have the columns.
        stale = "v.is_stale" if _has(connection, "fct_metric_value", "is_stale") else "false"
        located = "o.locator" if _has(connection, "fct_metric_observation", "locator") else "null"
        found = _rows(
            connection,
            f"""
            select p.name_vi as province, v.province_code, v.frame, v.metric, m.name_vi as metric_name,
                   v.period, v.period_end, v.value, v.is_approximate, o.approx as approx_direction,
                   m.unit_vi as unit, v.n_sources, v.agreement, v.runner_up_value,
                   {stale} as is_stale, v.chosen_fact_id as fact_id, {located} as cell
            from fct_metric_value as v
            join dim_province as p using (province_code, frame)
            join dim_metric as m using (metric)
            left join fct_metric_observation as o on v.chosen_fact_id = o.fact_id
            where {where.sql}
            order by p.name_vi, v.frame desc, m.theme, v.metric, v.period
            """,
            where.parameters,
        )
    return [row | {"approx_direction": _direction(row)} for row in found]


def _direction(row: Row) -> str | None:
    """Return where the exact number lies; the value is told loosely only where all its readings are."""
    return (approx_direction(row["approx_direction"]) or "about") if row["is_approximate"] else None


def count_held(release: Release, wanted: Filter) -> int:
    """Return how many figures that are asked for were read, but are kept from publication by a check.

    Raises:
        BadInputError: the province, metric or period fits nothing.
        CosoError: the release's database is damaged.
    """
    with open_database(release.database) as connection:
        if not _has(connection, "fct_publication_hold", "metric"):
            return 0
        where = condition(connection, wanted)
        (count,) = connection.execute(
            f"""
            select count(distinct (v.province_code, v.frame, v.metric, v.period))
            from fct_metric_observation as v
            semi join fct_publication_hold as hold
                on v.province_code = hold.province_code and v.frame = hold.frame
                and v.metric = coalesce(hold.metric, v.metric)
            anti join fct_metric_value as shown
                on v.province_code = shown.province_code and v.frame = shown.frame
                and v.metric = shown.metric and v.period = shown.period
            where v.is_reconcilable and {where.sql}
            """,
            where.parameters,
        ).fetchone() or (0,)
    return int(count)


def observation(release: Release, fact_id: str) -> Row:
    """Return one published observation with its evidence.

    Raises:
        BadInputError: the release has no such observation.
        CosoError: the release's database is damaged.
    """
    with open_database(release.database) as connection:
        found = _rows(connection, "select * from fct_metric_observation where fact_id = ?", [fact_id])
    if not found:
        raise BadInputError(
            f"release {release.name} has no observation {fact_id}",
            "take a fact id from `coso facts --format csv`",
        )
    return found[0]


@contextmanager
def asked(release: Release, sql: str) -> Iterator[Answer]:
    """Run a read-only statement on a release; its rows come while the block lasts, a batch at a time.

    Raises:
        BadInputError: the statement is empty, is not valid, or tries to write; also where rows are taken.
        CosoError: the release's database is damaged.
    """
    with open_database(release.database) as connection:
        connection.execute("set enable_external_access = false")
        try:
            statements = connection.extract_statements(sql)
            if not statements:
                raise BadInputError(
                    "the statement is empty", "write a SELECT over the tables of docs/tables.md"
                )
            cursor = connection.execute(sql)
            # Much of a statement runs only when rows are taken: an error of the first ones comes before any is told.
            first = cursor.fetchmany(_BATCH)
            yield Answer([column[0] for column in cursor.description or ()], chain(first, _further(cursor)))
        except duckdb.Error as error:
            raise BadInputError(f"the statement fails: {said(error)}", "see docs/tables.md") from None


def _further(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := cursor.fetchmany(_BATCH):
        yield from batch


def _has(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_columns() where table_name = ? and column_name = ?", [table, column]
    ).fetchone()
    return found is not None


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[object]) -> list[Row]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
