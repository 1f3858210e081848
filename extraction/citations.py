"""Legal and party documents cited: by number, by kind and short number, laws by title."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from coso.late_patterns import late
from coso.text import Folded, fold_words
from extraction.model import Span
from extraction.patterns import CAPITAL
from extraction.spans import make_span

_KIND_WORDS = (
    "Bộ luật", "Luật", "Nghị quyết", "Nghị quyết liên tịch", "Nghị định", "Quyết định", "Chỉ thị", "Kết luận",
    "Quy định", "Qui định", "Thông tư", "Thông tư liên tịch", "Pháp lệnh", "Công văn", "Kế hoạch", "Hướng dẫn",
    "Thông tri", "Thông báo", "Đề án", "Báo cáo", "Tờ trình", "Văn bản", "Công điện", "Chương trình", "Quy chế",
    "Qui chế",
)  # fmt: skip
_KINDS = "|".join(sorted(_KIND_WORDS, key=len, reverse=True))
#: What the sign of a document begins with, and whom it names.
_SIGNS = r"QĐI?|KL|CT|NQ|NĐ|KH|HD|CTR|CTHĐ|CV|TB|BC|TT|TTLT|NQLT|PL|ĐA|TTR|CĐ|QC|QCPH|CTPH"
_ISSUERS = r"TW|TƯ|TU|HU|ĐU|TTG|CP|UBND|HĐND|UBTVQH\d*|QH\d+|MTTW|MTTQ|BCĐ|BDV[A-Z]*|BTC[A-Z]*|TTCP|BNV|BTP"
_DASH = "-–—‐‑−"
#: "30-CT/TW", "59/2023/NĐ-CP", whatever the dash; with spaces around the marks before a sign in capitals; in small
#: letters where the sign is that of a kind and the rest that of an issuer.
_NUMBER = (
    rf"(?P<number>\d+(?:\s?/\s?\d{{4}})?(?:(?:[{_DASH}/](?=[A-ZĐÐƯÔ])"
    rf"|\s?[{_DASH}/]\s?(?=[A-ZĐÐƯ]{{2}}))[A-ZĐÐƯÔ][\wĐđƯưÔô&.-]*"
    rf"(?:[{_DASH}/][\wĐđ.-]*[\wĐđ]|\s?[{_DASH}/]\s?(?:TTg|TW|TƯ|TU|CP)(?!\w))*"
    rf"|\s?[{_DASH}/]\s?(?i:{_SIGNS})\s?[{_DASH}/]\s?(?i:{_ISSUERS})(?!\w)))"
)


def _dated(ordinal: str = "") -> str:
    """Return the pattern of a document's day, its groups named apart by ``ordinal``."""
    return (
        r"(?:(?:\s*\([Kk]h(?:óa|oá) [IVXL]+\))?,?\s+(?:ký |ban hành )?\(?ngày\s+"
        rf"(?P<day{ordinal}>\d{{1,2}})(?:\s?[{_DASH}/.]\s?|\s+tháng\s+)(?P<month{ordinal}>\d{{1,2}})"
        rf"(?:\s?[{_DASH}/.]\s?|\s+năm\s+)(?P<year{ordinal}>\d{{4}})(?!\d)\)?)?"
    )


_WORD = rf"(?!Ngày)[{CAPITAL}][a-zà-ỹđ]*"
#: The words in small letters that names of bodies and offices go on with: "Chủ tịch UBND tỉnh", "Bộ Tư pháp".
_ISSUING = (
    r"ương|trị|thư|phủ|bí|tỉnh|ủy|uỷ|hội|vụ|khóa|khoá|đạo|hành|ban(?! hành)|nhân|dân|tướng|huyện|thành"
    r"|phố|trận|tịch|tra|đồng|an|pháp"
    r"|vận|chức|tư|giáo|nội|động|sở|quốc|sự|chính|phòng|viện|cục|án|tối|cao|chấp|đảng|xã|phường|thị|trấn"
    r"|quận|tế|hóa|thông"
    r"|kiểm|sát|thường|đoàn|tổng|trực|dục|trường|nghiệp|hoạch|tải|công|bộ|trưởng|nguyên|tin|tạo|triển"
    r"|nông|thôn|dựng|tộc|binh|nghệ|lịch|thao|[-–](?= (?:Thương|Trung|Công|Xã))|và(?= Môi| Đào| Phát| Đầu"
    r"| Công| Du| Truyền| Xã)"
)
_ISSUER_NAME = (
    rf"(?:[A-ZĐ]{{2,}}|{_WORD})(?!\w)(?:\s(?:[A-ZĐ]{{2,}}|{_WORD}|(?:{_ISSUING})(?!\w))(?!\w)){{0,8}}"
)
_ISSUED = rf"(?:,?\s+của\s+(?P<issuer>{_ISSUER_NAME})(?:{_dated('_behind')}))?"
#: "Chương trình hành động số …", "Chỉ thị của Bộ Chính trị số …": words between a kind and its number, none another
#: kind.
_BETWEEN = (
    rf"(?:(?:\s+của\s+(?P<issuer_ahead>{_ISSUER_NAME})|(?:\s+(?!(?i:{_KINDS})(?!\w))[^\W\d]+){{1,5}}?)"
    r"(?=\s+\(?(?i:số)))?"
)
_NUMBERED = late(
    rf"(?P<kind>(?<!\w)(?i:{_KINDS}){_BETWEEN})\s+\(?(?:(?i:số):?\s*)?"
    rf"(?P<heads>(?:\d{{1,4}}(?:, và|,| và)\s+(?:số\s+)?)*){_NUMBER}{_dated()}{_ISSUED}"
)
#: A number whose sign tells its kind stands for itself: "(217-QĐ/TW)".
_BARE = late(
    rf"(?<![{_DASH}\w/.])(?P<number>\d+(?:/\d{{4}})?[{_DASH}/](?:QĐ|QĐi|KL|CT|NQ|NĐ|KH|HD|CTr|PL|TTLT"
    rf"|NQLT|ĐA)[{_DASH}/]"
    rf"[A-ZĐ][\wĐđ-]*[\wĐđ])(?!\w){_dated()}{_ISSUED}"
)
_SIGN = late(rf"[{_DASH}/](?:QĐi?|KL|CT|NQ|NĐ|KH|HD|CTr|PL|TTLT|NQLT|ĐA)[{_DASH}/]")
_BARE_REACH = late(r"(?<!\d)\d+(?:/\d{4})?$")
#: A further number of the same kind: the second of "Quyết định 217-QĐ/TW và 218-QĐ/TW".
_ALSO_NUMBERED = late(rf"(?:,| và|, và|;)\s+(?:(?i:số):?\s*)?{_NUMBER}{_dated()}{_ISSUED}")
_ENDS_SHORT = (
    r"(?:(?=\s*(?:[,.;:()”\"\n-]|$)|\s+(?:của|về|ngày|năm|và|trên|trong|tại|ở|theo|là|đã|được|đến|cho|khóa|ký"
    r"|ban hành)(?!\w)))"
)
_NO_SIGN = rf"(?![\d/\w–-]|[.,]\d|\s?[{_DASH}/]\s?[A-ZĐƯ]{{2}})"
#: A number without signs; without "số" only where no noun follows, as one does in "Kết luận 12 cuộc thanh tra".
_SHORT = late(
    r"(?<!\w)(?:(?P<kind>Nghị định|Chỉ thị|Nghị quyết|Quyết định|Kết luận"
    rf"|Thông tư|Quy định|Pháp lệnh|(?i:{_KINDS})(?=\s+(?i:số))))\s+(?P<sign>(?i:số):?\s+)?"
    rf"(?P<number>\d{{1,4}}(?:/\d{{4}}(?!\d))?){_NO_SIGN}(?(sign)|{_ENDS_SHORT}){_dated()}{_ISSUED}"
)
_ALSO_SHORT = late(
    rf"(?:,| và|, và|;)\s+(?:số:?\s+)?(?P<number>\d{{1,4}}){_NO_SIGN}{_ENDS_SHORT}{_dated()}{_ISSUED}"
)

#: Laws whose titles are known; with those that hold commas, "và" or "của", which end other titles.
_TITLES = (
    "Bảo vệ bí mật nhà nước", "Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân",
    "Cán bộ, công chức", "Bảo hiểm xã hội",
    "Hoạt động giám sát của Quốc hội và Hội đồng nhân dân", "Hòa giải, đối thoại tại Tòa án",
    "Hòa giải ở cơ sở", "Giám sát",
    "Hôn nhân và gia đình", "Khiếu nại", "Khiếu nại, tố cáo", "Tố cáo", "Tiếp công dân", "Thanh tra",
    "Đất đai", "Nhà ở",
    "Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở", "Mặt trận Tổ quốc Việt Nam", "MTTQ Việt Nam",
    "Công đoàn", "Thanh niên",
    "Người cao tuổi", "Người khuyết tật", "Phòng cháy, chữa cháy",
    "Phòng cháy, chữa cháy và cứu nạn, cứu hộ", "Trẻ em",
    "Phòng, chống bạo lực gia đình", "Phòng, chống ma túy", "Phòng, chống tác hại của rượu, bia",
    "Phòng, chống tác hại của thuốc lá",
    "Phòng, chống tham nhũng", "Phòng, chống mua bán người", "Phòng, chống thiên tai",
    "Phổ biến, giáo dục pháp luật", "Cư trú",
    "Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ", "Bình đẳng giới",
    "Thực hành tiết kiệm, chống lãng phí", "Căn cước",
    "Thực hiện dân chủ ở cơ sở", "Thực hiện dân chủ ở xã, phường, thị trấn", "Tiếp cận thông tin",
    "Tín ngưỡng, tôn giáo",
    "Trật tự, an toàn giao thông đường bộ", "Giao thông đường bộ", "Tổ chức chính quyền địa phương",
    "Trưng cầu ý dân", "Viên chức",
    "Tổ chức Quốc hội", "Tổ chức Chính phủ", "Sở hữu trí tuệ", "Dân quân tự vệ", "Nghĩa vụ quân sự",
    "Bảo vệ môi trường", "An ninh mạng",
    "Ban hành văn bản quy phạm pháp luật", "Xử lý vi phạm hành chính", "Tố tụng hành chính",
    "Tố tụng hình sự", "Tố tụng dân sự",
    "Trợ giúp pháp lý", "Thi đua, khen thưởng", "Lao động", "Dân sự", "Hình sự", "Việc làm",
    "Đầu tư công", "Ngân sách nhà nước",
    "Công an nhân dân", "Cựu chiến binh", "Hợp tác xã", "Biên phòng Việt Nam", "Di sản văn hóa",
    "Thi hành án dân sự",
)  # fmt: skip
#: Words that precede what only sounds like a law: a faculty, a firm.
_NO_LAW = r"(?<!học )(?<!Học )(?<!Khoa )(?<!khoa )(?<!ngành )(?<!ty )(?<!phòng )(?<!Hội )(?<!sinh viên )"
_LAW_OPENS = late(rf"(?<!\w){_NO_LAW}(?P<kind>Bộ [Ll]uật|Luật|Pháp lệnh|LUẬT|BỘ LUẬT|PHÁP LỆNH) ")
_LAW_STOPS = (
    "Luật|Bộ luật|Nghị|và(?! gia đình)|của|được|trong|có|là|đã|theo|để|từ|ngày|năm|số|với|do|tại|quy định|cho|đến|gắn"
    "|bảo đảm|sửa đổi|nhằm|đối|góp|trên|ở(?! cơ sở| xã)|cũng|khi|vào|bằng|phải|sẽ|này|còn|về|cùng|tới"
    "|nêu|như|qua|chưa|không|mới|hiện hành"
)
_OTHER_TITLE = late(rf"[{CAPITAL}][a-zà-ỹđ]+(?:,? (?!(?:{_LAW_STOPS})(?!\w))[a-zà-ỹđA-ZĐ]+){{0,9}}")
_LAW_END = late(
    r"(?:ở cơ sở|công dân|[Kk]hiếu nại|[Tt]ố cáo|[Đđ]ất đai|ở cơ sở|[Tt]hanh tra|dân sự|hành chính|pháp "
    r"luật|[Cc]ông đoàn|Việt Nam|địa phương|nhà nước|thông tin|[Nn]hà ở"
    r"|lao động|an ninh|gia đình|đường bộ|môi trường|doanh nghiệp|dữ liệu|đầu tư công|[Hh]òa giải"
    r"|ngân sách|Tổ quốc"
    r"|tham nhũng|quân sự|công chức|viên chức|thị trấn)(?!\w)"
)
#: A comma goes on in a few titles only, as in "Luật Phòng, chống …", and ends the others: "Luật Đất đai, công tác …".
_LAW_COMMA = late(
    r",(?! (?:chống|công chức|viên chức|phường|thị trấn|giáo dục|sử dụng|an toàn|chăm sóc|[Tt]ố cáo|trật tự"
    r"|đối thoại tại|xuất cảnh|nhập cảnh|quá cảnh|cư trú|vật liệu)(?!\w))"
)
#: The number of a law behind its title, which is that of the same document.
_OF_TITLE = late(
    rf"(?:\s+năm\s+\d{{4}})?(?:,?\s+\(?(?:(?:[Ll]uật\s+)?số:?\s+)?{_NUMBER}\)?)?{_dated()}{_ISSUED}"
)
_SPACED = late(r"\s+")
_DIGITS = late(r"\d+")
_ANY_DASH = late(f"[{_DASH}]")
#: Signs with small letters in them, however they are typed.
_SPELT = {"QĐI": "QĐi", "TTG": "TTg", "CTR": "CTr", "TTR": "TTr"}
_SIGN_WORD = late(r"[A-ZĐ]+")


def find_citations(folded: Folded) -> list[Span]:
    """Return the legal and party documents cited, each number or title once."""
    found: dict[str, Span] = {}
    told: list[tuple[int, int]] = []
    # What an earlier way of reading has told is not told again: a number behind a title is that of the law.
    for read in (_by_title, _by_number, _by_short_number, _by_bare_number):
        cited = list(read(folded, sorted(told)))
        for one in cited:
            found.setdefault(one.name, one.span)
        told += [(one.start, one.end) for one in cited]
    return sorted(found.values(), key=lambda span: span.start)


class _Cited(NamedTuple):
    """A document and the stretch in which nothing else is cited."""

    name: str
    span: Span
    start: int
    end: int


_Told = list[tuple[int, int]]


def _within(at: int, told: _Told) -> bool:
    """Whether a position lies in one of some stretches, which are in order."""
    index = bisect_right(told, (at, at)) - 1
    return any(start <= at < end for start, end in told[max(0, index) : index + 2])


def _by_title(folded: Folded, told: _Told) -> Iterator[_Cited]:
    del told  # nothing is told yet
    for name, start, end in _laws(folded):
        of = _OF_TITLE.match(folded.plain, end)
        # Whose a law is that only its title names is not told by "của": "thực hiện Luật Đất đai của UBND tỉnh".
        if of is None or not (of["number"] or of["day"]):
            of = None
        last = of.end() if of else end
        yield _Cited(name, _span(folded, start, last, name, of), start, last)


def _by_number(folded: Folded, told: _Told) -> Iterator[_Cited]:
    for match in _from_kinds(folded, _NUMBERED):
        if _within(match.start("number"), told):
            continue
        for one, of_all in _with_further(folded.plain, match, _ALSO_NUMBERED):
            number = _number(one["number"])
            heads = _DIGITS.findall(one["heads"]) if one is match else []
            for name in [*(head + number.lstrip("0123456789") for head in heads), number]:
                yield _Cited(name, _citation(folded, one, name, of_all), *one.span())


def _by_short_number(folded: Folded, told: _Told) -> Iterator[_Cited]:
    for match in _from_kinds(folded, _SHORT):
        if _within(match.start("number"), told):
            continue
        kind = match["kind"].capitalize()
        for one, of_all in _with_further(folded.plain, match, _ALSO_SHORT):
            name = f"{kind} {one['number']}"
            yield _Cited(name, _citation(folded, one, name, of_all), *one.span())


def _by_bare_number(folded: Folded, told: _Told) -> Iterator[_Cited]:
    for sign in _SIGN.finditer(folded.plain):
        begin = _BARE_REACH.search(folded.plain, max(0, sign.start() - 12), sign.start())
        match = _BARE.match(folded.plain, begin.start()) if begin else None
        if match and not _within(match.start("number"), told):
            name = _number(match["number"])
            yield _Cited(name, _citation(folded, match, name, match), *match.span())


@lru_cache(maxsize=1)
def _kind_finder() -> AhoCorasick:
    return AhoCorasick(
        sorted({fold_words(word) for word in _KIND_WORDS}), matchkind=MatchKind.LeftmostLongest
    )


def _from_kinds(folded: Folded, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds that begins with a word for a kind of document, as ``finditer`` would, but faster."""
    end = 0
    for _, start, _ in _kind_finder().find_matches_as_indexes(folded.text):
        match = pattern.match(folded.plain, start) if start >= end else None
        if match:
            end = match.end()
            yield match


def _laws(folded: Folded) -> Iterator[tuple[str, int, int]]:
    """Yield the laws named by title, each with where it stands."""
    known, titles = _known_titles()
    for opens in _from_kinds(folded, _LAW_OPENS):
        kind = opens["kind"].capitalize()
        found = known.match(folded.text, opens.end())
        if found:
            yield f"{kind} {titles[found.group()]}", opens.start(), found.end()
            continue
        other = _OTHER_TITLE.match(folded.plain, opens.end())
        if other:
            title = _LAW_COMMA.split(other.group(), maxsplit=1)[0]
            ends = [end.end() for end in _LAW_END.finditer(title)]
            title = title[: ends[-1]] if ends else title
            yield f"{kind} {title}", opens.start(), opens.end() + len(title)


@lru_cache(maxsize=1)
def _known_titles() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the titles known, the longest first, in folded text, and each by how it is folded."""
    titles = {fold_words(title): title for title in _TITLES}
    longest_first = sorted(titles, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"), titles


def _number(written: str) -> str:
    """Return a document's number in the one way it is spelt: "217 – qđ/tw" is "217-QĐ/TW"."""
    number = _ANY_DASH.sub("-", _SPACED.sub("", written)).rstrip(".-/").replace("Ð", "Đ")
    if not any(char.isupper() for char in number):
        number = number.upper()
    return _SIGN_WORD.sub(lambda sign: _SPELT.get(sign.group(), sign.group()), number)


def _with_further(
    text: str, match: re.Match[str], also: re.Pattern[str]
) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Return a document with those of the same kind listed behind it, each with where its day and issuer are told.

    "Quyết định số 217-QĐ/TW, 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị": the last tells of all.
    """
    listed = [match]
    further = also.match(text, match.end("number"))
    while further:
        listed.append(further)
        further = also.match(text, further.end())
    return [(one, listed[-1] if _tells_nothing(one) else one) for one in listed]


def _tells_nothing(match: re.Match[str]) -> bool:
    return match["day"] is None and match["issuer"] is None


def _citation(folded: Folded, match: re.Match[str], name: str, told: re.Match[str]) -> Span:
    """Make the span of a document; ``told`` is where its day and its issuer are told."""
    start = match.start("kind") if "kind" in match.re.groupindex else match.start("number")
    return _span(folded, start, match.end(), name, told)


def _span(folded: Folded, start: int, end: int, name: str, told: re.Match[str] | None) -> Span:
    if told is None:
        return make_span(folded, start, end, "citation", name=name)
    groups = told.groupdict()
    issuer = groups["issuer"] or groups.get("issuer_ahead")
    return make_span(
        folded, start, end, "citation", name=name, role=issuer, dated=_day(told, "") or _day(told, "_behind")
    )


def _day(match: re.Match[str], ordinal: str) -> str | None:
    day, month, year = (match[f"{part}{ordinal}"] for part in ("day", "month", "year"))
    if not day:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
