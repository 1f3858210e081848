"""The log of incidents: what happened to each, when, by whom; and how it stands by that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.records import HoldRelease, Incident, IncidentEvent, from_table

#: Who did what a run did.
PLATFORM = "coso"


@dataclass(frozen=True)
class Standing:
    """How an incident stands by its log.

    Attributes:
        acknowledged_by: who has taken it up since it last opened; None when nobody has.
        muted_until: until when nobody is told of it; None when it is not muted.
        muted_because: why.
        reopened_at: when it last came back; None when it never did.
        resolved_basis: the figures on which a person resolved it; None unless a person did, last.
    """

    acknowledged_by: str | None = None
    muted_until: datetime | None = None
    muted_because: str | None = None
    reopened_at: datetime | None = None
    resolved_basis: str | None = None

    def is_muted(self, now: datetime) -> bool:
        """Whether nobody is to be told of it now."""
        return self.muted_until is not None and now < self.muted_until

    def state(self, incident: Incident, now: datetime) -> str:
        """Return ``open``, ``acknowledged``, ``muted`` or ``resolved``."""
        if incident.status != "open":
            return "resolved"
        if self.is_muted(now):
            return "muted"
        return "acknowledged" if self.acknowledged_by else "open"


def event(
    incident_id: str,
    kind: str,
    happened_at: datetime,
    who: str = PLATFORM,
    reason: str | None = None,
    muted_until: datetime | None = None,
    basis: str | None = None,
) -> IncidentEvent:
    """Make an event; the same one made twice has the same id."""
    event_id = content_id("evt", [incident_id, kind, happened_at.isoformat(), who])
    return IncidentEvent(event_id, incident_id, kind, who, reason, muted_until, basis, happened_at)


def read_events(lake: Lake) -> list[IncidentEvent]:
    """Return all events in the order in which they happened."""
    found = from_table(IncidentEvent, read_table(lake.quality / "incident_events", IncidentEvent))
    return sorted(found, key=lambda one: (one.happened_at, one.event_id))


def add_events(lake: Lake, events: Iterable[IncidentEvent]) -> None:
    """Add events to the log; those that it has already are left out."""
    known = {one.event_id: one for one in read_events(lake)}
    fresh = {one.event_id: one for one in events if one.event_id not in known}
    if not fresh:
        return
    log = sorted((known | fresh).values(), key=lambda one: (one.happened_at, one.event_id))
    write_records(lake.quality / "incident_events" / "part.parquet", IncidentEvent, [*log])


def standings(events: Iterable[IncidentEvent]) -> Mapping[str, Standing]:
    """Return how each incident stands; one without events stands as if nothing had happened."""
    found: dict[str, Standing] = defaultdict(Standing)
    found.update({incident_id: standing(log) for incident_id, log in logs(events).items()})
    return found


def logs(events: Iterable[IncidentEvent]) -> Mapping[str, list[IncidentEvent]]:
    """Return the events of each incident, in the order given."""
    found: dict[str, list[IncidentEvent]] = defaultdict(list)
    for one in events:
        found[one.incident_id].append(one)
    return found


def standing(log: Iterable[IncidentEvent]) -> Standing:
    """Return how an incident stands after its events."""
    acknowledged = muted = reopened = resolved = None
    for one in log:
        if one.kind in {"opened", "reopened", "resolved"}:
            acknowledged = None
            resolved = one if one.kind == "resolved" and one.who != PLATFORM else None
        if one.kind == "reopened":
            reopened = one.happened_at
        if one.kind in {"acknowledged", "hold_released"}:
            acknowledged = one.who
        if one.kind in {"muted", "unmuted"}:
            muted = one if one.kind == "muted" else None
    return Standing(
        acknowledged_by=acknowledged,
        muted_until=muted.muted_until if muted else None,
        muted_because=muted.reason if muted else None,
        reopened_at=reopened,
        resolved_basis=resolved.basis if resolved else None,
    )


def read_releases(lake: Lake) -> list[HoldRelease]:
    """Return the holds that people released, by id."""
    found = from_table(HoldRelease, read_table(lake.quality / "hold_releases", HoldRelease))
    return sorted(found, key=lambda one: one.release_id)
