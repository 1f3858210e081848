"""Reading landed documents, partition by partition, into landed facts.

A partition is read again only when its documents or the reading code changed: both are noted in the metadata of
the Parquet file that was made from them, so there is no second store to fall out of step.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pyarrow.parquet as pq

from coso.ids import sha256_hex
from coso.lake import Lake, read_table, write_table
from coso.records import LANDED, READ_FROM_DOCUMENTS, Document, Record, from_table, to_table
from coso.settings import PROJECT_ROOT, REFERENCE
from extraction.landing import read_documents

_MADE_FROM = b"coso.made_from"
#: Library whose version decides what is found in a text.
_MATCHER = "ahocorasick-rs"


def read_source(lake: Lake, source_key: str) -> dict[str, int]:
    """Read every partition of one source that needs it.

    Returns:
        Rows written per table, plus ``partitions`` read and ``unchanged`` ones passed over.
    """
    counts = dict.fromkeys((*READ_FROM_DOCUMENTS, "partitions", "unchanged"), 0)
    folder = lake.landed / "documents" / f"source={source_key}"
    for documents in sorted(folder.glob("date=*/part.parquet")):
        partition = documents.parent.relative_to(lake.landed / "documents")
        mark = _mark(documents)
        if _is_made_from(lake, partition, mark):
            counts["unchanged"] += 1
            continue
        counts["partitions"] += 1
        for name, rows in _read_partition(documents).items():
            _write(lake, name, partition, rows, mark)
            counts[name] += len(rows)
    _remove_orphans(lake, source_key)
    return counts


def unread_sources(lake: Lake) -> set[str]:
    """Return the sources with landed documents of which a table is missing: never read, cut short, or gone since."""
    landed = lake.landed / "documents"
    partitions = (path.parent.relative_to(landed) for path in landed.glob("source=*/date=*/part.parquet"))
    return {
        partition.parts[0].removeprefix("source=")
        for partition in partitions
        if not all(path.exists() for path in _files_of(lake, partition))
    }


def _read_partition(documents: Path) -> dict[str, list[Record]]:
    rows = from_table(Document, read_table(documents.parent, Document))
    tables = read_documents(rows)
    return {name: tables.get(name, []) for name in READ_FROM_DOCUMENTS}


def _write(lake: Lake, name: str, partition: Path, rows: list[Record], mark: bytes) -> None:
    table = to_table(LANDED[name], rows)
    table = table.replace_schema_metadata({_MADE_FROM: mark})
    write_table(lake.landed / name / partition / "part.parquet", table)


def _mark(documents: Path) -> bytes:
    return f"{sha256_hex(documents.read_bytes())} {code_digest()}".encode()


def _is_made_from(lake: Lake, partition: Path, mark: bytes) -> bool:
    return all(
        path.exists() and (pq.read_schema(path).metadata or {}).get(_MADE_FROM) == mark
        for path in _files_of(lake, partition)
    )


def _files_of(lake: Lake, partition: Path) -> list[Path]:
    """Return the files that are made from a partition of documents, one a table."""
    return [lake.landed / name / partition / "part.parquet" for name in READ_FROM_DOCUMENTS]


def _remove_orphans(lake: Lake, source_key: str) -> None:
    """Remove what was read from document partitions that are gone."""
    for name in READ_FROM_DOCUMENTS:
        folder = lake.landed / name / f"source={source_key}"
        for path in sorted(folder.glob("date=*/part.parquet")):
            partition = path.parent.relative_to(lake.landed / name)
            if not (lake.landed / "documents" / partition / "part.parquet").exists():
                path.unlink()
                path.parent.rmdir()


@cache
def code_digest() -> str:
    """Return a digest of the code, matcher, lexicon and reference data that reading depends on."""
    lines = [f"{path.relative_to(PROJECT_ROOT)} {sha256_hex(path.read_bytes())}" for path in _code_files()]
    return sha256_hex("\n".join([*lines, f"{_MATCHER} {version(_MATCHER)}"]).encode())


def _code_files() -> Iterator[Path]:
    for folder in (PROJECT_ROOT / "extraction", PROJECT_ROOT / "coso"):
        yield from sorted(
            p for p in folder.rglob("*") if p.suffix in {".py", ".yml", ".yaml", ".csv", ".json"}
        )
    yield from sorted(REFERENCE.glob("*.csv"))
