"""The index of a source's addresses: a few numbers for each, so that a million are planned in seconds.

Addresses are known by half of their MD5, captures by the first digits of their id, 64 bits each: among a million the
chance that a new one is taken for a known one is under one in ten billion. The database turns rows into such numbers,
which are then sorted and summed up as arrays, some files at a time.

What was counted is kept in ``known/KEY.parquet`` beside the names, sizes and times of the files it was counted from;
it can be removed at any time, and is counted anew when one of its files is no longer as it was. Newer files are added
to it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
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
from coso.lake import Lake, replacing
from coso.sql import literals
from scrapers.outcomes import GOOD, OutcomeClass

#: Kinds of page that are read for themselves, and kinds that lead to further pages.
_ITEMS = ("article", "detail")
LEADING = ("robots", "feed", "sitemap", "listing", "list_page", "endpoint")
#: After so many further files what was counted is written down again; fewer are read each time.
_FILES = 24
#: The time of a folder says for sure what it holds only after so many seconds.
_SETTLED_SECONDS = 2.0
#: Layout of the stored index; another one is counted anew.
_VERSION = 2
#: Files counted at a time: what a year of crawls left takes no more memory than what half of one did.
_AT_A_TIME = 200
_CAPTURE_ID = re.compile(r"cap-[0-9a-f]{20}")

#: Nothing is written outside the lake, and files read once are not kept in memory.
_SETTINGS = (
    "timezone = 'UTC'",
    "threads = 2",
    "temp_directory = ''",
    "preserve_insertion_order = false",
    "enable_external_file_cache = false",
)

_OUTCOMES = tuple(OutcomeClass)
_NAMES = [str(one) for one in _OUTCOMES]
#: What is known of an address. Times are microseconds since 1970, 0 for never.
_COLUMNS = {
    "key": pa.uint64(),
    "item": pa.uint8(),
    "leads": pa.uint8(),
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


def capture_key(capture_id: str) -> int:
    """Return the key of a capture: the first 16 digits of its id, which are those of a digest already."""
    return int(capture_id[4:20], 16) if _CAPTURE_ID.fullmatch(capture_id) else key_of(capture_id)


def place_of(keys: Keys, key: int) -> int | None:
    """Return where a key stands in sorted keys, None where it does not."""
    if not len(keys):
        return None
    at = int(keys.searchsorted(np.uint64(key)))
    return at if at < len(keys) and int(keys[at]) == key else None


def _no_pages() -> dict[str, npt.NDArray[Any]]:
    """Return columns without a row. Arrow's own empty table imports pandas, which takes longer than a crawl's start."""
    return {name: np.empty(0, str(kind)) for name, kind in _COLUMNS.items()}


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

    pages: dict[str, npt.NDArray[Any]] = field(default_factory=_no_pages)
    captures: Keys = field(default_factory=lambda: np.empty(0, np.uint64))
    attempts: dict[str, int] = field(default_factory=dict)
    last_attempt: int = 0
    last_kill: int = 0
    outcome_files: frozenset[Stamp] = frozenset()
    capture_files: frozenset[Stamp] = frozenset()


def outcome_at(number: int) -> OutcomeClass:
    """Return the class of an attempt by its number in the column ``outcome``."""
    return _OUTCOMES[number - 1]


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
    for setting in _SETTINGS:
        database.execute(f"set {setting}")
    return database


def ask(sql: str, files: Sequence[str] = ()) -> pa.Table:
    """Answer a question over Parquet files, which ``$files`` stands for in it.

    Everything is written into the question: of parameters and of tables from outside the database asks whether they
    are pandas', and for that imports pandas, which takes longer than most answers.
    """
    with _database().cursor() as cursor:
        return cursor.execute(sql.replace("$files", f"[{literals(files)}]")).to_arrow_table()


def among(keys: Iterable[int]) -> str:
    """Return SQL for a table of keys, one a row, column ``key``."""
    listed = " ".join(map(str, keys))
    return f"(select unnest(string_split('{listed}', ' '))::ubigint as key)"


#: SQL for the key of a capture, as ``capture_key``.
CAPTURE_KEY = "coalesce(try_cast('0x' || capture_id[5:20] as ubigint), md5_number_lower(capture_id))"
_FILES_OF = "read_parquet($files, hive_partitioning = false)"

_ATTEMPTS = f"""
    select md5_number_lower(url) as key, cast(kind in {_ITEMS} as utinyint) as item,
           cast(kind in {LEADING} as utinyint) as leads,
           cast(coalesce(list_position({_NAMES}, outcome), 0) as utinyint) as outcome, epoch_us(attempted_at) as asked,
           coalesce({CAPTURE_KEY}, 0) as capture
    from {_FILES_OF} where kind <> 'crawl'"""

_RUNS = f"""
    select run_id, count(*) as attempts, epoch_us(max(attempted_at)) as last,
           coalesce(epoch_us(max(attempted_at) filter (outcome = 'interrupted')), 0) as killed
    from {_FILES_OF} group by run_id"""

_CAPTURES = f"select {CAPTURE_KEY} as key from {_FILES_OF}"
_NEVER = np.iinfo(np.int64).max


def _counted(index: Index, outcome_files: list[str], capture_files: list[str]) -> Index:
    """Return an index with what further files hold."""
    pages, captures, attempts = index.pages, index.captures, dict(index.attempts)
    attempt, kill = index.last_attempt, index.last_kill
    for files in _portions(outcome_files):
        pages = _joined(pages, _pages_of(files))
        for run in ask(_RUNS, files).to_pylist():
            attempts[run["run_id"]] = attempts.get(run["run_id"], 0) + run["attempts"]
            attempt, kill = max(attempt, run["last"]), max(kill, run["killed"])
    for files in _portions(capture_files):
        found = _array(ask(_CAPTURES, files).column("key"))
        captures = _distinct(np.concatenate((captures, found)))
    return Index(pages, captures, attempts, attempt, kill)


def _portions(files: list[str]) -> Iterator[list[str]]:
    return (files[start : start + _AT_A_TIME] for start in range(0, len(files), _AT_A_TIME))


def _distinct(keys: Keys) -> Keys:
    keys = np.sort(keys)
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def _pages_of(files: list[str]) -> dict[str, npt.NDArray[Any]]:
    """Sum up the attempts in some files: one row an address, sorted by key."""
    table = ask(_ATTEMPTS, files)
    rows = {name: _array(table.column(name)) for name in table.column_names}
    if not rows["outcome"].all():
        raise BadInputError(
            f"{files[-1]} or a file before it: an attempt ended in a way this version does not know",
            "use the version that wrote it, or a newer one",
        )
    if not len(rows["key"]):
        return _no_pages()
    order = np.lexsort((rows["asked"], rows["key"]))
    rows = {name: column[order] for name, column in rows.items()}
    first = np.flatnonzero(np.append(True, rows["key"][1:] != rows["key"][:-1]))
    last = np.append(first[1:], len(order)) - 1
    good = np.isin(rows["outcome"], [_OUTCOMES.index(one) + 1 for one in GOOD])
    # The last good attempt that an answer is archived of; -1 for none.
    held = np.maximum.reduceat(np.where(good & (rows["capture"] > 0), np.arange(len(order)), -1), first)
    stored = np.minimum.reduceat(np.where(good, rows["asked"], _NEVER), first)
    pages = {name: rows[name][last] for name in ("key", "item", "leads", "outcome", "asked")}
    return pages | {
        "capture": np.where(held < 0, np.uint64(0), rows["capture"][held]),
        "captured": np.where(held < 0, 0, rows["asked"][held]),
        "first": np.where(stored == _NEVER, 0, stored),
        "attempts": (last - first + 1).astype(np.int32),
    }


def _joined(
    old: dict[str, npt.NDArray[Any]], new: dict[str, npt.NDArray[Any]]
) -> dict[str, npt.NDArray[Any]]:
    """Return what both say of each address; the later attempt and the later answer stand."""
    if not len(old["key"]):
        return new
    at = np.searchsorted(old["key"], new["key"])
    known = old["key"][np.minimum(at, len(old["key"]) - 1)] == new["key"]
    fresh = {name: column[~known] for name, column in new.items()}
    told, place = {name: column[known] for name, column in new.items()}, at[known]
    was = {name: column[place] for name, column in old.items()}
    later, held = told["asked"] > was["asked"], told["captured"] > was["captured"]
    both = {name: np.where(later, told[name], was[name]) for name in ("item", "leads", "outcome", "asked")}
    both |= {name: np.where(held, told[name], was[name]) for name in ("capture", "captured")}
    stored = np.minimum(*(np.where(one["first"] > 0, one["first"], _NEVER) for one in (told, was)))
    both["first"] = np.where(stored == _NEVER, 0, stored)
    both["attempts"] = told["attempts"] + was["attempts"]
    joined = {}
    for name, column in old.items():
        changed = column.copy()
        if name != "key":
            changed[place] = both[name]
        joined[name] = np.insert(changed, at[~known], fresh[name])
    return joined


def _columns(table: pa.Table) -> dict[str, npt.NDArray[Any]]:
    return {name: _array(table.column(name)) for name in _COLUMNS}


def numbers(values: npt.NDArray[Any], kind: pa.DataType) -> pa.Array:
    """Return an array for Arrow. Arrow's own way imports pandas, which takes longer than what is done here."""
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])


def _array(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    """The same the other way."""
    chunks = [np.from_dlpack(chunk) for chunk in column.chunks if len(chunk)]
    if len(chunks) == 1:
        return chunks[0]
    return np.concatenate(chunks) if chunks else np.empty(0, str(column.type))


def _read(path: Path) -> Index | None:
    """Read a stored index; one that cannot be read, or is of another layout, is none."""
    try:
        with pq.ParquetFile(path) as stored:
            told = json.loads(stored.schema_arrow.metadata[b"coso"])
            return _index_of(stored, told) if told["version"] == _VERSION else None
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return None


def _index_of(stored: pq.ParquetFile, told: dict[str, Any]) -> Index:
    groups = range(stored.num_row_groups)
    own = 1 if told["pages"] else 0
    return Index(
        pages={name: _array(stored.read_row_groups(groups[:own], [name]).column(0)) for name in _COLUMNS},
        captures=_array(stored.read_row_groups(groups[own:], columns=["key"]).column("key")),
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
    schema = pa.schema(_COLUMNS, {"coso": json.dumps(told)})
    empty = {name: pa.nulls(len(index.captures), kind) for name, kind in _COLUMNS.items() if name != "key"}
    with (
        replacing(path) as handle,
        pq.ParquetWriter(handle, schema, compression="zstd", use_dictionary=False) as writer,
    ):
        for rows in (index.pages, {"key": index.captures}):
            columns = {name: numbers(column, _COLUMNS[name]) for name, column in rows.items()}
            whole = pa.table({**(empty if rows is not index.pages else {}), **columns}, schema=schema)
            writer.write_table(whole, row_group_size=max(1, len(whole)))
