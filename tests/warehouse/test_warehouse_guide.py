"""The analyst's guide: each of its statements runs on a real release and answers what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warehouse_build import Build

from coso.lake import Lake
from coso.records import Hold
from coso.settings import PROJECT_ROOT
from publishing import publish

ENGLISH = PROJECT_ROOT / "docs" / "analyst-guide.md"
VIETNAMESE = PROJECT_ROOT / "docs" / "analyst-guide.vi.md"


def _questions(path: Path) -> dict[str, str]:
    """Return the statements of a guide by the start of their heading."""
    text = path.read_text(encoding="utf-8")
    return {
        heading.split(".")[0]: statement
        for heading, statement in re.findall(
            r"^## (.+?)\n.*?```sql\n(.*?)```", text, re.DOTALL | re.MULTILINE
        )
    }


STATEMENTS = _questions(ENGLISH)

#: Columns of the rows that each question gives on the small lake: the first row, or a row that must be there.
ANSWERS: dict[str, dict[str, Any]] = {
    "1": {
        "province_vi": "Hà Tĩnh",
        "previous_value": 350.0,
        "value": 318.0,
        "change": -32.0,
        "change_percent": -9.1,
    },
    "2": {
        "province_vi": "Bắc Ninh",
        "previous_value": 500.0,
        "previous_basis": "sum_of_members",
        "change": 50.0,
    },
    "3": {"frame": "34", "province_vi": "Bắc Ninh", "value": 500.0, "per_100k": 15.679},
    "4": {"source_name": "Báo ha-nam", "quote": "125", "is_chosen": True},
    "5": {
        "name_vi": "Hà Nam",
        "metric": "social_criticism_sessions",
        "agreement": "conflict",
        "runner_up_value": 152.0,
    },
    "6": {"name_vi": "Hà Tĩnh", "period": "2024", "status": "silent"},
    "7": {"province_vi": "Bắc Ninh", "metric": "voter_meetings", "missing_vi": "Bắc Ninh", "n_reporting": 1},
    "8": {"frame": "63", "period": "2021", "status": "partial", "national_value": None, "n_reporting": 62},
    "9": {"province_key": "63-35", "value_standard": 152.0, "outlets": "Báo trung-uong"},
    "10": {
        "name_vi": "Hà Tĩnh",
        "metric": "mediation_success_rate",
        "basis": "values",
        "computed_rate": 75.0,
    },
    "11": {"name_vi": "Hà Nam", "metric": "petitions_received", "earlier_value": 1000.0},
    "12": {"name_vi": "Bắc Ninh", "frame": "34", "period": "2025", "parts": "2025-H1 + 2025-H2"},
    "13": {"correction_id": "typo", "status": "applied", "old_value": "411", "new_value": "41"},
    "14": {"kind": "shortcoming", "outlet_province_key": "63-42", "period": "2024"},
    "15": {"name_vi": "Huế", "submissions": 1, "answered_percent": 100.0, "median_days": 17.0},
    "Before a figure leaves the house": {"province_vi": "Hà Nam", "keeps_values_back": True},
}


@pytest.fixture(scope="module")
def release(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the small lake, its hold applied, and return the release's database."""
    lake = Lake(tmp_path_factory.mktemp("published"))
    hold = Hold("35", "63", "dialogue_sessions", "inc-1", "Mâu thuẫn")
    return publish(lake, build.path, [hold], run_id="test").release.database


@pytest.mark.parametrize("question", ANSWERS)
def test_a_question_is_answered(release: Path, question: str) -> None:
    with duckdb.connect(str(release), read_only=True) as connection:
        cursor = connection.execute(STATEMENTS[question])
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    expected = ANSWERS[question]
    assert expected.keys() <= set(names)
    assert expected in [{name: row[name] for name in expected} for row in rows]


def test_the_guide_has_fifteen_questions_and_each_is_tried() -> None:
    assert list(STATEMENTS) == list(ANSWERS)
    assert len([question for question in STATEMENTS if question.isdigit()]) == 15


def test_both_languages_ask_the_same() -> None:
    assert list(_questions(VIETNAMESE).values()) == list(STATEMENTS.values())


def test_what_is_held_back_is_in_no_answer(release: Path) -> None:
    with duckdb.connect(str(release), read_only=True) as connection:
        rows = connection.execute(STATEMENTS["5"]).fetchall()
    assert not [row for row in rows if row[:2] == ("Hà Nam", "dialogue_sessions")]
