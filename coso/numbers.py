"""Numbers as Vietnamese offices and newspapers write them.

A dot before three digits groups thousands and a comma opens decimals; a dot before one or two digits is a
decimal point typed the English way; digits may also be grouped by spaces. Multiplier words are part of the
number: ``1,5 tỷ`` is 1500000000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coso.text import fold_words

MULTIPLIERS = {
    "nghìn": 1e3,
    "ngàn": 1e3,
    "vạn": 1e4,
    "triệu": 1e6,
    "tr": 1e6,
    "tỉ": 1e9,
    "nghìn tỉ": 1e12,
    "ngàn tỉ": 1e12,
    "triệu tỉ": 1e15,
}

_DIGITS = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|[1-9]\d{0,2}(?: \d{3})+(?![\d.,]\d)|\d+(?:[.,]\d+)?"
)
_MULTIPLIER = r"(?:nghìn|ngàn|triệu) tỉ(?! lệ)|nghìn|ngàn|vạn|triệu|tỉ(?! lệ| số| trọng| suất)|tr(?= ?đ)"
_WORD_END = r"(?![0-9a-zà-ỹđ])"
_NUMBER = re.compile(
    rf"(?<![0-9a-zà-ỹđ])(?<!\d[.,])(?P<digits>{_DIGITS})(?!\d)"
    rf"(?: ?(?P<multiplier>{_MULTIPLIER}){_WORD_END}"
    rf"(?: (?P<rest>\d{{1,3}}(?:,\d+)?) (?P<smaller>nghìn|ngàn|triệu|tỉ){_WORD_END})?)?"
)
_MONTH_OR_DAY_BEFORE = re.compile(r"(?:ngày|tháng|quí|lần|khóa|thứ|số|điều|năm|tổ|khu|hạng|chương) $")

_UNITS = {
    word: value
    for value, words in enumerate(
        ("không", "một mốt", "hai", "ba", "bốn tư", "năm lăm nhăm", "sáu", "bảy bẩy", "tám", "chín")
    )
    for word in words.split()
}
_SCALES = {"trăm": 100, "nghìn": 1000, "ngàn": 1000, "vạn": 10_000, "triệu": 10**6, "tỉ": 10**9}


@dataclass(frozen=True, slots=True)
class Number:
    """One number in folded text.

    Attributes:
        start: its first character.
        end: the character after it, multiplier word included.
        digits_end: the character after its digits.
        value: what it says, multiplier applied.
        grouped: whether its thousands were grouped by dots or spaces.
    """

    start: int
    end: int
    digits_end: int
    value: float
    grouped: bool


def find_numbers(folded: str) -> Iterator[Number]:
    """Yield the numbers of folded text (``coso.text.fold``) in order."""
    position = 0
    while match := _NUMBER.search(folded, position):
        number = _read(folded, match)
        yield number
        position = number.end


def read_number(text: str) -> float | None:
    """Return the value of a whole string such as ``1.786``, ``94,5`` or ``1,5 tỷ``; None when it is no number."""
    folded = fold_words(text.strip())
    match = _NUMBER.fullmatch(folded)
    return _read(folded, match).value if match else None


def read_words(text: str) -> int | None:
    """Return the value of a cardinal in words, such as ``hai trăm ba mươi lăm``; None when it is none."""
    total = group = 0
    digit: int | None = None
    for word in fold_words(text).replace("rưỡi", "").split():
        if word in _UNITS:
            group, digit = (group * 10 + digit, _UNITS[word]) if digit is not None else (group, _UNITS[word])
        elif word == "mười":
            group, digit = group + 10, None
        elif word == "mươi":
            group, digit = group + 10 * (digit or 0), None
        elif word == "trăm":
            group, digit = group + 100 * (1 if digit is None else digit), None
        elif word in _SCALES:
            total, group, digit = total + (group + (digit or 0)) * _SCALES[word], 0, None
        elif word not in {"linh", "lẻ"}:
            return None
    return total + group + (digit or 0) if text.strip() else None


def _read(folded: str, match: re.Match[str]) -> Number:
    digits, multiplier = match.group("digits"), match.group("multiplier")
    digits_end = match.end("digits")
    if " " in digits and _MONTH_OR_DAY_BEFORE.search(folded[max(0, match.start() - 8) : match.start()]):
        # "tháng 6 120 đơn" is a month and a number, not 6120.
        digits = digits.split(" ", 1)[0]
        digits_end = match.start() + len(digits)
        return Number(match.start(), digits_end, digits_end, float(digits), grouped=False)
    value = _digits_value(digits) * MULTIPLIERS.get(multiplier or "", 1)
    if match.group("rest"):
        value += _digits_value(match.group("rest")) * MULTIPLIERS[match.group("smaller")]
    return Number(match.start(), match.end(), digits_end, _whole(value), "." in digits or " " in digits)


def _digits_value(digits: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?", digits) or "," in digits:
        groups = digits.count(",")
        if groups > 1:
            return float(digits.replace(",", ""))
        return float(digits.replace(".", "").replace(" ", "").replace(",", "."))
    return float(digits)


def _whole(value: float) -> float:
    """Remove the dust of multiplying decimals: 61,3 nghìn is 61300 and not 61299.99."""
    return float(round(value, 6)) if abs(value) < 1e9 else float(round(value, 2))
