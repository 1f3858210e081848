"""Prefect's server on loopback, started with a run and ending with it, even when the run is killed.

Prefect can start one by itself, but then a killed run leaves it behind, and task runs not yet written are lost.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coso.errors import BusyError, EnvironmentProblemError
from coso.lake import Lake
from coso.room import is_full, no_room
from flows.children import END_WITH_PARENT
from flows.prefect_home import settle

#: The server needs 5 to 10 seconds on two idle cores. On crowded ones its first start, which makes its tables, has
#: taken more than 100; a server that ends by itself is not waited for.
START_SECONDS = 300.0


@contextmanager
def prefect_server(lake: Lake, port: int | None = None) -> Iterator[str]:
    """Run Prefect's server for the duration of a block; its log lies in the lake.

    A server that ``PREFECT_API_URL`` names is used instead, so that runs appear where the operator looks.

    Args:
        lake: the lake whose ``prefect`` folder is Prefect's home.
        port: port on 127.0.0.1; a free one by default.

    Yields:
        The server's address.

    Raises:
        BusyError: the port is in use.
        EnvironmentProblemError: the server did not start.
    """
    if port is None and (running := os.environ.get("PREFECT_API_URL")):
        settle(lake)
        yield running.removesuffix("/api")
        return
    port = _claim(port)
    address = f"http://127.0.0.1:{port}"
    os.environ["PREFECT_API_URL"] = f"{address}/api"
    # Without it the UI looks for the server at its default port.
    os.environ["PREFECT_SERVER_UI_API_URL"] = f"{address}/api"
    settle(lake)
    lake.logs.mkdir(parents=True, exist_ok=True)
    log = lake.logs / "prefect-server.log"
    server = _start(port, log)
    try:
        # The client takes as long to import as the server to start: both at once.
        import prefect  # noqa: F401

        _wait(server, f"{address}/api/health", log)
        try:
            yield address
        finally:
            _send_logs()
    finally:
        server.terminate()
        server.wait(timeout=30)
        del os.environ["PREFECT_API_URL"]


def _send_logs() -> None:
    """Let the logs and the events of the run reach the server before it ends."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    EventsWorker.drain_all(timeout=5)
    APILogWorker.drain_all(timeout=5)


def _start(port: int, log: Path) -> subprocess.Popen[bytes]:
    application = ["--factory", "prefect.server.api.server:create_app", "--lifespan", "on"]
    place = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]
    with log.open("ab") as sink:
        return subprocess.Popen(
            [sys.executable, "-m", "uvicorn", *application, *place],
            stdout=sink,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for us: the server must outlive the runner, which pauses its schedules through it.
            start_new_session=True,
            preexec_fn=END_WITH_PARENT,  # noqa: PLW1509 - it only makes one system call
        )


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    ended = server.poll()
    if is_full(log.parent):
        raise no_room(log.parent, "Prefect's server could not start")
    how = (
        f"did not answer within {START_SECONDS:.0f} s"
        if ended is None
        else f"ended at once with code {ended}"
    )
    raise EnvironmentProblemError(f"Prefect's server {how}", f"see {log}")


def _claim(port: int | None) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port or 0))
        except OSError:
            raise BusyError(f"port {port} on 127.0.0.1 is in use", "choose another with --port") from None
        return int(probe.getsockname()[1])
