"""Errors a person can act on: each names the thing, the place and the mend."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class ExitCode(IntEnum):
    """Exit codes of the ``coso`` command line."""

    OK = 0
    FAILED = 1
    USAGE = 2
    BAD_INPUT = 3
    BUSY = 4
    ENVIRONMENT = 5


class CosoError(Exception):
    """A failure that is told to the user in one line.

    Args:
        what: the thing that failed, with its file or address and the place in it.
        mend: what the user can do about it.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}; {mend}")
        self.what = what
        self.mend = mend

    def __reduce__(self) -> tuple[Callable[..., CosoError], tuple[type[CosoError], str, dict[str, Any]]]:
        """Let the error pass from a worker process to its parent; made anew as usual it would lack its parts."""
        return _made_anew, (type(self), str(self), self.__dict__)


def _made_anew(kind: type[CosoError], message: str, parts: dict[str, Any]) -> CosoError:
    error = kind.__new__(kind, message)
    error.__dict__.update(parts)
    return error


class BadInputError(CosoError):
    """Input that cannot be read: a broken file, an unknown name, a wrong encoding."""

    exit_code = ExitCode.BAD_INPUT


class BusyError(CosoError):
    """Something else holds what is needed: another run, a port, a lock."""

    exit_code = ExitCode.BUSY


class EnvironmentProblemError(CosoError):
    """The surroundings are wrong: a folder that cannot be written, a missing program."""

    exit_code = ExitCode.ENVIRONMENT


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says; libraries add a drawing of the place, or a traceback, below it."""
    return str(error).strip().split("\n", 1)[0]
