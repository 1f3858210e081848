"""Erasing what the lake holds of one address, for ever; a tombstone stays, and the address is not fetched again.

First an order is written down, which names records and ids and no word of the page; then its tombstone; then the
work is done, in an order in which a killed process loses nothing of it. ``finish_erasures`` does what is left.

What goes: the archived answers of the address, and of the attachments found on it; those of listings, feeds and
sitemaps that name it, since they show its title too; their rows in the index; the landed rows of its source, which
are landed again without it; rows of the quality zone that hold its address, its ids or its words; the warehouse
build and the counted index, which are made anew. What was published stands.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pyarrow as pa
import pyarrow.parquet as pq

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake, read_table, write_atomically, write_records, write_table
from coso.records import LANDED, Capture, Tombstone, from_table
from scrapers.archive import open_capture, recover
from scrapers.blanking import blank
from scrapers.encoding import BodyError
from scrapers.erased import OF_ADDRESS, address_digest, erased_addresses
from scrapers.known import LEADING
from scrapers.land import captures_of
from scrapers.parse.charset import decode_page
from scrapers.partitions import forget
from scrapers.stored import FOUND_HEADER, StoredResponse
from scrapers.traces import remove_traces
from scrapers.urls import canonical_url
from scrapers.warc import DamagedRecordError

#: Columns of landed rows that hold words of the page, and where these end that are copied together.
_TEXTS = ("title", "title_masked", "sapo", "captions", "author", "sentence", "text")
_PIECES = re.compile(r"\n|(?<=[.!?…;])\s")
#: Shorter pieces of a page's text stand in any other page too.
_LEAST_WORDS = 25


@dataclass(frozen=True)
class Order:
    """What an erasure has to erase.

    Attributes:
        source_key: the source.
        address: digest of the address.
        tombstone_id: the tombstone it leaves.
        records: file, offset and length of each archived answer.
        ids: of the captures, and of every row read from them.
    """

    source_key: str
    address: str
    tombstone_id: str
    records: tuple[tuple[str, int, int], ...]
    ids: frozenset[str]


def erase_address(lake: Lake, url: str, *, reason: str, by: str, now: datetime) -> Tombstone:
    """Erase everything the lake holds of an address; the caller holds the lake and lands the source again.

    Args:
        lake: the lake.
        url: the address.
        reason: why, in plain words; it is kept.
        by: who erases; it is kept.
        now: the moment.

    Raises:
        BadInputError: nothing is archived of the address, or reason or name is empty.
        EnvironmentProblemError: an archive file cannot be written, or a key is not in the keyring.
    """
    if not reason.strip() or not by.strip():
        raise BadInputError("an erasure needs a reason and a name", "give --reason and --by")
    address = canonical_url(url)
    if address is None:
        raise BadInputError(f"{url!r} is no web address", "give it as in the address bar")
    recover(lake)
    source_key, doomed = _doomed(lake, address)
    tombstone = _tombstone(source_key, address, doomed, reason.strip(), by.strip(), now)
    order = Order(
        source_key,
        address_digest(address),
        tombstone.tombstone_id,
        tuple((row.warc_file, row.warc_offset, row.warc_length) for row in doomed),
        frozenset(row.capture_id for row in doomed) | frozenset(_ids_read(lake, source_key, address, doomed)),
    )
    write_atomically(_order_path(lake, order.address), json.dumps(asdict(order), default=sorted).encode())
    before = _standing(lake, source_key, address)
    if before:
        tombstone = replace(
            tombstone, captures=before.captures + tombstone.captures, files=before.files + tombstone.files
        )
    write_records(_tombstone_path(lake, tombstone.key_id), Tombstone, [tombstone])
    _carry_out(lake, order, address)
    return tombstone


def pages_that_name(lake: Lake, source_key: str, url: str) -> list[str]:
    """Return the addresses of archived pages of a source that name an erased address, such as in teasers.

    They stand for themselves and are not erased with it; what names it is not read from them unless it is their text.
    """
    address = canonical_url(url) or url
    return sorted({row.url for row in captures_of(lake, source_key) if _reads(lake, row, address)})


def _reads(lake: Lake, row: Capture, address: str) -> bool:
    try:
        return _names(open_capture(lake, row), address)
    except (DamagedRecordError, BodyError):
        return False


def finish_erasures(lake: Lake) -> list[str]:
    """Do what is left of erasures that were cut short; return the sources, which have to be landed again."""
    done = []
    for path in sorted(_order_path(lake, "").parent.glob("*.json")):
        values = json.loads(path.read_bytes())
        order = Order(
            **{**values, "records": tuple(map(tuple, values["records"])), "ids": frozenset(values["ids"])}
        )
        if order.address in erased_addresses(lake):
            _carry_out(lake, order)
            done.append(order.source_key)
        else:  # killed before the tombstone stood: nothing was erased, and nobody was told so
            path.unlink()
    return done


def _carry_out(lake: Lake, order: Order, *addresses: str) -> None:
    words = _words_read(lake, order).union(addresses)
    remove_traces(lake, order.address, order.ids, words)
    for record in order.records:
        blank(lake, *record, order.tombstone_id)
    _clear_index(lake, order)
    for path in lake.journal.glob(f"cut_short/{order.source_key}--*"):
        path.unlink()
    for path in lake.warehouse.glob("build.duckdb*"):
        path.unlink()
    (lake.home / "known" / f"{order.source_key}.parquet").unlink(missing_ok=True)
    forget(lake, order.source_key)
    _drop_landed(lake, order.source_key)
    _order_path(lake, order.address).unlink()


def _drop_landed(lake: Lake, source_key: str) -> None:
    """Remove the landed rows of a source, those put aside, and what a killed run left of older ones."""
    for table in LANDED:
        shutil.rmtree(lake.landed / table / f"source={source_key}", ignore_errors=True)
        shutil.rmtree(lake.quality / "rejected" / table / f"source={source_key}", ignore_errors=True)
        for left in (lake.landed / table).rglob(".*"):
            shutil.rmtree(left, ignore_errors=True)
    for left in lake.home.rglob(".*.tmp"):
        left.unlink(missing_ok=True)


def _order_path(lake: Lake, address: str) -> Path:
    return lake.home / "raw" / "erasures" / f"{address}.json"


def _doomed(lake: Lake, address: str) -> tuple[str, list[Capture]]:
    """Return the source of an address and the index rows of all answers that go."""
    keys = sorted({path.name.partition("--")[0] for path in lake.captures.glob("date=*/*--*.parquet")})
    for key in keys:
        rows = captures_of(lake, key)
        own = [row for row in rows if address in (row.url, row.final_url)]
        if own or _standing(lake, key, address):
            return key, [row for row in rows if row in own or _tells_of(lake, row, address)]
    raise BadInputError(f"nothing is archived of {address}", "give the address as `coso trace` shows it")


def _standing(lake: Lake, source_key: str, address: str) -> Tombstone | None:
    """Return the tombstone of an address that was erased before: lists fetched since may name it anew."""
    path = _tombstone_path(lake, f"{OF_ADDRESS}{address_digest(address)}")
    rows = from_table(Tombstone, read_table(path.parent, Tombstone)) if path.exists() else []
    return next((row for row in rows if row.key_id == path.stem and row.source_key == source_key), None)


def _tombstone_path(lake: Lake, key_id: str) -> Path:
    return lake.home / "raw" / "tombstones" / f"{key_id}.parquet"


def _tells_of(lake: Lake, row: Capture, address: str) -> bool:
    """Say whether an answer is an attachment of the page, or a page of links that names it."""
    if row.kind not in (*LEADING, "attachment"):
        return False
    if row.kind != "attachment":
        return _reads(lake, row, address)
    try:
        return open_capture(lake, row).header(FOUND_HEADER) == address
    except DamagedRecordError:
        return False


def _names(page: StoredResponse, address: str) -> bool:
    text = decode_page(page.body(), page.header("Content-Type")).text
    parts = urlsplit(address)
    place = urlunsplit(("", "", parts.path, parts.query, ""))
    if place == "/":
        return False
    # JSON escapes slashes.
    text = html.unescape(text).replace("\\/", "/")
    last = place.rpartition("/")[2]
    whole = "|".join(re.escape(one) for one in ([place, last] if parts.query else [place]))
    return re.search(rf"(?:{whole})(?![\w%-])", text) is not None


def _tombstone(
    source_key: str, address: str, doomed: list[Capture], reason: str, by: str, now: datetime
) -> Tombstone:
    key_id = f"{OF_ADDRESS}{address_digest(address)}"
    return Tombstone(
        tombstone_id=content_id("tomb", [source_key, key_id]),
        source_key=source_key,
        key_id=key_id,
        key_made_at=None,
        destroyed_at=now,
        destroyed_by=by,
        reason=reason,
        captures=len(doomed),
        files=len({row.warc_file for row in doomed}),
    )


def _landed_files(lake: Lake, source_key: str) -> Iterator[tuple[Path, pa.Table]]:
    for table in LANDED:
        for path in sorted((lake.landed / table / f"source={source_key}").glob("date=*/part.parquet")):
            yield path, pq.read_table(path, partitioning=None)


def _ids_read(lake: Lake, source_key: str, address: str, doomed: list[Capture]) -> Iterator[str]:
    """Yield the ids of all rows that were read from the answers that go."""
    captures = {row.capture_id for row in doomed}
    documents: set[str] = set()
    for _, table in _landed_files(lake, source_key):  # documents come before what is read from them
        for row in table.to_pylist():
            own = row.get("capture_id") in captures or row.get("url") == address
            if own or row.get("document_id") in documents:
                first = next(iter(row.values()))
                documents |= {first} if own else set()
                yield first


def _words_read(lake: Lake, order: Order) -> frozenset[str]:
    """Return what was read from the page, as the pieces in which it may have been copied elsewhere."""
    found: set[str] = set()
    for _, table in _landed_files(lake, order.source_key):
        for row in table.to_pylist():
            if order.ids & {value for value in row.values() if isinstance(value, str)}:
                if "url" in row and address_digest(row["url"]) == order.address:
                    found.add(row["url"])
                texts = (row.get(name) or "" for name in _TEXTS)
                found |= {piece.strip() for text in texts for piece in _PIECES.split(text)}
    return frozenset(piece for piece in found if len(piece) >= _LEAST_WORDS)


def _clear_index(lake: Lake, order: Order) -> None:
    """Take the answers and the address out of the rows of the raw zone; attempts at pages of links stay."""
    zones = [lake.captures, lake.outcomes, lake.home / "raw" / "residue" / f"source={order.source_key}"]
    for zone in zones:
        for path in sorted(zone.rglob("*.parquet")):
            if zone.name.startswith("source=") or path.name.startswith(f"{order.source_key}--"):
                _clear_rows(path, order, keep_attempts=zone == lake.outcomes)


def _clear_rows(path: Path, order: Order, *, keep_attempts: bool) -> None:
    table = pq.read_table(path, partitioning=None)
    rows: list[dict[str, Any]] = table.to_pylist()
    kept = []
    for row in rows:
        addresses = (row[name] for name in ("url", "final_url") if row.get(name))
        if any(address_digest(url) == order.address for url in addresses):
            continue
        if row.get("capture_id") in order.ids:
            if not keep_attempts:
                continue
            row = {**row, "capture_id": None}  # noqa: PLW2901 - the row as it stays
        kept.append(row)
    if kept != rows:
        write_table(path, pa.Table.from_pylist(kept, schema=table.schema))
