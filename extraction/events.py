"""Conferences: which, when, by whom, about which period."""

from __future__ import annotations

import re
from datetime import date

from coso.late_patterns import late
from extraction import when
from extraction.cues import cue
from extraction.document import Document
from extraction.model import Conference
from extraction.patterns import CAPITAL, says_any
from extraction.sentences import Sentence

#: What says that a conference is reported.
_HELD = late(
    r"(?<!\w)(?:đã |vừa |phối hợp |long trọng )?(?:tổ chức|mở|tiến hành|diễn ra|khai mạc|chủ trì)(?: buổi"
    r"| một)? "
    r"(?:hội nghị|cuộc họp|phiên họp|lễ|đại hội|họp)"
    r"|hội nghị (?:tổng kết|sơ kết|giao ban|đánh giá)|họp (?:giao ban|đánh giá)|(?:tổng kết"
    r"|sơ kết) (?:công tác|hoạt động|việc"
    r"|phong trào|năm|6 tháng|giữa nhiệm kì|\d{1,2} năm)"
)
#: What a conference must be held by to be one where no day is said.
_JUST_HELD = late(
    r"(?<!\w)(?:vừa|đã)(?: phối hợp)? (?:tổ chức|mở|tiến hành)(?: buổi)? "
    r"(?:hội nghị )?(?:tổng kết|sơ kết|giao ban|đánh giá)"
)
_DAY = late(
    r"(?:ngày|(?:sáng|trưa|chiều|tối|hôm)(?: nay| qua)?,? ?(?:(?:thứ \w+|chủ nhật),? ?)?\(?(?:ngày)?"
    r"|(?:thứ \w+|chủ nhật),? ?\(?"
    r"|nay \()\s*(?P<day>\d{1,2})(?:\s?(?:-|và|,)\s?(?:ngày )?\d{1,2}(?=/\d{1,2}(?!\d)))?(?:[/.-]"
    r"|\s+tháng\s+)(?P<month>\d{1,2})(?:(?:[/.-]|\s+năm\s+)(?P<year>\d{4}))?(?!\s+(?:sắp )?tới(?!\w))"
)
#: What makes a day one that is counted up to or from, or on which somebody was born.
_BOUND = late(r"(?<!\w)(?:đến|đến hết|tới|chốt|từ|trước|sau|sinh) $")
#: A document before a day: "Công văn số 15-CV/BDV ngày 02/5/2024" tells of its own day, not of that of a conference.
_DOCUMENT = late(
    r"(?:\d[-/][^\s,;]*[a-zđư][^\s,;]*|(?<!\w)số:? \d+|(?<!\w)(?:kế hoạch|công văn|văn bản|quyết định"
    r"|nghị quyết|hướng dẫn|chỉ thị"
    r"|thông báo|tờ trình|công điện))(?: kí| ban hành)?,? $"
)
#: What makes a conference one that is yet to be held: "sẽ tổ chức hội nghị", "yêu cầu các huyện tổ chức hội nghị".
_PLANNED = late(r"(?<!\w)(?:sẽ|dự kiến|(?<!theo )(?:yêu cầu|đề nghị)(?! (?:của|tại)))(?!\w)")
#: Right ahead of the conference: what is only written about, or did not take place.
_NOT_HELD = late(
    r"(?<!\w)(?:chưa|không|(?:kế hoạch|văn bản|công văn|hướng dẫn|giấy mời"
    r"|thông báo)(?: về)?(?: việc)?(?: chuẩn bị)?) ?$"
)
_PUT_OFF = late(r"(?<!\w)(?:hoãn|lùi (?:lại|sang)|hủi bỏ|hủy bỏ)(?!\w)")
_TIME = (
    r"(?i:ngày|sáng|trưa|chiều|tối|hôm|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|vừa qua|mới đây|(?:trong"
    r"|vào|lúc|từ) (?:các |hai |ba |\d+ )?"
    r"(?:ngày|sáng|chiều|tối|hôm|\d)|đầu giờ|cuối giờ|\d{1,2} ?(?:giờ|h)|\(?\d{1,2}[/.-]\d)"
)
#: A part of a sentence ahead of who holds a conference: the paper, the day, the place, what is carried out.
_LEAD = late(
    rf"\([^)]*\)\s*[-–]?\s*|[A-ZĐ][^,.;\d]{{1,24}}\s*[-–]\s*(?={_TIME})|(?:Căn cứ"
    rf"|Thực hiện) [^,]{{3,160}},\s*(?={_TIME})"
    rf"|{_TIME}[^,]{{0,48}},\s*|[Tt]ại [^,]{{2,60}},\s*|[{CAPITAL}][^,\d]{{2,24}},\s*(?={_TIME})"
)
_ORGANISE = late(
    r"\s+(?:(?:đã|vừa|phối hợp|long trọng|trang trọng|đồng|chủ trì)\s+)*(?i:(?:tổ chức|mở|tiến hành"
    r"|khai mạc)\s+(?:hội nghị|buổi|cuộc"
    r"|phiên|lễ|họp|hội thảo|sơ kết|tổng kết|giao ban)|họp (?:báo )?(?:giao ban|sơ kết|tổng kết|đánh giá)"
    r"|(?:sơ kết|tổng kết) (?:công tác|hoạt động|năm|phong trào|việc|\d{1,2} (?:năm|tháng)))"
)
#: "Hội nghị giao ban sáng 16/7 của Ủy ban Kiểm tra Tỉnh ủy nêu …"
_ORGANISED_BY = late(
    rf"[Hh]ội nghị (?:tổng kết|sơ kết|giao ban|đánh giá)[^.;:]{{0,60}}? của (?P<organiser>[{CAPITAL}][^,.;:]{{3,100}}?)"
    r"(?= (?:nêu|cho biết|cho thấy|ngày|sáng|chiều|diễn ra|tổ chức)|[,.:;])"
)
_NO_ORGANISER = late(
    r"(?:tại |trong |theo )?(?:hội nghị|buổi|cuộc|phiên|lễ)(?!\w)|tại |theo |(?:tính )?đến |\d"
    r"|(?:các|nhiều|một số|hầu hết) ",
    re.IGNORECASE,
)
#: One who chairs is not who holds a conference: "đồng chí Lê Văn Bình, Phó Bí thư Tỉnh ủy chủ trì Hội nghị sơ kết …".
_PERSON = late(r"(?:các )?(?:đồng chí|đ/c|ông|bà)(?!\w)|.*(?<!\w)chủ trì(?!\w)", re.IGNORECASE | re.S)
_TRAILING_DAY = late(r"\s+(?:sáng|chiều|tối|ngày)[^,]{0,8}\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?$")
_CHAIR_WORDS = ("chủ trì", "Chủ trì", "chủ tọa", "Chủ tọa")
_CHAIR = late(
    r"(?P<chair>[^.\n]{3,260}?)\s+(?:(?:đã|cùng|đồng|đến|tới|tham|dự|và|(?<!ban )chỉ đạo|phát biểu"
    r"|khai mạc)(?:,? |,))*"
    r"(?:chủ trì|chủ tọa)(?:\s+(?:và [^.,;]{3,40} )?(?:hội nghị|buổi|cuộc họp|phiên)|\s*\.|\s*$)",
    re.IGNORECASE,
)
#: "Đồng chủ trì hội nghị có ông A và bà B", "dưới sự chủ trì của ông A".
_CHAIRED_BY = late(
    r"(?:(?:đồng )?(?:chủ trì|chủ tọa) (?:hội nghị|buổi[^.,;:]{0,20}|cuộc họp|phiên họp)(?: (?:có|là"
    r"|gồm)(?: các)?:?|:(?: các)?)"
    r"|(?:dưới )?sự (?:đồng )?chủ trì của(?: các)?|được chủ trì bởi)\s+"
    r"(?P<chair>[^.\n]{3,260}?)(?=[.\n]|, (?:với|cùng|có) |$)",
    re.IGNORECASE,
)
_CHAIR_LEAD = late(
    r"^(?:(?:sáng|chiều|tối|hôm) (?:nay|qua), ?)?(?:[^,]{0,40}\d{1,2}[/.-]\d{1,2}[^,]{0,12}, ?)?"
    r"(?:(?:tại|ở) [^,]{2,60}, ?)?(?:do )?(?:Các đồng chí|Đồng chí|Đ/c|Các ông, bà|Ông|Bà)?\s*:?\s*",
    re.IGNORECASE,
)
#: Where the chair is told of behind the conference: "… hội nghị sơ kết 6 tháng do đồng chí Lê Thị Hoa chủ trì".
_BY = late(rf" do (?:[^,.;]{{3,80}} tổ chức, ?)?(?=(?:các )?(?:đồng chí|đ/c|ông|bà) |[{CAPITAL}])")
#: A review of several years, and the assessment of one.
_TERM = late(
    r"(?:tổng kết|sơ kết)(?:[^.;]{0,80}(?:nhiệm kì|giai đoạn)| (?:\d{1,2}|một|hai|ba|bốn|mười) năm (?!\d))"
)
_YEAR_ASSESSED = late(r"đánh giá kết quả(?:(?! tháng)[^.;]){0,60}năm \d{4}")
#: What no report of a conference can do without.
_HELD_WORDS = cue("hội nghị", " kết", "giao ban")


def find_events(document: Document) -> list[Conference]:
    """Return the conferences reported, each once, with the sentence that reports it as evidence."""
    found: list[Conference] = []
    for index, sentence in enumerate(document.sentences):
        if not sentence.cues & _HELD_WORDS:
            continue
        text = document.folded.text[sentence.start : sentence.end]
        day = _day_in(text)
        held = _HELD.search(text)
        if held is None or _PLANNED.search(text, 0, held.start()) or _NOT_HELD.search(text[: held.start()]):
            continue
        if _PUT_OFF.search(text):
            continue
        if not (day or (not found and _JUST_HELD.search(text))):
            continue
        event = _event(document, index, text, day)
        if event.held_on is None and event.organiser is None:
            continue
        if not any(e.kind == event.kind and e.held_on == event.held_on for e in found):
            found.append(event)
    return found


def _day_in(text: str) -> re.Match[str] | None:
    """Return the first day a sentence names that it does not count up to, or from, nor is that of a document."""
    for match in _DAY.finditer(text):
        if not _BOUND.search(text[max(0, match.start() - 12) : match.start()]) and not _DOCUMENT.search(
            text[max(0, match.start() - 40) : match.start()]
        ):
            return match
    return None


def _event(document: Document, index: int, text: str, day: re.Match[str] | None) -> Conference:
    sentence = document.sentences[index]
    kind = _kind(text)
    period = _period(document, sentence, kind)
    organiser = _organiser(document.folded.plain[sentence.start : sentence.end])
    start, end = document.folded.start(sentence.start), document.folded.end(sentence.end)
    central = bool(organiser and re.search(r"[Tt]rung ương|Chính phủ|Quốc hội|^Bộ ", organiser))
    province = document.atlas.province
    return Conference(
        start=start,
        end=end,
        quote=document.folded.source[start:end],
        kind=kind,
        held_on=_held_on(document, day, period, kind) if day else None,
        organiser=organiser,
        chair=_chair(document, index),
        period=period,
        province=None if central or province is None else province.province,
    )


def _kind(text: str) -> str:
    if _TERM.search(text) and not re.search(
        r"(?:tổng kết|sơ kết)[^.;]{0,60}(?:(?<!ngày )năm \d{4}|6 tháng)", text
    ):
        return "term_review"
    if re.search(r"(?:sơ kết|đánh giá|giao ban|tổng kết)[^.;]{0,120}(?:6 tháng|sáu tháng|nửa đầu năm)", text):
        return "half_year_review"
    if re.search(r"(?:sơ kết|đánh giá|giao ban|tổng kết)[^.;]{0,80}quí", text):
        return "quarter_review"
    if re.search(r"tổng kết", text) or _YEAR_ASSESSED.search(text):
        return "annual_review"
    return "half_year_review" if "sơ kết" in text else "other_conference"


def _period(document: Document, sentence: Sentence, kind: str) -> str | None:
    calendar = document.calendar
    moments = [m for m in when.in_span(calendar.moments, sentence.start, sentence.end) if when.rules(m)]
    # "Sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2022" says the year only once, at its end.
    named = when.in_span(calendar.moments, sentence.start, sentence.end)
    year = next((m.year for m in named if m.year and not m.baseline), None)
    for moment in moments:
        found = when.resolve(moment, calendar, year)
        if found:
            return found
    if kind == "annual_review" and calendar.review_year:
        return str(calendar.review_year)
    return f"{calendar.year}-H1" if kind == "half_year_review" and calendar.year else None


def _held_on(document: Document, day: re.Match[str], period: str | None, kind: str) -> str | None:
    calendar = document.calendar
    month, number = int(day.group("month")), int(day.group("day"))
    year = int(day.group("year")) if day.group("year") else None
    if year is None and calendar.year and not calendar.inferred:
        ahead = (month, number) > (calendar.month or 12, calendar.day or 31)
        year = calendar.year - 1 if ahead else calendar.year
    if year is None and period:
        # A review of a whole year held in its first months is held in the year after.
        reviewed = int(period[:4])
        year = reviewed + 1 if kind == "annual_review" and month <= 4 else reviewed
    try:
        return date(year, month, number).isoformat() if year else None
    except ValueError:
        return None


def _organiser(plain: str) -> str | None:
    """Return who held a conference: the subject of the sentence, or whose conference it is."""
    rest = plain
    while lead := _LEAD.match(rest):
        rest = rest[lead.end() :]
    match = _ORGANISE.search(rest)
    organiser = rest[: match.start()].strip(" ,") if match else ""
    if not organiser or _NO_ORGANISER.match(organiser) or _PERSON.match(organiser):
        whose = _ORGANISED_BY.search(plain)
        organiser = whose.group("organiser") if whose else ""
    organiser = _TRAILING_DAY.sub("", organiser)
    return organiser if 0 < len(organiser) <= 240 else None


def _chair(document: Document, index: int) -> str | None:
    """Return who chaired it: named in the sentence, in the three after it or the two before."""
    plain = document.folded.plain
    for near in [*document.sentences[index : index + 4], *document.sentences[max(0, index - 2) : index]]:
        text = plain[near.start : near.end]
        # The whole rules take long to say no.
        if not says_any(text, _CHAIR_WORDS):
            continue
        match = _CHAIRED_BY.search(text) or _CHAIR.search(text)
        if match:
            told = _BY.split(match.group("chair").split("\n")[-1])[-1]
            chair = _CHAIR_LEAD.sub("", told.strip(" ,"), count=1)
            return chair or None
    return None
