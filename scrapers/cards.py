"""Cards of listing pages: what is said of an article around the link that leads to it, such as its lead."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

#: So many elements around a link are looked at; a card is not built deeper.
_DEPTH = 5
_PAGE = frozenset({"body", "html", "main"})
_NO_TEXT = frozenset({"script", "style", "noscript", "template"})
#: A link of fewer words leads to a section, to comments or to "xem thêm", and heads no card of its own.
_HEADLINE_WORDS = 4
#: A lead and a headline are shorter, in characters.
_CARD_CHARS = 600


class Cards:
    """The cards of one page; use one for all its links, since neighbours share what stands around them."""

    def __init__(self) -> None:
        self._headed: dict[int, frozenset[str]] = {}

    def text_around(self, link: LexborNode) -> str:
        """Return the text of the largest element around a link in which no other article has its headline."""
        own, card = link.attributes.get("href") or "", None
        above = link.parent
        for _ in range(_DEPTH):
            if above is None or above.tag in _PAGE or self._headlines(above) - {own}:
                break
            card, above = above, above.parent
        return _text_of(card) if card is not None else ""

    def _headlines(self, element: LexborNode) -> frozenset[str]:
        """Return where the headlines in an element lead; two of them are enough."""
        if element.mem_id not in self._headed:
            found: set[str] = set()
            for link in element.css("a[href]"):
                if len(found) > 1:
                    break
                if len(link.text(separator=" ").split()) >= _HEADLINE_WORDS:
                    found.add(link.attributes.get("href") or "")
            self._headed[element.mem_id] = frozenset(found)
        return self._headed[element.mem_id]


def _text_of(card: LexborNode) -> str:
    pieces: list[str] = []
    length = 0
    for text in _texts(card):
        pieces.append(text)
        length += len(text)
        if length > _CARD_CHARS:
            break
    return " ".join(pieces)[:_CARD_CHARS]


def _texts(card: LexborNode) -> Iterator[str]:
    for node in card.traverse(include_text=True):
        if node.is_text_node and node.parent is not None and node.parent.tag not in _NO_TEXT:
            text = " ".join((node.text_content or "").split())
            if text:
                yield text
