"""Vietnamese text: one canonical spelling to store, and one folded spelling to match words in.

The canonical form is what the platform keeps and counts spans in. The folded form exists only while words
are being looked up; an offset map leads from it back to the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from coso.late_patterns import late

#: Characters that show nothing: zero-width marks, soft hyphen, byte-order mark, direction marks.
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e"
#: What no text is written with: control codes but line ends and tabs, and the two code points that are no characters.
#: XML knows none of them below U+0020, so one of them would keep a whole workbook from being written.
_CONTROLS = "".join(map(chr, {*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF} - {*b"\t\n\x0b\x0c\r", 0x85}))
_SPACES = "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2008\u3000\t\x0b\x0c"
_NEWLINES = late(r"\r\n?|\u2028|\u2029|\x85")
#: Spaces that print like a plain one, as editors set them between a number and its noun; tabs part cells and stay.
_ODD_SPACES = dict.fromkeys(map(ord, _SPACES.rstrip("\t\x0b\x0c")), " ")
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_TO_CANONICAL = {
    **_DROP_INVISIBLE,
    **dict.fromkeys(map(ord, _CONTROLS)),
    **dict.fromkeys(map(ord, _SPACES), " "),
    0xD0: "Đ",
    0xF0: "đ",
}
#: Length stays the same under this table, so that spans in folded text are spans in the text.
_TO_FOLDED = {
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    0xD0: "đ",
    0xF0: "đ",
    0x130: "i",
    0x2026: ".",
    0xB2: "2",
}
_NEEDS_FOLDED = late("[" + re.escape("".join(map(chr, _TO_FOLDED))) + "]")
_NEEDS_CANONICAL = late(
    f"[{_INVISIBLE}{_CONTROLS}{_SPACES}\u00d0\u00f0\r\u2028\u2029\x85]| $| \n|\n\n\n| {{2}}", re.M
)
_RUNS = late(r" {2,}")
_FURTHER_SPACES = late(f"(?<=[ {_SPACES}])[ {_SPACES}]+")
_LINE_EDGES = late(r" +$|^ +", re.M)
_BLANK_LINES = late(r"\n{3,}")
_COMBINING = late("[\u0300-\u036f]")

# Tone placement: "hoà" and "hòa" are one word. Folded text carries the older placement, on the first vowel,
# where no letter follows; syllables closed by a consonant are written one way only.
_MODERN_TONE = late(r"(?:o[àáảãạèéẻẽẹ]|u(?<!qu)[ỳýỷỹỵ])(?![a-zà-ỹđ])")
_TONE_PAIRS = {
    **{"o" + late: early + "a" for late, early in zip("àáảãạ", "òóỏõọ", strict=True)},
    **{"o" + late: early + "e" for late, early in zip("èéẻẽẹ", "òóỏõọ", strict=True)},
    **{"u" + late: early + "y" for late, early in zip("ỳýỷỹỵ", "ùúủũụ", strict=True)},
}
# "kỹ" and "kĩ", "quý" and "quí", "tỷ" and "tỉ" are one word too; folded text carries i.
_FINAL_Y = late(r"[yỳýỷỹỵ](?![a-zà-ỹđ])(?:(?<=[bcdghklmnprstvx].)|(?<=qu.))")
_Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


def canonical(text: str) -> str:
    """Return ``text`` in the one spelling that is stored; doing it twice changes nothing.

    NFC; the letter eth becomes Đ; no-break and other odd spaces become spaces, runs of them one space;
    invisible characters and control codes go; line ends become ``\\n``, with at most one empty line between paragraphs.
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _NEEDS_CANONICAL.search(text):
        text = _NEWLINES.sub("\n", text).translate(_TO_CANONICAL)
        # Dropping an invisible character can bring a letter and its mark together.
        text = unicodedata.normalize("NFC", text)
        text = _LINE_EDGES.sub("", _RUNS.sub(" ", text))
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip(" \n")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text prepared for looking words up.

    Attributes:
        text: lower case, one tone placement, plain dashes and quotes, spaces one by one.
        plain: the same characters as they were written, composed, with plain spaces; as long as ``text``.
        source: the text it was made from.
        offsets: for each character of ``text`` and its end, its index in ``source``; None when they are equal.
    """

    text: str
    plain: str
    source: str
    offsets: tuple[int, ...] | None

    def start(self, index: int) -> int:
        """Return where the character at ``index`` begins in the source."""
        return index if self.offsets is None else self.offsets[index]

    def end(self, index: int) -> int:
        """Return where the character before ``index`` ends in the source."""
        if self.offsets is None:
            return index
        if index == 0:
            return 0
        end = self.offsets[index - 1] + 1
        while end < self.offsets[index] and _COMBINING.match(self.source, end):
            end += 1
        return end


def fold(text: str) -> Folded:
    """Fold ``text`` for matching, runs of spaces as one, in time linear in its length."""
    plain, offsets = text, None
    if not unicodedata.is_normalized("NFC", text) or any(mark in text for mark in _INVISIBLE):
        pieces, offsets = _compose(text)
        plain = "".join(pieces)
    odd = any(space in plain for space in _SPACES)
    if (odd or "  " in plain) and _FURTHER_SPACES.search(plain):
        plain, offsets = _squeeze(plain, offsets)
    if odd:
        # Names and offices are looked up in the plain text: "Chủ\u00a0tịch" must be found there too.
        plain = plain.translate(_ODD_SPACES)
    return Folded(fold_words(plain), plain, text, None if offsets is None else (*offsets, len(text)))


def fold_words(text: str) -> str:
    """Fold NFC text without changing its length: case, tone placement, y and i, dashes, quotes, spaces."""
    # A text has few of these characters, and replacing each is done before its letters are translated one by one.
    for odd in set(_NEEDS_FOLDED.findall(text)):
        text = text.replace(odd, _TO_FOLDED[ord(odd)])
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    lowered = _MODERN_TONE.sub(_early_tone, lowered)
    return _FINAL_Y.sub(_y_to_i, lowered)


def strip_marks(text: str) -> str:
    """Return ``text`` in lower case without tone and vowel marks, for search only, never for decisions."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return _COMBINING.sub("", decomposed)


def _early_tone(match: re.Match[str]) -> str:
    return _TONE_PAIRS[match.group()]


def _y_to_i(match: re.Match[str]) -> str:
    return _Y_TO_I[match.group()]


def _squeeze(plain: str, offsets: Sequence[int] | None) -> tuple[str, list[int]]:
    """Drop the further spaces of each run, keeping where the others came from."""
    places = range(len(plain)) if offsets is None else offsets
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for run in _FURTHER_SPACES.finditer(plain):
        pieces.append(plain[at : run.start()])
        kept.extend(places[at : run.start()])
        at = run.end()
    pieces.append(plain[at:])
    kept.extend(places[at:])
    return "".join(pieces), kept


def _compose(text: str) -> tuple[list[str], list[int]]:
    """Compose letters with their marks and drop invisible characters, keeping where each came from."""
    pieces: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        if char in _INVISIBLE:
            continue
        if pieces and unicodedata.combining(char):
            joined = unicodedata.normalize("NFC", pieces[-1] + char)
            if len(joined) == 1:
                pieces[-1] = joined
                continue
        normal = unicodedata.normalize("NFC", char)
        pieces.append(normal if len(normal) == 1 else char)
        offsets.append(index)
    return pieces, offsets
