"""The words and rules beside this module, compiled for matching.

``words.yml`` says what wordings mean, ``rules.yml`` which code a number gets. Both are read once, lazily.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from operator import attrgetter
from typing import Any

from ahocorasick_rs import AhoCorasick

from coso.errors import BadInputError
from coso.late_patterns import late
from coso.text import fold_words
from extraction.lexicon.files import load
from extraction.lexicon.tags import bits_of, group_bits, union

_start, _bits = attrgetter("start"), attrgetter("meaning.bits")
_BRACES = late(r"\{([^{}]*)\}")
SCOPES = ("o", "l", "n", "c", "s", "p", "f")
_AUXILIARIES = ("đã ", "được ")
#: Of these classes only the nearest find counts, since a new verb or actor takes over from the one before.
EXCLUSIVE = frozenset({"act", "who", "kind", "r"})
_TELLING = (
    "act.", "who.", "kind.", "t.", "q.form", "q.violating", "q.prolonged", "q.value", "q.crowd", "q.standard",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a wording means, worked out once for all its finds.

    Attributes:
        tags: its tags.
        bits: the same as bits.
        classes: the unit classes among them, without their prefix.
        verb: whether it says what was done.
        kind: whether it names a kind of petition.
        board: whether it names a board elected by the people.
        proposes: whether it is the verb "recommend", which is a noun too.
        leads: whether it can stand ahead of a number as its verb, actor or qualifier.
        implies: whether a number right before it has left its noun out.
    """

    tags: frozenset[str]
    bits: int
    classes: frozenset[str]
    verb: bool
    kind: bool
    board: bool
    proposes: bool
    leads: bool
    implies: bool


def meaning_of(tags: Iterable[str]) -> Meaning:
    """Work out what a set of tags means."""
    known = frozenset(tags)
    return Meaning(
        known,
        bits_of(sorted(known)),
        frozenset(tag[2:] for tag in known if tag.startswith("u.")),
        verb=_any(known, "act."),
        kind=_any(known, "kind."),
        board=bool(known & {"who.ttnd", "who.gsdt"}),
        proposes="act.recommend" in known,
        leads=_any(known, "act.", "who.", "q.long", "q.standard", "q.value"),
        implies=_any(known, "act.", "q.", "who."),
    )


def _any(tags: frozenset[str], *prefixes: str) -> bool:
    return any(tag.startswith(prefixes) for tag in tags)


class Term:
    """A wording found in folded text.

    Attributes:
        start: first character.
        end: character after it.
        meaning: what it means.
    """

    __slots__ = ("end", "meaning", "start")

    def __init__(self, start: int, end: int, meaning: Meaning) -> None:
        self.start = start
        self.end = end
        self.meaning = meaning

    @property
    def tags(self) -> frozenset[str]:
        """Tags of its meaning."""
        return self.meaning.tags


class Terms:
    """The wordings found in a stretch of text, in order.

    Attributes:
        items: the wordings.
        starts: where each begins.
        bits: what each means, as bits.
    """

    __slots__ = ("bits", "items", "starts")

    def __init__(
        self, items: list[Term], starts: list[int] | None = None, bits: list[int] | None = None
    ) -> None:
        self.items = items
        self.starts: list[int] = list(map(_start, items)) if starts is None else starts
        self.bits: list[int] = list(map(_bits, items)) if bits is None else bits

    def between(self, start: int, end: int) -> list[Term]:
        """Return the terms that begin in ``[start, end)``."""
        starts = self.starts
        return self.items[bisect_left(starts, start) : bisect_left(starts, end)]

    def cover(self, position: int, since: int) -> bool:
        """Whether a term that begins at ``since`` or behind holds ``position`` inside; no two terms overlap."""
        last = bisect_left(self.starts, position) - 1
        return last >= 0 and self.items[last].end > position and self.starts[last] >= since

    def bits_between(self, start: int, end: int) -> list[int]:
        """Return what each of the terms that begin in ``[start, end)`` means, as bits."""
        starts = self.starts
        return self.bits[bisect_left(starts, start) : bisect_left(starts, end)]

    def pairs_between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where each of the terms that begin in ``[start, end)`` begins, and what it means, as bits."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return list(zip(self.starts[low:high], self.bits[low:high], strict=True))

    def said(self, start: int, end: int) -> int:
        """Return all that the terms that begin in ``[start, end)`` mean, as bits."""
        return union(self.bits_between(start, end))

    def within(self, start: int, end: int) -> Terms:
        """Return the terms that begin in ``[start, end)``, to be searched further."""
        low = bisect_left(self.starts, start)
        high = bisect_left(self.starts, end, low)
        return Terms(self.items[low:high], self.starts[low:high], self.bits[low:high])


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of ``need`` or ``not``: any of the tags, found within a scope.

    Attributes:
        tags: the tags.
        scope: where they count.
        exclusive: groups of which the nearest find alone counts.
        bits: the tags as bits.
        nearby_bits: those of the tags that count wherever in the scope they stand.
        reach: scope in which one of the tags must stand for the condition to hold at all; ``C`` is ``c`` with the
            passive verbs behind the figure.
    """

    tags: frozenset[str]
    scope: str
    exclusive: tuple[str, ...]
    bits: int
    nearby_bits: int
    reach: str

    def __str__(self) -> str:
        return "|".join(sorted(self.tags)) + "@" + self.scope


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a code.

    Attributes:
        name: code and ordinal, such as ``reception_visits/2``; told with each fact.
        code: metric code, or ``other``.
        units: unit classes it takes.
        need: conditions that must hold.
        veto: conditions that must not.
        plus: points added to its score.
        subset: whether facts it makes are parts of their metric.
        stock: whether facts it makes are as-of figures.
    """

    name: str
    code: str
    units: frozenset[str]
    need: tuple[Condition, ...]
    veto: tuple[Condition, ...]
    plus: float = 0.0
    subset: bool = False
    stock: bool = False


@dataclass(slots=True)
class Words:
    """Wordings ready to be searched."""

    meanings: list[Meaning]
    automaton: AhoCorasick

    def find(self, folded: str) -> list[Term]:
        """Return the wordings in ``folded``, longest first, not overlapping, in order."""
        # Hits come by their end; the longest that begins at a place is the last one seen there.
        longest: dict[int, tuple[int, int]] = {}
        # The space behind the last character stands ahead of the first one, too, at the index -1.
        text = folded + " "
        for index, start, stop in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            # No letter may touch a wording; most hits begin after a space and end before one.
            behind = text[stop]
            if behind != " " and behind.isalnum() and _goes_on(text, start, stop):
                continue
            if text[start - 1] != " " and not _opens_word(text, start):
                continue
            longest[start] = (stop, index)
        terms: list[Term] = []
        meanings = self.meanings
        end = 0
        for start in sorted(longest):
            if start >= end:
                end, index = longest[start]
                terms.append(Term(start, end, meanings[index]))
        return terms


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the wordings of ``words.yml``."""
    meanings: dict[str, frozenset[str]] = {}
    for wording, tags in iter_wordings():
        known = meanings.get(wording)
        meanings[wording] = tags if known is None else known | tags
    # "đã giải quyết" must not hide "giải quyết, trả lời": tense and voice words stay outside.
    wordings = [w for w in meanings if not (w.startswith(_AUXILIARIES) and w.split(" ", 1)[1] in meanings)]
    meant = {tags: meaning_of(tags - {"x"}) for tags in set(meanings.values())}
    return Words([meant[meanings[w]] for w in wordings], AhoCorasick(wordings))


def iter_wordings() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every wording, folded and with its braces expanded, with its tags."""
    for section in load("words.yml").values():
        for tags, text in section.items():
            split = frozenset(tags.split())
            for wording in expand_wordings(str(text)):
                yield wording, split


def expand_wordings(text: str) -> Iterator[str]:
    """Yield the folded wordings of a list parted by bars, with its braces expanded."""
    for part in _split_bars(fold_words(text)):
        for wording in _expand(part):
            spaced = " ".join(wording.split())
            if spaced:
                yield spaced


@lru_cache(maxsize=1)
def rules_by_unit() -> dict[str, tuple[Rule, ...]]:
    """Return the rules of ``rules.yml`` by unit class, in the order of the file."""
    table: dict[str, list[Rule]] = {}
    for rule in rules():
        for unit in rule.units:
            table.setdefault(unit, []).append(rule)
    return {unit: tuple(found) for unit, found in table.items()}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Return every rule.

    Raises:
        BadInputError: a rule is malformed.
    """
    found = []
    for code, patterns in load("rules.yml").items():
        for ordinal, pattern in enumerate(patterns, start=1):
            found.append(_rule(code, ordinal, pattern))
    return tuple(found)


def _rule(code: str, ordinal: int, pattern: dict[str, Any]) -> Rule:
    name = f"{code}/{ordinal}"
    unknown = set(pattern) - {"unit", "need", "not", "plus", "subset", "stock"}
    if unknown or not pattern.get("unit"):
        raise BadInputError(
            f"rules.yml: {name} has {sorted(unknown) or 'no unit'}", "see the head of the file"
        )
    return Rule(
        name=name,
        code=code,
        units=frozenset(pattern["unit"]),
        need=tuple(_condition(line, name) for line in pattern.get("need", ())),
        veto=tuple(_condition(line if "@" in line else line + "@n", name) for line in pattern.get("not", ())),
        plus=float(pattern.get("plus", 0)),
        subset=bool(pattern.get("subset", False)),
        stock=bool(pattern.get("stock", False)),
    )


def _condition(line: str, name: str) -> Condition:
    tags, at, scope = line.rpartition("@")
    if not at or scope not in SCOPES:
        raise BadInputError(f"rules.yml: {name}: {line!r} has no scope", f"end it with @ and one of {SCOPES}")
    split = frozenset(tags.split("|"))
    exclusive: tuple[str, ...] = ()
    if scope not in "olnf":
        exclusive = tuple(sorted(frozenset(tag.split(".")[0] for tag in split) & EXCLUSIVE))
    nearby = bits_of(sorted(tag for tag in split if tag.split(".")[0] not in exclusive))
    reach = "C" if scope == "c" and "act" in exclusive else scope
    return Condition(split, scope, exclusive, bits_of(sorted(split)), nearby, reach)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tags there are.

    Attributes:
        groups: bits of each group of which the nearest find alone counts.
        telling: bits of the tags that tell one code from another.
    """

    groups: dict[str, int]
    telling: int


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the groups of tags, once words and rules are known."""
    words()
    rules()
    return Vocabulary({group: group_bits(group + ".") for group in EXCLUSIVE}, group_bits(*_TELLING))


def _split_bars(text: str) -> Iterator[str]:
    if "{" not in text:
        yield from (part.strip() for part in text.split("|"))
        return
    depth = start = 0
    for index, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == "|" and depth == 0:
            yield text[start:index].strip()
            start = index + 1
    yield text[start:].strip()


def _expand(text: str) -> Iterator[str]:
    if "{" not in text:
        yield text
        return
    # Parts at odd places stood in braces that hold no others; what these leave open is expanded in turn.
    parts = [part.split("|") if place % 2 else [part] for place, part in enumerate(_BRACES.split(text))]
    for choice in product(*parts):
        yield from _expand("".join(choice))


def _goes_on(folded: str, start: int, stop: int) -> bool:
    """Whether a letter or digit right behind a wording belongs to it, unlike the number of "tiếp512 lượt"."""
    last = folded[stop - 1]
    runs_into_number = stop - start > 2 and folded[stop].isdecimal() and last.isalpha()
    return last.isalnum() and not runs_into_number


def _opens_word(folded: str, start: int) -> bool:
    """Whether a wording may begin right behind a letter or digit: a unit after its number, as in 620m2, may."""
    first, before = folded[start], folded[start - 1]
    return (
        not before.isalnum()
        or not first.isalnum()
        or not (before.isalpha() or (first.isdigit() and before.isdigit()))
    )
