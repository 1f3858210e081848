"""Which code a figure gets: rules scored by how near their evidence stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from coso.dictionary import load_metrics
from extraction.figures import Figure, terms_between
from extraction.lexicon import Condition, Rule, Term, rules_by_unit

#: Points for evidence in the number's own phrase, in the words leading up to it, carried from earlier in the
#: sentence, later in it, in the paragraph, in the document, and for the fact just before.
_OWN, _LEAD, _CARRIED, _LATER, _PARAGRAPH, _DOCUMENT, _LAST = 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 5.0
_GOVERNOR = re.compile(r"(?<!\w)(cho|với)(?: hơn| gần| trên| khoảng)?\s*$")
#: A rate right behind the count it belongs to.
_RATE_POINTS = 15.0


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


@dataclass(slots=True)
class Surroundings:
    """What stands around a figure, layer by layer, each from near to far.

    ``segment`` is the part of ``carried`` since the last semicolon; ``fresh`` says that a new place or kind has
    come since, so that no verb is carried across it; ``passive`` are verbs behind the figure that it may be
    the subject of; ``opens_clause`` says that nothing leads up to the figure.
    """

    own: list[frozenset[str]]
    lead: list[frozenset[str]]
    carried: list[frozenset[str]]
    segment: list[frozenset[str]]
    fresh: bool
    opens_clause: bool
    later: list[frozenset[str]]
    passive: list[frozenset[str]]
    paragraph: Sequence[frozenset[str]]
    document: Sequence[frozenset[str]]
    last: str | None
    just_before: frozenset[str]
    unions: dict[str, frozenset[str]] = field(default_factory=dict)

    def within(self, scope: str) -> frozenset[str]:
        """Return all tags a scope can reach."""
        found = self.unions.get(scope)
        if found is None:
            layers = [tags for _, tags in self.layers(scope)]
            found = frozenset().union(*(each for tags in [*layers, self.passive] for each in tags))
            self.unions[scope] = found
        return found

    def layers(self, scope: str) -> list[tuple[float, Sequence[frozenset[str]]]]:
        """Return the layers a scope reaches, nearest first, with the points of each."""
        found: list[tuple[float, Sequence[frozenset[str]]]] = []
        if scope in "ocnspd":
            found.append((_OWN, self.own))
        if scope in "lcnspd":
            found.append((_LEAD, self.lead))
        if scope in "cspd":
            found.append((_CARRIED, self.carried))
        if scope in "spd":
            found.append((_LATER, self.later))
        if scope in "pd":
            found.append((_PARAGRAPH, self.paragraph))
            found.append((_DOCUMENT, self.document))
        return found

    def points(self, condition: Condition) -> float:
        """Return the points of a condition, 0 when it does not hold."""
        if condition.scope == "f":
            return _LAST if self.just_before & condition.tags else 0.0
        if condition.tags.isdisjoint(self.within(condition.scope)):
            return 0.0
        best = 0.0
        plain = condition.plain
        layers = self.layers(condition.scope)
        if plain:
            best = max((value for value, tags in layers if any(plain & each for each in tags)), default=0.0)
        for group in condition.exclusive:
            best = max(best, self._nearest(group, condition, layers))
        return best

    def _nearest(
        self, group: str, condition: Condition, layers: list[tuple[float, Sequence[frozenset[str]]]]
    ) -> float:
        if condition.scope in "oln":
            return max((v for v, tags in layers if any(condition.tags & each for each in tags)), default=0.0)
        prefix = group + "."
        if condition.scope == "c" and group == "act":
            # A passive names its verb last: it counts where nothing was said before.
            layers = [*layers, (_LATER, self.passive)]
            # The verb right ahead of the number governs it; a verb behind it only describes what is counted.
            layers = [layers[1], layers[0], *layers[2:]]
            if self.opens_clause:
                layers = [layers[0], layers[1], layers[-1], *layers[2:-1]]
        for value, tags in layers:
            if group == "kind" and value <= _CARRIED:
                tags = self.segment if value == _CARRIED and _kinds(self.segment) else tags  # noqa: PLW2901
                if len(_kinds(tags)) > 1:
                    # After a list of kinds no single one of them is carried on.
                    return 0.0
            if group == "act" and value == _CARRIED and self.fresh:
                tags = self.segment  # noqa: PLW2901
            for each in tags:
                if any(tag.startswith(prefix) for tag in each):
                    return value if condition.tags & each else 0.0
        return 0.0


def surroundings(
    folded: str,
    figure: Figure,
    before_it: Figure | None,
    terms: list[Term],
    marks: list[Term],
    paragraph: Sequence[frozenset[str]],
    document: Sequence[frozenset[str]],
    closed: Iterable[tuple[int, int]],
    fresh: bool,
) -> Surroundings:
    """Collect what stands around a figure; ``marks`` are the facts already read in its sentence."""
    shut = [pair for pair in closed if pair != figure.bracket and pair[1] <= figure.start]
    before = [
        term
        for term in [*terms_between(terms, figure.sentence.start, figure.lead_start), *marks]
        if term.start < figure.start and not any(a <= term.start < b for a, b in shut)
    ]
    before.sort(key=lambda term: -term.start)
    lead = [term.tags for term in reversed(terms_between(terms, figure.lead_start, figure.start))]
    governed = _GOVERNOR.search(folded[figure.lead_start : figure.start])
    if governed:
        lead.append(frozenset({"q.for" if governed.group(1) == "cho" else "q.with"}))
    stop = figure.bracket[1] if figure.bracket else figure.sentence.end
    own = [
        # A counted noun is no verb: "10 kiến nghị" are proposals, whoever made them.
        term.tags - {"act.recommend"} if figure.unit and term.start == figure.unit[0] else term.tags
        for term in terms_between(terms, figure.number.end, max(figure.own_end, figure.end))
    ]
    if figure.denominator:
        own.append(frozenset({"q.fraction"}))
    for start, end in figure.extra:
        own += [term.tags for term in terms_between(terms, start, end)]
    after = terms_between(terms, max(figure.own_end, figure.end), stop)
    end = folded.find(";", figure.end, stop)
    end = figure.reach if end == -1 else min(end, figure.reach)
    opened = folded.rfind(";", figure.sentence.start, figure.start)
    last = next((tag[2:] for term in before for tag in term.tags if tag.startswith("f.")), None)
    return Surroundings(
        own=own,
        lead=lead,
        carried=[term.tags for term in before],
        segment=[term.tags for term in before if term.start > opened],
        opens_clause=not lead and not folded[figure.lead_start : figure.start].strip(" ,;"),
        fresh=fresh or bool(opened > 0 and _kinds(lead)),
        later=[term.tags for term in after],
        passive=[t.tags for t in after if t.start < end and _is_passive(folded, t)],
        paragraph=paragraph,
        document=document,
        last=last,
        just_before=frozenset(
            {f"f.{last}"} | {f"b.{name}" for name in (before_it.classes if before_it else ())}
        ),
    )


def _is_passive(folded: str, term: Term) -> bool:
    if re.match(r"[^\d,;.]{0,14}\d", folded[term.end : term.end + 16]):
        return False
    return folded.startswith(("được", "đã "), term.start) or folded[
        max(0, term.start - 6) : term.start
    ].endswith(("được ", "đã ", "bị ", "phải "))


def _kinds(layer: Sequence[frozenset[str]]) -> set[str]:
    return {tag for tags in layer for tag in tags if tag.startswith("kind.")}


def decide(figure: Figure, around: Surroundings, linked_rate: bool) -> Decision | None:
    """Return the best code for a figure, None when no rule takes it.

    ``linked_rate`` says that the figure is a percentage right behind a count of the same clause.
    """
    scored: list[tuple[float, Rule]] = []
    seen: set[str] = set()
    for unit in sorted(figure.classes):
        for rule in rules_by_unit().get(unit, ()):
            if rule.name not in seen:
                seen.add(rule.name)
                points = score(rule, around)
                if points is not None:
                    scored.append((points, rule))
    rate = rates_by_count().get(around.last or "") if linked_rate else None
    if rate:
        scored.append((_RATE_POINTS, Rule(f"{rate}/of-count", rate, frozenset(), (), ())))
    if not scored:
        return None
    scored.sort(key=lambda pair: -pair[0])
    points, best = scored[0]
    runners = [(value, rule.name) for value, rule in scored if rule.code != best.code]
    margin = points - runners[0][0] if runners else points
    return Decision(best.code, best.name, points, margin, best.stock, best.subset, runners[:4])


def score(rule: Rule, around: Surroundings) -> float | None:
    """Return the points of a rule, None when a condition fails."""
    for condition in rule.need:
        if condition.scope != "f" and condition.tags.isdisjoint(around.within(condition.scope)):
            return None
    total = rule.plus
    for condition in rule.need:
        points = around.points(condition)
        if not points:
            return None
        total += points
    for condition in rule.veto:
        reachable = condition.scope == "f" or not condition.tags.isdisjoint(around.within(condition.scope))
        if reachable and around.points(condition):
            return None
    return total


@lru_cache(maxsize=1)
def rates_by_count() -> dict[str, str]:
    """Return, for each count, the rate whose numerator it is, by the dictionary."""
    return {
        metric.numerator: metric.code
        for metric in load_metrics().values()
        if metric.numerator and metric.numerator in load_metrics()
    }
