"""One run: its identity, its lake, its sources, and the row that tells of it afterwards."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coso.lake import Lake, write_records
from coso.records import RunRow
from coso.settings import Settings, load_settings
from flows.registry import active_registry, sources_folder

if TYPE_CHECKING:
    from scrapers.registry import Registry
    from scrapers.sourcefile import Source


@dataclass(frozen=True)
class Run:
    """What every step of one run shares.

    Attributes:
        run_id: time and random part; appears in operational tables only, never in what is published.
        home: root of the lake.
        today: the day reports are judged against.
        sources_folder: folder of source files, or None for the packaged registry.
        source_keys: the sources of this run; empty for all that are active.
        contact: address for site owners.
        fetch: whether to fetch; without, what is in the lake is checked, built and published anew.
        scheduled: whether each source is fetched only when its own schedule has come.
    """

    run_id: str
    home: Path
    today: date
    sources_folder: Path | None
    source_keys: tuple[str, ...]
    contact: str
    fetch: bool = True
    scheduled: bool = False

    @property
    def lake(self) -> Lake:
        """The run's lake."""
        return Lake(self.home)

    @property
    def warehouse(self) -> Path:
        """The run's private warehouse build; always the same path, since dbt parses all anew for another."""
        return self.lake.warehouse / "build.duckdb"

    def registry(self) -> Registry:
        """Load the registry of the run."""
        return active_registry(replace(load_settings(), home=self.home, sources=self.sources_folder))

    def sources(self) -> list[Source]:
        """Return the sources to fetch: those named, or all that are neither legacy nor dead.

        Raises:
            BadInputError: a named source is not in the registry.
        """
        registry = self.registry()
        if not self.fetch:
            return []
        if self.source_keys:
            return [registry.get(key) for key in self.source_keys]
        return [source for source in registry.sources if source.status not in {"legacy", "dead"}]


def new_run(
    settings: Settings, source_keys: Sequence[str] = (), *, fetch: bool = True, scheduled: bool = False
) -> Run:
    """Begin a run with a new id."""
    now = datetime.now(UTC)
    return Run(
        run_id=f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}",
        home=settings.home,
        today=settings.today,
        sources_folder=sources_folder(settings),
        source_keys=tuple(source_keys),
        contact=settings.contact,
        fetch=fetch,
        scheduled=scheduled,
    )


def record_run(
    run: Run, flow: str, started_at: datetime, status: str, release: str | None, counts: dict[str, object]
) -> None:
    """Write the row that ``coso status`` and the operational marts read."""
    row = RunRow(run.run_id, flow, started_at, datetime.now(UTC), status, release, json.dumps(counts))
    write_records(run.lake.quality / "runs" / f"{run.run_id}.parquet", RunRow, [row])
