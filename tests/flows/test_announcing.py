"""Engineers see incidents in Prefect: events of the run, an artifact, and an automation that fires once."""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from coso.lake import Lake, ensure_tables, write_records
from coso.records import Incident
from expectations.events import add_events, event
from flows.server import prefect_server

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("prefect")]

NOW = datetime.now(UTC)
CONFLICT = Incident(
    incident_id="inc-1", check_id="marts.conflict", severity="critical", status="open", province_code="42",
    frame="63", source_key=None, metric="dialogue_sessions", period="2024", title="Hà Tĩnh: mâu thuẫn",
    title_en="Hà Tĩnh: Sources contradict each other", expected="một số\none figure", observed="538; 583\n538; 583",
    evidence_fact_id="fact-1", evidence_quote="Toàn tỉnh có ```538``` <b>cuộc</b>.",
    evidence_url="https://bao-a.example/1", held=True, mend="mở bài\nopen it", opened_at=NOW, last_seen_at=NOW,
    resolved_at=None,
)  # fmt: skip
OVER = replace(
    CONFLICT,
    incident_id="inc-2",
    severity="warning",
    check_id="marts.range",
    status="resolved",
    resolved_at=NOW,
)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    made = Lake(tmp_path_factory.mktemp("announcing"))
    ensure_tables(made)
    write_records(made.quality / "incidents" / "part.parquet", Incident, [CONFLICT, OVER])
    steps = [
        event("inc-1", "opened", NOW), event("inc-2", "resolved", NOW),
        event("inc-2", "opened", NOW - timedelta(days=9)), event("inc-1", "acknowledged", NOW, "Lan"),
    ]  # fmt: skip
    add_events(made, steps)
    return made


@pytest.fixture(scope="module")
def address(lake: Lake) -> Iterator[str]:
    with prefect_server(lake) as running:
        yield f"{running}/api"


def ask(url: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def wait_for(what: Callable[[], Any], seconds: float = 60) -> Any:
    end, pause = time.monotonic() + seconds, threading.Event()
    while time.monotonic() < end:
        try:
            if found := what():
                return found
        except OSError:
            pass
        pause.wait(0.3)
    raise AssertionError("it did not come in time")


def events(address: str, prefix: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(
        f"{address}/events/filter", {"filter": {"event": {"prefix": [prefix]}}, "limit": 50}
    )["events"]
    return found


def test_a_run_tells_prefect_of_its_incidents_and_the_automation_fires_for_the_critical_one(
    lake: Lake, address: str, tmp_path: Path
) -> None:
    from prefect import flow, get_client  # noqa: PLC0415 - only after the server has settled Prefect's home
    from prefect.events.actions import PauseAutomation  # noqa: PLC0415
    from prefect.events.schemas.automations import AutomationCore  # noqa: PLC0415
    from prefect.events.worker import EventsWorker  # noqa: PLC0415

    from flows.announcing import AUTOMATION, announce, ensure_automation  # noqa: PLC0415

    for _ in range(2):
        ensure_automation()
    (automation,) = ask(f"{address}/automations/filter", {})
    assert automation["name"] == AUTOMATION
    assert automation["enabled"]

    assert flow(name="run")(announce)(lake, NOW) == 2
    EventsWorker.drain_all(timeout=10)
    seen = wait_for(lambda: len(found := events(address, "coso.incident.")) == 2 and found)
    told = {one["event"]: one for one in seen}
    assert set(told) == {"coso.incident.opened", "coso.incident.resolved"}
    opened = told["coso.incident.opened"]
    assert opened["resource"]["prefect.resource.name"] == "Hà Tĩnh: Sources contradict each other"
    assert opened["resource"]["coso.severity"] == "critical"
    assert opened["payload"]["Page"] == "https://bao-a.example/1"
    assert any(one["prefect.resource.role"] == "flow-run" for one in opened["related"])
    (fired,) = wait_for(lambda: events(address, "prefect.automation.triggered"))
    assert fired["resource"]["prefect.resource.name"] == AUTOMATION

    (artifact,) = ask(f"{address}/artifacts/filter", {"artifacts": {"key": {"any_": ["incidents"]}}})
    assert "# 1 open incidents" in artifact["data"]
    assert "<b>" not in artifact["data"]

    # What an engineer adds in the UI stays; a trigger that was changed is brought back.
    with get_client(sync_client=True) as client:
        (found,) = client.read_automations_by_name(name=AUTOMATION)
        found.actions, found.enabled = [PauseAutomation(source="inferred")], False
        found.trigger.threshold = 7
        client.update_automation(
            found.id, AutomationCore(**found.model_dump(exclude={"id", "owner_resource"}))
        )
        ensure_automation()
        (after,) = client.read_automations_by_name(name=AUTOMATION)
    assert (after.trigger.threshold, after.enabled) == (1, False)
    assert [action.type for action in after.actions] == ["pause-automation"]
