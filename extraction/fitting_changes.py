"""Which level a stated change fits: with the earlier level told beside it, or with its own percentage."""

from __future__ import annotations

from typing import NamedTuple

from extraction.document import Draft


class Stated(NamedTuple):
    """What a text says of one change.

    Attributes:
        direction: increase or decrease.
        amount: by how much, in the unit of the level; None where only a percentage is told.
        percent: by how many percent; None where none is told.
        decimals: digits behind the comma that the percentage is told with.
        earlier: the earlier level told beside it; None where none is.
    """

    direction: str
    amount: float | None = None
    percent: float | None = None
    decimals: int = 0
    earlier: float | None = None

    def fits(self, level: float) -> bool | None:
        """Whether a level may be what changed so, None where nothing told can say."""
        sign = 1 if self.direction == "increase" else -1
        if self.amount is not None and self.earlier is not None:
            return abs(self.earlier + sign * self.amount - level) < _SAME * max(1.0, level)
        before = self.earlier if self.amount is None else level - sign * self.amount
        if before is None or self.percent is None:
            return None
        if before <= 0:
            return False
        return bool(abs(sign * (level - before) / before * 100 - self.percent) <= 0.6 / 10**self.decimals)


#: Levels are counted, so that one which fits does so but for what a float leaves.
_SAME = 1e-6


def fitting(stated: Stated, chosen: Draft, others: list[Draft]) -> Draft:
    """Return the only one of several levels that a change fits where the one chosen for it cannot be meant.

    "Tiếp 604 lượt, trong đó cấp huyện 204 lượt, tăng 24 lượt (4,1%)" is told of the 604: 24 are 4.1% of 580.
    """
    if stated.fits(chosen.figure.number.value) is not False:
        return chosen
    fit = [d for d in others if d is not chosen and stated.fits(d.figure.number.value)]
    return fit[0] if len(fit) == 1 else chosen
