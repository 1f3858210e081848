"""Which code a figure gets: rules scored by how near their evidence stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import attrgetter, itemgetter, or_
from typing import NamedTuple

from coso.dictionary import load_metrics
from extraction.figures import Figure
from extraction.lexicon import Condition, Rule, rules_by_unit
from extraction.surroundings import ALWAYS, Surroundings

#: A rate right behind the count it belongs to.
_RATE_POINTS = 15.0
#: Scopes from the one that holds least to the one that holds most.
_NARROW = "oflncCspd"
#: What holds around every figure.
_ANYWHERE = Condition(frozenset(), ALWAYS, (), 1, 1, ALWAYS)
_points = itemgetter(0)
_order = attrgetter("order")


@dataclass(slots=True)
class Decision:
    """The code a figure got.

    Attributes:
        code: metric code, or ``other``.
        rule: name of the rule.
        score: points of the rule.
        margin: points it led the best rule of another code by.
        stock: whether the rule makes as-of figures.
        subset: whether the rule makes parts.
        runners: the best rules of other codes with their points, for explaining.
    """

    code: str
    rule: str
    score: float
    margin: float
    stock: bool = False
    subset: bool = False
    runners: list[tuple[float, str]] = field(default_factory=list)


class Candidate(NamedTuple):
    """A rule made ready for scoring.

    Attributes:
        bits: tags of the condition that is hardest to meet.
        scope: scope of the second hardest.
        second: its tags.
        order: place among the rules of the same units.
        rule: the rule.
        far: vetoes that hold wherever in a scope their tags stand: scope and tags.
        near: vetoes of which the nearest find counts.
    """

    bits: int
    scope: str
    second: int
    order: int
    rule: Rule
    far: tuple[tuple[str, int], ...]
    near: tuple[Condition, ...]


def decide(figure: Figure, around: Surroundings, linked_rate: bool) -> Decision | None:
    """Return the best code for a figure, None when no rule takes it.

    ``linked_rate`` says that the figure is a percentage right behind a count of the same clause.
    """
    scored: list[tuple[float, Rule]] = []
    for candidate in _possible(figure, around):
        points = _score(candidate, around)
        if points is not None:
            scored.append((points, candidate.rule))
    rate = rates_by_count().get(around.last or "") if linked_rate else None
    if rate:
        scored.append((_RATE_POINTS, Rule(f"{rate}/of-count", rate, frozenset(), (), ())))
    if not scored:
        return None
    scored.sort(key=_points, reverse=True)
    points, best = scored[0]
    code = best.code
    runners = [(value, rule.name) for value, rule in scored if rule.code != code]
    margin = points - runners[0][0] if runners else points
    return Decision(code, best.name, points, margin, best.stock, best.subset, runners[:4])


def _possible(figure: Figure, around: Surroundings) -> list[Candidate]:
    """Return the rules for a figure's units whose tags are there at all, in the order of the file."""
    holds = around.holds
    found: list[Candidate] = []
    for scope, asked, candidates in _candidates(frozenset(figure.classes)):
        near = holds[scope]
        if near & asked:
            found += [c for c in candidates if c[0] & near and c[2] & holds[c[1]]]
    found.sort(key=_order)
    return found


def _score(candidate: Candidate, around: Surroundings) -> float | None:
    """Return the points of a rule, None when a condition fails."""
    holds = around.holds
    for scope, bits in candidate.far:
        if bits & holds[scope]:
            return None
    total = candidate.rule.plus
    for condition in candidate.rule.need:
        points = around.points(condition)
        if not points:
            return None
        total += points
    for condition in candidate.near:
        if condition.bits & holds[condition.reach] and around.points(condition):
            return None
    return total


@lru_cache(maxsize=4096)
def _candidates(classes: frozenset[str]) -> tuple[tuple[str, int, tuple[Candidate, ...]], ...]:
    """Return the rules for a set of unit classes, by the scope of the condition that is hardest to meet.

    Between scope and rules stand all the tags that these conditions ask for.
    """
    ordered: dict[str, Rule] = {}
    for unit in sorted(classes):
        for rule in rules_by_unit().get(unit, ()):
            ordered.setdefault(rule.name, rule)
    table: dict[str, list[Candidate]] = {}
    for order, rule in enumerate(ordered.values()):
        hardest, second = _hardest(rule)
        table.setdefault(hardest.reach, []).append(
            Candidate(hardest.bits, second.reach, second.bits, order, rule, *_vetoes(rule))
        )
    return tuple(
        (scope, reduce(or_, (candidate.bits for candidate in found)), tuple(found))
        for scope, found in table.items()
    )


def _hardest(rule: Rule) -> tuple[Condition, Condition]:
    needed = sorted(
        rule.need, key=lambda condition: (_NARROW.index(condition.reach), condition.bits.bit_count())
    )
    needed += [_ANYWHERE] * (2 - len(needed))
    return needed[0], needed[1]


def _vetoes(rule: Rule) -> tuple[tuple[tuple[str, int], ...], tuple[Condition, ...]]:
    far: dict[str, int] = {}
    for condition in rule.veto:
        bits = condition.bits if condition.scope == "f" else condition.nearby_bits
        if bits:
            far[condition.scope] = far.get(condition.scope, 0) | bits
    return tuple(far.items()), tuple(condition for condition in rule.veto if condition.exclusive)


@lru_cache(maxsize=1)
def rates_by_count() -> dict[str, str]:
    """Return, for each count, the rate whose numerator it is, by the dictionary."""
    return {
        metric.numerator: metric.code
        for metric in load_metrics().values()
        if metric.numerator and metric.numerator in load_metrics()
    }
