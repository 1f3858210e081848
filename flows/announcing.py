"""Incidents where engineers look: events in Prefect's feed, an artifact of each run, and an automation.

Import this module only after :func:`flows.prefect_home.settle`.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from prefect import get_client
from prefect.artifacts import create_markdown_artifact
from prefect.events import emit_event
from prefect.events.actions import DoNothing
from prefect.events.schemas.automations import Automation, AutomationCore, EventTrigger, Posture

from coso.lake import Lake
from coso.records import Incident, IncidentEvent
from expectations.events import PLATFORM, read_events
from expectations.incidents import by_gravity, read_incidents
from expectations.messages import details
from expectations.wording import province_name

#: Events are called this and what happened: opened, reopened, resolved.
EVENT = "coso.incident."

#: The automation that watches for critical incidents; `coso serve` keeps it.
AUTOMATION = "coso: critical incident"

_TOLD = ("opened", "reopened", "resolved")

#: Incidents written out in the artifact; the rest is counted.
_SHOWN = 50


def announce(lake: Lake, since: datetime) -> int:
    """Emit an event for each incident that a run opened, reopened or resolved; write the artifact of those open.

    Called within a flow run, which Prefect then names as a resource related to each event.

    Args:
        lake: the lake.
        since: when the run began to look.

    Returns:
        Events emitted.
    """
    incidents = {one.incident_id: one for one in read_incidents(lake)}
    steps = [
        step for step in read_events(lake)
        if step.kind in _TOLD and step.who == PLATFORM and step.happened_at >= since
        and step.incident_id in incidents
    ]  # fmt: skip
    for step in steps:
        _emit(step, incidents[step.incident_id])
    listed = by_gravity(one for one in incidents.values() if one.status == "open")
    create_markdown_artifact(
        key="incidents", markdown=_markdown(listed), description=f"{len(listed)} open incidents"
    )
    return len(steps)


def _emit(step: IncidentEvent, incident: Incident) -> None:
    emit_event(
        event=f"{EVENT}{step.kind}",
        occurred=step.happened_at,
        resource={
            "prefect.resource.id": f"{EVENT}{incident.incident_id}",
            "prefect.resource.name": incident.title_en,
            "coso.check": incident.check_id,
            "coso.severity": incident.severity,
            "coso.province": province_name(incident.province_code, incident.frame),
            "coso.held": str(incident.held).lower(),
        },
        payload={"title": incident.title, **dict(details(incident, "en"))},
    )


def _markdown(incidents: list[Incident]) -> str:
    """Write incidents as Markdown; what articles and people wrote stands in code blocks, so it marks nothing up."""
    parts = [f"# {len(incidents)} open incidents"]
    for one in incidents[:_SHOWN]:
        said = "\n".join(f"{label}: {text}" for label, text in details(one, "en"))
        parts.append(
            f"## {_plain(one.title_en)}\n\n`{one.incident_id}` {one.severity}\n\n````\n{_plain(said)}\n````"
        )
    if len(incidents) > _SHOWN:
        parts.append(f"… and {len(incidents) - _SHOWN} more: `coso alerts list`")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    return text.replace("`", "'").replace("<", "‹").replace(">", "›")


def ensure_automation() -> None:
    """Create the automation for critical incidents, or bring its trigger up to date.

    It does nothing but show up in the feed; actions that an engineer adds in the UI, and whether it is enabled, stay.
    """
    wanted = _automation()
    with get_client(sync_client=True) as client:
        found: list[Automation] = client.read_automations_by_name(name=AUTOMATION)
        if not found:
            client.create_automation(wanted)
        elif _shape(found[0]) != _shape(wanted):
            kept = found[0].model_dump(exclude={"id", "owner_resource", "trigger", "description"})
            fresh = AutomationCore(**kept, trigger=wanted.trigger, description=wanted.description)
            client.update_automation(found[0].id, fresh)


def _automation() -> AutomationCore:
    trigger = EventTrigger(
        expect={f"{EVENT}opened", f"{EVENT}reopened"},
        match={"prefect.resource.id": f"{EVENT}*", "coso.severity": "critical"},
        posture=Posture.Reactive,
        threshold=1,
        within=timedelta(0),
    )
    return AutomationCore(
        name=AUTOMATION,
        description="A critical incident opened or came back. Add an action here, such as a notification.",
        trigger=trigger,
        actions=[DoNothing()],
    )


def _shape(automation: AutomationCore) -> tuple[object, ...]:
    """Return what of an automation is the platform's own; sets are unordered."""
    kept = automation.trigger.model_dump(
        mode="json", include={"expect", "match", "posture", "threshold", "within"}
    )
    return automation.description, sorted(kept.pop("expect")), kept
