"""What a figure takes from the figures beside it: words, a noun, a whole, the reach of a verb.

"340 đơn, bằng 77%, đã giải quyết" tells one thing of both, "41 vụ trong tổng số 50 vụ khiếu nại" names the kind with
the whole, "Trà Vinh tiếp 1.130, Bến Tre tiếp 1.408 lượt" the noun with the last.
"""

from __future__ import annotations

from itertools import pairwise

from coso.late_patterns import late
from extraction.cues import cue
from extraction.figures import OPENS_LIST, SLASHES, Figure
from extraction.lexicon import Terms, vocabulary
from extraction.lexicon.tags import bit_of

_ASIDE = late(r",? ?\(?(?:bằng|đạt|chiếm|tức|tương đương|tỉ lệ|đạt tỉ lệ)? ?(?:hơn |gần |trên |khoảng )?")
_IN_NUMBERS = late(
    r",? ?\(?(?:tức|tức là|tương đương|tương đương với|tương ứng|ứng với) (?:hơn |gần |trên |khoảng )?"
)
_CLOSES = frozenset({",", ")"})
_SAYS_IN_FULL = frozenset({"", "đạt ", "bằng ", "là ", "tức ", "gồm ", "tương ứng ", "tương đương "})
_GOES_ON = late(
    r"(?:\) |, | )(?:đã|được|có|tổ chức|mở|kí|xây dựng|ban hành|hoàn thành|bị|thực hiện|đạt chuẩn|hiến"
    r"|đối thoại|niêm yết|công khai|thành lập|họp|tiến hành|triển khai|kiện toàn)(?!\w)"
)
_LISTED = late(r"[\s,]*(?:và|cùng|với|hay|cùng với)?\s*(?:hơn |gần |trên |khoảng )?")
_IN_TURN = late(r"(?:lần lượt|tương ứng) (?:là|đạt|có|với) (?:hơn |gần |trên |khoảng )?")
_IN_TURN_HERE = late(
    r"(?<!\w)(?:lần lượt|tương ứng)(?: (?:là|đạt|có|với|còn))? (?:hơn |gần |trên |khoảng )?$"
)
_TURN_WORDS = cue("lần lượt", "tương ứng")
_COUNT_OF = late(r"(?<!\w)số (?!này|đó)")
#: What an item of a list is about, up to the next item.
_ITEM = late(r" [^\d,;.:()]{3,40}(?:,| và) ")
_BREAKS_LIST = late(r"[;:(\n]|trong đó|gồm|riêng")
_OUT_OF = late(r" (?:trong|trên) (?:tổng số|tổng|số)(?: hơn| gần| trên)? ")
#: "99,3% trong 512.640 hồ sơ được giải quyết đúng hạn"
_SHARE_OF = late(r" (?:trong|trên)(?: tổng số| tổng| số)? (?:hơn |gần |trên )?")
_CLAUSE_END = late(r"[,;.:(]")
_NONE = {"none"}
#: Nouns of those who act, and what ends what is said of them.
_ACTORS = frozenset({"commune", "unit", "enterprise"})
_BREAKS_CLAUSE = late(r"[,;.:()]| (?:và|với|cùng|của|trong|trên|gồm) ")


def share_words(folded: str, figures: list[Figure], terms: Terms) -> None:
    """Complete the figures of one sentence by what stands beside the others, and settle what each counts."""
    _add_asides(folded, figures, terms)
    _part_from_whole(folded, figures, terms)
    _add_counts_of_shares(folded, figures)
    _add_leads(folded, figures)
    _add_verbs_of_actors(folded, figures)
    _respectively(folded, figures)
    _set_reach(folded, figures)
    _parallel_units(folded, figures, terms)
    _nouns_of_last(folded, figures, terms)
    if len(figures) > 2:
        _noun_between(folded, figures)
    for figure in figures:
        figure.kinds = frozenset(figure.classes)


def _add_asides(folded: str, figures: list[Figure], terms: Terms) -> None:
    """Give a count and its share, or two shares, the words that stand behind the other."""
    for figure, share in pairwise(figures):
        aside = "percent" in share.classes and _ASIDE.fullmatch(folded, figure.own_end, share.start)
        # "340 đơn, bằng 77%, đã giải quyết" goes on about the count; "340 đơn, 77% đã giải quyết" about the share.
        linked = aside and (aside.group().strip(" ,") or folded[share.end : share.end + 1] != " ")
        if linked and figure.unit:
            share.extra.append((figure.unit[0], figure.own_end))
        if linked and _GOES_ON.match(folded, share.end):
            clause = _clause_end(folded, share.end + 2, share.sentence.end)
            figure.extra.append((share.end, max(share.own_end, clause)))
            share.extra.append((share.end, clause))
        elif _in_full(folded, figure, share):
            share.extra.append(
                (share.own_end + 1, _clause_end(folded, share.own_end + 1, share.sentence.end))
            )
        elif (told := _told_of_both(folded, figure, share, terms)) is not None:
            figure.extra.append((told, share.own_end))


def _add_counts_of_shares(folded: str, figures: list[Figure]) -> None:
    """Give a share and its count what stands behind both: "99,8%, tức gần 2.500 kiến nghị, đã giải quyết"."""
    for share, figure in pairwise(figures):
        if "percent" not in share.classes or "percent" in figure.classes or figure.unit is None:
            continue
        if not _IN_NUMBERS.fullmatch(folded, share.own_end, figure.start):
            continue
        if folded[figure.own_end : figure.own_end + 1] in _CLOSES and _GOES_ON.match(folded, figure.own_end):
            start = figure.own_end + 1
            end = _clause_end(folded, start + 1, figure.sentence.end)
            share.extra.append((start, end))
            figure.extra.append((start, end))


def _add_leads(folded: str, figures: list[Figure]) -> None:
    """Give a share alone in its bracket what leads up to its count: the 0,6% of "quá hạn 2.992 hồ sơ (0,6%)"."""
    for figure, share in pairwise(figures):
        if "percent" not in share.classes or share.bracket is None or share.bracket == figure.bracket:
            continue
        if any(start == share.end for start, _ in share.extra):
            continue  # "1.205 doanh nghiệp (79,7%) tổ chức đối thoại" says behind it what they did
        if share.bracket[0] == figure.own_end and share.own_end == share.bracket[1] - 1:
            share.extra.append((figure.lead_start, figure.start))


def _add_verbs_of_actors(folded: str, figures: list[Figure]) -> None:
    """Give a figure the verb of those counted before it: "chủ tịch 21 xã, thị trấn đối thoại 42 cuộc"."""
    for actors, figure in pairwise(figures):
        if actors.unit is None or not actors.classes & _ACTORS or figure.unit is None:
            continue
        end = actors.unit[1]
        if not _BREAKS_CLAUSE.search(folded, end, figure.start):
            figure.extra.append((end, figure.start))


def _in_full(folded: str, share: Figure, count: Figure) -> bool:
    """Whether a bracket says a share in full: the 84/84 of "100% đơn vị (84/84 đơn vị) mở hội nghị"."""
    bracket = count.bracket
    if bracket is None or share.bracket or count.denominator is None or "percent" not in share.classes:
        return False
    return folded[bracket[0] + 1 : count.start] in _SAYS_IN_FULL and count.own_end == bracket[1] - 1


def _told_of_both(folded: str, share: Figure, following: Figure, terms: Terms) -> int | None:
    """Return where what is told of two shares begins behind the second: "98% doanh nghiệp nhà nước, 64% … mở …"."""
    if not ("percent" in share.classes and "percent" in following.classes):
        return None
    if not _LISTED.fullmatch(folded, share.own_end, following.start):
        return None
    telling = vocabulary().telling & ~vocabulary().groups["who"]
    own = terms.between(share.end, share.own_end)
    if not own or any(term.meaning.bits & telling for term in own):
        return None
    behind = terms.between(following.end, following.own_end)
    return next((term.start for term in behind if term.meaning.bits & telling), None)


def _part_from_whole(folded: str, figures: list[Figure], terms: Terms) -> None:
    """Tie "41 vụ" to its whole in "41 vụ trong tổng số 50 vụ khiếu nại": the words of the whole are its own too."""
    for figure, whole in pairwise(figures):
        if not (figure.unit and whole.unit and folded.startswith(SLASHES, figure.unit[1])):
            continue
        share = "percent" in figure.classes
        if not share and _are_two_counts(folded, figure, whole):
            figure.extra.append((whole.unit[1], whole.own_end))
            continue
        if not share and _is_ratio(folded, figure, whole):
            # "giải quyết 45 vụ/52 vụ khiếu nại"
            figure.extra.append((whole.end, whole.own_end))
            figure.denominator, whole.dropped = whole.number.value, "denominator"
            continue
        if not (_SHARE_OF if share else _OUT_OF).fullmatch(folded, figure.unit[1], whole.start):
            continue
        if terms.between(whole.unit[1], whole.own_end):
            whole.is_whole = True
            figure.extra.append((whole.end, whole.own_end))
        elif share:
            figure.extra.append((whole.end, whole.own_end))
        else:
            figure.denominator, whole.dropped = whole.number.value, "denominator"


def _are_two_counts(folded: str, figure: Figure, other: Figure) -> bool:
    """Whether a stroke joins two counts of the same: "1.889 đơn/1.906 vụ việc đủ điều kiện xử lý"."""
    if not figure.unit or not other.unit or folded[figure.unit[1] : other.start].strip() != "/":
        return False
    return "petition" in figure.classes and "case" in other.classes


def _is_ratio(folded: str, figure: Figure, whole: Figure) -> bool:
    """Whether both numbers of x/y name what they count: "886 vụ/1.052 vụ", but not "120 lượt/140 người"."""
    if not figure.unit or folded[figure.unit[1] : whole.start].strip() != "/":
        return False
    if (figure.classes | whole.classes) & {"turn", "person"}:
        return False  # "866 lượt/964 lượt người" are visits and people
    return bool(figure.classes & whole.classes) and figure.number.value <= whole.number.value


def _says_noun_in_short(folded: str, figure: Figure, following: Figure, terms: Terms) -> bool:
    """Whether the noun comes in full with the next number: "huyện tổ chức 3 cuộc, xã 34 cuộc đối thoại"."""
    if figure.unit is None or following.unit is None or not figure.classes <= following.classes:
        return False
    short, full = folded[slice(*figure.unit)], folded[slice(*following.unit)]
    if not full.startswith(short + " ") or _BREAKS_LIST.search(folded, figure.end, following.start):
        return False
    telling = vocabulary().telling & ~(vocabulary().groups["who"] | bit_of("t.tier"))
    around = terms.between(figure.lead_start, max(figure.own_end, figure.end))
    return not any(term.meaning.bits & telling for term in around)


def _nouns_of_last(folded: str, figures: list[Figure], terms: Terms) -> None:
    """Give a list its noun: in "Trà Vinh tiếp 1.130, Bến Tre tiếp 1.408 lượt" it comes with the last number."""
    for following, figure in pairwise(reversed(figures)):
        if _says_noun_in_short(folded, figure, following, terms):
            figure.extra.append((following.end, following.own_end))
        if figure.classes != _NONE or "percent" in following.classes:
            continue
        shared = not OPENS_LIST.search(folded, figure.end, following.start)
        if following.unit or (shared and following.classes - _NONE):
            figure.classes = _NONE | following.classes
            if shared and following.unit:
                figure.extra.append((following.end, following.own_end))


def _noun_between(folded: str, figures: list[Figure]) -> None:
    """Give an item its noun: in "103 vụ dân sự, 66 hôn nhân gia đình, 45 vụ đất đai" its neighbours have it."""
    for before, figure, following in zip(figures, figures[1:], figures[2:], strict=False):
        alike = figure.classes == {"unknown"} and before.unit and before.classes == following.classes
        if (
            alike
            and folded[figure.start - 2 : figure.start] == ", "
            and _ITEM.fullmatch(folded, figure.end, following.start)
        ):
            figure.classes = {"none"} | before.classes


def _respectively(folded: str, figures: list[Figure]) -> None:
    """Deal out subjects named ahead.

    In "số cuộc giám sát và số hội nghị phản biện lần lượt là 428 cuộc và 120 hội nghị" each number has its own.
    """
    sentence = figures[0].sentence
    if not sentence.cues & _TURN_WORDS:
        return
    for index, first in enumerate(figures):
        before = figures[index - 1].end if index else first.sentence.start
        if _IN_TURN_HERE.search(folded, max(before, first.start - 24), first.start):
            _deal_out(folded, figures, index)
        match = _IN_TURN.search(folded, before, first.start)
        if match is None or match.end() != first.start:
            continue
        heads = [found.start() for found in _COUNT_OF.finditer(folded, before, match.start())]
        if len(heads) < 2 or len(figures) < index + len(heads):
            continue
        for figure, start, end in zip(figures[index:], heads, [*heads[1:], match.start()], strict=False):
            figure.extra.append((start, end))
            figure.lead_start = figure.start


def _deal_out(folded: str, figures: list[Figure], index: int) -> None:
    """Give numbers told in turn the nouns of those before them.

    "90 vụ khiếu nại, 50 vụ tố cáo; giải quyết lần lượt 70 vụ và 40 vụ, đạt 77,8% và 80%"
    """
    run = _run(folded, figures, index)
    models = figures[max(0, index - len(run)) : index]
    if (
        len(run) < 2
        or len(models) < len(run)
        or any(m.unit is None or "percent" in m.classes for m in models)
    ):
        return
    shares = _run(folded, figures, index + len(run))
    told = [run]
    if len(shares) == len(run) and all("percent" in share.classes for share in shares):
        told.append(shares)
    for group in told:
        for figure, model in zip(group, models, strict=True):
            if model.unit:
                figure.extra.append((model.unit[0], model.own_end))


def _run(folded: str, figures: list[Figure], index: int) -> list[Figure]:
    """Return the figures from one on that are joined as a list."""
    run = figures[index : index + 1]
    for figure in figures[index + 1 :]:
        alike = ("percent" in figure.classes) == ("percent" in run[-1].classes)
        if not alike or not _LISTED.fullmatch(folded, run[-1].own_end, figure.start):
            break
        run.append(figure)
    return run


def _set_reach(folded: str, figures: list[Figure]) -> None:
    """A passive verb reaches back over a list of counts: "274 đơn khiếu nại và 105 đơn tố cáo được giải quyết"."""
    for index, figure in enumerate(figures):
        figure.reach = figures[index + 1].start if index + 1 < len(figures) else figure.sentence.end
        last = figure
        for other in figures[index + 1 :]:
            if not other.unit or "percent" in other.classes:
                break
            if not _LISTED.fullmatch(folded, last.own_end, other.start):
                break
            last, figure.reach = other, other.own_end


def _parallel_units(folded: str, figures: list[Figure], terms: Terms) -> None:
    """Numbers without nouns take those of the group before: "66 tổ chức, 91 cá nhân; giám sát 48 và 73"."""
    if not any(figure.elided and not figure.unit for figure in figures):
        return
    groups: list[list[Figure]] = []
    for figure in figures:
        gap = terms.between(groups[-1][-1].end, figure.start) if groups else []
        verbs = any(term.meaning.verb and not term.meaning.classes for term in gap)
        if groups and not verbs and ";" not in folded[groups[-1][-1].end : figure.start]:
            groups[-1].append(figure)
        else:
            groups.append([figure])
    models: list[Figure] = []
    for before, group in pairwise(groups):
        named = [f for f in before if f.unit and "percent" not in f.classes]
        models = named or models
        counts = [f for f in group if "percent" not in f.classes]
        bare = [f for f in counts if f.elided and not f.unit]
        if len(models) != len(group) or len(counts) != len(group) or len(models) < 2:
            continue
        if len(bare) == len(group):
            if any(t.meaning.classes for f in group for t in terms.between(f.lead_start, f.start)):
                continue
        elif bare != group[1:] or group[0].classes != models[0].classes:
            continue
        for model, figure in zip(models, group, strict=True):
            if figure.elided and not figure.unit:
                figure.classes = {"none"} | model.classes


def _clause_end(folded: str, start: int, end: int) -> int:
    match = _CLAUSE_END.search(folded, start, end)
    return match.start() if match else end
