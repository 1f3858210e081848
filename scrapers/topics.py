"""Which links are worth a request, by title and lead: recall first, since a page passed over is never read.

The words are the names of the matters the law on democracy at the grassroots speaks of, of what is counted of them
(``coso.dictionary``), and of the bodies and meetings that report on them. A source may add its own (key ``topic``);
nothing may take any away. What the filter misses is measured over the annotated articles.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from coso.text import fold_words, strip_marks
from scrapers.urls import slug_words

if TYPE_CHECKING:
    from scrapers.links import Link
    from scrapers.sourcefile import Source

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
    "tranh chấp",
    "khiếu kiện",
    "vụ việc",
    "tồn đọng",
    "vượt cấp",
    "xử lý đơn",
    "hương ước",
    "quy ước",
    "thỏa ước",
    "công khai",
    "minh bạch",
    "lấy ý kiến",
    "góp ý",
    "mặt trận",
    "MTTQ",
    "ban chỉ đạo",
    "thanh tra",
    "sai phạm",
    "kỷ luật",
    "ủy ban kiểm tra",
    "đảng viên",
    "cấp ủy",
    "đầu tư của cộng đồng",
    "hội nghị",
    "sơ kết",
    "tổng kết",
    "tập huấn",
    "tuyên truyền",
    "pháp luật",
    "cải cách",
    "hành chính",
    "thủ tục",
    "hồ sơ",
    "dịch vụ công",
    "một cửa",
    "hài lòng",
    "SIPAS",
    "PAPI",
    "1022",
    "chính quyền",
    "nhân dân",
    "người dân",
    "công dân",
    "làm chủ",
    "dân bàn",
    "dân biết",
    "dân tin",
    "dân hiến",
    "gần dân",
    "họp dân",
    "lòng dân",
    "nghe dân",
    "sức dân",
    "vì dân",
    "lắng nghe",
    "đồng thuận",
    "tự quản",
    "tổ dân phố",
    "hiến đất",
    "làm đường",
    "mở đường",
    "giao thông nông thôn",
    "đóng góp",
    "chung sức",
    "chung tay",
    "góp sức",
    "ngày công",
    "người lao động",
    "công đoàn",
    "nông thôn mới",
)

#: Titles shorter than this many words say too little to be judged by.
_LEAST_WORDS = 4


def is_wanted(source: Source, link: Link) -> bool:
    """Say whether the page behind a link is to be fetched.

    Judged by its title and by what is said of it beside the link, else by the words of the address without their
    marks; a link that gives too little of all is fetched, and so is every item of a feedback or a report portal.
    """
    if source.topic.all or source.feedback or source.kind == "report_portal":
        return True
    marked, plain = _patterns((*WORDS, *source.topic.words))
    for text in filter(None, (link.title, link.summary)):
        if marked.search(fold_words(text)) or (text.isascii() and plain.search(text.lower())):
            return True
    if link.title and len(link.title.split()) >= _LEAST_WORDS:
        return False
    words = slug_words(link.url)
    return len(words.split()) < _LEAST_WORDS or bool(plain.search(words))


@lru_cache(maxsize=64)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    marked = "|".join(sorted({re.escape(fold_words(word)) for word in words}))
    plain = "|".join(sorted({re.escape(strip_marks(word)) for word in words}))
    return re.compile(rf"\b(?:{marked})\b"), re.compile(rf"\b(?:{plain})\b")
