"""Bytes to text: UTF-8 first, then the encodings Vietnamese was written in before, where the result is certain.

A legacy encoding cannot be told by its bytes alone, which mean something in all of them. So each is tried, and the one
that makes Vietnamese words is taken; a text that none makes Vietnamese is refused rather than guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from coso.late_patterns import late

#: Frequent words that an encoding read wrongly does not give.
_FREQUENT = (
    "của và các được trong người không những với cho một là có này đã năm về công từ trên tại theo đến ở hội chính"
    " nhân dân tổ chức thực hiện giải quyết đơn tiếp đồng việc cơ sở huyện xã tỉnh cấp số ủy ban ngày quyền cán bộ"
    " để ra phát tham gia kiến nghị"
)
_WORDS = frozenset(_FREQUENT.split())
_MARKED_WORDS = frozenset(word for word in _WORDS if not word.isascii())
_WORD = late(r"[^\W\d_]+")
_MOJIBAKE = late(r"áº|á»|Æ°|Ã[¡-¿]|Ä[‘'‚ƒƒ]|Ä\u0090|Â[ -¿]|hĂ|Ă[¡-¿]")
_BINARY = late(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
#: Files that are no text, by their first bytes.
_FILES = {
    b"PK\x03\x04": "a Word, Excel or other packed file",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
#: More characters of a text are not looked at when its encoding is told; this many bytes tell UTF-16 without a mark.
_LOOKED_AT, _UTF16_HEAD = 20_000, 400

#: TCVN3 (ABC), of the fonts .VnTime and their like: one byte a letter, shown here as the Latin-1 characters that the
#: bytes stand for. Its capitals with a tone are small letters in a font of capitals.
TCVN3: dict[str, str] = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¡¢£¤¥¦§",
        "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂÊÔƠƯĐ",
        strict=True,
    )
)

#: VISCII (RFC 1456): the letters of the bytes from 0x80 on, and of six control characters below.
VISCII: dict[str, str] = {
    **dict(
        zip(
            map(chr, range(0x80, 0x100)),
            "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
            strict=True,
        )
    ),
    **dict(zip("\x02\x05\x06\x14\x19\x1e", "ẲẴẪỶỸỴ", strict=True)),
}

#: VNI: a letter and behind it another for its marks. The marks by the characters that stand for them.
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HATS = {
    "â": "\u0302",
    **dict(zip("áàåãä", ("\u0302" + tone for tone in _VNI_TONES.values()), strict=True)),
}
_VNI_BREVES = {
    "ê": "\u0306",
    **dict(zip("éèúüë", ("\u0306" + tone for tone in _VNI_TONES.values()), strict=True)),
}
_VNI_LETTERS = dict(zip("ôöñæóòî", "ơưđỉĩịỵ", strict=True))
_VNI_MARKS = {
    "a": {**_VNI_TONES, **_VNI_HATS, **_VNI_BREVES},
    **{vowel: {**_VNI_TONES, **_VNI_HATS} for vowel in "eo"},
    **dict.fromkeys("uyôö", _VNI_TONES),
}


def _vni() -> dict[str, str]:
    """Return what stands for each letter of VNI, in both cases."""
    table = dict(_VNI_LETTERS)
    for vowel, marks in _VNI_MARKS.items():
        for mark, combining in marks.items():
            table[vowel + mark] = unicodedata.normalize("NFC", _VNI_LETTERS.get(vowel, vowel) + combining)
    capitals = {spelt.upper(): letter.upper() for spelt, letter in table.items()}
    mixed = {
        spelt[0].upper() + spelt[1]: letter.upper() for spelt, letter in table.items() if len(spelt) == 2
    }
    return {**table, **mixed, **capitals}


VNI: dict[str, str] = _vni()
_VNI_SPELT = late("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_LETTERS = str.maketrans(TCVN3)
_VISCII_LETTERS = str.maketrans(VISCII)
#: Bytes as Western Windows reads them; the five it does not know stay what they are.
_WESTERN = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


def decode(data: bytes) -> str | None:
    """Return the text of ``data``, None when it is binary or in an encoding that cannot be told for certain."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(data, "utf-16")
    text = _try(data, "utf-8-sig")
    if text is not None and not _BINARY.search(data):
        return unscramble(text)
    return _legacy(data)


def what_is_wrong(data: bytes) -> str:
    """Return why ``decode`` gave up on bytes, in words, with the line and the byte where UTF-8 ends."""
    for mark, name in _FILES.items():
        if data.startswith(mark):
            return f"is {name}, no text"
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = _place(data, error.start)
        return f"is not text in UTF-8 ({where}) nor in a Vietnamese encoding that can be told for certain"
    found = _BINARY.search(data)
    if found:
        return f"is not text ({_place(data, found.start())})"
    return "is scrambled: it was read in another encoding before, and too much of it is lost"


def _place(data: bytes, at: int) -> str:
    """Return line and value of a byte."""
    line = data.count(b"\n", 0, at) + 1
    return f"line {line}, byte 0x{data[at]:02x}"


def unscramble(text: str) -> str | None:
    """Undo what was done to a text before it came: UTF-8 read as a Windows code page, letters of an old font.

    Returns:
        The text as it was meant, unchanged where nothing shows that it was anything else; None when it is scrambled
        beyond certainty.
    """
    if len(_MOJIBAKE.findall(text)) < 3:
        turn = old_font(text)
        return turn(text) if turn else text
    for codec in ("cp1252", "cp1258", "latin-1"):
        repaired = _reread(text, codec)
        if repaired is not None and len(_MOJIBAKE.findall(repaired)) >= 3:
            repaired = _reread(repaired, codec)  # it went wrong twice
        if repaired is not None and _is_vietnamese(repaired):
            return repaired
    return None if _vietnamese_share(text) < 0.1 else text


def old_font(text: str) -> Callable[[str], str] | None:
    """Return what turns a text typed in a TCVN3 or VNI font into Unicode letters; None for any other text.

    Office files of before Unicode hold such text: its characters are Western ones, and only the font makes them
    Vietnamese.
    """
    if text.isascii() or _vietnamese_share(text) >= 0.1:
        return None
    return next((turn for turn in (_from_tcvn3, _from_vni) if _is_vietnamese(turn(text))), None)


def legacy_readings(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what bytes would say in each legacy encoding in which they can be read, with its name."""
    latin = data.decode("latin-1")
    western = latin.translate(_WESTERN)
    yield _from_tcvn3(western), "tcvn3"
    yield _from_vni(western), "vni"
    yield latin.translate(_VISCII_LETTERS), "viscii"
    windows = _try(data, "cp1258")
    if windows is not None:
        yield unicodedata.normalize("NFC", windows), "cp1258"


def marked_words(text: str) -> int:
    """Return how many frequent Vietnamese words with marks a text has; mark-up does not matter to it."""
    return sum(word in _MARKED_WORDS for word in _WORD.findall(text.lower()))


def _legacy(data: bytes) -> str | None:
    if 0 in data[:_UTF16_HEAD]:
        found = (_try(data, name) for name in ("utf-16-le", "utf-16-be"))
        return next((text for text in found if text is not None and _is_vietnamese(text)), None)
    candidates = [text for text, _ in legacy_readings(data) if not _BINARY.search(text.encode())]
    best = max(candidates, key=_vietnamese_share, default="")
    return best if _is_vietnamese(best) else None


def _reread(text: str, codec: str) -> str | None:
    data = bytearray()
    for char in text:
        try:
            data += char.encode(codec)
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return None
            data.append(ord(char))
    return _try(bytes(data), "utf-8")


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3_LETTERS)


def _from_vni(text: str) -> str:
    return _VNI_SPELT.sub(lambda match: VNI[match.group()], text)


def _vietnamese_share(text: str) -> float:
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_LOOKED_AT]).lower())
    return sum(word in _WORDS for word in words) / len(words) if words else 0.0


def _is_vietnamese(text: str) -> bool:
    return _vietnamese_share(text) >= 0.2


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None
