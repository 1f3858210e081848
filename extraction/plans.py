"""What is still to be done: plans, targets and hopes, whose figures are no facts."""

from __future__ import annotations

import re

from coso.late_patterns import late
from extraction import when
from extraction.cues import cue
from extraction.document import Line, State, year_of
from extraction.figures import Figure
from extraction.lexicon.tags import bits_of
from extraction.patterns import whole_words

#: "Kế hoạch thanh tra được Chủ tịch tỉnh phê duyệt với 45 cuộc"; a list of what was done is approved likewise.
_APPROVED = r"[^.;,:\d]{0,60} được [^.;,:\d]{0,40}duyệt (?:với|gồm)"
#: "Ban hành kế hoạch kiểm tra 12 xã", "… chương trình kiểm tra năm 2024, trong đó kiểm tra 6 chi bộ".
_SCHEDULE = (
    r"(?:các )?(?:kế hoạch|chương trình) (?:thanh tra|kiểm tra|giám sát)(?:(?:,| và) (?:kiểm tra|giám sát))*"
    r"(?=(?: tại| ở| đối với| với)? (?:hơn |khoảng )?\d|[^;,\d]{0,40}(?:năm \d{4})?, (?:trong đó|gồm|theo đó))"
)
_PLAN = late(
    whole_words(
        # "nhận 37 đơn yêu cầu", "phát hiện và yêu cầu khắc phục 2 công trình" tell what was done.
        r"yêu cầu(?<!đơn yêu cầu)(?<!phát hiện và yêu cầu)(?<!phát hiện, yêu cầu)|đặt ra"
        r"|cần (?:phải|tiếp tục|có|hoàn thành|đạt)|phải (?:đạt|hoàn thành|có)|đề "
        r"nghị các|kế hoạch đề ra|dự toán(?!, quyết toán)"
        r"|theo kế hoạch(?! (?:số )?\d)|nhiệm vụ trọng tâm|phương hướng|đề ra|giao chỉ tiêu"
        rf"|kế hoạch{_APPROVED}|chương trình{_APPROVED}|đề án{_APPROVED}"
        rf"|ban hành {_SCHEDULE}|xây dựng {_SCHEDULE}|phê duyệt {_SCHEDULE}"
    )
)
#: What a plan cannot do without; a sentence that has none of it is not searched for plans.
_PLAN_WORDS = cue(
    "yêu cầu",
    "đặt ra",
    "cần ",
    "phải ",
    "đề ",
    "kế hoạch",
    "chương trình",
    "dự toán",
    "nhiệm vụ",
    "phương hướng",
    "giao chỉ",
)
_DONE_WORDS = (
    r"đã|được|hoàn thành|kết quả|thực hiện được|vượt (?:chỉ tiêu|kế hoạch|mục tiêu)|đạt (?:chỉ tiêu|kế hoạch)"
    r"|so với (?:chỉ tiêu|mục tiêu|kế hoạch)|đạt được|vừa (?:chủ trì|tổ chức|tiến hành)"
    r"|chủ trì xong|tổ chức xong|tiến hành xong|thực hiện xong|giám sát xong|kiểm tra xong|giải quyết xong"
)
#: What others are told to do: of it holding ("tổ chức", "có") says no more than the demand.
_DEMANDS = ("yêu cầu", "đề nghị", "cần", "phải", "giao")
#: What says that something was done, whatever was planned; a plan tells what is to be held as well ("tổ chức 40 lớp").
_SURELY_DONE = late(whole_words(_DONE_WORDS))
_DONE = late(whole_words(rf"{_DONE_WORDS}|có|tổ chức(?! (?:đảng|cơ sở đảng|chính trị))"))
#: "Đạt 4 mục tiêu" counts them; a year right before ("năm 2025 phấn đấu") counts nothing.
_COUNTED = r"\d "
_STRONG_PLAN = late(
    whole_words(r"mục tiêu|chỉ tiêu|cam kết", before=_COUNTED)
    + "|"
    + whole_words(
        r"phấn đấu|sẽ|dự kiến|dự tính|đặt đích|từ nay đến|từ giờ đến|tới đây|sắp "
        r"tới|thời gian tới|những tháng cuối năm"
        r"|năm tới(?! giờ| nay| thời điểm| lúc| hết| cuối| ngày| tháng| khi)|quí tới|tháng tới|nhiệm kì tới"
        r"|giai đoạn tới|tiếp tục phấn đấu"
        # What a plan of next year "đặt ra: kiểm tra 4 huyện; mở 15 lớp" goes on to its end.
        r"|kế hoạch[^.;:]{0,60} đặt ra(?=:)|đặt mục tiêu|hướng tới(?! (?:đại hội|kỉ niệm|chào mừng|ngày|dịp|lễ))"
        r"|xác định ưu tiên|ưu tiên mở"
    )
    # "Kế hoạch 2026: đối thoại tối thiểu 4 cuộc, giải quyết 98% đơn" is planned to its end.
    + r"|(?<!\w )(?<!\w)(?:kế hoạch|chỉ tiêu|mục tiêu) (?:(?:năm|quí|tháng|6 tháng) )?[^.;:\d]{0,30}"
    r"(?:19|20)\d{2}[^.;:\d]{0,30}(?=:)"
)
_STRONG_WORDS = cue(
    "phấn đấu", "sẽ", "dự kiến", "dự tính", "từ nay", "từ giờ", "tiêu", "cam kết", "tới", "những tháng", "ưu tiên",
    "đặt ra", "kế hoạch",
)  # fmt: skip
_REALLY_DONE = late(
    whole_words(
        r"đã|kết quả|thực tế|thực hiện được|đạt được|nhưng|song|tuy nhiên|nay(?<!năm nay)|hiện(?<!thực hiện)"
    )
)
#: A plan that tells its own figure: "Kế hoạch năm 2025 tổ chức 550 cuộc", "ban hành kế hoạch mở 40 lớp".
_PLAN_SAYS = late(
    r"^\W*(?:kế hoạch|chương trình) (?!số|được|này)[^,;.:\d]{0,60}(?:năm \d{4}[^,;.:\d]{0,60})?$"
    r"|(?:ban hành|xây dựng|phê duyệt|lập|có|thông qua) kế hoạch (?:tổ chức|mở|tiến hành|triển khai)[^,;.:\d]{0,40}$"
)
_AGAINST = late(r"(?:(?:so với|vượt|đạt|hoàn thành|bằng|theo|đúng) (?:các )?|\d ?% )$")
_RIGHT_BEFORE = late(
    r"(?:chỉ tiêu|mục tiêu|(?<!theo )kế hoạch)(?: (?:được|tỉnh|trung ương|chính phủ|thanh tra chính phủ))?(?: "
    r"(?:giao|đề ra|năm|là|đặt ra|đạt|từ))*:?"
    r" ?\(?(?:hơn |trên |khoảng )?$"
    # "phương án giải quyết được UBND tỉnh phê duyệt với 45 vụ, giải quyết xong 40 vụ": what follows may be done.
    rf"|phương án{_APPROVED} (?:hơn |trên |khoảng )?$"
)
#: "đạt 105% kế hoạch năm 2024" and "vượt chỉ tiêu năm" tell what was done.
_PLAN_MET = late(
    r"(?:\d ?%|vượt|đạt|hoàn thành|so với|bằng)(?: so với| với)? (?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)"
    r"(?: [^\W\d]+){0,3} (?:của )?$"
)
#: The years of a plan that is commented on say when it will run, not when it was commented on.
_DRAFTED = late(r"(?:dự thảo|phản biện|góp ý|thẩm tra)[^,.;]{0,90}\(?$")
#: What a plan told behind its figure cannot do without.
_BEHIND_WORDS = cue("tới", " sau", "tương lai", "tiêu", "kế hoạch", "yêu cầu")
_RIGHT_BEFORE_WORDS = cue("tiêu", "kế hoạch", "chương trình", "phương án")
_AHEAD = late(
    whole_words(
        r"tháng(?: \d+)? (?:tới|sau)|năm(?: \d+)? (?:tới|sau)|quí(?: \d+)? (?:tới|sau)|sắp tới|thời gian tới"
        r"|trong tương lai",
        before="sang ",
    )
)
_IS_TARGET = late(r"[^,;.]{0,24}là (?:chỉ tiêu|mục tiêu|kế hoạch|yêu cầu)")
_BY_PLAN = late(r"\W*theo (?:kế hoạch|chương trình|lịch)(?: công tác| đề ra| đã đề ra)?(?: năm nay| năm)?, ")
#: "61 cuộc thanh tra (kế hoạch 56, đột xuất 5)" parts what was done by what was planned and what was not.
_UNPLANNED = late(r"(?<!\w)(?:đột xuất|ngoài kế hoạch)(?!\w)")
_OPENS_PLAN = late(r"(?:phương hướng|nhiệm vụ|mục tiêu|giải pháp)[^.]{0,80}:?$")


#: Forms of periods that go on till the text comes out.
_REACH_NOW = frozenset({"ytd", "months_back", "since_month"})
#: Last month of the year in which the end of a year is told of rather than planned.
_OPENING = 2
#: Month from which on a year is reviewed, not planned.
_REVIEWED = 11


class Plans:
    """The plans a sentence speaks of, found once for all its figures."""

    def __init__(self, line: Line, state: State) -> None:
        self.line = line
        self.folded = line.folded
        self.planned = state.planned
        self.section = state.planned_section
        self.year_in_force = year_of(state.period)
        cues = line.sentence.cues
        self.strong = self._find(_STRONG_PLAN) if cues & _STRONG_WORDS else []
        self.weak = self._find(_PLAN) if cues & _PLAN_WORDS else []
        self.targets = bool(cues & _RIGHT_BEFORE_WORDS)
        self.told_behind = bool(cues & _BEHIND_WORDS)
        by_plan = _BY_PLAN.match(line.folded, line.sentence.start, line.sentence.end)
        self.by_plan = by_plan.end() if by_plan else None
        #: Periods whose plans or whose years may tell that a figure behind them is still to come.
        self.moments = [
            m
            for m in line.moments
            if not m.baseline
            and not m.last_year
            and m.form != "event"
            and not self._is_met(m)
            and not self._is_drafted(m)
        ]
        #: Whether anything may tell of plans at all; else no figure is covered.
        self.any = bool(
            self.moments
            or self.strong
            or self.weak
            or self.targets
            or self.told_behind
            or by_plan
            or self.section
            or self.planned
        )

    def _find(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        sentence = self.line.sentence
        return [match.span() for match in pattern.finditer(self.folded, sentence.start, sentence.end)]

    def cover(self, figure: Figure) -> bool:
        """Whether a figure is planned rather than done."""
        folded, sentence = self.folded, figure.sentence
        start = figure.clause_start
        if self._in_future(figure) or self._is_target(figure, start) or self._is_scheduled(figure):
            return True
        # What is strived for goes on over semicolons, until something done is told.
        said = self._last(self.strong, sentence.start, figure)
        if said:
            return not _REALLY_DONE.search(folded, said[1], figure.start)
        said = self._last(self.weak, start, figure)
        if said:
            begin, end = said
            # "yêu cầu nhà thầu làm lại, giảm trừ 83 triệu" tells what an inspection has led to.
            follows = bits_of(["act.recover", "act.recommend", "act.discipline"])
            if any(t.meaning.bits & follows for t in self.line.terms.between(end - 8, figure.start)):
                return False
            done_since = _SURELY_DONE if folded.startswith(_DEMANDS, begin) else _DONE
            return not done_since.search(folded, end, figure.start)
        if self.section and not self._tells_past(figure):
            return not _REALLY_DONE.search(folded, start, figure.start)
        return self.planned and not _DONE.search(folded, start, figure.start)

    def _tells_past(self, figure: Figure) -> bool:
        """Whether a figure of a section of plans stands behind a period that was all but over at publication."""
        calendar = self.line.document.calendar
        reviewed = calendar.year if (calendar.month or 0) >= _REVIEWED else None
        return any(
            self._is_over(m) or (m.year == reviewed and m.months == (1, 12))
            for m in self.line.moments
            if m.start < figure.start and not m.baseline
        )

    def _is_scheduled(self, figure: Figure) -> bool:
        """Whether a plan is told of a period that was not over: "Theo kế hoạch, quý III huyện phản biện 1 dự thảo"."""
        opened = self.by_plan
        if opened is None or opened > figure.start or _REALLY_DONE.search(self.folded, opened, figure.start):
            return False
        named = [m for m in self.line.moments if opened <= m.start < figure.start and not m.baseline]
        return bool(named) and named[-1].form not in _REACH_NOW and self._is_to_end(named[-1])

    def _is_to_end(self, moment: when.Moment) -> bool:
        """Whether a period ends in the month of publication or later."""
        calendar = self.line.document.calendar
        if calendar.inferred or not calendar.year or not moment.months:
            return False
        ends = moment.year or calendar.year
        return (ends, moment.months[1]) >= (calendar.year, calendar.month or 12)

    def _is_target(self, figure: Figure, start: int) -> bool:
        folded, after, end = self.folded, figure.end, figure.own_end
        behind = self.told_behind and end > after
        if behind and (_AHEAD.search(folded, after, end) or _IS_TARGET.match(folded, after, end)):
            return True
        if figure.bracket and _UNPLANNED.search(folded, *figure.bracket):
            return False
        if not self.targets:
            return False
        before = folded[start : figure.start]
        return bool(_RIGHT_BEFORE.search(before)) or bool(
            _PLAN_SAYS.search(before) and not _SURELY_DONE.search(before)
        )

    def _last(self, found: list[tuple[int, int]], start: int, figure: Figure) -> tuple[int, int] | None:
        """Return where the last plan word between ``start`` and a figure stands, None when there is none."""
        folded = self.folded
        for begin, end in reversed(found):
            if (
                begin >= start
                and end <= figure.start
                and not _AGAINST.search(folded[max(start, begin - 16) : begin])
                # "89,4% doanh nghiệp (chỉ tiêu 85%), 76,8% …": what a bracket says it says of the number before it.
                and not any(a < begin < b < figure.start for a, b in self.line.brackets)
                # "38 cuộc theo kế hoạch, 7 cuộc đột xuất" tells what was done by plan and what without.
                and not folded.startswith(("theo kế hoạch,", "theo kế hoạch và", "theo kế hoạch;"), begin)
            ):
                return begin, end
        return None

    def _in_future(self, figure: Figure) -> bool:
        """Whether the period named last before a figure lies ahead of publication, or belongs to a plan."""
        calendar = self.line.document.calendar
        moments = [m for m in self.moments if m.start < figure.start]
        if not moments:
            return False
        last = moments[-1]
        # Of a year that has only begun, or not yet, nothing was held: "Năm 2025 tổ chức 550 cuộc" in January 2025.
        opening = calendar.month == 1 and last.months == (1, 12) and last.year in {None, calendar.year}
        ahead = bool(last.year and calendar.year and not calendar.inferred and last.year > calendar.year)
        done = _SURELY_DONE if opening or ahead else _DONE
        if last.plan and not self._is_over(last) and not done.search(self.folded, last.end, figure.start):
            return True
        if calendar.inferred or not calendar.year:
            return False
        if (
            calendar.month
            and calendar.month <= _OPENING
            and not last.year
            and last.months
            and last.months[1] == 12
        ):
            return False  # "Quý IV", said in January, is over.
        year = last.year or self._year_told(moments) or self._year_reviewed() or calendar.year
        if year != calendar.year or not last.months or not calendar.month or last.form in _REACH_NOW:
            return year > calendar.year
        # Months that are far from over when the text comes out can only be planned.
        far = last.months[1] - calendar.month
        return (far >= 3 and last.months != (1, 12) and last.months[0] > calendar.month - 3) or (
            opening and not done.search(self.folded, last.end, figure.start)
        )

    def _year_told(self, moments: list[when.Moment]) -> int | None:
        """Return the past year that the sentence names ahead of months without one; None where it names none.

        "Năm 2025 nhận 3.688 vụ (6 tháng đầu năm 1.902 vụ …", told in January 2026, tells of months of 2025, and so does
        "Trong năm nhận 3.688 vụ (…".
        """
        calendar = self.line.document.calendar
        named = [m.year or calendar.review_year for m in moments if m.year or m.form == "in_year"]
        return named[-1] if named and (named[-1] or 0) < (calendar.year or 0) else None

    def _year_reviewed(self) -> int | None:
        """Return the past year that a review of the first months tells of: "riêng tháng 5 có 632 cuộc" was in it."""
        calendar = self.line.document.calendar
        told = self.year_in_force if (calendar.month or 12) <= when.STILL_REVIEWED else None
        return told if told and told < (calendar.year or 0) else None

    def _is_met(self, moment: when.Moment) -> bool:
        """Whether a plan is named because it was met: "đạt 105% kế hoạch năm 2024"."""
        return moment.plan and bool(_PLAN_MET.search(self.folded, max(0, moment.start - 48), moment.start))

    def _is_drafted(self, moment: when.Moment) -> bool:
        """Whether a plan is named because its draft was commented on."""
        return moment.plan and bool(_DRAFTED.search(self.folded, self.line.sentence.start, moment.start))

    def _is_over(self, moment: when.Moment) -> bool:
        """Whether a period named after a word of planning ("đến hết quý III") had ended at publication."""
        calendar = self.line.document.calendar
        if calendar.inferred or not calendar.year or not calendar.month or not moment.months:
            return False
        return (moment.year or calendar.year, moment.months[1]) < (calendar.year, calendar.month)


def opens_plan(line: Line) -> bool:
    """Whether a sentence is a heading such as "Phương hướng, nhiệm vụ 6 tháng cuối năm:"."""
    return bool(_OPENS_PLAN.match(line.folded[line.sentence.start : line.sentence.end]))
