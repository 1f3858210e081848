"""Which province of which frame a figure is of: by its period, the page's words and the outlet.

A name may be that of a province before the merger of 2025-07-01, of a larger one since, or of both. The period decides
the frame; what the page's words or its outlet say of a territory of the other frame is no province of that frame but a
region: a part of a province since then, or more than one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from coso.late_patterns import late
from coso.places import REFORM_DAY, Province, find_province, members, name_key, successor
from coso.text import fold_words
from extraction.model import Fact

#: Behind the name of a province as it was before the merger.
_OLD = late(r"\)?(?:,? ?\(cũ\)| cũ|,? \(?trước (?:khi |thời điểm )?(?:sáp nhập|hợp nhất))(?!\w)")
_MERGED = late(r"(?<!\w)(?:sáp nhập|hợp nhất|hình thành)(?!\w)")


class Reported(NamedTuple):
    """Code and frame of the province a figure lies in, None for none, and the level of its territory."""

    code: str | None
    frame: str | None
    level: str | None


def reported_of(
    fact: Fact, outlet: Province | None, period_end: date | None, published: date | None
) -> Reported:
    """Return the province of a fact, in the frame of its period.

    Args:
        fact: the fact as read.
        outlet: the province that the source reports of, None for central ones.
        period_end: last day of the period, None when it is open or unknown.
        published: day of publication.
    """
    # What was told before the merger is of no province that did not exist then, however long its period.
    day = min((one for one in (period_end, published) if one), default=None)
    found = find_province(fact.province, day) if fact.province else None
    if found is None:
        return Reported(None, None, fact.level)
    if fact.level != "province" or not _is_merged(found):
        return Reported(found.code, found.frame, fact.level)
    if found.frame == "34":
        return Reported(found.code, "34", "region" if _is_part(fact, found) else "province")
    if published is not None and published >= REFORM_DAY and _tells_of_merged(fact, outlet, found):
        return Reported(None, None, "region")
    return Reported(found.code, "63", "province")


def _is_merged(one: Province) -> bool:
    """Whether a province went into a larger one, or is that one."""
    return len(members(one.code if one.frame == "34" else successor(one.code).code)) > 1


def _is_part(fact: Fact, later: Province) -> bool:
    """Whether what is told of a merged province is of one that it was made of."""
    former = find_province(fact.province or "", REFORM_DAY - timedelta(days=1))
    return former is not None and (former.name != later.name or _is_called_old(fact, former))


def _tells_of_merged(fact: Fact, outlet: Province | None, former: Province) -> bool:
    """Whether a paper of the merged province looks back at all of its territory, under a name that an old one bore.

    A paper that is registered for that old province means the old one; so does a page that calls it old, or tells of it
    beside those it was merged with.
    """
    if outlet is None or outlet == former:
        return False
    later = outlet if outlet.frame == "34" else successor(outlet.code)
    own = later.name == former.name
    return own and not _is_called_old(fact, former) and not _is_beside_partners(fact, former)


def _is_called_old(fact: Fact, former: Province) -> bool:
    """Whether the page calls the province a former one where it names it for this figure: "Phú Thọ (cũ)"."""
    sentence = fold_words(fact.sentence)
    named = list(re.finditer(rf"(?<!\w){re.escape(name_key(former.name))}(?!\w)", sentence))
    ahead = [one for one in named if one.end() <= fact.start - fact.sentence_start]
    nearest = ahead[-1] if ahead else named[0] if named else None
    return nearest is not None and _OLD.match(sentence, nearest.end()) is not None


def _is_beside_partners(fact: Fact, former: Province) -> bool:
    """Whether those that it was merged with are told of beside it; not in "sau khi sáp nhập với …"."""
    sentence = fold_words(fact.sentence)
    return not _MERGED.search(sentence) and any(name in sentence for name in _partners(former))


def _partners(former: Province) -> Iterable[str]:
    """Return the names of the other provinces that the one of 2025-06-30 was merged with."""
    return [name_key(one.name) for one in members(successor(former.code).code) if one != former]
