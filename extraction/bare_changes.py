"""Changes told without an amount: "giảm so với 471 cuộc của năm 2014", "ít hơn cùng kỳ", "chỉ còn 124 đơn"."""

from __future__ import annotations

import re
from itertools import pairwise

from coso.late_patterns import late
from extraction import when
from extraction.comparisons import BASE, Change
from extraction.cues import cue
from extraction.document import Draft
from extraction.model import Comparison
from extraction.patterns import whole_words
from extraction.sentences import Sentence

_WORDS = cue("tăng", "giảm", " hơn ", "kém ", "thua ", "chỉ còn")
_WORD = late(
    whole_words(r"tăng|giảm|nhiều hơn|ít hơn|cao hơn|thấp hơn|hơn(?= cùng)|kém|thua")
    + r"(?: nhẹ| mạnh| sâu| rõ rệt| đáng kể| hẳn| lên| đi| xuống| nhiều| so)*"
)
#: "không giảm so với năm 2022", "chưa hề tăng", but not "không chỉ tăng".
_DENIED = late(r"(?<!\w)(?:không|chưa|chẳng)(?: (?!chỉ |những )\w+)? $")
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


def tie_bare_changes(folded: str, sentence: Sentence, drafts: list[Draft], changes: list[Change]) -> None:
    """Give each level the direction in which it is said to have changed, where nothing says by how much."""
    if not drafts or not sentence.cues & _WORDS:
        return
    told = {change.at for change in changes}
    for word in _WORD.finditer(folded, drafts[0].figure.end, sentence.end):
        if word.start() in told or _DENIED.search(folded, sentence.start, word.start()):
            continue
        both = _OF_BOTH.match(folded, word.end())
        told_of = both.end() if both else word.end()
        found = _AGAINST.match(folded, told_of) or _TO_TIME.match(folded, told_of)
        level = None if found else _level_named(folded, word.end(), drafts)
        if not found and not level:
            continue
        end = found.end() if found else word.end()
        behind = _told_of(folded, word.start(), drafts)
        if behind and (both or _OF_ALL.search(folded, sentence.start, word.start())):
            targets = _joined(folded, behind)
        else:
            targets = _with_levels(behind, [d for d in drafts if d.earlier and d.figure.start >= end])
        for draft in targets:
            against = (
                level.period if level else when.baseline_of(found["base"] if found else "", draft.period)
            )
            draft.comparison = Comparison(_direction(word), None, None, against)
    _tie_what_is_left(folded, drafts)


def _told_of(folded: str, at: int, drafts: list[Draft]) -> list[Draft]:
    """Return the levels ahead of a change, none where it is not told of the last of them."""
    behind = [d for d in drafts if d.figure.end <= at and not d.earlier]
    if not behind or behind[-1].comparison or not is_told_of(folded, behind[-1], at):
        return []
    return behind


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
