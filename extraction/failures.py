"""What is told of a document whose reading failed."""

from __future__ import annotations

from coso.errors import CosoError


class ReadingError(CosoError):
    """A document whose reading failed; names it."""


def reason_of(error: Exception) -> str:
    """Return what to say of an error in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def failed(name: str, reason: str) -> ReadingError:
    """Return the error that tells why a document was not read."""
    return ReadingError(
        f"{name}: reading failed ({reason})", "leave the document out and report it with its text"
    )
