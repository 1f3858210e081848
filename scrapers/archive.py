"""The archive of a crawl: every answer is on disk before anyone reads it, every attempt is on record.

While a crawl runs it writes an unsealed WARC file and a journal (JSON lines, flushed attempt by attempt). At
its end both are sealed: the WARC gets its name, the journal becomes rows of ``raw/captures`` and
``raw/outcomes``. A crawl that was killed is taken over by ``recover`` at the next start: complete records are
kept, what was cut short is put aside with its reason, and nothing is fetched or stored twice.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BufferedWriter
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import IO, Any, TextIO

from coso.errors import BusyError, EnvironmentProblemError
from coso.ids import content_id
from coso.lake import Lake, write_atomically, write_records
from coso.records import Capture, Outcome
from coso.room import told_when_full
from scrapers.keyring import DestroyedKeyError, Keyring, SourceKey
from scrapers.outcomes import OutcomeClass, outcome_of_status
from scrapers.response import Response
from scrapers.stored import StoredResponse, as_stored
from scrapers.warc import (
    UNREADABLE,
    capture_row,
    iter_members,
    pack_info,
    pack_response,
    read_record,
    unpack_response,
)

_OPEN = ".open"
_TIMES = frozenset({"fetched_at", "attempted_at"})
_VALUES = {kind: attrgetter(*kind.__slots__) for kind in (Capture, Outcome)}
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def open_capture(lake: Lake, capture: Capture) -> StoredResponse:
    """Read an archived answer by its place, its digest checked.

    Raises:
        scrapers.warc.DamagedRecordError: the record is missing or is not the one the index names.
        scrapers.warc.DestroyedRecordError: its key was destroyed.
        EnvironmentProblemError: its key is not in the keyring.
    """
    path = lake.home / capture.warc_file
    unsealed = path.with_name(path.name + _OPEN)
    if not path.exists() and unsealed.exists():  # a page of the crawl under way
        path = unsealed
    place = (path, capture.warc_offset, capture.warc_length, capture.payload_sha256)
    return read_record(*place, Keyring.of(lake))


@dataclass
class _OpenFile:
    """A file that is being written: its name in the lake once it is sealed, and where its next record begins."""

    name: str
    handle: BufferedWriter
    end: int = 0

    def append(self, member: bytes) -> int:
        """Write a record and hand it to the system; return where it begins."""
        offset = self.end
        self.handle.write(member)
        self.handle.flush()
        self.end += len(member)
        return offset


class CrawlArchive:
    """Takes what one crawl of one source brings; use it as a context manager, which seals it.

    Args:
        lake: where to write.
        source_key: the source being crawled.
        run_id: the run that crawls.
        user_agent: written into each file's ``warcinfo``.
        key: seals every answer; for sources that carry personal data.

    Raises:
        BusyError: another process crawls the same source for the same run.
    """

    def __init__(
        self, lake: Lake, source_key: str, run_id: str, user_agent: str, key: SourceKey | None = None
    ) -> None:
        self._lake = lake
        self.key = key
        self._source_key = source_key
        self._user_agent = user_agent
        self.run_id = run_id
        self.stem = _free_stem(lake, source_key, run_id)
        self._files: dict[date, _OpenFile] = {}
        self._captures: list[Capture] = []
        self._outcomes: list[Outcome] = []
        self._journal_path = lake.journal / f"{source_key}--{self.stem}.jsonl"
        self._journal = _open_journal(self._journal_path)
        self._note({"crawl": {"source_key": source_key, "run_id": run_id, "stem": self.stem}})

    def __enter__(self) -> CrawlArchive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, EnvironmentProblemError):
            self._abandon()
        else:
            self.seal()

    def store(self, kind: str, asked_url: str, response: Response) -> Capture:
        """Write an answer to the archive, as ``keep`` does."""
        return self.keep(as_stored(self._source_key, kind, asked_url, response, self.key))

    def keep(self, stored: StoredResponse) -> Capture:
        """Write an answer to the archive; when this returns, a killed process no longer loses it.

        Args:
            stored: the answer, under this archive's ``key``.

        Raises:
            EnvironmentProblemError: the disk is full or cannot be written.
        """
        member = pack_response(stored)
        day = stored.fetched_at.date()
        with _writing(self._folder_of(day)):
            file = self._file_of(day)
            offset = file.append(member)
        return capture_row(stored, file.name, offset, len(member))

    def log(self, outcome: Outcome, capture: Capture | None = None) -> None:
        """Put one attempt on record, with the new capture it brought, if any."""
        self._note({"outcome": _to_json(outcome), "capture": _to_json(capture) if capture else None})
        self._outcomes.append(outcome)
        if capture:
            self._captures.append(capture)

    def seal(self) -> None:
        """Close the files and write the rows; afterwards the crawl is part of the lake.

        Raises:
            EnvironmentProblemError: the disk is full; the next start takes over what is whole.
        """
        with _writing(self._lake.warc / f"source={self._source_key}"):
            for file in self._files.values():
                os.fsync(file.handle.fileno())
                file.handle.close()
            paths = [self._lake.home / file.name for file in self._files.values()]
            _seal(self._lake, f"{self._source_key}--{self.stem}", paths, self._captures, self._outcomes)
        self._journal_path.unlink(missing_ok=True)
        self._journal.close()

    def _folder_of(self, day: date) -> Path:
        return self._lake.warc / f"source={self._source_key}" / f"date={day.isoformat()}"

    def _file_of(self, day: date) -> _OpenFile:
        if day not in self._files:
            folder = self._folder_of(day)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{self.stem}.warc.gz"
            handle = path.with_name(path.name + _OPEN).open("xb")
            self._files[day] = _OpenFile(path.relative_to(self._lake.home).as_posix(), handle)
            self._files[day].append(pack_info(path.name, self._user_agent))
        return self._files[day]

    def _note(self, entry: dict[str, Any]) -> None:
        with _writing(self._journal_path):
            self._journal.write(_ENCODER.encode(entry) + "\n")
            self._journal.flush()

    def _abandon(self) -> None:
        """Leave everything as a kill would: the next start takes over what is whole."""
        open_files: list[IO[Any]] = [file.handle for file in self._files.values()]
        for handle in (*open_files, self._journal):
            with suppress(OSError):
                handle.close()


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    try:
        with told_when_full(place):
            yield
    except OSError as error:
        raise EnvironmentProblemError(
            f"{place} cannot be written ({error.strerror})",
            "mend the disk; the next run takes over what is whole",
        ) from None


@dataclass(frozen=True)
class Recovered:
    """What ``recover`` took over from one killed crawl.

    Attributes:
        source_key: its source.
        run_id: its run.
        attempts: attempts that were on record.
        salvaged: archived answers that were not yet on record.
        tail_bytes: bytes of a record cut short, put aside.
    """

    source_key: str
    run_id: str
    attempts: int
    salvaged: int
    tail_bytes: int


def recover(lake: Lake, source_key: str | None = None) -> list[Recovered]:
    """Take over the crawls that were killed, of one source or of all; crawls still alive are left alone.

    Raises:
        EnvironmentProblemError: the disk is full or cannot be written; nothing is lost by that.
    """
    found: list[Recovered] = []
    for path in sorted(lake.journal.glob(f"{source_key or '*'}--*.jsonl")):
        with path.open("r+", encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            with _writing(path):
                recovered = _take_over(lake, path, handle)
            path.unlink()
            if recovered:
                found.append(recovered)
    return found


def _take_over(lake: Lake, journal: Path, handle: TextIO) -> Recovered | None:
    entries = list(_read_entries(handle))
    if not entries or "crawl" not in entries[0]:
        return None  # killed before its first line was whole: nothing had been asked for
    crawl = entries[0]["crawl"]
    captures, outcomes, lost = _on_record(lake, entries[1:])
    salvaged, tail, paths = _salvage(
        lake, journal.stem, crawl, {(c.warc_file, c.warc_offset) for c in captures}
    )
    attempts = len(outcomes)
    captures += [capture for capture, _ in salvaged]
    outcomes += [outcome for _, outcome in salvaged]
    detail = (
        f"crawl killed; {attempts} attempts on record, {len(salvaged)} answers salvaged, "
        f"{lost} lost, {tail} bytes cut short"
    )
    outcomes.append(_interrupted(crawl, detail, outcomes, journal))
    _seal(lake, journal.stem, paths, captures, outcomes)
    return Recovered(crawl["source_key"], crawl["run_id"], attempts, len(salvaged), tail)


def _read_entries(handle: TextIO) -> Iterable[dict[str, Any]]:
    for line in handle:
        if line.endswith("\n"):
            yield json.loads(line)


def _on_record(lake: Lake, entries: list[dict[str, Any]]) -> tuple[list[Capture], list[Outcome], int]:
    """Return what the journal holds; an answer whose record is not whole in the file counts as lost."""
    captures: list[Capture] = []
    outcomes: list[Outcome] = []
    lost = 0
    for entry in entries:
        outcome = Outcome(**_from_json(entry["outcome"]))
        capture = Capture(**_from_json(entry["capture"])) if entry["capture"] else None
        if capture and not _is_whole(lake, capture):
            lost += 1
            continue
        outcomes.append(outcome)
        if capture:
            captures.append(capture)
    return captures, outcomes, lost


def _is_whole(lake: Lake, capture: Capture) -> bool:
    path = lake.home / capture.warc_file
    unsealed = path.with_name(path.name + _OPEN)
    path = unsealed if unsealed.exists() else path
    return path.exists() and path.stat().st_size >= capture.warc_offset + capture.warc_length


def _salvage(
    lake: Lake, name: str, crawl: dict[str, str], known: set[tuple[str, int]]
) -> tuple[list[tuple[Capture, Outcome]], int, list[Path]]:
    """Read the files of a killed crawl: answers not on record, number of bytes put aside, files to seal."""
    rows: list[tuple[Capture, Outcome]] = []
    tail_bytes, paths = 0, []
    folder = lake.warc / f"source={crawl['source_key']}"
    # Also the files that have their name already: the kill may have come while they were being sealed.
    for file in sorted(folder.glob(f"date=*/{crawl['stem']}.warc.gz*")):
        path = file.with_name(file.name.removesuffix(_OPEN))
        relative, end = path.relative_to(lake.home).as_posix(), 0
        for offset, length in iter_members(file):
            end = offset + length
            stored = None if (relative, offset) in known else _read_member(lake, file, offset, length)
            if stored:
                capture = capture_row(stored, relative, offset, length)
                rows.append((capture, _salvaged_outcome(crawl, capture, len(rows))))
        tail_bytes += _cut_tail(lake, file, name, end)
        paths.append(path)
    return rows, tail_bytes, paths


def _read_member(lake: Lake, path: Path, offset: int, length: int) -> StoredResponse | None:
    """Read one record; one that no key opens, or that is no answer, stays in its file and off the index."""
    with path.open("rb") as handle:
        handle.seek(offset)
        try:
            return unpack_response(handle.read(length), Keyring.of(lake))
        except (DestroyedKeyError, EnvironmentProblemError, *UNREADABLE):
            return None


def _cut_tail(lake: Lake, path: Path, name: str, end: int) -> int:
    """Move the bytes after ``end`` aside, with a note that says why; return how many there were."""
    with path.open("r+b") as handle:
        handle.seek(end)
        tail = handle.read()
        if tail:
            aside = lake.journal / "cut_short" / f"{name}.{path.parent.name}.{end}.bin"
            note = {
                "reason": "the process was killed while it wrote this record",
                "file": path.relative_to(lake.home).as_posix(),
                "offset": end,
                "bytes": len(tail),
            }
            write_atomically(aside, tail)
            write_atomically(aside.with_suffix(".json"), json.dumps(note, sort_keys=True).encode())
            handle.truncate(end)
        os.fsync(handle.fileno())
    return len(tail)


def _salvaged_outcome(crawl: dict[str, str], capture: Capture, ordinal: int) -> Outcome:
    return Outcome(
        outcome_id=content_id(
            "out", [crawl["run_id"], capture.source_key, capture.url, f"salvaged {ordinal}"]
        ),
        run_id=crawl["run_id"],
        source_key=capture.source_key,
        kind=capture.kind,
        url=capture.url,
        attempted_at=capture.fetched_at,
        outcome=outcome_of_status(capture.http_status),
        http_status=capture.http_status,
        capture_id=capture.capture_id,
        tries=1,
        elapsed_ms=0,
        detail="archived just before the crawl was killed",
    )


def _interrupted(crawl: dict[str, str], detail: str, outcomes: list[Outcome], journal: Path) -> Outcome:
    started = datetime.fromtimestamp(journal.stat().st_mtime, UTC)
    return Outcome(
        outcome_id=content_id("out", [crawl["run_id"], crawl["source_key"], crawl["stem"], "interrupted"]),
        run_id=crawl["run_id"],
        source_key=crawl["source_key"],
        kind="crawl",
        url="",
        attempted_at=max((outcome.attempted_at for outcome in outcomes), default=started),
        outcome=OutcomeClass.INTERRUPTED,
        http_status=None,
        capture_id=None,
        tries=0,
        elapsed_ms=0,
        detail=detail,
    )


def _seal(lake: Lake, name: str, warcs: list[Path], captures: list[Capture], outcomes: list[Outcome]) -> None:
    """Name the files, then write the rows. Each step may be done twice, so a kill in between does no harm."""
    for path in warcs:
        unsealed = path.with_name(path.name + _OPEN)
        if unsealed.exists():
            unsealed.replace(path)
    by_day: dict[date, list[Capture]] = defaultdict(list)
    for capture in captures:
        by_day[capture.fetched_at.date()].append(capture)
    for day, rows in by_day.items():
        rows.sort(key=lambda row: (row.capture_id, row.warc_offset))
        write_records(lake.captures / f"date={day.isoformat()}" / f"{name}.parquet", Capture, list(rows))
    ends: dict[date, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        ends[outcome.attempted_at.date()].append(outcome)
    for day, attempts in ends.items():
        attempts.sort(key=lambda row: row.outcome_id)
        write_records(lake.outcomes / f"date={day.isoformat()}" / f"{name}.parquet", Outcome, list(attempts))


def _free_stem(lake: Lake, source_key: str, run_id: str) -> str:
    """Return a file name for this crawl: the run's id, numbered when the run crawls a source again."""
    base = re.sub(r"[^A-Za-z0-9_.-]", "-", run_id)
    stem, number = base, 1
    while _is_taken(lake, source_key, stem):
        number += 1
        stem = f"{base}-{number}"
    return stem


def _is_taken(lake: Lake, source_key: str, stem: str) -> bool:
    name = f"{source_key}--{stem}"
    return (lake.journal / f"{name}.jsonl").exists() or any(lake.outcomes.glob(f"date=*/{name}.parquet"))


def _open_journal(path: Path) -> TextIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("a", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise BusyError(f"{path.name} is being written by another crawl", "wait for it to end") from None
    return handle


def _to_json(row: Capture | Outcome) -> dict[str, Any]:
    values = dict(zip(row.__slots__, _VALUES[type(row)](row), strict=True))
    for name in _TIMES & values.keys():
        values[name] = values[name].isoformat()
    return values


def _from_json(values: dict[str, Any]) -> dict[str, Any]:
    return {k: datetime.fromisoformat(v) if k in _TIMES else v for k, v in values.items()}
