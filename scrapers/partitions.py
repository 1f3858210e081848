"""The landed partitions of one source: replaced whole, or added to when only new archive files came.

What was landed from which files is noted beside the tables, with a mark of the code and the source file. When the
mark, an archive file that was read, or a landed file is another than noted, everything is read again; so adding
to partitions gives the same bytes as rebuilding them.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from coso.ids import sha256_hex
from coso.lake import Lake, read_table, replace_folder, write_atomically, write_records
from coso.records import Document, ParseIssue, ReadingRate, Record, Submission, arrow_schema, from_table
from coso.settings import PROJECT_ROOT
from scrapers.sourcefile import Source
from scrapers.sourceparts import json_of

#: Libraries whose version decides what is read out of a page.
_READERS = (
    *("selectolax", "lxml", "feedparser", "beautifulsoup4", "pydantic"),
    *("openpyxl", "python-docx", "pdfplumber", "pdfminer.six"),
)


@dataclass(frozen=True)
class LandedTable:
    """A table of rows read from the archive: where it lies, what it holds, and the column of its ids."""

    name: str
    kind: type[Record]
    key: str
    quality: bool = False

    def folder(self, lake: Lake, source_key: str) -> Path:
        """Return the folder of a source's partitions."""
        return lake.table(lake.quality if self.quality else lake.landed, self.name) / f"source={source_key}"


DOCUMENTS = LandedTable("documents", Document, "document_id")
SUBMISSIONS = LandedTable("submissions", Submission, "version_id")
ISSUES = LandedTable("parse_issues", ParseIssue, "issue_id")
RATES = LandedTable("reading_rates", ReadingRate, "rate_id", quality=True)
TABLES = (DOCUMENTS, SUBMISSIONS, ISSUES, RATES)

#: Columns that say which of two rows of one id was seen first; each table has some of them.
_ORDERING = ("fetched_at", "seen_at", "capture_id")

#: Rows by id, each with the day of its partition.
Rows = dict[str, tuple[str, Record]]


def put(rows: Rows, key: str, day: str, row: Record) -> None:
    """Keep a row, unless one of the same id that was seen earlier is there."""
    identity = getattr(row, key)
    held = rows.get(identity)
    if held is None or order(row, day) < order(held[1], held[0]):
        rows[identity] = (day, row)


def order(row: Record, day: str) -> tuple[str, str, str]:
    """Order rows of one id by time, so that the order of files does not matter."""
    return _order_of({name: getattr(row, name, None) for name in _ORDERING}, day)


@cache
def code_digest() -> str:
    """Return a digest of the code and libraries that reading pages depends on."""
    files = [path for room in ("coso", "scrapers") for path in sorted((PROJECT_ROOT / room).rglob("*.py"))]
    lines = [f"{path.relative_to(PROJECT_ROOT)} {sha256_hex(path.read_bytes())}" for path in files]
    return sha256_hex("\n".join([*lines, *(f"{name} {version(name)}" for name in _READERS)]).encode())


@dataclass
class LandedState:
    """What was landed of a source, and from what.

    Attributes:
        mark: digest of code and source file.
        read: archive files that were read, relative to the lake: size, time of change, answers in it.
        written: landed files, relative to the lake: size, time of change, rows in it.
        seen_until: when the last of the answers was fetched, ISO 8601; empty for none.
    """

    mark: str
    read: dict[str, list[int]] = field(default_factory=dict)
    written: dict[str, list[int]] = field(default_factory=dict)
    seen_until: str = ""

    @classmethod
    def load(cls, lake: Lake, source: Source) -> LandedState | None:
        """Return the state if it still holds, None when everything has to be read again."""
        try:
            state = cls(**json.loads(_state_path(lake, source.key).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        if state.mark != mark_of(source) or state.written.keys() != _landed_files(lake, source.key).keys():
            return None
        noted = {**state.read, **state.written}
        return state if all(_stamp(lake.home / path) == stamp[:2] for path, stamp in noted.items()) else None

    def save(self, lake: Lake, source_key: str) -> None:
        """Note what lies in the lake now."""
        self.written = {
            path: [*_stamp(lake.home / path), pq.read_metadata(lake.home / path).num_rows]
            if self.written.get(path, [])[:2] != _stamp(lake.home / path)
            else self.written[path]
            for path in _landed_files(lake, source_key)
        }
        write_atomically(_state_path(lake, source_key), json.dumps(vars(self), sort_keys=True).encode())

    def note_read(self, lake: Lake, path: Path, answers: int) -> None:
        """Note that an archive file was read."""
        self.read[path.relative_to(lake.home).as_posix()] = [*_stamp(path), answers]

    def rows_of(self, lake: Lake, table: LandedTable, source_key: str) -> int:
        """Return how many rows of a table the source has."""
        folder = table.folder(lake, source_key).relative_to(lake.home).as_posix() + "/"
        return sum(stamp[2] for path, stamp in self.written.items() if path.startswith(folder))


def unlanded_sources(lake: Lake) -> set[str]:
    """Return the sources of which not all is landed that is archived.

    No note says that a file of theirs was landed: never yet, or the landing was cut short. Or a file that was landed is
    gone: set aside because it was damaged, or taken away.
    """
    archived: dict[str, set[str]] = defaultdict(set)
    for path in lake.warc.glob("source=*/date=*/*.warc.gz"):
        archived[path.parent.parent.name.removeprefix("source=")].add(path.relative_to(lake.home).as_posix())
    return {key for key, names in archived.items() if not _is_landed(lake, key, names)}


def _is_landed(lake: Lake, source_key: str, archived: Set[str]) -> bool:
    """Say whether the note names all of some archive files, and every landed file that it names is there."""
    try:
        noted = json.loads(_state_path(lake, source_key).read_bytes())
        return archived <= noted["read"].keys() and all(
            (lake.home / path).exists() for path in noted["written"]
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def mark_of(source: Source) -> str:
    """Return the digest of everything but the archive that a source's landed rows depend on."""
    return sha256_hex(f"{code_digest()} ".encode() + json_of(source))


def forget(lake: Lake, source_key: str) -> None:
    """Drop the note of what was landed, before it ceases to hold."""
    _state_path(lake, source_key).unlink(missing_ok=True)


def replace_all(lake: Lake, source_key: str, table: LandedTable, rows: Rows) -> None:
    """Replace all partitions of a source in one table; a source without rows has no partition."""
    target = table.folder(lake, source_key)
    for left in target.parent.glob(f".source={source_key}.*.old"):
        shutil.rmtree(left)  # a killed landing was replacing it
    if not rows:
        shutil.rmtree(target, ignore_errors=True)
        return
    building: Path = lake.landed / ".building" / uuid.uuid4().hex
    for day, listed in _by_day(rows).items():
        write_records(building / f"date={day}" / "part.parquet", table.kind, listed)
    replace_folder(building, target)


def additions(lake: Lake, source_key: str, table: LandedTable, rows: Rows) -> Rows | None:
    """Return the rows that are not landed yet; None when one was seen earlier than the landed row of its id."""
    held = _held_orders(table.folder(lake, source_key), table, rows)
    fresh: Rows = {}
    for identity, (day, row) in rows.items():
        if identity not in held:
            fresh[identity] = (day, row)
        elif order(row, day) < held[identity]:
            return None
    return fresh


def add(lake: Lake, source_key: str, table: LandedTable, rows: Rows) -> None:
    """Add rows to their partitions, which stay sorted by id."""
    for day, listed in _by_day(rows).items():
        path = table.folder(lake, source_key) / f"date={day}" / "part.parquet"
        held: list[Record] = list(from_table(table.kind, read_table(path.parent, table.kind)))
        write_records(
            path, table.kind, sorted([*held, *listed], key=lambda row: str(getattr(row, table.key)))
        )


def rows_of_items(lake: Lake, source_key: str, items: Set[str]) -> Iterator[Submission]:
    """Yield the landed versions of some feedback items."""
    if not items:
        return
    for path in sorted(SUBMISSIONS.folder(lake, source_key).glob("date=*/part.parquet")):
        held = pq.read_table(path, schema=arrow_schema(Submission), partitioning=None)
        for row in from_table(Submission, held):
            if row.submission_id in items:
                yield row


def _by_day(rows: Rows) -> dict[str, list[Record]]:
    days: dict[str, list[Record]] = defaultdict(list)
    for _, (day, row) in sorted(rows.items()):
        days[day].append(row)
    return days


def _held_orders(folder: Path, table: LandedTable, rows: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return the order of the landed rows whose ids are among ``rows``."""
    wanted = pc.field(table.key).isin(pa.array([*rows], pa.string()))
    schema = arrow_schema(table.kind)
    columns = [name for name in (table.key, *_ORDERING) if name in schema.names]
    held: dict[str, tuple[str, str, str]] = {}
    for path in sorted(folder.glob("date=*/part.parquet")):
        day = path.parent.name.removeprefix("date=")
        found = pq.read_table(path, columns=columns, filters=wanted, partitioning=None)
        held |= {values[table.key]: _order_of(values, day) for values in found.to_pylist()}
    return held


def _order_of(values: dict[str, Any], day: str) -> tuple[str, str, str]:
    moment = values.get("fetched_at") or values.get("seen_at")
    return (day, moment.isoformat() if moment else "", values.get("capture_id") or "")


def _landed_files(lake: Lake, source_key: str) -> dict[str, Path]:
    paths = (p for table in TABLES for p in table.folder(lake, source_key).glob("date=*/part.parquet"))
    return {path.relative_to(lake.home).as_posix(): path for path in sorted(paths)}


def _stamp(path: Path) -> list[int]:
    """Return size and time of change of a file, nothing when it is gone."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


def _state_path(lake: Lake, source_key: str) -> Path:
    return lake.landed / ".state" / f"{source_key}.json"
