"""Places that a text names without telling anything of them: provinces merged into another, who elected a deputy, where
somebody lives who speaks."""

from __future__ import annotations

from dataclasses import replace

from coso.late_patterns import late
from extraction.patterns import CAPITAL, says_any
from extraction.territories import Mention

_WORD = rf"[{CAPITAL}][\w'’]*"
_MERGED = late(
    r"(?<!\w)(?:hợp nhất|sáp nhập|sau (?:khi )?nhập|nhận thêm|gộp|gồm cả|kể cả|tính cả)"
    r"(?: (?:với|cùng|từ|của|giữa|các|hai|ba|bốn|cả|thêm|[2-9]|tỉnh|thành phố|huyện|xã|phường|toàn bộ"
    r"|một phần|nguyên trạng|địa giới|đơn vị))* $"
)
_SINCE = late(r"(?:^|[.\n] ?)sau (?:khi )?(?:hợp nhất|sáp nhập) $")
_MERGED_WORDS = ("nhập", "hợp nhất", "gộp", "nhận thêm", "gồm cả", "kể cả", "tính cả")
_AND = late(r"(?:, | ?[-–] | )(?:và |với |cùng )?(?:tỉnh |thành phố |huyện |xã |phường |thị trấn )*")
_SUBJECT = late(
    r"(?: mới)? (?:có|đã|hiện|tổ chức|tiếp|nhận|giải quyết|thực hiện|còn|ban hành|triển khai|xây dựng|ghi nhận"
    r"|hòa giải)(?!\w)"
)
#: Who elected a deputy, in brackets: "Đại biểu Trịnh Xuân An (Đồng Nai)".
_DEPUTY = late(
    rf"(?:[Đđ]ại biểu|ĐBQH)(?: Quốc hội| QH)? {_WORD}(?: {_WORD}){{1,4}} \((?:[Đđ]oàn )?(?:ĐBQH |đại biểu Quốc hội )?"
    r"(?:tỉnh |thành phố |TP\.? ?)?$"
)
#: What stands before the name of somebody who speaks, and what he does.
_TITLES = ("ông ", "bà ", "anh ", "chị ", "cụ ")
_SPEAKER = late(
    rf"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ụ)(?: {_WORD}){{2,5}}(?: \(|, )"
    # "người dân xã", "cán bộ dân vận ở xã"; an office with a capital speaks for its place
    r"(?:[a-zà-ỹđ]+ ){0,5}$"
)
_SPEAKS = late(
    r"[),]{0,2} (?:vẫn |cũng |còn |đã |thì |lại )?(?:nhớ|kể|nói|góp lời|ví von|đếm|khoe|cười|cho biết|cho hay|bày tỏ"
    r"|chia sẻ|cho rằng|băn khoăn|phấn khởi|bảo|nhận xét|tâm sự|phản ánh|bộc bạch|khẳng định)(?!\w)"
)


def set_aside(plain: str, folded: str, mentions: list[Mention]) -> list[Mention]:
    """Return the places of a text, those marked of which it tells nothing.

    Args:
        plain: the text with its capitals.
        folded: the same, folded.
        mentions: what it names.
    """
    found = _put_merged_aside(folded, mentions) if says_any(folded, _MERGED_WORDS) else mentions
    if says_any(folded, _TITLES):
        found = [replace(m, aside=True) if _is_of_speaker(plain, m) else m for m in found]
    if "đại biểu" in folded or "đbqh" in folded:
        found = [replace(m, aside=True) if _sends_deputy(plain, m) else m for m in found]
    return found


def _sends_deputy(plain: str, mention: Mention) -> bool:
    """Whether a province in brackets says who elected a deputy: "Đại biểu Trịnh Xuân An (Đồng Nai) cho rằng …"."""
    if mention.territory is None or mention.territory.level != "province":
        return False
    return bool(_DEPUTY.search(plain, max(0, mention.start - 70), mention.start))


def _is_of_speaker(plain: str, mention: Mention) -> bool:
    """Whether a place only says where somebody lives who speaks: "Ông Trần Văn Bình (TP Cam Ranh) vẫn nhớ buổi gặp".

    So it does between commas: "Bà Huỳnh Thị Mai, xã Tân Thành Bình, ví von".
    """
    spoken = _SPEAKS.match(plain, mention.end)
    return bool(spoken and _SPEAKER.search(plain, max(0, mention.start - 80), mention.start))


def _put_merged_aside(folded: str, mentions: list[Mention]) -> list[Mention]:
    """Mark places told only as merged into another, as the last one of "An Giang (sau hợp nhất với Kiên Giang)"."""
    marked: list[Mention] = []
    end = -1
    for mention in mentions:
        gap = _AND.fullmatch(folded, end, mention.start) if end >= 0 else None
        # "sáp nhập với Bạc Liêu, tỉnh Cà Mau có …": behind a mere comma the subject of the sentence may begin.
        listed = gap and not ("," in gap.group() and _SUBJECT.match(folded, mention.end))
        if mention.territory and (listed or _is_merged(folded, mention)):
            end = mention.end
            marked.append(replace(mention, aside=True))
        else:
            end = -1
            marked.append(mention)
    return marked


def _is_merged(folded: str, mention: Mention) -> bool:
    """Whether a place is told as merged into another: but "Sau sáp nhập Thái Nguyên có 92 xã" tells of it."""
    start = max(0, mention.start - 60)
    if not _MERGED.search(folded, start, mention.start):
        return False
    return not (_SINCE.search(folded, start, mention.start) and _SUBJECT.match(folded, mention.end))
