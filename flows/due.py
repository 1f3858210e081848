"""Which sources a scheduled run visits: those whose own schedule has come since they were last visited."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coso.lake import Lake, read_table
from coso.records import Crawl, from_table
from scrapers.schedule import last_due

if TYPE_CHECKING:
    from scrapers.sourcefile import Source

#: A crawl that could not ask for anything, outside the hours of its source, was no visit.
_NO_VISIT = "closed"


def is_due(lake: Lake, source: Source, now: datetime) -> bool:
    """Say whether the schedule of a source has come since its last crawl; a crawl that was killed does not count."""
    due = last_due(source.schedule, now)
    last = _last_visit(lake, source.key)
    return due is not None and (last is None or last < due)


def _last_visit(lake: Lake, source_key: str) -> datetime | None:
    """Return when the last crawl of a source began, looking at the newest days first."""
    for day in sorted(lake.crawls.glob("date=*"), reverse=True):
        rows = from_table(Crawl, read_table(day, Crawl, f"{source_key}--*.parquet"))
        visits = [row.started_at for row in rows if row.sight != _NO_VISIT]
        if visits:
            return max(visits)
    return None
