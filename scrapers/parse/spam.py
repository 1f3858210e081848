"""Spam planted on honest hosts: state sites are broken into to advertise gambling under their good name.

What is looked for is advertising, never the subject: a report on an illegal betting ring names bookmakers too, but
it offers no bonus for the first deposit.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from coso.text import fold_words
from scrapers.parse.fields import node_text

_PHRASES = (
    r"nhà cái (?:uy tín|hàng đầu|số 1|châu á)", r"link (?:vào|đăng nhập)", r"trang chủ chính thức", r"nổ hũ",
    r"bắn cá đổi thưởng", r"game (?:bài )?đổi thưởng", r"soi cầu", r"bạch thủ lô", r"kèo nhà cái",
    r"tỷ lệ (?:cược|kèo)", r"casino (?:online|trực tuyến|uy tín)", r"slot gacor", r"slot online",
    r"situs (?:judi|slot)", r"khuyến mãi nạp (?:đầu|tiền)", r"tặng \d+k", r"nạp (?:đầu|rút)",
    r"cá cược (?:bóng đá|thể thao|online|trực tuyến)", r"xóc đĩa online", r"tài xỉu online", r"baccarat",
    r"đăng ký nhận (?:ngay )?(?:\d+k|thưởng|code)", r"trực tiếp đá gà", r"đá gà trực tuyến", r"lô đề online",
    r"tải app (?:nhận|game|cá)",
    r"(?:kubet|bong88|fb88|w88|188bet|fun88|m88|vn88|jun88|shbet|new88|go88|sunwin|hitclub)\w*",
)  # fmt: skip
_PATTERN = re.compile(rf"\b(?:{'|'.join(fold_words(phrase) for phrase in _PHRASES)})(?!\w)")
#: One such phrase may be a quotation; two different ones in what a page says of itself are an advertisement.
_ENOUGH = 2
_SELF_DESCRIPTION = "title, h1, meta[name='description'], meta[name='keywords'], meta[property='og:title']"


def spam_phrases(text: str) -> list[str]:
    """Return the different phrases of gambling advertisements in ``text``, sorted."""
    return sorted({match.group() for match in _PATTERN.finditer(fold_words(text))})


def spam_on_page(tree: LexborHTMLParser) -> str | None:
    """Return the phrases by which a page advertises gambling in what it says of itself, or None."""
    said = " | ".join(node_text(node) for node in tree.css(_SELF_DESCRIPTION))
    found = spam_phrases(said)
    return ", ".join(found) if len(found) >= _ENOUGH else None


def is_spam_title(title: str | None) -> bool:
    """Say whether a link's title is an advertisement for gambling."""
    return bool(title) and len(spam_phrases(title or "")) >= _ENOUGH
