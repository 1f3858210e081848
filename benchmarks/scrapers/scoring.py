"""How much of an article a reader gave: words and numbers counted as often as they occur, in no order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from coso.text import canonical

_WORD = re.compile(r"\w+")
#: A number as it is written: 1.145, 97,5, 30/4, 5-3.
_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")


@dataclass(frozen=True)
class Kept:
    """How many tokens of the truth a reader gave, how many the truth has, and how many it gave that are not there."""

    right: int
    expected: int
    strange: int

    @property
    def precision(self) -> float:
        """Share of what was given that is right; 1 where nothing was given."""
        return self.right / (self.right + self.strange) if self.right + self.strange else 1.0

    @property
    def recall(self) -> float:
        """Share of the truth that was given; 1 where there is nothing to give."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.right + self.strange + self.expected
        return 2 * self.right / both if both else 1.0

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.right + other.right, self.expected + other.expected, self.strange + other.strange)


def words_kept(found: str, expected: str, beside: str = "") -> Kept:
    """Compare words; those of ``beside`` count neither for a reader nor against it."""
    return _kept(_WORD, found, expected, beside)


def numbers_kept(found: str, expected: str, beside: str = "") -> Kept:
    """Compare whole numbers in the same way."""
    return _kept(_NUMBER, found, expected, beside)


def f1(found: str, expected: str) -> float:
    """Return the harmonic mean of precision and recall over words."""
    return words_kept(found, expected).f1


def _kept(token: re.Pattern[str], found: str, expected: str, beside: str) -> Kept:
    ours, theirs, free = (Counter(token.findall(canonical(text))) for text in (found, expected, beside))
    return Kept((ours & theirs).total(), theirs.total(), (ours - theirs - free).total())
