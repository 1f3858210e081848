"""Two real builds for the whole folder: a small lake, and an empty one."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_lake import SmallLake
from small_lake_reviews import review
from small_lake_story import tell, write_corrections
from warehouse_build import Build, dbt, dbt_in_turn

from coso.lake import Lake, ensure_tables
from coso.settings import DBT_PROJECT


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests that read a build to one worker: the others would wait for it with nothing to do."""
    for item in items:
        if item.path.parent == Path(__file__).parent and {"build", "empty_build"} & {*_fixtures(item)}:
            item.add_marker(pytest.mark.xdist_group("warehouse"))


def _fixtures(item: pytest.Item) -> list[str]:
    return item.fixturenames if isinstance(item, pytest.Function) else []


def _build_small_lake(lake: Lake) -> dict[str, str]:
    tell(SmallLake(lake))
    review(SmallLake(lake))
    # The same project with other reviewed corrections: those of the repository are about real articles.
    project = Path(shutil.copytree(DBT_PROJECT, lake.home.with_name("project")))
    write_corrections(project / "seeds" / "corrections.csv")
    phases = (("build", "--exclude", "tag:quality"), ("build", "--select", "tag:quality"))
    first, second = dbt_in_turn(lake, *phases, project=project)
    assert not first.keys() & second.keys()
    return first | second


def _build_empty_lake(lake: Lake) -> dict[str, str]:
    ensure_tables(lake)
    return dbt(lake, "build", "--exclude-resource-type", "unit_test")


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Lake], dict[str, str]]) -> Build:
    """Build a lake once for all pytest workers: they share the folder above their own."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    lake, done = Lake(shared / f"{name}: it's {{my}} $lake"), shared / f"{name}.json"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            done.write_text(json.dumps(make(lake)), encoding="utf-8")
    return Build(lake.warehouse / "build.duckdb", json.loads(done.read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the small lake in the pipeline's two phases, in a folder with an awkward name."""
    return _once(tmp_path_factory, "small", _build_small_lake)


@pytest.fixture(scope="session")
def empty_build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build an empty lake, without dbt's unit tests, which do not read it."""
    return _once(tmp_path_factory, "empty", _build_empty_lake)
