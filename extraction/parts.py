"""Parts of totals, as-of figures and the tier that acted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coso.dictionary import load_metrics

if TYPE_CHECKING:
    from extraction.reader import Draft

_TIERS = {
    "trung ương": "national", "tỉnh": "province", "thành phố": "province", "huyện": "district", "quận": "district",
    "xã": "commune", "phường": "commune", "cơ sở": "commune",
}  # fmt: skip
_TIER = re.compile(
    r"(?<!\w)(?:cấp |khối |ở cấp )(trung ương|tỉnh|thành phố|huyện|quận|xã|phường|cơ sở)(?!\w)"
)
_BARE_TIER = re.compile(
    r"[\s,;:(–-]*(?:và |ở |riêng |trong đó |còn )?(trung ương|tỉnh|huyện|xã|phường|cơ sở)(?: có| "
    r"là)?\s*(?:hơn |gần |trên )?"
)
_DATED = re.compile(r"(?:năm|tháng|quí|ngày|sáng|chiều|từ|đến) [\d/.-]+|\d+ tháng")
_NOW = re.compile(
    r"(?<!\w)(?:hiện có|hiện nay|đến nay|hiện|đang có hiệu lực|còn hiệu lực|tính đến|đang)(?!\w)"
)
_NEW = re.compile(
    r"(?<!\w)(?:kí mới|thành lập mới|mới thành lập|xây dựng mới|trong năm xây dựng|mới được kí|thêm)(?!\w)"
)
#: Codes whose one figure for complaints, or for denunciations, alone is a part.
_BOTH_KINDS = frozenset(
    {"petitions_upheld", "petitions_partly_upheld", "petitions_not_upheld", "petitions_withdrawn"}
)


#: Kinds that a figure of a metric may be limited to.
_ONE_KIND = {
    "state_inspections": re.compile(r"hành chính|chuyên ngành|trách nhiệm|đột xuất"),
    "labour_conference_rate": re.compile(r"nhà nước|fdi|tư nhân"),
    "workplace_dialogue_rate": re.compile(r"nhà nước|fdi|tư nhân"),
    "collective_agreements": re.compile(r"kí mới|mới kí|mới được kí|mới có"),
}
_GIVEN = frozenset({"land_donated", "cash_contributions", "workdays_contributed", "road_length_built"})
_GIVERS = re.compile(
    r"(?<!\w)(?:hội viên|hội nông dân|hội phụ nữ|hội cựu chiến binh|đoàn viên|đoàn thanh niên|hội lhpn"
    r"|hộ ông|hộ bà|ông|bà(?! con))(?!\w)"
)


def parts_and_stocks(folded: str, drafts: list[Draft]) -> None:
    """Mark the drafts that are parts of their metric and those that are as-of figures."""
    totals: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = (draft.decision.code, draft.territory, draft.period)
        draft.tier = _tier(folded, draft)
        draft.stock = _is_stock(folded, draft)
        draft.subset = _is_part(folded, draft, totals.get(key))
        if not draft.earlier:
            totals.setdefault(key, draft)


def _tier(folded: str, draft: Draft) -> str | None:
    figure = draft.figure
    lead = folded[figure.lead_start : figure.start]
    match = _BARE_TIER.fullmatch(lead)
    if match:
        return _TIERS[match.group(1)]
    own = list(_TIER.finditer(folded, figure.lead_start, max(figure.own_end, figure.end)))
    if own:
        return _TIERS[own[-1].group(1)]
    start = max(folded.rfind(";", figure.sentence.start, figure.start) + 1, figure.sentence.start)
    carried = list(_TIER.finditer(folded, start, figure.lead_start))
    # "từ cấp tỉnh đến cấp xã" names no one tier; a list of tiers belongs to its own numbers.
    if len(carried) != 1 or re.search(r"\d", _DATED.sub("", folded[start : carried[0].start()])):
        return None
    return _TIERS[carried[0].group(1)]


def _is_stock(folded: str, draft: Draft) -> bool:
    metric = load_metrics()[draft.decision.code]
    sentence = folded[draft.figure.sentence.start : draft.figure.start]
    lead = folded[draft.figure.lead_start : draft.figure.start]
    if metric.kind == "stock":
        if metric.code == "skillful_mobilization_models":
            return bool(_NOW.search(sentence) or _NOW.search(folded, draft.figure.end, draft.figure.own_end))
        return not _NEW.search(lead)
    return metric.kind == "rate" and metric.code.endswith("coverage_rate") and bool(_NOW.search(sentence))


def _is_part(folded: str, draft: Draft, total: Draft | None) -> bool:  # noqa: PLR0911 - one return a case
    """Whether a draft is a part; ``total`` is the first draft of its metric, place and period."""
    if draft.earlier:
        return False
    if draft.decision.code in _BOTH_KINDS:
        return True
    if draft.decision.subset and (total is not None or draft.decision.rule != "continuation"):
        return True
    if draft.tier is not None and draft.territory and draft.tier != draft.territory.level:
        return True
    own = folded[draft.figure.lead_start : max(draft.figure.own_end, draft.figure.end)]
    if (one_kind := _ONE_KIND.get(draft.decision.code)) and one_kind.search(own):
        return True
    if draft.decision.code in _GIVEN and _GIVERS.search(
        folded, draft.figure.sentence.start, draft.figure.start
    ):
        return True
    # After a total of the same metric, place and period, what is not larger is a part of it.
    return total is not None and total.figure.number.value >= draft.figure.number.value
