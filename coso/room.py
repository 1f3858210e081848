"""Room on the disk: an error of a full one, whatever library met it, told with the file, what is free, and the mend."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coso.errors import CosoError, EnvironmentProblemError, first_line

#: The disk, a quota, or the size that a file may have is exhausted.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

#: What programs that report in words alone say of it: the system, DuckDB and SQLite.
_SIGNS = (
    "No space left on device",
    "Disk quota exceeded",
    "File too large",
    "Could not write all bytes",
    "database or disk is full",
)

#: With less than this free (bytes) whatever failed is taken for a consequence, such as a server that could not start.
_LEAST = 1 << 20

_MEND = (
    "make room there, then run again: nothing is lost, what was archived, landed and published stays, and the next run "
    "goes on from it (warehouse/ may be removed, it is built anew)"
)


class NoRoomError(EnvironmentProblemError):
    """A file cannot be written because the disk is full, or another bound of size is reached."""


def no_room(place: Path, reason: str | None) -> NoRoomError:
    """Return the error that tells that a file, or one in a folder, cannot be written, and how much is free there."""
    return NoRoomError(
        f"{place} cannot be written: {reason or 'no room'}; {_free(place) / 1e6:,.1f} MB are free there",
        _MEND,
    )


@contextmanager
def told_when_full(place: Path) -> Iterator[None]:
    """Tell of a full disk met by the block, which writes at ``place``; any other error passes.

    Raises:
        NoRoomError: the disk is full.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise no_room(place, error.strerror) from None


def full_disk(home: Path, error: BaseException) -> NoRoomError | None:
    """Return the error to tell instead of ``error`` where that came of a full disk, None where it did not.

    Args:
        home: the lake's root, told where no file is known.
        error: what some step, library or child process raised.
    """
    for one in _chain(error):
        if isinstance(one, NoRoomError):
            return one
        if isinstance(one, OSError) and one.errno in _FULL:
            return no_room(Path(one.filename) if isinstance(one.filename, str) else home, one.strerror)
    signs = [line for line in str(error).splitlines() if any(sign in line for sign in _SIGNS)]
    if signs:
        return no_room(home, signs[0].strip())
    if not isinstance(error, CosoError) and is_full(home):
        return no_room(home, first_line(error) or type(error).__name__)
    return None


def is_full(place: Path) -> bool:
    """Say whether next to nothing can be written at a place any more."""
    return _free(place) < _LEAST


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _free(place: Path) -> int:
    """Return the free bytes of the disk on which a place lies, or would lie."""
    there = next(folder for folder in (place, *place.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free
