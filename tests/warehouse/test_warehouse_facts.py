"""Facts beside the readings: rates, running counts, reviews owed, statements, the health of sources."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from small_lake import NOON
from warehouse_build import Build

from expectations.due import due_reviews


@pytest.mark.parametrize(
    ("metric", "basis", "expected"),
    [
        ("petition_resolution_rate", "fraction", (84.6, 84.615385, 88.0, 104.0, "consistent")),
        ("mediation_success_rate", "same_document", (80.5, 75.0, 450.0, 600.0, "inconsistent")),
        ("mediation_success_rate", "values", (80.5, 75.0, 450.0, 600.0, "inconsistent")),
        # Numerator and denominator stand in another article; 89,6 against a rounded 90.
        ("complaint_resolution_rate", "values", (90.0, 89.6, 224.0, 250.0, "consistent")),
        ("citizen_satisfaction_rate", "none", (91.5, None, None, None, "not_checkable")),
    ],
)
def test_a_stated_rate_stands_beside_the_computed_one(
    build: Build, metric: str, basis: str, expected: tuple[Any, ...]
) -> None:
    row = build.one(
        f"""select * from marts.fct_rate_check
            where province_key = '63-42' and period = '2023' and metric = '{metric}' and basis = '{basis}'"""
    )
    found = (
        row["stated_rate"],
        row["computed_rate"],
        row["numerator_value"],
        row["denominator_value"],
        row["status"],
    )
    assert found == expected
    if basis != "none":
        parts = build.one(f"select * from marts.dim_metric where metric = '{metric}'")
        readings = build.rows(
            f"""select metric, value from marts.fct_metric_observation
                where fact_id in ('{row["numerator_fact_id"]}', '{row["denominator_fact_id"]}')"""
        )
        assert {reading["metric"] for reading in readings} <= {parts["numerator"], parts["denominator"]}


def test_every_stated_rate_has_a_row(build: Build) -> None:
    missing = build.rows(
        """select fact_id from marts.fct_metric_observation join marts.dim_metric using (metric)
           where kind = 'rate' and value_standard is not null
           and fact_id not in (select fact_id from marts.fct_rate_check)"""
    )
    assert missing == []


def test_a_running_count_never_falls(build: Build) -> None:
    rows = build.rows(
        "select * from marts.fct_cumulative_check where metric = 'reception_visits' and frame = '63' order by months"
    )
    assert [(r["period"], r["shorter_period"], r["increase"], r["status"]) for r in rows] == [
        ("2023-9M", "2023-H1", -5.0, "decreasing"),
        ("2023", "2023-9M", 35.0, "consistent"),
    ]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        # COSO_TODAY is 2026-01-20: the year 2025 may still come, and 2025-H2 is no review of its own.
        ("34-24/2025", ("due", None, None, True)),
        ("63-35/2024", ("received", date(2025, 1, 5), 0, True)),
        ("63-24/2025-H1", ("received", date(2025, 8, 2), 0, True)),
        ("63-27/2025-H1", ("late", date(2026, 1, 10), 132, False)),
        ("63-42/2024", ("silent", None, None, True)),
        ("63-01/2024", ("silent", None, None, False)),
    ],
)
def test_reviews_are_received_late_due_or_silent(build: Build, key: str, expected: tuple[Any, ...]) -> None:
    row = build.one(f"select * from marts.fct_reporting_compliance where report_key = '{key}'")
    assert (
        row["status"],
        row["first_published_on"],
        row["days_late"],
        row["has_reported_before"],
    ) == expected


def test_reviews_are_owed_by_the_map_of_their_last_day_and_due_as_the_calendar_says(build: Build) -> None:
    rows = build.rows(
        """select period, frame, count(*) as owed, any_value(due_on) as due_on
           from marts.fct_reporting_compliance group by all order by period"""
    )
    assert [(r["period"], r["frame"], r["owed"], r["due_on"]) for r in rows] == [
        ("2023", "63", 63, date(2024, 2, 29)),
        ("2023-H1", "63", 63, date(2023, 8, 31)),
        ("2024", "63", 63, date(2025, 2, 28)),
        ("2024-H1", "63", 63, date(2024, 8, 31)),
        ("2025", "34", 34, date(2026, 2, 28)),
        ("2025-H1", "63", 63, date(2025, 8, 31)),
    ]


def test_the_calendar_is_that_of_the_gate(build: Build) -> None:
    due = {(period, due_on) for period, _, due_on in due_reviews(date(2026, 1, 20))}
    owed = build.rows("select distinct period, due_on from marts.fct_reporting_compliance")
    assert due <= {(row["period"], row["due_on"]) for row in owed}


def test_nobody_watching_is_told_apart_from_silence(build: Build) -> None:
    rows = build.rows(
        """select report_key, n_outlets, review_seen_on from marts.fct_reporting_compliance
           where report_key in ('63-24/2024', '63-35/2024') order by 1"""
    )
    # Bắc Giang: its own paper, its voters' page and the paper of the new Bắc Ninh.
    assert [(r["n_outlets"], r["review_seen_on"]) for r in rows] == [(3, None), (2, date(2025, 1, 3))]


def test_statements_and_names_carry_their_evidence(build: Build) -> None:
    shortcoming = build.one("select * from marts.fct_shortcoming")
    assert (shortcoming["period"], shortcoming["outlet_province_key"]) == ("2024", "63-42")
    assert build.one("select quote, period from marts.fct_commitment") == {
        "quote": "mỗi xã sẽ đối thoại ít nhất hai lần",
        "period": "2025",
    }
    official = build.one("select official_name, office from marts.fct_official")
    assert official == {"official_name": "Nguyễn Thị Mai", "office": "Phó Bí thư Tỉnh ủy"}
    assert build.one("select initiative from marts.fct_initiative") == {"initiative": "Ngày thứ sáu nghe dân"}


def test_sources_are_fresh_silent_failing_or_not_tried(build: Build) -> None:
    rows = build.rows(
        "select * from marts.fct_source_health where source_key not like 'to-%' order by source_key"
    )
    health = {row["source_key"]: row for row in rows}
    own = health["ha-nam"]
    assert (own["health"], own["last_item_on"], own["days_since_item"]) == ("fresh", date(2026, 1, 10), 10)
    assert (own["n_attempts"], own["n_good"], own["last_failure_detail"]) == (4, 2, "410 Gone")
    assert own["last_success_at"] < own["last_attempted_at"]
    assert health["bac-giang"]["health"] == "not_tried"
    assert health["hue"]["health"] == "failing"
    assert health["old-news"]["health"] == "silent"
    assert health["old-news"]["last_sight"] == "quiet"  # seen whole: it is proven that it has nothing new
    unseen = health["unseen"]
    assert (unseen["health"], unseen["last_sight"]) == ("blind", "blind")  # a closed crawl says nothing
    assert unseen["last_seen_at"] == NOON + timedelta(minutes=2)
    assert health["closed"]["health"] == "retired"
