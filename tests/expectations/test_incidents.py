"""Incidents over several runs: one a cause, kept, resolved, reopened; broken checks are incidents too."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from expectation_rows import AS_OF, NOON, Warehouse, document, fact, land

from coso.lake import Lake
from expectations.checks import ALL_CHECKS
from expectations.gates import check_landed, check_marts
from expectations.incidents import IncidentUpdate, read_incidents, update_incidents

CHECKS = [ALL_CHECKS["marts.conflict"], ALL_CHECKS["marts.jump"]]


def run(lake: Lake, warehouse: Warehouse, number: int) -> IncidentUpdate:
    result = check_marts(lake, warehouse.path, f"run-{number}", AS_OF, CHECKS)
    return update_incidents(lake, [result], at(number))


def at(number: int) -> datetime:
    return NOON + timedelta(days=number)


def clear(warehouse: Warehouse) -> None:
    warehouse.run("delete from marts.fct_metric_value")
    warehouse.run("delete from marts.fct_metric_observation")


@pytest.fixture
def troubled(warehouse: Warehouse) -> Warehouse:
    warehouse.value("42", "dialogue_sessions", "2024", 538, 583)
    warehouse.series("35", "dialogue_sessions", {"2023": 215, "2024": 227})
    return warehouse


def test_an_incident_lives_from_run_to_run(lake: Lake, troubled: Warehouse) -> None:
    first = run(lake, troubled, 0)
    (opened,) = first.opened
    assert (opened.check_id, opened.status, opened.held) == ("marts.conflict", "open", True)
    assert opened.title == (
        "Hà Tĩnh: Các nguồn đưa số liệu mâu thuẫn – Số cuộc đối thoại của người đứng đầu cấp ủy, "
        "chính quyền với Nhân dân (năm 2024)"
    )
    assert opened.evidence_url == "https://bao-a.example/dialogue_sessions"

    second = run(lake, troubled, 1)
    assert (second.opened, second.resolved, second.reopened) == ((), (), ())
    (kept,) = second.kept
    assert (kept.incident_id, kept.opened_at, kept.last_seen_at) == (opened.incident_id, at(0), at(1))

    clear(troubled)
    troubled.value("42", "dialogue_sessions", "2024", 538, 538)
    third = run(lake, troubled, 2)
    (resolved,) = third.resolved
    assert (resolved.status, resolved.resolved_at, resolved.held) == ("resolved", at(2), False)
    assert resolved.last_seen_at == at(1)
    assert third.open == ()

    clear(troubled)
    troubled.value("42", "dialogue_sessions", "2024", 538, 583)
    fourth = run(lake, troubled, 3)
    (again,) = fourth.reopened
    assert (again.incident_id, again.opened_at, again.resolved_at) == (opened.incident_id, at(0), None)
    assert read_incidents(lake) == list(fourth.incidents)


def test_a_broken_check_is_an_incident_and_resolves_nothing(lake: Lake, troubled: Warehouse) -> None:
    run(lake, troubled, 0)
    troubled.run("alter table marts.fct_metric_value rename agreement to agreed")
    broken = run(lake, troubled, 1)
    assert {(one.check_id, one.status) for one in broken.incidents} == {
        ("marts.conflict", "open"), ("platform.broken/marts.conflict", "open"),
    }  # fmt: skip
    (opened,) = broken.opened
    assert opened.severity == "critical"
    assert "agreement" in opened.observed
    troubled.run("alter table marts.fct_metric_value rename agreed to agreement")
    mended = run(lake, troubled, 2)
    assert [one.check_id for one in mended.resolved] == ["platform.broken/marts.conflict"]
    assert [one.check_id for one in mended.open] == ["marts.conflict"]


def test_no_data_resolve_nothing(lake: Lake, troubled: Warehouse) -> None:
    run(lake, troubled, 0)
    clear(troubled)
    assert [one.status for one in run(lake, troubled, 1).incidents] == ["open"]


def test_a_gate_leaves_the_other_gates_incidents_alone(lake: Lake, troubled: Warehouse) -> None:
    run(lake, troubled, 0)
    land(lake, document(), fact("petition_resolution_rate", value=120.0))
    landed = check_landed(lake, "run-1", AS_OF, [ALL_CHECKS["landed.percent"]])
    update = update_incidents(lake, [landed], at(1))
    assert {one.check_id: one.status for one in update.incidents} == {
        "marts.conflict": "open", "landed.percent": "open",
    }  # fmt: skip
    assert [one.check_id for one in update.open] == ["marts.conflict", "landed.percent"]


def test_the_same_run_twice_changes_only_the_clock(lake: Lake, troubled: Warehouse) -> None:
    first = run(lake, troubled, 0)
    stored = (lake.quality / "incidents" / "part.parquet").read_bytes()
    assert run(lake, troubled, 0).incidents == first.incidents
    assert (lake.quality / "incidents" / "part.parquet").read_bytes() == stored
