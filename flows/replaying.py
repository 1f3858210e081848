"""Rebuilding the landed zone from the archive, and telling what that changed."""

from __future__ import annotations

from dataclasses import dataclass
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


def replay(settings: Settings, source_keys: tuple[str, ...]) -> ReplayResult:
    """Rebuild every landed table of the named sources, or of all that have captures.

    Raises:
        BadInputError: a named source is unknown, or nothing was ever captured.
    """
    run = new_run(settings, source_keys)
    steps.prepare(run)
    before = _digests(run.lake)
    sources = _captured(run)
    reporter().stage("replay", len(sources))
    for source in sources:
        steps.land_source(run, source, rebuild=True)
        steps.read_source(run, source.key)
        reporter().advance(source.key)
    after = _digests(run.lake)
    changed = sum(before[path] != digest for path, digest in after.items() if path in before)
    added, removed = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    return ReplayResult(len(sources), len(after), changed, added, removed)


def _captured(run: Run) -> list[Source]:
    keys = {path.name.removeprefix("source=") for path in run.lake.warc.glob("source=*")}
    if not keys:
        raise BadInputError(f"{run.lake.warc} holds no captures", "run `coso run` or `coso demo` first")
    if run.source_keys:
        return run.sources()
    return [source for source in run.registry().sources if source.key in keys]


def _digests(lake: Lake) -> dict[Path, str]:
    return {path: sha256_hex(path.read_bytes()) for path in lake.landed.rglob("*.parquet")}
