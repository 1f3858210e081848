"""What stays of pages whose key was destroyed: the masked rows that had been read from them.

They lie in the raw zone, one folder a key, and are landed from there as if read from the pages; so the landed zone
stays a function of the raw zone and the code, and a replay after a destruction changes no byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from coso.lake import Lake, read_table, write_records
from coso.records import Record, from_table
from scrapers.keyring import Keyring
from scrapers.partitions import RATES, TABLES, LandedTable

_PART = "part.parquet"


def residue_files(lake: Lake, source_key: str) -> list[Path]:
    """Return the files of masked rows of a source, sorted; of keys that were destroyed, not of those about to be."""
    keyring = Keyring.of(lake)
    keys = sorted(_folder(lake, source_key).glob("key=*"))
    gone = [key for key in keys if keyring.tombstone(key.name.removeprefix("key="))]
    return [path for key in gone for path in sorted(key.glob(f"*/date=*/{_PART}"))]


def read_residue(path: Path) -> Iterator[tuple[LandedTable, str, Record]]:
    """Yield the rows of one file, each with its table and the day of its partition."""
    table = next(table for table in TABLES if table.name == path.parent.parent.name)
    for row in from_table(table.kind, read_table(path.parent, table.kind)):
        yield table, path.parent.name.removeprefix("date="), row


def keep_residue(lake: Lake, source_key: str, key_id: str, files: Set[str], captures: Set[str]) -> None:
    """Write down the landed rows that were read from the answers of a key.

    Args:
        lake: the lake; the source is landed.
        source_key: the source.
        key_id: the key.
        files: archive files that the key seals, relative to the lake.
        captures: ids of the answers in them.
    """
    crawls = {(Path(name).parent.name, Path(name).name.removesuffix(".warc.gz")) for name in files}
    for table in TABLES:
        for path in sorted(table.folder(lake, source_key).glob(f"date=*/{_PART}")):
            held: list[Any] = from_table(table.kind, read_table(path.parent, table.kind))
            if table is RATES:
                kept = [row for row in held if (f"date={row.measured_on}", row.run_id) in crawls]
            else:
                kept = [row for row in held if row.capture_id in captures]
            if kept:
                target = _folder(lake, source_key) / f"key={key_id}" / table.name / path.parent.name / _PART
                write_records(target, table.kind, kept)


def _folder(lake: Lake, source_key: str) -> Path:
    return lake.home / "raw" / "residue" / f"source={source_key}"
