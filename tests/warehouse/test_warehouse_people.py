"""Tables for people: old provinces on the new map, years from their parts, trends, the country, scorecards."""

from __future__ import annotations

from typing import Any

import pytest
from small_lake_story import MISSING_OLD_CODE, planted
from warehouse_build import Build

from coso.places import members, province, provinces, successor

OLD = sorted(code for code, frame in provinces() if frame == "63")
NEW = sorted(code for code, frame in provinces() if frame == "34")

#: Codes that mean one province in the old frame and another in the new one.
REUSED_CODES = [c for c in OLD if c in NEW and province(c, "63").name != province(c, "34").name]

#: Names that go on over another territory.
REUSED_NAMES = [
    province(code, "34").name
    for code in NEW
    if len(members(code)) > 1 and province(code, "34").name in {member.name for member in members(code)}
]


@pytest.mark.parametrize("code", NEW)
def test_every_new_province_is_the_sum_of_its_members(build: Build, code: str) -> None:
    row = build.one(
        f"select * from marts.fct_province_rollup where rollup_key = '{code}/voter_meetings/2022'"
    )
    expected = sum(planted(OLD.index(member.code)) for member in members(code))
    assert (row["value"], row["n_reporting"], row["partial_sum"]) == (expected, len(members(code)), None)
    assert row["status"] == ("same_territory" if len(members(code)) == 1 else "complete")


def test_there_are_seven_reused_codes_and_twenty_three_reused_names() -> None:
    assert (len(REUSED_CODES), len(REUSED_NAMES)) == (7, 23)


@pytest.mark.parametrize("code", REUSED_CODES)
def test_a_reused_code_never_carries_the_old_owner_to_the_new_one(build: Build, code: str) -> None:
    rows = build.rows(
        f"""select frame, province_vi, value from marts.metric_trend
            where metric = 'voter_meetings' and period = '2022' and province_code = '{code}' order by frame desc"""
    )
    assert [(row["frame"], row["province_vi"]) for row in rows] == [
        ("63", province(code, "63").name),
        ("34", province(code, "34").name),
    ]
    assert rows[0]["value"] == planted(OLD.index(code))
    assert rows[1]["value"] == sum(planted(OLD.index(member.code)) for member in members(code))


@pytest.mark.parametrize("name", REUSED_NAMES)
def test_a_name_that_goes_on_stands_for_each_territory_by_its_frame(build: Build, name: str) -> None:
    rows = build.rows(
        f"""select frame, province_code, value from marts.metric_trend
            where metric = 'voter_meetings' and period = '2022' and province_vi = '{name}'"""
    )
    values = {row["frame"]: row["value"] for row in rows}
    assert values["34"] > values["63"]


def test_a_sum_without_a_member_is_partial_and_says_who_is_missing(build: Build) -> None:
    new = successor(MISSING_OLD_CODE)
    row = build.one(
        f"select * from marts.fct_province_rollup where rollup_key = '{new.code}/voter_meetings/2021'"
    )
    (other,) = (member for member in members(new.code) if member.code != MISSING_OLD_CODE)
    assert (row["status"], row["value"], row["partial_sum"]) == ("partial", None, OLD.index(other.code) + 1)
    assert (row["missing_vi"], row["reporting_vi"]) == (province(MISSING_OLD_CODE, "63").name, other.name)
    assert 0 < row["population_share"] < 1
    nowhere = (
        f"metric = 'voter_meetings' and period = '2021' and frame = '34' and province_code = '{new.code}'"
    )
    assert build.rows(f"select * from marts.metric_trend where {nowhere}") == []


def test_rates_are_never_summed(build: Build) -> None:
    rows = build.rows(
        """select distinct status, value, partial_sum from marts.fct_province_rollup
           where metric = 'petition_resolution_rate' and n_members > 1"""
    )
    assert rows == [{"status": "not_summed", "value": None, "partial_sum": None}]


def test_a_held_member_is_in_no_sum(build: Build) -> None:
    # The small lake holds the dialogues of Hà Nam, now a part of Ninh Bình.
    rows = build.rows(
        """select distinct status, value, partial_sum from marts.fct_province_rollup
           where province_code = '37' and metric = 'dialogue_sessions'"""
    )
    assert rows == [{"status": "held", "value": None, "partial_sum": None}]
    held = "metric = 'dialogue_sessions' and province_key in ('63-35', '34-37')"
    assert build.rows(f"select * from marts.metric_trend where {held}") == []
    (summary,) = build.rows(
        """select n_held, n_reporting from marts.national_summary
           where frame = '63' and metric = 'dialogue_sessions' and period = '2024-H2'"""
    )
    assert summary == {"n_held": 1, "n_reporting": 3}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("63-42/training_classes/2022", (56.0, "2022-H1 + 2022-Q3 + 2022-10 + 2022-11 + 2022-12", False)),
        ("63-42/training_classes/2022-Q4", (15.0, "2022-10 + 2022-11 + 2022-12", False)),
        # The first half as the sum of Bắc Giang and the old Bắc Ninh, the second from the new Bắc Ninh.
        ("34-24/training_classes/2025", (74.0, "2025-H1 + 2025-H2", True)),
    ],
)
def test_a_year_is_derived_from_parts_that_tile_it(build: Build, key: str, expected: tuple[Any, ...]) -> None:
    row = build.one(f"select * from marts.fct_derived_value where value_key = '{key}'")
    assert (row["value"], row["parts"], row["is_carried"]) == expected
    trend = build.one(f"select basis, value from marts.metric_trend where value_key = '{key}'")
    assert trend == {"basis": "derived_from_parts", "value": expected[0]}


@pytest.mark.parametrize(
    "condition",
    [
        "metric = 'outreach_sessions'",  # half, quarter and January to October: gaps and overlaps
        "metric = 'mediators'",  # a stock
        "province_key = '63-35'",  # the year was reported, and is not what its halves make
        "metric in (select metric from marts.dim_metric where kind != 'flow')",
    ],
)
def test_nothing_is_derived_where_it_must_not(build: Build, condition: str) -> None:
    assert build.rows(f"select * from marts.fct_derived_value where {condition}") == []


def test_the_reported_year_stays_beside_its_halves(build: Build) -> None:
    row = build.one(
        "select value, basis from marts.metric_trend where value_key = '63-35/training_classes/2022'"
    )
    assert row == {"value": 220.0, "basis": "as_reported"}


def test_trends_compare_the_same_months_on_one_map(build: Build) -> None:
    row = build.one("select * from marts.metric_trend where value_key = '34-24/dialogue_sessions/2025-H2'")
    assert (row["previous_value"], row["previous_basis"], row["change"]) == (500.0, "sum_of_members", 50.0)
    people = build.one("select population_2019 as p from marts.dim_province where province_key = '34-24'")[
        "p"
    ]
    assert row["per_100k"] == round(100000 * 550 / people, 3)


def test_both_maps_count_the_same_people_of_2019(build: Build) -> None:
    rows = build.rows("select frame, sum(population_2019) as people from marts.dim_province group by frame")
    first, second = (row["people"] for row in rows)
    assert abs(first - second) <= 34 * 100  # thousands with one decimal
    people = {
        (row["frame"], row["province_code"]): row["population_2019"]
        for row in build.rows("select frame, province_code, population_2019 from marts.dim_province")
    }
    for code in NEW:
        assert abs(people["34", code] - sum(people["63", member.code] for member in members(code))) <= 200, (
            code
        )


@pytest.mark.parametrize("frame", ["63", "34"])
def test_the_country_is_whole_only_when_everybody_is_in(build: Build, frame: str) -> None:
    whole, part = build.rows(
        f"""select * from marts.national_summary
            where metric = 'voter_meetings' and frame = '{frame}' order by period desc"""
    )
    total = sum(planted(number) for number in range(63))
    assert (whole["status"], whole["national_value"], whole["partial_sum"]) == ("complete", total, None)
    assert whole["coverage_percent"] == whole["population_coverage_percent"] == 100
    assert whole["per_100k_of_reporting"] == round(100000 * total / whole["population_total"], 3)
    assert (part["status"], part["national_value"], part["n_missing"]) == ("partial", None, 1)
    without = {"63": {MISSING_OLD_CODE}, "34": {m.code for m in members(successor(MISSING_OLD_CODE).code)}}
    assert part["partial_sum"] == sum(n + 1 for n, code in enumerate(OLD) if code not in without[frame])
    assert 90 < part["population_coverage_percent"] < 100


def test_the_country_has_no_rate(build: Build) -> None:
    rows = build.rows(
        """select distinct status, national_value, partial_sum, per_100k_of_reporting as p
           from marts.national_summary where metric_kind = 'rate'"""
    )
    assert rows == [{"status": "not_summed", "national_value": None, "partial_sum": None, "p": None}]


def test_a_scorecard_says_what_came_and_how_sure_it_is(build: Build) -> None:
    row = build.one("select * from marts.province_scorecard where report_key = '63-35/2024'")
    # Dialogues are held back: social criticism in conflict and land donated by one witness remain.
    assert (row["report_status"], row["n_metrics"], row["n_holds"], row["n_open_incidents"]) == (
        "received",
        2,
        1,
        1,
    )
    assert (row["n_agreeing"], row["n_single"], row["n_conflicts"]) == (0, 1, 1)
    other = build.one("select * from marts.province_scorecard where report_key = '63-42/2024'")
    assert (other["report_status"], other["n_shortcomings"], other["n_metrics"]) == ("silent", 1, 0)
    assert build.one(
        "select n_decreasing as n from marts.province_scorecard where report_key = '63-42/2023'"
    ) == {"n": 0}
    reports = build.one(
        """select (select count(*) from marts.province_scorecard) as cards,
                  (select count(*) from marts.fct_reporting_compliance) as reports"""
    )
    assert reports["cards"] == reports["reports"]
