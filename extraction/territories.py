"""Territories: what a name means among the official ones, given the province and the frame at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from coso import places
from coso.late_patterns import late
from coso.places import Unit, name_key

_NAME_WORD = late(r"[\w'’]+")


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
        aside: whether it only tells where a person serves or comes from, or whose order is cited.
        wide: for words such as "toàn tỉnh": "whole province", "province", "district", "city", "whole commune",
            "commune", "whole village", "villages" for those of one commune, "region" for the one that the text
            names, or "here" for the place told of last.
        itself: what it names where its territory stands for a whole list of places.
        passing: whether only guests came from it or were shown it; it is aside, too.
    """

    start: int
    end: int
    territory: Territory | None
    bare: bool = False
    aside: bool = False
    wide: str | None = None
    itself: Territory | None = None
    passing: bool = False


class Setting(NamedTuple):
    """What helps to tell places of one name apart.

    Attributes:
        province: province the text is about, None while unknown.
        frame: frame in force at publication.
    """

    province: Territory | None
    frame: str


@lru_cache(maxsize=4096)
def province_territory(name: str | None, day: date | None = None) -> Territory | None:
    """Return a province by any of its names, None when there is no such name."""
    if not name:
        return None
    found = places.find_province(name, day or date(2024, 1, 1))
    return Territory((found.name,), "province", found.name, found.code) if found else None


def look_up(level: str, kind: str, name: str, setting: Setting) -> tuple[Territory | None, int]:
    """Resolve a name behind its kind: the longest run of its words that the gazetteer knows."""
    parts = [m.end() for m in _NAME_WORD.finditer(name)]
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
        return choose(units or list(places.districts().get(key, ())), setting)
    if level == "commune":
        units = [u for u in places.communes().get(key, ()) if u.kind == _COMMUNE_KIND.get(kind, u.kind)]
        return choose(units, setting)
    return None


#: Names of a commune right under its province, and of a district.
_BELOW_PROVINCE = 2
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


def choose(units: list[Unit], setting: Setting) -> Territory | None:
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


def chain(small: Territory, large: Territory) -> Territory:
    """Return the smaller of two territories with the larger one above it."""
    names = [small.names[0]]
    names += [n for n in large.names if n not in names]
    if large.level == "province" and len(small.names) > 1 and small.names[-1] == large.names[-1]:
        return small
    return Territory(tuple(names), small.level, large.province or small.province, small.code)


def complete(territory: Territory, context: Territory | None) -> Territory:
    """Add the levels above that the context gives."""
    order = {"village": 0, "commune": 1, "district": 2, "province": 3}
    if territory.level == "village" and context and context.level == "village" and len(context.names) > 2:
        # A village told of after another one is of the same commune.
        context = Territory(context.names[1:], "commune", context.province)
    if territory.province or context is None or order.get(territory.level, 9) >= order.get(context.level, 9):
        if territory.province is None and context and context.province and territory.level in order:
            return replace(territory, names=(*territory.names, context.names[-1]), province=context.province)
        return territory
    known = [n for n in context.names if n not in territory.names]
    return replace(territory, names=(*territory.names, *known), province=context.province)


def commune_of(village: Territory) -> Territory | None:
    """Return the commune a village lies in, None where none is named: of "thôn X, huyện Y" it is unknown."""
    names = village.names[1:]
    if len(names) < _BELOW_PROVINCE:
        return None
    if len(names) == _BELOW_PROVINCE and name_key(names[0]) in places.districts():
        # Communes of the new frame often bear the name of an old district.
        communes = places.communes().get(name_key(names[0]), ())
        if all(unit.district_code for unit in communes):
            return None
    return Territory(names, "commune", village.province)


def district_of(named: Territory) -> Territory | None:
    """Return the district of a commune or village, None where none is named."""
    commune = commune_of(named) if named.level == "village" else named
    if named.level == "village" and commune is None and len(named.names) > _BELOW_PROVINCE:
        return Territory(named.names[1:], "district", named.province)
    if commune is None or commune.level != "commune" or len(commune.names) <= _BELOW_PROVINCE:
        return None
    return Territory(commune.names[1:], "district", commune.province)


def is_city(territory: Territory) -> bool:
    """Whether a district is a town or city of its own, so that "toàn thành phố" may mean it."""
    unit = places.districts_by_code().get(territory.code or "")
    if territory.names[0].startswith("Quận "):
        return False  # one that bears a number
    return unit is None or unit.kind in {"thành phố", "thị xã"}
