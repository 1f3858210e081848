"""Building the tables as a run does: by dbt, or the statements that dbt sent, straight in DuckDB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coso.lake import Lake
from coso.settings import PROJECT_ROOT
from flows.dbt import Dbt, build_quality_tables, build_tables
from flows.run import Run

#: What dbt asks the database for its own sake: what is there, which columns a statement has.
_OF_DBT_ITSELF = ("information_schema", "describe (", "where false\n    limit 0", "duckdb_databases()")

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What a process took: wall time and processor time in seconds, peak resident memory in MB.

    Attributes:
        start_seconds: wall time until dbt had loaded; a run spends it while it fetches and reads. Not in the others.
        seconds: wall time of the work.
        processor_seconds: processor time of the work; other load on the machine hardly touches it.
        peak_mb: highest resident memory of the process.
    """

    start_seconds: float
    seconds: float
    processor_seconds: float
    peak_mb: float


def run_dbt(lake: Lake, *, with_log: bool = False) -> Cost:
    """Build all tables as a run does, those before and those after the gates, upon what is there.

    Args:
        lake: the lake.
        with_log: whether every statement stands in dbt's log afterwards, which takes time.

    Raises:
        coso.errors.CosoError: a build failed.
    """
    (lake.logs / "dbt" / "dbt.log").unlink(missing_ok=True)
    run = Run("benchmark", lake.home, date(2026, 1, 20), None, (), "")
    os.environ |= {"DBT_LOG_FORMAT_FILE": "json", "DBT_LOG_FILE_MAX_BYTES": "0"}
    begun = time.monotonic()
    with Dbt(run, "debug" if with_log else "info") as dbt:
        pid = dbt.wait_until_loaded()
        loaded, spent = time.monotonic(), _processor_seconds(pid)
        build_tables(run, dbt)
        build_quality_tables(run, dbt)
        return _cost(pid, loaded - begun, time.monotonic() - loaded, spent)


def run_plain(lake: Lake, statements: Path) -> Cost:
    """Run the statements of a file straight in DuckDB, on the warehouse of a lake.

    Raises:
        RuntimeError: a statement failed.
    """
    return _measured("benchmarks.warehouse.plain", lake, statements)


def run_publish(lake: Lake) -> Cost:
    """Publish the warehouse of a lake as a release.

    Raises:
        RuntimeError: it failed.
    """
    return _measured("benchmarks.warehouse.published", lake, lake.home)


def _measured(module: str, lake: Lake, argument: Path) -> Cost:
    """Run a module that says when it is done and then waits."""
    environment = os.environ | {
        "COSO_WAREHOUSE": str(lake.warehouse / "build.duckdb"),
        "PYTHONPATH": str(PROJECT_ROOT),
    }
    with subprocess.Popen(
        [sys.executable, "-m", module, str(argument)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        begun = time.monotonic()
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError(f"{module} {argument}: failed, see above")
        return _cost(process.pid, 0.0, time.monotonic() - begun, 0.0)


def statements_of(lake: Lake) -> list[str]:
    """Return what the last dbt run with a log did to the tables, node after node in the order in which they began.

    What dbt asks the database for its own sake is left out.
    """
    nodes: dict[str, list[str]] = {}
    for line in (lake.logs / "dbt" / "dbt.log").read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["info"]["name"] != "SQLQuery":
            continue
        node, sql = event["data"]["conn_name"], _without_comment(event["data"]["sql"])
        if node.startswith(("model.", "test.", "seed.")) and _is_of_the_tables(sql):
            nodes.setdefault(node, []).append(sql)
    return [sql for listed in nodes.values() for sql in listed]


def _is_of_the_tables(sql: str) -> bool:
    return sql not in {"BEGIN", "COMMIT", ""} and not any(mark in sql.lower() for mark in _OF_DBT_ITSELF)


def _without_comment(sql: str) -> str:
    """Return a statement without the comment that dbt puts before it."""
    return sql.split("*/", 1)[-1].strip() if sql.lstrip().startswith("/*") else sql.strip()


def _cost(pid: int, start: float, seconds: float, spent_before: float) -> Cost:
    """Return the cost of a process that has done its work and waits."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    spent = _processor_seconds(pid) - spent_before
    return Cost(round(start, 2), round(seconds, 2), round(spent, 2), round(int(peak) / 1024, 1))


def _processor_seconds(pid: int) -> float:
    fields = (
        Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    )
    return (int(fields[11]) + int(fields[12])) / _TICKS
