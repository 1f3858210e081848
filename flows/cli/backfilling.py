"""``coso backfill``: a source's past, as politely as any crawl."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from coso.errors import ExitCode
from coso.lake import Lake
from coso.settings import load_settings
from flows.cli.lakes import next_step
from flows.cli.terminal import errors, out, read_day

if TYPE_CHECKING:
    from scrapers.backfill import BackfillProgress, BackfillResult


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(backfill)


def backfill(
    source: Annotated[str, typer.Option(help="Key of the source.")],
    since: Annotated[str, typer.Option("--from", help="First day, YYYY-MM-DD.")],
    until: Annotated[str, typer.Option("--to", help="Last day, YYYY-MM-DD.")],
    max_pages: Annotated[
        int | None, typer.Option(min=0, help="Most articles to ask for now; 0 only lists and estimates.")
    ] = None,
) -> None:
    """Fetch what a source published from one day to another, and read it.

    It keeps the source's pace, hours and permission, and can be stopped at any moment: started again with the same
    days it goes on where it was. `coso run --no-fetch` then checks and publishes what was read. Ends with 1 when none
    of the source's listings, feeds and sitemaps could be seen.
    """
    from flows import backfilling

    first, last = read_day("--from", since), read_day("--to", until)
    settings = load_settings()
    lake = Lake(settings.home)
    with lake.exclusive("backfill"), _bar(source) as tell:
        result = backfilling.backfill(settings, source, first, last, max_pages=max_pages, on_progress=tell)
    _print(result.fetched)
    read = ", ".join(f"{count} {name}" for name, count in sorted(result.rows.items()))
    out.print(f"read: {read or 'nothing'}. {next_step(lake)}")
    if result.fetched.blind:
        raise typer.Exit(ExitCode.FAILED)


def _print(fetched: BackfillResult) -> None:
    if fetched.unseen:
        more = f" and {len(fetched.unseen) - 3} more" if len(fetched.unseen) > 3 else ""
        out.print(
            f"could not be seen: {'; '.join(fetched.unseen[:3])}{more}. What only they name is missing: run it again",
            soft_wrap=True,
        )
    out.print(
        f"{fetched.listings} listings read, {fetched.found} addresses found, {fetched.in_range} wanted of "
        f"{fetched.since} to {fetched.until}: {fetched.known} known before, {fetched.stored} answers stored, "
        f"{fetched.left} left",
        soft_wrap=True,
    )
    if fetched.left:
        needed = timedelta(seconds=round(fetched.seconds_left))
        out.print(f"not at its end ({fetched.stopped}); the rest takes about {needed} at the source's pace")
    elif fetched.stopped:
        out.print(f"not at its end: {fetched.stopped}")


@contextmanager
def _bar(source: str) -> Iterator[Callable[[BackfillProgress], None]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[left]}"),
    )
    with Progress(*columns, console=errors) as progress:
        bar = progress.add_task(f"{source}: listings", total=None, left="")

        def tell(at: BackfillProgress) -> None:
            if at.planned is None or at.seconds_left is None:
                progress.update(bar, completed=at.done)
                return
            left = f"about {timedelta(seconds=round(at.seconds_left))} left"
            name = f"{source}: pages"
            progress.update(bar, description=name, completed=at.done, total=at.done + at.planned, left=left)

        yield tell
