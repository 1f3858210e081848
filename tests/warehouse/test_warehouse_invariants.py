"""The invariants of the warehouse bite: each finds the row that was tampered with."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import Build

from coso.settings import DBT_PROJECT

EVIDENCE = "assert_evidence_is_in_the_text"
PARTS = "assert_no_part_stands_for_its_province"
FRAMES_AND_TIME = "assert_values_lie_in_their_frame_and_time"
FRAMES = "assert_frames_fit_together"
VERSIONS = "assert_submissions_have_one_current_version"

#: Invariant, what is done to the marts, rows that it then finds.
TAMPERED = [
    (EVIDENCE, "update fct_metric_observation set quote = '228' where quote = '227'", 3),
    (EVIDENCE, "update fct_metric_observation set sentence_start = 1 where quote = '80'", 1),
    (EVIDENCE, "update fct_event set char_end = char_end + 1", 1),
    (EVIDENCE, "update fct_citation set char_start = char_start - 1", 1),
    (
        PARTS,
        """update fct_metric_value
           set chosen_fact_id = (select fact_id from fct_metric_observation where quote = '16')
           where value_key = '63-35/front_supervision_sessions/2023'""",
        1,
    ),
    (FRAMES_AND_TIME, "update fct_metric_value set frame = '63' where frame = '34'", 2),
    (FRAMES_AND_TIME, "update fct_metric_value set period_start = '1997-12-31' where period = '2023-H1'", 3),
    (FRAMES, "delete from bridge_province_frame where old_province_code = '27'", 1),
    (FRAMES, "update bridge_province_frame set old_province_code = '02' where old_province_code = '01'", 1),
    (VERSIONS, "update fct_submission_version set is_current = true", 1),
]


@pytest.mark.parametrize(("name", "tampering", "found"), TAMPERED)
def test_an_invariant_finds_what_was_tampered_with(
    build: Build, tmp_path: Path, name: str, tampering: str, found: int
) -> None:
    compiled = build.path.parent / "target" / "compiled" / "coso" / "tests" / f"{name}.sql"
    statement = compiled.read_text(encoding="utf-8")
    copy = shutil.copy(build.path, tmp_path / build.path.name)
    with duckdb.connect(str(copy)) as connection:
        assert connection.execute(statement).fetchall() == []
        connection.execute("set search_path = 'marts'")
        connection.execute(tampering)
        assert len(connection.execute(statement).fetchall()) == found


def test_every_invariant_is_tried() -> None:
    assert {name for name, _, _ in TAMPERED} == {
        path.stem for path in (DBT_PROJECT / "tests").glob("assert_*.sql")
    }
