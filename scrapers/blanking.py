"""Records of an archive overwritten in place: what stands there is gone, and every other record stays where it is."""

from __future__ import annotations

import os
import struct
import uuid
import zlib
from datetime import UTC, datetime

from coso.errors import EnvironmentProblemError
from coso.lake import Lake

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
#: Bytes of a gzip member around its blocks, of a block around its data, and most data of a block (RFC 1951, 1952).
_AROUND, _BLOCK_HEAD, _MOST = len(_HEAD) + 8, 5, 65_535


def blank(lake: Lake, warc_file: str, offset: int, length: int, tombstone_id: str) -> None:
    """Overwrite one record with a ``metadata`` record of the same length; on disk when this returns.

    Doing it twice changes nothing; a file that is gone, or ends before the record, has nothing to overwrite.

    Raises:
        EnvironmentProblemError: the file cannot be written.
    """
    path = lake.home / warc_file
    if not path.exists() or path.stat().st_size < offset + length:
        return
    try:
        with path.open("r+b") as handle:
            handle.seek(offset)
            handle.write(tombstone_member(length, tombstone_id))
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise EnvironmentProblemError(
            f"{path} cannot be written ({error.strerror})", "the next run goes on with the erasure"
        ) from None


def tombstone_member(length: int, tombstone_id: str) -> bytes:
    """Return a gzip member of exactly ``length`` bytes that holds a record with nothing but the tombstone's id.

    Raises:
        ValueError: a member of that length holds no record.
    """
    blocks = -(-(length - _AROUND) // (_MOST + _BLOCK_HEAD))
    record = _record(length - _AROUND - blocks * _BLOCK_HEAD, tombstone_id)
    step = -(-len(record) // blocks)
    parts = [record[start : start + step] for start in range(0, len(record), step)]
    packed = [
        struct.pack("<BHH", at == len(parts), len(part), len(part) ^ 0xFFFF) + part
        for at, part in enumerate(parts, start=1)
    ]
    return b"".join([_HEAD, *packed, struct.pack("<II", zlib.crc32(record), len(record))])


def _record(length: int, tombstone_id: str) -> bytes:
    """Return a WARC record of exactly ``length`` bytes, filled up with spaces."""
    identity = uuid.uuid5(uuid.NAMESPACE_URL, tombstone_id)
    head = (
        "WARC/1.1\r\nWARC-Type: metadata\r\n"
        f"WARC-Record-ID: <urn:uuid:{identity}>\r\nWARC-Date: {_EPOCH}\r\n"
        f"Coso-Tombstone: {tombstone_id}\r\nContent-Length: "
    )
    rest = length - len(head) - len("\r\n\r\n") - len("\r\n\r\n")
    digits = len(str(rest))
    body = rest - digits
    # One digit fewer is needed where the digits themselves take the length under a power of ten: a zero stands before.
    told = str(body).rjust(digits, "0")
    if body < 0:
        raise ValueError(f"{length} bytes hold no record")
    return f"{head}{told}\r\n\r\n{' ' * body}\r\n\r\n".encode()


#: The moment of the erasure stands in the tombstone's row alone, so that doing it again writes the same bytes.
_EPOCH = datetime.fromtimestamp(0, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
