"""``coso serve``: Prefect's server and UI with the pipeline's schedule, in one terminal."""

from __future__ import annotations

from collections.abc import Callable

from coso.lake import Lake
from coso.settings import VIETNAM_ZONE, Settings
from flows.server import prefect_server


def serve(settings: Settings, *, port: int, cron: str, say: Callable[..., None]) -> None:
    """Run the server, the UI and the schedule until interrupted.

    Args:
        settings: settings of the installation.
        port: port of the server on 127.0.0.1.
        cron: schedule of the pipeline, in Vietnam's time.
        say: receives one line when all is ready.

    Raises:
        BusyError: the port is in use.
        EnvironmentProblemError: the server did not start.
    """
    lake = Lake(settings.home)
    lake.prepare()
    with prefect_server(lake, port) as address:
        from prefect.schedules import Cron

        from flows.pipeline import pipeline

        say(f"Prefect's server and UI: {address} (pipeline at {cron}, {VIETNAM_ZONE}). Stop with Ctrl-C.")
        pipeline.serve(name="pipeline", schedule=Cron(cron, timezone=VIETNAM_ZONE), limit=1)
