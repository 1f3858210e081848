"""How a page opens: the paper's signature ahead of its first sentence, and short lines ahead of its first paragraph."""

from __future__ import annotations

from coso import places
from coso.late_patterns import late

#: "(TTXVN) - ", "ĐTO - ", "BR-VT Online - ".
_SIGNATURE = late(
    r"\s*(?:\((?P<bracket>[A-ZĐ][A-ZĐ&.-]{1,9})\)|(?P<bare>[A-ZĐ]{2,6})|[A-ZĐ][A-ZĐa-z-]{1,9} [Oo]nline)\s?[-–—]\s+"
    r"(?=\S)"
)
#: Characters from which on a line is a paragraph rather than the hour of an update or a caption.
_PARAGRAPH = 60


def without_signature(text: str) -> str:
    """Return a text with spaces for the paper's signature that it opens with; it stays as long as it was.

    Abbreviations of provinces ("TPHCM - …") say where, and stay.
    """
    found = _SIGNATURE.match(text)
    if found is None:
        return text
    short = found["bracket"] or found["bare"]
    if short and places.name_key(short) in places.province_spellings():
        return text
    return " " * found.end() + text[found.end() :]


def first_paragraph(plain: str) -> int:
    """Return where the first line begins that is long enough for a paragraph, where the text begins if none is."""
    start = 0
    for line in plain.split("\n", 8)[:8]:
        if len(line) >= _PARAGRAPH:
            return start + len(line) - len(line.lstrip())
        start += len(line) + 1
    return len(plain) - len(plain.lstrip())
