"""``coso serve``: Prefect's server and UI with the schedules of the flows, in one terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coso.errors import BadInputError
from coso.lake import Lake
from coso.settings import VIETNAM_ZONE, Settings
from flows.server import prefect_server
from scrapers.schedule import cron_line


def serve(settings: Settings, *, port: int, cron: str, check_cron: str, say: Callable[..., None]) -> None:
    """Run the server, the UI and the schedules until interrupted; one flow runs at a time, as they share the lake.

    Args:
        settings: settings of the installation.
        port: port of the server on 127.0.0.1.
        cron: schedule of the pipeline, in Vietnam's time.
        check_cron: schedule of trying the sources, in Vietnam's time.
        say: receives one line when all is ready.

    Raises:
        BadInputError: a schedule is no cron line.
        BusyError: the port is in use, or another ``coso serve`` serves this lake.
        EnvironmentProblemError: the server did not start.
    """
    lake = Lake(settings.home)
    lake.prepare()
    for option, line in (("--cron", cron), ("--check-cron", check_cron)):
        _check(option, line)
    # Two servers would start each run twice, and the first to stop would pause the schedule of both.
    with lake.exclusive("serve", lock="serve.lock"), prefect_server(lake, port) as address:
        import prefect
        from prefect.schedules import Cron

        from flows.announcing import ensure_automation
        from flows.pipeline import pipeline
        from flows.upkeep import backfill, check_sources

        ensure_automation()
        say(f"Prefect's server and UI: {address} (pipeline at {cron}, {VIETNAM_ZONE}). Stop with Ctrl-C.")
        runs, checks = (Cron(line, timezone=VIETNAM_ZONE) for line in (cron, check_cron))
        # Outside a coroutine each call gives the deployment itself; Prefect's types allow for both.
        deployments: Any = (
            pipeline.to_deployment("pipeline", schedule=runs, parameters={"scheduled": True}),
            check_sources.to_deployment("check-sources", schedule=checks),
            backfill.to_deployment("backfill"),
        )
        prefect.serve(*deployments, limit=1)


def _check(option: str, line: str) -> None:
    try:
        cron_line(line)
    except ValueError as error:
        raise BadInputError(
            f"{option} {line!r}: {error}", "write it as in the key schedule of a source file"
        ) from None
