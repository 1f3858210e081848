"""Whose figures a text tells: those of bodies and matters outside the subject are left out.

A court mediates, a bank answers complaints, a tax office holds a dialogue, a company runs a hotline; their sentences
are built like ours and differ in the subject only. So the subject last named before a figure decides, and what the
sentence or the title says that it is about.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from coso.dictionary import load_metrics
from coso.late_patterns import late
from extraction.document import Document, Draft
from extraction.fields import Fields
from extraction.lexicon import Term
from extraction.lexicon.tags import bit_of, bits_of
from extraction.warrants import Warrants

#: Actors of the subject: where one is named, the figures behind it are read.
_OURS = (
    "in.body", "who.front", "who.ttnd", "who.gsdt", "who.ubkt", "who.party", "who.council", "who.mp",
    "who.inspectorate", "who.steering", "q.receptionoffice",
)  # fmt: skip
#: Names that only our subject goes by.
_NAMES = (
    "in.system",
    "in.onestop",
    "in.people",
    "q.democracy",
    "q.receptionoffice",
    "u.mteam",
    "t.dvk",
    "t.ttnd",
    "t.gsdt",
)
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
#: What procuracies do as ours do, where the title says that this is what is told of.
_OF_CITIZENS = frozenset({"citizen_reception", "petitions"})
#: What companies and charities give and build, too.
_GIVEN_BY_OTHERS = frozenset({"cash_contributions", "road_length_built"})
#: What is told on and on by those who gave it.
_GIVEN_ON = frozenset(
    {"cash_contributions", "land_donated", "households_donating_land", "contributions_value"}
)
#: Characters between what was given and what goes on with it.
_SAME_BREATH = 120
#: "…; huyện chi 5 tỷ đồng", "giá đất nay đã lên 5 tỷ đồng" tell of another's money, or of none that was given.
_ANOTHER_PURSE = late(
    r"(?<!\w)(?:(?:huyện|tỉnh|xã|thị xã|thành phố)(?: đã)? (?:chi|cấp|hỗ trợ|bố trí|đầu tư|trích)|nhà nước|ngân sách"
    r"|giá|thu nhập|doanh thu|vay|vốn|lãi|nợ|lương|học phí|thuế)(?!\w)"
)
_BOUNDARY = late(r"[.,;:(\n]")
#: A number that counts what follows it, unless it is a year, a month or a day.
_COUNTED = late(r"(?<!năm )(?<!tháng )(?<!ngày )(?<![\d/.,-])\d[\d.,]* $")
#: What stands before the owner of something.
_OWNED = late(r"\bcủa(?: \d[\d.]*)?(?: (?:phòng|các|ngành|lực lượng))* $")
#: What may stand between the beginning of a clause and its subject.
_BEFORE_SUBJECT = late(
    r"(?:[\s\d/*•+-]|năm|tháng|quí|ngày|sáng|chiều|tối|trong|nhiệm kì|qua|này|nay|vừa|đầu|cuối|riêng|hiện|đến|theo|một"
    r"|các|nhiều|những|ngành|hệ thống|toàn|cả|hai|lãnh đạo|đại diện|phía|do|i|v|từ)*"
)


@lru_cache(maxsize=1)
def _bits() -> dict[str, int]:
    return {
        "ours": bits_of(_OURS),
        "body": bit_of("out.body"),
        "agency": bit_of("out.agency"),
        "matter": bit_of("out.matter"),
        "own": bit_of("out.own"),
        "organisers": bit_of("out.organisers"),
        "holders": bits_of((*_OURS, "who.leader", "in.people")),
        "procuracy": bit_of("out.procuracy"),
        "department": bits_of(("in.department", "in.onestop")),
        "citizens": bits_of(
            ("q.citizen", "kind.kntc", "kind.all", "t.reception", "in.authority", "q.democracy", "t.onestop")
        ),
        "petitions": bits_of(("kind.kntc", "kind.all", "t.reception", "u.petition")),
        "troops": bit_of("out.troops"),
        "gifts": bits_of(("in.gift", "who.front")),
        "people": bit_of("t.people"),
        "help": bit_of("q.helping"),
        "names": bits_of(_NAMES),
        "systems": bit_of("in.system"),
    }


@lru_cache(maxsize=1)
def _themes() -> dict[str, str]:
    return {metric.code: metric.theme for metric in load_metrics().values()}


def leave_out_outsiders(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that tell of bodies or matters outside the subject."""
    if not drafts:
        return drafts
    told, warrants, fields = Told(document), Warrants(document, drafts), Fields(document)
    warranted: set[int] = set()
    given: Draft | None = None
    for draft in drafts:
        # What took its code over from a figure is warranted where that figure is.
        of_warranted = draft.decision.like in warranted or (
            given is not None and _goes_on_giving(document, given, draft)
        )
        if warrants.hold(draft, of_warranted):
            warranted.add(draft.figure.start)
            given = draft if _themes()[draft.decision.code] == "contributions" else given
    return [
        draft
        for draft in drafts
        if draft.figure.start in warranted and not fields.elsewhere(draft) and not told.elsewhere(draft)
    ]


def _goes_on_giving(document: Document, before: Draft, draft: Draft) -> bool:
    """Whether a figure goes on with what people gave: "dân góp 950 triệu đồng. Tân Hiệp 160 triệu, 1.100 m2 đất"."""
    if draft.decision.code not in _GIVEN_ON:
        return False
    figure = draft.figure
    opened = max(
        document.folded.text.rfind(mark, before.figure.end, figure.start) for mark in (";", ". ", "\n")
    )
    near = figure.start - before.figure.end < _SAME_BREATH
    near = near and not _ANOTHER_PURSE.search(
        document.folded.text, max(opened, before.figure.end), figure.start
    )
    return near and draft.figure.sentence.paragraph == before.figure.sentence.paragraph


class Told:
    """The actors and matters a document names, looked up once for all its figures.

    Attributes:
        first: where the first sentence ends.
        ours: where actors of ours stand.
        others: where the outsiders stand that are subjects of their clauses, and of which sort they are.
        owners: where the outsiders stand that own something ("Zalo của 63 phòng CSGT").
        counted: which of the others are only counted ("12 hợp tác xã"); they are told of in their sentence at most.
        matters: where matters of theirs stand.
        terms: wordings of the text.
        title: tags of the title.
        titled: whether the title speaks of a matter of theirs.
        opening: sort of the outsider that opens the title, 0 when none does.
    """

    def __init__(self, document: Document) -> None:
        bits = _bits()
        ours, matter = bits["ours"], bits["matter"]
        outside = bits["body"] | bits["agency"] | bits["own"] | bits["procuracy"] | bits["organisers"]
        self.folded = document.folded.text
        self.starts = _paragraphs(document)
        self.first = document.sentences[0].end if document.sentences else 0
        self.ours: list[int] = []
        self.others: list[tuple[int, int]] = []
        self.owners: list[int] = []
        self.counted: set[int] = set()
        self.matters: list[int] = []
        self.terms = document.terms
        self.title = 0
        for tags in document.title_tags:
            self.title |= tags
        self.titled = bool(self.title & matter)
        # "Ngân hàng xử lý khiếu nại": a title that opens with an outsider names the subject of what follows.
        self.opening = (document.title_tags[0] & outside) if document.title_tags else 0
        wanted = ours | outside | matter
        for term in document.terms.items:
            meant = term.meaning.bits
            if meant & wanted:
                if meant & ours:
                    self.ours.append(term.start)
                elif meant & outside and _OWNED.search(self.folded, max(0, term.start - 24), term.start):
                    self.owners.append(term.start)
                elif meant & outside and self._is_subject(term):
                    if _COUNTED.search(self.folded, max(0, term.start - 16), term.start):
                        self.counted.add(term.start)
                    self.others.append((term.start, meant & outside))
                if meant & matter:
                    self.matters.append(term.start)

    def elsewhere(self, draft: Draft) -> bool:
        """Whether a figure tells of something outside the subject."""
        code = draft.decision.code
        theme = _themes()[code]
        if (
            self.titled
            and (theme in _SHARED or theme == "state_inspection")
            and not self._by_department(draft)
        ):
            return True
        if (theme in _SHARED and self._about_matter(draft)) or (
            theme == "feedback" and self._of_theirs(draft)
        ):
            return True
        given = code in _GIVEN_BY_OTHERS
        if (given or code == "workdays_contributed") and self._by_troops(draft):
            return True
        actor = self._actor(draft)
        if not actor or self._is_ours_after_all(actor, draft):
            return False
        if actor & _bits()["agency"]:
            return given or theme in _OF_AGENCIES
        return given or theme in _SHARED or (theme == "state_inspection" and not self.ours)

    def _by_department(self, draft: Draft) -> bool:
        """Whether a department of a province is told of before a figure of what it does for citizens."""
        sentence = draft.figure.sentence
        said = self.terms.said(sentence.start, sentence.end)
        if not said & _bits()["department"]:
            return False
        return bool(said & _bits()["citizens"])

    def _is_ours_after_all(self, actor: int, draft: Draft) -> bool:
        """Whether what an outsider did is of the subject: a centre of ours, the reception of a procuracy."""
        if actor & _bits()["own"] and self._by_name(draft):
            return True
        if actor & _bits()["organisers"] and self._at_dialogue_of_ours(draft):
            return True
        received = _themes()[draft.decision.code] in _OF_CITIZENS and self.title & _bits()["petitions"]
        return bool(actor & _bits()["procuracy"] and received and not actor & _bits()["agency"])

    def _at_dialogue_of_ours(self, draft: Draft) -> bool:
        """Whether the organisers of a meeting are those of a dialogue held by leaders: "Ban tổ chức nhận 43 ý kiến"."""
        if _themes()[draft.decision.code] != "dialogue":
            return False
        start = self.starts[draft.figure.sentence.paragraph]
        return bool(self.terms.said(start, draft.figure.start) & _bits()["holders"])

    def _by_troops(self, draft: Draft) -> bool:
        """Whether soldiers are told of before a figure, and nothing that people give."""
        bits, figure = _bits(), draft.figure
        said = self.terms.said(figure.sentence.start, figure.start)
        if said & bits["gifts"] or not said & bits["troops"]:
            return False
        if self.terms.said(figure.end, figure.own_end) & bits["people"]:
            return False
        return not said & bits["people"] or bool(said & bits["help"])

    def _of_theirs(self, draft: Draft) -> bool:
        """Whether the channel of a figure is an outsider's: "Zalo của 63 phòng CSGT"."""
        sentence = draft.figure.sentence
        return _between(self.owners, self.starts[sentence.paragraph], sentence.end)

    def _came_to_ours(self, draft: Draft) -> bool:
        """Whether a figure tells of feedback to the authorities' own system, whatever it was about."""
        if _themes()[draft.decision.code] != "feedback":
            return False
        sentence = draft.figure.sentence
        said = self.title | self.terms.said(self.starts[sentence.paragraph], sentence.end)
        return bool(said & _bits()["systems"])

    def _by_name(self, draft: Draft) -> bool:
        """Whether the sentence or the title calls our subject by its name; a centre may be one of ours then."""
        sentence = draft.figure.sentence
        said = self.title | self.terms.said(sentence.start, sentence.end)
        return bool(said & _bits()["names"])

    def _is_subject(self, term: Term) -> bool:
        """Whether a body stands where the subject of a clause does."""
        low = max(0, term.start - 48)
        marks = [match.end() for match in _BOUNDARY.finditer(self.folded, low, term.start)]
        begin = marks[-1] if marks else low
        return bool(_BEFORE_SUBJECT.fullmatch(self.folded, begin, term.start))

    def _about_matter(self, draft: Draft) -> bool:
        if not self.matters:
            return False
        figure, sentence = draft.figure, draft.figure.sentence
        end = self.folded.find(";", figure.start, sentence.end)
        named = _between(self.matters, figure.clause_start, end if end != -1 else sentence.end)
        return named and not self._came_to_ours(draft)

    def _actor(self, draft: Draft) -> int:
        """Return the sort of outsider a figure belongs to, 0 when it belongs to none."""
        if not self.others:
            return 0 if self.ours else self.opening
        figure = draft.figure
        sentence, paragraph = figure.sentence.start, self.starts[figure.sentence.paragraph]
        at = bisect_left(self.others, (figure.start,)) - 1
        while at >= 0 and self.others[at][0] < sentence and self.others[at][0] in self.counted:
            at -= 1
        if at >= 0 and self.others[at][0] >= paragraph:
            start, sort = self.others[at]
            # An actor of ours in the sentence wins; in a paragraph of ours an outsider rules its own sentence only.
            since = sentence if start >= sentence else paragraph
            return 0 if _between(self.ours, since, figure.start) else sort
        if self.ours:
            return 0
        # Whoever the text opens with is told of to its end; one named in passing further down is not.
        first, sort = self.others[0]
        return sort if at >= 0 and first < self.first and first not in self.counted else self.opening


def _paragraphs(document: Document) -> dict[int, int]:
    """Return where each paragraph begins."""
    starts: dict[int, int] = {}
    for sentence in document.sentences:
        starts.setdefault(sentence.paragraph, sentence.start)
    return starts


def _between(places: list[int], start: int, end: int) -> bool:
    low = bisect_left(places, start)
    return low < len(places) and places[low] < end
