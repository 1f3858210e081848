"""Reviewed corrections: applied to what they name, visible, and told when they no longer apply."""

from __future__ import annotations

from typing import Any

import pytest
from warehouse_build import Build

STATUS = {
    "typo": "applied",
    "misread": "applied",
    "part": "applied",
    "wrong-metric": "applied",
    "wrong-period": "applied",
    "mended": "already_right",
    "changed": "reading_differs",
    "gone": "reading_gone",
    "replaced": "article_replaced",
}


def test_each_correction_says_whether_it_applies(build: Build) -> None:
    rows = build.rows(
        "select correction_id, status from marts.fct_correction where correction_id not like 'dcs-%'"
    )
    assert {row["correction_id"]: row["status"] for row in rows} == STATUS
    assert build.results["warn_corrections_no_longer_apply"] == "warn"


@pytest.mark.parametrize(
    ("correction", "quote", "expected"),
    [
        ("typo", "411", (411.0, 41.0, "documents_issued", "2024-03", None)),
        ("misread", "12", (12.0, 12.0, "democracy_inspections", "2024-03", "dropped_by_correction")),
        ("part", "5", (5.0, 5.0, "party_building_comments", "2024-03", "subset")),
        ("wrong-metric", "6", (6.0, 6.0, "investment_supervision_sessions", "2024-03", None)),
        ("wrong-period", "7", (7.0, 7.0, "mediation_cases", "2024-Q1", None)),
    ],
)
def test_a_correction_changes_what_it_names_and_keeps_what_was_read(
    build: Build, correction: str, quote: str, expected: tuple[Any, ...]
) -> None:
    row = build.one(f"select * from marts.fct_metric_observation where correction_ids = '{correction}'")
    found = (
        row["value"],
        row["value_standard"],
        row["metric"],
        row["period"],
        row["not_reconcilable_because"],
    )
    assert (row["quote"], found) == (quote, expected)


def test_the_corrected_value_is_the_published_one(build: Build) -> None:
    assert build.value("63-42/documents_issued/2024-03")["value"] == 41
    assert build.value("63-42/investment_supervision_sessions/2024-03")["value"] == 6
    assert build.value("63-42/mediation_cases/2024-Q1")["value"] == 7
    for gone in ("democracy_inspections", "party_building_comments", "front_supervision_sessions"):
        key = f"63-42/{gone}/2024-03"
        assert build.rows(f"select * from marts.fct_metric_value where value_key = '{key}'") == []


def test_an_expired_correction_changes_nothing(build: Build) -> None:
    assert build.value("63-42/training_classes/2024-03")["value"] == 8
    assert build.value("63-42/outreach_sessions/2024-03")["value"] == 9
    replaced = build.one(
        "select * from marts.fct_metric_observation where quote = '21' and period = '2024-05'"
    )
    assert (replaced["correction_ids"], replaced["value_standard"]) == (None, 21)


def test_the_repository_corrects_nothing_that_is_not_reviewed(empty_build: Build) -> None:
    assert empty_build.results["assert_corrections_are_well_formed"] == "pass"
