"""Which row stands under which: by the numbers of a form, its dashes, and its "trong đó"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coso.forms import PlacedCell
from coso.late_patterns import late
from coso.text import fold_words
from extraction.forms.headings import Heading, take_apart
from extraction.forms.layout import Row

_PREFIX = late(
    r"\s*(?:(?P<dash>[-–•*])|(?P<plus>\+)|\(?(?P<mark>[IVX]+|\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ])[.)])(?:\s+|(?<=[-–+•*]))"
)
_STARTS_ANEW = late(r"(?:tổng|số|tỉ lệ)\b")
#: Depth of rows by how they are numbered; those without any stand between whole numbers and letters.
_CAPITAL, _ROMAN, _WHOLE, _BARE, _LETTER, _DASH, _PLUS = 0.0, 1.0, 2.0, 4.0, 5.0, 6.0, 7.0


@dataclass(frozen=True)
class Line:
    """A row with the rows above it that it belongs to.

    Attributes:
        row: the row.
        above: their headings, outermost first.
        own: the headings of the row itself, outermost first.
        rows: ordinals of the rows above it that have figures of their own.
    """

    row: Row
    above: tuple[Heading, ...]
    own: tuple[Heading, ...]
    rows: tuple[int, ...]


@dataclass
class _Open:
    depth: float
    headings: tuple[Heading, ...]
    row: Row


def arrange(rows: list[Row]) -> list[Line]:
    """Return the rows of a table with what each stands under."""
    lines: list[Line] = []
    stack: list[_Open] = []
    for row in rows:
        headings = tuple(take_apart(bare_label(cell)) for cell in row.labels)
        depth = _depth(row, headings, stack)
        while stack and stack[-1].depth >= depth:
            stack.pop()
        above = tuple(heading for one in stack for heading in one.headings)
        own = headings
        lines.append(Line(row, above, own, tuple(one.row.number for one in stack if one.row.figures)))
        stack.append(_Open(depth, headings, row))
    return lines


def bare_label(cell: PlacedCell) -> str:
    """Return the words of a label without the number or dash ahead of them."""
    text = cell.cell.text
    match = _PREFIX.match(text)
    return text[match.end() :] if match else text


def _depth(row: Row, headings: tuple[Heading, ...], stack: list[_Open]) -> float:
    total = any("whole" in heading.roles for heading in headings)
    numbered = _WHOLE if total else _numbered(row)
    part = next((one for one in reversed(stack) if _is_marker(one)), None)
    opens_part = any("part" in heading.roles for heading in headings)
    if numbered is not None and not (opens_part and not headings[-1].text):
        return numbered
    if opens_part:
        whole = next(
            (one for one in reversed(stack) if not any("part" in h.roles for h in one.headings)), None
        )
        return whole.depth + 0.1 if whole else _BARE
    if part is not None:
        if headings and _STARTS_ANEW.match(fold_words(headings[-1].text)):
            return part.depth - 0.1
        return part.depth + 0.1
    if not row.figures:
        return _ROMAN if not stack or stack[-1].depth > _ROMAN else min(stack[-1].depth + 0.5, _BARE)
    return _BARE


def _is_marker(one: _Open) -> bool:
    """Whether a row says "trong đó" and nothing else."""
    return bool(one.headings) and "part" in one.headings[-1].roles and not one.headings[-1].text


def _numbered(row: Row) -> float | None:
    if row.ordinal:
        return _depth_of(row.ordinal.strip("().: "))
    match = _PREFIX.match(row.labels[-1].cell.text) if row.labels else None
    if match is None:
        return None
    if match["dash"]:
        return _DASH
    return _PLUS if match["plus"] else _depth_of(match["mark"])


def _depth_of(mark: str) -> float:
    if re.fullmatch(r"[IVX]+", mark):
        return _ROMAN
    if re.fullmatch(r"\d+(?:\.\d+)*", mark):
        return _WHOLE + 0.5 * mark.count(".")
    if mark == "+":
        return _PLUS
    if mark in {"-", "–", "•", "*"}:
        return _DASH
    return _CAPITAL if mark.isupper() else _LETTER
