"""``coso serve``: Prefect's server and UI with the pipeline's schedule, in one terminal."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coso.errors import BusyError, EnvironmentProblemError
from coso.lake import Lake
from coso.settings import Settings
from flows.prefect_home import settle

#: The server needs 5 to 10 seconds on two cores; ten times that is a failure.
START_SECONDS = 100.0


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
    _refuse_busy(port)
    url = f"http://127.0.0.1:{port}"
    os.environ["PREFECT_API_URL"] = f"{url}/api"
    # Without it the UI looks for the server at its default port.
    os.environ["PREFECT_SERVER_UI_API_URL"] = f"{url}/api"
    settle(lake, log_level="INFO")
    with prefect_server(lake, port):
        from prefect.schedules import Cron

        from flows.pipeline import pipeline

        say(f"Prefect's server and UI: {url} (pipeline at {cron}, Asia/Ho_Chi_Minh). Stop with Ctrl-C.")
        pipeline.serve(name="pipeline", schedule=Cron(cron, timezone="Asia/Ho_Chi_Minh"), limit=1)


@contextmanager
def prefect_server(lake: Lake, port: int) -> Iterator[None]:
    """Run Prefect's server on 127.0.0.1 for the duration of a block; its log lies in the lake."""
    lake.logs.mkdir(parents=True, exist_ok=True)
    log = lake.logs / "prefect-server.log"
    command = [str(Path(sys.executable).with_name("prefect")), "server", "start", "--host", "127.0.0.1"]
    with log.open("ab") as sink:
        server = subprocess.Popen([*command, "--port", str(port)], stdout=sink, stderr=subprocess.STDOUT)
        try:
            _wait(server, f"http://127.0.0.1:{port}/api/health", log)
            yield
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise EnvironmentProblemError("Prefect's server did not start", f"see {log}")


def _refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise BusyError(f"port {port} on 127.0.0.1 is in use", "choose another with --port") from None
