"""Initiatives named: models, movements, campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coso.late_patterns import late
from coso.text import Folded
from extraction.model import Span
from extraction.patterns import CAPITAL
from extraction.spans import make_span

_MARK = late("[“«„\"‘']")
#: A mark that opens; straight ones stand behind no word, since that they may close.
_OPENING = late('[“«„]|(?<![\\w.,;:!?”"])"|(?<!\\w)[‘\'](?=\\w)')
#: What stands in quotation marks, another such name within it too.
_QUOTED = (
    late('[“"«„](?P<name>(?:[^“”"«»„\\n]|“[^“”\\n]{1,60}”){3,120})[”"»]'),
    late("[‘'](?P<name>[^‘’'\\n]{3,120})[’'](?!\\w)"),
)
#: What an initiative is called by, and words between it and the name; others only say something of it ("mô hình này
#: rất “nóng”").
_LEADS = late(
    r"(?<!\w)(?i:mô hình|chương trình|phong trào|cuộc vận động|sáng kiến|đề án|chiến dịch|câu lạc bộ|clb"
    r"|ngày|tháng|cuộc thi|hội thi"
    r"|diễn đàn|công trình|phần việc)(?P<more>(?i: thi đua| điểm| hay| điển hình)*"
    r"(?P<words>(?:,? (?!(?:này|rất|là|được|bị|đó|của|có|đã|đang|sẽ|còn|không|với|nên|mà|thì|cho|vì|nhưng"
    r"|nói|để|do|từ|tại|trong|ở)"
    r"(?!\w))[^\W\d]+){0,7}?):?) ?$"
)
#: As far back as such words reach, in characters.
_LEADS_REACH = 72
#: Between a name and a further one of the same kind: the second of "các mô hình “A” ở xã B, “C”".
_BETWEEN = late(r"(?: (?:của|ở|tại|do) [^“”\".;:,\n]{1,60})?(?:,|;| và|, và)\s+")
#: A name without quotation marks begins in capitals and ends where the sentence goes on; a body is no initiative.
_UNQUOTED = late(
    r"(?:[Mm]ô hình|[Pp]hong trào(?: thi đua)?|[Cc]uộc vận động)"
    r" (?!(?:Ủy ban|Uỷ ban|Hội đồng|Trung tâm|Công ty)(?!\w))"
    rf"(?P<name>[{CAPITAL}][a-zà-ỹđ]+"
    r"(?:(?:,(?= vì))? (?!(?:và|với|của|tại|ở|do|là|có|được|đã|đang|sẽ|trong|trên|cho|để|nhằm|gắn|theo|từ"
    r"|đến|tiếp|góp|giai|năm|qua"
    r"|khi|như|này|đó|thu|còn|phát huy|mô hình|phong trào|câu lạc bộ|(?<!tác )xã(?! hội)|huyện|tỉnh"
    r"|phường|(?<!nông )thôn)(?!\w))"
    r"[\wà-ỹđ]+){1,9})"
)
_UNQUOTED_KINDS = ("ô hình ", "hong trào ", "uộc vận động ")


class _Named(NamedTuple):
    """A name and where it stands with the word for its kind."""

    start: int
    end: int
    name: str


def find_initiatives(folded: Folded) -> list[Span]:
    """Return the models, movements and campaigns named, in quotation marks or in capitals, each once."""
    found: dict[str, Span] = {}
    for start, end, written in sorted([*_named_in_quotes(folded.plain), *_named_in_capitals(folded.plain)]):
        name = written.strip(" ,.")
        found.setdefault(name.casefold(), make_span(folded, start, end, "initiative", name=name))
    return sorted(found.values(), key=lambda span: span.start)


def _named_in_capitals(text: str) -> Iterator[_Named]:
    """Yield the initiatives without quotation marks, looked for where a word for them stands."""
    starts: list[int] = []
    for word in _UNQUOTED_KINDS:
        at = text.find(word)
        while at != -1:
            starts.append(at - 1)  # the letter that may be a capital
            at = text.find(word, at + 1)
    end = 0
    for start in sorted(starts):
        if start >= end and start >= 0 and (match := _UNQUOTED.match(text, start)):
            end = match.end()
            yield _Named(start, end, match["name"])


def _named_in_quotes(text: str) -> Iterator[_Named]:
    """Yield the initiatives of a text, looked for before its quotation marks only."""
    end = -1
    for mark in _MARK.finditer(text):
        at = mark.start()
        if at < end or not _OPENING.match(text, at):
            continue
        quoted = next((match for pattern in _QUOTED if (match := pattern.match(text, at))), None)
        if quoted is None:
            continue
        leads = _LEADS.search(text[max(end, at - _LEADS_REACH, 0) : at])
        further = end != -1 and _BETWEEN.fullmatch(text, end, at)
        # What is said in quotation marks of a model ("mô hình, “nếu dân tin”") begins small.
        if further or (leads and (not leads["words"] or not quoted["name"][0].islower())):
            yield _Named(
                at if further or not leads else at - len(leads.group()), quoted.end(), quoted["name"]
            )
            end = quoted.end()
        elif leads is None:
            end = -1
