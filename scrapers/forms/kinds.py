"""Files that forms come in, told by their first bytes, whatever name or type they bear."""

from __future__ import annotations

from typing import Literal

ZIP_MARK = b"PK\x03\x04"
#: First bytes of the older Office formats, and of newer ones under a password.
OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
PDF_MARK = b"%PDF-"

FileKind = Literal["package", "ole", "pdf"]


def file_kind(start: bytes) -> FileKind | None:
    """Return what a body is by its first bytes, None when it is no file that forms come in."""
    if start.startswith(ZIP_MARK):
        return "package"
    if start.startswith(OLE_MARK):
        return "ole"
    return "pdf" if PDF_MARK in start[:1024] else None


def is_form_file(body: bytes) -> bool:
    """Say whether a body is an Office file or a PDF."""
    return file_kind(body) is not None
