"""``coso`` for the tests: in this process, or in one of its own where the start or the process is what is proved.

A process of its own costs the start of Python and of every library a command imports, which is most of what a short
command takes; so each kind of proof has one, and the rest are called.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from flows.cli import main

COSO = str(Path(sys.executable).with_name("coso"))


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


def surroundings(home: Path, **env: str) -> dict[str, str]:
    """Return the environment of a command over the lake ``home``: no setting of the person who runs the tests."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COSO_", "PREFECT_"))}
    return clean | {"COSO_HOME": str(home), "COLUMNS": "200"} | env


def called(arguments: tuple[str, ...], env: Mapping[str, str]) -> Done:
    """Call the command line in this process, in the environment ``env`` and with no input."""
    said, told = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, env, clear=True),
        patch.object(sys, "stdin", io.StringIO()),
        redirect_stdout(said),
        redirect_stderr(told),
    ):
        try:
            main(list(arguments))
            code: object = 0
        except SystemExit as end:
            code = end.code
    return Done(int(str(code or 0)), said.getvalue(), told.getvalue())


def coso(*arguments: str, home: Path, **env: str) -> Done:
    """Call a command in this process; what it leaves uncaught is raised here."""
    return called(arguments, surroundings(home, **env))


def started(
    *arguments: str, home: Path, timeout: float = 120, **env: str
) -> subprocess.CompletedProcess[str]:
    """Start the installed command as a person does, and wait until it ends."""
    return subprocess.run(
        [COSO, *arguments], env=surroundings(home, **env), capture_output=True, text=True, check=False, timeout=timeout,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
