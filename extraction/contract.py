"""The JSON form of a fact that other programs rely on."""

from __future__ import annotations

from typing import Any

from coso.approximation import approx_direction
from extraction.model import Comparison, Fact


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


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "direction": comparison.direction,
        "amount": comparison.amount,
        "unit": comparison.unit,
        "baseline": comparison.baseline,
    }
