"""Each way of naming a period, as a pattern over folded text, with the words it can begin with."""

from __future__ import annotations

from coso.late_patterns import late

_Y = r"(?P<year>(?:19|20)\d{2})"
_COUNT = r"(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một|mười hai)"
_JOIN_YEAR = rf"(?: ?[/-] ?|\.| năm | ){_Y}"
#: A month goes on with no digits but those of its year: "tháng 10.2023", not "tháng 5.200 lượt".
_WHOLE_NUMBER = r"(?!(?!\.(?:19|20)\d{2}(?![\d.,]*\d))[\d.,]*\d)"
#: A number that is no year.
_A_NUMBER = r"(?!(?:19|20)\d{2}(?![\d.]))\d{1,3}(?:\.\d{3})*(?![\d/-])"
_THIS = r"(?: (?P<this>năm nay|nay|năm qua|qua)| (?:của )?(?P<prior>(?:năm |(?<=năm ))(?:trước|ngoái)))?"


def _counted(unit: str) -> tuple[str, ...]:
    """Return every count that may stand before a unit of time, with the unit."""
    words = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
    counts = [*words, "mười một", "mười hai", *(f"{n:02d}" for n in range(10)), *map(str, range(100))]
    return tuple(f"{count} {unit}" for count in counts)


def _before(*heads: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the heads with each of the words before them."""
    return tuple(word + head for word in words for head in heads)


_WHOLE = ("cả ", "trong cả ", "tính chung cả ", "qua cả ", "tổng cả ")
_YEARS_COUNTED = ("hai năm", "ba năm", "bốn năm", "năm năm", *(f"{count} năm" for count in range(2, 10)))

#: Each way of naming a period, and the words it can begin with; it is looked for nowhere else.
FORMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "span_days",
        r"từ (?:\d{1,2} ?(?:giờ|h) )?(?:ngày )?(?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})(?:[/.-](?P<y1>\d{4}))?"
        r" (?:cho )?(?:đến|tới)(?: hết)? (?:\d{1,2} ?(?:giờ|h) )?(?:ngày )?(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})"
        r"(?:[/.-](?P<y2>\d{4}))?",
        ("từ ",),
    ),
    (
        "span_days",
        r"từ (?:ngày )?(?P<d1>\d{1,2})(?: (?:cho )?(?:đến|tới)(?: hết)?(?: ngày)?| ?-) ?(?P<d2>\d{1,2})"
        r"[/.-](?P<m2>\d{1,2})(?:[/.-](?P<y2>\d{4}))?",
        ("từ ",),
    ),
    (
        "span_days",
        r"\((?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})(?:[/.-](?P<y1>\d{4}))?(?: đến | ?- "
        r"?)(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4})\)",
        ("(",),
    ),
    (
        "span_months",
        r"\((?:từ )?(?:tháng )?(?P<m1>\d{1,2})(?: đến(?: tháng)? | ?- ?)(?P<m2>\d{1,2})/(?P<y2>\d{4})\)",
        ("(",),
    ),
    # Months listed in brackets, the last with the year: "trong ba tháng (7, 8 và 9/2025)".
    (
        "span_months",
        r"\((?:tháng )?(?P<m1>1[0-2]|0?[1-9])(?:, ?(?:1[0-2]|0?[1-9]))*,? và (?P<m2>1[0-2]|0?[1-9])"
        r"/(?P<y2>(?:19|20)\d{2})\)",
        ("(",),
    ),
    (
        "span_months",
        r"\((?:từ )?tháng (?P<m1>1[0-2]|0?[1-9])(?: đến(?: hết)?(?: tháng)? | ?- ?(?:tháng )?)(?P<m2>1[0-2]|0?[1-9])\)",
        ("(",),
    ),
    (
        "since_term",
        rf"(?:từ )?(?<!nửa )đầu nhiệm kì (?P<y1>(?:19|20)\d{{2}}) ?- ?(?:19|20)\d{{2}}(?: (?:cho )?(?:đến|tới)(?: hết)?"
        rf"(?: cuối)? (?:nay|tháng (?P<month>\d{{1,2}}){_JOIN_YEAR}|năm (?P<y2>\d{{4}})))?",
        ("từ đầu nhiệm kì", "đầu nhiệm kì"),
    ),
    (
        "half_term",
        r"nửa (?:đầu |(?P<second>cuối |sau ))?nhiệm kì (?P<y1>(?:19|20)\d{2}) ?- ?(?P<y2>(?:19|20)\d{2})",
        _before("nhiệm kì", words=("nửa ", "nửa đầu ", "nửa cuối ", "nửa sau ")),
    ),
    (
        "mid_term",
        r"giữa nhiệm kì[^.;\d]{0,60}?(?: |\()(?P<y1>(?:19|20)\d{2}) ?- ?(?:19|20)\d{2}\)?",
        ("giữa nhiệm kì",),
    ),
    (
        "from_year",
        r"(?:kể |tính )?từ (?:đầu )?năm (?P<y1>(?:19|20)\d{2}) (?:cho )?(?:đến|tới)(?: hết| cuối)? tháng "
        r"(?P<m2>\d{1,2})(?: ?[/-] ?| năm )(?P<y2>(?:19|20)\d{2})",
        ("kể từ ", "tính từ ", "từ năm ", "từ đầu năm "),
    ),
    (
        "span_months",
        r"(?:từ )?(?:(?:đầu |giữa |cuối )?tháng )?(?P<m1>\d{1,2})[/.-](?P<y1>\d{4})"
        r"(?: (?:cho )?(?:đến|tới)(?: hết)?| ?-) ?(?:(?:đầu |giữa |cuối )?tháng )?(?P<m2>\d{1,2})[/.-](?P<y2>\d{4})",
        ("từ ", "tháng "),
    ),
    (
        "span_months",
        r"từ (?:(?:đầu |giữa |cuối )?tháng |(?:ngày )?\d{1,2}[/.-])(?P<m1>1[0-2]|0?[1-9])"
        r" (?:cho )?(?:đến|tới) (?:hết|cuối) năm(?: (?P<y2>(?:19|20)\d{2})|(?! (?:19|20)\d))",
        ("từ ",),
    ),
    (
        "span_months",
        r"từ tháng (?P<m1>\d{1,2})(?: năm (?P<y1>\d{4}))? (?:cho )?(?:đến|tới)(?: hết)? tháng "
        r"(?P<m2>\d{1,2})(?:(?: năm |[/-])(?P<y2>\d{4}))?",
        ("từ tháng ",),
    ),
    (
        "span_months",
        r"tháng (?P<m1>1[0-2]|0?[1-9]) (?:cho )?(?:đến|tới)(?: hết)? tháng (?P<m2>1[0-2]|0?[1-9])"
        r"(?: năm | ?[/-] ?)(?P<y2>(?:19|20)\d{2})",
        ("tháng ",),
    ),
    # "từ ngày 1/7/2025 đến hết tháng 10", "từ 1/7 đến cuối tháng 9"
    (
        "span_months",
        rf"(?:kể |tính )?từ (?:ngày )?\d{{1,2}}[/.-](?P<m1>1[0-2]|0?[1-9])(?:[/.-](?P<y1>(?:19|20)\d{{2}}))?"
        rf" (?:cho )?(?:đến|tới)(?: hết| cuối| giữa| đầu) tháng (?P<m2>1[0-2]|0?[1-9]){_WHOLE_NUMBER}"
        r"(?:(?: ?[/-] ?| năm )(?P<y2>(?:19|20)\d{2}))?",
        ("từ ", "kể từ ", "tính từ "),
    ),
    # "từ khi bắt tay xây dựng nông thôn mới năm 2011 đến hết tháng 6/2014"
    (
        "from_year",
        r"(?:kể )?từ khi [^.;,:\d]{2,60} (?:từ )?năm (?P<y1>(?:19|20)\d{2}) (?:cho )?(?:đến|tới)(?: hết| cuối)? tháng "
        r"(?P<m2>\d{1,2})(?: ?[/-] ?| năm )(?P<y2>(?:19|20)\d{2})",
        ("từ khi ", "kể từ khi "),
    ),
    (
        "from_year_half",
        r"(?:kể |tính )?từ (?:đầu )?năm (?P<y1>(?:19|20)\d{2}) (?:cho )?(?:đến|tới)(?: hết)? "
        r"(?:(?:6|sáu) tháng (?:đầu )?|giữa )năm (?P<y2>(?:19|20)\d{2})",
        ("kể từ ", "tính từ ", "từ năm ", "từ đầu năm "),
    ),
    (
        "as_of_day",
        rf"(?:tính|lũy kế|kể|thống kê|chốt(?: số liệu| sổ)?) (?:cho )?(?:đến|tới)(?: hết)? (?:ngày )?\d{{1,2}}[/.-]"
        rf"(?P<count>1[0-2]|0?[1-9])(?:[/.-]{_Y}|(?=,))"
        r"|(?:tính|lũy kế|kể|thống kê|chốt(?: số liệu| sổ)?) (?:cho )?(?:đến|tới)(?: hết)? ngày \d{1,2} tháng "
        r"(?P<month>1[0-2]|0?[1-9])(?: năm (?P<y2>(?:19|20)\d{2}))?",
        _before(
            "đến ",
            "tới ",
            words=("tính ", "lũy kế ", "kể ", "thống kê ", "chốt ", "chốt số liệu ", "chốt sổ "),
        ),
    ),
    (
        "year_and_months",
        r"(?:từ |trong )?năm (?P<y1>(?:19|20)\d{2}) (?:và|đến|tới|cùng)(?: hết)? "
        r"(?:(?P<count>[2-9]|1[01]) tháng(?: đầu)?(?: năm)? |quí (?P<quarter>[1-3]|i{1,3})(?: ?/ ?| năm ))"
        r"(?P<y2>(?:19|20)\d{2})",
        _before("năm 1", "năm 2", words=("", "từ ", "trong ")),
    ),
    (
        "years_and_half",
        r"(?:(?:hai|ba|2|3) )?năm (?P<y1>(?:19|20)\d{2})(?:(?:, | và )(?:năm )?(?:19|20)\d{2}){0,3}"
        r"(?: và|, và| cùng| cùng với) (?:6|sáu) tháng (?:đầu )?năm (?P<y2>(?:19|20)\d{2})",
        _before("năm 1", "năm 2", words=("", "hai ", "2 ", "ba ", "3 ")),
    ),
    (
        "month_to_year",
        r"(?:kể )?từ (?:đầu |giữa |cuối )?(?:tháng )?(?P<m1>1[0-2]|0?[1-9])(?:[/-]| năm )(?P<y1>(?:19|20)\d{2})"
        r" (?:cho )?(?:đến|tới)(?: hết| cuối)? năm (?P<y2>(?:19|20)\d{2})",
        ("từ ", "kể từ "),
    ),
    (
        "since_event",
        r"(?:kể )?từ (?:khi|ngày) [^.;\d(]{2,60}(?:\d[^.;( ]{0,16} [^.;\d(]{0,40})?"
        r"\((?:từ )?(?:ngày |tháng )?(?:\d{1,2}[/.-])?(?P<m1>1[0-2]|0?[1-9])[/-](?P<y1>(?:19|20)\d{2})\)"
        r" (?:cho )?(?:đến|tới)(?: hết| cuối)? (?:nay|tháng (?P<m2>1[0-2]|0?[1-9])(?: ?[/-] ?| năm )"
        r"(?P<y2>(?:19|20)\d{2})|(?P<end>năm)(?: (?P<y3>(?:19|20)\d{2}))?(?![\d]))",
        ("từ khi ", "kể từ khi ", "từ ngày ", "kể từ ngày "),
    ),
    (
        "since_month",
        r"(?:kể )?từ khi (?:[^.;\d(]|tp\.){2,60}(?:\d[^.;( ]{0,16} [^.;\d(]{0,40})?"
        r"\((?:từ )?(?:ngày |tháng )?(?:\d{1,2}[/.-])?(?P<m1>1[0-2]|0?[1-9])(?:[/.-](?P<y1>(?:19|20)\d{2}))?\)"
        r"(?: (?:cho )?(?:đến|tới) nay)?(?! (?:cho )?(?:đến|tới))",
        ("từ khi ", "kể từ khi "),
    ),
    (
        "since_month",
        r"(?:kể |tính )?từ (?:ngày \d{1,2}[/.-]|\d{1,2}[/.-]|(?:đầu |giữa |cuối )?tháng )(?P<m1>1[0-2]|0?[1-9])"
        r" (?:cho )?(?:đến|tới) nay",
        ("từ ", "kể từ ", "tính từ "),
    ),
    (
        "since_month",
        r"(?:kể|tính) từ (?:ngày )?\d{1,2}[/.-](?P<m1>1[0-2]|0?[1-9])(?=,)",
        ("kể từ ", "tính từ "),
    ),
    # "từ ngày đi vào hoạt động 1/7/2025 đến cuối tháng 10", "từ khi thành lập ngày 1/7/2025 đến nay"
    (
        "since_event",
        r"(?:kể |tính )?từ (?:khi|ngày|thời điểm|lúc)(?: [^\W\d]+){0,8} (?:\d{1,2}[/.-])?(?P<m1>1[0-2]|0?[1-9])[/.-]"
        r"(?P<y1>(?:19|20)\d{2}) (?:cho )?(?:đến|tới)(?: hết| cuối| giữa)? (?:nay|tháng (?P<m2>1[0-2]|0?[1-9])"
        r"(?:(?: ?[/-] ?| năm )(?P<y2>(?:19|20)\d{2}))?)",
        (
            "từ khi ",
            "kể từ khi ",
            "từ ngày ",
            "kể từ ngày ",
            "từ thời điểm",
            "tính từ ",
            "kể từ thời điểm",
            "từ lúc",
        ),
    ),
    # "Kể từ ngày 1/7/2025, phường đã tiếp …"
    (
        "open_day",
        r"(?:kể |tính )?từ (?:sau )?(?:ngày )?\d{1,2}[/.-](?P<m1>1[0-2]|0?[1-9])[/.-](?P<y1>(?:19|20)\d{2})"
        r"(?=,| (?:toàn|các|đã|ubnd|xã|phường|tỉnh|huyện|mttq|mặt trận|lãnh đạo)(?!\w))",
        ("từ ", "kể từ ", "tính từ "),
    ),
    # Which law it was, and since when, is told before.
    (
        "since_force",
        r"(?:kể )?từ khi (?:luật|pháp lệnh|nghị định|qui định|nghị quyết|thông tư)[^.;,:\d]{0,60} có hiệu lực"
        r"(?: thi hành| pháp luật)?(?: (?:cho )?(?:đến|tới) nay)?(?! (?:từ|\())",
        ("từ khi ", "kể từ khi "),
    ),
    # The 34 provinces with their two tiers began on one day, which texts need not name.
    (
        "since_reform",
        r"(?:kể )?từ khi(?: (?:chính thức|đi vào|bắt đầu))* (?:vận hành|thực hiện|triển khai|hoạt động)"
        r"(?: (?:theo|của|bộ máy|mô hình|tổ chức))* chính quyền(?: địa phương)? (?:2|hai) cấp (?:cho )?(?:đến|tới) nay",
        ("từ khi ", "kể từ khi "),
    ),
    (
        "since_reform",
        r"(?:kể )?từ (?:khi |ngày |sau |sau khi )(?:sáp nhập|hợp nhất|sắp xếp)"
        r"(?: (?:các|hai|ba|tỉnh|xã|phường|đơn vị|hành chính|bộ máy)){0,4}"
        r"(?: (?:cho )?(?:đến|tới)(?: hết| cuối)? (?:nay|tháng (?P<m2>1[0-2]|0?[1-9])(?: ?[/-] ?| năm )?"
        r"(?P<y2>(?:19|20)\d{2})?)|(?=,))",
        ("từ khi ", "kể từ khi ", "từ ngày ", "kể từ ngày ", "từ sau ", "kể từ sau "),
    ),
    (
        "since_reform",
        r"(?:kể )?từ khi (?:(?:chính thức|đi vào) )?(?:lập|thành lập|sắp xếp|sáp nhập|hợp nhất|có|vận hành)"
        r"(?: (?:các|hai|ba|đơn vị hành chính|cấp|tỉnh|xã|phường|đặc khu|bộ máy|chính quyền|mô hình)){0,4} mới"
        r"(?: (?:cho )?(?:đến|tới)(?: hết| cuối)? (?:nay|tháng (?P<m2>1[0-2]|0?[1-9])(?: ?[/-] ?| năm )?"
        r"(?P<y2>(?:19|20)\d{2})?))?",
        ("từ khi ", "kể từ khi "),
    ),
    (
        "since_reform",
        r"(?:kể )?từ (?:khi|ngày) (?:[^\W\d]+ ){0,5}?chính quyền(?: địa phương)? (?:2|hai) cấp(?: [^\W\d]+){0,4}?"
        r"(?: (?:cho )?(?:đến|tới)(?: hết| cuối)? (?:nay|tháng (?P<m2>1[0-2]|0?[1-9])(?: ?[/-] ?| năm )?"
        r"(?P<y2>(?:19|20)\d{2})?)|(?=,))",
        ("từ khi ", "kể từ khi ", "từ ngày ", "kể từ ngày "),
    ),
    (
        "span_months",
        r"(?:(?:các|hai|ba|bốn|[2-6]) )?tháng (?:\(tháng )?(?P<m1>1[0-2]|0?[1-9])"
        r"(?:(?:,| và|, ?tháng| và tháng| ?-) ?(?:1[0-2]|0?[1-9]))*"
        r"(?:,| và|,? ?tháng| và tháng| ?-) ?(?P<m2>1[0-2]|0?[1-9])(?:[/-]| năm )(?P<y2>(?:19|20)\d{2})",
        _before("tháng ", words=("", "các ", "hai ", "ba ", "bốn ", "2 ", "3 ", "4 ", "5 ", "6 ")),
    ),
    # "riêng 2 tháng 7 và 8", "tháng 7 và tháng 8"; but "ngày 2 tháng 7 và 8 cuộc" is a day and a count.
    (
        "span_months",
        r"(?<!ngày )(?:các|hai|ba|bốn|[2-6]) tháng (?P<m1>1[0-2]|0?[1-9])(?:, ?(?:1[0-2]|0?[1-9]))* và "
        r"(?P<m2>1[0-2]|0?[1-9])(?![\d.,/%-]*\d)",
        _before("tháng ", words=("các ", "hai ", "ba ", "bốn ", "2 ", "3 ", "4 ", "5 ", "6 ")),
    ),
    (
        "span_months",
        r"tháng (?P<m1>1[0-2]|0?[1-9])(?:, ?(?:tháng )?(?:1[0-2]|0?[1-9]))*,? và tháng (?P<m2>1[0-2]|0?[1-9])"
        r"(?![\d.,/%-]*\d)",
        ("tháng ",),
    ),
    (
        "quarters",
        rf"(?P<count>[23]|hai|ba) quí(?: đầu)?(?: (?:của )?năm)?(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        ("2 quí", "3 quí", "hai quí", "ba quí"),
    ),
    # Each number of a list has its year behind it: "lần lượt là 152 (2019), 139 (2020) và 118 (2021)".
    ("year_aside", rf"\({_Y}\)", ("(1", "(2")),
    ("month_aside", rf"\((?P<month>1[0-2]|0?[1-9])/{_Y}\)", ("(",)),
    (
        "since_then",
        r"(?:kể )?từ (?:đó|khi đó|ngày đó|thời điểm đó|ấy) (?:cho )?(?:đến|tới) nay",
        ("từ đó", "kể từ đó", "từ khi đó", "kể từ khi đó", "từ ngày đó", "kể từ ngày đó", "từ thời điểm đó"),
    ),
    # "từ kỳ họp cuối năm 2023 đến nay": the sessions of a council that are held each July and December.
    (
        "since_session",
        r"(?:kể |tính )?từ (?:sau )?kì họp(?: (?:thường lệ|hđnd))? (?P<which>giữa|cuối) năm (?P<y1>(?:19|20)\d{2})"
        r" (?:cho )?(?:đến|tới) nay",
        ("từ kì họp", "từ sau kì họp", "kể từ ", "tính từ "),
    ),
    (
        "open_month",
        r"(?:kể |tính )?từ (?:ngày )?(?:(?:đầu |giữa |cuối )?tháng )?(?:\d{1,2}[/.-])?(?P<m1>\d{1,2})"
        r"(?:[/.-]| năm )(?P<y1>\d{4}) (?:cho )?(?:đến|tới) nay",
        ("từ ", "kể từ ", "tính từ "),
    ),
    (
        "open",
        rf"(?:kể |tính )?từ {_Y} (?:cho )?(?:đến|tới) nay",
        _before("từ 19", "từ 20", words=("", "kể ", "tính ")),
    ),
    (
        "span_days",
        r"từ ngày (?P<d1>\d{1,2}) tháng (?P<m1>\d{1,2})(?: năm (?P<y1>\d{4}))? (?:cho )?(?:đến|tới)(?: hết)? "
        r"ngày (?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2}) năm (?P<y2>\d{4})",
        ("từ ngày ",),
    ),
    (
        "span_years",
        r"(?:từ (?:đầu |giữa |cuối )?(?:năm )?)(?P<y1>\d{4})(?: (?:cho )?(?:đến|tới)(?: hết)?(?: cuối)?(?: năm)?| ?-) "
        r"?(?P<y2>\d{4})",
        ("từ ",),
    ),
    (
        "span_years",
        r"(?:(?:trong )?(?:các |những )?(?:năm|giai đoạn|nhiệm kì) )?(?<![\d/.,])(?P<y1>(?:19|20)\d{2}) "
        r"?- ?(?P<y2>(?:19|20)\d{2})(?![\d/])",
        (),
    ),
    (
        "span_years",
        r"(?:(?:hai|ba|bốn|năm|[2-5]|các|những) )?năm (?P<y1>(?:19|20)\d{2})(?:, (?:19|20)\d{2}){0,4}(?:,| và|, và) "
        r"(?:năm )?(?P<y2>(?:19|20)\d{2})(?![\d/])",
        _before(
            "năm 1",
            "năm 2",
            words=("", "hai ", "2 ", "ba ", "3 ", "bốn ", "4 ", "năm ", "5 ", "các ", "những "),
        ),
    ),
    (
        "months_ytd",
        rf"(?:(?:kể |tính )?từ )?đầu năm(?: {_Y})? (?:cho )?(?:đến|tới)(?: hết| cuối| giữa| đầu)? tháng "
        r"(?P<count>1[0-2]|0?[1-9])"
        r"(?![\d.,]*\d)(?: ?[/-] ?(?:19|20)\d{2})?",
        ("kể từ đầu năm", "tính từ đầu năm", "từ đầu năm", "đầu năm"),
    ),
    (
        "ytd_to_day",
        rf"(?:(?:kể |tính )?từ )?đầu năm(?: (?P<y1>(?:19|20)\d{{2}})| nay)? (?:cho )?(?:đến|tới)(?: hết)?(?: ngày)?"
        rf" \d{{1,2}}(?:[/.-]| tháng )(?P<count>1[0-2]|0?[1-9]){_WHOLE_NUMBER}(?:(?:[/.-]| năm ){_Y})?",
        ("kể từ đầu năm", "tính từ đầu năm", "từ đầu năm", "đầu năm"),
    ),
    (
        "ytd",
        rf"(?<!báo )(?<!mặt )(?<!xuân )(?:(?:kể |tính )?từ )?đầu năm(?! mới)(?: {_Y}| (?P<this>nay))?"
        rf"(?: (?:cho )?(?:đến|tới) (?:nay|thời điểm này|giờ))?",
        ("kể từ đầu năm", "tính từ đầu năm", "từ đầu năm", "đầu năm"),
    ),
    (
        "ytd",
        rf"(?:tính )?(?:đến|tới) nay,? trong năm {_Y}",
        ("tính đến nay", "tính tới nay", "đến nay", "tới nay"),
    ),
    (
        "ytd",
        rf"(?:mấy|những|các) tháng (?:đầu năm(?: {_Y})?|qua|vừa qua|vừa rồi)",
        ("mấy tháng", "những tháng", "các tháng"),
    ),
    (
        "carried_over",
        # "từ năm 2019 qua cổng dịch vụ công" carries nothing over.
        rf"(?P<kept>gối |chuyển |tồn )?từ năm {_Y} (?:(?:gối |chuyển )?sang|(?:gối |chuyển )qua|(?(kept)qua|(?!)))",
        ("từ năm ", "gối từ năm ", "chuyển từ năm ", "tồn từ năm "),
    ),
    (
        "carried_over",
        # Nor does "năm 2019 chuyển sang cơ quan điều tra 3 vụ".
        rf"(?:tồn (?:đọng )?)?(?:từ |của )?(?:cuối )?năm (?:{_Y}|trước|ngoái)(?: còn)?(?: tồn| tồn đọng| còn lại)?"
        r"(?: được)? (?:chuyển(?: tiếp)? (?:qua|sang)|gối sang|để lại|mang sang)"
        r"(?! (?:cơ quan|các|cho|sở|công an|tòa|viện|ubnd|cấp|phòng|hình thức|mô hình)(?!\w))",
        _before(
            *("năm 1", "năm 2", "năm trước", "năm ngoái"),
            words=("", "từ ", "của ", "cuối ", "tồn ", "tồn đọng ", "tồn từ ", "tồn của "),
        ),
    ),
    (
        "carried_over",
        rf"(?:chuyển tiếp|chuyển|gối|chuyển sang|chuyển qua) từ (?:cuối )?năm {_Y}(?! (?:đến|tới|trở))",
        _before(
            "từ năm ",
            "từ cuối năm ",
            words=("chuyển tiếp ", "chuyển ", "gối ", "chuyển sang ", "chuyển qua "),
        ),
    ),
    ("and_before", rf"từ năm {_Y} (?:trở )?(?:về|lại) trước", ("từ năm ",)),
    (
        "open",
        rf"(?:kể |tính )?từ (?:(?:sau )?năm {_Y}(?: (?:cho )?(?:đến|tới) nay)?"
        r"|(?:cuối |giữa )năm (?P<late>(?:19|20)\d{2}) (?:cho )?(?:đến|tới) nay)"
        r"(?! (?:cho )?(?:đến|tới)(?: hết| cuối)? (?:năm )?\d)",
        ("kể từ ", "tính từ ", "từ năm ", "từ sau năm ", "từ cuối năm", "từ giữa năm"),
    ),
    # "kể từ khi khởi động nông thôn mới năm 2011 đến nay"
    (
        "open",
        rf"(?:kể )?từ khi [^.;,:\d]{{2,60}} (?:từ |vào )?năm {_Y} (?:cho )?(?:đến|tới) nay",
        ("từ khi ", "kể từ khi "),
    ),
    ("open", rf"giai đoạn (?:từ )?(?:năm )?{_Y} ?(?:-|đến|tới) nay", ("giai đoạn ",)),
    (
        "half1",
        rf"(?:(?:6|sáu) tháng(?! đầu tiên (?!(?:của )?năm))(?: đầu)?(?: năm)?"
        rf"|nửa (?:chặng )?(?:đầu|đường)(?: năm)?(?! nhiệm kì)"
        rf"|nửa năm(?: đầu(?! tiên)| qua| vừa qua| vừa rồi| nay|(?= (?:19|20)\d{{2}})"
        rf"|(?=[,:]| (?:ghi|nhận|tiếp|đã|tổ chức|giải quyết|hòa giải)(?!\w))"
        rf"|(?= (?:sau|kể từ|từ)? ?(?:khi |ngày )?(?:đi vào |chính thức )?"
        rf"(?:vận hành|hoạt động|sáp nhập|hợp nhất|nhìn lại)))|(?:6|sáu) tháng đầu(?! tiên))"
        rf"(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        ("6 tháng", "sáu tháng", "nửa "),
    ),
    (
        "half2",
        rf"(?:(?:6|sáu) tháng cuối(?: năm)?|(?:hai|2) quí cuối(?: năm)?"
        rf"|nửa (?:cuối|sau)(?: (?:của )?năm)?(?! nhiệm kì)|nửa năm (?:cuối|sau|còn lại))"
        rf"(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        ("6 tháng cuối", "sáu tháng cuối", "nửa ", "hai quí cuối", "2 quí cuối"),
    ),
    (
        "half_as_of",
        rf"(?<!họp )(?<!lệ )(?<!từ )(?<!sau )(?<!trước )(?:(?:đến|tới|tính đến) )?giữa năm(?: {_Y}{_THIS}| nay)",
        _before("giữa năm", words=("", "đến ", "tới ", "tính đến ")),
    ),
    ("first_month", rf"tháng đầu(?: tiên)?(?: của)? năm(?: {_Y})?{_THIS}", ("tháng đầu",)),
    (
        "months_last",
        rf"{_COUNT} tháng cuối(?: năm)?(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        _counted("tháng"),
    ),
    (
        "months_ytd",
        rf"{_COUNT} tháng(?! đầu tiên của (?!năm))(?: (?:đầu(?: tiên)?|qua))?(?: (?:của )?năm)?"
        rf"(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}(?! cuối)",
        _counted("tháng"),
    ),
    ("months_ytd", r"(?P<count>một) tháng(?=,| (?:đầu|đi vào|vận hành|hoạt động)(?!\w))", ("một tháng",)),
    (
        "months_ytd",
        rf"(?:(?:tính |kể )(?:đến|tới)(?: hết| cuối)?|(?:đến|tới) (?:hết|cuối)) tháng (?P<count>1[0-2]|0?[1-9])"
        rf"{_WHOLE_NUMBER}(?:{_JOIN_YEAR})?{_THIS}",
        ("tính đến", "tính tới", "kể đến", "kể tới", "đến hết", "đến cuối", "tới hết", "tới cuối"),
    ),
    (
        "as_of_bare_day",
        r"(?:đến|tới) hết ngày \d{1,2}/(?P<count>1[0-2]|0?[1-9])(?!/)",
        ("đến hết ngày", "tới hết ngày"),
    ),
    (
        "months_as_of",
        rf"(?:(?:tính |lũy kế |kể |cho )?(?:đến|tới)(?: hết| cuối| giữa)?|(?:tính )?hết)"
        rf"(?: (?:trung|thượng|hạ) tuần)? tháng (?P<count>1[0-2]|0?[1-9]){_WHOLE_NUMBER}(?:{_JOIN_YEAR})?{_THIS}",
        _before("đến ", "tới ", "hết tháng", words=("", "tính ", "lũy kế ", "kể ", "cho ")),
    ),
    (
        "quarter_ytd",
        rf"(?:(?:tính |kể )?(?:đến|tới)(?: hết| cuối)|kết thúc|hết) quí (?P<quarter>[1-4]|iv|i{{1,3}})"
        rf"(?:{_JOIN_YEAR})?{_THIS}",
        ("tính đến", "tính tới", "kể đến", "kể tới", "đến ", "tới ", "kết thúc quí", "hết quí"),
    ),
    (
        "quarters_span",
        r"từ quí (?P<q1>[1-4]|iv|i{1,3})(?:/| năm )(?P<y1>(?:19|20)\d{2}) (?:đến|tới)(?: hết)? "
        r"quí (?P<q2>[1-4]|iv|i{1,3})(?:/| năm )(?P<y2>(?:19|20)\d{2})",
        ("từ quí ",),
    ),
    (
        "quarter_and_months",
        rf"quí (?P<quarter>[1-3]|i{{1,3}})(?:,| và|, và|\+)(?: ?tháng (?:1[0-2]|0?[1-9])(?:,| và))? ?tháng "
        rf"(?P<month>1[0-2]|0?[1-9]){_WHOLE_NUMBER}(?:{_JOIN_YEAR})?",
        ("quí ",),
    ),
    (
        "year_since_reform",
        r"(?:một|1|tròn một|tròn 1) năm(?: đầu(?: tiên)?)? (?:vận hành|thực hiện|triển khai|hoạt động)"
        r"(?: [^\W\d]+){0,6}? chính quyền(?: địa phương)? (?:2|hai) cấp",
        ("một năm", "1 năm", "tròn một năm", "tròn 1 năm"),
    ),
    (
        "quarters_joined",
        rf"quí (?P<quarter>[1-3]|i{{1,3}})(?:,| và|\+| \+| ?-| đến)(?: ?quí)? ?"
        rf"(?P<last>[2-4]|iv|i{{2,3}})(?:{_JOIN_YEAR})?",
        ("quí ",),
    ),
    (
        "quarter_word",
        rf"quí (?P<word>một|hai|ba|tư|bốn|đầu(?: tiên)?(?= (?:của )?năm)|cuối(?= năm))"
        rf"(?: của)?(?: năm)?(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        ("quí một", "quí hai", "quí ba", "quí tư", "quí bốn", "quí đầu", "quí cuối"),
    ),
    ("quarter", rf"quí (?P<quarter>[1-4]|iv|i{{1,3}})(?:{_JOIN_YEAR})?{_THIS}", ("quí ",)),
    (
        "named_month",
        rf"tháng (?P<named>công nhân|thanh niên)(?:{_JOIN_YEAR})?{_THIS}",
        ("tháng công nhân", "tháng thanh niên"),
    ),
    (
        "month",
        rf"(?<!đến )(?<!hết )tháng (?P<month>1[0-2]|0?[1-9]){_WHOLE_NUMBER}(?:{_JOIN_YEAR})?{_THIS}",
        ("tháng ",),
    ),
    (
        "word_month",
        rf"tháng (?P<word>hai|ba|tư|sáu|bảy|tám|chín|mười(?: một| hai)?)(?:(?: ?[/-] ?| năm ){_Y})?{_THIS}"
        r"(?=[,.;:)]| (?:ở|chỉ|mới|nhận|vừa|đã|toàn|các|tỉnh|huyện|xã|phường|ubnd|mttq|mặt trận|tiếp|có)(?!\w))",
        _before("hai", "ba", "tư", "sáu", "bảy", "tám", "chín", "mười", words=("tháng ",)),
    ),
    ("month", rf"t\.? ?(?P<month>1[0-2]|0?[1-9])/{_Y}", _before(*map(str, range(10)), words=("t", "t."))),
    (
        "quarter",
        rf"q\.? ?(?P<quarter>[1-4]|iv|i{{1,3}})[/-]{_Y}",
        ("qi", "q.i", "q1", "q2", "q3", "q4", "q."),
    ),
    (
        "days_since_reform",
        r"(?P<count>\d{2,3}) ngày(?: đầu(?: tiên)?)? (?:vận hành|thực hiện|hoạt động|triển khai|sau)",
        tuple(f"{count} ngày" for count in range(10, 1000)),
    ),
    (
        "years_back",
        r"(?<!tháng )(?P<over>hơn |gần |trên )?(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) năm"
        r"(?:(?: vừa)? qua| vừa rồi| gần đây| trở lại đây| nay| thực hiện| triển khai| xây dựng| vận hành| tổng kết"
        r"| làm| thi hành| kiên trì| hoạt động|(?=,))",
        ("hơn ", "gần ", "trên ", *_counted("năm")),
    ),
    (
        "years_back",
        # "Trong 5 năm 2016-2020" and "trong 2 năm 2021 và 2022" say which years they were.
        r"(?<!nhất )(?:suốt|trong|sau|qua) (?P<over>hơn |gần |trên )?(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám"
        r"|chín|mười) năm(?! (?:19|20)\d{2},)"
        r"(?!(?: của| trong)?(?: nhiệm kì| giai đoạn)? (?:19|20)\d{2}(?: ?- ?|(?:,| và) )(?:19|20)\d{2})",
        ("suốt ", "trong ", "sau ", "qua "),
    ),
    (
        "year",
        rf"(?:(?:trong|cả|hết|suốt|cuối) )?năm (?:học )?{_Y}(?!/| ?- ?(?:19|20)\d\d)",
        _before("năm 1", "năm 2", "năm học ", words=("", "trong ", "cả ", "hết ", "suốt ", "cuối ")),
    ),
    ("year", rf"(?:sipas|par index|papi) {_Y}", ("sipas ", "par index ", "papi ")),
    (
        "year",
        rf"(?:tháng|của|trong|riêng|kết quả|tổng kết|sang) {_Y}(?![\d/.-]| ?- ?\d)",
        _before("19", "20", words=("tháng ", "của ", "trong ", "riêng ", "kết quả ", "tổng kết ", "sang ")),
    ),
    (
        "bare_year",
        rf"{_Y}(?= (?:có|là|đạt|toàn|các|tiếp|nhận|cả|chỉ|mới|ghi|còn)(?!\w)|:? ?: ?\d)",
        ("19", "20"),
    ),
    # "Năm 2021 có 12 cuộc, 2022 có 19, đến 2023 là 27" goes on with years alone.
    (
        "listed_year",
        rf"{_Y}(?= (?:có|là|đạt|chỉ có|chỉ còn|còn|tiếp|nhận|lên|xuống|tăng lên|giảm còn) \d)",
        ("19", "20"),
    ),
    # Each year of a list has its number: "2014 - 298, 2015 - 271", also in brackets or behind colons.
    (
        "year_item",
        rf"{_Y}(?= - {_A_NUMBER}| \({_A_NUMBER}\)|: {_A_NUMBER})",
        ("19", "20"),
    ),
    (
        "whole_span",
        r"(?:(?:trong|tính chung|qua|tổng) )?cả (?:giai đoạn|thời kì|nhiệm kì|(?:hai|ba|bốn|năm|\d) năm)"
        r"(?! (?:19|20)\d|,? ?\()|trong (?:giai đoạn|thời kì|nhiệm kì) (?:này|đó|trên|nói trên)",
        (
            *_before("giai đoạn", "thời kì", "nhiệm kì", *_YEARS_COUNTED, words=_WHOLE),
            *_before("giai đoạn", "thời kì", "nhiệm kì", words=("trong ",)),
        ),
    ),
    (
        "term_so_far",
        r"(?:tính |kể |lũy kế )?từ (?:khi bắt đầu |đầu )nhiệm kì(?: này)?(?! (?:đại hội|20|19|[ivx]))"
        r"(?: (?:đến|tới) (?:hết )?(?:nay|giờ|thời điểm này))?|nửa nhiệm kì qua",
        ("nửa nhiệm kì qua", "từ đầu nhiệm kì", "từ khi bắt đầu", "tính từ ", "kể từ ", "lũy kế từ"),
    ),
    (
        "congress_term",
        # Fronts, unions and councils number their terms too: "nhiệm kì x" alone is no term of the Party.
        r"(?:trong |qua |suốt |cả )?nhiệm kì (?=đại hội|toàn quốc|đảng)(?:đại hội )?(?:đại biểu )?"
        r"(?:toàn quốc )?(?:đảng )?(?:lần thứ )?(?P<congress>xi{1,3}|xiv|x)(?!\w)(?![^,.;\d]{0,40}\((?:19|20)\d{2} ?-)"
        r"(?!,? (?:của )?(?:đảng bộ|hđnd|quốc hội|mặt trận|mttq|công đoàn|liên đoàn|(?:hội|đoàn)(?!\w)))",
        _before("nhiệm kì ", words=("", "trong ", "qua ", "suốt ", "cả ")),
    ),
    (
        "in_year",
        r"trong năm(?! (?:học|tới|sau|nay|qua|vừa|rồi|ngoái|trước|năm|\d))|cả năm(?! \d)|năm nay|trong năm nay"
        r"|(?<!kì họp )(?<!thường lệ )cuối năm(?! \d)|hết năm(?! \d)",
        ("trong năm", "cả năm", "năm nay", "cuối năm", "hết năm"),
    ),
    (
        "past_year",
        r"(?:trong |suốt |cả )?năm (?:qua|vừa qua|vừa rồi|rồi|vừa khép lại|vừa kết thúc)",
        _before("năm qua", "năm vừa", "năm rồi", words=("", "trong ", "suốt ", "cả ")),
    ),
    (
        "spoken",
        r"(?:trong )?(?P<unit>tháng|quí) (?P<when>trước|vừa qua|vừa rồi|rồi|qua|(?<!quí )này|nay|hiện tại)",
        ("trong tháng", "trong quí", "tháng ", "quí "),
    ),
    # "Ba tháng đầu năm, … Cũng quý này, …", "Trong ba tháng ấy, …" go back to what was named before.
    (
        "told_quarter",
        r"(?:trong |cũng (?:trong )?|cùng |chính |trong chính )?quí (?:này|ấy|đó)",
        _before(
            "quí này",
            "quí ấy",
            "quí đó",
            words=("", "trong ", "cũng ", "cũng trong ", "cùng ", "chính ", "trong chính "),
        ),
    ),
    (
        "told_months",
        rf"(?:trong |cũng |cũng trong |cùng )?(?:quãng )?{_COUNT} tháng (?:này|ấy|đó)",
        (*_counted("tháng"), *_before(*_counted("tháng"), words=("trong ", "cũng ", "cùng ", "quãng "))),
    ),
    (
        "told_year",
        r"(?<!những )(?<!các )(?<!mỗi )(?<!\d )(?:trong |cũng |cũng trong |cùng |toàn tỉnh )?năm (?:ấy|đó)(?!\w)",
        _before("năm ấy", "năm đó", words=("", "trong ", "cũng ", "cũng trong ", "cùng ")),
    ),
    # "… lũy kế 9 tháng 2.870 lượt. Trong tháng, …" goes back to the month named before.
    (
        "in_month",
        r"trong tháng(?=,| (?:toàn|đã|có|tiếp|nhận|các|tỉnh|huyện|xã|ubnd|mttq|mặt trận)(?!\w))",
        ("trong tháng",),
    ),
    (
        "in_quarter",
        r"(?:trong|hết) quí(?=,| (?:toàn|đã|có|tiếp|nhận|các|tỉnh|huyện|xã|ubnd|mttq|mặt trận)(?!\w))",
        ("trong quí", "hết quí"),
    ),
    (
        "week",
        r"(?:trong |hết )?tuần (?:qua|này|vừa qua)|trong tuần",
        ("trong tuần", "hết tuần", "tuần qua", "tuần này", "tuần vừa qua"),
    ),
    ("year_before", r"(?:một|1) năm trước (?:đó|thời điểm (?:này|đó)),", ("một năm trước", "1 năm trước")),
    ("year_before", r"(?<!\d )(?<!mỗi )(?<!các )(?<!những )năm trước đó", ("năm trước đó",)),
    (
        "year_before",
        r"năm (?:liền|kế|ngay) (?:kề )?trước(?: đó)?|năm trước liền kề",
        ("năm liền ", "năm kế ", "năm ngay ", "năm trước liền"),
    ),
    (
        "years_ago",
        r"cách (?:đây|nay) (?P<count>\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) năm",
        ("cách đây ", "cách nay "),
    ),
    (
        "years_ago",
        r"(?P<count>\d{1,2}|hai|ba|bốn|sáu|bảy|tám|chín|mười) năm (?:về )?trước(?! (?:đó|thời điểm|khi))",
        _counted("năm"),
    ),
    ("years_ago", r"năm kia", ("năm kia",)),
    # "Mấy năm trước", "ba năm trước" are years long past.
    (
        "last_year",
        r"(?<!mấy )(?<!vài )(?<!nhiều )(?<!chục )(?<!hai )(?<!ba )(?<!bốn )(?<!\d )năm (?:trước|ngoái)",
        ("năm trước", "năm ngoái"),
    ),
    (
        "past_term",
        r"(?:trong |suốt |qua )?(?:1 |một )?nhiệm kì (?:qua|vừa qua|vừa rồi)",
        _before("nhiệm kì ", words=("", "trong ", "suốt ", "qua ", "1 ", "một ", "trong 1 ", "trong một ")),
    ),
    (
        "event",
        rf"\((?:ngày |sáng |chiều )?(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})(?:[/.-]{_Y})?\)",
        ("(",),
    ),
    (
        "event",
        rf"(?:ngày |sáng |chiều |tối |hôm |sáng ngày |chiều ngày )(?:mùng )?"
        rf"(?:\d{{1,2}}(?:,| và| ?-|, ngày| và ngày) ?){{0,3}}"
        rf"(?P<day>\d{{1,2}})(?: tháng |[/.-])(?P<month>\d{{1,2}})(?:(?: năm |[/.-]){_Y})?",
        ("ngày ", "sáng ", "chiều ", "tối ", "hôm "),
    ),
)
#: Forms that can begin with digits, by what their digits look like; what may not stand ahead comes second (patterns).
DIGITS_FIRST = (
    ("span_months", late(r"\d(?<![\w/].)\d?[/-]\d{4}(?: (?:cho )?(?:đến|tới)| ?-)")),
    ("span_years", late(r"(?:1(?<![\w/].)9|2(?<![\w/].)0)\d{2} ?- ?(?:19|20)\d{2}")),
)
