"""``coso deadman``: the signal that comes when no run comes; to be started by a timer of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from coso.lake import Lake
from coso.settings import load_settings
from flows.cli.terminal import errors, out


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(deadman)


def deadman(
    every: Annotated[str, typer.Option(help="How often a run is due, such as 26h, 90m or 2d.")] = "26h",
) -> None:
    """Look once whether a run was completed in time, and tell the alert channels once when none was.

    Start it by a timer of its own, not by the scheduler it watches (docs/operations.md). Ends with 1 while no run
    has come, with 3 where its runs cannot be read and with 5 where there is no lake, which the channels hear of too.
    """
    from expectations.alerts import configured_routes
    from expectations.deadman import check, read_span, tell_all

    settings = load_settings()
    lake = Lake(settings.home)
    alert = check(lake, read_span(every))
    if alert is not None:
        errors.print(alert.said.en, markup=False, soft_wrap=True)
    routes, problems = configured_routes(settings.alert_url, settings.alert_routes)
    tell_all(lake, alert, routes)
    if problems:
        raise next(iter(problems.values()))
    if alert is not None:
        raise typer.Exit(alert.exit_code)
    out.print("a run was completed in time")
