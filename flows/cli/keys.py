"""``coso keys``: the keys that seal archives with personal data, and their destruction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from coso.errors import BadInputError
from coso.settings import Settings, load_settings
from flows.cli.lakes import next_step, the_lake
from flows.cli.terminal import out, table
from flows.registry import active_registry

if TYPE_CHECKING:
    from coso.records import Tombstone
    from scrapers.destruction import SealedArchive
    from scrapers.sourcefile import Source

keys = typer.Typer(
    help="List and destroy the keys of archives that hold personal data.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(keys, name="keys")


@keys.command("list")
def list_(
    source: Annotated[str | None, typer.Argument(help="Key of a source; all by default.")] = None,
) -> None:
    """List what each key seals, how old it is, and what was destroyed when and why."""
    from scrapers.destruction import sealed_archives

    settings = load_settings()
    archives = sealed_archives(the_lake(), source)
    columns = ("source", "key", "answers", "files", "from", "to", "state")
    numbers = ("answers", "files")
    title = f"{len(archives)} keys"
    rows = [_cells(one, settings) for one in archives]
    out.print(table(title, columns, rows, numbers=numbers, whole=("key",)))


@keys.command("destroy")
def destroy(
    source: Annotated[str, typer.Argument(help="Key of the source.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept for ever.")],
    by: Annotated[str, typer.Option(help="Who destroys; it is kept for ever.")],
    older_than: Annotated[
        int | None,
        typer.Option(min=1, help="Only keys whose last page was fetched more than so many days ago."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Destroy the keys of a source: the pages they seal can never be read again.

    What was read from the pages, personal data masked, stays. The next crawl seals with a new key.
    """
    from scrapers.destruction import destroy_archives

    settings, now = load_settings(), datetime.now(UTC)
    if not yes and not typer.confirm(f"Destroy the archived pages of {source}? Nothing brings them back"):
        raise typer.Abort
    lake = the_lake()
    before = now - timedelta(days=older_than) if older_than else None
    with lake.exclusive("keys destroy"):
        made = destroy_archives(
            lake, source, _source(settings, source), reason=reason, by=by, now=now, before=before
        )
    for tombstone in made:
        out.print(f"{tombstone.key_id}: {tombstone.captures} answers in {tombstone.files} files destroyed")
    out.print(f"Copies of the keyring hold the keys still: clear them too. {next_step(lake)}")


def tombstone_cells(row: Tombstone) -> tuple[object, ...]:
    """Return the cells of a destruction: source, key, answers, and what happened."""
    from scrapers.keyring import told

    return row.source_key, row.key_id, row.captures, told(row)


def _cells(archive: SealedArchive, settings: Settings) -> tuple[object, ...]:
    return (
        archive.source_key,
        archive.key_id,
        len(archive.captures),
        len(archive.files),
        f"{archive.oldest:%Y-%m-%d}" if archive.oldest else None,
        f"{archive.newest:%Y-%m-%d}" if archive.newest else None,
        _state(archive, settings),
    )


def _state(archive: SealedArchive, settings: Settings) -> str:
    from scrapers.keyring import told

    if archive.tombstone:
        return told(archive.tombstone)
    if archive.key is None:
        return "lost: not in the keyring"
    days = (datetime.now(UTC) - (archive.newest or archive.key.made_at)).days
    if days <= settings.retention_days:
        return f"readable, {days} days old"
    return f"readable, {days} days old: destroy it (COSO_RETENTION_DAYS is {settings.retention_days})"


def _source(settings: Settings, key: str) -> Source | None:
    try:
        return active_registry(settings).get(key)
    except BadInputError:
        return None  # no longer in the registry; its archive is still there
