"""What a mention of a period says: months of which year; whether figures are compared with it or planned for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from coso.late_patterns import late
from coso.numbers import read_words
from coso.periods import write_months
from coso.places import REFORM_DAY
from extraction.patterns import says_any


@dataclass(frozen=True, slots=True)
class Moment:
    """One mention of a period.

    Attributes:
        start: first character in folded text.
        end: character after it.
        notation: period, None while its year is unknown.
        form: year, half, nine, quarter, month, ytd, as_of_day, span, open, years, months_back, event, occasion,
            in_year, week, year_before, carried_over, months_after (a day told before), since_day (the same, of an
            unknown year), or "tháng -1" and the like for months and quarters counted back from publication.
        months: first and last month, for forms within a year.
        year: year, None when it is not said.
        baseline: whether it names what a figure is compared with.
        plan: whether it belongs to what is still to be done.
        this_year: whether it says "năm nay" or "đến nay", whichever year was told of before.
        last_year: whether it is of the year before ("9 tháng năm ngoái") and opens what it rules.
    """

    start: int
    end: int
    form: str
    notation: str | None = None
    months: tuple[int, int] | None = None
    year: int | None = None
    baseline: bool = False
    plan: bool = False
    this_year: bool = False
    last_year: bool = False


#: Months of campaigns of the unions and the Youth Union.
_NAMED_MONTHS = {"công nhân": 5, "thanh niên": 3}
_MONTH_WORDS = {
    "hai": 2, "ba": 3, "tư": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
_COUNTS_ON = late(r" (?:ngày|lần|kì|buổi|cuộc|lượt|trăm|nghìn|mươi)(?!\w)")
_QUARTER_WORDS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "đầu": 1, "cuối": 4}
_HOW_OFTEN = late(r" (?:lần|buổi|kì|cuộc|phiên|đợt|hội nghị)(?!\w)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BASELINE_BEFORE = late(
    r"(?<!\w)(?:so với|so|cùng kì|với cùng kì|(?<!qua )(?<!sau )(?<!trong )(?<!suốt )hơn|(?<=\w )hồi|tồn từ|tồn"
    r"|từ cuối|gấp \w+ lần|lần|gấp (?:đôi|ba|bốn|năm|rưỡi)"
    r"|so với cùng kì|(?:kém|thua)(?: hẳn)?|(?:ít |nhiều )?hơn hẳn|cùng (?:thời điểm|thời gian|giai đoạn)"
    r"|bằng|tương đương|ngang|ngang với|xấp xỉ|so cùng kì|so với (?:cả )?)\s*(?:của |các |những |với )*$"
)
_APPROX = r"(?:(?:hơn|gần|trên|khoảng|ngót|xấp xỉ) )?"
#: An earlier level with its period behind it: "tăng từ 219 cuộc của năm 2016", "so với kì họp cuối năm 2016".
_LEVEL_BEFORE = late(
    rf"(?:(?<!\w)(?:so với|so|(?:nhiều|ít|cao|thấp|nhỉnh) hơn|(?:trên|dưới)(?= mức)"
    rf"|(?:tăng(?! cường)|giảm|nhích|tụt|sụt|hạ)"
    rf"(?: (?:lên|xuống|còn)(?: [^,.;:()\d]{{0,16}})?\d[\d.,]*%?(?: [^,.;:()\d]{{1,16}})?|[^,.;:()\d]{{0,16}}) từ)"
    rf"(?: mức| con số| số)? {_APPROX}\d[\d.,]*%?(?: [^\d,.;:()]{{1,30}})?|(?<!\w)bằng {_APPROX}\d[\d,]*%(?: số| mức)?"
    r"|(?<!\w)so với (?!(?:chỉ tiêu|kế hoạch|mục tiêu|nghị quyết|dự toán|yêu cầu|tổng))[^,.;:()\d]{1,28}"
    rf"|(?<!\w)gấp (?:đôi|rưỡi|\w+ lần) (?:mức|con số|số) {_APPROX}\d[\d.,]*%?(?: [^\d,.;:()]{{1,30}})?)"
    r"(?: của| trong| hồi| vào| ở)?(?: cả| các)? $"
)
_LEVELS = ("so ", "từ ", "bằng ", "hơn ", "mức ", "gấp ")
#: What the words ahead of a baseline end with.
_BASELINE_ENDS = (
    "so với", "so", "kì", "hơn", "hồi", "tồn", "cuối", "lần", "đôi", "bằng", "đương", "ngang", "với", "xỉ", "cả", "của",
    "các", "những", "ba", "bốn", "năm", "rưỡi", "điểm", "gian", "đoạn", "hẳn", "kém",
    "thua",
)  # fmt: skip
#: "ít nhất 1 lần trong 6 tháng" says how often, not when.
_NORM_BEFORE = late(
    r"(?:(?:ít nhất|tối thiểu|không quá|mỗi|định kì)[^,;.]{0,40}"
    r"|(?<![\d.,])[1-4] (?:lần|buổi|kì|ngày|cuộc) )(?:trong|mỗi|/|một)\s*$"
)
#: What makes a count of months no period of the year: "tuần 3 tháng 4", "hơn 6 tháng".
_NO_MONTHS = late(
    r"(?<!\w)(?:trong vòng|hơn|gần|mỗi|chưa đầy|tuần|ngày|mùng|đợt|kì|(?:giữ|duy trì|trụ|ở|nợ) (?:được )?|kéo dài|chậm"
    r"|trễ)\s*$"
)
#: "ba tháng một lần" says how often.
_ONCE_BEHIND = late(r" (?:một|1|\d|hai) (?:lần|buổi|kì|phiên)(?!\w)")
#: "dù mới 6 tháng tuổi" is an age.
_OF_AGE = late(r" tuổi(?!\w)")
_HOW_OFTEN = late(r"(?:lần|đợt|kì) thứ (?:\d{1,2}|hai|ba|tư|năm) $")
_AFTER = late(r"sau\s*$")
_MONTH_AHEAD = late(r"(?<!\w)tháng[^,.;()]{0,44} $")
#: Where "2016: 5.020 đơn" tells of a year, and where "đến hết tháng 10" opens what it rules.
_OPENS_ITEM = late(r"(?:^|[:;(+•-])\s*$")
_GOES_ON_WITH = late(r"(?:,|;|(?<!\w)(?:đến|sang|còn|và)) $")
_IS_ITEM = late(r"(?:[:,;(]|(?<!\w)và) $")
_OPENS_CLAUSE = late(r"(?:^|[,:;(+•–-])\s*(?:tính )?$")
_UP_OR_DOWN = late(r" (?:lên|xuống)(?!\w)")
#: "tháng 7 mới 89%, sang tháng 9 lên 98%": the month at which something has arrived.
_PART_AHEAD = late(r"(?:quí|tháng) (?:\d{1,2}|iv|i{1,3}) $|\d tháng (?:đầu |cuối )?$")
_NUMBER_AHEAD = late(r"(?<![\w/.,-])\d[\d.,]*%?(?: [^\W\d]+){0,3} $")
_COME_TO = late(r"(?<!\w)(?:sang|đến|tới) $")
_COMING = late(r" (?:tới|sắp tới)(?!\w)")
_PLAN_WORD = late(
    r"(?:triển khai (?:phương hướng|nhiệm vụ|công tác|kế hoạch|chương trình)|nhiệm vụ|phương hướng"
    r"|kế hoạch(?! (?:và|-|&) đầu tư)|mục tiêu"
    r"|từ nay đến|từ giờ đến|đến hết|đến cuối|giải pháp|trọng tâm|phấn đấu|dự kiến|dự tính|đến năm|vào năm|hướng "
    r"đến|tầm nhìn"
    r"|(?<!đúng )(?<!trước )(?<!trễ )(?<!sớm )(?<!quá )(?<!giấy )(?<!phiếu )(?<!lịch )hẹn(?!\w)"
    # What is done ahead of a session of the council is done: "Chuẩn bị kỳ họp thứ 5, tháng 5/2023 …".
    r"|bước sang|bước vào|chuẩn bị(?!(?: cho)? (?:các )?kì họp[^,;.]{0,40}(?:, |$)))"
)
#: "Bước sang quý I/2026, các xã đã làm được 61 km": what was entered upon and done.
_ENTERED = late(r"bước (?:sang|vào) $")
_DONE_SINCE = late(r"[^.;:]{0,60}? đã(?! (?:xác định|đặt|đề|xây dựng|lập|ban hành|đăng kí|có) )(?!\w)")
#: "Họp giao ban quý II, đề ra nhiệm vụ quý III" plans nothing for the quarter it reviews.
_REVIEWED = late(r"(?:giao ban|sơ kết|tổng kết|đánh giá)[^.;,:]{0,40}$")
#: Forms that end where the text is written, so that nothing in them is still to be done.
_UP_TO_NOW = frozenset({"ytd", "open", "open_month", "since_month", "since_reform", "since_session"})
_PLANNED_IN = late(r"[^.;:\d]{0,36}? (?:phấn đấu|sẽ|dự kiến|đặt mục tiêu|đề ra|xác định|đặt ra)(?!\w)")
#: "Kế hoạch quý IV/2016, trong quý III …": the plan is for the quarter named before.
_ANOTHER_AFTER = late(r"(?:quí [iv\d]|tháng \d|năm \d)[^,]{0,40}, trong $")
_RESULT_WORD = late(
    r"tổng kết|sơ kết|kết quả|đánh giá|(?:thực hiện|hoàn thành) (?:các )?(?:nhiệm vụ|kế hoạch|chương "
    r"trình|công tác)"
    r"|trong năm|theo kế hoạch"
)
_DOCUMENT_BEFORE = late(
    r"(?:(?:(?<!trong )(?<!tổng )(?<!con )(?<!một )số \d|(?<!pháp )(?<!kỉ )luật|hiến pháp|nghị định|nghị quyết"
    r"|quyết định|chỉ thị|kết luận số|thông tư|qui định số)[^.;:]{0,48}|/[\wđ-]+,? )(?:ngày )?$"
)
_LAW_BEFORE = late(
    r"(?:(?<!pháp )(?<!kỉ )luật|pháp lệnh|hiến pháp|nghị định|thông tư)(?!\w)[^.;:]{0,60}$|có hiệu lực[^.;:]{0,24}$"
)
_WORK_BEFORE = late(r"công tác|hoạt động|kết quả")
#: What makes a month the end or the edge of something, and a day the edge of a count.
_DAY_BEFORE = late(
    r"(?:(?:từ|cuối|đầu|đến|tới|trước|sau)\s*(?:cuối |đầu |giữa |hết )?|(?<![\d.,/])\d{1,2} )$"
)
#: "8 ngày đầu tháng 8 đã tiếp nhận …" tells of the month as far as it has gone.
_DAYS_OF_MONTH = late(r"(?<!từ )(?:\d{1,2}|những|mấy|hai) (?:ngày|tuần) (?:đầu|cuối)(?: tiên)?(?: của)? $")
_BOUND_BEFORE = late(r"(?:cập nhật|đến|tới|chốt|tính|trước|sau|từ|hết)\s*(?:hết )?$")
#: "Nhìn rộng hơn, nhiệm kỳ 2010 - 2015 toàn tỉnh kỷ luật 4.218 đảng viên"; of a congress the years are its name.
_OF_CONGRESS = late(
    r"(?:đại hội|lần thứ|khóa|hđnd|hội đồng|ban chấp hành|bch|đại biểu|ủy viên|ủy ban|ban (?:thanh tra|ttnd|giám sát)"
    r"|bầu|kiện toàn|trưởng|bí thư|chủ tịch|nghị quyết|chỉ tiêu|mục tiêu|nhân sự|đầu|giữa)[^.;:]{0,60}$"
)
_OVER_A_TERM = late(
    r"(?:^|trong |qua |suốt |cả |kết quả |tổng kết |đánh giá |nhìn lại |\d năm của |theo [^,.;]{2,60}, "
    r"|(?:cho biết|cho hay|cho thấy|nêu rõ|khẳng định|nhấn mạnh|thông tin|báo cáo)(?: rằng)?[,:] )\s*"
    r"(?:nhiệm kì (?:[ivx]{1,5} \()?)?$"
)
#: "Bản thỏa ước ký năm 2021 có 17 điều": the year of a thing that goes on to be told of.
_MADE_IN = late(
    r"^\D*(?<!\w)(?:kí(?: kết)?|(?:biên )?soạn(?: thảo)?|chụp)(?: lại)?(?: từ)?(?: trước)?(?: vào)? $"
)
#: "18 vụ còn lại chuyển sang năm 2021 giải quyết": the year to come says nothing of what was done.
_HANDED_TO = late(r"\w (?:chuyển(?: tiếp)?|gối|để lại) (?:sang|qua|đến|cho) $")
_PUT_OFF = late(r"(?<!\w)(?:kéo|chuyển|gối|đẩy|lùi|để|dời)(?: \w+)? sang $")
#: "thu hồi 5 tỷ đồng theo kết luận thanh tra năm 2022": the year of a conclusion that is followed up.
_FOLLOWS_UP = late(
    r"\d[^;\d]{0,40} (?:theo|từ|của) (?:các |những )?(?:kết luận|quyết định|kiến nghị)(?: sau)?"
    r"(?: thanh tra| kiểm tra| giám sát| kiểm toán)?(?: của| ban hành| từ| trong| các| những)* $"
)
#: Years of a person's life: "sinh năm 1957", "nhập ngũ năm 1978", "được kết nạp Đảng năm 1985".
_OF_A_LIFE = late(
    r"(?<!\w)(?:sinh|mất|qua đời|hi sinh|nhập ngũ|xuất ngũ|về hưu|nghỉ hưu|tốt nghiệp|kết nạp(?: vào)? đảng|vào đảng"
    r"|cưới|lập gia đình|định cư|chuyển về)(?: ngày| tháng \d{1,2}| từ| vào)* $"
)
#: "hỗ trợ sau lũ tháng 7/2025" tells when the flood was.
_CALAMITY = late(
    r"(?<!\w)(?:lũ|lụt|bão|ngập|hạn hán|sạt lở|thiên tai|động đất|(?<!chiến )(?<!giao )(?<!phiên )dịch|cháy)"
    r"(?: quét| lịch sử| bệnh| hồi| vào)* $"
)
#: "các ngày lễ lớn của năm 2018" tells the year of the text, and no period of a figure.
_OCCASION = late(r"(?:ngày lễ|dịp lễ|lễ lớn|sự kiện|kỉ niệm)[^.;,\d]{0,40}$")
#: What has gone on for a count of months when it is told of: "sau 6 tháng vận hành", "3 tháng trở lại đây".
_GOES_ON = late(
    r" (?:vừa qua|vừa rồi|gần đây|trở lại đây|(?:(?:sau|kể từ|từ) (?:khi |ngày )?)?"
    r"(?:(?:đi vào|chính thức|tổ chức|triển khai) )*(?:vận hành|hoạt động|sáp nhập|hợp nhất|sắp xếp"
    r"|(?:triển khai|thực hiện|thi hành)(?! (?:nhiệm vụ|kế hoạch|công tác))))(?!\w)"
)
#: "sau hơn 3 tháng vận hành"
_OVER = late(r"(?<!\w)(?:hơn|trên) $")
#: Communes have been under provinces without districts since 1 July 2025 (Luật số 72/2025/QH15).
_TWO_TIERS = late(r"[^.;:\n]{0,60}?(?<!\w)(?:hai|2) cấp(?!\w)")
_TWO_TIERS_SINCE = 12 * 2025 + 6
#: Whose years somebody's own are: "hơn 10 năm làm trưởng thôn".
_OFFICE_HELD = late(
    r" (?:tổ |phó |quyền )*(?:trưởng|làm (?:tổ |phó )*trưởng|đội đơn"
    r"|theo kiện|đi kiện|khiếu kiện|đeo đuổi|bí thư|chủ tịch|chủ nhiệm|hòa giải viên|cán bộ|công tác"
    r"|thư kí|ủy viên|giám đốc"
    r"|đại biểu|công nhân|nghề|dâu|thuê)(?!\w)"
)
#: "Kết quả cao nhất từ đầu nhiệm kỳ" tells a record.
_RECORD_BEFORE = late(r"(?<!\w)(?:nhất|kỉ lục|chưa từng có|lần đầu(?: tiên)?)(?: kể| tính)? $")
#: What is carried over from one year to the next.
_CASES = (
    "đơn ", "thư ", "vụ ", "việc ", "cuộc ", "hồ sơ ", "kiến nghị ", "ý kiến ", "phản ánh ", "khiếu nại ", "tố cáo ",
    "(",
)  # fmt: skip
#: "Việc đánh giá năm 2020 được làm xong trong tháng 1 năm 2021" is of 2020.
_FINISHED_IN = late(r"(?<!\w)(?:19|20)\d{2}(?!\d)[^.;:]{0,44} (?:xong|hoàn thành|hoàn tất)(?: trong| vào)? $")
#: Years in the name of a document that is commented on: they say when it runs.
_NAMED_BEFORE = late(
    r"(?<!\w)(?:chiến lược|văn kiện|dự thảo (?:kế hoạch|chương trình|đề án))(?! (?:đã|được))[^,.;]{0,40}$"
    r"|/(?:qđ|nq|kh|ctr)[^;]{0,40} (?:về|phê duyệt|ban hành) [^.;,]{2,40}$"
)
_START_BEFORE = late(
    r"(?:thành lập|triển khai|ra đời|hoạt động|bắt đầu|tái lập|có hiệu lực|ban hành)[^,.;]{0,24}$"
)


#: What may stand ahead of a period that opens its sentence.
_OPENINGS = ("", "trong", "còn", "riêng", "vào")
_ITEM_MARKS = ("-", "+", "•", "*", "–")
#: A clause that a count of years ends rather than opens.
_LASTED = late(
    r"(?<!tính)(?<!cộng)(?<!sau)(?<!qua)(?<!trong)(?<!suốt)(?<!hơn)(?<!gần)(?<!trên)(?<!với)(?<!trải) $"
)
#: Days on which reports are closed before their last month is over, and the most months that they cover.
_MID_MONTH = range(10, 21)
_LONGEST_REPORT = 24
#: No report reaches back to a year before it.
_OLDEST = 1976
#: National congresses of the Party from that of 2006 on.
_CONGRESSES = ("x", "xi", "xii", "xiii", "xiv")


class _Mention(NamedTuple):
    """A mention of a period as it stands in the text.

    Attributes:
        moment: what all forms have in common.
        said: the parts of its wording, by name.
        text: its wording.
        before: what stands ahead of it in its clause, up to 64 characters.
        behind: what stands behind it, as far as that tells what it counts.
    """

    moment: Moment
    said: dict[str, str | None]
    text: str
    before: str
    behind: str

    def number(self, name: str) -> int:
        """Return a part that is a number in digits or words, 0 where it is neither."""
        text = self.said.get(name) or ""
        return int(text) if text.isdigit() else read_words(text) or 0

    def months(self, first: int, last: int, form: str | None = None) -> Moment:
        """Return the months of a year, under another form if one is given."""
        return replace(self.moment, form=form or self.moment.form, months=(first, last))

    def span(self, notation: str | None) -> Moment:
        """Return a span of years or months in its notation."""
        return replace(self.moment, form="span", notation=notation)


def meaning_of(form: str, match: re.Match[str], folded: str) -> Moment | None:
    """Return what a wording means, None where what stands around it says that it names no period.

    Args:
        form: the way of naming a period, of ``period_forms``.
        match: where its pattern matched.
        folded: the folded text.
    """
    mention = _mention(form, match, folded)
    read = _MEANINGS.get(form)
    return read(mention) if read else mention.moment


def quarter_number(text: str) -> int:
    """Return the ordinal of a quarter written "3" or "iii"."""
    return int(text) if text.isdigit() else _ROMAN[text]


def _mention(form: str, match: re.Match[str], folded: str) -> _Mention:
    said = match.groupdict()
    before = _clause_before(folded, match.start())
    prior = bool(said.get("prior"))
    opens = prior and before.strip() in _OPENINGS
    moment = Moment(
        match.start(),
        match.end(),
        form,
        year=int(said["year"]) if said.get("year") else None,
        baseline=(prior and not opens) or _is_baseline(before, folded, match.end()),
        plan=form not in _UP_TO_NOW and _is_plan(before, folded, match.end()),
        this_year=(said.get("this") or "").endswith("nay")
        or (form in {"ytd", "in_year"} and match.group().endswith(" nay")),
        last_year=opens,
    )
    return _Mention(moment, said, match.group(), before, folded[match.end() : match.end() + 80])


def _clause_before(folded: str, start: int) -> str:
    before = folded[max(0, start - 64) : start]
    stop, line = before.rfind(". "), before.rfind("\n") + 1
    if before.startswith(_ITEM_MARKS, line) and (line or start <= len(before)):
        line += 1  # the mark of a list's item is no part of what it says
    return before[max(line, before.rfind(";") + 1, 0 if stop == -1 else stop + 2) :].lstrip(" ")


def _is_baseline(before: str, folded: str, end: int) -> bool:
    """Whether a figure is compared with a period: by the words ahead of it, or what stands behind."""
    # "Hơn 8 tháng, …" opens a sentence and compares nothing.
    if (
        before.rstrip().endswith(_BASELINE_ENDS)
        and _BASELINE_BEFORE.search(before)
        and before.strip() != "hơn"
    ):
        return True
    if says_any(before, _LEVELS) and _LEVEL_BEFORE.search(before):
        return True
    # "2.224 vụ việc (năm 2023: 2.118 vụ việc)": a year that opens a bracket rules what stands in it.
    if before.endswith("(") and folded[end : end + 1] == ":":
        return True
    return bool(_UP_OR_DOWN.match(folded, end, end + 8)) and not _COME_TO.search(before)


def _is_plan(before: str, folded: str, end: int) -> bool:
    """Whether the words around a period speak of what is still to be done."""
    if _COMING.match(folded, end, end + 8):
        return True
    if _speaks_of_plans(before):
        return not (_ENTERED.search(before) and _DONE_SINCE.match(folded, end, end + 80))
    return not _REVIEWED.search(before) and bool(_PLANNED_IN.match(folded, end, end + 48))


def _speaks_of_plans(before: str) -> bool:
    clause = before[-56:]
    plan = [match.start() for match in _PLAN_WORD.finditer(clause)]
    if not plan or _ANOTHER_AFTER.search(clause, plan[-1]):
        return False
    result = [match.end() for match in _RESULT_WORD.finditer(clause)]
    return not result or plan[-1] >= result[-1]


# ---- years


def _year(mention: _Mention) -> Moment | None:
    before = mention.before
    dates_a_document = (
        not before.rstrip().endswith(",")
        and _DOCUMENT_BEFORE.search(before)
        and not _WORK_BEFORE.search(before[-24:])
    )
    in_passing = any(told.search(before) for told in (_HANDED_TO, _FOLLOWS_UP, _MADE_IN, _OF_A_LIFE))
    if _OCCASION.search(before):
        return mention.months(1, 12, "occasion")
    return None if dates_a_document or in_passing else mention.months(1, 12)


def dates_a_law(folded: str, start: int) -> bool:
    """Whether a day at ``start`` says when a law was made or came into force: "Luật số … thông qua ngày 10/11/2022"."""
    return bool(_LAW_BEFORE.search(_clause_before(folded, start)))


def _bare_year(mention: _Mention) -> Moment | None:
    return mention.months(1, 12, "year") if _OPENS_ITEM.search(mention.before) else None


def _listed_year(mention: _Mention) -> Moment | None:
    if not _GOES_ON_WITH.search(mention.before):
        return None
    return replace(mention.months(1, 12, "year"), baseline=False)  # "2018 lên 962" tells its level


def _year_item(mention: _Mention) -> Moment | None:
    return mention.months(1, 12, "year") if _IS_ITEM.search(mention.before) else None


def _years_back(mention: _Mention) -> Moment | None:
    if mention.text.endswith((" làm", " năm")) and _OFFICE_HELD.match(mention.behind):
        return None  # "Hơn 10 năm làm Trưởng Ban Thanh tra nhân dân xã, ông …", "sau 12 năm đội đơn"
    if mention.behind.startswith(",") and mention.text.endswith(" năm") and _LASTED.search(mention.before):
        return None  # "Bà cụ đi kiện 11 năm, nay đã rút đơn" counts years of somebody's own.
    if mention.said.get("over"):
        return replace(mention.moment, form="unknown_years")
    return mention.months(mention.number("count") or 1, 0, "years")


def _open(mention: _Mention) -> Moment | None:
    if _START_BEFORE.search(mention.before):
        return None
    return replace(mention.moment, notation=f"{mention.moment.year or mention.number('late')}..")


# ---- parts of a year


def _half(first: int) -> Callable[[_Mention], Moment | None]:
    def read(mention: _Mention) -> Moment | None:
        if (first == 1 and _is_norm(mention)) or _PUT_OFF.search(mention.before):
            return None  # "34 đơn chuyển sang 6 tháng cuối năm"
        till_now = _till_now(mention, 6) if first == 1 else None
        return till_now or mention.months(first, first + 5, "half")

    return read


def _is_norm(mention: _Mention) -> bool:
    """Whether months say how often something is due, or how old somebody is ("xã mới 6 tháng tuổi")."""
    if _OF_AGE.match(mention.behind) or _ONCE_BEHIND.match(mention.behind):
        return True
    return not mention.moment.year and bool(_NORM_BEFORE.search(mention.before))


def _months_counted(mention: _Mention) -> Moment | None:
    if _is_norm(mention):
        return None
    if mention.said.get("count") == "một":
        # "Chính thức hoạt động từ ngày 1/7. Sau một tháng, …"; elsewhere one month is no period.
        return mention.months(1, 1, "months_after") if _AFTER.search(mention.before) else None
    return _till_now(mention, mention.number("count")) or _to_month(mention)


def _till_now(mention: _Mention, count: int) -> Moment | None:
    """Read "3 tháng qua", "sau 6 tháng vận hành": months that end when they are told of; None of others."""
    if mention.moment.year or not 1 <= count <= 12:
        return None
    goes_on = _GOES_ON.match(mention.behind)
    if goes_on and _OVER.search(mention.before):
        return replace(mention.months(1, count, "months_over"), baseline=False)
    if goes_on and _TWO_TIERS.match(mention.behind, goes_on.end()):
        year, month = divmod(_TWO_TIERS_SINCE + count - 1, 12)
        first_year, first = divmod(_TWO_TIERS_SINCE, 12)
        return mention.span(months_span(first_year, first + 1, year, month + 1))
    past = mention.text.endswith(" qua") and not mention.text.endswith("năm qua")
    if ("đầu" in mention.text and not goes_on) or not (past or goes_on):
        return None
    return mention.months(1, count, "months_back")


def _months_as_of(mention: _Mention) -> Moment | None:
    return _to_month(mention) if _OPENS_CLAUSE.search(mention.before) else None


def _to_month(mention: _Mention) -> Moment | None:
    """Return the months from January to the one that is named or counted."""
    months, before = mention.number("count"), mention.before
    if not mention.moment.year:
        # "Hơn 8 tháng, huyện tổ chức …"
        opens = before.strip() in {"hơn", "gần"} and mention.behind.startswith(",")
        if _AFTER.search(before) and 1 <= months <= 12:
            return mention.months(1, months, "months_after")
        if _AFTER.search(before) or (_NO_MONTHS.search(before) and not opens):
            return None
    return _from_january(mention, months) if 1 <= months <= 12 else None


def _as_of_day(mention: _Mention) -> Moment:
    """Read "tính đến ngày 30/6/2023", the months from January to that day."""
    year = mention.moment.year or mention.number("y2") or None
    return replace(mention.months(1, mention.number("count") or mention.number("month")), year=year)


def _ytd_to_day(mention: _Mention) -> Moment:
    """Read "từ đầu năm đến ngày 30/6/2023"."""
    year = mention.moment.year or mention.number("y1") or None
    return replace(_from_january(mention, mention.number("count")), year=year)


def _from_january(mention: _Mention, last: int) -> Moment:
    return mention.months(1, last, "nine" if last == 9 else "months")


def _months_last(mention: _Mention) -> Moment | None:
    count = mention.number("count")
    return mention.months(13 - count, 12, "months") if 1 <= count < 12 else None


def _quarter(mention: _Mention) -> Moment | None:
    return _of_quarter(mention, quarter_number(mention.said["quarter"] or ""))


def _quarter_word(mention: _Mention) -> Moment | None:
    if mention.before.endswith("mỗi ") or _HOW_OFTEN.match(mention.behind):
        return None  # "họp mỗi quý một lần"
    return _of_quarter(mention, _QUARTER_WORDS[(mention.said["word"] or "").split(" ")[0]])


def _of_quarter(mention: _Mention, quarter: int) -> Moment | None:
    if _PUT_OFF.search(mention.before):
        return None  # "4 vụ kéo sang quý IV"
    return mention.months(3 * quarter - 2, 3 * quarter, "quarter")


def _as_of_bare_day(mention: _Mention) -> Moment:
    """Read "đến hết ngày 8/10", the end of what began on a day told before; alone it is no period."""
    return mention.months(1, mention.number("count"), "months_after")


def _to_quarter(mention: _Mention) -> Moment:
    return _from_january(mention, 3 * quarter_number(mention.said["quarter"] or ""))


def _quarters(mention: _Mention) -> Moment:
    return _from_january(mention, 3 * mention.number("count"))


def _quarters_span(mention: _Mention) -> Moment:
    """Read "từ quý IV/2022 đến quý II/2023", by months."""
    first, last = (quarter_number(mention.said[name] or "") for name in ("q1", "q2"))
    return mention.span(months_span(mention.number("y1"), 3 * first - 2, mention.number("y2"), 3 * last))


def _quarters_joined(mention: _Mention) -> Moment | None:
    first, last = (quarter_number(mention.said[name] or "") for name in ("quarter", "last"))
    return mention.months(3 * first - 2, 3 * last, "months") if first < last else None


def _quarter_and_months(mention: _Mention) -> Moment | None:
    """Read "quý I và tháng 4/2024": from the first month of the quarter to the one named."""
    first, last = 3 * quarter_number(mention.said["quarter"] or "") - 2, mention.number("month")
    return mention.months(first, last, "months") if first + 3 <= last <= 12 else None


def _month(mention: _Mention) -> Moment | None:
    return _month_of(mention, mention.number("month"))


def _month_of(mention: _Mention, month: int) -> Moment | None:
    dated = _DAY_BEFORE.search(mention.before) and not _DAYS_OF_MONTH.search(mention.before)
    # "Giữa tháng 5/2019, đại biểu về hai huyện"; without its year it tells the day of a story
    told = mention.before.endswith("giữa ") and not mention.moment.year
    if dated or told or _DOCUMENT_BEFORE.search(mention.before):
        return None
    if _FINISHED_IN.search(mention.before):
        return replace(_one_month(mention, month), form="event")
    if _CALAMITY.search(mention.before):
        return replace(_one_month(mention, month), form="occasion")
    return _one_month(mention, month)


def _year_aside(mention: _Mention) -> Moment | None:
    return mention.months(1, 12, "year") if _NUMBER_AHEAD.search(mention.before) else None


def _month_aside(mention: _Mention) -> Moment | None:
    """Read "Tháng đầu tiên của bộ máy mới (7/2025)"; elsewhere a month in brackets dates an event."""
    return _one_month(mention, mention.number("month")) if _MONTH_AHEAD.search(mention.before) else None


def _word_month(mention: _Mention) -> Moment | None:
    """Read "tháng bảy"; "tháng ba ngày" and "tháng hai lần" count."""
    if _COUNTS_ON.match(mention.behind):
        return None
    return _month_of(mention, _MONTH_WORDS[mention.said["word"] or ""])


def _first_month(mention: _Mention) -> Moment:
    return _one_month(mention, 1)


def _told_months(mention: _Mention) -> Moment | None:
    """Read "trong ba tháng ấy": as many months as were named before."""
    count = mention.number("count")
    return mention.months(1, count) if 1 <= count <= 12 else None


def _named_month(mention: _Mention) -> Moment | None:
    """Read "Tháng Thanh niên"; what is done "nhân Tháng Thanh niên" may be told of a longer time."""
    if mention.before.endswith(("nhân ", "hưởng ứng ", "nhân dịp ", "chào mừng ")):
        return None
    return _one_month(mention, _NAMED_MONTHS[mention.said["named"] or ""])


def _one_month(mention: _Mention, month: int) -> Moment:
    return mention.months(month, month, "month")


def _event(mention: _Mention) -> Moment | None:
    day, month = mention.number("day"), mention.number("month")
    if not (1 <= day <= 31 and 1 <= month <= 12) or _DOCUMENT_BEFORE.search(mention.before):
        return None
    return None if _BOUND_BEFORE.search(mention.before) else mention.months(month, month)


def _spoken(mention: _Mention) -> Moment:
    back = 0 if mention.said["when"] in {"này", "nay", "hiện tại"} else 1
    return replace(mention.moment, form=f"{mention.said['unit']} -{back}")


# ---- spans


def _span_years(mention: _Mention) -> Moment | None:
    first, last = mention.number("y1"), mention.number("y2")
    if _NAMED_BEFORE.search(mention.before) and "thực hiện" not in mention.before:
        return None
    return None if _is_term(mention) or first >= last else mention.span(f"{first}..{last}")


def _congress_term(mention: _Mention) -> Moment | None:
    """Read the term of a national Party congress, which goes from the year it meets to the year before the next.

    Congresses have met every five years since the sixth, of 1986 (Điều lệ Đảng, Điều 15); the tenth met in 2006.
    """
    if mention.before.rstrip().endswith(("đầu", "giữa", "cuối", "trước", "tới")):
        return None
    first = 2006 + 5 * _CONGRESSES.index(mention.said["congress"] or "")
    return mention.span(f"{first}..{first + 4}")


def _half_term(mention: _Mention) -> Moment | None:
    """Read "nửa đầu nhiệm kì 2021-2026": its years up to the middle one; its second half has the years after that."""
    first, last = mention.number("y1"), mention.number("y2")
    middle = (first + last) // 2
    if first + 1 >= last:
        return None
    half = f"{middle + 1}..{last}" if mention.said.get("second") else f"{first}..{middle}"
    return replace(mention.moment, notation=half)


def _mid_term(mention: _Mention) -> Moment:
    """Read "sơ kết giữa nhiệm kì 2020-2025": the years from its first one until the review."""
    return replace(mention.moment, year=mention.number("y1"))


def _in_year(mention: _Mention) -> Moment | None:
    """Read "trong năm"; "lần thứ 2 trong năm" only counts how often."""
    return None if _HOW_OFTEN.search(mention.before) else mention.moment


def _years_ago(mention: _Mention) -> Moment | None:
    """Read "cách đây 2 năm", "hai năm trước", "năm kia"."""
    count = mention.number("count") or 2
    return None if mention.before.endswith(("những ", "các ", "hơn ")) else mention.months(count, 0)


def _last_year(mention: _Mention) -> Moment | None:
    """Read "năm trước"; "những năm trước" is no one year, and "của năm trước" is before the one told of."""
    if mention.before.endswith(("những ", "các ", "nhiều ")):
        return None
    told = _year_before(mention)
    return replace(told, form="year_before") if mention.before.endswith("của ") else told


def _year_before(mention: _Mention) -> Moment:
    """Read "năm liền trước"; "trong khi năm liền trước dừng ở 91%" only looks back."""
    beside = mention.before.endswith("trong khi ")
    return replace(mention.moment, baseline=True) if beside else mention.moment


def _told_year(mention: _Mention) -> Moment | None:
    """Read "cũng năm đó"; the year of "quý I năm ấy" is told with the quarter."""
    return None if _PART_AHEAD.search(mention.before) else mention.moment


def _carried_over(mention: _Mention) -> Moment | None:
    """Read the year that cases were carried over from; it rules no figure: "164 đơn năm 2017 chuyển sang"."""
    # "Năm 2024 chuyển sang mô hình mới" carries nothing over.
    if mention.text.startswith(("năm ", "cuối ")) and not mention.before.endswith(_CASES):
        return None
    return replace(mention.months(1, 12), baseline=True)


def _and_before(mention: _Mention) -> Moment:
    """Read "từ năm 2018 trở về trước": it dates what is followed up and rules no figure."""
    return replace(mention.moment, form="year", months=(1, 12), baseline=True)


def _open_month(mention: _Mention) -> Moment | None:
    month = mention.number("m1")
    if _is_term(mention) or not 1 <= month <= 12:
        return None
    return replace(mention.moment, form="open", notation=f"{mention.said['y1']}-{month:02d}..")


def _span_months(mention: _Mention) -> Moment | None:
    # "từ tháng 7 tới cuối năm 2025" ends with December
    last = mention.number("m2") if "m2" in mention.said else 12
    first_year, last_year = mention.number("y1"), mention.number("y2")
    first = mention.number("m1") or last  # "từ ngày 3 đến 12/7"
    if _is_term(mention) or not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if 0 < first_year < _OLDEST:
        return None  # "(18/11/1930 - 18/11/2020)" is an anniversary.
    if not first_year and not last_year:
        return mention.months(first, last, "months") if first <= last else None
    return mention.span(months_span(first_year or last_year, first, last_year or first_year, last))


def _span_days(mention: _Mention) -> Moment | None:
    """Read "từ 3/7 đến 12/9/2024", by months; "từ 15/12/2023 đến 14/12/2024" is the year 2024."""
    return (None if _is_term(mention) else _closed_mid_month(mention)) or _span_months(mention)


def _closed_mid_month(mention: _Mention) -> Moment | None:
    """Return the months of a report that was closed in the middle of its last one, None for other days.

    Reports on inspections, reception and petitions are closed on the 14th (Thông tư 02/2021/TT-TTCP), others near that
    day: 15 March to 14 June is the second quarter, 15 December to 14 June the first half-year.
    """
    opened, closed = mention.number("d1"), mention.number("d2")
    before, last = mention.number("m1"), mention.number("m2")
    if (
        opened not in _MID_MONTH
        or closed not in {opened - 1, opened}
        or not (1 <= before <= 12 and 1 <= last <= 12)
    ):
        return None
    year_1, year_2, turns = mention.number("y1"), mention.number("y2"), before >= last
    months = last - before + 12 * (year_2 - year_1 if year_1 and year_2 else turns)
    first = before % 12 + 1
    # Other stretches of a year are no report's: "từ 16/11/2015 đến 15/6/2017" is what was asked for.
    is_report = first == 1 or months == 1 or (months == 3 and last % 3 == 0) or (months, last) == (6, 12)
    if not is_report or not (1 if closed < opened else 3) <= months <= _LONGEST_REPORT:
        return None
    if not year_1 and not year_2:
        return mention.months(first, last, "months") if first <= last else None
    end = year_2 or year_1 + turns
    return mention.span(months_span((12 * end + last - months) // 12, first, end, last))


def _is_term(mention: _Mention) -> bool:
    """Whether years are those of a term of office or a congress, and no period of a report."""
    if "khóa" in mention.before[-8:]:
        return True
    if "nhiệm kì" not in mention.before[-12:] + mention.text:
        return False
    spelled_out = mention.moment.form != "span_years" and mention.before.endswith("(")
    told = not _OF_CONGRESS.search(mention.before)
    return not spelled_out and not told and not _OVER_A_TERM.search(mention.before)


def months_span(year_1: int, month_1: int, year_2: int, month_2: int) -> str | None:
    """Return the notation of months, counted from 1; None where they end before they begin."""
    if year_1 == year_2:
        return write_months(year_1, month_1, month_2) if month_1 <= month_2 else None
    if year_1 > year_2:
        return None
    if (month_1, month_2) == (1, 12):
        return f"{year_1}..{year_2}"
    return f"{year_1}-{month_1:02d}..{year_2}-{month_2:02d}"


def _since_year(mention: _Mention) -> Moment:
    """Read a first year to the month or year named, open when none is."""
    said = mention.said
    month, year = said.get("month") or said.get("m2"), said.get("year") or said.get("y2")
    end = f"{year}-{int(month):02d}" if month and year else year or ""
    return mention.span(f"{said['y1']}..{end}")


def _month_to_year(mention: _Mention) -> Moment:
    return mention.span(f"{mention.said['y1']}-{mention.number('m1'):02d}..{mention.said['y2']}")


def _years_and_half(mention: _Mention) -> Moment | None:
    """Read "2 năm 2017, 2018 cùng 6 tháng đầu năm 2019": from the first January to the last June."""
    first, last = mention.number("y1"), mention.number("y2")
    return mention.span(f"{first}-01..{last}-06") if first < last else None


def _year_and_months(mention: _Mention) -> Moment | None:
    """Read "năm 2023 và 7 tháng năm 2024", "từ năm 2021 đến quý I/2024"."""
    first, last = mention.number("y1"), mention.number("y2")
    quarter = mention.said.get("quarter")
    months = 3 * quarter_number(quarter) if quarter else mention.number("count")
    return mention.span(f"{first}-01..{last}-{months:02d}") if first < last else None


def _from_year_half(mention: _Mention) -> Moment | None:
    """Read "từ năm 2014 đến 6 tháng đầu năm 2020"."""
    first, last = mention.number("y1"), mention.number("y2")
    return mention.span(f"{first}..{last}-06") if first < last else None


def _since_event(mention: _Mention) -> Moment:
    """Read the months since an event: "từ khi Luật có hiệu lực (1/7/2023) đến nay"."""
    first, last, year = mention.number("m1"), mention.number("m2"), mention.number("y1")
    if mention.said.get("end"):  # "đến cuối năm"
        return mention.span(months_span(year, first, mention.number("y3") or year, 12))
    if not last:
        return mention.span(f"{year}-{first:02d}..")
    return mention.span(months_span(year, first, mention.number("y2") or year + (last < first), last))


def _open_day(mention: _Mention) -> Moment | None:
    """Read "Kể từ ngày 1/7/2025, phường đã tiếp …"; elsewhere such a day says since when something holds."""
    if not _OPENS_CLAUSE.search(mention.before):
        return None
    notation = f"{mention.said['y1']}-{mention.number('m1'):02d}.."
    return replace(mention.moment, notation=notation)


def _since_session(mention: _Mention) -> Moment:
    """Read the months since a council met in the middle or at the end of a year.

    Councils meet at least twice a year (Luật số 77/2015/QH13, Điều 78); by custom that is in July and in December.
    """
    month = 7 if mention.said["which"] == "giữa" else 12
    return replace(mention.moment, form="open", notation=f"{mention.said['y1']}-{month:02d}..")


def _since_month(mention: _Mention) -> Moment:
    """Read the months since a day ("từ ngày 1/7 đến nay"), whose year the calendar tells where it is not said."""
    month, year = mention.number("m1"), mention.number("y1")
    if year:
        return mention.span(f"{year}-{month:02d}..")
    return mention.months(month, month)


def _since_reform(mention: _Mention) -> Moment:
    """Read the months since the two tiers began, to the month named, else to this day."""
    began, last, year = REFORM_DAY, mention.number("m2"), mention.number("y2") or REFORM_DAY.year
    end = months_span(began.year, began.month, year, last) if last else f"{began.year}-{began.month:02d}.."
    return replace(mention.moment, form="since_reform", notation=end)


def _year_since_reform(mention: _Mention) -> Moment:
    """Read "một năm vận hành chính quyền hai cấp": the twelve months since the two tiers began."""
    began = REFORM_DAY
    span = months_span(began.year, began.month, began.year + 1, began.month - 1)
    return replace(mention.moment, form="since_reform", notation=span)


def _days_since_reform(mention: _Mention) -> Moment | None:
    """Read "sau 100 ngày vận hành chính quyền hai cấp": from the day the two tiers began."""
    days = mention.number("count")
    if not _TWO_TIERS.match(mention.behind):
        return None
    end = REFORM_DAY + timedelta(days=days)
    span = months_span(REFORM_DAY.year, REFORM_DAY.month, end.year, end.month)
    return replace(mention.moment, form="since_reform", notation=span)


def _term_so_far(mention: _Mention) -> Moment | None:
    return None if _RECORD_BEFORE.search(mention.before) else mention.moment


#: How each form is read; the others say all by their form and the year in them.
_MEANINGS: dict[str, Callable[[_Mention], Moment | None]] = {
    "and_before": _and_before,
    "bare_year": _bare_year,
    "carried_over": _carried_over,
    "congress_term": _congress_term,
    "event": _event,
    "as_of_bare_day": _as_of_bare_day,
    "as_of_day": _as_of_day,
    "from_year": _since_year,
    "from_year_half": _from_year_half,
    "first_month": _first_month,
    "half_term": _half_term,
    "listed_year": _listed_year,
    "year_item": _year_item,
    "half1": _half(1),
    "half_as_of": _half(1),
    "half2": _half(7),
    "in_year": _in_year,
    "last_year": _last_year,
    "years_ago": _years_ago,
    "mid_term": _mid_term,
    "month": _month,
    "month_aside": _month_aside,
    "month_to_year": _month_to_year,
    "months_as_of": _months_as_of,
    "months_last": _months_last,
    "months_ytd": _months_counted,
    "named_month": _named_month,
    "word_month": _word_month,
    "days_since_reform": _days_since_reform,
    "open": _open,
    "open_month": _open_month,
    "quarter": _quarter,
    "open_day": _open_day,
    "quarter_word": _quarter_word,
    "quarter_ytd": _to_quarter,
    "quarters": _quarters,
    "quarters_joined": _quarters_joined,
    "quarter_and_months": _quarter_and_months,
    "year_since_reform": _year_since_reform,
    "quarters_span": _quarters_span,
    "since_event": _since_event,
    "since_month": _since_month,
    "since_session": _since_session,
    "since_reform": _since_reform,
    "since_term": _since_year,
    "span_days": _span_days,
    "span_months": _span_months,
    "span_years": _span_years,
    "ytd_to_day": _ytd_to_day,
    "spoken": _spoken,
    "year": _year,
    "year_aside": _year_aside,
    "year_and_months": _year_and_months,
    "years_and_half": _years_and_half,
    "term_so_far": _term_so_far,
    "told_months": _told_months,
    "told_year": _told_year,
    "year_before": _year_before,
    "years_back": _years_back,
}
