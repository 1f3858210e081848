"""From a text to its facts: the order in which the other modules are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from operator import itemgetter

from coso.text import fold
from extraction import comparisons, earlier_levels, when, where
from extraction.confidence import confidence_of
from extraction.dating import carry_period, period_of
from extraction.decide import Decision, decide, may_decide
from extraction.digits import digit_runs
from extraction.document import Document, Draft, Line, Sight, State, year_of
from extraction.elsewhere import told_elsewhere, told_in_turn
from extraction.facts import Evidence, make_fact
from extraction.figures import Figure, find_figures
from extraction.lexicon import Term, Terms, vocabulary, words
from extraction.lexicon.tags import bit_of, bits_of
from extraction.model import Fact
from extraction.nonfacts import Mask, find_masks
from extraction.outsiders import leave_out_outsiders
from extraction.parts import parts_and_stocks
from extraction.placing import place_of, rules_on, step, venue_of
from extraction.plans import Plans, opens_plan
from extraction.sentences import Sentence, split_sentences
from extraction.sums import check_sums
from extraction.surroundings import (
    NOTHING,
    SAID_BY_FORM,
    Layer,
    Mark,
    Surroundings,
    mark,
    surroundings,
    units_before,
    units_behind,
)
from extraction.ties import tie_changes

__all__ = ["Document", "Draft", "Witness", "fact_of", "prepare", "read_drafts"]

#: Is told of every figure, in the order of the text; what it is told of is complete when all have been read.
Witness = Callable[[Sight], None]

_OF_PLAN = re.compile(r"\s*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|nhu cầu|nghị quyết|mục tiêu)(?!\w)")
_LINK = re.compile(
    r"[\s,]*(?:\(|(?:và )?(?:đạt|bằng|chiếm|tức|tương đương|tương ứng|tỉ lệ|với tỉ lệ|đạt tỉ lệ|tức là"
    r"|chiếm tỉ lệ|với|là|được|trên|hơn|gần"
    r"|khoảng|tỉ lệ đạt|tỉ lệ giải quyết|tỉ lệ xử lí|giải quyết|thành|kết quả|đạt được|xấp xỉ|bình quân"
    r"|ước|đạt kết quả)[ :]*)+$"
)
#: "5/5 vụ, 100%." says the rate with no word between.
_BARE_LINKS = frozenset({", ", " - ", " = ", ": "})
_ENDS_CLAUSE = re.compile(r"[.;,)]|$|\n")
#: What opens a sentence that deals out the total of the sentence before.
_DEALS_OUT = re.compile(
    r"trong đó|trong số (?:này|đó)|gồm|nhiều nhất|phân (?:theo|loại)|chia (?:ra|theo)|cơ cấu|lĩnh vực"
    r"|theo (?:loại|nội dung|lĩnh vực|địa bàn|nhóm|kênh)|cụ thể|chủ yếu|tập trung"
)
#: The same, where the items repeat the noun of the total: "Trong số này, 6 vụ về đất đai, 5 vụ về bồi thường".
_DEALS_OUT_NAMED = re.compile(
    r"(?:\s|-)*(?:trong đó|trong số (?:này|đó)|phân (?:theo|loại)|theo lĩnh vực|vi phạm)(?!\w)"
)
_ANOTHER_ITEM = re.compile(r"\)?(?:,|;| và)[^\d.]{0,48}[ (]\d")
_OPENS_BREAKDOWN = re.compile(r"trong đó|gồm|:|\(|riêng|trong số")
_GIVER_IN_BRACKET = re.compile(r"(?<!\w)(?:ông|bà|anh|chị|hộ|gia đình) [^;.]{0,60}\($")
_LAST_WORD = re.compile(r"(\w+) $")
_COMPARES = re.compile(
    r"(?<!\w)(?:so(?: với)?|hơn|kém|thua|gấp|tăng(?! cường)|giảm|cùng (?:kì|thời điểm|thời gian))(?!\w)[^;:()]{0,60}$"
)
_PAST_YEAR = re.compile(r", năm (\d{4}) (?:là|có|đạt|chỉ có|mới) $")
_OF_SOMETHING = re.compile(r"\s*(?:liên quan|về|thuộc|là (?:đất|nữ))")
#: Counted nouns that only say what kind an item of a breakdown is ("tập thể 55, cá nhân 23" of models).
_PASSING_UNITS = frozenset(
    {"partyorg", "x", "commune", "village", "unit", "org", "collective", "individual", "person"}
)
_BODIES = frozenset({"commune", "village", "unit"})
_BARE_TIER = re.compile(
    r"(?:[^,;:(]{0,60} )?(?:cấp |khối )(?:tỉnh|huyện|xã|cơ sở|trung ương|thành phố|phường) ?(?:có |là )?"
)
_SAME_NUMBER = re.compile(
    r"(?:năm \d{4},? )?(?:(?:con )?số|tỉ lệ) (?:này|đó)(?: của [^,;\d]{2,30})? (?:là|đạt|chỉ|có|chỉ là)(?: hơn| gần)? "
)
_NO_NOUN = frozenset({"none", "unknown", "x"})
#: What is counted as settled of the cases of each kind within authority.
_RESOLVED_OF = {
    "complaints_within_authority": "complaints_resolved",
    "denunciations_within_authority": "denunciations_resolved",
    "complaints_denunciations_within_authority": "complaints_denunciations_resolved",
    "petitions_within_authority": "petitions_resolved",
}
_start = itemgetter(0)


def prepare(text: str, title: str | None, published: str | None, source_province: str | None) -> Document:
    """Find words, dates and places in a text and its title."""
    folded = fold(text)
    head = fold(title or "")
    parts = [int(part) for part in (published or "").split("-") if part.isdigit()]
    day = (
        date(parts[0], parts[1] if len(parts) > 1 else 6, parts[2] if len(parts) > 2 else 1)
        if parts
        else None
    )
    sentences = split_sentences(folded.plain)
    atlas = where.survey(folded.plain, folded.text, (head.plain, head.text), source_province, day)
    runs = [digit_runs(folded.text, sentence.start, sentence.end) for sentence in sentences]
    masks = find_masks(folded.text, [(s.start, s.end) for s in sentences], runs)
    titled = when.find_moments(head.text)
    return Document(
        folded=folded,
        terms=_outside_names(words().find(folded.text), atlas, masks, folded.plain),
        masks=masks,
        sentences=sentences,
        runs=runs,
        calendar=when.open_calendar(published, titled, when.find_moments(folded.text, titled), folded.text),
        atlas=atlas,
        title=head.text,
        title_tags=[term.meaning.bits for term in words().find(head.text)],
    )


def _outside_names(found: list[Term], atlas: where.Atlas, masks: list[Mask], plain: str) -> Terms:
    """Leave out wordings that are only part of a name.

    The "thư" (letter) of Vũ Thư is none, nor is the "hiến" of Phố Hiến or the "giúp" of the model "3 biết, 2 giúp".
    """
    terms = Terms(found)
    inside = {
        term.start
        for mention in atlas.mentions
        if mention.territory
        for term in terms.between(mention.start, mention.end)
        # The app "Hue-S" is a name of a place and a wording of its own.
        if term.end <= mention.end
        and plain[term.start].isupper()
        and (term.start, term.end) != (mention.start, mention.end)
    }
    for start, end, kind in masks:
        if kind == "name" and plain[start + 1 : start + 2].isdecimal():
            inside.update(term.start for term in terms.between(start + 1, end) if term.end < end)
        elif kind == "document_number":
            # "NQLT-UBTVQH14": who signed a document is not who acts.
            inside.update(
                term.start for term in terms.between(start, end) if "/" in plain[start : term.start]
            )
    return Terms([term for term in found if term.start not in inside]) if inside else terms


def read_drafts(document: Document, witness: Witness | None = None) -> list[Draft]:
    """Read the figures of a prepared document with all that was decided about them, in the order of the text."""
    state = State(document_tags=Layer(document.title_tags), place=document.atlas.home)
    drafts: list[Draft] = []
    for sentence, runs in zip(document.sentences, document.runs, strict=True):
        _enter(state, sentence, document)
        line = Line(document, sentence, runs)
        marks: list[Mark] = []
        if runs:
            drafts.extend(_read_line(line, state, marks, witness))
        _leave(line, marks, state)
    drafts = leave_out_outsiders(document, drafts)
    parts_and_stocks(document.folded.text, drafts)
    check_sums(drafts)
    return drafts


def _enter(state: State, sentence: Sentence, document: Document) -> None:
    if sentence.paragraph != state.paragraph:
        state.paragraph = sentence.paragraph
        state.paragraph_start = sentence.start
        state.first_figure = 0
        state.document_tags = Layer([*document.title_tags, *state.said[:40]])
        state.said, state.paragraph_tags = [], NOTHING
        state.place = document.atlas.home
        state.planned = False
        state.latest, state.latest_tags = [], 0


def _leave(line: Line, marks: list[Mark], state: State) -> None:
    tags = [(term.start, term.meaning.bits) for term in line.terms.items]
    tags += [(made.start, made.bits) for made in marks]
    tags.sort(key=_start, reverse=True)
    if tags:
        new = Layer([bits for _, bits in tags])
        said = [*new.items, *state.said]
        # What was said last is forgotten beyond 120 words; until then the bits need no counting anew.
        bits = new.bits | state.paragraph_tags.bits if len(said) <= 120 else None
        state.said = said[:120]
        state.paragraph_tags = Layer(state.said, bits)
    for mention in line.mentions:
        if rules_on(line, mention, state):
            state.place = step(line.document, mention, state.place)
    carry_period(line, state)
    state.venue = venue_of(line, state)
    if opens_plan(line):
        state.planned = True


def _read_line(line: Line, state: State, marks: list[Mark], witness: Witness | None) -> list[Draft]:
    """Read the figures of one sentence, and mark what they are for the figures after them."""
    folded = line.folded
    figures = find_figures(folded, line.sentence, line.terms, line.document.masks, line.runs, line.brackets)
    if not figures:
        return []
    changes = comparisons.find_changes(folded, figures)
    state.first_figure = state.first_figure or figures[0].start
    plans = Plans(line, state)
    drafts: list[Draft] = []
    for index, figure in enumerate(figures):
        passed_over = _passed_over(line, figure, plans)
        if passed_over:
            if witness:
                witness(Sight(figure, passed_over=passed_over))
            continue
        before = figures[index - 1] if index else None
        following = figures[index + 1] if index + 1 < len(figures) else None
        draft = _draft(line, figure, before, following, drafts, marks, state, witness)
        if draft is None:
            continue
        draft.earlier = draft.earlier or earlier_levels.starts_from(folded, figure, following)
        marks.append(mark(figure.start, draft.decision.code))
        if draft.decision.code != "other":
            draft.territory = place_of(line, draft, state)
            draft.period = period_of(line, draft, state)
            drafts.append(draft)
    tie_changes(folded, line.sentence, drafts, changes, state.told, figures)
    if drafts:
        state.latest, state.told = drafts, [drafts, *state.told][:20]
        state.latest_tags = 0
        for draft in drafts:
            state.latest_tags |= bit_of("h." + draft.decision.code)
    elif any(not figure.dropped for figure in figures):
        state.other = line.sentence.start
    return drafts


def _is_compared_with(line: Line, figure: Figure) -> bool:
    """Whether a bracket may tell an earlier level though the level at hand is told elsewhere.

    "So với tháng 10/2018 (24 lượt tiếp, 37 người), số lượt tăng 16" does so; "Công tác tiếp dân được quan tâm (năm
    2023 tiếp 1.204 lượt)" does not.
    """
    if figure.bracket is None:
        return False
    return bool(_COMPARES.search(line.folded, line.sentence.start, figure.bracket[0]))


def _passed_over(line: Line, figure: Figure, plans: Plans) -> str:
    """Return why no rule is asked about a figure; nothing when they are."""
    if figure.dropped:
        return figure.dropped
    if plans.cover(figure):
        return "plan"
    return "name" if _ends_a_name(line, figure) else ""


def _draft(
    line: Line,
    figure: Figure,
    before: Figure | None,
    following: Figure | None,
    drafts: list[Draft],
    marks: list[Mark],
    state: State,
    witness: Witness | None,
) -> Draft | None:
    """Decide which code a figure gets; None when it gets none."""
    folded = line.folded
    percent = "percent" in figure.classes
    if percent and _OF_PLAN.match(folded, figure.end):
        if witness:
            witness(Sight(figure, passed_over="plan"))
        return None
    earlier = bool(drafts or _is_compared_with(line, figure)) and earlier_levels.says_earlier_level(
        folded, figure, before
    )
    if drafts and not earlier:
        earlier = _is_past_year(folded, figure, drafts[-1]) or (
            drafts[-1].earlier and earlier_levels.goes_on_earlier(folded, drafts[-1].figure, figure)
        )
    if earlier:
        model = _earlier_model(figure, drafts)
        if model is not None:
            known = Decision(model.decision.code, "earlier-level", 12.0, 6.0, stock=model.decision.stock)
            draft = Draft(figure, known, earlier=True)
            if witness:
                witness(Sight(figure, draft))
            return draft
    linked = percent and before is not None and _is_link(folded, before, figure, marks)
    nearby = state.latest_tags | (units_behind(following.kinds) if following else 0)
    decision, around = _by_rules(line, figure, before, marks, state, linked, nearby)
    follow = told_in_turn(line, figure, drafts)
    follow = follow or (_continuation(line, figure, before, drafts[-1]) if drafts else None)
    follow = follow or _same_number(folded, figure, state.latest)
    if decision is None and follow is None:
        follow = _of_total(line, figure, state) if not drafts else None
        follow = follow or _rate_elsewhere(line, figure, drafts or _latest(state))
        follow = follow or told_elsewhere(line, figure, before, drafts, state)
    if follow and (decision is None or decision.score < follow.score):
        decision = follow
    if decision and decision.code == "petitions_resolved" and figure.denominator:
        decision = _of_known_total(figure, decision, [drafts, *state.told])
    made = Draft(figure, decision, earlier) if decision else None
    if witness:
        witness(Sight(figure, made, around))
    return made


def _of_known_total(figure: Figure, decision: Decision, told: list[list[Draft]]) -> Decision:
    """Return the decision for "giải quyết 85/92 vụ việc" by what the 92 were told to be before."""
    for draft in (draft for drafts in told for draft in reversed(drafts)):
        code = _RESOLVED_OF.get(draft.decision.code)
        if code and draft.figure.number.value == figure.denominator:
            return Decision(code, "known-total", decision.score, decision.margin, decision.stock)
    return decision


def _by_rules(
    line: Line,
    figure: Figure,
    before: Figure | None,
    marks: list[Mark],
    state: State,
    linked: bool,
    nearby: int,
) -> tuple[Decision | None, Surroundings | None]:
    """Ask the rules about a figure; return what they decide, and what stood around it where they were asked."""
    if not linked and not may_decide(figure, _tags_about(line, before, marks, state) | nearby):
        return None, None
    opened = line.clause_start(figure)
    fresh = opened > 0 and any(opened <= mention.start < figure.start for mention in line.mentions)
    # "hiến đất có ông A ở xã B (300m2); bà C ở xã D (500m2)" goes on with what was done.
    fresh = fresh and not _GIVER_IN_BRACKET.search(line.folded, opened, figure.start)
    around = surroundings(
        line.folded,
        figure,
        before,
        line.terms,
        marks,
        state.paragraph_tags,
        state.document_tags,
        line.brackets,
        fresh,
        nearby,
    )
    return decide(figure, around, linked), around


def _tags_about(line: Line, before: Figure | None, marks: list[Mark], state: State) -> int:
    """Return all tags that any layer around a figure may hold, bar those of the figure behind it."""
    tags = line.tags | state.paragraph_tags.bits | state.document_tags.bits | SAID_BY_FORM
    for made in marks:
        tags |= made.bits
    return tags | units_before(before.kinds) if before is not None else tags


def _continuation(line: Line, figure: Figure, before: Figure | None, model: Draft) -> Decision | None:
    """An item of a breakdown ("gồm giao thông 133, điện 86") has the code of the item before it."""
    if before is None or not _follows(line, figure, before, model):
        return None
    start, before = before.own_end, model.figure
    if "percent" in figure.classes or "percent" in before.classes:
        return None
    bare = figure.elided and "none" in figure.classes and not figure.unit
    if not bare and not (figure.classes - _NO_NOUN) & before.classes:
        return None
    between = line.terms.between(start, figure.start)
    around = [*between, *line.terms.between(figure.end, figure.own_end)]
    alike = False
    apart = line.folded[start : figure.start].lstrip(" ,;").startswith("riêng ")
    if apart or (figure.elided and not figure.unit):
        # "cấp ủy kỷ luật 148, UBKT 112, chi bộ 71": another actor did the same, verb and noun left out.
        actors = vocabulary().groups["who"]
        others = [term for term in around if not term.meaning.bits & actors]
        alike, around = _only_who(around), others
    known = bit_of("t.tier")
    for term in line.terms.between(before.start, start):
        known |= term.meaning.bits
    new = vocabulary().telling & ~known
    if any(term.meaning.bits & new for term in around):
        return None
    if figure.elided:
        allowed = before.classes | _PASSING_UNITS
        attending = bit_of("q.attract")  # "118 hội nghị; người tham dự: 9.320" counts something else.
        named = [term for term in between if term.meaning.classes]
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
        decided.code, "continuation", points, 3.0, decided.stock, subset=True, like=model.figure.start
    )


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
    return before.dropped == "comparison" and bool(
        _OPENS_BREAKDOWN.search(line.folded, before.end, figure.start)
    )


def _of_total(line: Line, figure: Figure, state: State) -> Decision | None:
    """A sentence that deals out a total of the one before has its code.

    So do "Cấp tỉnh 12, cấp huyện 40, cấp xã 90" and "Nhiều nhất là: đất đai 120, môi trường 66".
    """
    if not state.told or "percent" in figure.classes or "unknown" in figure.classes:
        return None
    named = figure.unit is not None or not figure.elided
    tiers = not named and _is_bare_tier(line.folded, figure)
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
    if not any(figure.lead_start <= m.start < figure.start and m.territory for m in line.mentions):
        return None
    around = line.terms.between(figure.lead_start, max(figure.own_end, figure.end))
    new = vocabulary().telling | vocabulary().groups["r"]
    if any(term.meaning.bits & new for term in around):
        return None
    decided = told[-1].decision
    return Decision(decided.code, "same-rate", 8.0, 3.0)


def _is_bare_tier(folded: str, figure: Figure) -> bool:
    return bool(_BARE_TIER.fullmatch(folded[figure.lead_start : figure.start].strip() + " "))


def _same_number(folded: str, figure: Figure, told: list[Draft]) -> Decision | None:
    """A number said of the one before ("năm 2022 số này là 81 tỷ đồng") has its code."""
    if not told:
        return None
    lead = folded[figure.lead_start : figure.start]
    if ("này" not in lead and "đó" not in lead) or not _SAME_NUMBER.fullmatch(lead.lstrip()):
        return None
    model = next((d for d in reversed(told) if d.figure.classes & figure.classes), None)
    if model is None:
        return None
    return Decision(model.decision.code, "same-number", 11.0, 4.0, model.decision.stock)


def _ends_a_name(line: Line, figure: Figure) -> bool:
    """Whether a bare number ends a proper name ("cầu Rạch Miễu 2") that is no territory."""
    if not figure.elided or figure.unit or figure.number.value > 20:
        return False
    before = _LAST_WORD.search(line.plain[max(0, figure.start - 12) : figure.start])
    if before is None or not before.group(1)[0].isupper() or before.group(1).isupper():
        return False
    end = figure.start - 1
    return not any(m.end == end for m in line.document.mentions_in(figure.start - 60, figure.start))


def _is_past_year(folded: str, figure: Figure, draft: Draft) -> bool:
    """Whether a bare number is what an earlier year had: the 103 of "là 95, năm 2023 là 103"."""
    if not figure.elided:
        return False
    match = _PAST_YEAR.search(folded[max(0, figure.start - 24) : figure.start])
    current = year_of(draft.period)
    return bool(match and current and int(match.group(1)) < current)


def _is_link(folded: str, before: Figure, figure: Figure, marks: list[Mark]) -> bool:
    if not marks or marks[-1].start != before.start:
        return False
    gap = folded[before.own_end : figure.start]
    if not _LINK.fullmatch(gap) and not (gap in _BARE_LINKS and _ENDS_CLAUSE.match(folded, figure.end)):
        return False
    return not _OF_SOMETHING.match(folded, figure.end)


def _earlier_model(figure: Figure, drafts: list[Draft]) -> Draft | None:
    for draft in reversed(drafts):
        if figure.classes & draft.figure.classes or figure.elided:
            return draft
    return None


def fact_of(document: Document, draft: Draft) -> Fact:
    """Return the fact of a draft, with its evidence."""
    figure = draft.figure
    evidence = Evidence(document.folded, figure.start, figure.number.end, figure.sentence, figure.unit)
    territory = draft.territory
    return make_fact(
        evidence,
        value=figure.number.value,
        metric=draft.decision.code,
        place=territory.place if territory else None,
        place_code=territory.code if territory else None,
        province=territory.province if territory else None,
        level=territory.level if territory else None,
        tier=draft.tier,
        period=draft.period,
        stock=draft.stock,
        subset=draft.subset,
        approx=figure.approx,
        denominator=figure.denominator,
        comparison=draft.comparison,
        rule=draft.decision.rule,
        confidence=confidence_of(draft),
    )
