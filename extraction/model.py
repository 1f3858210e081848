"""What the engine hands over: facts with their evidence, and what else a document says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a figure changed.

    Attributes:
        direction: ``increase`` or ``decrease``.
        amount: size of the change, in ``unit``; None when only its direction or a fraction is given.
        unit: counted noun of the change, ``%`` for relative changes.
        baseline: period compared with; None when unknown.
        pct: the change in percent, where both an amount and a percent are given.
    """

    direction: str
    amount: float | None
    unit: str | None
    baseline: str | None
    pct: float | None = None


class Fact(NamedTuple):
    """One reported figure; made by ``extraction.facts.make_fact`` only.

    A named tuple, not a frozen dataclass: making one of those costs as much as binding a figure to its noun.

    Attributes:
        start: first code point of the number in the text as given.
        end: code point after it, multiplier word included.
        quote: exactly ``text[start:end]``.
        sentence: the sentence around it, exactly as in the text.
        sentence_start: first code point of the sentence.
        value: the number in the unit written; percents as percents.
        unit: counted noun as written.
        metric: code of the dictionary.
        metric_note: free remark.
        place: most specific territory, then the chain up to the province.
        place_code: official code of the most specific place.
        province: name of the province as of the period; None outside one province.
        level: province, district, commune, village, region, national or organisation.
        tier: tier that acted, when a figure is split by tier.
        period: notation of ``docs/periods.md``.
        stock: as-of figure.
        subset: covers a part of its metric only.
        approx: word of approximation.
        denominator: the y of x/y.
        comparison: how it changed.
        rule: name of the rule that read it.
        confidence: probability that value, metric, period and place are right.
        locator: cell of a report form; None in running text.
    """

    start: int
    end: int
    quote: str
    sentence: str
    sentence_start: int
    value: float
    unit: str | None
    metric: str
    metric_note: str | None
    place: str | None
    place_code: str | None
    province: str | None
    level: str | None
    tier: str | None
    period: str | None
    stock: bool
    subset: bool
    approx: str | None
    denominator: float | None
    comparison: Comparison | None
    rule: str
    confidence: float
    locator: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text as given, with what it says.

    Attributes:
        start: first code point.
        end: code point after it.
        quote: exactly ``text[start:end]``.
        kind: what it is.
        name: person, document number or title, initiative; empty for statements.
        role: office of a person, issuer of a document.
        dated: date of a cited document, ``YYYY-MM-DD``.
        period: period a statement is about.
    """

    start: int
    end: int
    quote: str
    kind: str
    name: str = ""
    role: str | None = None
    dated: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Conference:
    """A reported conference.

    Attributes:
        start: first code point of the evidence.
        end: code point after it.
        quote: exactly ``text[start:end]``.
        kind: half_year_review, annual_review, quarter_review, term_review or other_conference.
        held_on: day, ``YYYY-MM-DD``.
        organiser: organiser as written.
        chair: who chaired it, as written.
        period: period under review.
        province: province; None for central conferences.
    """

    start: int
    end: int
    quote: str
    kind: str
    held_on: str | None
    organiser: str | None
    chair: str | None
    period: str | None
    province: str | None


@dataclass(frozen=True, slots=True)
class Undecided:
    """A cell of a report form whose number is no fact.

    Attributes:
        start: first code point of the cell.
        end: code point after it.
        quote: exactly ``text[start:end]``.
        locator: where in the form it stands.
        label: headings of its row and its column.
        reason: class of the doubt.
        detail: what was found, and what would mend it.
    """

    start: int
    end: int
    quote: str
    locator: str
    label: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one text."""

    facts: tuple[Fact, ...] = ()
    events: tuple[Conference, ...] = ()
    officials: tuple[Span, ...] = ()
    citations: tuple[Span, ...] = ()
    initiatives: tuple[Span, ...] = ()
    shortcomings: tuple[Span, ...] = ()
    commitments: tuple[Span, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    trace: tuple[str, ...] = field(default=(), compare=False)
