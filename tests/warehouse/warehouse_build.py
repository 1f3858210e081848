"""A warehouse built for a test, and running dbt as the pipeline does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from coso.lake import Lake
from coso.settings import DBT_PROJECT

#: What dbt says of a node that stops a build.
FAILED = {"error", "fail", "runtime error"}


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
    (statuses,) = dbt_in_turn(lake, arguments, project=project)
    return statuses


def dbt_in_turn(lake: Lake, *requests: Sequence[str], project: Path = DBT_PROJECT) -> list[dict[str, str]]:
    """Make requests of one dbt process, which loads and parses once; return the statuses after each by node name."""
    target = lake.warehouse / "target"
    target.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [sys.executable, "-m", "flows.dbt_worker"]
    command += ["--project-dir", project, "--profiles-dir", project]
    command += ["--target-path", target, "--log-path", lake.logs / "dbt"]
    environment = os.environ | {
        "COSO_HOME": str(lake.home),
        "COSO_WAREHOUSE": str(lake.warehouse / "build.duckdb"),
        "COSO_TODAY": "2026-01-20",
    }
    asked = "".join(json.dumps({"arguments": [*arguments]}) + "\n" for arguments in requests)
    done = subprocess.run(
        command, input=asked, env=environment, cwd=lake.home, capture_output=True, text=True, check=False
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    failed = [node for answer in answers for node in answer["nodes"] if node["status"] in FAILED]
    said = f"{failed}\n{[answer['error'] for answer in answers]}\n{done.stderr[-4000:]}"
    assert done.returncode == 0, said
    assert len(answers) == 1 + len(requests), said  # the first says that the project is parsed
    assert not any(answer["error"] for answer in answers), said
    return [{node["name"]: node["status"] for node in answer["nodes"]} for answer in answers[1:]]
