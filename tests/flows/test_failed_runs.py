"""A run that fails is told to the people alerted: once, with what failed, where, and the way on."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

import demo
from coso.errors import BadInputError, CosoError
from coso.settings import load_settings
from expectations.alerts import deliver
from expectations.incidents import read_incidents
from flows import steps
from flows.run import Run, new_run


@pytest.fixture
def told(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []

    def receive(request: Request) -> Response:
        messages.append(json.loads(request.data))
        return Response(status=200)

    httpserver.expect_request("/hook").respond_with_handler(receive)
    monkeypatch.setenv("COSO_ALERT_URL", f"json://127.0.0.1:{httpserver.port}/hook")
    monkeypatch.delenv("COSO_ALERT_ROUTES", raising=False)
    return messages


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COSO_HOME", str(tmp_path / "lake"))
    monkeypatch.setenv("COSO_SOURCES", str(_sources(tmp_path)))
    for name in ("COSO_BOUNDS", "COSO_TODAY"):
        monkeypatch.delenv(name, raising=False)
    return new_run(load_settings())


def _sources(folder: Path) -> Path:
    """Source files of portals that nobody serves."""
    ports = Counter[str]()
    with demo.serve(base_port=0) as web:
        ports.update(web.ports)
    return demo.write_sources(folder / "sources", dict(ports))


def states(run: Run) -> dict[str, str]:
    return {one.check_id: one.status for one in read_incidents(run.lake)}


def test_runs_that_fail_in_a_row_are_one_incident_until_one_goes_well(
    run: Run, told: list[dict[str, Any]]
) -> None:
    steps.tell_failure(run, "land", CosoError("first", "mend it"))
    steps.tell_failure(run, "land", RuntimeError("second\nwith a drawing below"))
    assert len(told) == 1
    assert "first; mend it" in told[0]["message"]
    (incident,) = read_incidents(run.lake)
    assert incident.observed.endswith("failed at the step land: second")
    assert steps.tell_success(run) is not None
    assert states(run) == {"platform.run": "resolved"}
    # One message a day: the end is told with tomorrow's.
    deliver(run.lake, load_settings().alert_url, datetime.now(UTC) + timedelta(days=1))
    assert told[-1]["title"] == "[Cơ Sở] Nền tảng: 1 đã hết"
    assert steps.tell_success(run) is None


def test_a_source_that_cannot_be_worked_on_is_told_until_it_can_or_is_gone(
    run: Run, told: list[dict[str, Any]]
) -> None:
    keys = [source.key for source in run.registry().sources]
    steps.note_sources(run, keys, {keys[0]: "ValueError: odd page", keys[1]: "x" * 5000, "gone": "a fault"})
    steps.alert(run)
    assert told[0]["title"] == "[Cơ Sở] Nền tảng: 3 cảnh báo"
    assert f"Không xử lý được một nguồn – {keys[0]}" in told[0]["message"]
    assert "ValueError: odd page" in told[0]["message"]
    assert max(len(one.observed) for one in read_incidents(run.lake)) < 1000
    steps.note_sources(run, keys[1:], {})
    # The first was not tried; the third is in no registry any more.
    assert {one.source_key for one in read_incidents(run.lake) if one.status == "open"} == {keys[0]}


def test_settings_are_read_before_anything_else(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.read_settings(run)
    bounds = tmp_path / "bounds.yml"
    monkeypatch.setenv("COSO_BOUNDS", str(bounds))
    bounds.write_text("sources: [{source: bao-x, freshness_days: 3, reason: x, reviewed_by: y}]")
    with pytest.raises(BadInputError, match="source 'bao-x' is unknown"):
        steps.read_settings(run)
    monkeypatch.delenv("COSO_BOUNDS")
    broken = next((tmp_path / "sources").rglob("*.yml"))
    broken.write_text("key: [", encoding="utf-8")
    with pytest.raises(BadInputError, match=broken.name):
        steps.read_settings(run)
