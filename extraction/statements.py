"""Stated shortcomings, and what is promised for the next period."""

from __future__ import annotations

import re

from extraction import when
from extraction.document import Document
from extraction.model import Span
from extraction.patterns import says_any, whole_words
from extraction.sentences import Sentence
from extraction.spans import make_span

_LISTED = re.compile(
    r"(?:hạn chế|tồn tại|bất cập|khó khăn|khuyết điểm|vướng mắc|yếu kém)[^.:;]{0,60}?(?:như|là|gồm|cụ thể"
    r"|sau đây|đó là)?\s*:"
)
_OPENS = re.compile(
    r"(?:tuy nhiên|song|bên cạnh đó|bên cạnh những kết quả|bên cạnh kết quả|tuy vậy|mặc dù vậy|hạn chế"
    r"|tồn tại|về hạn chế|cạnh đó)(?!\w)"
)
_LACK = re.compile(
    whole_words(
        r"chưa (?:thực sự|đầy đủ|cao|kịp thời|được|thường xuyên|nghiêm|sâu|tốt|đồng đều|đồng bộ"
        r"|hiệu quả|quan tâm|phát huy|chủ động|đạt|có"
        r"|rõ|thể hiện|nhiều)|còn (?:hạn chế|chậm|hình thức|lúng túng|thiếu|yếu|tình trạng|bất cập|mang tính"
        r"|gặp khó|thấp|để xảy ra|nhiều)"
        r"|vẫn còn|hạn chế|thiếu|ngại va chạm|né tránh|đùn đẩy"
    )
)
_CALL = re.compile(
    whole_words(
        r"cần|đề nghị|yêu cầu|khắc phục|làm rõ|phân tích|rút kinh nghiệm|giải pháp|nhìn nhận|tháo "
        r"gỡ|để khắc phục|chỉ ra"
    )
)
_AHEAD = re.compile(
    whole_words(
        r"thời gian tới|tới đây|sắp tới|6 tháng cuối năm|sáu tháng cuối năm|những tháng cuối năm"
        r"|năm tới|phương hướng|nhiệm vụ trọng tâm"
        r"|từ nay đến|trong những tháng còn lại|quí tới|giai đoạn tới"
    )
)
_PROMISE = re.compile(
    whole_words(
        r"tiếp tục|tập trung|đẩy mạnh|phấn đấu|tăng cường|nâng cao|sẽ|chú trọng|phát huy|đổi mới"
        r"|quan tâm|duy trì|thực hiện (?:tốt|có hiệu quả"
        r"|nghiêm|hiệu quả)"
    )
)


#: What words for the time ahead cannot do without.
_AHEAD_WORDS = ("tới", "cuối năm", "phương hướng", "trọng tâm", "từ nay", "còn lại")
_ANNOUNCES = re.compile(r"tổ chức hội nghị|(?:sơ kết|tổng kết) công tác")


def find_shortcomings(document: Document) -> list[Span]:
    """Return the shortcomings stated, the items of a list one by one."""
    found: list[Span] = []
    period = _reviewed(document)
    for sentence in document.sentences:
        text = document.folded.text[sentence.start : sentence.end]
        listed = _LISTED.search(text) if ":" in text else None
        if listed and not _CALL.search(text[: listed.end()]) and _LACK.search(text[listed.end() :]):
            found += _items(document, sentence, sentence.start + listed.end(), period)
        elif _OPENS.match(text) and _LACK.search(text) and not _CALL.search(text):
            found.append(
                make_span(document.folded, sentence.start, sentence.end, "shortcoming", period=period)
            )
    return found


def find_commitments(document: Document) -> list[Span]:
    """Return the sentences that say what is to be done in the period ahead."""
    found: list[Span] = []
    years = [m.year for m in document.calendar.moments if when.rules(m) and m.year]
    first = min(years, default=None)
    for sentence in document.sentences:
        text = document.folded.text[sentence.start : sentence.end]
        plans = [m for m in _moments(document, sentence) if m.plan or _is_next(m, first)]
        if not plans and not (says_any(text, _AHEAD_WORDS) and _AHEAD.search(text)):
            continue
        # The announcement of a conference names the coming year too; it promises nothing yet.
        if _PROMISE.search(text) and not _ANNOUNCES.search(text):
            period = next((when.resolve(m, document.calendar, None) for m in plans), None)
            found.append(
                make_span(document.folded, sentence.start, sentence.end, "commitment", period=period)
            )
    return found


def _items(document: Document, sentence: Sentence, start: int, period: str | None) -> list[Span]:
    text = document.folded.text
    found = []
    position = start
    for stop in [*(m.start() for m in re.finditer(";", text[start : sentence.end])), sentence.end - start]:
        end = start + stop
        if text[position:end].strip(" .;"):
            found.append(make_span(document.folded, position, end, "shortcoming", period=period))
        position = end + 1
    return found


def _reviewed(document: Document) -> str | None:
    """Return the period the text reports on: the first it names that is neither a plan nor a comparison."""
    calendar = document.calendar
    ruling = (m for m in [*calendar.title, *calendar.moments] if when.rules(m))
    return next((p for m in ruling if (p := when.resolve(m, calendar, None))), None)


def _moments(document: Document, sentence: Sentence) -> list[when.Moment]:
    return when.in_span(document.calendar.moments, sentence.start, sentence.end)


def _is_next(moment: when.Moment, first: int | None) -> bool:
    """Whether a year lies after the earliest one reported on."""
    return bool(
        moment.year and first and not moment.baseline and moment.year > first and moment.form == "year"
    )
