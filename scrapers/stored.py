"""An archived answer as its readers see it. Apart from the archive's format, so that reading pages needs none of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from coso.ids import content_id, sha256_hex
from scrapers.encoding import decode_body

if TYPE_CHECKING:
    from scrapers.keyring import SourceKey
    from scrapers.response import Response

#: Header of an imported file: the publication day as the person who brought it states it.
PUBLISHED_HEADER = "Coso-Published-On"
#: Header of an attachment: the page that links to it.
FOUND_HEADER = "Coso-Found-On"
#: Most bytes one stored body may unpack to when no source says otherwise.
DECODED_LIMIT = 40_000_000


@dataclass(frozen=True)
class StoredResponse:
    """One archived answer with what it was asked for, and the key that seals it in the archive, if any."""

    capture_id: str
    source_key: str
    kind: str
    url: str
    final_url: str
    status: int
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    key: SourceKey | None = field(default=None, repr=False, compare=False)
    reason: str = field(default="", compare=False)

    @cached_property
    def digest(self) -> str:
        """Digest of the payload: SHA-256, or HMAC-SHA-256 under the key that seals it."""
        return payload_digest(self.payload, self.key)

    def header(self, name: str) -> str | None:
        """Return the first header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def body(self, limit: int = DECODED_LIMIT) -> bytes:
        """Return the payload with its Content-Encoding undone, at most ``limit`` bytes.

        Raises:
            scrapers.encoding.BodyError: it cannot be unpacked, or is larger.
        """
        return decode_body(self.payload, self.header("Content-Encoding"), limit)


def as_stored(
    source_key: str, kind: str, asked_url: str, response: Response, key: SourceKey | None = None
) -> StoredResponse:
    """Return an answer as it will be read back from the archive."""
    digest = payload_digest(response.payload, key)
    stored = StoredResponse(
        capture_id=capture_id_of(source_key, asked_url, digest),
        source_key=source_key,
        kind=kind,
        url=asked_url,
        final_url=response.url,
        status=response.status,
        fetched_at=response.received_at,
        headers=response.headers,
        payload=response.payload,
        key=key,
        reason=response.reason,
    )
    return with_digest(stored, digest)


def with_digest(stored: StoredResponse, digest: str) -> StoredResponse:
    """Note the digest that is known already, so that nobody makes it again."""
    vars(stored)["digest"] = digest
    return stored


def capture_id(source_key: str, asked_url: str, payload: bytes, key: SourceKey | None = None) -> str:
    """Return the id of a capture: what was asked of whom, and the bytes that came, by a keyed digest if sealed."""
    return capture_id_of(source_key, asked_url, payload_digest(payload, key))


def capture_id_of(source_key: str, asked_url: str, digest: str) -> str:
    """Return the id of a capture whose digest is known."""
    return content_id("cap", [source_key, asked_url, digest])


def payload_digest(payload: bytes, key: SourceKey | None) -> str:
    """Return the digest of a payload: SHA-256, or HMAC-SHA-256 under the key that seals it."""
    return key.digest(payload) if key else sha256_hex(payload)
