"""Runs of digits, found once in each sentence for all who look at them, and the numbers they are."""

from __future__ import annotations

import re

from coso.late_patterns import late
from coso.numbers import Number, number_at

#: A run of digits; ahead of it what it goes on with, and the mark or word behind it.
_RUN = late(r"(\d+)(?=([.,\d]{0,24})(?: ?([/:.-])| ?([^\W\d_]+))?)")
#: Words that begin like these may multiply the number ahead of them.
_MULTIPLIES = ("nghìn", "ngàn", "vạn", "triệu", "tỉ", "tr")


def digit_runs(folded: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the runs of digits in a stretch of folded text, in order.

    The groups of each are its digits, the digits, dots and commas it goes on with, and the mark or the word behind.
    """
    return list(_RUN.finditer(folded, start, end))


def numbers_in_runs(folded: str, runs: list[re.Match[str]], end: int) -> list[Number]:
    """Return what ``coso.numbers.find_numbers`` finds in a stretch that ends at ``end``, given its runs of digits."""
    numbers: list[Number] = []
    position = 0
    for run in runs:
        start = run.start()
        if start < position:
            continue
        number = _plain(folded, run, end)
        if number is None:
            number = number_at(folded, start, end)
            if number is None:
                continue
        numbers.append(number)
        position = number.end
    return numbers


def _plain(folded: str, run: re.Match[str], end: int) -> Number | None:
    """Return a number such as 23 or 1.204 between spaces, as most are; None where the whole grammar must be asked."""
    digits, more, joint, word = run.groups()
    start, stop = run.span()
    if start and folded[start - 1] != " ":
        return None
    if more:
        if len(more) != 4 or len(digits) > 3 or more[0] != "." or not more[1:].isdecimal():
            return None
        stop += 4
    if word:
        if word.startswith(_MULTIPLIES):
            return None
    elif not joint and stop < end and folded[stop] == " ":
        return None  # a group of digits may follow
    return Number(start, stop, stop, float(digits + more[1:]), bool(more))
