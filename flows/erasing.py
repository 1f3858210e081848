"""Erasing an address from the lake, and landing its source again without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coso.errors import BadInputError
from coso.settings import Settings
from flows import steps
from flows.run import Run, new_run

if TYPE_CHECKING:
    from datetime import datetime

    from coso.records import Tombstone


@dataclass(frozen=True)
class Erased:
    """The tombstone of an erased address, and the addresses of other archived pages that name it."""

    tombstone: Tombstone
    named_by: list[str]


def erase(settings: Settings, url: str, *, reason: str, by: str, now: datetime) -> Erased:
    """Erase everything the lake holds of an address, and bring the landed rows up to that; the caller holds the lake.

    Raises:
        BadInputError: nothing is archived of the address, or reason or name is empty.
        EnvironmentProblemError: a file cannot be written.
    """
    from scrapers.erasure import erase_address, pages_that_name

    run = new_run(settings)
    steps.prepare(run)
    tombstone = erase_address(run.lake, url, reason=reason, by=by, now=now)
    land_without(run, tombstone.source_key)
    return Erased(tombstone, pages_that_name(run.lake, tombstone.source_key, url))


def land_without(run: Run, source_key: str) -> None:
    """Land a source anew from what its archive holds now, and group the reports of all."""
    try:
        source = run.registry().get(source_key)
    except BadInputError:
        pass  # no longer in the registry: what was landed of it is gone until it is
    else:
        steps.land_source(run, source, rebuild=True)
    steps.read_source(run, source_key)
    steps.group_reports(run)
