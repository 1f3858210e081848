"""Places of a form: the one it reports for, and those that head its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coso.late_patterns import late
from coso.text import fold, fold_words
from extraction import where
from extraction.forms.headings import take_apart

_TIER = late(r"(?:khối|cấp|tuyến)(?: (?:cơ quan|đơn vị))? (tỉnh|huyện|xã|phường|thành phố|cơ sở)\b")
_LOCAL = frozenset({"district", "commune", "village"})
_TIERS = {"tỉnh": "province", "thành phố": "province", "huyện": "district"}
#: Kinds that a table headed so leaves out ahead of its names.
_KINDS = ("huyện", "thành phố", "thị xã", "quận", "xã", "phường", "thị trấn", "đặc khu")
_REPORTER = late(
    r"(?:đơn vị|địa phương|cơ quan) (?:báo cáo|gửi)\s*:|^(?:ubnd|ủy ban nhân dân|đảng ủy|tỉnh|huyện|xã)\b"
)


@dataclass(frozen=True)
class Seat:
    """Whom a row reports on: a territory, and the tier where only one of it is meant."""

    territory: where.Territory | None
    tier: str | None = None


@dataclass(frozen=True)
class Map:
    """What a table knows about places.

    Attributes:
        home: territory the form reports for.
        province: name of the province of whoever published it.
        day: day of publication.
    """

    home: where.Territory | None
    province: str | None
    day: date | None

    def seat(self, label: str, heads: Sequence[str]) -> Seat:
        """Return whom a row of a table of places reports on.

        Args:
            label: heading of the row.
            heads: headings of its column, such as "Huyện, thành phố".
        """
        if "whole" in take_apart(label).roles:
            return Seat(self.home)
        tier = _TIER.match(fold_words(label))
        if tier:
            return Seat(self.home, _TIERS.get(tier.group(1), "commune"))
        found = self.find(label, heads)
        if found is not None:
            return Seat(found)
        names = (label, *(self.home.names if self.home else ()))
        return Seat(where.Territory(names, "organisation", self.home.province if self.home else None))

    def find(self, label: str, heads: Sequence[str] = ()) -> where.Territory | None:
        """Return the territory that a label names and says nothing else beside; None when it names none."""
        headed = fold_words(" ".join(heads))
        for text in (label, *(f"{kind} {label}" for kind in _KINDS if kind in headed)):
            plain = fold(text).plain
            atlas = where.survey(plain, fold_words(plain), ("", ""), self.province, self.day)
            named = [m for m in atlas.mentions if m.territory and m.wide is None]
            whole = [m for m in named if len(plain.strip()) - (m.end - m.start) <= len("huyện ") + 1]
            known = [
                m.territory
                for m in whole
                if m.territory and m.territory.code and self._is_inside(m.territory)
            ]
            if known:
                return known[0]
            # Named with its kind, but not in the gazetteer: a commune that was merged away, or spelt otherwise.
            kinds = [m.territory for m in whole if m.territory and not m.bare and m.territory.level in _LOCAL]
            if kinds and text == label and kinds[0].province is None:
                return where.complete(kinds[0], self.home)
        return None

    def _is_inside(self, territory: where.Territory) -> bool:
        return self.home is None or territory.province in {None, self.home.province}


def open_map(title: str, context: Iterable[str], province: str | None, day: date | None) -> Map:
    """Find out which territory a form reports for: named by its title or its letterhead, else that of its source."""
    head = fold(title).plain
    reporters = [line for line in context if _REPORTER.search(fold_words(line))]
    plain = fold("\n".join(reporters)).plain
    atlas = where.survey(plain, fold_words(plain), (head, fold_words(head)), province, day)
    home = atlas.home if atlas.home and atlas.home.level != "organisation" else atlas.province
    return Map(home or where.province_territory(province, day), province, day)
