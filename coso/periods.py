"""Period notation (``docs/periods.md``): what a string such as ``2024-H1`` covers, and how to write it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from coso.errors import BadInputError
from coso.late_patterns import late

_FORM = late(r"(\d{4})(?:-(H[12]|9M|Q[1-4]|YTD\d{1,2}|\d{2}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """Days covered by a period.

    Attributes:
        first_day: first day.
        last_day: last day, None when the period is open.
    """

    first_day: date
    last_day: date | None


def parse_period(notation: str) -> Period:
    """Read a period of ``docs/periods.md``.

    Raises:
        BadInputError: ``notation`` is not such a period.
    """
    text = notation.strip().upper()
    left, span, right = text.partition("..")
    first, first_end = _months(left, notation)
    last = (_months(right, notation)[1] if right else None) if span else first_end
    if last is not None and last < first:
        raise BadInputError(f"period {notation!r} ends before it begins", "write the earlier end first")
    last_day = None if last is None else date(last[0], last[1], calendar.monthrange(*last)[1])
    return Period(date(first[0], first[1], 1), last_day)


def months_of(notation: str) -> int | None:
    """Return how many months a period covers, None when it is open.

    Raises:
        BadInputError: ``notation`` is no period.
    """
    period = parse_period(notation)
    if period.last_day is None:
        return None
    first, last = period.first_day, period.last_day
    return 12 * (last.year - first.year) + last.month - first.month + 1


def write_months(year: int, first: int, last: int) -> str:
    """Return the shortest notation of months ``first`` to ``last`` of one year, such as ``2024-H1``."""
    if first == 1:
        named = {12: "", 6: "-H1", 9: "-9M", 3: "-Q1", 1: "-01"}
        return f"{year}{named.get(last, f'-YTD{last:02d}')}"
    if first == last:
        return f"{year}-{first:02d}"
    if (first, last) == (7, 12):
        return f"{year}-H2"
    if first % 3 == 1 and last == first + 2:
        return f"{year}-Q{last // 3}"
    return f"{year}-{first:02d}..{year}-{last:02d}"


def earlier(notation: str, years: int = 1) -> str:
    """Return the same months ``years`` earlier.

    Raises:
        BadInputError: ``notation`` is not a period.
    """
    parse_period(notation)
    return re.sub(r"(?<!\d)\d{4}(?!\d)", lambda match: str(int(match.group()) - years), notation)


def _months(text: str, whole: str) -> tuple[tuple[int, int], tuple[int, int]]:
    match = _FORM.fullmatch(text.strip())
    first, last = _part(match.group(2)) if match else (0, 0)
    if match is None or not 1 <= first <= last <= 12 or match.group(1) == "0000":
        raise BadInputError(
            f"period {whole!r} cannot be read",
            "write it as 2024, 2024-H1 or -H2, 2024-9M, 2024-Q1, 2024-07, 2024-YTD10, 2019..2022 or 2023.. "
            "(docs/periods.md)",
        )
    year = int(match.group(1))
    return (year, first), (year, last)


def _part(part: str | None) -> tuple[int, int]:
    if part is None:
        return 1, 12
    if part[0] == "H":
        return (1, 6) if part == "H1" else (7, 12)
    if part == "9M":
        return 1, 9
    if part[0] == "Q":
        return 3 * int(part[1]) - 2, 3 * int(part[1])
    if part.startswith("YTD"):
        return 1, int(part[3:])
    return int(part), int(part)
