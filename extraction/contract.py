"""The JSON form of a fact that other programs rely on."""

from __future__ import annotations

from typing import Any

from extraction.model import Comparison, Fact

#: Where the exact number lies, by the word before the one that is written. The rest are rounded either way.
_ABOVE = frozenset({"hơn", "trên", "hơn cả"})
_BELOW = frozenset({"gần", "dưới", "ngót"})


def to_json(doc: str, fact: Fact) -> dict[str, Any]:
    """Return a fact as a JSON object; offsets are code points of the text as given."""
    return {
        "doc": doc,
        "start": fact.start,
        "end": fact.end,
        "value_text": fact.quote,
        "value": int(fact.value) if fact.value.is_integer() else fact.value,
        "unit": fact.unit,
        "metric": fact.metric,
        "place": fact.place,
        "place_code": fact.place_code,
        "level": fact.level,
        "period": fact.period,
        "comparison": _comparison(fact.comparison),
        "subset": fact.subset,
        "approx": fact.approx,
        "denominator": fact.denominator,
        "stock": fact.stock,
        "tier": fact.tier,
        "quote": fact.quote,
        "rule": fact.rule,
        "sentence": fact.sentence,
        "sentence_start": fact.sentence_start,
        "confidence": fact.confidence,
        "approx_direction": approx_direction(fact.approx),
    }


def approx_direction(word: str | None) -> str | None:
    """Return where the exact number lies, seen from the one written: above, below or about; None for exact ones."""
    if word is None:
        return None
    return "above" if word in _ABOVE else "below" if word in _BELOW else "about"


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "direction": comparison.direction,
        "amount": comparison.amount,
        "unit": comparison.unit,
        "baseline": comparison.baseline,
    }
