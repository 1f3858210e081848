"""The words and rules beside this module, compiled for matching.

``words.yml`` says what wordings mean, ``rules.yml`` which code a number gets. Both are read once, lazily.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from ahocorasick_rs import AhoCorasick

from coso.errors import BadInputError
from coso.text import fold_words

HERE = Path(__file__).parent
_BRACES = re.compile(r"\{([^{}]*)\}")
SCOPES = ("o", "l", "n", "c", "s", "p", "d", "f")
_AUXILIARIES = ("đã ", "được ")
#: Of these classes only the nearest find counts, since a new verb or actor takes over from the one before.
EXCLUSIVE = frozenset({"act", "who", "kind", "r"})


class Term(NamedTuple):
    """A wording found in folded text.

    Attributes:
        start: first character.
        end: character after it.
        tags: what it means.
    """

    start: int
    end: int
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of ``need`` or ``not``: any of the tags, found within a scope."""

    tags: frozenset[str]
    scope: str
    exclusive: frozenset[str]
    plain: frozenset[str]

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

    tags: list[frozenset[str]]
    automaton: AhoCorasick
    lengths: list[int] = field(default_factory=list)

    def find(self, folded: str) -> list[Term]:
        """Return the wordings in ``folded``, longest first, not overlapping, in order."""
        # Hits come by their end; the longest that begins at a place is the last one seen there.
        longest: dict[int, tuple[int, int]] = {}
        for index, start, stop in self.automaton.find_matches_as_indexes(folded, overlapping=True):
            if _whole_word(folded, start, stop):
                longest[start] = (stop, index)
        terms: list[Term] = []
        end = 0
        for start in sorted(longest):
            if start >= end:
                end, index = longest[start]
                terms.append(Term(start, end, self.tags[index]))
        return terms


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the wordings of ``words.yml``."""
    meanings: dict[str, set[str]] = {}
    for wording, tags in iter_wordings():
        meanings.setdefault(wording, set()).update(tags)
    # "đã giải quyết" must not hide "giải quyết, trả lời": tense and voice words stay outside.
    wordings = [w for w in meanings if not (w.startswith(_AUXILIARIES) and w.split(" ", 1)[1] in meanings)]
    meant = [frozenset(meanings[wording] - {"x"}) for wording in wordings]
    return Words(meant, AhoCorasick(wordings), [len(wording) for wording in wordings])


def iter_wordings() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every wording, folded and with its braces expanded, with its tags."""
    for section in _load("words.yml").values():
        for tags, text in section.items():
            split = frozenset(tags.split())
            for part in _split_bars(str(text)):
                for wording in _expand(part):
                    folded = " ".join(fold_words(wording).split())
                    if folded:
                        yield folded, split


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
    for code, patterns in _load("rules.yml").items():
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
    exclusive = frozenset(tag.split(".")[0] for tag in split) & EXCLUSIVE
    plain = frozenset(tag for tag in split if tag.split(".")[0] not in exclusive)
    return Condition(split, scope, exclusive, plain)


def _load(name: str) -> dict[str, Any]:
    with (HERE / name).open(encoding="utf-8") as handle:
        loaded = yaml.load(handle, Loader=_Loader)
    return dict(loaded)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that does not let one key silently replace another."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [key.value for key, _ in node.value]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise BadInputError(
            f"line {node.start_mark.line + 1}: {twice[0]!r} comes twice", "join the two entries"
        )
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _split_bars(text: str) -> Iterator[str]:
    depth = start = 0
    for index, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == "|" and depth == 0:
            yield text[start:index].strip()
            start = index + 1
    yield text[start:].strip()


def _expand(text: str) -> Iterator[str]:
    match = _BRACES.search(text)
    if match is None:
        yield text
        return
    for choice in match.group(1).split("|"):
        yield from _expand(text[: match.start()] + choice + text[match.end() :])


def _whole_word(folded: str, start: int, stop: int) -> bool:
    """Whether no letter touches the wording; a digit may stand before a unit, as in 620m2."""
    if (
        start
        and folded[start].isalnum()
        and (folded[start - 1].isalpha() or (folded[start].isdigit() and folded[start - 1].isdigit()))
    ):
        return False
    return not (stop < len(folded) and folded[stop - 1].isalnum() and folded[stop].isalnum())
