"""Two real builds for the whole folder: a small lake, and an empty one."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from small_lake import SmallLake
from small_lake_story import tell, write_corrections

from coso.lake import Lake, ensure_tables
from coso.settings import DBT_PROJECT


@cache
def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a finished build once for all tests; nothing writes to it any more."""
    return duckdb.connect(str(path), read_only=True)


@dataclass(frozen=True)
class Build:
    """A built warehouse and what dbt said of it."""

    path: Path
    results: dict[str, str]

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query, by column name."""
        cursor = _opened(self.path).execute(query)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def one(self, query: str) -> dict[str, Any]:
        """Return the only row of a query."""
        (row,) = self.rows(query)
        return row

    def value(self, key: str) -> dict[str, Any]:
        """Return the reconciled figure of a key."""
        return self.one(f"select * from marts.fct_metric_value where value_key = '{key}'")


def dbt(lake: Lake, *arguments: str, project: Path = DBT_PROJECT) -> dict[str, str]:
    """Run dbt as the pipeline does; return the status of each node by its name."""
    target = lake.warehouse / "target"
    target.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [Path(sys.executable).with_name("dbt"), "--no-use-colors", *arguments]
    command += ["--project-dir", project, "--profiles-dir", project]
    command += ["--target-path", target, "--log-path", lake.logs / "dbt"]
    environment = os.environ | {
        "COSO_HOME": str(lake.home),
        "COSO_WAREHOUSE": str(lake.warehouse / "build.duckdb"),
        "COSO_TODAY": "2026-01-20",
    }
    done = subprocess.run(
        command, env=environment, cwd=lake.home, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    return {node["unique_id"].split(".", 2)[2]: node["status"] for node in results}


def _build_small_lake(lake: Lake) -> dict[str, str]:
    tell(SmallLake(lake))
    # The same project with other reviewed corrections: those of the repository are about real articles.
    project = Path(shutil.copytree(DBT_PROJECT, lake.home.with_name("project")))
    write_corrections(project / "seeds" / "corrections.csv")
    first = dbt(lake, "build", "--exclude", "tag:quality", project=project)
    second = dbt(lake, "build", "--select", "tag:quality", project=project)
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
