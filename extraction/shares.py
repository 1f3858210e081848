"""What a share says itself: "95% thôn họp dân" names its noun and what was done, whatever was told before it."""

from __future__ import annotations

from coso.late_patterns import late
from extraction.figures import Figure
from extraction.lexicon import Terms
from extraction.patterns import whole_words

#: Who takes part in nothing that whole bodies hold: "96% cán bộ, công chức", "95% kiến nghị".
_NOT_BODIES = frozenset({"person", "opinion", "household", "turn", "case", "petition"})
_AHEAD_OF_NOUN = late(r" ?(?:tổng |trong )*(?:số |các )?")
#: What a body may have without having done anything: "70% doanh nghiệp có vốn đầu tư nước ngoài".
_PREDICATE = late(
    whole_words(
        r"được|bị|đạt|có(?! (?:vốn|tổ chức|công đoàn|tổ công đoàn|từ|dưới|trên))|tham gia|tham dự|dự|họp|bàn|xếp|kí"
        r"|đăng kí|nhận|nắm|hài lòng|thỏa thuận|lấy ý kiến"
    )
)
#: Words that only say again that it was done.
_AGAIN = late(
    r"(?:[\s,.]|(?:đã|đều|được|tổ chức|thực hiện|tiến hành|triển khai|ban hành|xây dựng|mở|có|đạt|chuẩn|hoàn thành|xong"
    r"|kí|kí kết|duy trì|đầy đủ|đúng|qui định|kế hoạch|yêu cầu|thời gian|theo|việc|tốt|nghiêm túc|nội dung|này|trên)"
    r"(?!\w))*"
)
#: Where nothing is joined that was done, too.
_ENDS = late(r"[;,.)\n]|$|đạt ")
#: "88% công đoàn cơ sở đạt vững mạnh": no number follows, so that the verb goes with the noun.
_REACHES = late(r"đạt [^\d;,.()\n]+(?=[;,.)\n]|$)")


def says_otherwise(folded: str, figure: Figure, terms: Terms) -> bool:
    """Whether a share names behind it who did what, so that no verb and no matter told before it is meant.

    "Đạt 95%", "60% doanh nghiệp ngoài nhà nước" and "98% đơn vị đã tổ chức" leave that to the words before.
    """
    if figure.own_end <= figure.end or figure.extra or not _ENDS.match(folded, figure.own_end):
        return False
    ahead = _AHEAD_OF_NOUN.match(folded, figure.end)
    start = ahead.end() if ahead else figure.end
    noun = next((term for term in terms.between(start, start + 2) if term.meaning.classes), None)
    if noun is None:
        return False
    reached = _REACHES.match(folded, figure.own_end)
    end = reached.end() if reached else figure.own_end
    predicate = _PREDICATE.search(folded, noun.end, end)
    if predicate is None:
        return bool(noun.meaning.classes & _NOT_BODIES)
    return not _AGAIN.fullmatch(folded, predicate.start(), end)
