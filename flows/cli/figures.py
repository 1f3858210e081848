"""``coso facts`` and ``coso sql``: reading the published figures."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, Group
from rich.table import Table

from coso.errors import BadInputError
from flows.cli.lakes import the_lake
from flows.cli.terminal import errors, marked_number, out, table, vietnamese_number
from flows.cli.writing import Format, write_rows

if TYPE_CHECKING:
    from publishing import Release
    from publishing.reading import Row


class Frame(StrEnum):
    """Sets of provinces: a code, and many a name, is of another territory in each."""

    UNTIL_2025 = "63"
    SINCE_2025 = "34"


AskedRelease = Annotated[
    str | None, typer.Option("--release", help="Name of an earlier release; the current one by default.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(facts)
    app.command()(sql)


def facts(
    province: Annotated[
        str | None, typer.Option(help="Name in any spelling, with or without diacritics, or code.")
    ] = None,
    metric: Annotated[str | None, typer.Option(help="Metric code, or a part of its code or name.")] = None,
    period: Annotated[
        str | None, typer.Option(help="2024, 2024-H1, ...; a year shows its parts too.")
    ] = None,
    frame: Annotated[
        Frame | None, typer.Option(help="Provinces until 2025-06-30 (63) or since (34); both by default.")
    ] = None,
    release: AskedRelease = None,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
) -> None:
    """Show the published figures: one row a province, metric and period.

    The frame says which set of provinces a row is of: one of the 63 and one of the 34 may share code and name. A figure
    that was told loosely has a mark: > the exact one is larger, < smaller, ≈ near it. The last column is the fact that
    was chosen; `coso trace` with it shows the sentence and the stored page.
    """
    from publishing.reading import FIGURE_COLUMNS, count_held, figures
    from publishing.wanted import Filter

    asked, wanted = the_release(release), Filter(province, metric, period, frame)
    rows, held = figures(asked, wanted), count_held(asked, wanted)
    if form is Format.TABLE:
        out.print(figures_table(rows))
    else:
        write_rows(form, FIGURE_COLUMNS, ([row[name] for name in FIGURE_COLUMNS] for row in rows))
    tell_held(held, errors if form is not Format.TABLE else out)


def tell_held(count: int, console: Console) -> None:
    """Say how many figures are not among those shown because a check holds them, and where they are told."""
    if count:
        console.print(
            f"{count} matching {'figures are' if count > 1 else 'figure is'} held from publication by checks and not "
            "shown: `coso hold list` says which and why, `coso hold release` lets them go",
            soft_wrap=True,
        )


def sql(
    statement: Annotated[str, typer.Argument(help="A SELECT over the tables of docs/tables.md.")],
    release: AskedRelease = None,
    form: Annotated[Format, typer.Option("--format", help="How to write the rows.")] = Format.TABLE,
) -> None:
    """Ask a release a question in SQL; nothing can be written. CSV and JSON lines are written as the rows come."""
    from publishing.reading import asked

    with asked(the_release(release), statement) as answer:
        if form is Format.TABLE:
            out.print(table("", answer.columns, answer.rows))
        else:
            write_rows(form, answer.columns, answer.rows)


def the_release(name: str | None = None) -> Release:
    """Return a release by its name, the current one by default.

    Raises:
        BadInputError: nothing was published yet, or there is none of that name.
    """
    from publishing import current_release
    from publishing.history import find

    lake = the_lake()
    if name is not None:
        return find(lake, name)
    release = current_release(lake)
    if release is None:
        raise BadInputError(f"{lake.published} holds no release", "run `coso demo` or `coso run` first")
    return release


def figures_table(rows: list[Row]) -> object:
    """Return figures as a table for the terminal."""
    cells: list[tuple[object, ...]] = [
        (
            row["province"],
            row["frame"],
            row["metric"],
            row["period"],
            marked_number(row["value"], row["approx_direction"]),
            row["unit"],
            row["n_sources"],
            _agreement(row),
            row["fact_id"],
        )
        for row in rows
    ]
    columns: tuple[str, ...] = (
        "province",
        "frame",
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
    shown = table(
        f"{len(rows)} figures", columns, cells, numbers=("value", "sources"), whole=("fact", "period")
    )
    if len({row["frame"] for row in rows}) > 1:
        shown.caption = (
            "frame 63: the provinces until 2025-06-30; frame 34: those since, many under an old name"
        )
    return shown


def province_tables(rows: list[Row]) -> Group:
    """Return one table a province: metrics down, periods across.

    A small figure behind a value is the number of sources that agree; an exclamation mark says they do not. A mark
    before it says that it was told loosely: > the exact one is larger, < smaller, ≈ near it.
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
    value = marked_number(row["value"], row["approx_direction"])
    if row["agreement"] == "conflict":
        return f"{value}!"
    return value + (str(row["n_sources"]).translate(_SUPERSCRIPTS) if row["n_sources"] > 1 else "")


def _agreement(row: Row) -> str:
    if row["is_stale"]:
        return f"{row['agreement']}, stale: the new one is held"
    if row["agreement"] != "conflict" or row["runner_up_value"] is None:
        return str(row["agreement"])
    return f"conflict ({vietnamese_number(row['runner_up_value'])})"
