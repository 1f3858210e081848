"""Which reviews are expected by a day: the latest of each kind, and every older one that is still owed."""

from __future__ import annotations

import calendar
import re
from datetime import date

from coso.lake import Lake, read_table
from coso.places import frame_on, provinces
from coso.records import Incident, from_table

#: The check whose open incidents are the reviews that are still owed.
OVERDUE = "marts.review_missing"

_REVIEW = re.compile(r"(\d{4})(-H1)?")


def expected_reports(lake: Lake, as_of: date) -> list[tuple[str, str, str, date, bool]]:
    """Return what every province owes on a day.

    A review that was found overdue stays owed until it arrives, or until a person closes its incident: the calendar
    alone settles nothing.

    Args:
        lake: the lake with the incidents.
        as_of: the day.

    Returns:
        Province code, frame, period, the day it was due, and whether it is the latest of its kind.
    """
    latest = {
        (code, frame, period): due_on
        for period, last_day, due_on in due_reviews(as_of)
        for code, frame in provinces() if frame == frame_on(last_day)
    }  # fmt: skip
    owed = {
        (one.province_code, one.frame, one.period): due_day(one.period)
        for one in from_table(Incident, read_table(lake.quality / "incidents", Incident))
        if one.check_id == OVERDUE and one.status == "open" and one.province_code and one.frame and one.period
    }
    older = {key: due for key, due in owed.items() if key not in latest and due is not None and due < as_of}
    rows = [(*key, due, True) for key, due in latest.items()]
    return rows + [(*key, due, False) for key, due in sorted(older.items())]


def due_reviews(as_of: date) -> list[tuple[str, date, date]]:
    """Return the latest half-year and the latest yearly review that are overdue on ``as_of`` when not seen.

    Steering committees review the first half-year from June to August and the year from December to February
    (reporting cycle of the provincial committees): due on 31 August and on the last day of February.

    Returns:
        For each review its period, the last day of the period, and the day it was due.
    """
    half, full = f"{as_of.year}-H1", f"{as_of.year - 1}"
    if as_of <= _due(half):
        half = f"{as_of.year - 1}-H1"
    if as_of <= _due(full):
        full = f"{as_of.year - 2}"
    return [
        (half, date(int(half[:4]), 6, 30), _due(half)),
        (full, date(int(full), 12, 31), _due(full)),
    ]


def due_day(period: str) -> date | None:
    """Return the day by which the review of a half-year or a year was due; None for any other period."""
    return _due(period) if _REVIEW.fullmatch(period) else None


def _due(period: str) -> date:
    year = int(period[:4])
    if period.endswith("-H1"):
        return date(year, 8, 31)
    return date(year + 1, 2, calendar.monthrange(year + 1, 2)[1])
