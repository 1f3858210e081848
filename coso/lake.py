"""Where things lie: the zones of the lake, and the only ways to write into them."""

from __future__ import annotations

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from coso.errors import BadInputError, BusyError, EnvironmentProblemError, first_line
from coso.ids import content_id, sha256_hex
from coso.room import told_when_full

if TYPE_CHECKING:
    import pyarrow as pa

    from coso.records import Record, RejectedFile

#: Zero rows with the columns of the record, in every table folder.
_SCHEMA_FILE = "_schema.parquet"

#: Of these every lake has one: a zone, or what the first command that writes leaves.
_MARKS = (
    *("raw", "landed", "quality", "warehouse", "published"),
    *("keyring", "known", "pace", "imports", "prefect", "logs", "run.lock"),
)

#: Locks this process holds.
_HELD: set[Path] = set()


@dataclass(frozen=True)
class Lake:
    """The folders under one ``COSO_HOME``.

    Zones: ``raw`` is append only; ``landed`` is a pure function of raw and the code version;
    ``quality`` holds verdicts, quarantine and incidents; ``warehouse`` is disposable;
    ``published`` is immutable, one folder a release, with ``published/current`` pointing at one.
    """

    home: Path

    @property
    def warc(self) -> Path:
        """``raw/warc/source=…/date=…/*.warc.gz``, every response before it is parsed."""
        return self.home / "raw" / "warc"

    @property
    def captures(self) -> Path:
        """``raw/captures/date=…/SOURCE--RUN.parquet``, one row a stored response."""
        return self.home / "raw" / "captures"

    @property
    def outcomes(self) -> Path:
        """``raw/outcomes/date=…/SOURCE--RUN.parquet``, one row an attempt, whatever happened."""
        return self.home / "raw" / "outcomes"

    @property
    def crawls(self) -> Path:
        """``raw/crawls/date=…/SOURCE--CRAWL.parquet``, one row a crawl."""
        return self.home / "raw" / "crawls"

    @property
    def journal(self) -> Path:
        """``raw/journal``, attempts of crawls under way; turned into outcomes when sealed."""
        return self.home / "raw" / "journal"

    @property
    def landed(self) -> Path:
        """``landed/<table>/source=…/date=…/``."""
        return self.home / "landed"

    @property
    def quality(self) -> Path:
        """``quality/<table>/``, the tables of ``coso.records.QUALITY``, and what is kept beside them."""
        return self.home / "quality"

    @property
    def warehouse(self) -> Path:
        """``warehouse/build.duckdb`` and dbt's target folder."""
        return self.home / "warehouse"

    @property
    def published(self) -> Path:
        """``published/<release>/`` and the link ``published/current``."""
        return self.home / "published"

    @property
    def prefect(self) -> Path:
        """Prefect's home, so that nothing is written outside ``COSO_HOME``."""
        return self.home / "prefect"

    @property
    def logs(self) -> Path:
        """Log files of servers and subprocesses."""
        return self.home / "logs"

    def table(self, zone: Path, name: str) -> Path:
        """Return the folder of table ``name`` in ``zone``."""
        return zone / name

    def require(self) -> None:
        """Refuse a home at which there is no lake, for those who read one or watch over it; makes nothing.

        An empty folder is a lake in which nothing has happened yet.

        Raises:
            EnvironmentProblemError: there is no such folder, or it holds other things.
        """
        mend = "check COSO_HOME, or make a lake there with `coso demo` or `coso run`"
        if not self.home.is_dir():
            raise EnvironmentProblemError(f"there is no lake at {self.home}: no such folder", mend)
        if not any((self.home / mark).exists() for mark in _MARKS) and any(self.home.iterdir()):
            raise EnvironmentProblemError(
                f"there is no lake at {self.home}: the folder holds other things", mend
            )

    def prepare(self) -> None:
        """Create the root and prove that it can be written.

        Raises:
            EnvironmentProblemError: the root cannot be created or written.
        """
        probe = self.home / f".write-{uuid.uuid4().hex}"
        try:
            with told_when_full(self.home):
                self.home.mkdir(parents=True, exist_ok=True)
                probe.touch()
                probe.unlink()
        except OSError as error:
            raise EnvironmentProblemError(
                f"COSO_HOME {self.home} cannot be written ({error.strerror})",
                "set COSO_HOME to a folder you own",
            ) from None

    @contextmanager
    def exclusive(self, what: str, lock: str = "run.lock") -> Iterator[None]:
        """Hold the lake for one writing process; readers are never blocked.

        The lock is the kernel's and ends with the process, so a killed run leaves none behind. A process that
        holds it already may enter again.

        Args:
            what: the command that holds it, told to whom it shuts out.
            lock: name of the lock's file; one of another name is another lock.

        Raises:
            BusyError: another process holds it.
        """
        path = self.home / lock
        if path in _HELD:
            yield
            return
        self.prepare()
        with path.open("a+", encoding="utf-8") as handle:
            self._lock(handle)
            handle.truncate(0)
            handle.write(f"coso {what} (process {os.getpid()})")
            handle.flush()
            _HELD.add(path)
            try:
                yield
            finally:
                _HELD.discard(path)

    def _lock(self, handle: TextIO) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            holder = handle.read().strip() or "another process"
            raise BusyError(
                f"{self.home} is in use by {holder}", "wait for it to end, or use another COSO_HOME"
            ) from None


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that a reader sees the old file or the new one, never a part."""
    with replacing(path) as handle:
        handle.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` once the block has ended well; a reader never sees a part.

    Raises:
        NoRoomError: the disk is full; what was at ``path`` stays.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        with told_when_full(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as handle:
                yield handle
                handle.flush()
                os.fsync(handle.fileno())
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_records(path: Path, kind: type[Record], rows: Sequence[Record]) -> None:
    """Write ``rows`` of one record kind as a Parquet file, atomically and byte-identically.

    Rows are stored in the order given; callers sort them by id so that the same rows make the same bytes.
    """
    from coso.records import to_table

    write_table(path, to_table(kind, rows))


def write_table(path: Path, table: pa.Table) -> None:
    """Write an Arrow table as a Parquet file, atomically."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    write_atomically(path, sink.getvalue().to_pybytes())


def parquet_files(folder: Path, pattern: str = "*.parquet") -> list[Path]:
    """Return the files under ``folder`` whose names fit ``pattern``, sorted; an absent folder has none.

    What is hidden, or lies in a hidden folder, is passed over: files under way, and what a killed
    ``replace_folder`` left.
    """
    found = sorted(folder.rglob(pattern))
    return [
        path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def read_table(folder: Path, kind: type[Record], pattern: str = "*.parquet") -> pa.Table:
    """Read the Parquet files under ``folder`` with the columns of ``kind``; an absent folder is empty.

    Columns come from the file's own bytes, never from the folder's name.

    Raises:
        BadInputError: a file is no whole Parquet file, or has not the columns and types of ``kind``; names it.
    """
    import pyarrow as pa

    from coso.records import arrow_schema

    schema = arrow_schema(kind)
    files = parquet_files(folder, pattern)
    if not files:
        return schema.empty_table()
    return pa.concat_tables([_read_file(path, schema) for path in files])


def _read_file(path: Path, schema: pa.Schema) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path, schema=schema, partitioning=None)
    except (pa.ArrowException, OSError) as error:
        raise damaged_file(path, error) from None


def damaged_file(path: Path, error: BaseException) -> BadInputError:
    """Return the error that tells of a table's file that cannot be read, and what to do about it."""
    return BadInputError(
        f"{path} cannot be read as a file of its table ({first_line(error)})",
        "restore it from a copy, or move it out of the lake: files under landed/ are made anew by the next run, "
        "the rows of any other are lost with it",
    )


def find_damaged(lake: Lake) -> BadInputError | None:
    """Return the error that tells of the first file of raw, landed or quality tables that is no whole Parquet file.

    Ends that are cut off are looked for first, in all files; then every file is read, which takes long.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from coso.records import LANDED, QUALITY, RAW

    zones = ((lake.home / "raw", RAW), (lake.landed, LANDED), (lake.quality, QUALITY))
    paths = [path for zone, tables in zones for name in tables for path in parquet_files(zone / name)]
    for read in (pq.read_metadata, partial(pq.read_table, partitioning=None)):
        for path in paths:
            try:
                read(path)
            except (pa.ArrowException, OSError) as error:
                return damaged_file(path, error)
    return None


def read_rows(
    folder: Path,
    kind: type[Record],
    columns: Sequence[str] | None = None,
    where: Any = None,
    pattern: str = "*.parquet",
) -> list[dict[str, Any]]:
    """Read some rows of a table without holding the others.

    Args:
        folder: where its files lie.
        kind: its record.
        columns: the columns wanted; all by default.
        where: condition of the rows wanted, an expression of ``pyarrow.compute``; all by default.
        pattern: names of the files to look into.

    Raises:
        BadInputError: a file does not have the columns and types of ``kind``.
    """
    import pyarrow as pa
    import pyarrow.dataset as ds

    from coso.records import arrow_schema

    files = parquet_files(folder, pattern)
    if not files:
        return []
    try:
        dataset = ds.dataset(files, schema=arrow_schema(kind), format="parquet")
        table = dataset.to_table(columns=columns and list(columns), filter=where)
    except (pa.ArrowException, OSError) as error:
        raise BadInputError(
            f"{folder} holds a file that fits no table ({first_line(error)})",
            "run `coso run --no-fetch`, which sets landed files aside; restore any other from a copy",
        ) from None
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


def replace_folder(new: Path, target: Path) -> None:
    """Put folder ``new`` in the place of ``target``; what was there is removed.

    Killed halfway it may leave no ``target``: the caller notes beforehand that it is under way, and makes it again.
    """
    old = target.with_name(f".{target.name}.{uuid.uuid4().hex}.old")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def ensure_tables(lake: Lake) -> None:
    """Give every table a file, so that readers of an empty lake find the schema instead of nothing."""
    from coso.records import LANDED, QUALITY, RAW, arrow_schema

    zones = ((lake.home / "raw", RAW), (lake.landed, LANDED), (lake.quality, QUALITY))
    for zone, tables in zones:
        for name, kind in tables.items():
            path = zone / name / _SCHEMA_FILE
            if not path.exists():
                write_table(path, arrow_schema(kind).empty_table())


def reject_misfits(lake: Lake) -> list[RejectedFile]:
    """Set aside every landed file that is no Parquet or has not exactly its record's columns and types.

    DuckDB reads the files of a table as one and refuses all for one misfit, so they have to go before anything
    is read. They are moved under ``quality/rejected``, each content to a name of its own, and listed in
    ``quality/rejected_files`` until their partition is landed again, or the copy is taken away: then somebody has
    given its rows up. The caller holds the lake.

    Returns:
        All files that are set aside and not landed again, sorted by path.
    """
    from coso.records import LANDED, arrow_schema

    rejected = {row.file: row for row in standing_rejections(lake)}
    for name, kind in LANDED.items():
        expected = arrow_schema(kind)
        for path in parquet_files(lake.landed / name):
            misfit = _misfit(path, expected)
            if misfit and path.name == _SCHEMA_FILE:
                # It has no rows to lose; the record has changed since.
                write_table(path, expected.empty_table())
            elif misfit:
                row = _set_aside(lake, name, path, *misfit)
                rejected[row.file] = row
    rows = sorted(rejected.values(), key=lambda row: row.file)
    _write_rejections(lake, rows)
    return rows


def standing_rejections(lake: Lake) -> list[RejectedFile]:
    """Return the files that are set aside and not landed again, sorted by path; strike the others off the list."""
    from coso.records import RejectedFile, from_table

    known = from_table(RejectedFile, read_table(lake.quality / "rejected_files", RejectedFile))
    standing = [
        row for row in known
        if not (lake.home / row.file).exists() and (lake.home / row.kept_as).exists()
    ]  # fmt: skip
    if standing != known:
        _write_rejections(lake, standing)
    return standing


def _write_rejections(lake: Lake, rows: Sequence[RejectedFile]) -> None:
    from coso.records import RejectedFile

    write_records(lake.quality / "rejected_files" / "part.parquet", RejectedFile, rows)


def _misfit(path: Path, expected: pa.Schema) -> tuple[str, str] | None:
    """Return problem and reason of a file that does not have the expected columns, None when it has."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        return "unreadable", f"not a Parquet file: {first_line(error)}"
    if found.equals(expected):
        return None
    missing = [name for name in expected.names if name not in found.names]
    extra = [name for name in found.names if name not in expected.names]
    if missing or extra or len(found.names) != len(expected.names):
        parts = ((missing, "lacks column"), (extra, "has unknown column"))
        said = [f"{words} {', '.join(names)}" for names, words in parts if names]
        return "columns", "; ".join(said) or "names a column twice"
    wrong = [
        f"{name} is {found.field(name).type} instead of {expected.field(name).type}"
        for name in expected.names
        if found.field(name).type != expected.field(name).type
    ]
    return ("types", "; ".join(wrong)) if wrong else None


def _set_aside(lake: Lake, table: str, path: Path, problem: str, reason: str) -> RejectedFile:
    from coso.records import RejectedFile

    place = path.relative_to(lake.landed)
    digest = sha256_hex(path.read_bytes())[:12]
    kept = (lake.quality / "rejected" / place).with_stem(f"{place.stem}-{digest}")
    kept.parent.mkdir(parents=True, exist_ok=True)
    path.replace(kept)
    sources = [part.removeprefix("source=") for part in place.parts if part.startswith("source=")]
    file = path.relative_to(lake.home).as_posix()
    return RejectedFile(
        file_id=content_id("rej", [file, reason]),
        table_name=table,
        source_key=sources[0] if sources else None,
        file=file,
        kept_as=kept.relative_to(lake.home).as_posix(),
        problem=problem,
        reason=reason,
    )
