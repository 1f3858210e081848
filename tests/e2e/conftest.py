"""One run of everything against the sample portals, shared by the tests of this folder."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sample_platform import Platform, platform

import demo


@pytest.fixture(scope="session")
def portals() -> Iterator[dict[str, int]]:
    with demo.serve(base_port=0) as web:
        yield dict(web.ports)


@pytest.fixture(scope="session")
def alerts() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A webhook that keeps what it is told: its apprise address and the messages."""
    told: list[dict[str, str]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"json://127.0.0.1:{server.server_address[1]}/alerts", told
        server.shutdown()


@pytest.fixture(scope="session")
def first_run(
    portals: dict[str, int],
    alerts: tuple[str, list[dict[str, str]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Platform, subprocess.CompletedProcess[str]]:
    here = platform(tmp_path_factory.mktemp("e2e") / "lake", portals, COSO_ALERT_URL=alerts[0])
    done = here.coso("run")
    assert done.returncode == 0, done.stderr
    return here, done


#: Runs Prefect's server over a lake, says where, and ends it with its input.
SERVER = """
import sys
from pathlib import Path
from coso.lake import Lake
from flows.server import prefect_server
with prefect_server(Lake(Path(sys.argv[1]))) as address:
    print(address, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def prefect_api(first_run: tuple[Platform, subprocess.CompletedProcess[str]]) -> Iterator[str]:
    """The address of a server as an operator keeps one; the first run has made its tables, which takes it long.

    It ends with the tests of its file: a server that nobody asks still works through its services every few seconds.
    """
    here, _ = first_run
    command = [sys.executable, "-c", SERVER, str(here.lake.home)]
    with subprocess.Popen(
        command, env=here.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert address, "Prefect's server did not start"
        yield f"{address}/api"
