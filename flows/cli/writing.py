"""What commands write for machines and people: rows as CSV or JSON lines, and files where they are asked to."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from coso.errors import BadInputError, EnvironmentProblemError


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def write_rows(form: Format, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows to standard output as they come; CSV has its header also when there is none."""
    if form is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
        return
    for row in rows:
        told = dict(zip(columns, row, strict=True))
        sys.stdout.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")


def _cell(value: Any) -> Any:
    """Return a value as the CSV files of a release have it."""
    return str(value).lower() if isinstance(value, bool) else value


@contextmanager
def new_file(option: str, path: Path) -> Iterator[None]:
    """Let the block write the file that an option names: a new one, in a folder that is there.

    A file that is there already may be a sheet that somebody has filled in.

    Raises:
        BadInputError: the file is there already, or its folder is not.
        EnvironmentProblemError: it cannot be written.
    """
    if path.is_dir():
        raise BadInputError(f"{option} {path} is a folder", "name a file in it")
    if path.exists():
        raise BadInputError(f"{option} {path} is there already", "give another name, or move it away first")
    if not path.parent.is_dir():
        raise BadInputError(
            f"{option} {path}: there is no folder {path.parent}", "make it, or check the name"
        )
    try:
        yield
    except OSError as error:
        raise EnvironmentProblemError(
            f"{option} {path} cannot be written ({error.strerror})", "name a place that can be written to"
        ) from None
