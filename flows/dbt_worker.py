"""A dbt process that loads and parses once, then builds what it is asked for: ``python -m flows.dbt_worker FOLDERS``.

It is started before the tables are due, so that a run does not wait for dbt to load. Requests come as lines of JSON on
standard input (``{"arguments": ["build", ...]}``), answers go as lines to standard output: first one when it is ready,
then one a request: its error, or null, and what became of each node. What dbt itself prints goes to standard error.
It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

#: Options before the command: what it prints is read by the parent alone.
_QUIET = ("--no-use-colors", "--quiet")


def main(folders: list[str]) -> None:
    """Parse the project, then serve requests until the input ends.

    Args:
        folders: dbt's options that name the project, its profile, and where it writes.
    """
    answers = _take_standard_output()
    parsed = _invoke(None, ["parse", *folders])
    manifest = _manifest(parsed)
    _answer(answers, parsed)
    for line in sys.stdin:
        result = _invoke(manifest, [*json.loads(line)["arguments"], *folders])
        _let_go_of_database()
        _answer(answers, result)


def _take_standard_output() -> TextIO:
    """Return standard output for answers, and send what is printed to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def _invoke(manifest: Manifest | None, arguments: list[str]) -> dbtRunnerResult:
    from dbt.cli.main import dbtRunner

    return dbtRunner(manifest=manifest).invoke([*_QUIET, *arguments])


def _manifest(parsed: dbtRunnerResult) -> Manifest | None:
    from dbt.contracts.graph.manifest import Manifest

    # Without one, each request parses anew and says itself what is wrong with the project.
    return parsed.result if isinstance(parsed.result, Manifest) else None


def _let_go_of_database() -> None:
    """Close DuckDB, which else keeps the write lock until the process ends, so that the gates can read."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    # No public name says whether one is open; without an open one env() raises.
    manager: Any = DuckDBConnectionManager
    if manager._ENV is not None:
        manager._ENV.close()
        manager.close_all_connections()


def _answer(answers: TextIO, result: dbtRunnerResult) -> None:
    error = None if result.success else str(result.exception or "a node failed")
    answers.write(json.dumps({"error": error, "nodes": _nodes(result)}) + "\n")
    answers.flush()


def _nodes(result: dbtRunnerResult) -> list[dict[str, Any]]:
    """Return what became of each node, with the times of its steps in seconds since 1970."""
    from dbt.artifacts.schemas.run import RunExecutionResult

    if not isinstance(result.result, RunExecutionResult):
        return []
    return [
        {
            "name": node.node.name,
            "status": str(node.status),
            "message": node.message,
            "times": [
                moment.timestamp()
                for step in node.timing
                for moment in (step.started_at, step.completed_at)
                if moment
            ],
        }
        for node in result.result.results
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
