"""Numbers that are no figures: dates, document numbers, durations, ordinals, norms and their like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_LETTER = "a-zà-ỹđ"
_DOCUMENT = (
    r"nghị quyết|nghị định|quyết định|chỉ thị|thông tư|kết luận|quy định|công văn|thông tri|pháp lệnh"
    r"|công điện"
)
_COUNTED = (
    r"(?! ?(?:lượt|đơn|vụ|cuộc|buổi|người|đoàn|ý kiến|hộ|lớp|văn bản|mô hình|công trình|dự án|tổ |hội "
    r"nghị|trường hợp"
    r"|nội dung|kiến nghị|đại biểu|công dân|tập thể|cá nhân|đảng viên|phiên|kì |đồng|triệu|tỉ |nghìn|m2"
    r"|ha|km|%|hồ sơ"
    r"|phản ánh|cơ quan|đơn vị|doanh nghiệp|xã|phường|thôn|việc|ban |lần|đợt|điểm|cử tri|ngày công|thành "
    r"viên|hòa giải))"
)


class Mask(NamedTuple):
    """A stretch of folded text whose digits are no figure.

    Attributes:
        start: first character.
        end: character after it.
        kind: what it is instead.
    """

    start: int
    end: int
    kind: str


_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "time",
        r"\b\d{1,2}(?::\d{2}){1,2}\b|\b\d{1,2} ?(?:giờ|h)(?: ?\d{1,2}(?: ?phút)?)?\b|\b\d{1,2} phút\b"
        r"|\bphút (?:thứ )?\d+",
    ),
    ("date", rf"\b{_DAY} ?[/.-] ?{_MONTH} ?[/.-] ?{_YEAR}\b"),
    ("date", rf"\b{_YEAR}-\d{{2}}-\d{{2}}\b"),
    (
        "date",
        rf"\b(?:ngày|hôm) {_DAY}(?:, ?{_DAY})*(?: và {_DAY})? ?(?:tháng {_MONTH}|[/.-] ?{_MONTH})(?: năm "
        rf"{_YEAR})?\b",
    ),
    (
        "date",
        rf"\b(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|từ|đến|tới|trước|sau|hết|thứ [a-z2-7]\w*,?|chủ nhật,?"
        rf"|vào|và) "
        rf"{_DAY}[/.-]{_MONTH}(?![\d/.,]*\d)(?:/{_YEAR})?{_COUNTED}",
    ),
    ("date", r"(?<![\d/.,])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/%]|[.,]\d)" + _COUNTED),
    ("date", rf"\({_DAY}[/-]{_MONTH}(?: đến {_DAY}[/-]{_MONTH}(?:/{_YEAR})?)?\)"),
    ("date", rf"\b{_DAY} tháng {_MONTH}(?: năm {_YEAR})?\b"),
    ("date", rf"\bngày {_DAY}\b(?![.,]?\d){_COUNTED}"),
    ("month", rf"\btháng {_MONTH}(?: ?[/-] ?{_YEAR}| năm {_YEAR})?\b(?![.,]\d)"),
    ("month", rf"\b{_MONTH}[/-]{_YEAR}\b{_COUNTED}"),
    ("quarter", rf"\bquí (?:[1-4]|i{{1,3}}|iv)(?: ?[/-] ?{_YEAR}| năm {_YEAR})?\b"),
    ("term", rf"\b{_YEAR} ?- ?{_YEAR}\b"),
    (
        "year",
        rf"\b(?:năm|giai đoạn|nhiệm kì|cùng kì|sipas|từ|đến|so với|so|khóa|tết|đầu|cuối|các năm) (?:năm "
        rf")?{_YEAR}\b(?!\.\d)",
    ),
    ("year", rf"(?<![\d.,/]){_YEAR}(?![\d/]|[.,]\d){_COUNTED}"),
    (
        "period",
        r"\b\d{1,2} tháng(?: (?:đầu|cuối)(?: năm)?| qua| năm)?\b|\b\d{1,3} năm(?! (?:lượt|đơn))\b"
        r"|\b\d{1,3} (?:tuần|quí|giây)\b"
        r"|(?<!tiếp )(?<!tiếp dân )(?<!công dân )(?<!dân định kì )(?<!dân được )(?<!dân đột xuất )"
        r"\b\d{1,3} ngày(?: làm việc)?\b(?! (?:công|tiếp|lao động|công lao))",
    ),
    (
        "phone",
        r"\b0\d{2,4}[. ]?\d{3,4}(?:[. ]?\d{3,4})?\b(?![.,]?\d)(?! ?(?:đồng|triệu|tỉ))|\b1022\b|\b(?:1900"
        r"|1800)[. ]?\d{2,6}\b",
    ),
    (
        "document_number",
        rf"\b\d+(?:/\d{{4}})?(?:/|-)[{_LETTER}]{{1,}}[{_LETTER}&]*[0-9]*(?:[-/.][{_LETTER}0-9]+)*\b",
    ),
    (
        "document_number",
        rf"\b(?:{_DOCUMENT})(?: liên tịch)?(?: số)? \d+(?:[-/][\w-]+)*(?: ?và "
        rf"\d+(?:[-/][\w-]+)+)?(?![.,]\d){_COUNTED}",
    ),
    ("document_number", r"(?<!tổng )\bsố \d+(?:[-/][\w-]+)+|\bsố:? \d{1,5}\b(?= (?:ngày|của|về|quy định))"),
    (
        "document_number",
        r"\b(?:điều|khoản|chương|phụ lục|chỉ thị|văn bản số|công văn số|kế hoạch số|báo cáo số|số hiệu) "
        r"\d+\b",
    ),
    (
        "road",
        r"\b(?:quốc lộ|ql|tỉnh lộ|vành đai|tl|đt|dt|huyện lộ|đh|dtdk|đường tỉnh|cao tốc|km số) ?\.?\d+[a-z]?\b",
    ),
    (
        "ordinal",
        rf"(?<!tổng )(?<!cùng )(?<!con )(?<!trong )(?<!định )\b(?:thứ|lần thứ|khóa|hạng|xếp thứ|vị trí|vị trí thứ"
        rf"|mức độ|cấp độ|loại|bài|trang|tập|bước|số"
        rf"|bão số|vùng|tổ|khu|khu phố|ấp|thôn|xóm|khóm|bản|đội|quận|phường|cụm|khối|tổ dân phố|cấp|nhóm"
        rf"|lần|đợt"
        rf"|kì|hòn|cầu|lô|phòng|nhà|chi bộ|kênh|kì họp|phiên thứ|trạm|u|top|lớp|giai đoạn|f) "
        rf"\d{{1,3}}\b(?![.,/]?\d){_COUNTED}",
    ),
    (
        "page_counter",
        r"\b(?:lượt xem|xem|lượt đọc|lượt truy cập|đã xem):? ?\d[\d.]*|\b\d[\d.]* (?:lượt xem|lượt đọc"
        r"|lượt truy cập)\b",
    ),
    (
        "rank",
        r"\b(?:hạng|thứ|vị trí|xếp|đứng) (?:thứ )?\d+/\d+|\b\d+/\d+ (?:tỉnh|địa phương trong)|\b(?:tụt"
        r"|tăng|giảm) \d+ bậc\b|\b\d+ bậc\b",
    ),
    ("age", r"\b(?:từ )?\d+(?: ?- ?\d+| đến \d+)? tuổi\b"),
    (
        "norm",
        r"\b(?:ít nhất|tối thiểu|không quá|tối đa|bình quân|trung bình|không dưới)(?: (?:là|từ|mỗi|một|có"
        r"|khoảng|hơn|gần|trên|\w+)){0,2} \d[\d.,]*"
        r"|\b(?:từ|có|trên) \d[\d.,]*(?: (?!hộ hiến)[^\s\d,;.]+){1,4} trở lên"
        r"|\bmỗi (?!năm|tháng|quí)(?:[^\s\d,;.:]+ ){1,5}(?:từ |có |là |phải |ít nhất )*\d[\d.,]*(?: ?- "
        r"?\d[\d.,]*| đến \d[\d.,]*)?"
        r"|\btừ \d[\d.,]*(?: ?- ?| đến )\d[\d.,]*(?= (?:thành viên|người)\b)",
    ),
    (
        "norm",
        r"\b\d+ (?:ngày|lần|buổi|cuộc|kì|phiên)(?: ?/ ?| một | mỗi | trong )(?:tuần|tháng|quí|năm)\b(?! \d)",
    ),
    (
        "norm",
        r"\b\d+ (?:tiêu chí|nhóm|lĩnh vực|chuyên đề|bước|nguyên tắc|nhiệm vụ|giải pháp|khâu|mục tiêu"
        r"|chương trình mục tiêu|tỉnh, thành)\b",
    ),
    ("times", r"\bgấp(?: gần| hơn| khoảng| trên)? \d[\d.,]*(?: lần)?"),
    (
        "range",
        r"(?<![\d/])\d[\d.]*(?:,\d+)? ?- ?\d[\d.]*(?:,\d+)?(?= ?(?:%|người|thành viên|triệu|sao|km|ngày"
        r"|đồng|tấn|lần|độ|m\b))",
    ),
    (
        "model_code",
        r"\b\d+ (?:không|sạch|có|nhất|tại chỗ|biết|bám|rõ|xin|luôn|dám|tốt|an|hóa)\b(?=[, \-\"]|$)(?! "
        r"(?:ý|chuyên|thành|hiệu|trong))",
    ),
)
#: A kind is looked for only where one of its words stands.
_NEEDED = {
    "time": (":", "giờ", "phút", "h"), "date": ("/", "-", ".", "ngày", "tháng"), "month": ("tháng", "/", "-"),
    "quarter": ("quí",),
    "term": ("-",), "year": ("19", "20"), "period": ("tháng", "năm", "tuần", "quí", "giây",
    "ngày"),
    "road": ("lộ", "vành đai", "ql", "tl", "đt", "dt", "đh", "cao tốc", "km số", "đường tỉnh"), "page_counter": ("xem",
    "đọc", "truy cập"),
    "rank": ("bậc", "hạng", "thứ", "vị trí", "xếp", "đứng", "/"), "age": ("tuổi",), "times": ("gấp",),
    "range": ("-",),
}  # fmt: skip
_QUOTED = re.compile(r'"[^"\n]{1,70}"')
_HAS_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def find_masks(folded: str, stretches: Iterable[tuple[int, int]]) -> list[Mask]:
    """Return what is no figure in the given stretches of ``folded``,
    in order; those without digits are passed over."""
    masks: list[Mask] = []
    for start, end in stretches:
        if not _HAS_DIGIT.search(folded, start, end):
            continue
        stretch = folded[start:end]
        for kind, pattern in _compiled():
            if not any(word in stretch for word in _NEEDED.get(kind, ("",))):
                continue
            masks += [
                Mask(match.start(), match.end(), kind) for match in pattern.finditer(folded, start, end)
            ]
        for match in _QUOTED.finditer(folded, start, end):
            if _HAS_DIGIT.search(match.group()):
                masks.append(Mask(match.start(), match.end(), "name"))
    masks.sort()
    return masks
