"""Telling a person how far a run is; silent unless the command line asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Reporter(Protocol):
    """Receives the progress of a run; called from several threads."""

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of ``total`` steps, or of unknown length."""

    def advance(self, detail: str) -> None:
        """One step of the current stage is done."""


class _Silent:
    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, detail: str) -> None:
        """Say nothing."""


_SILENT = _Silent()
_current: list[Reporter] = [_SILENT]


def reporter() -> Reporter:
    """Return the reporter in charge."""
    return _current[-1]


@contextmanager
def reporting(to: Reporter) -> Iterator[None]:
    """Put a reporter in charge for the duration of a block."""
    _current.append(to)
    try:
        yield
    finally:
        _current.remove(to)
