"""The fallback reader: any page, no selectors. What it reads is marked ``general`` in the data."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.errors import BadInputError
from scrapers.parse.body import Body, Line, read_body, without_repeat
from scrapers.parse.charset import decode_page
from scrapers.parse.dates import find_published
from scrapers.parse.fields import TooDeepError, in_page_chrome, node_text, open_tree, tidy

#: Tail triggers of pages of which nothing is known.
TAIL_TRIGGERS = (
    "Từ khóa", "Từ khoá", "Tags", "Tag", "Tin liên quan", "Tin cùng chuyên mục", "Tin khác", "Các tin khác",
    "Bài liên quan", "Tin bài liên quan", "Cùng chuyên mục", "Đọc thêm", "Ý kiến", "Ý kiến bạn đọc", "Ý kiến của bạn",
    "Bình luận", "Liên kết website", "Về trang trước", "Bản in",
)  # fmt: skip
_CAPTIONS = "figcaption, [class*='caption'], [class*='Caption']"
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,60}$")


def read_html(data: bytes) -> tuple[str, str, str | None]:
    """Read a saved page without knowing its site: title, text (lead and body, one paragraph a line), day.

    The day is ``YYYY-MM-DD`` or None when no witness gives it.

    Raises:
        BadInputError: the bytes are no readable HTML page, or hold no text.
    """
    mend = "give a saved article page (HTML)"
    decoded = decode_page(data)
    if decoded.problem or b"\x00" in data[:1024] or "<" not in decoded.text:
        raise BadInputError(f"no readable HTML page ({decoded.problem or 'no markup in it'})", mend)
    try:
        tree = open_tree(decoded.text)
    except TooDeepError as error:
        raise BadInputError(f"no readable HTML page ({error})", mend) from None
    title, node = find_title(tree)
    body = read_general(tree, decoded.text, title)
    if not body.paragraphs:
        raise BadInputError("the page holds no text", mend)
    published = find_published(tree, _own_address(tree), (), node, datetime.now(UTC))
    _, paragraphs = without_repeat(None, body.paragraphs)
    return title, "\n".join(paragraphs), published.day.isoformat() if published else None


def read_general(
    tree: LexborHTMLParser, html: str, title: str, triggers: tuple[str, ...] = TAIL_TRIGGERS
) -> Body:
    """Read the body of any page with the general extractor; captions it takes for paragraphs are put apart."""
    text = trafilatura.extract(html, include_comments=False, include_tables=True) or ""
    captions = {node_text(node) for node in tree.css(_CAPTIONS)}
    lines = [Line(line, caption=line in captions) for raw in text.split("\n") if (line := tidy(raw))]
    return read_body(lines, title, triggers)


def find_title(tree: LexborHTMLParser) -> tuple[str, LexborNode | None]:
    """Return the title of a page and the element it stands in.

    An only ``h1`` is the title; of several, the one ``og:title`` agrees with; else ``og:title``, else ``title``
    without the site's name.
    """
    heads = [(node_text(node), node) for node in tree.css("h1") if not in_page_chrome(node)]
    heads = [(text, node) for text, node in heads if text]
    if len(heads) == 1:
        return heads[0]
    meta = tree.css_first("meta[property='og:title']")
    stated = node_text(meta) if meta else ""
    for text, node in heads:
        if stated and (text in stated or stated in text):
            return text, node
    whole = tree.css_first("title")
    return stated or (_SITE_SUFFIX.sub("", node_text(whole)) if whole else ""), None


def _own_address(tree: LexborHTMLParser) -> str:
    link = tree.css_first("link[rel='canonical']")
    meta = tree.css_first("meta[property='og:url']")
    return (
        (link.attributes.get("href") if link else None)
        or (meta.attributes.get("content") if meta else None)
        or ""
    )
