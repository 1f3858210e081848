"""Places told before, each of which has a number of a list: "Ba huyện có lần lượt 210, 233 và 225 tổ"."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from coso.late_patterns import late
from extraction import where
from extraction.digits import numbers_in_runs
from extraction.document import Line

_UNITS = r"(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|địa phương|đơn vị|nơi)"
_COUNT = r"(?:\d|hai|ba|bốn|năm|sáu|các|những)"
#: What says that the numbers of a clause are in the order in which the places were told of.
_IN_ORDER = late(
    rf"(?<!\w)(?:theo|cùng|đúng) (?:{_COUNT} )?(?:thứ tự|{_UNITS})(?: tên| của)?(?: {_COUNT} {_UNITS})?"
    r" (?:trên|ở trên|nói trên|ấy|đó|này|vừa nêu|vừa kể|kể trên|đã nêu)(?!\w)"
    rf"|(?<!\w){_COUNT} {_UNITS}(?: [^\W\d]+){{0,3}} (?:lần lượt|theo thứ tự)(?!\w)"
)
_LEVELS = ("province", "district", "commune")
_start = attrgetter("start")
#: So many mentions back at most, lest time grows faster than the text.
_FAR = 40


def dealt_place(line: Line, at: int) -> where.Mention | None:
    """Return the mention of the place that a number has in the order told before, None where none is dealt out.

    Args:
        line: its sentence.
        at: where it begins.
    """
    folded, sentence = line.folded, line.sentence
    if any(m.territory for m in line.mentions):
        return None
    order = _IN_ORDER.search(folded, sentence.start, sentence.end)
    if order is None:
        return None
    opened = max(folded.rfind(mark, sentence.start, at) + 1 for mark in (";", ":"))
    opened = max(opened, sentence.start, order.end() if order.end() <= at else 0)
    closed = folded.find(";", at, sentence.end)
    closed = sentence.end if closed == -1 else closed
    runs = [run for run in line.runs if opened <= run.start() < closed]
    numbers = [n for n in numbers_in_runs(folded, runs, closed) if not order.start() <= n.start < order.end()]
    places = _told_in_order(line, len(numbers))
    return places[sum(number.start < at for number in numbers)] if places else None


def _told_in_order(line: Line, count: int) -> list[where.Mention]:
    """Return as many places of one level as there are numbers, in the order first told; none if more are told."""
    mentions = line.document.atlas.mentions
    behind = bisect_left(mentions, line.sentence.start, key=_start)
    before = mentions[max(0, behind - _FAR) : behind]
    for level in _LEVELS:
        told: dict[str, where.Mention] = {}
        for mention in before:
            named = mention.itself or mention.territory
            if named and named.level == level and not mention.aside:
                told.setdefault(named.names[0], mention)
        if len(told) == count > 1:
            return [*told.values()]
    return []
