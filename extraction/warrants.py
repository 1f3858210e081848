"""What must be said near a figure before its theme is believed.

Reports share their words with the rest of the news: classes are held, petitions written, calls answered and money
collected everywhere. A figure is believed when its title, its paragraph or the one before names what only our
subject has: its object, its programme, or a body of ours.
"""

from __future__ import annotations

from functools import lru_cache

from coso.dictionary import load_metrics
from coso.late_patterns import late
from extraction.document import Document, Draft
from extraction.lexicon.tags import bit_of, bits_of, union

#: Authorities and elected bodies, by name or by the tier they work at.
_AUTHORITIES = "in.body|in.gov|in.people|who.leader|who.front|who.party|q.whole|t.tier|q.democracy"
#: Petitions of the law, not any letter of request.
_PETITIONS = "kind.denunciation|kind.kntc|kind.all|in.petition|in.authority|in.voice"
#: Opens an alternative that the sentence itself or the title must hold.
_HERE = "here: "
_RECEPTION = (
    _PETITIONS + "|t.reception|q.citizen|q.crowd|u.group",
    _HERE + "act.meet & in.body|in.gov|q.whole|t.tier|u.commune|in.citizen",
)
#: For each theme the alternatives that warrant it; of an alternative, every part must be there ("a|b & c").
_THEMES: dict[str, tuple[str, ...]] = {
    "feedback": (
        "in.voice|kind.all|in.onestop",
        _HERE + "in.word|t.feedback|u.feedback & " + _AUTHORITIES,
        "t.feedback & t.people & in.word|kind.reflection",
        _HERE + "u.feedback & act.receive & u.commune",
    ),
    "citizen_reception": _RECEPTION,
    "petitions": (
        _PETITIONS + "|t.reception|q.citizen|t.mediation",
        "in.citizen & in.submit",
        "kind.complaint & t.inspect|" + _AUTHORITIES,
        _HERE + "u.petition & q.whole|in.body|in.gov|t.inspect",
        "u.petition & who.ubkt",
    ),
    "one_stop_par": (
        "in.onestop",
        "in.department & q.ontime|q.late|q.online",
        "q.ontime & in.voice|" + _AUTHORITIES,
        _HERE + "in.body|in.gov|t.tier|u.commune",
    ),
    "training_outreach": (
        "q.democracy|t.dvk|t.ttnd|t.gsdt|t.legalaccess|in.movement|in.law",
        _HERE + "t.mediation|t.criticism|t.reception|kind.denunciation|kind.kntc|kind.all",
        _HERE + "in.front",
        _HERE + "who.front & act.supervise|t.criticism|t.consult",
    ),
    "state_inspection": (
        "t.inspect|t.ttnd|t.gsdt|t.violation|t.reception|q.democracy|q.public|" + _PETITIONS,
        "t.recovery|q.collect & t.conclusion",
    ),
    "documents": (
        _HERE + "in.law & t.outreach & q.directive",
        "q.democracy|t.dvk|t.reception|t.mediation|in.movement|t.cadreconf|" + _PETITIONS,
        _HERE + "in.front|t.dialogue",
    ),
    "steering_inspection": ("q.democracy|t.dvk|t.reception|t.dialogue|in.movement|" + _PETITIONS,),
    "contributions": (
        "t.people|who.front|t.road|t.landgift|u.workday|in.works|q.land",
        "act.donate & u.area",
    ),
    "village_participation": (
        "t.people|t.village|t.villagemeeting|in.consulted|t.voter|t.tier|q.democracy|u.commune|who.front|in.body|in.movement",
    ),
    "worker_conferences": (
        "q.worker|who.union|t.workdialogue|t.labourconf|t.cadreconf|t.agreement|q.democracy|t.workplace",
    ),
    "social_criticism": ("who.front|act.supervise|t.dialogue|t.partybuild|q.democracy",),
    "voter_contact": ("t.voter|who.mp|who.council|q.voter",),
}
#: The same for codes that ask for something else than their theme does.
_RESTORED = (_PETITIONS + "|kind.complaint|t.reception|q.citizen|t.mediation|t.inspect|t.ttnd|t.gsdt",)
_GIVERS = "t.people|u.household|t.donors|t.village|who.front|q.whole"
_WORKS = "t.road|t.landgift|act.build|u.work|in.works|q.land"
_OPENNESS = (_AUTHORITIES + "|in.voices|u.commune|t.people|t.reception|f.dialogue_sessions",)
_CODES: dict[str, tuple[str, ...]] = {
    "dialogue_participants": _OPENNESS,
    "dialogue_opinions": _OPENNESS,
    "dialogue_opinions_resolved": _OPENNESS,
    "leader_reception_visits": (*_RECEPTION, _HERE + "act.meet & who.leader"),
    "money_restored": _RESTORED,
    "land_restored": _RESTORED,
    "land_donated": (
        "in.gift|t.landgift",
        _HERE + "act.donate & t.donors|t.people|u.household & q.land & t.road|in.works",
        _HERE + "u.workday & act.donate & " + _WORKS,
    ),
    "households_donating_land": ("in.gift|t.landgift",),
    "villages": (
        "q.democracy|t.villagemeeting|t.decided|t.disclosure|t.mediation|t.convention|t.legalaccess|t.dvk|t.reception"
        "|t.voter|t.friendly|t.headelect|t.ttnd|t.gsdt|t.landgift|u.workday|who.front|in.law|in.movement|" + _PETITIONS,
        "t.dialogue & who.leader|who.party|in.body",
    ),
    "cash_contributions": (
        _HERE + _GIVERS + " & " + _WORKS,
        _HERE + _GIVERS + " & in.gift & u.area",
        "q.democracy|t.dvk & t.people",
        _HERE + "u.workday & act.donate & t.road|t.landgift|in.works|q.land",
        _HERE + "q.ownpurse & t.road|t.landgift|in.works",
        "q.workday & t.road & q.land|u.area",
    ),
    "workdays_contributed": (
        _HERE + "t.road|t.landgift|in.works|q.land|u.work|q.democracy|t.dvk|q.notroad",
        _HERE + "in.gift & u.area",
        "q.workday & t.road|t.landgift|q.democracy|t.dvk",
        "q.workday & in.gift & u.area",
        "q.democracy & f.cash_contributions",
    ),
    "contributions_value": (
        _HERE + "u.workday|in.gift|t.landgift|u.area|q.land & t.road|q.land|u.area|in.gift|in.works|t.landgift",
        _HERE + "in.works|in.valued",
        "f.land_donated|f.workdays_contributed & t.road|t.landgift|in.works",
    ),
    "road_length_built": (
        _HERE + "t.road|u.road & t.people|t.donors|act.donate|u.workday|t.landgift|t.dvk|who.front|in.works",
        "q.workday|t.landgift|in.gift|t.dvk|q.democracy|in.works & t.road|u.road",
    ),
    "citizen_satisfaction_rate": (
        "in.onestop|in.voice|q.clients|q.democracy|t.friendly|t.legalaccess",
        "t.people|in.citizen|q.citizen & u.unit|u.commune|t.tier|q.index|in.gov|in.body|act.resolve|act.handle",
        "t.onestop & q.ontime",
        "who.front & q.asked|u.household|t.people",
        "t.people|t.feedback & in.body|in.gov|t.tier|u.commune|who.leader|q.whole|kind.reflection",
    ),
    "investment_supervision_money_recovered": ("t.gsdt|t.ttnd|who.front",),
}  # fmt: skip
#: Lengths in characters of a sentence, or of a cell with its headings, which may leave its subject to the reader; and
#: of a text that may where it names nothing of others and counts little else.
_SENTENCE, _BRIEF = 120, 600
#: Units that may have decimals.
_MEASURES = frozenset({"percent", "VND", "m2", "km", "day"})
_PETITIONS_THEME = frozenset({"petitions"})
#: Themes whose figures are counted in nouns that others count in, too.
_PLAIN_NOUNS = frozenset({"citizen_reception", "petitions"})
#: Of these themes a brief text may tell nothing but the count, "tiếp 1.200 lượt; nhận 312 đơn", bar these codes.
_NOT_BARE = frozenset({"money_restored", "land_restored"})

#: A bare noun of ours with a noun of its own behind it counts something else: "tiếp 17 lượt nhà đầu tư", "9 đơn xin
#: hoãn", "214 thư xin lỗi". Visits are told of in so few ways that whatever else follows them is a noun.
_OTHER_NOUNS = {
    "lượt": late(
        r" (?!(?:với|và|trong|tại|ở|qua|đến|tới|do|của|bằng|so|tăng|giảm|là|có|gồm|khiếu|kiến|tố|phản|cho|từ|nhiều|ít"
        r"|hơn|trên|dưới|còn|để|về|theo|năm|tháng|trước|sau|được|đã|đang|không|chưa|thuộc|liên|mới|này|đó|tiếp|nhận|các"
        r"|định|thường|đột|trực|cao|thấp|bình|bà con|hộ|tổ chức|riêng|toàn|mỗi|cấp|cùng|cả|thì|nhưng|mà|nên|lên"
        r"|chiếm|đạt|đông người|tỉ lệ|tương|cũng|khác|tức|ứng|chủ yếu)\b)"
        r"[a-zà-ỹđ]"
    ),
    "đơn": late(
        r" (?:xin|kiện|khởi|kêu|cầu|trình|đăng|tình nguyện|ủng hộ|phúc|ứng|dự|đặt|thuốc|bảo hiểm|li hôn|vay|thôi|nghỉ"
        r"|gia nhập|mua|bán|tham gia|tự nguyện|cam kết)\b"
    ),
    "thư": late(r"(?! (?:khiếu|tố|kiến|phản)\b)"),
}

#: Tags of which one each must be there, and whether the sentence itself or the title must hold them.
_Parts = tuple[bool, tuple[int, ...]]


@lru_cache(maxsize=1)
def _asked() -> dict[str, tuple[_Parts, ...]]:
    """Return for each code the alternatives that warrant it, none when it needs none."""
    themes = {theme: _parts(said) for theme, said in _THEMES.items()}
    codes = {code: _parts(said) for code, said in _CODES.items()}
    return {m.code: codes.get(m.code, themes.get(m.theme, ())) for m in load_metrics().values()}


def _bare(length: int) -> frozenset[str]:
    """Return the codes of which a text of that length may tell nothing but the count."""
    return _of_themes(_PLAIN_NOUNS) - _NOT_BARE if length <= _BRIEF else frozenset()


@lru_cache(maxsize=1)
def _counts() -> frozenset[str]:
    """Return the codes that count whole things."""
    return frozenset(m.code for m in load_metrics().values() if m.unit not in _MEASURES)


@lru_cache(maxsize=1)
def _shares() -> frozenset[str]:
    """Return the codes of percentages; more than all of something is a change or a plan that was outdone."""
    return frozenset(m.code for m in load_metrics().values() if m.unit == "percent")


@lru_cache(maxsize=4)
def _of_themes(themes: frozenset[str]) -> frozenset[str]:
    return frozenset(m.code for m in load_metrics().values() if m.theme in themes)


@lru_cache(maxsize=1)
def _gives() -> dict[str, int]:
    """Return, for what is given, tags of which one must stand between the same semicolons."""
    return {
        "cash_contributions": bits_of(
            ("act.donate", "q.cash", "q.workday", "u.workday", "u.area", "q.thisrate")
        ),
        "households_donating_land": bits_of(("in.gift", "t.landgift", "u.area")),
    }


@lru_cache(maxsize=1)
def _citizens() -> int:
    return bits_of(("t.reception", "q.citizen", "kind.kntc", "kind.all"))


@lru_cache(maxsize=1)
def _of_others() -> int:
    return bits_of(
        ("t.off", "t.business", "t.sport", "t.court", "t.election", "out.body", "out.agency", "out.matter")
    )


def _parts(alternatives: tuple[str, ...]) -> tuple[_Parts, ...]:
    return tuple(
        (
            said.startswith(_HERE),
            tuple(bits_of(part.split("|")) for part in said.removeprefix(_HERE).split(" & ")),
        )
        for said in alternatives
    )


def _counts_little_else(document: Document, drafts: list[Draft]) -> bool:
    """Whether at least a third of a text's numbers that may be figures got a code."""
    numbers = sum(len(runs) for runs in document.runs) - len(document.masks)
    return 3 * len(drafts) >= numbers


def _counts_others(folded: str, draft: Draft) -> bool:
    unit = draft.figure.unit
    others = _OTHER_NOUNS.get(folded[unit[0] : unit[1]]) if unit else None
    return bool(unit and others and others.match(folded, unit[1]))


class Warrants:
    """What each paragraph of a document says, looked up once for all its figures.

    Attributes:
        sentence: whether the text is no longer than a sentence or a cell with its headings.
        bare: codes that need no warrant, since the text is too short to name its subject and names nothing of others.
        title: tags of the title.
        paragraphs: tags of each paragraph.
    """

    __slots__ = ("_first", "_folded", "_terms", "bare", "paragraphs", "sentence", "title")

    def __init__(self, document: Document, drafts: list[Draft]) -> None:
        self._folded = document.folded.text
        self._terms = document.terms
        self.title = union(document.title_tags)
        self.paragraphs: dict[int, int] = {}
        for sentence in document.sentences:
            before = self.paragraphs.get(sentence.paragraph, 0)
            self.paragraphs[sentence.paragraph] = before | document.terms.said(sentence.start, sentence.end)
        self.sentence = len(self._folded) <= _SENTENCE
        plain = not self._all() & _of_others() and _counts_little_else(document, drafts)
        self.bare = _bare(len(self._folded)) if plain else frozenset()
        self._first = min(self.paragraphs)
        for draft in drafts:
            self.paragraphs[draft.figure.sentence.paragraph] |= bit_of("f." + draft.decision.code)

    def _all(self) -> int:
        """Return the tags of the whole text and its title."""
        return self.title | union(self.paragraphs.values())

    def hold(self, draft: Draft, of_warranted: bool = False) -> bool:
        """Whether what is said near a figure warrants its theme.

        ``of_warranted`` says that the figure took its code over from one that is warranted; no more need be said then.
        """
        if self._belied(draft) or (not of_warranted and self._gives_nothing(draft)):
            return False
        asked = _asked()[draft.decision.code]
        if of_warranted or not asked or self.sentence or draft.decision.code in self.bare:
            return True
        near = self._near(draft.figure.sentence.paragraph)
        petitions = draft.decision.code in _of_themes(_PETITIONS_THEME)
        if petitions and self._told_police(draft) and not near & _citizens():
            return False
        here = 0
        for strictly, parts in asked:
            if strictly and not here:
                here = self.title | self._said(draft)
            if all((here if strictly else near) & part for part in parts):
                return True
        return False

    def _near(self, paragraph: int) -> int:
        """Return the tags of the title, of a paragraph, of the one before and of the first."""
        before = self.paragraphs.get(paragraph - 1, 0)
        return self.title | self.paragraphs[paragraph] | before | self.paragraphs[self._first]

    def _belied(self, draft: Draft) -> bool:
        """Whether a figure's own number or words speak against its code."""
        code = draft.decision.code
        if code in _counts() and draft.figure.number.value % 1:
            return True
        if code in _shares() and draft.figure.number.value > 100:
            return True
        return code in _of_themes(_PLAIN_NOUNS) and _counts_others(self._folded, draft)

    def _gives_nothing(self, draft: Draft) -> bool:
        """Whether a figure of what is given stands in a clause that tells of no giving."""
        gives = _gives().get(draft.decision.code)
        return gives is not None and not self._clause(draft) & gives

    def _told_police(self, draft: Draft) -> bool:
        """Whether the police are named before a figure: what people denounce to them are crimes."""
        before = self._terms.said(draft.figure.sentence.start, draft.figure.start)
        return bool(before & bit_of("who.police"))

    def _clause(self, draft: Draft) -> int:
        """Return the tags between the semicolons around a figure."""
        sentence, at = draft.figure.sentence, draft.figure.start
        start = draft.figure.clause_start
        if start > sentence.start and not self._terms.between(start, at):
            # "góp 31.850 ngày công; trên 10 tỷ đồng; …": what nothing leads up to goes on the list before it.
            start = self._folded.rfind(";", sentence.start, start - 1) + 1 or sentence.start
        end = self._folded.find(";", at, sentence.end)
        return self._terms.said(start, end if end != -1 else sentence.end)

    def _said(self, draft: Draft) -> int:
        """Return the tags of a figure's own sentence."""
        sentence = draft.figure.sentence
        return self._terms.said(sentence.start, sentence.end)
