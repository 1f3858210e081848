"""What a figure most resembles among the annotated ones: the second reader, asked after the rules.

Rules know the wordings of ``words.yml``; writers find others. What stands around a figure is taken for clues
(``clues.py``), which together speak for or against each code: by how much, a small network says (``network.py``),
fitted by ``tests/extraction/likeness_fitting.py`` to the passages that anybody may look into. A figure that no rule
takes gets the code that most speaks for, and none where more speaks for none: most numbers of a report are no facts. A
figure that a rule takes keeps its code unless the clues clearly say otherwise; where they say so less clearly, the fact
is doubted and waits for review.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extraction.decide import Decision
from extraction.document import Clues
from extraction.likeness.network import read_network, spoken_for, told_by

#: Stands among the codes for a figure that gets none.
NONE = "none"
#: Name of the rule that facts read by likeness tell.
RULE = "likeness"
#: How much more must speak for a code than for the next best, in units of log-odds: of what leads by less than 1, more
#: than half are right in all four.
_LEAST_LEAD = 0.5
#: How much more must speak for none than for the code of a rule, or for another code than for that of a rule that ties
#: with another or leads clearly (by its margin, in points): from there on the rule is wrong more often than right.
_NO_FACT, _AGAINST_UNSURE, _SURE, _AGAINST_SURE = 3.0, 2.0, 14.0, 3.5
#: Clues that are told of a code.
_TOLD = 5


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
        column = read_network().columns.get(NONE if code == "other" else code)
        return 0.0 if column is None else self.score - float(self.speaks[column])


def resemblance(clues: Clues) -> Resemblance:
    """Return what a figure resembles by its clues."""
    speaks = spoken_for(clues)
    best = int(speaks.argmax())
    score = float(speaks[best])
    next_best = float(np.partition(speaks, -2)[-2])
    return Resemblance(read_network().codes[best], score, score - next_best, speaks)


def reconsidered(decision: Decision | None, clues: Clues) -> Decision | None:
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


def foremost(clues: Clues, code: str) -> list[tuple[str, float]]:
    """Return the clues that speak most for a code, with how much less would without each."""
    best = sorted(told_by(clues, code).items(), key=lambda pair: -pair[1])
    return [pair for pair in best[:_TOLD] if pair[1] > 0]
