"""Words without which a pattern finds nothing, looked for once in a whole text.

A module names the words that its pattern cannot do without (``cue``) and asks a sentence whether it holds any of them
(``sentence.cues & _WORDS``) before the pattern is tried: one step instead of a search for each word in each sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from extraction.sentences import Sentence

#: The words of each group, in the order in which modules named them.
_GROUPS: list[tuple[str, ...]] = []


def cue(*words: str) -> int:
    """Name a group of folded words; return the bit it has in ``Sentence.cues``. Asked while modules load."""
    _GROUPS.append(words)
    return 1 << (len(_GROUPS) - 1)


def mark_cues(folded: str, sentences: Iterable[Sentence]) -> None:
    """Note in each sentence, in order, of which groups it holds a word."""
    groups = len(_GROUPS)
    automaton, bits = _finder(groups)
    # Of groups named later nobody knows, so any sentence may hold their words.
    unknown = -1 << groups
    hits = iter(automaton.find_matches_as_indexes(folded, overlapping=True))
    hit = next(hits, None)
    for sentence in sentences:
        begin, end, held = sentence.start, sentence.end, unknown
        while hit is not None and hit[2] <= end:  # hits come by their end
            if hit[1] >= begin:
                held |= bits[hit[0]]
            hit = next(hits, None)
        sentence.cues = held


@lru_cache(maxsize=1)
def _finder(groups: int) -> tuple[AhoCorasick, list[int]]:
    """Return what finds the words of so many groups, and the groups that each word is of, as bits."""
    bits: dict[str, int] = {}
    for ordinal, words in enumerate(_GROUPS[:groups]):
        for word in words:
            bits[word] = bits.get(word, 0) | 1 << ordinal
    return AhoCorasick(list(bits)), list(bits.values())
