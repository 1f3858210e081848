"""Marts built by real dbt from real Parquet: what each story of the small lake becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from small_lake_story import NOTATIONS
from warehouse_build import Build

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.periods import parse_period, write_months

#: Tests that the rows of the story of doubts set off.
DOUBTS = {
    "accepted_values_fct_metric_observation_frame__63__34",
    "relationships_fct_metric_observation_source_key__source_key__ref_dim_source_",
    "warn_corrections_no_longer_apply",
    "warn_facts_without_document",
    "warn_files_were_rejected",
    "warn_period_days_differ",
}


def test_bad_data_warns_and_all_else_is_good(build: Build) -> None:
    other = {n: status for n, status in build.results.items() if status not in {"success", "pass", "no-op"}}
    assert {name.split(".")[0]: status for name, status in other.items()} == dict.fromkeys(DOUBTS, "warn")
    assert {"fct_quality_incident", "fct_quarantine"} <= build.results.keys()


def test_schemas_are_named_exactly(build: Build) -> None:
    found = build.rows("select distinct table_schema as s from information_schema.tables order by 1")
    assert [row["s"] for row in found] == [
        "base",
        "changes",
        "gate",
        "intermediate",
        "marts",
        "reference",
        "staging",
    ]


def test_what_a_reader_should_know_of_a_source_is_told(build: Build) -> None:
    told = build.rows("select distinct licence, caveats from marts.dim_source order by caveats nulls last")
    assert told == [
        {
            "licence": "Trích có ghi nguồn.",
            "caveats": "Chưa đối chiếu với trang thật. | Không rõ lịch đăng.",
        },
        {"licence": "Trích có ghi nguồn.", "caveats": None},
    ]


def test_two_independent_reports_of_one_value_agree(build: Build) -> None:
    value = build.value("63-35/dialogue_sessions/2024")
    assert (value["value"], value["agreement"]) == (227, "agree")
    # Three readings: the paper's own, its copy, and the central site's own article under another notation.
    assert (value["n_observations"], value["n_sources"], value["n_reports"]) == (3, 2, 2)
    assert value["chosen_because"] == "only_value"
    assert value["runner_up_value"] is None


def test_a_copy_alone_is_no_second_witness(build: Build) -> None:
    value = build.value("63-35/land_donated/2024")
    assert (value["agreement"], value["n_sources"], value["n_reports"], value["n_witnesses"]) == (
        "single",
        2,
        1,
        1,
    )


def test_units_are_brought_to_the_standard_one(build: Build) -> None:
    value = build.value("63-35/land_donated/2024")
    assert (value["value"], value["unit"]) == (23500, "m2")
    readings = build.rows(
        """select value, unit, value_standard from marts.fct_metric_observation
           where metric = 'land_donated' order by unit"""
    )
    assert [(r["value"], r["unit"], r["value_standard"]) for r in readings] == [
        (2.35, "ha", 23500),
        (2.35, "ha đất", 23500),
    ]


def test_a_conflict_keeps_the_provincial_value_and_its_runner_up(build: Build) -> None:
    value = build.value("63-35/social_criticism_sessions/2024")
    assert (value["agreement"], value["value"], value["runner_up_value"]) == ("conflict", 125, 152)
    assert (value["chosen_because"], value["n_distinct_values"]) == ("provincial_source", 2)
    chosen = build.one(
        f"select * from marts.fct_metric_observation where fact_id = '{value['chosen_fact_id']}'"
    )
    assert (chosen["source_key"], chosen["quote"]) == ("ha-nam", "125")


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("80", None),
        ("16", "subset"),
        ("9", "subset"),
        ("7", "not_province_level"),
        ("12", "unit_mismatch"),
        ("31", "unknown_metric"),
        ("45", "period_out_of_range"),
        ("66", "frame_mismatch"),
        ("501", "unknown_province"),
        ("502", "unknown_province"),
    ],
)
def test_a_reading_says_why_it_may_not_stand_for_the_province(
    build: Build, quote: str, reason: str | None
) -> None:
    row = build.one(
        f"""select is_reconcilable, not_reconcilable_because as reason from marts.fct_metric_observation
            where quote = '{quote}' and source_key in ('ha-nam', 'la') and period != '2024-05'"""
    )
    assert (row["is_reconcilable"], row["reason"]) == (reason is None, reason)


def test_parts_stay_out_of_the_value(build: Build) -> None:
    value = build.value("63-35/front_supervision_sessions/2023")
    assert (value["value"], value["n_observations"], value["agreement"]) == (80, 1, "single")


def test_figures_land_in_the_frame_of_their_period(build: Build) -> None:
    found = build.rows(
        """select province_code, frame, period, value from marts.fct_metric_value
           where metric = 'dialogue_sessions' and province_code in ('24', '27', '42') order by all"""
    )
    assert [tuple(row.values()) for row in found] == [
        ("24", "34", "2025-H2", 550.0),  # Bắc Ninh
        ("24", "63", "2024-H2", 310.0),  # Bắc Giang
        ("24", "63", "2025-H1", 280.0),
        ("27", "63", "2024-H2", 190.0),
        ("42", "34", "2025-H2", 240.0),  # Hà Tĩnh, unchanged, read under its old frame
        ("42", "63", "2022", 350.0),
        ("42", "63", "2023", 318.0),
        ("42", "63", "2024-H2", 260.0),
    ]


@pytest.mark.parametrize(
    ("province", "expected"),
    [("24", (500.0, "sum_of_members", 50.0, 10.0)), ("42", (260.0, "same_territory", -20.0, -7.7))],
)
def test_the_year_before_is_carried_over_the_merger(
    build: Build, province: str, expected: tuple[float, str, float, float]
) -> None:
    row = build.one(
        f"""select * from marts.province_metric_table
            where frame = '34' and province_code = '{province}' and period = '2025-H2'
                and metric = 'dialogue_sessions'"""
    )
    found = (row["earlier_value"], row["earlier_basis"], row["change"], row["change_percent"])
    assert (row["earlier_period"], found) == ("2024-H2", expected)


def test_no_sum_is_made_of_some_members(build: Build) -> None:
    # Of the new Bắc Ninh, only Bắc Giang gave a first half of 2025.
    nowhere = "frame = '34' and period = '2025-H1' and metric = 'dialogue_sessions'"
    assert build.rows(f"select * from intermediate.int_values_by_frame where {nowhere}") == []


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("reception_visits", ("absolute", 1812.0, 1812.0, 0.0, "consistent")),
        ("petitions_received", ("relative", 1097.895700, 1000.0, -97.8957, "inconsistent")),
        ("petition_resolution_rate", ("points", 90.0, 90.0, 0.0, "consistent")),
        ("reception_people", ("relative", 1004.761905, None, None, "earlier_missing")),
    ],
)
def test_a_stated_change_is_held_against_the_earlier_report(
    build: Build, metric: str, expected: tuple[Any, ...]
) -> None:
    row = build.one(f"select * from marts.fct_metric_comparison where metric = '{metric}'")
    found = (row["change_kind"], row["implied_value"], row["earlier_value"], row["difference"], row["status"])
    assert (row["baseline_period"], found) == ("2023-H1", expected)


def test_quarantined_rows_are_nowhere_but_in_their_table(build: Build) -> None:
    readings = build.rows("select quote from marts.fct_metric_observation where period = '2024-Q1'")
    # 33 was refused itself, 99 left with its document; 44 stands.
    assert sorted(row["quote"] for row in readings if len(row["quote"]) == 2) == ["44"]
    assert build.rows("select * from marts.fct_submission where external_id = 'A-2'") == []
    refused = build.rows("select table_name from marts.fct_quarantine order by 1")
    assert [row["table_name"] for row in refused] == ["documents", "facts", "submissions"]


def test_a_corrected_article_replaces_itself_and_a_recapture_adds_nothing(build: Build) -> None:
    value = build.value("63-35/dialogue_sessions/2024-05")
    assert (value["value"], value["agreement"], value["n_observations"]) == (12, "single", 1)
    readings = build.rows(
        """select quote, not_reconcilable_because as reason, capture_id
           from marts.fct_metric_observation where period = '2024-05' and source_key = 'ha-nam' order by quote"""
    )
    assert [(row["quote"], row["reason"]) for row in readings] == [
        ("12", None),
        ("21", "superseded_document"),
    ]
    assert readings[0]["capture_id"] == "cap-again"


def test_a_killed_run_leaves_nothing_to_be_read(build: Build) -> None:
    assert build.rows("select * from marts.fct_metric_observation where quote = '777'") == []


def test_submissions_keep_their_states(build: Build) -> None:
    states = build.rows(
        """select version_number, status, previous_status, is_current, last_seen_at - first_seen_at as span
           from marts.fct_submission_version order by version_number"""
    )
    assert [(s["version_number"], s["status"], s["previous_status"], s["is_current"]) for s in states] == [
        (1, "received", None, False),
        (2, "in_progress", "received", False),
        (3, "answered", "in_progress", True),
    ]
    assert [s["span"].days for s in states] == [0, 1, 0]
    current = build.one("select * from marts.fct_submission")
    assert (current["status"], current["n_versions"], current["days_to_answer"]) == ("answered", 3, 17)
    assert (current["first_seen_at"].day, current["province_key"]) == (19, "34-46")


def test_outcomes_are_counted_by_source_day_and_class(build: Build) -> None:
    rows = build.rows("select * from marts.fct_capture_outcome where source_key = 'ha-nam' order by outcome")
    found = [
        (
            r["outcome"],
            r["n_attempts"],
            r["n_requests"],
            r["n_captures"],
            r["payload_bytes"],
            r["last_detail"],
        )
        for r in rows
    ]
    assert found == [
        ("missing", 2, 2, 0, 0, "410 Gone"),
        ("not_modified", 1, 1, 1, 0, None),
        ("stored", 1, 2, 1, 2048, None),
    ]
    assert {r["attempt_date"] for r in rows} == {date(2026, 1, 19)}


def test_incidents_name_province_and_canonical_period(build: Build) -> None:
    row = build.one("select * from marts.fct_quality_incident")
    assert (row["province_vi"], row["period"], row["status"], row["held"]) == ("Hà Nam", "2024", "open", True)


def test_events_and_citations_carry_their_evidence(build: Build) -> None:
    event = build.one("select * from marts.fct_event")
    assert (event["quote"], event["period"], event["province_key"]) == ("hội nghị tổng kết", "2024", "63-35")
    cited = build.one("select * from marts.fct_citation")
    assert (cited["cited_document"], cited["quote"], cited["source_key"]) == (
        "120-KL/TW",
        "120-KL/TW",
        "ha-nam",
    )


def test_periods_are_read_as_the_package_reads_them(build: Build) -> None:
    found = {
        row["notation"]: row
        for row in build.rows(
            "select notation, period, period_start, period_end from intermediate.int_periods"
        )
    }
    for notation in NOTATIONS:
        try:
            days = parse_period(notation)
        except BadInputError:
            assert notation not in found
            continue
        row = found[notation]
        assert (row["period_start"], row["period_end"]) == (days.first_day, days.last_day), notation
        if days.last_day is not None and days.first_day.year == days.last_day.year:
            name = write_months(days.first_day.year, days.first_day.month, days.last_day.month)
            assert row["period"] == name, notation


def test_the_dimensions_are_whole(build: Build) -> None:
    counted = build.one(
        """select (select count(*) from marts.dim_province where frame = '63') as old,
                  (select count(*) from marts.dim_province where frame = '34') as new,
                  (select count(*) from marts.bridge_province_frame) as bridged,
                  (select count(distinct metric) from marts.dim_metric) as metrics,
                  (select count_if(is_code_reused) from marts.bridge_province_frame) as reused"""
    )
    assert counted == {"old": 63, "new": 34, "bridged": 63, "metrics": len(load_metrics()), "reused": 7}
    reused = build.rows(
        "select name_vi, frame from marts.dim_province where province_code = '24' order by frame desc"
    )
    assert [(r["name_vi"], r["frame"]) for r in reused] == [("Bắc Giang", "63"), ("Bắc Ninh", "34")]


def test_codes_keep_their_leading_zeros(build: Build) -> None:
    assert build.one("select min(code) as c from reference.districts") == {"c": "001"}
    assert build.one("select min(province_code) as c from marts.dim_province") == {"c": "01"}
