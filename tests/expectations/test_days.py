"""Days are days in Vietnam, wherever the machine stands and whatever its clock shows."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from expectation_rows import AS_OF, Warehouse, document, land, outcome, source

from coso.lake import Lake
from expectations.batches import vietnam_day
from expectations.checks import ALL_CHECKS
from expectations.gates import check_marts

#: An evening in UTC, which is the next morning in Vietnam.
EVENING = datetime(2025, 3, 12, 20, tzinfo=UTC)

#: What a machine in another zone makes of times: the engine that the checks ask, on a day of Vietnam and as JSON.
ASK = f"""
from sqlalchemy import create_engine
from expectations.duckdb_dialect import URL_SCHEME, register
register()
with create_engine(f"{{URL_SCHEME}}:///:memory:").connect() as connection:
    moment = "timestamptz '2025-03-12 20:00:00+00'"
    print(*connection.exec_driver_sql("select {vietnam_day("moment")}, to_json(moment)"
                                      f" from (select {{moment}} as moment)").one())
"""


def test_an_outage_is_counted_in_days_of_vietnam(lake: Lake, warehouse: Warehouse) -> None:
    tries = [
        replace(outcome(f"o{hour}", "bao-a"), outcome="timeout", attempted_at=EVENING.replace(hour=hour))
        for hour in (10, 20)
    ]
    land(lake, source("bao-a"), *tries)
    (cause,) = check_marts(lake, warehouse.path, "run-1", AS_OF, [ALL_CHECKS["marts.source_down"]]).causes
    assert "2025-03-12" in cause.told.observed.en


def test_an_item_without_a_day_is_of_the_day_it_was_seen_in_vietnam(lake: Lake, warehouse: Warehouse) -> None:
    days = (AS_OF - EVENING.date()).days
    land(
        lake,
        source("bao-a", freshness_days=days - 1),
        outcome("o", "bao-a"),
        document(published_on=None, fetched_at=EVENING),
    )
    assert check_marts(lake, warehouse.path, "run-1", AS_OF, [ALL_CHECKS["marts.source_silent"]]).causes == ()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_zone_of_the_machine_changes_nothing(zone: str) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == ["2025-03-13", "2025-03-12", "20:00:00+00"]
