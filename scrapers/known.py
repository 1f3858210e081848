"""The index of a source's addresses: a few numbers for each, so that a million are planned in seconds.

Addresses and capture ids are known by half of their MD5, 64 bits: among a million the chance that a new one is taken
for a known one is under one in ten billion. What was counted is kept in ``known/KEY.parquet`` beside the names, sizes
and times of the files it was counted from; it can be removed at any time, and is counted anew when one of its files
is no longer as it was. Newer files are added to it.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from coso.errors import BadInputError
from coso.lake import Lake, write_table
from scrapers.outcomes import GOOD, OutcomeClass

#: Kinds of page that are read for themselves, and kinds that lead to further pages.
_ITEMS = ("article", "detail")
_LEADING = ("robots", "feed", "sitemap", "listing", "list_page", "endpoint")
#: After so many further files what was counted is written down again; fewer are read each time.
_FILES = 24
#: The time of a folder says for sure what it holds only after so many seconds.
_SETTLED_SECONDS = 2.0
#: Layout of the stored index; another one is counted anew.
_VERSION = 1

#: Nothing is written outside the lake, and files read once are not kept in memory.
_SETTINGS = (
    "timezone = 'UTC'",
    "threads = 2",
    "temp_directory = ''",
    "preserve_insertion_order = false",
    "enable_external_file_cache = false",
)

_OUTCOMES = tuple(OutcomeClass)
#: What is known of an address. Times are microseconds since 1970, 0 for never.
_COLUMNS = {
    "key": pa.uint64(),
    "item": pa.bool_(),
    "leads": pa.bool_(),
    "outcome": pa.uint8(),
    "asked": pa.int64(),
    "capture": pa.uint64(),
    "captured": pa.int64(),
    "first": pa.int64(),
    "attempts": pa.int32(),
}

Keys = npt.NDArray[np.uint64]
#: An index file: its path, size and time of change.
Stamp = tuple[str, int, int]


def key_of(text: str) -> int:
    """Return the key of an address or id: the lower half of its MD5, as DuckDB's ``md5_number_lower``."""
    return int.from_bytes(hashlib.md5(text.encode(), usedforsecurity=False).digest()[8:], "little")


def place_of(keys: Keys, key: int) -> int | None:
    """Return where a key stands in sorted keys, None where it does not."""
    at = int(np.searchsorted(keys, np.uint64(key)))
    return at if at < len(keys) and int(keys[at]) == key else None


@dataclass
class Index:
    """What is known of a source.

    Attributes:
        pages: one row an address, sorted by key; the columns of ``_COLUMNS``.
        captures: keys of all archived answers, sorted.
        attempts: attempts on record per run.
        last_attempt: when the last attempt was, microseconds.
        last_kill: when the last crawl was killed, microseconds.
        outcome_files: the files of attempts it was counted from.
        capture_files: the files of captures it was counted from.
    """

    pages: dict[str, npt.NDArray[Any]] = field(
        default_factory=lambda: _columns(pa.schema(_COLUMNS).empty_table())
    )
    captures: Keys = field(default_factory=lambda: np.empty(0, np.uint64))
    attempts: dict[str, int] = field(default_factory=dict)
    last_attempt: int = 0
    last_kill: int = 0
    outcome_files: frozenset[Stamp] = frozenset()
    capture_files: frozenset[Stamp] = frozenset()

    def outcome_of(self, place: int) -> OutcomeClass:
        """Return the class of the last attempt at the address at a place."""
        return _OUTCOMES[int(self.pages["outcome"][place]) - 1]


def load_index(lake: Lake, source_key: str) -> Index:
    """Return the index of a source, brought up to the files that are there.

    Raises:
        BadInputError: an attempt on record ended in a way this version does not know.
    """
    outcomes, captures = (frozenset(index_files(zone, source_key)) for zone in (lake.outcomes, lake.captures))
    path = lake.home / "known" / f"{source_key}.parquet"
    index = _read(path)
    if index is None or not (index.outcome_files <= outcomes and index.capture_files <= captures):
        index = Index()
    fresh = (outcomes - index.outcome_files, captures - index.capture_files)
    if any(fresh):
        index = _counted(index, *(sorted(name for name, _, _ in files) for files in fresh))
        index.outcome_files, index.capture_files = outcomes, captures
        if sum(map(len, fresh)) >= _FILES:
            _write(path, index)
    return index


def index_files(zone: Path, source_key: str) -> Iterator[Stamp]:
    """Yield the files of a source in ``raw/captures`` or ``raw/outcomes``, each with size and time of change."""
    try:
        folders = [entry for entry in os.scandir(zone) if entry.name.startswith("date=")]
    except FileNotFoundError:
        return
    for folder in folders:
        changed = folder.stat().st_mtime_ns
        settled = time.time() - changed / 1e9 > _SETTLED_SECONDS
        yield from (_listed(folder.path, changed) if settled else _list(folder.path)).get(source_key, ())


@lru_cache(maxsize=20_000)
def _listed(folder: str, changed: int) -> dict[str, list[Stamp]]:
    """Return the files of a folder as it was when it last changed; all sources of a run share one look."""
    return _list(folder)


def _list(folder: str) -> dict[str, list[Stamp]]:
    found: dict[str, list[Stamp]] = {}
    for entry in os.scandir(folder):
        source, mark, _ = entry.name.partition("--")
        if mark and entry.name.endswith(".parquet"):
            stat = entry.stat()
            found.setdefault(source, []).append((entry.path, stat.st_size, stat.st_mtime_ns))
    return found


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Return the one database of this process for such questions; opening one takes longer than most of them."""
    database = duckdb.connect(":memory:")
    for setting in (
        "timezone = 'UTC'",
        "threads = 2",
        "temp_directory = ''",
        "preserve_insertion_order = false",
    ):
        database.execute(f"set {setting}")
    return database


def ask(sql: str, parameters: Sequence[Any] = (), **tables: pa.Table) -> pa.Table:
    """Answer a question over index files (``$files``-like parameters) and tables given by name."""
    with _database().cursor() as cursor:
        for name, table in tables.items():
            cursor.register(name, table)
        return cursor.execute(sql, list(parameters)).to_arrow_table()


_GOOD = ", ".join(f"'{outcome}'" for outcome in sorted(GOOD))
_FILES_OF = "read_parquet(?, hive_partitioning = false)"

_PAGES = f"""
    select md5_number_lower(url) as key,
           arg_max(kind in {_ITEMS}, attempted_at) as item, arg_max(kind in {_LEADING}, attempted_at) as leads,
           cast(coalesce(arg_max(list_position(?, outcome), attempted_at), 0) as utinyint) as outcome,
           epoch_us(max(attempted_at)) as asked,
           coalesce(arg_max(md5_number_lower(capture_id), attempted_at)
               filter (outcome in ({_GOOD}) and capture_id is not null), 0) as capture,
           coalesce(epoch_us(max(attempted_at)
               filter (outcome in ({_GOOD}) and capture_id is not null)), 0) as captured,
           coalesce(epoch_us(min(attempted_at) filter (outcome in ({_GOOD}))), 0) as first,
           cast(count(*) as integer) as attempts
    from {_FILES_OF} where kind <> 'crawl' group by 1 order by 1"""

_JOINED = """
    select key, arg_max(item, asked) as item, arg_max(leads, asked) as leads,
           arg_max(outcome, asked) as outcome, max(asked) as asked,
           arg_max(capture, captured) as capture, max(captured) as captured,
           coalesce(min(first) filter (first > 0), 0) as first, cast(sum(attempts) as integer) as attempts
    from (from old union all from new) group by key order by key"""

_RUNS = f"""
    select run_id, count(*) as attempts, epoch_us(max(attempted_at)) as last,
           coalesce(epoch_us(max(attempted_at) filter (outcome = 'interrupted')), 0) as killed
    from {_FILES_OF} group by run_id"""

_CAPTURES = f"select distinct md5_number_lower(capture_id) as key from {_FILES_OF} order by key"


def _counted(index: Index, outcome_files: list[str], capture_files: list[str]) -> Index:
    """Return an index with what further files hold."""
    pages, captures, attempts = index.pages, index.captures, dict(index.attempts)
    attempt, kill = index.last_attempt, index.last_kill
    if outcome_files:
        rows = ask(_PAGES, [list(_OUTCOMES), outcome_files]).cast(pa.schema(_COLUMNS))
        pages = _columns(ask(_JOINED, old=pa.table(pages), new=rows) if len(pages["key"]) else rows)
        if not pages["outcome"].all():
            raise BadInputError(
                f"{outcome_files[-1]} or a file before it: an attempt ended in a way this version does not know",
                "use the version that wrote it, or a newer one",
            )
        for run in ask(_RUNS, [outcome_files]).to_pylist():
            attempts[run["run_id"]] = attempts.get(run["run_id"], 0) + run["attempts"]
            attempt, kill = max(attempt, run["last"]), max(kill, run["killed"])
    if capture_files:
        found = ask(_CAPTURES, [capture_files]).column("key").to_numpy()
        captures = np.union1d(captures, found) if len(captures) else found
    return Index(pages, captures, attempts, attempt, kill)


def _columns(table: pa.Table) -> dict[str, npt.NDArray[Any]]:
    return {name: table.column(name).to_numpy() for name in _COLUMNS}


def _read(path: Path) -> Index | None:
    """Read a stored index; one that cannot be read, or is of another layout, is none."""
    try:
        table = pq.read_table(path)
        told = json.loads(table.schema.metadata[b"coso"])
        return _index_of(table, told) if told["version"] == _VERSION else None
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return None


def _index_of(table: pa.Table, told: dict[str, Any]) -> Index:
    number = told["pages"]
    return Index(
        pages=_columns(table.slice(0, number)),
        captures=table.column("key").slice(number).to_numpy(),
        attempts=told["attempts"],
        last_attempt=told["last_attempt"],
        last_kill=told["last_kill"],
        outcome_files=frozenset((name, size, time) for name, size, time in told["outcome_files"]),
        capture_files=frozenset((name, size, time) for name, size, time in told["capture_files"]),
    )


def _write(path: Path, index: Index) -> None:
    """Store an index: the rows of its pages, and after them its captures as rows with nothing but a key."""
    told = {
        "version": _VERSION, "pages": len(index.pages["key"]), "attempts": index.attempts,
        "last_attempt": index.last_attempt, "last_kill": index.last_kill,
        "outcome_files": sorted(index.outcome_files), "capture_files": sorted(index.capture_files),
    }  # fmt: skip
    schema = pa.schema(_COLUMNS)
    pages = pa.table(index.pages, schema=schema)
    keys = pa.table({"key": index.captures})
    whole = pa.concat_tables([pages, keys], promote_options="default").cast(schema)
    write_table(path, whole.replace_schema_metadata({"coso": json.dumps(told)}))
