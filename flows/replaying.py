"""Rebuilding the landed zone from the archive, and telling what that changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coso.errors import BadInputError
from coso.ids import sha256_hex
from coso.lake import Lake
from coso.settings import Settings
from flows import steps
from flows.progress import reporter
from flows.run import Run, new_run

if TYPE_CHECKING:
    from scrapers.sourcefile import Source


@dataclass(frozen=True)
class ReplayResult:
    """Files of the landed zone after a replay, against those before."""

    sources: int
    files: int
    changed: int
    added: int
    removed: int
    destroyed: tuple[str, ...] = ()


def replay(settings: Settings, source_keys: tuple[str, ...], since: date | None = None) -> ReplayResult:
    """Rebuild every landed table of the named sources, or of all that have captures.

    Args:
        settings: settings of the installation.
        source_keys: sources to rebuild; none means all.
        since: only sources that captured a page on this day (UTC) or later. Each is rebuilt whole, since an article
            belongs to the day of its first capture.

    Raises:
        BadInputError: a named source is unknown, or nothing was captured, ever or since that day.
    """
    run = new_run(settings, source_keys)
    steps.prepare(run)
    before = _digests(run.lake)
    sources = _captured(run, since)
    reporter().stage("replay", len(sources))
    for source in sources:
        steps.land_source(run, source, rebuild=True)
        steps.read_source(run, source.key)
        reporter().advance(source.key)
    steps.group_reports(run)
    after = _digests(run.lake)
    changed = sum(before[path] != digest for path, digest in after.items() if path in before)
    added, removed = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    return ReplayResult(len(sources), len(after), changed, added, removed, _destroyed(run.lake, sources))


def _destroyed(lake: Lake, sources: list[Source]) -> tuple[str, ...]:
    """Say which pages could not be read again: of those of a key what had been read stays, of an address nothing."""
    from scrapers.destruction import read_tombstones
    from scrapers.erased import OF_ADDRESS
    from scrapers.keyring import told

    keys = {source.key for source in sources}
    rows = [row for row in read_tombstones(lake) if row.source_key in keys]
    return tuple(
        f"{row.captures} pages of {row.source_key}, of one address: {told(row)}; nothing of it stays"
        if row.key_id.startswith(OF_ADDRESS)
        else f"{row.captures} pages of {row.source_key}, key {row.key_id}: {told(row)}; "
        "what had been read from them stays"
        for row in rows
    )


def _captured(run: Run, since: date | None) -> list[Source]:
    first = f"date={since}" if since else ""
    days = (path for path in run.lake.warc.glob("source=*/date=*") if path.name >= first)
    keys = {day.parent.name.removeprefix("source=") for day in days}
    if not keys:
        when = f" since {since}" if since else ""
        raise BadInputError(
            f"{run.lake.warc} holds no captures{when}",
            "give an earlier day" if since else "run `coso run` or `coso demo` first",
        )
    if run.source_keys:
        return [source for source in run.sources() if not since or source.key in keys]
    return [source for source in run.registry().sources if source.key in keys]


def _digests(lake: Lake) -> dict[Path, str]:
    return {path: sha256_hex(path.read_bytes()) for path in lake.landed.rglob("*.parquet")}
