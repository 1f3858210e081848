"""Clocks and pace: when the next request to a host may go out."""

from __future__ import annotations

import fcntl
import os
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

#: A slot booked further ahead than this was booked by a clock that has since been set back.
_FARTHEST_SECONDS = 3600.0
#: Length of a slot's file; a new slot covers the one before.
_SLOT_BYTES = 24


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """Time as the crawler sees it; tests put their own in its place.

    Attributes:
        now: the time of day, UTC.
        monotonic: seconds that never run backwards.
        sleep: waits for so many seconds.
    """

    now: Callable[[], datetime] = _utc_now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


SYSTEM_CLOCK = Clock()


class Pace(Protocol):
    """Gives out the moments at which requests to each host may start."""

    def wait(self, host: str, pace_seconds: float) -> None:
        """Return when a request to ``host`` may start, ``pace_seconds`` after the one before it."""


class HostPace:
    """A pace shared by all threads of a process.

    Slots are booked ahead, so the time a request itself takes is part of the pause and not on top of it.
    """

    def __init__(self, clock: Clock = SYSTEM_CLOCK) -> None:
        self._clock = clock
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, pace_seconds: float) -> None:
        """Return when a request to ``host`` may start, ``pace_seconds`` after the one before it."""
        with self._lock:
            now = self._clock.monotonic()
            slot = max(now, self._next.get(host, now))
            self._next[host] = slot + pace_seconds
        if slot > now:
            self._clock.sleep(slot - now)


class SharedPace:
    """A pace shared by all threads and processes that use one folder, through a locked file a host.

    The file holds the moment of the next free slot in seconds since 1970. A host without a pause (local servers
    only) costs no file. Files stay open until ``close``, since a slot is booked for each request.

    Args:
        folder: where the files lie, ``pace`` of the lake.
        clock: time, for tests.
    """

    def __init__(self, folder: Path, clock: Clock = SYSTEM_CLOCK) -> None:
        self._folder = folder
        self._clock = clock
        self._files: dict[str, int] = {}
        self._lock = threading.Lock()  # that of a file keeps out other openings of it, not other threads

    def wait(self, host: str, pace_seconds: float) -> None:
        """Return when a request to ``host`` may start, ``pace_seconds`` after the one before it."""
        if pace_seconds <= 0:
            return
        wait = self._book(host, pace_seconds)
        if wait > 0:
            self._clock.sleep(wait)

    def close(self) -> None:
        """Close the files; a later ``wait`` opens them again."""
        with self._lock:
            while self._files:
                os.close(self._files.popitem()[1])

    def _book(self, host: str, pace_seconds: float) -> float:
        """Take the next free slot of a host; return how far it is off, in seconds."""
        with self._lock:
            file = self._file_of(host)
            fcntl.flock(file, fcntl.LOCK_EX)  # released by a kill too
            try:
                now = self._clock.now().timestamp()
                slot = max(now, _read_slot(os.pread(file, _SLOT_BYTES, 0)))
                slot = now if slot - now > _FARTHEST_SECONDS + pace_seconds else slot
                os.pwrite(file, f"{slot + pace_seconds:{_SLOT_BYTES}.6f}".encode(), 0)
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)
        return slot - now

    def _file_of(self, host: str) -> int:
        if host not in self._files:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / re.sub(r"[^a-z0-9.-]", "_", host.lower())
            self._files[host] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        return self._files[host]


def _read_slot(text: bytes) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0  # cut short by a kill


#: A pace for work that touches no lake, such as drafting a source file.
PROCESS_PACE = HostPace()
