"""Parts told by who did them: "Tỉnh ủy ban hành 9 văn bản, UBND tỉnh 17" leaves out what both make together."""

from __future__ import annotations

import re
from itertools import pairwise

from coso.late_patterns import late
from extraction.document import Draft

#: What several bodies of a territory do side by side.
_SHARED = (
    "documents_issued",
    "front_supervision_",
    "social_criticism_",
    "training_",
    "outreach_",
    "democracy_",
)
#: A body and, behind it, the tier or name it is told apart by.
_BODY = late(
    r"(?<!\w)(?P<kind>(?:tỉnh|thành|huyện|quận|thị|đảng) ủy|cấp ủy"
    r"|(?P<front>(?:ủy ban |ub)?(?:mttq|mặt trận(?: tổ quốc)?)(?: việt nam)?)|ubnd|ủy ban nhân dân|hđnd"
    r"|hội đồng nhân dân|ban chỉ đạo|bcđ|(?:các )?đoàn thể|tổ chức chính trị - xã hội|liên đoàn lao động|lđlđ|công đoàn"
    r"|hội (?:nông dân|phụ nữ|lhpn|liên hiệp phụ nữ|cựu chiến binh|ccb)|đoàn thanh niên|tỉnh đoàn|phòng tư pháp"
    r"|sở tư pháp|sở nội vụ)(?!\w)(?P<of>[^,;.()\d]{0,12})"
)
#: "MTTQ huyện và các đoàn thể chủ trì 96 cuộc", "Mặt trận phối hợp với UBND giám sát 12 cuộc"
_TOGETHER = late(
    r"(?<!\w)(?:và|cùng|phối hợp|với) (?:với |các )*(?:tổ chức|đoàn thể|ubnd|hđnd|mttq|mặt trận|hội)(?!\w)"
)
_ALL_TIERS = "các cấp"
_OPENS_PARTS = late(r"(?<!\w)(?:trong đó|gồm|riêng|trong số)(?!\w)|[:(]")


def mark_actors(folded: str, drafts: list[Draft]) -> None:
    """Mark the figures of one metric, place and period of which each names another body as parts."""
    shared = [d for d in drafts if d.decision.code.startswith(_SHARED) and not d.earlier]
    for first, second in pairwise(shared):
        if first.figure.sentence is not second.figure.sentence or "percent" in second.figure.classes:
            continue
        same = (first.decision.code, first.territory, first.period) == (
            second.decision.code, second.territory, second.period
        )  # fmt: skip
        if same and _by_different_bodies(folded, first, second):
            first.subset = second.subset = True


def _by_different_bodies(folded: str, first: Draft, second: Draft) -> bool:
    one = _body(folded, first.figure.sentence.start, first)
    other = _body(folded, first.figure.end, second)
    if one is None or other is None or _OPENS_PARTS.search(folded, first.figure.end, second.figure.start):
        return False
    if one["kind"] != other["kind"] and not (one["front"] and other["front"]):
        return True
    return one["of"] != other["of"] and _ALL_TIERS not in one["of"] + other["of"]


def _body(folded: str, start: int, draft: Draft) -> re.Match[str] | None:
    """Return the body named last ahead of a figure, behind the number before it; none where several acted together."""
    opened = max(folded.rfind(";", start, draft.figure.start), start)
    found = list(_BODY.finditer(folded, opened, draft.figure.start))
    if not found or _TOGETHER.search(folded, opened, draft.figure.start):
        return None
    return found[-1]
