"""How many of Duckling's Vietnamese test phrases our number and period grammar reads as Duckling does.

``python -m benchmarks.extraction.duckling`` prints, for numbers, đồng and days, how many meanings agree out of those
that lie in our domain, and every phrase that does not. ``--all`` lists those outside the domain too.
"""

from __future__ import annotations

import argparse
import calendar
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.extraction.amounts import Amount, read_amount
from coso.numbers import read_value
from coso.period_words import read_when
from coso.periods import Period, parse_period
from extraction import read_text

PHRASES = Path(__file__).resolve().parent.parent.parent / "tests" / "extraction" / "duckling"

#: The day from which Duckling's phrases are said.
TODAY = date(2017, 2, 2)

_CLOCK = {"hour", "minute", "second"}


@dataclass(frozen=True)
class Phrase:
    """One phrase and what became of it.

    Attributes:
        text: the phrase.
        meant: its meaning, in Duckling's eyes.
        read: its meaning in ours; None when we read none.
        outside: why it lies outside our domain; None when it does not.
    """

    text: str
    meant: object
    read: object
    outside: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether both see the same meaning."""
        return self.meant == self.read


def numerals() -> list[Phrase]:
    """Return the phrases of numbers; all lie in our domain."""
    return [
        Phrase(row["phrase"], float(row["value"]), read_value(row["phrase"])) for row in _rows("numerals")
    ]


def money() -> list[Phrase]:
    """Return the phrases of money; only đồng lie in our domain."""
    return [
        Phrase(
            row["phrase"],
            Amount(_number(row["low"]), _number(row["high"])),
            read_amount(row["phrase"]),
            None if row["currency"] == "VND" else "another currency",
        )
        for row in _rows("money")
    ]


def days() -> list[Phrase]:
    """Return the phrases of time; those of a day and more lie in our domain, instants do not."""
    return [_day(row, lambda text: read_when(text, TODAY, ahead=True)) for row in _rows("time")]


def periods_of_the_engine() -> list[Phrase]:
    """Return the phrases of months, quarters and years as the engine reads them in the text of a report.

    A report speaks of what is over or under way; what is still to come lies outside its domain.
    """
    rows = [row for row in _rows("time") if row["grain"] in {"month", "quarter", "year"}]
    return [_day(row, _as_the_engine, report=True) for row in rows]


def _as_the_engine(text: str) -> Period | None:
    sentence = f"{text[0].upper()}{text[1:]}, toàn tỉnh tổ chức 31 cuộc đối thoại với Nhân dân."
    reading = read_text(sentence, published=TODAY.isoformat(), source_province="Hà Nam")
    notation = reading.facts[0].period if reading.facts else None
    return parse_period(notation) if notation else None


def _day(row: dict[str, str], read: Callable[[str], Period | None], *, report: bool = False) -> Phrase:
    if row["grain"] in _CLOCK:
        return Phrase(row["phrase"], f"{row['start']} {row['end']}".strip(), None, "a time of day")
    first = date.fromisoformat(row["start"])
    last = date.fromisoformat(row["end"]) - timedelta(1) if row["end"] else _last(first, row["grain"])
    outside = "still to come" if report and first > TODAY else None
    return Phrase(row["phrase"], Period(first, last), read(row["phrase"]), outside)


def _last(first: date, grain: str) -> date:
    if grain in {"day", "week"}:
        return first + timedelta(6 if grain == "week" else 0)
    month = {"month": first.month, "quarter": first.month + 2, "year": 12}[grain]
    return date(first.year, month, calendar.monthrange(first.year, month)[1])


def _number(text: str) -> float | None:
    return float(text) if text else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (PHRASES / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


#: What is compared, by its name.
PARTS: dict[str, Callable[[], list[Phrase]]] = {
    "numbers": numerals,
    "đồng": money,
    "days": days,
    "periods, as the engine reads a report": periods_of_the_engine,
}


def share(phrases: list[Phrase]) -> tuple[int, int, int]:
    """Return how many phrases agree, how many lie in our domain, and how many there are."""
    inside = [one for one in phrases if one.outside is None]
    return sum(one.agrees for one in inside), len(inside), len(phrases)


def main() -> None:
    """Print the shares and the phrases that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="list what lies outside our domain too")
    everything = parser.parse_args().all
    for name, phrases_of in PARTS.items():
        phrases = phrases_of()
        right, inside, total = share(phrases)
        print(
            f"{name}: {right} of {inside} in our domain ({right / inside:.1%}); {total - inside} outside it"
        )
        for one in phrases:
            if one.outside is None and not one.agrees:
                print(f"  {one.text!r}: {one.read} instead of {one.meant}")
            elif one.outside is not None and everything:
                print(f"  {one.text!r}: {one.outside}")


if __name__ == "__main__":
    main()
