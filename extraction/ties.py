"""Changes tied to the levels they qualify."""

from __future__ import annotations

import re

from extraction import comparisons, when
from extraction.document import Draft
from extraction.model import Comparison
from extraction.sentences import Sentence

_NAMED = re.compile(r"(?<!\w)(?:số|tỉ lệ|lượng|tổng số) (?P<noun>\w+)[^,;:\d]{0,30} $")
_SUBJECT = re.compile(r"(?:số|tỉ lệ|lượng|tổng) [^,;:()\d]{2,60} $")
_SO_THAT = re.compile(
    r"(?:%| [^\d,;.]{1,24})?,? (?:chỉ )?(?:còn|đạt|xuống còn|lên|lên thành|ở mức)(?: hơn| gần)? $"
)
_NAMED_UNIT = re.compile(r" (?:số )?(\w+)")


def tie_changes(
    folded: str,
    sentence: Sentence,
    drafts: list[Draft],
    changes: list[comparisons.Change],
    told: list[list[Draft]],
) -> None:
    """Give each change to the level it qualifies: the nearest before it with its unit, in order of a list.

    ``told`` are the figures of the sentences before, the latest sentence first.
    """
    groups: dict[int, list[comparisons.Change]] = {}
    for change in changes:
        groups.setdefault(change.at, []).append(change)
    for at, group in sorted(groups.items()):
        inside = next((c.figure.bracket for c in group if c.figure), None)
        behind = [
            d for d in drafts if d.figure.start < at and not d.earlier and d.figure.bracket in (None, inside)
        ]
        ahead = [d for d in drafts if d.figure.start > at]
        # A change announced ahead of its level ("so với cùng kỳ giảm 5%, tiếp 120 lượt") has none behind it.
        announced = ahead[:1] if ahead and _announces(folded, sentence.start, at, group, ahead[0]) else []
        pool = announced or _told(folded, sentence.start, at, told) or behind or ahead[:1]
        # A rate in brackets right before is what a change in percent speaks of: "2.053 vụ (92%), cao hơn 2%".
        close = [d for d in drafts if at - 12 <= d.figure.end <= at and not d.earlier]
        _tie_group(folded, group, pool, close)
    _tie_times(folded, sentence, drafts)
    _tie_fractions(folded, sentence, drafts)


def _told(folded: str, start: int, at: int, told: list[list[Draft]]) -> list[Draft]:
    """Return the figure of a sentence before that a change with a subject of its own is about.

    "So với cùng kỳ, số lượt giảm 7,3%, số người giảm 6,8%" tells no levels: they stand in the sentence before.
    """
    named = _NAMED.search(folded, start, at) if told else None
    if not named:
        return []
    noun = named.group("noun")
    for drafts in told:
        for draft in drafts:
            unit = (_unit_text(folded, draft) or "").split(" ")[0]
            whole = unit != "đơn" or draft.decision.code == "petitions_received"
            if unit == noun and whole and draft.comparison is None and "resolved" not in draft.decision.code:
                return [draft]
    return []


def _tie_times(folded: str, sentence: Sentence, drafts: list[Draft]) -> None:
    """Tie changes such as "gấp 2 lần năm 2022"."""
    if folded.find("gấp", sentence.start, sentence.end) == -1:
        return
    for start, times, base in comparisons.find_times(folded, sentence.start, sentence.end):
        behind = [d for d in drafts if d.figure.start < start and d.comparison is None]
        if behind:
            baseline = when.baseline_of(base, behind[-1].period) if base else None
            behind[-1].comparison = Comparison("increase", times, "lần", baseline)


def _tie_fractions(folded: str, sentence: Sentence, drafts: list[Draft]) -> None:
    """Tie changes such as "giảm 1/3 số vụ"."""
    if folded.find("/", sentence.start, sentence.end) == -1:
        return
    for start, end, change in comparisons.find_fractions(folded, sentence.start, sentence.end):
        behind = [d for d in drafts if d.figure.start < start and d.comparison is None and not d.earlier]
        named = _NAMED_UNIT.match(folded[end : end + 24])
        behind = [d for d in behind if named and _unit_text(folded, d) == named.group(1)] or behind
        if behind:
            named_base = comparisons.baseline_text(folded, start, sentence.end)
            against = when.baseline_of(named_base, behind[-1].period) if named_base else None
            behind[-1].comparison = Comparison(change.direction, None, None, against)


def _announces(folded: str, start: int, at: int, group: list[comparisons.Change], ahead: Draft) -> bool:
    """Whether a change with its own subject leads to the level behind it: "số đơn giảm 8%, còn 1.240 đơn"."""
    last = max((c.figure.number.digits_end for c in group if c.figure), default=at)
    between = folded[last : ahead.figure.start]
    return bool(_SUBJECT.search(folded, start, at) and _SO_THAT.fullmatch(between))


def _unit_text(folded: str, draft: Draft) -> str | None:
    unit = draft.figure.unit
    return folded[unit[0] : unit[1]] if unit else None


def _tie_group(folded: str, group: list[comparisons.Change], pool: list[Draft], near: list[Draft]) -> None:
    levels, shares = _split_changes(folded, group)
    free = [d for d in pool if d.comparison is None]
    baseline_text = next((c.baseline for c in group if c.baseline), None)
    targets = _targets(levels, free)
    for change, draft in zip(levels, targets, strict=False):
        draft.comparison = _comparison(folded, change, draft, baseline_text)
    for change in shares:
        tied = [d for d in targets if d.comparison]
        if levels and tied:
            index = min(shares.index(change), len(tied) - 1)
            made = tied[index].comparison
            if made and change.figure:
                tied[index].comparison = Comparison(
                    made.direction, made.amount, made.unit, made.baseline, change.figure.number.value
                )
        elif len(shares) > 1 and len(free) >= len(shares):
            draft = free[len(free) - len(shares) + shares.index(change)]
            draft.comparison = _comparison(folded, change, draft, baseline_text)
        elif free:
            rates = [d for d in near if "percent" in d.figure.classes and d.comparison is None]
            target = rates[-1] if rates else free[-1]
            target.comparison = _comparison(folded, change, target, baseline_text)


def _split_changes(
    folded: str, group: list[comparisons.Change]
) -> tuple[list[comparisons.Change], list[comparisons.Change]]:
    """Part the amounts of a group of changes from its percentages and multiples."""
    levels: list[comparisons.Change] = []
    shares: list[comparisons.Change] = []
    for change in group:
        if change.figure:
            unit = change.figure.unit
            relative = "percent" in change.figure.classes or (unit and folded[unit[0] : unit[1]] == "lần")
            (shares if relative else levels).append(change)
    return levels, shares


def _targets(levels: list[comparisons.Change], free: list[Draft]) -> list[Draft]:
    """Match changes with levels: by unit, else the last ones in order."""
    targets: list[Draft] = []
    rest = list(free)
    for index, change in enumerate(levels):
        classes = change.figure.classes if change.figure and change.figure.unit else set()
        same = [d for d in rest if d.figure.classes & classes]
        chosen: Draft | None = None
        if same:
            # Of several levels with the unit of a list of changes, the last ones are meant, in order.
            later = sum(1 for c in levels[index + 1 :] if c.figure and c.figure.classes & classes)
            chosen = same[max(0, len(same) - 1 - later)]
        elif rest:
            chosen = _whole_of(rest[max(0, len(rest) - (len(levels) - index))], rest, change.at)
        if chosen is not None:
            rest.remove(chosen)
            targets.append(chosen)
    return targets


def _whole_of(part: Draft, rest: list[Draft], at: int) -> Draft:
    """Return the total a part belongs to: "9 bị kỷ luật: 6 khiển trách, 3 cảnh cáo; so năm 2019 giảm 5" changes it."""
    if part.decision.rule != "continuation" and at - part.figure.end < 4:
        return part
    for draft in rest:
        same = (draft.decision.code, draft.figure.sentence) == (part.decision.code, part.figure.sentence)
        if same and draft.figure.number.value > part.figure.number.value:
            return draft
    return part


def _comparison(folded: str, change: comparisons.Change, draft: Draft, baseline: str | None) -> Comparison:
    figure = change.figure
    assert figure is not None
    unit = folded[figure.unit[0] : figure.unit[1]] if figure.unit else None
    if unit is None and draft.figure.unit:
        unit = folded[draft.figure.unit[0] : draft.figure.unit[1]]
    text = change.baseline or baseline
    return Comparison(
        change.direction,
        figure.number.value,
        unit,
        when.baseline_of(text, draft.period) if text else None,
    )
