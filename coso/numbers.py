"""Numbers as Vietnamese offices and newspapers write them.

A dot before three digits groups thousands and a comma opens decimals; a dot before one or two digits is a
decimal point typed the English way; digits may also be grouped by spaces. Multiplier words are part of the
number: ``1,5 tỷ`` is 1500000000.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from coso.late_patterns import late
from coso.number_words import find_cardinals, read_cardinal
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
#: Words that typists run into the number behind them: "giảm79 người", "mở7 cuộc".
_RUN_IN = "".join(
    rf"|(?<={word})"
    for word in (" tăng", " giảm", " mở", " nhận", " tiếp", " gồm", " được", " đạt", " còn", " hơn", " trên")
)
_NUMBER = late(
    rf"(?:(?<![0-9a-zà-ỹđ]){_RUN_IN})(?<!\d[.,])(?P<digits>{_DIGITS})(?!\d)"
    rf"(?: ?(?P<multiplier>{_MULTIPLIER}){_WORD_END}"
    rf"(?: (?P<rest>\d{{1,3}}(?:,\d+)?) (?P<smaller>nghìn|ngàn|triệu|tỉ){_WORD_END})?)?"
)
_DIGIT = late(r"\d")
_GROUPED = late(r"\d{1,3}(?:[. ]\d{3})+(?:,\d+)?")
_MONTH_OR_DAY_BEFORE = late(r"(?:ngày|tháng|quí|lần|khóa|thứ|số|điều|năm|tổ|khu|hạng|chương) $")


class Number(NamedTuple):
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


def find_numbers(folded: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Yield the numbers of folded text (``coso.text.fold``), or of a stretch of it, in order."""
    position, end = start, len(folded) if end is None else end
    # Looking for a digit first is ten times as fast as trying the whole grammar at every letter.
    while (digit := _DIGIT.search(folded, position, end)) and (
        match := _NUMBER.search(folded, digit.start(), end)
    ):
        number = _read(folded, match)
        yield number
        position = number.end


def number_at(folded: str, start: int, end: int) -> Number | None:
    """Return the number that begins at a digit of folded text and ends before ``end``, None when none does."""
    match = _NUMBER.match(folded, start, end)
    return _read(folded, match) if match else None


def read_number(text: str) -> float | None:
    """Return the value of a whole string such as ``1.786``, ``94,5`` or ``1,5 tỷ``; None when it is no number."""
    folded = fold_words(text.strip())
    match = _NUMBER.fullmatch(folded)
    return _read(folded, match).value if match else None


def read_words(text: str) -> int | None:
    """Return the value of a cardinal in words, such as ``hai trăm ba mươi lăm``; None when it is none."""
    value = read_cardinal(fold_words(text).split())
    return int(value) if value is not None and value.is_integer() else None


def read_value(text: str) -> float | None:
    """Return the value of a whole string in digits, words or both; None when it is no number.

    Beside what :func:`read_number` reads: a sign ("-5", "âm 5"), K, M and G behind digits, a decimal part in words
    ("hai phẩy năm", "1 chấm 2"), and a half of the word ahead ("3 tỷ rưỡi").

    >>> read_value("ba mươi mốt"), read_value("3 tỷ rưỡi"), read_value("âm 1,5")
    (31.0, 3500000000.0, -1.5)
    """
    folded = fold_words(text.strip())
    signed = re.match(r"(?:-|âm) ?(?=.)", folded)
    bare = folded[signed.end() :] if signed else folded
    value = _unsigned(bare)
    if value is None:
        value = _in_parts(bare)
    return -value if signed and value is not None else value


def _unsigned(folded: str) -> float | None:
    for read in (read_number, _with_suffix):
        value = read(folded)
        if value is not None:
            return value
    return read_cardinal(folded.split())


def _with_suffix(folded: str) -> float | None:
    match = re.fullmatch(r"([.,]?)(\d[\d.,]*) ?([kmg]?)", folded)
    if match is None:
        return None
    bare, digits = match.group(1), match.group(2)
    # ",77" leaves the part before the comma out.
    value = read_number(f"0,{digits}" if bare else digits)
    return None if value is None else _whole(value * {"": 1, "k": 1e3, "m": 1e6, "g": 1e9}[match.group(3)])


def _in_parts(folded: str) -> float | None:
    """Return what a number says whose parts stand apart: a decimal part in words, or a half of a multiplier."""
    decimal = re.fullmatch(r"(.+) (?:phẩi|phẩy|chấm) (.+)", folded)
    if decimal:
        whole, part = _unsigned(decimal.group(1)), decimal.group(2)
        digits = part if part.isdigit() else "".join(str(_digit_word(word)) for word in part.split())
        return float(f"{whole:.0f}.{digits}") if whole is not None and digits.isdigit() else None
    half = re.fullmatch(r"(\d[\d.,]*)(?: (\w+))? rưỡi", folded)
    if half:
        value = read_number(half.group(1))
        scale = MULTIPLIERS.get(half.group(2) or "") if half.group(2) else 1.0
        return None if value is None or scale is None else _whole((value + 0.5) * scale)
    return None


def _digit_word(word: str) -> str:
    value = read_cardinal([word])
    return f"{value:.0f}" if value is not None and value < 10 else "?"


def find_number_words(folded: str, plain: str | None = None) -> Iterator[Number]:
    """Yield the numbers in words with which folded text counts something, in order (``coso.number_words``).

    Args:
        folded: folded text (``coso.text.fold_words``).
        plain: the same text before folding, of the same length; tells names by their capitals.
    """
    for start, end, value in find_cardinals(folded, plain):
        yield Number(start, end, end, value, grouped=False)


def _read(folded: str, match: re.Match[str]) -> Number:
    digits, multiplier, rest, smaller = match.groups()
    digits_end = match.end("digits")
    if " " in digits and _MONTH_OR_DAY_BEFORE.search(folded[max(0, match.start() - 8) : match.start()]):
        # "tháng 6 120 đơn" is a month and a number, not 6120.
        digits = digits.split(" ", 1)[0]
        digits_end = match.start() + len(digits)
        return Number(match.start(), digits_end, digits_end, float(digits), grouped=False)
    if not multiplier and digits.isdecimal():
        return Number(match.start(), match.end(), digits_end, float(digits), False)
    value = _digits_value(digits)
    if multiplier:
        value *= MULTIPLIERS[multiplier]
    if rest:
        value += _digits_value(rest) * MULTIPLIERS[smaller]
    return Number(match.start(), match.end(), digits_end, _whole(value), "." in digits or " " in digits)


def _digits_value(digits: str) -> float:
    if "," in digits or _GROUPED.fullmatch(digits):
        groups = digits.count(",")
        if groups > 1:
            return float(digits.replace(",", ""))
        return float(digits.replace(".", "").replace(" ", "").replace(",", "."))
    return float(digits)


def _whole(value: float) -> float:
    """Remove the dust of multiplying decimals: 61,3 nghìn is 61300 and not 61299.99."""
    if value.is_integer():
        return value
    return float(round(value, 6)) if abs(value) < 1e9 else float(round(value, 2))
