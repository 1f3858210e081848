"""Which documents carry the same report, over the whole lake: only new documents are compared, with those around them.

Signatures lie beside the landed tables, one file a month of publication, and so do the pairs that were found. The
result depends on the documents alone, not on the order in which they came: whether two carry the same report is
asked of every pair that has a run in common within the days allowed, whichever was there first.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from coso.ids import sha256_hex
from coso.lake import Lake, write_records, write_table
from coso.records import Record, Syndication
from coso.settings import PROJECT_ROOT, REFERENCE, VIETNAM_TIME
from extraction.syndication import (
    LEAST_FIGURED,
    LEAST_RUNS_SHORT,
    LEAST_SHARE,
    REPRINT_DAYS,
    Hashes,
    Signature,
    compare,
    groups,
    sign,
)

Places = npt.NDArray[np.int64]

_MARK = b"coso.made_by"
_SIGNATURES = pa.schema(
    [
        ("document_id", pa.string()),
        ("source_key", pa.string()),
        ("url", pa.string()),
        ("day", pa.date32()),
        ("runs", pa.list_(pa.uint32())),
        ("figured", pa.list_(pa.uint32())),
        ("figures", pa.list_(pa.uint64())),
        ("periods", pa.list_(pa.uint64())),
        ("places", pa.list_(pa.uint32())),
    ]
)
_PAIRS = pa.schema(
    [("one", pa.string()), ("other", pa.string()), ("share", pa.float64()), ("relation", pa.string())]
)
#: What a signature is made from besides the text: when one of these is another, it has to be made again.
_Known = tuple[date, str]


@dataclass(frozen=True)
class Grouping:
    """What grouping did: documents compared now, pairs that carry one report, reports carried more than once."""

    compared: int
    pairs: int
    reports: int


@dataclass(frozen=True)
class _Place:
    day: date
    fetched_at: datetime
    url: str
    file: Path

    @property
    def source_key(self) -> str:
        return self.file.parent.parent.name.removeprefix("source=")


def group_reports(lake: Lake) -> Grouping:
    """Bring ``landed/syndications`` up to the landed documents."""
    index = _Index(lake)
    documents = _documents(lake)
    held = index.load()
    wanted = {name: (place.day, place.url) for name, place in documents.items()}
    gone = {name for name, known in held.items() if wanted.get(name) != known}
    unsigned = {name for name, known in wanted.items() if held.get(name) != known}
    pairs = index.pairs()
    fresh = unsigned if pairs is not None else set(wanted)
    if gone or fresh or pairs is None:
        index.begin()
        kept = {key: value for key, value in (pairs or {}).items() if not gone & set(key)}
        index.replace(gone, unsigned, documents)
        pairs = kept | index.compare(fresh, wanted)
        index.end(pairs)
    rows = _rows(pairs, documents)
    write_records(lake.table(lake.landed, "syndications") / "part.parquet", Syndication, rows)
    reports = len({row.report_id for row in rows if isinstance(row, Syndication)})
    return Grouping(len(fresh), len(pairs), reports)


_Pairs = dict[tuple[str, str], tuple[float, str]]


class _Index:
    """The signatures and pairs of a lake, in a folder of their own."""

    def __init__(self, lake: Lake) -> None:
        self._folder = lake.landed / ".state" / "reports"
        self._pairs = self._folder / "pairs.parquet"

    def load(self) -> dict[str, _Known]:
        """Return day and address of every signed document; other code's signatures are thrown away."""
        held: dict[str, _Known] = {}
        for path in self._files():
            if (pq.read_schema(path).metadata or {}).get(_MARK) != code_digest().encode():
                shutil.rmtree(self._folder)
                return {}
            table = pq.read_table(path, columns=["document_id", "day", "url"], partitioning=None)
            held.update({row["document_id"]: (row["day"], row["url"]) for row in table.to_pylist()})
        return held

    def pairs(self) -> _Pairs | None:
        """Return the pairs found so far; None when all documents have to be compared."""
        if not self._pairs.exists():
            return None
        rows = pq.read_table(self._pairs, schema=_PAIRS, partitioning=None).to_pylist()
        return {(row["one"], row["other"]): (row["share"], row["relation"]) for row in rows}

    def begin(self) -> None:
        """Drop the pairs until they are complete again, so that a kill in between is made good."""
        self._pairs.unlink(missing_ok=True)

    def end(self, pairs: _Pairs) -> None:
        """Write the pairs, which now are complete."""
        rows = [(*key, *value) for key, value in sorted(pairs.items())]
        listed = [dict(zip(_PAIRS.names, row, strict=True)) for row in rows]
        write_table(self._pairs, pa.Table.from_pylist(listed, schema=_PAIRS))

    def replace(self, gone: set[str], unsigned: set[str], documents: dict[str, _Place]) -> None:
        """Drop signatures and make new ones, month by month."""
        new: dict[str, set[str]] = defaultdict(set)
        for name in unsigned:
            new[_month(documents[name].day)].add(name)
        for month in sorted(new.keys() | {path.parent.name.removeprefix("month=") for path in self._files()}):
            path = self._folder / f"month={month}" / "part.parquet"
            held = list(_read_signatures(path)) if path.exists() else []
            kept = [one for one in held if one.document_id not in gone]
            if len(kept) < len(held) or new[month]:
                _write_signatures(path, [*kept, *_signed(new[month], documents)])

    def compare(self, fresh: set[str], wanted: dict[str, _Known]) -> _Pairs:
        """Compare documents with all that were published around them."""
        found: _Pairs = {}
        for month in sorted({_month(wanted[name][0]) for name in fresh}):
            pool = list(self._around(month))
            query = [
                at for at, one in enumerate(pool) if one.document_id in fresh and _month(one.day) == month
            ]
            for one, other, common in _alike(query, pool):
                match = compare(pool[one], pool[other], common)
                if match:
                    low, high = sorted((pool[one].document_id, pool[other].document_id))
                    found[low, high] = (round(match.share, 4), match.relation)
        return found

    def _around(self, month: str) -> Iterator[Signature]:
        first = date.fromisoformat(f"{month}-01")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        since, until = first - timedelta(days=REPRINT_DAYS), last + timedelta(days=REPRINT_DAYS)
        for path in self._files():
            if _month(since) <= path.parent.name.removeprefix("month=") <= _month(until):
                yield from (one for one in _read_signatures(path) if since <= one.day <= until)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("month=*/part.parquet"))


def _alike(query: Sequence[int], pool: list[Signature]) -> Iterator[tuple[int, int, int]]:
    """Yield pairs of places of documents with enough runs in common, and how many; an inverted index counts them."""
    runs, figured = _Inverted([one.runs for one in pool]), _Inverted([one.figured for one in pool])
    asked = np.zeros(len(pool), bool)
    for at in query:
        common = runs.common(pool[at].runs)
        enough = common >= np.maximum(LEAST_RUNS_SHORT, LEAST_SHARE * runs.least(at))
        least = figured.least(at)
        alike = (figured.common(pool[at].figured) >= LEAST_SHARE * least) | (least < LEAST_FIGURED)
        asked[at] = True  # a pair is met from both its ends
        for other in np.nonzero(enough & alike & ~asked)[0].tolist():
            yield at, other, int(common[other])


class _Inverted:
    """An inverted index: which of the listed documents hold a run."""

    def __init__(self, listed: list[Hashes]) -> None:
        self._lengths = np.array([len(one) for one in listed], np.int64)
        runs = np.concatenate([np.empty(0, np.uint32), *listed])
        order = np.argsort(runs, kind="stable")
        self._runs = runs[order]
        self._owners = np.repeat(np.arange(len(listed), dtype=np.int32), self._lengths)[order]

    def common(self, runs: Hashes) -> Places:
        """Return how many of these runs each document holds."""
        starts: Places = np.searchsorted(self._runs, runs, "left")
        ends: Places = np.searchsorted(self._runs, runs, "right")
        found: Places = np.bincount(self._owners[_ranges(starts, ends)], minlength=len(self._lengths))
        return found

    def least(self, at: int) -> Places:
        """Return for each document how many runs it has, or the document at ``at``, whichever is less."""
        least: Places = np.minimum(self._lengths, self._lengths[at])
        return least


def _ranges(starts: Places, ends: Places) -> Places:
    """Return all whole numbers from each start to before its end, one after another."""
    lengths = ends - starts
    shifts = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    places: Places = np.arange(lengths.sum()) + shifts
    return places


def _rows(pairs: _Pairs, documents: dict[str, _Place]) -> list[Record]:
    reports = groups(pairs)
    nearest: dict[str, tuple[float, str, str]] = {}
    latest: dict[str, tuple[date, datetime, str]] = {}
    for (one, other), (share, relation) in sorted(pairs.items()):
        for name, neighbour in ((one, other), (other, one)):
            if name not in nearest or share > nearest[name][0]:
                nearest[name] = (share, neighbour, relation)
            if relation == "version":
                latest[name] = max(latest.get(name, _age(documents, name)), _age(documents, neighbour))
    return [
        Syndication(
            document_id=name,
            report_id=reports[name],
            source_key=documents[name].source_key,
            nearest_id=neighbour,
            similarity=share,
            relation=relation,
            superseded_by=latest[name][-1] if name in latest and latest[name][-1] != name else None,
        )
        for name, (share, neighbour, relation) in sorted(nearest.items())
    ]


def _age(documents: dict[str, _Place], name: str) -> tuple[date, datetime, str]:
    return documents[name].day, documents[name].fetched_at, name


def _documents(lake: Lake) -> dict[str, _Place]:
    """Return day, address and file of every landed document; of one that is landed twice, those of the first file."""
    found: dict[str, _Place] = {}
    columns = ["document_id", "url", "published_on", "fetched_at"]
    for path in sorted((lake.landed / "documents").glob("source=*/date=*/part.parquet")):
        for row in pq.read_table(path, columns=columns, partitioning=None).to_pylist():
            day = row["published_on"] or row["fetched_at"].astimezone(VIETNAM_TIME).date()
            found.setdefault(row["document_id"], _Place(day, row["fetched_at"], row["url"], path))
    return found


def _signed(names: set[str], documents: dict[str, _Place]) -> Iterator[Signature]:
    by_file: dict[Path, set[str]] = defaultdict(set)
    for name in names:
        by_file[documents[name].file].add(name)
    for path, wanted in sorted(by_file.items()):
        columns = ["document_id", "source_key", "text"]
        for row in pq.read_table(path, columns=columns, partitioning=None).to_pylist():
            if row["document_id"] in wanted:
                place = documents[row["document_id"]]
                yield sign(row["document_id"], row["source_key"], place.url, place.day, row["text"])


def _read_signatures(path: Path) -> Iterator[Signature]:
    table = pq.read_table(path, schema=_SIGNATURES, partitioning=None)
    texts = [table[name].to_pylist() for name in ("document_id", "source_key", "url", "day")]
    runs = [_lists(table[name].combine_chunks()) for name in ("runs", "figured")]
    sets = [map(frozenset, table[name].to_pylist()) for name in ("figures", "periods", "places")]
    for values in zip(*texts, *runs, *sets, strict=True):
        yield Signature(*values)


def _lists(column: pa.ListArray) -> list[npt.NDArray[Any]]:
    values, offsets = column.values.to_numpy(), column.offsets.to_numpy()
    return [values[start:end] for start, end in pairwise(offsets)]


def _write_signatures(path: Path, rows: list[Signature]) -> None:
    rows.sort(key=lambda row: row.document_id)
    columns = {name: [getattr(row, name) for row in rows] for name in _SIGNATURES.names}
    columns |= {name: [sorted(one) for one in columns[name]] for name in ("figures", "periods", "places")}
    table = pa.Table.from_pydict(columns, schema=_SIGNATURES)
    write_table(path, table.replace_schema_metadata({_MARK: code_digest().encode()}))


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


@cache
def code_digest() -> str:
    """Return a digest of the code and the names of provinces that signatures and their comparison depend on."""
    files = [Path(__file__), Path(__file__).with_name("syndication.py"), PROJECT_ROOT / "coso" / "text.py"]
    files += [PROJECT_ROOT / "coso" / "places.py", *sorted(REFERENCE.glob("provinces*.csv"))]
    return sha256_hex("\n".join(sha256_hex(path.read_bytes()) for path in files).encode())
