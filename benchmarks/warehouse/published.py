"""Publish the warehouse of a lake; print a line and wait for the input to end, so that what it took can be read."""

from __future__ import annotations

import sys
from pathlib import Path

from coso.lake import Lake
from publishing import publish


def main(home: Path) -> None:
    """Publish the build as a run does, all of it."""
    lake = Lake(home)
    publish(lake, lake.warehouse / "build.duckdb", run_id="benchmark")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    print("done", flush=True)
    sys.stdin.read()
