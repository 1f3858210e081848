"""Figures of another place or period that leave out what was counted: it is what the sentences before counted.

"Mặt trận các cấp mở 21 lớp, 1.675 lượt người dự. Huyện Ninh Phước 5 lớp, 410 người; Bác Ái 3 lớp, 187 người."
"Năm 2020, các ban tổ chức 1.024 cuộc giám sát. Năm 2021 tổ chức 987 cuộc."
Such a figure is taken only where nothing is said of it but its place or period: whatever else stands beside it may be
what it counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from coso.late_patterns import late
from extraction import when
from extraction.decide import Decision
from extraction.document import Draft, Line, State
from extraction.figures import Figure
from extraction.lexicon import Term, vocabulary
from extraction.lexicon.tags import bits_of
from extraction.shares import says_otherwise

_POINTS, _MARGIN = 8.0, 3.0
#: A place right behind another is surer than whatever the words of a paragraph may say of its number.
_BESIDE = 18.0
#: What may stand beside the name of the place.
_FILLERS = late(
    r"(?:[\s,:()\-–]|(?:riêng|còn|trong đó|trong số này|trong số đó|theo|như sau|cụ thể|tại|ở|trên địa bàn|kế đó|kế đến"
    r"|tiếp đến|tiếp theo|tiếp đó|sau đó|là|có|với|được|đạt|tổ chức|thực hiện|tiến hành|xây dựng|mở|nhiều|ít|cao|thấp"
    r"|nhất|dẫn đầu|đứng đầu|đứng thứ|đứng cuối|xếp thứ|xếp|hơn|gần|trên|khoảng|xấp xỉ|chỉ|mới|cũng|đã|cùng|một mình"
    r"|đơn vị|địa phương|nơi|huyện|thị xã|thành phố|tp|tx|xã|phường|thị trấn|quận|tỉnh|đặc khu|thôn|bản|ấp|khóm|hai|các"
    r"|chiếm|lần lượt|và|bình quân|toàn vùng|trong năm|cả|đều|làm tốt|điển hình|nổi bật|tiêu biểu|chung|cuối"
    r"|cũ|trước đây|một số|một vài|những|như|kể đến|phải kể đến|khá|rất|kết quả|phủ kín|điểm nhấn|điểm sáng|tăng|giảm"
    r"|ngược lại|trái lại|trong khi|ba|bốn|năm|khu công nghiệp|cụm công nghiệp|mỗi (?:nơi|đơn vị|xã|huyện|địa phương)"
    r"|nhiều (?:cuộc|vụ|lượt|đơn|buổi|lớp|mô hình|ý kiến|hộ) nhất"
    r"|gồm|vẫn|tương ứng|thứ \d+)(?!\w))*"
)
#: A noun that stands for another: "204 xã, phường …; Giao Thủy có 22 đơn vị".
_STANDS_FOR = (
    frozenset({"commune", "unit"}),
    frozenset({"person", "turn"}),
    frozenset({"enterprise", "unit"}),
)
#: What a territory has without having done anything.
_RESIDENT = frozenset({"commune", "village", "household", "partymember", "enterprise", "person", "partyorg"})
_HAS = (" có ", " hiện có ", " có hơn ", " có gần ", " có trên ")
_DONE = late(r"(?<!\w)(?:tổ chức|thực hiện|tiến hành|mở|triển khai)(?!\w)")
#: What is there only where it was held: "riêng tháng 5 có 632 cuộc".
_HELD = frozenset({"session", "round", "class"})
_DONE_OR_HAD = late(r"(?<!\w)(?:tổ chức|thực hiện|tiến hành|mở|triển khai|có|được|là|diễn ra)(?!\w)")
_SINGLED_OUT = late(
    r"riêng|trong đó|trong số|dẫn đầu|đứng đầu|nhiều nhất|cao nhất|điển hình|nổi bật|tiêu biểu|lần lượt"
)
_NO_NOUN = frozenset({"none", "unknown", "x", "percent"})
_QUOTED = ' "'


def told_elsewhere(
    line: Line, figure: Figure, before: Figure | None, drafts: list[Draft], state: State
) -> Decision | None:
    """Return the code of what was told before, where a figure says the same of another place or period.

    Args:
        line: the sentence.
        figure: a figure no rule takes.
        before: the figure before it in the sentence.
        drafts: figures of the sentence so far.
        state: what the sentences before have told.
    """
    if (
        not (line.mentions or line.moments)
        or _is_called_by_name(line, figure)
        or ("percent" in figure.classes and says_otherwise(line.folded, figure, line.terms))
    ):
        return None
    start = figure.clause_start
    if before is not None and before.end > start:
        start = before.own_end
        if before.dropped is None and (not drafts or drafts[-1].figure is not before):
            return None
    opened = figure.clause_start
    elsewhere = any(opened <= m.start < figure.start and m.territory for m in line.mentions)
    if not elsewhere and (drafts or not _is_done_then(line, figure, opened)):
        return None
    said = said_besides(line, figure, start, nouns=True)
    if said is None or _says_how_many_there_are(line, figure, start):
        return None
    nouns = _nouns_ahead(line, figure, start)
    for model in _models(line, figure, drafts, state) if elsewhere else _told_of_then(figure, state):
        if not said & ~known_of(line, model) and _has_nouns(model, nouns):
            return _taken_over(model)
    return None


def told_beside(line: Line, figure: Figure, before: Figure | None, drafts: list[Draft]) -> Decision | None:
    """Return the code of the one number of the place before, where a number is told of the next place alone.

    "Vị Xuyên hòa giải thành 188/221 vụ, Quản Bạ 94/120 vụ" and "Hà Nội tiếp 21.450 lượt (giảm 6%), TP.HCM 18.930" say
    so more surely than what the sentences before were about.
    """
    model = drafts[-1] if drafts else None
    if model is None or before is None or not line.mentions or model.earlier:
        return None
    if (
        "percent" in figure.classes
        or "percent" in model.figure.classes
        or not same_noun(figure, model.figure)
    ):
        return None
    if any(
        f for f in line.figures if model.figure.start < f.start < figure.start and f.dropped != "comparison"
    ):
        return None
    start = max(before.own_end, figure.clause_start)
    if not any(start <= m.start < figure.start and m.territory for m in line.mentions):
        return None
    opened = drafts[-2].figure.own_end if len(drafts) > 1 else line.sentence.start
    if not any(opened <= m.start < model.figure.start and m.territory for m in line.mentions):
        return None
    return _taken_over(model, _BESIDE) if said_besides(line, figure, start) == 0 else None


def _is_called_by_name(line: Line, figure: Figure) -> bool:
    """Whether a name in quotation marks is what is counted: "15 "Tổ nhà trọ tự quản""."""
    return figure.unit is None and line.folded.startswith(_QUOTED, figure.end)


def _is_done_then(line: Line, figure: Figure, opened: int) -> bool:
    """Whether something was done in a period of its own: "Năm 2021 tổ chức 987 cuộc", not "Năm 2021 có 87 lao động"."""
    if figure.unit is None or figure.classes & _RESIDENT:
        return False
    named = [m for m in line.moments if opened <= m.start < figure.start and when.rules(m)]
    done = _DONE_OR_HAD if figure.classes & _HELD else _DONE
    return bool(named) and bool(done.search(line.folded, named[-1].end, figure.start))


def _told_of_then(figure: Figure, state: State) -> Iterator[Draft]:
    """Yield the first count of the sentence right before in the paragraph, where it has the noun of a figure."""
    told = state.latest
    if told and told[0].figure.start >= state.other:
        counts = (d for d in told if "percent" not in d.figure.classes and not d.earlier)
        yield from (d for d in [next(counts, None)] if d and same_noun(figure, d.figure))


def _has_nouns(model: Draft, nouns: set[str]) -> bool:
    """Whether a figure told before counts what a list names; "nhiều đơn" are all that were received."""
    if nouns == {"petition"} and model.decision.code != "petitions_received":
        return False
    return nouns <= model.figure.classes


def _nouns_ahead(line: Line, figure: Figure, start: int) -> set[str]:
    """Return what a list of places names ahead of them as counted: "Một số phường có nhiều đơn: An Phú 214"."""
    found: set[str] = set()
    for term in line.terms.between(start, figure.start):
        if _is_noun(line, term):
            found |= term.meaning.classes - _NO_NOUN
    return found


def _is_noun(line: Line, term: Term) -> bool:
    """Whether a wording says what is counted, and not of what kind a place is or that it "tổ chức"."""
    if not term.meaning.classes - _NO_NOUN:
        return False
    return not _FILLERS.fullmatch(line.folded, term.start, term.end)


def _says_how_many_there_are(line: Line, figure: Figure, start: int) -> bool:
    """Whether "Huyện Quỳ Hợp có 40 đảng viên" may only say how many there are: it is told of no other place."""
    if (
        figure.denominator
        or not figure.classes & _RESIDENT
        or not line.folded.endswith(_HAS, start, figure.start)
    ):
        return False
    if _SINGLED_OUT.search(line.folded, line.sentence.start, figure.start):
        return False
    return len({m.territory.names for m in line.mentions if m.territory}) < 2


def _taken_over(model: Draft, points: float = _POINTS) -> Decision:
    decided = model.decision
    return Decision(decided.code, "elsewhere", points, _MARGIN, decided.stock, like=model.figure.start)


def said_besides(line: Line, figure: Figure, start: int, but: int = 0, nouns: bool = False) -> int | None:
    """Return the telling tags beside a figure; None where words stand beside it that nobody knows.

    Words with a tag of ``but`` are known and tell nothing, and so do counted nouns ahead of it with ``nouns``.
    """
    rest: list[str] = []
    said, position = 0, start
    spans = [(m.start, m.end, 0) for m in line.mentions if start <= m.start < figure.start]
    spans += [(m.start, m.end, 0) for m in line.moments if start <= m.start < figure.start]
    telling = vocabulary().telling
    spans += [
        (t.start, t.end, 0 if t.meaning.bits & but else t.meaning.bits & telling)
        for t in line.terms.between(start, figure.start)
        if t.meaning.bits & telling or (nouns and _is_noun(line, t))
    ]
    for begin, end, bits in sorted(spans):
        if begin >= position:
            rest.append(line.folded[position:begin])
            position = end
        said |= bits
    rest.append(line.folded[position : figure.start])
    if not all(_FILLERS.fullmatch(piece) for piece in rest):
        return None
    behind = figure.unit[1] if figure.unit else figure.end
    own = line.terms.between(behind, figure.own_end)
    if line.folded[max(behind, figure.end) : figure.own_end].strip(" .!?…") and not own:
        return None
    for term in own:
        said |= term.meaning.bits & telling
    return said


def _models(line: Line, figure: Figure, drafts: list[Draft], state: State) -> Iterator[Draft]:
    """Yield the figures that may say what a figure counts, the likeliest first.

    A count is part of the first total of a sentence, a share is like the share told last.
    """
    share = "percent" in figure.classes
    nouns = figure.classes - _NO_NOUN
    if share and drafts:
        yield from (draft for draft in reversed(drafts) if "percent" in draft.figure.classes)
    if drafts and not share:
        yield from _siblings(line, figure, drafts)
    for told in state.told:
        if not told or told[0].figure.sentence.paragraph < line.sentence.paragraph - 1:
            return
        if told[0].figure.start < state.other:
            return  # Numbers of something else have been told since.
        if share:
            yield from (draft for draft in reversed(told) if "percent" in draft.figure.classes)
            continue
        counts = [d for d in told if "percent" not in d.figure.classes and not d.earlier]
        for draft in counts if figure.unit or nouns else counts[:1]:
            if draft.figure.number.value >= figure.number.value and same_noun(figure, draft.figure):
                yield draft


def _siblings(line: Line, figure: Figure, drafts: list[Draft]) -> Iterator[Draft]:
    """Yield the counts of the clauses before: "Cẩm Lệ có 260 cử tri, 14 ý kiến; còn ở Hòa Vang là 212 và 11".

    The noun says which is meant; where it is left out, the one that stands as many numbers behind its semicolon.
    """
    opened = figure.semicolon
    counts = [d for d in drafts if "percent" not in d.figure.classes and not d.earlier]
    behind = [d for d in counts if d.figure.start < opened]
    if not behind:
        return
    first = behind[-1].figure.semicolon
    clause = [d for d in behind if d.figure.start > first]
    if figure.unit:
        yield from (d for d in clause if same_noun(figure, d.figure))
    elif (rank := len(counts) - len(behind)) < len(clause):
        yield clause[rank]


def same_noun(figure: Figure, model: Figure) -> bool:
    """Whether two figures may count the same by their nouns, of which one may be left out."""
    if not figure.unit and "unknown" not in figure.classes and not figure.classes - _NO_NOUN:
        return True
    nouns = figure.classes - _NO_NOUN
    return bool(nouns & model.classes) or any(nouns & pair and model.classes & pair for pair in _STANDS_FOR)


def known_of(line: Line, model: Draft) -> int:
    """Return what was said of a figure told before."""
    figure, known = model.figure, bits_of(("t.tier",))
    for term in line.document.terms.between(figure.lead_start, max(figure.own_end, figure.end)):
        known |= term.meaning.bits
    return known
