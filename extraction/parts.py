"""Parts of totals, as-of figures and the tier that acted."""

from __future__ import annotations

from itertools import pairwise

from coso.dictionary import load_metrics
from coso.late_patterns import late
from extraction.actors import mark_actors
from extraction.cues import cue
from extraction.document import Draft
from extraction.figures import Figure
from extraction.patterns import whole_words
from extraction.split_lists import mark_split_lists

_TIERS = {
    "trung ương": "national", "tỉnh": "province", "thành phố": "province", "huyện": "district", "quận": "district",
    "xã": "commune", "phường": "commune", "cơ sở": "commune",
}  # fmt: skip
#: The same named by the kinds of its units: "riêng cấp thành phố 9, quận huyện 41, xã phường 108".
_TIERS_BY_UNITS = {
    **dict.fromkeys(("quận huyện", "quận, huyện", "huyện, thị xã", "huyện, thành phố"), "district"),
    **dict.fromkeys(("xã phường", "xã, phường", "xã, phường, thị trấn", "xã, thị trấn"), "commune"),
}
#: Not "MTTQ các cấp tỉnh An Giang": all of them, of that province.
_TIER = late(
    r"(?<!\w)(?<!các )(?:cấp |khối |ở cấp )(trung ương|tỉnh|thành phố|huyện|quận|xã|phường|cơ sở)(?!\w)"
)
_TIER_WORDS = cue("cấp ", "khối ")
_BARE_TIER = late(
    r"[\s,;:(–-]*(?:và |ở |riêng |trong đó |còn )?"
    rf"({'|'.join(sorted(_TIERS_BY_UNITS, key=len, reverse=True))}|trung ương|tỉnh|huyện|xã|phường|cơ sở)"
    r"(?: có| là)?\s*(?:hơn |gần |trên )?"
)
_DATED = late(r"(?:năm|tháng|quí|ngày|sáng|chiều|từ|đến) [\d/.-]+|\d+ tháng")
_DIGIT = late(r"\d")
_ON_TIME = late(r"(?:đúng|trước) (?:thời )?hạn")
_NOW = late(whole_words(r"hiện có|hiện nay|đến nay|hiện|đang có hiệu lực|còn hiệu lực|tính đến|đang"))
_NEW = late(
    whole_words(r"kí mới|thành lập mới|mới thành lập|xây dựng mới|trong năm xây dựng|mới được kí|thêm")
)
#: Codes whose one figure for complaints, or for denunciations, alone is a part.
_BOTH_KINDS = frozenset(
    {"petitions_upheld", "petitions_partly_upheld", "petitions_not_upheld", "petitions_withdrawn"}
)


#: Kinds that a figure of a metric may be limited to.
_ONE_KIND = {
    "dialogue_sessions": late(r"hội nghị (?:định kì|đột xuất)"),
    "state_inspections": late(r"hành chính|chuyên ngành|trách nhiệm|đột xuất"),
    "labour_conference_rate": late(r"nhà nước|fdi|tư nhân"),
    "workplace_dialogue_rate": late(r"nhà nước|fdi|tư nhân"),
    # Before time alone; "đúng và trước hạn" is the whole of the rate.
    "dossier_on_time_rate": late(
        r"(?<!đúng và )(?<!đúng, )(?<!đúng/)(?<!hạn và )(?<!hạn, )(?<!hẹn và )(?<!hẹn, )(?<!hoặc )"
        r"(?:trước|sớm) (?:thời )?(?:hạn|hẹn)(?!(?:,| và|/| hoặc) ?(?:đúng|trước|sớm))"
    ),
    "collective_agreements": late(r"kí mới|mới kí|mới được kí|mới có"),
}
#: Between the counts of two kinds of inspections.
_LISTS_KINDS = late(
    r" cuộc(?: (?:thanh tra|kiểm tra|hành chính|chuyên ngành|trách nhiệm|theo kế hoạch|đột xuất))*"
    r"(?:, (?:kiểm tra )?chuyên ngành)?(?:,|;| và)[^\d;,]{0,24}"
)
_KIND_AHEAD = late(r"chủ trì|phối hợp|định kì|đột xuất|thường xuyên|trực tiếp|đang|chưa|mới")
_GIVEN = frozenset(
    {
        "land_donated",
        "cash_contributions",
        "workdays_contributed",
        "road_length_built",
        "contributions_value",
        "households_donating_land",
    }
)
_GIVERS = late(
    whole_words(
        r"hội viên|hội nông dân|hội phụ nữ|đoàn viên|đoàn thanh niên|hội lhpn"
        r"|hộ ông|hộ bà|ông|bà(?! con)|anh(?! em)|chị|vợ chồng"
        r"|một mình|già làng|người cao tuổi|cựu chiến binh",
        before="theo ",
    )
)
#: "Ông X, Bí thư Đảng ủy xã, cho biết nhân dân hiến 2 ha đất": who tells of a gift has not given it, bar his own.
_QUOTES = late(
    r"(?<!\w)(?:cho biết|cho hay|chia sẻ|thông tin|khẳng định|trao đổi|báo cáo|nói|kể(?! cả| từ))(?= rằng|[ ,:])"
)
_OWN_GIFT = late(r"(?<!\w)(?:(?<!chúng )tôi|(?:gia đình|nhà) mình)(?!\w)")


#: Done by communes alone, so that "cấp xã" beside them does not make a part.
_OF_COMMUNES = ("people_inspection_", "investment_supervision_", "opinion_consultations", "consultation_opinions",
                "people_decided_items", "village_", "friendly_government_communes", "mediation_teams")  # fmt: skip
#: One office of several that receive, decide or supervise for a territory.
_ONE_OFFICE = late(
    r"(?:(?<!phó )chủ tịch ubnd (?:tỉnh|thành phố|huyện|thị xã|quận|các (?:xã|huyện|phường))"
    r"|bí thư (?:tỉnh|thành|huyện|thị|quận) ủy|giám đốc (?:các )?sở"
    r"|lãnh đạo (?:tỉnh|thành phố|huyện|ubnd tỉnh)|thủ trưởng"
    r"|(?:các|\d+) (?:sở|huyện|quận)(?:(?:,| và) (?:ban|ngành|quận|huyện|thị xã|thành phố))*(?= (?:đã )?tiếp)"
    r"|(?:ban|trụ sở|phòng) tiếp công dân)(?!(?: tỉnh| huyện| thành phố)? (?:các|và) )"
    # Who only tells the figures is no part of those who received.
    r"(?![^.;\d]{0,48} (?:cho biết|cho hay|khẳng định|nhấn mạnh))"
)
_BY_OFFICE = ("reception_", "leader_reception_visits")
#: One channel of a feedback system.
_ONE_CHANNEL = late(
    r"(?<!\w)(?:(?:qua|trên) (?:kênh |trang |ứng dụng |app |phần mềm )?"
    r"(?:zalo|facebook|email|app|ứng dụng|hue-s|website|điện thoại)"
    r"|(?:ứng dụng|app|kênh|trang|fanpage) [\w -]{2,24} (?:đã )?(?:tiếp nhận|ghi nhận|nhận)"
    r"|đường dây nóng|hotline|hue-s|ihanoi|chatbot)(?!\w)"
)
_ALONE = late(
    r"(?<!\w)riêng (?:mttq|mặt trận|hội |đoàn |liên đoàn|công đoàn|sở |ban (?!hành)|ngành|công an|ubkt|hđnd"
    r"|cấp ủy|thanh tra)"
)
_ALONE_WORDS = cue("riêng ")
#: Several places of a territory, named before: "các ban ở những nơi vừa nêu".
_SOME_PLACES = late(r"(?:ở|tại) (?:những|các|mấy) nơi (?:vừa nêu|nói trên|kể trên|này|đó|ấy|trên)(?!\w)")
_PLACES_WORDS = cue("nơi ")
#: People and matters received, which a leader's reception has a part of.
_RECEIVED = frozenset({"reception_people", "reception_cases", "reception_groups", "reception_group_people"})
_PAIRED = frozenset(
    {
        ("reception_groups", "reception_group_people"),
        ("reception_visits", "reception_people"),
        ("dossiers_received", "dossier_on_time_rate"),
        ("dossiers_resolved", "dossier_on_time_rate"),
        ("labour_conferences", "labour_conference_rate"),
    }
)
#: How near a figure stands to the part it tells of, in characters.
_NEAR = 60
_OF_PARTY = (
    "party_orgs_inspected",
    "party_members_inspected",
    "party_orgs_supervised",
    "party_members_supervised",
)
_COMMISSION = late(r"(?<!\w)(?:ubkt|ủy ban kiểm tra|dấu hiệu vi phạm)(?!\w)")
#: "tiếp nhận 426 vụ, đưa ra hòa giải 410 vụ, thành 352 vụ": of all that were taken in so many were settled.
_TAKEN_UP = late(r"(?<!\w)(?:đưa ra|tiến hành|tổ chức|đã) hòa giải(?: được)? $")
_FORMS = late(r"(?<!\w)(?:khiển trách|cảnh cáo|cách chức|khai trừ)(?!\w)")
#: Societies, whose doing is a part of what is done in a territory.
_SOCIETY = late(
    r"(?<!chi )(?<!với )(?<!cùng )(?<!và )(?<!\w)(?:(?:các cấp )?hội (?:nông dân|nd|phụ nữ|lhpn|liên hiệp phụ nữ"
    r"|cựu chiến binh|ccb|luật gia|người cao tuổi)|tỉnh đoàn|huyện đoàn|đoàn thanh niên|ban công tác mặt trận"
    r"|hội viên)(?!\w)"
)
#: Unions, whose supervision is a part of that of the Front and its societies.
_UNION = late(r"(?<!\w)(?:liên đoàn lao động|lđlđ|công đoàn(?! cơ sở))(?!\w)")
_OTHER_ACTOR = late(
    r"(?<!\w)(?:mttq|mặt trận tổ quốc|ubnd|ủy ban nhân dân|ban thanh tra nhân dân|ban ttnd|bttnd|ban giám sát đầu tư"
    r"|ban gsđtcđ|cấp ủy|toàn (?:tỉnh|huyện|xã)|tổ hòa giải|các tổ)(?!\w)"
)
_BY_SOCIETY = (
    "mediation_", "front_", "social_criticism_", "party_building_comments", "outreach_", "reception_visits",
    "petitions_resolved", "complaints_denunciations_resolved",
)  # fmt: skip
#: Pages of societies and of the armed forces, by their titles and by the meetings they open with.
_SOCIETIES = (
    r"(?:các cấp )?(?:hội (?:nông dân|nd|phụ nữ|lhpn|liên hiệp phụ nữ|cựu chiến binh|ccb|người cao tuổi)|tỉnh đoàn"
    r"|huyện đoàn|thành đoàn|đoàn thanh niên|bộ đội biên phòng|bđbp|lực lượng vũ trang|llvt|bộ chqs|ban chqs"
    r"|bộ chỉ huy (?:quân sự|bộ đội biên phòng|bđbp))"
)
_SOCIETY_PAGE = late(rf"(?:[^:\n]{{2,24}}: )?(?:{_SOCIETIES}|(?:phụ nữ|nông dân|cựu chiến binh|thanh niên) )")
_SOCIETY_MEETS = late(
    rf"(?:\([^)]{{2,12}}\)\s*[-–]?\s*)?[^.\n]{{0,48}}?(?<!\w){_SOCIETIES}[^.\n]{{0,60}} (?:tổ chức|vừa tổ chức|họp|mở)"
    r"[^.\n]{0,12} hội nghị[^.\n]{0,80}(?:tổng kết|sơ kết)"
)
#: What such a page tells of its own doing, a part of what is done in the territory.
_BY_ITS_MEMBERS = (
    "mediation_cases", "mediation_success_rate", "front_", "social_criticism_", "party_building_comments", "outreach_",
    "training_", "reception_visits", "petitions_", "dialogue_", "skillful_mobilization_models",
)  # fmt: skip
_OTHERS_ACT = late(
    r"(?<!\w)(?:mttq|mặt trận tổ quốc|ubnd|ủy ban nhân dân|ban thanh tra nhân dân|ban ttnd|ban giám sát đầu tư"
    r"|ban gsđtcđ|toàn (?:tỉnh|huyện|xã|thành phố)|chủ tịch|bí thư|lãnh đạo (?:tỉnh|huyện)|các tổ hòa giải)(?!\w)"
)
_OPENER = late(r"trong đó|gồm|riêng|trong số|[:(\n]|như ")
_AMONG = late(r"(?<!\w)(?:trong đó|bao gồm)(?!\w)")
_OF_ALL = late(
    r"(?<!\w)(?:toàn (?:tỉnh|huyện|thành phố)|bình quân|tính chung|chỉ số chung|hài lòng chung)(?!\w)"
)
_WHOLE = late(whole_words(r"toàn (?:tỉnh|huyện|thành phố|thị xã|quận|xã)|tổng|tổng số|tổng cộng|các cấp"))


def parts_and_stocks(title: str, folded: str, drafts: list[Draft]) -> None:
    """Mark the drafts that are parts of their metric and those that are as-of figures.

    Args:
        title: folded title of the text.
        folded: folded text.
        drafts: all its figures, in order.
    """
    of_society = bool(_SOCIETY_PAGE.match(title) or _SOCIETY_MEETS.match(folded))
    totals: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        place = draft.territory
        # Spelt out, since a tuple of strings is compared faster than a territory.
        named = (place.names, place.level, place.province, place.code) if place else None
        key = (draft.decision.code, draft.period, named)
        draft.tier = _tier(folded, draft)
        draft.stock = _is_stock(folded, draft)
        draft.subset = _is_part(folded, draft, totals.get(key)) or (
            of_society and _is_of_the_page(folded, draft)
        )
        if not draft.earlier:
            known = totals.get(key)
            if draft.subset and known is not None and "percent" in draft.figure.classes:
                continue
            if known is None or known.figure.number.value < draft.figure.number.value:
                totals[key] = draft
    _mark_coordinates(folded, drafts)
    mark_split_lists(folded, drafts)
    mark_actors(folded, drafts)
    _mark_followers(folded, drafts)
    _mark_commissions(folded, drafts)


def _mark_followers(folded: str, drafts: list[Draft]) -> None:
    """Mark what is told of a part: "lãnh đạo tiếp 176 lượt (148 người)", "trực tuyến 105.970 hồ sơ, đúng hạn 99,7%"."""
    by_leader = False
    for first, second in pairwise(drafts):
        by_leader = by_leader and first.figure.sentence is second.figure.sentence
        if second.subset or second.earlier or first.figure.sentence is not second.figure.sentence:
            continue
        gap = folded[first.figure.end : second.figure.start]
        aside = first.figure.bracket is not None and first.figure.bracket != second.figure.bracket
        if aside or ";" in gap or len(gap) > _NEAR:
            continue
        code, before = second.decision.code, first.decision.code
        by_leader = before.startswith("leader_reception_") or (by_leader and before in _RECEIVED)
        if by_leader:
            second.subset = code in _RECEIVED
        elif first.subset and first.territory == second.territory:
            second.subset = (
                _tells_of(code, before)
                and not _counts_rate(folded, first, code)
                and not _TAKEN_UP.search(folded, first.figure.lead_start, first.figure.start)
            )
            second.subset = second.subset or _counts_units(folded, first, second)


def _counts_rate(folded: str, draft: Draft, code: str) -> bool:
    """Whether a figure is what a rate counts: "đúng hạn 502.000 hồ sơ (99,4%)"."""
    figure = draft.figure
    own = folded[figure.lead_start : max(figure.own_end, figure.end)]
    return code == "dossier_on_time_rate" and bool(_ON_TIME.search(own))


def _counts_units(folded: str, first: Draft, second: Draft) -> bool:
    """Whether units are those of inspections of one kind: "52 cuộc thanh tra hành chính tại 78 đơn vị".

    Behind two kinds ("41 cuộc hành chính, 90 cuộc chuyên ngành tại 240 đơn vị") they are the units of both.
    """
    if (first.decision.code, second.decision.code) != ("state_inspections", "state_units_inspected"):
        return False
    figure = first.figure
    kind = _ONE_KIND[first.decision.code]
    before = folded.rfind(" cuộc", figure.sentence.start, figure.start)
    return bool(kind.search(folded, figure.lead_start, figure.own_end)) and not (
        before != -1 and _LISTS_KINDS.fullmatch(folded, before, figure.start)
    )


def _tells_of(code: str, before: str) -> bool:
    """Whether a metric counts or rates a part of what another counts."""
    metric = load_metrics()[code]
    return before in {metric.part_of, metric.numerator} or (before, code) in _PAIRED


def _mark_commissions(folded: str, drafts: list[Draft]) -> None:
    """Mark what inspection commissions did beside the greater figure of the party committees."""
    party = [d for d in drafts if d.decision.code.startswith(_OF_PARTY) and not d.earlier]
    for draft in party:
        figure = draft.figure
        if draft.subset or not _COMMISSION.search(folded, figure.sentence.start, figure.own_end):
            continue
        opened = max(figure.semicolon, figure.sentence.start)
        by_commission = _COMMISSION.search(folded, opened, max(figure.own_end, figure.end))
        draft.subset = bool(by_commission) and any(
            other.decision.code == draft.decision.code
            and other.period == draft.period
            and other.figure.number.value > figure.number.value
            for other in party
        )


def _mark_coordinates(folded: str, drafts: list[Draft]) -> None:
    """Mark the first of two kinds listed side by side: "34 kiến nghị đang giải quyết và 8 chưa giải quyết"."""
    for first, second in pairwise(drafts):
        same = (first.decision.code, first.territory, first.period, first.figure.sentence) == (
            second.decision.code, second.territory, second.period, second.figure.sentence
        )  # fmt: skip
        if not same or first.earlier or second.earlier or first.subset or not second.subset:
            continue
        if (
            "percent" in first.figure.classes
            or first.decision.code.startswith("party_")
            or first.comparison
            or first.figure.denominator
        ):
            continue
        gap = folded[first.figure.start : second.figure.start]
        lead = folded[first.figure.lead_start : first.figure.start]
        told_apart = folded[first.figure.lead_start : first.figure.own_end].split() != []
        if told_apart and not _OPENER.search(gap) and not _WHOLE.search(lead):
            first.subset = _has_own_kind(folded, first) and _has_own_kind(folded, second)


def _has_own_kind(folded: str, draft: Draft) -> bool:
    """Whether words behind the noun, or the verb ahead of it, say which kind a number counts."""
    figure = draft.figure
    behind = folded[figure.unit[1] : figure.own_end] if figure.unit else ""
    return bool(behind.strip(" ,.;)")) or bool(_KIND_AHEAD.search(folded, figure.lead_start, figure.start))


def _is_one_of_several(folded: str, draft: Draft) -> bool:
    """Whether one office, one channel or one body did it, or some places, so that others may have done more."""
    figure, code = draft.figure, draft.decision.code
    start = figure.clause_start
    if code.startswith(_BY_OFFICE) and _ONE_OFFICE.search(folded, start, figure.start):
        return True
    if code.startswith("feedback_") and _ONE_CHANNEL.search(folded, start, max(figure.own_end, figure.end)):
        return True
    cues = figure.sentence.cues
    if cues & _PLACES_WORDS and _SOME_PLACES.search(folded, start, figure.start):
        return True
    return bool(cues & _ALONE_WORDS and _ALONE.search(folded, start, figure.start))


def _is_by_givers(folded: str, draft: Draft) -> bool:
    """Whether one person or one society gave it; households are counted as a society's behind their number."""
    figure, code = draft.figure, draft.decision.code
    if code not in _GIVEN:
        return False
    end = max(figure.own_end, figure.end) if code == "households_donating_land" else figure.start
    start = _quoted_from(folded, figure.sentence.start, figure.start)
    return bool(_GIVERS.search(folded, start, end) or (start and _OWN_GIFT.search(folded, start, end)))


def _quoted_from(folded: str, start: int, end: int) -> int:
    """Return where the words of somebody quoted begin, the start of the sentence where nobody is."""
    return max((match.end() for match in _QUOTES.finditer(folded, start, end)), default=start)


def _is_by_others(folded: str, draft: Draft) -> bool:
    """Whether one form of discipline or one society makes a figure a part."""
    figure, code = draft.figure, draft.decision.code
    if code in {"party_orgs_disciplined", "party_members_disciplined"}:
        return bool(_FORMS.search(folded, figure.lead_start, max(figure.own_end, figure.end)))
    if code.startswith(_BY_SOCIETY):
        found = [match.end() for match in _SOCIETY.finditer(folded, figure.sentence.start, figure.start)]
        if code.startswith(("front_", "social_criticism_")):
            found += [match.end() for match in _UNION.finditer(folded, figure.sentence.start, figure.start)]
        return bool(found) and not _OTHER_ACTOR.search(folded, max(found), figure.start)
    return False


def _is_of_the_page(folded: str, draft: Draft) -> bool:
    """Whether a figure on a society's own page tells of that society, since nobody else is named for it."""
    figure = draft.figure
    if not draft.decision.code.startswith(_BY_ITS_MEMBERS) or draft.earlier:
        return False
    start = max(folded.rfind(";", figure.sentence.start, figure.start) + 1, figure.sentence.start)
    return not _OTHERS_ACT.search(folded, start, max(figure.own_end, figure.end))


def _tier(folded: str, draft: Draft) -> str | None:
    figure = draft.figure
    match = _BARE_TIER.fullmatch(folded, figure.lead_start, figure.start)
    if match:
        return (_TIERS | _TIERS_BY_UNITS)[match.group(1)]
    sentence, end = figure.sentence, max(figure.own_end, figure.end)
    if not sentence.cues & _TIER_WORDS:
        return None
    if folded.find("cấp ", sentence.start, end) == -1 and folded.find("khối ", sentence.start, end) == -1:
        return None
    own = list(_TIER.finditer(folded, figure.lead_start, max(figure.own_end, figure.end)))
    if own:
        return _TIERS[own[-1].group(1)]
    start = figure.clause_start
    carried = list(_TIER.finditer(folded, start, figure.lead_start))
    # "từ cấp tỉnh đến cấp xã" names no one tier; a list of tiers belongs to its own numbers.
    if len(carried) != 1 or _DIGIT.search(_DATED.sub("", folded[start : carried[0].start()])):
        return None
    return _TIERS[carried[0].group(1)]


def _is_stock(folded: str, draft: Draft) -> bool:
    metric = load_metrics()[draft.decision.code]
    if metric.kind == "flow":
        return False
    sentence = folded[draft.figure.sentence.start : draft.figure.start]
    lead = folded[draft.figure.lead_start : draft.figure.start]
    if metric.kind == "stock":
        if metric.code == "skillful_mobilization_models":
            return bool(_NOW.search(sentence) or _NOW.search(folded, draft.figure.end, draft.figure.own_end))
        return not _NEW.search(lead)
    return metric.kind == "rate" and metric.code.endswith("coverage_rate") and bool(_NOW.search(sentence))


def _is_of_one_kind(folded: str, draft: Draft) -> bool:
    """Whether what is told of a figure limits it to one kind of its metric."""
    one_kind, figure = _ONE_KIND.get(draft.decision.code), draft.figure
    if one_kind is None:
        return False
    # Searched beyond the figure's own phrase, since "trước hạn" may go on with ", đúng hạn" there.
    found = one_kind.search(folded, _told_from(folded, figure), figure.sentence.end)
    return found is not None and found.start() < max(figure.own_end, figure.end)


def _told_from(folded: str, figure: Figure) -> int:
    """Return where what is told of a figure begins: a share in a bracket is told with the count ahead of it."""
    if figure.bracket is None or "percent" not in figure.classes:
        return figure.lead_start
    start = max(folded.rfind(mark, figure.sentence.start, figure.bracket[0]) for mark in (",", ";"))
    return max(start, figure.sentence.start)


def _is_part(folded: str, draft: Draft, total: Draft | None) -> bool:  # noqa: PLR0911 - one return a case
    """Whether a draft is a part; ``total`` is the first draft of its metric, place and period."""
    if draft.earlier:
        return False
    if draft.decision.code in _BOTH_KINDS:
        return True
    if draft.decision.subset and (total is not None or draft.decision.rule != "continuation"):
        return True
    if draft.tier is not None and draft.territory and draft.tier != draft.territory.level:
        return not draft.decision.code.startswith(_OF_COMMUNES)
    if _is_one_of_several(folded, draft):
        return True
    if _is_by_others(folded, draft):
        return True
    if _is_of_one_kind(folded, draft):
        return True
    if _is_by_givers(folded, draft):
        return True
    if total is not None and "percent" in draft.figure.classes:
        return _is_part_of_rate(folded, draft, total)
    return total is not None and _is_within(draft.figure, total.figure)


def _is_within(figure: Figure, total: Figure) -> bool:
    """Whether a figure behind a total of its metric, place and period is a part of it: what is not larger is.

    The same number in another sentence is the total told again, as that of the headline is in the body.
    """
    if figure.number.value == total.number.value:
        return figure.sentence is total.sentence
    return figure.number.value < total.number.value


def _is_part_of_rate(folded: str, draft: Draft, total: Draft) -> bool:
    """Whether a rate is that of a part: it may be higher than the one of the whole, which may be told last."""
    figure = draft.figure
    if _OF_ALL.search(folded, figure.lead_start, figure.start):
        return False
    beside = total.figure.sentence is figure.sentence
    if beside and _AMONG.search(folded, total.figure.end, figure.start):
        return True
    return total.figure.number.value >= figure.number.value
