"""Which titles are worth a request: recall first, since a page passed over is never read.

The words are the names of the matters the law on democracy at the grassroots speaks of and of the bodies and
meetings that report on them. A source may add its own (key ``topic``); nothing may take any away.
"""

from __future__ import annotations

import re
from functools import lru_cache

from coso.text import fold_words, strip_marks
from scrapers.sourcefile import Source
from scrapers.urls import slug_words

WORDS: tuple[str, ...] = (
    "dân chủ",
    "dân vận",
    "quy chế",
    "cơ sở",
    "đối thoại",
    "tiếp dân",
    "tiếp công dân",
    "tiếp xúc cử tri",
    "cử tri",
    "khiếu nại",
    "tố cáo",
    "đơn thư",
    "kiến nghị",
    "phản ánh",
    "giám sát",
    "phản biện",
    "hòa giải",
    "hương ước",
    "quy ước",
    "công khai",
    "lấy ý kiến",
    "góp ý",
    "mặt trận",
    "MTTQ",
    "ban chỉ đạo",
    "thanh tra nhân dân",
    "đầu tư của cộng đồng",
    "hội nghị",
    "sơ kết",
    "tổng kết",
    "cải cách hành chính",
    "một cửa",
    "hài lòng",
    "chính quyền",
    "nhân dân",
    "người dân",
    "người lao động",
    "công đoàn",
    "nông thôn mới",
)

#: Titles shorter than this many words say too little to be judged by.
_LEAST_WORDS = 4


def is_wanted(source: Source, url: str, title: str | None) -> bool:
    """Say whether the page behind a link is to be fetched.

    Judged by the title of the link where there is one, else by the words of the address without their marks;
    a link that gives neither is fetched, and so is every item of a feedback or a report portal.
    """
    if source.topic.all or source.feedback or source.kind == "report_portal":
        return True
    marked, plain = _patterns((*WORDS, *source.topic.words))
    if title and len(title.split()) >= _LEAST_WORDS:
        return bool(marked.search(fold_words(title)) or (title.isascii() and plain.search(title.lower())))
    words = slug_words(url)
    if len(words.split()) >= _LEAST_WORDS:
        return bool(plain.search(words))
    return True


@lru_cache(maxsize=64)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    marked = "|".join(sorted({re.escape(fold_words(word)) for word in words}))
    plain = "|".join(sorted({re.escape(strip_marks(word)) for word in words}))
    return re.compile(rf"\b(?:{marked})\b"), re.compile(rf"\b(?:{plain})\b")
