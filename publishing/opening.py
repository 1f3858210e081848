"""Opening the database of a release for reading, and what its errors say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from coso.errors import CosoError, first_line


@contextmanager
def open_database(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the DuckDB file of a release, read only, for the time of the block.

    Raises:
        CosoError: the file is missing or damaged.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise CosoError(
            f"{path} cannot be opened ({first_line(error)})",
            "restore the folder from a copy, or go back to a whole release with `coso release rollback`",
        ) from None
    with connection:
        yield connection


def said(error: duckdb.Error) -> str:
    """Return in one line what DuckDB says of a statement, its hints included; the drawing of the place is left out."""
    lines: list[str] = []
    for line in str(error).strip().splitlines():
        if line.startswith("LINE "):
            break
        lines.append(line.strip())
    return " ".join(filter(None, lines))
