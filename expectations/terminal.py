"""Incidents as the terminal shows them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from coso.records import Incident
from expectations.incidents import by_gravity
from expectations.messages import SEVERITY, details

_COLOURS = {"critical": "red", "warning": "yellow", "info": "blue"}


def render_terminal(incidents: Iterable[Incident], language: str = "vi") -> RenderableType:
    """Return the open incidents for Rich to print, the gravest first, each with its evidence.

    Args:
        incidents: incidents; resolved ones are passed over.
        language: ``vi`` or ``en``.
    """
    listed = by_gravity(one for one in incidents if one.status == "open")
    if not listed:
        return Text("Không có cảnh báo nào đang mở." if language == "vi" else "No incident is open.")
    return Group(*(render_incident(incident, language) for incident in listed))


def render_incident(incident: Incident, language: str = "vi") -> RenderableType:
    """Return one incident in full for Rich to print, open or not, in ``vi`` or ``en``."""
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
