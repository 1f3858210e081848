"""Units as forms write them: in a column of their own, in brackets behind a heading, above the table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from coso.late_patterns import late
from coso.text import fold_words
from extraction.lexicon import words

_BRACKETED = late(r"\s*\((?:đvt ?:|đơn vị(?: tính)? ?:)?\s*([^()]{1,25})\)\s*$", re.IGNORECASE)
_TIMES = late(
    r"(?P<times>nghìn|ngàn|triệu|tr\.?|tỉ|1[.,]?000[.,]?000|1[.,]?000)\s*(?P<unit>đồng|đ|m2|lượt|người)"
)
_FACTORS = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tr": 1e6, "tr.": 1e6, "tỉ": 1e9}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a form writes it.

    Attributes:
        text: the counted noun or unit, multiplier word taken away.
        factor: what the multiplier word stands for.
        percent: whether it is percent.
    """

    text: str
    factor: float = 1.0
    percent: bool = False


def read_unit(text: str) -> Unit | None:
    """Read a unit such as ``triệu đồng``, ``%`` or ``lượt người``; None when there is none."""
    bare = " ".join(text.split()).strip(" .:()")
    folded = fold_words(bare)
    if not folded:
        return None
    if folded in {"%", "phần trăm", "tỉ lệ %"}:
        return Unit("%", percent=True)
    times = _TIMES.fullmatch(folded)
    if times is None:
        return Unit(bare)
    digits = re.sub(r"\D", "", times["times"])
    factor = float(digits) if digits else _FACTORS[times["times"]]
    return Unit(bare[times.start("unit") :], factor)


@lru_cache(maxsize=8192)
def unit_in_brackets(text: str) -> tuple[str, Unit | None]:
    """Return a heading without the unit in brackets at its end, and that unit."""
    match = _BRACKETED.search(text)
    if match is None or not is_unit(match.group(1)):
        return text, None
    return text[: match.start()], read_unit(match.group(1))


def is_unit(text: str) -> bool:
    """Say whether a text is a unit: percent, an amount of money, or a counted noun of the lexicon."""
    folded = fold_words(" ".join(text.split()))
    unit = read_unit(text)
    if unit and (unit.percent or unit.factor != 1.0):
        return True
    terms = words().find(folded)
    whole = bool(terms) and terms[0].start == 0 and terms[-1].end == len(folded)
    return whole and any(tag.startswith("u.") for tag in terms[0].tags)
