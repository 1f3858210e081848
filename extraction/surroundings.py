"""What stands around a figure, layer by layer, each from near to far; layers hold tags as bits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from coso.late_patterns import late
from extraction.figures import Figure
from extraction.lexicon import Condition, Term, Terms, vocabulary
from extraction.lexicon.tags import bit_of, bits_of, union
from extraction.shares import says_otherwise

#: Points for evidence in the number's own phrase, in the words leading up to it, carried from earlier in the
#: sentence, later in it, in the paragraph, in the document, and for the fact just before.
OWN, LEAD, CARRIED, LATER, PARAGRAPH, DOCUMENT, LAST = 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 5.0
#: Which of the six layers a scope reaches.
_REACH = {"o": slice(1), "l": slice(1, 2), "n": slice(2), "c": slice(3), "s": slice(4), "p": slice(6)}
#: The scope in which a condition that asks for nothing holds.
ALWAYS = ""
_GOVERNOR = late(r"(?<!\w)(cho|với)(?: hơn| gần| trên| khoảng)?\s*$")
_NUMBER_FOLLOWS = late(r"[^\d,;.]{0,14}\d")
#: What was done with most of them was not done with the number itself.
_MOST_OF_THEM = late(
    r"(?:hầu hết|đa số|phần lớn|đa phần|nhiều ý kiến|tất cả|toàn bộ|(?:ý|ý kiến|câu|nội dung) nào|(?:đến|tới) mức)"
    r"[^,;.\d]{0,12}$"
)
_ABOUT = late(r"\W*(?:về|đối với) ")
#: What may stand ahead of a kind that heads a clause.
_HEAD = late(
    r"\W*(?:[\da-z][.)] ?)?(?:riêng |còn )?(về |đối với )?(?:(?:công tác )?giải quyết |đơn |đơn thư )?"
)
_start, _bits = itemgetter(0), itemgetter(1)
#: Words that join a number to the one before.
_JOINS = frozenset({"và", "cùng", "cùng với"})
#: A share that stands in its bracket alone, as in "71/72 người được hỏi (tỷ lệ 98,61%) tỏ ra hài lòng".
_ALONE = late(r"\(?(?:tỉ lệ|đạt|đạt tỉ lệ|chiếm|chiếm tỉ lệ|bằng|tương đương)? ?[\d.,]+ ?%\)?")
#: How far before its verb an agent may begin, in characters, and what parts the two.
_AGENT = 90
_APART = late(r"[;.:()\d]")
_PASSIVE = late(r" (?:được|đã|bị) ")


class Mark:
    """A fact already read in the sentence.

    Attributes:
        start: where its number begins.
        bits: the tag ``f.CODE``.
        code: its code.
    """

    __slots__ = ("bits", "code", "start")

    def __init__(self, start: int, bits: int, code: str) -> None:
        self.start = start
        self.bits = bits
        self.code = code


def mark(start: int, code: str) -> Mark:
    """Mark a figure that got a code, for the figures after it."""
    return Mark(start, bit_of("f." + code), code)


class Layer:
    """Tags of words at one distance, from near to far."""

    __slots__ = ("bits", "items")

    def __init__(self, items: list[int], bits: int | None = None) -> None:
        self.items = items
        self.bits = union(items) if bits is None else bits


NOTHING = Layer([])
#: Tags that the form of a figure's phrase gives it rather than a wording.
SAID_BY_FORM = bits_of(["q.for", "q.with", "q.fraction", "q.otherwise", "q.named"])


#: Opens the name of what is counted: "36 mô hình "Camera an ninh"".
_QUOTED = ' "'


class Surroundings:
    """What stands around one figure.

    ``segment`` is the part of ``carried`` since the last semicolon; ``fresh`` says that a new place or kind has
    come since, so that no verb is carried across it; ``passive`` are verbs behind the figure that it may be
    the subject of; ``opens_clause`` says that nothing leads up to the figure. ``holds`` gives the tags each scope
    reaches; its key ``C`` is ``c`` with the passive verbs.
    """

    __slots__ = (
        "_layers",
        "_nearest",
        "carried",
        "document",
        "fresh",
        "holds",
        "joined",
        "last",
        "later",
        "lead",
        "opens_clause",
        "own",
        "paragraph",
        "passive",
        "segment",
    )

    def __init__(
        self,
        own: Layer,
        lead: Layer,
        carried: Layer,
        segment: Layer,
        later: Layer,
        passive: Layer,
        paragraph: Layer,
        document: Layer,
        just_before: int,
        last: str | None,
        fresh: bool,
        opens_clause: bool,
        joined: bool,
    ) -> None:
        self.own, self.lead, self.carried, self.segment = own, lead, carried, segment
        self.later, self.passive, self.paragraph, self.document = later, passive, paragraph, document
        self.last, self.fresh, self.opens_clause, self.joined = last, fresh, opens_clause, joined
        near = own.bits | lead.bits
        clause = near | carried.bits
        sentence = clause | later.bits
        far = sentence | paragraph.bits | document.bits
        self.holds = {
            "o": own.bits,
            "l": lead.bits,
            "n": near,
            "c": clause,
            "C": clause | passive.bits,
            "s": sentence,
            "p": far,
            "f": just_before,
            ALWAYS: 1,
        }
        #: The layers, nearest first, with the points of each.
        self._layers: Sequence[tuple[float, Layer]] = (
            (OWN, own), (LEAD, lead), (CARRIED, carried), (LATER, later), (PARAGRAPH, paragraph), (DOCUMENT, document),
        )  # fmt: skip
        self._nearest: dict[tuple[str, str], tuple[float, int]] = {}

    def points(self, condition: Condition) -> float:
        """Return the points of a condition, 0 when it does not hold."""
        scope, bits = condition.scope, condition.bits
        if scope == "f":
            return LAST if self.holds["f"] & bits else 0.0
        best = 0.0
        plain = condition.nearby_bits
        if plain & self.holds[scope]:
            for value, layer in self._layers[_REACH[scope]]:
                if plain & layer.bits:
                    best = value
                    break
        for group in condition.exclusive:
            nearest = self._nearest.get((scope, group))
            if nearest is None:
                nearest = self._nearest[scope, group] = self._find_nearest(scope, group)
            if nearest[0] > best and bits & nearest[1]:
                best = nearest[0]
        return best

    def _find_nearest(self, scope: str, group: str) -> tuple[float, int]:
        """Return the nearest words of a group, with their points; none (0) where it cannot be told which."""
        wanted = vocabulary().groups[group]
        layers = self._layers[_REACH[scope]]
        if scope == "c" and group == "act":
            layers = self._governing(layers)
        for value, layer in layers:
            reached = layer
            if group == "kind" and value <= CARRIED:
                if value == CARRIED and self.segment.bits & wanted:
                    reached = self.segment
                if (reached.bits & wanted).bit_count() > 1:
                    # After a list of kinds no single one of them is carried on.
                    return 0.0, 0
            elif group == "act" and value == CARRIED and self.fresh:
                reached = self.segment
            if reached.bits & wanted:
                for item in reached.items:
                    if item & wanted:
                        return value, item
        return 0.0, 0

    def _governing(self, layers: Sequence[tuple[float, Layer]]) -> Sequence[tuple[float, Layer]]:
        """Order the layers by how they govern a number.

        The verb right ahead of a number governs it; a verb behind it only describes what is counted. A passive
        names its verb last: it counts where nothing was said before.
        """
        own, lead, carried = layers
        passive = (LATER, self.passive)
        if self.joined:
            # "kiểm điểm 9 tập thể và 22 cá nhân có sai phạm": what joins a number to another shares its verb.
            return (lead, carried, own, passive)
        return (lead, own, passive, carried) if self.opens_clause else (lead, own, carried, passive)


def surroundings(
    folded: str,
    figure: Figure,
    terms: Terms,
    marks: Sequence[Mark],
    paragraph: Layer,
    document: Layer,
    closed: Sequence[tuple[int, int]],
    fresh: bool,
    nearby: int,
    heading: Sequence[int] = (),
) -> Surroundings:
    """Collect what stands around a figure.

    ``marks`` are the facts already read in its sentence; ``nearby`` are tags of the figures right before and
    behind it ("b.", "a.") and of the facts of the sentence before ("h."), as bits, reached with the scope of the
    fact just before. ``heading`` are the meanings of the heading over an item of a list, carried into the item.
    """
    start = figure.start
    carried, last = _carried(figure, terms, marks, closed)
    lead, opens_clause = _leading(folded, figure, terms, closed)
    stop = figure.sentence.end
    if figure.bracket and not ("percent" in figure.classes and _ALONE.fullmatch(folded, *figure.bracket)):
        stop = figure.bracket[1]
    behind_it = max(figure.own_end, figure.end)
    after = terms.between(behind_it, stop)
    opened = figure.lead_start if figure.is_whole else figure.semicolon
    lead += _headed(folded, figure, terms, max(opened, figure.sentence.start))
    held = Layer(lead)
    behind = Layer([*map(_bits, carried), *heading]) if carried or heading else NOTHING
    just_before = nearby | bit_of("f." + last) if last else nearby
    return Surroundings(
        own=Layer(_own(folded, figure, terms)),
        lead=held,
        carried=behind,
        segment=behind if opened == -1 else Layer([pair[1] for pair in carried if pair[0] > opened]),
        later=Layer(terms.bits_between(behind_it, stop)) if after else NOTHING,
        passive=_passive(folded, figure, terms, after, stop),
        paragraph=paragraph,
        document=document,
        just_before=just_before,
        last=last,
        fresh=fresh or figure.is_whole or (opened > 0 and bool(held.bits & vocabulary().groups["kind"])),
        opens_clause=opens_clause,
        joined=not lead
        and folded[figure.lead_start : start].strip().removesuffix(figure.approx or "").strip() in _JOINS
        and not _PASSIVE.search(folded, figure.end, max(figure.own_end, figure.end)),
    )


def _carried(
    figure: Figure, terms: Terms, marks: Sequence[Mark], closed: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], str | None]:
    """Return what was said earlier in the sentence, nearest first, and the code of the fact before."""
    pairs = terms.pairs_between(figure.sentence.start, figure.lead_start)
    shut = [pair for pair in closed if pair[1] <= figure.start] if closed else []
    if shut:
        pairs = [pair for pair in pairs if not any(a <= pair[0] < b for a, b in shut)]
        marks = [made for made in marks if not any(a <= made.start < b for a, b in shut)]
    if not marks:
        pairs.reverse()
        return pairs, None
    pairs += [(made.start, made.bits) for made in marks]
    pairs.sort(key=_start, reverse=True)
    return pairs, marks[-1].code


def _leading(
    folded: str, figure: Figure, terms: Terms, closed: Sequence[tuple[int, int]]
) -> tuple[list[int], bool]:
    """Return what leads up to a figure, nearest first, and whether nothing does."""
    text = folded[figure.lead_start : figure.start]
    if ") " in text:
        asides = [pair for pair in closed if figure.lead_start <= pair[0] and pair[1] <= figure.start]
        found = terms.between(figure.lead_start, figure.start)
        lead = [term.meaning.bits for term in found if not any(a < term.start < b for a, b in asides)]
    else:
        lead = terms.bits_between(figure.lead_start, figure.start)
    lead.reverse()
    if text.endswith(" thì "):
        # "trong số 118 kiến nghị đã nhận thì 84 …": the verb belongs to the clause before.
        return [], not text.strip(" ,;")
    if text.endswith("chưa "):
        lead.insert(0, bit_of("act.pending"))  # "giải quyết rồi 49, chưa 9"
    if ("cho" in text or "với" in text) and (governed := _GOVERNOR.search(text)):
        lead.append(bit_of("q.for" if governed.group(1) == "cho" else "q.with"))
    return lead, not lead and not text.strip(" ,;")


def _headed(folded: str, figure: Figure, terms: Terms, opened: int) -> list[int]:
    """Return the kind that heads the clause of a figure: "Tố cáo: phát sinh 14 vụ", "Về khiếu nại, có 20 vụ"."""
    if folded.find(":", opened, figure.lead_start) == -1 and not _ABOUT.match(
        folded, opened, figure.lead_start
    ):
        return []
    head = next(iter(terms.between(opened, figure.lead_start)), None)
    if head is None or not head.meaning.kind:
        return []
    before = _HEAD.fullmatch(folded, opened, head.start)
    closes = ":," if before and before.group(1) else ":"
    return [head.meaning.bits] if before and folded[head.end : head.end + 1] in closes else []


def _own(folded: str, figure: Figure, terms: Terms) -> list[int]:
    """Return what belongs to a figure's own phrase."""
    start, end = figure.number.end, max(figure.own_end, figure.end)
    own = terms.bits_between(start, end)
    if figure.unit and union(own) & bit_of("act.recommend"):
        # A counted noun is no verb: "10 kiến nghị" are proposals, whoever made them.
        for index, term in enumerate(terms.between(start, end)):
            if term.meaning.proposes and term.start == figure.unit[0]:
                own[index] &= ~bit_of("act.recommend")
    if figure.denominator:
        own.append(bit_of("q.fraction"))
    if figure.unit and folded.startswith(_QUOTED, figure.unit[1]):
        own.append(bit_of("q.named"))
    if "percent" in figure.classes and says_otherwise(folded, figure, terms):
        own.append(bit_of("q.otherwise"))
    for start, end in figure.extra:
        own += terms.bits_between(start, end)
    return own


def _passive(folded: str, figure: Figure, terms: Terms, after: list[Term], stop: int) -> Layer:
    """Return the verbs behind a figure that it may be the subject of."""
    if not after or after[0].start >= figure.reach:
        return NOTHING
    semicolon = folded.find(";", figure.end, stop)
    end = figure.reach if semicolon == -1 else min(semicolon, figure.reach)
    verbs = [
        term.meaning.bits
        for term in after
        if term.start < end
        and term.meaning.verb
        and (_is_passive(folded, term) or _is_done_by(folded, figure, term, terms))
    ]
    return Layer(verbs) if verbs else NOTHING


def _is_passive(folded: str, term: Term) -> bool:
    start, end = term.start, term.end
    if not (
        folded.startswith(("được", "đã ", "bị ", "phải "), start)
        or folded.endswith(("được ", "đã ", "bị ", "phải "), max(0, start - 6), start)
    ):
        return False
    if _NUMBER_FOLLOWS.match(folded, end, end + 16):
        return False
    return not _MOST_OF_THEM.search(folded[max(0, start - 24) : start])


def _is_done_by(folded: str, figure: Figure, term: Term, terms: Terms) -> bool:
    """Whether an agent stands between "được" and its verb: "19 ý kiến được Chủ tịch huyện và các phòng trả lời"."""
    opened = folded.rfind(" được ", max(figure.end, term.start - _AGENT), term.start)
    if opened == -1 or _APART.search(folded, opened, term.start) or _NUMBER_FOLLOWS.match(folded, term.end):
        return False
    between = terms.between(opened, term.start)
    if not between or any(one.meaning.verb and not one.meaning.classes for one in between):
        return False
    person = between[0].start == opened + len(" được ") and "person" in between[0].meaning.classes
    bodies = vocabulary().groups["who"] | bit_of("in.body")
    return person or any(one.meaning.bits & bodies for one in between)


@lru_cache(maxsize=4096)
def units_behind(classes: frozenset[str]) -> int:
    """Return the tags "a.UNIT" of the figure right behind."""
    return bits_of([f"a.{name}" for name in classes])


@lru_cache(maxsize=4096)
def units_before(classes: frozenset[str]) -> int:
    """Return the tags "b.UNIT" of the figure right before."""
    return bits_of([f"b.{name}" for name in classes])
