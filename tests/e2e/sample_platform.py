"""A platform fed from the sample portals, driven through its command line."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

import demo
from coso.lake import Lake
from demo.truth import load_truth

COSO = str(Path(sys.executable).with_name("coso"))


@dataclass(frozen=True)
class Platform:
    """A lake and the portals it is fed from."""

    lake: Lake
    env: dict[str, str]

    def coso(self, *arguments: str, timeout: float = 500) -> subprocess.CompletedProcess[str]:
        """Run a command of the platform to its end, which has to come within some seconds."""
        return subprocess.run(
            [COSO, *arguments], env=self.env, capture_output=True, text=True, check=False, timeout=timeout
        )

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
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COSO_", "PREFECT_"))}
    settings = {"COSO_HOME": str(home), "COSO_SOURCES": str(sources), "COSO_TODAY": today.isoformat()}
    return Platform(Lake(home), clean | settings | {"COLUMNS": "160"} | env)
