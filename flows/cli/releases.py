"""``coso release``: the releases, and whether they are whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape

from flows.cli.figures import the_release
from flows.cli.lakes import the_lake
from flows.cli.terminal import out, table

commands = typer.Typer(
    help="List, verify and compare releases, and go back to an earlier one.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(commands, name="release")


@commands.command("list")
def list_() -> None:
    """List all releases, oldest first; the current one is marked, and damaged ones are named."""
    from publishing import list_releases
    from publishing.release import current_name, find_damaged

    lake = the_lake()
    current = current_name(lake)
    cells = [
        (
            "*" if release.name == current else "",
            release.name,
            release.created_at,
            sum(release.tables.values()),
        )
        for release in list_releases(lake)
    ]
    out.print(table("releases", ("", "name", "created (UTC)", "rows"), cells, numbers=("rows",)))
    for error in find_damaged(lake):
        out.print(f"[bold red]damaged:[/bold red] {escape(str(error))}", soft_wrap=True)


@commands.command("verify")
def verify_(
    name: Annotated[str | None, typer.Argument(help="Release; the current one by default.")] = None,
) -> None:
    """Check a release's files against its checksums and its rows against its digest."""
    from publishing import verify

    release = the_release(name)
    for line in verify(release):
        out.print(f"{release.name}: {line}")


@commands.command()
def diff(
    new: Annotated[str | None, typer.Argument(help="Release; the current one by default.")] = None,
    old: Annotated[
        str | None, typer.Argument(help="Release to compare with; the one before by default.")
    ] = None,
) -> None:
    """Show what changed in a release: rows added, removed and changed a table, with examples."""
    from publishing.diff import summarise
    from publishing.history import compare, find

    later = the_release(new)
    if old is None:
        out.print((later.path / "DIFF.md").read_text(encoding="utf-8"), markup=False)
    else:
        out.print(summarise(compare(find(the_lake(), old), later), old), markup=False)


@commands.command()
def rollback(
    name: Annotated[str, typer.Argument(help="Release to go back to.")],
    reason: Annotated[str, typer.Option(help="Why; kept beside the releases.")],
) -> None:
    """Make an earlier release the current one, and keep it current until `coso release unpin`."""
    from publishing.history import rollback as go_back

    with the_lake().exclusive("release rollback"):
        release = go_back(the_lake(), name, reason, datetime.now(UTC))
    out.print(f"current: {release.name} (pinned; later runs publish beside it until `coso release unpin`)")


@commands.command()
def unpin() -> None:
    """Let the next run's release become the current one again."""
    from publishing.history import unpin as let_go

    with the_lake().exclusive("release unpin"):
        let_go(the_lake())
    out.print("unpinned: the next run decides what is current")
