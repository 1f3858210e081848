"""Which code the number of a cell gets: its headings are put as a sentence, and the rules for sentences decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from coso.dictionary import Metric, load_metrics
from coso.late_patterns import late
from coso.text import fold_words
from extraction.confidence import confidence_of
from extraction.decide import Decision
from extraction.document import Document, Draft
from extraction.forms.headings import Heading, say_as_articles, take_apart, uncounted
from extraction.lexicon import words
from extraction.reader import prepare, read_drafts

#: Stands for the number of the cell: a count that no rule takes for a year, an ordinal or a date.
_STAND_IN = "37"
_LEVEL = "41"
#: How sure a heading is that is the name of a metric: as sure as a clear sentence.
_BY_NAME = 0.93
_TOTAL = late(r"(?<!\w)tổng số (?=\w)")
#: Classes of units that are measured, not counted: a number in one of them is of that class and of no other.
_MEASURED = frozenset({"u.money", "u.area", "u.length"})
#: Units of the dictionary that count people, as themselves or as often as they came.
_PEOPLE = frozenset({"person", "person-turn", "turn"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What the number of a cell counts.

    Attributes:
        code: code of the dictionary.
        rule: what decided.
        tier: tier that acted, where only one is meant.
        stock: whether it is an as-of figure.
        subset: whether it is a part of its metric.
        sure: probability that the code is right, by the doubts known of sentences.
    """

    code: str
    rule: str
    tier: str | None = None
    stock: bool = False
    subset: bool = False
    sure: float = 0.0


def phrase(headings: Sequence[Heading]) -> str:
    """Return headings, outermost first, as the words leading up to a number."""
    pieces: list[str] = []
    part = False
    for heading in headings:
        part = part or "part" in heading.roles
        text = say_as_articles(heading.text.strip(" :;.,").lower())
        if not text or text in pieces:
            continue
        pieces.append(f"trong đó {text}" if part and pieces else text)
        part = False
    return ", ".join(pieces)


def nouns(said: str) -> set[str]:
    """Return the classes of counted nouns that a phrase names."""
    tags = (tag for term in words().find(fold_words(said)) for tag in term.tags)
    return {tag for tag in tags if tag.startswith("u.")}


def noun_above(said: str) -> str:
    """Return the counted noun that the headings above give a heading which names none, empty when they give none.

    What stands under "trong đó" counts what its total counts, unless it says "số …" itself.
    """
    above, comma, own = said.rpartition(", ")
    folded = fold_words(above)
    names_one = "số " in fold_words(own) if own.startswith("trong đó") else bool(nouns(own))
    if not comma or names_one:
        return ""
    for term in reversed(words().find(folded)):
        if folded[: term.start].endswith("số ") and any(tag.startswith("u.") for tag in term.tags):
            return above[term.start : term.end]
    return ""


@lru_cache(maxsize=20_000)
def decide_cell(
    said: str, unit: str, title: str, province: str | None, beside: str | None = None
) -> Counted | None:
    """Return what the number counts that ``said`` leads up to; None when no rule takes it.

    Args:
        said: headings as a phrase, see :func:`phrase`.
        unit: unit as written, empty when none is given.
        title: title of the form: what it is about.
        province: province of the form.
        beside: for a share, the unit of the level beside it, which it is a share of.
    """
    named = _named(said, unit)
    if named is not None:
        return named if _fits(named.code, unit) else None
    if uncounted().search(fold_words(said)):
        return None
    ways = _sentences(said, unit, title, beside)
    found = next((read for way in ways if (read := _read(way, title, province))), None)
    apart = _apart(said, unit) if beside is None else None
    clearer = _read(apart, title, province) if found and apart else None
    if found and clearer and _is_clearer(clearer[0].decision, found[0].decision):
        found = clearer
    if found is None or found[0].decision.code == "other" or not _fits(found[0].decision.code, unit):
        return None
    return _counted(*found)


def _is_clearer(one: Decision, other: Decision) -> bool:
    """Whether a reading without the headings around is surer of a code than the one with them."""
    return one.code != "other" and one.score > other.score


def _read(way: tuple[str, int], title: str, province: str | None) -> tuple[Draft, Document] | None:
    """Return what the number at a place of a sentence was read as."""
    text, start = way
    document = prepare(text, title, None, province)
    drafts = read_drafts(document, guessing=False)
    return next(((draft, document) for draft in drafts if draft.figure.start == start), None)


def _apart(said: str, unit: str) -> tuple[str, int] | None:
    """Return the innermost heading as a sentence of its own.

    A section that names an activity ("Giải quyết khiếu nại") is no verb of what its rows count.
    """
    outer, comma, inner = said.rpartition(", ")
    if not comma or inner.startswith("trong đó"):
        return None
    lead = f"{outer}. {inner.capitalize()}: "
    unit = unit or noun_above(said)
    return lead + _STAND_IN + ("%" if unit == "%" else f" {unit}" if unit else ""), len(lead)


def _fits(code: str, unit: str) -> bool:
    """Say whether a stated unit can be that of a code: people are no boards, and money is no number of cases."""
    metric, stated = load_metrics().get(code), nouns(unit)
    if metric is None or not stated:
        return True
    own = nouns(metric.unit_vi)
    if (stated | own) & _MEASURED:
        return bool(stated & own)
    return "u.person" not in stated or metric.unit in _PEOPLE or "u.person" in own


def _counted(draft: Draft, document: Document) -> Counted:
    decision = draft.decision
    # Period and place of a cell are known by other ways than those of a sentence.
    known = Draft(draft.figure, draft.decision, draft.earlier)
    known.period, known.territory = draft.period or "2024", document.atlas.province
    sure = confidence_of(known)
    return Counted(decision.code, decision.rule, draft.tier, draft.stock, draft.subset, sure)


def _named(said: str, unit: str) -> Counted | None:
    """Return the code of a heading that is the name of a metric in the dictionary, None for any other."""
    folded = fold_words(said)
    starts = [0, *(match.end() for match in re.finditer(", ", folded))]
    metric = next((found for start in starts if (found := _names().get(folded[start:]))), None)
    if metric is None or (unit and (metric.kind == "rate") != (unit == "%")):
        return None
    return Counted(metric.code, "dictionary-name", stock=metric.kind == "stock", sure=_BY_NAME)


@lru_cache(maxsize=1)
def _names() -> dict[str, Metric]:
    """Return the metrics by their folded names; a name of two metrics is none."""
    names = [(fold_words(phrase((take_apart(m.name_vi),))), m) for m in load_metrics().values()]
    counts = Counter(name for name, _ in names)
    return {name: metric for name, metric in names if counts[name] == 1}


def _sentences(said: str, unit: str, title: str, beside: str | None) -> list[tuple[str, int]]:
    """Return ways to put a cell as a sentence, each with the place of the number in it."""
    unit = unit or noun_above(said)
    number = _STAND_IN + ("%" if unit == "%" else f" {unit}" if unit else "")
    ways: list[tuple[str, int]] = []
    if beside is not None:
        text = f"{said}: {_LEVEL} {beside}".rstrip()
        ways.append((f"{text}, đạt {number}", len(text) + len(", đạt ")))
    ways.append((f"{said}: {number}", len(said) + 2))
    outer, comma, inner = said.rpartition(", ")
    if comma and unit and _is_actor(inner):
        # A column that is headed by who did it: "Ban Thanh tra nhân dân".
        lead = f"{inner} {outer}: "
        ways.append((lead + number, len(lead)))
    if unit and unit != "%":
        ways.append((f"{said}: {_STAND_IN}", len(said) + 2))
    plain = _TOTAL.sub("số ", said)
    if plain != said:
        ways += [(f"{plain}: {number}", len(plain) + 2), (f"{plain}: {_STAND_IN}", len(plain) + 2)]
    if comma:
        ways.append((f"{outer}. {inner.capitalize()}: {number}", len(outer) + 2 + len(inner) + 2))
    if title:
        # What a column of few words counts is said by the title.
        lead = f"{title.rstrip('. ')}. {said.capitalize()}: "
        ways.append((lead + number, len(lead)))
        if not unit and (noun := _own_noun(said)):
            ways.append((f"{lead}{number} {noun}", len(lead)))
    return ways


def _is_actor(said: str) -> bool:
    """Whether a heading names somebody who acts, and nothing that is counted but boards."""
    terms = words().find(fold_words(said))
    return any(tag.startswith("who.") for term in terms for tag in term.tags) and nouns(said) <= {"u.board"}


def _own_noun(said: str) -> str:
    """Return the counted noun that a heading itself begins with ("số ngày công"), empty when it does not."""
    folded = fold_words(said)
    for term in words().find(folded):
        if folded[: term.start].endswith("số ") and any(tag.startswith("u.") for tag in term.tags):
            return said[term.start : term.end]
    return ""
