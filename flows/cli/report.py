"""What a person reads after a run: figures, incidents, and where the release lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coso.lake import Lake
from flows.cli.alerts import show_page
from flows.cli.figures import province_tables, tell_held
from flows.cli.terminal import out
from flows.timing import told

if TYPE_CHECKING:
    from flows.pipeline import Summary

#: Provinces shown after a run; the rest is in `coso facts`.
PROVINCES_SHOWN = 6


def show_run(lake: Lake, summary: Summary) -> None:
    """Print the result of a run."""
    from expectations.incidents import read_incidents
    from expectations.terminal import render_terminal
    from publishing import current_release
    from publishing.reading import count_held, figures
    from publishing.wanted import Filter

    release = current_release(lake)
    assert release is not None
    rows = figures(release, Filter())
    shown = list(dict.fromkeys((row["province"], row["frame"]) for row in rows))[:PROVINCES_SHOWN]
    out.print(province_tables([row for row in rows if (row["province"], row["frame"]) in shown]))
    if len(shown) < len({(row["province"], row["frame"]) for row in rows}):
        out.print("[dim]... and more provinces: `coso facts`[/dim]")
    tell_held(count_held(release, Filter()), out)
    out.print(render_terminal(read_incidents(lake)))
    show_page(lake)
    outcomes = ", ".join(f"{count} {name}" for name, count in sorted(summary.outcomes.items()) if count)
    out.print(f"fetched: {outcomes}")
    for key, asked in summary.left_alone.items():
        out.print(f"left alone: {key}: {asked}", soft_wrap=True, markup=False)
    out.print(f"time: {told(summary.seconds)}")
    verb = "new release" if summary.changed else "no change; release"
    out.print(f"{verb} [bold]{release.name}[/bold] in {release.path}", soft_wrap=True)
    if rows:
        out.print(f"follow a number back to its page: `coso trace {rows[0]['fact_id']}`")
    for key, error in summary.failed_sources.items():
        out.print(f"[bold red]failed:[/bold red] {key}: {error}", soft_wrap=True)
