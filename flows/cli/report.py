"""What a person reads after a run: figures, incidents, and where the release lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coso.lake import Lake, read_table
from coso.records import Incident, from_table
from flows.cli.figures import figures_table
from flows.cli.terminal import out, table

if TYPE_CHECKING:
    from flows.pipeline import Summary

#: Figures shown after a run; the rest is in `coso facts`.
FIGURES_SHOWN = 40


def show_run(lake: Lake, summary: Summary) -> None:
    """Print the result of a run."""
    from publishing import current_release
    from publishing.reading import Filter, figures

    release = current_release(lake)
    assert release is not None
    rows = figures(release, Filter())
    out.print(figures_table(rows[:FIGURES_SHOWN]))
    if len(rows) > FIGURES_SHOWN:
        out.print(f"[dim]... and {len(rows) - FIGURES_SHOWN} more: `coso facts`[/dim]")
    incidents = [
        i
        for i in from_table(Incident, read_table(lake.quality / "incidents", Incident))
        if i.status == "open"
    ]
    out.print(incidents_table(incidents))
    outcomes = ", ".join(f"{count} {name}" for name, count in sorted(summary.outcomes.items()) if count)
    out.print(f"fetched: {outcomes}")
    verb = "new release" if summary.changed else "no change; release"
    out.print(f"{verb} [bold]{release.name}[/bold] in {release.path}", soft_wrap=True)
    if rows:
        out.print(f"follow a number back to its page: `coso trace {rows[0]['fact_id']}`")
    for key, error in summary.failed_sources.items():
        out.print(f"[bold red]failed:[/bold red] {key}: {error}", soft_wrap=True)


def open_incidents(lake: Lake) -> list[Incident]:
    """Return the incidents that are open."""
    rows = from_table(Incident, read_table(lake.quality / "incidents", Incident))
    return [incident for incident in rows if incident.status == "open"]


def incidents_table(incidents: Sequence[Incident]) -> object:
    """Return open incidents as a table, the gravest first."""
    order = {"critical": 0, "warning": 1, "info": 2}
    cells = [
        (i.severity + (" (held)" if i.held else ""), i.title, i.expected, i.observed, i.evidence_url)
        for i in sorted(
            incidents, key=lambda i: (order.get(i.severity, 3), i.province_code or "", i.incident_id)
        )
    ]
    return table(
        f"{len(cells)} open incidents", ("severity", "what", "expected", "observed", "evidence"), cells
    )
