"""The words of a sentence and its pairs of neighbouring ones, for whoever compares figures by what stands near them."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from coso.late_patterns import late

#: Words, numbers and the marks that part clauses.
_WORD = late(r"[^\W\d_]+|\d[\d.,/]*%?|[;:,.()\n]")
_NUMBER, _LINE_END = "#", "¶"


class Words:
    """The words of a stretch of folded text; all numbers are the same one.

    Attributes:
        starts: where each begins.
        single: the words.
        pairs: each with the one after it.
    """

    __slots__ = ("pairs", "single", "starts")

    def __init__(self, text: str = "", start: int = 0, end: int = 0) -> None:
        found = [*_WORD.finditer(text, start, end)]
        self.starts = [match.start() for match in found]
        self.single = [
            _NUMBER if word[0].isdigit() else _LINE_END if word == "\n" else word
            for word in [match.group() for match in found]
        ]
        self.pairs = [f"{one} {other}" for one, other in pairwise(self.single)]


@lru_cache(maxsize=64)
def words_of(text: str, start: int, end: int) -> Words:
    """Return the words of ``text[start:end]``, looked up once for all its figures."""
    return Words(text, start, end)
