"""The dead man's signal: a process of its own that notices when no run has come.

``python -m expectations.deadman --home FOLDER --every 26h [--url URL]`` or ``coso deadman`` looks once, tells a channel
once for each run missed, and once when runs are back; let cron or a timer start it. It reads the lake and writes only
its own notes, so it works while a run hangs. It needs the settings and the channels that a run needs, but neither
Prefect nor dbt nor Great Expectations, nor any step that a run takes; where the lake is not there, or its runs cannot
be read, that is what it tells.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coso.errors import BadInputError, CosoError, EnvironmentProblemError, ExitCode
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


#: The trouble that a kind of alert is, where it is another than that no run came.
_TROUBLE_OF = {"clock": "platform.clock", "unreadable": "platform.lake", "no_lake": "platform.lake"}


@dataclass(frozen=True)
class DeadmanAlert:
    """What is wrong.

    Attributes:
        kind: ``no_run`` (none completed in time), ``never_ran``, ``clock`` (the last run lies in the future),
            ``unreadable`` (the runs cannot be read) or ``no_lake`` (it is not there).
        last_run: end of the last completed run; None when there is none, or none is known.
        said: the same in words.
        error: what kept it from looking.
    """

    kind: str
    last_run: datetime | None
    said: Words
    error: CosoError | None = None

    @property
    def about(self) -> str:
        """What a channel has heard of once it was told: another run missed is another thing."""
        return f"{self.kind} {self.error.what if self.error else self.last_run}"

    @property
    def exit_code(self) -> ExitCode:
        """How the command ends: 1 while no run has come, else as the error that kept it from looking."""
        return self.error.exit_code if self.error else ExitCode.FAILED

    @property
    def message(self) -> Message:
        """The message that tells it."""
        trouble = TROUBLES[_TROUBLE_OF.get(self.kind, "platform.no_run")]
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
    that is an alert too, instead of a silence until the clock catches up. So is a lake that cannot be looked into.
    """
    now = now or datetime.now(UTC)
    try:
        lake.require()
        runs = from_table(RunRow, read_table(lake.quality / "runs", RunRow))
    except CosoError as error:
        return _not_seen(error)
    except OSError as error:
        return _not_seen(
            EnvironmentProblemError(f"{lake.home} cannot be read ({error.strerror})", "check the disk")
        )
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


def _not_seen(error: CosoError) -> DeadmanAlert:
    kind = "no_lake" if isinstance(error, EnvironmentProblemError) else "unreadable"
    said = Words(
        f"không biết có lần chạy nào hoàn tất hay không: {error}",
        f"whether a run was completed cannot be seen: {error}",
    )
    return DeadmanAlert(kind, None, said, error)


def tell_once(
    lake: Lake, alert: DeadmanAlert | None, url: str, patience: float = 30.0, channel: str = DEFAULT_CHANNEL
) -> bool:
    """Tell a channel of an alert that it has not heard of, or that it is over; return whether something was sent.

    Where there is no lake there is no place for the note either: each look tells it again, and makes no folder.

    Raises:
        BadInputError: the address cannot be read.
        EnvironmentProblemError: it was told, but the note of it cannot be written: the next look tells it again.
        CosoError: the channel did not accept the message; the next look tries again.
    """
    note = lake.quality / _NOTES / re.sub(r"[^\w.-]", "_", channel)
    told = _read_note(note)
    about = None if alert is None else alert.about
    if about == told:
        return False
    if not open_channel(url, patience, f"channel {channel}")(alert.message if alert else _BACK):
        raise CosoError(
            f"channel {channel} did not accept the dead man's signal", "check address and network"
        )
    if alert is None or alert.kind != "no_lake":
        _write_note(note, about)
    return True


def _read_note(note: Path) -> str | None:
    """Return what a channel was told; one that cannot be read is none, so that the channel is told."""
    try:
        return note.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _write_note(note: Path, about: str | None) -> None:
    try:
        if about is None:
            note.unlink()
        else:
            write_atomically(note, about.encode("utf-8"))
    except OSError as error:
        raise EnvironmentProblemError(
            f"{note} cannot be written ({error.strerror})", "make room or mend the disk, else each look tells"
        ) from None


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
        return int(alert.exit_code)
    return int(ExitCode.OK)


if __name__ == "__main__":
    sys.exit(main())
