"""What a text is about: our subject, or a field of its own in which our words only occur."""

from __future__ import annotations

from functools import lru_cache

from extraction.document import Document
from extraction.lexicon.tags import bits_of

_OURS = (
    "t.reception", "t.petition", "t.dialogue", "t.mediation", "t.criticism", "t.ttnd", "t.gsdt", "t.qcdc", "t.dvk",
    "t.friendly", "t.voter", "t.cadreconf", "t.labourconf", "t.agreement", "t.consult", "t.partybuild",
    "t.onestop", "t.satisfaction", "t.inspect", "t.party", "t.landgift", "t.convention", "t.decided",
    "t.villagemeeting", "t.legalaccess", "t.training", "t.outreach", "t.feedback", "who.front", "kind.reflection",
)  # fmt: skip


@lru_cache(maxsize=1)
def _bits() -> tuple[int, int]:
    """Return the tags of our subject and those of other fields, as bits."""
    return bits_of(_OURS), bits_of(["t.off"])


def is_elsewhere(document: Document) -> bool:
    """Whether a text has more words of other fields than of ours."""
    if document.elsewhere is None:
        document.elsewhere = _has_more_of_others(document)
    return document.elsewhere


def _has_more_of_others(document: Document) -> bool:
    our_bits, foreign_bits = _bits()
    foreign = _wordings(document, foreign_bits)
    foreign |= {f"title {index}" for index, bits in enumerate(document.title_tags) if bits & foreign_bits}
    return len(foreign) >= 2 and len(foreign) > len(_wordings(document, our_bits))


def is_ours(document: Document) -> bool:
    """Whether a text speaks of our subject at all, and of nothing else more."""
    our_bits, _ = _bits()
    spoken = any(term.meaning.bits & our_bits for term in document.terms.items)
    return (spoken or any(bits & our_bits for bits in document.title_tags)) and not is_elsewhere(document)


def _wordings(document: Document, tags: int) -> set[str]:
    text = document.folded.text
    return {text[term.start : term.end] for term in document.terms.items if term.meaning.bits & tags}
