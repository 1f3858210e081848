"""The commands of ``coso`` and how they end: one line an error, an exit code a script can read."""

from __future__ import annotations

import sys

import typer
from rich.markup import escape

import coso
from coso.errors import CosoError
from flows.cli import (
    alerts,
    backfilling,
    deadman,
    extract,
    figures,
    holding,
    importing,
    keys,
    newsource,
    pipeline,
    releases,
    review,
    sources,
    status,
    trace,
)
from flows.cli.terminal import errors

_HELP = """\
Cơ Sở: reported figures on grassroots democracy in Vietnam, each traced to the sentence it was read from.

Begin with [bold]coso demo[/bold]: it starts sample portals on this machine and runs everything once. Then
[bold]coso facts[/bold] shows the figures and [bold]coso trace ID[/bold] opens the page behind one.

Every file lies under COSO_HOME (default ./data). Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input,
4 something else holds it, 5 the surroundings are wrong.
"""

app = typer.Typer(
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
)
for room in (
    pipeline,
    importing,
    backfilling,
    figures,
    trace,
    review,
    extract,
    sources,
    newsource,
    status,
    alerts,
    holding,
    deadman,
    releases,
    keys,
):
    room.register(app)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    if version:
        typer.echo(f"coso {coso.__version__}")
        raise typer.Exit


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    try:
        app(arguments)
    except CosoError as error:
        errors.print(f"[bold red]error:[/bold red] {escape(str(error))}", soft_wrap=True)
        sys.exit(error.exit_code)
