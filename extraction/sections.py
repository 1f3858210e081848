"""Sections of a report: a heading over several paragraphs says whether they tell what was done or what is planned."""

from __future__ import annotations

from coso.late_patterns import late
from extraction import when
from extraction.document import Line
from extraction.patterns import whole_words

#: A heading is no longer than this, in characters.
_LONGEST = 160
_NUMBER = r"(?:phần )?(?:(?:[ivx]{1,5}|[a-hđ]|\d{1,2}(?:\.\d{1,2})*) ?[.)/:-]+ *|[-+*•–] *)?"
#: Headings of what is to come; of tasks and targets alone only with the time they are for, since features are headed
#: "Giải pháp từ cơ sở" and "Mục tiêu vì dân" as well.
_AHEAD = (
    r"(?:năm (?:20\d{2}|tới|sau)|(?:\d|sáu|những) tháng (?:cuối|tiếp|còn lại|tới)|quí (?:[ivx]+|\d|tới)"
    r"|tháng (?:\d{1,2}|tới)|thời gian tới|tiếp theo|giai đoạn|nhiệm kì|trong tâm thời gian)"
)
_PLAN = late(
    rf"{_NUMBER}(?:về |một số |các |những )*(?:phương hướng"
    rf"|(?:nhiệm vụ|chỉ tiêu|mục tiêu|kế hoạch|chương trình công tác|giải pháp|dự kiến)[^.;]*?{_AHEAD})[^.;]*$"
)
#: Headings of what was done, or that part a report otherwise.
_OTHER = late(
    r"(?:phần )?(?:[ivx]{1,5}|[a-hđ]) ?[.)/:-]+ *\w|"
    rf"{_NUMBER}(?:về |một số |các |những )*"
    r"(?:kết quả|tình hình|tồn tại|hạn chế|đánh giá|ưu điểm|nguyên nhân|bài học|thuận lợi|khó khăn|công tác chỉ đạo)"
)
#: A title that says the text gives a plan: "Kế hoạch …", "Hà Nam: ban hành kế hoạch …", not "Hoàn thành kế hoạch …".
_TITLE_OF_PLAN = late(r"(?:^|: |(?:ban hành|xây dựng|phê duyệt|công bố) )kế hoạch(?! (?:hóa|đã|được))(?!\w)")
_TELLS_RESULTS = late(whole_words(r"kết quả|đã|thực hiện nhiệm vụ|sau|tình hình"))
_YEAR = late(r"năm (20\d{2})(?![\d-])(?! ?-)")
_SENTENCE_ENDS = (".", ";", "!", "?", ",")


def gives_plan(title: str, calendar: when.Calendar) -> bool:
    """Whether a text gives a plan by its folded title: "Kế hoạch thực hiện dân chủ ở cơ sở năm 2024" in that year."""
    named = _YEAR.search(title)
    if named is None or calendar.inferred or not calendar.year or int(named.group(1)) < calendar.year:
        return False
    return bool(_TITLE_OF_PLAN.search(title)) and not _TELLS_RESULTS.search(title)


def opens_planned_section(line: Line, planned: bool) -> bool:
    """Return whether what follows a sentence is told under a heading of plans.

    "II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025" heads all paragraphs up to the next heading of its rank; ``planned`` says what
    held before.
    """
    heading = _heading(line)
    if not heading:
        return planned
    if _PLAN.match(heading) and not _TELLS_RESULTS.search(heading):
        return _lies_ahead(line, heading)
    return planned and not _OTHER.match(heading)


def _heading(line: Line) -> str:
    """Return the line a sentence ends when it may be a heading, empty otherwise; the first line is the headline."""
    folded, sentence = line.folded, line.sentence
    end = sentence.end
    if end - sentence.start > _LONGEST or folded[end : end + 1] not in {"", "\n"}:
        return ""
    begin = folded.rfind("\n", 0, sentence.start) + 1
    heading = folded[begin:end].strip()
    if begin == 0 or not heading or len(heading) > _LONGEST or heading.endswith(_SENTENCE_ENDS):
        return ""
    return heading


def _lies_ahead(line: Line, heading: str) -> bool:
    """Whether the year a heading names, if any, was not over when the text came out."""
    calendar, named = line.document.calendar, _YEAR.search(heading)
    if named is None or calendar.inferred or not calendar.year:
        return True
    return int(named.group(1)) >= calendar.year
