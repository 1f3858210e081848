"""The invariants of the warehouse bite: each finds the row that was tampered with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import duckdb
import pytest
from warehouse_build import Build

from coso.settings import DBT_PROJECT

EVIDENCE = "assert_evidence_is_in_the_text"
PARTS = "assert_no_part_stands_for_its_province"
FRAMES_AND_TIME = "assert_values_lie_in_their_frame_and_time"
FRAMES = "assert_frames_fit_together"
VERSIONS = "assert_submissions_have_one_current_version"
CORRECTIONS = "assert_corrections_are_well_formed"
SUMS = "assert_sums_are_whole"
DERIVED = "assert_derived_values_replace_none"

#: Invariant, what is done to the marts, rows that it then finds.
TAMPERED = [
    (EVIDENCE, "update fct_metric_observation set quote = '228' where quote = '227'", 3),
    (EVIDENCE, "update fct_metric_observation set sentence_start = 1 where quote = '80'", 1),
    (EVIDENCE, "update fct_event set char_end = char_end + 1", 1),
    (EVIDENCE, "update fct_citation set char_start = char_start - 1", 1),
    (
        PARTS,
        """update fct_metric_value
           set chosen_fact_id = (
               select fact_id from fct_metric_observation where quote = '16' and source_key = 'ha-nam')
           where value_key = '63-35/front_supervision_sessions/2023'""",
        1,
    ),
    (FRAMES_AND_TIME, "update fct_metric_value set frame = '63' where frame = '34'", 3),
    (FRAMES_AND_TIME, "update fct_metric_value set period_start = '1997-12-31' where period = '2023-H1'", 4),
    (FRAMES, "delete from bridge_province_frame where old_province_code = '27'", 1),
    (FRAMES, "update bridge_province_frame set old_province_code = '02' where old_province_code = '01'", 1),
    (VERSIONS, "update fct_submission_version set is_current = true", 1),
    (EVIDENCE, "update fct_official set char_end = char_end - 1", 1),
    (EVIDENCE, "update fct_initiative set quote = 'Ngày thứ bảy nghe dân'", 1),
    (EVIDENCE, "update fct_shortcoming set char_start = char_start + 1", 1),
    (EVIDENCE, "update fct_commitment set quote = upper(quote)", 1),
    (CORRECTIONS, "update reference.corrections set correction_id = 'part' where correction_id = 'typo'", 1),
    (CORRECTIONS, "update reference.corrections set reviewer = null where correction_id = 'typo'", 1),
    (CORRECTIONS, "update reference.corrections set action = 'erase' where correction_id = 'typo'", 1),
    (CORRECTIONS, "update reference.corrections set province_key = null where correction_id = 'typo'", 1),
    (CORRECTIONS, "update reference.corrections set new_value = 'bốn mốt' where correction_id = 'typo'", 1),
    (CORRECTIONS, "update reference.corrections set new_value = 'no_metric' where action = 'set_metric'", 1),
    (CORRECTIONS, "update reference.corrections set new_value = '12' where action = 'drop_reading'", 1),
    (CORRECTIONS, "update reference.corrections set new_value = 'một phần' where action = 'set_subset'", 1),
    (
        CORRECTIONS,
        "update int_correction_targets set target_fact_id = 'one' where action = 'replace_value'",
        1,
    ),
    (
        SUMS,
        "update fct_province_rollup set value = partial_sum where rollup_key = '24/voter_meetings/2021'",
        1,
    ),
    (
        SUMS,
        "update fct_province_rollup set value = 50 where rollup_key = '37/petition_resolution_rate/2022'",
        1,
    ),
    (
        SUMS,
        "update national_summary set national_value = partial_sum where summary_key = '63/voter_meetings/2021'",
        1,
    ),
    (SUMS, "update national_summary set partial_sum = 50 where metric_kind = 'rate' and period = '2021'", 2),
    (DERIVED, "update fct_derived_value set parts = '2025-H1 + 2025-Q3' where period = '2025'", 1),
    (DERIVED, "update fct_derived_value set period_start = '2022-07-01' where period = '2022'", 2),
    (
        DERIVED,
        """insert into int_released_values by name
           select province_code, frame, metric, period_start, period_end
           from fct_derived_value where period = '2025'""",
        1,
    ),
]


@pytest.fixture(scope="module")
def copy(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a copy of the build that may be tampered with inside a transaction."""
    path = shutil.copy(build.path, tmp_path_factory.mktemp("tampered") / build.path.name)
    with duckdb.connect(str(path)) as connection:
        connection.execute("set search_path = 'marts,intermediate'")
        yield connection


@pytest.mark.parametrize(("name", "tampering", "found"), TAMPERED)
def test_an_invariant_finds_what_was_tampered_with(
    build: Build, copy: duckdb.DuckDBPyConnection, name: str, tampering: str, found: int
) -> None:
    compiled = build.path.parent / "target" / "compiled" / "coso" / "tests" / f"{name}.sql"
    statement = compiled.read_text(encoding="utf-8")
    assert copy.execute(statement).fetchall() == []
    copy.execute("begin")
    try:
        copy.execute(tampering)
        assert len(copy.execute(statement).fetchall()) == found
    finally:
        copy.execute("rollback")


def test_every_invariant_is_tried() -> None:
    assert {name for name, _, _ in TAMPERED} == {
        path.stem for path in (DBT_PROJECT / "tests").glob("assert_*.sql")
    }
