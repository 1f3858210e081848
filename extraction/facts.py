"""The one place where facts are made, so that every fact carries its evidence."""

from __future__ import annotations

from typing import NamedTuple

from coso.text import Folded
from extraction.model import Comparison, Fact
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
        ValueError: the number would have no characters of the text, or none of its sentence.
    """
    folded, source = evidence.folded, evidence.folded.source
    start, end = folded.start(evidence.start), folded.end(evidence.end)
    sentence_start, sentence_end = folded.start(evidence.sentence.start), folded.end(evidence.sentence.end)
    quote, sentence = source[start:end], source[sentence_start:sentence_end]
    if not sentence_start <= start < end <= sentence_end:
        raise ValueError(
            f"the number at {start}..{end} does not stand in its sentence {sentence_start}..{sentence_end}"
        )
    unit = folded.plain[evidence.unit[0] : evidence.unit[1]] if evidence.unit else None
    # In the order of its fields: given by name they take three times as long, for each figure of each text.
    return Fact(
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
