"""Copies of a page's words outside archive and landed zone: in the quality zone, in logs and in databases of tools.

They are found by what they hold, not by where they are expected: a row, a line or a field that holds an id, the
address or a sentence of an erased page goes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Set
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from coso.ids import sha256_hex
from coso.lake import Lake, write_atomically, write_table

#: Columns that can be emptied, so that the row stays: what a check said and that an incident was.
_EMPTIED = {
    "verdicts": ("detail",),
    "incidents": ("evidence_fact_id", "evidence_quote", "evidence_url", "last_healthy"),
}
#: What stands in the place of words in logs and databases.
_ERASED = "[erased]"
_SQLITE = b"SQLite format 3\x00"


def remove_traces(lake: Lake, address: str, ids: Set[str], words: Set[str]) -> None:
    """Remove what the quality zone, logs and tools hold of a page.

    Args:
        lake: the lake.
        address: digest of its address.
        ids: ids of its captures and of what was read from them.
        words: its address, and what was read from it, in pieces.
    """
    trace = _Trace(address, ids, words)
    for path in sorted(lake.quality.rglob("*.parquet")):
        trace.clear_table(path)
    for path in sorted((lake.quality / "pages").glob("*.html")):
        if trace.is_told(path.read_text(encoding="utf-8", errors="replace")):
            path.unlink()
    for folder in (lake.logs, lake.prefect, lake.quality, lake.warehouse):
        for path in _files(folder):
            trace.clear_file(path)


def _files(folder: Path) -> Iterator[Path]:
    ends = {".parquet", ".duckdb", ".wal"}
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in ends)


class _Trace:
    def __init__(self, address: str, ids: Set[str], words: Set[str]) -> None:
        self._address = address
        self._ids = ids
        # Text lies in JSON as it is, or escaped.
        escaped = {json.dumps(word)[1:-1] for word in words} | {
            json.dumps(word, ensure_ascii=False)[1:-1] for word in words
        }
        self._words = sorted(words | escaped, key=lambda word: (-len(word), word))

    def is_told(self, text: str) -> bool:
        return any(word in text for word in self._words)

    def clear_table(self, path: Path) -> None:
        try:
            table = pq.read_table(path, partitioning=None)
        except (OSError, pa.ArrowException):
            return  # put aside as no Parquet; of this source it goes with the landed rows
        rows: list[dict[str, Any]] = table.to_pylist()
        emptied = next((columns for name, columns in _EMPTIED.items() if name in path.parts), ())
        kept = [one for row in rows if (one := self._without(row, emptied)) is not None]
        if kept != rows:
            metadata = table.schema.metadata
            write_table(
                path, pa.Table.from_pylist(kept, schema=table.schema).replace_schema_metadata(metadata)
            )

    def _without(self, row: dict[str, Any], emptied: tuple[str, ...]) -> dict[str, Any] | None:
        """Return the row without what tells of the page; None where that is the whole row."""
        told = {name for name, value in row.items() if isinstance(value, str) and self._tells(value)}
        if not told:
            return row
        return {**row, **dict.fromkeys(emptied)} if told <= set(emptied) else None

    def _tells(self, value: str) -> bool:
        if value in self._ids or self.is_told(value):
            return True
        return value.startswith("http") and sha256_hex(value.encode()) == self._address

    def clear_file(self, path: Path) -> None:
        data = path.read_bytes()
        if data.startswith(_SQLITE):
            self._clear_database(path)
            return
        found = [word.encode() for word in self._words if word.encode() in data]
        for word in found:
            data = data.replace(word, _ERASED.encode())
        if found:
            write_atomically(path, data)

    def _clear_database(self, path: Path) -> None:
        """Replace the words in every field of text, and have the database drop what it no longer needs."""
        with closing(sqlite3.connect(path)) as database:
            database.execute("pragma secure_delete = on")
            changed = False
            names = database.execute("select name from sqlite_master where type = 'table'").fetchall()
            for (table,) in names:
                for _, column, *_ in database.execute(f'pragma table_info("{table}")').fetchall():
                    changed |= self._clear_column(database, table, column)
            database.commit()
            if changed:
                database.execute("vacuum")
            database.execute("pragma wal_checkpoint(truncate)")

    def _clear_column(self, database: sqlite3.Connection, table: str, column: str) -> bool:
        changed = 0
        for word in self._words:
            done = database.execute(
                f'update "{table}" set "{column}" = replace("{column}", ?, ?) '
                f'where typeof("{column}") = \'text\' and instr("{column}", ?) > 0',
                (word, _ERASED, word),
            )
            changed += done.rowcount
        return changed > 0
