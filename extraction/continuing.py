"""What goes on from what was told before: items of a breakdown, parts of a total, the same of another place."""

from __future__ import annotations

from collections.abc import Iterator

from coso.late_patterns import late
from extraction.adding_up import part_of_total
from extraction.decide import Decision
from extraction.document import Draft, Line, State
from extraction.elsewhere import told_beside, told_elsewhere
from extraction.figures import Figure
from extraction.in_turn import told_in_turn
from extraction.lexicon import Term, vocabulary
from extraction.lexicon.tags import bit_of, bits_of

__all__ = ["deals_out_by_tier", "goes_on", "of_known_total", "says_same_number"]

#: What opens a sentence that deals out the total of the sentence before.
_DEALS_OUT = late(
    r"trong đó|trong số (?:này|đó)|gồm|nhiều nhất|phân (?:theo|loại)|chia (?:ra|theo)|cơ cấu|lĩnh vực"
    r"|nhóm(?! hộ| zalo| dân cư| nòng cốt)"
    r"|theo (?:loại|nội dung|lĩnh vực|địa bàn|nhóm|kênh)|cụ thể|chủ yếu|tập trung"
)
#: The same, where the items repeat the noun of the total: "Trong số này, 6 vụ về đất đai, 5 vụ về bồi thường".
_DEALS_OUT_NAMED = late(
    r"(?:\s|-)*(?:trong đó|trong số (?:này|đó)|phân (?:theo|loại)|(?:xét |chia |tính )?theo "
    r"(?:lĩnh vực|nội dung|loại|nhóm)|vi phạm)(?!\w)"
)
_ANOTHER_ITEM = late(r"\)?(?:,|;| và)[^\d.]{0,48}[ (]\d")
_OPENS_BREAKDOWN = late(r"trong đó|gồm|:|\(|riêng|trong số")
#: Counted nouns that only say what kind an item of a breakdown is ("tập thể 55, cá nhân 23" of models).
_PASSING_UNITS = frozenset(
    {"partyorg", "x", "commune", "village", "unit", "org", "collective", "individual", "person"}
)
_BODIES = frozenset({"commune", "village", "unit"})
_BARE_TIER = late(
    r"(?:[^,;:(]{0,60} )?(?:cấp |khối )(?:tỉnh|huyện|xã|cơ sở|trung ương|thành phố|phường) ?(?:có |là )?"
)
#: "Tỉnh 3, huyện 14, xã 51." deals out by tiers without the word for them.
_TIERS_ALONE = late(
    r"(?:theo cấp: ?)?(?:trung ương|tỉnh|thành phố)(?::| có| là)? \d[\d.,]*%?(?:,|;) "
    r"(?:cấp )?(?:huyện|quận|xã|phường|cơ sở)(?:, (?:huyện|quận|xã|phường|cơ sở))?(?::| có| là)? \d"
)
_SAME_NUMBER = late(
    r"(?:năm \d{4},? )?(?:(?:con )?số|tỉ lệ) (?:này|đó)(?: của [^,;\d]{2,30})?"
    r" (?:(?:chỉ |mới |chỉ mới )?(?:là|đạt|có)|chỉ|mới)(?: hơn| gần)? "
)
#: "tỉnh 4, huyện 16, xã 71; tổng cộng 91"
_SUMS_UP = late(r"(?<!\w)(?:tổng cộng|tổng số|cộng chung|cả thảy)(?: là| có)?:? $")
_NO_NOUN = frozenset({"none", "unknown", "x"})
#: What is counted as settled of the cases of each kind within authority.
_RESOLVED_OF = {
    "complaints_within_authority": "complaints_resolved",
    "denunciations_within_authority": "denunciations_resolved",
    "complaints_denunciations_within_authority": "complaints_denunciations_resolved",
    "petitions_within_authority": "petitions_resolved",
}


def goes_on(
    line: Line, figure: Figure, before: Figure | None, drafts: list[Draft], state: State, decided: bool
) -> Decision | None:
    """Return the decision for a figure that goes on from what was told before it, None where it does not.

    Args:
        line: the sentence.
        figure: the figure.
        before: the figure before it in the sentence.
        drafts: figures of the sentence so far.
        state: what the sentences before have told.
        decided: whether a rule takes the figure, so that only what stands right before it may say otherwise.
    """
    follow = told_in_turn(line, figure, drafts) or told_beside(line, figure, before, drafts)
    follow = follow or (_continuation(line, figure, before, drafts[-1]) if drafts else None)
    follow = follow or _same_number(line.folded, figure, state.latest)
    if decided or follow:
        return follow
    follow = part_of_total(line, figure, drafts, state)
    follow = follow or (_of_total(line, figure, state) if not drafts else None)
    follow = follow or _rate_elsewhere(line, figure, drafts or _latest(state))
    return follow or told_elsewhere(line, figure, before, drafts, state)


def deals_out_by_tier(line: Line) -> bool:
    """Whether a sentence gives each tier its number, the tiers named alone: "Tỉnh 3, huyện 14, xã 51."."""
    return bool(_TIERS_ALONE.match(line.folded, line.sentence.start))


def of_known_total(figure: Figure, decision: Decision, told: list[list[Draft]]) -> Decision:
    """Return the decision for "giải quyết 85/92 vụ việc" by what the 92 were told to be before."""
    for draft in (draft for drafts in told for draft in reversed(drafts)):
        code = _RESOLVED_OF.get(draft.decision.code)
        if code and draft.figure.number.value == figure.denominator:
            return Decision(code, "known-total", decision.score, decision.margin, decision.stock)
    return decision


def _continuation(line: Line, figure: Figure, before: Figure | None, model: Draft) -> Decision | None:
    """An item of a breakdown ("gồm giao thông 133, điện 86") has the code of the item before it."""
    if before is None or not _follows(line, figure, before, model):
        return None
    start, before = before.own_end, model.figure
    if "percent" in figure.classes or "percent" in before.classes or _counts_heads(figure, before):
        return None
    bare = figure.elided and "none" in figure.classes and not figure.unit
    if not bare and not (figure.classes - _NO_NOUN) & before.classes:
        return None
    between = line.terms.between(start, figure.start)
    around = [*between, *line.terms.between(figure.end, figure.own_end)]
    for begin, end in figure.extra:
        around += line.terms.between(begin, end)
    alike = False
    apart = line.folded[start : figure.start].lstrip(" ,;").startswith("riêng ")
    if apart or (figure.elided and not figure.unit):
        # "cấp ủy kỷ luật 148, UBKT 112, chi bộ 71": another actor did the same, verb and noun left out.
        actors = vocabulary().groups["who"]
        others = [term for term in around if not term.meaning.bits & actors]
        alike, around = _only_who(around), others
    known, again = bit_of("t.tier"), bit_of("act.discipline")
    for term in line.terms.between(before.lead_start, start):
        # "kỷ luật 71 đảng viên, trong đó chi bộ kỷ luật 25": the verb is said again.
        known |= term.meaning.bits if term.start > before.start else term.meaning.bits & again
    if model.decision.code.startswith("feedback_"):
        known |= bit_of(
            "t.feedback"
        )  # Its channels: "điện thoại 20.117, ứng dụng iHanoi 18.902, Zalo 8.640".
    new = vocabulary().telling & ~known
    # "142 vụ, gồm 118 vụ phát sinh trong năm, 24 vụ năm trước chuyển sang"
    since = bits_of(("act.carry_over", "q.arisen"))
    if any(term.meaning.bits & new and not term.meaning.bits & since for term in around):
        return None
    if figure.elided:
        allowed = before.classes | _PASSING_UNITS
        attending = bit_of("q.attract")  # "118 hội nghị; người tham dự: 9.320" counts something else.
        # Of "18.902, gấp 2,1 lần; Zalo 8.640" the "lần" is told of the number before.
        named = [term for term in between if term.meaning.classes and term.start > figure.semicolon]
        if any(term.meaning.classes - allowed or term.meaning.bits & attending for term in named):
            return None
    decided = model.decision
    opens = (
        decided.rule == "continuation"
        or alike
        or _OPENS_BREAKDOWN.search(line.folded, start, figure.start)
        or (_is_bare_tier(line.folded, figure) and _is_bare_tier(line.folded, model.figure))
    )
    points = 11.0 if opens else 7.0
    return Decision(
        decided.code,
        "continuation",
        points,
        3.0,
        decided.stock,
        subset=not _SUMS_UP.search(line.folded, figure.lead_start, figure.start),
        like=model.figure.start,
    )


def _counts_heads(figure: Figure, before: Figure) -> bool:
    """Whether a bracket says how many people came so many times: "5.871 lượt người (6.302 người)"."""
    if figure.unit is None or figure.bracket is None or before.bracket is not None:
        return False
    alone = figure.bracket[0] <= before.own_end + 1 and figure.own_end >= figure.bracket[1] - 1
    return alone and "turn" in before.classes and "turn" not in figure.classes and "person" in figure.classes


def _only_who(around: list[Term]) -> bool:
    """Whether nothing leads up to a bare number but another actor: "sở, ngành 12, chủ tịch tỉnh 6"."""
    actors = vocabulary().groups["who"]
    return bool(around) and all(
        (term.meaning.classes <= _BODIES if term.meaning.classes else term.meaning.bits & actors)
        and not term.meaning.board
        for term in around
    )


def _follows(line: Line, figure: Figure, before: Figure, model: Draft) -> bool:
    """Whether a figure stands behind its model, or behind the change told of it.

    "6.000 đơn, thấp hơn cùng kỳ 8,1%; trong đó cấp tỉnh 1.870" is such a change.
    """
    if model.figure is before:
        return True
    if before.dropped != "comparison":
        return False
    if figure.unit is None and model.decision.rule == "continuation":
        return True  # "điện thoại 20.117, giảm 6,8%; Zalo 8.640"
    return bool(_OPENS_BREAKDOWN.search(line.folded, before.end, figure.start))


def _of_total(line: Line, figure: Figure, state: State) -> Decision | None:
    """A sentence that deals out a total of the one before has its code.

    So do "Cấp tỉnh 12, cấp huyện 40, cấp xã 90" and "Nhiều nhất là: đất đai 120, môi trường 66".
    """
    if not state.told or "percent" in figure.classes or "unknown" in figure.classes:
        return None
    named = figure.unit is not None or not figure.elided
    tiers = not named and (_is_bare_tier(line.folded, figure) or deals_out_by_tier(line))
    if not tiers and not _opens_parts(line, figure, named):
        return None
    start = line.sentence.start
    new = vocabulary().telling & ~bits_of(("t.tier", "t.violation")) & ~vocabulary().groups["who"]
    if any(term.meaning.bits & new for term in line.terms.between(start, figure.start)):
        return None
    totals = next(
        (found for told in _told_here(line, state) if (found := _totals(told, figure, named))), None
    )
    if not totals:
        return None
    decided = totals[-1 if tiers else 0].decision
    return Decision(decided.code, "continuation", 8.0, 3.0, decided.stock, subset=True)


def _opens_parts(line: Line, figure: Figure, named: bool) -> bool:
    """Whether a figure is the first of several items behind words that deal out a total."""
    folded, start = line.folded, line.sentence.start
    if named:
        return bool(_DEALS_OUT_NAMED.match(folded, start) and _ANOTHER_ITEM.match(folded, figure.own_end))
    return bool(_DEALS_OUT.search(folded, start, figure.start) and _ANOTHER_ITEM.match(folded, figure.end))


def _told_here(line: Line, state: State) -> Iterator[list[Draft]]:
    """Yield the figures of the sentences before in the paragraph, the latest sentence first."""
    for told in state.told:
        if _is_passed(told, state):
            return
        if told and told[0].figure.sentence.paragraph != line.sentence.paragraph:
            return
        yield told


def _totals(told: list[Draft], figure: Figure, named: bool) -> list[Draft]:
    """Return the counts of which a figure may be a part; where it names its noun, those of the same noun."""
    return [
        d
        for d in told
        if "percent" not in d.figure.classes
        and d.figure.number.value >= figure.number.value
        and (not named or d.figure.classes & figure.classes)
    ]


def _latest(state: State) -> list[Draft]:
    """Return the figures told last, none where numbers of something else have been told since."""
    return [] if _is_passed(state.latest, state) else state.latest


def _is_passed(told: list[Draft], state: State) -> bool:
    """Whether numbers of something else have been told since: "820 vụ khiếu nại. … 300 vụ buôn lậu. Trong đó, 120"."""
    return bool(told) and told[0].figure.start < state.other


def _rate_elsewhere(line: Line, figure: Figure, told: list[Draft]) -> Decision | None:
    """A share said of another place ("Lê Chân đạt 91%, Tiên Lãng 88,5%") is the rate told before."""
    if "percent" not in figure.classes or not told or "percent" not in told[-1].figure.classes:
        return None
    named = any(
        figure.lead_start <= m.start < figure.start and (m.territory or m.wide) for m in line.mentions
    )
    if not named and not deals_out_by_tier(line):
        return None
    around = line.terms.between(figure.lead_start, max(figure.own_end, figure.end))
    new = vocabulary().telling | vocabulary().groups["r"]
    if any(term.meaning.bits & new for term in around):
        return None
    decided = told[-1].decision
    return Decision(decided.code, "same-rate", 8.0, 3.0)


def _is_bare_tier(folded: str, figure: Figure) -> bool:
    return bool(_BARE_TIER.fullmatch(folded[figure.lead_start : figure.start].strip() + " "))


def says_same_number(folded: str, figure: Figure) -> bool:
    """Whether a number is told of the one before by name: "năm 2022, con số này là 81"."""
    lead = folded[figure.lead_start : figure.start]
    return ("này" in lead or "đó" in lead) and bool(_SAME_NUMBER.fullmatch(lead.lstrip()))


def _same_number(folded: str, figure: Figure, told: list[Draft]) -> Decision | None:
    """A number said of the one before ("năm 2022 số này là 81 tỷ đồng") has its code."""
    if not told:
        return None
    if not says_same_number(folded, figure):
        return None
    model = next((d for d in reversed(told) if d.figure.classes & figure.classes), None)
    if model is None:
        return None
    return Decision(model.decision.code, "same-number", 11.0, 4.0, model.decision.stock)
