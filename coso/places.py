"""Places of Vietnam: provinces by name and day, districts and communes by name.

Two frames: the 63 provinces until 2025-06-30 and the 34 since (Resolution 202/2025/QH15; codes of Decision
19/2025/QĐ-TTg). A code alone is ambiguous, since seven codes changed their owner: keep (code, frame) together.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from coso.late_patterns import late
from coso.settings import REFERENCE
from coso.text import fold_words, strip_marks

#: First day of the 34 provinces.
REFORM_DAY = date(2025, 7, 1)

#: Kinds of alias that occur in running Vietnamese text, as opposed to addresses and search strings.
_TEXT_KINDS = {
    "canonical",
    "former_name",
    "spelling",
    "abbrev",
    "old_tone_placement",
    "with_prefix",
    "service",
}
#: Kinds of alias that point at a province without being its name: towns in it, heads of its paper's articles.
_NO_NAMES = {"capital", "publisher"}
_PREFIX = late(r"^(?:thành phố|tỉnh|t\.? ?p\.?)\s*(?=\S)")


_DASH = late(r"\s*-\s*")
_SPACES = late(r"\s+")


@dataclass(frozen=True, slots=True)
class Province:
    """A province of one frame.

    Attributes:
        code: official code within the frame.
        frame: ``63`` or ``34``.
        name: name without "tỉnh" or "thành phố".
    """

    code: str
    frame: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A district or commune.

    Attributes:
        code: official code.
        name: name without its kind.
        kind: huyện, quận, thị xã, thành phố, xã, phường, thị trấn or đặc khu.
        district_code: district of a commune of the 63-province frame; None otherwise.
        province_code: province, in ``frame``.
        frame: ``63`` or ``34``.
    """

    code: str
    name: str
    kind: str
    district_code: str | None
    province_code: str
    frame: str

    @property
    def level(self) -> str:
        """``district`` or ``commune``."""
        return "district" if self.kind in {"huyện", "quận", "thị xã", "thành phố"} else "commune"


def frame_on(day: date | None) -> str:
    """Return the frame in force on ``day``; no day means today's frame."""
    return "63" if day is not None and day < REFORM_DAY else "34"


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return the form in which names are compared: folded, dashes without spaces."""
    return _tidy(fold_words(name))


def _tidy(folded: str) -> str:
    if "-" in folded:
        folded = _DASH.sub("-", folded)
    return _SPACES.sub(" ", folded).strip(" .")


@lru_cache(maxsize=1)
def provinces() -> dict[tuple[str, str], Province]:
    """Return all provinces of both frames by (code, frame)."""
    rows = [("63", row) for row in _rows("provinces_63.csv")] + [
        ("34", row) for row in _rows("provinces_34.csv")
    ]
    return {(row["code"], frame): Province(row["code"], frame, row["name_vi"]) for frame, row in rows}


def province(code: str, frame: str) -> Province:
    """Return the province with ``code`` in ``frame``.

    Raises:
        KeyError: there is none.
    """
    return provinces()[code, frame]


def find_province(name: str, on: date | None = None) -> Province | None:
    """Return the province called ``name`` on a day (default: today's frame), by any known spelling.

    A name that has passed away by then gives the province that took its territory.
    """
    entry = _aliases().get(name_key(name))
    if entry is None:
        stripped = _PREFIX.sub("", name_key(name))
        entry = _aliases().get(stripped)
    if entry is None:
        return None
    frame = frame_on(on)
    return provinces()[entry[0] if frame == "63" else entry[1], frame]


def find_bearer(name: str, on: date) -> Province | None:
    """Return the province that bears a name: one that has gone into a larger one by ``on`` stays what it was.

    A report "of Hà Nam" is of Hà Nam, whenever it is brought; its successor has other figures.
    """
    found = find_province(name, on)
    former = find_province(name, REFORM_DAY - timedelta(days=1))
    if found and former and found.name != former.name and len(members(found.code)) > 1:
        return former
    return found


def bearers(name: str) -> list[Province]:
    """Return the provinces of both frames that bear a name, the older first, by any spelling, with or without marks.

    A province that has gone into another one is not found under that one's name, nor the other way round.

    >>> [(one.code, one.frame) for one in bearers("tỉnh Phú Thọ")], [one.name for one in bearers("tinh ha nam")]
    ([('25', '63'), ('25', '34')], ['Hà Nam'])
    """
    key = name_key(name)
    for written in (key, _PREFIX.sub("", key)):
        for spelt in (written, strip_marks(written)):
            if found := _names().get(spelt):
                return [one for one in provinces().values() if one.name in found]
    return []


def successor(code_63: str) -> Province:
    """Return the province of the 34 that holds the territory of one of the 63.

    Raises:
        KeyError: there is no such code among the 63.
    """
    return provinces()[_crosswalk()[code_63], "34"]


def members(code_34: str) -> list[Province]:
    """Return the provinces of the 63 that make up one of the 34."""
    return [provinces()[old, "63"] for old, new in _crosswalk().items() if new == code_34]


@lru_cache(maxsize=1)
def province_spellings() -> dict[str, str]:
    """Return spellings found in running text, by comparison key, with the canonical name each stands for.

    Ambiguous abbreviations are left out; "Hồ Chí Minh" is in only with its prefix, since the bare name is
    more often the person.
    """
    spellings: dict[str, str] = {}
    for row in _rows("province_aliases.csv"):
        alias = row["alias"]
        if row["kind"] not in _TEXT_KINDS or not row["canonical"]:
            continue
        if row["ambiguous"] == "1" and row["kind"] != "canonical":
            continue
        key = name_key(alias)
        if key == "hồ chí minh" or (row["kind"] == "with_prefix" and row["canonical"] != "Hồ Chí Minh"):
            continue
        spellings[key] = row["canonical"]
    return spellings


@lru_cache(maxsize=1)
def districts() -> dict[str, tuple[Unit, ...]]:
    """Return the districts of the 63-province frame since 2019, by comparison key of the name.

    A name that another province's district still bore in 2025 means that one: "huyện Kỳ Sơn" is the one of Nghệ An.
    Names of the Central Highlands are written in many ways ("Đăk Mil", "Krông Ana", "Cư Mgar"): each leads to its unit.
    """
    found = _by_key(unit for unit, until in _dated_districts() if until >= _LATELY)
    for key, units in _by_key(unit for unit, until in _dated_districts() if until < _LATELY).items():
        found.setdefault(key, units)
    for key, units in list(found.items()):
        for other in _respelt(key):
            found.setdefault(other, units)
    return found


#: What is written for one another in names of the Central Highlands, after newspapers of its provinces.
_RESPELT = (
    (late(r"(?<!\w)[đd][ăắa]k(?!\w)"), ("đắk", "đăk", "đak")),
    (late(r"['’] ?"), ("", "' ")),
    (late(r"krông a na"), ("krông ana",)),
    (late(r"pắc(?!\w)"), ("pắk", "păk", "păc", "pách")),
    (late(r"m'đrắk"), ("m'drắk", "m'đrăk", "m'drăk", "ma đrắk", "mđrắk", "mdrắk")),
    (late(r"(?<=chư )pưh"), ("pứh", "puh")),
    (late(r"(?<=chư )păh"), ("pah",)),
    (late(r"búk(?!\w)"), ("buk", "búc")),
    (late(r"plông"), ("plong",)),
    (late(r"súp"), ("sup",)),
)


def _respelt(key: str) -> set[str]:
    """Return other ways of writing a name; none for most."""
    return {written.sub(other, key) for written, others in _RESPELT for other in others} - {key}


@lru_cache(maxsize=1)
def districts_by_code() -> dict[str, Unit]:
    """Return the districts by code."""
    return {unit.code: unit for unit, _ in _dated_districts()}


#: Districts that were dissolved before this day were so by the mergers of 2019 and 2020.
_LATELY = "2021-01-01"


@lru_cache(maxsize=1)
def _dated_districts() -> tuple[tuple[Unit, str], ...]:
    """Return the districts and the last day of each.

    Those dissolved in 2019 and 2020 went by the resolutions of the National Assembly's Standing Committee 830 (Kỳ Sơn),
    837 (Hoành Bồ), 864 (Thông Nông), 867 (Tây Trà) and 897/NQ-UBTVQH14 (Trà Lĩnh, Phục Hòa).
    """
    columns = ("code", "name", "type", "province_code", "valid_to")
    rows = _columns("districts.csv", columns)
    return tuple(
        (Unit(code, name, kind, None, owner, "63"), until) for code, name, kind, owner, until in rows
    )


@lru_cache(maxsize=1)
def communes() -> dict[str, tuple[Unit, ...]]:
    """Return the communes of both frames, by comparison key of the name."""
    columns = ("code", "name", "type", "province_code")
    old = (
        Unit(code, name, kind, district, owner, "63")
        for code, name, kind, owner, district in _columns("communes_63.csv", (*columns, "district_code"))
    )
    new = (
        Unit(code, name, kind, None, owner, "34")
        for code, name, kind, owner in _columns("communes_34.csv", columns)
    )
    return _by_key([*old, *new])


def _by_key(units: Iterable[Unit]) -> dict[str, tuple[Unit, ...]]:
    listed = list(units)
    # Names are folded all at once: ten thousand calls would be a good part of the start-up.
    keys = fold_words("\n".join(unit.name for unit in listed)).split("\n")
    found: dict[str, list[Unit]] = defaultdict(list)
    for key, unit in zip(keys, listed, strict=True):
        found[_tidy(key)].append(unit)
    return {key: tuple(same) for key, same in found.items()}


@lru_cache(maxsize=1)
def _aliases() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in _rows("province_aliases.csv"):
        if row["canonical"]:
            found.setdefault(name_key(row["alias"]), (row["code_63"], row["code_34"]))
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, set[str]]:
    """Return the names that a spelling may stand for, by comparison key with and without marks."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("province_aliases.csv"):
        if row["canonical"] and row["kind"] not in _NO_NAMES:
            key = name_key(row["alias"])
            for spelt in (key, strip_marks(key)):
                found[spelt].add(row["canonical"])
    return found


@lru_cache(maxsize=1)
def _crosswalk() -> dict[str, str]:
    return {row["old_code"]: row["new_code"] for row in _rows("crosswalk.csv")}


def _columns(name: str, columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the given columns of each row of a table."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        rows = csv.reader(handle)
        head = next(rows)
        places = [head.index(column) for column in columns]
        for row in rows:
            yield [row[place] for place in places]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
