"""`coso serve`: the server answers, the pipeline is scheduled in Vietnam's time, and a run it starts publishes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from sample_platform import COSO, platform

from coso.lake import read_table
from coso.records import SourceCheck
from publishing import current_release
from scrapers.registry import load_registry

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]

START_SECONDS = 300.0
RUN_SECONDS = 240.0


def ask(port: int, path: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api{path}", data, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def wait_for(what: Any, seconds: float) -> Any:
    end = time.monotonic() + seconds
    pause = threading.Event()
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except OSError:
            pass
        pause.wait(0.5)
    raise AssertionError("it did not come in time")


def test_a_scheduled_pipeline_runs_and_publishes(portals: dict[str, int], tmp_path: Any) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = platform(tmp_path / "lake", portals)
    server = subprocess.Popen(
        [COSO, "serve", "--port", str(port)],
        env=here.env,
        start_new_session=True,
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - no thread of ours runs yet
    )
    try:
        deployments = wait_for(lambda: _deployments(port), START_SECONDS)
        assert deployments["backfill"]["schedules"] == []
        assert deployments["check-sources"]["schedules"][0]["active"]
        deployment = deployments["pipeline"]
        (schedule,) = deployment["schedules"]
        assert schedule["active"]
        assert schedule["schedule"]["timezone"] == "Asia/Ho_Chi_Minh"
        # On SQLite the server answers 503 while something else writes; its own client asks again, and so do we.
        done = _run(port, deployment["id"])
        assert done["type"] == "COMPLETED", done["message"]
        assert current_release(here.lake) is not None
        assert ask(port, "/artifacts/count", {}) >= 3
        (automation,) = ask(port, "/automations/filter", {})
        assert automation["name"] == "coso: critical incident"
        told = {"filter": {"event": {"prefix": ["coso.incident.opened"]}}}
        assert wait_for(lambda: ask(port, "/events/filter", told)["total"] >= 4, START_SECONDS)
        done = _run(port, deployments["check-sources"]["id"])
        assert done["type"] == "COMPLETED", done["message"]
        checked = read_table(here.lake.quality / "source_checks", SourceCheck)
        assert set(checked["source_key"].to_pylist()) == {
            s.key for s in load_registry(Path(here.env["COSO_SOURCES"])).sources
        }
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=60)


def _hear_interrupts() -> None:
    """Let the child hear SIGINT even where the shell that runs the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _deployments(port: int) -> dict[str, Any] | None:
    """Return the deployments by name once all are there."""
    found = {one["name"]: one for one in ask(port, "/deployments/filter", {})}
    return found if len(found) == 3 else None


def _run(port: int, deployment: str) -> Any:
    """Start a run of a deployment and return how it ended."""
    address, wish = f"/deployments/{deployment}/create_flow_run", {"state": {"type": "SCHEDULED"}}
    run = wait_for(lambda: ask(port, address, wish), START_SECONDS)
    return wait_for(lambda: _ended(port, run["id"]), RUN_SECONDS)


def _ended(port: int, run_id: str) -> Any:
    state = ask(port, f"/flow_runs/{run_id}")["state"]
    return state if state["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"} else None
