"""Changes told without an amount: "giảm so với 471 cuộc của năm 2014", "ít hơn cùng kỳ", "chỉ còn 124 đơn"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coso.late_patterns import late
from extraction import when
from extraction.comparisons import BASE, Change
from extraction.cues import cue
from extraction.document import Draft
from extraction.model import Comparison
from extraction.patterns import whole_words
from extraction.sentences import Sentence
from extraction.subjects import level_named, subjects_of
from extraction.where import Mention

_WORDS = cue("tăng", "giảm", " hơn ", "kém ", "thua ", "chỉ còn", "vượt ")
_WORD = late(
    whole_words(r"tăng|giảm|nhiều hơn|ít hơn|cao hơn|thấp hơn|nhỉnh hơn|hơn(?= cùng)|kém|thua")
    + r"(?: nhẹ| mạnh(?: nhất)?| sâu| rõ rệt| đáng kể| hẳn| lên| đi| xuống| nhiều| so)*"
)
#: "không giảm so với năm 2022", "chưa hề tăng", but not "không chỉ tăng".
_DENIED = late(r"(?<!\w)(?:không|chưa|chẳng)(?: (?!chỉ |những )\w+)? $")
#: "cả hai đều giảm", "hai số liệu này cũng giảm", "cả ba chỉ tiêu đều thấp hơn quý I"
_SO_MANY = late(
    r"(?<!\w)(?:cả )?(?P<count>hai|ba|bốn|năm|sáu|[2-6])(?: [^\W\d]+){0,3}?(?: này| trên| đó)?"
    r" (?:cũng đều|đều|cùng|cũng) (?:đã )?$"
)
#: What ``subjects_of`` returns of a subject that joins two.
_SUBJECT_OF_TWO = 3
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
_COMPARES = late(r"(?:nếu )?so (?:với |sánh với )?(?:cùng|năm|tháng|quí|kì|\d)")
#: "riêng Ý Yên giảm"; names of places are blotted out.
_OF_PLACE = late(
    r"(?<!\w)(?:riêng|trong đó|chỉ(?: có)?)(?: ở| tại)?"
    r"(?: (?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|tỉnh))? (?P<name>x+(?: x+)*) (?:lại |cũng |là )?$"
)
#: Where nothing says against what, the word ends its clause: "364 đợt, tăng;", "(cùng kỳ: 7.480 đơn, giảm)".
_ENDS = late(r" ?(?:[,;.)\n]|$)| (?:do|vì|nhờ|bởi) | \((?:cùng|năm|tháng|quí|kì) ")
_RIGHT_BEFORE = late(
    r"[^\W\d]*(?:\)|%)*(?:(?:,| -| –) | \()(?:(?:cũng|tiếp tục|tiếp đà|đều|lại|vẫn|như vậy|đã|có xu hướng),? )*"
)
#: "các chỉ tiêu đều vượt năm trước: …"
_ANNOUNCED = late(
    rf"(?<!\w)(?:đều|cùng) (?P<word>tăng|giảm|vượt|cao hơn|thấp hơn|nhiều hơn|ít hơn)(?: so với| so| với)?"
    rf" ?(?P<base>{BASE})[^:;.]{{0,20}}: ?"
)
_LESS = late(r"giảm|ít|thấp|kém|thua")
_AGAINST = late(rf"(?: so với| so| với)? ?(?P<base>{BASE})")
_TO_LEVEL = late(
    r" (?:(?:(?:so )?với|từ)(?: mức| con số| số)?|(?<=hơn )(?:mức|con số))(?: chỉ)?(?: hơn| gần| trên| khoảng)? (?=\d)"
)
#: "tiếp 120 lượt với 140 người, đều tăng so với năm 2022", "giảm cả về số lượt và số người"
_OF_ALL = late(r"(?<!\w)(?:đều|cùng|cũng đều) $")
_OF_BOTH = late(
    r" (?:ở )?cả (?:về )?(?:số )?[^\W\d]+(?: [^\W\d]+)? (?:và|lẫn) (?:về )?(?:số )?[^\W\d]+(?: [^\W\d]+)?"
)
#: "giảm mạnh so với kì họp cuối năm 2016", but no plan.
_TO_TIME = late(
    r" (?:so )?với (?P<base>(?!(?:chỉ tiêu|kế hoạch|mục tiêu|nghị quyết|dự toán|yêu cầu|tổng))[^,.;()\d]{0,30}"
    r"(?:năm (?:19|20)\d{2}|(?:năm|kì|quí|tháng|nhiệm kì|giai đoạn) trước|năm ngoái|cùng kì))"
)
#: Between a level and the change told of it stand its own words and no other subject.
_PERIOD = r"(?<=năm )\d{4}|(?<=tháng )\d{1,2}(?:/\d{4})?|(?<=quí )[1-4](?:/\d{4})?"
_OWN_WORDS = late(
    rf"(?:[^;\d]|{_PERIOD}){{0,90}}(?:, |\((?:đã |đều |cùng |có )?)(?:đã |đều |cùng )?|(?:[^,;(\d]|{_PERIOD}){{0,40}}"
)
_OTHER_SUBJECT = late(
    r"(?<!\w)(?:(?:số|tỉ lệ|lượng|tổng|(?<!trong )(?<!cùng )thời gian|thu nhập|(?<!đánh )giá|năng suất) \w"
    r"|(?:rộng|dài|sâu|dày) $)"
)
_ENDS_CLAUSE = late(r"[;:]|\. ")
_ONLY_LEFT = late(r"(?<!\w)chỉ còn (?:hơn |gần |trên |khoảng )?$")


def tie_bare_changes(
    folded: str,
    sentence: Sentence,
    drafts: list[Draft],
    changes: list[Change],
    places: Sequence[Mention] = (),
) -> None:
    """Give each level the direction in which it is said to have changed, where nothing says by how much."""
    if not drafts or not sentence.cues & _WORDS:
        return
    told = {change.at for change in changes}
    for word in _WORD.finditer(folded, drafts[0].figure.end, sentence.end):
        if word.start() in told or _DENIED.search(folded, sentence.start, word.start()):
            continue
        _tie(folded, sentence, word, drafts, places)
    _tie_announced(folded, sentence, drafts)
    _tie_what_is_left(folded, drafts)


def tie_to_told(folded: str, sentence: Sentence, changes: list[Change], told: list[list[Draft]]) -> None:
    """Tie "So với cùng kỳ, số lượt tăng 7%, số người cũng tăng" to what the sentences before told."""
    if not sentence.cues & _WORDS or not _COMPARES.match(folded, sentence.start):
        return
    known = {change.at for change in changes}
    for word in _WORD.finditer(folded, sentence.start, sentence.end):
        if word.start() in known or not _ENDS.match(folded, word.end()):
            continue
        for subject in subjects_of(folded, sentence.start, word.start())[:1]:
            if level := level_named(folded, subject, told):
                level.comparison = Comparison(_direction(word), None, None, None)


def _tie(
    folded: str, sentence: Sentence, word: re.Match[str], drafts: list[Draft], places: Sequence[Mention]
) -> None:
    """Give the levels that one word of change is told of their direction."""
    both = _OF_BOTH.match(folded, word.end())
    told_of = both.end() if both else word.end()
    found = _AGAINST.match(folded, told_of) or _TO_TIME.match(folded, told_of)
    level = None if found else _level_named(folded, word.end(), drafts)
    behind = [d for d in drafts if d.figure.end <= word.start() and not d.earlier]
    if not behind:
        return
    named = _named_levels(folded, sentence, word, behind, places)
    if not (found or level) and not _ENDS.match(folded, word.end()):
        return
    if named:
        targets = named
    elif not (found or level) or not _told_of(folded, word.start(), behind):
        targets = _right_before(folded, word.start(), drafts)
    elif both or _OF_ALL.search(folded, sentence.start, word.start()):
        targets = _joined(folded, behind)
    else:
        end = found.end() if found else word.end()
        targets = _with_levels(behind, [d for d in drafts if d.earlier and d.figure.start >= end])
    for draft in targets:
        base = when.baseline_of(found["base"], draft.period) if found else _period_beside(draft, drafts)
        against = level.period if level else base
        draft.comparison = Comparison(_direction(word), None, None, against)


def _named_levels(
    folded: str, sentence: Sentence, word: re.Match[str], behind: list[Draft], places: Sequence[Mention]
) -> list[Draft]:
    """Return the levels that stand before a word of change by their number, their nouns or their place.

    "112 đảng viên, 39 cảnh cáo, cả hai đều tăng", "cả lượt và người đều tăng", "số tập thể giảm", "riêng Ý Yên giảm".
    """
    free = [d for d in behind if d.comparison is None]
    if all_of := _SO_MANY.search(folded, sentence.start, word.start()):
        count = _COUNTS.get(all_of["count"]) or int(all_of["count"])
        last = behind[-count:]
        return [d for d in last if d.comparison is None] if len(last) == count else []
    start = behind[-1].figure.end
    if of_place := _OF_PLACE.search(folded, start, word.start()):
        there = [m.territory for m in places if m.start >= of_place.start() and m.end == of_place.end("name")]
        told = [
            d for d in free if there and d.territory and there[-1] and d.territory.names == there[-1].names
        ]
        return told[-1:]
    if not free:
        return []
    free = [d for d in free if d.figure.bracket is None or d.figure.bracket[1] > word.start()]
    subjects = subjects_of(folded, start, word.start())
    # Of "cả lượt và người đều tăng" one may have been told by how much.
    subjects = subjects[1:] if len(subjects) == _SUBJECT_OF_TWO else subjects[:1]
    return [level for level in (level_named(folded, subject, [free]) for subject in subjects) if level]


def _right_before(folded: str, at: int, drafts: list[Draft]) -> list[Draft]:
    """Return the level right before a word of change, or before the earlier level that is told beside it."""
    ahead = [d for d in drafts if d.figure.end <= at]
    figure = ahead[-1].figure
    start = figure.unit[1] if figure.unit and figure.unit[0] >= figure.end else figure.end
    level = next((d for d in reversed(ahead) if not d.earlier), None)
    if level is None or level.comparison or not _RIGHT_BEFORE.fullmatch(folded, start, at):
        return []
    return [level]


def _period_beside(draft: Draft, drafts: list[Draft]) -> str | None:
    """Return the period of the earlier level told beside a level."""
    code = draft.decision.code
    return next((d.period for d in drafts if d.earlier and d.decision.code == code), None)


def _tie_announced(folded: str, sentence: Sentence, drafts: list[Draft]) -> None:
    """Tie "Hoạt động năm 2016 đều vượt năm trước: giám sát 930 cuộc, kiến nghị 224 vụ"."""
    ahead = _ANNOUNCED.search(folded, sentence.start, drafts[0].figure.start)
    if ahead is None:
        return
    for draft in drafts:
        if draft.comparison is None and not draft.earlier:
            against = when.baseline_of(ahead["base"], draft.period)
            direction = "decrease" if _LESS.match(ahead["word"]) else "increase"
            draft.comparison = Comparison(direction, None, None, against)


def _told_of(folded: str, at: int, behind: list[Draft]) -> bool:
    """Whether a change is told of the last of the levels ahead of it."""
    return behind[-1].comparison is None and is_told_of(folded, behind[-1], at)


def _direction(word: re.Match[str]) -> str:
    return "decrease" if _LESS.match(word.group()) else "increase"


def _joined(folded: str, behind: list[Draft]) -> list[Draft]:
    """Return the last level and the one joined to it: the visits and the people of "120 lượt với 140 người"."""
    last = behind[-1]
    joined = [
        d
        for d in behind[-2:-1]
        if d.comparison is None and not _ENDS_CLAUSE.search(folded, d.figure.end, last.figure.start)
    ]
    return [last, *joined]


def _level_named(folded: str, start: int, drafts: list[Draft]) -> Draft | None:
    """Return the earlier level that a change is told from: the 471 of "giảm so với 471 cuộc của năm 2014"."""
    match = _TO_LEVEL.match(folded, start)
    if match is None:
        return None
    return next((d for d in drafts if d.earlier and d.figure.start == match.end()), None)


def is_told_of(folded: str, draft: Draft, at: int) -> bool:
    """Whether a change is told of the level before it: no other subject stands between, such as "thời gian chờ"."""
    figure = draft.figure
    start = figure.unit[1] if figure.unit and figure.unit[0] >= figure.end else figure.end
    return bool(_OWN_WORDS.fullmatch(folded, start, at)) and not _OTHER_SUBJECT.search(folded, start, at)


def _with_levels(behind: list[Draft], levels: list[Draft]) -> list[Draft]:
    """Return the last level, and those of "5 vụ, 11 đối tượng, nhiều hơn cùng kỳ (2 vụ, 4 đối tượng)"."""
    codes = {draft.decision.code for draft in levels}
    targets = behind[-1:]
    for draft in reversed(behind[:-1]):
        seen = {target.decision.code for target in targets}
        if draft.comparison is None and draft.decision.code in codes - seen:
            targets.append(draft)
    return targets


def _tie_what_is_left(folded: str, drafts: list[Draft]) -> None:
    """Tie "Năm 2014 nhận 231 đơn, đến năm 2018 chỉ còn 124 đơn"."""
    for before, draft in pairwise(drafts):
        known = before.period and draft.period and before.period[:4] < draft.period[:4]
        same = before.decision.code == draft.decision.code and draft.comparison is None
        start = max(before.figure.end, draft.figure.start - 24)
        if known and same and _ONLY_LEFT.search(folded, start, draft.figure.start):
            draft.comparison = Comparison("decrease", None, None, before.period)
