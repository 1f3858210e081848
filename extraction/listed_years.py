"""Years named in a list, of which each has a number: "các năm 2020, 2021 và 2022 lần lượt là 1.912, 1.645 và 1.804"."""

from __future__ import annotations

from coso.late_patterns import late
from extraction import when
from extraction.cues import cue
from extraction.digits import numbers_in_runs
from extraction.document import Line

_YEAR = late(r"(?:19|20)\d{2}")
_IN_TURN = late(r"(?<!\w)(?:lần lượt|tương ứng|theo thứ tự)(?!\w)")
_TURN_WORDS = cue("lần lượt", "tương ứng", "theo thứ tự")
#: Ways in which years are named that may be a list of them.
_LISTS = frozenset({"span", "year"})


def year_told(line: Line, at: int, before: when.Moment | None, context: int | None) -> str | None:
    """Return the period that a list gives the number that begins ``at``: dealt out ahead, or told behind each.

    Args:
        line: the sentence.
        at: where the number begins.
        before: the period in force where the sentence begins.
        context: its year, if it is of one.
    """
    if year := dealt_out(line, at, before):
        return year
    behind = told_behind(line, at)
    return when.resolve(behind, line.document.calendar, context) if behind else None


#: Between a number and the period told behind it stands its noun and no comma.
_BEHIND = late(r"%?(?: [^\W\d]+){0,4} ?\(?")


def told_behind(line: Line, at: int) -> when.Moment | None:
    """Return the period told right behind a number, where the numbers beside it have theirs behind them, too.

    "81,9% năm 2022, 83,06% năm 2023 và 84,5% năm 2024" would else be ruled by the years told ahead of each number.

    Args:
        line: the sentence.
        at: where the number begins.
    """
    years = [m for m in line.moments if m.year and m.months and when.rules(m)]
    if len(years) < 2:
        return None
    start, end = years[0].start, years[-1].end
    runs = [r for r in line.runs if r.start() < end and not any(m.start <= r.start() < m.end for m in years)]
    numbers = [n for n in numbers_in_runs(line.folded, runs, end) if n.start > start - _NEAR]
    told: list[tuple[int, when.Moment | None]] = []
    for number in numbers:
        behind = next((m for m in years if m.start >= number.end), None)
        beside = behind and _BEHIND.fullmatch(line.folded, number.end, behind.start)
        told.append((number.start, behind if beside else None))
    place = next((index for index, (begin, _) in enumerate(told) if begin == at), None)
    if place is None or told[place][1] is None:
        return None
    around = [told[index][1] for index in (place - 1, place + 1) if 0 <= index < len(told)]
    return told[place][1] if any(around) and not _opens_list(line, told, years) else None


#: How far ahead of the first year the first of the numbers may stand.
_NEAR = 60


def _opens_list(line: Line, told: list[tuple[int, when.Moment | None]], years: list[when.Moment]) -> bool:
    """Whether a year stands right ahead of the first number, so that each rules what follows it."""
    first = next(begin for begin, behind in told if behind)
    return any(m.end <= first and not _CLAUSE_ENDS.search(line.folded, m.end, first) for m in years)


_CLAUSE_ENDS = late(r"[,;:.]")


def dealt_out(line: Line, at: int, before: when.Moment | None) -> str | None:
    """Return the year of the number that begins ``at``, None where years are not dealt out in its clause.

    Args:
        line: the sentence.
        at: where the number begins.
        before: the period in force where the sentence begins.
    """
    turn = _turn(line, at) if line.sentence.cues & _TURN_WORDS else -1
    if turn == -1:
        return None
    opened = max(line.folded.rfind(";", line.sentence.start, at), line.sentence.start)
    ahead = [m for m in line.moments if opened <= m.start < turn and m.form in _LISTS]
    years = _years(line, ahead, before)
    if len(years) < 2:
        return None
    stop = line.folded.find(";", at, line.sentence.end)
    end = stop if stop != -1 else line.sentence.end
    numbers = numbers_in_runs(line.folded, [run for run in line.runs if turn < run.start() < end], end)
    # "Hai năm 2017, 2018 lần lượt 109 và 86 vụ, thành 90 và 75 vụ": as often as there are years.
    if not numbers or len(numbers) % len(years):
        return None
    return years[sum(number.start < at for number in numbers) % len(years)]


def _turn(line: Line, at: int) -> int:
    """Return where the last words before a number stand that deal out, -1 where none do."""
    begin = max(line.folded.rfind(";", line.sentence.start, at), line.sentence.start)
    turns = [match.end() for match in _IN_TURN.finditer(line.folded, begin, at)]
    return turns[-1] if turns else -1


def _years(line: Line, ahead: list[when.Moment], before: when.Moment | None) -> list[str]:
    """Return the years that are listed last ahead of a number, those of the sentence before where it names none."""
    text = line.document.folded.text
    if ahead:
        # "Năm 2021 và năm 2022" may be two mentions as well as one.
        return _YEAR.findall(text, ahead[0].start, ahead[-1].end) if _apart(text, ahead) else []
    if before is None or before.form != "span" or not _apart(text, [before]):
        return []
    return _YEAR.findall(text, before.start, before.end)


def _apart(text: str, named: list[when.Moment]) -> bool:
    """Whether years are told one by one, rather than as a span ("2020 - 2022")."""
    said = text[named[0].start : named[-1].end]
    return not any(mark in said for mark in ("-", "–", "đến", "tới")) and len(said) < 90
