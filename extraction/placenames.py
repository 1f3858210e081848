"""Names of places in a text: found behind their kind, alone, or meant by words such as "toàn tỉnh"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from coso import places
from coso.late_patterns import late
from extraction.bare_communes import (
    before_brackets,
    listed_communes,
    named_again,
    told_communes,
    villages_before_brackets,
)
from extraction.patterns import CAPITAL, says_any
from extraction.territories import Mention, Setting, Territory, chain, choose, look_up, province_territory
from extraction.wide_places import find_wide

_KINDS = {
    "huyện": "district", "quận": "district", "thị xã": "district", "tx": "district", "tx.": "district",
    "thành phố": "city", "tp": "city", "tp.": "city", "t.p": "city", "t.p.": "city",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "tt": "commune", "tt.": "commune",
    "đặc khu": "commune", "p.": "commune",
    "thôn": "village", "bản": "village", "ấp": "village", "khóm": "village", "xóm": "village", "buôn": "village",
    "làng": "village", "tổ dân phố": "village", "khu phố": "village", "khối phố": "village",
    "khu dân cư": "village",
    "bon": "village", "tiểu khu": "village",
    "tỉnh": "province", "huyện ủy": "district", "thị ủy": "district", "quận ủy": "district", "h.": "district",
    "thành ủy": "city",
    "xã miền núi": "commune", "xã vùng cao": "commune", "xã biên giới": "commune", "xã vùng biên": "commune",
    "xã nghèo": "commune", "xã vùng sâu": "commune", "xã ven biển": "commune", "xã bãi ngang": "commune",
    "xã đảo": "commune", "xã điểm": "commune", "huyện miền núi": "district", "huyện vùng cao": "district",
    "huyện biên giới": "district", "huyện nghèo": "district", "huyện đảo": "district", "huyện ven biển": "district",
}  # fmt: skip
#: Kinds of districts and communes of a sort, which may be followed by their province.
_OF_A_SORT = frozenset(kind for kind in _KINDS if " " in kind and kind.startswith(("xã ", "huyện "))) - {
    "huyện ủy"
}
_WORD = rf"[{CAPITAL}][\w'’]*"
_PREFIXED = late(
    r"(?<![\w.])(?P<kind>(?i:"
    + "|".join(sorted((re.escape(k) for k in _KINDS), key=len, reverse=True))
    + rf"))\s*(?P<name>{_WORD}(?:(?:\s|\s?[-–]\s?){_WORD}){{0,3}})"
)
#: What stands behind a number that is part of a name rather than counts something.
_NAMED = (
    r"(?![\d.,/%]*\d)(?=,(?! \d)|[;:()]| \((?!\d)| (?:có|là|với|đã|được|cũng|tổ chức|tiếp|nhận|giải quyết|thực hiện|đạt"
    r"|và|hiến|mở|làm|giám sát|hòa giải|vận động|phản biện|đối thoại|huy động|ban hành|triển khai|thành lập|kiện toàn"
    r"|phối hợp|tiếp tục|chủ trì|xây dựng|duy trì|hoàn thành|công khai|vừa|hiện|không|bầu|họp)(?!\w)"
    # "xã Xuân Quang 3 6": the second number counts.
    r"| \d"
    # "Phường 3 năm 2023", "xã A Lưới 1 tháng 5"
    r"| năm (?:19|20)\d{2}(?!\d)| trong (?:năm|quý|quí|tháng|\d)| (?:tháng \d|qu[ýí] [IVX\d]))"
)
#: The number behind a name, as in "xã A Lưới 1".
_ITS_NUMBER = late(r" \d{1,2}" + _NAMED)
#: The number behind a village's name, as in "thôn Tuyết Diêm 3, xã …", where the commune tells that it is one.
_VILLAGE_NUMBER = late(
    r" \d{1,2}(?=(?:,| thuộc| của)? (?:xã|phường|thị trấn|đặc khu)(?!\w)| \("
    r"| (?:có|đã|được|cũng|hiến|mở|vận động|đóng góp|tổ chức|nhận|góp|làm|giờ|nay|vừa|là|thì|không|kể|nói|cho)(?!\w))"
)
#: What stands before villages that a road joins: "đường nối 2 xóm …", "đường liên ấp …".
_JOINED_BY_ROAD = late(
    r"(?<!\w)(?:(?:nối(?: liền| giữa)?|liên)(?: (?:\d{1,2}|hai|ba|các))*"
    r"|(?<!lên )(?<!con )(?<!mở )(?:đường|(?<!trực )tuyến|(?<!quốc )lộ)(?: [^,.;\d]{0,50})? (?:từ|đến|tới)) $"
)
#: Wards and villages that bear numbers for names.
_NUMBERED_SMALL = late(
    r"(?<!\w)(?P<kind>[Pp]hường|[Kk]hóm|[Tt]hôn|[Ấấ]p|[Tt]ổ dân phố|[Kk]hu phố|[Kk]hối phố) (?P<ordinal>\d{1,2})"
    + _NAMED
)
#: "xã, phường 98", "thuộc thẩm quyền phường 17", "cấp phường 12" count what wards have done.
_COUNTS_BEFORE = late(r"(?:(?:[Xx]ã|[Hh]uyện|[Tt]hôn), |thẩm quyền |cấp )$")
#: No ward or village has a larger number for a name than the wards of Hồ Chí Minh City had.
_MOST_NUMBERED = 28
#: Wards of the two tiers that bear a number ahead of the name of their city.
_NUMBER_FIRST = late(rf" (?P<name>\d {_WORD} {_WORD})")
#: Districts of Hồ Chí Minh City that bear numbers.
_NUMBERED = late(r"(?<!\w)[Qq]uận (?P<ordinal>1[0-2]|[1-8])(?![\d.,]*\d)(?! (?:cuộc|lượt|đơn|vụ|người))")
_NAME_FOLLOWS = late(rf"\s{{0,40}}[{CAPITAL}]")
_WORD_BEFORE = late(r"(\w+) $")
_WORD_BEHIND = late(rf" ({_WORD})")
_AT = late(r"\btại (?:TP\.? ?|thành phố |tỉnh )?$")
#: A person's home with its province in brackets: "chị Tuyết ở Thủ Dầu Một (Bình Dương)" may tell of land elsewhere.
_LIVES_AT = late(
    rf"(?<!\w)(?i:ông|bà|anh|chị|cô|chú)(?: {_WORD}){{1,5}} (?:ở|quê|quê ở|ngụ|ngụ tại|trú tại)(?: {_WORD}){{2,3}} \($"
)
_CHAINED = late(r"\s*(?:,|\(|-|–|,? ?(?:của|thuộc|ở|tại))\s*(?:tỉnh |huyện )?")
_FAMILY = frozenset(
    [
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "hoàng",
        "huỳnh",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "lí",
        "đinh",
        "đào",
        "đoàn",
        "trịnh",
        "mai",
        "tô",
        "hà",
        "cao",
        "văn",
        "thị",
        "đức",
        "hữu",
        "quang",
        "minh",
        "xuân",
        "ngọc",
        "thanh",
    ]
)
#: Of these, the words that stand in given names; communes begin with them as well.
_GIVEN = frozenset(["văn", "thị", "đức", "hữu", "quang", "minh", "xuân", "ngọc", "thanh"])
#: Letters up to which a name of one word is taken for a district's only behind its kind.
_SHORT_NAME = 4
#: Words of a person's full name.
_FULL_NAME = 3
#: The body behind an order that is cited, "Quyết định số 17-QĐ/TU ngày 27/01/2015 của Thành ủy …": it tells no place.
_ISSUED_BY = late(
    r"(?:số \d[^\s,;]*|ngày \d{1,2}[/.-]\d{1,2}[/.-]\d{4}) của"
    r" (?:ban thường vụ |ban chấp hành |ubnd |hđnd |tỉnh ủy |thành ủy )*$",
    re.IGNORECASE,
)
_TITLE_BEFORE = late(
    r"\b(?:bí thư|chủ tịch|giám đốc|trưởng ban|trưởng phòng|phó ban|quê|sinh ra|công tác tại|thăm|làm "
    r"việc với)"
    r"(?: [\w.&]+){0,5} ?$",
    re.IGNORECASE,
)
_OFFICE_OF = late(
    r"(?<!\w)(?:chủ tịch|bí thư|phó trưởng|trưởng|chủ nhiệm|thường trực|giám đốc)(?: [\w.-]+){0,6} $",
    re.IGNORECASE,
)
#: Whose chairman acts there, as in "Chủ tịch UBND phường Gia Viên (Ngô Quyền) đối thoại".
_ACTS_BEHIND = late(
    r"(?:,? ?\(?[^,.;()\d]{2,40}\))? (?:đã |trực tiếp |chủ trì |định kì )*"
    r"(?:đối thoại|hội nghị đối thoại|tiếp công dân|tiếp dân|gặp gỡ|tiếp \d)"
)
#: What somebody says of his commune: "Chủ tịch UBND xã Tri Tôn cho biết: tháng 7 …".
_SPEAKS_BEHIND = late(
    r"(?:,? (?:ông|bà|anh|chị|đồng chí) [^,.;()\d]{4,32},?)?"
    r" (?:cho biết|cho hay|thông tin|thừa nhận|kể|nói|chia sẻ|bộc bạch|phấn khởi|khoe|tính|nhẩm)(?!\w)"
)
_AMONG_TIERS = late(
    r"(?<!\w)(?:(?:các )?(?:quận|huyện)(?:, (?:quận|huyện|thị xã))* và"
    r"|các (?:quận|huyện|xã|phường)(?:, (?:các )?(?:quận|huyện|phường))*,|liên) $"
)
#: "Phần lớn ở huyện A, huyện B" says where those come from that were counted before.
_MOSTLY_AT = late(
    r"(?:phần lớn|chủ yếu|tập trung|đa số)(?: là| nhiều)? (?:ở|tại|thuộc|đến từ)(?: các| địa bàn)?"
    r" [^.;:\d]{0,60}$",
    re.IGNORECASE,
)
#: Who came to a meeting and what its guests were shown: "Dự hội nghị có đại diện xã A", "tham quan mô hình tại xã B".
_IN_PASSING = late(
    r"(?<!\w)(?:(?:dự|có mặt|tham gia)[^.;:\d]{0,60} (?:đại diện|lãnh đạo|đại biểu|cán bộ|các đồng chí)[^.;:\d]{0,60}"
    r"|(?:đại biểu|học viên|hội viên|người dự|thành viên|cán bộ)[^.;:\d]{0,40} (?:đến từ|đến từ các|của các|thuộc các)"
    r"[^.;:\d]{0,60}"
    r"|(?:tham quan|khảo sát thực tế|học tập kinh nghiệm|trao đổi kinh nghiệm)[^.;:\d]{0,60} (?:tại|ở|của))"
    r" (?:các )?(?:\d |hai |ba )?$",
    re.IGNORECASE,
)
#: What such a clause cannot do without.
_PASSING_WORDS = ("ự ", "ó mặt", "tham ", "Tham ", "đại biểu", "viên", "đến từ", "khảo sát", "kinh nghiệm")
_KIND, _NAME = r"(?:tỉnh |thành phố |TP\.? ?)?", rf"[{CAPITAL}][\w-]*(?: [{CAPITAL}][\w-]*){{0,3}}"
#: Provinces that others learn from, and those that a province was made of: "hình thành từ Lâm Đồng, Đắk Nông và …".
_NEIGHBOUR = late(
    r"(?:tỉnh bạn|(?<!tỉnh )gồm(?: cả)?(?: địa bàn)?|hình thành từ|(?:sáp nhập|hợp nhất|nhập)(?: từ| giữa)?"
    rf"|kinh nghiệm (?:của|tại|từ)) (?:(?:các|hai|ba|2|3) )?{_KIND}(?:{_NAME}(?:,| và| với) {_KIND}){{0,3}}$"
)
#: "chọn xã A (huyện B) chỉ đạo điểm": the pilot is named once, and what follows is told of the whole.
_AS_PILOT = late(r"(?: ?\([^)]{2,40}\))?(?: để)? (?:chỉ đạo|làm|thực hiện)(?: thí)? điểm(?!\w)")
_NOT_HERE = late(
    r"(?:báo|đường|phố|sông|cầu|chợ|(?<!môi )trường|công ty|bệnh viện|đại học|cao đẳng|ga|cảng|hồ|núi|đèo|sân bay"
    r"|nghị quyết|vịnh|biển|quốc lộ|tạp chí|giáp|từ|khu kinh tế|khu công nghiệp|kcn|kkt|cụm công nghiệp|khu du lịch"
    r"|khu chế xuất|nhà máy|cao su|điện lực|chi nhánh|thủy điện|vườn quốc gia|khu di tích|hồ chứa|cửa khẩu) $"
)


#: A zone that bears the name of a province lies in it.
_ZONE = late(r"khu kinh tế|khu công nghiệp|kcn|kkt")


class Names:
    """What stands for a place in a text, found once, whichever territory it may mean.

    Attributes:
        plain: the text with its capitals.
        folded: the same, folded.
        kinds: where words for kinds of territory stand.
        prefixed: kinds with a capitalised name behind them.
        provinces: provinces, with their kind or without.
        districts: names of districts without their kind: ordinal of the name, where it begins and ends.
        wide: words for whole territories.
    """

    __slots__ = ("districts", "folded", "kinds", "plain", "prefixed", "provinces", "wide")

    def __init__(self, plain: str, folded: str) -> None:
        self.plain, self.folded = plain, folded
        hits = _kind_words().find_matches_as_indexes(folded, overlapping=True)
        self.kinds = [(start, end) for _, start, end in hits]
        self.prefixed = list(_prefixed_names(plain, self.kinds))
        self.provinces = find_provinces(plain, folded)
        self.districts = _hits(_district_names()[1], plain, folded)
        self.wide = find_wide(folded)


def find_places(names: Names, setting: Setting) -> list[Mention]:
    """Return the places a text names, in order; of names that overlap, the earlier and longer one."""
    found = [
        *_prefixed(names, setting),
        *names.provinces,
        *_bare_districts(names, setting),
        *names.wide,
    ]
    found.extend(before_brackets(names.plain, found))
    found.extend(listed_communes(names.plain, found, setting))
    found.extend(villages_before_brackets(names.plain, found))
    found.extend(told_communes(names.plain, found, setting))
    # Ahead of the districts, whose names communes bear since the reform.
    found = [*named_again(names.plain, found, setting), *found]
    # "MTTQ xã Cầu Khởi" names a commune; the words for "the commune" inside it name none.
    named = _apart([m for m in found if m.wide is None])
    ends = [m.end for m in named]
    free = [
        m
        for m in _apart([m for m in found if m.wide is not None])
        if (at := bisect_right(ends, m.start)) == len(named) or named[at].start >= m.end
    ]
    return sorted([*named, *free], key=lambda m: m.start)


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Keep, of mentions that overlap, the earlier and longer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.bare)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _prefixed(names: Names, setting: Setting) -> list[Mention]:
    found = []
    plain, folded = names.plain, names.folded
    for match in names.prefixed:
        kind = folded[match.start("kind") : match.end("kind")]
        level, kind = _sorted_out(kind, match["name"])
        if level is None or (
            kind in {"tt", "tx", "p.", "h.", "xã", "bản", "bon"} and not folded[match.end("kind")].isspace()
        ):
            continue
        # "Thành ủy TP. Hồ Chí Minh": what follows is a kind again; "13 tỉnh, thành phố Đồng bằng sông Cửu Long".
        if match["name"].lower() in _KINDS or folded.startswith("đồng bằng", match.start("name")):
            continue
        if len(match["name"]) > 2 and match["name"].isupper() and not match["kind"].isupper():
            continue  # "bản TƯLĐTT" is no village.
        if level == "village" and places.name_key(match.group()) in places.districts():
            continue  # Buôn Ma Thuột, Buôn Đôn
        if level == "village" and _names_head(
            folded[max(0, match.start() - 8) : match.start()], folded[match.start("name") : match.end()]
        ):
            continue
        before = plain[max(0, match.start() - 70) : match.start()]
        if (
            _names_no_place(kind, level, before)
            or _names_chairman(level, match["name"], before)
            or _names_its_province(kind, match["name"])
        ):
            continue
        name = match.group("name")
        number = _ITS_NUMBER.match(plain, match.end())
        if number and _is_known(level, name + number.group()):
            name += number.group()
        territory, length = look_up(level, kind, name, setting)
        if territory is not None:
            if level == "village" and length == len(name):
                territory, length = _with_number(plain, match.start("name") + length, territory, length)
            clause, stop = _clause(before), match.start("name") + length
            passing = _is_in_passing(clause)
            aside = passing or bool(
                (
                    _TITLE_BEFORE.search(clause)
                    and not _ACTS_BEHIND.match(folded, stop)
                    and not (level in {"commune", "village"} and _SPEAKS_BEHIND.match(folded, stop))
                )
                or _ISSUED_BY.search(clause)
                or (_MOSTLY_AT.search(clause) and not folded.startswith(" (", stop))
                or _AS_PILOT.match(folded, stop)
            )
            found.append(Mention(match.start(), stop, territory, aside=aside, passing=passing))
    if setting.province and setting.province.names[0] == "Hồ Chí Minh":
        for match in _NUMBERED.finditer(plain):
            territory = Territory(
                (f"Quận {match['ordinal']}", *setting.province.names), "district", setting.province.province
            )
            found.append(Mention(match.start(), match.end(), territory))
    found.extend(_numbered(plain, names.kinds, setting))
    return found


def names_numbered_district(plain: str) -> bool:
    """Whether a text names a district by a number ("Quận 8"), as those of Ho Chi Minh City alone were till 2025."""
    return bool(_NUMBERED.search(plain))


def _sorted_out(kind: str, name: str) -> tuple[str | None, str]:
    """Return the level of a kind of place, and the kind.

    "Giao ban năm xã ven biển Diễn Châu" tells of the district that such communes are of.
    """
    if kind in _OF_A_SORT and kind.startswith("xã ") and places.name_key(name) in places.districts():
        return "district", "huyện"
    return _KINDS.get(kind) or _KINDS.get(kind.strip(".")), kind


def _names_no_place(kind: str, level: str, before: str) -> bool:
    """Whether what stands before a kind tells that no place of a figure is named."""
    said = before.lower()
    if (level in {"district", "city"} or said.endswith("liên ")) and _AMONG_TIERS.search(said):
        return True  # "quận, huyện và thành phố Thủ Đức" are a tier; "đường liên xã" has a length.
    if level in {"village", "commune"} and _JOINED_BY_ROAD.search(said):
        return True
    return kind == "bản" and said.rstrip().endswith(("văn", "cơ", "kịch"))


def _names_its_province(kind: str, name: str) -> bool:
    """Whether a district's or commune's sort goes on with its province: "Tân Kỳ, huyện miền núi Nghệ An"."""
    return kind in _OF_A_SORT and places.name_key(name) in places.province_spellings()


def _is_in_passing(clause: str) -> bool:
    """Whether the clause ahead of a place tells only who came to a meeting or what its guests were shown."""
    return says_any(clause, _PASSING_WORDS) and bool(_IN_PASSING.search(clause))


def _names_chairman(level: str, name: str, before: str) -> bool:
    """Whether a name behind an office is a person's: "Chủ tịch UBND phường Phạm Trung Trực trả lời 8 ý kiến"."""
    words = name.split()
    if len(words) < _FULL_NAME or words[0].lower() not in _FAMILY - _GIVEN or not _OFFICE_OF.search(before):
        return False
    known = places.communes() if level == "commune" else places.districts()
    return not any(places.name_key(" ".join(words[:count])) in known for count in range(2, len(words) + 1))


def _with_number(plain: str, end: int, village: Territory, length: int) -> tuple[Territory, int]:
    """Return a village with the number that ends its name, and the length of the name."""
    number = _VILLAGE_NUMBER.match(plain, end)
    if number is None:
        return village, length
    names = (village.names[0] + number.group(), *village.names[1:])
    return replace(village, names=names), length + len(number.group())


def _is_known(level: str, name: str) -> bool:
    return level == "commune" and places.name_key(name) in places.communes()


def _numbered(plain: str, kinds: list[tuple[int, int]], setting: Setting) -> Iterator[Mention]:
    """Yield the wards and villages that are called by a number, "phường 1", "khóm 3" or "phường 2 Bảo Lộc"."""
    for start, end in kinds:
        if plain[end : end + 1] != " " or not plain[end + 1 : end + 2].isdecimal():
            continue
        named = _NUMBER_FIRST.match(plain, end)
        if named and _is_known("commune", named["name"]):
            territory, _ = look_up("commune", plain[start:end].lower(), named["name"], setting)
            yield Mention(start, named.end(), territory)
            continue
        if (match := _NUMBERED_SMALL.match(plain, start)) and not _COUNTS_BEFORE.search(
            plain, max(0, start - 24), start
        ):
            if int(match["ordinal"]) > _MOST_NUMBERED:
                continue
            kind = match["kind"].capitalize()
            level = "commune" if kind == "Phường" else "village"
            yield Mention(start, match.end(), Territory((f"{kind} {match['ordinal']}",), level))


def _names_head(before: str, name: str) -> bool:
    """Whether a name behind "trưởng thôn" or "già làng" is a person's rather than the village's."""
    if before.endswith("già "):
        return True
    if not before.endswith(("trưởng ", "phó ")):
        return False
    words = name.split()
    return len(words) > 2 or (len(words) == 2 and words[0] in _FAMILY)


@lru_cache(maxsize=1)
def _kind_words() -> AhoCorasick:
    return AhoCorasick(list(_KINDS))


def _prefixed_names(plain: str, kinds: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the kinds of territory with a capitalised name behind them."""
    end = 0
    starts = {start for start, stop in kinds if _NAME_FOLLOWS.match(plain, stop)}
    for start in sorted(starts):
        if start >= end and (match := _PREFIXED.match(plain, start)):
            end = match.end()
            yield match


def _clause(before: str) -> str:
    """Return what stands before a name since the last full stop, semicolon or line end."""
    return before[max(before.rfind("."), before.rfind(";"), before.rfind("\n")) + 1 :]


@lru_cache(maxsize=1)
def _province_names() -> tuple[list[str], AhoCorasick]:
    keys = [key for key in places.province_spellings() if len(key) > 3]
    spaced = {key: key for key in keys}
    for key in keys:
        if "-" in key:
            spaced[key.replace("-", " - ")] = key
    return list(spaced), AhoCorasick(list(spaced))


@lru_cache(maxsize=1)
def _district_names() -> tuple[list[str], AhoCorasick]:
    provinces = set(places.province_spellings())
    names = [key for key in places.districts() if _stands_alone(key) and key not in provinces]
    return names, AhoCorasick(names)


def _stands_alone(key: str) -> bool:
    """Whether a district is told by its name alone: Kbang, Pleiku, but not Vinh, whose name is in too many others."""
    return " " in key or len(key) > _SHORT_NAME


def _hits(automaton: AhoCorasick, plain: str, folded: str, zones: bool = False) -> list[tuple[int, int, int]]:
    found = automaton.find_matches_as_indexes(folded, overlapping=True)
    kept: list[tuple[int, int, int]] = []
    for index, start, end in sorted(found, key=lambda hit: (hit[1], -hit[2])):
        if kept and start < kept[-1][2]:
            continue
        if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
            continue
        if not plain[start].isupper() and not plain.startswith("iH", start):  # "iHanoi", the app
            continue
        if _in_longer_name(plain, folded, start, end, zones):
            continue
        kept.append((index, start, end))
    return kept


def _in_longer_name(plain: str, folded: str, start: int, end: int, zones: bool) -> bool:
    """Whether the words are part of a person's or another name, as in "Nguyễn Thái Bình"."""
    before = _WORD_BEFORE.search(folded[max(0, start - 12) : start])
    if before and before.group(1) in _FAMILY and plain[start - 1 - len(before.group(1))].isupper():
        return True
    if (other := _NOT_HERE.search(folded[max(0, start - 18) : start])) and not (
        zones and _ZONE.match(other.group())
    ):
        return True
    after = _WORD_BEHIND.match(plain[end : end + 14])
    return bool(after and not after.group(1).isupper() and after.group(1).lower() in {"dương", "phủ", "học"})


def find_provinces(plain: str, folded: str) -> list[Mention]:
    """Return the provinces a text names, with their kind or without."""
    keys, automaton = _province_names()
    found = []
    for index, start, end in _hits(automaton, plain, folded, zones=True):
        key = keys[index].replace(" - ", "-")
        territory = province_territory(places.province_spellings()[key])
        if territory is None:
            continue
        before = _clause(plain[max(0, start - 70) : start])
        aside = territory.names[0] in {"Hà Nội", "Hồ Chí Minh"} and bool(_AT.search(before))
        passing = _is_in_passing(before)
        aside = aside or passing or any(told.search(before) for told in (_LIVES_AT, _ISSUED_BY, _NEIGHBOUR))
        found.append(Mention(start, end, territory, bare=True, aside=aside, passing=passing))
    return found


def _bare_districts(names: Names, setting: Setting) -> list[Mention]:
    spelt, _ = _district_names()
    found = []
    for index, start, end in names.districts:
        territory = choose(list(places.districts()[spelt[index]]), setting)
        if territory is not None:
            before = _clause(names.plain[max(0, start - 70) : start])
            passing = _is_in_passing(before)
            aside = passing or bool(_TITLE_BEFORE.search(before))
            found.append(Mention(start, end, territory, bare=True, aside=aside, passing=passing))
    return found


def join_chains(plain: str, mentions: list[Mention]) -> list[Mention]:
    """Join neighbours such as "xã Long Định (Bình Đại, Bến Tre)" into one mention with a chain."""
    order = {"village": 0, "commune": 1, "district": 2, "province": 3}
    joined: list[Mention] = []
    for mention in reversed(mentions):
        above = joined[-1] if joined else None
        territory = mention.territory
        if (
            above
            and territory
            and above.territory
            and order.get(territory.level, 9) < order.get(above.territory.level, -1)
            and _CHAINED.fullmatch(plain, mention.end, above.start)
        ):
            joined[-1] = replace(mention, end=above.end, territory=chain(territory, above.territory))
            continue
        joined.append(mention)
    joined.reverse()
    return joined
