"""Bytes in the encodings Vietnamese was ever written in: the right text, or none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.encodings import TCVN3, VISCII, VNI, decode, old_font, unscramble, what_is_wrong

TEXT = (
    "Năm 2024, cả tỉnh mở 319 cuộc đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân các huyện; "
    "tỷ lệ đạt 94,5%, nhiều ý kiến “bức xúc” được giải quyết ngay."
)
#: Every letter Vietnamese adds to the Latin ones.
LETTERS = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"


def _typed(text: str, font: dict[str, str]) -> str:
    """Return the characters a font shows as ``text``."""
    keys = {letter: spelt for spelt, letter in font.items()}
    return "".join(keys.get(char, char) for char in text)


def _cp1258(text: str) -> bytes:
    """Write letters as base and tone where the code page has none of their own."""
    data = b""
    for char in text:
        try:
            data += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            data += (unicodedata.normalize("NFC", parts.replace(tone, "")) + tone).encode("cp1258")
    return data


LEGACY = {
    "tcvn3": _typed(TEXT, TCVN3).encode("cp1252", "replace"),
    "vni": _typed(TEXT, VNI).encode("cp1252"),
    "viscii": _typed(TEXT.replace("“", '"').replace("”", '"'), VISCII).encode("latin-1"),
    "cp1258": _cp1258(TEXT),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16-le without a mark": TEXT.encode("utf-16-le"),
    "utf-8 with a mark": TEXT.encode("utf-8-sig"),
}


@pytest.mark.parametrize("name", LEGACY)
def test_each_encoding_gives_the_text(name: str) -> None:
    read = decode(LEGACY[name])
    assert read is not None
    assert read.replace("“", '"').replace("”", '"') == TEXT.replace("“", '"').replace("”", '"')


@pytest.mark.parametrize("font", [VNI, VISCII], ids=["vni", "viscii"])
def test_every_letter_has_a_spelling_of_its_own(font: dict[str, str]) -> None:
    letters = LETTERS + LETTERS.upper()
    own = "íìÍÌ" if font is VNI else ""  # of Western fonts, too
    assert set(font.values()) >= set(letters) - set(own)
    assert len({_typed(letter, font) for letter in letters}) == len(letters)
    assert set(TCVN3.values()) >= set(LETTERS)


@pytest.mark.parametrize("font", [TCVN3, VNI], ids=["tcvn3", "vni"])
def test_text_that_only_a_font_made_vietnamese_is_turned_into_unicode(font: dict[str, str]) -> None:
    assert decode(_typed(TEXT, font).encode("utf-8")) == TEXT
    assert unscramble(_typed(TEXT, font)) == TEXT
    assert old_font(TEXT) is None
    assert old_font("Le cœur a ses raisons que la raison ne connaît point, déjà vu à Orléans.") is None


@pytest.mark.parametrize("codec", ["cp1252", "cp1258", "latin-1"])
@pytest.mark.parametrize("times", [1, 2])
def test_utf8_read_as_a_windows_page_is_mended(codec: str, times: int) -> None:
    text = TEXT
    for _ in range(times):
        text = "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode("utf-8"))
    assert decode(text.encode("utf-8")) == TEXT


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04\x14\x00", "Word, Excel"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        ("Năm 2024\nđối thoại".encode() + b"\xff", "line 2, byte 0xff"),
        (b"abc\n\ndef \x01", "line 3, byte 0x01"),
        ("Ã¡Ã¡Ã¡ zzz".encode(), "scrambled"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_place(data: bytes, told: str) -> None:
    assert decode(data) is None
    assert told in what_is_wrong(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    text = decode(data)
    assert what_is_wrong(data) if text is None else isinstance(text, str)


@given(st.text(max_size=200))
def test_plain_text_without_signs_of_harm_stays_what_it_is(text: str) -> None:
    if text.isascii():
        assert unscramble(text) == text
