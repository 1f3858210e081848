"""A dbt process that loads and parses once, then builds what it is asked for: ``python -m flows.dbt_worker FOLDERS``.

It is started before the tables are due, so that a run does not wait for dbt to load. Requests come as lines of JSON on
standard input (``{"arguments": ["build", ...]}``), answers go as lines to standard output: first one when it is ready,
then one a request (``{"error": null}``). What dbt itself prints goes to standard error. It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from dbt.adapters.duckdb.environments import Environment
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
    _answer(answers, _error(parsed))
    for line in sys.stdin:
        result = _invoke(manifest, [*json.loads(line)["arguments"], *folders])
        _let_go_of_database()
        _answer(answers, _error(result))


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
    opened: Environment | None = getattr(DuckDBConnectionManager, "_ENV", None)
    if opened is not None:
        opened.close()
        DuckDBConnectionManager.close_all_connections()


def _error(result: dbtRunnerResult) -> str | None:
    if result.success:
        return None
    return str(result.exception) if result.exception else "a node failed"


def _answer(answers: TextIO, error: str | None) -> None:
    answers.write(json.dumps({"error": error}) + "\n")
    answers.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
