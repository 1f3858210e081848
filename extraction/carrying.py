"""Which period is in force behind a sentence, and what the text is about where a paragraph only looked back."""

from __future__ import annotations

from functools import lru_cache

from coso.errors import BadInputError
from coso.late_patterns import late
from coso.periods import months_of, parse_period
from extraction import when
from extraction.document import Document, Line, State, year_of
from extraction.not_ruling import (
    TELLS,
    ends_another,
    is_occasion,
    is_of_programme,
    names_event,
    says_again,
    tells_earlier_year,
    tells_same_number,
)

_BY_PLAN = late(r"theo (?:chương trình|kế hoạch|nghị quyết)[^.;:\d]{0,48}$")
#: Ahead of the period of a part of what was counted.
_OF_SOME = late(r"(?<!\w)(?:trong (?:đó|số này|số đó)|(?:chỉ |tính )?riêng),?(?: riêng| chỉ)?(?: tính)? $")
#: Ahead of a period that is told of for a paragraph only.
_ASIDE = late(
    r"(?<!\w)(?:trước (?:đó|đây|kia)|(?:trước khi|khi chưa) [^,.;\d]{2,36}"
    r"|trước (?:thời điểm )?(?:hợp nhất|sáp nhập|sắp xếp)[^,.;\d]{0,36}|riêng),? (?:từ |trong |vào |hồi )?$"
)
#: What adds up the years told one by one.
_IN_ALL = ("tính chung", "tổng cộng", "cộng dồn", "cộng lại", "tính tổng", "gộp lại")
#: What a paragraph of prose ends with, other than a heading.
_SENTENCE_ENDS = (".", "!", "?", "…", ";", '"', "”")
#: Mentions within which a text says what period it is about.
_FIRST = 2
_YEAR = late(r"\d{4}")
#: Characters that a clause has at most which only tells one number of earlier months.
_ONE_TOLD = 48
_GOES_ON_THEN = late(r"\s*(?:khi|lúc|hồi) (?:đó|ấy)(?!\w)")
_ONE_TOLD_OF = late(r"[^\d;]{0,28}\d[\d.,]*%?[^\d;]{0,20}")
#: Forms that rule their own sentence only.
_OF_ITS_SENTENCE = frozenset({"open_day", "years_ago"})


def carry_period(line: Line, state: State) -> None:
    """Note the period and the event that a sentence leaves in force."""
    if not line.moments:
        return
    inside, folded, calendar = line.brackets, line.folded, line.document.calendar
    context = year_of(state.period)
    earlier = state.moment is None
    outside = [m for m in line.moments if not any(a < m.start < b for a, b in inside) and when.rules(m)]
    for moment in line.moments:
        pair = next(((a, b) for a, b in inside if a < moment.start < b), None)
        if pair and (
            outside
            or folded[moment.end : moment.end + 1] == ":"
            or (state.moment and _counts_inside(line, moment, pair))
        ):
            continue
        if (
            when.rules(moment)
            and not _looks_back(line, moment, state)
            and not says_again(line, moment, state)
            and not is_of_programme(line, moment)
            and not ends_another(line, moment)
            and not any(m.form == "event" and names_event(line, moment, m) for m in line.moments)
            and not (earlier and tells_earlier_year(line.document, moment))
            and not when.is_history(moment, calendar)
            and not _is_of_its_sentence(line, moment)
        ):
            found = when.resolve(moment, calendar, context)
            if found or moment.form == "unknown_years":
                if state.moment is None or _counted_last(state) > state.moment.start:
                    state.before = (state.period, state.moment)
                if state.moment is None and state.main is None:
                    state.main = _told_from_afar(line, state)
                state.period, state.moment = found, moment
                state.aside = bool(
                    _ASIDE.search(folded, max(line.sentence.start, moment.start - 48), moment.start)
                )
                if state.main and state.main[1] and found and found == _opened_with(line.document):
                    # "Riêng 6 tháng đầu năm nay, …" in a review of them goes back to what the text is about.
                    state.main, state.aside = (found, moment), False
                context = year_of(found) or context
        elif moment.form == "event" and is_occasion(line.document, moment):
            state.event = when.resolve(moment, calendar, context) or state.event


def _is_of_its_sentence(line: Line, moment: when.Moment) -> bool:
    """Whether a period ends with its sentence: "Điểm PAPI năm trước của tỉnh là 43,1", not "Năm trước, …"."""
    of_a_noun = moment.form == "last_year" and line.folded.startswith(" của ", moment.end)
    in_passing = moment.form == "told_year" and moment.start > line.sentence.start
    return of_a_noun or in_passing or moment.form in _OF_ITS_SENTENCE


def enter_sentence(document: Document, state: State, start: int) -> None:
    """Note what the text is about so far, and go back to it where a sentence adds up the years told one by one.

    Args:
        document: the text.
        state: what the sentence before left in force.
        start: where the new sentence begins.
    """
    if state.moment and _counted_last(state) > state.moment.start and not _looked_back(state):
        state.main = (state.period, state.moment)
    if state.main and document.folded.text.startswith(_IN_ALL, start) and _looked_back(state):
        state.period, state.moment = state.main
        state.aside = False


def enter_paragraph(document: Document, state: State, start: int) -> None:
    """Go back to the period that the text is about, where the paragraph before only looked back.

    Args:
        document: the text.
        state: what the paragraph before left in force.
        start: where the new paragraph begins.
    """
    prose = document.folded.text[max(0, start - 8) : start].rstrip().endswith(_SENTENCE_ENDS)
    if prose and _told_of_nothing(document, state):
        state.period, state.moment = state.before
    if not state.main or not _looked_back(state) or _still_reviews(document, state):
        return
    if prose:
        state.period, state.moment = state.main
        state.aside = False
    elif state.moment:  # a heading: what stands under it is of its period
        state.main = (state.period, state.moment)


def _still_reviews(document: Document, state: State) -> bool:
    """Whether the year in force is the one just over, which texts review till March, and no other was named first."""
    calendar = document.calendar
    if state.main is None or state.main[1] is not None or calendar.inferred or calendar.year is None:
        return False
    return (calendar.month or 12) <= when.STILL_REVIEWED and state.period == str(calendar.year - 1)


def _told_from_afar(line: Line, state: State) -> tuple[str | None, None] | None:
    """Return the period of figures told before any was named: that of the title or the day of publication."""
    before = next(
        (told[-1] for told in state.told if told and told[-1].figure.start < line.sentence.start), None
    )
    return (before.period, None) if before and before.period else None


def _opened_with(document: Document) -> str | None:
    """Return the period that the title names, else the first that the text does."""
    calendar = document.calendar
    named = [m for m in (*calendar.title, *calendar.moments[:_FIRST]) if when.rules(m)]
    return when.resolve(named[0], calendar, None) if named else None


def _counted_last(state: State) -> int:
    """Return where the last figure stands, -1 before the first."""
    return state.told[0][-1].figure.start if state.told and state.told[0] else -1


def _told_of_nothing(document: Document, state: State) -> bool:
    """Whether the period in force is an earlier year of which no figure was told: "Năm 2009, xã đạt chuẩn y tế."."""
    moment, calendar = state.moment, document.calendar
    if moment is None or moment.form != "year" or _counted_last(state) > moment.start:
        return False
    return (moment.year or 0) < (calendar.review_year or 0) - 1


def _looked_back(state: State) -> bool:
    """Whether the period in force is of earlier years than the one that the text is about, or of a few years of its."""
    if state.aside and state.main:
        return True
    now, main = _years(state.period), _years(state.main[0]) if state.main else None
    if now and state.main and state.main[0] and state.main[0].endswith(".."):
        return now[1] <= int(state.main[0][:4])  # of "từ cuối năm 2023 đến nay", 2023 is the year it began in
    if now is None or main is None:
        return False
    if now == main:
        return state.main is not None and _is_within(state.period, state.main[0])
    return now[1] < main[1] or (main[0] <= now[0] and now[1] <= main[1])


@lru_cache(maxsize=1024)
def _is_within(period: str | None, main: str | None) -> bool:
    """Whether months of a year are fewer of those that the text is about."""
    try:
        now, whole = parse_period(period or ""), parse_period(main or "")
    except BadInputError:
        return False
    if now.last_day is None or whole.last_day is None:
        return False
    return now != whole and whole.first_day <= now.first_day and now.last_day <= whole.last_day


@lru_cache(maxsize=1024)
def _years(period: str | None) -> tuple[int, int] | None:
    """Return first and last year of a period, None where either is unknown."""
    if period is None or period.endswith(".."):
        return None
    years = _YEAR.findall(period)
    if not years or (len(years) == 1 and ".." in period):
        return None
    return int(years[0]), int(years[-1])


def _counts_inside(line: Line, moment: when.Moment, pair: tuple[int, int]) -> bool:
    """Whether a bracket tells figures of its own: "(năm 2020, tiếp 39.468 lượt)"; its period ends with it."""
    return any(
        pair[0] < run.start() < pair[1] and not moment.start <= run.start() < moment.end for run in line.runs
    )


def _is_of_plan(line: Line, moment: when.Moment, state: State) -> bool:
    """Whether a year is a plan's: "6 tháng đầu năm kiểm tra 7 tổ chức, theo Chương trình kiểm tra năm 2022"."""
    if moment.form != "year" or moment.year != year_of(state.period) or "-" not in (state.period or ""):
        return False
    return bool(_BY_PLAN.search(line.folded[line.sentence.start : moment.start]))


def _is_of_some(line: Line, moment: when.Moment, state: State) -> bool:
    """Whether a period is that of a part only: "tiếp nhận 4.215 đơn, trong đó từ 1/7 đến nay 2.480 đơn"."""
    at = moment.start
    return (
        state.moment is not None
        and state.moment.start >= line.sentence.start
        and bool(_OF_SOME.search(line.folded, max(line.sentence.start, at - 16), at))
    )


def _looks_back(line: Line, moment: when.Moment, state: State) -> bool:
    """Whether an earlier year named in passing (", năm 2023 là 103") gives way to the period in force."""
    if _is_of_plan(line, moment, state) or _is_of_some(line, moment, state):
        return True
    if _tells_one_before(line, moment, state):
        return True
    current = year_of(state.period)
    if not (current and moment.year and moment.year < current and moment.months):
        return False
    if any(a < moment.start < b for a, b in line.brackets):
        return True  # "(năm 2020, tiếp 39.468 lượt)"
    return moment.form == "year" and (tells_same_number(line.folded, moment) or _told_beside(line, moment))


def _tells_one_before(line: Line, moment: when.Moment, state: State) -> bool:
    """Whether the last clause of a sentence gives one number of earlier months alike: "…; tháng 9 là 94,9%."."""
    if state.period is None or not moment.months:
        return False
    start, end = line.sentence.start, line.sentence.end
    opened = line.folded[max(start, moment.start - 16) : moment.start].strip(" ")
    if moment.start - start > 2 and not opened.endswith((";", "; còn", "; riêng")):
        return False
    if _GOES_ON_THEN.match(line.folded, end) or end - moment.end > _ONE_TOLD:
        return False
    if not _ONE_TOLD_OF.fullmatch(line.folded, moment.end, end):
        return False
    found = when.resolve(moment, line.document.calendar, year_of(state.period))
    if found is None or ".." in found or ".." in state.period or found >= state.period:
        return False
    return _alike(found, state.period)


@lru_cache(maxsize=1024)
def _alike(one: str, other: str) -> bool:
    """Whether two periods have as many months."""
    return months_of(one) == months_of(other)


def _told_beside(line: Line, moment: when.Moment) -> bool:
    """Whether an earlier year stands beside what was told: ", năm 2023 là 103", "trong khi năm 2023 là 103"."""
    before = line.folded[max(line.sentence.start, moment.start - 10) : moment.start].strip()
    if before.endswith("trong khi"):
        return True
    before = before[-3:]
    return before.endswith((",", "(", ";")) and bool(TELLS.match(line.folded, moment.end))
