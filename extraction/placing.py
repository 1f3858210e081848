"""Which place a figure belongs to: the places named before it, one after the other, from the one in force."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from operator import attrgetter

from coso.dictionary import load_metrics
from coso.late_patterns import late
from extraction import when, where
from extraction.dealt_places import dealt_place
from extraction.document import Document, Draft, Line, State
from extraction.figures import Figure
from extraction.offices import company_ahead, office_ahead
from extraction.told_before import means_whole, told_before, told_lately

#: Themes told of communes and villages.
_TERRITORIAL = frozenset(
    {
        "mediation",
        "legal_access",
        "village_conventions",
        "friendly_government",
        "village_participation",
        "disclosure",
    }
)
#: Codes of what a department takes in and settles itself.
_TAKEN_IN = (
    *("reception_", "petition", "complaint", "denunciation", "reflection", "leader_reception"),
    *("dossiers_", "dossier_"),
)
#: Codes of what is held at a workplace, and so is of the company that is named for it.
_AT_WORK = ("workplace_", "labour_", "collective_agreement")
#: What is counted at one meeting, and so is of the place where it was held.
_AT_EVENT = frozenset(
    {
        "voters_met",
        "voter_opinions",
        "dialogue_participants",
        "dialogue_opinions",
        "training_participants",
        "outreach_participants",
        "social_criticism_opinions",
    }
)
_LOWER = frozenset({"district", "commune", "village"})
_ABOVE = frozenset({"province", "district", "organisation"})
_HELD = late(
    r"(?<!\w)(?:tại|ở) (?:địa bàn |trụ sở |nhà văn hóa |hội trường |trung tâm |ubnd |ủy ban nhân dân |các )*$"
    r"|(?<!\w)(?:tiếp xúc|gặp gỡ|gặp)(?: với)? cử tri $|(?<!\w)đối thoại với (?:nhân dân|người dân) $"
)
_MEETING = late(
    r"tiếp xúc|đối thoại|tập huấn|tuyên truyền|phổ biến|bồi dưỡng|lấy ý kiến|phản biện|truyền thông"
)
_REVIEWS = late(r"tổng kết|sơ kết|giao ban|báo cáo|đánh giá kết quả")
_start = attrgetter("start")
_LOCATIVE = late(r"(?:riêng |còn )?(?:tại|ở|trên địa bàn) (?:tỉnh |thành phố )?.?$")
_PERSON = late(r"(?<!\w)(?:ông|bà|anh|chị|hộ ông|hộ bà|gia đình ông|gia đình bà) (?=[A-ZĐÀ-Ỹ])")
_OF = late(r" ?(?:của (?:(?:\d|hai|ba|các) )?)?")
#: A counted noun with its place in brackets: "812 lượt (".
_COUNTED_THERE = late(r"(?<![\w/])\d[\d.,]*%?(?: (?!năm|tháng|quí)[^\W\d]+){0,3} \($")
_BEHIND = late(
    r"(?:tại|ở|trên địa bàn)(?: (?!các|nhiều|một)\w+)? $|(?<!\w)trên (?:toàn )?$"
    # "512 kiến nghị mà mặt trận các cấp tỉnh Vĩnh Phúc gửi đi"
    r"|(?<!\w)(?:mà|do) (?:mttq|mặt trận|ubnd|đảng ủy|hội đồng)(?: [^\W\d]+){0,4} $"
)
#: Communes or villages told only as those of the place behind them: "ở các xã cánh Tây, cánh Trung huyện X".
_PARTS_OF = late(
    r" ?(?:đến )?(?:tại|ở|thuộc|của|từ) (?:\d+ |các |những |nhiều |một số |toàn bộ )*"
    r"(?:xã|phường|thị trấn|thôn|bản|ấp|khu phố|tổ dân phố|đơn vị bầu cử)"
    r"(?:,? (?!(?:có|đã|với|tiếp|nhận|trong|mở|tổ chức)(?!\w))[^\W\d]+){0,7},? "
)
_OPENS_PARTS = (" tại ", " ở ", " thuộc ", " của ", " từ ", " đến ")
_EXAMPLE = late(r"trong đó|trong số|riêng|điển hình|tiêu biểu|như |nhiều nhất|ít nhất|nhất là|gồm|điểm cầu")
#: What is held or tried out in one place, told before any figure: "tiếp xúc cử tri tại quận Hai Bà Trưng."
_HELD_AT = late(
    r"(?:tiếp xúc cử tri|gặp cử tri|đối thoại với|tập huấn|nói chuyện|lấy ý kiến|mô hình)(?![^.;]*(?:tổng|sơ) kết)"
    r"[^.;]{0,90} (?:tại|ở) $"
    r"|(?:tiếp xúc(?: với)?|gặp|đối thoại(?: trực tiếp)? (?:với|cùng)) (?:cử tri|nhân dân|người dân)(?: và nhân dân)?"
    r"(?: của)? $"
)
#: Levels that stand side by side in a list.
_RANKS = {"province": 0, "district": 1, "commune": 2, "village": 2}
_DEPTH = {"province": 0, "district": 1, "commune": 2, "village": 3}
_RULES_ON = frozenset({"province", "whole province", "city", "region"})
#: Whose deputies meet the voters of a commune.
_DEPUTIES_OF = late(
    r"đại biểu (?:hđnd|hội đồng nhân dân|quốc hội)(?: đơn vị)?(?: tỉnh| thành phố| tp\.?)? ?$"
)
_OF_REGION = late(r"(?<!\w)(?:của|thuộc|trong|ở)(?: cả)?(?: vùng| khu vực| miền)? $")
#: Characters that the kind of a place has at most: "thành phố ".
_KIND_OF_PLACE = 12
#: Characters that the wording of a period has at most.
_LONGEST_PERIOD = 120
#: "Đối với các dự án trên địa bàn xã, …"; but the teams "trong huyện" of which a number is told are its own.
_OF_ANY = late(r"(?<!\w)(?:các|những|mọi) [^,.;:\d]{2,32}$")
_COUNTS_BEHIND = late(
    r" (?:đã |cùng |cũng |còn |chỉ )?(?:nhận|tiếp nhận|tiếp|hòa giải|giải quyết|tổ chức|giám sát|có|hiến|góp|thụ lí)"
    r" (?:được |hơn |gần |trên )?\d"
)
#: Words that mean a place by what was told before.
_BY_CONTEXT = frozenset({"region", "villages", "here"})
#: Words for a territory below the province, and the level they mean.
_SMALL_MEANT = {
    "whole village": "village",
    "whole commune": "commune",
    "commune": "commune",
    "district": "district",
}


def place_of(line: Line, draft: Draft, state: State) -> where.Territory | None:
    """Return the place of a figure."""
    figure, document = draft.figure, line.document
    place = state.place
    if state.venue and draft.decision.code in _AT_EVENT and _tells_of_meeting(line, place):
        place = state.venue
    place = _named_behind(line, figure, _named_ahead(line, figure, place))
    if dealt := dealt_place(line, figure.start):
        place = step(document, dealt, document.atlas.home)
    if office := _office_ahead(line, draft, place):
        return office
    if place and place.level == "organisation" and draft.decision.code in _of_territories():
        return document.atlas.province or place
    return place or document.atlas.province


def _named_ahead(line: Line, figure: Figure, place: where.Territory | None) -> where.Territory | None:
    """Return the place in force after the mentions ahead of a figure; a person told of brings back the home."""
    last = line.sentence.start
    opened = figure.semicolon
    for mention in line.mentions:
        if mention.start >= figure.start:
            break
        if mention.end < opened and _is_example(line.folded, line.sentence.start, mention):
            continue
        if mention.aside and mention.end < figure.lead_start and not mention.wide:
            continue
        if _of_figure_before(line, mention, figure):
            continue
        place, last = step(line.document, mention, place), mention.end
    if opened >= last and line.names_persons and _PERSON.search(line.plain, last, figure.start):
        return line.document.atlas.home
    return place


def _named_behind(line: Line, figure: Figure, place: where.Territory | None) -> where.Territory | None:
    """Return the place that a figure's own words behind it name: "412 lượt tại huyện Kim Bôi"."""
    folded = line.folded
    for at, mention in enumerate(line.mentions):
        if mention.start < figure.end or mention.territory is None:
            continue
        if _parts_of(folded, figure, mention):
            return step(line.document, mention, place)
        noun_of = figure.unit and (
            _OF.fullmatch(folded, figure.unit[1], mention.start)
            or (mention.start == figure.unit[1] + 2 and _in_own_bracket(folded, mention))
        )
        if mention.start >= figure.own_end and not noun_of:
            break
        if noun_of or _BEHIND.search(folded[max(figure.end, mention.start - 48) : mention.start]):
            place = step(line.document, where.of_its_list(folded, line.mentions, at), place)
    return place


def _in_own_bracket(folded: str, mention: where.Mention) -> bool:
    """Whether a place stands alone in a bracket: "812 lượt (Bình Định) và 547 lượt (Gia Lai)"."""
    return folded.startswith("(", mention.start - 1) and folded.startswith(")", mention.end)


def _of_figure_before(line: Line, mention: where.Mention, figure: Figure) -> bool:
    """Whether a place in a bracket of its own says of an earlier figure of the sentence where it is from."""
    if mention.end >= figure.lead_start or not _in_own_bracket(line.folded, mention):
        return False
    return bool(
        _COUNTED_THERE.search(line.folded, max(line.sentence.start, mention.start - 40), mention.start)
    )


def _office_ahead(line: Line, draft: Draft, place: where.Territory | None) -> where.Territory | None:
    """Return the office named ahead of what one takes in, unless a smaller place has been named since.

    Of what is held at a workplace it is the company.
    """
    if draft.decision.code.startswith(_AT_WORK):
        province = line.document.atlas.province
        return (
            company_ahead(line.plain, line.sentence.start, draft.figure.start, province) if province else None
        )
    if not draft.decision.code.startswith(_TAKEN_IN):
        return None
    start, at = line.sentence.start, draft.figure.start
    province = line.document.atlas.province
    found = office_ahead(line.plain, start, at + 1, province) if province else None
    if found is None:
        return None
    opened, office = found
    if place is None or place.level in {"province", "organisation"}:
        return office
    # "Thành phố Vinh tiếp 102 lượt; Sở Công Thương tiếp 3 lượt": the office comes after the city.
    before = any(m.start < opened for m in line.mentions)
    return office if before and not any(opened <= m.start < at for m in line.mentions) else None


def _parts_of(folded: str, figure: Figure, mention: where.Mention) -> bool:
    """Whether what a figure counts is of parts of a place: "100 cử tri ở các xã cánh Tây huyện Thăng Bình"."""
    named = mention.territory
    if named is None or named.level not in {"district", "commune"} or not figure.unit:
        return False
    end = figure.unit[1]
    if mention.start - end > 80 or not folded.startswith(_OPENS_PARTS, end):
        return False
    return bool(_PARTS_OF.fullmatch(folded, end, mention.start))


@lru_cache(maxsize=1)
def _of_territories() -> frozenset[str]:
    """Return the codes of what no office has: its communes, villages and mediation teams are the province's."""
    return frozenset(m.code for m in load_metrics().values() if m.theme in _TERRITORIAL)


def rules_on(line: Line, mention: where.Mention, state: State) -> bool:
    """Whether a place rules the sentences after its own: it opens the paragraph, or "Tại …," opens a sentence."""
    if mention.aside:
        return False
    of_whole = mention.wide in _SMALL_MEANT and means_whole(line.document, mention)
    if of_whole or mention.wide in _RULES_ON or state.place is None or _goes_up(line, mention):
        return True
    start = line.sentence.start
    told = 0 < state.first_figure < start
    if not state.first_figure and _HELD_AT.search(line.folded[start : mention.start]):
        return mention is line.mentions[-1]
    opens = start == state.paragraph_start or not (told or _is_example(line.folded, start, mention))
    if opens and mention.start < max(state.first_figure, start + 60):
        # "Tỉnh tiếp 900 lượt, riêng huyện Kim Bôi 90 lượt. Nhận 120 đơn." goes on with the province.
        lower = mention.territory is not None and mention.territory.level in _LOWER
        aside = lower and mention is not line.mentions[0] and _is_example(line.folded, start, mention)
        return not aside and not _lists_places(line, mention)
    if opens and not state.first_figure and _is_only_place(line, mention):
        # "Căn cứ Quyết định số 1738-QĐ/TU, tối 17/10 Chủ tịch UBND phường Gia Viên đối thoại. Có 12 ý kiến."
        return True
    return bool(_LOCATIVE.match(line.folded, start, mention.start + 1))


def _goes_up(line: Line, mention: where.Mention) -> bool:
    """Whether a sentence of a text about a district opens with its province: "Cả huyện có 29. Phú Thọ có 521."."""
    named, home = mention.territory, line.document.atlas.home
    if mention.start - line.sentence.start > _KIND_OF_PLACE or named is None or home is None:
        return False
    if named.level != "province" or home.level not in _LOWER:
        return False
    return named.province == home.province and not _only_locates(line.document, mention, home)


def _is_only_place(line: Line, mention: where.Mention) -> bool:
    """Whether a sentence is told of one place alone, bar those it cites or tells of persons."""
    if mention.territory is None or mention.territory.level not in _LOWER:
        return False
    return all(m is mention or m.aside for m in line.mentions)


def _tells_of_meeting(line: Line, place: where.Territory | None) -> bool:
    """Whether a sentence goes on about a meeting: it names no period and no whole territory, nor a smaller place."""
    if place is not None and place.level not in _ABOVE:
        return False
    return not any(m.wide for m in line.mentions) and not any(when.rules(m) for m in line.moments)


def venue_of(line: Line, state: State) -> where.Territory | None:
    """Return where the meeting in force was held: as told of one on a day, until a period or another place rules.

    "Sáng 5/12, Đoàn ĐBQH tỉnh tiếp xúc cử tri tại xã Môn Sơn. Có 120 cử tri dự" counts the voters of the commune.
    """
    if state.moment is not None or any(m.wide for m in line.mentions):
        return None
    if not any(m.form == "event" for m in line.moments):
        return state.venue
    folded, start, end = line.folded, line.sentence.start, line.sentence.end
    if not _MEETING.search(folded, start, end) or _REVIEWS.search(folded, start, end):
        return None
    held = [
        m
        for m in line.mentions
        if m.territory
        and m.territory.level in _LOWER
        and not m.aside
        and _HELD.search(folded, max(start, m.start - 60), m.start)
    ]
    return step(line.document, held[0], state.place) if len(held) == 1 else None


def _lists_places(line: Line, mention: where.Mention) -> bool:
    """Whether a sentence tells figures of several places in turn: "Phường A tổ chức 4 cuộc; xã B 3 cuộc"."""
    named = mention.territory
    rank = _RANKS.get(named.level) if named else None
    for other in line.mentions:
        beside = other.territory
        if beside is None or named is None or rank is None or other.aside or _RANKS.get(beside.level) != rank:
            continue
        first, second = sorted((mention, other), key=_start)
        if beside.names[0] != named.names[0] and any(
            first.end <= r.start() < second.start for r in line.runs
        ):
            return _counts_anything(line)
    return False


def _counts_anything(line: Line) -> bool:
    """Whether a sentence has a number that is no date or the like."""
    masks = line.document.masks
    start, end = line.sentence.start, line.sentence.end
    here = masks[bisect_left(masks, (start,)) : bisect_left(masks, (end,))]
    return any(not any(m.start <= run.start() < m.end for m in here) for run in line.runs)


def step(
    document: Document, mention: where.Mention, current: where.Territory | None
) -> where.Territory | None:
    """Return the place in force after a mention."""
    atlas = document.atlas
    if mention.wide:
        return _widen(document, mention, current)
    if mention.territory is None or _only_locates(document, mention, current):
        return current
    if current and current.level == "organisation":
        # "Công ty X (thành phố Y, tỉnh Z)" only says where the company is.
        within = mention.territory.province == current.province
        bracket = document.folded.text.startswith("(", mention.start - 1)
        if (within and bracket) or mention.territory.names[0] == current.province:
            return current
    return where.complete(where.complete(mention.territory, current), atlas.province)


def _only_locates(document: Document, mention: where.Mention, current: where.Territory | None) -> bool:
    """Whether a province says where the place in force lies, who came to it, or since when: "Quận 12 (TPHCM)"."""
    named, text = mention.territory, document.folded.text
    if named and current and named.level == "district" and _lies_in(current, named):
        # "Xã Thanh Thủy nằm sát cột mốc 261 thuộc huyện Vị Xuyên" goes on about the commune.
        return text.endswith("thuộc ", 0, mention.start)
    if named and named.level == "region" and current and current.level in _LOWER:
        # "Trấn Yên, huyện nông thôn mới đầu tiên của vùng Tây Bắc, góp 11,8 tỷ đồng"
        return bool(_OF_REGION.search(text, max(0, mention.start - 24), mention.start))
    if named is None or named.level != "province" or current is None or current.level == "province":
        return False
    if current.province != named.province:
        return _tells_when(document, mention)
    in_brackets = text.startswith("(", mention.start - 1) and text.startswith(")", mention.end)
    in_brackets = in_brackets or text.endswith("thuộc ", 0, mention.start)
    before = text[max(0, mention.start - 48) : mention.start]
    return in_brackets or bool(_DEPUTIES_OF.search(before)) or _tells_when(document, mention)


def _lies_in(small: where.Territory, district: where.Territory) -> bool:
    """Whether a commune or village is one of a district, as far as is known."""
    return small.level in {"commune", "village"} and district.names[0] in small.names[1:]


def _tells_when(document: Document, mention: where.Mention) -> bool:
    """Whether a name is part of a period's wording: "từ khi Bình Dương về chung TP.HCM (1/7/2025)"."""
    around = document.moments_in(mention.start - _LONGEST_PERIOD, mention.start)
    return any(mention.end <= moment.end for moment in around)


def _widen(
    document: Document, mention: where.Mention, current: where.Territory | None
) -> where.Territory | None:
    """Return the place that words such as "toàn tỉnh" or "trong huyện" mean."""
    atlas, wide = document.atlas, mention.wide
    if current and current.level == "organisation" and wide != "whole province":
        return current
    if wide in _BY_CONTEXT:
        return _in_context(document, mention, current)
    if wide in _SMALL_MEANT:
        return _small(document, mention, _SMALL_MEANT[wide], current)
    if wide == "city" and (city := _city(atlas, current)):
        return city
    return where.province_territory(current.province if current else None) or atlas.province or current


def _in_context(
    document: Document, mention: where.Mention, current: where.Territory | None
) -> where.Territory | None:
    """Return what words mean that go by the place in force alone, which stays where they mean none."""
    if mention.wide == "region":
        return document.atlas.region or current
    if mention.wide == "villages":
        # Behind one village, all of them are those of its commune.
        return _commune(current, document.atlas.home) if current and current.level == "village" else current
    return current if _is_small(current) else told_lately(document, mention.start, current) or current


def _small(
    document: Document, mention: where.Mention, level: str, current: where.Territory | None
) -> where.Territory | None:
    """Return the village, commune or district meant: the one in force or at home, else the one told of before.

    "Đối với các dự án trên địa bàn xã, …" means those of any commune.
    """
    text = document.folded.text
    if _OF_ANY.search(text, max(0, mention.start - 40), mention.start) and not _COUNTS_BEHIND.match(
        text, mention.end
    ):
        return current
    found = current
    if level == "commune":
        found = _commune(current, document.atlas.home)
        if found and found.level == "village" and means_whole(document, mention):
            # A village of which the text only says elsewhere where it lies.
            return told_before(document, level, mention.start, None) or found
    elif level == "district":
        found = _district(document.atlas, current)
    if found is not None and found.level in _DEPTH and _DEPTH[found.level] >= _DEPTH[level]:
        return found
    lately = not means_whole(document, mention)
    return told_before(document, level, mention.start, found, lately) or found


def _is_small(place: where.Territory | None) -> bool:
    return place is not None and place.level in {"commune", "village"}


def _city(atlas: where.Atlas, current: where.Territory | None) -> where.Territory | None:
    """Return the city of a province that "toàn thành phố" means, None where it means the province."""
    for candidate in (_district(atlas, current), atlas.home):
        if candidate and candidate.level == "district" and where.is_city(candidate):
            return candidate
    return None


def _commune(current: where.Territory | None, home: where.Territory | None) -> where.Territory | None:
    """Return the commune of the village told of, the place in force where it has none."""
    if current is None or current.level != "village":
        return current
    return where.commune_of(current) or (home if home and home.level == "commune" else current)


def _district(atlas: where.Atlas, current: where.Territory | None) -> where.Territory | None:
    for candidate in (current, atlas.home):
        if (
            candidate
            and candidate.level in {"commune", "village"}
            and (found := where.district_of(candidate))
        ):
            return found
        if candidate and candidate.level == "district":
            return candidate
    return current


def _is_example(folded: str, start: int, mention: where.Mention) -> bool:
    """Whether a place only heads an item of a breakdown and so rules nothing after its clause."""
    clause = folded[max(start, folded.rfind(";", start, mention.start) + 1) : mention.start]
    behind = folded[mention.end : mention.end + 2]
    return bool(_EXAMPLE.search(clause)) or (behind[:1] == " " and behind[1:].isdecimal())
