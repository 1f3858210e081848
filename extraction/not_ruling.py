"""When a period that a text names rules nothing: years of programmes and meetings, earlier levels, mere repetitions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from coso.late_patterns import late
from extraction import when
from extraction.document import Document, Line, State

_OF_EVENT = late(
    r"(?:đối thoại|tiếp xúc cử tri|hội nghị|diễn đàn|tập huấn|ngày hội|chương trình)[^.;:\d]{0,60} $"
)
#: "thực hiện Chương trình số 05 về đối thoại giai đoạn 2023 - 2028": the years of a programme, not of what was done.
_OF_PROGRAMME = late(
    r"(?:chương trình|kế hoạch|đề án|nghị quyết|chỉ thị|chiến lược|qui chế phối hợp)(?: (?:số|của|về|ngày|phối)(?!\w))"
    r"[^.;:]{0,90}$"
)
#: "theo Quyết định số 1980 ngày 17/10/2016, giai đoạn 2016 - 2020": the years of what was to be carried out.
_BY_DOCUMENT = late(r"(?<!\w)theo (?:quyết định|nghị quyết|chỉ thị) số [^.;:]{0,70}(?:,| \(|ban hành|về) $")
#: What is held on a day: a meeting, a class, a visit, a report of them.
_HELD = late(
    r"(?<!\w)(?:tổ chức|hội nghị|họp|đối thoại|tiếp|gặp|tập huấn|lớp|bồi dưỡng|ra quân|ra mắt|phát động|khai mạc"
    r"|làm việc|bầu|bỏ phiếu|cử tri"
    r"|giám sát|kiểm tra|thanh tra|phản biện|diễn đàn|lễ|ngày hội|bàn giao|khánh thành|khởi công|hiến|tặng|trao"
    r"|tuyên truyền|báo cáo|công bố|kí|thông tin|cho biết|mở|tọa đàm|hội thảo|sinh hoạt|ý kiến|công tác|đoàn|sơ kết"
    r"|tổng kết|đại hội|dự|chủ trì|vận động)(?!\w)"
)
_BESIDE = late(r"(?:[,;]|trong khi|còn) $")
#: What an earlier year told in passing goes on with: ", năm 2023 là 103", "; năm 2022 tiếp 4.110 lượt".
TELLS = late(r"(?:: | (?:là|có|đạt|chỉ|tiếp|tiếp nhận|nhận|giải quyết|hòa giải|tổ chức|mở)(?!\w))")
#: "con số của năm 2023 là 97 hội nghị", "tỷ lệ này của năm 2022 là 87,2%"
_NUMBER_OF = late(
    r"(?<!\w)(?:con số|số liệu|tỉ lệ|mức|chỉ số|kết quả)(?: (?:này|ấy|đó|trên|tương ứng))?(?: (?:của|trong|ở))? $"
)
#: "Năm 2024, con số được công nhận là 295."
_ONE_NUMBER = late(
    r",? (?:con số|(?:tỉ lệ|mức|chỉ số|số) (?:này|ấy|đó|tương ứng))[^\d.;,]{0,40} [\d.,]*\d%?[^\d.;]{0,30}(?:\.|$)"
)
#: Where the first months of a year may end.
_FIRST_MONTHS = range(2, 12)
#: So many months after their end the first months of a year are still reported.
_REPORT_LAG = 2
_YEAR = late(r"\d{4}")
_start = attrgetter("start")


def names_event(line: Line, moment: when.Moment, event: when.Moment) -> bool:
    """Whether a year is part of a meeting's name: "Chiều 22/6, Chủ tịch quận đối thoại với thanh niên năm 2023, …"."""
    calendar = line.document.calendar
    held = event.year or (None if calendar.inferred else calendar.year)
    if moment.form != "year" or moment.year != held or moment.start < event.end:
        return False
    return bool(_OF_EVENT.search(line.folded, event.end, moment.start))


def tells_earlier_year(document: Document, moment: when.Moment) -> bool:
    """Whether a year only tells an earlier level of what its sentence has told: "… 2.104 lượt; năm 2023 là 1.980"."""
    calendar, folded = document.calendar, document.folded.text
    current = calendar.review_year
    if moment.form != "year" or calendar.inferred or not moment.year or not current or moment.year >= current:
        return False
    beside = _BESIDE.search(folded, max(0, moment.start - 12), moment.start)
    if not (beside and TELLS.match(folded, moment.end)) and not tells_same_number(folded, moment):
        return False
    at = max(bisect_right(document.sentences, moment.start, key=_start) - 1, 0)
    opened, ended = (
        bisect_left(document.masks, place, key=_start)
        for place in (document.sentences[at].start, moment.start)
    )
    masked = {place for mask in document.masks[opened:ended] for place in range(mask.start, mask.end)}
    return any(run.start() < moment.start and run.start() not in masked for run in document.runs[at])


def tells_same_number(folded: str, moment: when.Moment) -> bool:
    """Whether a year only says what the number told of was then: "con số của năm 2023 là 97 hội nghị"."""
    if _NUMBER_OF.search(folded, max(0, moment.start - 32), moment.start) and TELLS.match(folded, moment.end):
        return True
    return bool(_ONE_NUMBER.match(folded, moment.end, moment.end + 90))


def is_occasion(document: Document, event: when.Moment) -> bool:
    """Whether something was held on a day that a text names, so that figures may be of it: not "Sáng 5/3, trời mưa"."""
    at = max(bisect_right(document.sentences, event.start, key=_start) - 1, 0)
    sentence = document.sentences[at]
    return bool(_HELD.search(document.folded.text, sentence.start, sentence.end))


def says_again(line: Line, moment: when.Moment, state: State) -> bool:
    """Whether "các tháng đầu năm" only says again the half or the quarter with which the year began.

    So does "năm nay" in a report of that half, which tells of the year as far as it has gone.
    """
    first, last = (state.moment and state.moment.months) or (1, 12)
    if moment.form == "in_year":
        return first == 1 and last in _FIRST_MONTHS and _is_year_so_far(line, moment, state, last)
    if moment.form != "ytd" or moment.year or first != 1 or last not in _FIRST_MONTHS:
        return False
    return line.folded.startswith(
        ("các tháng đầu năm", "những tháng đầu năm", "mấy tháng đầu năm"), moment.start
    )


def _is_year_so_far(line: Line, moment: when.Moment, state: State, last: int) -> bool:
    calendar = line.document.calendar
    if calendar.inferred or calendar.month is None or not moment.this_year:
        return False
    begun = str(calendar.year) == (state.period or "")[:4] and ".." not in (state.period or "")
    return begun and calendar.month <= last + _REPORT_LAG


def is_of_programme(line: Line, moment: when.Moment) -> bool:
    """Whether years are those of a programme named behind the period that the sentence tells of."""
    first = line.moments[0]
    if moment.form != "span":
        return False
    if _BY_DOCUMENT.search(line.folded, max(line.sentence.start, moment.start - 100), moment.start):
        return True
    if first is moment or not when.rules(first):
        return False
    return bool(_OF_PROGRAMME.search(line.folded[first.end : moment.start]))


def ends_another(line: Line, moment: when.Moment) -> bool:
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
