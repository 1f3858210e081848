"""Stated shortcomings, and what is promised or asked for in the time ahead."""

from __future__ import annotations

import re
from typing import NamedTuple

from coso.late_patterns import late
from coso.periods import Period, parse_period, write_months
from extraction import when
from extraction.cues import cue
from extraction.document import Document
from extraction.model import Span
from extraction.officials import OFFICES
from extraction.patterns import whole_words
from extraction.sentences import Sentence
from extraction.spans import make_span

_FAULTS = r"(?:mặt (?:còn )?(?:yếu|chưa được)|hạn chế|tồn tại|bất cập|khó khăn|khuyết điểm|vướng mắc|yếu kém|thiếu sót)"
#: What opens a list of faults: "một số hạn chế như: …".
_LISTED = late(rf"{_FAULTS}[^.:;]{{0,60}}?(?:như|là|gồm|cụ thể|sau đây|đó là)?\s*:")
#: The number of an item or a heading, which its full stop makes a sentence: the "2." of "2. Công tác phối hợp …".
_ORDINAL = late(r"\W*(?:[\d.]+|[ivxl]+)[.)]")
#: A line that only says that faults follow.
_FAULTS_HEAD = late(
    rf"\W*(?:\d+[.)]\s*)?(?:về |những |một số |các )*{_FAULTS}(?:(?:,| và) {_FAULTS})*(?:,? nguyên nhân)?\W*"
)
#: What sets a fault against what went well.
_CONTRAST = late(
    r"(?:tuy nhiên|song(?! song)|tuy vậy|mặc dù vậy|(?:mặc dù|tuy) [^.;]+? (?:nhưng"
    r"|(?<!song )song(?! song))|dù vậy"
    r"|bên cạnh đó|cạnh đó"
    rf"|bên cạnh (?:những |các )?(?:kết quả|mặt)|(?:mặc )?dù (?:đã )?đạt [^,.;]+,|(?:về )?(?:những "
    rf"|một số |các )?{_FAULTS})(?!\w)"
)
_BESIDE = late(
    r"(?<!\w)(?:bên cạnh (?:những |các )?(?:kết quả|mặt|ưu điểm)[^,;.]{0,40},|(?:thẳng thắn"
    r"|nghiêm túc) (?:chỉ ra|nhìn nhận|thừa nhận))"
)
#: What is only conceded: "Tuy còn nhiều khó khăn nhưng tỉnh đã hoàn thành chỉ tiêu" states no fault.
_CONCEDES = late(r"(?:mặc dù|tuy(?! nhiên| vậy)|dù) [^.;]+? (?:nhưng|song)(?!\w)")
_LACK = late(
    whole_words(
        r"chưa (?!phát sinh|xảy ra|từng|kể|bao gồm|tính|có (?:vụ|trường hợp|đơn|điểm nóng)|để xảy ra|đến mức"
        r"|phát hiện(?!,| và| kịp| sớm| được))\w+"
        r"|c(?<!không c)òn (?:(?:có|gặp|nhiều|một số|những|khá|rất|để) )*(?:hạn chế|chậm|hình thức"
        r"|lúng túng|thiếu|yếu"
        r"|tình trạng|bất cập|mang tính|gặp khó|khó khăn|vướng mắc|thấp|xảy ra|chung chung|nể nang"
        r"|né tránh|ngại|e ngại"
        r"|tồn đọng|kéo dài|bị động|dàn trải|đơn điệu)"
        r"|thiếu (?:và yếu|kinh nghiệm|kiên quyết|quyết liệt|chủ động|thống nhất|đồng bộ|kịp thời)"
        r"|thiếu (?:quan tâm|sâu sát|trách nhiệm|chặt chẽ|gương mẫu|cụ thể|tính|nhân lực|kinh phí|cán bộ"
        r"|thường xuyên|hiệu quả)"
        r"|không (?:thường xuyên|kịp thời|đầy đủ|đồng đều|đồng bộ|đúng (?:hạn|qui định|tiến độ|thời gian)"
        r"|nghiêm túc|hiệu quả)"
        r"|hiệu quả(?: [^\W\d]+){0,3} thấp|chất lượng(?: [^\W\d]+){0,3} thấp|tỉ lệ(?: [^\W\d]+){0,3} thấp"
        r"|kết quả(?: [^\W\d]+){0,3} thấp|còn (?:nhiều|ít)(?=\s*(?:[.;,]|$))"
        r"|triển khai chậm|giải quyết chậm|xử lí chậm|thực hiện chậm|tiến độ chậm|chậm (?:đổi mới"
        r"|triển khai|trễ|được|khắc phục|ban hành)"
        r"|ít (?:kinh nghiệm|quan tâm|được|chú trọng)|mang tính hình thức|buông lỏng|qua loa|đối phó"
        r"|lỏng lẻo|chồng chéo"
        r"|v(?<!không v)ẫn còn (?:\d+ )?(?:[^\W\d]+ ){0,4}(?:kéo dài|tồn đọng|vi phạm|sai phạm|vướng mắc"
        r"|khiếu nại|bức xúc|vượt cấp)"
        r"|ngại va chạm|né tránh|đùn đẩy|phó mặc|d(?<!không còn d)iễn biến phức tạp|chung chung"
    )
)
#: What words of lack cannot do without.
_LACK_WORDS = cue(
    "chưa", "còn", "thiếu", "ngại", "né tránh", "đùn đẩy", "phó mặc", "phức tạp", "chung chung", "không",
    "thấp", "chậm", "ít",
    "hình thức", "buông lỏng", "qua loa", "đối phó", "lỏng lẻo", "chồng chéo",
)  # fmt: skip
#: Words that a fault is told with where nothing sets it off: it is one of some, not of all.
_SOME = late(whole_words(r"một số|một bộ phận|một vài|có lúc|có nơi|nhiều nơi|đôi khi|đôi lúc|vẫn còn"))
#: A sentence with one of these asks for something to be done about faults, or tells of others' complaints; what does
#: not meet a demand ("chưa đáp ứng yêu cầu") or has no remedy yet ("chưa có giải pháp") is a fault itself.
_CALL = late(
    whole_words(
        r"cần|không để|đề nghị|y(?<!đáp ứng y)(?<!đáp ứng được y)êu cầu|khắc phục|rút kinh nghiệm"
        r"|g(?<!chưa có g)(?<!chưa có nhiều g)iải pháp|t(?<!chưa chủ động t)háo gỡ|phấn đấu|sẽ"
    )
)
_OF_OTHERS = late(
    whole_words(
        r"phản ánh (?:về|việc|tình trạng)|kiến nghị (?:về|việc)|khiếu nại (?:về|việc)|bức xúc (?:về|vì|trước)"
        r"|nguyên nhân|một số (?:ý kiến|hộ|người dân|gia đình|tuyến|đoạn|cử tri|bạn đọc)|dự thảo"
    )
)
#: Who tells of what is wrong and is no authority.
_SAY_OTHERS = late(
    r"(?<!\w)(?:người dân|cử tri|bà con|nhân dân|hộ dân)(?!\w)[^.;]{0,60}? (?:nói|cho rằng|cho biết"
    r"|phản ánh|bày tỏ|chia sẻ)(?!\w)"
)
#: Behind the word for faults, that they are to be mended only says which are told: "hạn chế cần khắc phục: …".
_TO_MEND = late(r" cần (?:(?:được|sớm|tập trung|tiếp tục) )*(?:khắc phục|quan tâm|tháo gỡ|giải quyết)(?!\w)")
_SETTLED = late(whole_words(r"đã được (?:giải đáp|giải quyết|khắc phục|giải trình|trả lời)"))

_AHEAD = late(
    whole_words(
        r"thời gian tới|tới đây|sắp tới|n(?<!đầu n)ăm tới(?! nay| giờ)|quí tới|giai đoạn tới|trước mắt"
        r"|từ nay đến|các tháng cuối năm|những tháng cuối năm"
        r"|trong (?:các|những) tháng còn lại|phương hướng|nhiệm vụ trọng tâm"
    )
)
#: What words for the time ahead cannot do without.
_AHEAD_WORDS = cue("tới", "trước mắt", "từ nay", "cuối năm", "còn lại", "phương hướng", "trọng tâm")
_PROMISE = late(
    whole_words(
        r"tiếp tục|tập trung|đẩy mạnh|phấn đấu|tăng cường|nâng cao|sẽ|cần|phải|chú trọng|phát huy|đổi mới"
        r"|quan tâm|duy trì|đặt (?:mục|chỉ) tiêu|kiện toàn|làm tốt|thực hiện (?:tốt|có hiệu quả|nghiêm"
        r"|hiệu quả)"
        r"|triển khai (?:nghiêm|có hiệu quả|hiệu quả|thực hiện)"
        r"|c(?<!kí c)(?<!bản c)(?<!các c)(?<!những c)am kết"
    )
)
#: What is to be done where a sentence is about the time ahead or asks for it; elsewhere such words tell what was done.
_WORK = late(
    whole_words(
        r"chỉ đạo|kiểm tra|giám sát|hoàn thiện|hoàn thành|khắc phục|chủ động|nhân rộng|giải quyết"
        r"|xây dựng|rà soát|quán triệt|mở \d+"
        r"|tổ chức|triển khai|đôn đốc|phối hợp|củng cố|bám sát|tham mưu|nắm (?:chắc|tình hình)|hướng dẫn"
        r"|vận động|thực hiện|tuyên truyền"
        r"|công khai|đối thoại|ban hành"
    )
)
#: With such words work is still to be done, whenever its period began.
_AIMS = late(whole_words(r"dự kiến|dự tính|chỉ tiêu"))
#: Whose plans and what is only expected: "Công ty A sẽ …", "dự báo …".
_OTHERS_AHEAD = late(
    r"(?:^|, |\d )(?:các |nhiều )?(?:công ti|tập đoàn|giá|thị trường|thời tiết|đội bóng|chủ đầu tư"
    r"|nhà thầu|ngân hàng)(?!\w)"
    r"|(?<!\w)dự báo(?!\w)"
)
#: How a sentence begins that goes on with a list of tasks.
_TASK = late(
    r"\W*(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám) là|thứ (?:nhất|hai|ba|tư|năm|sáu)|trước hết|đồng thời"
    r"|cùng với đó"
    r"|bên cạnh đó|ngoài ra|song song|theo đó|đó là|trước mắt|tiếp tục|tập trung|đẩy mạnh|tăng cường|nâng cao"
    r"|chú trọng|phát huy|đổi mới|quan tâm|duy trì|thực hiện"
    r"|triển khai|vận động|biểu dương|rà soát|kiện toàn|xây dựng|phối hợp|quán triệt"
    r"|bám sát|làm tốt|kịp thời|chủ động|siết chặt|đôn đốc|giải quyết|khắc phục|hoàn thành|nhân rộng"
    r"|chỉ đạo|mở|kiểm tra|giám sát|hoàn thiện|củng cố|tham mưu|hướng dẫn|tuyên truyền"
    r"|nghiêm túc|thường xuyên|cần|phải)(?!\w)"
)
#: Where in a paragraph of its own a sentence has to promise, to go on with the tasks of the one before, in characters.
_SOON = 80
_LEADER = (
    rf"(?:{'|'.join(OFFICES)}|(?:tổ|đội|đồn|cục|viện|vụ|bộ|thứ|hiệu|chỉ huy|tham mưu) trưởng|đồng chí|ông"
    rf"|bà|hội nghị|văn bản"
    r"|ban chỉ đạo|đoàn giám sát|đoàn|tỉnh ủy|lãnh đạo|ubnd)"
)
_DEMAND = late(
    rf"(?<!\w){_LEADER}(?!\w)[^;]{{0,200}}?(?<!đã )(?<!\w)(?P<verb>đề nghị|yêu cầu|lưu ý|nhấn mạnh)(?!\w)(?P<what>.*)",
    re.S,
)
#: What before such a verb makes it that of people who ask, or a noun.
_NOT_ASKING = late(
    r"(?:người dân|cử tri|công dân|nhân dân|bà con|hộ dân|đại biểu|bạn đọc|theo|với|đáp ứng|các|những"
    r"|nhiều|về|trước) "
    r"(?:cũng )?$"
)
#: Whoever orders asks for any work; what is stressed or noted may be a fault.
_ORDERS = ("đề nghị", "yêu cầu")
_OF_PEOPLE = late(r" (?:các )?(?:công dân|người khiếu nại|người tố cáo|bà con)(?!\w)")
_CLAUSE = late(r"[;:(]")
#: One who asks and leads nobody: "ông Lê Văn An, người dân xã Sơn Kim, đề nghị".
_RESIDENT = late(
    r"(?:ông|bà|anh|chị) [^,;:]{2,40}(?:,| -|\() ?(?:một |đại diện )?(?:người dân|cư dân|hội viên"
    r"|đoàn viên|công nhân|nông dân|chủ hộ|hộ dân"
    r"|các hộ|cử tri|trú|ngụ|ở|thương binh|bí danh|\d+ tuổi|người lao động|giáo viên|tiểu thương"
    r"|xã viên)(?!\w)"
)
#: What was done; "kết quả đã đạt được" and "mục tiêu đã đề ra" only name what the tasks ahead go by.
_DONE = late(
    whole_words(
        r"đã(?! (?:đạt được|được chỉ ra|được nêu|đề ra|nêu|chỉ ra)(?! (?:nhiều|những|một số|các"
        r"|kết quả)))|vừa|được nâng lên|đạt kết quả"
    )
)
#: The announcement of a conference names the coming year too; it promises nothing yet.
_ANNOUNCES = late(
    r"(?:tổ chức|mở|tiến hành|chủ trì|họp) (?:buổi )?(?:hội nghị|giao ban|sơ kết|tổng kết)|(?:sơ kết"
    r"|tổng kết) công tác"
    r"|họp giao ban|(?:triển khai|đề ra|bàn) (?:phương hướng, )?(?:công tác|nhiệm vụ)[^.;:]{0,24}(?:năm"
    r"|quí|tháng)|(?:kế hoạch|hướng dẫn|chương trình|công văn) số"
)
_AGREES = late(
    r"(?:thống nhất|thảo luận|bàn|bàn thảo|đề ra|xác định)[^.;]{0,40}(?:phương hướng|giải pháp|nhiệm vụ)"
)
_TASKS_HEAD = late(
    r"\W*(?:[\divx]+[.)]\s*)?(?:về )?(?:phương hướng|nhiệm vụ|giải pháp|kế hoạch"
    r"|một số nhiệm vụ)[^.;]{0,120}[:\w]$"
)
_PERIODS = frozenset({"year", "half", "nine", "months", "quarter", "month"})
#: A period named no further than this into a sentence says what the sentence is about, in characters.
_HEAD = 40


def find_shortcomings(document: Document) -> list[Span]:
    """Return the shortcomings stated, the items of a list one by one."""
    found: list[Span] = []
    period = _reviewed(document)
    listing = False
    for sentence in document.sentences:
        text = document.folded.text[sentence.start : sentence.end]
        if _ORDINAL.fullmatch(text):
            continue
        if _FAULTS_HEAD.fullmatch(text):
            listing = True
            continue
        start = _start_of_faults(text) if sentence.cues & _LACK_WORDS else None
        if start is None and listing and _LACK.search(text) and not _CALL.search(text):
            start = 0
        listing = listing and start is not None
        if start is not None:
            found += _items(document, sentence, sentence.start + start, period)
    return found


def _start_of_faults(text: str) -> int | None:
    """Return where in a folded sentence what it says of faults begins; None when it states none."""
    if not _LACK.search(text):
        return None
    listed = _LISTED.search(text) if ":" in text else None
    if listed and _LACK.search(text, listed.end()):
        heading = _TO_MEND.sub("", text[listed.start() : listed.end()], count=1)
        if not _CALL.search(text[: listed.start()] + heading):
            return listed.end()
    if _CALL.search(text) or _SETTLED.search(text):
        return None
    concedes = _CONCEDES.match(text)
    if concedes and not _LACK.search(text, concedes.end()):
        return None
    opens = _CONTRAST.match(text)
    if opens or _BESIDE.search(text):
        return 0
    return 0 if _SOME.search(text) and not (_OF_OTHERS.search(text) or _SAY_OTHERS.search(text)) else None


def _items(document: Document, sentence: Sentence, start: int, period: str | None) -> list[Span]:
    text = document.folded.text
    found = []
    position = start
    for stop in [*(m.start() for m in re.finditer(";", text[start : sentence.end])), sentence.end - start]:
        end = start + stop
        # Behind the last semicolon of "… chưa kịp thời; -" stands nothing that could be quoted.
        if any(char.isalnum() for char in text[position:end]):
            found.append(make_span(document.folded, position, end, "shortcoming", period=period))
        position = end + 1
    return found


class _Tasks(NamedTuple):
    """What a text has begun to tell of the time ahead.

    Attributes:
        period: the period it names, None when it names none.
        paragraph: ordinal of the paragraph of the last sentence about it.
    """

    period: str | None
    paragraph: int


def find_commitments(document: Document) -> list[Span]:
    """Return the sentences that say what is to be done, each with the period it is to be done in."""
    found: list[Span] = []
    period = _reviewed(document)
    reviewed = parse_period(period) if period else None
    tasks: _Tasks | None = None
    for sentence in document.sentences:
        text = document.folded.text[sentence.start : sentence.end]
        if _ORDINAL.fullmatch(text):
            continue
        ahead = _period_ahead(document, sentence, reviewed)
        if ahead or (sentence.cues & _AHEAD_WORDS and _AHEAD.search(text)):
            if _ANNOUNCES.search(text):
                tasks = None
                continue
            tasks = _Tasks(ahead, sentence.paragraph)
            if (
                not _promises(text, begun=bool(ahead) and _has_begun(document, ahead))
                or _DONE.search(text)
                or _TASKS_HEAD.fullmatch(text)
            ):
                continue
        elif _asks(text):
            tasks = _Tasks(tasks.period if tasks else None, sentence.paragraph)
        elif tasks is None or not _goes_on(document, sentence, text, tasks):
            tasks = None
            continue
        tasks = _Tasks(tasks.period, sentence.paragraph)
        found.append(
            make_span(document.folded, sentence.start, sentence.end, "commitment", period=tasks.period)
        )
    return found


def _promises(text: str, begun: bool) -> bool:
    """Whether a sentence about the time ahead promises; what is only agreed on does, told behind a colon.

    "Ban Chỉ đạo xác định 5 nhiệm vụ trọng tâm: tiếp tục tuyên truyền; …" does. Of a period that has ``begun`` when the
    text comes out, work may have been done: "Riêng năm 2016, toàn tỉnh tổ chức 2.918 cuộc".
    """
    if _OTHERS_AHEAD.search(text):
        return False
    agrees = _AGREES.search(text)
    begin = 0
    if agrees:
        begin = text.find(":", agrees.end())
        if begin == -1:
            return False
    if _PROMISE.search(text, begin):
        return True
    return bool(_WORK.search(text, begin)) and (not begun or bool(_AIMS.search(text, begin)))


def _goes_on(document: Document, sentence: Sentence, text: str, tasks: _Tasks) -> bool:
    """Whether a sentence goes on with the tasks of the one before it."""
    if _DONE.search(text) or _is_about_a_period(document, sentence):
        return False
    if _TASK.match(text):
        return True
    promise = _PROMISE.search(text)
    return bool(promise and (sentence.paragraph == tasks.paragraph or promise.start() < _SOON))


def _asks(text: str) -> bool:
    """Whether somebody who leads asks for something to be done."""
    if "đề nghị" not in text and "yêu cầu" not in text and "lưu ý" not in text and "nhấn mạnh" not in text:
        return False
    match = _DEMAND.search(text)
    if match is None:
        return False
    before = text[: match.start("verb")]
    if _NOT_ASKING.search(before) or _DONE.search(before) or _RESIDENT.search(before):
        return False
    what = match.group("what")
    return bool(
        _PROMISE.search(what)
        or _TASK.match(what)
        or (
            match["verb"] in _ORDERS
            and not _OF_PEOPLE.match(what)
            and _WORK.search(_CLAUSE.split(what, maxsplit=1)[0])
        )
    )


def _is_about_a_period(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence begins with a period that is not ahead."""
    end = min(sentence.end, sentence.start + _HEAD)
    moments = document.moments_in(sentence.start, end)
    return any(moment.form in _PERIODS | {"in_year", "ytd"} for moment in moments)


def _period_ahead(document: Document, sentence: Sentence, reviewed: Period | None) -> str | None:
    """Return the first period a sentence names that lies after the one the text reports on."""
    calendar = document.calendar
    for moment in document.moments_in(sentence.start, sentence.end):
        if moment.form not in _PERIODS or moment.months is None or moment.baseline:
            continue
        year = moment.year or (reviewed.first_day.year if reviewed else calendar.year)
        if year is None:
            continue
        first, last = moment.months
        over = reviewed.last_day if reviewed else None
        ends = (over.year, over.month) if over else _before(calendar)
        if ends and (year, first) > ends and not _is_over(calendar, year, last):
            return write_months(year, first, last)
    return None


def _before(calendar: when.Calendar) -> tuple[int, int] | None:
    """Return the month before publication."""
    return (calendar.year, (calendar.month or 1) - 1) if calendar.year else None


def _has_begun(document: Document, period: str | None) -> bool:
    """Whether a period had begun before the month the text came out in."""
    calendar, ahead = document.calendar, parse_period(period) if period else None
    if ahead is None or calendar.inferred or not calendar.year or not calendar.month:
        return False
    return (ahead.first_day.year, ahead.first_day.month) < (calendar.year, calendar.month)


def _is_over(calendar: when.Calendar, year: int, month: int) -> bool:
    """Whether a month was over when the text came out."""
    if calendar.inferred or not calendar.year or not calendar.month:
        return False
    return (year, month) < (calendar.year, calendar.month)


def _reviewed(document: Document) -> str | None:
    """Return the period the text reports on: the first it names that is neither a plan nor a comparison."""
    calendar = document.calendar
    ruling = (m for m in [*calendar.title, *calendar.moments] if when.rules(m))
    return next((p for m in ruling if (p := when.resolve(m, calendar, None))), None)
