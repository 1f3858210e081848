"""What the text of one cell says as a number."""

from __future__ import annotations

from dataclasses import dataclass

from coso.late_patterns import late
from coso.numbers import find_numbers
from coso.text import fold

#: Signs by which forms say that there is nothing to report, or nothing to be filled in.
_BLANK = frozenset(
    {"", "-", "--", "---", "x", "xx", "/", "//", "..", "...", "…", ".", "k", "không", "không có", "ko"}
)
_APPROX = late(r"(hơn|trên|gần|khoảng|ước|ước đạt|xấp xỉ|dưới)$")
_SIGN = late(r"([+-]) ?$")
_AFTER = late(r" ?(?P<percent>%)?(?P<unit>[^\d%]{0,30})")


@dataclass(frozen=True, slots=True)
class Value:
    """A number that a cell holds.

    Attributes:
        start: first character of the number in the cell's text.
        end: character after it, multiplier word included.
        value: what it says; negative behind a minus.
        percent: whether a percent sign follows.
        signed: whether a sign stands ahead of it.
        denominator: the y of x/y.
        approx: word of approximation.
        unit: words behind it.
    """

    start: int
    end: int
    value: float
    percent: bool = False
    signed: bool = False
    denominator: float | None = None
    approx: str | None = None
    unit: str = ""


def is_blank(text: str) -> bool:
    """Say whether a cell holds nothing but a sign for nothing."""
    return text.strip().lower().replace("–", "-").replace("—", "-") in _BLANK


def read_value(text: str) -> Value | None:
    """Read a cell that is one number, with no more than a sign, a percent sign or its noun; None for any other."""
    if not any(char.isdigit() for char in text):
        return None
    folded = fold(text)
    numbers = list(find_numbers(folded.text))
    if not 1 <= len(numbers) <= 2:
        return None
    first, last = numbers[0], numbers[-1]
    slash = folded.text[first.end : last.start].strip() == "/" if len(numbers) == 2 else False
    after = _AFTER.fullmatch(folded.text, last.end)
    before = folded.text[: first.start].strip()
    sign = _SIGN.fullmatch(before)
    if (
        after is None
        or (len(numbers) == 2 and not slash)
        or (before and not sign and not _APPROX.match(before))
    ):
        return None
    return Value(
        start=folded.start(first.start),
        end=folded.end(first.end),
        value=-first.value if sign and sign.group(1) == "-" else first.value,
        percent=bool(after.group("percent")),
        signed=sign is not None,
        denominator=last.value if slash else None,
        approx=before if before and not sign else None,
        unit=folded.plain[after.start("unit") : after.end("unit")].strip(" .()"),
    )
