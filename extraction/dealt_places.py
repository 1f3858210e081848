"""Places dealt out to the numbers of a list: "Từ Sơn và Thuận Thành, lần lượt 71 và 64 cuộc".

They are named ahead of the numbers in their sentence, or were told of before: "Ba huyện có lần lượt 210, 233 và
225 tổ".
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter

from coso.late_patterns import late
from extraction import where
from extraction.digits import numbers_in_runs
from extraction.document import Line

_UNITS = r"(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|địa phương|đơn vị|nơi)"
_COUNT = r"(?:\d|hai|ba|bốn|năm|sáu|các|những)"
#: What says that numbers are told in the order of the places named ahead of them.
_ONE_BY_ONE = ("lần lượt", "theo thứ tự", "thứ tự là")
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
    """Return the mention of the place that is dealt out to a number, None where none is.

    Args:
        line: its sentence.
        at: where it begins.
    """
    found = _named_ahead(line, at) or _told_before(line, at)
    return replace(found, territory=found.itself or found.territory) if found else None


def _named_ahead(line: Line, at: int) -> where.Mention | None:
    """Return the place of a number among those named ahead of "lần lượt" in its clause."""
    start = line.sentence.start
    turn = max(line.folded.rfind(words, start, at) for words in _ONE_BY_ONE)
    if turn == -1:
        return None
    begin = max(line.folded.rfind(";", start, turn), start)
    end = line.folded.find(";", at, line.sentence.end)
    end = end if end != -1 else line.sentence.end
    named = [m for m in line.mentions if begin <= m.start < turn and m.territory]
    numbers = numbers_in_runs(line.folded, [run for run in line.runs if turn < run.start() < end], end)
    if len(named) < 2 or len(named) != len(numbers):
        return None
    return named[sum(number.start < at for number in numbers)]


def _told_before(line: Line, at: int) -> where.Mention | None:
    """Return the place of a number among those that the sentences before told of, in their order."""
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
