"""Unpacking of HTTP bodies with a bound, so that a small answer cannot become an endless one."""

from __future__ import annotations

from scrapers.packing import BROKEN, DEFLATE, GZIP, ZLIB, unpacker


class BodyError(Exception):
    """A body that cannot be unpacked as its Content-Encoding says."""


class TruncatedBodyError(BodyError):
    """The packed body ends before its own end mark."""


class OversizedBodyError(BodyError):
    """The body is longer than allowed once unpacked."""


_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_NAMES = frozenset({"gzip", "x-gzip"})
#: Text packs to a third or a twentieth; what packs better than this is unpacked to see what it is.
_DENSEST_PAGE = 32
#: Text packs to a third at least, so that a third of the bytes wanted is enough to unpack.
_LOOSEST_TEXT = 3


def decode_body(payload: bytes, content_encoding: str | None, limit: int) -> bytes:
    """Undo the Content-Encoding of ``payload``; at most ``limit`` bytes come out.

    Raises:
        TruncatedBodyError: the packed body is cut short.
        OversizedBodyError: more than ``limit`` bytes would come out.
        BodyError: the encoding is unknown, or the bytes are not in it.
    """
    body = payload
    for name in reversed([part.strip().lower() for part in (content_encoding or "").split(",")]):
        if name in _GZIP_NAMES:
            body = gunzip(body, limit)
        elif name == "deflate":
            body = _inflate(body, limit)
        elif name not in {"", "identity"}:
            raise BodyError(f"Content-Encoding {name!r} was not asked for and cannot be unpacked")
    if len(body) > limit:
        raise OversizedBodyError(f"body is longer than {limit} bytes")
    return body


def decode_beginning(payload: bytes, content_encoding: str | None, limit: int, length: int) -> bytes | None:
    """Return the beginning of a packed body that shows at both its ends that it is whole.

    A gzip file states at its end how long it is unpacked (RFC 1952). One that was cut off ends in packed bytes
    instead: the chance that they state a length which pages have is under one in a thousand. What is wrong in
    between is found by whoever unpacks it all.

    Args:
        payload: the body as sent.
        content_encoding: its header.
        limit: most bytes that may come out.
        length: most bytes wanted; as many as that come of text.

    Returns:
        None when the ends do not tell, or the body is not longer than ``length``.
    """
    stated = int.from_bytes(payload[-4:], "little")
    if (content_encoding or "").strip().lower() not in _GZIP_NAMES or not length < stated <= limit:
        return None
    if not len(payload) < stated <= len(payload) * _DENSEST_PAGE:
        return None
    try:
        beginning: bytes = unpacker(GZIP).decompress(payload[: length // _LOOSEST_TEXT], length)
    except BROKEN:
        return None
    return beginning


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpack all gzip members of ``data``; zero padding at the end is passed over.

    Raises: as ``decode_body``.
    """
    if not data:
        return b""
    body, rest = _one_stream(data, GZIP, limit)
    if not rest:
        return body
    out = bytearray(body)
    while rest.strip(b"\x00"):
        chunk, rest = _one_stream(rest, GZIP, limit - len(out))
        out += chunk
    return bytes(out)


def is_gzip(data: bytes) -> bool:
    """Say whether ``data`` begins like a gzip file."""
    return data.startswith(_GZIP_MAGIC)


def _inflate(data: bytes, limit: int) -> bytes:
    if not data:
        return b""
    try:
        return _one_stream(data, ZLIB, limit)[0]
    except (TruncatedBodyError, OversizedBodyError):
        raise
    except BodyError:  # some servers send raw deflate under this name
        return _one_stream(data, DEFLATE, limit)[0]


def _one_stream(data: bytes, window: int, limit: int) -> tuple[bytes, bytes]:
    stream = unpacker(window)
    try:
        body: bytes = stream.decompress(data, limit + 1)
    except BROKEN as error:
        raise BodyError(f"packed body is broken ({error})") from None
    if len(body) > limit:
        raise OversizedBodyError(f"{len(data)} packed bytes unpack to more than {limit}")
    if not stream.eof:
        raise TruncatedBodyError(f"packed body is cut short after {len(data)} bytes")
    return body, stream.unused_data
