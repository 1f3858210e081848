"""Changes tied to the levels they qualify."""

from __future__ import annotations

import re

from coso.late_patterns import late
from extraction import comparisons, fitting_changes, when
from extraction.bare_changes import is_told_of, tie_bare_changes, tie_to_told
from extraction.cues import cue
from extraction.document import Draft, Line
from extraction.figures import Figure
from extraction.model import Comparison
from extraction.sentences import Sentence
from extraction.subjects import level_named, level_of_place, subjects_of

_NAMED = late(r"(?<!\w)(?:số|tỉ lệ|lượng|tổng số) (?P<noun>\w+)[^,;:\d]{0,30} $")
_SUBJECT_OF_CHANGE = late(r"(?<!\w)(?:số|lượng|tổng số) (?P<noun>\w+)[^,;:\d]{0,30} $")
#: "số vụ tiếp nhận", "số vụ việc được hòa giải thành", "số cuộc giám sát"
_COUNTED_SUBJECT = late(
    r"(?<!\w)(?:số|lượng|tổng số) (?:vụ việc|vụ|đơn thư|đơn|cuộc|buổi|hội nghị|lượt người|lượt|lớp|người)"
    r" (?:đã |được )*(?P<what>[^,;:()\d]{3,30}?) (?:đã |cũng |đều )?$"
)
_RELATIVE = late(r"lần$|điểm")
_FRACTIONS = cue("/", "nửa", " phần ba", " phần tư", " phần năm")
_SUBJECT = late(r"(?:số|tỉ lệ|lượng|tổng) [^,;:()\d]{2,60} $")
_SO_THAT = late(
    r"(?:%| [^\d,;.]{1,24})?,? (?:chỉ )?(?:còn|đạt|xuống còn|lên|lên thành|ở mức)(?: hơn| gần)? $"
)
_WITH = late(r"%? với (?:hơn |gần |trên )?")
_NAMED_UNIT = late(r" (?:số )?(\w+)")


def tie_changes(
    folded: str,
    sentence: Sentence,
    drafts: list[Draft],
    changes: list[comparisons.Change],
    told: list[list[Draft]],
    line: Line,
) -> None:
    """Give each change to the level it qualifies: the nearest before it with its unit, in order of a list.

    ``told`` are the figures of the sentences before, the latest sentence first; ``line`` is this one.
    """
    codes = {draft.figure.start for draft in drafts}
    groups: dict[int, list[comparisons.Change]] = {}
    for change in changes:
        groups.setdefault(change.at, []).append(change)
    for at, group in sorted(groups.items()):
        inside = next((c.figure.bracket for c in group if c.figure), None)
        behind = [
            d for d in drafts if d.figure.start < at and not d.earlier and d.figure.bracket in (None, inside)
        ]
        ahead = [d for d in drafts if d.figure.start > at and not d.earlier]
        # A change announced ahead of its level ("so với cùng kỳ giảm 5%, tiếp 120 lượt") has none behind it.
        announced = ahead[:1] if ahead and _announces(folded, line.figures, at, group, ahead[0]) else []
        pool = announced or _named(line, at, group, [behind, *told])
        pool = pool or _told(folded, sentence.start, at, told, group)
        unread = _unread_before(folded, at, line.figures, codes)
        if told and not (pool or drafts or unread):
            pool = _alike_told(folded, group, told[0])
        if told and not (pool or behind):
            pool = _now_of(drafts, at, told[0])
        if not pool and not (unread and _is_change_of(folded, group, unread)):
            pool = behind or [
                d for d in ahead[:1] if not unread and not _has_subject(folded, sentence.start, at, d)
            ]
            pool = [] if behind and _OTHER_MATTER.search(folded, behind[-1].figure.end, at) else pool
        # A rate in brackets right before is what a change in percent speaks of: "2.053 vụ (92%), cao hơn 2%".
        close = [d for d in drafts if at - 12 <= d.figure.end <= at and not d.earlier]
        _tie_group(folded, group, pool, close, [*drafts, *(d for one in told[:_REACH] for d in one)])
    _tie_times(folded, sentence, drafts, changes)
    _tie_fractions(folded, sentence, drafts)
    tie_bare_changes(folded, sentence, drafts, changes, line.mentions)
    if told and not drafts:
        tie_to_told(folded, sentence, changes, told[:_REACH])


def _now_of(drafts: list[Draft], at: int, told: list[Draft]) -> list[Draft]:
    """Return the level told before an earlier one: "Năm 2020, con số này là 58,6%; như vậy đã tăng 9,8 điểm"."""
    then = {d.decision.code for d in drafts if d.earlier and d.figure.end <= at}
    return [d for d in told if d.decision.code in then and d.comparison is None and not d.earlier][:1]


#: Sentences back in which the total of a list of items may stand.
_ITEMS = 5
#: Sentences back in which the level may stand that a change fits.
_REACH = 3


#: Words of a subject that names no more than what is counted: "lượt tiếp".
_NOUN_ALONE = 2


def _named(line: Line, at: int, group: list[comparisons.Change], told: list[list[Draft]]) -> list[Draft]:
    """Return the levels that the subject of a group of changes names, one for each; none where it does not."""
    folded, start = line.folded, line.sentence.start
    if of_place := level_of_place(folded, start, at, told[0], line.mentions):
        return [of_place]
    amounts, shares = _split_changes(folded, group)
    count = max(len(amounts), 1 if shares else 0)
    subjects = subjects_of(folded, start, at)
    if not subjects or (count != 1 and len(subjects) != count + 1):
        return []
    found: list[Draft] = []
    for subject, change in zip(subjects[:1] if count == 1 else subjects[1:], amounts or shares, strict=False):
        counted = change.figure.classes if amounts and change.figure and change.figure.unit else set()
        level = level_named(folded, subject, told, counted)
        if level:
            # A noun alone means the total; "số cuộc thanh tra hành chính" says which.
            whole = level not in told[0] and len(subject.split()) <= _NOUN_ALONE
            found.append(_largest(level, told[1:]) if whole else level)
    return found if len(found) == count == len({id(draft) for draft in found}) else []


def _unread_before(folded: str, at: int, figures: list[Figure], codes: set[int]) -> Figure | None:
    """Return the figure of its clause before a change, when it is one that got no code."""
    opened = folded.rfind(";", figures[0].sentence.start, at)
    near = [f for f in figures if opened < f.start < at and not f.dropped]
    return near[-1] if near and near[-1].start not in codes else None


def _is_change_of(folded: str, group: list[comparisons.Change], figure: Figure) -> bool:
    """Whether a change qualifies a figure: it has its noun, or opens a bracket right behind it."""
    inside = group[0].figure.bracket if group[0].figure else None
    if inside and figure.bracket != inside and not _PARTED.search(folded, figure.end, inside[0]):
        return True  # "390.980 (tăng 37,5%), số người được tiếp 433.832 (tăng 41,8%)"
    return any(c.figure and c.figure.unit and c.figure.classes & figure.classes for c in group)


def _has_subject(folded: str, start: int, at: int, ahead: Draft) -> bool:
    """Whether a change is told of what its own clause names, and the level ahead stands in another clause."""
    clause = max(start - 1, *(folded.rfind(mark, start, at) for mark in ",;:"))
    subject = folded[clause + 1 : at].strip()
    return (
        len(subject) > 5
        and not subject.startswith(("so ", "cùng "))
        and ";" in folded[at : ahead.figure.start]
    )


_PARTED = late(r"[,;:.()]")
#: What grows beside our subject: "góp 84.000 ngày công; giá trị sản xuất công nghiệp tăng 14,1%".
_OTHER_MATTER = late(
    r"(?<!\w)(?:giá trị (?:sản xuất|xuất khẩu|tăng thêm)|thu (?:ngân sách|nhập)|kim ngạch|doanh thu|doanh số|tổng mức"
    r"|sản lượng|năng suất|grdp|tổng sản phẩm|tăng trưởng|khách (?:du lịch|quốc tế)|lượng khách|tội phạm|tai nạn"
    r"|hộ nghèo|giá tiêu dùng|vốn đầu tư|tỉ lệ hộ)(?!\w)[^;.]{0,60}$"
)
_OPENS_COMPARISON = late(
    r"(?:so|so với|so sánh với|đối chiếu với) (?:cùng |năm |tháng |quí |kì |\d+ tháng )[^,;:]{0,40},? ?$"
)


#: "Số vụ phát hiện là 47 vụ. Như vậy giảm 21,7%" goes on with what was told last.
_SO_IT = late(r"(?:như vậy|như thế|tức là)(?: là)?,? (?:đã |cũng )?$")


def _compared_whole(
    folded: str, start: int, at: int, group: list[comparisons.Change], told: list[list[Draft]]
) -> list[Draft]:
    """Return what the sentence before counted: "tiếp 866 lượt/964 lượt người. So cùng kỳ giảm 146 lượt, 127 người"."""
    if _SO_IT.fullmatch(folded, start, at):
        return [d for d in told[0][-1:] if d.comparison is None and not d.earlier]
    if not _OPENS_COMPARISON.fullmatch(folded, start, at):
        return []
    free = [d for d in told[0] if d.comparison is None and not d.earlier]
    nouns = [_noun_of(folded, change) for change in group]
    found = [
        next((d for d in free if noun and (_unit_text(folded, d) or "").startswith(noun)), None)
        for noun in nouns
    ]
    return [d for d in found if d] if all(found) else []


def _alike_told(folded: str, group: list[comparisons.Change], told: list[Draft]) -> list[Draft]:
    """Return what the sentence before counted in the nouns of changes: "So với năm 2018, đơn tăng 45 đơn"."""
    found: list[Draft] = []
    for change in group:
        noun = _noun_of(folded, change)
        alike = [
            d
            for d in told
            if noun
            and change.figure
            and "percent" not in change.figure.classes
            and d.comparison is None
            and not d.earlier
            and f"{_unit_text(folded, d) or ''} ".startswith(f"{noun} ")
            and d.figure.number.value > change.figure.number.value
        ]
        found += [max(alike, key=lambda draft: draft.figure.number.value)] if alike else []
    return found if len(found) == len(group) else []


def _noun_of(folded: str, change: comparisons.Change) -> str:
    unit = change.figure.unit if change.figure else None
    return folded[unit[0] : unit[1]].split(" tiếp", maxsplit=1)[0] if unit else ""


def _told(
    folded: str, start: int, at: int, told: list[list[Draft]], group: list[comparisons.Change]
) -> list[Draft]:
    """Return the figure of a sentence before that a change with a subject of its own is about.

    "So với cùng kỳ, số lượt giảm 7,3%, số người giảm 6,8%" tells no levels: they stand in the sentence before.
    """
    named = _NAMED.search(folded, start, at) if told else None
    if not named:
        return _compared_whole(folded, start, at, group, told) if told else []
    noun = named.group("noun")
    untied = [d for drafts in told for d in drafts if d.comparison is None and not d.earlier]
    if found := _named_in_full(folded, at, untied):
        return [found]
    for drafts in told:
        for draft in drafts:
            unit = (_unit_text(folded, draft) or "").split(" ")[0]
            whole = unit != "đơn" or draft.decision.code == "petitions_received"
            if unit == noun and whole and draft.comparison is None and "resolved" not in draft.decision.code:
                return [_largest(draft, told)]
    return []


def _largest(part: Draft, told: list[list[Draft]]) -> Draft:
    """Return the total told before its parts: "tiếp 2.318 lượt. Cụ thể, tiếp thường xuyên 1.611 lượt"."""
    alike = (part.decision.code, part.period, part.territory)
    alike_told = [
        d
        for drafts in told[:_ITEMS]
        for d in drafts
        if (d.decision.code, d.period, d.territory) == alike and d.comparison is None
    ]
    return max([part, *alike_told], key=lambda draft: (draft.figure.number.value, -draft.figure.start))


def _tie_times(
    folded: str, sentence: Sentence, drafts: list[Draft], changes: list[comparisons.Change]
) -> None:
    """Tie changes such as "gấp 2 lần năm 2022", "số tiền thu hồi tăng gấp đôi"."""
    text = folded[sentence.start : sentence.end]
    if "gấp" not in text and not (" lần" in text and ("tăng " in text or "bằng " in text)):
        return
    told = {change.at for change in changes}
    for start, times, base in comparisons.find_times(folded, sentence.start, sentence.end):
        behind = [d for d in drafts if d.figure.start < start and not d.earlier]
        level = _level_told_of(folded, behind, start) if behind and start not in told else None
        if level and level.comparison is None:
            against = when.baseline_of(base, level.period) if base else None
            level.comparison = Comparison("increase", times, "lần", against)


def _level_told_of(folded: str, behind: list[Draft], at: int) -> Draft | None:
    """Return the level a change is told of: the last before it, or the last with the noun that is named ahead of it."""
    subject = _SUBJECT_OF_CHANGE.search(folded, behind[-1].figure.end, at)
    if subject is None:
        return behind[-1] if is_told_of(folded, behind[-1], at) else None
    named = [d for d in behind if (_unit_text(folded, d) or "").startswith(_noun(subject))]
    return named[-1] if named else None


def _noun(subject: re.Match[str]) -> str:
    """Return the noun a subject counts; money is counted in đồng."""
    return "đồng" if subject["noun"] in {"tiền", "kinh"} else subject["noun"]


def _tie_fractions(folded: str, sentence: Sentence, drafts: list[Draft]) -> None:
    """Tie changes such as "giảm 1/3 số vụ"."""
    if not sentence.cues & _FRACTIONS:
        return
    for start, end, change in comparisons.find_fractions(folded, sentence.start, sentence.end):
        behind = [d for d in drafts if d.figure.start < start and d.comparison is None and not d.earlier]
        named = _NAMED_UNIT.match(folded[end : end + 24])
        alike = [d for d in behind if named and _unit_text(folded, d) == named.group(1)]
        level = alike[-1] if alike else _level_told_of(folded, behind, change.at) if behind else None
        if level:
            named_base = comparisons.baseline_text(folded, start, sentence.end)
            against = when.baseline_of(named_base, level.period) if named_base else None
            level.comparison = Comparison(change.direction, None, None, against)


def _announces(
    folded: str, figures: list[Figure], at: int, group: list[comparisons.Change], ahead: Draft
) -> bool:
    """Whether a change with its own subject leads to the level behind it: "số đơn giảm 8%, còn 1.240 đơn"."""
    last = max((c.figure.number.digits_end for c in group if c.figure), default=at)
    between = folded[last : ahead.figure.start]
    if _WITH.fullmatch(between) and comparisons.leads_over(figures, ahead.figure, at):
        return True
    start = ahead.figure.sentence.start
    return bool(_SUBJECT.search(folded, start, at) and _SO_THAT.fullmatch(between))


def _unit_text(folded: str, draft: Draft) -> str | None:
    unit = draft.figure.unit
    return folded[unit[0] : unit[1]] if unit else None


def _tie_group(
    folded: str, group: list[comparisons.Change], pool: list[Draft], near: list[Draft], reach: list[Draft]
) -> None:
    levels, shares = _split_changes(folded, group)
    free = [d for d in pool if d.comparison is None]
    baseline_text = next((c.baseline for c in group if c.baseline), None)
    targets = _targets(folded, levels, free)
    for index, (change, told) in enumerate(zip(levels, targets, strict=False)):
        draft = _fitting(folded, change, shares[index : index + 1], told, reach)
        targets[index] = draft
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
            named = _named_by_share(folded, free, change)
            draft = named if named and named.comparison is None else draft
            draft.comparison = _comparison(folded, change, draft, baseline_text)
        elif free:
            rates = [d for d in near if "percent" in d.figure.classes and d.comparison is None]
            target = (
                rates[-1]
                if rates
                else _fitting(folded, None, [change], _headline(folded, free, change), reach)
            )
            target.comparison = _comparison(folded, change, target, baseline_text)


def _fitting(
    folded: str,
    change: comparisons.Change | None,
    shares: list[comparisons.Change],
    chosen: Draft,
    reach: list[Draft],
) -> Draft:
    """Return the level that a change fits by what is told beside it; ``chosen`` where nothing tells otherwise."""
    first = change or shares[0]
    assert first.figure is not None
    sentence = first.figure.sentence
    share = next((c.figure for c in shares if c.figure and "percent" in c.figure.classes), None)
    alike = [d for d in reach if d.figure.classes & chosen.figure.classes]
    earlier = [d.figure.number.value for d in alike if d.earlier and d.figure.sentence == sentence]
    stated = fitting_changes.Stated(
        first.direction,
        change.figure.number.value if change and change.figure else None,
        share.number.value if share else None,
        _decimals(folded, share) if share else 0,
        earlier[0] if len(earlier) == 1 else None,
    )
    free = [d for d in alike if d.comparison is None and not d.earlier]
    return fitting_changes.fitting(stated, chosen, free)


def _decimals(folded: str, figure: Figure) -> int:
    written = folded[figure.number.start : figure.number.digits_end]
    return len(written) - 1 - max(written.rfind(","), written.rfind(".")) if set(written) & {",", "."} else 0


#: What is told second of a pair: the visits are what a percentage behind both speaks of.
_SECOND = frozenset({"reception_people", "reception_cases"})


#: "tổ chức tăng 7,8%", "tăng 18,1% tổ chức đảng và 15,7% đảng viên"
_NOUN_AHEAD = late(r"[(,;] ?(?:số )?(?P<noun>[^\W\d]+(?: [^\W\d]+)?)(?: [^\W\d]+)? $")
_NOUN_BEHIND = late(r" (?:số )?(?P<noun>[^\W\d]+(?: (?!(?:và|so|với|trong|hơn)(?!\w))[^\W\d]+)?)")


def _headline(folded: str, free: list[Draft], change: comparisons.Change) -> Draft:
    """Return the level that a percentage behind several is about: the visits of "120 lượt với 140 người, tăng 9%"."""
    target = free[-1]
    if named := _named_by_share(folded, free, change):
        return named
    if target.decision.code in _SECOND:
        pair = [
            d
            for d in free
            if d.decision.code == "reception_visits" and target.figure.start - d.figure.end < 60
        ]
        return pair[-1] if pair else target
    return _whole_of(target, free, change.at) if ";" in folded[target.figure.end : change.at] else target


def _named_by_share(folded: str, free: list[Draft], change: comparisons.Change) -> Draft | None:
    """Return the level whose noun stands beside a percentage, the whole of it where a part is counted too."""
    assert change.figure is not None
    for match in (
        _NOUN_BEHIND.match(folded, change.figure.end),
        _NOUN_AHEAD.search(folded, max(0, change.at - 40), change.at),
    ):
        if match is None:
            continue
        nouns = (f"{match['noun']} ", f"lượt {match['noun']} ")
        named = [d for d in free if f"{_unit_text(folded, d) or ''} ".startswith(nouns)]
        if named:
            return max(named, key=lambda draft: draft.figure.number.value)
    return None


def _split_changes(
    folded: str, group: list[comparisons.Change]
) -> tuple[list[comparisons.Change], list[comparisons.Change]]:
    """Part the amounts of a group of changes from its percentages and multiples."""
    levels: list[comparisons.Change] = []
    shares: list[comparisons.Change] = []
    for change in group:
        if change.figure:
            unit = change.figure.unit
            relative = "percent" in change.figure.classes or (
                unit is not None and _RELATIVE.match(folded, *unit) is not None
            )
            (shares if relative else levels).append(change)
    return levels, shares


def _named_alike(folded: str, change: comparisons.Change, free: list[Draft]) -> list[Draft]:
    """Return the levels whose noun begins like that of a change: "6 đoàn đông người …, tăng 2 đoàn"."""
    figure = change.figure
    if figure is None or figure.unit is None:
        return []
    noun = folded[figure.unit[0] : figure.unit[1]] + " "
    return [d for d in free if f"{_unit_text(folded, d) or ''} ".startswith(noun)]


def _targets(folded: str, levels: list[comparisons.Change], free: list[Draft]) -> list[Draft]:
    """Match changes with levels: by unit, else the last ones in order."""
    targets: list[Draft] = []
    rest = list(free)
    for index, change in enumerate(levels):
        classes = change.figure.classes if change.figure and change.figure.unit else set()
        alike = _named_alike(folded, change, rest)
        same = alike if len(alike) == 1 else [d for d in rest if d.figure.classes & classes] or alike
        chosen: Draft | None = None
        named = _named_in_full(folded, change.at, same) if same else _counted_by_subject(folded, change, rest)
        if named:
            chosen = named
        elif same:
            # Of several levels with the unit of a list of changes, the last ones are meant, in order.
            later = sum(1 for c in levels[index + 1 :] if c.figure and c.figure.classes & classes)
            chosen = same[max(0, len(same) - 1 - later)]
        elif counts := [d for d in rest if not classes or "percent" not in d.figure.classes]:
            chosen = _whole_of(counts[max(0, len(counts) - (len(levels) - index))], counts, change.at)
        if chosen is not None:
            rest.remove(chosen)
            targets.append(chosen)
    return targets


def _named_in_full(folded: str, at: int, levels: list[Draft]) -> Draft | None:
    """Return the one of several levels that a change's subject names: "…, số vụ hòa giải thành giảm 71 vụ"."""
    subject = _COUNTED_SUBJECT.search(folded, max(0, at - 60), at) if len(levels) > 1 else None
    if subject is None:
        return None
    told = [d for d in levels if subject["what"] in folded[d.figure.lead_start : d.figure.own_end]]
    return told[0] if len(told) == 1 else None


def _counted_by_subject(folded: str, change: comparisons.Change, levels: list[Draft]) -> Draft | None:
    """Return the level whose noun the subject of a bare change names: "…; số lượt nhiều hơn 318"."""
    if change.figure is None or change.figure.unit:
        return None
    subject = _SUBJECT_OF_CHANGE.search(folded, max(0, change.at - 60), change.at)
    if subject is None:
        return None
    noun = _noun(subject)
    return next((d for d in levels if f"{_unit_text(folded, d) or ''} ".startswith(f"{noun} ")), None)


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
    against = when.baseline_of(text, draft.period) if text else None
    amount = figure.number.value if change.amount is None else change.amount
    # A year named ahead of level and change alike is their own.
    return Comparison(change.direction, amount, unit, against if against != draft.period else None)
