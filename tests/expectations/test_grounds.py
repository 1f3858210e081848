"""All that an incident rests on: each article that takes part in a contradiction, and what is in quarantine."""

from __future__ import annotations

import duckdb
import pytest
from expectation_rows import AS_OF, NOON, Warehouse

from coso.lake import Lake
from coso.records import Incident
from expectations.checks import ALL_CHECKS
from expectations.gates import check_marts
from expectations.grounds import grounds
from expectations.incidents import update_incidents


def incident(lake: Lake, warehouse: Warehouse, check_id: str) -> Incident:
    result = check_marts(lake, warehouse.path, "run-1", AS_OF, [ALL_CHECKS[check_id]])
    (found,) = update_incidents(lake, [result], NOON).open
    return found


def said(lake: Lake, found: Incident) -> list[tuple[str | None, str | None]]:
    return [(one.figure.vi if one.figure else None, one.sentence) for one in grounds(lake, found)]


def test_a_part_and_its_whole_are_both_shown(lake: Lake, warehouse: Warehouse) -> None:
    warehouse.value("93", "mediation_cases", "2023", 655)
    warehouse.value("93", "mediation_cases_successful", "2023", 700)
    warehouse.value("93", "reception_visits", "2023", 1200)
    found = incident(lake, warehouse, "marts.part_whole")
    whole, part = sorted(said(lake, found), key=lambda one: one[1] or "")
    assert part == ("700 vụ việc", "Câu có số 700.")
    assert whole[1] == "Câu có số 655."
    assert (whole[0] or "").endswith(", năm 2023)")


def test_a_stated_change_shows_the_earlier_report(lake: Lake, warehouse: Warehouse) -> None:
    fact_id = warehouse.value("93", "reception_visits", "2024-H1", 1786)
    warehouse.value("93", "reception_visits", "2023-H1", 1700)
    warehouse.value("93", "reception_visits", "2022-H1", 1500)
    warehouse.run(
        "insert into marts.fct_metric_comparison values (?, '93', '63', 'reception_visits', '2024-H1', 1786, "
        "'decrease', 26, 'lượt', '2023-H1', 1812, 1700, 'inconsistent')",
        [fact_id],
    )
    found = incident(lake, warehouse, "marts.stated_change")
    assert [sentence for _, sentence in said(lake, found)] == ["Câu có số 1786.", "Câu có số 1700."]


@pytest.mark.parametrize("damage", ["gone", "torn", "other"])
def test_without_a_build_the_incident_itself_stands(lake: Lake, warehouse: Warehouse, damage: str) -> None:
    warehouse.value("42", "dialogue_sessions", "2024", 538, 583)
    found = incident(lake, warehouse, "marts.conflict")
    assert len(said(lake, found)) == 2
    warehouse.path.unlink()
    if damage == "torn":
        warehouse.path.write_bytes(b"no database")
    if damage == "other":
        duckdb.connect(str(lake.warehouse / "build.duckdb")).close()
    assert said(lake, found) == []
