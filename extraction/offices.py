"""Departments and enterprises: the one a text is about, and those that figures are told of by name."""

from __future__ import annotations

import re

from coso.late_patterns import late
from extraction.openings import first_paragraph
from extraction.patterns import CAPITAL
from extraction.territories import Territory

_WORD = rf"[{CAPITAL}][\w'’]*"
#: Characters of the first paragraph in which a text says what it is about.
_OPENS_WITHIN = 160
_OPENING = late(
    r"^(?:\([^)]*\)\s*[-–]?\s*)?(?:(?:Trong |Năm |Quý |\d+ tháng|Theo |Từ |Qua |Sáu tháng|Chín "
    r"tháng)[^,]{0,40}, )?"
)
_OFFICE = late(
    rf"(?:Thanh tra (?=Sở ))?"
    rf"(?:Sở {_WORD}|Ban Quản lý (?:các )?[Kk]hu|Công ty |Chi cục |Cục {_WORD}|Bệnh viện |Trường (?:Đại"
    rf"|Cao|THPT|THCS|Tiểu)"
    rf"|Kho bạc|Bảo hiểm xã hội|Tập đoàn |Nhà máy )[^.:;,()]{{0,60}}"
)
#: "Ngành Y tế Kiên Giang thực hiện quy chế dân chủ": what follows is told of the department of that field. Those of
#: home affairs, justice and inspection report for their whole province.
_OF_FIELD = late(r"Ngành (?!(?:[Nn]ội vụ|[Tt]ư pháp|[Tt]hanh tra)(?!\w))(?P<field>[^\W\d]+ [^\W\d]+)")
_ONLY_TELLS = late(
    r"(?:TP\.|[^,.;]){0,50}?(?:cho biết|báo cáo|thống kê|tổng hợp|nêu rõ|đánh giá|công bố|thông tin|cho hay"
    r"|kiểm đếm|khảo sát|phát [\d.]+ phiếu|điều tra xã hội)"
)
#: "Sở Nội vụ: ban hành quy chế đạt 97,9%" opens a text with who tells it.
_SAYS = late(rf"Sở {_WORD}[^,.;:()\d]{{0,60}}: ")
_OFFICE_DOES = late(
    r" (?:đã|tiếp|phát|nhận|giải|xử|thu|mở|kiểm|triển khai|phối|thực|ban hành|tổ chức|có|ghi)(?= )"
)
#: A department that receives citizens and petitions itself.
_OFFICE_TAKES = late(
    rf"(?:Riêng |Còn )?(?P<name>Sở {_WORD}[^.:;()\d]{{0,60}}?)(?: (?:tỉnh|thành phố)[^.:;()\d]{{0,30}}?)?"
    r" (?:đã )?(?:tiếp|tiếp nhận|nhận|thụ lý|giải quyết)(?: được| định kỳ| thường xuyên)? \d"
)
#: The same in a list that leaves the verb out: "Mường La 114 lượt; Sở Lao động, Thương binh và Xã hội 146 lượt".
_OFFICE_COUNTS = late(
    rf"(?P<name>Sở {_WORD}(?:(?:,| -| –|) (?:{_WORD}|nghiệp|tế|vụ|chính|động|hội|lịch|thôn|trường|dựng|tải|pháp|dục"
    r"|nghệ|và|binh|hóa|thao|tạo|triển|nguyên|vận|nông|thương))*):? (?:có |là )?\d"
)
#: "Công ty giày" and "Tập đoàn" alone are no one's name.
_HAS_NAME = late(rf"(?:Thanh tra )?[^\W\d]+(?: [^\W\d]+){{0,3}}? {_WORD}")
#: Characters in which a text names the office that it is about.
_TOLD_WITHIN = 300
#: Ministries and general departments, which belong to no province.
_MINISTRY = late(
    r"(?:Bộ (?:Công an|Công Thương|Dân tộc và Tôn giáo|Giáo dục và Đào tạo|Giao thông vận tải|Kế hoạch và Đầu tư"
    r"|Khoa học và Công nghệ|Lao động - Thương binh và Xã hội|LĐ-TB&XH|Ngoại giao|Nội vụ|Nông nghiệp và Môi trường"
    r"|Nông nghiệp và Phát triển nông thôn|Quốc phòng|Tài chính|Tài nguyên và Môi trường|Tư pháp"
    r"|Thông tin và Truyền thông|Văn hóa, Thể thao và Du lịch|Xây dựng|Y tế|TN&MT|TN-MT|TNMT|GD&ĐT|GTVT|KH&ĐT|NN&PTNT)"
    rf"|Tổng cục (?:{_WORD}(?: (?:{_WORD}|hành|án|dân|sự|số|đất|đai|đường|bộ|quan|nghiệp|sản|lợi|lịch|kê)){{0,5}}))"
    r"(?= (?:đã |cũng |được )?(?:tiếp|nhận|giải quyết|xử lý|tiến hành|triển khai|tổ chức|thực hiện|trả lời)(?!\w))"
)
_IN_FULL = {
    "TN&MT": "Tài nguyên và Môi trường",
    "TN-MT": "Tài nguyên và Môi trường",
    "TNMT": "Tài nguyên và Môi trường",
    "GD&ĐT": "Giáo dục và Đào tạo",
    "GTVT": "Giao thông vận tải",
    "KH&ĐT": "Kế hoạch và Đầu tư",
    "NN&PTNT": "Nông nghiệp và Phát triển nông thôn",
}
#: Words of a company's name that are written small: "Công ty CP Cao su Tân Biên", "Công ty Điện lực Phú Yên".
_COMPANY_WORDS = (
    "lực|su|nước|sản|phẩm|phê|gỗ|dệt|khoáng sản|lâm nghiệp|môi trường|đô thị|kiến thiết|thủy lợi|may mặc"
    "|công trình"
)
_COMPANY = late(
    r"(?:Tổng )?[Cc]ông ty (?:(?:CP|TNHH|MTV|[Cc]ổ phần|một thành viên|trách nhiệm hữu hạn) )*"
    rf"(?P<own>{_WORD}(?: (?:{_WORD}|{_COMPANY_WORDS}))*)"
)
#: Characters within which a text names the company that it is about.
_COMPANY_TOLD = 240
_OFFICE_WORD = late(
    rf"(?:{_WORD}|{_COMPANY_WORDS}|nghiệp|tế|vụ|chính|động|hội|lịch|thôn|trường|dựng|tải|pháp|tư|dục|nghệ|và|hóa|thao|viện|khoa"
    rf"|ty|tạo|triển|nông)(?=\s|$)"
)
#: Ahead of the company that what follows is told of, and behind its name.
_COMPANY_OPENS = late(r"(?:^|[.;:•+–-] |\n)(?:(?:Riêng|Còn|Tại|Ở|Trong khi đó) )*$")
_COMPANY_ACTS = late(
    r",?(?: (?:năm|quý|tháng) [\d/]+,?)? (?:cũng |đã |vẫn |đang |thì )*(?:có|tổ chức|đối thoại|mở|duy trì|ký|ban hành"
    r"|giải quyết|tiếp|thực hiện|hoàn thành|thu|nhận|công đoàn|người lao động|ban)(?!\w)"
)


def ministry_of(plain: str, title: str) -> Territory | None:
    """Return the ministry that a text without any territory is about."""
    for text in (title, _lead(plain)):
        if ministry := _MINISTRY.match(text):
            name = ministry.group().removeprefix("Bộ ")
            return Territory(
                (f"Bộ {_IN_FULL[name]}" if name in _IN_FULL else ministry.group(),), "organisation"
            )
    return None


def _lead(plain: str) -> str:
    """Return the beginning of the first paragraph, without the period that it opens with."""
    start = first_paragraph(plain)
    return _OPENING.sub("", plain[start : start + _OPENS_WITHIN])


def office_of(title: str, plain: str, province: Territory, place_titled: bool) -> Territory | None:
    """Return the department or enterprise that a text is about, None where it is about a territory.

    A title that names a place rather than an office says that the text is about the place.

    Args:
        title: title with its capitals.
        plain: text with its capitals.
        province: the province whose office it is.
        place_titled: whether the title names a place.
    """
    office = _department_of_field(title, plain, province) or _company_of_title(title, plain, province)
    if office is None and (_OFFICE.match(title) or not place_titled):
        office = _subject(title, plain, province)
    return office


def _named(name: str, province: Territory) -> Territory:
    return Territory((name, *province.names), "organisation", province.province)


def _subject(title: str, plain: str, province: Territory) -> Territory | None:
    """Return the one department or enterprise a text is about, where title or opening name it as its subject."""
    for text in (title, _lead(plain)):
        match = _OFFICE.match(text)
        if match and not _ONLY_TELLS.match(text) and (text is title or not _SAYS.match(text)):
            name = match.group().removeprefix("Thanh tra ")
            name = re.split(r" (?:tỉnh|thành phố|TP\.?) | TP\.|[:,]|\d", name)[0]
            name = _OFFICE_DOES.split(name)[0]
            if not _COMPANY.match(name):  # the name of a company may end with that of its province
                name = re.sub(rf" ?(?:tỉnh |thành phố )?{re.escape(province.names[0])}.*$", "", name).strip()
            names = [m.end() for m in _OFFICE_WORD.finditer(name)]
            name = (name[: names[-1]] if names else name).removesuffix(" và")
            if _HAS_NAME.match(name) and (text is not title or _is_told_of(name, plain)):
                return _named(name, province)
    return None


def _is_told_of(name: str, plain: str) -> bool:
    """Whether a text opens with the office that its title names; else the title only says who tells of the province."""
    start = first_paragraph(plain)
    return name.lower() in plain[start : start + _TOLD_WITHIN].lower()


def _company_of_title(title: str, plain: str, province: Territory) -> Territory | None:
    """Return the company that a text opens with, where its title opens with the company's own name."""
    company = _COMPANY.search(plain, 0, _COMPANY_TOLD)
    if company is None or not title.startswith(company["own"]):
        return None
    return _named(company.group(), province)


def _department_of_field(title: str, plain: str, province: Territory) -> Territory | None:
    """Return the department that a text opens with, where its title names the department's field."""
    field = _OF_FIELD.match(title)
    if field is None:
        return None
    name = f"Sở {field['field']}".lower()
    start = first_paragraph(plain)
    at = plain.lower().find(f"{name} ", start, start + _OPENS_WITHIN)
    if at == -1:
        return None
    return _named(plain[at : at + len(name)], province)


def office_ahead(plain: str, start: int, end: int, province: Territory) -> tuple[int, Territory] | None:
    """Return the department that is the subject of the clause ahead of a figure, and where the clause begins.

    In "Sở Nội vụ tiếp 125 lượt" that is Sở Nội vụ.

    Args:
        plain: text with its capitals.
        start: where the figure's sentence begins.
        end: where the figure stands.
        province: the province whose department it is.
    """
    stop = end
    while stop > start:
        semicolon = plain.rfind("; ", start, stop)
        begin = semicolon + 2 if semicolon != -1 else start
        found = _OFFICE_TAKES.match(plain, begin, end) or _OFFICE_COUNTS.match(plain, begin, end)
        if found:
            name = found["name"].strip()
            return begin, _named(name, province)
        if plain[begin].isupper():
            return None  # somebody else is the subject
        stop = begin - 2
    return None


def company_ahead(plain: str, start: int, end: int, province: Territory) -> Territory | None:
    """Return the company that a clause ahead of a figure tells of, None where it tells of none.

    In "Công ty TNHH Thủy sản Nam Sông có 9 cuộc đối thoại" that is the company with its full name.

    Args:
        plain: text with its capitals.
        start: where the figure's sentence begins.
        end: where the figure stands.
        province: the province it is in.
    """
    begin = max(plain.rfind("; ", start, end) + 1, start)
    company = _COMPANY.search(plain, begin, end)
    if company is None or not _COMPANY_OPENS.search(plain[begin : company.start()].lstrip()):
        return None
    return _named(company.group(), province) if _COMPANY_ACTS.match(plain, company.end()) else None
