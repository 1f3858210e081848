"""An answer of a server, as it came. Apart from the client, so that reading stored pages brings no network code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Response:
    """One answer as the server sent it: headers in order, payload with its Content-Encoding untouched."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    received_at: datetime

    def header(self, name: str) -> str | None:
        """Return the first header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)
