"""Incidents as the terminal shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from coso.records import Incident
from expectations.grounds import Ground
from expectations.incidents import by_gravity
from expectations.messages import SEVERITY, details
from expectations.model import Words

#: Of what an incident rests on, so much is shown; the rest is counted.
_GROUNDS = 20

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


def render_grounds(grounds: Sequence[Ground], language: str = "vi") -> RenderableType:
    """Return all that an incident rests on, in ``vi`` or ``en``: figure, sentence, page, and how to trace it."""
    parts: list[RenderableType] = []
    for one in grounds[:_GROUNDS]:
        parts.append(_head(one, language))
        if one.sentence:
            parts.append(Text(f"  “{one.sentence}”"))
        if one.url:
            parts.append(Text(f"  {one.url}"))
        if one.quarantined:
            kept_out = Words("đang cách ly", "in quarantine")
            parts.append(Text(f"  {_in(kept_out, language)}: {_in(one.quarantined, language)}"))
        if one.fact_id:
            parts.append(Text(f"  coso trace {one.fact_id}", style="dim"))
    if len(grounds) > _GROUNDS:
        left = len(grounds) - _GROUNDS
        parts.append(Text(_in(Words(f"… và {left} bằng chứng khác", f"… and {left} more"), language)))
    return Group(*parts)


def _head(ground: Ground, language: str) -> Text:
    said = [
        _in(ground.figure, language) if ground.figure else "",
        ground.source_key or "",
        f"{ground.published_on:%d/%m/%Y}" if ground.published_on else "",
    ]
    return Text(" – ".join(part for part in said if part), style="bold")


def _in(words: Words, language: str) -> str:
    return words.vi if language == "vi" else words.en
