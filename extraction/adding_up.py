"""Bare numbers that add up to a total told before them are its parts, whatever words deal them out.

"Tiếp 7.905 lượt công dân. Tiếp thường xuyên 6.240, định kỳ và đột xuất 1.665." Three numbers add up to a fourth by
chance as good as never, so that nothing more is asked of them than that no words among them tell of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from extraction.decide import Decision
from extraction.document import Draft, Line, State
from extraction.figures import Figure
from extraction.lexicon import vocabulary
from extraction.lexicon.tags import bits_of

_POINTS, _MARGIN = 8.0, 3.0
#: Two small numbers add up to a third easily: "2 hội nghị, 3 đợt" of 5.
_LEAST_TOTAL = {2: 30.0}
_LEAST_OF_MANY = 8.0
#: Items of a list, and sentences back in which their total may stand.
_ITEMS, _REACH = 10, 4
_NO_NOUN = frozenset({"none", "unknown", "x"})


def part_of_total(line: Line, figure: Figure, drafts: list[Draft], state: State) -> Decision | None:
    """Return the code of the total that a figure and the bare numbers beside it add up to, None where they do not.

    Args:
        line: the sentence.
        figure: a figure no rule takes.
        drafts: figures of the sentence so far.
        state: what the sentences before have told.
    """
    if not _is_item(figure):
        return None
    listed = _listed(line, figure)
    if len(listed) < 2:
        return None
    for total in _totals(line, drafts, state):
        items = _adding_up(listed, figure, total.figure.number.value)
        if items and _may_count(items, total) and not _tells_other(line, items, total):
            decided = total.decision
            return Decision(decided.code, "continuation", _POINTS, _MARGIN, decided.stock, subset=True)
    return None


def _is_item(figure: Figure) -> bool:
    return not figure.dropped and figure.denominator is None and "percent" not in figure.classes


def _listed(line: Line, figure: Figure) -> list[Figure]:
    """Return the numbers without percent sign around a figure, changes told of them passed over."""
    told = [f for f in line.figures if not f.dropped]
    first = last = told.index(figure)
    while first and _is_item(told[first - 1]):
        first -= 1
    while last + 1 < len(told) and _is_item(told[last + 1]):
        last += 1
    return told[max(first, told.index(figure) - _ITEMS) : last + 1]


def _adding_up(listed: list[Figure], figure: Figure, total: float) -> list[Figure]:
    """Return the numbers in a row, a figure among them, that add up to a total."""
    at = listed.index(figure)
    for first in range(at + 1):
        sums = accumulate(f.number.value for f in listed[first : first + _ITEMS])
        for count, value in enumerate(sums, start=1):
            if value > total:
                break
            if value == total and first + count > at and total >= _LEAST_TOTAL.get(count, _LEAST_OF_MANY):
                return listed[first : first + count] if count > 1 else []
    return []


def _totals(line: Line, drafts: list[Draft], state: State) -> Iterator[Draft]:
    """Yield the counts that the numbers of a list may be parts of, the latest first."""
    paragraph = line.sentence.paragraph
    for told in [drafts, *state.told[:_REACH]]:
        if told and told[0].figure.sentence.paragraph < paragraph - 1:
            return
        for draft in reversed(told):
            if not (draft.earlier or draft.subset or "percent" in draft.figure.classes):
                yield draft


def _may_count(items: list[Figure], total: Draft) -> bool:
    """Whether the numbers stand behind their total, and none of them has a noun of its own."""
    return all(
        f.start > total.figure.start
        and (f.unit is None or bool((f.classes - _NO_NOUN) & total.figure.classes))
        for f in items
    )


def _tells_other(line: Line, items: list[Figure], total: Draft) -> bool:
    """Whether words among the numbers tell of something that the sentence of their total does not."""
    whole = total.figure.sentence
    # Where citizens are met says no more than that they are.
    known = bits_of(("t.tier", "t.reception")) | vocabulary().groups["who"]
    for term in line.document.terms.between(whole.start, total.figure.own_end):
        known |= term.meaning.bits
    telling = vocabulary().telling & ~known
    start = max(items[0].clause_start, total.figure.own_end)
    return any(term.meaning.bits & telling for term in line.terms.between(start, items[-1].end))
