"""How sure a reading is: the share of readings of its kind that were right on annotated passages."""

from __future__ import annotations

from extraction.document import Draft
from extraction.likeness import RULE

#: Share right among clear readings: 0.99 on known passages, less on those that nobody looks into.
_CLEAR = 0.94
#: What each kind of doubt takes away: by how much less often facts with it were right than those without any, on the
#: passages that nobody looks into (a least-squares fit over all doubts, rounded).
_CLOSE_CALL = 0.03
_WEAK_EVIDENCE = 0.06
_DOUBTED = 0.38
_BREAKDOWN = 0.03
_PERIOD_FROM_AFAR = 0.10
_NO_PERIOD = 0.01
_OFFICE = 0.15
_NO_PLACE = 0.18
#: What resemblance takes away, by how far its code leads the next best.
_RESEMBLES = ((6.0, 0.02), (4.0, 0.05), (2.0, 0.16), (1.0, 0.29), (0.0, 0.38))
#: Seldom met: of 51 lists on known passages one, beside 40 that add up to their total. Enough for a person to look.
_SUM_TOO_LARGE = 0.15


def confidence_of(draft: Draft) -> float:
    """Return the probability that value, metric, period and place of a draft are right."""
    return round(max(0.05, _CLEAR - sum(cost for _, cost in doubts_of(draft))), 2)


def doubts_of(draft: Draft) -> list[tuple[str, float]]:
    """Return what is doubtful about a draft, and how much of the confidence each doubt takes away."""
    doubts: list[tuple[str, float]] = []
    decision, territory = draft.decision, draft.territory
    if decision.rule == RULE:
        cost = next(cost for lead, cost in _RESEMBLES if decision.margin >= lead)
        doubts.append(("no rule takes it, it resembles others", cost))
    elif decision.margin < 4:
        doubts.append(("another code was close", _CLOSE_CALL))
    if decision.doubted:
        doubts.append(("it resembles others more", _DOUBTED))
    if decision.rule != RULE and decision.score < 6:
        doubts.append(("evidence from far away only", _WEAK_EVIDENCE))
    if decision.rule == "continuation":
        doubts.append(("an item of a breakdown", _BREAKDOWN))
    if draft.period is None:
        doubts.append(("no period", _NO_PERIOD))
    elif not draft.sure_period:
        doubts.append(("the period was not said near it", _PERIOD_FROM_AFAR))
    if territory is None:
        doubts.append(("no place", _NO_PLACE))
    elif territory.level == "organisation":
        doubts.append(("an office for a place", _OFFICE))
    if not draft.adds_up:
        doubts.append(("the parts listed add up to more than their total", _SUM_TOO_LARGE))
    return doubts
