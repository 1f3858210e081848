"""Conferences: which, when, by whom, about which period."""

from __future__ import annotations

import re
from datetime import date

from extraction import when
from extraction.document import Document
from extraction.model import Conference
from extraction.sentences import Sentence

_HELD = re.compile(
    r"(?<!\w)(?:đã |vừa |phối hợp |long trọng )?(?:tổ chức|mở|tiến hành|diễn ra|khai mạc)(?: buổi| một)? "
    r"(?:hội nghị|cuộc họp|phiên họp|lễ|đại hội|họp)"
    r"|hội nghị (?:tổng kết|sơ kết|giao ban|đánh giá)|(?:tổng kết|sơ kết) (?:công tác|hoạt động|việc"
    r"|phong trào|năm|6 tháng|giữa nhiệm kì)"
)
_DAY = re.compile(
    r"(?:ngày|sáng|chiều|tối|sáng ngày|chiều ngày|hôm)\s+(?P<day>\d{1,2})(?:[/.-]"
    r"|\s+tháng\s+)(?P<month>\d{1,2})(?:(?:[/.-]|\s+năm\s+)(?P<year>\d{4}))?"
)
_LEAD = re.compile(
    r"^(?:\([^)]*\)\s*[-–]?\s*)?(?:(?:Trong )?(?:[Nn]gày|[Ss]áng|[Cc]hiều|[Tt]ối"
    r"|[Hh]ôm)[^,]{0,40},\s*)?(?:tại [^,]{2,60},\s*)?"
)
_ORGANISE = re.compile(
    r"\s+(?:đã |vừa |phối hợp |long trọng )*(?:tổ chức|mở|tiến hành)\s+(?:[Hh]ội nghị|buổi|cuộc|phiên"
    r"|[Ll]ễ|họp|hội thảo|sơ kết|tổng kết)"
)
_CHAIR = re.compile(
    r"(?P<chair>[^.\n]{3,260}?)\s+(?:đã |cùng |đồng )?chủ trì\s+(?:hội nghị|buổi|cuộc họp|phiên)",
    re.IGNORECASE,
)
#: Whether anybody may have chaired anything in a sentence, in folded text; the whole rule takes long to say no.
_CHAIRED = re.compile(r"chủ trì\s+(?:hội nghị|buổi|cuộc họp|phiên)")
_CHAIR_LEAD = re.compile(r"^(?:Các đồng chí|Đồng chí|Các ông, bà|Ông|Bà)\s*:?\s*")


def find_events(document: Document) -> list[Conference]:
    """Return the conferences reported, each once, with the sentence that reports it as evidence."""
    found: list[Conference] = []
    for index, sentence in enumerate(document.sentences):
        text = document.folded.text[sentence.start : sentence.end]
        if "hội nghị" not in text and "tổng kết" not in text and "sơ kết" not in text:
            continue
        day = _DAY.search(text)
        if not day or not _HELD.search(text):
            continue
        event = _event(document, index, text, day)
        if not any(e.kind == event.kind and e.held_on == event.held_on for e in found):
            found.append(event)
    return found


def _event(document: Document, index: int, text: str, day: re.Match[str]) -> Conference:
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
        held_on=_held_on(document, day, period, kind),
        organiser=organiser,
        chair=_chair(document, index),
        period=period,
        province=None if central or province is None else province.province,
    )


def _kind(text: str) -> str:
    if re.search(r"(?:tổng kết|sơ kết)[^.;]{0,80}(?:nhiệm kì|giai đoạn)", text) and not re.search(
        r"(?:tổng kết|sơ kết)[^.;]{0,60}(?:năm \d{4}|6 tháng)", text
    ):
        return "term_review"
    if re.search(r"(?:sơ kết|đánh giá|giao ban|tổng kết)[^.;]{0,120}(?:6 tháng|sáu tháng|nửa đầu năm)", text):
        return "half_year_review"
    if re.search(r"(?:sơ kết|đánh giá|giao ban|tổng kết)[^.;]{0,80}quí", text):
        return "quarter_review"
    if re.search(r"tổng kết|đánh giá kết quả[^.;]{0,60}năm \d{4}", text):
        return "annual_review"
    return "half_year_review" if "sơ kết" in text else "other_conference"


def _period(document: Document, sentence: Sentence, kind: str) -> str | None:
    calendar = document.calendar
    moments = [m for m in when.in_span(calendar.moments, sentence.start, sentence.end) if when.rules(m)]
    # "Sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2022" says the year only once, at its end.
    year = next(
        (m.year for m in when.in_span(calendar.moments, sentence.start, sentence.end) if m.year), None
    )
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
    rest = _LEAD.sub("", plain, count=1)
    match = _ORGANISE.search(rest)
    if match is None:
        return None
    organiser = rest[: match.start()].strip(" ,")
    return organiser if 0 < len(organiser) <= 240 else None


def _chair(document: Document, index: int) -> str | None:
    """Return who chaired it: named in the sentence, in the three after it or the two before."""
    plain = document.folded.plain
    for near in [*document.sentences[index : index + 4], *document.sentences[max(0, index - 2) : index]]:
        if not _CHAIRED.search(document.folded.text, near.start, near.end):
            continue
        match = _CHAIR.search(plain[near.start : near.end])
        if match:
            chair = _CHAIR_LEAD.sub("", match.group("chair").split("\n")[-1].strip(" ,"))
            return chair or None
    return None
