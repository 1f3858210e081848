"""``coso release``: the releases, and whether they are whole."""

from __future__ import annotations

from typing import Annotated

import typer

from coso.errors import BadInputError
from coso.lake import Lake
from coso.settings import load_settings
from flows.cli.figures import the_release
from flows.cli.terminal import out, table

commands = typer.Typer(help="List and verify releases.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(commands, name="release")


@commands.command("list")
def list_() -> None:
    """List all releases, oldest first; the current one is marked."""
    from publishing import current_release, list_releases

    lake = Lake(load_settings().home)
    current = current_release(lake)
    cells = [
        ("*" if release == current else "", release.name, release.created_at, sum(release.tables.values()))
        for release in list_releases(lake)
    ]
    out.print(table("releases", ("", "name", "created (UTC)", "rows"), cells, numbers=("rows",)))


@commands.command("verify")
def verify_(
    name: Annotated[str | None, typer.Argument(help="Release; the current one by default.")] = None,
) -> None:
    """Check a release's files against its checksums and its rows against its digest."""
    from publishing import list_releases, verify

    release = the_release()
    if name is not None:
        found = {r.name: r for r in list_releases(Lake(load_settings().home))}
        if name not in found:
            raise BadInputError(f"there is no release {name}", "see `coso release list`")
        release = found[name]
    for line in verify(release):
        out.print(f"{release.name}: {line}")
