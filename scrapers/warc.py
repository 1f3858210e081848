"""WARC 1.1 records: one gzip member a response, readable alone by file, offset and length.

The payload is what the server sent, its Content-Encoding untouched. Transfer-Encoding is dropped, since it
belongs to the connection and not to the page. Fields of our own (``Coso-*``) say for which source and why the
page was asked for, so that the index of captures can be made again from the files alone.

An answer that may hold personal data is sealed: the whole member is encrypted with a key of its source and becomes
the block of a ``resource`` record that names only source and key.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import coso
from coso.errors import CosoError
from coso.records import Capture
from scrapers.keyring import BrokenSealError, DestroyedKeyError, Keyring, SourceKey
from scrapers.packing import BROKEN, MEMBER_MARK, member_length, packed_member, stored_member, unpack_member
from scrapers.stored import StoredResponse, capture_id_of, payload_digest, with_digest

_SOURCE, _KIND, _ASKED, _KEY = "Coso-Source", "Coso-Kind", "Coso-Asked-URI", "Coso-Key"
_SEALED_TYPE = "application/vnd.coso.sealed"
#: How an index column begins whose value is sealed; the id of the key follows.
_SEALED_VALUE = "sealed:"
_HOP_HEADERS = frozenset({"transfer-encoding", "connection", "keep-alive"})
_END = b"\r\n\r\n"
#: What reading a record may raise that is not whole, or no record of an answer at all.
UNREADABLE = (ValueError, AttributeError, ArchiveLoadFailed, BrokenSealError, *BROKEN)


class DamagedRecordError(CosoError):
    """An archived record that is not what the index says."""


class DestroyedRecordError(DamagedRecordError):
    """An archived record whose key was destroyed, on purpose and for ever."""

    def __init__(self, error: DestroyedKeyError) -> None:
        super().__init__(error.what, error.mend)
        self.tombstone = error.tombstone


@dataclass(frozen=True)
class Damage:
    """A stretch of a file that holds no whole record."""

    offset: int
    length: int


@dataclass(frozen=True)
class Destroyed:
    """A record whose key was destroyed."""

    key_id: str
    offset: int


def pack_response(stored: StoredResponse) -> bytes:
    """Return the gzip member of a WARC response record, sealed when the answer has a key."""
    headers = [(name, value) for name, value in stored.headers if name.lower() not in _HOP_HEADERS]
    status = f"{stored.status} {stored.reason}".strip()
    http = StatusAndHeaders(status, headers, protocol="HTTP/1.1").to_ascii_bytes()
    fields = {
        "Content-Type": "application/http; msgtype=response",
        "WARC-Payload-Digest": f"sha256:{_sha256_base32(stored)}",
        _SOURCE: stored.source_key,
        _KIND: stored.kind,
        _ASKED: stored.url,
    }
    length = len(http) + len(stored.payload)
    head = _record_head("response", stored.final_url, stored.fetched_at, length, fields)
    # Packing what is packed already costs time and saves nothing.
    member_of = stored_member if stored.header("Content-Encoding") else packed_member
    member = member_of(head + http, stored.payload, _END)
    return _sealed_member(member, stored.fetched_at, stored.key) if stored.key else member


def _sha256_base32(stored: StoredResponse) -> str:
    digest = sha256(stored.payload).digest() if stored.key else bytes.fromhex(stored.digest)
    return base64.b32encode(digest).decode()


def _sealed_member(member: bytes, moment: datetime, key: SourceKey) -> bytes:
    sealed = key.seal(member)
    fields = {"Content-Type": _SEALED_TYPE, _SOURCE: key.source_key, _KEY: key.key_id}
    head = _record_head("resource", f"urn:coso:sealed:{key.key_id}", moment, len(sealed), fields)
    return stored_member(head, sealed, _END)


def _record_head(kind: str, address: str, moment: datetime, length: int, fields: dict[str, str]) -> bytes:
    """Return what stands before the block of a WARC record.

    Written here and not by warcio, which hashes and copies every page several times over.
    """
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<{uuid4().urn}>",
        "WARC-Target-URI": address,
        "WARC-Date": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        **fields,
        "Content-Length": str(length),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode()


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
    return packed_member(buffer.getvalue())


def unpack_response(
    member: bytes, keyring: Keyring | None = None, key: SourceKey | None = None
) -> StoredResponse | None:
    """Read one gzip member; None when it is no response of ours (such as ``warcinfo``).

    Raises:
        scrapers.keyring.DestroyedKeyError: it is sealed and its key was destroyed.
        scrapers.keyring.BrokenSealError: it is sealed and was changed.
        coso.errors.EnvironmentProblemError: it is sealed and its key is not in the keyring.
    """
    record = next(iter(ArchiveIterator(BytesIO(unpack_member(member)))), None)
    if record is None:
        return None
    fields = record.rec_headers
    if keyring and (key_id := fields.get_header(_KEY)):
        key = keyring.get(key_id)
        return unpack_response(key.open(record.raw_stream.read()), key=key)
    if record.rec_type != "response":
        return None
    payload = record.raw_stream.read()
    source, asked = fields.get_header(_SOURCE), fields.get_header(_ASKED)
    digest = payload_digest(payload, key)
    stored = StoredResponse(
        capture_id=capture_id_of(source, asked, digest),
        source_key=source,
        kind=fields.get_header(_KIND),
        url=asked,
        final_url=fields.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        fetched_at=datetime.fromisoformat(fields.get_header("WARC-Date")),
        headers=tuple(record.http_headers.headers),
        payload=payload,
        key=key,
        reason=record.http_headers.statusline.partition(" ")[2],
    )
    return with_digest(stored, digest)


def key_of_file(path: Path) -> str | None:
    """Return the id of the key that seals a file's answers; None when they are plain, or when it has none."""
    with path.open("rb") as handle:
        for offset, length in iter_members(path):
            handle.seek(offset)
            member = unpack_member(handle.read(length))
            record = next(iter(ArchiveIterator(BytesIO(member))), None)
            if record is not None and record.rec_type in {"response", "resource"}:
                found: str | None = record.rec_headers.get_header(_KEY)
                return found
    return None


def seal_value(value: str | None, key: SourceKey | None) -> str | None:
    """Return a header for the index: sealed where the answer is, since an ETag may be a digest of the page."""
    if value is None or key is None:
        return value
    return f"{_SEALED_VALUE}{key.key_id}:{base64.b64encode(key.seal(value.encode())).decode()}"


def open_value(value: str | None, keyring: Keyring) -> str | None:
    """Return a header of the index as it was sent; None when its key is gone."""
    if value is None or not value.startswith(_SEALED_VALUE):
        return value
    key_id, _, sealed = value.removeprefix(_SEALED_VALUE).partition(":")
    try:
        return keyring.get(key_id).open(base64.b64decode(sealed)).decode()
    except CosoError:
        return None


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
        etag=seal_value(stored.header("ETag"), stored.key),
        last_modified=stored.header("Last-Modified"),
        payload_sha256=stored.digest,
        payload_bytes=len(stored.payload),
        warc_file=warc_file,
        warc_offset=offset,
        warc_length=length,
    )


def read_record(path: Path, offset: int, length: int, digest: str, keyring: Keyring) -> StoredResponse:
    """Read one record by its place and check its digest.

    Raises:
        DamagedRecordError: the file is missing or shorter, or the bytes are not those of the index.
        DestroyedRecordError: its key was destroyed.
        coso.errors.EnvironmentProblemError: its key is not in the keyring.
    """
    where = f"{path} at byte {offset}"
    mend = "restore the file from a copy; the index row stays as evidence"
    try:
        with path.open("rb") as handle:
            handle.seek(offset)
            stored = unpack_response(handle.read(length), keyring)
    except DestroyedKeyError as error:
        raise DestroyedRecordError(error) from None
    except (OSError, *UNREADABLE) as error:
        raise DamagedRecordError(f"{where} cannot be read ({error})", mend) from None
    if stored is None or stored.digest != digest:
        raise DamagedRecordError(f"{where} does not hold the payload {digest[:12]}…", mend)
    return stored


def iter_members(path: Path) -> Iterator[tuple[int, int]]:
    """Yield offset and length of each complete gzip member of a file; what follows the last is cut short."""
    offset = 0
    with path.open("rb") as handle:
        while True:
            handle.seek(offset)
            length = member_length(handle)
            if length is None:
                return
            yield offset, length
            offset += length


def iter_responses(path: Path, keyring: Keyring) -> Iterator[StoredResponse | Damage | Destroyed]:
    """Yield every response of a finished file in order, one in memory at a time, and what cannot be read.

    Raises:
        coso.errors.EnvironmentProblemError: a key is not in the keyring.
    """
    size, offset = path.stat().st_size, 0
    with path.open("rb") as handle:
        while offset < size:
            handle.seek(offset)
            length = member_length(handle)
            if length is None:
                following = _next_member(path, offset + 1)
                yield Damage(offset, following - offset)
                offset = following
                continue
            handle.seek(offset)
            found = _unpacked(handle.read(length), keyring, offset)
            if found is not None:
                yield found
            offset += length


def _unpacked(member: bytes, keyring: Keyring, offset: int) -> StoredResponse | Damage | Destroyed | None:
    try:
        return unpack_response(member, keyring)
    except DestroyedKeyError as error:
        return Destroyed(error.tombstone.key_id, offset)
    except UNREADABLE:
        return Damage(offset, len(member))


def _next_member(path: Path, start: int) -> int:
    """Return where the next whole gzip member begins, or the end of the file."""
    data = path.read_bytes()
    with path.open("rb") as handle:
        found = data.find(MEMBER_MARK, start)
        while found >= 0:
            handle.seek(found)
            if member_length(handle) is not None:
                return found
            found = data.find(MEMBER_MARK, found + 1)
    return len(data)
