"""Numbers that stand where others stood before, said of another place, body or period.

"Đại Lộc có 120 buổi, 9.000 lượt người; Tây Giang 87, 4.120" tells the same two things again, and so do "cấp tỉnh giám
sát 12 cuộc, phản biện 5; cấp huyện 30 và 11" and "Tiền Hải 9 lượt đoàn (174 người), Quỳnh Phụ 6 (81)". Of another
place or period they may say their nouns again: "thụ lý 74 vụ, thành 61 vụ; nửa đầu năm nay là 33 vụ và 29 vụ".
"""

from __future__ import annotations

from itertools import pairwise

from coso.late_patterns import late
from extraction import when
from extraction.decide import Decision
from extraction.digits import numbers_in_runs
from extraction.document import Draft, Line
from extraction.elsewhere import known_of, said_besides, same_noun
from extraction.figures import Figure
from extraction.lexicon import vocabulary
from extraction.lexicon.tags import bit_of

#: Such a number is surer of its code than of any that its own words, of which it has none, could give it.
_POINTS, _MARGIN = 20.0, 3.0
#: A second number, joined to the one before.
_JOINED = late(r" (?:và|với|cùng) \d[\d.]* ")
_CLOSES = late(r"[,;.:()]")
_AND = frozenset({" và ", ", ", " với ", " cùng "})


def told_in_turn(line: Line, figure: Figure, drafts: list[Draft]) -> Decision | None:
    """Return the code of a number that tells in its turn what another told before, None where it does not.

    Args:
        line: the sentence.
        figure: the number.
        drafts: figures of the sentence so far.
    """
    if len(drafts) < 2 or "percent" in figure.classes or not (figure.elided or figure.unit):
        return None
    if figure.bracket:
        return None if figure.unit else _inside_bracket(figure, drafts)
    if figure.unit is None:
        outside = _outside_bracket(line, figure, drafts)
        if outside:
            return outside
    return _in_clause(line, figure, drafts)


def _outside_bracket(line: Line, figure: Figure, drafts: list[Draft]) -> Decision | None:
    """Return the code of the 6 of "Quỳnh Phụ 6 (81)" behind "Tiền Hải 9 lượt đoàn (174 người)"."""
    model, inner = drafts[-2:]
    if not _is_bracketed(model, inner) or model.decision.code == inner.decision.code:
        return None
    start = inner.figure.bracket[1] if inner.figure.bracket else inner.figure.own_end
    return _same_again(line, figure, model, start)


def _inside_bracket(figure: Figure, drafts: list[Draft]) -> Decision | None:
    """Return the code of the 81 of "Quỳnh Phụ 6 (81)" behind "Tiền Hải 9 lượt đoàn (174 người)"."""
    outer, like = drafts[-1], drafts[-1].decision.like
    if like is None or figure.bracket != (figure.start - 1, figure.end + 1) or not _holds(outer, figure):
        return None
    for model, inner in pairwise(drafts):
        if model.figure.start == like and _is_bracketed(model, inner):
            return _taken_over(inner)
    return None


def _is_bracketed(outer: Draft, inner: Draft) -> bool:
    """Whether a count stands alone in the bracket right behind another."""
    return "percent" not in inner.figure.classes and _holds(outer, inner.figure)


def _holds(outer: Draft, figure: Figure) -> bool:
    bracket = figure.bracket
    return (
        bracket is not None and outer.figure.bracket is None and 0 <= bracket[0] - outer.figure.own_end <= 1
    )


def _in_clause(line: Line, figure: Figure, drafts: list[Draft]) -> Decision | None:
    """Return the code of a number that stands in its clause where another stood in the clause before."""
    opened = figure.semicolon
    if opened == -1:
        return None
    counts = [d for d in drafts if "percent" not in d.figure.classes and not d.earlier]
    here = [d for d in counts if d.figure.start > opened]
    clause = clause_before(line, figure, counts)
    if len(here) >= len(clause) or len({d.decision.code for d in clause}) < 2:
        return None
    if here and _is_dealt_on(line, figure, here[-1], opened):
        return _taken_over(here[-1])
    model = clause[len(here)]
    start = here[-1].figure.own_end if here else opened + 1
    if _repeats_nouns(figure, here, clause):
        return (
            _same_again(line, figure, model, start, opened=opened) if _moves(line, figure, opened) else None
        )
    if any(d.figure.unit for d in here) or not (figure.unit is None or _ends_pair(line, figure, here, model)):
        return None
    return _same_again(line, figure, model, start, as_many=len(clause), opened=opened)


def _is_dealt_on(line: Line, figure: Figure, last: Draft, opened: int) -> bool:
    """Whether a number is the second of those that are dealt out: "hai năm 2017, 2018 lần lượt 109 và 86 vụ"."""
    if line.folded[last.figure.end : figure.start] not in _AND:
        return False
    return line.folded.find("lần lượt", opened, last.figure.start) != -1


def clause_before(line: Line, figure: Figure, counts: list[Draft]) -> list[Draft]:
    """Return the counts of the last clause before that of a figure that has any."""
    opened = figure.semicolon
    behind = [d for d in counts if d.figure.start < opened]
    first = behind[-1].figure.semicolon if behind else opened
    return [d for d in behind if d.figure.start > first]


def _repeats_nouns(figure: Figure, here: list[Draft], clause: list[Draft]) -> bool:
    """Whether a clause says each noun again: "Bắc Mê 27 vụ, thành 26 vụ; Vị Xuyên 45 vụ và 33 vụ"."""
    model = clause[len(here)]
    if not (figure.unit and model.figure.unit and figure.classes & model.figure.classes):
        return False
    return all(
        d.figure.unit and d.decision.code == m.decision.code for d, m in zip(here, clause, strict=False)
    )


def _moves(line: Line, figure: Figure, opened: int) -> bool:
    """Whether another place or period is named since the clause opened."""
    if any(opened <= m.start < figure.start and m.territory for m in line.mentions):
        return True
    return any(opened <= m.start < figure.start and when.rules(m) for m in line.moments)


def _ends_pair(line: Line, figure: Figure, here: list[Draft], model: Draft) -> bool:
    """Whether a noun told with the last number holds for both: "là 93 và 19 cuộc"."""
    if not here or here[-1].decision.rule != "in-turn" or not same_noun(figure, model.figure):
        return False
    return line.folded[here[-1].figure.end : figure.start] in _AND


def _same_again(
    line: Line, figure: Figure, model: Draft, start: int, as_many: int = 0, opened: int = -1
) -> Decision | None:
    """Return the code of a model, where nothing is said of a figure since ``start`` but its place or body."""
    bodies = vocabulary().groups["who"] | bit_of("t.tier")
    said = said_besides(line, figure, start, but=bodies)
    if said is None:
        return None
    said |= _said_of_both(line, figure)
    begin = opened if opened != -1 else start
    elsewhere = _moves(line, figure, begin)
    if not elsewhere and not _is_of_body(line, figure, model, begin, as_many):
        return None
    return None if said & ~known_of(line, model) else _taken_over(model, part=not elsewhere)


def _said_of_both(line: Line, figure: Figure) -> int:
    """Return the telling tags of a noun that two joined numbers share: "24 và 5 cuộc đối thoại"."""
    joined = _JOINED.match(line.folded, figure.end)
    begin = joined.end() if joined else figure.number.end
    said = 0
    for term in line.terms.between(begin, line.sentence.end):
        if _CLOSES.search(line.folded, begin, term.start):
            break
        said |= term.meaning.bits
    return said & vocabulary().telling if joined or figure.unit else 0


def _is_of_body(line: Line, figure: Figure, model: Draft, opened: int, as_many: int) -> bool:
    """Whether another body of the same kind is named, with as many numbers: "UBKT Tỉnh ủy 43 và 37"."""
    who, tier = vocabulary().groups["who"], bit_of("t.tier")
    named = 0
    for term in line.terms.between(opened, figure.start):
        named |= term.meaning.bits & (who | tier)
    if not named:
        return False
    stop = line.folded.find(";", figure.end, line.sentence.end)
    end = stop if stop != -1 else line.sentence.end
    runs = [run for run in line.runs if opened < run.start() < end]
    if as_many and len(numbers_in_runs(line.folded, runs, end)) != as_many:
        return False
    before = 0
    for term in line.terms.between(model.figure.semicolon + 1, model.figure.start):
        before |= term.meaning.bits
    inspects = bit_of("who.ubkt") | bit_of("who.party")
    if before & inspects:
        before |= inspects
    return not named & who & ~before


def _taken_over(model: Draft, part: bool = False) -> Decision:
    decided = model.decision
    return Decision(
        decided.code, "in-turn", _POINTS, _MARGIN, decided.stock, subset=part, like=model.figure.start
    )
