"""Incidents: one a cause, opened, kept, resolved and reopened across runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coso.lake import Lake, read_table, write_records
from coso.records import Incident, IncidentEvent, from_table
from expectations.causes import Cause
from expectations.checks import ALL_CHECKS
from expectations.events import add_events, event, read_events, standings
from expectations.gates import GateResult
from expectations.healthy import last_passed
from expectations.model import BROKEN_PREFIX, SEVERITIES, Words
from expectations.runpage import write_page


@dataclass(frozen=True)
class IncidentUpdate:
    """What a run changed.

    Attributes:
        incidents: all incidents as they stand now, by id.
        opened: seen for the first time.
        kept: seen before and still there.
        reopened: resolved before and seen again.
        resolved: no longer seen.
    """

    incidents: tuple[Incident, ...]
    opened: tuple[Incident, ...]
    kept: tuple[Incident, ...]
    reopened: tuple[Incident, ...]
    resolved: tuple[Incident, ...]

    @property
    def open(self) -> tuple[Incident, ...]:
        """Incidents that are open now, the gravest first."""
        return tuple(by_gravity(one for one in self.incidents if one.status == "open"))


def by_gravity(incidents: Iterable[Incident]) -> list[Incident]:
    """Sort incidents: the gravest first, then by province, metric and period."""
    return sorted(
        incidents,
        key=lambda one: (
            SEVERITIES.index(one.severity),
            one.frame or "",
            one.province_code or "",
            one.metric or "",
            one.period or "",
            one.incident_id,
        ),
    )


def read_incidents(lake: Lake) -> list[Incident]:
    """Return all incidents, open and resolved, by id."""
    found = from_table(Incident, read_table(lake.quality / "incidents", Incident))
    return sorted(found, key=lambda one: one.incident_id)


def update_incidents(lake: Lake, results: Sequence[GateResult], now: datetime) -> IncidentUpdate:
    """Bring the incidents up to what the gates of one run saw, and store them with what happened to them
    and the page of the run.

    An incident is resolved only by a check that was judged and no longer sees it: while its check is broken, not
    run, has nothing to judge, or is silenced by another trouble, it stays as it is. One that a person resolved
    stays resolved as long as it rests on the same figures.
    """
    known = {incident.incident_id: incident for incident in read_incidents(lake)}
    causes = {cause.incident_id: cause for result in results for cause in result.causes}
    log = read_events(lake)
    stand = standings(log)
    settled = {
        key for key, cause in causes.items()
        if key in known and known[key].status != "open" and stand[key].resolved_basis == cause.basis
    }  # fmt: skip
    fresh = {key: cause for key, cause in causes.items() if key not in settled}
    passed = last_passed(lake, [one for one in fresh.values() if _asks_when_passed(one, known)])
    seen = {key: _seen(cause, known.get(key), passed.get(key), now) for key, cause in fresh.items()}
    gone = {
        key: replace(known[key], status="resolved", resolved_at=now, held=False)
        for key in _over(known, causes, results)
    }
    update = _update(known, seen, gone)
    write_records(lake.quality / "incidents" / "part.parquet", Incident, list(update.incidents))
    add_events(lake, _steps(update, causes, log, now))
    write_page(lake, results)
    return update


def _over(
    known: Mapping[str, Incident], causes: Mapping[str, Cause], results: Sequence[GateResult]
) -> list[str]:
    """Return the open incidents that this run can tell to be over."""
    judged = frozenset[str]().union(*(result.judged for result in results))
    silenced = frozenset[str]().union(*(result.silenced for result in results))
    return [
        key for key, incident in known.items()
        if incident.status == "open" and key not in causes.keys() | silenced and _is_judged(incident, judged)
    ]  # fmt: skip


def _update(
    known: Mapping[str, Incident], seen: dict[str, Incident], gone: dict[str, Incident]
) -> IncidentUpdate:
    stands = {**known, **seen, **gone}
    return IncidentUpdate(
        incidents=tuple(stands[key] for key in sorted(stands)),
        opened=_sorted(seen, lambda key: key not in known),
        kept=_sorted(seen, lambda key: key in known and known[key].status == "open"),
        reopened=_sorted(seen, lambda key: key in known and known[key].status != "open"),
        resolved=tuple(gone[key] for key in sorted(gone)),
    )


def _steps(
    update: IncidentUpdate, causes: Mapping[str, Cause], log: Sequence[IncidentEvent], now: datetime
) -> Iterator[IncidentEvent]:
    """Yield what happened to incidents in a run; also that one rests on other figures than before."""
    basis = {one.incident_id: one.basis for one in log if one.basis}
    for kind, incidents in (("opened", update.opened), ("reopened", update.reopened)):
        for one in incidents:
            yield event(one.incident_id, kind, now, basis=causes[one.incident_id].basis)
    for one in update.kept:
        found = causes[one.incident_id].basis
        if found and basis.get(one.incident_id) != found:
            yield event(one.incident_id, "changed", now, basis=found)
    for one in update.resolved:
        yield event(one.incident_id, "resolved", now)


def _sorted(incidents: dict[str, Incident], belongs: Callable[[str], bool]) -> tuple[Incident, ...]:
    return tuple(incidents[key] for key in sorted(incidents) if belongs(key))


def _is_judged(incident: Incident, judged: frozenset[str]) -> bool:
    """Whether this run can tell that an incident is over; one of a check that no longer exists is over too."""
    if incident.check_id.startswith("platform.") and not incident.check_id.startswith(BROKEN_PREFIX):
        return False  # what is the matter with the platform is settled where it was found
    check_id = incident.check_id.removeprefix(BROKEN_PREFIX)
    return check_id in judged or check_id not in ALL_CHECKS


def _asks_when_passed(cause: Cause, known: Mapping[str, Incident]) -> bool:
    """Whether the day on which its check last passed is to be looked up: once, when an incident opens."""
    before = known.get(cause.incident_id)
    return cause.last_healthy is None and (before is None or before.status != "open")


def _seen(cause: Cause, before: Incident | None, passed: Words | None, now: datetime) -> Incident:
    healthy = cause.last_healthy or passed
    return Incident(
        incident_id=cause.incident_id,
        check_id=cause.check_id,
        severity=cause.severity,
        status="open",
        province_code=cause.province_code,
        frame=cause.frame,
        source_key=cause.source_key,
        metric=cause.metric,
        period=cause.period,
        title=cause.title.vi,
        title_en=cause.title.en,
        expected=cause.told.expected.stored,
        observed=cause.told.observed.stored,
        evidence_fact_id=cause.fact_id,
        evidence_quote=cause.evidence.quote,
        evidence_url=cause.evidence.url,
        held=cause.held,
        mend=cause.mend.stored,
        opened_at=before.opened_at if before else now,
        last_seen_at=now,
        resolved_at=None,
        last_healthy=healthy.stored if healthy else before.last_healthy if before else None,
    )
