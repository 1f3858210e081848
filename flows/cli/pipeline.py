"""``coso demo``, ``run``, ``replay``, ``serve``: the commands that make something happen."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from coso.errors import BadInputError, CosoError
from coso.lake import Lake
from coso.settings import Settings, load_settings
from flows.cli import report
from flows.cli.lakes import DEMO_MARK, the_lake
from flows.cli.terminal import errors, out, progress_bars, read_day
from flows.registry import demo_sources

if TYPE_CHECKING:
    from flows.pipeline import Summary


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(demo)
    app.command()(run)
    app.command()(replay)
    app.command()(serve)


def demo(
    port: Annotated[
        int | None,
        typer.Option(help="First of the ports the sample portals listen on (default 8620; 0: any free)."),
    ] = None,
) -> None:
    """Start the sample portals, run everything once, and show what came out.

    The portals imitate the markup and the dirt of real ones; their figures are invented or reworded, and four
    faults are planted in them. Run it again: nothing is fetched twice and no new release is made.
    """
    from demo import DEFAULT_BASE_PORT, write_sources
    from demo import serve as serve_portals
    from demo.truth import load_truth

    settings = load_settings()
    lake = Lake(settings.home)
    with lake.exclusive("demo"):
        _claim(lake, is_demo=True)
        with serve_portals(DEFAULT_BASE_PORT if port is None else port) as web:
            sources = write_sources(demo_sources(lake.home), web.ports)
            settings = replace(settings, sources=sources, today=load_truth().as_of)
            summary = _run(settings, ())
        report.show_run(lake, summary)


def run(
    source: Annotated[
        list[str] | None, typer.Option(help="Key of a source; repeat for several. Default: all active ones.")
    ] = None,
    fetch: Annotated[
        bool, typer.Option(help="Fetch first; --no-fetch publishes what is in the lake.")
    ] = True,
) -> None:
    """Run the pipeline once: fetch, read, check, build, publish.

    Sources come from the packaged registry, or from the folder COSO_SOURCES names. Nothing is fetched twice;
    what a check refuses is kept from publication and told.
    """
    settings = load_settings()
    lake = Lake(settings.home)
    with lake.exclusive("run"):
        _claim(lake, is_demo=False)
        _know(settings, tuple(source or ()))
        summary = _run(settings, tuple(source or ()), fetch=fetch)
        report.show_run(lake, summary)
    if summary.failed_sources:
        raise CosoError(
            f"{len(summary.failed_sources)} sources could not be fetched: {', '.join(summary.failed_sources)}",
            "see `coso status`; the rest was published",
        )


def replay(
    source: Annotated[list[str] | None, typer.Option(help="Key of a source; repeat for several.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Only sources that captured a page on this day or later, YYYY-MM-DD.")
    ] = None,
) -> None:
    """Rebuild the landed tables from the archive alone, without fetching anything.

    Landed tables are a pure function of the stored pages and the code, so a replay by the same code changes no
    byte; after a change of a parser or a rule it brings all history up to date.
    """
    from flows import replaying

    settings = load_settings()
    with the_lake().exclusive("replay"), progress_bars():
        result = replaying.replay(
            settings, tuple(source or ()), read_day("--since", since) if since else None
        )
    out.print(
        f"{result.sources} sources, {result.files} landed files: {result.changed} changed, {result.added} added, "
        f"{result.removed} removed"
    )
    for words in result.destroyed:
        out.print(words, soft_wrap=True)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of Prefect's server and UI.")] = 4200,
    cron: Annotated[str, typer.Option(help="When the pipeline runs, in Vietnam's time.")] = "30 5,17 * * *",
    check_cron: Annotated[
        str, typer.Option(help="When every source is tried, in Vietnam's time.")
    ] = "0 12 * * 0",
) -> None:
    """Start Prefect's server, its UI and the schedules, and run until stopped."""
    from flows import serving

    settings = load_settings()
    serving.serve(settings, port=port, cron=cron, check_cron=check_cron, say=errors.print)


def _run(settings: Settings, source_keys: tuple[str, ...], *, fetch: bool = True) -> Summary:
    from flows.server import prefect_server

    begun = time.monotonic()
    with progress_bars(), prefect_server(Lake(settings.home)):
        from flows.pipeline import pipeline
        from flows.run import new_run

        started = time.monotonic() - begun
        try:
            summary = pipeline(run=new_run(settings, source_keys, fetch=fetch))
        except KeyboardInterrupt:
            errors.print("interrupted: what was fetched is kept, and the next `coso run` goes on from it")
            raise
        return replace(summary, seconds={"start Prefect": round(started, 3), **summary.seconds})


def _know(settings: Settings, source_keys: tuple[str, ...]) -> None:
    """Refuse a mistyped source before Prefect has started, which takes far longer than to look it up."""
    from flows.run import new_run

    if source_keys:
        new_run(settings, source_keys).sources()


def _claim(lake: Lake, *, is_demo: bool) -> None:
    """Refuse to mix invented figures with real ones in one lake."""
    mark = lake.home / DEMO_MARK
    if is_demo:
        if not mark.exists() and lake.captures.exists():
            raise BadInputError(
                f"{lake.home} holds real captures", "set COSO_HOME to another folder for the demo"
            )
        mark.write_text("This lake holds the sample portals' invented figures.\n", encoding="utf-8")
    elif mark.exists():
        raise BadInputError(
            f"{lake.home} holds the demo's invented figures",
            "`coso demo` publishes what was brought or decided there; set COSO_HOME to another folder for real ones",
        )
