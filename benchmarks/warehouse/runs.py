"""Running a build as a process of its own: by dbt, or the statements that dbt sent, straight in DuckDB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from coso.lake import Lake
from coso.settings import DBT_PROJECT, PROJECT_ROOT

#: What dbt asks the database for its own sake: what is there, which columns a statement has.
_OF_DBT_ITSELF = ("information_schema", "(describe ", "where false\n    limit 0", "duckdb_databases()")


@dataclass(frozen=True)
class Cost:
    """What a process took: wall time and processor time in seconds, peak resident memory in MB.

    Other load on the machine lengthens the wall time; the processor time it hardly touches.
    """

    seconds: float
    processor_seconds: float
    peak_mb: float


def run_dbt(lake: Lake, *selection: str, with_log: bool = False) -> Cost:
    """Run ``dbt build`` on a lake as a run does; with a log, the statements stand in it afterwards.

    Raises:
        RuntimeError: the build failed.
    """
    log = lake.logs / "dbt"
    (log / "dbt.log").unlink(missing_ok=True)
    target = lake.warehouse / "target"
    target.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [Path(sys.executable).with_name("dbt"), "--quiet", "--no-use-colors"]
    command += ["--log-level-file", "debug" if with_log else "info", "--log-format-file", "json"]
    command += ["--log-file-max-bytes", "0", "build", *selection]
    command += ["--project-dir", DBT_PROJECT, "--profiles-dir", DBT_PROJECT]
    command += ["--target-path", target, "--log-path", log]
    return _measured(lake, [str(part) for part in command])


def run_plain(lake: Lake, statements: Path) -> Cost:
    """Run the statements of a file straight in DuckDB, on the warehouse of a lake."""
    return _measured(lake, [sys.executable, "-m", "benchmarks.warehouse.plain", str(statements)])


def statements_of(lake: Lake) -> list[str]:
    """Return what the last dbt run with a log did to the tables, node after node in the order in which they began.

    What dbt asks the database for its own sake is left out, and so are comments on columns.
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
    return sql not in {"BEGIN", "COMMIT", ""} and not (
        sql.startswith("comment on") or any(mark in sql for mark in _OF_DBT_ITSELF)
    )


def _without_comment(sql: str) -> str:
    """Return a statement without the comment that dbt puts before it."""
    return sql.split("*/", 1)[-1].strip() if sql.lstrip().startswith("/*") else sql.strip()


def _measured(lake: Lake, command: list[str]) -> Cost:
    environment = os.environ | {
        "COSO_HOME": str(lake.home),
        "COSO_WAREHOUSE": str(lake.warehouse / "build.duckdb"),
        "COSO_TODAY": "2026-01-20",
        "PYTHONPATH": str(PROJECT_ROOT),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    output = lake.home / "output.txt"
    began = time.monotonic()
    with output.open("w") as sink:
        process = subprocess.Popen(
            command, env=environment, cwd=lake.home, stdout=sink, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(output.read_text(encoding="utf-8")[-3000:])
    processor = usage.ru_utime + usage.ru_stime
    return Cost(round(seconds, 2), round(processor, 2), round(usage.ru_maxrss / 1024, 1))
