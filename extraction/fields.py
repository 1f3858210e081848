"""Which figures stand among words of other fields: prices, crops, matches, storms.

A text with more of those words than of ours is about something else, and so is a paragraph. Yet papers put a
paragraph of ours among others, and a sentence of ours into a round-up: what such a part says of itself counts more
than what the rest says.
"""

from __future__ import annotations

from functools import lru_cache

from extraction.document import Document, Draft
from extraction.lexicon import Term, Terms
from extraction.lexicon.tags import bit_of, bits_of

#: Tags of words that our subject is told in.
_OURS = (
    "t.reception", "t.petition", "t.dialogue", "t.mediation", "t.criticism", "t.ttnd", "t.gsdt", "t.qcdc", "t.dvk",
    "t.friendly", "t.voter", "t.cadreconf", "t.labourconf", "t.agreement", "t.consult", "t.partybuild", "t.onestop",
    "t.satisfaction", "t.inspect", "t.party", "t.landgift", "t.convention", "t.decided", "t.villagemeeting",
    "t.legalaccess", "t.training", "t.outreach", "t.feedback", "who.front", "kind.reflection", "q.citizen", "in.gift",
    "in.system",
)  # fmt: skip
#: Of these, one is enough.
_NAMES = (
    "t.ttnd", "t.gsdt", "q.democracy", "t.dvk", "u.mteam", "in.onestop", "in.system", "t.voter", "t.reception",
    "q.citizen", "t.legalaccess", "t.convention", "t.labourconf", "t.cadreconf", "t.agreement", "t.criticism",
    "kind.kntc", "kind.all", "q.voter", "t.landgift",
)  # fmt: skip
#: What the clause says and who is named in its sentence, which together are ours as well.
_WITH_WHOM = (
    ("t.dialogue", ("who.leader", "in.people", "in.gov")),
    ("u.petition", ("q.whole", "in.body", "in.gov")),
    ("act.supervise", ("who.front",)),
)
#: What households give for works, whatever the work is told with: "khởi công", "giải phóng mặt bằng".
_GIVEN = frozenset(
    {"land_donated", "households_donating_land", "contributions_value", "workdays_contributed"}
)
#: Codes told together with opinions, which may be about any field.
_TELL_OPINIONS = ("dialogue_", "voter")
#: Codes told together with the works that were looked at: "132 cuộc giám sát về sửa nhà tình thương".
_TELL_WORKS = ("investment_supervision_", "people_inspection_")
#: Fewer different words of other fields than these say nothing.
_SOME = 2


@lru_cache(maxsize=1)
def _bits() -> tuple[int, int, int]:
    return bit_of("t.off"), bits_of(_OURS), bits_of(_NAMES)


@lru_cache(maxsize=1)
def _with_whom() -> tuple[tuple[int, int], ...]:
    return tuple((bit_of(what), bits_of(who)) for what, who in _WITH_WHOM)


def _gives(said: int) -> bool:
    """Whether land is given, or days and money by the people."""
    if said & bit_of("in.gift"):
        return bool(said & bit_of("u.area"))
    return bool(said & bit_of("act.donate") and said & bit_of("t.people") and said & bit_of("q.workday"))


class Fields:
    """How many words of other fields and of ours a document holds, by paragraph and sentence."""

    __slots__ = (
        "_document", "_elsewhere", "_foreign", "_known", "_ours", "_ours_named", "_parts", "_theirs_named", "ours",
    )  # fmt: skip

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[int, int], tuple[int, int]] = {}
        self._parts: dict[int, tuple[int, int]] = {}
        for sentence in document.sentences:
            start, _ = self._parts.get(sentence.paragraph, (sentence.start, 0))
            self._parts[sentence.paragraph] = (start, sentence.end)
        foreign_bit, our_bits, _ = _bits()
        terms = document.terms
        either = our_bits | foreign_bit
        named = [term for term, said in zip(terms.items, terms.bits, strict=True) if said & either]
        self._theirs_named = Terms([term for term in named if term.meaning.bits & foreign_bit])
        self._ours_named = Terms([term for term in named if term.meaning.bits & our_bits])
        foreign, ours = self._count(0, len(document.folded.text))
        foreign += sum(1 for tags in document.title_tags if tags & foreign_bit)
        self._foreign, self._ours = foreign, ours
        self._elsewhere = foreign >= _SOME and foreign > ours
        spoken_of = ours or any(tags & our_bits for tags in document.title_tags)
        #: Whether the text speaks of our subject at all, and of other fields no more than of it.
        self.ours = bool(spoken_of) and not self._elsewhere

    def elsewhere(self, draft: Draft) -> bool:
        """Whether a figure stands in a text or paragraph of other fields and its own words do not say otherwise."""
        sentence = draft.figure.sentence
        foreign, ours = self._count(*self._parts[sentence.paragraph])
        topics = self._topics(draft)
        if foreign - topics > _SOME * max(1, ours):
            return not self._plain(draft)
        if not self._elsewhere or (len(self._parts) > 1 and ours > foreign - topics):
            return False
        if topics and self._foreign - topics <= self._ours:
            return False
        return not self._plain(draft)

    def _topics(self, draft: Draft) -> int:
        """Return how many words of other fields only say what is told of: "16 ý kiến về đền bù, cao tốc"."""
        if draft.decision.code.startswith(_TELL_WORKS):
            return self._count(draft.figure.end, draft.figure.sentence.end)[0]
        if not draft.decision.code.startswith(_TELL_OPINIONS):
            return 0
        sentence, opinion = draft.figure.sentence, bit_of("u.opinion")
        for term in self._document.terms.between(sentence.start, sentence.end):
            if term.meaning.bits & opinion:
                return self._count(term.end, sentence.end)[0]
        return 0

    def _plain(self, draft: Draft) -> bool:
        """Whether what stands around a figure between semicolons speaks of our subject alone, by name or twice."""
        sentence, text = draft.figure.sentence, self._document.folded.text
        start = draft.figure.clause_start
        end = text.find(";", draft.figure.end, sentence.end)
        stop = end if end != -1 else sentence.end
        if draft.decision.code in _GIVEN and _gives(self._said(start, stop)):
            return True
        if self._speaks_of_ours(start, stop) or self._says_with_whom(start, stop, draft):
            return True
        return (start, stop) != (sentence.start, sentence.end) and self._speaks_of_ours(
            sentence.start, sentence.end
        )

    def _speaks_of_ours(self, start: int, end: int) -> bool:
        """Whether a stretch names our subject or speaks of it twice, and of no other field."""
        foreign, ours = self._count(start, end)
        return not foreign and (ours >= _SOME or self._names(start, end))

    def _says_with_whom(self, start: int, end: int, draft: Draft) -> bool:
        """Whether a clause of no other field tells of a dialogue of leaders, petitions to a body, the Front's work."""
        if self._count(start, end)[0]:
            return False
        clause, sentence = self._said(start, end), draft.figure.sentence
        told = self._said(sentence.start, sentence.end)
        return any(clause & what and told & who for what, who in _with_whom())

    def _names(self, start: int, end: int) -> bool:
        said = self._said(start, end)
        return bool(said & _bits()[2]) or _gives(said)

    def _said(self, start: int, end: int) -> int:
        """Return the tags of a stretch."""
        return self._document.terms.said(start, end)

    def _count(self, start: int, end: int) -> tuple[int, int]:
        """Return how many different words of other fields and of ours stand in a stretch."""
        known = self._known.get((start, end))
        if known is not None:
            return known
        foreign, ours = self._theirs_named.between(start, end), self._ours_named.between(start, end)
        if ours and not self._document.terms.said(start, end) & bit_of("u.area"):
            # What is given is land of ours only beside an area; blood and rice are given, too.
            gift = bit_of("in.gift")
            ours = [term for term in ours if not term.meaning.bits & gift]
        self._known[start, end] = counts = (self._different(foreign), self._different(ours))
        return counts

    def _different(self, named: list[Term]) -> int:
        """Return how many different wordings some terms are."""
        text = self._document.folded.text
        return len({text[term.start : term.end] for term in named})
