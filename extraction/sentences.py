"""Paragraphs, sentences and the brackets inside them."""

from __future__ import annotations

import re

from coso.late_patterns import late

_STOP = late(r"[.!?]+[\"”)]*(?=\s|$)")
_ABBREVIATION = late(
    r"(?:^|[\s(])(?:t\.?p|tx|tt|p|q|h|ths|ts|pgs|gs|bs|ks|st|đ\.?c|đ/c|[a-zđ])\.$", re.IGNORECASE
)
_ENDS_SENTENCE = late(r"(?:\d m|qu[ýí] (?:i|v))\.$", re.IGNORECASE)
#: An item of a list belongs to the paragraph that opens the list; its mark belongs to no sentence.
_ITEM = late(r"\s*(?:[-–+•*·] ?|[a-zđ]\) )(?=\S)")
_ROUND = late(r"[()]")
_BEFORE_NEXT = late(r"[\s\"“(\-–'‘]*")


class Sentence:
    """One sentence of folded text.

    Attributes:
        start: first character.
        end: character after its last.
        paragraph: ordinal of its paragraph in the document.
        cues: of which groups of words it holds one (``extraction.cues``), as bits; of any, until it was looked through.
    """

    __slots__ = ("cues", "end", "paragraph", "start")

    def __init__(self, start: int, end: int, paragraph: int) -> None:
        self.start = start
        self.end = end
        self.paragraph = paragraph
        self.cues = -1


def split_sentences(plain: str) -> list[Sentence]:
    """Split composed text into sentences; a line is a paragraph, a list part of the one that opens it."""
    sentences: list[Sentence] = []
    position = paragraph = 0
    for line in plain.split("\n"):
        if line.strip():
            if sentences and not _ITEM.match(line):
                paragraph += 1
            for sentence in _split_line(plain, position, position + len(line), paragraph):
                sentences.extend(_cut(sentence, plain))
        position += len(line) + 1
    return sentences


def brackets(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost round brackets between ``start`` and ``end`` that are closed again."""
    pairs: list[tuple[int, int]] = []
    if folded.find(")", start, end) == -1:
        return pairs
    depth = opened = 0
    for match in _ROUND.finditer(folded, start, end):
        if match.group() == "(":
            opened = match.start() if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                pairs.append((opened, match.end()))
    return pairs


#: No sentence is read as longer than this, in characters; longer ones are cut at a mark or a space, so that the
#: work on a sentence, which compares its numbers with each other, stays within bounds.
_LONGEST = 1200


def _cut(sentence: Sentence, plain: str) -> list[Sentence]:
    if sentence.end - sentence.start <= _LONGEST:
        return [sentence]
    pieces: list[Sentence] = []
    start = sentence.start
    while sentence.end - start > _LONGEST:
        limit = start + _LONGEST
        at = next(
            (p for mark in ("; ", ", ", " ") if (p := plain.rfind(mark, start + _LONGEST // 2, limit)) != -1),
            limit,
        )
        pieces.append(_trim(plain, start, at + 1, sentence.paragraph))
        start = at + 1
    return [*pieces, _trim(plain, start, sentence.end, sentence.paragraph)]


def _split_line(plain: str, start: int, end: int, paragraph: int) -> list[Sentence]:
    found: list[Sentence] = []
    mark = _ITEM.match(plain, start, end)
    begin = start = mark.end() if mark else start
    for match in _STOP.finditer(plain, start, end):
        if match.end() < end and not _starts_sentence(plain, match.end(), end):
            continue
        if match.group() == "." and _is_abbreviation(plain, begin, match.end()):
            continue
        found.append(_trim(plain, begin, match.end(), paragraph))
        begin = match.end()
    if plain[begin:end].strip():
        found.append(_trim(plain, begin, end, paragraph))
    return found


def _is_abbreviation(plain: str, begin: int, end: int) -> bool:
    """Whether the full stop before ``end`` belongs to a word such as "TP."; none has four letters.

    The "m" of "đường rộng 7,5 m. Tổ trưởng …" ends its sentence, and so does the "I" of "so với quý I. Kiểm tra …".
    """
    if _ENDS_SENTENCE.search(plain, max(begin, end - 8), end):
        return False
    if end - 5 >= begin and plain[end - 5 : end - 1].isalpha():
        return False
    return bool(_ABBREVIATION.search(plain[max(begin, end - 8) : end]))


def _starts_sentence(plain: str, position: int, end: int) -> bool:
    gap = _BEFORE_NEXT.match(plain, position, end)
    following = gap.end() if gap else position
    return following >= end or plain[following].isupper() or plain[following].isdigit()


def _trim(plain: str, start: int, end: int, paragraph: int) -> Sentence:
    while start < end and plain[start].isspace():
        start += 1
    while end > start and plain[end - 1].isspace():
        end -= 1
    return Sentence(start, end, paragraph)
