"""What the terminal shows: consoles, tables and progress bars."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from rich.console import Console, JustifyMethod
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from coso.errors import BadInputError
from flows.progress import reporting

#: Width of output that goes to a file or a pipe, in columns.
PIPED_WIDTH = 140


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else PIPED_WIDTH)


#: What a command answers goes to standard output, and only that.
out = _console(stderr=False)

#: Progress and errors go to standard error, so that output can be piped.
errors = _console(stderr=True)


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    numbers: Iterable[str] = (),
    whole: Iterable[str] = (),
) -> Table:
    """Return a table; ``numbers`` are the columns set flush right, ``whole`` those that are never broken."""
    flush_right, unbroken = set(numbers), set(whole)
    shown = Table(title=title, title_justify="left", header_style="bold", expand=False)
    for column in columns:
        side: JustifyMethod = "right" if column in flush_right else "left"
        shown.add_column(column, justify=side, overflow="fold", no_wrap=column in unbroken)
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    return shown


def vietnamese_number(value: float) -> str:
    """Return a number as it is written in Vietnam: 1.786 and 94,5.

    >>> vietnamese_number(1786.0), vietnamese_number(94.5)
    ('1.786', '94,5')
    """
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.6f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,"))


_DIRECTION_MARKS = {"above": "> ", "below": "< ", "about": "≈ "}


def marked_number(value: float, direction: str | None) -> str:
    """Return a number as `vietnamese_number` does, with a mark where it was told loosely.

    >>> marked_number(500, "above"), marked_number(500, "about"), marked_number(500, None)
    ('> 500', '≈ 500', '500')
    """
    return _DIRECTION_MARKS.get(direction or "", "") + vietnamese_number(value)


def read_day(option: str, text: str) -> date:
    """Return the day an option gives.

    Raises:
        BadInputError: it is no date.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInputError(f"{option} {text!r} is not a date", "write it as YYYY-MM-DD") from None


class _Bars:
    """Shows each stage of a run as a bar."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._lock = threading.Lock()

    def stage(self, name: str, total: int | None) -> None:
        """Begin a bar."""
        with self._lock:
            self._task = self._progress.add_task(name, total=total, detail="")

    def advance(self, detail: str) -> None:
        """Move the current bar on."""
        with self._lock:
            if self._task is not None:
                self._progress.update(self._task, advance=1, detail=detail)


@contextmanager
def progress_bars() -> Iterator[None]:
    """Show the progress of the runs inside the block on standard error."""
    columns = (
        TextColumn("{task.description:<18}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[detail]}"),
    )
    with Progress(*columns, console=errors) as progress, reporting(_Bars(progress)):
        yield
