"""Amounts of đồng as they are said: exact, between two, at least, at most."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coso.late_patterns import late
from coso.numbers import read_value
from coso.text import fold_words

_DONG = r"(?:đồng|vnđ|vnd|đ)"
_AROUND = r"(?:(?:tầm |vào )?(?:khoảng|chừng|xấp xỉ|khoảng chừng|gần|ước)(?: chừng| khoảng)? )?"
_BETWEEN = (
    late(r"(?:từ|giữa) (?P<low>.+?) (?:đến|tới|và) (?P<high>.+)"),
    late(r"(?P<low>.+?) (?:đến|tới) (?P<high>.+)"),
    late(r"(?P<low>[^-]+?) ?- ?(?P<high>[^-]+)"),
)
_AT_MOST = late(
    r"(?:dưới|ít hơn|kém hơn|thấp hơn|không tới|không đến|không quá|không cao hơn|không nhiều hơn|không hơn"
    r"|không vượt quá|tối đa|nhiều nhất) (?P<one>.+)|(?:từ )?(?P<two>.+) trở xuống"
)
_AT_LEAST = late(
    r"(?:trên|hơn|nhiều hơn|cao hơn|ít nhất|tối thiểu|không dưới|không ít hơn|không thấp hơn|không kém) (?P<one>.+)"
    r"|(?:từ )?(?P<two>.+) trở lên"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of đồng.

    Attributes:
        low: least it may be; None when only its greatest is said.
        high: most it may be; None when only its least is said. Equal to ``low`` when it is exact.
    """

    low: float | None
    high: float | None


def read_amount(text: str) -> Amount | None:
    """Return the đồng that a whole string says, such as ``từ 5 triệu đến 1,5 tỷ đồng``; None when it says none.

    >>> read_amount("không quá 3 tỷ rưỡi đồng")
    Amount(low=None, high=3500000000.0)
    """
    folded = re.sub(rf"^{_AROUND}", "", fold_words(text.strip()))
    if not re.search(rf"(?<![a-zà-ỹ]){_DONG}(?![a-zà-ỹđ])|(?:vnd|vn\$)(?=\d)", folded):
        return None
    for pattern, sides in ((_AT_MOST, "high"), (_AT_LEAST, "low")):
        match = pattern.fullmatch(folded)
        value = _value(match["one"] or match["two"]) if match else None
        if value is not None:
            return Amount(value, None) if sides == "low" else Amount(None, value)
    return _between(folded) or _exact(folded)


def _exact(folded: str) -> Amount | None:
    value = _value(folded)
    return None if value is None else Amount(value, value)


def _between(folded: str) -> Amount | None:
    for pattern in _BETWEEN:
        match = pattern.fullmatch(folded)
        if match is None:
            continue
        low, high = _value(match["low"], match["high"]), _value(match["high"])
        if low is not None and high is not None and low < high:
            return Amount(low, high)
    return None


def _value(folded: str, after: str = "") -> float | None:
    """Return the number without its currency; ``5 đến 7 triệu`` gives the 5 the multiplier behind the 7."""
    bare = re.sub(rf" ?{_DONG}$|^(?:vnd|vn\$) ?", "", folded.strip())
    value = read_value(bare)
    shared = re.search(r"(?<= )(?:nghìn|ngàn|vạn|triệu|tỉ)(?: tỉ)?(?: rưỡi)?(?= đồng|$)", after)
    if value is not None and shared and value < 1000 and not re.search(r"[a-zà-ỹđ]", folded):
        return read_value(f"{bare} {shared.group().removesuffix(' rưỡi')}")
    return value
