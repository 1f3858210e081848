"""Gzip as archives and answers need it: unpacking with the fastest library there is, and members written whole."""

from __future__ import annotations

import struct
import zlib
from typing import Any, BinaryIO

try:
    from isal import isal_zlib

    _fast: Any = isal_zlib
except ImportError:
    _fast = zlib  # does the same in more than twice the time

GZIP, ZLIB, DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
#: What unpacking raises for bytes that are not packed as they should be.
BROKEN: tuple[type[Exception], ...] = (zlib.error, _fast.error)
_THOROUGH = 6
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
#: How a gzip member begins that has no name and no comment.
MEMBER_MARK = _HEADER[:4]
#: Most bytes of one stored block (RFC 1951, 3.2.4).
_STORED = 65_535
_MORE, _LAST = 0, 1
_READ = 1 << 20


def unpacker(window: int) -> Any:
    """Return an object like ``zlib.decompressobj`` for a window of ``GZIP``, ``ZLIB`` or ``DEFLATE``."""
    return _fast.decompressobj(window)


def unpack_member(member: bytes) -> bytes:
    """Return what one whole gzip member holds.

    Raises: one of ``BROKEN``.
    """
    return bytes(_fast.decompress(member, GZIP))


def packed_member(*parts: bytes) -> bytes:
    """Return what the parts say together as one gzip member, packed well; the same bytes for the same data."""
    packer = zlib.compressobj(_THOROUGH, zlib.DEFLATED, GZIP)
    return b"".join((*map(packer.compress, parts), packer.flush()))


def stored_member(*parts: bytes) -> bytes:
    """Return what the parts say together as one gzip member without packing it, for what is packed already."""
    made: list[bytes | memoryview] = [_HEADER]
    check = length = 0
    for part in parts:
        view = memoryview(part)
        for start in range(0, len(part), _STORED):
            block = view[start : start + _STORED]
            made += (struct.pack("<BHH", _MORE, len(block), len(block) ^ 0xFFFF), block)
        check, length = _fast.crc32(part, check), length + len(part)
    made.append(struct.pack("<BHHII", _LAST, 0, 0xFFFF, check, length & 0xFFFFFFFF))
    return b"".join(made)


def member_length(handle: BinaryIO) -> int | None:
    """Return the length of the whole gzip member that begins where ``handle`` stands; None when there is none."""
    reader = unpacker(GZIP)
    fed = 0
    while block := handle.read(_READ):
        fed += len(block)
        try:
            reader.decompress(block)
        except BROKEN:
            return None
        if reader.eof:
            return fed - len(reader.unused_data)
    return None
