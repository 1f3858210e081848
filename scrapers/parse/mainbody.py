"""Where the article stands on a page of which nothing is known: the element that holds the running text.

Every line of the page speaks for or against the elements around it: running text for, links and scraps against. The
element with the most said for it is the article's body. What belongs to the site inside it (related links, tags,
comments, share bars) is told by its name or by being nothing but links, and passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.parse.body import BLOCKS
from scrapers.parse.dates import is_date_line
from scrapers.parse.fields import is_chrome, names_of, tidy

_UNREAD = frozenset(
    {"script", "style", "noscript", "template", "iframe", "button", "input", "select", "textarea"}
    | {"svg", "video", "audio", "object", "label", "title", "nav", "footer"}
)
#: What of it the reading of lines would read.
_OFF_SURVEY = "nav, footer, label, textarea"
_PLACES = (BLOCKS | {"form"}) - _UNREAD
_LISTS = frozenset({"ul", "ol"})
_TABLE_PARTS = frozenset({"tbody", "tr", "td", "th", "thead", "tfoot"})
#: Names of what the site adds to an article: whole words, and longer ones that also stand inside a name.
_SITE_NAME = re.compile(
    r"(?:^|[\s_-])(?:tags?|ads?|adv|cmt|shares?|share-?\w+|votes?|rates?|ratings?|login|print|menu|nav|tool-?bar|popup|modal|"
    r"hidden|d-none)(?=$|[\s_-])|"
    r"related?|relation|lien-?_?quan|comment|binh-?_?luan|phan-?_?hoi|breadcrumb|social|sharing|tin-?_?khac|"
    r"other-?_?news|news-?_?other|older-?_?news|more-?_?news|read-?_?more|xem-?_?them|cung-?_?chuyen-?_?muc|"
    r"same-?_?(?:cate|event)|tag-?_?(?:detail|s\b|list|cnt)|banner|quang-?_?cao|advert|newsletter|sidebar|"
    r"most-?_?(?:view|read)|doc-?_?nhieu|xem-?_?nhieu|recommend|footer",
    re.IGNORECASE,
)
_NEVER_TEXT = re.compile(r"comment|footer|binh-?_?luan|phan-?_?hoi|(?:^|[\s_-])cmt", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
#: A line of so many letters is running text; a shorter one is when it ends as a sentence does.
_PROSE_CHARS, _SENTENCE_CHARS = 80, 40
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]*$")
#: A line with more of it in links than this share is a link.
_LINK_SHARE = 0.5
#: What a letter of a link and of a scrap speaks against the elements around it; a letter of text speaks 1 for them.
_LINK_COST, _SCRAP_COST = 1.0, 0.25
#: An element inside that has so much of what speaks for the whole is the body itself.
_BODY_SHARE = 0.9
#: An element named like the site's own is the article all the same when it holds so much of the page's running text.
_OWN_SHARE = 0.5
#: Shorter links, unless they make up a list, may be names in the text.
_LINK_CHARS = 30
#: So many elements side by side announce other articles when each is a link so long, then running text no longer.
_TEASERS, _TEASER_LINK, _TEASER_CHARS = 3, 20, 500
_TEASER_TAGS = frozenset({"div", "li", "article", "section", "dl"})
#: Longer text between the title and the body is no lead.
_LEAD_CHARS = 600


@dataclass(frozen=True)
class MainBody:
    """The article's own element, what to pass over inside it (by ``mem_id``), and the lead that stands before it."""

    node: LexborNode
    passed: frozenset[int]
    lead: str | None


def find_main_body(tree: LexborHTMLParser, title: LexborNode | None) -> MainBody | None:
    """Return where the article stands; None when the page holds no running text.

    Args:
        tree: the whole page.
        title: the element of the title, where it is known; the lead is looked for after it.
    """
    root = tree.body or tree.root
    if root is None:
        return None
    survey = _Survey(title.mem_id if title is not None else None)
    survey.walk(root)
    places = survey.places
    _mark_site(places)
    _gather(places)
    _mark_teasers(survey)
    best = max(
        (index for index, place in enumerate(places) if not place.passed),
        key=lambda index: places[index].under.score,
        default=0,
    )
    if places[best].under.score <= 0:
        return None
    best = _innermost(survey, best)
    _mark_before(survey, best)
    passed = {place.node.mem_id for place in places if place.passed}
    passed |= {places[index].node.mem_id for index in _link_lists(places, best)}
    passed |= {node.mem_id for node in places[best].node.css(_OFF_SURVEY)}
    return MainBody(places[best].node, frozenset(passed), _lead(survey, best))


@dataclass(slots=True)
class _Said:
    """What is said in an element: how much speaks for it, and its letters in all, in running text and in links."""

    score: float = 0.0
    prose: int = 0
    letters: int = 0
    linked: int = 0

    def add(self, other: _Said) -> None:
        self.score += other.score
        self.prose += other.prose
        self.letters += other.letters
        self.linked += other.linked


@dataclass(slots=True)
class _Place:
    """One element: whether its name is one of the site's, what is said in its own lines, and what in all under it."""

    node: LexborNode
    parent: int
    tag: str
    site: bool
    never: bool
    first_line: int
    own: _Said = field(default_factory=_Said)
    under: _Said = field(default_factory=_Said)
    titled: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    place: int
    text: str
    prose: bool
    link: bool


@dataclass
class _Survey:
    """One walk over the page: its elements in order, and the lines that stand in them."""

    title: int | None
    places: list[_Place] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    after_title: int | None = None
    title_place: int | None = None
    _run: list[str] = field(default_factory=list)
    _linked: int = 0

    def walk(self, root: LexborNode) -> None:
        self._enter(root, root.tag or "", -1, linked=False)

    def _enter(self, node: LexborNode, tag: str, parent: int, *, linked: bool) -> None:
        index = len(self.places)
        attributes = node.attributes
        names = f"{names_of(node)} {attributes.get('type') or ''}" if attributes else ""
        site, never = _told_by_name(names)
        # Old sites wrap the whole page into one form, so a form is the site's only as far as it says little.
        site = site or tag == "form" or is_chrome(node) or _is_hidden(attributes)
        self.places.append(_Place(node, parent, tag, site, never, len(self.lines)))
        if node.mem_id == self.title:
            self._found_title(index)
        self._read(node, index, linked=linked)
        self._end_line(index)
        if node.mem_id == self.title:
            self.after_title = len(self.lines)

    def _read(self, node: LexborNode, index: int, *, linked: bool) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                text = child.text_content or ""
                self._run.append(text)
                self._linked += len(text.strip()) if linked else 0
            elif tag == "br":
                self._end_line(index)
            elif tag in _PLACES or child.mem_id == self.title:
                self._end_line(index)
                self._enter(child, tag, index, linked=linked or tag == "a")
            elif tag not in _UNREAD:
                self._read(child, index, linked=linked or tag == "a")

    def _found_title(self, index: int) -> None:
        self.title_place = index
        while index >= 0:
            self.places[index].titled = True
            index = self.places[index].parent

    def _end_line(self, index: int) -> None:
        if self._run:
            text = " ".join("".join(self._run).split())
            self._run.clear()
            if text:
                self._add(text, index)
        self._linked = 0

    def _add(self, text: str, index: int) -> None:
        said, length = self.places[index].own, len(text)
        linked = min(self._linked, length)
        prose, link = False, linked > _LINK_SHARE * length
        if link:
            said.score -= _LINK_COST * length
        elif length >= _PROSE_CHARS or (length >= _SENTENCE_CHARS and _SENTENCE_END.search(text)):
            said.score += length
            said.prose += length
            prose = True
        else:
            said.score -= _SCRAP_COST * length
        said.letters += length
        said.linked += linked
        self.lines.append(_Line(index, text, prose, link))


@lru_cache(maxsize=2048)
def _told_by_name(names: str) -> tuple[bool, bool]:
    """Say whether names are those of what a site adds to an article, and whether of comments or a footer."""
    site = bool(_SITE_NAME.search(names))
    return site, site and bool(_NEVER_TEXT.search(names))


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    style = attributes.get("style")
    return bool(style and _NOT_SHOWN.search(style))


def _mark_site(places: list[_Place]) -> None:
    """Mark what is the site's: named so, without the title, and without most of the page's running text."""
    _gather(places)
    most, titled = _OWN_SHARE * places[0].under.prose, places[0].titled
    for place in places:
        sure = place.never and titled  # comments may be longer than the article, a footer than a short one
        named = place.site and not place.titled and (sure or place.under.prose < most)
        place.passed = named
    _pass_on(places)


def _mark_teasers(survey: _Survey) -> None:
    """Mark what announces other articles: elements side by side, each a link with a little running text after it.

    Where they are all the running text there is, they are the article.
    """
    places, beside = survey.places, dict[tuple[int, str], list[_Place]]()
    for place in places:
        said = place.under
        small = 0 < said.prose <= _TEASER_CHARS and said.linked >= _TEASER_LINK
        if (
            small
            and place.tag in _TEASER_TAGS
            and not place.passed
            and not place.titled
            and _opens_with_link(survey, place)
        ):
            beside.setdefault((place.parent, place.tag), []).append(place)
    found = [place for group in beside.values() if len(group) >= _TEASERS for place in group]
    if found and places[0].under.prose - sum(place.under.prose for place in found) >= _PROSE_CHARS:
        for place in found:
            place.passed = True
        _pass_on(places)
        _gather(places)


def _opens_with_link(survey: _Survey, place: _Place) -> bool:
    lines = (survey.lines[index] for index in range(place.first_line, len(survey.lines)))
    said = next((line for line in lines if line.prose or len(line.text) >= _TEASER_LINK), None)
    return said is not None and said.link


def _pass_on(places: list[_Place]) -> None:
    """Pass over what stands in elements that are passed over."""
    for place in places:
        place.passed = place.passed or (place.parent >= 0 and places[place.parent].passed)


def _mark_before(survey: _Survey, best: int) -> None:
    """Mark what stands before the title inside the body, when most of the body's text follows the title."""
    places = survey.places
    if survey.title_place is None or not places[best].titled:
        return
    before = [place for place in places[best + 1 : survey.title_place] if not place.titled]
    said = sum(place.own.prose for place in before if not place.passed)
    if 2 * said < places[best].under.prose:
        for place in before:
            place.passed = True


def _gather(places: list[_Place]) -> None:
    """Sum up for every element what is said under it, without what is passed over."""
    for place in places:
        place.under = replace(place.own)
    for place in reversed(places):
        if place.parent >= 0 and not place.passed:
            places[place.parent].under.add(place.under)


def _innermost(survey: _Survey, best: int) -> int:
    """Go down from the best element as long as one element inside, with the lead before it, holds nearly all of it."""
    places, inner = survey.places, best
    lengths = (len(line.text) if line.prose and not places[line.place].passed else 0 for line in survey.lines)
    before = [0, *accumulate(lengths)]
    for index in range(best + 1, len(places)):
        place = places[index]
        if place.parent < best:
            break
        if place.parent != inner or place.passed or place.tag in _TABLE_PARTS or place.tag == "p":
            continue
        first = max(places[inner].first_line, survey.after_title or len(survey.lines))
        lead = max(0, before[place.first_line] - before[first])
        if lead <= _LEAD_CHARS and lead < place.under.score:
            inner = index if place.under.score + lead >= _BODY_SHARE * places[inner].under.score else inner
    return inner


def _link_lists(places: list[_Place], best: int) -> Iterator[int]:
    """Give the elements inside the body that hold links and no running text."""
    for index in range(best + 1, len(places)):
        place = places[index]
        if place.parent < best:
            break
        if (
            not place.under.prose
            and place.tag not in _TABLE_PARTS
            and place.under.linked >= (1 if place.tag in _LISTS else _LINK_CHARS)
            and place.under.linked > _LINK_SHARE * place.under.letters
        ):
            yield index


def _lead(survey: _Survey, best: int) -> str | None:
    """Return the running text between title and body."""
    if survey.after_title is None:
        return None
    lines = survey.lines[survey.after_title : survey.places[best].first_line]
    said = [tidy(line.text) for line in lines if line.prose and not survey.places[line.place].passed]
    lead = " ".join(text for text in said if not is_date_line(text))
    return lead if 0 < len(lead) <= _LEAD_CHARS else None
