"""Which period a figure belongs to: said beside it, carried from before, or taken from afar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from coso.dictionary import load_metrics
from coso.late_patterns import late
from coso.periods import write_months
from extraction import comparisons, when
from extraction.document import Document, Draft, Line, State, year_of
from extraction.figures import Figure
from extraction.listed_years import dealt_out
from extraction.patterns import whole_words

_TO_DATE = late(
    whole_words(r"đến nay|đến lúc này|đến thời điểm này|tới nay|tính đến ngày|đến thời điểm hiện tại")
)
_BY_PLAN = late(r"theo (?:chương trình|kế hoạch|nghị quyết)[^.;:\d]{0,48}$")
#: "thực hiện Chương trình số 05 về đối thoại giai đoạn 2023 - 2028": the years of a programme, not of what was done.
_OF_PROGRAMME = late(
    r"(?:chương trình|kế hoạch|đề án|nghị quyết|chỉ thị|chiến lược|qui chế phối hợp)(?: (?:số|của|về|ngày|phối)(?!\w))"
    r"[^.;:]{0,90}$"
)
#: "theo Quyết định số 1980 ngày 17/10/2016, giai đoạn 2016 - 2020": the years of what was to be carried out.
_BY_DOCUMENT = late(r"(?<!\w)theo (?:quyết định|nghị quyết|chỉ thị) số [^.;:]{0,70}(?:,| \(|ban hành|về) $")
_SINCE_DOCUMENT = late(
    r"(?:sau |qua )?(?:\w+ năm )?thực hiện (?:luật|nghị quyết|qui định|chỉ thị|kết luận|quyết "
    r"định)[^,;.]{0,60}?"
    r"(?:ngày )?\d{1,2}/\d{1,2}/(?P<year>(?:19|20)\d{2})"
)
_BEFORE_THAT = late(r"(?<!\w)(?:trước đó|trước đây|trước kia),? (?:từ |vào |trong |hồi )?$")
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
#: A deputy's report of a session of the council to his voters reviews nothing.
_REVIEW = late(
    r"tổng kết|sơ kết|giao ban|tổng hợp(?!,? (?:(?:và |để )?(?:chuyển|gửi|trình)))(?! (?:được |gần |hơn )?\d)|đánh giá"
    r"|báo cáo(?! (?:(?:với |trước |tới )?cử tri"
    r"|(?:việc |kết quả )?(?:trả lời|giải quyết|giải trình)[^.;]{0,24}(?:kiến nghị|ý kiến)"
    r"|(?:\d+|các) (?:kiến nghị|ý kiến)"
    r"|(?:tóm tắt |nhanh |về |với cử tri )*(?:kết quả|nội dung|dự kiến)[^.;]{0,40}kì họp))"
)
_REVIEW_OF_EVENT = late(r"tổng kết|sơ kết|giao ban|báo cáo")
_OF_EVENT = late(
    r"(?:đối thoại|tiếp xúc cử tri|hội nghị|diễn đàn|tập huấn|ngày hội|chương trình)[^.;:\d]{0,60} $"
)
#: "Ngày 15/6, ông A cho biết tỉnh đã tiếp 5.000 lượt": the day is that of what was said.
_SAID_ON_DAY = late(r"cho biết|họp báo|kì họp|hội nghị|theo thông tin")
_OPENS_EARLIER = late(
    r"(?:con số |số )?cùng kì"
    r"|(?:(?:cũng|còn|riêng) )?(?:trong |vào )?(?:(?:quí|tháng) (?:\d{1,2}|iv|i{1,3})|(?:\d{1,2}|sáu) tháng(?: đầu)?)"
    r" (?:của )?năm (?:trước|ngoái)"
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
#: What an earlier year told in passing goes on with: ", năm 2023 là 103", "; năm 2022 tiếp 4.110 lượt".
_TELLS = late(r"(?:: | (?:là|có|đạt|chỉ|tiếp|tiếp nhận|nhận|giải quyết|hòa giải|tổ chức|mở)(?!\w))")
_BESIDE = late(r"(?:[,;]|trong khi|còn) $")
#: Till this month reviews of the year before come out, whose "hiện có" is of that year.
_REVIEWS_PAST = 3
#: Years after which what was done is history rather than reported.
_HISTORY = 15
_RELATIVE = frozenset({"last_year", "tháng -1", "quí -1"})
#: Where the first months of a year may end.
_FIRST_MONTHS = range(2, 12)
_YEAR = late(r"\d{4}")
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
_start = attrgetter("start")
_AFTER_NUMBER = late(r"\d[^,;]{0,60}(?:trong|của|vào) $")
#: "Bình quân mỗi năm, …", "Hằng năm, …": what is told of any year is told of none.
_ANY_YEAR = late(
    r"(?<!\w)(?<!hơn )(?<!với )(?<!bằng )(?:(?:bình quân|trung bình) (?:(?:mỗi|một|hằng|hàng) )?năm|(?<!bình )mỗi năm)"
    r"(?! (?:học|ngân sách|ít nhất|tối thiểu|một|hai|\d (?:lần|kì|cuộc)))(?!\w)|(?:^|[,;] )(?:hằng|hàng) năm,"
)
_NAMED_EARLIER = late(r"(?:năm )?(?:19|20)\d{2}|(?:năm|quí|tháng) (?:trước|ngoái)")


def period_of(line: Line, draft: Draft, state: State) -> str | None:
    """Return the period of a figure, and note in the draft whether it was said near it."""
    context = year_of(state.period)
    if draft.earlier:
        return _earlier(line, draft, state, context)
    sentence, folded = line.sentence, line.folded
    if year := dealt_out(line, draft.figure.start, state.moment):
        return year
    if _OPENS_EARLIER.match(folded, sentence.start):
        return when.baseline_of(folded[sentence.start : sentence.start + 32], state.period)
    if _is_of_any_year(line, draft.figure):
        return None
    return _event(line, draft, context) or _ruling(line, draft, state, context)


def _is_of_any_year(line: Line, figure: Figure) -> bool:
    """Whether a clause speaks of every year alike, and no period is named between that and the figure."""
    if not line.document.tells_averages:
        return False
    opened = max(line.clause_start(figure), line.sentence.start)
    named = [m.end for m in line.moments if opened <= m.start < figure.start and when.rules(m)]
    return bool(_ANY_YEAR.search(line.folded[max([opened, *named]) : max(figure.own_end, figure.end)]))


def _earlier(line: Line, draft: Draft, state: State, context: int | None) -> str | None:
    """Return the period of a stated earlier level."""
    figure, folded, calendar = draft.figure, line.folded, line.document.calendar
    current = _ruling(line, draft, state, context)
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
    if not events or any(when.rules(m) and not _names_event(line, m, events[-1]) for m in moments):
        return None
    if _REVIEW_OF_EVENT.search(line.folded, line.sentence.start, line.sentence.end):
        return None
    if code.startswith("reception_") and _SAID_ON_DAY.search(
        line.folded, line.sentence.start, draft.figure.start
    ):
        return None
    return when.resolve(events[-1], line.document.calendar, context)


def _names_event(line: Line, moment: when.Moment, event: when.Moment) -> bool:
    """Whether a year is part of a meeting's name: "Chiều 22/6, Chủ tịch quận đối thoại với thanh niên năm 2023, …"."""
    calendar = line.document.calendar
    held = event.year or (None if calendar.inferred else calendar.year)
    if moment.form != "year" or moment.year != held or moment.start < event.end:
        return False
    return bool(_OF_EVENT.search(line.folded, event.end, moment.start))


def _ruling(line: Line, draft: Draft, state: State, context: int | None) -> str | None:
    """Return the period that rules a figure: named before it, beside it, carried, named after it, from afar."""
    figure, calendar = draft.figure, line.document.calendar
    at_meeting = draft.decision.code.startswith(_SAID_AT_MEETING)
    # An earlier level is told from the one before it: "(năm trước là 110 đơn)" says no period of its own.
    ruling = [
        m
        for m in line.moments
        if when.rules(m)
        and not (draft.earlier and m.form in _RELATIVE)
        and not _says_again(line, m, state)
        and not _is_of_programme(line, m)
        and not _ends_another(line, m)
        and not (at_meeting and _is_of_agenda(line.document, m))
    ]
    before: list[when.Moment] = []
    own: list[when.Moment] = []
    if ruling:
        before = _before(line, figure, ruling)
        own = _behind(line, figure, ruling)
    year = context
    for moment in before:
        year = moment.year or year
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
        if m.start >= figure.end and m.form != "ytd" and not _tells_earlier_year(line.document, m)
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
    if near and before and _follows_number(line, before[-1]):
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
    told = [m for m in calendar.moments if m.form != "last_year"]
    if at_meeting:
        told = [m for m in told if m.form != "ytd" and not _is_of_agenda(document, m)]
    for moment in [*calendar.title, *told]:
        if (
            when.rules(moment)
            and not _long_ago(moment, calendar)
            and not _tells_earlier_year(document, moment)
            and not _is_of_another_time(document, moment)
        ):
            found = when.resolve(moment, calendar, None)
            if found:
                return found
    if found := _from_baseline(document) or when.as_of(document.folded.text):
        return found
    if _tells_review(document) and calendar.year:
        if "sơ kết" in f"{document.title}\n{document.folded.text}" and calendar.month in {6, 7, 8}:
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


def _tells_earlier_year(document: Document, moment: when.Moment) -> bool:
    """Whether a year only tells an earlier level of what its sentence has told: "… 2.104 lượt; năm 2023 là 1.980"."""
    calendar, folded = document.calendar, document.folded.text
    current = calendar.review_year
    if moment.form != "year" or calendar.inferred or not moment.year or not current or moment.year >= current:
        return False
    if not _BESIDE.search(folded, max(0, moment.start - 12), moment.start) or not _TELLS.match(
        folded, moment.end
    ):
        return False
    at = max(bisect_right(document.sentences, moment.start, key=_start) - 1, 0)
    opened, ended = (
        bisect_left(document.masks, place, key=_start)
        for place in (document.sentences[at].start, moment.start)
    )
    masked = {place for mask in document.masks[opened:ended] for place in range(mask.start, mask.end)}
    return any(run.start() < moment.start and run.start() not in masked for run in document.runs[at])


def _is_of_another_time(document: Document, moment: when.Moment) -> bool:
    """Whether a period named further on says nothing of what was told before it.

    So do what went before ("Trước đó, tháng 6/2016 …") and years that have only begun ("Nhiệm kỳ 2025-2030, xã …").
    """
    calendar = document.calendar
    if moment in calendar.title:
        return False
    if _BEFORE_THAT.search(document.folded.text, max(0, moment.start - 16), moment.start):
        return True
    years = _YEAR.findall(moment.notation or "") if moment.form == "span" and not calendar.inferred else []
    return len(years) > 1 and bool(calendar.year) and int(years[0]) >= (calendar.year or 0) < int(years[-1])


def _long_ago(moment: when.Moment, calendar: when.Calendar) -> bool:
    """Whether a year is told as history: "năm 1987 họ ký hợp đồng" in a text of 2024.

    A title "Kết quả tiếp công dân từ năm 2005 đến nay" says what is reported.
    """
    if moment.form == "open" and moment in calendar.title:
        return False
    return bool(moment.year and calendar.year and moment.year < calendar.year - _HISTORY)


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
    since = _SINCE_DOCUMENT.match(document.folded.text)
    if since and year and int(since.group("year")) + 1 < year:
        return f"{since.group('year')}..{calendar.year}"
    if year and (calendar.month or 0) > 1 and _TO_DATE.search(document.folded.text):
        return when.to_date(calendar)
    return str(year) if year else None


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
            and not _says_again(line, moment, state)
            and not _is_of_programme(line, moment)
            and not _ends_another(line, moment)
            and not any(m.form == "event" and _names_event(line, moment, m) for m in line.moments)
            and not (earlier and _tells_earlier_year(line.document, moment))
        ):
            found = when.resolve(moment, calendar, context)
            if found or moment.form == "unknown_years":
                state.period, state.moment = found, moment
                state.aside = bool(
                    _ASIDE.search(folded, max(line.sentence.start, moment.start - 48), moment.start)
                )
                context = year_of(found) or context
        elif moment.form == "event":
            state.event = when.resolve(moment, calendar, context) or state.event


def enter_sentence(document: Document, state: State, start: int) -> None:
    """Note what the text is about so far, and go back to it where a sentence adds up the years told one by one.

    Args:
        document: the text.
        state: what the sentence before left in force.
        start: where the new sentence begins.
    """
    counted = state.told[0][-1].figure.start if state.told and state.told[0] else -1
    if state.moment and counted > state.moment.start and not _looked_back(state):
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
    if not state.main or not _looked_back(state):
        return
    if document.folded.text[max(0, start - 8) : start].rstrip().endswith(_SENTENCE_ENDS):
        state.period, state.moment = state.main
        state.aside = False
    elif state.moment:  # a heading: what stands under it is of its period
        state.main = (state.period, state.moment)


def _looked_back(state: State) -> bool:
    """Whether the period in force is of earlier years than the one that the text is about, or of a few years of its."""
    if state.aside and state.main:
        return True
    now, main = _years(state.period), _years(state.main[0]) if state.main else None
    if now is None or main is None or now == main:
        return False
    return now[1] < main[1] or (main[0] <= now[0] and now[1] <= main[1])


def _years(period: str | None) -> tuple[int, int] | None:
    """Return first and last year of a period, None where either is unknown."""
    years = _YEAR.findall(period or "")
    if not years or (period or "").endswith("..") or (".." in (period or "") and len(years) == 1):
        return None
    return int(years[0]), int(years[-1])


def _says_again(line: Line, moment: when.Moment, state: State) -> bool:
    """Whether "các tháng đầu năm" only says again the half or the quarter with which the year began."""
    first, last = (state.moment and state.moment.months) or (1, 12)
    if moment.form != "ytd" or moment.year or first != 1 or last not in _FIRST_MONTHS:
        return False
    return line.folded.startswith(
        ("các tháng đầu năm", "những tháng đầu năm", "mấy tháng đầu năm"), moment.start
    )


def _is_of_programme(line: Line, moment: when.Moment) -> bool:
    """Whether years are those of a programme named behind the period that the sentence tells of."""
    first = line.moments[0]
    if moment.form != "span":
        return False
    if _BY_DOCUMENT.search(line.folded, max(line.sentence.start, moment.start - 100), moment.start):
        return True
    if first is moment or not when.rules(first):
        return False
    return bool(_OF_PROGRAMME.search(line.folded[first.end : moment.start]))


def _ends_another(line: Line, moment: when.Moment) -> bool:
    """Whether a day only ends the period named ahead of it: "Từ năm 2018, tính đến ngày 30/6/2023, …"."""
    if moment.form != "as_of_day":
        return False
    return any(
        when.rules(m) and _reaches(m, moment, line.document.calendar)
        for m in line.moments
        if m.start < moment.start
    )


def _reaches(earlier: when.Moment, day: when.Moment, calendar: when.Calendar) -> bool:
    """Whether a period goes on to a day; the cases of a year are still settled in the January after it."""
    found = when.resolve(earlier, calendar, day.year)
    if found is None or found.endswith("..") or earlier.form == "years":
        return True
    last = 12 * int(_YEAR.findall(found)[-1]) + (earlier.months[1] if earlier.months else 12)
    return day.year is not None and day.months is not None and last + 1 >= 12 * day.year + day.months[1]


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
    current = year_of(state.period)
    if not (current and moment.year and moment.year < current and moment.months):
        return False
    if any(a < moment.start < b for a, b in line.brackets):
        return True  # "(năm 2020, tiếp 39.468 lượt)"
    if moment.form != "year":
        return False
    before = line.folded[max(line.sentence.start, moment.start - 10) : moment.start].strip()
    if before.endswith("trong khi"):
        return True
    before = before[-3:]
    return before.endswith((",", "(", ";")) and bool(_TELLS.match(line.folded, moment.end))
