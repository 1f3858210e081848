"""The dead man's signal: a process of its own that notices when no run has come.

``python -m expectations.deadman --home FOLDER --every 26h [--url URL]`` or ``coso deadman`` looks once, tells a channel
once for each run missed, and once when runs are back; let cron or a timer start it. It reads the lake and writes only
its own notes, so it works while a run hangs. It needs the lake, the settings and the channels that a run needs, but
neither Prefect nor dbt nor Great Expectations, nor any step that a run takes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coso.errors import BadInputError, CosoError
from coso.lake import Lake, read_table, write_atomically
from coso.records import RunRow, from_table
from coso.settings import VIETNAM_TIME
from expectations.alerts import DEFAULT_CHANNEL, open_channel
from expectations.messages import PLATFORM, Message
from expectations.model import Words
from expectations.platform import CLOCK_SLACK
from expectations.routing import Route
from expectations.troubles import TROUBLES

#: Notes of what each channel was told, so that it is told once.
_NOTES = "deadman"


@dataclass(frozen=True)
class DeadmanAlert:
    """What is wrong.

    Attributes:
        kind: ``no_run`` (none completed in time), ``never_ran`` or ``clock`` (the last run lies in the future).
        last_run: end of the last completed run; None when there is none.
        said: the same in words.
    """

    kind: str
    last_run: datetime | None
    said: Words

    @property
    def message(self) -> Message:
        """The message that tells it."""
        trouble = TROUBLES["platform.clock" if self.kind == "clock" else "platform.no_run"]
        vi = (self.said.vi, f"Mong đợi: {trouble.expected.vi}", f"Cần làm: {trouble.mend.vi}")
        en = (self.said.en, f"Expected: {trouble.expected.en}", f"To do: {trouble.mend.en}")
        body = "\n".join((*vi, "", "— English —", "", *en, "", f"docs/runbooks/{trouble.runbook}"))
        return Message(f"[Cơ Sở] {PLATFORM.vi}: {trouble.title.vi} / {trouble.title.en}", body, "failure")


#: What is told once runs come again.
_BACK = Message(
    f"[Cơ Sở] {PLATFORM.vi}: đã có lần chạy mới / runs are back",
    "Đã có một lần chạy hoàn tất đúng hạn.\n\n— English —\n\nA run was completed in time again.",
    "success",
)


def check(lake: Lake, due: timedelta, now: datetime | None = None) -> DeadmanAlert | None:
    """Return what is wrong when no run was completed within ``due``, or None.

    A clock that was set back makes the last run lie in the future: then nothing can be said of the time since, and
    that is an alert too, instead of a silence until the clock catches up.
    """
    now = now or datetime.now(UTC)
    runs = from_table(RunRow, read_table(lake.quality / "runs", RunRow))
    ended = [one.ended_at for one in runs if one.status == "completed" and one.ended_at is not None]
    if not ended:
        return DeadmanAlert(
            "never_ran", None, Words("chưa có lần chạy nào hoàn tất", "no run has ever been completed")
        )
    last = max(ended)
    shown = f"{last.astimezone(VIETNAM_TIME):%d/%m/%Y %H:%M} (GMT+7)"
    if last > now + CLOCK_SLACK:
        said = Words(
            f"lần chạy gần nhất ghi {shown}, sau giờ hiện tại của máy: đồng hồ đã nhảy",
            f"the last run is dated {shown}, later than this machine's clock: the clock has jumped",
        )
        return DeadmanAlert("clock", last, said)
    if now - last <= due:
        return None
    hours = round(due.total_seconds() / 3600, 1)
    said = Words(
        f"lần chạy hoàn tất gần nhất lúc {shown}, quá hạn {hours:g} giờ",
        f"the last completed run ended at {shown}; one is due every {hours:g} hours",
    )
    return DeadmanAlert("no_run", last, said)


def tell_once(
    lake: Lake, alert: DeadmanAlert | None, url: str, patience: float = 30.0, channel: str = DEFAULT_CHANNEL
) -> bool:
    """Tell a channel of an alert that it has not heard of, or that it is over; return whether something was sent.

    Raises:
        BadInputError: the address cannot be read.
        CosoError: the channel did not accept the message; the next look tries again.
    """
    note = lake.quality / _NOTES / re.sub(r"[^\w.-]", "_", channel)
    told = note.read_text(encoding="utf-8") if note.exists() else None
    about = None if alert is None else f"{alert.kind} {alert.last_run}"
    if about == told:
        return False
    if not open_channel(url, patience, f"channel {channel}")(alert.message if alert else _BACK):
        raise CosoError(
            f"channel {channel} did not accept the dead man's signal", "check address and network"
        )
    if about is None:
        note.unlink()
    else:
        write_atomically(note, about.encode("utf-8"))
    return True


def tell_all(lake: Lake, alert: DeadmanAlert | None, routes: Sequence[Route], patience: float = 30.0) -> None:
    """Tell every channel that hears of the platform; one that fails stops no other.

    Raises:
        CosoError: what went wrong with the first channel that failed, once all were tried.
    """
    problems: list[CosoError] = []
    for route in routes:
        if not route.platform:
            continue
        try:
            tell_once(lake, alert, route.url, patience, route.name)
        except CosoError as problem:
            problems.append(problem)
    if problems:
        raise problems[0]


def read_span(text: str) -> timedelta:
    """Read a span of time such as ``26h``, ``90m`` or ``2d``.

    Raises:
        BadInputError: it is none.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([mhd])", text.strip())
    if match is None:
        raise BadInputError(f"{text!r} is no span of time", "write it like 90m, 26h or 2d")
    unit = {"m": "minutes", "h": "hours", "d": "days"}[match.group(2)]
    return timedelta(**{unit: float(match.group(1))})


def main(arguments: list[str] | None = None) -> int:
    """Look once; exit with 1 when something is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m expectations.deadman", description="The dead man's signal."
    )
    parser.add_argument("--home", type=Path, required=True, help="COSO_HOME")
    parser.add_argument("--every", default="26h", help="how often a run is due, such as 26h")
    parser.add_argument("--url", help="apprise address that is told")
    given = parser.parse_args(arguments)
    lake = Lake(given.home)
    try:
        alert = check(lake, read_span(given.every))
        if given.url:
            tell_once(lake, alert, given.url)
    except CosoError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)
    if alert is not None:
        sys.stderr.write(f"{alert.said.en}\n")
    return 1 if alert else 0


if __name__ == "__main__":
    sys.exit(main())
