"""Running dbt: one process a run, loaded while pages are fetched, that builds the tables before and after the gates.

It is a process of its own because dbt keeps state, memory and threads for as long as its process lives.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from coso.errors import CosoError
from coso.lake import find_damaged
from coso.settings import DBT_PROJECT, PROJECT_ROOT
from flows import warehouse
from flows.children import END_WITH_PARENT
from flows.run import Run

#: Models that tell of the checks; built after the checks have spoken.
_QUALITY_TAG = "tag:quality"

#: What stands as it is in a warehouse that is built upon: views, and the reference tables of the project.
_STANDING = ("config.materialized:view", "config.meta.is_code:true")

_LOG_TAIL_LINES = 40
_ENDED = "the dbt process ended"


@dataclass(frozen=True)
class DbtResult:
    """What one dbt invocation did.

    Attributes:
        succeeded: nodes that were built or passed.
        start_seconds: wall time before the first and after the last node: dbt's own.
    """

    succeeded: int
    start_seconds: float


@dataclass(frozen=True)
class _Answer:
    """What the dbt process said: an error, or none, and of each node its name, status, message and times."""

    error: str | None
    nodes: list[dict[str, Any]]

    def result(self, wall: float) -> DbtResult:
        """Return the counts; ``wall`` is the wall time of the whole request in seconds."""
        good = sum(node["status"] in {"success", "pass"} for node in self.nodes)
        times = [moment for node in self.nodes for moment in node["times"]]
        working = max(times) - min(times) if times else 0.0
        return DbtResult(good, round(wall - working, 3))

    def failures(self) -> str:
        """Return the nodes that failed, with the first line of what dbt says of each."""
        return "; ".join(
            f"{node['name']} ({' '.join((node['message'] or '').split())[:200]})"
            for node in self.nodes
            if node["status"] in {"error", "fail", "runtime error"}
        )


class Dbt:
    """The dbt process of one run. It loads from the moment it is entered; a build waits until it is ready.

    >>> with Dbt(run) as dbt:  # doctest: +SKIP
    ...     ...  # fetch and read
    ...     build_tables(run, dbt)
    """

    def __init__(self, run: Run, log_level: str = "info") -> None:
        """Name the run, and what dbt writes to its log; with ``debug``, which takes time, every statement too."""
        self._target, self._logs = run.lake.warehouse / "target", run.lake.logs / "dbt"
        self._run, self._log_level = run, log_level
        self._process: subprocess.Popen[str] | None = None
        self._is_ready = False

    def __enter__(self) -> Self:
        """Start the process and return at once."""
        for folder in (self._target, self._logs):
            folder.mkdir(parents=True, exist_ok=True)
        folders = ["--project-dir", DBT_PROJECT, "--profiles-dir", DBT_PROJECT]
        folders += ["--target-path", self._target, "--log-path", self._logs]
        with self._output.open("w", encoding="utf-8") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.dbt_worker", *map(str, folders)],
                env=_environment(self._run),
                cwd=self._run.home,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
                encoding="utf-8",
                preexec_fn=END_WITH_PARENT,  # noqa: PLW1509 - it only makes one system call
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process; one that still works, because the run failed, is stopped."""
        process = self._process
        if process is None:
            return
        if error is not None:
            process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait()
        self._process = None

    def wait_until_loaded(self) -> int:
        """Return the id of the process as soon as it could build."""
        process = self._running()
        if not self._is_ready:
            self._answer(process)
            self._is_ready = True
        return process.pid

    def build(self, *selection: str) -> DbtResult:
        """Run ``dbt build`` for the run's private warehouse.

        Args:
            selection: dbt's selection arguments, such as ``--exclude tag:quality``.

        Raises:
            CosoError: a model or a structural test failed; names the nodes and the log.
            BadInputError: a file of the lake is damaged; names it.
        """
        # Unit tests test the models, not the data: they run in the project's tests.
        arguments = [
            "build",
            "--log-level-file",
            self._log_level,
            # A test is run for what it says, whatever stands of what it reads: it is chosen by its own tag.
            "--indirect-selection",
            "empty",
            "--exclude-resource-type",
            "unit_test",
            # The manifest is written once, when the project is parsed.
            "--no-write-json",
            *selection,
        ]
        begun = time.monotonic()
        answer = self._ask(arguments)
        wall = time.monotonic() - begun
        if answer.error is not None:
            if damaged := find_damaged(self._run.lake):
                raise damaged
            failures = answer.failures() or self._said() or answer.error
            raise CosoError(f"dbt build failed: {failures}", f"see {self._logs / 'dbt.log'}")
        return answer.result(wall)

    def _ask(self, arguments: list[str]) -> _Answer:
        self.wait_until_loaded()
        process = self._running()
        try:
            print(json.dumps({"arguments": arguments}), file=process.stdin, flush=True)
        except BrokenPipeError:
            return _Answer(_ENDED, [])
        return self._answer(process)

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            raise RuntimeError("the dbt process is used outside of its context")
        return self._process

    @staticmethod
    def _answer(process: subprocess.Popen[str]) -> _Answer:
        line = process.stdout.readline() if process.stdout else ""
        return _Answer(**json.loads(line)) if line else _Answer(_ENDED, [])

    @property
    def _output(self) -> Path:
        """What dbt printed."""
        return self._logs / "output.txt"

    def _said(self) -> str:
        lines = self._output.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return " | ".join(lines[-_LOG_TAIL_LINES:])


def build_tables(run: Run, dbt: Dbt) -> DbtResult:
    """Build every table but those that tell of the checks, from what changed in the lake where that is enough.

    Raises:
        CosoError: a model or a structural test failed; names the nodes and the log.
    """
    with warehouse.building(run.lake, warehouse.TABLES) as goes_on:
        return dbt.build("--exclude", _QUALITY_TAG, *(_STANDING if goes_on else ()))


def build_quality_tables(run: Run, dbt: Dbt) -> DbtResult:
    """Build the tables that tell of the checks, and those that leave out what the checks hold back.

    Raises:
        CosoError: a model or a structural test failed; names the nodes and the log.
    """
    with warehouse.building(run.lake, warehouse.QUALITY) as goes_on:
        return dbt.build(
            "--select", _QUALITY_TAG, *(("--exclude", *_STANDING) if goes_on else ("--full-refresh",))
        )


def _environment(run: Run) -> dict[str, str]:
    return os.environ | {
        "COSO_HOME": str(run.home),
        "COSO_WAREHOUSE": str(run.warehouse),
        "COSO_TODAY": run.today.isoformat(),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(PROJECT_ROOT), os.environ.get("PYTHONPATH")))),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
