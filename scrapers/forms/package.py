"""Office packages: ZIP files that are looked through before anything in them is unpacked."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile

from scrapers.forms.model import FormFile
from scrapers.parse.article import UnreadableError

#: Most files in one package.
MAX_MEMBERS = 3_000
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_package(data: bytes, limit: int, form: FormFile) -> ZipFile:
    """Open a package whose every name is harmless and which unpacks to no more than ``limit`` bytes.

    Raises:
        UnreadableError: broken_file, zip_slip, encrypted or too_large.
    """
    try:
        package = ZipFile(BytesIO(data))
        members = package.infolist()
    except (BadZipFile, LargeZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableError("broken_file", f"not a whole Office file ({error}); fetch it again") from None
    for member in members:
        if _leaves(member.filename):
            raise UnreadableError("zip_slip", f"names a file outside itself: {member.filename[:100]!r}")
        if member.flag_bits & 1:
            raise UnreadableError(
                "encrypted", f"{member.filename[:100]} is under a password; save it without"
            )
    size = sum(member.file_size for member in members)
    if size > limit or len(members) > MAX_MEMBERS:
        raise UnreadableError(
            "too_large",
            f"unpacks to {size} bytes in {len(members)} files, of {len(data)}; {limit} bytes allowed",
        )
    macros = [member.filename for member in members if member.filename.lower().endswith("vbaproject.bin")]
    if macros:
        form.note("macros_ignored", f"{', '.join(macros[:3])}: macros are kept in the archive and never run")
    return package


def refuse_ole(data: bytes) -> UnreadableError:
    """Return why a file of the older container format cannot be read."""
    if _ENCRYPTED in data:
        return UnreadableError("encrypted", "the file is under a password; save it without")
    return UnreadableError("unsupported_file", "an Office file of before 2007; save it as .xlsx or .docx")


def _leaves(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name
