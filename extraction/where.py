"""Places: the territories a text names, joined to chains, and which of them a figure belongs to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from coso import places
from coso.places import Unit, name_key

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
}  # fmt: skip
_CAPITAL = "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴFJWZ"
_WORD = rf"[{_CAPITAL}][\w'’]*"
_PREFIXED = re.compile(
    r"(?<![\w.])(?P<kind>(?i:"
    + "|".join(sorted((re.escape(k) for k in _KINDS), key=len, reverse=True))
    + rf"))\s*(?P<name>{_WORD}(?:(?:\s|\s?[-–]\s?){_WORD}){{0,3}})"
)
#: Districts of Hồ Chí Minh City that bear numbers.
_NUMBERED = re.compile(r"(?<!\w)Quận (?:1[0-2]|[1-8])(?![\d.,]*\d)(?! (?:cuộc|lượt|đơn|vụ|người))")
_FIRST_CAPITAL = re.compile(rf"[{_CAPITAL}]")
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
_REGIONS = {
    "tây nguyên": "Tây Nguyên",
    "miền trung-tây nguyên": "Miền Trung - Tây Nguyên",
    "miền trung, tây nguyên": "Miền Trung - Tây Nguyên",
    "miền trung và tây nguyên": "Miền Trung - Tây Nguyên",
    "đồng bằng sông cửu long": "Đồng bằng sông Cửu Long",
    "đồng bằng sông hồng": "Đồng bằng sông Hồng",
    "đông nam bộ": "Đông Nam Bộ",
    "miền núi phía bắc": "Miền núi phía Bắc",
    "bắc trung bộ": "Bắc Trung Bộ",
    "duyên hải miền trung": "Duyên hải miền Trung",
    "tây bắc": "Tây Bắc",
    "miền trung": "Miền Trung",
}
_REGION = re.compile(
    r"(?<=các tỉnh )(?:{0})|(?<=khu vực )(?:{0})|(?<=các địa phương )(?:{0})|(?<=vùng )(?:{0})".format(
        "|".join(re.escape(r) for r in _REGIONS)
    )
)
#: Words that mean a whole territory without naming it.
_WIDE = {
    "whole province": ("toàn tỉnh", "trên địa bàn tỉnh"),
    "province": (
        "địa bàn tỉnh", "trong tỉnh", "cấp tỉnh", "ubnd tỉnh", "tỉnh ủy", "của tỉnh",
        "các cấp trong tỉnh", "mttq tỉnh", "ngành thanh tra tỉnh", "tỉnh ta", "đảng bộ tỉnh", "thanh tra tỉnh",
    ),
    "district": (
        "toàn huyện", "trên địa bàn huyện", "trong huyện", "của huyện", "ubnd huyện", "huyện ủy", "mttq huyện",
        "toàn quận", "toàn thị xã", "thị ủy", "ubnd thị xã", "trên địa bàn quận", "ubnd quận", "trên địa bàn thị xã",
    ),
    "city": (
        "toàn thành phố", "thành ủy", "trên địa bàn thành phố", "của thành phố", "ubnd thành phố", "mttq thành phố",
    ),
    "commune": (
        "toàn xã", "toàn phường", "trên địa bàn xã", "trên địa bàn phường", "mttq xã", "ubnd xã", "đảng ủy xã",
        "ubnd phường",
    ),
    "national": ("cả nước", "toàn quốc", "63 tỉnh, thành phố", "34 tỉnh, thành phố"),
}  # fmt: skip
_TITLE_BEFORE = re.compile(
    r"\b(?:bí thư|chủ tịch|giám đốc|trưởng ban|trưởng phòng|phó ban|quê|sinh ra|công tác tại|thăm|làm "
    r"việc với)"
    r"(?: [\w.&]+){0,5} ?$",
    re.IGNORECASE,
)
_NOT_HERE = re.compile(
    r"(?:báo|đường|phố|sông|cầu|chợ|trường|công ty|bệnh viện|đại học|cao đẳng|ga|cảng|hồ|núi|đèo|sân bay"
    r"|nghị quyết|vịnh|biển|quốc lộ|tạp chí|giáp|từ) $"
)
_OPENING = re.compile(
    r"^(?:\([^)]*\)\s*[-–]?\s*)?(?:(?:Trong |Năm |Quý |\d+ tháng|Theo |Từ |Qua |Sáu tháng|Chín "
    r"tháng)[^,]{0,40}, )?"
)
_OFFICE = re.compile(
    rf"(?:Sở {_WORD}|Ban Quản lý (?:các )?[Kk]hu|Công ty |Chi cục |Cục {_WORD}|Bệnh viện |Trường (?:Đại"
    rf"|Cao|THPT|THCS|Tiểu)"
    rf"|Kho bạc|Bảo hiểm xã hội|Tập đoàn |Nhà máy )[^.:;,()]{{0,60}}"
)
_ONLY_TELLS = re.compile(
    r"[^,.;]{0,50}?(?:cho biết|báo cáo|thống kê|tổng hợp|nêu rõ|đánh giá|công bố|thông tin|cho hay)"
)
_OFFICE_DOES = re.compile(
    r" (?:đã|tiếp|phát|nhận|giải|xử|thu|mở|kiểm|triển|phối|thực|ban hành|tổ chức|có|ghi)(?= )"
)
_OFFICE_WORD = re.compile(
    rf"(?:{_WORD}|nghiệp|tế|vụ|chính|động|hội|lịch|thôn|trường|dựng|tải|pháp|tư|dục|nghệ|và|hóa|thao|viện"
    rf"|ty)(?=\s|$)"
)


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory with the chain above it.

    Attributes:
        names: most specific name first, up to the province.
        level: kind of the first.
        province: name of the province, None for the country and regions or while unknown.
        code: official code of the first, where known.
    """

    names: tuple[str, ...]
    level: str
    province: str | None = None
    code: str | None = None

    @property
    def place(self) -> str:
        """The chain as it is written in a fact."""
        return ", ".join(self.names)


@dataclass(frozen=True, slots=True)
class Mention:
    """A territory named in the text.

    Attributes:
        start: first character in folded text.
        end: character after it.
        territory: what it names.
        bare: whether it is named without its kind.
        aside: whether it only tells where a person serves or comes from.
        wide: for words such as "toàn tỉnh": "whole province", "province", "district", "city" or "commune".
    """

    start: int
    end: int
    territory: Territory | None
    bare: bool = False
    aside: bool = False
    wide: str | None = None


class Setting(NamedTuple):
    """What helps to tell places of one name apart.

    Attributes:
        province: province the text is about, None while unknown.
        frame: frame in force at publication.
    """

    province: Territory | None
    frame: str


@dataclass(slots=True)
class Atlas:
    """The places of one document.

    Attributes:
        home: territory the document is about.
        province: its province.
        mentions: what the text names, in order.
    """

    home: Territory | None
    province: Territory | None
    mentions: list[Mention] = field(default_factory=list)


@lru_cache(maxsize=4096)
def province_territory(name: str | None, day: date | None = None) -> Territory | None:
    """Return a province by any of its names, None when there is no such name."""
    if not name:
        return None
    found = places.find_province(name, day or date(2024, 1, 1))
    return Territory((found.name,), "province", found.name, found.code) if found else None


def survey(plain: str, folded: str, title: tuple[str, str], source: str | None, day: date | None) -> Atlas:
    """Find the places of a document and what it is about.

    Args:
        plain: text with its capitals.
        folded: the same, folded.
        title: title, plain and folded.
        source: province of the outlet.
        day: day of publication.
    """
    outlet = province_territory(source, day)
    frame = places.frame_on(day) if day else "63"
    unknown = Setting(None, frame)
    province = outlet or _first_province(title, plain, folded)
    if province is None:
        province = _likely_province([*_find(title[0], title[1], unknown), *_find(plain, folded, unknown)])
    setting = Setting(province, frame)
    titled = _resolve_all(title[0], title[1], setting, in_title=True)
    mentions = _resolve_all(plain, folded, setting, in_title=False)
    # A title that names a place rather than an office says that the text is about the place.
    office = (
        None
        if any(m.territory for m in titled) and not _OFFICE.match(title[0])
        else _office(title[0], plain, province)
    )
    home = office or _home(titled, mentions, province)
    return Atlas(home, _province_of(home) or province, mentions)


def _province_of(territory: Territory | None) -> Territory | None:
    return province_territory(territory.province) if territory and territory.province else None


def _first_province(title: tuple[str, str], plain: str, folded: str) -> Territory | None:
    for mention in [*_provinces(title[0], title[1]), *_provinces(plain, folded)]:
        if not mention.aside:
            return mention.territory
    return None


def _likely_province(raw: list[Mention]) -> Territory | None:
    for mention in raw:
        if mention.territory and mention.territory.level == "province" and not mention.aside:
            return mention.territory
    for mention in raw:
        if mention.territory and mention.territory.province and not mention.bare:
            return province_territory(mention.territory.province)
    for mention in raw:
        if mention.territory and mention.territory.province:
            return province_territory(mention.territory.province)
    return None


def _resolve_all(plain: str, folded: str, setting: Setting, in_title: bool) -> list[Mention]:
    found = [m for m in _find(plain, folded, setting) if m.territory or m.wide]
    kept = [m for m in found if not m.bare or _bare_is_plausible(m, setting.province, in_title)]
    return _join_chains(plain, kept)


def _bare_is_plausible(mention: Mention, province: Territory | None, in_title: bool) -> bool:
    """A bare district name counts in the province the text is about, and in a title ahead of a colon."""
    territory = mention.territory
    if territory is None or territory.level in {"province", "national", "region"}:
        return True
    if territory.province is None:
        return False
    if province is None:
        return in_title and mention.start == 0
    return territory.province == province.province


def _home(titled: list[Mention], mentions: list[Mention], province: Territory | None) -> Territory | None:
    for mention in titled:
        if mention.territory and not mention.aside and mention.territory.level != "region":
            if province and mention.territory.level == "province" and mention.territory != province:
                continue
            return mention.territory
    ahead = [m for m in mentions if m.territory and m.territory.level not in {"national", "region"}]
    if ahead and ahead[0].start < 160 and (not ahead[0].aside or len(_distinct(mentions)) == 1):
        first = ahead[0].territory
        wide = any(m.wide in {"province", "whole province"} for m in mentions if m.start < ahead[0].start)
        if first and not wide and (len(_distinct(ahead)) == 1 or first.level == "province"):
            return first
        if first and not wide and first.level in {"district", "commune", "village"} and ahead[0].start < 60:
            return first
    if province is None:
        nation = next(
            (m for m in mentions if m.territory and m.territory.level in {"national", "region"}), None
        )
        return nation.territory if nation else None
    return province


def _office(title: str, plain: str, province: Territory | None) -> Territory | None:
    """Return the one department or enterprise a text is about, where title or opening name it as its subject."""
    if province is None:
        return None
    for text in (title, _OPENING.sub("", plain[:160])):
        match = _OFFICE.match(text)
        if match and not _ONLY_TELLS.match(text):
            name = re.split(r" (?:tỉnh|thành phố|TP\.?) |[:,]|\d", match.group())[0]
            name = re.split(_OFFICE_DOES, name)[0]
            name = re.sub(rf" ?(?:tỉnh |thành phố )?{re.escape(province.names[0])}.*$", "", name).strip()
            names = [m.end() for m in _OFFICE_WORD.finditer(name)]
            name = name[: names[-1]] if names else name
            return Territory((name, *province.names), "organisation", province.province)
    return None


def _distinct(mentions: list[Mention]) -> set[str]:
    return {m.territory.names[0] for m in mentions if m.territory and m.territory.level != "province"}


def _find(plain: str, folded: str, setting: Setting) -> list[Mention]:
    found = [
        *_prefixed(plain, folded, setting),
        *_provinces(plain, folded),
        *_bare_districts(plain, folded, setting),
        *_wide(folded),
    ]
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


@lru_cache(maxsize=1)
def _wide_words() -> tuple[list[str], AhoCorasick]:
    pairs = [(word, wide) for wide, words in _WIDE.items() for word in words]
    return [wide for _, wide in pairs], AhoCorasick([word for word, _ in pairs])


def _wide(folded: str) -> list[Mention]:
    kinds, automaton = _wide_words()
    found: list[Mention] = []
    for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
            continue
        nation = kinds[index] == "national"
        territory = Territory(("Việt Nam",), "national") if nation else None
        found.append(Mention(start, end, territory, wide=None if nation else kinds[index]))
    if "các " in folded or "khu vực" in folded or "vùng" in folded:
        found += [
            Mention(m.start(), m.end(), Territory((_REGIONS[m.group()],), "region"))
            for m in _REGION.finditer(folded)
        ]
    return found


def _prefixed(plain: str, folded: str, setting: Setting) -> list[Mention]:
    found = []
    for match in _PREFIXED.finditer(plain):
        kind = folded[match.start("kind") : match.end("kind")]
        level = _KINDS.get(kind) or _KINDS.get(kind.strip("."))
        if level is None or (
            kind in {"tt", "p.", "h.", "xã", "bản", "bon"} and not folded[match.end("kind")].isspace()
        ):
            continue
        before = plain[max(0, match.start() - 70) : match.start()]
        if kind == "bản" and before.rstrip().endswith(("văn", "cơ", "kịch")):
            continue
        territory, length = _lookup(level, kind, match.group("name"), setting)
        if territory is not None:
            aside = bool(_TITLE_BEFORE.search(re.split(r"[.;\n]", before)[-1]))
            found.append(Mention(match.start(), match.start("name") + length, territory, aside=aside))
    if setting.province and setting.province.names[0] == "Hồ Chí Minh":
        for match in _NUMBERED.finditer(plain):
            territory = Territory(
                (match.group(), *setting.province.names), "district", setting.province.province
            )
            found.append(Mention(match.start(), match.end(), territory))
    return found


def _lookup(level: str, kind: str, name: str, setting: Setting) -> tuple[Territory | None, int]:
    """Resolve a name behind its kind: the longest run of its words that the gazetteer knows."""
    parts = [m.end() for m in re.finditer(r"[\w'’]+", name)]
    for length in sorted(parts, reverse=True):
        short = name[:length]
        territory = _known(level, kind, short, setting)
        if territory is not None:
            return territory, length
    if level == "province":
        return None, 0
    fallback = "district" if level == "city" else level
    end = parts[min(len(parts), 3 if fallback == "village" else 2) - 1]
    return Territory((name[:end],), fallback), end


def _known(level: str, kind: str, name: str, setting: Setting) -> Territory | None:
    key = name_key(name)
    if level in {"province", "city"}:
        canonical = places.province_spellings().get(key) or places.province_spellings().get(f"tp {key}")
        if canonical and (level == "province" or canonical in _CENTRAL_CITIES):
            return province_territory(canonical)
    if level == "province":
        return None
    if level in {"district", "city"}:
        units = [u for u in places.districts().get(key, ()) if _kind_fits(u, kind)]
        return _from_units(units or list(places.districts().get(key, ())), setting)
    if level == "commune":
        units = [u for u in places.communes().get(key, ()) if u.kind == _COMMUNE_KIND.get(kind, u.kind)]
        return _from_units(units, setting)
    return None


_CENTRAL_CITIES = {"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"}
_COMMUNE_KIND = {"xã": "xã", "phường": "phường", "thị trấn": "thị trấn", "đặc khu": "đặc khu"}


def _kind_fits(unit: Unit, kind: str) -> bool:
    wanted = {
        "tp": "thành phố",
        "tp.": "thành phố",
        "t.p": "thành phố",
        "tx": "thị xã",
        "tx.": "thị xã",
        "huyện ủy": "huyện",
        "thị ủy": "thị xã",
        "quận ủy": "quận",
    }
    return unit.kind == wanted.get(kind, kind)


def _from_units(units: list[Unit], setting: Setting) -> Territory | None:
    """Choose among units of one name: the one in the province and frame at hand, or the only one."""
    if not units:
        return None
    province = setting.province
    units = sorted(units, key=lambda u: u.frame != setting.frame)
    if units[0].frame == setting.frame:
        units = [u for u in units if u.frame == setting.frame]
    if province and province.province:
        near = [u for u in units if places.province(u.province_code, u.frame).name == province.province]
        if near:
            return _territory(
                near[0], full=len({u.district_code for u in near if u.frame == near[0].frame}) == 1
            )
        if units[0].level == "commune":
            return Territory((units[0].name,), "commune")
    owners = {places.province(u.province_code, u.frame).name for u in units}
    if len(owners) == 1 and len({(u.district_code, u.frame) for u in units}) <= 2:
        return _territory(units[0], full=True)
    return Territory((units[0].name,), units[0].level)


def _territory(unit: Unit, full: bool) -> Territory:
    owner = places.province(unit.province_code, unit.frame).name
    names = [unit.name]
    if unit.district_code and full:
        names.append(places.districts_by_code()[unit.district_code].name)
    return Territory((*names, owner), unit.level, owner, unit.code)


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
    names = [key for key in places.districts() if " " in key and key not in provinces]
    return names, AhoCorasick(names)


def _hits(automaton: AhoCorasick, plain: str, folded: str) -> list[tuple[int, int, int]]:
    found = automaton.find_matches_as_indexes(folded, overlapping=True)
    kept: list[tuple[int, int, int]] = []
    for index, start, end in sorted(found, key=lambda hit: (hit[1], -hit[2])):
        if kept and start < kept[-1][2]:
            continue
        if (start and folded[start - 1].isalnum()) or (end < len(folded) and folded[end].isalnum()):
            continue
        if not plain[start].isupper():
            continue
        if _in_longer_name(plain, folded, start, end):
            continue
        kept.append((index, start, end))
    return kept


def _in_longer_name(plain: str, folded: str, start: int, end: int) -> bool:
    """Whether the words are part of a person's or another name, as in "Nguyễn Thái Bình"."""
    before = re.search(r"([\w]+) $", folded[max(0, start - 12) : start])
    if before and before.group(1) in _FAMILY and plain[start - 1 - len(before.group(1))].isupper():
        return True
    if _NOT_HERE.search(folded[max(0, start - 14) : start]):
        return True
    after = re.match(rf" ({_WORD})", plain[end : end + 14])
    return bool(after and not after.group(1).isupper() and after.group(1).lower() in {"dương", "phủ", "học"})


def _provinces(plain: str, folded: str) -> list[Mention]:
    keys, automaton = _province_names()
    found = []
    for index, start, end in _hits(automaton, plain, folded):
        key = keys[index].replace(" - ", "-")
        territory = province_territory(places.province_spellings()[key])
        if territory is None:
            continue
        before = re.split(r"[.;\n]", plain[max(0, start - 70) : start])[-1]
        aside = bool(re.search(r"\btại (?:TP\.? ?|thành phố |tỉnh )?$", before)) and territory.names[0] in {
            "Hà Nội",
            "Hồ Chí Minh",
        }
        found.append(Mention(start, end, territory, bare=True, aside=aside))
    return found


def _bare_districts(plain: str, folded: str, setting: Setting) -> list[Mention]:
    names, automaton = _district_names()
    found = []
    for index, start, end in _hits(automaton, plain, folded):
        territory = _from_units(list(places.districts()[names[index]]), setting)
        if territory is not None:
            before = re.split(r"[.;\n]", plain[max(0, start - 70) : start])[-1]
            found.append(Mention(start, end, territory, bare=True, aside=bool(_TITLE_BEFORE.search(before))))
    return found


def _join_chains(plain: str, mentions: list[Mention]) -> list[Mention]:
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
            and re.fullmatch(
                r"\s*(?:,|\(|-|–|,? ?(?:của|thuộc|ở|tại))\s*(?:tỉnh |huyện )?",
                plain[mention.end : above.start],
            )
        ):
            joined[-1] = replace(mention, end=above.end, territory=_above(territory, above.territory))
            continue
        joined.append(mention)
    joined.reverse()
    return joined


def _above(small: Territory, large: Territory) -> Territory:
    names = [small.names[0]]
    names += [n for n in large.names if n not in names]
    if large.level == "province" and len(small.names) > 1 and small.names[-1] == large.names[-1]:
        return small
    return Territory(tuple(names), small.level, large.province or small.province, small.code)


def complete(territory: Territory, context: Territory | None) -> Territory:
    """Add the levels above that the context gives."""
    order = {"village": 0, "commune": 1, "district": 2, "province": 3}
    if territory.province or context is None or order.get(territory.level, 9) >= order.get(context.level, 9):
        if territory.province is None and context and context.province and territory.level in order:
            return replace(territory, names=(*territory.names, context.names[-1]), province=context.province)
        return territory
    known = [n for n in context.names if n not in territory.names]
    return replace(territory, names=(*territory.names, *known), province=context.province)


def is_city(territory: Territory) -> bool:
    """Whether a district is a town or city of its own, so that "toàn thành phố" may mean it."""
    unit = places.districts_by_code().get(territory.code or "")
    return unit is None or unit.kind in {"thành phố", "thị xã"}


def near(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """Return the mentions that begin in ``[start, end)``."""
    low = bisect_left(mentions, start, key=_start)
    return mentions[low : bisect_left(mentions, end, lo=low, key=_start)]


def _start(mention: Mention) -> int:
    return mention.start


def most_common(mentions: list[Mention]) -> Territory | None:
    """Return the territory named most often."""
    counts = Counter(m.territory for m in mentions if m.territory)
    return counts.most_common(1)[0][0] if counts else None
