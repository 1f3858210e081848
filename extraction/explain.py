"""Why a text was read as it was: for each sentence its tokens, what they mean, what was bound to what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from coso.periods import parse_period
from extraction import likeness, when
from extraction.confidence import doubts_of
from extraction.document import Document, Draft, Sight
from extraction.lexicon import Condition, Rule, Term, rules
from extraction.model import Comparison, Conference, Fact, Reading, Span
from extraction.sentences import Sentence
from extraction.surroundings import CARRIED, DOCUMENT, LAST, LATER, LEAD, OWN, PARAGRAPH

#: Where evidence stands, by the points it gives.
_STANDS = {
    OWN: "in its own phrase",
    LEAD: "ahead of it",
    CARRIED: "earlier in the sentence",
    LATER: "later in the sentence",
    PARAGRAPH: "in the paragraph",
    DOCUMENT: "in the paragraph before or the title",
}
_PASSED_OVER = {
    "comparison": "a change, no level of its own",
    "denominator": "the whole of the figure before it",
    "plan": "of a plan or a target",
    "name": "the end of a name",
    "unlike": "a rule takes it, but it resembles numbers that are no facts far more",
}
_NO_CODE = "no rule takes this noun here, and it resembles no figure that has a code"
#: Readings that no line of rules.yml makes.
_WITHOUT_RULE = {
    "continuation": "an item of the breakdown before it, with the code of that",
    "elsewhere": "told of another place, with the code of what was told before",
    "in-turn": "told in its turn, with the code of the number that stands there in the clause before",
    "known-total": "settled of a total told before, with the code that goes with its kind",
    "same-number": "said of the number before it (\"con số này\"), with the code of that",
    "earlier-level": "the earlier value of the figure before it",
    "of-count": "a rate right behind its count; the dictionary names that as its numerator",
}  # fmt: skip


def explain(document: Document, sights: Sequence[Sight], reading: Reading) -> Iterator[str]:
    """Yield lines that tell how a text became what was read of it.

    Args:
        document: the text made ready.
        sights: what the reader told of each figure.
        reading: what was read in the end.
    """
    facts = {fact.start: fact for fact in reading.facts}
    for ordinal, sentence in enumerate(document.sentences, start=1):
        inside = [s for s in sights if sentence.start <= s.figure.start < sentence.end]
        if not inside and not document.runs[ordinal - 1]:
            continue
        text = document.folded.plain[sentence.start : sentence.end]
        yield f"[{ordinal}] {text}"
        yield f"  tokens   {' · '.join(_tokens(document, sentence, inside))}"
        yield from _matches(document, sentence)
        for sight in inside:
            yield from _figure(document, sight, facts.get(document.folded.start(sight.figure.start)))
    yield from _besides(reading)


def _tokens(document: Document, sentence: Sentence, sights: Sequence[Sight]) -> list[str]:
    """Cut a sentence at all that was found in it."""
    spans = [(t.start, t.end) for t in document.terms.between(sentence.start, sentence.end)]
    spans += [(m.start, m.end) for m in document.moments_in(sentence.start, sentence.end)]
    spans += [(m.start, m.end) for m in document.mentions_in(sentence.start, sentence.end)]
    spans += [(m.start, m.end) for m in document.masks if sentence.start <= m.start < sentence.end]
    spans += [(s.figure.start, s.figure.number.end) for s in sights]
    plain, tokens, position = document.folded.plain, [], sentence.start
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < position:
            continue
        tokens += plain[position:start].split()
        tokens.append(plain[start:end].strip())
        position = end
    return [*tokens, *plain[position : sentence.end].split()]


def _matches(document: Document, sentence: Sentence) -> Iterator[str]:
    """Yield the wordings, periods, places and masked numbers found in a sentence."""
    plain = document.folded.plain
    terms = document.terms.between(sentence.start, sentence.end)
    words = [f"{plain[t.start : t.end]} ({', '.join(sorted(t.tags))})" for t in terms if t.tags]
    periods = [
        f"{plain[m.start : m.end]} ({_period(document, m)})"
        for m in document.moments_in(sentence.start, sentence.end)
    ]
    places = [
        f"{plain[m.start : m.end].strip()} ({m.territory.place if m.territory else m.wide})"
        for m in document.mentions_in(sentence.start, sentence.end)
    ]
    masked = [
        f"{plain[m.start : m.end].strip()} ({m.kind.replace('_', ' ')})"
        for m in document.masks
        if sentence.start <= m.start < sentence.end and any(c.isdigit() for c in plain[m.start : m.end])
    ]
    for name, found in (("words", words), ("periods", periods), ("places", places), ("masked", masked)):
        if found:
            yield f"  {name:<8} {'; '.join(found)}"


def _period(document: Document, moment: when.Moment) -> str:
    """Return what a mention of a period means, and what speaks against its ruling figures."""
    notation = when.resolve(moment, document.calendar, None) or moment.form
    doubts = [word for word, holds in (("compared with", moment.baseline), ("plan", moment.plan)) if holds]
    return ", ".join([notation, *doubts, *(["an event's day"] if moment.form == "event" else [])])


def _figure(document: Document, sight: Sight, fact: Fact | None) -> Iterator[str]:
    """Yield what a figure was bound to, and what came of it."""
    figure, folded = sight.figure, document.folded
    number = folded.plain[figure.start : figure.number.end]
    noun = folded.plain[figure.unit[0] : figure.unit[1]] if figure.unit else "left out"
    lead = " ".join(folded.plain[figure.lead_start : figure.start].split())
    yield f"  @{folded.start(figure.start)} {number} = {figure.number.value:g}"
    yield f"    bound to noun {noun} ({', '.join(sorted(figure.classes))})" + (
        f", led up to by “{lead}”" if lead else ""
    )
    draft = sight.draft
    if sight.passed_over or draft is None:
        why = _PASSED_OVER.get(sight.passed_over, sight.passed_over) or _NO_CODE
        yield f"    no fact: {why}"
        return
    yield f"    code {draft.decision.code}: {_reason(document, sight, draft)}"
    if draft.decision.runners:
        runners = ", ".join(f"{rule.name} {points:g}" for points, rule in draft.decision.runners)
        yield f"    next best: {runners}"
    if fact is None:
        yield f"    no fact: {_left_out(draft)}"
    else:
        yield from _fact(draft, fact)


def _left_out(draft: Draft) -> str:
    if draft.decision.code == "other":
        return "a neighbouring matter that has no code"
    if draft.decision.rule == likeness.RULE:
        return "it resembles ours too little for a text no rule takes a figure of, or its body is outside the subject"
    return (
        "its body or its matter is outside the subject, nothing near it says that it is ours, or the text around it is "
        "about something else"
    )


def _reason(document: Document, sight: Sight, draft: Draft) -> str:
    """Return which rule won and what met each of its conditions."""
    decision = draft.decision
    if decision.rule == likeness.RULE and sight.clues:
        clues = likeness.foremost(sight.clues, decision.code)
        said = "; ".join(f"{clue} {weight:+.1f}" for clue, weight in clues)
        return f"by likeness, {decision.margin:.1f} ahead of the next best ({said})"
    rule = _rules().get(decision.rule)
    if rule is None:
        return _WITHOUT_RULE.get(decision.rule.rpartition("/")[2], decision.rule)
    met = []
    for condition in rule.need:
        points = sight.around.points(condition) if sight.around else 0.0
        met.append(f"{condition} {points:g}{_met_by(document, sight, condition, points)}")
    extra = [f"plus {rule.plus:g}"] if rule.plus else []
    return f"rule {rule.name} with {decision.score:g} points" + (
        f" ({'; '.join([*met, *extra])})" if met or extra else ""
    )


def _met_by(document: Document, sight: Sight, condition: Condition, points: float) -> str:
    """Return the word that met a condition, as far as it is one of the text, and where it stands."""
    if condition.scope == "f" and points == LAST:
        return " by the figure beside it"
    where = _STANDS.get(points)
    if where is None:
        return ""
    term = _nearest(document, sight, condition, points)
    word = f" by “{document.folded.plain[term.start : term.end]}”" if term else ""
    return f"{word} {where}"


def _nearest(document: Document, sight: Sight, condition: Condition, points: float) -> Term | None:
    """Return the nearest wording with one of the tags, in the sentence or, for few points, before it."""
    figure, terms = sight.figure, document.terms
    if points <= PARAGRAPH:
        found = [t for t in terms.between(0, figure.sentence.start) if t.meaning.bits & condition.bits]
        return found[-1] if found else None
    stretches = {
        OWN: (figure.number.end, max(figure.own_end, figure.end)),
        LEAD: (figure.lead_start, figure.start),
        CARRIED: (figure.sentence.start, figure.lead_start),
        LATER: (figure.end, figure.sentence.end),
    }
    found = [t for t in terms.between(*stretches[points]) if t.meaning.bits & condition.bits]
    if not found:
        return None
    return found[0] if points in {OWN, LATER} else found[-1]


def _fact(draft: Draft, fact: Fact) -> Iterator[str]:
    """Yield period, place, part and confidence of a fact with what they rest on."""
    said = "said near it" if draft.sure_period else "from afar"
    period = "no period" if fact.period is None else f"{fact.period} ({_days(fact.period)}, {said})"
    place = "no place" if fact.place is None else f"{fact.place} ({fact.level})"
    yield f"    fact: {fact.metric} {fact.value:g} · {period} · {place}{_qualities(fact)}"
    doubts = "; ".join(f"{what} −{cost:g}" for what, cost in doubts_of(draft))
    yield f"    {fact.confidence:.2f} sure" + (f": {doubts}" if doubts else "")


def _days(notation: str) -> str:
    period = parse_period(notation)
    return f"{period.first_day} to {period.last_day or 'now'}"


def _qualities(fact: Fact) -> str:
    said = [
        "a part of its metric" if fact.subset else "",
        "as of its period's end" if fact.stock else "",
        f"tier {fact.tier}" if fact.tier else "",
        f"{fact.approx}" if fact.approx else "",
        f"of {fact.denominator:g}" if fact.denominator is not None else "",
        _change(fact.comparison) if fact.comparison else "",
    ]
    return "".join(f" · {one}" for one in said if one)


def _change(change: Comparison) -> str:
    amount = "" if change.amount is None else f" by {change.amount:g} {change.unit or ''}".rstrip()
    return f"{change.direction}{amount} against {change.baseline or 'an unknown period'}"


def _besides(reading: Reading) -> Iterator[str]:
    """Yield what was read besides figures."""
    for event in reading.events:
        yield f"event @{event.start} {_event(event)}"
    spans = (
        *reading.officials,
        *reading.citations,
        *reading.initiatives,
        *reading.shortcomings,
        *reading.commitments,
    )
    for span in sorted(spans, key=lambda one: one.start):
        yield f"{span.kind} @{span.start} {_span(span)}"


def _event(event: Conference) -> str:
    said = {"by": event.organiser, "chaired by": event.chair, "about": event.period, "in": event.province}
    parts = [f"{name} {value}" for name, value in said.items() if value]
    return ", ".join([event.kind, event.held_on or "no day", *parts])


def _span(span: Span) -> str:
    named = [part for part in (span.name, span.role, span.dated, span.period) if part]
    return ", ".join(named) + (f": {span.quote}" if not span.name else "")


@lru_cache(maxsize=1)
def _rules() -> dict[str, Rule]:
    return {rule.name: rule for rule in rules()}
