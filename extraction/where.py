"""Where: the places of a document, and the one it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from coso import places
from extraction.placenames import CAPITAL, Mention, find_places, find_provinces, join_chains
from extraction.territories import Setting, Territory, complete, is_city, province_territory

__all__ = [
    "Atlas",
    "Mention",
    "Territory",
    "complete",
    "is_city",
    "near",
    "province_territory",
    "survey",
]

_WORD = rf"[{CAPITAL}][\w'’]*"
_MERGED = re.compile(
    r"(?:hợp nhất|sáp nhập)(?: (?:với|cùng|từ|của|giữa|các|hai|ba|bốn|[2-9]|tỉnh|thành phố|huyện|xã|phường|toàn bộ"
    r"|một phần|nguyên trạng|địa giới|đơn vị))+ $"
)
_AND = re.compile(r"(?:, | )(?:và |với |cùng )?(?:tỉnh |thành phố |huyện |xã |phường |thị trấn )*")
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
    r"(?:TP\.|[^,.;]){0,50}?(?:cho biết|báo cáo|thống kê|tổng hợp|nêu rõ|đánh giá|công bố|thông tin|cho hay)"
)
_OFFICE_DOES = re.compile(
    r" (?:đã|tiếp|phát|nhận|giải|xử|thu|mở|kiểm|triển|phối|thực|ban hành|tổ chức|có|ghi)(?= )"
)
#: Offices of the nation "tại Hà Nội và TP Hồ Chí Minh".
_SEATS = re.compile(
    r"[Tt]rụ sở [^.;\d]{0,80}?tại (?P<cities>(?:thành phố |TP\.? ?)?Hà Nội(?: và|,)(?: tại)?"
    r" (?:thành phố |TP\.? ?)?(?:Hồ Chí Minh|HCM))"
)
#: Ministries and general departments, which belong to no province.
_MINISTRY = re.compile(
    r"(?:Bộ (?:Công an|Công Thương|Dân tộc và Tôn giáo|Giáo dục và Đào tạo|Giao thông vận tải|Kế hoạch và Đầu tư"
    r"|Khoa học và Công nghệ|Lao động - Thương binh và Xã hội|LĐ-TB&XH|Ngoại giao|Nội vụ|Nông nghiệp và Môi trường"
    r"|Nông nghiệp và Phát triển nông thôn|Quốc phòng|Tài chính|Tài nguyên và Môi trường|Tư pháp"
    r"|Thông tin và Truyền thông|Văn hóa, Thể thao và Du lịch|Xây dựng|Y tế)"
    rf"|Tổng cục (?:{_WORD}(?: (?:{_WORD}|hành|án|dân|sự|số|đất|đai|đường|bộ|quan|nghiệp|sản|lợi|lịch|kê)){{0,5}}))"
    r"(?= (?:đã |cũng |được )?(?:tiếp|nhận|giải quyết|xử lý|tiến hành|triển khai|tổ chức|thực hiện)(?!\w))"
)
#: Bodies of the whole state and party.
_OF_NATION = re.compile(
    r"(?<!\w)(?:bộ chính trị|ban bí thư|thủ tướng|chính phủ|quốc hội|tổng liên đoàn|trung ương mttq|ubtư mttq"
    r"|(?:ủy ban kiểm tra|ubkt|mttq việt nam|mặt trận|ban dân vận|ban chỉ đạo) trung ương"
    r"|các bộ, ngành|bộ, ngành, địa phương|bộ, ngành trung ương|các tỉnh ủy, thành ủy)(?!\w)"
)
_OFFICE_WORD = re.compile(
    rf"(?:{_WORD}|nghiệp|tế|vụ|chính|động|hội|lịch|thôn|trường|dựng|tải|pháp|tư|dục|nghệ|và|hóa|thao|viện"
    rf"|ty)(?=\s|$)"
)
_start = attrgetter("start")


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
    outlet = province_territory(source, day)
    frame = places.frame_on(day) if day else "63"
    unknown = Setting(None, frame)
    province = outlet or _first_province(title, plain, folded)
    if province is None:
        province = _likely_province(
            [*find_places(title[0], title[1], unknown), *find_places(plain, folded, unknown)]
        )
    setting = Setting(province, frame)
    titled = _resolve_all(title[0], title[1], setting, in_title=True)
    mentions = _resolve_all(plain, folded, setting, in_title=False)
    # A title that names a place rather than an office says that the text is about the place.
    office = (
        None
        if any(m.territory for m in titled) and not _OFFICE.match(title[0])
        else _office(title[0], plain, province)
    )
    home = (
        office or _home(titled, mentions, province) or _of_nation(plain, folded, title, [*titled, *mentions])
    )
    return Atlas(home, _province_of(home) or province, mentions)


def _province_of(territory: Territory | None) -> Territory | None:
    return province_territory(territory.province) if territory and territory.province else None


def _first_province(title: tuple[str, str], plain: str, folded: str) -> Territory | None:
    for mention in [*find_provinces(title[0], title[1]), *find_provinces(plain, folded)]:
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
    found = [m for m in find_places(plain, folded, setting) if m.territory or m.wide]
    if "nhập" in folded or "hợp nhất" in folded:
        found = _put_merged_aside(folded, found)
    kept = [m for m in found if not m.bare or _bare_is_plausible(m, setting.province, in_title)]
    return join_chains(plain, kept)


def _without_seats(plain: str, folded: str) -> tuple[str, str]:
    """Blank the cities in which bodies of the nation receive citizens: they are its offices, not the text's place."""
    for match in _SEATS.finditer(plain):
        start, end = match.span("cities")
        blank = " " * (end - start)
        plain = plain[:start] + blank + plain[end:]
        folded = folded[:start] + blank + folded[end:]
    return plain, folded


def _put_merged_aside(folded: str, mentions: list[Mention]) -> list[Mention]:
    """Mark places told only as merged into another, as the last one of "An Giang (sau hợp nhất với Kiên Giang)"."""
    marked: list[Mention] = []
    end = -1
    for mention in mentions:
        listed = end >= 0 and _AND.fullmatch(folded, end, mention.start)
        if mention.territory and (
            listed or _MERGED.search(folded, max(0, mention.start - 60), mention.start)
        ):
            end = mention.end
            marked.append(replace(mention, aside=True))
        else:
            end = -1
            marked.append(mention)
    return marked


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
            return _told_of(titled, mention) or mention.territory
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


def _told_of(titled: list[Mention], first: Mention) -> Territory | None:
    """Return the one district that a title opening with its province names: "Bình Phước: Lãnh đạo Thị ủy Chơn Thành …"."""
    inner = [m.territory for m in titled if m.territory and m.start > first.end and not m.aside]
    if first.start or len(inner) != 1 or inner[0].level != "district":
        return None
    return inner[0] if first.territory and inner[0].province == first.territory.names[0] else None


def _of_nation(plain: str, folded: str, title: tuple[str, str], mentions: list[Mention]) -> Territory | None:
    """Return the ministry a text without any territory is about, else the nation where only its bodies are named."""
    for text in () if mentions else (title[0], _OPENING.sub("", plain[:160])):
        if ministry := _MINISTRY.match(text):
            return Territory((ministry.group(),), "organisation")
    return _nation(folded, title[1], mentions)


def _nation(folded: str, title: str, mentions: list[Mention]) -> Territory | None:
    """Return the nation where a text names bodies of the whole state and party and no territory whatever."""
    if mentions or not (_OF_NATION.search(title) or _OF_NATION.search(folded)):
        return None
    return Territory(("Việt Nam",), "national")


def _office(title: str, plain: str, province: Territory | None) -> Territory | None:
    """Return the one department or enterprise a text is about, where title or opening name it as its subject."""
    if province is None:
        return None
    for text in (title, _OPENING.sub("", plain[:160])):
        match = _OFFICE.match(text)
        if match and not _ONLY_TELLS.match(text):
            name = re.split(r" (?:tỉnh|thành phố|TP\.?) | TP\.|[:,]|\d", match.group())[0]
            name = re.split(_OFFICE_DOES, name)[0]
            name = re.sub(rf" ?(?:tỉnh |thành phố )?{re.escape(province.names[0])}.*$", "", name).strip()
            names = [m.end() for m in _OFFICE_WORD.finditer(name)]
            name = name[: names[-1]] if names else name
            return Territory((name, *province.names), "organisation", province.province)
    return None


def _distinct(mentions: list[Mention]) -> set[str]:
    return {m.territory.names[0] for m in mentions if m.territory and m.territory.level != "province"}


def near(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """Return the mentions that begin in ``[start, end)``."""
    low = bisect_left(mentions, start, key=_start)
    return mentions[low : bisect_left(mentions, end, lo=low, key=_start)]
