"""The cheap first question: can this text hold anything for us at all?

Most of the news is about other things. A long text without one of the words our subject cannot do without, or
without a digit near one, is passed over before it is folded, split or searched for anything else. Short texts,
whose subject may be told by a title or a source, are always read.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from coso.late_patterns import late

#: Texts shorter than this are read whatever they say, in characters.
_SHORT = 1500
#: A digit this near to one of our words makes a text worth reading, in characters.
_NEAR = 240
#: Words our subject cannot do without, in lower case as they are typed, in either tone placement.
_WORDS = (
    "khiếu nại", "tố cáo", "đơn thư", "tiếp công dân", "tiếp dân", "lượt công dân", "lượt đoàn",
    "đối thoại", "tổ hòa giải", "tổ hoà giải", "hòa giải ở cơ sở", "hoà giải ở cơ sở", "hòa giải cơ sở",
    "hòa giải thành", "hoà giải thành", "hòa giải viên", "hoà giải viên", "dân chủ", "qcdc", "dân vận",
    "thanh tra nhân dân", "ttnd", "gsđt", "giám sát đầu tư", "cuộc giám sát", "phản biện",
    "mặt trận tổ quốc", "mttq", "cử tri", "hương ước", "quy ước", "qui ước", "thỏa ước", "thoả ước",
    "hội nghị người lao động", "hội nghị nlđ", "công chức, viên chức", "cbcc", "một cửa",
    "thủ tục hành chính", "tthc", "hành chính công", "sự hài lòng", "mức độ hài lòng", "sipas",
    "phản ánh, kiến nghị", "kiến nghị, phản ánh", "phản ánh hiện trường", "phản ánh kiến nghị", "pakn",
    "1022", "tổ chức đảng", "thi hành kỷ luật", "thi hành kỉ luật", "chính quyền thân thiện",
    "tiếp cận pháp luật", "họp thôn", "họp dân", "hiến đất", "ngày công", "cuộc thanh tra",
    "ngành thanh tra", "phổ biến pháp luật", "tuyên truyền pháp luật", "giáo dục pháp luật",
    "lấy ý kiến nhân dân", "lấy ý kiến người dân", "góp ý xây dựng đảng",
)  # fmt: skip
_DIGIT = late(r"\d")
_INVISIBLE = ("\u200b", "\u00ad", "\ufeff", "\u200d", "\u200c")
#: What may stand in our words for a space and for đ.
_SPELT_ODDLY = {"\u00a0": " ", "ð": "đ"}


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    return AhoCorasick(list(_WORDS))


def may_speak_of_democracy(text: str, title: str | None) -> bool:
    """Whether a text may hold anything to read; False is certain but for a text that hides its words."""
    if len(text) < _SHORT:
        return True
    if not unicodedata.is_normalized("NFC", text) or any(mark in text for mark in _INVISIBLE):
        return True
    lowered = text.lower()
    for odd, plain in _SPELT_ODDLY.items():
        if odd in lowered:
            lowered = lowered.replace(odd, plain)
    found = _automaton().find_matches_as_indexes(lowered)
    if len({index for index, _, _ in found}) >= 2:
        return True
    if title and _automaton().find_matches_as_indexes(title.lower()):
        return True
    return any(_DIGIT.search(lowered, max(0, start - _NEAR), end + _NEAR) for _, start, end in found)
