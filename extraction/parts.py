"""Parts of totals, as-of figures and the tier that acted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extraction.reader import Draft


def parts_and_stocks(folded: str, drafts: list[Draft]) -> None:
    """Mark the drafts that are parts of their metric and those that are as-of figures."""
    for draft in drafts:
        draft.stock = draft.decision.stock
        draft.subset = draft.decision.subset
