"""Hosts that asked to be left alone for longer than a crawl waits (Retry-After), remembered between runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coso.lake import Lake, write_atomically
from coso.settings import VIETNAM_TIME
from scrapers.pace import SYSTEM_CLOCK, Clock

#: A host is left alone no longer than this for one answer: a slip of its server must not end its collection for good.
LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class Pause:
    """What a host asked for.

    Attributes:
        host: the host with its port.
        until: no request before then, UTC.
        said_at: when it said so, UTC.
        http_status: status of the answer that said so, such as 429 or 503.
        source_key: the source that was being fetched.
    """

    host: str
    until: datetime
    said_at: datetime
    http_status: int
    source_key: str

    def __str__(self) -> str:
        """Say it in one line, in Vietnam's time."""
        until = f"{self.until.astimezone(VIETNAM_TIME):%Y-%m-%d %H:%M} (GMT+7)"
        return f"{self.host} asked for no request before {until} (HTTP {self.http_status}, Retry-After)"


class Pauses:
    """The pauses of one lake, one small file a host; a pause ends by its time, or when its file is removed.

    Args:
        lake: the lake.
        clock: time, for tests.
    """

    def __init__(self, lake: Lake, clock: Clock = SYSTEM_CLOCK) -> None:
        self._folder = lake.home / "pauses"
        self._clock = clock

    def note(self, host: str, seconds: float, http_status: int, source_key: str) -> None:
        """Remember that a host asked to be left alone for so many seconds from now, at most ``LONGEST``."""
        now = self._clock.now()
        until = now + timedelta(seconds=min(seconds, LONGEST.total_seconds()))
        values = asdict(Pause(host, until, now, http_status, source_key))
        write_atomically(self._path(host), json.dumps(values, default=datetime.isoformat).encode())

    def standing(self, host: str) -> Pause | None:
        """Return the pause of a host that has not passed yet."""
        pause = _read(self._path(host))
        return pause if pause and self._stands(pause) else None

    def all_standing(self) -> Iterator[Pause]:
        """Yield every pause that has not passed yet, by host."""
        for path in sorted(self._folder.glob("*.json")):
            pause = _read(path)
            if pause and self._stands(pause):
                yield pause

    def _stands(self, pause: Pause) -> bool:
        # One noted further ahead than any may be is of a clock that has since been set back.
        return timedelta(0) < pause.until - self._clock.now() <= LONGEST

    def _path(self, host: str) -> Path:
        return self._folder / f"{re.sub(r'[^a-z0-9.-]', '_', host.lower())}.json"


def _read(path: Path) -> Pause | None:
    """Return what a file says; one that is cut short or damaged says nothing."""
    try:
        values = json.loads(path.read_bytes())
        moments = {name: datetime.fromisoformat(values[name]) for name in ("until", "said_at")}
        return Pause(**values | moments)
    except (OSError, ValueError, TypeError, KeyError):
        return None
