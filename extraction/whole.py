"""All that is read from one text, in one pass over its preparation."""

from __future__ import annotations

from dataclasses import replace

from extraction.citations import find_citations
from extraction.document import Sight
from extraction.events import find_events
from extraction.fields import Fields
from extraction.initiatives import find_initiatives
from extraction.model import Reading
from extraction.officials import find_officials
from extraction.reader import fact_of, prepare, read_drafts
from extraction.statements import find_commitments, find_shortcomings


def read_whole(
    text: str, title: str | None, published: str | None, source_province: str | None, explain: bool
) -> Reading:
    """Read facts, conferences, names and statements; ``explain`` keeps why each number was read as it was."""
    sights: list[Sight] = []
    document = prepare(text, title, published, source_province)
    drafts = read_drafts(document, sights.append if explain else None)
    ours = Fields(document).ours
    reading = Reading(
        facts=tuple(fact_of(document, draft) for draft in drafts),
        events=tuple(find_events(document)) if ours else (),
        officials=tuple(find_officials(document.folded)),
        citations=tuple(find_citations(document.folded)),
        initiatives=tuple(find_initiatives(document.folded)),
        shortcomings=tuple(find_shortcomings(document)) if ours else (),
        commitments=tuple(find_commitments(document)) if ours else (),
    )
    if not explain:
        return reading
    from extraction import explain as explaining  # noqa: PLC0415 - seldom asked for

    return replace(reading, trace=tuple(explaining.explain(document, sights, reading)))
