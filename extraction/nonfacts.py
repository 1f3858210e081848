"""Numbers that are no figures: dates, document numbers, durations, ordinals, norms and their like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from coso.late_patterns import late
from extraction.cues import cue
from extraction.digits import digit_runs
from extraction.patterns import says_any
from extraction.sentences import Sentence

_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_LETTER = "a-zà-ỹđ"
_DOCUMENT = (
    r"nghị quyết|nghị định|quyết định|chỉ thị|thông tư|kết luận|qui định|công văn|thông tri|pháp lệnh"
    r"|công điện"
)
_COUNTED = (
    r"(?! ?(?:lượt|đơn|vụ|cuộc|buổi|người|đoàn|ý kiến|hộ|lớp|văn bản|mô hình|công trình|dự án|tổ |hội "
    r"nghị|trường hợp"
    r"|nội dung|kiến nghị|đại biểu|công dân|tập thể|cá nhân|đảng viên|phiên|kì |đồng|triệu|tỉ |nghìn|m2"
    r"|ha|km|%|hồ sơ"
    r"|phản ánh|cơ quan|đơn vị|doanh nghiệp|xã|phường|thôn|việc|công việc|vấn đề|hạng mục|ban "
    r"|lần|đợt|điểm|cử tri|ngày công|thành "
    r"viên|hòa giải))"
)


#: One of many that a report covers.
_BODY = (
    r"(?:huyện|thị xã|thành phố|quận|xã|phường|thị trấn|thị|đặc khu|đơn vị|địa phương|sở|ban|ngành|cơ quan)"
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


@dataclass(frozen=True, slots=True)
class _Form:
    """A way of writing such a number, and what gives it away; it is looked for nowhere else.

    Attributes:
        kind: what the number is.
        pattern: the whole of it.
        before: last word before the digits, one of these.
        after: first word behind them, one of these.
        joints: marks that join the digits to what follows, one of these.
        joined: whether such a mark must follow besides a word before.
        years: whether the digits must be a year.
        phone: whether digits that open like a phone number give it away.
        back: words before the digits with which it may begin.
        anywhere: wordings in the sentence, for forms whose digits may stand far from them.
        must: wordings of which one must stand there or behind, asked before a pattern that takes long to say no.
    """

    kind: str
    pattern: str
    before: str = ""
    after: str = ""
    joints: str = ""
    joined: bool = False
    years: bool = False
    phone: bool = False
    back: int = 0
    anywhere: tuple[str, ...] = ()
    must: tuple[str, ...] = ()


_FORMS: tuple[_Form, ...] = (
    _Form(
        "time",
        r"\b\d{1,2}(?::\d{2}){1,2}\b|\b\d{1,2} ?(?:giờ|h)(?: ?\d{1,2}(?: ?phút)?)?\b|\b\d{1,2} phút\b"
        r"|\bphút (?:thứ )?\d+",
        before="phút thứ",
        after="giờ h phút",
        joints=":",
        back=2,
    ),
    _Form("date", rf"\b{_DAY} ?[/.-] ?{_MONTH} ?[/.-] ?{_YEAR}\b", joints="/.-"),
    _Form("date", rf"\b{_YEAR}-\d{{2}}-\d{{2}}\b", joints="-", years=True),
    _Form(
        "date",
        rf"\b(?:ngày|hôm) {_DAY}(?:, ?{_DAY})*(?: và {_DAY})? ?(?:tháng {_MONTH}|[/.-] ?{_MONTH})(?: năm "
        rf"{_YEAR})?\b",
        before="ngày hôm",
        back=1,
    ),
    _Form(
        "date",
        rf"\b(?:ngày|sáng|chiều|tối|trưa|đêm|hôm|từ|đến|tới|trước|sau|hết|vào|và) "
        rf"{_DAY}[/.-]{_MONTH}(?![\d/.,]*\d)(?:/{_YEAR})?{_COUNTED}",
        before="ngày sáng chiều tối trưa đêm hôm từ đến tới trước sau hết vào và",
        joints="/.-",
        joined=True,
        back=1,
    ),
    _Form(
        "date",
        rf"\b(?:thứ [a-z2-7]\w*,?|chủ nhật,?) {_DAY}[/.-]{_MONTH}(?![\d/.,]*\d)(?:/{_YEAR})?{_COUNTED}",
        anywhere=("thứ ", "chủ nhật"),
    ),
    _Form(
        "date", r"(?<![\d/.,])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/%]|[.,]\d)" + _COUNTED, joints="/"
    ),
    _Form(
        "date",
        rf"\({_DAY}[/-]{_MONTH}(?: đến {_DAY}[/-]{_MONTH}(?:/{_YEAR})?)?\)",
        before="(",
        joints="/-",
        joined=True,
        back=1,
    ),
    _Form("date", rf"\b{_DAY} tháng {_MONTH}(?: năm {_YEAR})?\b(?![.,]\d)", after="tháng"),
    _Form("date", rf"\bngày {_DAY}\b(?![.,]?\d){_COUNTED}", before="ngày", back=1),
    _Form(
        "month",
        rf"\btháng {_MONTH}(?:(?: ?[/-] ?|\.){_YEAR}| năm {_YEAR})?\b(?![.,]\d)",
        before="tháng",
        back=1,
    ),
    _Form("month", rf"\b{_MONTH}[/-]{_YEAR}\b{_COUNTED}", joints="/-"),
    _Form(
        "quarter",
        rf"\bquí (?:[1-4]|i{{1,3}}|iv)(?:(?: ?[/-] ?|\.){_YEAR}| năm {_YEAR})?\b",
        anywhere=("quí ",),
    ),
    _Form("term", rf"\b{_YEAR} ?- ?{_YEAR}\b", joints="-", years=True),
    # "Từ 3 đến 5 cuộc" names no figure; "tăng từ 31 đến 45" names two, and "2014 - 298, 2015 - 271" a number a year.
    _Form(
        "range",
        r"(?<![-/.,\w])(?<!tăng từ )(?<!giảm từ )"
        r"(?!(?:19|20)\d\d - (?!(?:19|20)\d\d(?![\d.])))\d(?:[\d.,]*\d)?(?: (?:nghìn|triệu|tỉ))?(?: ?- ?| (?:đến|tới) )"
        r"\d(?:[\d.,]*\d)?(?![\d/-])",
        after="đến tới nghìn triệu tỉ",
        joints="-",
    ),
    _Form(
        "year",
        rf"\b(?:năm|giai đoạn|nhiệm kì|cùng kì|sipas|từ|đến|so với|so|khóa|tết|đầu|cuối|các năm) (?:năm "
        rf")?{_YEAR}\b(?!\.\d)",
        before="năm đoạn kì sipas từ đến với so khóa tết đầu cuối",
        years=True,
        back=3,
    ),
    _Form("year", r"\bnăm 1[0-8]\d{2}\b(?![.,]?\d)" + _COUNTED, before="năm", back=1),
    _Form("year", rf"(?<![\d.,/]){_YEAR}(?![\d/]|[.,]\d){_COUNTED}", years=True),
    _Form(
        "period",
        r"\b\d{1,2} tháng(?: (?:đầu|cuối)(?: năm)?| qua| năm)?\b|\b\d{1,3} năm(?! (?:lượt|đơn))\b"
        r"|\b\d{1,3} (?:tuần|quí|giây)\b"
        r"|(?<!tiếp )(?<!tiếp dân )(?<!công dân )(?<!dân định kì )(?<!dân được )(?<!dân đột xuất )"
        r"(?<!ubnd tỉnh )(?<!ubnd huyện )(?<!ubnd xã )(?<!cấp tỉnh )(?<!cấp huyện )(?<!cấp xã )"
        r"(?<![\d.,])\b\d{1,3} ngày(?: làm việc)?\b(?! (?:công|tiếp|để tiếp|cho (?:việc|công tác) tiếp"
        r"|lao động|công lao))",
        after="tháng năm tuần quí giây ngày",
    ),
    _Form(
        "phone",
        r"(?<![\d.,])\b0\d{1,4}(?:[. ]\d{1,4}){2,4}\b"
        r"|(?<![\d.,])\b0\d{2,4}[. ]?\d{3,4}(?:[. ]?\d{3,4})?\b(?![.,]?\d)(?! ?(?:đồng|triệu|tỉ))"
        r"|\b1022\b(?! ?(?:ngày công|công|hộ|m2|lượt|đơn|đảng viên|triệu)(?!\w))"
        r"|(?<=đài )1022\b|(?<=cổng )1022\b|(?<=kênh )1022\b|(?<=thống )1022\b|\b(?:1900|1800)[. ]?\d{2,6}\b",
        phone=True,
    ),
    _Form(
        "phone",
        r"\b(?:tổng đài|đầu số|hotline|đường dây nóng|tin nhắn|nhắn tin|gọi(?: đến| tới)?(?: số)?)"
        r"(?: quốc gia| điện thoại| số)* \d{3,6}\b(?![.,]\d)(?! ?(?:tin|yêu cầu|thông tin|câu hỏi|góp ý|khiếu|lần))"
        + _COUNTED,
        before="đài số hotline nóng nhắn tin gọi gia thoại đến tới",
        back=5,
    ),
    _Form(
        "document_number",
        rf"\b\d+(?:/\d{{4}})?(?:/|-)[{_LETTER}]{{1,}}[{_LETTER}&]*[0-9]*(?:[-/.][{_LETTER}0-9]+)*\b",
        joints="/-",
    ),
    _Form(
        "document_number",
        rf"\b(?!kết luận \d{{1,2}}(?:[.,;)]|$))(?:{_DOCUMENT})(?: liên tịch)?(?: số)? \d+(?!\d)(?:[-/][\w-]+)*(?: ?và "
        rf"\d+(?:[-/][\w-]+)+)?(?![.,]\d){_COUNTED}",
        before="quyết định thị tư luận văn tri lệnh điện tịch số",
        back=5,
    ),
    _Form(
        "document_number",
        r"(?<!tổng )\bsố \d+(?:[-/][\w-]+)+|\bsố:? \d{1,5}\b(?= (?:ngày|của|về|qui định))",
        before="số",
        back=1,
    ),
    _Form(
        "document_number",
        r"\b(?:điều|khoản|chương|phụ lục|chỉ thị|văn bản số|công văn số|kế hoạch số|báo cáo số|số hiệu) "
        r"\d+\b",
        before="điều khoản chương lục thị số hiệu",
        back=3,
    ),
    _Form(
        "road",
        r"\b(?:quốc lộ|ql|tỉnh lộ|vành đai|tl|đt|dt|huyện lộ|đh|dtdk|đường (?:tỉnh|huyện)"
        r"|cao tốc|km số) ?\.?\d+[a-z]?\b",
        before="lộ ql đai tl đt dt đh dtdk tỉnh huyện tốc số",
        back=2,
    ),
    # "chỉ xếp thứ 6 hội thi" counts none.
    _Form("ordinal", r"\bxếp (?:hạng |thứ |vị trí )+\d{1,3}\b(?![.,/]?\d)", before="thứ hạng trí", back=2),
    _Form(
        "ordinal",
        rf"(?<!tổng )(?<!cùng )(?<!con )(?<!trong )(?<!định )(?<!các )(?<!quốc )(?<!hải )(?<!văn )(?<!nông )"
        # "dân tộc thiểu số 353", "tiếp nhiều lần 122"
        r"(?<!thiểu )(?<!nhiều )"
        rf"\b(?:thứ|lần thứ|khóa|hạng|xếp thứ|vị trí|vị trí thứ"
        rf"|mức độ|cấp độ|loại|bài|trang|tập|bước|số"
        rf"|bão số|vùng|tổ|khu|khu phố|ấp|thôn|xóm|khóm|bản|đội|quận|(?<!xã )phường|cụm|khối|tổ dân phố|cấp|nhóm"
        rf"|lần|đợt"
        rf"|kì|hòn|cầu|lô|phòng|nhà|chi bộ|kênh|kì họp|phiên thứ|trạm|u|top|lớp|giai đoạn|f) "
        rf"\d{{1,3}}\b(?![.,/]?\d){_COUNTED}",
        before="thứ khóa hạng trí độ loại bài trang tập bước số vùng tổ khu phố ấp thôn xóm khóm bản đội quận phường"
        " cụm khối cấp nhóm lần đợt kì hòn cầu lô phòng nhà bộ kênh họp trạm u top lớp đoạn f",
        back=3,
    ),
    _Form(
        "ordinal",
        rf"\b(?:các|những|hai|ba|bốn|mấy|trước|sau|tại|giữa|từ) (?:các )?"
        rf"(?:kì họp|phiên họp|khóa|nhiệm kì)(?: thứ| lần thứ)? \d{{1,2}}"
        rf"(?:(?:,|,? và|,? đến| -| –) (?:thứ )?\d{{1,2}}(?!\d))*\b(?![.,/]?\d){_COUNTED}",
        before="họp thứ khóa kì",
        back=6,
    ),
    _Form(
        "page_counter",
        r"\b(?:lượt xem|xem|lượt đọc|lượt truy cập|đã xem):? ?\d[\d.]*|\b\d[\d.]* (?:lượt xem|lượt đọc"
        r"|lượt truy cập)\b",
        before="xem đọc cập",
        after="lượt",
        back=3,
        must=("xem", "đọc", "cập"),
    ),
    _Form(
        "rank",
        r"\b(?:hạng|thứ|vị trí|xếp|đứng) (?:thứ )?\d+/\d+|\b\d+/\d+ (?:tỉnh|địa phương trong)|\b(?:tụt"
        r"|tăng|giảm) \d+ bậc\b|\b\d+ bậc\b",
        after="bậc",
        joints="/",
        back=3,
        must=("hạng", "thứ", "vị trí", "xếp", "đứng", " tỉnh", " địa phương trong", "bậc"),
    ),
    _Form("age", r"\b(?:từ )?\d+(?: ?- ?\d+| đến \d+)? tuổi\b", after="tuổi đến", joints="-", back=1),
    _Form(
        "norm",
        r"\b(?:ít nhất(?! với)|tối thiểu|không quá|tối đa|bình quân|trung bình|không dưới)(?: (?:là|từ|mỗi|một|có"
        r"|khoảng|hơn|gần|trên|\w+)){0,2} \d[\d.,]*(?![\d.,]* ?%)",
        anywhere=("ít nhất", "tối thiểu", "không quá", "tối đa", "bình quân", "trung bình", "không dưới"),
    ),
    _Form(
        # "Tỷ lệ hòa giải thành hằng năm đạt từ 82% trở lên" tells a result, "từ 30 lao động trở lên" a norm.
        "norm",
        r"\b(?:(?<!hằng năm đạt )(?<!hàng năm đạt )(?<!bình quân đạt )(?<!luôn đạt )(?<!đều đạt )(?<!đã đạt )từ"
        r"|từ(?! \d[\d.,]* ?%)|có|trên) \d[\d.,]*%?(?: (?!hộ hiến)[^\s\d,;.]+){0,4} trở lên",
        anywhere=("trở lên",),
    ),
    _Form(
        "norm",
        r"\bmỗi (?!năm|tháng|quí)(?:[^\s\d,;.:]+ ){1,5}(?:từ |có |là |phải |ít nhất )*\d[\d.,]*(?: ?- "
        r"?\d[\d.,]*| đến \d[\d.,]*)?",
        anywhere=("mỗi ",),
    ),
    _Form(
        "norm",
        r"\bcứ (?:mỗi )?\d[\d.,]* [^\d,;.]{1,30} (?:có|thì|được) (?:[^\d,;.]{1,16} )?\d[\d.,]*",
        anywhere=("cứ ",),
    ),
    _Form(
        "norm",
        r"\btừ \d[\d.,]*(?: ?- ?| đến )\d[\d.,]*(?= (?:thành viên|người)\b)",
        before="từ",
        back=1,
    ),
    _Form(
        "norm",
        r"\b\d+ (?:ngày|lần|buổi|cuộc|kì|phiên)(?:(?: ?/ ?| một | mỗi )(?:tuần|tháng|quí|năm)"
        r"| trong (?:tuần|tháng|quí))\b"
        r"(?! \d)",
        after="ngày lần buổi cuộc kì phiên",
    ),
    _Form(
        "norm",
        r"\b(?:\d+ (?:tiêu chí|nhóm|lĩnh vực|bước|nguyên tắc|nhiệm vụ|giải pháp|khâu|mục tiêu"
        r"|chương trình mục tiêu|tỉnh, thành)"
        # What is supervised is counted by subjects: "giám sát 58 chuyên đề".
        r"|(?<!giám sát )(?<!giám sát được )(?<!phản biện )\d+ chuyên đề)\b",
        after="tiêu nhóm lĩnh chuyên bước nguyên nhiệm giải khâu mục chương tỉnh",
    ),
    _Form("name", r"\b(?:covid|sars-cov)(?: ?- ?| )?\d+\b", anywhere=("covid", "sars-cov")),
    # "200 nông dân, đại diện cho 92.000 hội viên": those who are stood for are not counted.
    _Form(
        "norm",
        r"\bđại diện cho (?:(?:hơn|gần|trên|khoảng) )?\d[\d.,]*(?: (?:triệu|nghìn|vạn))?(?! ?%)",
        before="cho hơn gần trên khoảng",
        back=4,
        must=("đại diện",),
    ),
    # "80 người/lớp" says how many came to each.
    _Form(
        "norm",
        r"\d[\d.,]* (?:lượt )?(?:người|đại biểu|học viên|thành viên|hòa giải viên|hộ|hội viên) ?/ ?"
        r"(?:lớp|cuộc|buổi|đợt|hội nghị|tổ|ban|điểm|khóa|mô hình|câu lạc bộ)\b",
        after="lượt người đại học thành hòa hộ hội",
    ),
    # "riêng 2 tháng 7 và 8": the last month, too.
    _Form(
        "month",
        r"(?<!ngày )\b(?:các|hai|ba|bốn|[2-6]) tháng \d{1,2}(?:, ?\d{1,2})* và \d{1,2}\b(?![.,/%]\d)",
        before="và",
        back=8,
        must=("tháng",),
    ),
    # "Có 3 huyện đạt trên 90%" says how many passed a mark, which is no rate of all.
    _Form(
        "norm",
        rf"\b\d+(?:/\d+)? {_BODY}(?:(?:,| và) {_BODY})*(?: có)?(?: (?:tỉ lệ|chỉ số|mức độ|mức)(?: hài lòng| giải quyết"
        r"| đúng hạn){0,2})?(?: chỉ| đều)?(?: đạt)? (?:trên|dưới|hơn) (?:mức )?\d[\d.,]* ?%",
        before="trên dưới hơn mức",
        back=16,
        must=("huyện", "xã", "phường", "đơn vị", "địa phương", "sở", "ngành", "quận"),
    ),
    _Form("norm", r"\b(?:trên|hơn) \d lần\b(?! tiếp)", before="trên hơn", back=1),
    _Form(
        "price",
        r"\d[\d.,]*(?: (?:nghìn|ngàn|triệu|tỉ))? ?(?:đồng|đ) ?/ ?(?:m2|m3|kg|tấn|tạ|ha|sào|lít|km|tháng|năm|ngày|giờ"
        r"|lượt|người|hộ|suất|căn|cái|con|vụ|buổi|phần|kwh|usd|lượng|chuyến|khóa|lần)\b",
        anywhere=("đồng/", "đ/", "đồng /"),
    ),
    # "gần 150 m 2 đất": a page that lost its superscript.
    _Form("superscript", r"(?<=\d )m [23](?= (?:đất|ở)|[,.;)])", before="m", back=1),
    # "mở hẻm từ 2,5 m thành 6 m", "con hẻm 3m thành đường rộng 13m": how wide a road was and is.
    _Form(
        "width",
        r"\b(?:đường|lộ|hẻm|kiệt|ngõ|ngách|lối|mặt|lòng|nền)(?: (?!dài)[^\W\d_]+){0,5}? "
        r"\d{1,2}(?:,\d+)? ?(?:m|mét)\b(?:,? (?!dài)[^\W\d_]+){0,3}? (?:thành|lên|ra|tới|đến)"
        r"(?: (?!dài)[^\W\d_]+){0,4}? \d{1,2}(?:,\d+)? ?(?:m|mét)\b(?! (?:dài|đường|lộ))",
        after="m mét",
        back=14,
        must=("đường", "lộ", "hẻm", "kiệt", "ngõ", "ngách", "lối", "mặt", "lòng", "nền"),
    ),
    _Form("times", r"\bgấp(?: gần| hơn| khoảng| trên)? \d[\d.,]*(?: lần)?", anywhere=("gấp",)),
    _Form(
        "range",
        r"(?<![\d/])\d[\d.]*(?:,\d+)? ?- ?\d[\d.]*(?:,\d+)?(?= ?(?:%|người|thành viên|triệu|sao|km|ngày"
        r"|đồng|tấn|lần|độ|m\b))",
        joints="-",
    ),
    _Form(
        "model_code",
        r"\b(?!(?:19|20)\d{2} )\d+ (?:không|sạch|có|nhất|tại chỗ|biết|bám|rõ|xin|luôn|dám|tốt|an|hóa)\b"
        r"(?=[, \-\"]|$)(?! (?:ý|chuyên|thành|hiệu|trong))",
        after="không sạch có nhất tại biết bám rõ xin luôn dám tốt an hóa",
    ),
    _Form("name", r'"[^"\n]{1,70}"', anywhere=('"',)),
)
#: For each form the words that it is looked for by, and those that must stand beside it.
_ANYWHERE = tuple(cue(*form.anywhere) if form.anywhere else 0 for form in _FORMS)
_MUST = tuple(cue(*form.must) if form.must else 0 for form in _FORMS)
_DIGITS = late(r"\d+")
#: A quotation that tells a share or a part is no mere name: "gần 90% đã xong", "12/15 xã".
_QUOTED_SHARE = late(r'"[^"\n]*\d(?: ?%|/\d\d)')
#: What somebody says of himself and his neighbours: "Nhà tôi hiến 80m2 đất".
_SAYS_I = late(r'"[^"\n]*(?<!\w)(?:tôi|tui|chúng em|nhà mình|bà con)(?!\w)')
#: Who is about to speak: "Bà Năm phấn khởi kể: ".
_SPEAKS = late(
    r"(?<!\w)(?:nói|kể|cho biết|cho hay|chia sẻ|bộc bạch|tâm sự|phân trần|phấn khởi|cười|khoe|nhớ lại|bày tỏ|thổ lộ"
    r"|giãi bày|nhấn mạnh|khẳng định|thông tin|trao đổi|giải thích|hồ hởi|tâm tình)[^.;:\"\n]{0,24}: ?$"
)
_LAST_WORD = late(r"([^\W\d_]+):?$")
_PHONE = ("0", "1022", "1900", "1800")


@dataclass(frozen=True, slots=True)
class _Index:
    """The forms by what gives them away, as ordinals in ``patterns``; ``anywhere`` has the words besides, as a cue."""

    patterns: tuple[tuple[str, re.Pattern[str], _Form], ...]
    before: dict[str, tuple[int, ...]]
    after: dict[str, tuple[int, ...]]
    joints: dict[str, tuple[int, ...]]
    years: tuple[int, ...]
    phone: tuple[int, ...]
    anywhere: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1)
def _index() -> _Index:
    numbered = list(enumerate(_FORMS))

    def by(words: dict[int, Iterable[str]]) -> dict[str, tuple[int, ...]]:
        table: dict[str, list[int]] = {}
        for ordinal, keys in words.items():
            for key in keys:
                table.setdefault(key, []).append(ordinal)
        return {key: tuple(found) for key, found in table.items()}

    return _Index(
        patterns=tuple((form.kind, late(form.pattern), form) for form in _FORMS),
        before=by({n: form.before.split() for n, form in numbered}),
        after=by({n: form.after.split() for n, form in numbered}),
        joints=by({n: form.joints for n, form in numbered if not form.joined and not form.years}),
        years=tuple(n for n, form in numbered if form.years and not form.before),
        phone=tuple(n for n, form in numbered if form.phone),
        anywhere=tuple((n, _ANYWHERE[n]) for n, form in numbered if form.anywhere),
    )


def find_masks(
    folded: str, sentences: Sequence[Sentence], runs: list[list[re.Match[str]]] | None = None
) -> list[Mask]:
    """Return what is no figure in the sentences of ``folded``, in order.

    ``runs`` are the runs of digits of each sentence, where they are known (``extraction.digits``).
    """
    index = _index()
    masks: list[Mask] = []
    ends = [-1] * len(_FORMS)
    if runs is None:
        runs = [digit_runs(folded, sentence.start, sentence.end) for sentence in sentences]
    for sentence, found_here in zip(sentences, runs, strict=True):
        for run in found_here:
            _mask_run(index, folded, run, sentence, ends, masks)
        if not found_here:
            continue
        start, end, cues = sentence.start, sentence.end, sentence.cues
        for ordinal, words in index.anywhere:
            if cues & words:
                kind, pattern, _ = index.patterns[ordinal]
                masks += [
                    Mask(found.start(), found.end(), kind)
                    for found in pattern.finditer(folded, start, end)
                    if _DIGITS.search(folded, found.start(), found.end())
                    and not (kind == "name" and _is_said(folded, found))
                ]
    masks.sort()
    return masks


def _is_said(folded: str, quoted: re.Match[str]) -> bool:
    """Whether a quotation is what somebody says rather than a name: "1 triệu sáng kiến"."""
    start, end = quoted.span()
    if _QUOTED_SHARE.match(folded, start, end) or _SAYS_I.match(folded, start, end):
        return True
    return bool(_SPEAKS.search(folded, max(0, start - 48), start))


def _mask_run(
    index: _Index, folded: str, run: re.Match[str], sentence: Sentence, ends: list[int], masks: list[Mask]
) -> None:
    """Add the masks that a run of digits gives away; ``ends`` notes where each form's last one ended."""
    at, start, end = run.start(), sentence.start, sentence.end
    digits, more, joint, word = run.groups()
    if "." in more:
        joint = joint or "."
    possible = index.before.get(_word_before(folded, at, start), ())
    if word:
        possible += index.after.get(word, ())
    if joint:
        possible += index.joints.get(joint, ())
        if "." in more and joint != ".":
            possible += index.joints["."]
    year = len(digits) == 4 and digits.startswith(("19", "20"))
    if year:
        possible += index.years
    if digits.startswith(_PHONE):
        possible += index.phone
    for ordinal in possible:
        kind, pattern, form = index.patterns[ordinal]
        if (
            ends[ordinal] > at
            or (form.years and not year)
            or (form.joined and (joint or "?") not in form.joints)
            or (form.must and not sentence.cues & _MUST[ordinal])
        ):
            continue
        found = _match(pattern, folded, at, start, end, form)
        if found:
            ends[ordinal] = found.end()
            masks.append(Mask(found.start(), found.end(), kind))


def _match(
    pattern: re.Pattern[str], folded: str, at: int, start: int, end: int, form: _Form
) -> re.Match[str] | None:
    """Return the find that covers ``at`` and begins there or as many words before as the form may."""
    if not form.back:
        return pattern.match(folded, at, end)
    low = at
    for _ in range(form.back + 1):
        low = folded.rfind(" ", start, low)
        if low == -1:
            low = start
            break
    if form.must and not says_any(folded[low:end], form.must):
        return None
    found = pattern.search(folded, low, end)
    while found and found.end() <= at:
        found = pattern.search(folded, found.end(), end)
    return found if found and found.start() <= at else None


def _word_before(folded: str, at: int, start: int) -> str:
    """Return the word right before ``at``, with one space or dot between, or an opening bracket; empty for none."""
    if at == start:
        return ""
    last = folded[at - 1]
    if last == "(":
        return "("
    end = at if last != "." else at - 1
    if folded[end - 1] == " ":
        end -= 1
    low = max(start, end - 12)
    word = folded[folded.rfind(" ", low, end) + 1 or low : end]
    if not word.isalpha():
        found = _LAST_WORD.search(word)
        return found.group(1) if found else ""
    return word
