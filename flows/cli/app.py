"""The commands of ``coso`` and how they end: one line an error, an exit code a script can read."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, NoReturn, cast

import typer
from typer.core import TyperGroup
from typer.main import get_group

import coso
from coso.errors import CosoError

_HELP = """\
Cơ Sở: reported figures on grassroots democracy in Vietnam, each traced to the sentence it was read from.

Begin with [bold]coso demo[/bold]: it starts sample portals on this machine and runs everything once. Then
[bold]coso facts[/bold] shows the figures and [bold]coso trace ID[/bold] opens the page behind one.

Every file lies under COSO_HOME (default ./data). Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input,
4 something else holds it, 5 the surroundings are wrong.
"""

#: Every command in the order of the help, and the module that adds it.
COMMANDS = {
    **dict.fromkeys(("demo", "run", "replay", "serve"), "pipeline"),
    "import": "importing",
    "backfill": "backfilling",
    **dict.fromkeys(("facts", "sql"), "figures"),
    "trace": "trace",
    "review": "review",
    "extract": "extract",
    "sources": "sources",
    "new-source": "newsource",
    "status": "status",
    "alerts": "alerts",
    **dict.fromkeys(("hold", "bounds"), "holding"),
    "deadman": "deadman",
    "release": "releases",
    "erase": "erase",
    "keys": "keys",
}


class _Rooms(Mapping[str, Any]):
    """The commands by name, each made by its module when it is asked for: starting takes what is started."""

    def __getitem__(self, name: str) -> Any:
        room = typer.Typer(rich_markup_mode="rich", add_completion=False)
        importlib.import_module(f"flows.cli.{COMMANDS[name]}").register(room)
        return get_group(room).commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = cast("MutableMapping[str, Any]", _Rooms())

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, without making them."""
        return list(self.commands)


app = typer.Typer(
    cls=_Group,
    help=_HELP,
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
        _end_with(error)
    except Exception as error:
        from coso.room import full_disk
        from coso.settings import load_settings

        full = full_disk(load_settings().home, error)
        if full is None:
            raise
        _end_with(full)


def _end_with(error: CosoError) -> NoReturn:
    from rich.markup import escape

    from flows.cli.terminal import errors

    errors.print(f"[bold red]error:[/bold red] {escape(str(error))}", soft_wrap=True)
    sys.exit(error.exit_code)
