"""``coso status``: what ran, what is current, what is wrong."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from coso.errors import ExitCode
from coso.lake import Lake, read_rows, read_table
from coso.records import Outcome, RunRow, from_table
from flows.cli.alerts import show_page
from flows.cli.keys import tombstone_cells
from flows.cli.lakes import the_lake
from flows.cli.terminal import out, table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(
    runs: Annotated[int, typer.Option(help="How many of the latest runs to show.")] = 5,
) -> None:
    """Show the latest runs, the release, what fetching met, the open incidents, and where all checks are told.

    Exits with 1 when the latest run failed or a critical incident is open, so that a script can watch it.
    """
    from expectations.incidents import read_incidents
    from expectations.terminal import render_terminal
    from publishing import current_release

    lake = the_lake()
    rows = sorted(from_table(RunRow, read_table(lake.quality / "runs", RunRow)), key=lambda r: r.started_at)
    out.print(
        table(
            "runs",
            ("run", "flow", "started (UTC)", "seconds", "status", "release"),
            map(_run_cells, rows[-runs:]),
        )
    )
    release = current_release(lake)
    out.print(
        f"release: {release.path if release else 'none yet; run `coso demo` or `coso run`'}", soft_wrap=True
    )
    if rows:
        _show_outcomes(lake, rows[-1].run_id)
    _show_pauses(lake)
    _show_tombstones(lake)
    incidents = read_incidents(lake)
    out.print(render_terminal(incidents))
    show_page(lake)
    if (rows and rows[-1].status != "completed") or any(
        i.severity == "critical" and i.status == "open" for i in incidents
    ):
        raise typer.Exit(ExitCode.FAILED)


def _show_pauses(lake: Lake) -> None:
    from scrapers.pauses import Pauses

    for pause in Pauses(lake).all_standing():
        out.print(f"left alone: {pause.source_key}: {pause}", soft_wrap=True, markup=False)


def _show_tombstones(lake: Lake) -> None:
    from scrapers.destruction import read_tombstones

    cells = [tombstone_cells(row) for row in read_tombstones(lake)]
    if cells:
        columns = ("source", "key", "answers", "what")
        out.print(table("archived pages destroyed", columns, cells, numbers=("answers",)))


def _run_cells(row: RunRow) -> tuple[object, ...]:
    seconds = f"{(row.ended_at - row.started_at).total_seconds():.0f}" if row.ended_at else ""
    return row.run_id, row.flow, f"{row.started_at:%Y-%m-%d %H:%M}", seconds, row.status, row.release


def _show_outcomes(lake: Lake, run_id: str) -> None:
    import pyarrow.compute as pc

    attempts = read_rows(
        lake.outcomes,
        Outcome,
        ["source_key", "outcome"],
        pc.field("run_id") == run_id,
        f"*--{run_id}*.parquet",
    )
    counts = Counter((row["source_key"], row["outcome"]) for row in attempts)
    cells = [(source, outcome, count) for (source, outcome), count in sorted(counts.items())]
    out.print(
        table("outcomes of the latest run", ("source", "outcome", "attempts"), cells, numbers=("attempts",))
    )
