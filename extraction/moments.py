"""Mentions of periods in folded text: found by their wordings, dated as far as they say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from coso.late_patterns import late
from extraction.counted_months import counted_from_told
from extraction.period_forms import DIGITS_FIRST, FORMS
from extraction.period_meanings import Moment, meaning_of

__all__ = ["Moment", "find_moments"]

#: Characters between a count of years and the years themselves.
_SAME_CLAUSE = 80
_SPAN = late(r"(\d{4})\.\.(\d{4})")
#: Forms of months that need a year said behind them.
_MONTHS_OF_A_YEAR = frozenset({"months", "month", "half", "quarter", "nine"})
_PARTED = late(r"[\n;]|\. ")
#: How far before the digits such a form may begin, and no form goes on for longer than this, in characters.
_BACK, _LONGEST = 40, 80


class _Finder(NamedTuple):
    """The forms ready to be looked for.

    Attributes:
        patterns: form and pattern.
        automaton: finds the words they begin with.
        begun: for each of these words, the ordinals of the forms that can begin with it.
    """

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    automaton: AhoCorasick
    begun: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=1)
def _finder() -> _Finder:
    begun: dict[str, list[int]] = {}
    for ordinal, (_, _, heads) in enumerate(FORMS):
        for head in heads:
            begun.setdefault(head, []).append(ordinal)
    return _Finder(
        tuple((form, late(rf"(?<![\w/])(?<!\d[.,]){pattern}(?!\w)")) for form, pattern, _ in FORMS),
        AhoCorasick(list(begun)),
        tuple(tuple(ordinals) for ordinals in begun.values()),
    )


def find_moments(folded: str, titled: Sequence[Moment] = ()) -> list[Moment]:
    """Return the mentions of periods in order; where two overlap, the earlier and longer one stays.

    ``titled`` are those of the title: of a review "giai đoạn 2011 - 2015", "sau 5 năm" means the same years.
    """
    finds = sorted(_finds(folded), key=lambda find: (find[1].start(), -find[1].end(), find[0]))
    patterns = _finder().patterns
    kept: list[Moment] = []
    for ordinal, match in finds:
        if not kept or match.start() >= kept[-1].end:
            moment = meaning_of(patterns[ordinal][0], match, folded)
            if moment is None:
                continue
            if kept and _is_of_this_year(kept[-1], moment, folded):
                kept[-1] = replace(kept[-1], end=moment.end, this_year=True, plan=False)
                continue
            if kept and _says_since_january(kept[-1], moment, folded):
                continue
            if kept and _spells_out(kept[-1], moment, folded):
                moment = replace(moment, start=kept.pop().start)
            dated = counted_from_told(moment, [*titled, *kept], kept, folded)
            if dated is not None:
                kept.append(dated)
    return kept


def _is_of_this_year(months: Moment, year: Moment, folded: str) -> bool:
    """Whether "năm nay" only says of which year months are: "từ tháng 1 đến tháng 11 năm nay"."""
    if year.form != "in_year" or not year.this_year or months.form not in _MONTHS_OF_A_YEAR:
        return False
    return not months.year and months.notation is None and folded[months.end : year.start] == " "


def _says_since_january(months: Moment, since: Moment, folded: str) -> bool:
    """Whether "đến hết tháng 11/2018, kể từ đầu năm" only says again that the months began in January."""
    if since.form != "ytd" or since.year or months.months is None or months.months[0] != 1:
        return False
    return months.form in {"months", "nine", "half", "quarter"} and folded[months.end : since.start] == ", "


def _spells_out(years: Moment, span: Moment, folded: str) -> bool:
    """Whether a span in brackets says which years were counted: "sau 5 năm thực hiện Chỉ thị (2014 - 2019)"."""
    if years.form == "months" and not years.year and folded[years.end : span.start + 1].rstrip("t") == " (":
        return True  # "bốn tháng (7 - 10/2025)", "(từ 1/7 đến 31/10/2025)"
    if years.form == "years" and span.form == "span" and folded[span.start - 2 : span.start] == ", ":
        # "10 năm thực hiện Chỉ thị số 30, từ 2013 đến 2023"
        return (
            span.start - years.end < _SAME_CLAUSE
            and years.months is not None
            and _lasts(span, years.months[0])
        )
    if years.form not in {"years", "half_term"} or span.form != "span" or folded[span.start - 1] != "(":
        return False
    return span.start - years.end < 120 and not _PARTED.search(folded, years.end, span.start)


def _lasts(span: Moment, count: int) -> bool:
    """Whether a span has as many years as were counted, the first of them counted or not."""
    years = _SPAN.fullmatch(span.notation or "")
    return years is not None and int(years[2]) - int(years[1]) in {count - 1, count}


def _finds(folded: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield what looks like a period, with the ordinal of its form; of one form, no two overlap."""
    patterns, automaton, begun = _finder()
    size = len(folded)
    ends = [0] * len(patterns)
    hits = [(start, index) for index, start, _ in automaton.find_matches_as_indexes(folded, overlapping=True)]
    hits.sort()
    for start, index in hits:
        if start and (folded[start - 1].isalnum() or folded[start - 1] == "/"):
            continue
        stop = _word_end(folded, start + _LONGEST, size)
        for ordinal in begun[index]:
            if start >= ends[ordinal]:
                match = patterns[ordinal][1].match(folded, start, stop)
                if match:
                    ends[ordinal] = match.end()
                    yield ordinal, match
    for form, digits in DIGITS_FIRST:
        yield from _digits_first(folded, form, digits)


def _digits_first(folded: str, form: str, digits: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    size = len(folded)
    ends = [0] * len(_finder().patterns)
    for hit in digits.finditer(folded):
        for ordinal, (name, pattern) in enumerate(_finder().patterns):
            if name != form or hit.start() < ends[ordinal]:
                continue
            low = max(ends[ordinal], hit.start() - _BACK)
            match = pattern.search(folded, low, _word_end(folded, hit.start() + _LONGEST, size))
            if match:
                ends[ordinal] = match.end()
                yield ordinal, match


def _word_end(folded: str, index: int, size: int) -> int:
    """Return the end of the word at ``index``, at most 40 characters on."""
    if index >= size:
        return size
    end = folded.find(" ", index, index + 40)
    return index if end == -1 else end
