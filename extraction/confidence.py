"""How sure a reading is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extraction.reader import Draft


def confidence_of(draft: Draft) -> float:
    """Return the probability that value, metric, period and place of a draft are right."""
    sure = 0.9
    if draft.decision.margin < 2:
        sure -= 0.1
    if draft.period is None or draft.territory is None:
        sure -= 0.2
    return round(max(0.05, sure), 2)
