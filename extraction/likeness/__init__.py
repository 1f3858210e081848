"""What a figure most resembles among the annotated ones: the second reader, asked after the rules.

Rules know the wordings of ``words.yml``; writers find others. What stands around a figure is taken for clues
(``clues.py``), each of which speaks for or against a code with a weight of its own (``weights.tsv``, which
``tests/extraction/likeness_fitting.py`` makes from the passages that anybody may look into). A figure that no rule
takes gets the code that most speaks for, and none where more speaks for none: most numbers of a report are no facts.
A figure that a rule takes keeps its code unless the clues clearly say otherwise; where they say so less clearly, the
fact is doubted and waits for review.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coso.errors import BadInputError
from extraction.decide import Decision
from extraction.document import Clues

#: Stands among the codes for a figure that gets none.
NONE = "none"
#: Clue of every figure: how often a code is met at all.
ANY = "any"
#: Name of the rule that facts read by likeness tell.
RULE = "likeness"
WEIGHTS = Path(__file__).with_name("weights.tsv")
#: How much more must speak for a code than for the next best, in units of log-odds: of what leads by 1 to 2, six in ten
#: are right in all four.
_LEAST_LEAD = 1.0
#: How much more must speak for none than for the code of a rule, or for another code than for that of a rule that all
#: but ties with another (by its margin) or leads clearly: from there on the rule is wrong more often than right.
_NO_FACT, _AGAINST_UNSURE, _SURE, _AGAINST_SURE = 8.0, 4.5, 10.0, 8.0
#: Clues that are told of a code.
_TOLD = 5


class _Weights(NamedTuple):
    """The weights as they are asked.

    Attributes:
        codes: the codes, ``none`` among them.
        usual: for each code what speaks for it before any clue is looked at.
        ordinals: for each clue its row.
        rows: for each clue how much it speaks for each code.
        columns: for each code its place among them.
    """

    codes: list[str]
    usual: NDArray[np.float32]
    ordinals: dict[str, int]
    rows: NDArray[np.float32]
    columns: dict[str, int]


class Resemblance(NamedTuple):
    """What a figure resembles.

    Attributes:
        code: the code that most speaks for, ``none`` where most speaks for none.
        score: how much that is, in units of log-odds.
        lead: how much more than for the next best.
        speaks: how much speaks for each code.
    """

    code: str
    score: float
    lead: float
    speaks: NDArray[np.float32]

    def ahead_of(self, code: str) -> float:
        """Return how much more speaks for the best code than for this one; 0 for one that no passage was fitted for."""
        # Rules call a matter of its own that has no code ``other``.
        column = _weights().columns.get(NONE if code == "other" else code)
        return 0.0 if column is None else self.score - float(self.speaks[column])


def resemblance(clues: Iterable[Clues]) -> Resemblance:
    """Return what a figure resembles by its clues."""
    weights = _weights()
    speaks = weights.usual.copy()
    ordinals: list[int] = []
    strengths: list[float] = []
    for names, strength, shared in clues:
        if shared:
            if (spoken := _spoken(names)) is not None:
                speaks += strength * spoken
            continue
        known = [ordinal for ordinal in map(weights.ordinals.get, names) if ordinal is not None]
        ordinals += known
        strengths += [strength] * len(known)
    speaks += np.array(strengths, dtype=np.float32) @ weights.rows[ordinals]
    best = int(speaks.argmax())
    score = float(speaks[best])
    next_best = float(np.partition(speaks, -2)[-2])
    return Resemblance(weights.codes[best], score, score - next_best, speaks)


@lru_cache(maxsize=512)
def _spoken(names: tuple[str, ...]) -> NDArray[np.float32] | None:
    """Return how much clues speak for each code, None where none of them is known."""
    weights = _weights()
    known = [ordinal for ordinal in map(weights.ordinals.get, names) if ordinal is not None]
    return weights.rows[known].sum(axis=0) if known else None


def reconsidered(decision: Decision | None, clues: Iterable[Clues]) -> Decision | None:
    """Return what a figure is by the rules and by what it resembles.

    Args:
        decision: what the rules say, None when no rule takes it; told there when it resembles something else.
        clues: what stands around it.
    """
    seen = resemblance(clues)
    found = Decision(seen.code, RULE, seen.score, seen.lead)
    if decision is None:
        return found if seen.code != NONE and seen.lead >= _LEAST_LEAD else None
    ahead = seen.ahead_of(decision.code)
    if ahead <= 0:
        return decision
    if seen.code == NONE:
        if ahead >= _NO_FACT and decision.like is None:
            return None
    elif seen.lead >= _LEAST_LEAD and ahead >= (
        _AGAINST_UNSURE if decision.margin < _SURE else _AGAINST_SURE
    ):
        return found
    decision.doubted = True
    return decision


def foremost(clues: Iterable[Clues], code: str) -> list[tuple[str, float]]:
    """Return the clues that speak most for a code, with how much each does."""
    weights = _weights()
    column = weights.codes.index(code)
    spoken: dict[str, float] = {}
    for names, strength, _ in clues:
        for name in names:
            if name in weights.ordinals:
                said = strength * float(weights.rows[weights.ordinals[name], column])
                spoken[name] = spoken.get(name, 0.0) + said
    best = sorted(spoken.items(), key=lambda pair: -pair[1])
    return [pair for pair in best[:_TOLD] if pair[1] > 0]


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    """Read the weights.

    Raises:
        BadInputError: a row is not a clue and its weights.
    """
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    clues: list[str] = []
    # One list of all rather than one a clue: this is read whenever a first text is.
    counts: list[int] = []
    codes: list[str] = []
    weights: list[float] = []
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            continue
        try:
            clue, pairs = line.split("\t")
            words = pairs.replace(":", " ").split(" ")
            weights += map(float, words[1::2])
        except ValueError as error:
            raise _broken(number, line) from error
        clues.append(clue)
        counts.append(len(words) // 2)
        codes += words[::2]
        if len(codes) != len(weights):
            raise _broken(number, line)
    return _as_asked(clues, counts, codes, weights)


def _broken(number: int, line: str) -> BadInputError:
    return BadInputError(
        f"{WEIGHTS.name}, row {number}: {line!r} is not a clue, a tab and 'code:weight code:weight …'",
        "make the file anew with make weights",
    )


def _as_asked(clues: list[str], counts: list[int], codes: list[str], weights: list[float]) -> _Weights:
    """Lay the weights out in rows of codes; of each clue there are as many codes as is counted for it."""
    usual = clues.index(ANY)
    start = sum(counts[:usual])
    columns = {code: column for column, code in enumerate(codes[start : start + counts[usual]])}
    rows = np.zeros((len(clues), len(columns)), dtype=np.float32)
    places = np.repeat(np.arange(len(clues)), counts)
    rows[places, np.fromiter(map(columns.__getitem__, codes), dtype=np.intp, count=len(codes))] = weights
    ordinals = {clue: ordinal for ordinal, clue in enumerate(clues)}
    return _Weights(list(columns), rows[ordinals.pop(ANY)], ordinals, rows, columns)
