"""Where: the places of a document, and the one it is about."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter

from coso import places
from coso.late_patterns import late
from coso.text import fold_words, strip_marks
from extraction.offices import ministry_of, office_of
from extraction.openings import first_paragraph
from extraction.placenames import Names, find_places, join_chains, names_numbered_district
from extraction.territories import (
    Mention,
    Setting,
    Territory,
    chain,
    commune_of,
    complete,
    district_of,
    is_city,
    province_territory,
)
from extraction.told_aside import set_aside

__all__ = [
    "Atlas",
    "Mention",
    "Territory",
    "commune_of",
    "complete",
    "district_of",
    "is_city",
    "near",
    "province_territory",
    "survey",
]

#: Bodies of a province that act in its districts and communes.
_BODY_OF = late(
    r"(?<!\w)(?:hđnd|hội đồng nhân dân|đbqh|đại biểu quốc hội|ubnd|ủy ban nhân dân|tỉnh ủy|thành ủy|mttq|mặt trận"
    r"|mttq việt nam|thanh tra|sở tư pháp|ban dân vận|ban nội chính|ban tiếp công dân|liên đoàn lao động|lđlđ)"
    r"(?: (?:khóa|đơn vị|của|thuộc|tỉnh|thành phố|tp\.?))* ?$"
)
_LISTED_LEVELS = frozenset({"province", "district", "commune", "village"})
#: Ahead of provinces whose figure is told as one: "ba tỉnh Hà Nam, Nam Định, Ninh Bình".
_PROVINCES = late(
    r"(?<!\w)(?:\d{1,2}|hai|ba|bốn|năm|sáu|các|những) (?:tỉnh|thành phố|địa phương)(?:,? thành(?: phố)?)?"
    r"(?: [^\W\d]+){0,4} ?[:(]? ?$"
)
_KIND_OF_PROVINCE = late(r"(?:tỉnh|thành phố|tp\.?) ")
#: Characters ahead of a list in which it is said that they are provinces.
_LIST_OPENS = 48
_LEVELS = ("village", "commune", "district", "province")
#: What stands between the places of a list.
_LIST = late(
    r"(?:,(?: và| cùng| với)?| và| cùng| với)(?: các)?"
    r"(?: (?:thành|thị|quận|huyện|đảng) ủy| tỉnh| thành phố| thị xã| huyện| xã"
    r"| phường| thị trấn| thôn| bản| tp\.?| tx\.?)* "
)
_BOTH = late(r",? (?:và|cùng|với) ")
_OTHERS_TOO = late(
    r"(?<!\w)các (?:huyện|quận|xã|phường|thôn)(?:,| và)(?: thị xã| thành phố| tp\.?| huyện)? $"
)
_ADDRESS = late(r"(?<![\w@])((?:[a-z0-9-]{2,40}\.){1,4}vn)(?!\w)")
#: Offices of the nation "tại Hà Nội và TP Hồ Chí Minh".
_SEATS = late(
    r"[Tt]rụ sở [^.;\d]{0,80}?(?:tại |\()(?P<cities>(?:thành phố |TP\.? ?)?Hà Nội(?: và|,)(?: tại)?"
    r" (?:thành phố |TP\.? ?)?(?:Hồ Chí Minh|HCM))"
)
#: Bodies of the whole state and party.
_OF_NATION = late(
    r"(?<!\w)(?:bộ chính trị|ban bí thư|thủ tướng|chính phủ|quốc hội|tổng liên đoàn|tổng lđlđ|trung ương mttq|ubtư mttq"
    r"|ban dân nguyện|các đoàn (?:đbqh|đại biểu quốc hội)(?! (?:tỉnh|thành|khóa|đơn vị))"
    r"|(?:ủy ban kiểm tra|ubkt|mttq việt nam|mặt trận|ban dân vận|ban chỉ đạo|ban tiếp công dân) trung ương"
    r"|(?:các )?bộ, ngành(?:,| và| cùng)? (?:các )?địa phương|các bộ, ngành|bộ, ngành trung ương|các tỉnh ủy, thành ủy"
    r"|bộ (?:công an|tư pháp|nội vụ|tài chính) (?:ghi nhận|tiếp nhận|nhận được|đã nhận|tổng hợp)"
    r"|cơ quan hành chính nhà nước|cả nước|toàn quốc|toàn ngành thanh tra|ngành thanh tra(?! (?:tỉnh|thành|thị|huyện))"
    r"|sipas|par index)(?!\w)"
)
#: Words ahead of a body whose order was carried out or whose session was held, so that it did not act itself.
_ORDER = late(
    r"(?<!\w)(?:chỉ thị|nghị quyết|nghị định|quyết định|kết luận|qui định|thông báo|thông tư|công điện|kế hoạch|luật"
    r"|hướng dẫn|theo|gửi|gửi tới|gửi đến|đại biểu|đoàn|văn phòng|trước|yêu cầu của)[^,.;]{0,40}$"
)
#: Of these, who gives no orders: "theo Ban Dân nguyện" tells who reports.
_ONLY_REPORT = frozenset({"ban dân nguyện"})
#: Words that mean one territory without naming it.
_OF_ONE = frozenset({"whole province", "province", "district", "city", "whole commune", "commune"})
_WHOLE = frozenset({"national", "region"})
#: Characters of the first paragraph within which a text names what it is about, and what it opens with.
_OPENS_WITHIN, _OPENS_WITH = 160, 60
_start = attrgetter("start")


#: A count or a share, and the end of its sentence or clause.
_FIGURE_TOLD = late(r"(?<![\w/.,-])\d[\d.,]*(?:%| [^\W\d])[^.;\n]*?(?:[;\n]|\.\s)")
_SINGLED_OUT = late(r"(?<!\w)riêng(?: ở| tại)? $")


@dataclass(slots=True)
class Atlas:
    """The places of one document.

    Attributes:
        home: territory the document is about.
        province: its province.
        mentions: what the text names, in order.
        titled: what its title names.
    """

    home: Territory | None
    province: Territory | None
    mentions: list[Mention] = field(default_factory=list)
    titled: list[Mention] = field(default_factory=list)

    @property
    def region(self) -> Territory | None:
        """The region that the title names, else the first that the text names."""
        return _region([*self.titled, *self.mentions])


def survey(plain: str, folded: str, title: tuple[str, str], source: str | None, day: date | None) -> Atlas:
    """Find the places of a document and what it is about.

    Args:
        plain: text with its capitals.
        folded: the same, folded.
        title: title, plain and folded.
        source: province of the outlet.
        day: day of publication.
    """
    if "trụ sở" in folded:
        plain, folded = _without_seats(plain, folded)
    head, body = Names(*title), Names(plain, folded)
    outlet = province_territory(source, day)
    frame = places.frame_on(day) if day else "63"
    unknown = Setting(None, frame)
    province = outlet or _first_province(head, body) or _of_address(folded, day)
    if outlet is None and (nation := _survey_nation(head, body, unknown)):
        return nation
    if province is None:
        province = _likely_province([*find_places(head, unknown), *find_places(body, unknown)])
    if province is None and (names_numbered_district(title[0]) or names_numbered_district(plain)):
        province = province_territory("Hồ Chí Minh", day)
    setting = Setting(province, frame)
    titled = _resolve_all(head, setting, in_title=True)
    mentions = _resolve_all(body, setting, in_title=False)
    office = office_of(title[0], plain, province, any(m.territory for m in titled)) if province else None
    told = _not_singled_out(folded, mentions)
    home = office or _cluster(titled, mentions) or _of_title(title, titled, told, province)
    if home is None and not (outlet and _tells_before(folded, told)):
        home = _of_opening(told, province, first_paragraph(plain))
    home = _lying_in(home, mentions) if home else province or _whole(told)
    return Atlas(home, _province_of(home) or province, mentions, titled)


def _not_singled_out(folded: str, mentions: list[Mention]) -> list[Mention]:
    """Return the places bar those that are told of as a part only: "Riêng phường Tam Kỳ: đối thoại 4 cuộc"."""
    return [
        m
        for m in mentions
        if m.territory is None
        or m.territory.level not in {"district", "commune", "village"}
        or not _SINGLED_OUT.search(folded, max(0, m.start - 12), m.start)
    ]


def _survey_nation(head: Names, body: Names, setting: Setting) -> Atlas | None:
    """Return the places of a text that is about the whole country, None for any other text."""
    mentions = _resolve_all(body, setting, in_title=False)
    titled = _resolve_all(head, setting, in_title=True)
    ministry = None if titled or mentions else ministry_of(body.plain, head.plain)
    home = ministry or _nation(body.folded, head.folded, titled, mentions)
    return Atlas(home, None, mentions, titled) if home else None


def _cluster(titled: list[Mention], mentions: list[Mention]) -> Territory | None:
    """Return the region of "Giao ban Mặt trận khu vực Bắc Trung Bộ" over a text that tells what there is "của cụm"."""
    return _region(titled) if any(m.wide == "region" for m in mentions) else None


def _region(mentions: list[Mention]) -> Territory | None:
    return next((m.territory for m in mentions if m.territory and m.territory.level == "region"), None)


def _province_of(territory: Territory | None) -> Territory | None:
    return province_territory(territory.province) if territory and territory.province else None


def _first_province(head: Names, body: Names) -> Territory | None:
    named = [*head.provinces, *body.provinces]
    return next((mention.territory for mention in named if not mention.aside), None)


def _of_address(folded: str, day: date | None) -> Territory | None:
    """Return the province whose name a web address in the text carries, as "(thanhhoa.dcs.vn)" in a dateline."""
    for address in _ADDRESS.findall(folded):
        for spelt, name in _spelt_in_addresses().items():
            if spelt in address:
                return province_territory(name, day)
    return None


@lru_cache(maxsize=1)
def _spelt_in_addresses() -> dict[str, str]:
    """Return the names of provinces without marks and spaces, longer ones first; short ones are in too many words."""
    names = {strip_marks(p.name).lower().replace(" ", ""): p.name for p in places.provinces().values()}
    return {spelt: names[spelt] for spelt in sorted(names, key=len, reverse=True) if len(spelt) > 4}


def _likely_province(raw: list[Mention]) -> Territory | None:
    """Return the province named, else that of a place named with its kind, else of any; guests' come last."""
    known = [m.territory for m in raw if m.territory and m.territory.province and not m.passing]
    told = [m.territory for m in raw if m.territory and m.territory.level == "province" and not m.aside]
    kinds = [m.territory for m in raw if m.territory and m.territory.province and not (m.bare or m.passing)]
    guests = [m.territory for m in raw if m.territory and m.territory.province and m.passing]
    likely = [*told, *kinds, *known, *guests]
    return province_territory(likely[0].province) if likely else None


def _resolve_all(names: Names, setting: Setting, in_title: bool) -> list[Mention]:
    plain, folded = names.plain, names.folded
    found = set_aside(plain, folded, [m for m in find_places(names, setting) if m.territory or m.wide])
    told = {m.territory for m in found if m.territory and not m.bare}
    kept = [
        m
        for m in found
        if not m.bare or m.territory in told or _bare_is_plausible(m, setting.province, in_title)
    ]
    return _settle_lists(folded, _with_their_chains(join_chains(plain, kept)))


def _lying_in(home: Territory, mentions: list[Mention]) -> Territory:
    """Return a village with the first commune that the text names: "Thôn Yên Lạc … Thôn ở xã Yên Thọ"."""
    if home.level != "village" or len(home.names) > 1:
        return home
    named = (m.territory for m in mentions if m.territory and m.territory.level == "commune" and not m.bare)
    commune = next(named, None)
    return chain(home, commune) if commune else home


def _with_their_chains(mentions: list[Mention]) -> list[Mention]:
    """Let a village that is named alone lie where the text says once that it does: "thôn Nam Trà, xã Hương Trà"."""
    fuller: dict[str, set[Territory]] = {}
    for mention in mentions:
        told = mention.territory
        if told and told.level == "village" and len(told.names) > 1 and told.names[0][-1].isalpha():
            fuller.setdefault(told.names[0], set()).add(told)
    if not fuller:
        return mentions
    return [
        _in_its_chain(m, fuller.get(m.territory.names[0], set()) if m.territory else set()) for m in mentions
    ]


def _in_its_chain(mention: Mention, fuller: set[Territory]) -> Mention:
    told = mention.territory
    if told is None or told.level != "village" or len(told.names) > 1 or len(fuller) != 1:
        return mention
    return replace(mention, territory=next(iter(fuller)))


def _settle_lists(folded: str, mentions: list[Mention]) -> list[Mention]:
    """Let the last of several places listed stand for all: of two the first, of more the territory they share.

    "Thành ủy Đồng Hới, Huyện ủy Tuyên Hóa, Bố Trạch (Quảng Bình) kỷ luật 4 tổ chức đảng" tells of the province.
    """
    settled = list(mentions)
    start = 0
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following and _goes_on(folded, mention, following):
            continue
        if index > start and (stands_for := _of_list(folded, mentions[start : index + 1])):
            settled[index] = replace(mention, territory=stands_for, itself=mention.territory)
        start = index + 1
    return settled


def _goes_on(folded: str, mention: Mention, following: Mention) -> bool:
    """Whether a list of places of one level goes on with the next one."""
    named, other = mention.territory, following.itself or following.territory
    if named is None or other is None or named.level not in _LISTED_LEVELS or named.level != other.level:
        return False
    return bool(_LIST.fullmatch(folded, mention.end, following.start))


def _of_list(folded: str, listed: list[Mention]) -> Territory | None:
    """Return the territory that the last place of a list stands for, None where it stands for itself."""
    places_named = list(dict.fromkeys(m.territory for m in listed if m.territory))
    if places_named[0].level == "province":
        return _joint(folded, listed[0].start, places_named)
    if len(places_named) > 2 or (len(places_named) > 1 and _names_others(folded, listed[0])):
        return _shared(places_named)
    # "9 cuộc ở huyện Mỹ Xuyên, thị xã Vĩnh Châu 13 cuộc" goes on to another item.
    if len(places_named) > 1 and (listed[-1].bare or _BOTH.match(folded, listed[-2].end)):
        return places_named[0]
    return None


def _joint(folded: str, start: int, provinces: list[Territory]) -> Territory | None:
    """Return the provinces of a list as one region where a figure is told of all together, and so of none alone."""
    kind = _KIND_OF_PROVINCE.match(folded, start)
    opened = folded[max(0, start - _LIST_OPENS) : kind.end() if kind else start]
    if len(provinces) < 2 or not _PROVINCES.search(opened):
        return None
    return Territory((", ".join(named.names[0] for named in provinces),), "region")


def _names_others(folded: str, first: Mention) -> bool:
    """Whether a list tells of places it does not name, too: "ở các huyện, thị xã A và thành phố B"."""
    return bool(_OTHERS_TOO.search(folded, max(0, first.start - 24), first.start))


def of_its_list(folded: str, mentions: list[Mention], at: int) -> Mention:
    """Return the mention that stands for the list which one opens; the one itself where it opens none."""
    last = at
    while last + 1 < len(mentions) and _goes_on(folded, mentions[last], mentions[last + 1]):
        last += 1
    return mentions[last] if mentions[last].itself else mentions[at]


def _shared(listed: list[Territory]) -> Territory:
    """Return the smallest territory that holds all of a list, the last of it where none is known to."""
    last = next((named for named in reversed(listed) if len(named.names) > 1), listed[-1])
    for at in range(1, len(last.names)):
        if all(last.names[at] in named.names for named in listed if len(named.names) > 1):
            return _above(last, at)
    return last


def _above(named: Territory, steps: int) -> Territory:
    """Return the territory so many steps above another; communes may lie right under the province."""
    names = named.names[steps:]
    if len(names) == 1 and named.province:
        return province_territory(named.province) or Territory(names, "province", named.province)
    if len(names) == 1 or named.level == "village":
        return Territory(names, _LEVELS[_LEVELS.index(named.level) + steps], named.province)
    return Territory(names, _LEVELS[-len(names)], named.province)


def _without_seats(plain: str, folded: str) -> tuple[str, str]:
    """Blank the cities in which bodies of the nation receive citizens: they are its offices, not the text's place."""
    for match in _SEATS.finditer(plain):
        start, end = match.span("cities")
        blank = " " * (end - start)
        plain = plain[:start] + blank + plain[end:]
        folded = folded[:start] + blank + folded[end:]
    return plain, folded


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


def _whole(mentions: list[Mention]) -> Territory | None:
    """Return the first region or nation that a text names."""
    return next((m.territory for m in mentions if m.territory and m.territory.level in _WHOLE), None)


def _tells_before(folded: str, mentions: list[Mention]) -> bool:
    """Whether a sentence with figures ends ahead of the first place: it is told of the province of the outlet."""
    first = next((m.start for m in mentions if m.territory), 0)
    return bool(_FIGURE_TOLD.search(folded, 0, first))


def _of_title(
    spelt: tuple[str, str], titled: list[Mention], mentions: list[Mention], province: Territory | None
) -> Territory | None:
    """Return the territory that a title, plain and folded, names with its kind or without."""
    plain, title = spelt
    if told := _opens_title(title, titled, mentions):
        return told
    if not any(m.territory for m in titled) and (told := _named_in_title(plain, mentions)):
        return told
    for mention in titled:
        named = mention.territory
        if named is None or mention.aside or named.level == "region" or _is_no_village(named, mentions):
            continue
        if province and named.level == "province" and named != province:
            continue
        if province and _is_listed(mention, titled):
            return province
        return _told_of(title, titled, mention) or _in_full(named, mentions)
    return None


def _is_no_village(named: Territory, mentions: list[Mention]) -> bool:
    """Whether a title's village is none: the "Bản Mường" of a text that names others and it never again."""
    villages = {m.territory.names[0] for m in mentions if m.territory and m.territory.level == "village"}
    return (
        named.level == "village"
        and len(named.names) == 1
        and bool(villages)
        and named.names[0] not in villages
    )


def _of_opening(mentions: list[Mention], province: Territory | None, opened: int) -> Territory | None:
    """Return the territory with which a text opens, where it is the only one or stands right ahead."""
    ahead = [
        m
        for m in mentions
        if m.territory and m.territory.level not in {"national", "region"} and not (m.passing and province)
    ]
    if not ahead or ahead[0].start - opened >= _OPENS_WITHIN:
        return None
    if ahead[0].aside and len(_distinct(mentions)) != 1:
        return None
    first = ahead[0].territory
    wide = any(m.wide in {"province", "whole province"} for m in mentions if m.start < ahead[0].start)
    if first is None or wide or _within_told(mentions, ahead[0]):
        return None
    if len(_distinct(ahead)) == 1 or first.level == "province":
        return first
    small = first.level in {"district", "commune", "village"}
    return first if small and ahead[0].start - opened < _OPENS_WITH else None


def _is_listed(first: Mention, titled: list[Mention]) -> bool:
    """Whether a title names places of one level side by side, so that it is about none alone: "Thốt Nốt, Ô Môn: …"."""
    level = first.territory.level if first.territory else None
    names = {
        (m.itself or m.territory).names[0]
        for m in titled
        if m.territory and not m.aside and (m.itself or m.territory).level == level
    }
    return level in {"district", "commune", "village"} and len(names) > 1


def _opens_title(title: str, titled: list[Mention], mentions: list[Mention]) -> Territory | None:
    """Return the commune or district whose bare name a title opens with: "Trần Phú (Hà Tĩnh): …".

    The text must name it with its kind, and it must not be the beginning of a longer name ("Bà Rịa - Vũng Tàu").
    """
    longest = max((m.end for m in titled if m.start == 0), default=0)
    for mention in mentions:
        told = mention.territory
        if told is None or mention.bare or mention.aside or told.level not in {"commune", "district"}:
            continue
        name = fold_words(told.names[0])
        if places.name_key(name) in places.province_spellings():
            continue  # "Sơn La: …" is the province, whose city bears its name
        if longest <= len(name) and title.startswith((f"{name} (", f"{name}: ", f"{name} - ", f"{name} – ")):
            return told
    return None


def _named_in_title(title: str, mentions: list[Mention]) -> Territory | None:
    """Return the commune or village that a title calls by the bare name: "Đường mới ở Nam Trà".

    The text must name it with its kind, and the title no other such place.
    """
    found: dict[str, Territory] = {}
    for mention in mentions:
        named = mention.territory
        for told in (named, commune_of(named) if named and named.level == "village" else None):
            if told is None or told.level not in {"commune", "village"} or told.names[0] in found:
                continue
            if " " in told.names[0] and not mention.bare and _stands_alone_in(title, told.names[0]):
                found[told.names[0]] = told
    return next(iter(found.values())) if len(found) == 1 else None


def _stands_alone_in(title: str, name: str) -> bool:
    """Whether a name stands in a title other than as part of a longer one or of a person's."""
    if places.name_key(name) in places.province_spellings():
        return False
    start = title.find(name)
    if start == -1:
        return False
    before = title[:start].split()
    behind = title[start + len(name) :].split()
    return (not before or not before[-1][0].isupper() or len(before) == 1) and not (
        behind and behind[0][0].isupper()
    )


def _in_full(named: Territory, mentions: list[Mention]) -> Territory:
    """Return a village or commune of the title with what the text says it lies in: "thôn Tân An, xã Yên Lư"."""
    if named.level not in {"village", "commune"}:
        return named
    same = [m.territory for m in mentions if m.territory and m.territory.level == named.level]
    same = [told for told in same if told.names[0] == named.names[0]]
    if same and same[0].names == named.names and same[0].names[-1] == named.province:
        return named  # "Phường Ea Kao, tỉnh Đắk Lắk", made of "xã Ea Kao" of a district that has ended
    fuller = [told for told in same if len(told.names) > len(named.names)]
    return fuller[0] if fuller and {*named.names} <= {*fuller[0].names} else named


def _within_told(mentions: list[Mention], first: Mention) -> bool:
    """Whether a text told of "toàn xã" before it named the first village, which is a part of what it is about."""
    village = first.territory is not None and first.territory.level == "village"
    above = {"whole commune", "commune", "district"}
    return village and any(m.wide in above for m in mentions if m.start < first.start)


def _told_of(title: str, titled: list[Mention], first: Mention) -> Territory | None:
    """Return the one place that a title names behind its province, where the province only says whose body acts.

    "Bình Phước: Thị ủy Chơn Thành …", "Đại biểu HĐND tỉnh Quảng Nam tiếp xúc cử tri huyện Thăng Bình".
    """
    inner = [m for m in titled if m.territory and m.start > first.end and not m.aside]
    if len(inner) != 1 or not first.territory or inner[0].territory is None:
        return None
    told = inner[0].territory
    if told.province != first.territory.names[0]:
        return None
    if first.start == 0:
        return told if told.level == "district" else None
    named = told.level in {"district", "commune"} and not inner[0].bare
    return told if named and _BODY_OF.search(title, 0, first.start) else None


def _nation(folded: str, title: str, titled: list[Mention], mentions: list[Mention]) -> Territory | None:
    """Return the nation where a text tells what the whole state or party did before it names any territory.

    What a province did "by the directive of the Politburo" is of the province, and so is what is told of "the province"
    or where one province alone is named.
    """
    named_here = [m for m in mentions if not (m.aside and m.territory and m.territory.level == "province")]
    if len({m.territory.province for m in named_here if m.territory and m.territory.province}) == 1:
        return None
    if any(m.territory or m.wide in _OF_ONE for m in titled) or any(m.wide in _OF_ONE for m in mentions):
        return None
    named = next((m.start for m in mentions if m.territory and m.territory.level not in _WHOLE), len(folded))
    told = _acts_itself(folded, named) or _acts_itself(title, len(title))
    return Territory(("Việt Nam",), "national") if told else None


def _acts_itself(folded: str, end: int) -> bool:
    """Whether the whole state or party is told of other than as the one whose order was carried out."""
    return any(
        match.group() in _ONLY_REPORT or not _ORDER.search(folded, max(0, match.start() - 48), match.start())
        for match in _OF_NATION.finditer(folded, 0, end)
    )


def _distinct(mentions: list[Mention]) -> set[str]:
    return {m.territory.names[0] for m in mentions if m.territory and m.territory.level != "province"}


def near(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """Return the mentions that begin in ``[start, end)``."""
    low = bisect_left(mentions, start, key=_start)
    return mentions[low : bisect_left(mentions, end, lo=low, key=_start)]
