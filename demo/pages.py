"""What a portal serves: pages by address, each with its bytes fixed before the first request."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property

from demo.truth import Conduct

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
GZIP_FILE = "application/x-gzip"


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        body: bytes before any Content-Encoding.
        content_type: header as sent.
        modified: time of the last change.
        conduct: what it does besides answering (``demo/truth.yml``).
        status: HTTP status code.
    """

    body: bytes
    content_type: str
    modified: datetime
    conduct: Conduct | None = None
    status: int = 200

    @cached_property
    def etag(self) -> str:
        """Strong entity tag, made of the bytes."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @cached_property
    def last_modified(self) -> str:
        """``Last-Modified`` header."""
        return format_datetime(self.modified.astimezone(UTC), usegmt=True)

    @cached_property
    def packed(self) -> bytes:
        """The body under gzip, the same bytes at each start."""
        return gzip.compress(self.body, 6, mtime=0)

    @property
    def may_be_packed(self) -> bool:
        """Whether gzip is offered: not for a file that is packed already."""
        return self.content_type != GZIP_FILE


#: Pages by path and query, such as ``/tin-moi?page=2``.
Pages = Mapping[str, Page]
