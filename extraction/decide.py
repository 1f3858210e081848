"""Which code a figure gets: rules scored by how near their evidence stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import itemgetter, or_

from coso.dictionary import load_metrics
from extraction.figures import Figure
from extraction.lexicon import Condition, Rule, rules_by_unit
from extraction.lexicon.tags import single_bits
from extraction.surroundings import ALWAYS, Surroundings

#: A rate right behind the count it belongs to.
_RATE_POINTS = 15.0
#: Scopes from the one that holds least to the one that holds most.
_NARROW = "oflncCsp"
#: What holds around every figure.
_ANYWHERE = Condition(frozenset(), ALWAYS, (), 1, 1, ALWAYS)
_points = itemgetter(0)


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
        like: where the figure begins whose code was taken over, None where a rule decided.
        doubted: whether the figure resembles those of another code, or those of none, more.
    """

    __slots__ = ("code", "doubted", "like", "margin", "rule", "runners", "score", "stock", "subset")

    def __init__(
        self,
        code: str,
        rule: str,
        score: float,
        margin: float,
        stock: bool = False,
        subset: bool = False,
        runners: Sequence[tuple[float, Rule]] = (),
        like: int | None = None,
    ) -> None:
        self.code, self.rule, self.score, self.margin = code, rule, score, margin
        self.stock, self.subset = stock, subset
        self.runners = runners
        self.like = like
        self.doubted = False


class Candidate:
    """A rule made ready for scoring.

    Attributes:
        rule: the rule.
        scope: scope of the condition that is second hardest to meet.
        second: its tags.
        far: vetoes that hold wherever in a scope their tags stand: scope and tags.
        near: vetoes of which the nearest find counts.
    """

    __slots__ = ("far", "near", "rule", "scope", "second")

    def __init__(self, rule: Rule, second: Condition) -> None:
        self.rule = rule
        self.scope = second.reach
        self.second = second.bits
        self.far, self.near = _vetoes(rule)


class _Index:
    """The rules for one set of unit classes, by the tags of the condition that is hardest to meet.

    Attributes:
        candidates: the rules in the order of the file, each by a bit of its own.
        scopes: scope, all the tags asked for in it, and which candidates each of them allows, as bits of a number.
        asked: all the tags asked for in any scope; None where a rule asks for none.
    """

    __slots__ = ("asked", "candidates", "scopes")

    def __init__(self, found: Iterable[Rule]) -> None:
        self.candidates: dict[int, Candidate] = {}
        asked: dict[str, dict[int, int]] = {}
        for order, rule in enumerate(found):
            hardest, second = _hardest(rule)
            self.candidates[1 << order] = Candidate(rule, second)
            allowed = asked.setdefault(hardest.reach, {})
            for tag in single_bits(hardest.bits):
                allowed[tag] = allowed.get(tag, 0) | 1 << order
        self.scopes: list[tuple[str, int, dict[int, int]]] = [
            (scope, reduce(or_, allowed), allowed) for scope, allowed in asked.items()
        ]
        self.asked: int | None = (
            None if ALWAYS in asked else reduce(or_, (bits for _, bits, _ in self.scopes), 0)
        )


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
    runners = [pair for pair in scored[1:] if pair[1].code != code]
    margin = points - runners[0][0] if runners else points
    return Decision(code, best.name, points, margin, best.stock, best.subset, runners[:4])


def may_decide(figure: Figure, tags: int) -> bool:
    """Whether any rule may take a figure that stands among ``tags``; asked before its surroundings are laid out."""
    asked = _index(figure.kinds).asked
    return asked is None or bool(asked & tags)


def _possible(figure: Figure, around: Surroundings) -> list[Candidate]:
    """Return the rules for a figure's units whose tags are there at all, in the order of the file."""
    holds, index = around.holds, _index(figure.kinds)
    allowed = 0
    for scope, asked, rules_by_tag in index.scopes:
        there = holds[scope] & asked
        while there:
            allowed |= rules_by_tag[there & -there]
            there &= there - 1
    found: list[Candidate] = []
    while allowed:
        candidate = index.candidates[allowed & -allowed]
        if candidate.second & holds[candidate.scope]:
            found.append(candidate)
        allowed &= allowed - 1
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
def _index(classes: frozenset[str]) -> _Index:
    """Return the rules for a set of unit classes."""
    ordered: dict[str, Rule] = {}
    for unit in sorted(classes):
        for rule in rules_by_unit().get(unit, ()):
            ordered.setdefault(rule.name, rule)
    return _Index(ordered.values())


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
