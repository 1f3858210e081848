"""The one place where spans are made, so that every span quotes what it covers."""

from __future__ import annotations

from coso.text import Folded
from extraction.model import Span


def make_span(
    folded: Folded,
    start: int,
    end: int,
    kind: str,
    *,
    name: str = "",
    role: str | None = None,
    dated: str | None = None,
    period: str | None = None,
) -> Span:
    """Make a span of folded text ``[start, end)``; its offsets count code points of the text as given."""
    while start < end and folded.plain[start] in " ,;:-–\n":
        start += 1
    while end > start and folded.plain[end - 1] in " ,;:\n":
        end -= 1
    first, last = folded.start(start), folded.end(end)
    quote = folded.source[first:last]
    assert quote, "a span needs a quote"
    return Span(first, last, quote, kind, name, role, dated, period)
