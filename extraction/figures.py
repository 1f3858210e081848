"""Figures: numbers bound to their counted noun, their own phrase and the words that lead up to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from coso.numbers import Number, find_numbers
from extraction.lexicon import Term
from extraction.nonfacts import Mask
from extraction.sentences import Sentence, brackets

_PERCENT = re.compile(r" ?%| phần trăm\b")
_SLASH = re.compile(r"(?: ?/ ?| trên (?:tổng số |tổng )?| trong (?:tổng số |số )?)(?=\d)")
_ELIDED = re.compile(
    r"\s*(?:[,;.:()\"\-!?…]|$|(?:và|có|còn|đã|được|trong|ở|tại|là|so|với|hay|cùng|tăng|giảm|đạt|chiếm|do"
    r"|bằng|thuộc|đang"
    r"|chưa|không|bị|về|qua|từ|của|cho|theo|gồm|vẫn|khi|hoặc|đến|tới|xuống|lên|đều|cũng|lại|hiện|nay|nằm"
    r"|liên quan|chuyển|mới|gửi|tại|ngay|khác)(?![a-zà-ỹđ]))"
)
_APPROX = re.compile(
    r"(hơn|trên|gần|khoảng|ước khoảng|ước|xấp xỉ|ngót|chừng|tới|dưới|ước đạt|ước tính|hơn cả"
    r"|độ)\s*(?:được |là |đạt )?$"
)
_HARD = re.compile(r"[;:()\n]| - |\.\.\.|\. ")
_SOFT_WORD = (
    r"(?:trong đó|bao gồm|gồm|qua đó|từ đó|đồng thời|nhằm|góp phần|riêng|bên cạnh|ngoài ra|trong khi|còn "
    r"lại"
    r"|tương ứng|tương đương|tức là|tức|bằng|đạt(?! chuẩn| tiêu chí| danh hiệu)|chiếm|tỉ lệ|so với|so "
    r"cùng|nhờ đó|theo đó|cao hơn|thấp hơn|nhiều hơn|ít hơn"
    r"|tăng|giảm)"
)
_SOFT = re.compile(rf"(?<![a-zà-ỹđ]){_SOFT_WORD}(?![a-zà-ỹđ])")
_JOIN = re.compile(r"(?<![a-zà-ỹđ])(?:và|với|cùng|cho|hoặc|/)(?![a-zà-ỹđ])|/")
_ASIDE = re.compile(
    r",? ?\(?(?:bằng|đạt|chiếm|tức|tương đương|tỉ lệ|đạt tỉ lệ)? ?(?:hơn |gần |trên |khoảng )?"
)
_GOES_ON = re.compile(
    r"(?:\) |, | )(?:đã|được|có|tổ chức|mở|kí|xây dựng|ban hành|hoàn thành|bị|thực hiện|đạt chuẩn|hiến"
    r"|đối thoại|niêm yết|công khai|thành lập|họp|tiến hành|triển khai|kiện toàn)(?!\w)"
)
_LISTED = re.compile(r"[\s,]*(?:và|cùng|với|hay|cùng với)?\s*(?:hơn |gần |trên |khoảng )?")
_TIER = re.compile(
    r"(?:và |ở |riêng |trong đó |còn )?(?:cấp |ở cấp )?(?:tỉnh|huyện|xã|trung ương|cơ sở|thành phố|phường"
    r"|khối xã|khối huyện|quận)"
    r"(?: có| là| được| giải quyết| tổ chức)?"
)
_PAIR_HEAD = re.compile(r"\d lượt(?: người)? ?/ ?\d[\d.]* (?:lượt )?người|lượt ?/ ?(?:lượt )?người")


@dataclass(slots=True)
class Figure:
    """A number that may be a fact.

    Attributes:
        number: where it is and what it says.
        sentence: its sentence.
        classes: unit classes, ``none`` among them when the unit is left out.
        unit: where the counted noun stands, None when it is left out.
        elided: whether the noun is implied.
        lead_start: where the words leading up to it begin.
        own_end: where its own phrase ends.
        approx: word of approximation.
        denominator: the y of x/y.
        bracket: the bracket it stands in.
        dropped: why it is no fact after all.
        reach: how far a passive verb behind it may stand.
        extra: further stretches of its own phrase, behind an aside such as ", bằng 77,2%,".
    """

    number: Number
    sentence: Sentence
    classes: set[str] = field(default_factory=set)
    unit: tuple[int, int] | None = None
    elided: bool = False
    lead_start: int = 0
    own_end: int = 0
    approx: str | None = None
    denominator: float | None = None
    bracket: tuple[int, int] | None = None
    dropped: str | None = None
    extra: list[tuple[int, int]] = field(default_factory=list)
    reach: int = 0

    @property
    def start(self) -> int:
        """First character of the number."""
        return self.number.start

    @property
    def end(self) -> int:
        """Character after the number and its percent sign or denominator."""
        return self.after

    after: int = 0


def find_figures(folded: str, sentence: Sentence, terms: list[Term], masks: list[Mask]) -> list[Figure]:
    """Return the figures of a sentence in order, bound to their nouns and phrases."""
    numbers = [n for n in _numbers(folded, sentence) if not _masked(n, masks)]
    pairs = brackets(folded, sentence.start, sentence.end)
    figures = _fractions(folded, sentence, numbers)
    for figure in figures:
        figure.bracket = next((p for p in pairs if p[0] < figure.start < p[1]), None)
        figure.approx = _approx(folded, figure)
        _bind_unit(folded, figure, terms)
    for index, figure in enumerate(figures):
        following = figures[index + 1] if index + 1 < len(figures) else None
        _bound_own(folded, figure, following, terms)
    for figure, share in pairwise(figures):
        aside = "percent" in share.classes and _ASIDE.fullmatch(folded, figure.own_end, share.start)
        if aside and _GOES_ON.match(folded, share.end):
            clause = _clause_end(folded, share.end + 2, share.sentence.end)
            figure.extra.append((share.end, max(share.own_end, clause)))
            share.extra.append((share.end, clause))
    for index, figure in enumerate(figures):
        before = figures[index - 1] if index else None
        figure.lead_start = _lead_start(folded, figure, before, terms)
        if figure.elided and "percent" not in figure.classes:
            _infer_unit(folded, figure, before, terms)
    _set_reach(folded, figures)
    _parallel_units(folded, figures, terms)
    for figure, following in pairwise(figures):
        # "Trà Vinh tiếp 1.130, Bến Tre tiếp 1.408 lượt": the noun comes with the last of the list.
        if figure.classes == {"none"} and following.unit and "percent" not in following.classes:
            figure.classes = {"none"} | following.classes
    return figures


def _set_reach(folded: str, figures: list[Figure]) -> None:
    """A passive verb reaches back over a list of counts: "274 đơn khiếu nại và 105 đơn tố cáo được giải quyết"."""
    for index, figure in enumerate(figures):
        figure.reach = figures[index + 1].start if index + 1 < len(figures) else figure.sentence.end
        last = figure
        for other in figures[index + 1 :]:
            joined = _LISTED.fullmatch(folded, last.own_end, other.start)
            if not joined or not other.unit or "percent" in other.classes:
                break
            last, figure.reach = other, other.own_end


def _parallel_units(folded: str, figures: list[Figure], terms: list[Term]) -> None:
    """Numbers without nouns take those of the group before: "66 tổ chức, 91 cá nhân; giám sát 48 và 73"."""
    groups: list[list[Figure]] = []
    for figure in figures:
        gap = terms_between(terms, groups[-1][-1].end, figure.start) if groups else []
        verbs = any(tag.startswith("act.") for term in gap for tag in term.tags if not unit_classes(term))
        if groups and not verbs and ";" not in folded[groups[-1][-1].end : figure.start]:
            groups[-1].append(figure)
        else:
            groups.append([figure])
    models: list[Figure] = []
    for before, group in pairwise(groups):
        named = [f for f in before if f.unit and "percent" not in f.classes]
        models = named or models
        counts = [f for f in group if "percent" not in f.classes]
        bare = [f for f in counts if f.elided and not f.unit]
        if len(models) != len(group) or len(counts) != len(group) or len(models) < 2:
            continue
        if len(bare) == len(group):
            if any(unit_classes(t) for f in group for t in terms_between(terms, f.lead_start, f.start)):
                continue
        elif bare != group[1:] or group[0].classes != models[0].classes:
            continue
        for model, figure in zip(models, group, strict=True):
            if figure.elided and not figure.unit:
                figure.classes = {"none"} | model.classes


def _clause_end(folded: str, start: int, end: int) -> int:
    match = re.search(r"[,;.:(]", folded[start:end])
    return start + match.start() if match else end


def terms_between(terms: list[Term], start: int, end: int) -> list[Term]:
    """Return the terms that begin in ``[start, end)``."""
    low = bisect_left(terms, (start,))
    high = bisect_left(terms, (end,))
    return terms[low:high]


def unit_classes(term: Term) -> set[str]:
    """Return the unit classes of a term, without their prefix."""
    return {tag[2:] for tag in term.tags if tag.startswith("u.")}


def _numbers(folded: str, sentence: Sentence) -> Iterable[Number]:
    offset = sentence.start
    for n in find_numbers(folded[sentence.start : sentence.end]):
        yield Number(n.start + offset, n.end + offset, n.digits_end + offset, n.value, n.grouped)


def _masked(number: Number, masks: list[Mask]) -> bool:
    # Masks are sorted by start and short; those that could reach the number begin a little before it.
    index = bisect_left(masks, (number.end,))
    for mask in reversed(masks[max(0, index - 40) : index]):
        if mask.start < number.end and mask.end > number.start:
            return True
    return False


def _fractions(folded: str, sentence: Sentence, numbers: list[Number]) -> list[Figure]:
    figures: list[Figure] = []
    skip = -1
    for index, number in enumerate(numbers):
        if index == skip:
            continue
        figure = Figure(number, sentence, after=number.end)
        slash = _SLASH.match(folded, number.end)
        if slash and index + 1 < len(numbers) and numbers[index + 1].start == slash.end():
            below = numbers[index + 1]
            if _is_pair(folded, sentence, below):
                figure.classes, figure.unit = {"turn"}, None
            else:
                figure.denominator, figure.after = below.value, below.end
                skip = index + 1
        percent = _PERCENT.match(folded, figure.after)
        if percent:
            figure.classes = {"percent"}
            figure.unit = (percent.end() - 1, percent.end())
            figure.after = percent.end()
        figures.append(figure)
    return figures


def _is_pair(folded: str, sentence: Sentence, below: Number) -> bool:
    """Whether x/y are visits and people, as after a "lượt/người" pair."""
    return bool(
        re.match(r" ?(?:lượt )?người", folded[below.end : below.end + 12])
        and _PAIR_HEAD.search(folded, sentence.start, below.start)
    )


def _approx(folded: str, figure: Figure) -> str | None:
    match = _APPROX.search(folded[max(figure.sentence.start, figure.start - 16) : figure.start])
    return match.group(1) if match else None


def _bind_unit(folded: str, figure: Figure, terms: list[Term]) -> None:
    if figure.classes:
        return
    nearby = terms_between(terms, figure.after, min(figure.after + 2, figure.sentence.end))
    if nearby and folded[figure.after : nearby[0].start].strip() == "":
        term = nearby[0]
        classes = unit_classes(term)
        if classes:
            figure.classes, figure.unit = classes, (term.start, term.end)
            return
        if term.tags & {"who.ttnd", "who.gsdt"}:
            figure.classes, figure.unit = {"boardname"}, (term.start, term.end)
            return
        if "act.recommend" in term.tags:
            figure.classes, figure.unit = {"rec", "opinion"}, (term.start, term.end)
            return
        if any(tag.startswith("kind.") for tag in term.tags):
            figure.classes, figure.unit, figure.elided = {"kindnoun"}, (term.start, term.end), True
            return
        if any(tag.startswith(("act.", "q.", "who.")) for tag in term.tags):
            figure.elided = True
    if _ELIDED.match(folded, figure.after) or figure.elided:
        figure.elided = True
        if figure.number.digits_end < figure.number.end and figure.number.value >= 1e6:
            figure.classes = {"money", "none"}
        return
    figure.classes = {"unknown"}


def _bound_own(folded: str, figure: Figure, following: Figure | None, terms: list[Term]) -> None:
    limit = following.start if following else figure.sentence.end
    start = figure.unit[1] if figure.unit else figure.after
    start = max(start, figure.after)
    own = limit
    hard = _HARD.search(folded, start, limit)
    if hard:
        own = hard.start()
    own = min(own, _comma(folded, start, own, terms, "percent" in figure.classes))
    soft = _SOFT.search(folded, start, own)
    if soft:
        own = soft.start()
    if own == limit or following:
        own = min(own, _joined(folded, start, own, limit, following, terms))
    if own == limit and following:
        own = _before_last_verb(start, limit, terms)
    if figure.bracket and own > figure.bracket[1]:
        own = figure.bracket[1]
    figure.own_end = max(own, start)


def _comma(folded: str, start: int, end: int, terms: list[Term], share: bool) -> int:
    """Return where the first comma outside a term stands; a share may be of several nouns in a row."""
    position = folded.find(",", start, end)
    while position != -1:
        following = terms_between(terms, position, position + 4) if share else []
        if (
            following
            and unit_classes(following[0])
            and not following[0].tags & {"act.inspect", "act.supervise"}
        ):
            position = folded.find(",", position + 1, end)
            continue
        if not any(
            term.start < position < term.end for term in terms_between(terms, position - 60, position)
        ):
            return position
        position = folded.find(",", position + 1, end)
    return end


def _joined(
    folded: str, start: int, end: int, limit: int, following: Figure | None, terms: list[Term]
) -> int:
    """Return where a joining word begins what belongs to the next number, or a new verb."""
    for match in _JOIN.finditer(folded, start, end):
        if any(
            term.start < match.start() < term.end
            for term in terms_between(terms, match.start() - 60, match.start())
        ):
            continue
        if following and not re.search(r"[,;:()]", folded[match.end() : limit]):
            return match.start()
        after = terms_between(terms, match.end(), match.end() + 4)
        if after and any(tag.startswith("act.") for tag in after[0].tags) and not unit_classes(after[0]):
            return match.start()
    return end


def _before_last_verb(start: int, limit: int, terms: list[Term]) -> int:
    """Where nothing parts two numbers, the verb right before the second begins its words."""
    between = terms_between(terms, start, limit)
    if not between:
        return limit if limit - start < 3 else start
    position = limit
    for term in reversed(between):
        if any(
            tag.startswith(("act.", "who.", "q.long", "q.standard")) for tag in term.tags
        ) and not unit_classes(term):
            position = term.start
        else:
            break
    return position


def _lead_start(folded: str, figure: Figure, before: Figure | None, terms: list[Term]) -> int:
    start = before.own_end if before else figure.sentence.start
    inside = [(term.start, term.end) for term in terms_between(terms, start, figure.start)]
    if figure.bracket and figure.bracket[0] >= start and any(a > figure.bracket[0] for a, _ in inside):
        start = figure.bracket[0] + 1
    for position in range(figure.start - 1, start - 1, -1):
        if folded[position] not in ",;:()" or any(a < position < b for a, b in inside):
            continue
        # A heading such as "Đơn thuộc thẩm quyền: 1.725 đơn" leads up to its number across the colon.
        if folded[position] in ":(" and not any(a > position for a, _ in inside):
            continue
        return position + 1
    return start


def _infer_unit(folded: str, figure: Figure, before: Figure | None, terms: list[Term]) -> None:
    """Give a number without a noun the noun that leads up to it, and the one of the number before it."""
    figure.classes = set(figure.classes) | {"none"}
    lead = folded[figure.lead_start : figure.start].strip(" :,;(")
    if not _TIER.fullmatch(lead):
        between = terms_between(terms, figure.lead_start, figure.start)
        # "số đơn các cơ quan nhận được là 2.846" counts đơn, whatever else is named.
        named = [
            t
            for t in between
            if folded[max(0, t.start - 3) : t.start] == "số " and unit_classes(t) - {"org", "x"}
        ]
        for term in [*named[-1:], *reversed(between)]:
            classes = unit_classes(term) - {"org", "x"}
            if term.tags & {"who.ttnd", "who.gsdt"}:
                classes = {"boardname"}
            if classes:
                figure.classes |= classes
                return
    if before and figure.start - before.end < 120:
        figure.classes |= before.classes - {"percent", "money", "area", "unknown", "x"}
