"""Every check of the marts gate, with figures that fail and figures that pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import duckdb
import pytest
from expectation_rows import AS_OF, Warehouse, document, land, outcome, source, submission

from coso.errors import BadInputError
from coso.lake import Lake, ensure_tables, read_table
from coso.records import Hold, Verdict
from expectations.checks import ALL_CHECKS, MARTS_CHECKS
from expectations.due import due_reviews
from expectations.gates import GateResult, check_landed, check_marts
from expectations.incidents import update_incidents
from expectations.model import Words

YEARS = {"2021": 98.0, "2022": 104.0, "2023": 101.0}


def judge(lake: Lake, warehouse: Warehouse, *check_ids: str, as_of: date = AS_OF) -> GateResult:
    checks = [ALL_CHECKS[check_id] for check_id in check_ids] or MARTS_CHECKS
    return check_marts(lake, warehouse.path, "run-1", as_of, checks)


def seen(result: GateResult) -> list[tuple[str | None, str | None, str | None, bool]]:
    return sorted((c.province_code, c.metric, c.period, c.held) for c in result.causes)  # type: ignore[type-var]


def comparison(warehouse: Warehouse, status: str) -> None:
    fact_id = warehouse.value("93", "reception_visits", "2024-H1", 1786)
    warehouse.run(
        "insert into marts.fct_metric_comparison values (?, '93', '63', 'reception_visits', '2024-H1', 1786, "
        "'decrease', 26, 'lượt', '2023-H1', 1812, 1700, ?)",
        [fact_id, status],
    )


def _conflict(warehouse: Warehouse) -> None:
    warehouse.value("42", "dialogue_sessions", "2024", 538, 583)


def _agreement(warehouse: Warehouse) -> None:
    warehouse.value("42", "dialogue_sessions", "2024", 538, 538)


def _jump(warehouse: Warehouse) -> None:
    warehouse.series("22", "people_inspection_sessions", {"2022": 612, "2023": 645, "2024": 6390})


def _steady(warehouse: Warehouse) -> None:
    warehouse.series("22", "people_inspection_sessions", {**YEARS, "2024": 260, "2024-H1": 20, "2023-H1": 18})
    # A series that swings by nature, small counts, and a half-year beside years.
    warehouse.series("22", "cash_contributions", {"2021": 2e9, "2022": 4e10, "2023": 9e9, "2024": 2e11})
    warehouse.series("22", "reception_groups", {"2022": 2, "2023": 2, "2024": 12})


def _parts(warehouse: Warehouse) -> None:
    warehouse.series("93", "mediation_cases", {"2023": 647})
    warehouse.series("93", "mediation_cases_successful", {"2023": 674})


def _whole(warehouse: Warehouse) -> None:
    warehouse.series("93", "mediation_cases", {"2023": 674, "2022": 10})
    warehouse.series("93", "mediation_cases_successful", {"2023": 674, "2021": 500})
    # A flow beside a stock, and approximate figures, prove nothing.
    warehouse.series("93", "villages", {"2023": 300})
    warehouse.series("93", "village_full_meetings", {"2023": 320})
    warehouse.value("93", "voter_opinions", "2023", 1200, approx=True)
    warehouse.value("93", "voter_opinions_resolved", "2023", 1230)


def _out_of_range(warehouse: Warehouse) -> None:
    warehouse.value("35", "dialogue_sessions", "2024-H1", 1600)


def _in_range(warehouse: Warehouse) -> None:
    warehouse.value("35", "dialogue_sessions", "2024", 1600)
    warehouse.value("35", "dialogue_sessions", "2024-H1", 1400)
    warehouse.value("35", "mediation_teams", "2024-H1", 6000)
    warehouse.value("35", "dialogue_sessions", "2026", 6000, frame="34")


def _rates_apart(warehouse: Warehouse) -> None:
    for metric, value in (
        ("mediation_cases", 500),
        ("mediation_cases_successful", 400),
        ("mediation_success_rate", 84),
    ):
        warehouse.value("93", metric, "2024", value)


def _rates_together(warehouse: Warehouse) -> None:
    for metric, value in (
        ("mediation_cases", 655),
        ("mediation_cases_successful", 571),
        ("mediation_success_rate", 87.2),
    ):
        warehouse.value("93", metric, "2022", value)


def _no_half_year(warehouse: Warehouse) -> None:
    warehouse.series("35", "petitions_received", {"2022-H1": 604, "2023-H1": 571, "2023": 1184, "2024": 1127})


def _all_reviews(warehouse: Warehouse) -> None:
    warehouse.series("35", "petitions_received", {"2022-H1": 604, "2024-H1": 571, "2023": 1184})
    warehouse.value("35", "dialogue_sessions", "2024", 227)


def _half_over_year(warehouse: Warehouse) -> None:
    warehouse.series("93", "reception_visits", {"2024-H1": 1786, "2024": 1690})


def _running_total(warehouse: Warehouse) -> None:
    warehouse.series(
        "93", "reception_visits", {"2024-Q1": 800, "2024-H1": 1786, "2024-9M": 1786, "2024": 3500}
    )
    # Rounded figures prove nothing, stocks do not add up, and a merged province is another territory.
    warehouse.value("93", "petitions_received", "2024", 1000, approx=True)
    warehouse.value("93", "petitions_received", "2024-H1", 1010)
    warehouse.series("93", "mediation_teams", {"2024-H1": 600, "2024": 550})
    warehouse.value("37", "reception_visits", "2025-H1", 3000)
    warehouse.value("37", "reception_visits", "2025", 2000, frame="34")


def _few_people(warehouse: Warehouse) -> None:
    warehouse.series("22", "training_classes", {"2024": 72})
    warehouse.series("22", "training_participants", {"2024": 70})


def _enough_people(warehouse: Warehouse) -> None:
    warehouse.series("22", "training_classes", {"2024": 72, "2023": 90})
    warehouse.series("22", "training_participants", {"2024": 72, "2022": 5})


def _wrong_unit(warehouse: Warehouse) -> None:
    warehouse.series("22", "land_donated", {"2022": 212_000, "2023": 198_000, "2024": 20})


def _right_unit(warehouse: Warehouse) -> None:
    warehouse.series("22", "land_donated", {"2022": 212_000, "2023": 198_000, "2024": 61_000})
    # A thousand times as many events is no matter of units.
    warehouse.series("22", "dialogue_sessions", {"2022": 2, "2023": 2, "2024": 2000})


_RED_RIVER = ("01", "27", "33", "34", "35", "36", "37")


def _unlike_region(warehouse: Warehouse) -> None:
    for number, code in enumerate(_RED_RIVER):
        warehouse.value(code, "training_classes", "2024", 60 + number)
    warehouse.value("30", "training_classes", "2024", 1900)


def _like_region(warehouse: Warehouse) -> None:
    for number, code in enumerate(_RED_RIVER):
        warehouse.value(code, "training_classes", "2024", 60 + number)
    # Five times its region, a region of two, and a province that was always so.
    warehouse.value("30", "training_classes", "2024", 300)
    warehouse.series("26", "training_classes", {"2023": 1850, "2024": 1900})
    warehouse.series("96", "training_classes", {"2024": 800})


_REVIEW = {
    "dialogue_sessions": 227,
    "reception_visits": 1705,
    "petitions_received": 1236,
    "mediation_cases": 486,
}


def _copied(warehouse: Warehouse) -> None:
    for year in ("2023", "2024"):
        for metric, value in _REVIEW.items():
            warehouse.value("35", metric, year, value)
    warehouse.value("35", "voter_meetings", "2023", 88)
    warehouse.value("35", "voter_meetings", "2024", 91)


def _fresh(warehouse: Warehouse) -> None:
    for number, year in enumerate(("2023", "2024")):
        for metric, value in _REVIEW.items():
            warehouse.value("35", metric, year, value + number)
    # Small counts repeat, and so do a few others.
    for metric in ("reception_groups", "documents_issued", "democracy_inspections", "training_classes"):
        warehouse.series("35", metric, {"2023": 12, "2024": 12})
    warehouse.series("22", "dialogue_sessions", {"2023": 300, "2024": 300})


def _district_too(warehouse: Warehouse) -> None:
    warehouse.value("42", "dialogue_sessions", "2024", 38)
    warehouse.run(
        "insert into marts.fct_metric_observation select * replace ('f/district' as fact_id, 'doc-9' as document_id, "
        "'district' as level, false as is_reconcilable) from marts.fct_metric_observation"
    )


def _whole_province(warehouse: Warehouse) -> None:
    warehouse.series("42", "dialogue_sessions", {"2022": 400, "2023": 410, "2024": 380})
    warehouse.run(
        "insert into marts.fct_metric_observation select * replace ('f/district' as fact_id, 'doc-9' as document_id, "
        "'district' as level, 41.0 as value_standard) from marts.fct_metric_observation where period = '2024'"
    )


def _metric_gone(warehouse: Warehouse) -> None:
    for period in ("2023-H1", "2023", "2024-H1"):
        warehouse.series("35", "petitions_received", {period: 1200})
        warehouse.series("35", "reception_visits", {period: 700})
    warehouse.series("35", "reception_visits", {"2024": 1400})


def _metric_there(warehouse: Warehouse) -> None:
    for period in ("2023-H1", "2023", "2024-H1", "2024"):
        warehouse.series("35", "reception_visits", {period: 700})
    # Now and then only; and a review that is not due yet.
    warehouse.series("35", "petitions_received", {"2023-H1": 900, "2023": 1200})
    for period in ("2023-H1", "2023", "2024-H1"):
        warehouse.series("93", "reception_visits", {period: 700})
    warehouse.series("93", "dialogue_sessions", {"2025-H1": 20})


Make = Callable[[Warehouse], None]

#: check -> (figures that fail, province and metric and period and hold of the one cause, figures that pass)
CASES: dict[str, tuple[Make, tuple[str, str | None, str, bool], Make]] = {
    "marts.conflict": (_conflict, ("42", "dialogue_sessions", "2024", True), _agreement),
    "marts.jump": (_jump, ("22", "people_inspection_sessions", "2024", True), _steady),
    "marts.part_whole": (_parts, ("93", "mediation_cases_successful", "2023", True), _whole),
    "marts.range": (_out_of_range, ("35", "dialogue_sessions", "2024-H1", False), _in_range),
    "marts.stated_change": (
        lambda warehouse: comparison(warehouse, "inconsistent"),
        ("93", "reception_visits", "2024-H1", False),
        lambda warehouse: comparison(warehouse, "consistent"),
    ),
    "marts.stated_rate": (_rates_apart, ("93", "mediation_success_rate", "2024", False), _rates_together),
    "marts.cumulative": (_half_over_year, ("93", "reception_visits", "2024-H1", True), _running_total),
    "marts.participants": (_few_people, ("22", "training_participants", "2024", False), _enough_people),
    "marts.unit_slip": (_wrong_unit, ("22", "land_donated", "2024", True), _right_unit),
    "marts.peers": (_unlike_region, ("30", "training_classes", "2024", False), _like_region),
    "marts.copied": (_copied, ("35", None, "2024", False), _fresh),
    "marts.district": (_district_too, ("42", "dialogue_sessions", "2024", True), _whole_province),
    "marts.metric_missing": (_metric_gone, ("35", "petitions_received", "2024", False), _metric_there),
    "marts.review_missing": (_no_half_year, ("35", None, "2024-H1", False), _all_reviews),
}


@pytest.mark.parametrize("check_id", CASES)
def test_a_failing_figure_opens_one_cause(lake: Lake, warehouse: Warehouse, check_id: str) -> None:
    make, expected, _ = CASES[check_id]
    make(warehouse)
    result = judge(lake, warehouse, check_id)
    assert seen(result) == [expected]
    assert {hold.province_code for hold in result.holds} == ({expected[0]} if expected[3] else set())
    if expected[1]:
        assert result.causes[0].evidence.quote
        assert (result.causes[0].evidence.url or "").startswith("https://bao-a")


@pytest.mark.parametrize("check_id", CASES)
def test_sound_figures_pass(lake: Lake, warehouse: Warehouse, check_id: str) -> None:
    CASES[check_id][2](warehouse)
    result = judge(lake, warehouse, check_id)
    assert seen(result) == []
    assert {verdict.status for verdict in result.verdicts} == {"passed"}


def test_every_check_of_the_gate_has_its_cases() -> None:
    elsewhere = {check.id for check in MARTS_CHECKS if check.judges == "source"} | {"marts.form"}
    assert set(CASES) | elsewhere == {check.id for check in MARTS_CHECKS}


def test_a_critical_failure_holds_only_its_province(lake: Lake, warehouse: Warehouse) -> None:
    _conflict(warehouse)
    warehouse.series("22", "dialogue_sessions", YEARS | {"2024": 99})
    _out_of_range(warehouse)
    result = judge(lake, warehouse)
    holds = read_table(lake.quality / "holds", Hold).to_pylist()
    assert [(hold["province_code"], hold["frame"], hold["metric"]) for hold in holds] == [
        ("42", "63", "dialogue_sessions")
    ]
    assert "538" in holds[0]["reason"]
    assert "583" in holds[0]["reason"]
    assert not result.blocked
    stored = read_table(lake.quality / "verdicts", Verdict).to_pylist()
    told = {v["province_code"]: v["status"] for v in stored if v["check_id"] == "marts.conflict"}
    assert told == {"22": "passed", "35": "passed", "42": "failed"}


def test_the_words_name_outlets_and_the_digit_slip(lake: Lake, warehouse: Warehouse) -> None:
    land(lake, source("bao-a", name="Báo Hà Tĩnh"), source("bao-b", name="Trang trung ương"))
    _conflict(warehouse)
    _jump(warehouse)
    told = {
        cause.check_id: cause.told for cause in judge(lake, warehouse, "marts.conflict", "marts.jump").causes
    }
    assert told["marts.conflict"].observed.vi == (
        "538 cuộc (Báo Hà Tĩnh); 583 cuộc (Trang trung ương, https://bao-b.example/dialogue_sessions)"
    )
    assert "6.390" in told["marts.jump"].observed.vi
    assert "thừa 1 chữ số (×10)" in told["marts.jump"].observed.vi
    assert "2022: 612; 2023: 645" in told["marts.jump"].expected.en


def test_a_figure_too_small_by_a_digit_is_a_slip_too(lake: Lake, warehouse: Warehouse) -> None:
    warehouse.series("35", "reception_visits", {"2023": 1648, "2024": 159})
    (cause,) = judge(lake, warehouse, "marts.jump").causes
    assert cause.period == "2024"
    assert "thiếu 1 chữ số (÷10)" in cause.told.observed.vi


def test_one_cause_is_told_once_however_many_checks_see_it(lake: Lake, warehouse: Warehouse) -> None:
    warehouse.series("93", "mediation_cases", {"2021": 640, "2022": 655, "2023": 647})
    warehouse.series("93", "mediation_cases_successful", {"2021": 560, "2022": 571})
    # A digit too many: implausible, larger than its whole, and in disagreement with its rate.
    warehouse.value("93", "mediation_cases_successful", "2023", 5640)
    warehouse.value("93", "mediation_success_rate", "2023", 87.2)
    causes = judge(
        lake, warehouse, "marts.jump", "marts.part_whole", "marts.stated_rate", "marts.range"
    ).causes
    assert [cause.check_id for cause in causes] == ["marts.jump"]
    # Another outlet gives the right figure: then the contradiction says it best.
    warehouse.run("delete from marts.fct_metric_value where value = 5640")
    warehouse.value("93", "mediation_cases_successful", "2023", 5640, 564)
    causes = judge(lake, warehouse).causes
    assert [c.check_id for c in causes if c.metric == "mediation_cases_successful"] == ["marts.conflict"]


def test_reviews_are_due_by_the_calendar() -> None:
    def due(day: date) -> list[str]:
        return [period for period, _, _ in due_reviews(day)]

    assert due(date(2024, 8, 31)) == ["2023-H1", "2023"]
    assert due(date(2024, 9, 1)) == ["2024-H1", "2023"]
    assert due(date(2025, 2, 28)) == ["2024-H1", "2023"]
    assert due(date(2025, 3, 1)) == ["2024-H1", "2024"]
    assert due(date(2024, 2, 29)) == ["2023-H1", "2022"]


def test_a_merged_province_inherits_the_duty_to_report(lake: Lake, warehouse: Warehouse) -> None:
    # Hà Nam (35) became part of Ninh Bình (37) in July 2025; both figures below are of the old frame.
    warehouse.series("35", "dialogue_sessions", {"2023": 215, "2024": 227})
    result = judge(lake, warehouse, "marts.review_missing", as_of=date(2026, 3, 15))
    assert [(c.province_code, c.frame, c.period) for c in result.causes] == [("37", "34", "2025")]


def test_an_overdue_review_is_owed_until_it_arrives_whatever_the_calendar_says(
    lake: Lake, warehouse: Warehouse
) -> None:
    warehouse.series("35", "petitions_received", {"2023-H1": 571})

    def overdue(day: date) -> dict[str | None, str]:
        found = judge(lake, warehouse, "marts.review_missing", as_of=day)
        update = update_incidents(lake, [found], datetime(day.year, day.month, day.day, tzinfo=UTC))
        assert len({one.incident_id for one in update.incidents}) == len(update.incidents)
        return {one.period: Words.read(one.expected).vi for one in update.open}

    first = overdue(date(2024, 9, 1))
    assert first == {"2024-H1": "có số liệu 6 tháng đầu năm 2024, chậm nhất ngày 31/08/2024"}
    # A year on, the next half-year is due too, and Hà Nam has gone into Ninh Bình.
    later = overdue(date(2025, 9, 1))
    assert set(later) == {"2024-H1", "2025-H1"}
    assert all(said.endswith("; nay thuộc trách nhiệm của Ninh Bình") for said in later.values())
    warehouse.series("35", "petitions_received", {"2024-H1": 560})
    assert set(overdue(date(2025, 9, 2))) == {"2025-H1"}
    # What has arrived is not looked for again.
    assert set(overdue(date(2025, 9, 3))) == {"2025-H1"}


SILENT_ROWS = (
    source("bao-a", freshness_days=30), source("bao-b", freshness_days=30, province_code="35"),
    source("bao-c", freshness_days=30, province_code="93"), source("cong-a", freshness_days=30, province_code="46"),
    source("bao-d", freshness_days=30, province_code="22"),
    outcome("1", "bao-a"), outcome("2", "bao-b"), outcome("3", "bao-c"), outcome("4", "cong-a"),
    document("a", source_key="bao-a", published_on=date(2025, 2, 13)),
    document("b", source_key="bao-b", published_on=date(2025, 2, 12)),
    submission(received_on=date(2025, 3, 1)),
)  # fmt: skip


def test_a_silent_source_is_never_green(lake: Lake, warehouse: Warehouse) -> None:
    land(lake, *SILENT_ROWS)
    result = judge(lake, warehouse, "marts.source_silent")
    # bao-b gave its last item 31 days ago, bao-c never one; bao-d was not asked yet.
    assert {v.source_key: v.status for v in result.verdicts} == {
        "bao-a": "passed", "bao-b": "failed", "bao-c": "failed", "cong-a": "passed",
    }  # fmt: skip
    assert {(c.source_key, c.province_code) for c in result.causes} == {("bao-b", "35"), ("bao-c", "93")}
    assert any("31 ngày" in cause.told.observed.vi for cause in result.causes)


def test_a_gone_mart_column_is_visible_and_blocks_publication(lake: Lake, warehouse: Warehouse) -> None:
    _conflict(warehouse)
    warehouse.run("alter table marts.fct_metric_value drop column agreement")
    result = judge(lake, warehouse, "marts.form", "marts.conflict", "marts.jump")
    status = {v.check_id: v.status for v in result.verdicts}
    assert status == {"marts.form": "broken", "marts.conflict": "broken", "marts.jump": "passed"}
    assert result.blocked
    assert "marts.conflict" not in result.judged


def test_a_gone_mart_breaks_its_checks_and_an_empty_one_is_not_judged(
    lake: Lake, warehouse: Warehouse
) -> None:
    warehouse.run("drop table marts.fct_metric_comparison")
    result = judge(lake, warehouse, "marts.stated_change", "marts.conflict")
    assert {v.check_id: v.status for v in result.verdicts} == {
        "marts.stated_change": "broken", "marts.conflict": "not_applicable",
    }  # fmt: skip
    assert "fct_metric_comparison" in next(v.detail or "" for v in result.verdicts if v.status == "broken")


def test_one_value_a_province_metric_and_period(lake: Lake, warehouse: Warehouse) -> None:
    _agreement(warehouse)
    assert seen(judge(lake, warehouse, "marts.form")) == []
    _agreement(warehouse)
    result = judge(lake, warehouse, "marts.form")
    assert seen(result) == [("42", "dialogue_sessions", "2024", True)]


def test_a_missing_build_is_told_in_one_line(lake: Lake) -> None:
    with pytest.raises(BadInputError, match="does not exist"):
        check_marts(lake, lake.warehouse / "gone.duckdb", "run-1", AS_OF)
    torn = lake.warehouse / "torn.duckdb"
    torn.write_bytes(b"no database")
    with pytest.raises(BadInputError, match="cannot be opened"):
        check_marts(lake, torn, "run-1", AS_OF)


def test_a_home_may_have_any_name(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "Cơ Sở's $HOME 100% &y")
    lake.prepare()
    ensure_tables(lake)
    lake.warehouse.mkdir()
    warehouse = Warehouse(lake.warehouse / "build-test.duckdb")
    _conflict(warehouse)
    land(lake, document())
    assert [cause.check_id for cause in judge(lake, warehouse, "marts.conflict").causes] == ["marts.conflict"]
    landed = check_landed(lake, "run/1", AS_OF, [ALL_CHECKS["landed.publication_day"]])
    assert {verdict.status for verdict in landed.verdicts} == {"passed"}


def test_the_warehouse_can_be_written_after_the_gate(lake: Lake, warehouse: Warehouse) -> None:
    _conflict(warehouse)
    judge(lake, warehouse, "marts.conflict")
    warehouse.run("create table marts.later as select 1 as one")
    with duckdb.connect(str(warehouse.path)) as connection:
        assert connection.execute("select one from marts.later").fetchone() == (1,)


#: Provinces of the Central Highlands, and some of the Red River Delta, with codes of the 63.
HIGHLANDS, DELTA = ("62", "64", "66", "67", "68"), ("26", "27", "30", "31", "33", "34", "35", "36", "37")


def test_a_small_region_is_held_against_the_country(lake: Lake, warehouse: Warehouse) -> None:
    for code in (*HIGHLANDS[1:], *DELTA):
        warehouse.value(code, "training_classes", "2024", 90)
    warehouse.value("62", "training_classes", "2024", 1900)
    (cause,) = judge(lake, warehouse, "marts.peers").causes
    assert cause.province_code == "62"
    assert "13 provinces of the country" in cause.told.expected.en


def test_in_a_campaign_year_a_province_is_held_against_the_others(lake: Lake, warehouse: Warehouse) -> None:
    for code in (*DELTA, *HIGHLANDS):
        warehouse.series(code, "opinion_consultations", {"2023": 300, "2024": 310, "2025": 2100})
    # A digit too few makes this one look like any other year.
    warehouse.run(
        "update marts.fct_metric_value set value = 210 where province_code = '30' and period = '2025'"
    )
    causes = judge(lake, warehouse, "marts.jump", "marts.peers").causes
    assert [(cause.check_id, cause.province_code, cause.period) for cause in causes] == [
        ("marts.peers", "30", "2025")
    ]


def test_a_wrong_figure_does_not_hide_itself_in_a_short_series(lake: Lake, warehouse: Warehouse) -> None:
    for code in DELTA:
        warehouse.series(code, "front_supervision_sessions", {"2023": 150, "2024": 160, "2025": 155})
    warehouse.series("22", "front_supervision_sessions", {"2023": 167, "2024": 103, "2025": 2007})
    (cause,) = judge(lake, warehouse, "marts.jump").causes
    assert (cause.province_code, cause.period) == ("22", "2025")


def test_a_metric_that_swings_everywhere_may_swing(lake: Lake, warehouse: Warehouse) -> None:
    swings = [dict(zip(("2023", "2024", "2025"), p, strict=True)) for p in permutations((100, 600, 2400))]
    for code, values in zip((*DELTA, *HIGHLANDS), swings * 3, strict=False):
        warehouse.series(code, "front_supervision_sessions", values)
    assert judge(lake, warehouse, "marts.jump").causes == ()


def test_the_range_is_that_of_a_province_of_its_size(lake: Lake, warehouse: Warehouse) -> None:
    # Bắc Kạn has a fifth of the people of an average province, Hà Nội five times as many.
    warehouse.value("06", "mediation_teams", "2024", 171)
    warehouse.value("01", "mediation_teams", "2024", 171)
    warehouse.value("06", "dialogue_sessions", "2024", 1600)
    warehouse.value("01", "dialogue_sessions", "2024", 1600)
    found = {(c.province_code, c.metric) for c in judge(lake, warehouse, "marts.range").causes}
    assert found == {("01", "mediation_teams"), ("06", "dialogue_sessions")}
