"""The outbox: which change of which incident was told to which channel, and which still waits.

Table ``quality/deliveries``. A change is written here before anything is sent, and marked once the channel has
accepted it, so that a dead channel loses nothing and nothing is sent twice. Should the process die between the
channel's answer and the mark, that one message is sent again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.records import Delivery, Incident, from_table

#: Severities somebody is told of.
TOLD = ("critical", "warning")

_TIMES = ("opened_at", "last_seen_at", "resolved_at")


def incident_of(delivery: Delivery) -> Incident:
    """Return the incident as it stood when the change was seen."""
    values = json.loads(delivery.incident_json)
    for name in _TIMES:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return Incident(**values)


def read_outbox(lake: Lake) -> list[Delivery]:
    """Return all deliveries, in the order of incidents and their changes."""
    found = from_table(Delivery, read_table(lake.quality / "deliveries", Delivery))
    return _ordered(found)


def write_outbox(lake: Lake, deliveries: Iterable[Delivery]) -> None:
    """Store all deliveries, atomically."""
    write_records(lake.quality / "deliveries" / "part.parquet", Delivery, list(_ordered(deliveries)))


def queue_changes(
    outbox: Sequence[Delivery], incidents: Sequence[Incident], channel: str, now: datetime
) -> list[Delivery]:
    """Return the deliveries that the incidents' present state calls for beyond those of the outbox."""
    told: dict[str, Delivery] = {d.incident_id: d for d in _ordered(outbox) if d.channel == channel}
    open_figures = {_figure(one) for one in incidents if one.status == "open" and one.metric}
    made = []
    for incident in incidents:
        last = told.get(incident.incident_id)
        change = _change(incident, last)
        if change is None or incident.severity not in TOLD:
            continue
        silent = change == "resolved" and _figure(incident) in open_figures
        ordinal = last.ordinal + 1 if last else 1
        made.append(_delivery(incident, channel, ordinal, change, "silent" if silent else "pending", now))
    return made


def hush(outbox: Sequence[Delivery], channel: str) -> list[Delivery]:
    """Return the outbox without what waits of incidents whose end is told to nobody: another one took their place."""
    last = {one.incident_id: one for one in _ordered(outbox) if one.channel == channel}
    return [
        replace(one, status="silent")
        if one.channel == channel and one.status == "pending" and last[one.incident_id].status == "silent"
        else one
        for one in outbox
    ]


def mark_tried(
    outbox: Iterable[Delivery], tried: Iterable[Delivery], sent_at: datetime | None
) -> list[Delivery]:
    """Return the outbox with some deliveries tried once more, and sent when ``sent_at`` is given."""
    ids = {delivery.delivery_id for delivery in tried}
    status = "sent" if sent_at else "pending"
    return [
        replace(one, tries=one.tries + 1, status=status, sent_at=sent_at) if one.delivery_id in ids else one
        for one in outbox
    ]


def _change(incident: Incident, last: Delivery | None) -> str | None:
    if incident.status == "open":
        if last is None:
            return "opened"
        return "reopened" if last.change == "resolved" else None
    return "resolved" if last is not None and last.change != "resolved" else None


def _figure(incident: Incident) -> tuple[str | None, ...]:
    return (incident.province_code, incident.frame, incident.metric, incident.period)


def _delivery(
    incident: Incident, channel: str, ordinal: int, change: str, status: str, now: datetime
) -> Delivery:
    values = asdict(incident)
    for name in _TIMES:
        values[name] = values[name].isoformat() if values[name] else None
    return Delivery(
        delivery_id=content_id("dlv", [channel, incident.incident_id, ordinal]),
        channel=channel,
        incident_id=incident.incident_id,
        ordinal=ordinal,
        change=change,
        status=status,
        incident_json=json.dumps(values, ensure_ascii=False, sort_keys=True),
        queued_at=now,
        tries=0,
        sent_at=None,
    )


def _ordered(deliveries: Iterable[Delivery]) -> list[Delivery]:
    return sorted(deliveries, key=lambda one: (one.channel, one.incident_id, one.ordinal))
