"""Finding the parts of a page by selectors whose number of matches is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.text import canonical
from scrapers.sourcefile import Selector, Selectors

_CHROME_TAGS = frozenset({"header", "nav", "footer", "aside", "script", "style", "noscript", "template"})
_CHROME_NAME = re.compile(
    r"(?:clock|top-?bar|header-top|top-header|site-header|navbar|main-?menu|menu|breadcrumbs?|footer|datetime-now)(?:[-_]\w+)?",
    re.IGNORECASE,
)
#: Headers that belong to the article, such as ``<header class="article__header">``.
_ARTICLE_HEADER = re.compile(r"article|detail|post|content|entry|longform", re.I)
_CHROME_DEPTH = 12
_CONTENT_TAGS = frozenset({"body", "html", "main", "article"})
_BREAKS = frozenset(
    {"br", "p", "div", "li", "td", "th", "tr", "dd", "dt", "section", "ul", "ol", "table"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
#: Elements that stay open until they are closed, and whose nesting can therefore be counted in the raw text.
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|b|i|em|strong|font|u|ul|ol|table|blockquote|center)\b",
    re.IGNORECASE,
)
_SCRIPTS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
#: Real pages stay far below; a page nested deeper is broken or made to exhaust its reader.
MAX_NESTING = 300
#: Beyond this the parser itself takes time with the square of the depth.
_PARSED_NESTING = 10_000


#: Parts of an article that selectors find.
PARTS = ("title", "sapo", "body", "date", "author", "tags")


@dataclass(frozen=True, slots=True)
class Use:
    """Whether one selector for one part matched a page as often as it should."""

    part: str
    selector: str
    hit: bool


class TooDeepError(Exception):
    """A page whose elements are nested deeper than any real page's."""


def open_tree(html: str | bytes) -> LexborHTMLParser:
    """Parse a page, given as text or in UTF-8.

    Raises:
        TooDeepError: it is nested more than ``MAX_NESTING`` levels deep.
    """
    problem = TooDeepError(f"elements are nested more than {MAX_NESTING} levels deep")
    opened = html.count("<") if isinstance(html, str) else html.count(b"<")
    if opened > _PARSED_NESTING and _counted_depth(html) > _PARSED_NESTING:
        raise problem
    tree = LexborHTMLParser(html)
    if _is_deep(tree):
        raise problem
    return tree


def _counted_depth(html: str | bytes) -> int:
    """Count nesting in the raw text: quick, and never too low; elements closed by their parents make it too high."""
    depth = deepest = 0
    text = html if isinstance(html, str) else html.decode("utf-8", errors="replace")
    for match in _NESTING.finditer(_SCRIPTS.sub("", text)):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _is_deep(tree: LexborHTMLParser) -> bool:
    """Walk the tree, children before brothers, and stop at the first element that is too deep."""
    node, depth = tree.root, 0
    while node is not None:
        if node.child is not None:
            node, depth = node.child, depth + 1
            if depth > MAX_NESTING:
                return True
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
    return False


def picked_nodes(tree: LexborHTMLParser, alternatives: tuple[Selector, ...]) -> list[LexborNode]:
    """Return the elements of the first alternative that matches as often as it says, page chrome not counted."""
    for selector in alternatives:
        nodes = matches(tree, selector)
        if nodes:
            return nodes
    return []


def matches(tree: LexborHTMLParser, selector: Selector) -> list[LexborNode]:
    """Return the elements of one alternative; none when they are fewer or more than it says."""
    nodes = [node for node in tree.css(selector.css) if node.tag == "meta" or not in_page_chrome(node)]
    return nodes if selector.min <= len(nodes) <= selector.max else []


def selector_uses(tree: LexborHTMLParser, selectors: Selectors) -> tuple[Use, ...]:
    """Try every alternative of every part on a page, also those another one makes needless."""
    return tuple(
        Use(part, one.css, bool(matches(tree, one))) for part in PARTS for one in getattr(selectors, part)
    )


def texts(tree: LexborHTMLParser, alternatives: tuple[Selector, ...]) -> list[str]:
    """Return the text of each element of the first alternative that counts and is not empty."""
    for selector in alternatives:
        found = [node_text(node, selector.attr) for node in picked_nodes(tree, (selector,))]
        found = [text for text in found if text]
        if found:
            return found
    return []


def node_text(node: LexborNode, attr: str | None = None) -> str:
    """Return the text of an element in one line; of ``meta``, its content; of ``attr``, that attribute."""
    if attr or node.tag == "meta":
        return tidy(node.attributes.get(attr or "content") or "")
    return tidy(spaced_text(node))


def spaced_text(node: LexborNode) -> str:
    """Return the text under a node; a space stands where a block or line ends, none inside a word."""
    pieces: list[str] = []
    for part in node.traverse(include_text=True):
        if part.is_text_node:
            pieces.append(part.text_content or "")
        elif part.tag in _BREAKS:
            pieces.append(" ")
    return "".join(pieces)


def tidy(text: str) -> str:
    """Return text in canonical spelling, in one line, with no space before closing punctuation."""
    return re.sub(r" (?=[,.;:!?)\]”](?:\s|$))", "", " ".join(canonical(text).split()))


def in_page_chrome(node: LexborNode) -> bool:
    """Say whether a node stands in the page's header, menus or footer, where the view clock lives.

    Names are compared whole, so that a wrapper named ``has-menu`` makes nothing chrome. A header inside the
    article, named after it, or with a heading and no menu in it belongs to the article.
    """
    parent: LexborNode | None = node
    for _ in range(_CHROME_DEPTH):
        if parent is None or parent.tag in _CONTENT_TAGS:
            return False
        if is_chrome(parent):
            return True
        parent = parent.parent
    return False


def is_chrome(node: LexborNode) -> bool:
    """Say whether an element is a header, menu or footer of the page, by its tag or its name."""
    if node.tag in _CHROME_TAGS and not (node.tag == "header" and _is_article_header(node)):
        return True
    return not node.is_text_node and _named_chrome(names_of(node))


def names_of(node: LexborNode) -> str:
    """Return the classes and the id of an element, spaces between them."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}" if attributes else ""


@lru_cache(maxsize=2048)
def _named_chrome(names: str) -> bool:
    return any(_CHROME_NAME.fullmatch(name) for name in names.split())


def _is_article_header(header: LexborNode) -> bool:
    if _ARTICLE_HEADER.search(names_of(header)):
        return True
    above = header.parent
    while above is not None and above.tag not in {"body", "html"}:
        if above.tag in {"article", "main"}:
            return True
        above = above.parent
    return header.css_first("h1") is not None and header.css_first("nav") is None
