"""Periods of a form: said by its title, by the heading of a column or a row, or counted from the start of the year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coso.errors import BadInputError
from coso.periods import parse_period, write_months
from coso.text import fold
from extraction import when
from extraction.forms.headings import with_year

#: Forms of mentions that name months of a year by themselves.
_NAMED = frozenset({"year", "half", "nine", "months", "quarter", "month"})


@dataclass(frozen=True)
class Clock:
    """What a table knows about time.

    Attributes:
        calendar: day of publication, or the year the form speaks of.
        period: period of the form; None when it is not said.
    """

    calendar: when.Calendar
    period: str | None

    def year_to_date(self) -> str | None:
        """Return the months from January to the end of the period."""
        if self.period is None:
            return None
        last = parse_period(self.period).last_day
        return write_months(last.year, 1, last.month) if last else None

    def read(self, roles: frozenset[str], headings: Iterable[str]) -> str | None:
        """Return the period of a cell by the roles and the words of its headings, the innermost heading first."""
        texts = list(headings)
        named = next((found for text in texts if (found := self._named(text))), None)
        if "prior_period" in roles and named is None:
            return None
        base = self.year_to_date() if "year_to_date" in roles else self.period
        if "same_period" in roles:
            said = next((text for text in texts if "cùng k" in text.lower()), "cùng kỳ năm trước")
            return self.year_before(fold(said).text, base)
        return named or base

    def _named(self, text: str) -> str | None:
        for moment in when.find_moments(fold(with_year(text)).text):
            if moment.baseline or moment.plan or not (moment.notation or moment.form in _NAMED):
                continue
            if moment.form == "year" and not moment.year:
                continue
            year = int(self.period[:4]) if self.period else None
            return when.resolve(moment, self.calendar, year)
        return None

    def year_before(self, said: str, period: str | None) -> str | None:
        """Return the period that words such as "cùng kỳ năm 2023" name, seen from another."""
        try:
            return when.baseline_of(said, period) if period else None
        except BadInputError:
            return None


def open_clock(title: str, context: Iterable[str], published: str | None) -> Clock:
    """Find out which period a table is about: from the lines above it, then from the title of the form."""
    lines = [fold(text).text for text in (*context, title)]
    moments = [when.find_moments(line) for line in lines]
    flat = [moment for found in moments for moment in found]
    calendar = when.open_calendar(published, when.find_moments(fold(title).text), flat, "\n".join(lines))
    ruling = [moment for moment in flat if when.rules(moment)]
    ruling.sort(key=lambda moment: moment.form not in _NAMED)
    period = next((found for one in ruling if (found := when.resolve(one, calendar, None))), None)
    return Clock(calendar, period or when.as_of("\n".join(lines)))
