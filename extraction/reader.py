"""From a text to its facts: the order in which the other modules are asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from coso.periods import write_months
from coso.text import Folded, fold
from extraction import comparisons, when, where
from extraction.confidence import confidence_of
from extraction.decide import Decision, decide, surroundings
from extraction.facts import Evidence, make_fact
from extraction.figures import Figure, find_figures, terms_between
from extraction.lexicon import Term, words
from extraction.model import Comparison, Fact
from extraction.nonfacts import Mask, find_masks
from extraction.parts import parts_and_stocks
from extraction.sentences import Sentence, brackets, split_sentences

_PLAN = re.compile(
    r"(?<!\w)(?:yêu cầu|đặt ra|cần (?:phải|tiếp tục|có|hoàn thành|đạt)|phải (?:đạt|hoàn thành|có)|đề "
    r"nghị các|kế hoạch đề ra|dự toán"
    r"|theo kế hoạch|nhiệm vụ trọng tâm|phương hướng|đề ra|giao chỉ tiêu)(?!\w)"
)
_DONE = re.compile(
    r"(?<!\w)(?:đã|được|hoàn thành|kết quả|thực hiện được|vượt (?:chỉ tiêu|kế hoạch|mục tiêu)|đạt (?:chỉ "
    r"tiêu|kế hoạch)|so với (?:chỉ tiêu"
    r"|mục tiêu|kế hoạch)|đạt được|có|tổ chức)(?!\w)"
)
_STRONG_PLAN = re.compile(
    r"(?<!\w)(?<!\d )(?:phấn đấu|sẽ|dự kiến|từ nay đến|từ giờ đến|mục tiêu|chỉ tiêu|cam kết|tới đây|sắp "
    r"tới|thời gian tới|những tháng cuối năm"
    r"|năm tới|quí tới|tháng tới|nhiệm kì tới|giai đoạn tới|tiếp tục phấn đấu|đặt mục tiêu|hướng tới|xác "
    r"định ưu tiên|ưu tiên mở)(?!\w)"
)
_REALLY_DONE = re.compile(
    r"(?<!\w)(?:đã|kết quả|thực tế|thực hiện được|đạt được|nhưng|song|tuy nhiên|nay|hiện)(?!\w)"
)
_AGAINST = re.compile(r"(?:so với|vượt|đạt|hoàn thành|bằng|theo|đúng) (?:các )?$")
_RIGHT_BEFORE = re.compile(
    r"(?:chỉ tiêu|mục tiêu|kế hoạch)(?: (?:được|tỉnh|trung ương|chính phủ|thanh tra chính phủ))?(?: "
    r"(?:giao|đề ra|năm|là|đặt ra|đạt|từ))*:?"
    r" ?(?:hơn |trên |khoảng )?$"
)
_AHEAD = re.compile(
    r"(?<!\w)(?<!sang )(?:(?:tháng|năm|quí)(?: \d+)? (?:tới|sau)|sắp tới|thời gian tới|trong tương "
    r"lai)(?!\w)"
)
_IS_TARGET = re.compile(r"[^,;.]{0,24}là (?:chỉ tiêu|mục tiêu|kế hoạch|yêu cầu)")
_OF_PLAN = re.compile(r"\s*(?:so với )?(?:kế hoạch|chỉ tiêu|dự toán|nhu cầu|nghị quyết|mục tiêu)(?!\w)")
_LINK = re.compile(
    r"[\s,]*(?:\(|(?:và )?(?:đạt|bằng|chiếm|tức|tương đương|tương ứng|tỉ lệ|với tỉ lệ|đạt tỉ lệ|tức là"
    r"|chiếm tỉ lệ|với|là|được|trên|hơn|gần"
    r"|khoảng|tỉ lệ đạt|tỉ lệ giải quyết|tỉ lệ xử lí|giải quyết|thành|kết quả|đạt được|xấp xỉ|bình quân"
    r"|ước|đạt kết quả)[ :]*)+$"
)
_TO_DATE = re.compile(
    r"(?<!\w)(?:đến nay|đến lúc này|đến thời điểm này|tới nay|tính đến ngày|đến thời điểm hiện tại)(?!\w)"
)
_TELLING = (
    "act.",
    "who.",
    "kind.",
    "t.",
    "q.form",
    "q.violating",
    "q.prolonged",
    "q.value",
    "q.crowd",
    "q.standard",
)
_SINCE_DOCUMENT = re.compile(
    r"(?:sau |qua )?(?:\w+ năm )?thực hiện (?:luật|nghị quyết|quy định|chỉ thị|kết luận|quyết "
    r"định)[^,;.]{0,60}?"
    r"(?:ngày )?\d{1,2}/\d{1,2}/(?P<year>(?:19|20)\d{2})"
)
_OURS = frozenset(
    [
        "t.reception",
        "t.petition",
        "t.dialogue",
        "t.mediation",
        "t.criticism",
        "t.ttnd",
        "t.gsdt",
        "t.qcdc",
        "t.dvk",
        "t.friendly",
        "t.voter",
        "t.cadreconf",
        "t.labourconf",
        "t.agreement",
        "t.consult",
        "t.partybuild",
        "t.onestop",
        "t.satisfaction",
        "t.inspect",
        "t.party",
        "t.landgift",
        "t.convention",
        "t.decided",
        "t.villagemeeting",
        "t.legalaccess",
        "t.training",
        "t.outreach",
        "t.feedback",
        "who.front",
        "kind.reflection",
    ]
)
_DIGIT = re.compile(r"\d")
_EVENT_CODES = ("training_", "dialogue_", "voter_", "outreach_", "social_criticism")
_LOCATIVE = re.compile(r"(?:riêng |còn )?(?:tại|ở|trên địa bàn) (?:tỉnh |thành phố )?.?$")
_REVIEW = re.compile(r"tổng kết|sơ kết|giao ban|báo cáo|tổng hợp|đánh giá")
_PERSON = re.compile(r"(?<!\w)(?:ông|bà|anh|chị|hộ ông|hộ bà|gia đình ông|gia đình bà) (?=[A-ZĐÀ-Ỹ])")


@dataclass(slots=True)
class Document:
    """A text made ready for reading.

    Attributes:
        folded: the text, folded.
        terms: wordings found in it.
        masks: stretches whose digits are no figures.
        sentences: its sentences.
        calendar: what is known about its dates.
        atlas: what is known about its places.
        title_tags: meanings of the words of the title.
        afar: period of figures with none near them, by the event told last.
    """

    folded: Folded
    terms: list[Term]
    masks: list[Mask]
    sentences: list[Sentence]
    calendar: when.Calendar
    atlas: where.Atlas
    title_tags: list[frozenset[str]]
    afar: dict[str | None, str | None] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A figure with the code it got, on its way to a fact."""

    figure: Figure
    decision: Decision
    territory: where.Territory | None = None
    period: str | None = None
    comparison: Comparison | None = None
    earlier: bool = False
    sure_period: bool = True
    tier: str | None = None
    subset: bool = False
    stock: bool = False


@dataclass(slots=True)
class _State:
    """What one sentence hands to the next."""

    paragraph: int = -1
    paragraph_tags: list[frozenset[str]] = field(default_factory=list)
    document_tags: list[frozenset[str]] = field(default_factory=list)
    place: where.Territory | None = None
    paragraph_start: int = 0
    first_figure: int = 0
    moment: when.Moment | None = None
    period: str | None = None
    event: str | None = None
    planned: bool = False


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
    return Document(
        folded=folded,
        terms=words().find(folded.text),
        masks=find_masks(folded.text, [(s.start, s.end) for s in sentences]),
        sentences=sentences,
        calendar=when.open_calendar(
            published, when.find_moments(head.text), when.find_moments(folded.text), folded.text
        ),
        atlas=where.survey(folded.plain, folded.text, (head.plain, head.text), source_province, day),
        title_tags=[term.tags for term in words().find(head.text)],
    )


def read_facts(document: Document, explain: Callable[[str], None] | None = None) -> list[Fact]:
    """Read the facts of a prepared document, in the order of the text."""
    state = _State(document_tags=list(document.title_tags), place=document.atlas.home)
    drafts: list[Draft] = []
    for sentence in document.sentences:
        _enter(state, sentence, document)
        drafts.extend(_read_sentence(document, sentence, state, explain))
    if _is_elsewhere(document):
        return []
    parts_and_stocks(document.folded.text, drafts)
    return [_fact(document, draft) for draft in drafts]


def _is_elsewhere(document: Document) -> bool:
    """Whether a text has more words of other fields than of ours."""
    text = document.folded.text
    foreign = {text[t.start : t.end] for t in document.terms if "t.off" in t.tags}
    ours = {text[t.start : t.end] for t in document.terms if t.tags & _OURS}
    return len(foreign) >= 2 and len(foreign) > len(ours)


def _enter(state: _State, sentence: Sentence, document: Document) -> None:
    if sentence.paragraph != state.paragraph:
        state.paragraph = sentence.paragraph
        state.paragraph_start = sentence.start
        state.first_figure = 0
        state.document_tags = [*document.title_tags, *state.paragraph_tags[:40]]
        state.paragraph_tags = []
        state.place = document.atlas.home
        state.planned = False


def _read_sentence(
    document: Document, sentence: Sentence, state: _State, explain: Callable[[str], None] | None
) -> list[Draft]:
    folded = document.folded.text
    terms = terms_between(document.terms, sentence.start, sentence.end)
    figures = (
        find_figures(folded, sentence, terms, document.masks)
        if _DIGIT.search(folded, sentence.start, sentence.end)
        else []
    )
    if not figures:
        _leave(document, sentence, terms, [], state)
        return []
    changes = comparisons.find_changes(folded, figures)
    if figures and not state.first_figure:
        state.first_figure = figures[0].start
    drafts: list[Draft] = []
    marks: list[Term] = []
    closed = brackets(folded, sentence.start, sentence.end)
    for index, figure in enumerate(figures):
        if figure.dropped or _is_planned(document, figure, state):
            continue
        before = figures[index - 1] if index else None
        if figure.elided and not figure.unit and _ends_a_name(document, figure):
            continue
        draft = _draft(document, figure, before, drafts, terms, marks, state, closed, explain)
        if draft is None:
            continue
        if comparisons.starts_from(folded, figure, figures[index + 1] if index + 1 < len(figures) else None):
            draft.earlier = True
        marks.append(Term(figure.start, figure.end, frozenset({f"f.{draft.decision.code}"})))
        if draft.decision.code != "other":
            draft.territory = _territory(document, draft, state)
            draft.period = _period(document, draft, state)
            drafts.append(draft)
    _tie_changes(folded, sentence, drafts, changes)
    _leave(document, sentence, terms, marks, state)
    return drafts


def _draft(
    document: Document,
    figure: Figure,
    before: Figure | None,
    drafts: list[Draft],
    terms: list[Term],
    marks: list[Term],
    state: _State,
    closed: list[tuple[int, int]],
    explain: Callable[[str], None] | None,
) -> Draft | None:
    folded = document.folded.text
    if "percent" in figure.classes and _OF_PLAN.match(folded, figure.end):
        return None
    if drafts and (
        comparisons.says_earlier_level(folded, figure, before) or _is_past_year(folded, figure, drafts[-1])
    ):
        model = _earlier_model(figure, drafts)
        if model is not None:
            known = Decision(model.decision.code, "earlier-level", 12.0, 6.0, stock=model.decision.stock)
            return Draft(figure, known, earlier=True)
    opened = folded.rfind(";", figure.sentence.start, figure.start)
    fresh = opened > 0 and bool(where.near(document.atlas.mentions, opened, figure.start))
    around = surroundings(
        folded, figure, before, terms, marks, state.paragraph_tags, state.document_tags, closed, fresh
    )
    linked = "percent" in figure.classes and before is not None and _is_link(folded, before, figure, marks)
    decision = decide(figure, around, linked)
    follow = _continuation(folded, figure, before, drafts, terms)
    if follow and (decision is None or decision.score < follow.score):
        decision = follow
    if explain:
        explain(_trace(document, figure, around, decision))
    return Draft(figure, decision) if decision else None


def _continuation(
    folded: str, figure: Figure, before: Figure | None, drafts: list[Draft], terms: list[Term]
) -> Decision | None:
    """An item of a breakdown ("gồm giao thông 133, điện 86") has the code of the item before it."""
    model = drafts[-1] if drafts else None
    if model is None or before is None or model.figure is not before or "percent" in figure.classes:
        return None
    kinds = figure.classes - {"none", "unknown", "x"}
    if not (kinds & model.figure.classes or (figure.elided and "none" in figure.classes and not figure.unit)):
        return None
    if "percent" in before.classes:
        return None
    start = before.own_end
    known = {tag for term in terms_between(terms, before.start, before.own_end) for tag in term.tags}
    around = [*terms_between(terms, start, figure.start), *terms_between(terms, figure.end, figure.own_end)]
    if any(tag.startswith(_TELLING) and tag not in known for term in around for tag in term.tags):
        return None
    if figure.elided and any(
        tag.startswith("u.")
        and tag[2:] not in {*model.figure.classes, "x", "commune", "village", "unit", "org"}
        for term in terms_between(terms, start, figure.start)
        for tag in term.tags
    ):
        return None
    gap = folded[start : figure.start]
    opens = bool(re.search(r"trong đó|gồm|:|\(|riêng|trong số", gap)) or model.decision.rule == "continuation"
    return Decision(
        model.decision.code, "continuation", 11.0 if opens else 7.0, 3.0, model.decision.stock, subset=True
    )


def _ends_a_name(document: Document, figure: Figure) -> bool:
    """Whether a bare number ends a proper name ("cầu Rạch Miễu 2") that is no territory."""
    before = re.search(r"(\w+) $", document.folded.plain[max(0, figure.start - 12) : figure.start])
    if (
        before is None
        or not before.group(1)[0].isupper()
        or before.group(1).isupper()
        or figure.number.value > 20
    ):
        return False
    return not any(
        m.end == figure.start - 1
        for m in where.near(document.atlas.mentions, figure.start - 60, figure.start)
    )


def _is_past_year(folded: str, figure: Figure, draft: Draft) -> bool:
    """Whether a bare number is what an earlier year had: the 103 of "là 95, năm 2023 là 103"."""
    match = re.search(
        r", năm (\d{4}) (?:là|có|đạt|chỉ có|mới) $", folded[max(0, figure.start - 24) : figure.start]
    )
    current = _year(draft.period)
    return bool(match and figure.elided and current and int(match.group(1)) < current)


def _is_link(folded: str, before: Figure, figure: Figure, marks: list[Term]) -> bool:
    if not marks or marks[-1].start != before.start:
        return False
    between = folded[before.own_end : figure.start]
    return bool(_LINK.fullmatch(between)) and not re.match(
        r"\s*(?:liên quan|về|thuộc|là (?:đất|nữ))", folded[figure.end :]
    )


def _earlier_model(figure: Figure, drafts: list[Draft]) -> Draft | None:
    for draft in reversed(drafts):
        if figure.classes & draft.figure.classes or figure.elided:
            return draft
    return None


def _in_future(document: Document, figure: Figure) -> bool:
    """Whether the period named last before a figure lies ahead of publication, or belongs to a plan."""
    calendar = document.calendar
    moments = [
        m
        for m in when.in_span(calendar.moments, figure.sentence.start, figure.start)
        if not m.baseline and m.form != "event"
    ]
    if not moments:
        return False
    last = moments[-1]
    if last.plan and not _DONE.search(document.folded.text, last.end, figure.start):
        return True
    if calendar.inferred or not calendar.year:
        return False
    year = last.year or calendar.year
    if year != calendar.year or not last.months or not calendar.month or last.form == "ytd":
        return year > calendar.year
    # Months that are far from over when the text comes out can only be planned.
    far = last.months[1] - calendar.month
    opening = last.months == (1, 12) and calendar.month == 1
    return (far >= 3 and last.months != (1, 12) and last.months[0] > calendar.month - 3) or (
        opening and not _DONE.search(document.folded.text, last.end, figure.start)
    )


def _is_planned(document: Document, figure: Figure, state: _State) -> bool:
    folded = document.folded.text
    start = max(folded.rfind(mark, figure.sentence.start, figure.start) for mark in (";", "\n")) + 1
    start = max(start, figure.sentence.start)
    text = folded[start : figure.start]
    if _in_future(document, figure):
        return True
    if _AHEAD.search(folded, figure.end, figure.own_end) or _IS_TARGET.match(
        folded, figure.end, figure.own_end
    ):
        return True
    if _RIGHT_BEFORE.search(text):
        return True
    # What is strived for goes on over semicolons, until something done is told.
    whole = folded[figure.sentence.start : figure.start]
    strong = [m for m in _STRONG_PLAN.finditer(whole) if not _AGAINST.search(whole[: m.start()])]
    if strong:
        return not _REALLY_DONE.search(whole, strong[-1].end())
    plans = [m for m in _PLAN.finditer(text) if not _AGAINST.search(text[: m.start()])]
    if plans:
        return not _DONE.search(text, plans[-1].end())
    return state.planned and not _DONE.search(text)


def _leave(
    document: Document, sentence: Sentence, terms: list[Term], marks: list[Term], state: _State
) -> None:
    tags = [term.tags for term in sorted([*terms, *marks], key=lambda t: -t.start)]
    state.paragraph_tags = [*tags, *state.paragraph_tags][:120]
    for mention in where.near(document.atlas.mentions, sentence.start, sentence.end):
        if _stays(document, mention, sentence, state):
            state.place = _step(document, mention, state.place)
    context = _year(state.period)
    inside = brackets(document.folded.text, sentence.start, sentence.end)
    moments = when.in_span(document.calendar.moments, sentence.start, sentence.end)
    outside = [m for m in moments if not any(a < m.start < b for a, b in inside) and when.rules(m)]
    for moment in moments:
        if any(a < moment.start < b for a, b in inside) and (
            outside or document.folded.text[moment.end : moment.end + 1] == ":"
        ):
            continue
        if when.rules(moment) and not _looks_back(document, moment, sentence, state):
            found = when.resolve(moment, document.calendar, context)
            if found or moment.form == "unknown_years":
                state.period, state.moment = found, moment
                context = _year(found) or context
        elif moment.form == "event":
            state.event = when.resolve(moment, document.calendar, context) or state.event
    text = document.folded.text[sentence.start : sentence.end]
    if re.match(r"(?:phương hướng|nhiệm vụ|mục tiêu|giải pháp)[^.]{0,80}:?$", text):
        state.planned = True


def _looks_back(document: Document, moment: when.Moment, sentence: Sentence, state: _State) -> bool:
    """Whether an earlier year named in passing (", năm 2023 là 103") gives way to the period in force."""
    current = _year(state.period)
    before = document.folded.text[max(sentence.start, moment.start - 3) : moment.start].strip()
    return bool(
        current
        and moment.year
        and moment.year < current
        and moment.form == "year"
        and before.endswith((",", "("))
        and document.folded.text[moment.end : moment.end + 3] in {" là", " có", ": "}
    )


def _stays(document: Document, mention: where.Mention, sentence: Sentence, state: _State) -> bool:
    """Whether a place rules the sentences after its own: it opens the paragraph, or "Tại …," opens a sentence."""
    if mention.aside:
        return False
    if mention.wide in {"province", "whole province", "city"} or state.place is None:
        return True
    if sentence.start == state.paragraph_start and mention.start < max(
        state.first_figure, sentence.start + 60
    ):
        return True
    return bool(_LOCATIVE.match(document.folded.text, sentence.start, mention.start + 1))


def _year(period: str | None) -> int | None:
    return int(period[:4]) if period and period[:4].isdigit() and ".." not in period else None


def _step(  # noqa: PLR0911 - one return a case
    document: Document, mention: where.Mention, current: where.Territory | None
) -> where.Territory | None:
    """Return the place in force after a mention."""
    atlas = document.atlas
    if current and current.level == "organisation" and mention.wide and mention.wide != "whole province":
        return current
    if mention.wide in {"province", "whole province"}:
        return where.province_territory(current.province if current else None) or atlas.province or current
    if mention.wide == "city":
        for candidate in (current, atlas.home):
            if candidate and candidate.level == "district" and where.is_city(candidate):
                return candidate
        return where.province_territory(current.province if current else None) or atlas.province or current
    if mention.wide == "district":
        for candidate in (current, atlas.home):
            if candidate and candidate.level in {"commune", "village"} and len(candidate.names) >= 3:
                return where.Territory(candidate.names[-2:], "district", candidate.province)
            if candidate and candidate.level == "district":
                return candidate
        return current
    if mention.wide == "commune":
        return current
    if mention.territory is None:
        return current
    if current and current.level == "organisation" and mention.territory.names[0] == current.province:
        return current
    return where.complete(where.complete(mention.territory, current), atlas.province)


def _territory(document: Document, draft: Draft, state: _State) -> where.Territory | None:
    figure, folded = draft.figure, document.folded.text
    place = state.place
    last = figure.sentence.start
    opened = folded.rfind(";", figure.sentence.start, figure.start)
    for mention in where.near(document.atlas.mentions, figure.sentence.start, figure.start):
        if mention.end < opened and _is_example(folded, figure.sentence.start, mention):
            continue
        if mention.aside and mention.end < figure.lead_start and not mention.wide:
            continue
        place, last = _step(document, mention, place), mention.end
    if _PERSON.search(document.folded.plain, last, figure.start) and ";" in folded[last : figure.start]:
        place = document.atlas.home
    for mention in where.near(document.atlas.mentions, figure.end, figure.own_end):
        if mention.territory and re.search(
            r"(?:tại|ở|trên địa bàn)(?: (?!các|nhiều|một)\w+)? $",
            folded[max(0, mention.start - 16) : mention.start],
        ):
            place = _step(document, mention, place)
    return place or document.atlas.province


def _is_example(folded: str, start: int, mention: where.Mention) -> bool:
    """Whether a place only heads an item of a breakdown and so rules nothing after its clause."""
    clause = folded[max(start, folded.rfind(";", start, mention.start) + 1) : mention.start]
    return bool(
        re.search(r"trong đó|trong số|riêng|điển hình|tiêu biểu|như |nhiều nhất|ít nhất|nhất là|gồm", clause)
        or re.match(r" \d", folded[mention.end : mention.end + 2])
    )


def _period(document: Document, draft: Draft, state: _State) -> str | None:
    figure, calendar = draft.figure, document.calendar
    sentence, folded = figure.sentence, document.folded.text
    context = _year(state.period)
    if draft.earlier:
        current = _ruling(document, draft, state, context)
        beside = [
            m
            for m in when.in_span(calendar.moments, figure.end, figure.end + 40)
            if m.baseline or (folded[m.start - 1] == "(" and m.start <= figure.own_end + 3)
        ]
        if beside:
            return when.resolve(beside[0], calendar, context)
        start = max(sentence.start, figure.start - 60)
        same = when.said_same_period(folded, start, figure.start) or when.said_same_period(
            folded, sentence.start, sentence.end
        )
        named = re.findall(r"(?:năm )?(?:19|20)\d{2}", folded[start : figure.start])
        text = same or (named[-1] if named else folded[start : figure.start])
        return when.baseline_of(text, current)
    if folded.startswith("cùng kì", sentence.start):
        text = folded[sentence.start : sentence.start + 24]
        return when.baseline_of(text, state.period)
    event = _event(document, draft, context)
    return event or _ruling(document, draft, state, context)


def _event(document: Document, draft: Draft, context: int | None) -> str | None:
    """A training, a dialogue or a meeting of a day counts for its month, unless a period is named beside it."""
    figure = draft.figure
    moments = when.in_span(document.calendar.moments, figure.sentence.start, figure.start)
    if any(when.rules(m) for m in moments):
        return None
    events = [m for m in moments if m.form == "event"]
    if not events or not draft.decision.code.startswith(_EVENT_CODES):
        return None
    text = document.folded.text[figure.sentence.start : figure.sentence.end]
    if re.search(r"tổng kết|sơ kết|giao ban|báo cáo", text):
        return None
    return when.resolve(events[-1], document.calendar, context)


def _ruling(document: Document, draft: Draft, state: _State, context: int | None) -> str | None:
    figure = draft.figure
    calendar, sentence = document.calendar, figure.sentence
    closed = [p for p in brackets(document.folded.text, sentence.start, figure.start) if p != figure.bracket]
    before = [
        m
        for m in when.in_span(calendar.moments, sentence.start, figure.start)
        if when.rules(m) and not any(a < m.start < b for a, b in closed)
    ]
    semicolon = document.folded.text.find(";", figure.end, sentence.end)
    own = [
        m
        for m in when.in_span(calendar.moments, figure.end, semicolon if semicolon != -1 else sentence.end)
        if when.rules(m) and m.form != "ytd"
    ]
    year = context
    for moment in before:
        year = moment.year or year
    near = [m for m in own if m.start < figure.own_end]
    ruling = [*reversed(before), *near]
    if near and before and _after_figure(document, figure, before[-1]):
        ruling = [*near, *reversed(before)]
    for moment in ruling:
        found = when.resolve(moment, calendar, year)
        if found or moment.form == "unknown_years":
            return found
    if state.moment is not None:
        return state.period
    for moment in own:
        found = when.resolve(moment, calendar, year)
        if found:
            return found
    draft.sure_period = False
    if state.event not in document.afar:
        document.afar[state.event] = _from_afar(document, state)
    return document.afar[state.event]


def _after_figure(document: Document, figure: Figure, moment: when.Moment) -> bool:
    """Whether a period ahead of a figure follows an earlier number and so may be that number's own."""
    text = document.folded.text[figure.sentence.start : moment.start]
    return bool(re.search(r"\d[^,;]{0,60}(?:trong|của|vào) $", text))


def _from_afar(document: Document, state: _State) -> str | None:  # noqa: PLR0911 - one return a case
    """Where nothing was named so far: the title, what the text names later, the day of an event, the year."""
    calendar = document.calendar
    for moment in [*calendar.title, *calendar.moments]:
        if when.rules(moment):
            found = when.resolve(moment, calendar, None)
            if found:
                return found
    if found := _from_baseline(document) or when.as_of(document.folded.text):
        return found
    if _REVIEW.search(document.folded.text) and calendar.year:
        if "sơ kết" in document.folded.text and calendar.month in {6, 7, 8}:
            return f"{calendar.year}-H1"
        return _default_year(document)
    if state.event:
        return state.event
    for moment in calendar.moments:
        if moment.form == "event":
            found = when.resolve(moment, calendar, None)
            if found:
                return found
    return _default_year(document)


def _from_baseline(document: Document) -> str | None:
    """Compared with six months of the year before, the figures are of the same months of the year at hand."""
    calendar = document.calendar
    for moment in [*calendar.title, *calendar.moments]:
        earlier_year = moment.year is not None and calendar.year is not None and moment.year < calendar.year
        if moment.baseline and earlier_year and moment.months and moment.months != (1, 12) and calendar.year:
            return write_months(calendar.year, *moment.months)
    return None


def _default_year(document: Document) -> str | None:
    calendar = document.calendar
    year = calendar.review_year
    since = _SINCE_DOCUMENT.match(document.folded.text)
    if since and year and int(since.group("year")) + 1 < year:
        return f"{since.group('year')}..{calendar.year}"
    if year and (calendar.month or 0) > 1 and _TO_DATE.search(document.folded.text):
        return when.to_date(calendar)
    return str(year) if year else None


def _tie_changes(
    folded: str, sentence: Sentence, drafts: list[Draft], changes: list[comparisons.Change]
) -> None:
    """Give each change to the level it qualifies: the nearest before it with its unit, in order of a list."""
    groups: dict[int, list[comparisons.Change]] = {}
    for change in changes:
        groups.setdefault(change.at, []).append(change)
    for at, group in sorted(groups.items()):
        inside = next((c.figure.bracket for c in group if c.figure), None)
        behind = [
            d for d in drafts if d.figure.start < at and not d.earlier and d.figure.bracket in (None, inside)
        ]
        ahead = [d for d in drafts if d.figure.start > at]
        # A change announced ahead of its level ("so với cùng kỳ giảm 5%, tiếp 120 lượt") has none behind it.
        announced = ahead[:1] if ahead and _announces(folded, sentence.start, at, group, ahead[0]) else []
        pool = announced or behind or ahead[:1]
        # A rate in brackets right before is what a change in percent speaks of: "2.053 vụ (92%), cao hơn 2%".
        close = [d for d in drafts if at - 12 <= d.figure.end <= at and not d.earlier]
        _tie_group(folded, group, pool, close)
    for start, times, base in comparisons.find_times(folded, sentence.start, sentence.end):
        behind = [d for d in drafts if d.figure.start < start and d.comparison is None]
        if behind:
            baseline = when.baseline_of(base, behind[-1].period) if base else None
            behind[-1].comparison = Comparison("increase", times, "lần", baseline)
    for start, end, change in comparisons.find_fractions(folded, sentence.start, sentence.end):
        behind = [d for d in drafts if d.figure.start < start and d.comparison is None and not d.earlier]
        named = re.match(r" (?:số )?(\w+)", folded[end : end + 24])
        behind = [d for d in behind if named and _unit_text(folded, d) == named.group(1)] or behind
        if behind:
            named_base = comparisons.baseline_text(folded, start, sentence.end)
            against = when.baseline_of(named_base, behind[-1].period) if named_base else None
            behind[-1].comparison = Comparison(change.direction, None, None, against)


_SUBJECT = re.compile(r"(?:số|tỉ lệ|lượng|tổng) [^,;:()\d]{2,60} $")
_SO_THAT = re.compile(
    r"(?:%| [^\d,;.]{1,24})?,? (?:chỉ )?(?:còn|đạt|xuống còn|lên|lên thành|ở mức)(?: hơn| gần)? $"
)


def _announces(folded: str, start: int, at: int, group: list[comparisons.Change], ahead: Draft) -> bool:
    """Whether a change with its own subject leads to the level behind it: "số đơn giảm 8%, còn 1.240 đơn"."""
    last = max((c.figure.number.digits_end for c in group if c.figure), default=at)
    between = folded[last : ahead.figure.start]
    return bool(_SUBJECT.search(folded, start, at) and _SO_THAT.fullmatch(between))


def _unit_text(folded: str, draft: Draft) -> str | None:
    unit = draft.figure.unit
    return folded[unit[0] : unit[1]] if unit else None


def _tie_group(folded: str, group: list[comparisons.Change], pool: list[Draft], near: list[Draft]) -> None:
    levels, shares = _split_changes(folded, group)
    free = [d for d in pool if d.comparison is None]
    baseline_text = next((c.baseline for c in group if c.baseline), None)
    targets = _targets(levels, free)
    for change, draft in zip(levels, targets, strict=False):
        draft.comparison = _comparison(folded, change, draft, baseline_text)
    for change in shares:
        tied = [d for d in targets if d.comparison]
        if levels and tied:
            index = min(shares.index(change), len(tied) - 1)
            made = tied[index].comparison
            if made and change.figure:
                tied[index].comparison = Comparison(
                    made.direction, made.amount, made.unit, made.baseline, change.figure.number.value
                )
        elif len(shares) > 1 and len(free) >= len(shares):
            draft = free[len(free) - len(shares) + shares.index(change)]
            draft.comparison = _comparison(folded, change, draft, baseline_text)
        elif free:
            rates = [d for d in near if "percent" in d.figure.classes and d.comparison is None]
            target = rates[-1] if rates else free[-1]
            target.comparison = _comparison(folded, change, target, baseline_text)


def _split_changes(
    folded: str, group: list[comparisons.Change]
) -> tuple[list[comparisons.Change], list[comparisons.Change]]:
    """Part the amounts of a group of changes from its percentages and multiples."""
    levels: list[comparisons.Change] = []
    shares: list[comparisons.Change] = []
    for change in group:
        if change.figure:
            unit = change.figure.unit
            relative = "percent" in change.figure.classes or (unit and folded[unit[0] : unit[1]] == "lần")
            (shares if relative else levels).append(change)
    return levels, shares


def _targets(levels: list[comparisons.Change], free: list[Draft]) -> list[Draft]:
    """Match changes with levels: by unit, else the last ones in order."""
    targets: list[Draft] = []
    rest = list(free)
    for index, change in enumerate(levels):
        classes = change.figure.classes if change.figure and change.figure.unit else set()
        same = [d for d in rest if d.figure.classes & classes]
        chosen: Draft | None = None
        if same:
            # Of several levels with the unit of a list of changes, the last ones are meant, in order.
            later = sum(1 for c in levels[index + 1 :] if c.figure and c.figure.classes & classes)
            chosen = same[max(0, len(same) - 1 - later)]
        elif rest:
            chosen = rest[max(0, len(rest) - (len(levels) - index))]
        if chosen is not None:
            rest.remove(chosen)
            targets.append(chosen)
    return targets


def _comparison(folded: str, change: comparisons.Change, draft: Draft, baseline: str | None) -> Comparison:
    figure = change.figure
    assert figure is not None
    unit = folded[figure.unit[0] : figure.unit[1]] if figure.unit else None
    if unit is None and draft.figure.unit:
        unit = folded[draft.figure.unit[0] : draft.figure.unit[1]]
    text = change.baseline or baseline
    return Comparison(
        change.direction,
        figure.number.value,
        unit,
        when.baseline_of(text, draft.period) if text else None,
    )


def _fact(document: Document, draft: Draft) -> Fact:
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


def _trace(document: Document, figure: Figure, around: object, decision: Decision | None) -> str:
    folded = document.folded.text
    own = folded[figure.start : max(figure.own_end, figure.end)]
    lead = folded[figure.lead_start : figure.start]
    verdict = "no rule" if decision is None else f"{decision.rule} ({decision.score:g})"
    runners = ", ".join(f"{name} ({points:g})" for points, name in decision.runners) if decision else ""
    return (
        f"@{document.folded.start(figure.start)} {folded[figure.start : figure.number.end]!r} unit "
        f"{sorted(figure.classes)} | lead {lead.strip()!r} | own {own!r}"
        f" -> {verdict}" + (f"; next {runners}" if runners else "")
    )
