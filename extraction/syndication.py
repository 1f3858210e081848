"""Whether two documents carry the same report: by their words, their figures and the provinces they name.

A document is known by its *runs*, every five words in a row, hashed. Of two documents the shorter decides: the share
of its runs that the other has is high for a reprint and for an excerpt, however much longer the other is. Words alone
are not enough, since provinces report with the same sentences: figures that count the same thing, the months they are
about and the provinces named must agree too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from coso.late_patterns import late
from coso.places import provinces
from coso.text import fold_words

Hashes = npt.NDArray[np.uint32]
Words = npt.NDArray[np.uint64]

#: Words of one run.
RUN = 5
#: Least runs in common, and least share of the shorter one's runs.
LEAST_RUNS, LEAST_SHARE = 20, 0.5
#: Of the runs that hold a number the same share must be there too, where there are so many.
LEAST_FIGURED = 10
#: The same for a text too short to have so many runs.
LEAST_RUNS_SHORT, LEAST_SHARE_SHORT = 8, 0.8
#: An excerpt covers less than this share of the longer text.
EXCERPT_BELOW = 0.6
#: A reprint appears within so many days, a new version in the same outlet within so many.
REPRINT_DAYS, VERSION_DAYS = 30, 7
#: A text may misprint one figure in so many.
FIGURES_A_MISPRINT = 10
#: Least share of an outlet's own earlier text, and of its figures, in a new version of it.
LEAST_SHARE_VERSION, LEAST_FIGURES_VERSION = 0.7, 0.7

_WORDS = late(r"\d+(?:[.,]\d+)*|%|[^\W\d_]+")
_THOUSANDS = late(r"\.(?=\d{3}(?!\d))")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
#: Words before a number that make it the name of a period.
_PERIOD_WORDS = frozenset({"tháng", "quí", "năm", "tuần"})
#: Words before a number that make it the name of a document, which counts nothing: "Nghị định 59", "Quyết định số 12".
_DOCUMENTS = frozenset({"nghị định", "nghị quyết", "chỉ thị", "thông tư", "pháp lệnh"})
_NUMBERED = frozenset({"quyết định", "kết luận", "công văn", "kế hoạch"}) | _DOCUMENTS
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Signature:
    """What of a document decides whether it carries the same report as another.

    Attributes:
        document_id: the document.
        source_key: its outlet.
        url: its address.
        day: day of publication, else of the capture.
        runs: hashes of its runs, sorted, each once.
        figured: those of them that hold a number.
        figures: what each figure counts (high half) and its value (low half).
        periods: word and number of each month, quarter, week and year named.
        places: hashes of the provinces named.
    """

    document_id: str
    source_key: str
    url: str
    day: date
    runs: Hashes
    figured: Hashes
    figures: frozenset[int]
    periods: frozenset[int]
    places: frozenset[int]


@dataclass(frozen=True)
class Match:
    """That two documents carry the same report.

    Attributes:
        share: share of the shorter one's runs that the longer has, 0 to 1.
        relation: reprint, excerpt, or version (of the same outlet).
    """

    share: float
    relation: str


def sign(document_id: str, source_key: str, url: str, day: date, text: str) -> Signature:
    """Return the signature of a document."""
    words = _WORDS.findall(text)
    hashes = np.fromiter(map(_word, words), np.uint64, len(words))
    runs, figured = _runs(hashes, np.fromiter((word[0].isdecimal() for word in words), bool, len(words)))
    figures, periods = _numbers(words, hashes)
    return Signature(document_id, source_key, url, day, runs, figured, figures, periods, _places_of(hashes))


def common_runs(one: Signature, other: Signature) -> int:
    """Return how many runs two documents have in common."""
    return int(np.isin(one.runs, other.runs, assume_unique=True).sum())


def compare(one: Signature, other: Signature, common: int) -> Match | None:
    """Return how two documents carry the same report, None when they do not. Symmetric.

    Args:
        one: a document.
        other: another.
        common: how many runs they have in common.
    """
    short, long = sorted((one, other), key=lambda s: (len(s.runs), s.document_id))
    days = abs((one.day - other.day).days)
    same_outlet = one.source_key == other.source_key
    if days > (VERSION_DAYS if same_outlet and one.url != other.url else REPRINT_DAYS):
        return None
    share = common / max(1, len(short.runs))
    if not _is_enough(common, share) or _differ(short.periods, long.periods):
        return None
    if short.places and long.places and not short.places & long.places:
        return None
    agreeing, differing = _figures(short.figures, long.figures)
    covered = common / len(long.runs)
    if same_outlet and covered >= LEAST_SHARE_VERSION:
        kept = agreeing >= LEAST_FIGURES_VERSION * (agreeing + differing)
        return Match(share, "version") if kept else None
    if differing * FIGURES_A_MISPRINT > agreeing:
        return None
    return Match(share, "excerpt" if covered < EXCERPT_BELOW else "reprint")


def _is_enough(common: int, share: float) -> bool:
    if common >= LEAST_RUNS:
        return share >= LEAST_SHARE
    return common >= LEAST_RUNS_SHORT and share >= LEAST_SHARE_SHORT


def _differ(short: frozenset[int], long: frozenset[int]) -> bool:
    """Say whether a kind of period is named in both texts and no period of that kind in both."""
    common_kinds = {name >> 32 for name in short} & {name >> 32 for name in long}
    return bool(common_kinds - {name >> 32 for name in short & long})


def _figures(short: frozenset[int], long: frozenset[int]) -> tuple[int, int]:
    """Count the short text's figures that the long one has, and those it counts too but with a value named nowhere."""
    counted, values = {figure >> 32 for figure in long}, {_low(figure) for figure in long}
    differing = sum(figure >> 32 in counted and _low(figure) not in values for figure in short)
    return len(short & long), differing


def _numbers(words: list[str], hashes: Words) -> tuple[frozenset[int], frozenset[int]]:
    """Return the figures by what they count, which is the two words behind them, and the periods."""
    figures: list[int] = []
    periods: list[int] = []
    for at, word in enumerate(words):
        is_roman = word.lower() in _ROMAN
        if not (word[0].isdecimal() or is_roman):
            continue
        before = _folded(words[at - 1]) if at else ""
        if is_roman and before != "quí":
            continue
        value = _low(int(hashes[at]))
        if before in _PERIOD_WORDS:
            periods.append(
                _low(_word(before)) << 32 | (_low(_word(_ROMAN[word.lower()])) if is_roman else value)
            )
        elif (
            at + 1 < len(words) and not before[:1].isdecimal() and not _names_a_document(words, at)
        ):  # behind a number it is a part of a date or a code
            after = int(hashes[at + 1]) * 31 + (int(hashes[at + 2]) if at + 2 < len(words) else 0)
            figures.append(_low(after ^ (after >> 32)) << 32 | value)
    return frozenset(figures), frozenset(periods)


def _names_a_document(words: list[str], at: int) -> bool:
    """Say whether the number at a place is that of a document named before it."""
    two, three = " ".join(words[max(0, at - 2) : at]), " ".join(words[max(0, at - 3) : at])
    kind, _, number = fold_words(three).rpartition(" ")
    return fold_words(two) in _DOCUMENTS or (number == "số" and kind in _NUMBERED)


def _runs(hashes: Words, is_number: npt.NDArray[np.bool_]) -> tuple[Hashes, Hashes]:
    """Return the runs, and those that hold a number."""
    count = len(hashes) - RUN + 1
    if count < 1:
        return np.empty(0, np.uint32), np.empty(0, np.uint32)
    mixed, figured = np.zeros(count, np.uint64), np.zeros(count, bool)
    for offset in range(RUN):
        mixed = (mixed ^ hashes[offset : offset + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
        figured |= is_number[offset : offset + count]
    runs = (mixed >> np.uint64(32)).astype(np.uint32)
    return np.unique(runs), np.unique(runs[figured])


def _places_of(hashes: Words) -> frozenset[int]:
    twos, ones = _two(hashes[:-1], hashes[1:]), _two(hashes, np.zeros_like(hashes))
    return frozenset(
        name for words in (twos, ones) for name in words[np.isin(words, _province_names())].tolist()
    )


@cache
def _province_names() -> Hashes:
    """Return the hashes of the first two words of each province's name, or of its single word."""
    names = sorted({tuple(_WORDS.findall(province.name)[:2]) for province in provinces().values()})
    firsts = np.array([_word(words[0]) for words in names], np.uint64)
    seconds = np.array([_word(words[1]) if len(words) > 1 else 0 for words in names], np.uint64)
    return _two(firsts, seconds)


def _two(first: Words, second: Words) -> Hashes:
    return (((first * _MIX) ^ second) * _MIX >> np.uint64(32)).astype(np.uint32)


def _low(value: int) -> int:
    return value & 0xFFFFFFFF


@lru_cache(maxsize=1 << 18)
def _folded(word: str) -> str:
    return fold_words(word)


@lru_cache(maxsize=1 << 18)
def _word(word: str) -> int:
    """Return the hash of a word however it is spelt: case, place of the tone, dots in thousands, leading zeros."""
    if word[0].isdecimal():
        word = "#" + (_THOUSANDS.sub("", word).replace(",", ".").lstrip("0") or "0")
    else:
        word = fold_words(word)
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


def groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each document that is in a pair the smallest id among those it is joined with, directly or not."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    members: dict[str, list[str]] = defaultdict(list)
    for name in list(parent):
        members[root(name)].append(name)
    return {name: low for low, names in members.items() for name in names}
