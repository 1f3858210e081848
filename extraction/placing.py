"""Which place a figure belongs to: the places named before it, one after the other, from the one in force."""

from __future__ import annotations

import re

from extraction import where
from extraction.document import Document, Draft, Line, State

_LOCATIVE = re.compile(r"(?:riêng |còn )?(?:tại|ở|trên địa bàn) (?:tỉnh |thành phố )?.?$")
_PERSON = re.compile(r"(?<!\w)(?:ông|bà|anh|chị|hộ ông|hộ bà|gia đình ông|gia đình bà) (?=[A-ZĐÀ-Ỹ])")
_BEHIND = re.compile(r"(?:tại|ở|trên địa bàn)(?: (?!các|nhiều|một)\w+)? $")
_EXAMPLE = re.compile(r"trong đó|trong số|riêng|điển hình|tiêu biểu|như |nhiều nhất|ít nhất|nhất là|gồm")
_RULES_ON = frozenset({"province", "whole province", "city"})


def place_of(line: Line, draft: Draft, state: State) -> where.Territory | None:
    """Return the place of a figure."""
    figure, document, folded = draft.figure, line.document, line.folded
    place = state.place
    start = figure.start
    last = line.sentence.start
    opened = line.clause_start(figure)
    for mention in line.mentions:
        if mention.start >= start:
            break
        if mention.end < opened and _is_example(folded, line.sentence.start, mention):
            continue
        if mention.aside and mention.end < figure.lead_start and not mention.wide:
            continue
        place, last = step(document, mention, place), mention.end
    if opened >= last and line.names_persons and _PERSON.search(line.plain, last, start):
        place = document.atlas.home
    for mention in line.mentions:
        if not (figure.end <= mention.start < figure.own_end and mention.territory):
            continue
        noun_of = figure.unit and folded[figure.unit[1] : mention.start].strip() in {"", "của"}
        if noun_of or _BEHIND.search(folded[max(0, mention.start - 16) : mention.start]):
            place = step(document, mention, place)
    return place or document.atlas.province


def rules_on(line: Line, mention: where.Mention, state: State) -> bool:
    """Whether a place rules the sentences after its own: it opens the paragraph, or "Tại …," opens a sentence."""
    if mention.aside:
        return False
    if mention.wide in _RULES_ON or state.place is None:
        return True
    start = line.sentence.start
    if start == state.paragraph_start and mention.start < max(state.first_figure, start + 60):
        return True
    return bool(_LOCATIVE.match(line.folded, start, mention.start + 1))


def step(
    document: Document, mention: where.Mention, current: where.Territory | None
) -> where.Territory | None:
    """Return the place in force after a mention."""
    atlas = document.atlas
    if mention.wide:
        return _widen(atlas, mention.wide, current)
    if mention.territory is None or _only_locates(document, mention, current):
        return current
    if current and current.level == "organisation" and mention.territory.names[0] == current.province:
        return current
    return where.complete(where.complete(mention.territory, current), atlas.province)


def _only_locates(document: Document, mention: where.Mention, current: where.Territory | None) -> bool:
    """Whether a province in brackets only says where the place in force lies: "Quận 12 (TPHCM)"."""
    named, text = mention.territory, document.folded.text
    if named is None or named.level != "province" or current is None or current.level == "province":
        return False
    return (
        current.province == named.province
        and text.startswith("(", mention.start - 1)
        and text.startswith(")", mention.end)
    )


def _widen(atlas: where.Atlas, wide: str, current: where.Territory | None) -> where.Territory | None:
    """Return the place that words such as "toàn tỉnh" or "trong huyện" mean."""
    if current and current.level == "organisation" and wide != "whole province":
        return current
    if wide == "commune":
        return current
    if wide == "district":
        return _district(atlas, current)
    if wide == "city":
        for candidate in (current, atlas.home):
            if candidate and candidate.level == "district" and where.is_city(candidate):
                return candidate
    return where.province_territory(current.province if current else None) or atlas.province or current


def _district(atlas: where.Atlas, current: where.Territory | None) -> where.Territory | None:
    for candidate in (current, atlas.home):
        if candidate and candidate.level in {"commune", "village"} and len(candidate.names) >= 3:
            return where.Territory(candidate.names[-2:], "district", candidate.province)
        if candidate and candidate.level == "district":
            return candidate
    return current


def _is_example(folded: str, start: int, mention: where.Mention) -> bool:
    """Whether a place only heads an item of a breakdown and so rules nothing after its clause."""
    clause = folded[max(start, folded.rfind(";", start, mention.start) + 1) : mention.start]
    behind = folded[mention.end : mention.end + 2]
    return bool(_EXAMPLE.search(clause)) or (behind[:1] == " " and behind[1:].isdecimal())
