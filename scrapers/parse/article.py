"""From an archived page to an article: by the selectors of its family, else by the general reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coso.ids import content_id
from coso.records import Document, ParseIssue
from coso.text import canonical
from scrapers.encoding import BodyError, OversizedBodyError, TruncatedBodyError
from scrapers.parse.body import Body, read_body, read_lines, without_pointer, without_repeat
from scrapers.parse.charset import UTF16_MARKS, decode_page
from scrapers.parse.dates import Published, find_published
from scrapers.parse.fields import TooDeepError, Use, node_text, open_tree, picked_nodes, selector_uses, texts
from scrapers.parse.general import TAIL_TRIGGERS, find_lead, find_title, read_general
from scrapers.parse.recognise import recognise
from scrapers.privacy import mask_text
from scrapers.sourcefile import Source
from scrapers.stored import PUBLISHED_HEADER, StoredResponse

#: Raised when the general way of reading changes; a family's own version is its ``parser_version``.
READER_VERSION = 2
#: A text shorter than this is no article, in characters.
LEAST_TEXT = 40


class UnreadableError(Exception):
    """A page that cannot be read, with the class of the problem."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Reading:
    """What a page gave: a document or none, what was wrong with it, and which selectors matched."""

    document: Document | None
    issues: tuple[ParseIssue, ...] = ()
    uses: tuple[Use, ...] = ()


def read_article(source: Source, page: StoredResponse) -> Reading:
    """Read one archived article page. Pure: the same page and source give the same reading."""
    reading = _read(source, page)
    if reading.document is None or not source.carries_personal_data:
        return reading
    return replace(reading, document=_masked(reading.document))


def _masked(document: Document) -> Document:
    title, text = mask_text(document.title), mask_text(document.text)
    return replace(
        document,
        document_id=content_id("doc", [document.source_key, title, text, document.published_on]),
        title=title,
        sapo=mask_text(document.sapo) if document.sapo else None,
        text=text,
        captions=mask_text(document.captions) if document.captions else None,
        author=None,
        tags=mask_text(document.tags) if document.tags else None,
    )


def _read(source: Source, page: StoredResponse) -> Reading:
    uses: tuple[Use, ...] = ()
    try:
        if (page.header("Content-Type") or "").startswith("text/plain"):
            return _read_plain(source, page)
        tree = readable_tree(page, source)
        uses = selector_uses(tree, source.selectors)
        return replace(_Article(source, page, tree).read(), uses=uses)
    except UnreadableError as problem:
        return Reading(None, (issue(page, problem.reason, problem.detail),), uses)


def readable_tree(page: StoredResponse, source: Source) -> LexborHTMLParser:
    """Return the parsed page.

    Raises:
        UnreadableError: truncated, too_large, bad_encoding, empty_page, not_html, too_deep, challenge, login or
            soft_404.
    """
    if page.final_url != page.url and not source.is_article(page.final_url):
        raise UnreadableError("soft_404", f"redirected to {page.final_url}, which is no article")
    html = _readable_html(page, source)
    try:
        tree = open_tree(html)
    except TooDeepError as error:
        raise UnreadableError("too_deep", str(error)) from None
    found = recognise(tree, html)
    if found:
        raise UnreadableError(found[0].value, found[1])
    return tree


def _readable_html(page: StoredResponse, source: Source) -> str | bytes:
    """Return the page to be parsed: as it came where that is UTF-8, a third of the size of its text, else as text."""
    try:
        body = page.body(source.max_decoded_bytes)
    except TruncatedBodyError as error:
        raise UnreadableError("truncated", str(error)) from None
    except OversizedBodyError as error:
        raise UnreadableError("too_large", str(error)) from None
    except BodyError as error:
        raise UnreadableError("bad_encoding", str(error)) from None
    if not body or body.isspace():
        raise UnreadableError("empty_page", f"the answer holds {len(body)} bytes and no text")
    if b"<" not in body or (b"\x00" in body[:1024] and not body.startswith(UTF16_MARKS)):
        raise UnreadableError("not_html", f"content type {page.header('Content-Type')}, no markup")
    decoded = decode_page(body, page.header("Content-Type"))
    if decoded.problem:
        raise UnreadableError("bad_encoding", decoded.problem)
    return body if decoded.plain else decoded.text


def _read_plain(source: Source, page: StoredResponse) -> Reading:
    """Read a plain-text file: the first line is the title, the rest the text."""
    decoded = decode_page(page.body(source.max_decoded_bytes), page.header("Content-Type"))
    if decoded.problem:
        raise UnreadableError("bad_encoding", decoded.problem)
    title, *lines = [line for line in canonical(decoded.text).split("\n") if line.strip()] or [""]
    text = "\n".join(lines) or title
    if len(text) < LEAST_TEXT:
        raise UnreadableError("empty_page", f"{len(text)} characters of text")
    published = stated_day(page)
    day = published.day if published else None
    document = Document(
        document_id=content_id("doc", [source.key, title, text, day]),
        capture_id=page.capture_id,
        source_key=source.key,
        url=page.url,
        title=title,
        sapo=None,
        text=text,
        captions=None,
        published_on=day,
        published_rule=published.rule if published else None,
        author=None,
        tags=None,
        parser=f"plain@{READER_VERSION}",
        parser_kind="plain",
        province_code=source.province.code if source.province else None,
        frame=source.province.frame if source.province else None,
        fetched_at=page.fetched_at,
    )
    return Reading(document, () if day else (issue(page, "no_date", "nobody stated the publication day"),))


def stated_day(page: StoredResponse) -> Published | None:
    """Return the publication day that the person who brought the file stated."""
    day = page.header(PUBLISHED_HEADER)
    return Published(date.fromisoformat(day), "stated") if day else None


def issue(page: StoredResponse, reason: str, detail: str) -> ParseIssue:
    """Return the row that says what was wrong with a page."""
    return ParseIssue(
        issue_id=content_id("issue", [page.capture_id, reason]),
        capture_id=page.capture_id,
        source_key=page.source_key,
        url=page.url,
        reason=reason,
        # What is told of a page may quote it, and of a sealed page nothing leaves the archive unmasked.
        detail=(mask_text(detail) if page.key else detail)[:500],
    )


class _Article:
    def __init__(self, source: Source, page: StoredResponse, tree: LexborHTMLParser) -> None:
        self._source = source
        self._page = page
        self._tree = tree
        self._missed: list[str] = []

    def read(self) -> Reading:
        title, title_node = self._title()
        if not title:
            raise UnreadableError("no_title", "no heading, no og:title, no title element")
        body, by_selectors, lead = self._body(title, title_node)
        sapo = next(iter(texts(self._tree, self._source.selectors.sapo)), None)
        if sapo is None and not by_selectors:
            sapo = find_lead(self._tree) or lead
        sapo = without_pointer(sapo) if sapo else None
        lead, paragraphs = without_repeat(sapo, body.paragraphs)
        text = "\n".join([lead, *paragraphs] if lead else paragraphs)
        if len(text) < LEAST_TEXT:
            raise UnreadableError(
                "empty_page", f"{len(text)} characters of text under the title {title[:80]!r}"
            )
        document = self._document(title, title_node, sapo, text, body, by_selectors)
        return Reading(document, tuple(self._issues(document)))

    def _title(self) -> tuple[str, LexborNode | None]:
        alternatives = self._source.selectors.title
        for node in picked_nodes(self._tree, alternatives):
            text = node_text(node)
            if text:
                return text, None if node.tag == "meta" else node
        if alternatives:
            self._missed.append("title")
        return find_title(self._tree)

    def _body(self, title: str, title_node: LexborNode | None) -> tuple[Body, bool, str | None]:
        selectors = self._source.selectors
        triggers = self._source.tail_triggers or TAIL_TRIGGERS
        nodes = picked_nodes(self._tree, selectors.body)
        body = read_body(read_lines(nodes, selectors.drop), title, triggers)
        if sum(map(len, body.paragraphs)) >= LEAST_TEXT:
            return body, True, None
        if selectors.body:
            self._missed.append("body")
        body, lead = read_general(self._tree, title, title_node, triggers)
        return body, False, lead

    def _document(
        self,
        title: str,
        title_node: LexborNode | None,
        sapo: str | None,
        text: str,
        body: Body,
        by_selectors: bool,
    ) -> Document:
        source, page, selectors = self._source, self._page, self._source.selectors
        published = stated_day(page) or find_published(
            self._tree, page.url, selectors.date, title_node, page.fetched_at
        )
        day = published.day if published else None
        return Document(
            document_id=content_id("doc", [source.key, title, text, day]),
            capture_id=page.capture_id,
            source_key=source.key,
            url=page.url,
            title=title,
            sapo=sapo,
            text=text,
            captions="\n".join(body.captions) or None,
            published_on=day,
            published_rule=published.rule if published else None,
            author=" - ".join(texts(self._tree, selectors.author)) or body.author,
            tags=" | ".join(dict.fromkeys(texts(self._tree, selectors.tags))) or None,
            parser=self._parser(by_selectors),
            parser_kind="selectors" if by_selectors else "general",
            province_code=source.province.code if source.province else None,
            frame=source.province.frame if source.province else None,
            fetched_at=page.fetched_at,
        )

    def _parser(self, by_selectors: bool) -> str:
        if not by_selectors:
            return f"general@{READER_VERSION}"
        name = self._source.key if self._source.family == "general" else self._source.family
        return f"{name}@{READER_VERSION}.{self._source.parser_version}"

    def _issues(self, document: Document) -> list[ParseIssue]:
        found: list[ParseIssue] = []
        if self._missed:
            counts = "; ".join(self._counts(name) for name in self._missed)
            found.append(issue(self._page, "selectors_missed", counts))
        if document.published_on is None:
            found.append(issue(self._page, "no_date", "no witness gives the publication day"))
        return found

    def _counts(self, name: str) -> str:
        alternatives = getattr(self._source.selectors, name)
        counts = (f"{one.css} matched {len(self._tree.css(one.css))}" for one in alternatives)
        return f"{name}: {', '.join(counts)}"
