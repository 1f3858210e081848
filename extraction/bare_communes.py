"""Communes named without their kind: before their district in brackets, ahead of their numbers in a list, and those
that bear the name of a district which the reform of 2025 has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from coso import places
from coso.late_patterns import late
from coso.periods import parse_period
from extraction.patterns import CAPITAL
from extraction.territories import Mention, Setting, Territory, chain, choose

_WORD = rf"[{CAPITAL}][\w'’]*"
#: A name that opens a bracket before its district: "bản Khe Giữa (Ngân Thủy, Lệ Thủy)".
_IN_BRACKET = late(rf"\((?P<name>{_WORD}(?: {_WORD}){{0,2}}), $")
#: Up to four words that end right before a bracket, each with a capital but the first.
_BEFORE_BRACKET = late(rf"(?:(?<!\w)(?P<before>\w+) )?(?P<name>{_WORD}(?: {_WORD}){{1,2}}) \($")
#: Last words of what bears the name of a place: "Công ty Vàng Danh (Uông Bí)".
_BEAR_PLACE_NAMES = frozenset((
    "ty", "học", "sở", "viện", "máy", "mỏ", "chợ", "cầu", "sông", "hồ", "đường", "phố", "chùa", "đền", "ga", "thờ",
    "xứ", "tế", "nghiệp", "ngân", "trại", "trường",
))  # fmt: skip
#: Words with a capital that open a sentence and are no name's.
_OPENERS = frozenset({"Riêng", "Còn", "Như", "Nhất"})
#: Levels of places that a text names once with their kind and later without.
_SMALL = frozenset({"commune", "village"})
_AT_VILLAGE = late(rf"(?<!\w)(?:[ởỞ]|[Tt]ại|[Vv]ề|[Đđ]ến) (?P<name>{_WORD}(?: {_WORD}){{1,2}}) \($")
_PLACED_AT = frozenset({"ở", "tại", "về", "đến", "lên", "xuống"})


def before_brackets(plain: str, found: list[Mention]) -> Iterator[Mention]:
    """Yield communes named without their kind before a district in brackets: "ở Sơn Trường (Hương Sơn)"."""
    for mention in found:
        district = mention.territory
        if district is None or district.level != "district" or mention.start < 2:
            continue
        if plain[mention.start - 2 : mention.start] == ", ":
            inside = _IN_BRACKET.search(plain, max(0, mention.start - 40), mention.start)
            if inside and _is_commune_of(inside["name"], district.names[0]):
                yield Mention(*inside.span("name"), Territory((inside["name"],), "commune"))
            continue
        if plain[mention.start - 1] != "(":
            continue
        named = _BEFORE_BRACKET.search(plain, max(0, mention.start - 40), mention.start)
        if named and (name := _commune_in(named, district.names[0])):
            end = named.end("name")
            yield Mention(end - len(name), end, Territory((name,), "commune"))


def villages_before_brackets(plain: str, found: list[Mention]) -> Iterator[Mention]:
    """Yield villages named without their kind before their commune in brackets: "ở Phiêng Cẩm (xã Mường Cang, …)"."""
    for mention in found:
        commune = mention.territory
        if (
            commune is None
            or commune.level != "commune"
            or mention.bare
            or plain[mention.start - 1 : mention.start] != "("
        ):
            continue
        named = _AT_VILLAGE.search(plain, max(0, mention.start - 40), mention.start)
        if named and named["name"].split()[0].lower() not in _BEAR_PLACE_NAMES:
            yield Mention(*named.span("name"), Territory((named["name"],), "village"))


def _commune_in(named: re.Match[str], district: str) -> str | None:
    """Return the commune among the words before a bracket: one of that district, or what "ở" stands before."""
    before, words = named["before"] or "", named["name"].split()
    if words[0].lower() in _PLACED_AT:
        before = words.pop(0)
    placed = before.lower() in _PLACED_AT
    if not placed and (
        (before[:1].isupper() and before not in _OPENERS)
        or (not before and named.string[named.start() - 1 : named.start()] == " ")
    ):
        return None  # A person's name, or one of a list: "Sơn Trường, Sơn Tây (Hương Sơn)".
    if before in _BEAR_PLACE_NAMES:
        return None
    # Only what opens a sentence has a capital that is no name's: "Riêng Hà Linh (Hương Khê)".
    for name in (" ".join(words), " ".join(words[1:]))[: 1 if before else 2]:
        if _is_commune_of(name, district):
            return name
    unknown = placed and len(words) == 2 and words[0].lower() not in _BEAR_PLACE_NAMES
    return " ".join(words) if unknown else None


#: A name of up to three words right ahead of a number: "; Tân Long 735m2", "ở Tân Hà (1.080m2)", "; Tân Hà: 45 vụ".
_LISTED = late(
    rf"(?P<name>{_WORD}(?: {_WORD}){{0,2}}):? \(?(?:(?:có|hiến|góp|đóng góp|tiếp|nhận|mở|tổ chức|hòa giải) )?"
    r"(?:(?:hơn|trên|gần|khoảng) )?(?=\d)"
)

_OPENS_ITEM = (
    "; ",
    ", ",
    ": ",
    " (",
    ". ",
    " là ",
    " ở ",
    " tại ",
    " như ",
    " và ",
    " riêng ",
    "Riêng ",
    " còn ",
    "\n",
)


def listed_communes(plain: str, found: list[Mention], setting: Setting) -> Iterator[Mention]:
    """Yield communes named without their kind ahead of their numbers, of districts that the text names."""
    above = {
        m.territory.names[0]: m.territory for m in found if m.territory and m.territory.level == "district"
    }
    if not above and setting.frame != "34":
        return
    for match in _LISTED.finditer(plain):
        if not plain.endswith(_OPENS_ITEM, 0, match.start()):
            continue
        key = places.name_key(match["name"])
        # Names of one word are no districts here: those are told by two words or their kind only.
        if key in places.province_spellings() or (" " in key and _may_be_district(key, setting)):
            continue
        for unit in places.communes().get(key, ()):
            district = above.get(_district_name(unit)) if " " in key else None
            if district and district.names[0] != unit.name:
                yield Mention(*match.span("name"), chain(Territory((unit.name,), "commune"), district))
                break
            if _is_new_commune_of(unit, setting):
                yield Mention(*match.span("name"), choose([unit], setting))
                break


def told_communes(plain: str, found: list[Mention], setting: Setting) -> Iterator[Mention]:
    """Yield communes of two words or more that are told of without their kind, of districts that the text names.

    "Ở Nguyên Khê, ban giám sát 8 vụ việc" and "Xà Bang dẫn đầu" tell of communes where the text names their districts.
    """
    above = {m.territory for m in found if m.territory and m.territory.level == "district"}
    for district in {named.names[0]: named for named in sorted(above, key=_names)}.values():
        for name in _communes_under(district.names[0], district.province):
            if name not in plain or _may_be_district(places.name_key(name), setting):
                continue
            commune = chain(Territory((name,), "commune"), district)
            start = plain.find(name)
            while start != -1:
                if _is_told_alone(plain, start, start + len(name)):
                    yield Mention(start, start + len(name), commune, bare=True)
                start = plain.find(name, start + len(name))


def _names(named: Territory) -> tuple[str, ...]:
    return named.names


@lru_cache(maxsize=1024)
def _communes_under(district: str, province: str | None) -> tuple[str, ...]:
    """Return the communes of a district whose names have two words or more and are no province's."""
    return tuple(
        unit.name
        for key, units in places.communes().items()
        if " " in key and key not in places.province_spellings()
        for unit in units
        if _district_name(unit) == district
        and unit.name != district
        and province in {None, places.province(unit.province_code, unit.frame).name}
    )


def _is_told_alone(plain: str, start: int, end: int) -> bool:
    """Whether a commune's name is one here: it opens a sentence, or stands behind "ở", "trong đó," and the like."""
    if _NAME_FOLLOWS.match(plain, end) or plain[end : end + 1].isalnum():
        return False
    if _AT_PLACE.search(plain, max(0, start - 20), start):
        return True
    if start == 0 or plain.endswith(_OPENS_SENTENCE, 0, start):
        return bool(_TOLD_AS_COMMUNE.match(plain, end))
    return False


#: The name goes on, or a list does: "ở Gung Ré, Sơn Điền".
_NAME_FOLLOWS = late(rf"(?:,| và|) (?:[{CAPITAL}]|\d{{1,2}}(?! ))")
#: Words behind which a name is a place's.
_AT_PLACE = late(
    r"(?<!\w)(?:ở|tại|trong đó,?|ví như|đảng ủy|đông nhất là|nhiều nhất là|riêng|cử tri) $", re.IGNORECASE
)
#: What a commune does that opens a sentence.
_TOLD_AS_COMMUNE = late(
    r",? (?:là (?:xã|phường|thị trấn|nơi)|xã|phường|dẫn đầu|đứng đầu|có|cũng|đã|lập|tiếp|nhận|mở|tổ chức|góp|hiến"
    r"|hòa giải|giải quyết|giám sát|ghi|hỏi|chỉ|đạt|năm|qu[ýí]|\d)(?!\w)"
)


def _district_name(unit: places.Unit) -> str:
    """Return the name of the district of a commune, nothing for those of the 34-province frame."""
    return places.districts_by_code()[unit.district_code].name if unit.district_code else ""


def _may_be_district(key: str, setting: Setting) -> bool:
    """Whether a district bears the name, bar those of other provinces than that of the text."""
    units = places.districts().get(key, ())
    if setting.province is None:
        return bool(units)
    return any(places.province(u.province_code, u.frame).name == setting.province.province for u in units)


def _is_new_commune_of(unit: places.Unit, setting: Setting) -> bool:
    """Whether a commune is one of those that stand right under the province at hand since the merger of 2025."""
    if unit.frame != "34" or setting.frame != "34" or setting.province is None:
        return False
    return unit.province_code == setting.province.code


def _is_commune_of(name: str, district: str) -> bool:
    units = places.communes().get(places.name_key(name), ())
    return any(_district_name(unit) == district for unit in units)


def since_the_reform(told: Territory, period: str | None) -> Territory:
    """Return the commune that the name of a district means for a period that goes on after the districts ended.

    Long Xuyên is a city of An Giang until June 2025 and a ward of it from July on (Nghị quyết 202/2025/QH15; Luật số
    72/2025/QH15).
    """
    if told.level != "district" or told.province is None or period is None or not _after_reform(period):
        return told
    return _commune_since(told.names[0], told.province) or told


@lru_cache(maxsize=1024)
def _after_reform(period: str) -> bool:
    last: date | None = parse_period(period).last_day
    return last is None or last >= places.REFORM_DAY


@lru_cache(maxsize=1024)
def _commune_since(name: str, province: str) -> Territory | None:
    """Return the commune of that name which stands right under a province."""
    for unit in places.communes().get(places.name_key(name), ()):
        if unit.frame == "34" and places.province(unit.province_code, "34").name == province:
            return Territory((unit.name, province), "commune", province, unit.code)
    return None


#: What may stand behind a name that is told of again and opens a clause: its verb, a period, a comma.
_TOLD_OF = late(
    r",?(?: (?:năm|qu[ýí]|tháng|sáu|\d|cũng|đã|vẫn|còn|hiện|nay|có|tiếp|nhận|mở|làm|hiến|góp|giải|hòa|tổ|được|là|thì"
    r"|vừa|mới|xây|vận|huy|đối|giám|kiện|thành|đóng|chỉ|đạt|bầu|họp)(?!\w)|,? \d)"
)
#: What such a name opens: a sentence, a paragraph, what somebody says.
_OPENS_SENTENCE = (". ", "; ", "\n", ": ", "“", '"')
#: Words behind which only a place is called by a name that was a place's before.
_OF_PLACE = late(
    r"(?<!\w)(?:ở|tại|của|dân|bà con|với|trở lại|trở về|về|lên|xuống|đến|riêng|như|còn|trong đó|khắp|quanh) $",
    re.IGNORECASE,
)
_CAPITAL_FOLLOWS = late(rf" (?:[{CAPITAL}]|\d{{1,2}}(?! ))")


def named_again(plain: str, found: list[Mention], setting: Setting) -> Iterator[Mention]:
    """Yield communes and villages told of by their bare names after they were named: "Thổ Tang năm nay nhận"."""
    told = {
        m.territory.names[0]: m
        for m in reversed(found)
        if m.territory and m.territory.level in _SMALL and not m.bare and " " in m.territory.names[0]
    }
    for name, first in told.items():
        key = places.name_key(name)
        # Since the districts ended, a commune that bears the name of one is told of by it alone.
        of_district = key in places.districts() and setting.frame != "34"
        if not name[-1].isalpha() or of_district or _may_be_province(key, found, setting):
            continue
        start = plain.find(name)
        while start != -1:
            end = start + len(name)
            if _is_told_again(plain, start, end, start > first.start):
                yield Mention(start, end, first.territory, bare=True)
            start = plain.find(name, end)


def _may_be_province(key: str, found: list[Mention], setting: Setting) -> bool:
    """Whether a name is a province's, other than of one that a text of another never calls so: "xã Bình Phước"."""
    spelt = places.province_spellings().get(key)
    if spelt is None:
        return False
    if setting.province is None or setting.province.names[0] == spelt:
        return True
    return any(m.territory and m.territory.names == (spelt,) and not m.bare for m in found)


def _is_told_again(plain: str, start: int, end: int, later: bool) -> bool:
    """Whether a name is that of the place here, other than part of a longer one or a person's."""
    if _CAPITAL_FOLLOWS.match(plain, end) or plain[end : end + 1].isalnum():
        return False
    if _OF_PLACE.search(plain, max(0, start - 16), start):
        return True
    if not later:
        return False
    if start == 0 or plain.endswith(_OPENS_SENTENCE, 0, start):
        return plain[end : end + 1] in " ,"
    return plain.endswith(", ", 0, start) and bool(_TOLD_OF.match(plain, end))
