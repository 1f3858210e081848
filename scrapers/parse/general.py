"""The fallback reader: any page, no selectors. What it reads is marked ``general`` in the data."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.errors import BadInputError
from scrapers.parse.body import Body, Line, read_body, read_lines, without_repeat
from scrapers.parse.charset import decode_page
from scrapers.parse.dates import find_published
from scrapers.parse.fields import TooDeepError, in_page_chrome, node_text, open_tree, tidy
from scrapers.parse.recognise import recognise

#: Tail triggers of pages of which nothing is known.
TAIL_TRIGGERS = (
    "Từ khóa", "Từ khoá", "Tags", "Tag", "Tin liên quan", "Tin cùng chuyên mục", "Tin khác", "Các tin khác",
    "Bài liên quan", "Tin bài liên quan", "Cùng chuyên mục", "Đọc thêm", "Ý kiến", "Ý kiến bạn đọc", "Ý kiến của bạn",
    "Bình luận", "Liên kết website", "Về trang trước", "Bản in",
)  # fmt: skip
_CAPTIONS = "figcaption, [class*='caption'], [class*='Caption']"
#: Where a lead stands when it stands alone, and the fewest letters of a description that is one.
_LEADS = "h2, p, div[class*='sapo'], div[class*='desc'], div[class*='lead'], div[class*='summary']"
_LEAD_CHARS = 40
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
    found = recognise(tree, decoded.text)
    if found:
        raise BadInputError(f"the page is no article ({found[0].value}: {found[1]})", mend)
    title, node = find_title(tree)
    body = read_general(tree, decoded.text, title)
    if not body.paragraphs:
        raise BadInputError("the page holds no text", mend)
    published = find_published(tree, _own_address(tree), (), node, datetime.now(UTC))
    lead, paragraphs = without_repeat(find_lead(tree), body.paragraphs)
    text = "\n".join([lead, *paragraphs] if lead else paragraphs)
    return title, text, published.day.isoformat() if published else None


def read_general(
    tree: LexborHTMLParser, html: str, title: str, triggers: tuple[str, ...] = TAIL_TRIGGERS
) -> Body:
    """Read the body of any page with the general extractor; captions it takes for paragraphs are put apart."""
    import trafilatura  # noqa: PLC0415 - takes a third of a second and 30 MB, and most pages never need it

    text = trafilatura.extract(html, include_comments=False, include_tables=True) or ""
    captions = {node_text(node) for node in tree.css(_CAPTIONS)} | _styled_captions(tree)
    lines = [Line(line, caption=line in captions) for raw in text.split("\n") if (line := tidy(raw))]
    return read_body(lines, title, triggers)


def find_lead(tree: LexborHTMLParser) -> str | None:
    """Return the lead of a page: its description, where a reader sees the same words standing alone."""
    meta = tree.css_first("meta[property='og:description']") or tree.css_first("meta[name='description']")
    stated = node_text(meta) if meta else ""
    if len(stated) < _LEAD_CHARS:
        return None
    shown = (node_text(node) for node in tree.css(_LEADS) if not in_page_chrome(node))
    return next(
        (text for text in shown if text.endswith(stated) and len(text) < len(stated) + _LEAD_CHARS), None
    )


def _styled_captions(tree: LexborHTMLParser) -> set[str]:
    """Return the captions among the lines of the element that holds most of the page's paragraphs."""
    weights: dict[int, int] = {}
    parents: dict[int, LexborNode] = {}
    for node in tree.css("p"):
        parent = node.parent
        if parent is not None and not in_page_chrome(node):
            weights[parent.mem_id] = weights.get(parent.mem_id, 0) + len(node.text())
            parents[parent.mem_id] = parent
    if not weights:
        return set()
    main = parents[max(weights, key=weights.__getitem__)]
    return {line.text for line in read_lines([main]) if line.caption}


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
