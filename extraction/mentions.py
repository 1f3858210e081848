"""Officials with their offices, documents cited, initiatives named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from coso.late_patterns import late
from coso.places import provinces
from coso.text import Folded
from extraction.model import Span
from extraction.patterns import CAPITAL
from extraction.spans import make_span

_FAMILY_NAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Lí|Đinh|Đào|Đoàn|Trịnh|Mai|Tô"
    "|Hà|Cao|Trương|Lương|Lưu"
    "|Tạ|Quách|Thái|Châu|Chu|Tăng|Kiều|Vương|Giàng|Sùng|Lò|Vàng|Thào|Hầu|Triệu|Nông|Hứa|La|Lâm|Phùng|Đàm"
    "|Tống|Từ|Khúc|Nghiêm|Doãn|Ma"
    "|Bế|Hoàng|Điểu|Y|Rơ|Thạch|Danh|Kim|Sơn|Đồng|Cù|Mạc|Lã|Nhữ|Ninh|Giang|Quang|Tôn|Ung|Văn|Viên|Phí"
    "|Bạch|Thiều|Khương|Trà|Lù|Chảo"
)
_WORD = rf"[{CAPITAL}][a-zà-ỹđ]+"
_NAME_WORD = rf"[{CAPITAL}][a-zà-ỹđ]*(?!\w)"
_PROVINCES = "|".join(sorted({province.name for province in provinces().values()}))
_NAME = rf"(?!(?:{_PROVINCES})(?![a-zà-ỹđ]))(?P<name>(?:{_FAMILY_NAMES})(?: {_NAME_WORD}){{1,3}})(?!\w)"
_OFFICE = (
    r"(?:Quyền |Nguyên |nguyên )?(?:Phó |Phó tổng |Tổng )?(?:[Bb]í thư|[Cc]hủ tịch|[Tt]rưởng [Bb]an"
    r"|[Tt]rưởng [Đđ]oàn|[Tt]rưởng phòng|[Gg]iám đốc|[Cc]hánh"
    r"|[Tt]hanh tra|[Cc]hủ nhiệm|[Bb]ộ trưởng|[Tt]hứ trưởng|[Tt]hủ tướng|[Uu]̉y viên|[ỦU]y viên|ủy viên"
    r"|[Uu]ỷ viên|[Tt]ổng [Tt]hanh tra|[Vv]iện trưởng|[Cc]ục trưởng|[Vv]ụ trưởng"
    r"|[Tt]hường trực|[Tt]rưởng|[Hh]iệu trưởng)"
)
#: The first two letters of an office: at most places of a text they tell at once that none stands there.
_OPENS_OFFICE = "(?=[QNnPTtBbCcGgVvHhUuỦủ][ughổíriộ\u0309yỷụ])"
_ENDS_WITH_OFFICE = late(rf"{_OFFICE}$")
_OFFICE_WORDS = (
    "Bí thư", "bí thư", "Chủ tịch", "chủ tịch", "Trưởng", "trưởng", "Giám đốc", "giám đốc", "Chánh", "chánh",
    "Chủ nhiệm", "chủ nhiệm", "Thủ tướng", "thủ tướng", "Thường trực", "thường trực", "ủy viên",
    *(f"{first}{second}{space}viên" for first in "ỦUu" for second in ("ỷ", "") for space in (" ", "")),
)  # fmt: skip
#: What no name can do without: a family name with a capital behind it.
_NAMED = late(rf"(?:{_FAMILY_NAMES}) [{CAPITAL}]")
#: A word of an office before a name. The name of a province stays whole: "Bí thư Tỉnh ủy Lạng Sơn Nguyễn Quốc Đoàn" is
#: no Sơn. Whoever is told of behind "của ông" or "cho hộ" holds no office.
_ROLE_WORD = rf"(?!(?:[Ôô]ng|bà|đồng chí|của|cho|hộ)(?!\w))(?>(?:{_PROVINCES})(?!\w)|[^\s,.;:()\n“”\"]+)"
_ROLE_FIRST = late(
    rf"{_OPENS_OFFICE}(?P<role>{_OFFICE}(?: {_ROLE_WORD}){{0,14}}?)"
    r"(?: (?:đồng chí )?|(?P<set_off>, (?:ông|bà|đồng chí) ))"
    rf"{_NAME}(?! [{CAPITAL}][a-zà-ỹ])"
)
#: An office behind a name, up to the next person.
_ROLE_BEHIND = rf"\s*(?:,|-|–)\s*(?P<role>{_OFFICE}(?:(?! và (?:ông|bà|đồng chí|các) )[^.;:\n]){{0,160}})"
_NAME_FIRST = late(_NAME + _ROLE_BEHIND)
#: With a form of address before it, any words in capitals are a name: families of all peoples have their own.
_ADDRESSED = late(
    rf"(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|đ/c|[Cc]hị|[Aa]nh) (?P<name>{_NAME_WORD}(?: {_NAME_WORD}){{1,3}})"
    + _ROLE_BEHIND
)
#: Where a list of offices ends and the sentence goes on.
_CLAUSE = late(
    rf",\s+(?![{CAPITAL}]|phó |trưởng |ủy viên|uỷ viên|nguyên |bí thư|chủ tịch|giám đốc|thành viên|kiêm )"
)
_TERRITORY = late(r"(?:huyện|xã|phường|thị trấn|quận|thị xã|thành phố|thôn|ấp|bản|khu phố)$")
_ROLE_STOP = late(
    r"[\s,]+(?:đã |cũng |cùng |đồng |vừa )?(?:làm trưởng đoàn|cho hay|nói|kể|nhắc|nhận xét|điều hành|chủ tọa|dẫn"
    r"|phân tích|lý giải|giải thích|tâm sự|bày tỏ|lưu ý|thông báo|trình bày|trao đổi|kí"
    r"|ký|thay mặt|có mặt|khai mạc|bế mạc|cùng các|cùng đại diện|cùng lãnh đạo|năm \d{4}|chủ trì|dự|tham dự"
    r"|phát biểu|đề nghị|cho biết|cho rằng|nhấn mạnh|kết luận|yêu cầu|khẳng định|chia sẻ|báo cáo|làm"
    r"|trao|ghi nhận|đánh giá|thông tin|đồng chủ trì|chỉ đạo|tiếp|đối thoại|nêu|trong|tại|về|và lãnh đạo"
    r"|trả lời|giải đáp)(?![a-zà-ỹđ]).*$",
    re.S,
)
_KINDS = (
    r"Luật|Bộ luật|Nghị quyết(?: liên tịch)?|Nghị định|Quyết định|Chỉ thị|Kết luận|Quy định|Thông tư(?: "
    r"liên tịch)?|Pháp lệnh|Công văn|Kế hoạch|Hướng dẫn"
    r"|Thông tri|Thông báo|Đề án|Báo cáo|Tờ trình|Văn bản|Công điện|Chương trình|Quy chế"
)
#: "30-CT/TW", "59/2023/NĐ-CP", with a long dash too; with spaces around the marks before a sign in capitals.
_NUMBER = (
    r"(?P<number>\d+(?:/\d{4})?(?:[-–/](?=[A-ZĐƯÔ])|\s?[-–/]\s?(?=[A-ZĐƯ]{2}))[A-ZĐƯÔ][\wĐđƯưÔô&.-]*"
    r"(?:[-–/][\wĐđ.-]*[\wĐđ]|\s?[-–/]\s?(?:TTg|TW|TƯ|TU|CP)(?!\w))*)"
)
_DATED = (
    r"(?:(?:\s*\([Kk]h(?:óa|oá) [IVXL]+\))?,?\s+ngày\s+(?P<day>\d{1,2})(?:[/.-]|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:[/.-]|\s+năm\s+)(?P<year>\d{4})(?!\d))?"
)
#: The words in small letters that names of bodies and offices go on with: "Chủ tịch UBND tỉnh", "Bộ Tư pháp".
_ISSUING = (
    r"ương|trị|thư|phủ|bí|tỉnh|ủy|uỷ|hội|vụ|khóa|đạo|hành|ban|nhân|dân|tướng|huyện|thành|phố|trận|tịch|tra|đồng|an|pháp"
    r"|vận|chức|tư|giáo|nội|động|sở|quốc|sự|chính|dục(?: và Đào tạo)?|phòng|viện|cục|án|tối|cao|chấp"
    r"|kiểm|sát|thường|đoàn|tổng"
)
_ISSUED = (
    rf"(?:,?\s+của\s+(?P<issuer>(?:[A-ZĐ]{{2,}}|{_WORD})(?!\w)"
    rf"(?:\s(?:[A-ZĐ]{{2,}}|{_WORD}|{_ISSUING})(?!\w)){{0,6}}))?"
)
_NUMBERED = late(rf"(?P<kind>{_KINDS})\s+(?:số:?\s*)?{_NUMBER}{_DATED}{_ISSUED}")
#: A further number of the same kind: the second of "Quyết định 217-QĐ/TW và 218-QĐ/TW".
_ALSO_NUMBERED = late(rf"(?:,| và|, và)\s+(?:số:?\s*)?{_NUMBER}{_DATED}{_ISSUED}")
#: A number without signs; without "số" only where no noun follows, as one does in "Kết luận 12 cuộc thanh tra".
_SHORT = late(
    r"(?P<kind>Nghị định|Chỉ thị|Nghị quyết|Quyết định|Kết luận|Thông tư|Quy định|Pháp lệnh)\s+(?P<sign>số:?\s+)?"
    r"(?P<number>\d{1,4})(?![\d/\w–-]|[.,]\d|\s?[-–/]\s?[A-ZĐƯ]{2})"
    r"(?(sign)|(?=\s*(?:[,.;:()”\"\n-]|$)|\s+(?:của|về|ngày|năm|và|trên|trong|tại|ở|theo|là|đã|được|đến|cho|khóa)(?!\w)))"
    rf"{_DATED}{_ISSUED}"
)
_LAW_STOPS = (
    "Luật|Bộ luật|Nghị|và(?! gia đình)|của|được|trong|có|là|đã|theo|để|từ|ngày|năm|số|với|do|tại|quy định|cho|đến|gắn"
    "|bảo đảm|sửa đổi|nhằm|đối|góp|trên|ở(?! cơ sở| xã)|cũng|khi|vào|bằng|phải|sẽ|này|còn"
)
_LAW = late(
    rf"(?:Luật|Pháp lệnh) (?P<title>[{CAPITAL}][a-zà-ỹđ]+(?:,? (?!(?:{_LAW_STOPS})(?!\w))[a-zà-ỹđA-ZĐ]+){{0,9}})"
)
_LAW_END = late(
    r"(?:ở cơ sở|công dân|[Kk]hiếu nại|[Tt]ố cáo|[Đđ]ất đai|ở cơ sở|[Tt]hanh tra|dân sự|hành chính|pháp "
    r"luật|[Cc]ông đoàn|Việt Nam|địa phương|nhà nước|thông tin|[Nn]hà ở"
    r"|lao động|an ninh|gia đình|đường bộ|môi trường|doanh nghiệp|dữ liệu|đầu tư công|[Hh]òa giải|ngân sách|Tổ quốc"
    r"|tham nhũng|quân sự|công chức|viên chức|thị trấn)(?!\w)"
)
#: A comma goes on in a few titles only, as in "Luật Phòng, chống …", and ends the others: "Luật Đất đai, công tác …".
_LAW_COMMA = late(
    r",(?! (?:chống|công chức|viên chức|phường|thị trấn|giáo dục|sử dụng|an toàn|chăm sóc|[Tt]ố cáo|trật tự"
    r"|đối thoại tại|xuất cảnh|nhập cảnh|quá cảnh|cư trú|vật liệu)(?!\w))"
)
_INITIATIVE = late(
    r"(?:mô hình|chương trình|phong trào(?: thi đua)?|cuộc vận động|sáng kiến|đề án|chiến dịch|câu lạc bộ"
    r"|ngày|cuộc thi)(?: điểm| hay)?,?(?: điển hình)? [“\"](?P<name>[^”\"\n]{3,120})[”\"]",
    re.IGNORECASE,
)
#: A further name of the same kind: the second of "các mô hình “A”, “B”".
_ALSO_NAMED = late(r"(?:,|;| và|, và)\s+[“\"](?P<name>[^”\"\n]{3,120})[”\"]")
#: A name without quotation marks begins in capitals and ends where the sentence goes on.
_UNQUOTED = late(
    rf"(?:[Mm]ô hình|[Pp]hong trào(?: thi đua)?|[Cc]uộc vận động) (?P<name>[{CAPITAL}][a-zà-ỹđ]+"
    r"(?:(?:,(?= vì))? (?!(?:và|với|của|tại|ở|do|là|có|được|đã|đang|sẽ|trong|trên|cho|để|nhằm|gắn|theo|từ|đến|tiếp|góp"
    r"|giai|năm|qua|khi|như|này|đó|thu|còn|phát huy|mô hình|phong trào|câu lạc bộ|xã|huyện|tỉnh|phường|thôn)(?!\w))"
    r"[\wà-ỹđ]+){1,9})"
)
_UNQUOTED_KINDS = ("ô hình ", "hong trào ", "uộc vận động ")
_SPACED = late(r"\s+")
_QUOTE = late('[“"]')
#: More characters than a kind of initiative, and a name behind its quotation mark, can have.
_LONGEST_KIND, _LONGEST_NAME = 48, 124


def find_officials(folded: Folded) -> list[Span]:
    """Return the officials named with an office; each name once, where it is first given one."""
    text = folded.plain
    found: list[tuple[int, int, re.Match[str]]] = []
    for start, end in _windows(text):
        found += [(m.start("name"), m.end(), m) for m in _ADDRESSED.finditer(text, start, end)]
        if not _NAMED.search(text, start, end):
            continue
        found += [(m.start("name"), m.end(), m) for m in _NAME_FIRST.finditer(text, start, end)]
        found += [(m.start(), m.end(), m) for m in _ROLE_FIRST.finditer(text, start, end)]
    officials: dict[str, Span] = {}
    named = told = 0
    for start, end, match in sorted(
        found, key=lambda hit: (hit[2].start("name"), -len(hit[2].group("name")))
    ):
        name = match.group("name")
        held = _role(match, end)
        if held is None or match.start("name") < named or _ENDS_WITH_OFFICE.search(name):
            continue
        # "Bà Mai Thu, Phó Bí thư Tỉnh ủy, ông Lê Văn An dự": the office is hers.
        if match.groupdict().get("set_off") and match.start("role") < told:
            continue
        named = match.end("name")
        told = held[1]
        if name not in officials:
            officials[name] = make_span(folded, start, held[1], "official", name=name, role=held[0])
    return sorted(officials.values(), key=lambda span: span.start)


def find_citations(folded: Folded) -> list[Span]:
    """Return the legal and party documents cited, each number or title once."""
    text = folded.plain
    found: dict[str, Span] = {}
    for match in _NUMBERED.finditer(text):
        listed = _with_further(text, match)
        for one in listed:
            number = _SPACED.sub("", one.group("number").rstrip(".-–/")).replace("–", "-")
            # "Quyết định số 217-QĐ/TW, 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị": the last tells of all.
            told = listed[-1] if _tells_nothing(one) else one
            found.setdefault(number, _citation(folded, one, number, told))
    for match in _SHORT.finditer(text):
        name = f"{match.group('kind')} {match.group('number')}"
        found.setdefault(name, _citation(folded, match, name, match))
    for match in _LAW.finditer(text):
        title = _LAW_COMMA.split(match.group(), maxsplit=1)[0]
        ends = [m.end() for m in _LAW_END.finditer(title)]
        title = title[: ends[-1]] if ends else title
        found.setdefault(
            title, make_span(folded, match.start(), match.start() + len(title), "citation", name=title)
        )
    return sorted(found.values(), key=lambda span: span.start)


def _with_further(text: str, match: re.Match[str]) -> list[re.Match[str]]:
    """Return a numbered document with those of the same kind that are listed behind it."""
    listed = [match]
    also = _ALSO_NUMBERED.match(text, match.end("number"))
    while also:
        listed.append(also)
        also = _ALSO_NUMBERED.match(text, also.end())
    return listed


def _tells_nothing(match: re.Match[str]) -> bool:
    return match.group("day") is None and match.group("issuer") is None


def _citation(folded: Folded, match: re.Match[str], name: str, told: re.Match[str]) -> Span:
    """Make the span of a document; ``told`` is where its day and its issuer are told."""
    start = match.start("kind") if "kind" in match.re.groupindex else match.start("number")
    issuer, day = told.group("issuer"), _day(told)
    return make_span(folded, start, match.end(), "citation", name=name, role=issuer, dated=day)


def find_initiatives(folded: Folded) -> list[Span]:
    """Return the models, movements and campaigns named, in quotation marks or in capitals, each once."""
    found: dict[str, Span] = {}
    named = [*_named_in_quotes(folded.plain)]
    named += _named_in_capitals(folded.plain)
    for match in sorted(named, key=lambda match: match.start()):
        name = match.group("name").strip(" ,.")
        found.setdefault(
            name.casefold(), make_span(folded, match.start(), match.end(), "initiative", name=name)
        )
    return sorted(found.values(), key=lambda span: span.start)


def _named_in_capitals(text: str) -> Iterator[re.Match[str]]:
    """Yield the initiatives without quotation marks, looked for where a word for them stands."""
    starts: list[int] = []
    for word in _UNQUOTED_KINDS:
        at = text.find(word)
        while at != -1:
            starts.append(at - 1)  # the letter that may be a capital
            at = text.find(word, at + 1)
    end = 0
    for start in sorted(starts):
        if start >= end and (match := _UNQUOTED.match(text, start)):
            end = match.end()
            yield match


def _named_in_quotes(text: str) -> Iterator[re.Match[str]]:
    """Yield the initiatives of a text, looked for around its quotation marks only."""
    position = 0
    match: re.Match[str] | None
    for mark in _QUOTE.finditer(text):
        if mark.start() < position:
            continue
        low, high = max(position, mark.start() - _LONGEST_KIND), mark.end() + _LONGEST_NAME
        match = _INITIATIVE.search(text, low, high)
        while match:
            yield match
            position = match.end()
            match = _ALSO_NAMED.match(text, position)


@lru_cache(maxsize=1)
def _office_words() -> AhoCorasick:
    return AhoCorasick(_OFFICE_WORDS, matchkind=MatchKind.LeftmostFirst)


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches around words for offices, whole words at both ends."""
    windows: list[tuple[int, int]] = []
    for _, first, last in _office_words().find_matches_as_indexes(text):
        start = text.rfind("\n", max(0, first - 80), first) + 1 or max(0, first - 80)
        start = text.find(" ", start) + 1 if start and text[start - 1] not in " \n" else start
        end = text.find(" ", min(len(text), last + 240))
        end = len(text) if end == -1 else end
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], end))
        else:
            windows.append((min(start, first), end))
    return windows


def _role(match: re.Match[str], end: int) -> tuple[str, int] | None:
    """Return the office of a name and where it ends; None when the office is not that of the name."""
    role = match.group("role")
    stops = [cut.start() for cut in (_ROLE_STOP.search(role), _CLAUSE.search(role)) if cut]
    if match.start("role") < match.start("name"):
        two_words = match.group("name").count(" ") == 1
        # "… nêu câu hỏi của cử tri xã Sơn Kim" tells of somebody else, or names a place.
        if stops or role.endswith(" và") or (two_words and _TERRITORY.search(role)):
            return None
    elif stops:
        role = role[: min(stops)]
        end = match.start("role") + min(stops)
    role = role.strip(" ,")
    return (role, end) if role else None


def _day(match: re.Match[str]) -> str | None:
    if not match.group("day"):
        return None
    try:
        return date(int(match.group("year")), int(match.group("month")), int(match.group("day"))).isoformat()
    except ValueError:
        return None
