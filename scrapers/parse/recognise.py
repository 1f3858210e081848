"""Pages that answer 200 and are no article: challenges, log-in forms, spam, and "not found" in a polite voice."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.text import canonical
from scrapers.outcomes import OutcomeClass
from scrapers.parse.spam import spam_on_page, spam_phrases

#: Marks of pages that are nothing but a bot check: script variables and form names, not words a reader would see.
_CHALLENGE_PAGE = (
    "cf-challenge", "cf_chl_opt", "_incapsula_resource", "ddos-guard", "__jsl_clearance", "challenge-form",
    "captcha-container",
)  # fmt: skip
#: Marks that also stand in ordinary pages (comment forms, injected scripts): they count on a bare page only.
_CHALLENGE_PART = ("/cdn-cgi/challenge-platform/", "g-recaptcha", "h-captcha", "hcaptcha.com")
_CHALLENGE_TITLE = re.compile(
    r"just a moment|attention required|are you (a )?(human|robot)|xác (minh|thực) (bạn )?(là|không phải)|"
    r"kiểm tra trình duyệt|mã xác nhận|captcha|access denied|ddos",
    re.IGNORECASE,
)
_ABSENT_TITLE = re.compile(
    r"\b404\b|not found|không tìm thấy|không tồn tại|trang (bạn )?(yêu cầu|tìm).{0,20}(không|đã)|"
    r"bài viết (đã bị|không)|đã bị (xóa|xoá|gỡ)",
    re.IGNORECASE,
)
_LOGIN_TITLE = re.compile(r"^\s*(đăng nhập|log ?in|sign ?in)\b", re.IGNORECASE)
#: A page with more running text than this is content, whatever its title says.
_CONTENT_CHARS = 600
#: A page with less text than this and fewer links than that is bare.
_BARE_CHARS, _BARE_LINKS = 200, 10
_ASIDE_DEPTH = 4
_PARAGRAPH = re.compile(r"<p(?: [^<>]{0,200})?>[^<>]{60,}")
_SAID_OF_ITSELF = re.compile(r"<(?:title|h1|meta) ?[^<>]{0,2000}>[^<]{0,500}", re.IGNORECASE)
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "a", "nav", "footer", "option", "button"})


def is_plainly_content(html: str) -> bool:
    """Say, without parsing it, that a page is running text and no spam; False says nothing.

    A crawl asks this first, since parsing every page would cost it more than fetching. What slips through is
    recognised when the page is read.
    """
    length = 0
    for match in _PARAGRAPH.finditer(html):
        length += match.end() - match.start()
        if length > _CONTENT_CHARS:
            return not spam_phrases(" ".join(_SAID_OF_ITSELF.findall(html)))
    return False


def recognise(tree: LexborHTMLParser, html: str | bytes) -> tuple[OutcomeClass, str] | None:
    """Return what a page is when it is no content, with the mark that shows it; None when it may be content."""
    spam = spam_on_page(tree)
    if spam:
        return OutcomeClass.SEO_SPAM, spam
    running = _running_text(tree.body)
    if running > _CONTENT_CHARS:
        return None
    title = _title(tree)
    bare = running < _BARE_CHARS and len(tree.css("a[href]")) < _BARE_LINKS
    lowered = (html if isinstance(html, str) else html.decode("utf-8", errors="replace")).lower()
    mark = next(
        (mark for mark in (*_CHALLENGE_PAGE, *(_CHALLENGE_PART if bare else ())) if mark in lowered), None
    )
    if mark or _CHALLENGE_TITLE.search(title):
        return OutcomeClass.CHALLENGE, mark or title
    if tree.css_first("input[type='password']") and (bare or _LOGIN_TITLE.search(title)):
        return OutcomeClass.LOGIN, "a field for a password and no text"
    if _ABSENT_TITLE.search(title):
        return OutcomeClass.SOFT_404, title
    return None


def _title(tree: LexborHTMLParser) -> str:
    texts = [node.text(strip=True) for node in (tree.css_first("title"), tree.css_first("h1")) if node]
    return canonical(" | ".join(texts))


def _running_text(node: LexborNode | None) -> int:
    """Count the letters a reader reads: links, menus and scripts left out. Stops once there are enough."""
    length = 0
    for part in node.traverse(include_text=True) if node else ():
        if part.is_text_node and not _is_aside(part):
            length += len((part.text_content or "").strip())
            if length > _CONTENT_CHARS:
                break
    return length


def _is_aside(text: LexborNode) -> bool:
    above = text.parent
    for _ in range(_ASIDE_DEPTH):
        if above is None:
            return False
        if above.tag in _NO_TEXT:
            return True
        above = above.parent
    return False
