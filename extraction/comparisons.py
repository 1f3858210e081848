"""Changes against an earlier period: found, taken out of the figures, and tied to the level they qualify."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from coso.late_patterns import late
from extraction.cues import cue
from extraction.earlier_levels import is_level
from extraction.figures import Figure
from extraction.patterns import says_any

_UP = (
    r"tăng(?: thêm| nhẹ| mạnh| đáng kể| đột biến| vọt)?|nhiều hơn|cao hơn|(?:nhích|nhỉnh|trội)(?: thêm| lên| nhẹ| hơn)?"
    r"|(?<=\()thêm|(?<=, )thêm|(?<=kì )thêm|(?<=trước )thêm|(?<=\d )thêm|vượt|"
    r"hơn(?= (?:so với )?(?:cùng kì|năm|tháng|quí|kì|hồi))"
)
_DOWN = (
    r"(?<!cắt )(?<!tiết )(?<!suy )(?<!tinh )(?<!miễn )giảm(?: mạnh| nhẹ| sâu| đáng kể| bớt| đi| hẳn)?"
    r"|hụt|ít hơn|ít đi|thấp hơn|thấp đi|vơi(?: đi| bớt)?|bớt|tụt|thua|kém|sụt|(?<=, )hạ|(?<=\()hạ"
)
#: What a change is said to be against.
BASE = (
    r"(?:(?:so với|so) (?:19|20)\d{2}(?![\d/])"
    r"|(?:so với |so |với )?(?:cùng kì(?: năm(?: (?:trước|ngoái|\d{4}))?| \d{4})?"
    r"|(?:các |cuối )?năm(?: (?:liền )?trước(?: đó)?| ngoái| \d{4})|tháng trước|quí trước"
    r"|(?:kì|đợt|lần|kì họp) trước|hồi (?:đầu năm|tháng \d+(?:/\d{4})?|cuối năm)|đầu nhiệm kì"
    r"|(?:nhiệm kì|giai đoạn) trước|cùng thời điểm[^,.;]{0,20}"
    r"|tháng \d+/\d{4}|(?:6 tháng|9 tháng|quí [iv1-4]+|tháng \d+|nửa)"
    r"(?: đầu| cuối)?(?:(?: năm |[/ -])\d{4}| (?:của )?năm (?:trước|ngoái))"
    r"|(?:(?<=với |hơn |kém )|(?<=thua ))(?:quí [iv1-4]+|tháng \d+)))"
    r"(?:(?: là|:)(?= ))?"
)
_APPROX = r"(?:hơn|gần|trên|khoảng|tới|đến|ngót|xấp xỉ|được)"
_CHANGE = late(
    rf"(?<![a-zà-ỹđ])(?P<word>{_UP}|{_DOWN})(?![a-zà-ỹđ])(?: (?P<each>lần lượt|tương ứng))?"
    rf"(?:(?: so với| so)?\s*{BASE})?(?: lần lượt)?(?: là)?,? ?(?:{_APPROX} )*$"
)
#: "đạt 66,2%, tăng lên 3,1% so với năm 2021" tells by how much, though it says "up to"; so does "hơn 3,1% so với".
_CHANGE_LOOSELY = late(
    r"(?<!\w)(?P<word>(?:tăng|nhích|giảm)(?= (?:lên|xuống) )|(?<=, )hơn(?= ))(?: lên| xuống)? (?:gần |khoảng )?$"
)
_WITH_BASE = late(rf" {BASE}| (?:của |so với )")
#: A level is no more than so many times what it changed by.
_CHANGES_LITTLE = 3
#: "giảm 1/3" is a change, "52/53 đơn" behind one is none.
_PARTED_IN = 10
#: "đối thoại tại nơi làm việc tăng 17% với 2.364 cuộc"
_WITH = late(r" với (?:hơn |gần |trên )?")
_NEWLY = late(r"(?<!\w)mới(?!\w)")
#: "4.902 lượt (+310)"
_SIGN = late(r"^[^(]{0,60}\( ?([+-]) ?$")
#: What a change cannot do without; a sentence that has none of it is not searched for changes.
_CHANGE_WORDS = (
    "tăng", "giảm", "hơn", "nhích", "thêm", "vượt", "hụt", "bớt", "tụt", "thua", "kém", "sụt", "ít đi", "nhỉnh", "trội",
    "thấp đi", "vơi", ", hạ ", "(hạ ",
    "(+", "(-",
)  # fmt: skip
#: The same, and what else a change is told with: "bằng 86% cùng kỳ".
_CHANGES = cue(*_CHANGE_WORDS, "bằng ")
_DECREASE = late(_DOWN)
_EACH = late(r"lần lượt|tương ứng")
_LEVEL_AFTER = late(r"(?:tăng|giảm)(?: (?:lên|xuống|còn|từ))|(?:còn|lên|xuống|từ)\s*(?:\w+ )?$")
#: "bằng 86% so với cùng kì"
_SHARE = late(r"(?<!\w)bằng (?:(?:hơn|gần|khoảng|trên) )?$")
_SHARE_OF = late(rf"(?: so với| so| của)?(?: mức)? ?{BASE}")
#: "(cùng kì thấp hơn 2,2%)" tells of the earlier period.
_EARLIER_WAS = late(
    r"[(;,] ?(?:(?:trong khi|còn) )?"
    r"(?:cùng (?:kì|thời điểm)(?: năm (?:trước|ngoái|\d{4}))?|năm (?:trước|ngoái|\d{4})) $"
)
_DEALS_ON = late(rf"[^,;.\d]{{0,24}}(?:,|,? và|,? nhưng) (?:{_UP}|{_DOWN})(?: \w+)? ")
_FRACTION = late(
    rf"(?:(?P<word>tăng|giảm|vơi đi|hụt)|bằng(?= (?:[^\W\d]+ )?(?:\d/\d|một nửa|một phần) (?:của )?{BASE}))"
    r"(?: (?:gần|hơn|khoảng|trên|còn|quá|tới|đến))?"
    r" (?P<fraction>\d/\d(?! ?(?:vụ|đơn|cuộc))"
    r"|(?:một nửa|phân nửa|nửa|một phần (?:ba|tư|năm)|hai phần ba)(?!\w| đầu| cuối))"
)
_TIMES_WORDS = {
    "rưỡi": 1.5, "đôi": 2, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
#: "gấp 2 lần năm 2022", "gấp rưỡi nửa đầu năm", "tăng hơn 3 lần giai đoạn trước", but not "gấp 3 lần huyện bên".
_TIMES = late(
    rf"(?<!\w)(?:(?:tăng )?gấp|tăng|bằng(?= [\d,]+ lần))(?: gần| hơn| khoảng| trên| tới)?"
    rf" (?P<times>\d+(?:,\d+)?(?!,?\d)|{'|'.join(_TIMES_WORDS)})(?P<counted> lần)?"
    rf"(?:(?: so với| so| với)?(?: số| mức| đoạn)?[^,.;()\d]{{0,16}}?"
    rf" (?P<base>{BASE}|(?:tháng|quí) (?:\d+|[iv]+)|(?:6 tháng|nửa) (?:đầu|cuối)(?: năm)?)|(?= ?(?:[,.;)]|$))|(?= ?\())"
)
_AGAINST_PLAN = late(r" (?:(?:so với|so|với) )?(?:chỉ tiêu|kế hoạch|mục tiêu|nghị quyết|dự toán|yêu cầu)")
_GOING_ON = late(
    r"\s*(?:(?:số )?(?:tổ chức đảng|tổ chức|đảng viên|lượt|người|vụ|đơn|đoàn|cuộc)(?!\w))?"
    r"(?:về (?:số )?(?:lượt|lượt người|người|vụ|vụ việc|đơn|cuộc|đoàn)(?!\w))?"
    r"(?: (?:được )?(?:tiếp nhận|thụ lí|hòa giải thành|giải quyết|giám sát|phản biện|kiểm tra|đối thoại)(?!\w))?"
    r"\s*(?:,|và|;|\()?\s*"
    r"(?:(?:và|tăng|giảm) )?(?:(?:hơn|gần|trên|khoảng) )?$"
)
#: "tăng 10,2% (121 đơn)", "giảm 12,4%, 271 đơn so với", "tăng 6,7%, tương đương 64 đơn": the same change, counted.
_COUNTED_TOO = late(
    r"(?P<opens> \(|, )(?:tương (?:đương|ứng)(?: với)? |tức(?: là)? )?(?:hơn |gần |trên |khoảng )?$"
)
_ENDS_CHANGE = late(rf" ?(?:[,.;)]|$)| {BASE}")
_BASELINE = late(BASE)
#: "So với cùng kỳ năm 2018, lượt tiếp giảm 312 lượt, đơn tăng 45 đơn"
_OPENS_WITH_BASE = late(rf"(?:nếu |khi )?so (?:với |sánh với )?(?P<base>{BASE})")
#: Between two changes stands nothing but the subject of the second.
_SUBJECT_ONLY = late(r"[^,;.:()\d]{0,24}(?:,|,? và|,? còn) (?:số|lượng|tổng số|tỉ lệ) [^,;.:()\d]{2,48}")


@dataclass(slots=True)
class Change:
    """One stated change.

    Attributes:
        figure: the number that says how much; None for a fraction in figures such as 1/3.
        direction: increase or decrease.
        at: where its word stands.
        baseline: what the text says it is compared with, folded; None when nothing is said.
        amount: how much it is where the number does not say so itself: 14 of "bằng 86% cùng kỳ".
    """

    figure: Figure | None
    direction: str
    at: int
    baseline: str | None = None
    amount: float | None = None


def find_changes(folded: str, figures: list[Figure]) -> list[Change]:
    """Mark the figures that say how much something changed, and return them in order."""
    first, last = figures[0], figures[-1]
    if not first.sentence.cues & _CHANGES:
        return []
    text = folded[first.sentence.start : last.start]
    if not says_any(text, _CHANGE_WORDS) and "bằng " not in text:
        return []
    finder = _Finder(folded, figures)
    for index, figure in enumerate(figures):
        finder.look_at(figure, figures[index - 1] if index else None)
    _name_baselines(folded, finder.changes, figures)
    for before, figure in pairwise(figures):
        between = folded[before.end : figure.start]
        if before.dropped == "comparison" and not figure.dropped and _WITH.fullmatch(between):
            at = next((c.at for c in finder.changes if c.figure is before), None)
            if at is not None and leads_over(figures, figure, at):
                figure.lead_start = before.lead_start
    return finder.changes


def leads_over(figures: list[Figure], figure: Figure, at: int) -> bool:
    """Whether the words ahead of a change lead up to the level behind it: "đối thoại tăng 17% với 2.364 cuộc".

    No other number may stand ahead of the change in its clause: it would be what changed.
    """
    return not any(figure.clause_start <= other.start < at for other in figures)


class _Finder:
    """Goes over the figures of a sentence, and remembers the change that those behind may go on.

    Attributes:
        figures: all of the sentence.
        changes: what was found.
        latest: the change of the figure before, None when it has none.
        each: whether it is dealt out ("lần lượt").
    """

    def __init__(self, folded: str, figures: list[Figure]) -> None:
        self.folded = folded
        self.figures = figures
        self.changes: list[Change] = []
        self.latest: Change | None = None
        self.each = False

    def look_at(self, figure: Figure, before: Figure | None) -> None:
        """Take a figure out when it says how much something changed."""
        latest, self.latest = self.latest, None
        if figure.dropped:
            return
        start = max(figure.sentence.start, figure.start - 90)
        if before and before.end > start and not self._is_level_aside(before, figure):
            start = before.end
        text = self._text_before(figure, before, start)
        match = self._change_word(figure, before, text)
        if match and self._is_no_change(figure):
            figure.dropped = "comparison"
            return
        if match is None and (share := _share_of_earlier(self.folded, figure, text, start)):
            figure.dropped = "comparison"
            self.changes += [share] if share.amount else []
            return
        self.latest = self._read(figure, before, match, text, start, latest)
        if self.latest:
            figure.dropped = "comparison"
            self.changes.append(self.latest)

    def _is_level_aside(self, before: Figure, figure: Figure) -> bool:
        """Whether the number before stands in a bracket that a change goes on behind: "hơn năm 2022 (80%) 2,5%"."""
        return before.bracket is not None and self.folded[before.bracket[1] : figure.start] == " "

    def _text_before(self, figure: Figure, before: Figure | None, start: int) -> str:
        """Return what leads up to a number, without the earlier level that stands in a bracket before it."""
        if before and before.bracket and self._is_level_aside(before, figure):
            return self.folded[start : max(start, before.bracket[0])]
        return self.folded[start : figure.start]

    def _change_word(self, figure: Figure, before: Figure | None, text: str) -> re.Match[str] | None:
        if not says_any(text, _CHANGE_WORDS):
            return None
        match = _CHANGE.search(text)
        if match is None or _LEVEL_AFTER.search(text[match.start() :]):
            match = self._loosely_told(figure, before, text)
        if match is None:
            return None
        word = match.group("word")
        if word == "thêm" and (
            _tells_level(self.folded, figure, before) or _opens_period(text[: match.start()])
        ):
            return None
        if word.endswith(" hơn") and is_level(self.folded, figure):
            return None
        return match

    def _loosely_told(self, figure: Figure, before: Figure | None, text: str) -> re.Match[str] | None:
        """Return the word of a change told as if up to a level, where the level stands right before it."""
        match = _CHANGE_LOOSELY.search(text)
        if match is None or before is None or before.dropped or not figure.classes & before.classes:
            return None
        little = figure.number.value * _CHANGES_LITTLE < before.number.value
        counted = figure.unit[1] if figure.unit and figure.unit[0] >= figure.end else figure.end
        return match if little and _WITH_BASE.match(self.folded, counted) else None

    def _is_no_change(self, figure: Figure) -> bool:
        """Whether a number behind a word of change is a fraction in digits, or seen against a plan."""
        if figure.denominator and figure.number.value < figure.denominator <= 10:
            return True
        return bool(_AGAINST_PLAN.match(self.folded, figure.unit[1] if figure.unit else figure.end))

    def _read(
        self,
        figure: Figure,
        before: Figure | None,
        match: re.Match[str] | None,
        text: str,
        start: int,
        latest: Change | None,
    ) -> Change | None:
        sign = None if match or figure.bracket is None or before is None else _SIGN.search(text)
        if sign:
            return Change(figure, "increase" if sign[1] == "+" else "decrease", figure.start - 1)
        if match:
            at = start + match.start()
            if self.each and latest and _DEALS_ON.fullmatch(text):
                at = latest.at  # "lần lượt giảm 4 và tăng 9"
            else:
                self.each = bool(_EACH.search(text))
            return Change(figure, _direction(match, text), at)
        if latest and before and self._continues(before, figure, latest.at):
            return Change(figure, latest.direction, latest.at)
        return None

    def _continues(self, before: Figure, figure: Figure, at: int) -> bool:
        """Whether a number goes on the list of changes that its word at ``at`` opens."""
        between = self.folded[(before.unit[1] if before.unit else before.end) : figure.start]
        if "percent" in before.classes and self._counts_too(figure, between, at):
            return True
        if not _GOING_ON.fullmatch(between) or (figure.denominator and figure.denominator > _PARTED_IN):
            return False
        if figure.bracket and figure.bracket != before.bracket:
            # "cao hơn cùng kỳ 3,1% (79,5%)" tells what it was.
            return "percent" in figure.classes and "percent" not in before.classes
        if self.each or _are_listed(before, figure, between):
            return True
        levels = [f for f in self.figures if f.end <= at and not f.dropped]
        return _changes_of_pair(self.folded, levels, before, figure)

    def _counts_too(self, figure: Figure, between: str, at: int) -> bool:
        """Whether a number says in counts what the percentage before it said of a level ahead."""
        match = _COUNTED_TOO.fullmatch(between)
        if "percent" in figure.classes or match is None or figure.unit is None:
            return False
        if not _ENDS_CHANGE.match(self.folded, figure.unit[1]):
            return False
        if match["opens"] == " (" and not self.folded.startswith(")", figure.unit[1]):
            return False
        return any(
            f.end <= at
            and not f.dropped
            and _count_alike(self.folded, f, figure)
            and f.number.value > figure.number.value
            for f in self.figures
        )


def _tells_level(folded: str, figure: Figure, before: Figure | None) -> bool:
    """Whether "thêm" adds a level rather than to one: "Quý I, thêm 21 công trình", "(thêm 88 bản mới ký)"."""
    return before is None or bool(_NEWLY.search(folded, figure.end, figure.own_end))


def _opens_period(ahead: str) -> bool:
    """Whether "thêm" stands behind a period of its own: "năm 2023 thêm 15 mô hình", not "so với năm 2022 thêm 15"."""
    return not ahead.endswith(("(", ", ")) and not says_any(ahead, ("so ", "cùng kì"))


def _direction(match: re.Match[str], text: str) -> str:
    """Return whether a change is an increase or a decrease, seen from the level at hand."""
    down = bool(_DECREASE.fullmatch(match.string, *match.span("word")))
    if match.group("word").endswith(" hơn") and _EARLIER_WAS.search(text, 0, match.start()):
        down = not down
    return "decrease" if down else "increase"


def _share_of_earlier(folded: str, figure: Figure, text: str, start: int) -> Change | None:
    """Return the change that "bằng 86% so với cùng kỳ" tells: a decrease by 14 percent."""
    if "percent" not in figure.classes or "bằng " not in text:
        return None
    match = _SHARE.search(text)
    if match is None or not _SHARE_OF.match(folded, figure.end):
        return None
    change = figure.number.value - 100
    direction = "decrease" if change < 0 else "increase"
    return Change(figure, direction, start + match.start(), amount=round(abs(change), 6))


def find_fractions(folded: str, start: int, end: int) -> list[tuple[int, int, Change]]:
    """Return changes given as fractions ("giảm 1/3"), with where their digits stand."""
    found = []
    for match in _FRACTION.finditer(folded, start, end):
        direction = "increase" if match.group("word") == "tăng" else "decrease"
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
        said = match["times"]
        named = match.group().startswith(("gấp", "tăng gấp"))
        if not match["counted"] and (said == "hai" or not named):
            continue
        times = _TIMES_WORDS.get(said) or float(said.replace(",", "."))
        if match.group().startswith("bằng") and (times <= 1 or not match["base"]):
            continue
        found.append((match.start(), float(times), match["base"]))
    return found


def _are_listed(before: Figure, figure: Figure, between: str) -> bool:
    """Whether nouns are such as lists of changes have: "tăng 230 tổ chức, 124 đảng viên"."""
    return (
        bool(figure.classes & before.classes)
        or before.classes & {"turn", "person", "org", "partyorg"} != set()
        or ("none" in figure.classes)
        or ("group" in before.classes and "person" in figure.classes)
        # "so với năm 2018 tăng 92 tổ và 421 hòa giải viên"
        or (" và " in between and figure.unit is not None)
    )


def _changes_of_pair(folded: str, levels: list[Figure], before: Figure, figure: Figure) -> bool:
    """Whether two numbers have the nouns of two levels: "21 cuộc với 830 người (tăng 2 cuộc, 40 người)"."""
    first = next((level for level in levels if _count_alike(folded, level, before)), None)
    return first is not None and any(
        level.start > first.start
        and _count_alike(folded, level, figure)
        and level.number.value > figure.number.value
        for level in levels
    )


def _count_alike(folded: str, level: Figure, change: Figure) -> bool:
    """Whether a change has the noun of a level, or its first word: "1.146 tổ hòa giải, giảm 92 tổ"."""
    if level.unit is None or change.unit is None:
        return False
    noun = folded[change.unit[0] : change.unit[1]]
    return bool(level.classes & change.classes) or folded.startswith(f"{noun} ", level.unit[0])


def _name_baselines(folded: str, changes: list[Change], figures: list[Figure]) -> None:
    told: Change | None = None
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
        elif told and told.figure and _SUBJECT_ONLY.fullmatch(folded, told.figure.end, change.at):
            # "so với năm 2021, số vụ tiếp nhận giảm 94 vụ, số vụ hòa giải thành giảm 71 vụ"
            change.baseline = told.baseline
        elif opening := _OPENS_WITH_BASE.match(folded, sentence.start):
            change.baseline = opening["base"].strip()
        told = change
