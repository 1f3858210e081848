"""Telling people: one message a province and run, through any channel apprise knows, and a view for the terminal."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coso.errors import BadInputError
from coso.lake import Lake
from coso.records import Incident
from expectations.incidents import by_gravity, read_incidents
from expectations.messages import SEVERITY, Change, Message, addressee, compose, details
from expectations.outbox import Delivery, mark_tried, queue_changes, read_outbox, write_outbox

if TYPE_CHECKING:
    from rich.console import RenderableType

#: Name of the one channel that settings give so far.
DEFAULT_CHANNEL = "default"

#: A channel that has not answered by then (seconds) counts as dead for this run.
PATIENCE = 30.0

_COLOURS = {"critical": "red", "warning": "yellow", "info": "blue"}


@dataclass(frozen=True)
class DeliveryResult:
    """What delivery did.

    Attributes:
        sent: messages the channel accepted.
        pending: changes that wait for the next run.
        error: why some wait; None when all is told, or when no channel is set.
    """

    sent: int
    pending: int
    error: str | None


def deliver(
    lake: Lake, url: str | None, now: datetime, channel: str = DEFAULT_CHANNEL, patience: float = PATIENCE
) -> DeliveryResult:
    """Tell a channel of critical and warning incidents that opened, came back or were resolved.

    One message a province: what waited from earlier runs goes with what is new. What a channel refuses stays in
    the outbox for the next run; once failures have taken ``patience`` in all, the channel is left alone for this
    run. Without a channel nothing is queued, and the first channel set later hears of what is open then.

    Args:
        lake: the lake with the incidents.
        url: apprise URL of the channel, or None.
        now: the clock.
        channel: name under which the outbox keeps what was told.
        patience: seconds after which a channel that hangs is given up.

    Raises:
        BadInputError: the URL is none that apprise knows.
    """
    if url is None:
        return DeliveryResult(0, 0, None)
    send = open_channel(url, patience)
    outbox = read_outbox(lake)
    outbox += queue_changes(outbox, read_incidents(lake), channel, now)
    write_outbox(lake, outbox)
    sent, lost = 0, 0.0
    for name, waiting in _by_addressee(outbox, channel).items():
        if lost >= patience:
            break
        began = time.monotonic()
        accepted = send(compose(name, [Change(one.change, one.incident) for one in waiting]))
        outbox = mark_tried(outbox, waiting, now if accepted else None)
        write_outbox(lake, outbox)
        sent += accepted
        lost += 0.0 if accepted else time.monotonic() - began
    pending = sum(one.status == "pending" and one.channel == channel for one in outbox)
    error = f"the alert channel did not accept a message; {pending} changes wait" if pending else None
    return DeliveryResult(sent, pending, error)


def open_channel(url: str, patience: float = PATIENCE) -> Callable[[Message], bool]:
    """Return a function that sends a message to an apprise URL and says whether it was accepted.

    Raises:
        BadInputError: the URL is none that apprise knows.
    """
    import apprise  # noqa: PLC0415 - takes a moment, and most commands send nothing

    channel = apprise.Apprise()
    if not channel.add(url):
        raise BadInputError(
            "COSO_ALERT_URL is not an address that apprise knows",
            "write it like mailto://user:password@host, json://host/path or tgram://token/chat",
        )

    def send(message: Message) -> bool:
        return _in_time(
            lambda: channel.notify(
                title=message.title, body=message.body, notify_type=message.kind, body_format="text"
            ),
            patience,
        )

    return send


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


def _by_addressee(outbox: Sequence[Delivery], channel: str) -> dict[str, list[Delivery]]:
    waiting: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in outbox:
        if delivery.channel == channel and delivery.status == "pending":
            waiting[addressee(delivery.incident)].append(delivery)
    return {
        name: sorted(listed, key=lambda one: (one.incident.severity, one.incident_id, one.ordinal))
        for name, listed in sorted(waiting.items())
    }


def render_terminal(incidents: Iterable[Incident], language: str = "vi") -> RenderableType:
    """Return the open incidents for Rich to print, the gravest first, each with its evidence.

    Args:
        incidents: incidents; resolved ones are passed over.
        language: ``vi`` or ``en``.
    """
    from rich.console import Group  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    listed = by_gravity(one for one in incidents if one.status == "open")
    if not listed:
        return Text("Không có cảnh báo nào đang mở." if language == "vi" else "No incident is open.")
    return Group(*(_panel(incident, language) for incident in listed))


def _panel(incident: Incident, language: str) -> RenderableType:
    from rich.console import Group  # noqa: PLC0415
    from rich.panel import Panel  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    colour = _COLOURS.get(incident.severity, "white")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in details(incident, language):
        grid.add_row(label, Text(text))
    severity = SEVERITY[incident.severity].vi if language == "vi" else SEVERITY[incident.severity].en
    title = incident.title if language == "vi" else incident.title_en
    return Panel(
        Group(Text(title, style="bold"), grid),
        title=Text(severity, style=f"bold {colour}"),
        title_align="left",
        border_style=colour,
    )
