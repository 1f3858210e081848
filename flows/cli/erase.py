"""``coso erase``: taking down what the lake holds of one address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from coso.settings import load_settings
from flows.cli.lakes import next_step, the_lake
from flows.cli.terminal import out


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(erase)


def erase(
    url: Annotated[str, typer.Argument(help="Address of the article or feedback item.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept for ever.")],
    by: Annotated[str, typer.Option(help="Who erases; it is kept for ever.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase one article or feedback item: its archived pages, what was read from them, and every copy in the lake.

    A tombstone stays, which says who, when and why. The address is not fetched again. Releases that are published
    stand; the next one is made without it.
    """
    from flows.erasing import erase as take_down

    if not yes and not typer.confirm(f"Erase everything the lake holds of {url}? Nothing brings it back"):
        raise typer.Abort
    settings = load_settings()
    lake = the_lake()
    with lake.exclusive("erase"):
        done = take_down(settings, url, reason=reason, by=by, now=datetime.now(UTC))
    made = done.tombstone
    out.print(f"{made.captures} archived answers of {made.source_key} in {made.files} files erased")
    if done.named_by:
        out.print(f"{len(done.named_by)} other archived pages name it; erase them too if need be:")
    for address in done.named_by:
        out.print(f"  {address}", soft_wrap=True, markup=False)
    out.print(f"Copies of the lake hold them still: clear them too. {next_step(lake)}")
