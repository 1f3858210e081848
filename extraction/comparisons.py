"""Changes against an earlier period: found, taken out of the figures, and tied to the level they qualify."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.earlier_levels import is_level
from extraction.figures import Figure
from extraction.patterns import says_any

_UP = (
    r"tăng(?: thêm| nhẹ| mạnh| đáng kể| đột biến| vọt)?|nhiều hơn|cao hơn|nhích(?: thêm| lên| nhẹ)?|(?<=\()thêm"
    r"|(?<=, )thêm|vượt|"
    r"hơn(?= (?:so với )?(?:cùng kì|năm|tháng|quí|kì|hồi))"
)
_DOWN = (
    r"(?<!cắt )(?<!tiết )(?<!suy )(?<!tinh )(?<!miễn )giảm(?: mạnh| nhẹ| sâu| đáng kể| bớt| đi| hẳn)?"
    r"|hụt|ít hơn|thấp hơn|bớt|tụt|thua|kém|sụt"
)
_BASE = (
    r"(?:(?:so với|so) (?:19|20)\d{2}(?![\d/])"
    r"|(?:so với |so |với )?(?:cùng kì(?: năm(?: (?:trước|ngoái|\d{4}))?| \d{4})?|(?:các )?năm(?: trước| "
    r"ngoái| \d{4})|tháng trước|quí trước"
    r"|kì trước|hồi (?:đầu năm|tháng \d+(?:/\d{4})?|cuối năm)|đầu nhiệm kì|nhiệm kì trước|cùng thời "
    r"điểm[^,.;]{0,20}|tháng \d+/\d{4}|(?:6 tháng|9 tháng|quí [iv1-4]+|tháng \d+|nửa)(?: đầu| cuối)?"
    r"(?:(?: năm |[/ -])\d{4}| (?:của )?năm (?:trước|ngoái))|(?<=với )(?:quí [iv1-4]+|tháng \d+)))(?:(?: là|:)(?= ))?"
)
_APPROX = r"(?:hơn|gần|trên|khoảng|tới|đến|ngót|xấp xỉ|được)"
_CHANGE = re.compile(
    rf"(?<![a-zà-ỹđ])(?P<word>{_UP}|{_DOWN})(?![a-zà-ỹđ])(?: (?P<each>lần lượt|tương ứng))?"
    rf"(?:(?: so với| so)?\s*{_BASE})?(?: lần lượt)?(?: là)?,? ?(?:{_APPROX} )*$"
)
_NEWLY = re.compile(r"(?<!\w)mới(?!\w)")
#: "4.902 lượt (+310)"
_SIGN = re.compile(r"^[^(]{0,24}\( ?([+-]) ?$")
#: What a change cannot do without; a sentence that has none of it is not searched for changes.
_CHANGE_WORDS = (
    "tăng", "giảm", "hơn", "nhích", "thêm", "vượt", "hụt", "bớt", "tụt", "thua", "kém", "sụt", "(+", "(-",
)  # fmt: skip
_DECREASE = re.compile(_DOWN)
_EACH = re.compile(r"lần lượt|tương ứng")
_LEVEL_AFTER = re.compile(r"(?:tăng|giảm)(?: (?:lên|xuống|còn|từ))|(?:còn|lên|xuống|từ)\s*(?:\w+ )?$")
_FRACTION = re.compile(
    r"(?P<word>tăng|giảm)(?: (?:gần|hơn|khoảng|trên))? (?P<fraction>\d/\d)(?! ?(?:vụ|đơn|cuộc))"
)
_TIMES = re.compile(
    rf"(?:tăng )?gấp (?:gần |hơn |khoảng |trên )?(?P<times>\d+(?:,\d+)?)(?: lần)?(?: {_BASE})?"
)
_AGAINST_PLAN = re.compile(r" (?:so với|so|với) (?:chỉ tiêu|kế hoạch|mục tiêu|nghị quyết|dự toán|yêu cầu)")
_GOING_ON = re.compile(
    r"\s*(?:về (?:số )?(?:lượt|lượt người|người|vụ|vụ việc|đơn|cuộc|đoàn)(?!\w))?\s*(?:,|và|;|\()?\s*"
    r"(?:(?:và|tăng|giảm) )?(?:(?:hơn|gần|trên|khoảng) )?$"
)
_BASELINE = re.compile(_BASE)


@dataclass(slots=True)
class Change:
    """One stated change.

    Attributes:
        figure: the number that says how much; None for a fraction in figures such as 1/3.
        direction: increase or decrease.
        at: where its word stands.
        baseline: what the text says it is compared with, folded; None when nothing is said.
        leading: whether the change is stated before the level it qualifies.
    """

    figure: Figure | None
    direction: str
    at: int
    baseline: str | None = None
    leading: bool = False


def find_changes(folded: str, figures: list[Figure]) -> list[Change]:
    """Mark the figures that say how much something changed, and return them in order."""
    changes: list[Change] = []
    first, last = figures[0], figures[-1]
    sentence = folded[first.sentence.start : last.start]
    if not says_any(sentence, _CHANGE_WORDS):
        return changes
    open_change: Change | None = None
    each = False
    for index, figure in enumerate(figures):
        if figure.dropped:
            open_change = None
            continue
        before = figures[index - 1] if index else None
        start = max(figure.sentence.start, figure.start - 90)
        if before and before.end > start:
            start = before.end
        text = folded[start : figure.start]
        match = _CHANGE.search(text) if says_any(text, _CHANGE_WORDS) else None
        if match and match.group("word") == "thêm" and _tells_level(folded, figure, before):
            match = None
        if match and match.group("word").endswith(" hơn") and is_level(folded, figure):
            match = None
        if match and figure.denominator and figure.number.value < figure.denominator <= 10:
            figure.dropped, open_change = "comparison", None
            continue
        if match and _AGAINST_PLAN.match(folded, figure.unit[1] if figure.unit else figure.end):
            figure.dropped, open_change = "comparison", None
            continue
        sign = None if match or figure.bracket is None or before is None else _SIGN.search(text)
        if sign:
            open_change = Change(figure, "increase" if sign[1] == "+" else "decrease", figure.start - 1)
        elif match and not _LEVEL_AFTER.search(text[match.start() :]):
            direction = "decrease" if _DECREASE.fullmatch(match.group("word")) else "increase"
            open_change = Change(figure, direction, start + match.start())
            each = bool(_EACH.search(text))
        elif (
            open_change
            and before
            and before.dropped == "comparison"
            and _continues(folded, before, figure, each)
        ):
            open_change = Change(figure, open_change.direction, open_change.at)
        else:
            open_change = None
            continue
        figure.dropped = "comparison"
        changes.append(open_change)
    _name_baselines(folded, changes, figures)
    return changes


def _tells_level(folded: str, figure: Figure, before: Figure | None) -> bool:
    """Whether "thêm" adds a level rather than to one: "Quý I, thêm 21 công trình", "(thêm 88 bản mới ký)"."""
    return before is None or bool(_NEWLY.search(folded, figure.end, figure.own_end))


def find_fractions(folded: str, start: int, end: int) -> list[tuple[int, int, Change]]:
    """Return changes given as fractions ("giảm 1/3"), with where their digits stand."""
    found = []
    for match in _FRACTION.finditer(folded, start, end):
        direction = "decrease" if match.group("word") == "giảm" else "increase"
        found.append((match.start("fraction"), match.end("fraction"), Change(None, direction, match.start())))
    return found


def baseline_text(folded: str, start: int, end: int) -> str | None:
    """Return what a change between two places is compared with, as it is written."""
    match = _BASELINE.search(folded, start, end)
    return match.group() if match else None


def find_times(folded: str, start: int, end: int) -> list[tuple[int, float, str | None]]:
    """Return changes such as "tăng gấp 2 lần năm 2022": where, how many times, and against what."""
    found = []
    for match in _TIMES.finditer(folded, start, end):
        base = _BASELINE.search(folded, match.end("times"), match.end())
        found.append(
            (match.start(), float(match.group("times").replace(",", ".")), base.group() if base else None)
        )
    return found


def _continues(folded: str, before: Figure, figure: Figure, each: bool) -> bool:
    """Whether a number goes on a list of changes: "tăng 230 tổ chức, 124 đảng viên"."""
    between = folded[(before.unit[1] if before.unit else before.end) : figure.start]
    if not _GOING_ON.fullmatch(between):
        return False
    if figure.bracket and figure.bracket != before.bracket:
        return "percent" in figure.classes
    return (
        each
        or bool(figure.classes & before.classes)
        or before.classes & {"turn", "person", "org", "partyorg"} != set()
        or ("none" in figure.classes)
    )


def _name_baselines(folded: str, changes: list[Change], figures: list[Figure]) -> None:
    for change in changes:
        if change.figure is None:
            continue
        sentence = change.figure.sentence
        later = [f.start for f in figures if f.start > change.figure.start and f.dropped != "comparison"]
        stop = min([*later, sentence.end, change.figure.end + 140])
        semicolon = folded.find(";", change.figure.end, stop)
        stop = semicolon if semicolon != -1 else stop
        match = _BASELINE.search(folded, change.at, change.figure.start) or _BASELINE.search(
            folded, change.figure.end, stop
        )
        if match is None:
            for found in _BASELINE.finditer(folded, max(sentence.start, change.at - 40), change.at):
                match = found
        if match:
            change.baseline = match.group().strip()
            change.leading = match.start() < change.at
