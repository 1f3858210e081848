"""Whether the parts of a total add up: a list of parts beside their total checks how both were read."""

from __future__ import annotations

from itertools import groupby

from extraction.document import Draft


def check_sums(drafts: list[Draft]) -> None:
    """Mark what does not add up in the lists of parts.

    A total that is smaller than one of its parts is none: it is a part too, as the first of "các sở tiếp 118 lượt;
    huyện 240 lượt; xã 507 lượt". A list that adds up to more than its total is doubtful: its items overlap, or one of
    them was misread.
    """
    for _, found in groupby(drafts, key=lambda draft: id(draft.figure.sentence)):
        line = list(found)
        if sum(draft.subset for draft in line) < 2:
            continue
        for index, total in enumerate(line):
            if not (total.subset or total.earlier or "percent" in total.figure.classes):
                _check(total, _parts_of(total, line[index + 1 :]))


def _parts_of(total: Draft, behind: list[Draft]) -> list[Draft]:
    """Return the parts listed behind a total, up to the next figure of its code that is none."""
    parts: list[Draft] = []
    for draft in behind:
        if draft.decision.code != total.decision.code or draft.earlier:
            continue
        if not draft.subset or (draft.period, draft.territory) != (total.period, total.territory):
            break
        parts.append(draft)
    return parts


def _check(total: Draft, parts: list[Draft]) -> None:
    whole = total.figure.number.value
    values = [part.figure.number.value for part in parts]
    if len(parts) < 2 or sum(values) <= whole:
        return
    if max(values) > whole:
        total.subset = True
    elif not any(draft.figure.approx for draft in (total, *parts)):
        for draft in (total, *parts):
            draft.adds_up = False
