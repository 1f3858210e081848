"""Which levels the subject of a change names: "so cùng kỳ, tổ chức đảng giảm 3, đảng viên tăng 14"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coso.late_patterns import late
from extraction.document import Draft
from extraction.where import Mention

_OPENS = late(
    r"(?:(?:trong đó|riêng|còn|và|nhưng|song|thì|trong khi(?: đó)?|cả) )*(?P<counted>(?:về )?(?:tổng )?(?:số|lượng) )?"
)
_CLOSES = late(r"(?: (?:cũng|đều|lại|đã|thì|được|có|tiếp tục|cùng|tương ứng|lần lượt))+$")
_MARKS = (",", ";", ":", "(", " - ", " – ", ". ")
_PARTED = late(r"[^\w%]+")
_JOINED = late(r" (?:và|lẫn) (?:(?:về )?số )?")
_RATE = "tỉ lệ "
_SAYS_NO_MORE = late(
    r"(?:đã |được |bị |phải )*(?:tiếp nhận|nhận|nhận được|phát sinh|các loại|giải quyết|thi hành kỉ luật|kỉ luật|xử lí"
    r"|thuộc thẩm quyền|tổ chức|thực hiện|công dân|đến|tiếp|này|trên|đó)"
)
#: A place is a subject where nothing else stands between the opening of its clause and the change.
_OF_PLACE = late(r" (?:(?:cũng|đều|lại|đã|thì) )*")
_BEFORE_PLACE = late(r"(?:^|[,;:(] ?| - |(?<= )(?:riêng|còn|và|nhưng|trong đó) )(?:riêng |ở |tại )?$")
#: A number, or a name of a place, blotted out.
_NAMES_NOTHING = late(r"\d|(?<!\w)x+(?!\w)")
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
    if not _SHORTEST <= len(subject) <= _LONGEST or _NAMES_NOTHING.search(subject):
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
        for said in _shorter(words):
            named = [d for d in levels if _says(folded, d, said)]
            if named:
                return _one_of(folded, named, words)
    return None


def level_of_place(
    folded: str, start: int, at: int, drafts: list[Draft], places: Sequence[Mention]
) -> Draft | None:
    """Return the level of the place that a change is said of: "so cùng kỳ, Hải Châu tăng 12 lượt"."""
    named = [m for m in places if start <= m.start and m.end <= at and m.territory]
    if not named or not _OF_PLACE.fullmatch(folded, named[-1].end, at):
        return None
    territory = named[-1].territory
    ahead = folded[max(start, named[-1].start - 16) : named[-1].start]
    if territory is None or not _BEFORE_PLACE.search(ahead):
        return None
    there = [
        d
        for d in drafts
        if not (d.earlier or d.comparison) and d.territory and d.territory.names == territory.names
    ]
    return there[0] if len(there) == 1 else None


def _shorter(words: list[str]) -> Iterator[str]:
    """Yield a subject, and without the words that say no more than its noun does."""
    yield " ".join(words)
    for count in range(len(words) - 1, 0, -1):
        if _SAYS_NO_MORE.fullmatch(" ".join(words[count:])):
            yield " ".join(words[:count])


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
