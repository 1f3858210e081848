"""Rows written for machines: CSV as in a release, or one JSON object a line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any


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
