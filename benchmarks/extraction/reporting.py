"""Articles full of facts: the annotated passages of the accuracy gate, put together anew with other numbers and places.

No sentence comes twice with the same numbers, so that nothing can be gained by remembering sentences.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

_GOLD = Path(__file__).resolve().parents[2] / "tests" / "extraction" / "gold"
_SETS = ("dev.jsonl", "tuning.jsonl")
_PROVINCES = (
    "Hà Giang", "Nghệ An", "Quảng Trị", "Đồng Tháp", "Kon Tum", "Hải Dương", "Cà Mau", "Bình Định", "Lào Cai",
    "Bến Tre",
    "Thái Bình", "Sơn La", "Phú Yên", "Đắk Lắk", "Vĩnh Long", "Hà Tĩnh", "Bắc Giang", "Quảng Nam", "Long An", "Gia Lai",
)  # fmt: skip
_PROVINCE = re.compile("|".join(_PROVINCES))
#: Characters of an article, about 3.5 KB.
LENGTH = 3500


class Article(NamedTuple):
    """One article with what its page says about it."""

    text: str
    title: str | None
    published: str | None
    province: str | None


def articles(count: int, seed: int = 2) -> list[Article]:
    """Return articles of about ``LENGTH`` characters in which nearly every sentence holds facts."""
    dice = random.Random(seed)
    passages = _passages()
    return [_article(passages, dice) for _ in range(count)]


def _passages() -> list[dict[str, Any]]:
    lines = (line for name in _SETS for line in (_GOLD / name).read_text(encoding="utf-8").splitlines())
    return [passage for line in lines if line.strip() and (passage := json.loads(line)).get("facts")]


def _article(passages: list[dict[str, Any]], dice: random.Random) -> Article:
    chosen: list[dict[str, Any]] = []
    while sum(len(passage["text"]) for passage in chosen) < LENGTH - 200:
        chosen.append(dice.choice(passages))
    return Article(
        "\n".join(_vary(passage, dice) for passage in chosen),
        chosen[0]["title"],
        chosen[0]["published"],
        dice.choice(_PROVINCES),
    )


def _vary(passage: dict[str, Any], dice: random.Random) -> str:
    """Give a passage other figures of as many digits, and other provinces."""
    text = list(passage["text"])
    for fact in passage["facts"]:
        for index in range(fact["start"], fact["end"]):
            if text[index].isdigit():
                first = index == fact["start"]
                text[index] = str(dice.randint(1 if first else 0, 9))
    return _PROVINCE.sub(lambda _: dice.choice(_PROVINCES), "".join(text))
