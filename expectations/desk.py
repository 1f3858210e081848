"""What a person does about incidents: look, take up, mute, resolve, release a hold, try a channel.

Each function is one command. Those that write take the lake for themselves and leave an event in the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from coso.errors import BadInputError, CosoError
from coso.ids import content_id
from coso.lake import Lake, read_table, write_records
from coso.records import Hold, HoldRelease, Incident, IncidentEvent, Record, from_table
from expectations.alerts import open_channel
from expectations.events import Standing, add_events, event, logs, read_events, read_releases, standing
from expectations.incidents import by_gravity, read_incidents
from expectations.messages import Message
from expectations.wording import is_province

_TRIAL = Message(
    "[Cơ Sở] Tin thử / Trial",
    "Tin thử: kênh cảnh báo của Cơ Sở đã được nối.\n\n— English —\n\n"
    "A trial: this channel of Cơ Sở's alerts works.",
    "info",
)


@dataclass(frozen=True)
class Case:
    """An incident with all that happened to it.

    Attributes:
        incident: the incident.
        standing: what its log says of it.
        state: open, acknowledged, muted or resolved.
        log: its events in order.
    """

    incident: Incident
    standing: Standing
    state: str
    log: tuple[IncidentEvent, ...]


def list_cases(
    lake: Lake, *, everything: bool = False, province: str | None = None, now: datetime | None = None
) -> list[Case]:
    """Return the cases that are not resolved, the gravest first.

    Args:
        lake: the lake.
        everything: resolved ones too.
        province: code or name of the only province wanted.
        now: the clock.
    """
    wanted = [
        one for one in read_incidents(lake)
        if (everything or one.status == "open")
        and (province is None or is_province(province, one.province_code, one.frame))
    ]  # fmt: skip
    return _cases(lake, by_gravity(wanted), now or datetime.now(UTC))


def show(lake: Lake, incident_id: str, now: datetime | None = None) -> Case:
    """Return one case; the beginning of its id will do.

    Raises:
        BadInputError: no incident, or more than one, has such an id.
    """
    return _cases(lake, [_find(lake, incident_id)], now or datetime.now(UTC))[0]


def acknowledge(
    lake: Lake, incident_id: str, who: str, reason: str | None = None, now: datetime | None = None
) -> Case:
    """Note that somebody has taken an incident up.

    Raises:
        BadInputError: there is no such incident, or it is over.
    """
    return _act(lake, incident_id, "acknowledged", who, reason, now)


def mute(
    lake: Lake, incident_id: str, until: datetime, reason: str, who: str, now: datetime | None = None
) -> Case:
    """Tell nobody of an incident until a moment; what changes meanwhile is told then, if it still stands.

    Raises:
        BadInputError: there is no such incident, it is over, the moment is past, or no reason is given.
    """
    now = now or datetime.now(UTC)
    if until <= now:
        raise BadInputError(f"{until:%Y-%m-%d %H:%M} is past", "name a moment to come")
    _need(reason, "reason")
    return _act(lake, incident_id, "muted", who, reason, now, muted_until=until)


def unmute(lake: Lake, incident_id: str, who: str, now: datetime | None = None) -> Case:
    """Tell of an incident again.

    Raises:
        BadInputError: there is no such incident, or it is over.
    """
    return _act(lake, incident_id, "unmuted", who, None, now)


def resolve(lake: Lake, incident_id: str, reason: str, who: str, now: datetime | None = None) -> Case:
    """Close an incident by hand; it comes back only when it rests on other figures.

    Raises:
        BadInputError: there is no such incident, it is over, it holds values, or no reason is given.
    """
    now = now or datetime.now(UTC)
    _need(reason, "reason")
    with lake.exclusive("alerts resolve"):
        incident = _open(lake, incident_id)
        if incident.held:
            raise BadInputError(
                f"{incident.incident_id} holds values from publication", "release the hold first"
            )
        basis = _basis(lake, incident.incident_id)
        rows: list[Record] = [
            replace(one, status="resolved", resolved_at=now)
            if one.incident_id == incident.incident_id
            else one
            for one in read_incidents(lake)
        ]
        write_records(lake.quality / "incidents" / "part.parquet", Incident, rows)
        add_events(
            lake, [event(incident.incident_id, "resolved", now, _need(who, "name"), reason, basis=basis)]
        )
    return show(lake, incident.incident_id, now)


def release_hold(
    lake: Lake,
    province: str,
    frame: str,
    metric: str | None,
    reason: str,
    who: str,
    now: datetime | None = None,
) -> list[HoldRelease]:
    """Let held values of a province be published with the next run; they are held again only for other figures.

    Args:
        lake: the lake.
        province: code of the province.
        frame: its frame.
        metric: metric to release; None for all that is held of the province.
        reason: why the figures are right, for the record.
        who: who says so.
        now: the clock.

    Returns:
        What was released, one a hold.

    Raises:
        BadInputError: nothing of the kind is held, or no reason or name is given.
    """
    now = now or datetime.now(UTC)
    _need(reason, "reason")
    _need(who, "name")
    with lake.exclusive("hold release"):
        holds = from_table(Hold, read_table(lake.quality / "holds", Hold))
        freed = [
            h for h in holds if (h.province_code, h.frame) == (province, frame) and metric in {None, h.metric}
        ]
        if not freed:
            raise BadInputError(
                f"nothing is held of {metric or 'any metric'} in {province} ({frame})", "see the holds"
            )
        made = [_release(lake, hold, reason, who, now) for hold in freed]
        kept = {one.release_id: one for one in read_releases(lake)} | {one.release_id: one for one in made}
        write_records(
            lake.quality / "hold_releases" / "part.parquet", HoldRelease, [kept[key] for key in sorted(kept)]
        )
        left: list[Record] = [hold for hold in holds if hold not in freed]
        write_records(lake.quality / "holds" / "part.parquet", Hold, left)
        _unhold(lake, {h.incident_id for h in freed} - {h.incident_id for h in holds if h not in freed})
        add_events(
            lake, [event(key, "hold_released", now, who, reason) for key in {h.incident_id for h in freed}]
        )
    return made


def send_trial(url: str, patience: float = 30.0, name: str = "COSO_ALERT_URL") -> None:
    """Send a message that says it is a trial to a channel.

    Raises:
        BadInputError: the address cannot be read.
        CosoError: the channel did not accept the message in time.
    """
    if not open_channel(url, patience, name)(_TRIAL):
        raise CosoError(
            f"{name}: the channel did not accept the trial message", "check address, token and network"
        )


def _act(
    lake: Lake,
    incident_id: str,
    kind: str,
    who: str,
    reason: str | None,
    now: datetime | None,
    muted_until: datetime | None = None,
) -> Case:
    now = now or datetime.now(UTC)
    _need(who, "name")
    with lake.exclusive(f"alerts ({kind})"):
        incident = _open(lake, incident_id)
        add_events(lake, [event(incident.incident_id, kind, now, who, reason, muted_until)])
    return show(lake, incident.incident_id, now)


def _release(lake: Lake, hold: Hold, reason: str, who: str, now: datetime) -> HoldRelease:
    basis = _basis(lake, hold.incident_id)
    return HoldRelease(
        release_id=content_id("rel", [hold.incident_id, hold.metric, basis]),
        incident_id=hold.incident_id,
        province_code=hold.province_code,
        frame=hold.frame,
        metric=hold.metric,
        basis=basis,
        reason=reason,
        who=who,
        released_at=now,
    )


def _unhold(lake: Lake, incident_ids: set[str]) -> None:
    rows: list[Record] = [
        replace(one, held=False) if one.incident_id in incident_ids else one for one in read_incidents(lake)
    ]
    write_records(lake.quality / "incidents" / "part.parquet", Incident, rows)


def _basis(lake: Lake, incident_id: str) -> str:
    """Return the figures that an incident rested on in the latest run."""
    found = [one.basis for one in read_events(lake) if one.incident_id == incident_id and one.basis]
    return found[-1] if found else ""


def _cases(lake: Lake, incidents: Iterable[Incident], now: datetime) -> list[Case]:
    known = logs(read_events(lake))
    cases = []
    for incident in incidents:
        log = tuple(known.get(incident.incident_id, ()))
        stands = standing(log)
        cases.append(Case(incident, stands, stands.state(incident, now), log))
    return cases


def _find(lake: Lake, incident_id: str) -> Incident:
    found = [one for one in read_incidents(lake) if one.incident_id.startswith(incident_id)]
    if len(found) == 1:
        return found[0]
    what = "no incident has" if not found else f"{len(found)} incidents have"
    raise BadInputError(f"{what} the id {incident_id!r}", "take an id from the list of alerts")


def _open(lake: Lake, incident_id: str) -> Incident:
    incident = _find(lake, incident_id)
    if incident.status != "open":
        raise BadInputError(f"{incident.incident_id} is resolved already", "nothing is left to do")
    return incident


def _need(text: str, what: str) -> str:
    if not text.strip():
        raise BadInputError(f"no {what} was given", f"give a {what}: it goes on record")
    return text
