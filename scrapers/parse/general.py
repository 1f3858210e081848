"""The fallback reader: any page, no selectors. What it reads is marked ``general`` in the data."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.errors import BadInputError
from scrapers.parse.body import Body, Line, is_tail, read_body, read_lines, without_pointer, without_repeat
from scrapers.parse.charset import decode_page
from scrapers.parse.dates import find_published
from scrapers.parse.fields import TooDeepError, in_page_chrome, node_text, open_tree
from scrapers.parse.recognise import recognise

#: Tail triggers of pages of which nothing is known.
TAIL_TRIGGERS = (
    "Từ khóa", "Từ khoá", "Tags", "Tag", "Tin liên quan", "Tin cùng chuyên mục", "Tin khác", "Các tin khác",
    "Bài liên quan", "Tin bài liên quan", "Cùng chuyên mục", "Đọc thêm", "Ý kiến", "Ý kiến bạn đọc", "Ý kiến của bạn",
    "Bình luận", "Liên kết website", "Về trang trước", "Bản in", "Tin mới", "Tin tức gần đây", "Tin tức liên quan",
    "Bài viết liên quan", "Tin bài cùng chuyên mục", "Tin nổi bật", "Tin tiêu điểm", "Đọc nhiều", "Đọc nhiều nhất",
    "Xem nhiều", "Xem nhiều nhất", "Có thể bạn quan tâm", "Bạn có thể quan tâm", "Các bài mới", "Các bài đã đăng",
)  # fmt: skip
#: Where a lead stands when it stands alone, and the fewest letters of a description that is one.
_LEADS = "h2, p, div[class*='sapo'], div[class*='desc'], div[class*='lead'], div[class*='summary']"
_LEAD_CHARS = 40
#: Where a title stands when no ``h1`` holds it, and the fewest letters by which one is told from a section's name.
_TITLE_PLACES = "h2, h3, h4, div[class*='title'], p[class*='title'], span[class*='title'], a[class*='title']"
_TITLE_LETTERS = 12
_SECTION_WORDS = 3
#: An article goes on after a box when so much of its running text, lines of so many letters, is still to come.
_GOES_ON, _PROSE_CHARS = 0.2, 80
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
    body, lead = read_general(tree, title, node)
    if not body.paragraphs:
        raise BadInputError("the page holds no text", mend)
    published = find_published(tree, _own_address(tree), (), node, datetime.now(UTC))
    lead = find_lead(tree) or lead
    lead, paragraphs = without_repeat(without_pointer(lead) if lead else None, body.paragraphs)
    text = "\n".join([lead, *paragraphs] if lead else paragraphs)
    return title, text, published.day.isoformat() if published else None


def read_general(
    tree: LexborHTMLParser,
    title: str,
    title_node: LexborNode | None,
    triggers: tuple[str, ...] = TAIL_TRIGGERS,
) -> tuple[Body, str | None]:
    """Read the body of any page, where its running text stands, and the lead that stands before it."""
    from scrapers.parse.mainbody import find_main_body  # noqa: PLC0415 - memory that most pages never need

    main = find_main_body(tree, title_node)
    if main is None:
        return Body(()), None
    lines = _without_boxes(read_lines([main.node], (), main.passed), triggers)
    return read_body(lines, title, triggers), main.lead


def _without_boxes(lines: list[Line], triggers: tuple[str, ...]) -> list[Line]:
    """Drop headings of boxes that stand inside the article, such as "Tin liên quan", when it goes on after them."""
    prose = [len(line.text) if len(line.text) >= _PROSE_CHARS else 0 for line in lines]
    left, least, kept = sum(prose), _GOES_ON * sum(prose), []
    for line, length in zip(lines, prose, strict=True):
        left -= length
        if left < least or not is_tail(line.text, triggers):
            kept.append(line)
    return kept


def find_lead(tree: LexborHTMLParser) -> str | None:
    """Return the lead of a page: its description, where a reader sees the same words standing alone."""
    meta = tree.css_first("meta[property='og:description']") or tree.css_first("meta[name='description']")
    stated = node_text(meta) if meta else ""
    if len(stated) < _LEAD_CHARS:
        return None
    if any(_bare(stated) in _bare(text) for text in _stated_titles(tree)):
        return None
    shown = (node_text(node) for node in tree.css(_LEADS) if not in_page_chrome(node))
    return next(
        (text for text in shown if text.endswith(stated) and len(text) < len(stated) + _LEAD_CHARS), None
    )


def find_title(tree: LexborHTMLParser) -> tuple[str, LexborNode | None]:
    """Return the title of a page and the element it stands in.

    The page states its title in its head, with the site's name before or after it: the title is the heading these
    words begin with, else the one they hold, else an only ``h1``, else what is stated.
    """
    stated = _stated_titles(tree)
    bare = [_bare(text) for text in stated]
    heads = _headings(tree, "h1")
    for fits in (_begins, _is_in):
        for found in (heads, None):
            listed = _headings(tree, _TITLE_PLACES) if found is None else found
            fitting = [(text, node) for text, node in listed if any(fits(_bare(text), one) for one in bare)]
            if fitting:
                return max(fitting, key=lambda pair: len(pair[0]))
    if len(heads) == 1 and not (stated and _is_section(heads[0][0], " ".join(stated))):
        return heads[0]
    if not stated:
        return heads[0] if heads else ("", None)
    return (stated[0] if len(stated) > 1 else _SITE_SUFFIX.sub("", stated[0])), None


def _stated_titles(tree: LexborHTMLParser) -> list[str]:
    found = [node_text(node) for node in (*tree.css("meta[property='og:title']")[:1], *tree.css("title")[:1])]
    return [text for text in found if text]


def _headings(tree: LexborHTMLParser, selector: str) -> list[tuple[str, LexborNode]]:
    listed = ((node_text(node), node) for node in tree.css(selector) if not in_page_chrome(node))
    return [(text, node) for text, node in listed if text]


def _begins(heading: str, stated: str) -> bool:
    return len(heading) >= _TITLE_LETTERS and (stated.startswith(heading) or heading.startswith(stated))


def _is_in(heading: str, stated: str) -> bool:
    return 2 * len(heading) >= len(stated) >= _TITLE_LETTERS and (heading in stated or stated in heading)


def _is_section(heading: str, stated: str) -> bool:
    """Say whether a heading is a section's name: a word or three, none of which the page states as its title."""
    words = heading.casefold().split()
    return len(words) <= _SECTION_WORDS and not set(words) & set(stated.casefold().split())


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _own_address(tree: LexborHTMLParser) -> str:
    link = tree.css_first("link[rel='canonical']")
    meta = tree.css_first("meta[property='og:url']")
    return (
        (link.attributes.get("href") if link else None)
        or (meta.attributes.get("content") if meta else None)
        or ""
    )
