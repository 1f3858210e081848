"""Masking of personal data in free text, before anything is written beyond the archive.

What is masked: phone numbers, e-mail and social-network addresses, identity, passport and account numbers,
vehicle plates, birth dates, exact addresses (house number, alley), and names of persons. A name is masked
wherever it may be one: after a word that introduces a person, or beginning with a common family name unless a
word before it says that it is a street, a school or the like. Names of provinces, communes and bodies stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PHONE = "[số điện thoại]"
EMAIL = "[thư điện tử]"
IDENTITY = "[số giấy tờ]"
PLATE = "[biển số]"
ADDRESS = "[địa chỉ]"
PERSON = "[họ tên]"
BIRTH = "[ngày sinh]"
ACCOUNT = "[tài khoản]"

_EMAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_SOCIAL = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:facebook|fb|zalo|tiktok|youtube|instagram)\.(?:com|me|vn)/\S*",
    re.IGNORECASE,
)
# A number that begins with 0 or +84 and has 9 to 11 digits; figures are never written with a leading zero, and one
# that begins with 84 is told by its groups of three.
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\(\s*)?(?!84\d?(?:\.\d{3})+(?![\d.]))(?:\+|00)?(?:84|0)(?:[\s.()\-–]{0,2}\d){8,10}(?!\d)(?![.,]\d{3}\b)"
)
_LABELLED_PHONE = re.compile(
    r"((?:số\s+)?(?:điện\s*thoại|đt|đtdđ|sđt|di\s*động|zalo|hotline|tel|liên\s*hệ)\s*(?:số)?\s*[:.]?\s*)(\+?\d[\d\s.()\-–]{6,16}\d)",
    re.IGNORECASE,
)
_LABELLED_IDENTITY = re.compile(
    r"((?:CCCD|CMND|CMTND|căn\s+cước(?:\s+công\s+dân)?|chứng\s+minh(?:\s+nhân\s+dân|\s+thư)?|hộ\s+chiếu|mã\s+số\s+thuế|MST|BHXH|BHYT"
    r"|mã\s+định\s+danh|định\s+danh(?:\s+cá\s+nhân)?)\s*(?:số|:|là)?\s*:?\s*)([A-Z]{0,2}\d[\d\s.\-]{5,18}\d)",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?<![\w.,/-])(?:\d{12}|\d{9}|\d{3} \d{3} \d{3} \d{3}|[A-Z]\d{7,8})(?![\d/-])(?![.,]\d)"
    r"(?!\s?(?:đồng|triệu|tỷ|tỉ|đ\b|VN[ĐD]|m2|m²))"
)
_ACCOUNT = re.compile(
    r"((?:số\s+tài\s+khoản|STK|tài\s+khoản(?:\s+số)?)\s*[:.]?\s*)(\d[\d\s.\-]{5,20}\d)", re.IGNORECASE
)
_PLATE = re.compile(
    r"(?<![\w.,/])(?:[1-9]\d\s?-?\s?[A-ZĐ](?:[A-ZĐ]|\d)?\s?[-–. ]\s?(?:\d{3}\.\d{2}|\d{4,5})"
    r"|[1-9]\d[A-ZĐ]\d?\d{5})(?!\d)"
)
_BIRTH = re.compile(
    r"((?:sinh\s+ngày|ngày\s+sinh|sinh\s+năm|năm\s+sinh|SN)\s*:?\s*)(\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\d{4})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:địa\s+chỉ\s*:?\s*)?(?:\bsố\s+nhà|\bnhà\s+số|\bsố(?=\s+\d+[\w/.-]*,?\s+(?:ngõ|ngách|hẻm|kiệt|đường|phố|tổ|khu|ấp|thôn)\b)"
    r"|\bngõ|\bngách|\bhẻm|\bkiệt|\bcăn\s+hộ|\bphòng\s+trọ|\bthửa(?:\s+đất)?(?:\s+số)?|\btờ\s+bản\s+đồ(?:\s+số)?)\s*:?\s*"
    r"\d+[A-Za-z]?(?:[/.-]\d*[A-Za-z]?\d*)*",
    re.IGNORECASE,
)
_STREET_NUMBER = re.compile(r"(?<![\w/.])\d+[A-Za-z]?(?:/\d+[A-Za-z]?)*(?=,?\s+(?:đường|phố)\s+[A-ZĐÀ-Ỹ])")

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_WORD = rf"(?:[{_UPPER}][{_LOWER}]+|[{_UPPER}]{{1,8}}\.?)"
_FULL_NAME = rf"{_WORD}(?:\s+{_WORD}){{0,5}}"
_TITLED = re.compile(
    r"(?<!\w)((?i:ông|bà(?!\s+(?:Rịa|Nà|Đen|Triệu|Chiểu|Điểm|Quẹo|Hom)\b)|anh|chị|tôi\s+(?:là|tên(?:\s+là)?)|tên\s+(?:tôi|em)\s+là|em\s+(?:là|tên)|"
    r"họ\s+(?:và\s+)?tên\s*:?|người\s+(?:gửi|phản\s+ánh|kiến\s+nghị|khiếu\s+nại|tố\s+cáo|đại\s+diện)\s*:?|kính\s+đơn\s*[,.]?|"
    r"ký\s+tên\s*:?|trân\s+trọng\s*[,.!]?|xin\s+cảm\s+ơn\s*[,.!]?)|cô|chú|bác|em|cháu|cụ|thầy)(\s*)"
    rf"({_FULL_NAME})"
)
_FAMILY_NAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trương|Đoàn|Lâm|Trịnh|Mai|Đào|Cao|Hà|"
    "Tô|Tạ|Lương|Châu|Thái|Chu|Quách|Phùng|Vương|Nông|Triệu|Hứa|Kiều|La|Lò|Quàng|Vàng|Giàng|Sùng|Thào|Lường|Tòng|Cà|Ma"
)
#: Provinces and towns that begin like a family name.
_PLACES = (
    r"(?:Hà\s+(?:Nội|Nam|Tĩnh|Giang|Tây|Đông|Tiên|Long)|Thái\s+(?:Bình|Nguyên|Lan)|Cao\s+(?:Bằng|Lãnh)|Lâm\s+Đồng|"
    r"Châu\s+(?:Đốc|Thành|Phú|Đức)|Hồ\s+(?:Gươm|Tây|Hoàn)|Mai\s+Châu|Lý\s+Sơn|La\s+Gi)\b"
)
#: Family names that hardly any place begins with: here one further word makes a name.
_PLAIN_NAMES = "Nguyễn|Trần|Phạm|Huỳnh|Đặng|Bùi|Đỗ"
_NAMED = re.compile(
    rf"(?<!\w)(?!{_PLACES})(?:(?:{_FAMILY_NAMES}|{_FAMILY_NAMES.upper()})(?:\s+{_WORD}){{2,3}}"
    rf"|(?:{_PLAIN_NAMES}|{_PLAIN_NAMES.upper()})\s+{_WORD})(?!\w)"
)
#: How far before a name the word that makes it a place's is looked for, in characters.
_NEAR = 80
_PLACE_BEFORE = re.compile(
    r"(?i:đường|phố|trường|công\s+viên|quảng\s+trường|cầu|chợ|bệnh\s+viện|phường|xã|quận|huyện|thị\s+trấn|thành\s+phố|tỉnh|"
    r"thôn|ấp|khu\s+phố|tổ|ngã\s+tư|ngã\s+ba|TP\.?|THPT|THCS|tiểu\s+học|mầm\s+non|đại\s+học|công\s+ty|doanh\s+nghiệp|"
    r"hội|ban|sở|chi\s+nhánh|tuyến|hầm|bến|hồ|sông|kênh|núi|tượng\s+đài)\s*"
    rf"(?:{_FULL_NAME}\s*[-–/]\s*)?$"  # also the second street of a crossing
)
#: Names that stand for a movement, a city or an order rather than for someone in the case.
_PUBLIC_NAMES = frozenset({"Hồ Chí Minh", "Hồ Chủ tịch"})
_NOT_NAMES = frozenset(
    {"UBND", "HĐND", "MTTQ", "CSGT", "Công", "Ủy", "Uỷ", "Sở", "Ban", "Phòng", "Trung", "Bộ", "Nhà"}
)


def mask_text(text: str) -> str:
    """Return ``text`` with personal data replaced by a word in brackets that says what stood there.

    Masking twice changes nothing.
    """
    for mask in _MASKS:
        text = mask(text)
    return text


def _whole(pattern: re.Pattern[str], word: str) -> Callable[[str], str]:
    return lambda text: pattern.sub(word, text)


def _value(pattern: re.Pattern[str], word: str) -> Callable[[str], str]:
    """Mask what stands behind a label and keep the label."""
    return lambda text: pattern.sub(lambda match: match[1] + word, text)


def _mask_titled(text: str) -> str:
    def put(match: re.Match[str]) -> str:
        first = match[3].split()[0]
        return match[0] if first in _NOT_NAMES else f"{match[1]}{match[2] or ' '}{PERSON}"

    return _TITLED.sub(put, text)


def _mask_named(text: str) -> str:
    def put(match: re.Match[str]) -> str:
        kept = match[0] in _PUBLIC_NAMES or _PLACE_BEFORE.search(
            text[max(0, match.start() - _NEAR) : match.start()]
        )
        return match[0] if kept else PERSON

    return _NAMED.sub(put, text)


#: Labelled values first: the label says what the digits are, which their form alone may not.
_MASKS: tuple[Callable[[str], str], ...] = (
    _whole(_EMAIL, EMAIL),
    _whole(_SOCIAL, ACCOUNT),
    _value(_ACCOUNT, ACCOUNT),
    _value(_LABELLED_IDENTITY, IDENTITY),
    _value(_LABELLED_PHONE, PHONE),
    _value(_BIRTH, BIRTH),
    _whole(_PLATE, PLATE),
    _whole(_PHONE, PHONE),
    _whole(_IDENTITY, IDENTITY),
    _whole(_ADDRESS, ADDRESS),
    _whole(_STREET_NUMBER, ADDRESS),
    _mask_titled,
    _mask_named,
)
