"""The one place where facts are made, so that every fact carries its evidence."""

from __future__ import annotations

from typing import NamedTuple

from coso.text import Folded
from extraction.model import Comparison, Fact, quick_fact
from extraction.sentences import Sentence


class Evidence(NamedTuple):
    """Where a fact stands in folded text.

    Attributes:
        folded: the text.
        start: first character of the number.
        end: character after it.
        sentence: the sentence around it.
        unit: where the counted noun stands.
    """

    folded: Folded
    start: int
    end: int
    sentence: Sentence
    unit: tuple[int, int] | None


def make_fact(
    evidence: Evidence,
    *,
    value: float,
    metric: str,
    place: str | None,
    place_code: str | None,
    province: str | None,
    level: str | None,
    tier: str | None,
    period: str | None,
    stock: bool,
    subset: bool,
    approx: str | None,
    denominator: float | None,
    comparison: Comparison | None,
    rule: str,
    confidence: float,
    metric_note: str | None = None,
    locator: str | None = None,
) -> Fact:
    """Make a fact whose spans count code points of the text as given.

    Raises:
        AssertionError: the quote would not be what the span holds.
    """
    folded, source = evidence.folded, evidence.folded.source
    start, end = folded.start(evidence.start), folded.end(evidence.end)
    sentence_start, sentence_end = folded.start(evidence.sentence.start), folded.end(evidence.sentence.end)
    quote, sentence = source[start:end], source[sentence_start:sentence_end]
    assert quote, "a fact needs a quote"
    assert sentence_start <= start < end <= sentence_end, "a number stands in its sentence"
    assert sentence[start - sentence_start : end - sentence_start] == quote, (
        "the quote is what the span holds"
    )
    unit = folded.plain[evidence.unit[0] : evidence.unit[1]] if evidence.unit else None
    return quick_fact(
        start,
        end,
        quote,
        sentence,
        sentence_start,
        value,
        unit,
        metric,
        metric_note,
        place,
        place_code,
        province,
        level,
        tier,
        period,
        stock,
        subset,
        approx,
        denominator,
        comparison,
        rule,
        confidence,
        locator,
    )
