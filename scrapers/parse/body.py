"""The body of an article: paragraphs, captions apart, head and tail cut, the lead not told twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from scrapers.parse.dates import is_date_line
from scrapers.parse.fields import tidy

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements that begin and end a line.
BLOCKS = _HEADINGS | {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
    ),
    *("figure", "footer", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "ul"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr"),
}
_REMOVED = "script, style, noscript, template, iframe, form, button, input, select, svg, video, audio, object"
_IMAGES, _IMAGE_TAGS = frozenset({"img", "picture"}), "img, picture"
#: How a run of text is set.
_Style = frozenset[str]
_PLAIN, _ITALIC, _BOLD = _Style(), _Style({"italic"}), _Style({"bold"})
_STYLES = {"em": _ITALIC, "i": _ITALIC, "strong": _BOLD, "b": _BOLD, "a": _Style({"link"})}
_CAPTION_NAME = re.compile(r"caption|chu-?thich|(photo|image|img|pic)-?_?(desc|note|title)", re.IGNORECASE)
_AUTHOR_NAME = re.compile(r"(^|[\s_-])(author|tac-?gia|byline)([\s_-]|$)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align:\s*center", re.IGNORECASE)
_NOT_CENTRED = re.compile(r"text-align:\s*(?:left|justify|right)", re.IGNORECASE)
_RIGHT = re.compile(r"text-align:\s*right", re.IGNORECASE)
#: A caption is a line or two; longer text beside a picture is a paragraph.
_CAPTION_CHARS = 300
#: A report is told in its captions when they are so many, and longer than all the rest.
_LEAST_CAPTIONS = 3
#: An author line is a name or two.
_AUTHOR_WORDS = 6
#: The tail cannot begin before the article has said something.
_LEAST_BEFORE_TAIL = 60
#: Among so many first paragraphs a repetition of the lead is looked for.
_LEAD_REACH = 3
#: Shorter links are names of people, places and papers.
_TITLE_CHARS = 30
#: ">> Bài trước" points to another article, on a line of its own or behind the lead.
_POINTER = re.compile(r"(?:>>|»)\s*\S")
_POINTER_BEHIND = re.compile(r"\s*>>[^.>]{5,200}$")
_TAIL_REST = re.compile(r"^[\s:.…()\[\]\d,;|-]*$")
_NAME = re.compile(r"^[A-ZÀ-ỸĐ][\wÀ-ỹđĐ.]*(?:(?:\s+|\s*[-–,&]\s*)[A-ZÀ-ỸĐ][\wÀ-ỹđĐ.]*)*$")
#: "Bài, ảnh: ..." and its like: what follows the colon is the author.
_CREDIT = re.compile(
    r"^(?:tin|bài|ảnh|clip|thực hiện|tác giả|pv)(?:\s*(?:,|và|-|–|/)\s*(?:tin|bài|ảnh|clip))*\s*:\s*(\S.*)$",
    re.IGNORECASE,
)
_CREDIT_CHARS = 80


@dataclass(frozen=True)
class Line:
    """One line of the body as it stands on the page.

    Attributes:
        text: canonical text.
        caption: whether it belongs to a picture.
        author: whether the page marks it as the author's.
        right: whether it is set to the right, or wholly bold, as author lines are.
        link: whether it is one link and nothing else.
    """

    text: str
    caption: bool = False
    author: bool = False
    right: bool = False
    link: bool = False


@dataclass(frozen=True)
class Body:
    """What was read of a body: paragraphs of the text, captions, and the author line where it stood last."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...] = ()
    author: str | None = None


def read_lines(
    nodes: Iterable[LexborNode], drop: Sequence[str] = (), passed: Set[int] = frozenset()
) -> list[Line]:
    """Read the lines of a body, in the elements it stands in, without those that ``drop`` selects or ``passed`` names.

    Text in a ``figure`` or ``figcaption``, under a class that speaks of captions, and a short centred or italic
    line right after a picture are captions.
    """
    dropped, lines = ", ".join((_REMOVED, *drop)), []
    for node in _outermost(list(nodes)):
        reader = _Reader({one.mem_id for one in node.css(dropped)} | passed)
        reader.enter(node, _Place())
        reader.end_line(_Place())
        lines += reader.lines
    return lines


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Return the elements that stand in none of the others, so that nothing is read twice."""
    if len(nodes) < 2:
        return nodes
    inside = {one.mem_id for node in nodes for one in node.css("*") if one.mem_id != node.mem_id}
    return [node for node in nodes if node.mem_id not in inside]


def read_body(lines: Sequence[Line], title: str, triggers: Sequence[str]) -> Body:
    """Put captions and author line apart and cut what stands before and after the article's own text."""
    kept = _told_in_captions(cut_tail(lines, triggers))
    captions = tuple(line.text for line in kept if line.caption)
    texts = _own([line for line in kept if not line.caption and not line.author])
    marked = [line.text for line in kept if line.author]
    texts = _cut_head(texts, title)
    author = " - ".join(marked) or None
    if author is None and len(texts) > 1:
        author = _author_of(texts[-1])
        texts = texts[:-1] if author else texts
    return Body(tuple(without_pointer(line.text) for line in texts), captions, author)


def _own(lines: list[Line]) -> list[Line]:
    """Drop the lines that only name another article: by their mark, or by being a link as long as a title.

    Where most of the text is links, a link was left open: they name nothing.
    """
    letters = sum(len(line.text) for line in lines)
    left_open = 2 * sum(len(line.text) for line in lines if line.link) > letters
    return [
        line
        for line in lines
        if not _POINTER.match(line.text)
        and (
            left_open or not line.link or len(line.text) < _TITLE_CHARS or line.text.endswith((".", ":", ";"))
        )
    ]


def _told_in_captions(lines: list[Line]) -> list[Line]:
    """Return the lines of a photo report with its captions as text: beside them it says next to nothing."""
    captions = [len(line.text) for line in lines if line.caption]
    said = sum(len(line.text) for line in lines if not line.caption)
    if len(captions) < _LEAST_CAPTIONS or sum(captions) <= said:
        return lines
    return [replace(line, caption=False) for line in lines]


def cut_tail(lines: Sequence[Line], triggers: Sequence[str]) -> list[Line]:
    """Return the lines before the first that begins the page's tail, such as "Từ khóa" or "Ý kiến ()"."""
    said = 0
    for index, line in enumerate(lines):
        if said >= _LEAST_BEFORE_TAIL and is_tail(line.text, triggers):
            return list(lines[:index])
        said += 0 if line.caption else len(line.text)
    return list(lines)


def is_tail(text: str, triggers: Sequence[str]) -> bool:
    """Say whether a line is a tail trigger: the words alone, with a count or brackets, or with a colon."""
    bare = text.lstrip("-–•*#> ").casefold()
    for trigger in triggers:
        words = trigger.casefold()
        if bare.startswith(words):
            rest = bare[len(words) :]
            if _TAIL_REST.match(rest) or rest.lstrip().startswith(":"):
                return True
    return False


def without_pointer(text: str) -> str:
    """Return a paragraph without the title of another article that ">>" puts behind it."""
    return _POINTER_BEHIND.sub("", text)


def without_repeat(sapo: str | None, paragraphs: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the lead to put before the text, and the paragraphs without its repetition.

    A body often repeats the lead as its first paragraph, sometimes behind a dateline, and the lead itself may
    stand inside the body: of the first paragraphs those that repeat it are left out. A lead that is only the
    beginning of the first paragraph (cut by the site) is not put before the text at all.
    """
    listed = list(paragraphs)
    if not sapo:
        if len(listed) > 1 and _same(listed[0], listed[1]):
            listed.pop(0)
        return None, listed
    first = [text for text in listed[:_LEAD_REACH] if not _same(sapo, text)]
    if len(first) < min(_LEAD_REACH, len(listed)):
        return sapo, [*first, *listed[_LEAD_REACH:]]
    stub = _bare(re.sub(r"(\.\.\.|…)$", "", sapo))
    if listed and len(stub) > 40 and _bare(listed[0]).startswith(stub):
        return None, listed
    return sapo, listed


def _same(one: str, other: str) -> bool:
    first, second = _bare(one), _bare(other)
    return first == second != ""


def _bare(text: str) -> str:
    """Return the letters and digits of a paragraph, without a dateline such as "(ABC) -" before it."""
    text = re.sub(r"^\W*\(?[A-ZĐ]{2,6}(?:\s?[A-ZĐ]+)?\)?\s*[-–—]\s*", "", text)
    return re.sub(r"\W+", "", text.casefold())


def _cut_head(lines: list[Line], title: str) -> list[Line]:
    """Drop the title, date lines and page chrome that precede the first paragraph."""
    for index, line in enumerate(lines[:8]):
        if _same(line.text, title):
            lines = lines[index + 1 :]
            break
        if len(line.text) > _LEAST_BEFORE_TAIL and not is_date_line(line.text):
            break
    first = [line for line in lines[:_LEAD_REACH] if not is_date_line(line.text)]
    return [*first, *lines[_LEAD_REACH:]]


def _author_of(line: Line) -> str | None:
    """Return the author a last line names: after a credit such as "Bài, ảnh:", or by being a name alone."""
    credit = _CREDIT.match(line.text)
    if credit and len(line.text) <= _CREDIT_CHARS:
        return credit[1]
    words = line.text.split()
    if len(words) > _AUTHOR_WORDS or any(char.isdigit() for char in line.text):
        return None
    named = len(words) >= 2 and line.text[-1].isalpha() and _NAME.match(line.text)
    return line.text if line.right or named else None


@dataclass
class _Place:
    """Where in the tree a run of text stands."""

    caption: bool = False
    author: bool = False
    centred: bool = False
    right: bool = False
    picture: bool = False

    def inside(self, node: LexborNode, removed: Set[int]) -> _Place:
        attributes = node.attributes
        names = attributes.get("class") or ""
        style = f"{attributes.get('style') or ''} text-align:{attributes.get('align') or ''} {names}"
        return _Place(
            caption=self.caption or _is_caption(node, names, removed),
            author=self.author or bool(_AUTHOR_NAME.search(names)),
            centred=node.tag == "center"
            or bool(_CENTRED.search(style))
            or "text-center" in names
            or (self.centred and not _NOT_CENTRED.search(style)),
            right=self.right or bool(_RIGHT.search(style)) or "text-right" in names,
            picture=self.picture or (node.tag == "table" and _is_picture(node, removed)),
        )


def _is_caption(node: LexborNode, names: str, removed: Set[int]) -> bool:
    """Say whether an element is a caption or figure; one that holds whole paragraphs is neither."""
    return node.tag == "figcaption" or (
        (node.tag == "figure" or bool(_CAPTION_NAME.search(names))) and _says_little(node, removed)
    )


def _is_picture(table: LexborNode, removed: Set[int]) -> bool:
    """Say whether a table only sets a picture and its caption."""
    return any(one.mem_id not in removed for one in table.css(_IMAGE_TAGS)) and _says_little(table, removed)


def _says_little(node: LexborNode, removed: Set[int]) -> bool:
    said = 0
    for text in _texts_under(node, removed):
        said += len(text.strip())
        if said > 2 * _CAPTION_CHARS:
            return False
    return True


def _texts_under(node: LexborNode, removed: Set[int]) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child.text_content or ""
        elif child.mem_id not in removed:
            yield from _texts_under(child, removed)


@dataclass
class _Reader:
    removed: Set[int]
    lines: list[Line] = field(default_factory=list)
    _run: list[str] = field(default_factory=list)
    _letters: int = 0
    _italic: int = 0
    _bold: int = 0
    _linked: int = 0
    _after_image: bool = False

    def enter(self, node: LexborNode, place: _Place, style: _Style = _PLAIN) -> None:
        """Read an element that stands at a place."""
        tag = node.tag
        if tag in _IMAGES or tag == "br":
            self.end_line(place)
            self._after_image = self._after_image or tag != "br"
            return
        inner = place.inside(node, self.removed)
        ends = tag in BLOCKS or inner != place
        if ends:
            self.end_line(place)
        if tag in BLOCKS:
            self._after_image = self._after_image and tag not in _HEADINGS
        self._walk(node, inner, style | _STYLES[tag] if tag in _STYLES else style)
        if ends:
            self.end_line(inner)

    def _walk(self, node: LexborNode, place: _Place, style: _Style) -> None:
        for child in node.iter(include_text=True):
            if child.is_text_node:
                self._take(child.text_content or "", style)
            elif child.mem_id not in self.removed:
                self.enter(child, place, style)

    def _take(self, text: str, style: _Style) -> None:
        self._run.append(text)
        letters = len(text.strip())
        self._letters += letters
        if style:
            self._italic += letters if "italic" in style else 0
            self._bold += letters if "bold" in style else 0
            self._linked += letters if "link" in style else 0

    def end_line(self, place: _Place) -> None:
        """Close the line under way; an empty one leaves no trace."""
        text = tidy("".join(self._run))
        if text:
            short = len(text) <= _CAPTION_CHARS
            styled = place.centred or self._italic == self._letters or place.picture
            self.lines.append(
                Line(
                    text,
                    caption=place.caption or (short and (place.picture or (self._after_image and styled))),
                    author=place.author and len(text.split()) <= 2 * _AUTHOR_WORDS,
                    right=place.right or (self._bold == self._letters and bool(_NAME.match(text))),
                    link=self._linked == self._letters,
                )
            )
            self._after_image = False
        self._run.clear()
        self._letters = self._italic = self._bold = self._linked = 0
