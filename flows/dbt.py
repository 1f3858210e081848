"""Running dbt: a subprocess, because in process it keeps the write lock of DuckDB until the process ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coso.errors import CosoError
from coso.settings import DBT_PROJECT
from flows import warehouse
from flows.children import END_WITH_PARENT
from flows.run import Run

#: Models that tell of the checks; built after the checks have spoken.
_QUALITY_TAG = "tag:quality"

#: What stands as it is in a warehouse that is built upon: views, and the reference tables of the project.
_STANDING = ("config.materialized:view", "config.meta.is_code:true")

_LOG_TAIL_LINES = 40


@dataclass(frozen=True)
class DbtResult:
    """What one dbt invocation did.

    Attributes:
        succeeded: nodes that were built or passed.
        warned: tests that warned.
        start_seconds: wall time before the first and after the last node: dbt's own.
    """

    succeeded: int
    warned: int
    start_seconds: float


def build_tables(run: Run) -> DbtResult:
    """Build every table but those that tell of the checks, from what changed in the lake where that is enough.

    Raises:
        CosoError: a model or a structural test failed; names the nodes and the log.
    """
    with warehouse.building(run.lake, warehouse.TABLES) as goes_on:
        return _build(run, "--exclude", _QUALITY_TAG, *(_STANDING if goes_on else ()))


def build_quality_tables(run: Run) -> DbtResult:
    """Build the tables that tell of the checks, and those that leave out what the checks hold back.

    Raises:
        CosoError: a model or a structural test failed; names the nodes and the log.
    """
    with warehouse.building(run.lake, warehouse.QUALITY) as goes_on:
        return _build(
            run, "--select", _QUALITY_TAG, *(("--exclude", *_STANDING) if goes_on else ("--full-refresh",))
        )


def _build(run: Run, *selection: str) -> DbtResult:
    """Run ``dbt build`` for the run's private warehouse.

    Args:
        run: the run whose lake is read.
        selection: dbt's selection arguments, such as ``--exclude tag:quality``.

    Raises:
        CosoError: a model or a structural test failed; names the nodes and the log.
    """
    target, logs = run.lake.warehouse / "target", run.lake.logs / "dbt"
    for folder in (target, logs):
        folder.mkdir(parents=True, exist_ok=True)
    # Unit tests test the models, not the data: they run in the project's tests.
    arguments = [
        "build",
        # What every statement was stands compiled in the target folder; writing it to the log too takes time.
        "--log-level-file",
        "info",
        # A test is run for what it says, whatever stands of what it reads: it is chosen by its own tag.
        "--indirect-selection",
        "empty",
        "--exclude-resource-type",
        "unit_test",
        "--target-path",
        str(target),
        "--log-path",
        str(logs),
        *selection,
    ]
    begun = time.monotonic()
    done = _dbt(run, arguments)
    wall = time.monotonic() - begun
    if done.returncode != 0:
        raise CosoError(f"dbt build failed: {_failures(target, done.stdout)}", f"see {logs / 'dbt.log'}")
    return _result(target, wall)


def _dbt(run: Run, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    folders = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    command = [str(Path(sys.executable).with_name("dbt")), "--no-use-colors", "--quiet", *arguments, *folders]
    environment = os.environ | {
        "COSO_HOME": str(run.home),
        "COSO_WAREHOUSE": str(run.warehouse),
        "COSO_TODAY": run.today.isoformat(),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
    return subprocess.run(
        command,
        env=environment,
        cwd=run.home,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=END_WITH_PARENT,
    )


def _failures(target: Path, output: str) -> str:
    results = target / "run_results.json"
    failed = [
        f"{node['unique_id'].split('.')[2]} ({_first_line(node['message'])})"
        for node in (json.loads(results.read_text(encoding="utf-8"))["results"] if results.exists() else [])
        if node["status"] in {"error", "fail", "runtime error"}
    ]
    tail = " | ".join(output.strip().splitlines()[-_LOG_TAIL_LINES:])
    return "; ".join(failed) or tail or "no output"


def _first_line(text: str | None) -> str:
    return " ".join((text or "").split())[:200]


def _result(target: Path, wall: float) -> DbtResult:
    data = json.loads((target / "run_results.json").read_text(encoding="utf-8"))
    statuses = [node["status"] for node in data["results"]]
    good = sum(status in {"success", "pass"} for status in statuses)
    steps = [timing for node in data["results"] for timing in node["timing"]]
    working = _span([step["started_at"] for step in steps], [step["completed_at"] for step in steps])
    return DbtResult(good, statuses.count("warn"), round(wall - working, 3))


def _span(starts: list[str], ends: list[str]) -> float:
    """Return the seconds from the first start to the last end."""
    if not starts:
        return 0.0
    first, last = min(map(datetime.fromisoformat, starts)), max(map(datetime.fromisoformat, ends))
    return (last - first).total_seconds()
