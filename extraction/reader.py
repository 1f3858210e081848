"""From a text to its facts: the order in which the other modules are asked."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from coso.late_patterns import late
from coso.places import REFORM_DAY
from extraction import comparisons, earlier_levels, likeness
from extraction.bare_communes import since_the_reform
from extraction.carrying import carry_period, enter_paragraph, enter_sentence
from extraction.confidence import confidence_of
from extraction.continuing import deals_out_by_tier, goes_on, of_known_total, says_same_number
from extraction.dating import period_of, ruling_periods
from extraction.decide import Decision, decide, may_decide
from extraction.document import Document, Draft, Line, Sight, State, year_of
from extraction.facts import Evidence, make_fact
from extraction.figures import Figure, find_figures
from extraction.lexicon import vocabulary
from extraction.lexicon.tags import bit_of
from extraction.likeness.clues import clues_of
from extraction.model import Fact
from extraction.neighbours import share_words
from extraction.outsiders import leave_out_outsiders
from extraction.parts import parts_and_stocks
from extraction.placing import place_of, rules_on, step, venue_of
from extraction.plans import Plans, opens_plan
from extraction.preparing import prepare
from extraction.sections import gives_plan, opens_planned_section
from extraction.sentences import Sentence
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
from extraction.territories import Territory
from extraction.ties import tie_changes

__all__ = ["Document", "Draft", "Witness", "fact_of", "prepare", "read_drafts"]

#: Is told of every figure, in the order of the text; what it is told of is complete when all have been read.
Witness = Callable[[Sight], None]

_OF_PLAN = late(r"\s*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|nhu cầu|nghị quyết|mục tiêu)(?!\w)")
_LINK = late(
    r"[\s,]*(?:\(|(?:và )?(?:đạt|bằng|chiếm|tức|tương đương|tương ứng|tỉ lệ|với tỉ lệ|đạt tỉ lệ|tức là"
    r"|chiếm tỉ lệ|với|là|được|trên|hơn|gần"
    r"|khoảng|tỉ lệ đạt|tỉ lệ giải quyết|tỉ lệ xử lí|giải quyết|thành|kết quả|đạt được|xấp xỉ|bình quân"
    r"|ước|đạt kết quả)[ :]*)+$"
)
#: "5/5 vụ, 100%." says the rate with no word between.
_BARE_LINKS = frozenset({", ", " - ", " = ", ": "})
_ENDS_CLAUSE = late(r"[.;,)]|$|\n")
_GIVER_IN_BRACKET = late(r"(?<!\w)(?:ông|bà|anh|chị|hộ|gia đình) [^;.]{0,60}\($")
_ITEM_MARK = late(r"(?:^|\n) ?[-+•*–] ?$")
#: "giải quyết lần lượt 70 vụ và 40 vụ, đạt 77,8% và 80%": the first share is not that of the count right before it.
_IN_TURN = late(r" và \d[\d,.]* ?%")
#: "cùng kỳ lần lượt là 74,9% và 85%"
_DEALT = late(r"(?<!\w)lần lượt (?:là |đạt |chỉ )*$")
_AND = late(r"(?: [^\W\d]+){0,3}(?: và |, )")
_LAST_WORD = late(r"(\w+) $")
#: "Nếu so với năm 2022, khi cả tỉnh mới tổ chức 189 cuộc, …"
_COMPARED_WHEN = late(
    r"so(?: với)? (?:năm (?:\d{4}|trước|ngoái)|cùng kì[^,.;]{0,20})(?:, (?:khi|lúc|thời điểm) |: )[^.;:()\d]{0,90}$"
)
#: "Tỷ lệ hòa giải thành cùng kỳ mới 81,6%, nay đã đạt 88,3%"
_JUST_THEN = late(
    r"(?<!\w)(?:cùng kì|năm (?:trước|ngoái)) (?:mới|chỉ|mới chỉ|mới có|chỉ có|mới đạt|chỉ đạt) $"
)
_BUT_NOW = late(r"[^,.;]{0,24}, (?:thì )?(?:đến |năm |kì )?(?:nay|này)(?!\w)")
_COMPARES = late(
    r"(?<!\w)(?:so(?: với)?|hơn|kém|thua|gấp|tăng(?! cường)|giảm|cùng (?:kì|thời điểm|thời gian))(?!\w)[^;:()]{0,60}$"
)
_PAST_YEAR = late(r", năm (\d{4}) (?:là|có|đạt|chỉ có|mới) $")
_OF_SOMETHING = late(r"\s*(?:liên quan|về|thuộc|là (?:đất|nữ))")
#: How far a resemblance leads where no rule takes any figure of the text.
_ALONE = 4.0
#: Characters of a paragraph that tells no figure and so may be a caption: "Ảnh minh họa."
_CAPTION = 80
_start, _bits = itemgetter(0), itemgetter(1)


def read_drafts(document: Document, witness: Witness | None = None, guessing: bool = True) -> list[Draft]:
    """Read the figures of a prepared document with all that was decided about them, in the order of the text.

    Args:
        document: the text made ready.
        witness: is told of every figure.
        guessing: whether figures that no rule takes are read by likeness.
    """
    state = State(
        guessing=guessing,
        document_tags=Layer(document.title_tags),
        place=document.atlas.home,
        planned_section=gives_plan(document.title, document.calendar),
    )
    drafts: list[Draft] = []
    for sentence, runs in zip(document.sentences, document.runs, strict=True):
        _enter(state, sentence, document)
        line = Line(document, sentence, runs)
        marks: list[Mark] = []
        if runs:
            drafts.extend(_read_line(line, state, marks, witness))
        _leave(line, marks, state)
    drafts = _leave_out_lone_resemblances(leave_out_outsiders(document, drafts))
    parts_and_stocks(document.title, document.folded.text, drafts)
    check_sums(drafts)
    return drafts


def _leave_out_lone_resemblances(drafts: list[Draft]) -> list[Draft]:
    """Leave out what resembles our figures where no rule takes any of the text: that mostly tells of something else."""
    if any(draft.decision.rule != likeness.RULE for draft in drafts):
        return drafts
    return [draft for draft in drafts if draft.decision.margin >= _ALONE]


def _enter(state: State, sentence: Sentence, document: Document) -> None:
    enter_sentence(document, state, sentence.start)
    if sentence.paragraph != state.paragraph:
        state.paragraph = sentence.paragraph
        is_caption = _was_caption(document, state, sentence.start)
        # A caption between two paragraphs parts them no more than a line end does.
        state.said_before = [*state.said, *(state.said_before if is_caption else [])][:40]
        state.paragraph_start = sentence.start
        state.first_figure = 0
        state.document_tags = Layer([*document.title_tags, *state.said_before])
        state.said, state.paragraph_tags = [], NOTHING
        state.place = document.atlas.home
        state.planned = False
        enter_paragraph(document, state, sentence.start)
        state.latest, state.latest_tags = [], 0


def _was_caption(document: Document, state: State, end: int) -> bool:
    """Whether the paragraph that ends there is a caption: short, without figures, no sentence of our subject."""
    if state.first_figure or end - state.paragraph_start > _CAPTION:
        return False
    return not state.said or not document.folded.text[max(0, end - 8) : end].rstrip().endswith(".")


def _leave(line: Line, marks: list[Mark], state: State) -> None:
    terms = line.terms
    tags = [*zip(terms.starts, terms.bits, strict=True), *((made.start, made.bits) for made in marks)]
    if tags:
        tags.sort(key=_start, reverse=True)
        new = Layer(list(map(_bits, tags)))
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
    state.planned_section = opens_planned_section(line, state.planned_section)
    if line.folded.startswith(":", line.sentence.end - 1):
        # "Kết quả giải quyết tố cáo:" says of what, its items say what was done.
        acts = vocabulary().groups["act"]
        state.heading = [bits & ~acts for bits in reversed(terms.bits)]
    elif state.heading and not _is_item(line):
        state.heading = []


def _is_item(line: Line) -> bool:
    """Whether a line is an item of a list: "- Đã giải quyết: 10 vụ"."""
    return bool(_ITEM_MARK.search(line.folded, max(0, line.sentence.start - 4), line.sentence.start))


def _read_line(line: Line, state: State, marks: list[Mark], witness: Witness | None) -> list[Draft]:
    """Read the figures of one sentence, and mark what they are for the figures after them."""
    folded = line.folded
    figures = find_figures(folded, line.sentence, line.terms, line.document.masks, line.runs, line.brackets)
    if not figures:
        return []
    line.figures = figures
    share_words(folded, figures, line.terms)
    changes = comparisons.find_changes(folded, figures)
    state.first_figure = state.first_figure or figures[0].start
    plans = Plans(line, state)
    # All tags that any layer around a figure may hold, bar those of the figures right beside it.
    about = line.tags | state.paragraph_tags.bits | state.document_tags.bits | SAID_BY_FORM
    ruling = ruling_periods(line, state)
    drafts: list[Draft] = []
    for before, figure, following in zip([None, *figures[:-1]], figures, [*figures[1:], None], strict=True):
        passed_over = _passed_over(line, figure, plans)
        if passed_over:
            if witness:
                witness(Sight(figure, passed_over=passed_over))
            continue
        draft = _draft(line, figure, before, following, drafts, marks, state, about, witness)
        if draft is None:
            continue
        draft.earlier = (
            draft.earlier
            or earlier_levels.starts_from(folded, figure, following)
            or _goes_on_then(line, drafts)
        )
        made = mark(figure.start, draft.decision.code)
        marks.append(made)
        about |= made.bits
        if draft.decision.code != "other":
            draft.territory = place_of(line, draft, state)
            draft.period = period_of(line, draft, state, ruling)
            draft.earlier = draft.earlier or _is_same_number_then(folded, draft, state.latest)
            draft.territory = _of_two_tiers(line.document, draft)
            drafts.append(draft)
    _date_levels_then(drafts, state.told)
    tie_changes(folded, line.sentence, drafts, changes, state.told, line)
    if drafts:
        state.latest, state.told = drafts, [drafts, *state.told][:20]
        state.latest_tags = 0
        for draft in drafts:
            state.latest_tags |= bit_of("h." + draft.decision.code)
    elif any(not figure.dropped for figure in figures):
        state.other = line.sentence.start
    return drafts


def _date_levels_then(drafts: list[Draft], told: list[list[Draft]]) -> None:
    """Date earlier levels by what the sentence before was compared with.

    "Nhận 2.718 đơn, giảm 412 đơn so với năm 2020. Trong số này, đơn khiếu nại từ 389 xuống 301 đơn."
    """
    undated = [draft for draft in drafts if draft.earlier and draft.period is None]
    if not undated or not told:
        return
    compared = [d.comparison.baseline for d in told[0] if d.comparison and d.comparison.baseline]
    for draft in undated if compared else ():
        draft.period = compared[-1]


def _is_same_number_then(folded: str, draft: Draft, told: list[Draft]) -> bool:
    """Whether "Năm 2020, con số này là 58,6%" goes back before what the sentence before told."""
    then = draft.period
    if then is None or not says_same_number(folded, draft.figure):
        return False
    return any(d.decision.code == draft.decision.code and d.period and d.period > then for d in told)


def _of_two_tiers(document: Document, draft: Draft) -> Territory | None:
    """Return the place of a figure, a commune where a text of after the reform names none of its districts."""
    told, calendar = draft.territory, document.calendar
    if told is None or told.level != "district" or calendar.inferred or not calendar.year:
        return told
    if (calendar.year, calendar.month or 0) < (REFORM_DAY.year, REFORM_DAY.month):
        return told
    # A name told with the kind of a district ("TP Long Xuyên") stays one, whenever it was told of.
    return told if document.calls_district(told.names[0]) else since_the_reform(told, draft.period)


def _tells_earlier(line: Line, figure: Figure, before: Figure | None, drafts: list[Draft]) -> bool:
    """Whether a figure is the level of an earlier period, told beside the one at hand."""
    beside = bool(drafts) or _is_compared_with(line, figure)
    if beside and earlier_levels.says_earlier_level(line.folded, figure, before):
        return True
    if not drafts:
        return False
    last = drafts[-1]
    run, place = _dealt_out(line, figure)
    if place and last.earlier and last.figure is run[place - 1]:
        return True
    return _is_past_year(line.folded, figure, last) or (
        last.earlier and earlier_levels.goes_on_earlier(line.folded, last.figure, figure)
    )


def _goes_on_then(line: Line, drafts: list[Draft]) -> bool:
    """Whether a sentence goes on with the year it compares with: "So với năm 2019, khi có 158 vụ, đạt 79%"."""
    if not drafts or not drafts[-1].earlier:
        return False
    return bool(_COMPARED_WHEN.search(line.folded, line.sentence.start, drafts[0].figure.start))


def _is_compared_with(line: Line, figure: Figure) -> bool:
    """Whether a bracket or clause may tell an earlier level though the level at hand is told elsewhere.

    "So với tháng 10/2018 (24 lượt tiếp, 37 người), số lượt tăng 16" does so; "Công tác tiếp dân được quan tâm (năm
    2023 tiếp 1.204 lượt)" does not.
    """
    if figure.bracket is None:
        start = line.sentence.start
        return bool(_COMPARED_WHEN.search(line.folded, start, figure.start)) or (
            bool(_JUST_THEN.search(line.folded, start, figure.start))
            and bool(_BUT_NOW.match(line.folded, figure.end))
        )
    return bool(_COMPARES.search(line.folded, line.sentence.start, figure.bracket[0]))


def _passed_over(line: Line, figure: Figure, plans: Plans) -> str:
    """Return why no rule is asked about a figure; nothing when they are."""
    if figure.dropped:
        return figure.dropped
    if plans.any and plans.cover(figure):
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
    about: int,
    witness: Witness | None,
) -> Draft | None:
    """Decide which code a figure gets; None when it gets none."""
    folded = line.folded
    percent = "percent" in figure.classes
    if percent and _OF_PLAN.match(folded, figure.end):
        if witness:
            witness(Sight(figure, passed_over="plan"))
        return None
    earlier = _tells_earlier(line, figure, before, drafts)
    model = (_model_in_turn(line, figure, drafts) or _earlier_model(figure, drafts)) if earlier else None
    if model is not None:
        draft = Draft(figure, _level_then(model), earlier=True)
        if witness:
            witness(Sight(figure, draft))
        return draft
    linked = percent and before is not None and _is_link(folded, before, figure, marks)
    linked = linked and not _IN_TURN.match(folded, figure.end)
    nearby = state.latest_tags | (units_behind(following.kinds) if following else 0)
    decision, around = _by_rules(line, figure, before, marks, state, linked, nearby, about)
    follow = goes_on(line, figure, before, drafts, state, decision is not None)
    if follow and (decision is None or decision.score < follow.score):
        decision = follow
    if decision is None and earlier and (model := _earlier_model(figure, state.latest)):
        # So the 60 of "… là 47 vụ. Như vậy giảm 21,7% so với năm 2015 (năm 2015: 60 vụ)".
        decision = _level_then(model)
    if decision and decision.code == "petitions_resolved" and figure.denominator:
        decision = of_known_total(figure, decision, [drafts, *state.told])
    clues = None
    if witness or state.guessing:
        clues = clues_of(line, figure, before, following, marks, state)
    settled = likeness.reconsidered(decision, clues) if clues and state.guessing else decision
    made = Draft(figure, settled, earlier) if settled else None
    if witness:
        witness(Sight(figure, made, around, "unlike" if decision and not settled else "", clues))
    return made


def _level_then(model: Draft) -> Decision:
    """Return the decision for the earlier level of a figure told before."""
    decided = model.decision
    return Decision(decided.code, "earlier-level", 12.0, 6.0, stock=decided.stock)


def _by_rules(
    line: Line,
    figure: Figure,
    before: Figure | None,
    marks: list[Mark],
    state: State,
    linked: bool,
    nearby: int,
    about: int,
) -> tuple[Decision | None, Surroundings | None]:
    """Ask the rules about a figure; return what they decide, and what stood around it where they were asked."""
    beside = nearby | units_before(before.kinds) if before is not None else nearby
    if not linked and not may_decide(figure, about | beside):
        return None, None
    opened = figure.semicolon
    fresh = opened > 0 and any(opened <= mention.start < figure.start for mention in line.mentions)
    # "hiến đất có ông A ở xã B (300m2); bà C ở xã D (500m2)" goes on with what was done.
    fresh = fresh and not _GIVER_IN_BRACKET.search(line.folded, opened, figure.start)
    around = surroundings(
        line.folded,
        figure,
        line.terms,
        marks,
        state.paragraph_tags,
        state.document_tags,
        line.brackets,
        fresh,
        beside,
        state.heading if state.heading and _is_item(line) else (),
    )
    return decide(figure, around, linked), around


def _ends_a_name(line: Line, figure: Figure) -> bool:
    """Whether a bare number ends a proper name ("cầu Rạch Miễu 2") that is no territory."""
    if not figure.elided or figure.unit or figure.number.value > 20:
        return False
    before = _LAST_WORD.search(line.plain[max(0, figure.start - 12) : figure.start])
    if before is None or not before.group(1)[0].isupper() or before.group(1).isupper():
        return False
    if before.start(1) + max(0, figure.start - 12) <= line.sentence.start and deals_out_by_tier(line):
        return False  # "Tỉnh 3, huyện 14, xã 51."
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


#: What is counted second, in "lượt người", of visits counted first, in "lượt".
_SECOND_OF_PAIR = frozenset({"reception_people", "reception_group_people"})


def _dealt_out(line: Line, figure: Figure) -> tuple[list[Figure], int]:
    """Return the numbers dealt out with a figure, and its place: "cùng kỳ lần lượt là 74,9% và 85%"."""
    start = figure.sentence.start
    if line.folded.find("lần lượt", start, figure.start) == -1:
        return [], 0
    at = line.figures.index(figure)
    while at and _joins(line, at - 1) and not _DEALT.search(line.folded, start, line.figures[at].start):
        at -= 1
    if not _DEALT.search(line.folded, start, line.figures[at].start):
        return [], 0
    run = [line.figures[at]]
    while at + len(run) < len(line.figures) and _joins(line, at + len(run) - 1):
        run.append(line.figures[at + len(run)])
    return run, run.index(figure)


def _joins(line: Line, at: int) -> bool:
    """Whether nothing but "và" stands between a number and the next, which counts the same."""
    first, second = line.figures[at : at + 2]
    return first.classes == second.classes and bool(_AND.fullmatch(line.folded, first.end, second.start))


def _model_in_turn(line: Line, figure: Figure, drafts: list[Draft]) -> Draft | None:
    """Return the level whose earlier value a number dealt out is: the 85 is that of the second rate."""
    run, place = _dealt_out(line, figure)
    now = [d for d in drafts if not d.earlier and d.figure.classes & figure.classes]
    return now[place - len(run)] if 1 < len(run) <= len(now) else None


def _earlier_model(figure: Figure, drafts: list[Draft]) -> Draft | None:
    for draft in reversed(drafts):
        # In "năm 2019 là 1.012 lượt/1.091 lượt người" the second is no other level of the first.
        paired = draft.earlier and draft.figure.classes < figure.classes
        # And "(năm 2019: 1.012 lượt/1.091 lượt người)" behind such a pair begins with the first of it again.
        paired = paired or (draft.decision.code in _SECOND_OF_PAIR and figure.classes < draft.figure.classes)
        if not paired and (figure.classes & draft.figure.classes or figure.elided):
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
