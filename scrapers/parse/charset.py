"""Bytes to text: what the bytes are counts for more than what the headers say of them."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: How a page in UTF-16 begins; its zero bytes are no sign of a binary file.
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
#: How far into a page its own statement is looked for, in bytes.
_META_BYTES = 4096
#: One undecodable byte in so many characters is a slip of the page, more is another encoding.
_SLIP = 2000
#: Frequent words that a page in an encoding of before Unicode has to hold, lest any bytes pass for one.
_FEWEST_WORDS = 5
#: Vietnamese letters only Vietnamese has, and what UTF-8 letters look like when read as cp1252.
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_MOJIBAKE = re.compile("á[º»][\u0080-\u00bf\u0152-\u2122]|Æ[°¡]|Ä[\u2018\u0090\u0192]|Ã[\u00a0-\u00bf]")


@dataclass(frozen=True)
class Decoded:
    """Text of a page.

    Attributes:
        text: the characters.
        charset: encoding the bytes were read in.
        problem: why the text cannot be trusted, if it cannot.
        plain: whether the bytes are the text, in UTF-8 without a mark: then nobody has to turn it into bytes again.
    """

    text: str
    charset: str
    problem: str | None = None
    plain: bool = False


def decode_page(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode the bytes of a page.

    A byte-order mark decides; then bytes that are valid UTF-8 are UTF-8, whatever header and page say, since no
    other Vietnamese encoding is so by chance; then, of the encodings the header and the page name and those Vietnamese
    was written in before (cp1258, TCVN3, VNI, VISCII), the one that gives most Vietnamese words, or letters.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return Decoded(body.decode(charset, errors="replace"), charset)
    try:
        return replace(_checked(body.decode("utf-8"), "utf-8"), plain=True)
    except UnicodeDecodeError:
        pass
    stated = [name for name in (_from_header(content_type), _from_page(body)) if name]
    lenient = body.decode("utf-8", errors="replace")
    if lenient.count("\ufffd") * _SLIP <= len(lenient) or (
        len(body) < _SLIP and lenient.count("\ufffd") == 1
    ):
        return _checked(lenient, "utf-8")
    # Of equal ones, the first is believed.
    text, charset, _ = max(_readings(body, stated), key=_how_vietnamese, default=("", "", 0))
    if _VIETNAMESE.search(text):
        return _checked(text, charset)
    named = ", ".join(stated) or "nothing"
    return Decoded(lenient, "utf-8", f"bytes are not UTF-8, and not readable as stated ({named})")


def _readings(body: bytes, stated: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield what a body would say in each encoding it may be in, and how many Vietnamese words that would be."""
    from coso.encodings import (  # noqa: PLC0415 - few pages are of before Unicode
        legacy_readings,
        marked_words,
    )

    for name in stated:
        text = _strictly(body, name)
        if text is not None:
            yield text, name, marked_words(text)
    for text, name in legacy_readings(body):
        words = marked_words(text)
        # The older ones give letters for any bytes, so they have to give words.
        if name == "cp1258" or words >= _FEWEST_WORDS:
            yield text, name, words


def _how_vietnamese(reading: tuple[str, str, int]) -> tuple[int, int]:
    text, _, words = reading
    return words, len(_VIETNAMESE.findall(text))


def _from_header(content_type: str | None) -> str | None:
    match = _HEADER.search(content_type or "")
    return match[1] if match else None


def _from_page(body: bytes) -> str | None:
    match = _META.search(body, 0, _META_BYTES) or _XML.search(body, 0, _META_BYTES)
    return match[1].decode("ascii") if match else None


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return unicodedata.normalize("NFC", body.decode(charset))
    except (LookupError, UnicodeError):  # "undefined" is a codec that raises the latter
        return None


def _checked(text: str, charset: str) -> Decoded:
    broken = len(_MOJIBAKE.findall(text))
    if broken >= 5 and broken > len(_VIETNAMESE.findall(text)) / 2:
        return Decoded(
            text, charset, "the page holds UTF-8 that was read in another encoding before it was sent"
        )
    return Decoded(text, charset)
