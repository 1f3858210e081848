"""Inputs that trip up readers: masses of one thing, on which careless rules take time that grows faster."""

from __future__ import annotations

import random
from collections.abc import Callable

_SENTENCE = (
    "trong năm 2024 toàn tỉnh tiếp 1.204 lượt công dân với 860 người và giải quyết 41/50 vụ khiếu nại "
)


def _digits(length: int) -> str:
    dice = random.Random(5)
    return "khiếu nại tố cáo " + "".join(dice.choice("0123456789") for _ in range(length))


def _numbers(length: int) -> str:
    dice = random.Random(6)
    return "khiếu nại tố cáo " + "".join(dice.choice("0123456789., ") for _ in range(length))


def _repeated(piece: str) -> Callable[[int], str]:
    def make(length: int) -> str:
        return "Khiếu nại, tố cáo: 12 đơn. " + piece * (length // len(piece))

    return make


#: What each makes for a length in characters.
ODDITIES: dict[str, Callable[[int], str]] = {
    "digits": _digits,
    "numbers, dots and commas": _numbers,
    "one paragraph without full stops": _repeated(_SENTENCE),
    "commas": _repeated(","),
    "commas and spaces": _repeated(", "),
    "open brackets": _repeated("("),
    "brackets": _repeated("()"),
    "unbalanced quotes": _repeated('“ 5 " '),
    "one word of the lexicon": _repeated("khiếu nại "),
    "one word and a number": _repeated("5 khiếu nại "),
    "place names": _repeated("huyện Yên Sơn, tỉnh Tuyên Quang, "),
    "periods": _repeated("6 tháng đầu năm 2024, "),
    "periods that go back": _repeated("trong tháng, tiếp 5 lượt công dân "),
    "officials": _repeated("Bí thư Nguyễn Văn An "),
    "line ends": _repeated("\n"),
    "spaces": _repeated(" "),
    "combining marks": _repeated("e\u0302\u0301"),
}
