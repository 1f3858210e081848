"""Clocks and pace: when the next request to a host may go out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


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


class HostPace:
    """Gives out the moments at which requests to each host may start; shared by all threads of a process.

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


#: The pace all crawls of this process keep together.
PROCESS_PACE = HostPace()
