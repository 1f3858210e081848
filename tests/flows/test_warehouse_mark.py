"""The warehouse is built upon only while it is whole and of this code."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coso.lake import Lake
from coso.settings import DBT_PROJECT, PROJECT_ROOT
from flows import warehouse


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Return a lake without a warehouse."""
    return Lake(tmp_path / "lake")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the dbt project that may be changed."""
    return Path(shutil.copytree(DBT_PROJECT, tmp_path / "project"))


def build(lake: Lake, project: Path, part: str = warehouse.TABLES) -> bool:
    """Pretend to build a part; return whether it was built upon what was there."""
    with warehouse.building(lake, part, project) as goes_on:
        (lake.warehouse / "build.duckdb").touch()
    return goes_on


def test_a_whole_warehouse_is_built_upon_part_by_part(lake: Lake, project: Path) -> None:
    assert not build(lake, project)
    assert not build(lake, project, warehouse.QUALITY)
    assert build(lake, project)
    assert build(lake, project, warehouse.QUALITY)


def test_tables_built_twice_leave_nothing_for_quality_to_build_upon(lake: Lake, project: Path) -> None:
    for part in (warehouse.TABLES, warehouse.QUALITY, warehouse.TABLES):
        build(lake, project, part)
    assert build(lake, project)  # the gates failed in between, or the run was killed there
    assert not build(lake, project, warehouse.QUALITY)
    assert build(lake, project)
    assert build(lake, project, warehouse.QUALITY)


def test_a_part_that_failed_is_made_again(lake: Lake, project: Path) -> None:
    build(lake, project)
    build(lake, project, warehouse.QUALITY)
    with pytest.raises(ZeroDivisionError), warehouse.building(lake, warehouse.QUALITY, project):
        _ = 1 / 0
    assert build(lake, project)  # the tables before the gate were not touched
    assert not build(lake, project, warehouse.QUALITY)
    with pytest.raises(ZeroDivisionError), warehouse.building(lake, warehouse.TABLES, project):
        _ = 1 / 0
    (lake.warehouse / "build.duckdb.wal").touch()
    with warehouse.building(lake, warehouse.TABLES, project) as goes_on:
        assert not goes_on
        assert not list(lake.warehouse.glob("build.duckdb*"))
        (lake.warehouse / "build.duckdb").touch()
    assert not build(lake, project, warehouse.QUALITY)


def test_a_build_that_was_killed_leaves_no_mark(lake: Lake, project: Path) -> None:
    build(lake, project)
    code = (
        "import sys, time; from pathlib import Path; from coso.lake import Lake; from flows import warehouse\n"
        "with warehouse.building(Lake(Path(sys.argv[1])), 'tables', Path(sys.argv[2])) as goes_on:\n"
        "    print(goes_on, flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(lake.home), str(project)],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == "True\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not build(lake, project)


@pytest.mark.parametrize(
    ("changed", "goes_on"),
    [
        ("models/marts/core/reference/dim_metric.sql", False),
        ("seeds/metrics.csv", False),
        ("dbt_project.yml", False),
        ("seeds/corrections.csv", True),
    ],
)
def test_other_code_makes_all_anew_and_a_correction_does_not(
    lake: Lake, project: Path, changed: str, goes_on: bool
) -> None:
    build(lake, project)
    with (project / changed).open("a", encoding="utf-8") as handle:
        handle.write("\n")
    assert build(lake, project) is goes_on


@pytest.mark.parametrize("mark", ["", "{", "[]", '{"parts": ["tables"]}'])
def test_a_mark_that_says_nothing_is_none(lake: Lake, project: Path, mark: str) -> None:
    build(lake, project)
    (lake.warehouse / "whole.json").write_text(mark, encoding="utf-8")
    assert not build(lake, project)


def test_a_mark_without_its_database_is_none(lake: Lake, project: Path) -> None:
    build(lake, project)
    (lake.warehouse / "build.duckdb").unlink()
    assert not build(lake, project)
