"""All that is read from one text, in one pass over its preparation."""

from __future__ import annotations

from extraction.events import find_events
from extraction.mentions import find_citations, find_initiatives, find_officials
from extraction.model import Reading
from extraction.reader import prepare, read_facts
from extraction.statements import find_commitments, find_shortcomings


def read_whole(
    text: str, title: str | None, published: str | None, source_province: str | None, explain: bool
) -> Reading:
    """Read facts, conferences, names and statements; ``explain`` keeps why each number was read as it was."""
    lines: list[str] = []
    document = prepare(text, title, published, source_province)
    facts = read_facts(document, lines.append if explain else None)
    return Reading(
        facts=tuple(facts),
        events=tuple(find_events(document)),
        officials=tuple(find_officials(document.folded)),
        citations=tuple(find_citations(document.folded)),
        initiatives=tuple(find_initiatives(document.folded)),
        shortcomings=tuple(find_shortcomings(document)),
        commitments=tuple(find_commitments(document)),
        trace=tuple(lines),
    )
