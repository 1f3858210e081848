"""Telling people: one message a province and day, through any channel apprise knows."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from coso.errors import BadInputError
from coso.lake import Lake
from coso.records import Delivery, Incident
from coso.settings import VIETNAM_TIME
from expectations.events import Standing, read_events, standings
from expectations.incidents import read_incidents
from expectations.messages import DIGEST, Change, Message, addressee, compose, fitted
from expectations.model import SEVERITIES, Words
from expectations.outbox import hush, incident_of, mark_tried, queue_changes, read_outbox, write_outbox
from expectations.platform import raise_trouble, settle_trouble, watch_clock
from expectations.routing import Route, read_channels

#: Name of the channel that ``COSO_ALERT_URL`` gives.
DEFAULT_CHANNEL = "default"

#: A channel that has not answered by then (seconds) counts as dead for this run.
PATIENCE = 30.0

#: Characters that a service may put around a title that it takes into the message.
_MARKUP = 24


@dataclass(frozen=True)
class DeliveryResult:
    """What delivery did.

    Attributes:
        sent: messages the channel accepted.
        pending: changes that wait for the next run.
        error: why some wait; None when all is told, waits for tomorrow, or when no channel is set.
    """

    sent: int
    pending: int
    error: str | None


def deliver(
    lake: Lake, url: str | None, now: datetime, channel: str = DEFAULT_CHANNEL, patience: float = PATIENCE
) -> DeliveryResult:
    """Tell one channel of critical and warning incidents that opened, came back or were resolved.

    At most one message a province and day in Vietnam: what waited goes with what is new. What a channel refuses
    stays in the outbox for the next run, and is an incident of the platform; once failures have taken ``patience``
    in all, the channel is left alone for this run. Without a channel nothing is queued, and the first channel set
    later hears of what is open then.

    Args:
        lake: the lake with the incidents.
        url: apprise URL of the channel, or None.
        now: the clock.
        channel: name under which the outbox keeps what was told.
        patience: seconds after which a channel that hangs is given up.

    Raises:
        BadInputError: the URL is none that apprise knows.
    """
    watch_clock(lake, now)
    if url is None:
        return DeliveryResult(0, 0, None)
    return _tell(lake, Route(channel, url), open_channel(url, patience), now, patience)


def deliver_routes(
    lake: Lake, routes: Sequence[Route], now: datetime, patience: float = PATIENCE
) -> dict[str, DeliveryResult]:
    """Tell every channel of a routing file what its audience is to hear; one that fails stops no other.

    A channel whose address cannot be read, that refuses or hangs is an incident of the platform, which the other
    channels hear of.

    Returns:
        What was done, by name of the channel.
    """
    watch_clock(lake, now)
    results = {}
    for route in routes:
        try:
            send = open_channel(route.url, patience, f"channel {route.name}")
            results[route.name] = _tell(lake, route, send, now, patience)
        except BadInputError as error:
            results[route.name] = _unreadable(lake, route.name, error, now)
    return results


def deliver_all(
    lake: Lake, url: str | None, routing: Path | None, now: datetime, patience: float = PATIENCE
) -> dict[str, DeliveryResult]:
    """Tell every channel of an installation: the one ``COSO_ALERT_URL`` gives, and those of its routing file.

    A channel or a routing file that cannot be read is an incident of the platform, told before the others are
    asked, so that they hear of it; a channel that is no longer configured has no trouble any more.

    Returns:
        What was done, by name of the channel, or of the routing file where it cannot be read.
    """
    routes, problems = configured_routes(url, routing)
    broken = {name: _unreadable(lake, name, error, now) for name, error in problems.items()}
    if routing is None or routing.name not in broken:
        _settle_others(lake, {*broken, *(route.name for route in routes)}, now)
    return broken | deliver_routes(lake, routes, now, patience)


def configured_routes(url: str | None, routing: Path | None) -> tuple[list[Route], dict[str, BadInputError]]:
    """Return the channels of an installation, and what is wrong with those that cannot be read, by name."""
    routes = [Route(DEFAULT_CHANNEL, url)] if url else []
    if routing is None:
        return routes, {}
    try:
        found, problems = read_channels(routing)
    except BadInputError as error:
        return routes, {routing.name: error}
    if routes:
        # Two channels of one name would share an outbox, and one of them hear nothing.
        namesakes = [route for route in found if route.name == DEFAULT_CHANNEL]
        found = [route for route in found if route.name != DEFAULT_CHANNEL]
        if namesakes:
            problems[f"{routing.name}/{DEFAULT_CHANNEL}"] = BadInputError(
                f"{routing}: channel {DEFAULT_CHANNEL} bears the name of the channel that COSO_ALERT_URL gives",
                "give it another name",
            )
    return routes + found, problems


def _unreadable(lake: Lake, name: str, error: BadInputError, now: datetime) -> DeliveryResult:
    raise_trouble(lake, "platform.channel", name, Words(str(error), str(error)), now)
    return DeliveryResult(0, 0, str(error))


def _settle_others(lake: Lake, configured: set[str], now: datetime) -> None:
    for one in read_incidents(lake):
        if (
            one.check_id == "platform.channel"
            and one.status == "open"
            and one.source_key is not None
            and one.source_key not in configured
        ):
            settle_trouble(lake, "platform.channel", one.source_key, now)


def _tell(
    lake: Lake, route: Route, send: Callable[[Message], bool], now: datetime, patience: float
) -> DeliveryResult:
    known = {one.incident_id: one for one in read_incidents(lake)}
    stand = standings(read_events(lake))
    audience = {
        key: one for key, one in known.items()
        if route.wants(one) and not stand[key].is_muted(now) and not _is_about(one, route)
    }  # fmt: skip
    outbox = [one for one in read_outbox(lake) if not _is_waiting_for_nobody(one, route, known, audience)]
    outbox = hush(outbox + queue_changes(outbox, list(audience.values()), route.name, now), route.name)
    write_outbox(lake, outbox)
    sent, refused, lost = 0, 0, 0.0
    for name, waiting in _to_send(outbox, route, now).items():
        if lost >= patience:
            break
        began = time.monotonic()
        accepted = send(compose(name, _as_things_stand(waiting, known, stand)))
        outbox = mark_tried(outbox, waiting, now if accepted else None)
        write_outbox(lake, outbox)
        sent += accepted
        refused += not accepted
        lost += 0.0 if accepted else time.monotonic() - began
    return _result(lake, route, outbox, sent, refused, now)


def _is_waiting_for_nobody(
    delivery: Delivery, route: Route, known: Mapping[str, Incident], audience: Mapping[str, Incident]
) -> bool:
    """Whether what waits is of an incident that the channel is not to hear of now: muted, or of no concern any more.

    It is left out of the outbox as if it had never been queued: once the channel is to hear of the incident again,
    what is to be told is made of its state then.
    """
    waits = delivery.channel == route.name and delivery.status == "pending"
    return waits and delivery.incident_id in known and delivery.incident_id not in audience


def _as_things_stand(
    waiting: Sequence[Delivery], known: Mapping[str, Incident], stand: Mapping[str, Standing]
) -> list[Change]:
    """Return what is to be told of what waits, the gravest first: of each incident its last change, as it is now."""
    last = {one.incident_id: one for one in sorted(waiting, key=lambda one: one.ordinal)}
    changes = [
        Change(one.change, known.get(key) or incident_of(one), stand[key]) for key, one in last.items()
    ]
    return sorted(
        changes, key=lambda one: (SEVERITIES.index(one.incident.severity), one.incident.incident_id)
    )


def _result(
    lake: Lake, route: Route, outbox: Sequence[Delivery], sent: int, refused: int, now: datetime
) -> DeliveryResult:
    pending = sum(one.status == "pending" and one.channel == route.name for one in outbox)
    if refused:
        said = Words(f"{pending} thay đổi đang chờ", f"{pending} changes wait")
        raise_trouble(lake, "platform.channel", route.name, said, now)
        return DeliveryResult(
            sent, pending, f"the alert channel did not accept a message; {pending} changes wait"
        )
    if sent or not pending:
        settle_trouble(lake, "platform.channel", route.name, now)
    return DeliveryResult(sent, pending, None)


def open_channel(
    url: str, patience: float = PATIENCE, name: str = "COSO_ALERT_URL"
) -> Callable[[Message], bool]:
    """Return a function that sends a message to an apprise URL and says whether it was accepted.

    Args:
        url: the address; it may hold a secret, so no error shows it.
        patience: seconds after which a channel that hangs is given up.
        name: what gave the address, for errors.

    Raises:
        BadInputError: the URL is none that apprise knows.
    """
    import apprise  # noqa: PLC0415 - takes a moment, and most commands send nothing

    channel = apprise.Apprise()
    if not channel.add(url):
        raise BadInputError(
            f"{name}: this is not an address that apprise knows",
            "write it like mailto://user:password@host, json://host/path or tgram://token/chat",
        )

    def send(message: Message) -> bool:
        fits = fitted(message, room_of(channel.servers, message.title))
        return _in_time(
            lambda: channel.notify(
                title=fits.title, body=fits.body, notify_type=fits.kind, body_format="text"
            ),
            patience,
        )

    return send


def room_of(services: Iterable[Any], title: str) -> int | None:
    """Return how many characters a message may have for every service of a channel; None for any number.

    A service that has no titles takes them as a part of the message; one that was told to split takes any length.
    """
    return min(
        (
            service.body_maxlen - (len(title) + _MARKUP if _takes_title_into_body(service) else 0)
            for service in services
            if service.overflow_mode.value != "split"
        ),
        default=None,
    )


def _takes_title_into_body(service: Any) -> bool:
    return service.title_maxlen <= 0 or bool(service.overflow_amalgamate_title)


def _in_time(work: Callable[[], Any], patience: float) -> bool:
    """Run ``work`` and return whether it gave something true in time; a thread that hangs is left behind."""
    answers: list[bool] = []

    def run() -> None:
        try:
            answers.append(bool(work()))
        except Exception:  # noqa: BLE001 - whatever a channel raises, the message stays in the outbox
            answers.append(False)

    thread = threading.Thread(target=run, name="coso-alert", daemon=True)
    thread.start()
    thread.join(patience)
    return bool(answers and answers[0])


def _to_send(outbox: Sequence[Delivery], route: Route, now: datetime) -> dict[str, list[Delivery]]:
    """Return what waits by addressee, without those who heard something today already; a digest has one addressee."""
    mine = [one for one in outbox if one.channel == route.name]
    today = now.astimezone(VIETNAM_TIME)
    heard = {
        _addressee(one, route) for one in mine
        if one.sent_at is not None and one.sent_at.astimezone(VIETNAM_TIME).date() == today.date()
    }  # fmt: skip
    if route.digest_hour is not None and today.hour < route.digest_hour:
        return {}
    waiting: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in mine:
        name = _addressee(delivery, route)
        if delivery.status == "pending" and name not in heard:
            waiting[name].append(delivery)
    return dict(sorted(waiting.items()))


def _is_about(incident: Incident, route: Route) -> bool:
    """Whether an incident is the channel's own trouble, which the other channels are to hear of."""
    return incident.check_id == "platform.channel" and incident.source_key == route.name


def _addressee(delivery: Delivery, route: Route) -> str:
    return DIGEST.vi if route.digest_hour is not None else addressee(incident_of(delivery))
