"""What people do about incidents, and what stays of it over runs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from expectation_rows import AS_OF, NOON, Warehouse
from pytest_httpserver import HTTPServer

from coso.errors import BadInputError, CosoError
from coso.lake import Lake, read_table
from coso.records import Hold
from expectations import desk
from expectations.checks import ALL_CHECKS
from expectations.gates import GateResult, check_marts
from expectations.incidents import IncidentUpdate, update_incidents

CHECKS = [ALL_CHECKS[name] for name in ("marts.conflict", "marts.participants")]


def at(number: int) -> datetime:
    return NOON + timedelta(days=number)


def run(lake: Lake, warehouse: Warehouse, number: int) -> tuple[GateResult, IncidentUpdate]:
    result = check_marts(lake, warehouse.path, f"run-{number}", AS_OF, CHECKS)
    return result, update_incidents(lake, [result], at(number))


def figures(warehouse: Warehouse, *said: float) -> None:
    warehouse.run("delete from marts.fct_metric_value")
    warehouse.run("delete from marts.fct_metric_observation")
    warehouse.value("42", "dialogue_sessions", "2024", *said)


def held(lake: Lake) -> list[str | None]:
    return [hold["metric"] for hold in read_table(lake.quality / "holds", Hold).to_pylist()]


@pytest.fixture
def troubled(lake: Lake, warehouse: Warehouse) -> Warehouse:
    figures(warehouse, 538, 583)
    run(lake, warehouse, 0)
    return warehouse


def test_a_released_hold_stays_released_for_the_same_figures_only(lake: Lake, troubled: Warehouse) -> None:
    (released,) = desk.release_hold(lake, "42", "63", "dialogue_sessions", "số 538 đã hỏi tỉnh", "Lan", at(1))
    assert (released.metric, released.who) == ("dialogue_sessions", "Lan")
    assert held(lake) == []
    result, update = run(lake, troubled, 2)
    assert result.holds == ()
    (incident,) = update.open
    assert not incident.held
    case = desk.show(lake, incident.incident_id, at(2))
    assert case.state == "acknowledged"
    assert [step.kind for step in case.log] == ["opened", "hold_released"]
    figures(troubled, 538, 593)
    result, _ = run(lake, troubled, 3)
    assert [hold.metric for hold in result.holds] == ["dialogue_sessions"]


def test_a_release_names_what_is_held_and_why(lake: Lake, troubled: Warehouse) -> None:
    with pytest.raises(BadInputError, match="nothing is held of mediation_cases in 42"):
        desk.release_hold(lake, "42", "63", "mediation_cases", "vì sao", "Lan")
    with pytest.raises(BadInputError, match="no reason"):
        desk.release_hold(lake, "42", "63", "dialogue_sessions", " ", "Lan")
    assert held(lake) == ["dialogue_sessions"]


def test_taking_up_ends_with_the_incident_and_a_relapse_has_its_time(lake: Lake, troubled: Warehouse) -> None:
    (case,) = desk.list_cases(lake, now=at(1))
    assert case.state == "open"
    assert desk.acknowledge(lake, case.incident.incident_id[:10], "Lan", now=at(1)).state == "acknowledged"
    figures(troubled, 538, 538)
    run(lake, troubled, 2)
    assert desk.list_cases(lake, now=at(2)) == []
    (over,) = desk.list_cases(lake, everything=True, now=at(2))
    assert over.state == "resolved"
    figures(troubled, 538, 583)
    run(lake, troubled, 3)
    (again,) = desk.list_cases(lake, province="42", now=at(3))
    assert (again.state, again.standing.reopened_at) == ("open", at(3))
    assert again.incident.opened_at == at(0)
    assert [step.kind for step in again.log] == ["opened", "acknowledged", "resolved", "reopened"]


def test_muting_needs_a_reason_and_ends(lake: Lake, troubled: Warehouse) -> None:
    (case,) = desk.list_cases(lake, now=at(1))
    key = case.incident.incident_id
    with pytest.raises(BadInputError, match="is past"):
        desk.mute(lake, key, at(0), "chờ tỉnh trả lời", "Lan", now=at(1))
    muted = desk.mute(lake, key, at(5), "chờ tỉnh trả lời", "Lan", now=at(1))
    assert (muted.state, muted.standing.muted_because) == ("muted", "chờ tỉnh trả lời")
    assert desk.show(lake, key, at(6)).state == "open"
    assert desk.unmute(lake, key, "Lan", at(2)).state == "open"


def test_what_a_person_resolved_comes_back_only_with_other_figures(lake: Lake, warehouse: Warehouse) -> None:
    def people(number: float) -> None:
        warehouse.run("delete from marts.fct_metric_value")
        warehouse.series("22", "training_classes", {"2024": 72})
        warehouse.series("22", "training_participants", {"2024": number})

    people(70)
    _, update = run(lake, warehouse, 0)
    key = update.opened[0].incident_id
    assert desk.resolve(lake, key, "đúng như báo cáo", "Lan", at(1)).state == "resolved"
    _, update = run(lake, warehouse, 2)
    assert (update.open, update.reopened) == ((), ())
    people(69)
    _, update = run(lake, warehouse, 3)
    assert [one.incident_id for one in update.reopened] == [key]


def test_what_holds_values_is_not_resolved_by_hand(lake: Lake, troubled: Warehouse) -> None:
    (case,) = desk.list_cases(lake)
    with pytest.raises(BadInputError, match="release the hold first"):
        desk.resolve(lake, case.incident.incident_id, "kệ nó", "Lan")
    with pytest.raises(BadInputError, match="no incident has the id"):
        desk.show(lake, "inc-nothing")


def test_a_trial_message_goes_out_or_says_why_not(httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/hook").respond_with_data("ok")
    url = f"json://127.0.0.1:{httpserver.port}/hook"
    desk.send_trial(url)
    (request,) = (request for request, _ in httpserver.log)
    assert request.get_json()["message"] == (
        "Tin thử: kênh cảnh báo của Cơ Sở đã được nối.\n\n— English —\n\n"
        "A trial: this channel of Cơ Sở's alerts works."
    )
    httpserver.expect_ordered_request("/hook").respond_with_data("no", status=500)
    with pytest.raises(CosoError, match="did not accept the trial"):
        desk.send_trial(url)
