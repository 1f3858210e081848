"""``coso facts`` and ``coso sql``: reading the published figures."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group
from rich.table import Table

from coso.errors import BadInputError
from flows.cli.lakes import the_lake
from flows.cli.terminal import out, table, vietnamese_number

if TYPE_CHECKING:
    from publishing import Release
    from publishing.reading import Row


class Format(StrEnum):
    """How figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(facts)
    app.command()(sql)


def facts(
    province: Annotated[str | None, typer.Option(help="Name with or without diacritics, or code.")] = None,
    metric: Annotated[str | None, typer.Option(help="Metric code, or a part of its Vietnamese name.")] = None,
    period: Annotated[
        str | None, typer.Option(help="2024, 2024-H1, ...; a year shows its parts too.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
) -> None:
    """Show the published figures: one row a province, metric and period.

    The last column is the fact that was chosen; `coso trace` with it shows the sentence and the stored page.
    """
    from publishing.reading import Filter, figures

    rows = figures(the_release(), Filter(province, metric, period))
    if form is Format.TABLE:
        out.print(figures_table(rows))
    elif form is Format.CSV:
        _write_csv(rows)
    else:
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def sql(
    statement: Annotated[str, typer.Argument(help="A SELECT over the tables of docs/tables.md.")],
) -> None:
    """Ask the current release a question in SQL; nothing can be written."""
    from publishing.reading import query

    columns, rows = query(the_release(), statement)
    out.print(table("", columns, rows))


def the_release() -> Release:
    """Return the current release.

    Raises:
        BadInputError: nothing was published yet.
    """
    from publishing import current_release

    lake = the_lake()
    release = current_release(lake)
    if release is None:
        raise BadInputError(f"{lake.published} holds no release", "run `coso demo` or `coso run` first")
    return release


def figures_table(rows: list[Row]) -> object:
    """Return figures as a table for the terminal."""
    cells: list[tuple[object, ...]] = [
        (
            row["province"],
            row["metric"],
            row["period"],
            vietnamese_number(row["value"]),
            row["unit"],
            row["n_sources"],
            _agreement(row),
            row["fact_id"],
        )
        for row in rows
    ]
    columns: tuple[str, ...] = (
        "province",
        "metric",
        "period",
        "value",
        "unit",
        "sources",
        "agreement",
        "fact",
    )
    if any(row["cell"] for row in rows):
        columns = (*columns[:-1], "cell", "fact")
        cells = [(*cell[:-1], row["cell"], cell[-1]) for cell, row in zip(cells, rows, strict=True)]
    return table(
        f"{len(rows)} figures", columns, cells, numbers=("value", "sources"), whole=("fact", "period")
    )


def province_tables(rows: list[Row]) -> Group:
    """Return one table a province: metrics down, periods across.

    A small figure behind a value is the number of sources that agree; an exclamation mark says they do not.
    """
    provinces = dict.fromkeys((row["province"], row["frame"]) for row in rows)
    return Group(
        *(_province_table(p, [r for r in rows if (r["province"], r["frame"]) == p]) for p in provinces)
    )


def _province_table(province: tuple[str, str], rows: list[Row]) -> Table:
    by_time = sorted(rows, key=lambda row: (row["period_end"], row["period"]))
    periods = list(dict.fromkeys(row["period"] for row in by_time))
    cells: dict[str, dict[str, str]] = {}
    for row in rows:
        cells.setdefault(f"{row['metric_name']} ({row['unit']})", {})[row["period"]] = _marked(row)
    lines = [(name, *(values.get(period) for period in periods)) for name, values in cells.items()]
    return table(f"{province[0]} ({province[1]})", ("metric", *periods), lines, numbers=periods)


_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _marked(row: Row) -> str:
    value = vietnamese_number(row["value"])
    if row["agreement"] == "conflict":
        return f"{value}!"
    return value + (str(row["n_sources"]).translate(_SUPERSCRIPTS) if row["n_sources"] > 1 else "")


def _agreement(row: Row) -> str:
    if row["is_stale"]:
        return f"{row['agreement']}, stale: the new one is held"
    if row["agreement"] != "conflict" or row["runner_up_value"] is None:
        return str(row["agreement"])
    return f"conflict ({vietnamese_number(row['runner_up_value'])})"


def _write_csv(rows: list[Row]) -> None:
    if rows:
        writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
