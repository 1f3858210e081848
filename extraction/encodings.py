"""Bytes to text: UTF-8 first, then the legacy Vietnamese encodings, and only where the result is certain."""

from __future__ import annotations

import re

_WORDS = frozenset(
    [
        "của",
        "và",
        "các",
        "được",
        "trong",
        "người",
        "không",
        "những",
        "với",
        "cho",
        "một",
        "là",
        "có",
        "này",
        "đã",
        "năm",
        "về",
        "công",
        "từ",
        "trên",
        "tại",
        "theo",
        "đến",
        "ở",
        "hội",
        "chính",
        "nhân",
        "dân",
        "tổ",
        "chức",
        "thực",
        "hiện",
        "giải",
        "quyết",
        "đơn",
        "tiếp",
        "đồng",
        "việc",
        "cơ",
        "sở",
        "huyện",
        "xã",
        "tỉnh",
        "cấp",
        "số",
        "ủy",
        "ban",
        "ngày",
        "quyền",
        "cán",
        "bộ",
        "để",
        "ra",
        "phát",
        "tham",
        "gia",
        "kiến",
        "nghị",
    ]
)
_MOJIBAKE = re.compile(r"áº|á»|Æ°|Ã[¡-¿]|Ä[‘'‚ƒƒ]|Ä\u0090|Â[ -¿]|hĂ|Ă[¡-¿]")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

#: TCVN3 (ABC): one byte a letter, shown here as the Latin-1 characters the bytes stand for.
_TCVN3: dict[str, str] = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¡¢£¤¥¦§",
        "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_VOWELS = {
    "a": ("áàảãạ", "ă", "ắằẳẵặ", "â", "ấầẩẫậ"),
    "e": ("éèẻẽẹ", "", "", "ê", "ếềểễệ"),
    "o": ("óòỏõọ", "", "", "ô", "ốồổỗộ"),
    "u": ("úùủũụ", "", "", "", ""),
    "y": ("ýỳỷỹ", "", "", "", ""),
    "ô": ("ớờởỡợ", "", "", "", ""),
    "ö": ("ứừửữự", "", "", "", ""),
}


def decode(data: bytes) -> str | None:
    """Return the text of ``data``, None when it is binary or in an encoding that cannot be told for certain."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(data, "utf-16")
    if _BINARY.search(data):
        return None
    text = _try(data, "utf-8-sig")
    if text is not None:
        return unscramble(text)
    return _legacy(data)


def unscramble(text: str) -> str | None:
    """Undo UTF-8 that was read as a Windows code page; None when it is scrambled beyond certainty."""
    if len(_MOJIBAKE.findall(text)) < 3:
        return text
    for codec in ("cp1252", "cp1258", "latin-1"):
        repaired = _reread(text, codec)
        if repaired is not None and _is_vietnamese(repaired):
            return repaired
    return None if _vietnamese_share(text) < 0.1 else text


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


def _legacy(data: bytes) -> str | None:
    latin = data.decode("latin-1")
    windows = _try(data, "cp1258")
    candidates = [latin.translate({ord(byte): letter for byte, letter in _TCVN3.items()}), _from_vni(latin)]
    if windows is not None:
        candidates.append(windows)
    best = max(candidates, key=_vietnamese_share)
    return best if _is_vietnamese(best) else None


def _from_vni(text: str) -> str:
    for before, after in _vni_table():
        text = text.replace(before, after).replace(before.upper(), after.upper())
    for before, after in (
        ("ô", "ơ"),
        ("ö", "ư"),
        ("ñ", "đ"),
        ("Ñ", "Đ"),
        ("æ", "ỉ"),
        ("ó", "ĩ"),
        ("ò", "ị"),
        ("î", "ỵ"),
    ):
        text = text.replace(before, after)
    return text.translate({0xE000 + index: char for index, char in enumerate(_PRIVATE)})


def _vni_table() -> list[tuple[str, str]]:
    """Pairs of letters to one; results pass through private-use characters so as not to be read twice."""
    pairs = []
    for vowel, (tones, breve, breve_tones, hat, hat_tones) in _VNI_VOWELS.items():
        groups = ((tones, "ùøûõï"), (breve, "ê"), (breve_tones, "éèúüë"), (hat, "â"), (hat_tones, "áàåãä"))
        for letters, marks in groups:
            pairs += [
                (vowel + m, chr(0xE000 + _PRIVATE.index(c))) for c, m in zip(letters, marks, strict=False)
            ]
    return pairs


_PRIVATE = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹ"


def _vietnamese_share(text: str) -> float:
    words = re.findall(r"[^\W\d_]+", text.lower())[:2000]
    return sum(word in _WORDS for word in words) / len(words) if words else 0.0


def _is_vietnamese(text: str) -> bool:
    return _vietnamese_share(text) >= 0.2


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return None
