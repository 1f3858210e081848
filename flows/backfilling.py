"""Bringing a source's past into the lake: fetch it, land it, read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coso.settings import Settings
from flows import steps
from flows.run import new_run

if TYPE_CHECKING:
    from scrapers.backfill import BackfillProgress, BackfillResult


@dataclass(frozen=True)
class Backfilled:
    """What a backfill fetched, and the rows read from it."""

    fetched: BackfillResult
    rows: dict[str, int]


def backfill(
    settings: Settings,
    source_key: str,
    since: date,
    until: date,
    *,
    max_pages: int | None = None,
    on_progress: Callable[[BackfillProgress], None] | None = None,
) -> Backfilled:
    """Fetch what a source published from ``since`` to ``until`` and read it; the caller holds the lake.

    Started again with the same days it goes on where it was. What was read is published by the next run.

    Raises:
        BadInputError: the source is unknown, the days are in the wrong order, or no contact address is set.
    """
    from scrapers.backfill import backfill as walk

    run = new_run(settings, [source_key])
    (source,) = run.sources()
    steps.prepare(run)
    fetched = walk(source, run.lake, run.run_id, settings, since, until, on_progress, max_pages=max_pages)
    landed = steps.land_source(run, source)
    steps.land_registry(run)
    read = steps.read_source(run, source.key)
    return Backfilled(fetched, dict(landed + read + steps.group_reports(run)))
