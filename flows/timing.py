"""Where a run's time goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Stopwatch:
    """Wall time of a run by part, in seconds.

    Parts named ``start ...`` are other programs' own start-up: they cost the same however little there is to do.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    #: The part begun last: where a run that raised was.
    latest: str = "start"

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Add the time of a block to a part."""
        begun, self.latest = time.monotonic(), name
        try:
            yield
        finally:
            self.add(name, time.monotonic() - begun)

    def add(self, name: str, seconds: float) -> None:
        """Add seconds to a part; they may be taken from another by adding a negative number there."""
        self.seconds[name] = round(self.seconds.get(name, 0.0) + seconds, 3)


def told(seconds: dict[str, float]) -> str:
    """Return the parts as one line, start-ups together.

    >>> told({"collect": 2.04, "start Prefect": 7.0, "start dbt": 5.5})
    'collect 2.0 s, start-up of Prefect, dbt 12.5 s'
    """
    own = [f"{name} {value:.1f} s" for name, value in seconds.items() if not name.startswith("start ")]
    starts = {
        name.removeprefix("start "): value for name, value in seconds.items() if name.startswith("start ")
    }
    if starts:
        own.append(f"start-up of {', '.join(starts)} {sum(starts.values()):.1f} s")
    return ", ".join(own)
