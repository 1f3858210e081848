"""Reviewers' decisions in the warehouse: a rejected fact gives no value, a corrected one the corrected value."""

from __future__ import annotations

from typing import Any

import pytest
from warehouse_build import Build

_VALUES = "select value from marts.fct_metric_value where value_key = "


def _observation(build: Build, quote: str) -> dict[str, Any]:
    return build.one(
        "select o.* from marts.fct_metric_observation as o"
        f" where o.url = 'https://ha-nam.example/duyet.html' and o.quote = '{quote}'"
    )


def test_every_decision_is_told_with_how_it_stands(build: Build) -> None:
    rows = build.rows(
        "select o.quote, c.action, c.status, c.is_disputed, c.reviewer, c.new_value"
        " from marts.fct_correction as c join marts.fct_metric_observation as o using (fact_id)"
        " where o.url = 'https://ha-nam.example/duyet.html' order by o.quote, c.reviewer, c.action"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("931", "confirm", "applied", False, "An", None),
        ("932", "drop_reading", "applied", False, "An", None),
        ("933", "replace_value", "applied", False, "An", "9330"),
        ("933", "set_metric", "applied", False, "An", "mediation_cases_successful"),
        ("934", "set_place", "applied", False, "An", "Hà Tĩnh"),
        ("935", "set_period", "applied", False, "An", "2023-12"),
        ("936", "drop_reading", "overruled", True, "An", None),
        ("936", "confirm", "applied", True, "Bình", None),
        ("937", "drop_reading", "reading_differs", False, "An", None),
    ]


def test_a_rejected_reading_gives_no_value(build: Build) -> None:
    assert _observation(build, "932")["not_reconcilable_because"] == "dropped_by_correction"
    assert build.rows(f"{_VALUES} '63-35/front_supervision_sessions/2024-04'") == []


@pytest.mark.parametrize(
    ("quote", "key", "value"),
    [
        ("931", "63-35/dialogue_sessions/2024-04", 931),
        ("933", "63-35/mediation_cases_successful/2024-04", 9330),
        ("934", "63-42/training_classes/2024-04", 934),
        ("935", "63-35/outreach_sessions/2023-12", 935),
        ("936", "63-35/democracy_inspections/2024-04", 936),
        # Stale: the engine reads it anew, so what was said of the old reading changes nothing.
        ("937", "63-35/petitions_received/2024-04", 9370),
    ],
)
def test_the_value_is_that_of_the_last_decision(build: Build, quote: str, key: str, value: float) -> None:
    assert build.value(key)["value"] == value
    observation = _observation(build, quote)
    assert observation["value"] == (9370 if quote == "937" else float(quote))
    assert observation["value_standard"] == value
    assert (observation["correction_ids"] is None) is (quote in {"931", "936", "937"})
