"""Mentions of periods in folded text: found by their wordings, dated as far as they say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from coso.late_patterns import late
from extraction.period_forms import DIGITS_FIRST, FORMS
from extraction.period_meanings import Moment, meaning_of, months_span

__all__ = ["Moment", "find_moments"]

_YEARS = late(r"(\d{4})(?:-\d{2})?\.\.(\d{4})(?:-\d{2})?")
#: Ahead of a count of months that began on a day told before, and of a day that they reach.
_COUNTED_AFTER, _SINCE_THEN = late(r"(?<!\w)sau (?:hơn |gần |tròn )?$"), late(r"(?<!\w)từ (?:đó|khi đó) $")
#: The last day told, up to where the months are.
_BEGAN = late(
    r"(?:từ|ngày) (?:(?:\d{1,2}[/.-])?(?P<month>1[0-2]|0?[1-9])[/.-](?P<year>(?:19|20)\d{2})(?!\d)"
    r"|(?:ngày )?\d{1,2}[/.-](?P<bare>1[0-2]|0?[1-9])(?![\d/.-]*\d))"
    r"(?!.*\d[/.-](?:19|20)\d{2})"
)
_IN_FORCE = late(
    r"có hiệu lực(?: thi hành| pháp luật)?(?: kể)? từ (?:ngày )?\d{1,2}[/.-](?P<month>1[0-2]|0?[1-9])[/.-]"
    r"(?P<year>(?:19|20)\d{2})"
)
_PARTED = late(r"[\n;]|\. ")
#: How far before the digits such a form may begin, and no form goes on for longer than this, in characters.
_BACK, _LONGEST = 40, 80
#: Characters between a year and the count of years since it.
_SAME_BREATH = 100


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
            if kept and _spells_out(kept[-1], moment, folded):
                moment = replace(moment, start=kept.pop().start)
            if moment.form in {"years", "whole_span"}:
                meant = _span_meant(moment, [*titled, *kept]) or _years_since(moment, kept, folded)
                if meant is None and moment.form == "whole_span":
                    continue
                moment = replace(moment, form="span", notation=meant) if meant else moment
            elif moment.months and (since := _since_day_told(moment, folded)):
                moment = since
            elif moment.form == "since_force":
                in_force = _since_in_force(moment, folded)
                if in_force is None:
                    continue
                moment = replace(moment, form="span", notation=in_force)
            elif moment.form == "months_after":
                continue
            elif moment.form == "term_so_far":
                moment = _since_term(moment, [*titled, *kept])
            kept.append(moment)
    return kept


def _since_term(moment: Moment, told: list[Moment]) -> Moment:
    """Give "từ đầu nhiệm kỳ đến nay" the first year of the term named before; unknown years where none was named."""
    term = _span_meant(moment, told)
    return (
        replace(moment, form="span", notation=f"{term[:4]}..")
        if term
        else replace(moment, form="unknown_years")
    )


def _span_meant(moment: Moment, told: list[Moment]) -> str | None:
    """Return the span named before that "trong cả giai đoạn" or, where it has as many years, "5 năm qua" mean."""
    for span in reversed(told):
        years = _YEARS.fullmatch(span.notation or "")
        if span.form != "span" or years is None:
            continue
        length = int(years[2]) - int(years[1])
        if moment.form in {"whole_span", "term_so_far"} or (
            moment.months and moment.months[0] in {length, length + 1}
        ):
            return span.notation
    return None


def _years_since(years: Moment, told: list[Moment], folded: str) -> str | None:
    """Return the years of "kể từ năm 2014 …, chỉ trong 3 năm": so many from the year named before."""
    since = told[-1] if told else None
    if since is None or since.form != "open" or not since.year or years.form != "years" or not years.months:
        return None
    if years.start - since.end > _SAME_BREATH or _PARTED.search(folded, since.end, years.start):
        return None
    return f"{since.year}..{since.year + years.months[0] - 1}"


def _since_day_told(moment: Moment, folded: str) -> Moment | None:
    """Return the months of "thành lập từ ngày 1/7/2025. Sau 6 tháng, …", "… Từ đó đến hết tháng 6/2024, …".

    They begin with the month of the day that was told last before them; of a day without its year they have none.
    """
    counted = not moment.year and _COUNTED_AFTER.search(folded, max(0, moment.start - 12), moment.start)
    reached = moment.year and _SINCE_THEN.search(folded, max(0, moment.start - 12), moment.start)
    if not (counted or reached) or not moment.months or moment.months[0] != 1:
        return None
    began = _BEGAN.search(folded, max(0, moment.start - _SAME_BREATH), moment.start)
    if began is None:
        return None
    if began["bare"]:
        first = int(began["bare"])
        last = first + moment.months[1] - 1
        return replace(moment, form="since_day", months=(first, last)) if counted and last <= 12 else None
    first = 12 * int(began["year"]) + int(began["month"]) - 1
    last = 12 * moment.year + moment.months[1] - 1 if moment.year else first + moment.months[1] - 1
    if not first <= last:
        return None
    (year_1, month_1), (year_2, month_2) = divmod(first, 12), divmod(last, 12)
    meant = months_span(year_1, month_1 + 1, year_2, month_2 + 1)
    return replace(moment, form="span", notation=meant) if meant else None


def _since_in_force(moment: Moment, folded: str) -> str | None:
    """Return the months since a law told of before: "Luật có hiệu lực từ 1/7/2023 … Từ khi luật có hiệu lực"."""
    told = [*_IN_FORCE.finditer(folded, 0, moment.start)]
    return f"{told[-1]['year']}-{int(told[-1]['month']):02d}.." if told else None


def _spells_out(years: Moment, span: Moment, folded: str) -> bool:
    """Whether a span in brackets says which years were counted: "sau 5 năm thực hiện Chỉ thị (2014 - 2019)"."""
    if years.form == "months" and not years.year and folded[years.end : span.start + 1] == " (":
        return True  # "bốn tháng (7 - 10/2025)"
    if years.form not in {"years", "half_term"} or span.form != "span" or folded[span.start - 1] != "(":
        return False
    return span.start - years.end < 120 and not _PARTED.search(folded, years.end, span.start)


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
