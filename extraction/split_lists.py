"""Lists that split one figure by tiers or by kinds: the first item is a part of it as the others are."""

from __future__ import annotations

from itertools import groupby, pairwise

from coso.late_patterns import late
from extraction.document import Draft

#: What opens the parts of a total told before it.
_OPENS_PARTS = late(r"trong đó|gồm|riêng|trong số|trong khi|[:(\n]|như ")
_WHOLE = late(
    r"(?<!\w)(?:toàn (?:tỉnh|huyện|thành phố|thị xã|quận|xã|ngành)|tổng|các cấp|bình quân|chung)(?!\w)"
)
#: A body of the territory itself: "Thanh tra tỉnh", "Ban Chỉ đạo thực hiện dân chủ ở cơ sở tỉnh", "cấp tỉnh".
_OWN_BODY = late(
    r"(?<!\w)(?:cấp|ban chỉ đạo|bcđ|thanh tra|ubnd|ủy ban nhân dân|ubkt|ủy ban kiểm tra|mttq|mặt trận tổ quốc"
    r"|(?:ban|trụ sở) tiếp công dân|lãnh đạo|hội đồng phối hợp)(?: (?!các |cấp )[^\W\d]+){0,9}? "
    r"(?P<kind>tỉnh|thành phố|huyện|quận|thị xã)(?!\w)"
)
#: What the tier below did: "các huyện, thị xã, thành phố tổ chức", "Ban Chỉ đạo các huyện", "UBND các xã".
_LOWER_BODIES = late(
    r"(?<!\w)(?:ban chỉ đạo|bcđ|thanh tra|ubnd|ủy ban nhân dân|ubkt|mttq|và|còn|tại)? ?(?:các|\d+)"
    r" (?P<kind>huyện|quận|thị xã|xã|phường)(?:(?:,| và) (?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu))*"
    r"(?= (?:đã |cũng |còn )?(?:tổ chức|tiếp|kiểm tra|tiến hành|thực hiện|triển khai|mở|thành lập|giải quyết|nhận|làm)"
    r"(?!\w))"
)
_BELOW = {
    "province": {
        "huyện": "district",
        "quận": "district",
        "thị xã": "district",
        "xã": "commune",
        "phường": "commune",
    },
    "district": {"xã": "commune", "phường": "commune"},
}
_OWN = {
    "province": frozenset({"tỉnh", "thành phố"}),
    "district": frozenset({"huyện", "quận", "thị xã", "thành phố"}),
}
#: Codes whose units stand side by side: "kiểm tra tại 6 xã, 4 cơ quan và 2 doanh nghiệp".
_OF_UNITS = ("democracy_units_inspected", "state_units_inspected")
_KIND = late(r"khiếu nại|tố cáo|kiến nghị|phản ánh")
_JOINS = frozenset({",", "và", ", và"})


def mark_split_lists(folded: str, drafts: list[Draft]) -> None:
    """Mark the items of such lists as parts."""
    for _, found in groupby(drafts, key=lambda draft: id(draft.figure.sentence)):
        line = [draft for draft in found if not draft.earlier and draft.territory]
        if len(line) > 1:
            _mark_tiers(folded, line)
            _mark_units(folded, line)
            _mark_kinds(folded, [draft for draft in line if draft.decision.code == "reception_cases"])


def _mark_tiers(folded: str, line: list[Draft]) -> None:
    """Mark what a territory's own body did beside what the tier below did, and the latter."""
    tiers = [_tier_below(folded, draft) for draft in line]
    for lower, tier in zip(line, tiers, strict=True):
        if tier is None:
            continue
        for other, beside in zip(line, tiers, strict=True):
            if beside is None and _same(other, lower) and _is_beside(folded, other, lower):
                other.subset = lower.subset = True
                lower.tier = lower.tier or tier


def _mark_units(folded: str, line: list[Draft]) -> None:
    """Mark the first of several kinds of units: "6 xã, 4 cơ quan và 2 doanh nghiệp"."""
    for first, second in pairwise(line):
        joined = folded[first.figure.own_end : second.figure.start].strip() in _JOINS
        if joined and second.subset and first.decision.code in _OF_UNITS and _same(first, second):
            first.subset = True


def _mark_kinds(folded: str, cases: list[Draft]) -> None:
    """Mark cases at reception by kind: "khiếu nại 412 vụ, tố cáo 88 vụ, kiến nghị, phản ánh 1.021 vụ"."""
    kinds = {id(draft): _kind(folded, draft) for draft in cases}
    if len({kind for kind in kinds.values() if kind}) > 1:
        for draft in cases:
            draft.subset = draft.subset or bool(kinds[id(draft)])


def _kind(folded: str, draft: Draft) -> str | None:
    """Return the one kind of petition that a figure is limited to."""
    figure = draft.figure
    named = {match.group() for match in _KIND.finditer(folded, figure.lead_start, figure.own_end)}
    if named & {"kiến nghị", "phản ánh"}:
        return None if named - {"kiến nghị", "phản ánh"} else "phản ánh"
    return named.pop() if len(named) == 1 else None


def _same(draft: Draft, other: Draft) -> bool:
    return (draft.decision.code, draft.territory, draft.period) == (
        other.decision.code,
        other.territory,
        other.period,
    )


def _clause(draft: Draft) -> tuple[int, int]:
    """Return where the clause of a figure begins and where the figure does."""
    return draft.figure.clause_start, draft.figure.start


def _tier_below(folded: str, draft: Draft) -> str | None:
    """Return the tier below the territory that a figure is of, None where none is named."""
    level = draft.territory.level if draft.territory else None
    below = _BELOW.get(level or "")
    if below is None:
        return None
    if draft.tier is not None:
        return draft.tier if draft.tier in below.values() else None
    bodies = [match["kind"] for match in _LOWER_BODIES.finditer(folded, *_clause(draft))]
    return below.get(bodies[-1]) if bodies else None


def _is_beside(folded: str, draft: Draft, lower: Draft) -> bool:
    """Whether a figure stands beside what the tier below did, and is not the total of both."""
    figure, level = draft.figure, draft.territory.level if draft.territory else None
    opened, start = _clause(draft)
    if draft.tier == level and folded.find("các cấp", opened, start) == -1:
        return not _WHOLE.search(folded, figure.lead_start, start)
    if _WHOLE.search(folded, opened, start):
        return False
    below = max(_clause(lower)[0], figure.end)
    if _OPENS_PARTS.search(folded, below, lower.figure.start):
        return False
    if any(body["kind"] in _OWN[level or ""] for body in _OWN_BODY.finditer(folded, opened, start)):
        return True
    apart = opened != _clause(lower)[0]
    return apart and "percent" not in figure.classes and figure.number.value < lower.figure.number.value
