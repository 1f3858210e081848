"""A platform fed from the sample portals, driven through its command line."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
from command_line import COSO, Done, called, surroundings

import demo
from coso.lake import Lake
from demo.truth import load_truth


@dataclass(frozen=True)
class Platform:
    """A lake and the portals it is fed from."""

    lake: Lake
    env: dict[str, str]

    def coso(self, *arguments: str, timeout: float = 500, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the platform to its end, which has to come within some seconds."""
        return subprocess.run(
            [COSO, *arguments],
            env=self.env | env,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
        )

    def ask(self, *arguments: str) -> Done:
        """Call a command that only reads, in this process."""
        return called(arguments, self.env)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the current release."""
        with duckdb.connect(
            str(self.lake.published / "current" / "coso.duckdb"), read_only=True
        ) as connection:
            return connection.execute(sql).fetchall()


def platform(home: Path, ports: dict[str, int], **env: str) -> Platform:
    """Return a platform in ``home`` whose registry is that of the sample portals."""
    return platform_of(home, demo.write_sources(home / "demo-sources", ports), load_truth().as_of, **env)


def platform_of(home: Path, sources: Path, today: date, **env: str) -> Platform:
    """Return a platform in ``home`` with any folder of source files, on the day ``today``."""
    settings = {"COSO_SOURCES": str(sources), "COSO_TODAY": today.isoformat(), "COLUMNS": "160"}
    return Platform(Lake(home), surroundings(home, **settings | env))
