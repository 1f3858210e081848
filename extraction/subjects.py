"""Which levels the subject of a change names: "so cùng kỳ, tổ chức đảng giảm 3, đảng viên tăng 14"."""

from __future__ import annotations

from collections.abc import Iterable

from coso.late_patterns import late
from extraction.document import Draft

_OPENS = late(
    r"(?:(?:trong đó|riêng|còn|và|nhưng|song|thì|trong khi(?: đó)?|cả) )*(?P<counted>(?:về )?(?:tổng )?(?:số|lượng) )?"
)
_CLOSES = late(r"(?: (?:cũng|đều|lại|đã|thì|được|có|tiếp tục|cùng|tương ứng|lần lượt))+$")
_MARKS = (",", ";", ":", "(", " - ", " – ", ". ")
_PARTED = late(r"[^\w%]+")
_JOINED = late(r" (?:và|lẫn) (?:(?:về )?số )?")
_RATE = "tỉ lệ "
#: Which of the levels told before is meant: "loại thứ nhất tăng 12 cuộc, loại thứ hai giảm 640 cuộc".
_ORDINAL = late(r"(?:loại|khoản|nội dung|chỉ tiêu|con số|số liệu) (?:thứ )?(?P<which>nhất|đầu|hai|ba|sau)$")
_PLACES = {"nhất": 0, "đầu": 0, "hai": 1, "sau": 1, "ba": 2}
#: Words of a subject: fewer name nothing, more are a clause.
_SHORTEST, _LONGEST = 2, 48


def subjects_of(folded: str, start: int, at: int) -> list[str]:
    """Return what a change is said of, as far as its clause behind ``start`` names it; two where two are joined."""
    opened = max(start, *(folded.rfind(mark, start, at) + len(mark) for mark in _MARKS))
    clause = folded[opened:at].strip()
    closed = _CLOSES.search(clause)
    clause = clause[: closed.start()] if closed else clause
    opening = _OPENS.match(clause)
    subject = clause[opening.end() :] if opening else clause
    if not _SHORTEST <= len(subject) <= _LONGEST or any(c.isdigit() for c in subject):
        return []
    return [] if subject.startswith(("so ", "cùng kì")) else [subject, *_JOINED.split(subject)]


def level_named(
    folded: str, subject: str, told: Iterable[list[Draft]], counted: frozenset[str] | set[str] = frozenset()
) -> Draft | None:
    """Return the level that a subject names, None where none or more than one may be meant.

    Args:
        folded: the folded text.
        subject: what a change is said of.
        told: the figures of this sentence and of those before it, the latest first.
        counted: classes of the noun that the amount of the change names, none where it names none.
    """
    rate = subject.startswith(_RATE)
    words = subject.removeprefix(_RATE).split()
    for drafts in told:
        levels = [
            d
            for d in drafts
            if not (d.earlier or d.comparison)
            and rate == ("percent" in d.figure.classes)
            and (not counted or counted & d.figure.classes)
            and (len(words) > 1 or _is_whole(d, words[0]))
        ]
        if (ordinal := _ORDINAL.search(subject)) and len(levels) > 1:
            which = _PLACES[ordinal["which"]]
            return levels[which] if which < len(levels) else None
        for count in range(len(words), max(0, min(len(words) - 1, 1)), -1):
            named = [d for d in levels if _says(folded, d, " ".join(words[:count]))]
            if named:
                return _one_of(folded, named, words)
    return None


def _is_whole(draft: Draft, noun: str) -> bool:
    """Whether a level may be what a noun alone means: "số đơn" are all received, not those settled."""
    code = draft.decision.code
    return "resolved" not in code and (noun != "đơn" or code == "petitions_received")


def _says(folded: str, draft: Draft, words: str) -> bool:
    """Whether what stands around a figure holds some words."""
    around = _PARTED.sub(" ", folded[draft.figure.lead_start : max(draft.figure.own_end, draft.figure.end)])
    return f" {words} " in f" {around} "


def _one_of(folded: str, named: list[Draft], words: list[str]) -> Draft | None:
    """Return the level with the very noun of a subject, or the total of several of the same code."""
    noun = " ".join(words)
    counted = [d for d in named if d.figure.unit and folded[slice(*d.figure.unit)] == noun]
    own = [d for d in named if noun in folded[d.figure.end : d.figure.own_end]]
    found = next((some for some in (counted, own) if len(some) == 1), named)
    if len({d.decision.code for d in found}) > 1:
        return None
    return max(found, key=lambda draft: draft.figure.number.value)
