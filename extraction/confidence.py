"""How sure a reading is: the share of readings of its kind that were right on annotated passages."""

from __future__ import annotations

from extraction.document import Draft

#: Share right among clear readings: 0.99 on known passages, less on unknown ones, which have five times the errors.
_CLEAR = 0.93
#: What each kind of doubt takes away: judged by its errors on known passages, with a margin where those show none, and
#: sized so that on passages nobody tuned to the mean is no higher than the share right (docs/extraction.md).
_CLOSE_CALL = 0.08
_WEAK_EVIDENCE = 0.18
_BREAKDOWN = 0.02
_PERIOD_FROM_AFAR = 0.14
_NO_PERIOD = 0.12
_OFFICE = 0.06
_NO_PLACE = 0.12


def confidence_of(draft: Draft) -> float:
    """Return the probability that value, metric, period and place of a draft are right."""
    sure = _CLEAR
    decision = draft.decision
    if decision.margin < 4:
        sure -= _CLOSE_CALL
    if decision.score < 6:
        sure -= _WEAK_EVIDENCE
    if decision.rule == "continuation":
        sure -= _BREAKDOWN
    if draft.period is None:
        sure -= _NO_PERIOD
    elif not draft.sure_period:
        sure -= _PERIOD_FROM_AFAR
    if draft.territory is None:
        sure -= _NO_PLACE
    elif draft.territory.level == "organisation":
        sure -= _OFFICE
    return round(max(0.05, sure), 2)
