"""Which period a figure belongs to: said beside it, carried from before, or taken from afar."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from operator import attrgetter

from coso.dictionary import load_metrics
from coso.late_patterns import late
from coso.periods import write_months
from extraction import comparisons, when
from extraction.document import Document, Draft, Line, State, year_of
from extraction.figures import Figure
from extraction.listed_years import year_told
from extraction.not_ruling import (
    ends_another,
    is_occasion,
    is_of_programme,
    names_event,
    says_again,
    tells_earlier_year,
)
from extraction.patterns import whole_words

_TO_DATE = late(
    whole_words(r"đến nay|đến lúc này|đến thời điểm này|tới nay|tính đến ngày|đến thời điểm hiện tại")
)
_SINCE_DOCUMENT = late(
    r"(?:sau |qua )?(?:\w+ năm )?thực hiện (?:luật|nghị quyết|qui định|chỉ thị|kết luận|quyết "
    r"định)[^,;.]{0,60}?"
    r"(?:ngày )?\d{1,2}/\d{1,2}/(?P<year>(?:19|20)\d{2})"
)
#: Sentences within which a text says since when it tells, behind a dateline or the hour of an update.
_OPENING = 2
_BEFORE_THAT = late(
    r"(?<!\w)(?:trước đó|trước đây|trước kia|(?:trước khi|khi chưa|lúc chưa|hồi chưa) [^.;:\d]{2,40}),? "
    r"(?:từ |vào |trong |hồi )?$"
)
#: An earlier year told for itself: "Riêng năm 2023, …" on a page of 2024.
_EARLIER_ALONE = late(r"(?<!\w)(?:riêng|nhìn lại)(?: cả| trong)? $")
_EVENT_CODES = (
    "training_",
    "dialogue_",
    "voter_",
    "voters_",
    "outreach_",
    "social_criticism",
    "leader_reception_",
    "reception_",
)
#: Of these, what goes on in the sentences after the day was named.
_TOLD_AT_EVENT = ("dialogue_", "voter_opinions", "voters_")
#: Of these, what one meeting has, whatever months its speakers tell of.
_SAID_AT_MEETING = ("dialogue_participants", "dialogue_opinion", "voter_opinions", "voters_")
#: "Tại buổi tiếp xúc lần này, thêm 12 ý kiến": whatever months were told of between.
_AT_THIS = late(
    r"(?<!\w)(?:tại|trong|ở) (?:buổi|cuộc|hội nghị|đợt|lần|kì|phiên) (?:(?:tiếp xúc|đối thoại|gặp gỡ|tiếp dân|làm việc)"
    r"(?: cử tri)? )?(?:này|lần này|hôm nay)(?!\w)"
)
#: A deputy's report of a session of the council to his voters reviews nothing.
_REVIEW = late(
    r"tổng kết|sơ kết|giao ban|triển khai (?:phương hướng, |kế hoạch, )?nhiệm vụ(?: trọng tâm)? (?:công tác )?"
    r"(?:năm|6 tháng cuối|quí|những tháng cuối)"
    r"|tổng hợp(?!,? (?:(?:và |để )?(?:chuyển|gửi|trình)))(?! (?:được |gần |hơn )?\d)|đánh giá"
    r"|báo cáo(?! (?:(?:với |trước |tới )?cử tri"
    r"|(?:việc |kết quả )?(?:trả lời|giải quyết|giải trình)[^.;]{0,24}(?:kiến nghị|ý kiến)"
    r"|(?:\d+|các) (?:kiến nghị|ý kiến)"
    r"|(?:tóm tắt |nhanh |về |với cử tri )*(?:kết quả|nội dung|dự kiến)[^.;]{0,40}kì họp))"
)
_REVIEW_OF_EVENT = late(r"tổng kết|sơ kết|giao ban|báo cáo")
#: "Ngày 15/6, ông A cho biết tỉnh đã tiếp 5.000 lượt": the day is that of what was said.
_SAID_ON_DAY = late(r"cho biết|họp báo|kì họp|hội nghị|theo thông tin")
_OPENS_EARLIER = late(
    r"(?:trong khi(?: đó)?,? )?(?:con số |số )?cùng kì"
    r"|năm (?:(?:19|20)\d{2}|trước|ngoái),? (?:cũng )?(?:vào )?cùng (?:kì|thời điểm|thời gian)(?: (?:này|đó))?,"
    r"|(?:(?:cũng|còn|riêng) )?(?:trong |vào )?(?:(?:quí|tháng) (?:\d{1,2}|iv|i{1,3})|(?:\d{1,2}|sáu) tháng(?: đầu)?)"
    r" (?:của )?năm (?:trước|ngoái)"
)
_SAME_OF_PLACE = late(
    r" cùng (?:kì|thời điểm|thời gian) (?:(?:của )?năm )?(?:(?:19|20)\d{2}|trước|ngoái)(?!\w)"
)
#: Characters that the kind of a place has at most: "thành phố ".
_KIND_OF_PLACE = 12
_OPENS_SAME = late(
    r" ?(?:còn |trong khi )?cùng (?:kì|thời điểm|thời gian)(?!\w)(?![^;\d]{0,16} (?:chuyển|tồn)(?!\w))"
)
#: What voters are told of at the meeting before they speak: "thông báo tình hình kinh tế - xã hội 6 tháng đầu năm".
_AGENDA = late(
    r"(?:thông báo|thông tin|báo cáo|truyền đạt|(?<!lắng )nghe)[^.;]{0,60}?"
    r"(?:tình hình|kết quả)[^.;]{0,24}(?:kinh tế ?[-–,] ?xã hội|kt ?[-–] ?xh)[^.;\d]{0,60}$"
)
#: "từ mức 745 của cùng kì năm trước", "26 vụ cùng thời điểm năm ngoái"
_SAME_BEHIND = late(
    r"[^,;:.()\d]{0,32}?(?<!\w)(?:cùng (?:kì|thời điểm|thời gian)(?: (?:của )?(?:năm )?(?:(?:19|20)\d{2}|trước|ngoái))?"
    r"|(?:tháng|quí) trước)"
)
_SAME_AHEAD = late(r"cùng (?:kì|thời điểm|thời gian) (?:của )?(?:các )?$")
#: "Hiện nay, …", "Đến nay, …", "Toàn tỉnh hiện có …", but not "Hiện thực hóa …", "Tỉnh thực hiện có …".
_NOW = late(
    r"hiện(?! (?:thực|đại|tượng|hữu|trường|vật)(?!\w))(?!\w)"
    r"|(?:tính )?(?:đến|tới) (?:nay|lúc này|thời điểm (?:này|hiện tại|hiện nay))(?!\w)"
    r"|(?:cũng |trong |nhân )?dịp này(?!\w)"
    r"|(?:[^\W\d]+ ){1,6}(?<!thực )(?<!thể )(?<!phát )hiện (?:nay |tại |đang )?(?:có|còn|duy trì)(?!\w)"
)
#: Till this month reviews of the year before come out, whose "hiện có" is of that year.
_REVIEWS_PAST = 3
#: Till this month figures told first may be those of the year before that a text names behind them.
_YEAR_REVIEWED = 5
_YEARS_EARLIER = frozenset({"last_year", "year_before"})
_RELATIVE = frozenset({"last_year", "tháng -1", "quí -1"})
_start = attrgetter("start")
_YEAR = late(r"\d{4}")
#: What is held when a half year is over.
_OF_HALF = late(r"sơ kết|nhiệm vụ(?: trọng tâm)? (?:công tác )?6 tháng cuối")
#: What reviews the term before it, named in the title or in the lead.
_CONGRESS = late(r"đại hội (?:đại biểu|lần thứ|mttq|mặt trận|đảng bộ|công đoàn|hội|đoàn)")
_TOWARDS = late(r"(?<!\w)(?:chào mừng|hướng (?:tới|về|đến)|tiến tới|lập thành tích|trước thềm|phục vụ)(?!\w)")
_LEAD = 400
_JOINS = late(r"(?:,| và|, và| -| –|;) ")
_AFTER_NUMBER = late(r"\d[^,;]{0,60}(?:trong|của|vào) $")
#: "Bình quân mỗi năm, …", "Hằng năm, …": what is told of any year is told of none.
_ANY_YEAR = late(
    r"(?<!\w)(?<!hơn )(?<!với )(?<!bằng )(?:(?:bình quân|trung bình) (?:(?:mỗi|một|hằng|hàng) )?năm|(?<!bình )mỗi năm)"
    r"(?! (?:học|ngân sách|ít nhất|tối thiểu|một|hai|\d (?:lần|kì|cuộc)))(?!\w)|(?:^|[,;] )(?:hằng|hàng) năm,"
)
_NAMED_EARLIER = late(r"(?:năm )?(?:19|20)\d{2}|(?:năm|quí|tháng) (?:trước|ngoái)")


def ruling_periods(line: Line, state: State) -> list[when.Moment]:
    """Return the mentions of periods in a sentence that may rule its figures."""
    return [
        m
        for m in line.moments
        if when.rules(m)
        and not says_again(line, m, state)
        and not is_of_programme(line, m)
        and not ends_another(line, m)
    ]


def period_of(line: Line, draft: Draft, state: State, ruling: list[when.Moment]) -> str | None:
    """Return the period of a figure, and note in the draft whether it was said near it.

    ``ruling`` are the ``ruling_periods`` of its sentence.
    """
    context = year_of(state.period)
    if draft.earlier:
        return _earlier(line, draft, state, ruling, context)
    if year := year_told(line, draft.figure.start, state.moment, context):
        return year
    start, clause = line.sentence.start, draft.figure.semicolon + 1
    if state.period and (opened := _opens_earlier(line)):
        return when.baseline_of(line.folded[opened.start() : opened.start() + 48], state.period)
    if clause > start and _tells_same_months(line, draft, clause):
        current = _ruling(line, draft, state, ruling, context)
        return when.baseline_of(line.folded[clause : clause + 32], current)
    if _is_of_any_year(line, draft.figure):
        return None
    at_meeting = draft.decision.code.startswith(_SAID_AT_MEETING) and _is_of_this_meeting(line, draft)
    event = state.event if at_meeting else None
    if not event and line.moments:
        event = _event(line, draft, context)
    return event or _ruling(line, draft, state, ruling, context)


def _opens_earlier(line: Line) -> re.Match[str] | None:
    """Return how a sentence says ahead of all that it is of the year before, also behind the name of its place.

    "Ninh Thuận cùng kỳ năm 2024 giải quyết 90,5%" does so as "Cùng kỳ năm 2024, …" does.
    """
    start = line.sentence.start
    if found := _OPENS_EARLIER.match(line.folded, start):
        return found
    named = next((m for m in line.mentions if m.territory and m.start - start <= _KIND_OF_PLACE), None)
    return _SAME_OF_PLACE.match(line.folded, named.end) if named else None


def _tells_same_months(line: Line, draft: Draft, clause: int) -> bool:
    """Whether all of a clause is of the year before: "nhận 168 vụ; cùng kỳ năm trước nhận 190 vụ, thành 150"."""
    return bool(_OPENS_SAME.match(line.folded, clause)) and not any(
        clause < m.start < draft.figure.start and when.rules(m) for m in line.moments
    )


def _is_of_this_meeting(line: Line, draft: Draft) -> bool:
    """Whether a sentence goes back to the meeting told of, and names no period between that and the figure."""
    said = _AT_THIS.search(line.folded, line.sentence.start, draft.figure.start)
    if said is None:
        return False
    return not any(said.end() <= m.start < draft.figure.start and when.rules(m) for m in line.moments)


def _is_of_any_year(line: Line, figure: Figure) -> bool:
    """Whether a clause speaks of every year alike, and no period is named between that and the figure."""
    if not line.document.tells_averages:
        return False
    opened = max(figure.semicolon, line.sentence.start)
    named = [m.end for m in line.moments if opened <= m.start < figure.start and when.rules(m)]
    return bool(_ANY_YEAR.search(line.folded[max([opened, *named]) : max(figure.own_end, figure.end)]))


def _earlier(
    line: Line, draft: Draft, state: State, ruling: list[when.Moment], context: int | None
) -> str | None:
    """Return the period of a stated earlier level."""
    figure, folded, calendar = draft.figure, line.folded, line.document.calendar
    current = _ruling(line, draft, state, ruling, context)
    if opens := _names_bracket(line, figure):
        return when.resolve(opens, calendar, context)
    if (behind := _SAME_BEHIND.match(folded, figure.end)) and (
        found := when.baseline_of(behind.group(), current)
    ):
        return found
    beside = [
        m
        for m in when.in_span(calendar.moments, figure.end, figure.end + 40)
        if m.baseline or (folded[m.start - 1] == "(" and m.start <= figure.own_end + 3)
    ]
    if beside and beside[0].form in _YEARS_EARLIER:
        # "ít hơn 352 đợt của năm trước", told in January: before the year that is reviewed
        return when.baseline_of(folded[beside[0].start : beside[0].end], current)
    if beside:
        return when.resolve(beside[0], calendar, context)
    sentence = line.sentence
    start = max(sentence.start, figure.start - 60)
    same = when.said_same_period(folded, start, figure.start) or when.said_same_period(
        folded, sentence.start, sentence.end
    )
    named = _NAMED_EARLIER.findall(folded[start : figure.start])
    text = same or (named[-1] if named else folded[start : figure.start])
    found = when.baseline_of(text, current)
    if found != current or " từ " not in folded[start : figure.start]:
        return found
    # "Năm 2024, số lượt tăng từ 850 lên 952 so với năm 2023": the year ahead is that of the level it came to.
    base = comparisons.baseline_text(folded, figure.end, sentence.end)
    return when.baseline_of(base, current) if base else None


def _names_bracket(line: Line, figure: Figure) -> when.Moment | None:
    """Return the period with a year that opens the bracket of a figure, or stands right before it."""
    if figure.bracket is None:
        return None
    at = figure.bracket[0]
    for moment in line.moments:
        beside = moment.start == at + 1 or at - 2 <= moment.end <= at
        if (
            beside
            and moment.year
            and moment.months
            and not _SAME_AHEAD.search(line.folded, max(0, moment.start - 40), moment.start)
        ):
            return moment
    return None


def _event(line: Line, draft: Draft, context: int | None) -> str | None:
    """Count what took place on a day for its month, unless a period is named beside it.

    That goes for trainings, dialogues, meetings and receptions; visits, people and cases of one have one period.
    """
    code = draft.decision.code
    if not code.startswith(_EVENT_CODES):
        return None
    moments = [m for m in line.moments if m.start < draft.figure.start]
    events = [m for m in moments if m.form == "event"]
    if not events or any(when.rules(m) and not names_event(line, m, events[-1]) for m in moments):
        return None
    if _REVIEW_OF_EVENT.search(line.folded, line.sentence.start, line.sentence.end):
        return None
    if code.startswith("reception_") and _SAID_ON_DAY.search(
        line.folded, line.sentence.start, draft.figure.start
    ):
        return None
    return when.resolve(events[-1], line.document.calendar, context)


def _ruling(
    line: Line, draft: Draft, state: State, ruling: list[when.Moment], context: int | None
) -> str | None:
    """Return the period that rules a figure: named before it, beside it, carried, named after it, from afar."""
    figure, calendar = draft.figure, line.document.calendar
    at_meeting = draft.decision.code.startswith(_SAID_AT_MEETING)
    if draft.earlier:
        # An earlier level is told from the one before it: "(năm trước là 110 đơn)" says no period of its own.
        ruling = [m for m in ruling if m.form not in _RELATIVE]
    if at_meeting:
        ruling = [m for m in ruling if not _is_of_agenda(line.document, m)]
    own: list[when.Moment] = []
    year = context
    if ruling:
        before = _before(line, figure, ruling)
        own = _behind(line, figure, ruling)
        for moment in before:
            # "Trong năm nhận 3.688 vụ (6 tháng đầu năm 1.902 vụ)", told in January, is of months of the year before.
            year = moment.year or (calendar.review_year if moment.form == "in_year" and not year else year)
        for moment in _in_order(line, figure, before, own):
            unknown = moment.form == "unknown_years"
            found = _year_now(line, draft, moment) if unknown else when.resolve(moment, calendar, year)
            if found or unknown:
                return found
    if state.moment is not None and not (at_meeting and _is_of_agenda(line.document, state.moment)):
        return _as_it_stands(line, draft, state) or state.period
    for moment in own:
        found = when.resolve(moment, calendar, year)
        if found:
            return found
    return _unnamed(line, draft, state, at_meeting)


def _unnamed(line: Line, draft: Draft, state: State, at_meeting: bool) -> str | None:
    """Return the period of a figure ahead of which none was named: that of the event told, or one from afar."""
    calendar = line.document.calendar
    draft.sure_period = False
    if state.event and draft.decision.code.startswith(_TOLD_AT_EVENT) and not _tells_review(line.document):
        # What was asked and answered at a meeting of a day, before the text names any period.
        return state.event
    afar = line.document.afar
    if (state.event, at_meeting) not in afar:
        afar[state.event, at_meeting] = _from_afar(line.document, state, at_meeting)
    found = afar[state.event, at_meeting]
    if (
        found
        and found == when.to_date(calendar)
        and load_metrics()[draft.decision.code].kind == "stock"
        and not _is_named(found, calendar)
    ):
        # "đến nay có 52.000 mô hình" says how many there are, not how many came since January.
        return found[:4]
    past = bool(found) and (".." in str(found) or _says_now(line, draft, found))
    if found and past and _counts_now(line, draft) and not _is_titled(found, calendar):
        # "Tới thời điểm này 193 ban đã được kiện toàn. 10 năm qua, …": years told of later are those of what was done.
        return str(calendar.year)
    return found


def _as_it_stands(line: Line, draft: Draft, state: State) -> str | None:
    """Return the year of "Hiện nay toàn tỉnh có 1.462 tổ" behind a year or a count of years that is over by then."""
    calendar = line.document.calendar
    if state.moment is None or calendar.inferred or calendar.year is None:
        return None
    over = (
        state.moment.form == "year"
        and (calendar.month or 1) > _REVIEWS_PAST
        and (state.moment.year or 0) < calendar.year
    )
    over = over or state.moment.form in {"years", "unknown_years"}
    if not over or not _NOW.match(line.folded, line.sentence.start, draft.figure.start):
        return None
    return str(calendar.year) if load_metrics()[draft.decision.code].kind == "stock" else None


def _says_now(line: Line, draft: Draft, found: str | None) -> bool:
    """Whether a sentence says how things stand now, and a year found for it is over."""
    over = (year_of(found) or 0) < (line.document.calendar.year or 0)
    return over and bool(_NOW.match(line.folded, line.sentence.start, draft.figure.start))


def _counts_now(line: Line, draft: Draft) -> bool:
    """Whether a figure tells how many there are rather than what was done, in a text whose year is known."""
    calendar = line.document.calendar
    known = calendar.year is not None and not calendar.inferred
    return known and load_metrics()[draft.decision.code].kind == "stock"


def _is_titled(period: str, calendar: when.Calendar) -> bool:
    """Whether the title names a period."""
    return any(when.resolve(m, calendar, None) == period for m in calendar.title if when.rules(m))


def _year_now(line: Line, draft: Draft, years: when.Moment) -> str | None:
    """Return the year of "sau hơn 8 năm thực hiện, đến nay toàn tỉnh có 3.415 mô hình": how many there are now."""
    calendar, folded, at = line.document.calendar, line.folded, draft.figure.start
    if calendar.inferred or calendar.year is None or load_metrics()[draft.decision.code].kind != "stock":
        return None
    opened = folded.rfind(", ", years.end, at)
    return str(calendar.year) if opened != -1 and _NOW.match(folded, opened + 2, at) else None


def _is_named(period: str, calendar: when.Calendar) -> bool:
    """Whether the text names a period other than as the year to date."""
    moments = [m for m in (*calendar.title, *calendar.moments) if when.rules(m) and m.form != "ytd"]
    return any(when.resolve(moment, calendar, None) == period for moment in moments)


def _before(line: Line, figure: Figure, ruling: list[when.Moment]) -> list[when.Moment]:
    before = [m for m in ruling if m.start < figure.start]
    if before and line.brackets:
        closed = [p for p in line.brackets if p[1] <= figure.start and p != figure.bracket]
        outside = [m for m in before if not any(a < m.start < b for a, b in closed)]
        # "sau 3 tháng vận hành (từ 1/7 đến 30/9/2025)": days in a bracket of their own say which months were meant.
        before = outside or [m for m in before if m.form == "span" and (m.start - 1, m.end + 1) in closed]
    return before


def _behind(line: Line, figure: Figure, ruling: list[when.Moment]) -> list[when.Moment]:
    behind = [
        m
        for m in ruling
        if m.start >= figure.end and m.form != "ytd" and not tells_earlier_year(line.document, m)
    ]
    if behind:
        semicolon = line.folded.find(";", figure.end, line.sentence.end)
        if semicolon != -1:
            behind = [m for m in behind if m.start < semicolon]
    return behind


def _in_order(
    line: Line, figure: Figure, before: list[when.Moment], own: list[when.Moment]
) -> list[when.Moment]:
    near = [m for m in own if m.start < figure.own_end]
    # "Tính đến ngày 15/2, 1.012 cơ quan đã tổ chức hội nghị năm 2023" are the conferences of that year.
    until_day = bool(before) and before[-1].form == "as_of_day" and not before[-1].year
    if near and before and (until_day or _follows_number(line, before[-1])):
        return [*near, *reversed(before)]
    return [*reversed(before), *near]


def _follows_number(line: Line, moment: when.Moment) -> bool:
    """Whether a period ahead of a figure follows an earlier number and so may be that number's own."""
    return bool(_AFTER_NUMBER.search(line.folded[line.sentence.start : moment.start]))


def _from_afar(document: Document, state: State, at_meeting: bool) -> str | None:  # noqa: PLR0911 - one return a case
    """Where nothing was named so far: the title, what the text names later, the day of an event, the year.

    Of a meeting the months since January, told of later, say nothing.
    """
    calendar = document.calendar
    told = [m for m in calendar.moments if m.form not in {"last_year", "year_before"} and not m.last_year]
    if at_meeting:
        told = [m for m in told if m.form != "ytd" and not _is_of_agenda(document, m)]
    for moment in [*_titled(document), *told]:
        if (
            when.rules(moment)
            and not when.is_history(moment, calendar)
            and moment.form != "open_day"  # of its own sentence only
            and not tells_earlier_year(document, moment)
            and not _is_of_another_time(document, moment)
            and not _tells_no_figure(document, moment)
        ):
            found = when.resolve(moment, calendar, None)
            if found:
                return found
    lead = f"{document.title}\n{document.folded.text[:_LEAD]}"
    if calendar.past_term and _CONGRESS.search(lead) and not _TOWARDS.search(lead):
        return calendar.past_term
    if found := _from_baseline(document) or when.as_of(document.folded.text):
        return found
    if _tells_review(document) and calendar.year:
        if calendar.month in {6, 7, 8} and _OF_HALF.search(f"{document.title}\n{document.folded.text}"):
            return f"{calendar.year}-H1"
        return _default_year(document)
    if state.event:
        return state.event
    for moment in calendar.moments:
        if moment.form == "event" and is_occasion(document, moment):
            found = when.resolve(moment, calendar, None)
            if found:
                return found
    return _default_year(document)


def _titled(document: Document) -> list[when.Moment]:
    """Return the periods of the title, of two reviewed together the longer one first: "quý III và 9 tháng năm 2024"."""
    titled = document.calendar.title
    for first, second in pairwise(titled):
        months, longer = first.months, second.months
        joined = _JOINS.fullmatch(document.title, first.end, second.start)
        if joined and months and longer and longer[0] < months[0] and months[1] == longer[1]:
            return [second, *(m for m in titled if m is not second)]
    return titled


def _is_of_another_time(document: Document, moment: when.Moment) -> bool:
    """Whether a period named further on says nothing of what was told before it.

    So do what went before ("Trước đó, tháng 6/2016 …") and years that have only begun ("Nhiệm kỳ 2025-2030, xã …").
    """
    calendar = document.calendar
    if moment in calendar.title:
        return False
    if _BEFORE_THAT.search(document.folded.text, max(0, moment.start - 64), moment.start):
        return True
    if moment.year and moment.year < (calendar.review_year or 0) and not calendar.inferred:
        aside = _EARLIER_ALONE.search(document.folded.text, max(0, moment.start - 16), moment.start)
        if aside or _tells_last_year_too(calendar, moment):
            return True
    years = _YEAR.findall(moment.notation or "") if moment.form == "span" and not calendar.inferred else []
    return len(years) > 1 and bool(calendar.year) and int(years[0]) >= (calendar.year or 0) < int(years[-1])


def _tells_last_year_too(calendar: when.Calendar, moment: when.Moment) -> bool:
    """Whether an earlier year is told beside the one at hand: "từng có 41 đơn trong năm 2022. Sang năm 2023, …".

    From June on nobody reviews the year before, so that it is only looked back at behind the first figures.
    """
    if moment.form != "year":
        return False
    at_hand = any(
        m.form == "year" and m.year == calendar.review_year and when.rules(m) for m in calendar.moments
    )
    return at_hand or (calendar.month or 0) > _YEAR_REVIEWED


def _tells_no_figure(document: Document, moment: when.Moment) -> bool:
    """Whether a sentence of prose names a year before the last one, and tells no figure: "Năm 2009, xã đạt chuẩn."."""
    calendar = document.calendar
    if moment.form != "year" or moment in calendar.title:
        return False
    if (moment.year or 0) >= (calendar.review_year or 0) - 1:
        return False
    at = max(bisect_right(document.sentences, moment.start, key=_start) - 1, 0)
    sentence = document.sentences[at]
    if not document.folded.text[: sentence.end].endswith("."):
        return False
    dated = [m for m in document.masks if sentence.start <= m.start < sentence.end]
    return all(any(m.start <= run.start() < m.end for m in dated) for run in document.runs[at])


def _is_of_agenda(document: Document, moment: when.Moment) -> bool:
    """Whether a period is that of what a meeting was informed of before it came to the voters' turn to speak."""
    return bool(_AGENDA.search(document.folded.text, max(0, moment.start - 200), moment.start))


def _tells_review(document: Document) -> bool:
    return bool(_REVIEW.search(document.title) or _REVIEW.search(document.folded.text))


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
    opening = [_SINCE_DOCUMENT.match(document.folded.text, s.start) for s in document.sentences[:_OPENING]]
    since = next((match for match in opening if match), None)
    if since and year and int(since.group("year")) + 1 < year:
        return f"{since.group('year')}..{calendar.year}"
    if year and (calendar.month or 0) > 1 and _TO_DATE.search(document.folded.text):
        return when.to_date(calendar)
    return str(year) if year else None
