"""A run that is killed at any moment leaves the lake usable: the next run publishes what an undisturbed one would."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_platform import COSO, Platform, platform

from coso.lake import read_table
from coso.records import Capture, RunRow, from_table
from publishing import current_release

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]

#: Signs in the lake that a run has come so far; the kill follows at once.
MOMENTS: dict[str, Callable[[Path], bool]] = {
    "while fetching": lambda home: any((home / "raw" / "journal").glob("*.jsonl")),
    "while sealing": lambda home: any((home / "raw" / "captures").glob("date=*/*.parquet")),
    "while reading": lambda home: any((home / "landed" / "facts").glob("source=*/date=*/part.parquet")),
    "while checking": lambda home: any((home / "quality" / "verdicts").glob("*-landed.parquet")),
    "while building": lambda home: (home / "warehouse" / "build.duckdb").exists(),
    "after building": lambda home: any((home / "quality" / "verdicts").glob("*-marts.parquet")),
    "while publishing": lambda home: any((home / "published").glob(".building-*")),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_next_run_publishes_what_an_undisturbed_one_does(
    moment: str,
    first_run: tuple[Platform, subprocess.CompletedProcess[str]],
    portals: dict[str, int],
    tmp_path: Path,
) -> None:
    undisturbed = current_release(first_run[0].lake)
    here = platform(tmp_path / "lake", portals)
    _kill_at(here, MOMENTS[moment])
    assert current_release(here.lake) is None
    done = here.coso("run")
    assert done.returncode == 0, done.stderr
    again = current_release(here.lake)
    assert undisturbed is not None
    assert again is not None
    assert again.digest == undisturbed.digest
    captures = from_table(Capture, read_table(here.lake.captures, Capture))
    assert len({c.capture_id for c in captures}) == len(captures)


def test_a_run_that_a_person_breaks_off_says_so(portals: dict[str, int], tmp_path: Path) -> None:
    here = platform(tmp_path / "lake", portals)
    code, told = _kill_at(here, MOMENTS["while fetching"], signal.SIGINT)
    assert code == 130
    assert "interrupted: what was fetched is kept" in told
    (row,) = from_table(RunRow, read_table(here.lake.quality / "runs", RunRow))
    assert row.status == "interrupted"
    assert here.coso("run").returncode == 0


def _kill_at(
    here: Platform, reached: Callable[[Path], bool], how: signal.Signals = signal.SIGKILL
) -> tuple[int, str]:
    """Start a run, send it a signal at a moment, and return its exit code and what it wrote to stderr."""
    with subprocess.Popen(
        [COSO, "run"],
        env=here.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        pause = threading.Event()
        while not reached(here.lake.home):
            assert run.poll() is None, "the run ended before the moment came"
            pause.wait(0.002)
        os.kill(run.pid, how)
        _, told = run.communicate()
        return run.returncode, told
