"""Articles full of facts: the annotated passages of the accuracy gate, put together anew with other numbers and places.

No sentence comes twice with the same numbers, so that nothing can be gained by remembering sentences. Whole articles of
such passages hold several times the facts that newspapers print; ``mixed_articles`` have about as many, among
sentences about other things, and ``published_articles`` are real ones.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

from news import general_sentence

_GOLD = Path(__file__).resolve().parents[2] / "tests" / "extraction" / "gold"
#: Articles of newspapers with their annotations, where they lie beside the checkout.
_SHARED = Path(__file__).resolve().parents[3] / "shared"
_SETS = ("dev.jsonl", "tuning.jsonl")
_PROVINCES = (
    "Hà Giang", "Nghệ An", "Quảng Trị", "Đồng Tháp", "Kon Tum", "Hải Dương", "Cà Mau", "Bình Định", "Lào Cai",
    "Bến Tre",
    "Thái Bình", "Sơn La", "Phú Yên", "Đắk Lắk", "Vĩnh Long", "Hà Tĩnh", "Bắc Giang", "Quảng Nam", "Long An", "Gia Lai",
)  # fmt: skip
_PROVINCE = re.compile("|".join(_PROVINCES))
#: Characters of an article, about 3.5 KB.
LENGTH = 3500
#: Share of a mixed article that its passages with facts make up.
_MIXED = 0.36


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


def mixed_articles(count: int, seed: int = 3) -> list[Article]:
    """Return articles of about ``LENGTH`` characters of which a third holds facts, the rest is about other things."""
    dice = random.Random(seed)
    passages = _passages()
    return [_mixed(passages, dice) for _ in range(count)]


def published_articles(shared: Path = _SHARED) -> list[Article]:
    """Return the real articles beside the checkout, none where there are none."""
    annotation = shared / "gold" / "seeds.jsonl"
    if not annotation.exists():
        return []
    known = [json.loads(line) for line in annotation.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Article(
            (shared / "seeds" / one["id"]).read_text(encoding="utf-8"),
            one.get("title"),
            one.get("published"),
            one.get("source_province"),
        )
        for one in known
    ]


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


def _mixed(passages: list[dict[str, Any]], dice: random.Random) -> Article:
    chosen: list[dict[str, Any]] = []
    while sum(len(passage["text"]) for passage in chosen) < LENGTH * _MIXED:
        chosen.append(dice.choice(passages))
    pieces = [_vary(passage, dice) for passage in chosen]
    while sum(map(len, pieces)) < LENGTH - 200:
        pieces.append(" ".join(general_sentence(dice) for _ in range(3)))
    dice.shuffle(pieces)
    return Article("\n".join(pieces), chosen[0]["title"], chosen[0]["published"], dice.choice(_PROVINCES))


def _vary(passage: dict[str, Any], dice: random.Random) -> str:
    """Give a passage other figures of as many digits, and other provinces."""
    text = list(passage["text"])
    for fact in passage["facts"]:
        for index in range(fact["start"], fact["end"]):
            if text[index].isdigit():
                first = index == fact["start"]
                text[index] = str(dice.randint(1 if first else 0, 9))
    return _PROVINCE.sub(lambda _: dice.choice(_PROVINCES), "".join(text))
