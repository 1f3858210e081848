"""A commune, district or village named once and called "toàn xã", "huyện nhà" or "địa phương" ever after."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from coso.late_patterns import late
from extraction import where
from extraction.document import Document

#: Levels from the smallest up.
_ORDER = {"village": 0, "commune": 1, "district": 2, "province": 3}
#: Names of a district with its province, which a commune adds its own to, and a village one more.
_WITH_PROVINCE = 2
#: Characters after which what was named is told of no more, unless by "toàn xã".
_LATELY = 900
_WHOLE = (
    "toàn ",
    "cả ",
    "trên địa bàn ",
    "nhân dân trong ",
    "người dân trong ",
    "bà con trong ",
    "các thôn trong ",
)
_OFFICE = late(
    r"(?<!\w)(?:chủ tịch|bí thư|trưởng|phó ban|chủ nhiệm|lãnh đạo|công chức|cán bộ|trưởng phòng)"
    r"(?: (?!tỉnh|sở)[\w-]+){0,5} $"
)
_KIND = late(r"(?<!\w)(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố)(?!\w)")
_JOINS = late(r"(?:, ?| và |, và | cùng |; )?")
_start = attrgetter("start")


def told_before(
    document: Document, level: str, at: int, current: where.Territory | None, lately: bool = False
) -> where.Territory | None:
    """Return the territory of a level that was told of last before a place of the text, None where none was.

    A sentence that lists several of them ("các xã A, B và C") tells of none, and neither does one of another province
    or district than the place in force.

    Args:
        document: the text.
        level: "village", "commune" or "district".
        at: where in the text the words stand that mean it.
        current: the place in force there.
        lately: whether it must not be long ago, as for "UBND xã", which may be those of any commune.
    """
    mentions = document.atlas.mentions
    for index in range(bisect_left(mentions, at, key=_start) - 1, -1, -1):
        if lately and at - mentions[index].end > _LATELY:
            return None
        found = _of_level(document, mentions[index], level)
        if (
            found is None
            or not _is_of_kind(document, mentions[index], at)
            or _is_one_of_many(document, index, level, at)
        ):
            continue
        found = where.complete(where.complete(found, current), document.atlas.province)
        return found if _lies_in(found, current) else None
    return None


def _is_of_kind(document: Document, named: where.Mention, at: int) -> bool:
    """Whether words may mean a territory by its kind: "trên địa bàn xã" is said of no ward."""
    said, kind = (_KIND.search(document.folded.text, place, place + 32) for place in (at, named.start))
    return said is None or kind is None or kind.start() != named.start or said.group() == kind.group()


def means_whole(document: Document, mention: where.Mention) -> bool:
    """Whether words for a territory speak of all of it ("toàn xã"), other than of its bodies ("UBND xã")."""
    text = document.folded.text
    return text.startswith(_WHOLE, mention.start) or text.endswith(" nhà", 0, mention.end)


def told_lately(document: Document, at: int, current: where.Territory | None) -> where.Territory | None:
    """Return the village, commune or district named last before a place of the text, where that is not long ago."""
    mentions = document.atlas.mentions
    for index in range(bisect_left(mentions, at, key=_start) - 1, -1, -1):
        if at - mentions[index].end > _LATELY:
            return None
        named = mentions[index].territory
        if named is None or mentions[index].aside or named.level not in {"commune", "district", "village"}:
            continue
        if _is_one_of_many(document, index, named.level, at):
            return None
        found = where.complete(where.complete(named, current), document.atlas.province)
        return found if _lies_in(found, current) else None
    return None


def _of_level(document: Document, mention: where.Mention, level: str) -> where.Territory | None:
    """Return the territory of a level that a mention names, itself or as the one its village lies in."""
    named = mention.territory
    if named is None or mention.itself is not None or (mention.aside and not _speaks(document, mention)):
        return None
    if named.level == level:
        return named
    if level == "commune" and named.level == "village":
        return where.commune_of(named)
    return where.district_of(named) if level == "district" else None


def _speaks(document: Document, mention: where.Mention) -> bool:
    """Whether a place told aside is where somebody serves who speaks: "Chủ tịch UBND xã Tân Mỹ cho biết"."""
    return bool(_OFFICE.search(document.folded.text, max(0, mention.start - 60), mention.start))


def _is_one_of_many(document: Document, index: int, level: str, at: int) -> bool:
    """Whether the sentence of a mention names other territories of its level that the words at ``at`` may mean.

    In a list ("phường A, xã B, phường C") the kind does not say which one is meant.
    """
    mentions, sentences = document.atlas.mentions, document.sentences
    sentence = sentences[max(bisect_right(sentences, mentions[index].start, key=_start) - 1, 0)]
    names = {
        (m.itself or m.territory).names[0]
        for m in where.near(mentions, sentence.start, sentence.end)
        if m.territory
        and not m.aside
        and (m.itself or m.territory).level == level
        and (_is_of_kind(document, m, at) or _are_joined(document, mentions[index], m))
    }
    return len(names) > 1


def _are_joined(document: Document, one: where.Mention, other: where.Mention) -> bool:
    """Whether two mentions stand side by side in a list."""
    first, second = sorted((one, other), key=_start)
    return bool(_JOINS.fullmatch(document.folded.text, first.end, second.start))


def _lies_in(found: where.Territory, current: where.Territory | None) -> bool:
    """Whether a territory may lie in the place in force, as far as is known."""
    if current is None or current.level not in _ORDER or _ORDER[current.level] <= _ORDER[found.level]:
        return current is None or current.level in {"organisation", "national", "region"}
    if current.province and found.province and current.province != found.province:
        return False
    known = len(found.names) > _WITH_PROVINCE + (found.level == "village")
    return current.level == "province" or not known or current.names[0] in found.names
