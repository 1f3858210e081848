"""Whose figures a text tells: those of bodies and matters outside the subject are left out.

A court mediates, a bank answers complaints, a tax office holds a dialogue, a company runs a hotline; their sentences
are built like ours and differ in the subject only. So the subject last named before a figure decides, and what the
sentence or the title says that it is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from coso.dictionary import load_metrics
from extraction.document import Document, Draft
from extraction.lexicon import Term
from extraction.lexicon.tags import bit_of, bits_of

#: Actors of the subject: where one is named, the figures behind it are read.
_OURS = (
    "in.body", "who.front", "who.ttnd", "who.gsdt", "who.ubkt", "who.party", "who.council", "who.mp",
    "who.inspectorate", "who.steering", "q.receptionoffice",
)  # fmt: skip
#: Themes whose wordings a body outside the subject uses of its own work. Worker conferences, party discipline and
#: the like are not among them: a hospital or a company has those as well.
_SHARED = frozenset(
    {
        "dialogue",
        "citizen_reception",
        "petitions",
        "feedback",
        "mediation",
        "training_outreach",
        "documents",
        "one_stop_par",
    }
)
#: What agencies with a field of their own, such as the tax office, do as ours do: they receive citizens, too.
_OF_AGENCIES = _SHARED - {"citizen_reception", "petitions"} | {"state_inspection"}
#: What a text must speak of somewhere before a figure of the theme is believed: "tiếp 640 lượt người" is a reception
#: only where citizens, petitions or an office of reception are named, "24 lớp" a training of ours only beside our work.
_ANCHORS: dict[str, tuple[str, ...]] = {
    "feedback": ("in.voice", "kind.reflection", "kind.all"),
    "citizen_reception": ("t.reception", "t.petition", "q.citizen", "kind.reflection", "kind.all", "who.leader"),
    "petitions": (
        "t.petition", "kind.reflection", "kind.all", "q.authority", "q.prolonged", "t.reception", "t.mediation",
        "in.petition",
    ),
    "one_stop_par": ("in.onestop", "in.body", "t.satisfaction", "t.feedback"),
    "training_outreach": (
        "t.qcdc", "t.mediation", "t.ttnd", "t.gsdt", "t.dvk", "t.criticism", "t.reception", "t.outreach", "who.front",
        "who.union", "in.law",
    ),
    "state_inspection": ("t.inspect", "t.petition", "t.ttnd", "t.gsdt", "act.supervise", "t.reception", "who.front"),
    "contributions": ("t.people", "who.front", "t.road", "t.landgift", "u.workday", "in.works"),
}  # fmt: skip
#: A text no longer than this, in characters, may leave its subject to the reader.
_SHORT = 240
_BOUNDARY = re.compile(r"[.,;:(\n]")
#: What may stand between the beginning of a clause and its subject.
_BEFORE_SUBJECT = re.compile(
    r"(?:[\s\d/-]|năm|tháng|quí|ngày|sáng|chiều|tối|trong|nhiệm kì|qua|này|nay|vừa|đầu|cuối|riêng|hiện|đến|theo|một"
    r"|các|nhiều|những|ngành|hệ thống|toàn|cả|hai|lãnh đạo|đại diện|phía|do|i|v|từ)*"
)


class _Named(NamedTuple):
    start: int
    bits: int


@lru_cache(maxsize=1)
def _bits() -> dict[str, int]:
    return {
        "ours": bits_of(_OURS),
        "body": bit_of("out.body"),
        "agency": bit_of("out.agency"),
        "matter": bit_of("out.matter"),
    }


@lru_cache(maxsize=1)
def _anchors() -> dict[str, int]:
    return {theme: bits_of(tags) for theme, tags in _ANCHORS.items()}


def leave_out_outsiders(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that tell of bodies or matters outside the subject."""
    if not drafts:
        return drafts
    told = Told(document)
    return [draft for draft in drafts if not told.elsewhere(draft)]


class Told:
    """The actors and matters a document names, looked up once for all its figures."""

    def __init__(self, document: Document) -> None:
        bits = _bits()
        outside = bits["body"] | bits["agency"]
        self.folded = document.folded.text
        self.named: list[_Named] = []
        self.matters: list[int] = []
        self.speaks_of = 0
        for tags in document.title_tags:
            self.speaks_of |= tags
        self.titled = bool(self.speaks_of & bits["matter"])
        for term in document.terms.items:
            meant = term.meaning.bits
            self.speaks_of |= meant
            if meant & bits["ours"]:
                self.named.append(_Named(term.start, bits["ours"]))
            elif meant & outside and self._is_subject(term):
                self.named.append(_Named(term.start, meant & outside))
            if meant & bits["matter"]:
                self.matters.append(term.start)
        self.ours = any(named.bits == bits["ours"] for named in self.named)

    def elsewhere(self, draft: Draft) -> bool:
        """Whether a figure tells of something outside the subject."""
        theme = load_metrics()[draft.decision.code].theme
        anchors = _anchors().get(theme) if len(self.folded) > _SHORT else None
        if anchors and not anchors & self.speaks_of:
            return True
        if self.titled and (theme in _SHARED or theme == "state_inspection"):
            return True
        if theme in _SHARED and self._about_matter(draft):
            return True
        actor = self._actor(draft)
        if actor & _bits()["agency"]:
            return theme in _OF_AGENCIES or draft.decision.code == "cash_contributions"
        if actor & _bits()["body"]:
            return (
                theme in _SHARED
                or draft.decision.code == "cash_contributions"
                or (theme == "state_inspection" and not self.ours)
            )
        return False

    def _is_subject(self, term: Term) -> bool:
        """Whether a body stands where the subject of a clause does."""
        low = max(0, term.start - 48)
        marks = [match.end() for match in _BOUNDARY.finditer(self.folded, low, term.start)]
        begin = marks[-1] if marks else low
        return bool(_BEFORE_SUBJECT.fullmatch(self.folded, begin, term.start))

    def _about_matter(self, draft: Draft) -> bool:
        sentence = draft.figure.sentence
        low = bisect_left(self.matters, sentence.start)
        return low < len(self.matters) and self.matters[low] < sentence.end

    def _actor(self, draft: Draft) -> int:
        """Return the bits of the actor a figure belongs to, 0 when none is named."""
        figure, ours = draft.figure, _bits()["ours"]
        paragraph = self.folded.rfind("\n", 0, figure.start) + 1
        position = bisect_left(self.named, (figure.start,))
        ahead = [named for named in self.named[:position] if named.start >= paragraph]
        if any(named.bits == ours for named in ahead if named.start >= figure.sentence.start):
            return 0
        if ahead:
            return ahead[-1].bits & ~ours
        return self.named[0].bits if self.named and not self.ours and position else 0
