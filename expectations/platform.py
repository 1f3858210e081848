"""Incidents of the platform itself: a channel that does not accept, a clock that jumps, a run that did not come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from coso.ids import content_id
from coso.lake import Lake, write_records
from coso.records import Incident, Record
from coso.settings import VIETNAM_TIME
from expectations.events import add_events, event, read_events
from expectations.incidents import read_incidents
from expectations.model import Words
from expectations.troubles import TROUBLES

#: What is dated this much later than now shows a clock that has jumped.
CLOCK_SLACK = timedelta(minutes=10)

#: Name of the clock in its incident.
CLOCK = "clock"


def raise_trouble(lake: Lake, kind: str, about: str, observed: Words, now: datetime) -> Incident:
    """Open the incident of a platform trouble, or see it again; ``about`` names the channel or the part."""
    trouble = TROUBLES[kind]
    incident_id = content_id("inc", [kind, about])
    before = {one.incident_id: one for one in read_incidents(lake)}
    known = before.get(incident_id)
    made = Incident(
        incident_id=incident_id, check_id=kind, severity="critical", status="open", province_code=None, frame=None,
        source_key=about, metric=None, period=None, title=f"{trouble.title.vi} – {about}",
        title_en=f"{trouble.title.en} – {about}", expected=trouble.expected.stored, observed=observed.stored,
        evidence_fact_id=None, evidence_quote=None, evidence_url=None, held=False, mend=trouble.mend.stored,
        opened_at=known.opened_at if known else now, last_seen_at=now, resolved_at=None,
    )  # fmt: skip
    _store(lake, before | {incident_id: made})
    if known is None or known.status != "open":
        add_events(lake, [event(incident_id, "reopened" if known else "opened", now)])
    return made


def settle_trouble(lake: Lake, kind: str, about: str, now: datetime) -> None:
    """Resolve the incident of a platform trouble, where there is one."""
    incident_id = content_id("inc", [kind, about])
    known = {one.incident_id: one for one in read_incidents(lake)}
    found = known.get(incident_id)
    if found is not None and found.status == "open":
        _store(lake, known | {incident_id: replace(found, status="resolved", resolved_at=now)})
        add_events(lake, [event(incident_id, "resolved", now)])


def _store(lake: Lake, incidents: dict[str, Incident]) -> None:
    rows: list[Record] = [incidents[key] for key in sorted(incidents)]
    write_records(lake.quality / "incidents" / "part.parquet", Incident, rows)


def watch_clock(lake: Lake, now: datetime) -> None:
    """Open the incident of a clock that was set back while something is dated later than now, else close it."""
    last = max((one.happened_at for one in read_events(lake)), default=now)
    if last <= now + CLOCK_SLACK:
        settle_trouble(lake, "platform.clock", CLOCK, now)
        return
    shown = f"{last.astimezone(VIETNAM_TIME):%d/%m/%Y %H:%M} (GMT+7)"
    said = Words(f"có sự kiện ghi {shown}, sau giờ hiện tại", f"something is dated {shown}, later than now")
    raise_trouble(lake, "platform.clock", CLOCK, said, now)
