"""Reading a release: the questions the command line asks of the published tables."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

import duckdb

from coso.errors import BadInputError, first_line
from coso.text import strip_marks
from publishing.release import Release

Row = dict[str, Any]


@dataclass(frozen=True)
class Filter:
    """What figures to show; an empty field shows all.

    Attributes:
        province: a name with or without diacritics, or a two-digit code.
        metric: a metric code, or a part of its name.
        period: a period in the notation of docs/periods.md, or a year that matches its parts.
    """

    province: str | None = None
    metric: str | None = None
    period: str | None = None


def figures(release: Release, wanted: Filter) -> list[Row]:
    """Return reconciled values with the names of province and metric.

    Raises:
        BadInputError: the province or the metric fits nothing; names the nearest.
    """
    with duckdb.connect(str(release.database), read_only=True) as connection:
        provinces = _resolve(connection, "dim_province", "province_code", "name_vi", wanted.province)
        metrics = _resolve(connection, "dim_metric", "metric", "name_vi", wanted.metric)
        # Releases made before holds were marked, or forms were read, do not have the columns.
        stale = "v.is_stale" if _has(connection, "fct_metric_value", "is_stale") else "false as is_stale"
        located = _has(connection, "fct_metric_observation", "locator")
        return _rows(
            connection,
            f"""
            select p.name_vi as province, v.province_code, v.frame, v.metric, m.name_vi as metric_name,
                   v.period, v.period_end,
                   v.value, m.unit_vi as unit, v.n_sources, v.agreement, v.runner_up_value,
                   {stale}, v.chosen_fact_id as fact_id, {"o.locator" if located else "null"} as cell
            from fct_metric_value as v
            join dim_province as p using (province_code, frame)
            join dim_metric as m using (metric)
            left join fct_metric_observation as o on v.chosen_fact_id = o.fact_id
            where (? is null or list_contains(?, v.province_code))
              and (? is null or list_contains(?, v.metric))
              and (? is null or v.period = ? or starts_with(v.period, ? || '-'))
            order by p.name_vi, v.frame, m.theme, v.metric, v.period
            """,
            [provinces, provinces, metrics, metrics, wanted.period, wanted.period, wanted.period],
        )


def observation(release: Release, fact_id: str) -> Row:
    """Return one published observation with its evidence.

    Raises:
        BadInputError: the release has no such observation.
    """
    with duckdb.connect(str(release.database), read_only=True) as connection:
        found = _rows(connection, "select * from fct_metric_observation where fact_id = ?", [fact_id])
    if not found:
        raise BadInputError(
            f"release {release.name} has no observation {fact_id}",
            "take a fact id from `coso facts --format csv`",
        )
    return found[0]


def query(release: Release, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run a read-only statement on a release; return the column names and the rows.

    Raises:
        BadInputError: the statement is not valid, or tries to write.
    """
    with duckdb.connect(str(release.database), read_only=True) as connection:
        connection.execute("set enable_external_access = false")
        try:
            cursor = connection.execute(sql)
            rows = cursor.fetchall()  # most of a statement runs only here
        except duckdb.Error as error:
            raise BadInputError(f"the statement fails: {first_line(error)}", "see docs/tables.md") from None
        return [column[0] for column in cursor.description or ()], rows


def _resolve(
    connection: duckdb.DuckDBPyConnection, table: str, key: str, name: str, wanted: str | None
) -> list[str] | None:
    if wanted is None:
        return None
    known: list[tuple[str, str]] = connection.execute(
        f"select distinct {key}, {name} from {table}"
    ).fetchall()
    plain = _plain(wanted)
    exact = [code for code, label in known if plain in {_plain(code), _plain(label)}]
    found = exact or [code for code, label in known if len(plain) >= 3 and plain in _plain(label)]
    if found:
        return found
    near = difflib.get_close_matches(
        plain, [_plain(label) for _, label in known] + [code for code, _ in known], 3
    )
    mend = f"did you mean {', '.join(near)}?" if near else f"see table {table} for the names"
    raise BadInputError(f"no {table.removeprefix('dim_')} fits {wanted!r}", mend)


def _has(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_columns() where table_name = ? and column_name = ?", [table, column]
    ).fetchone()
    return found is not None


def _plain(text: str) -> str:
    return " ".join(strip_marks(text).split())


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[object]) -> list[Row]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
