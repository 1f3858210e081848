"""Run a file of statements on a warehouse, with the settings that dbt's profile has: nothing but DuckDB.

It prints a line when it is done and waits for its input to end, so that what it took can be read.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import duckdb


def main(statements: Path) -> None:
    """Run each statement of a JSON list."""
    limit = os.environ.get("COSO_MEMORY_LIMIT", "1500MB")
    with duckdb.connect(os.environ["COSO_WAREHOUSE"]) as connection:
        connection.execute(
            f"set timezone = 'UTC'; set memory_limit = '{limit}'; set preserve_insertion_order = false"
        )
        for statement in json.loads(statements.read_text(encoding="utf-8")):
            connection.execute(statement).fetchall()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    print("done", flush=True)
    sys.stdin.read()
