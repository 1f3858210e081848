"""WARC 1.1 records: one gzip member a response, readable alone by file, offset and length.

The payload is what the server sent, its Content-Encoding untouched. Transfer-Encoding is dropped, since it
belongs to the connection and not to the page. Fields of our own (``Coso-*``) say for which source and why the
page was asked for, so that the index of captures can be made again from the files alone.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import coso
from coso.errors import CosoError
from coso.ids import content_id, sha256_hex
from coso.records import Capture
from scrapers.client import Response
from scrapers.encoding import decode_body

_SOURCE, _KIND, _ASKED = "Coso-Source", "Coso-Kind", "Coso-Asked-URI"
#: Header of an imported file: the publication day as the person who brought it states it.
PUBLISHED_HEADER = "Coso-Published-On"
_HOP_HEADERS = frozenset({"transfer-encoding", "connection", "keep-alive"})
#: Most bytes one stored body may unpack to when no source says otherwise.
DECODED_LIMIT = 40_000_000
#: Compressing what is packed already costs time and saves nothing: such a record is a gzip member of stored blocks.
_AS_IS, _THOROUGH = 0, 6
_BLOCK = 1 << 20
_MEMBER_MARK = b"\x1f\x8b\x08\x00"


class DamagedRecordError(CosoError):
    """An archived record that is not what the index says."""


@dataclass(frozen=True)
class Damage:
    """A stretch of a file that holds no whole record."""

    offset: int
    length: int


@dataclass(frozen=True)
class StoredResponse:
    """One archived answer with what it was asked for."""

    capture_id: str
    source_key: str
    kind: str
    url: str
    final_url: str
    status: int
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...]
    payload: bytes

    def header(self, name: str) -> str | None:
        """Return the first header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def body(self, limit: int = DECODED_LIMIT) -> bytes:
        """Return the payload with its Content-Encoding undone, at most ``limit`` bytes.

        Raises:
            scrapers.encoding.BodyError: it cannot be unpacked, or is larger.
        """
        return decode_body(self.payload, self.header("Content-Encoding"), limit)


def pack_response(source_key: str, kind: str, asked_url: str, response: Response) -> bytes:
    """Return the gzip member of a WARC response record."""
    headers = [(k, v) for k, v in response.headers if k.lower() not in _HOP_HEADERS]
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=BytesIO(response.payload),
        length=len(response.payload),
        http_headers=StatusAndHeaders(
            f"{response.status} {response.reason}".strip(), headers, protocol="HTTP/1.1"
        ),
        warc_headers_dict={
            "WARC-Date": response.received_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "WARC-Payload-Digest": f"sha1:{base64.b32encode(hashlib.sha1(response.payload).digest()).decode()}",
            _SOURCE: source_key,
            _KIND: kind,
            _ASKED: asked_url,
        },
    )
    writer.write_record(record)
    return _gzip_member(buffer.getvalue(), _AS_IS if response.header("Content-Encoding") else _THOROUGH)


def pack_info(file_name: str, user_agent: str) -> bytes:
    """Return the gzip member of the ``warcinfo`` record that opens a file."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version="WARC/1.1")
    info = {
        "software": f"coso/{coso.__version__}",
        "format": "WARC File Format 1.1",
        "http-header-user-agent": user_agent,
        "robots": "obeyed",
    }
    writer.write_record(writer.create_warcinfo_record(file_name, info))
    return _gzip_member(buffer.getvalue(), _THOROUGH)


def unpack_response(member: bytes) -> StoredResponse | None:
    """Read one gzip member; None when it is no response of ours (such as ``warcinfo``)."""
    record = next(iter(ArchiveIterator(BytesIO(zlib.decompress(member, zlib.MAX_WBITS | 16)))), None)
    if record is None or record.rec_type != "response":
        return None
    fields = record.rec_headers
    payload = record.raw_stream.read()
    source, asked = fields.get_header(_SOURCE), fields.get_header(_ASKED)
    return StoredResponse(
        capture_id=capture_id(source, asked, payload),
        source_key=source,
        kind=fields.get_header(_KIND),
        url=asked,
        final_url=fields.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        fetched_at=datetime.fromisoformat(fields.get_header("WARC-Date")),
        headers=tuple(record.http_headers.headers),
        payload=payload,
    )


def as_stored(source_key: str, kind: str, asked_url: str, response: Response) -> StoredResponse:
    """Return an answer as it will be read back from the archive."""
    return StoredResponse(
        capture_id=capture_id(source_key, asked_url, response.payload),
        source_key=source_key,
        kind=kind,
        url=asked_url,
        final_url=response.url,
        status=response.status,
        fetched_at=response.received_at,
        headers=response.headers,
        payload=response.payload,
    )


def capture_id(source_key: str, asked_url: str, payload: bytes) -> str:
    """Return the id of a capture: what was asked of whom, and the bytes that came."""
    return content_id("cap", [source_key, asked_url, sha256_hex(payload)])


def capture_row(stored: StoredResponse, warc_file: str, offset: int, length: int) -> Capture:
    """Return the index row of an archived answer."""
    return Capture(
        capture_id=stored.capture_id,
        source_key=stored.source_key,
        kind=stored.kind,
        url=stored.url,
        final_url=stored.final_url,
        fetched_at=stored.fetched_at,
        http_status=stored.status,
        content_type=stored.header("Content-Type"),
        content_encoding=stored.header("Content-Encoding"),
        etag=stored.header("ETag"),
        last_modified=stored.header("Last-Modified"),
        payload_sha256=sha256_hex(stored.payload),
        payload_bytes=len(stored.payload),
        warc_file=warc_file,
        warc_offset=offset,
        warc_length=length,
    )


def read_record(path: Path, offset: int, length: int, payload_sha256: str) -> StoredResponse:
    """Read one record by its place and check its digest.

    Raises:
        DamagedRecordError: the file is missing or shorter, or the bytes are not those of the index.
    """
    where = f"{path} at byte {offset}"
    mend = "restore the file from a copy; the index row stays as evidence"
    try:
        with path.open("rb") as handle:
            handle.seek(offset)
            stored = unpack_response(handle.read(length))
    except (OSError, ValueError, AttributeError, ArchiveLoadFailed, zlib.error) as error:
        raise DamagedRecordError(f"{where} cannot be read ({error})", mend) from None
    if stored is None or sha256_hex(stored.payload) != payload_sha256:
        raise DamagedRecordError(f"{where} does not hold the payload {payload_sha256[:12]}…", mend)
    return stored


def iter_members(path: Path) -> Iterator[tuple[int, int]]:
    """Yield offset and length of each complete gzip member of a file; what follows the last is cut short."""
    offset = 0
    with path.open("rb") as handle:
        while True:
            handle.seek(offset)
            length = _member_length(handle)
            if length is None:
                return
            yield offset, length
            offset += length


def iter_responses(path: Path) -> Iterator[StoredResponse | Damage]:
    """Yield every response of a sealed file in order, one in memory at a time, and every stretch that is damaged."""
    size, offset = path.stat().st_size, 0
    with path.open("rb") as handle:
        while offset < size:
            handle.seek(offset)
            length = _member_length(handle)
            if length is None:
                following = _next_member(path, offset + 1)
                yield Damage(offset, following - offset)
                offset = following
                continue
            handle.seek(offset)
            stored = unpack_response(handle.read(length))
            if stored is not None:
                yield stored
            offset += length


def _next_member(path: Path, start: int) -> int:
    """Return where the next whole gzip member begins, or the end of the file."""
    data = path.read_bytes()
    with path.open("rb") as handle:
        found = data.find(_MEMBER_MARK, start)
        while found >= 0:
            handle.seek(found)
            if _member_length(handle) is not None:
                return found
            found = data.find(_MEMBER_MARK, found + 1)
    return len(data)


def _member_length(handle: BinaryIO) -> int | None:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    fed = 0
    while block := handle.read(_BLOCK):
        fed += len(block)
        try:
            unpacker.decompress(block)
        except zlib.error:
            return None
        if unpacker.eof:
            return fed - len(unpacker.unused_data)
    return None


def _gzip_member(data: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush()
