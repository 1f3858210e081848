"""The extraction engine: a document's text in, facts with their exact evidence out."""

from __future__ import annotations

from extraction.model import Comparison, Conference, Fact, Reading, Span

__all__ = ["Comparison", "Conference", "Fact", "Reading", "Span", "read_text"]


def read_text(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    source_province: str | None = None,
    explain: bool = False,
) -> Reading:
    """Read one text.

    Args:
        text: the text; spans count its code points exactly as given.
        title: title, used for place, period and subject, never for facts.
        published: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        source_province: province of the outlet, the place of phrases such as "toàn tỉnh".
        explain: whether to keep, for each number, why it was read as it was.
    """
    from extraction.reader import prepare, read_facts  # noqa: PLC0415 - words and rules load at first use

    lines: list[str] = []
    document = prepare(text, title, published, source_province)
    facts = read_facts(document, lines.append if explain else None)
    return Reading(facts=tuple(facts), trace=tuple(lines))
