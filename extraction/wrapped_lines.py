"""Texts whose lines were broken at a fixed width, as copies from mail, PDF and terminals are.

A line is a paragraph to the reader; where a paragraph was broken into lines of one width, they are joined again.
"""

from __future__ import annotations

from coso.late_patterns import late

#: Widths at which lines are broken, in characters.
_NARROWEST, _WIDEST = 40, 130
#: So many breaks at least must be those of a width, so many of which go on in the middle of a sentence.
_BREAKS, _MIDDLE = 2, 1
#: Share of all breaks within paragraphs that must be of the width, and in the middle of a sentence.
_MOST, _SOME = 0.7, 0.4
_ITEM = late(r"\s*(?:[-–](?! \d{4})|[+•*·]|(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[a-zđ])[.)/])(?=\s)")
_ENDS = (".", "!", "?", ":", ";", "…")


def join_wrapped(text: str) -> str:
    """Return the text with spaces for the line breaks that only keep it within a width; it stays as long as it was.

    A break is one of the width where the first word of the next line would not have fitted into the line. Texts of
    other lines (paragraphs, lists, tables) come back as they are.

    Args:
        text: text as given.
    """
    if text.count("\n") < _BREAKS:
        return text
    lines = text.split("\n")
    width = max(len(line.rstrip()) for line in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return text
    within = [at for at in range(len(lines) - 1) if lines[at].strip() and lines[at + 1].strip()]
    soft = [at for at in within if _is_full(lines[at], lines[at + 1], width)]
    middle = [at for at in soft if _goes_on(lines[at], lines[at + 1])]
    if len(soft) < max(_BREAKS, _MOST * len(within)) or len(middle) < max(_MIDDLE, _SOME * len(soft)):
        return text
    joined = set(soft)
    return "".join(
        line + ("" if at == len(lines) - 1 else " " if at in joined else "\n")
        for at, line in enumerate(_blank_ends(lines, joined))
    )


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted into a line, and begins no item of a list."""
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width and not _ITEM.match(following)


def _goes_on(line: str, following: str) -> bool:
    """Whether a line breaks off in the middle of a sentence."""
    first = following.lstrip()[0]
    return not line.rstrip().endswith(_ENDS) and not first.isupper()


def _blank_ends(lines: list[str], joined: set[int]) -> list[str]:
    """Return the lines, those that are joined with a space for the carriage return at their end."""
    return [
        line[:-1] + " " if at in joined and line.endswith("\r") else line for at, line in enumerate(lines)
    ]
