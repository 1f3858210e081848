"""Clocks and pace: when the next request to a host may go out."""

from __future__ import annotations

import fcntl
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
    """A pace shared by all processes that use one folder, through a locked file a host.

    The file holds the moment of the next free slot in seconds since 1970. A host without a pause (local servers
    only) costs no file.

    Args:
        folder: where the files lie, ``pace`` of the lake.
        clock: time, for tests.
    """

    def __init__(self, folder: Path, clock: Clock = SYSTEM_CLOCK) -> None:
        self._folder = folder
        self._clock = clock

    def wait(self, host: str, pace_seconds: float) -> None:
        """Return when a request to ``host`` may start, ``pace_seconds`` after the one before it."""
        if pace_seconds <= 0:
            return
        wait = self._book(host, pace_seconds)
        if wait > 0:
            self._clock.sleep(wait)

    def _book(self, host: str, pace_seconds: float) -> float:
        """Take the next free slot of a host; return how far it is off, in seconds."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / re.sub(r"[^a-z0-9.-]", "_", host.lower())
        with path.open("a+", encoding="ascii") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)  # released when the file is closed, also by a kill
            handle.seek(0)
            now = self._clock.now().timestamp()
            slot = max(now, _read_slot(handle.read()))
            slot = now if slot - now > _FARTHEST_SECONDS + pace_seconds else slot
            handle.truncate(0)
            handle.write(f"{slot + pace_seconds:.6f}")
        return slot - now


def _read_slot(text: str) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0  # cut short by a kill


#: A pace for work that touches no lake, such as drafting a source file.
PROCESS_PACE = HostPace()
