"""Mentions of periods in folded text: found by their wordings, dated as far as they say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from coso.numbers import read_words
from coso.periods import write_months

_Y = r"(?P<year>(?:19|20)\d{2})"
_COUNT = r"(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mười một|mười hai)"
_JOIN_YEAR = rf"(?: ?[/-] ?| năm | ){_Y}"
_THIS = r"(?: (?P<this>năm nay|nay|năm qua|qua)| (?:của )?(?P<prior>năm (?:trước|ngoái)))?"


@dataclass(frozen=True, slots=True)
class Moment:
    """One mention of a period.

    Attributes:
        start: first character in folded text.
        end: character after it.
        notation: period, None while its year is unknown.
        form: year, half, nine, quarter, month, ytd, span, open, years, event, in_year, week, or "tháng -1" and
            the like for months and quarters counted back from publication.
        months: first and last month, for forms within a year.
        year: year, None when it is not said.
        baseline: whether it names what a figure is compared with.
        plan: whether it belongs to what is still to be done.
    """

    start: int
    end: int
    form: str
    notation: str | None = None
    months: tuple[int, int] | None = None
    year: int | None = None
    baseline: bool = False
    plan: bool = False


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
_FORMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "span_days",
        r"từ (?:ngày )?(?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})(?:[/.-](?P<y1>\d{4}))? (?:đến|tới)(?: hết)? "
        r"(?:ngày )?(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})(?:[/.-](?P<y2>\d{4}))?",
        ("từ ",),
    ),
    (
        "span_days",
        r"từ (?:ngày )?(?P<d1>\d{1,2})(?: (?:đến|tới)(?: hết)?(?: ngày)?| ?-) ?(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})"
        r"(?:[/.-](?P<y2>\d{4}))?",
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
    (
        "since_term",
        rf"(?:từ )?(?<!nửa )đầu nhiệm kì (?P<y1>(?:19|20)\d{{2}}) ?- ?(?:19|20)\d{{2}}(?: (?:đến|tới)(?: hết)?"
        rf"(?: cuối)? (?:nay|tháng (?P<month>\d{{1,2}}){_JOIN_YEAR}|năm (?P<y2>\d{{4}})))?",
        ("từ đầu nhiệm kì", "đầu nhiệm kì"),
    ),
    (
        "from_year",
        r"(?:kể |tính )?từ (?:đầu )?năm (?P<y1>(?:19|20)\d{2}) (?:đến|tới)(?: hết| cuối)? tháng "
        r"(?P<m2>\d{1,2})(?: ?[/-] ?| năm )(?P<y2>(?:19|20)\d{2})",
        ("kể từ ", "tính từ ", "từ năm ", "từ đầu năm "),
    ),
    (
        "span_months",
        r"(?:từ )?(?:tháng )?(?P<m1>\d{1,2})[/-](?P<y1>\d{4})(?: (?:đến|tới)(?: hết)?| ?-) ?(?:tháng "
        r")?(?P<m2>\d{1,2})[/-](?P<y2>\d{4})",
        ("từ ", "tháng "),
    ),
    (
        "span_months",
        r"từ tháng (?P<m1>\d{1,2})(?: năm (?P<y1>\d{4}))? (?:đến|tới)(?: hết)? tháng "
        r"(?P<m2>\d{1,2})(?:(?: năm |[/-])(?P<y2>\d{4}))?",
        ("từ tháng ",),
    ),
    (
        "month_to_year",
        r"(?:kể )?từ (?:đầu |giữa |cuối )?(?:tháng )?(?P<m1>1[0-2]|0?[1-9])(?:[/-]| năm )(?P<y1>(?:19|20)\d{2})"
        r" (?:đến|tới)(?: hết| cuối)? năm (?P<y2>(?:19|20)\d{2})",
        ("từ ", "kể từ "),
    ),
    (
        "since_event",
        r"(?:kể )?từ (?:khi|ngày) [^.;\d(]{2,60}(?:\d[^.;( ]{0,16} [^.;\d(]{0,40})?"
        r"\((?:từ )?(?:ngày |tháng )?(?:\d{1,2}[/.-])?(?P<m1>1[0-2]|0?[1-9])[/-](?P<y1>(?:19|20)\d{2})\)"
        r" (?:đến|tới)(?: hết| cuối)? (?:nay|tháng (?P<m2>1[0-2]|0?[1-9])(?: ?[/-] ?| năm )(?P<y2>(?:19|20)\d{2}))",
        ("từ khi ", "kể từ khi ", "từ ngày ", "kể từ ngày "),
    ),
    (
        "span_months",
        r"(?:(?:các|hai|ba|bốn|[2-6]) )?tháng (?P<m1>1[0-2]|0?[1-9])"
        r"(?:(?:,| và|, ?tháng| và tháng| ?-) ?(?:1[0-2]|0?[1-9]))*"
        r"(?:,| và|,? ?tháng| và tháng| ?-) ?(?P<m2>1[0-2]|0?[1-9])(?:[/-]| năm )(?P<y2>(?:19|20)\d{2})",
        _before("tháng ", words=("", "các ", "hai ", "ba ", "bốn ", "2 ", "3 ", "4 ", "5 ", "6 ")),
    ),
    (
        "quarters",
        rf"(?P<count>[23]|hai|ba) quí(?: đầu)?(?: (?:của )?năm)?(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        ("2 quí", "3 quí", "hai quí", "ba quí"),
    ),
    ("month_aside", rf"\((?P<month>1[0-2]|0?[1-9])/{_Y}\)", ("(",)),
    (
        "open_month",
        r"(?:kể |tính )?từ (?:ngày )?(?:tháng )?(?:\d{1,2}[/.-])?(?P<m1>\d{1,2})[/.-](?P<y1>\d{4}) (?:đến|tới) nay",
        ("từ ", "kể từ ", "tính từ "),
    ),
    (
        "open",
        rf"(?:kể |tính )?từ {_Y} (?:đến|tới) nay",
        _before("từ 19", "từ 20", words=("", "kể ", "tính ")),
    ),
    (
        "span_days",
        r"từ ngày (?P<d1>\d{1,2}) tháng (?P<m1>\d{1,2})(?: năm (?P<y1>\d{4}))? (?:đến|tới)(?: hết)? "
        r"ngày (?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2}) năm (?P<y2>\d{4})",
        ("từ ngày ",),
    ),
    (
        "span_years",
        r"(?:từ (?:đầu )?(?:năm )?)(?P<y1>\d{4})(?: (?:đến|tới)(?: hết)?(?: cuối)?(?: năm)?| ?-) "
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
        rf"(?:(?:kể |tính )?từ )?đầu năm(?: {_Y})? (?:đến|tới)(?: hết| cuối)? tháng (?P<count>1[0-2]|0?[1-9])"
        r"(?![\d.,]*\d)(?: ?[/-] ?(?:19|20)\d{2})?",
        ("kể từ đầu năm", "tính từ đầu năm", "từ đầu năm", "đầu năm"),
    ),
    (
        "ytd",
        rf"(?:(?:kể |tính )?từ )?đầu năm(?: {_Y}| (?P<this>nay))?(?: (?:đến|tới) nay|(?: (?:đến|tới) "
        rf"(?:thời điểm này|giờ)))?(?! mới)",
        ("kể từ đầu năm", "tính từ đầu năm", "từ đầu năm", "đầu năm"),
    ),
    (
        "ytd",
        r"(?:mấy|những|các) tháng (?:đầu năm|qua|vừa qua|vừa rồi)",
        ("mấy tháng", "những tháng", "các tháng"),
    ),
    (
        "open",
        rf"(?:kể |tính )?từ (?:sau )?năm {_Y}(?: (?:đến|tới) nay)?(?! (?:đến|tới)(?: hết| cuối)? (?:năm )?\d)",
        ("kể từ ", "tính từ ", "từ năm ", "từ sau năm "),
    ),
    ("open", rf"giai đoạn (?:từ )?(?:năm )?{_Y} ?(?:-|đến|tới) nay", ("giai đoạn ",)),
    (
        "half1",
        rf"(?:(?:6|sáu) tháng(?: đầu)?(?: năm)?|nửa đầu(?: năm)?(?! nhiệm kì)|nửa năm(?: đầu(?! tiên)"
        rf"| qua| vừa qua| vừa rồi| nay|(?= (?:19|20)\d{{2}})|(?=,))|(?:6|sáu) tháng đầu)"
        rf"(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        ("6 tháng", "sáu tháng", "nửa "),
    ),
    (
        "half2",
        rf"(?:(?:6|sáu) tháng cuối(?: năm)?|nửa cuối(?: năm)?)(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        ("6 tháng cuối", "sáu tháng cuối", "nửa cuối"),
    ),
    (
        "months_last",
        rf"{_COUNT} tháng cuối(?: năm)?(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}",
        _counted("tháng"),
    ),
    (
        "months_ytd",
        rf"{_COUNT} tháng(?: (?:đầu|qua))?(?: (?:của )?năm)?(?:(?: ?[/-] ?| năm | ){_Y})?{_THIS}(?! cuối)",
        _counted("tháng"),
    ),
    (
        "months_ytd",
        rf"(?:(?:tính |kể )(?:đến|tới)(?: hết| cuối)?|(?:đến|tới) (?:hết|cuối)) tháng (?P<count>1[0-2]|0?[1-9])"
        rf"(?![\d.,]*\d)(?:{_JOIN_YEAR})?{_THIS}",
        ("tính đến", "tính tới", "kể đến", "kể tới", "đến hết", "đến cuối", "tới hết", "tới cuối"),
    ),
    (
        "months_as_of",
        rf"(?:(?:tính |lũy kế |kể |cho )?(?:đến|tới)(?: hết| cuối| giữa)?|(?:tính )?hết)"
        rf"(?: (?:trung|thượng|hạ) tuần)? tháng (?P<count>1[0-2]|0?[1-9])(?![\d.,]*\d)(?:{_JOIN_YEAR})?{_THIS}",
        _before("đến ", "tới ", "hết tháng", words=("", "tính ", "lũy kế ", "kể ", "cho ")),
    ),
    (
        "quarter_ytd",
        rf"(?:(?:tính |kể )?(?:đến|tới)(?: hết| cuối)|kết thúc|hết) quí (?P<quarter>[1-4]|iv|i{{1,3}})"
        rf"(?:{_JOIN_YEAR})?{_THIS}",
        ("tính đến", "tính tới", "kể đến", "kể tới", "đến ", "tới ", "kết thúc quí", "hết quí"),
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
        rf"(?<!đến )(?<!hết )tháng (?P<month>1[0-2]|0?[1-9])(?![\d.,]*\d)(?:{_JOIN_YEAR})?{_THIS}",
        ("tháng ",),
    ),
    (
        "years_back",
        r"(?P<over>hơn |gần |trên )?(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) năm(?: qua| "
        r"gần đây| trở lại đây| nay| thực hiện| triển khai| xây dựng| vận hành| làm| thi hành| kiên trì| hoạt động"
        r"|(?=,))",
        ("hơn ", "gần ", "trên ", *_counted("năm")),
    ),
    (
        "years_back",
        r"(?:suốt|trong|sau|qua) (?P<over>hơn |gần |trên )?(?P<count>\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám"
        r"|chín|mười) năm",
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
        rf"(?:tháng|của|trong) {_Y}(?![\d/.-])",
        _before("19", "20", words=("tháng ", "của ", "trong ")),
    ),
    (
        "bare_year",
        rf"{_Y}(?= (?:có|là|đạt|toàn|các|tiếp|nhận|cả|chỉ|mới|ghi|còn)(?!\w)|:? ?: ?\d)",
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
        "in_year",
        r"trong năm(?! (?:học|tới|sau|nay|qua|vừa|rồi|\d))|cả năm(?! \d)|năm nay|trong năm nay"
        r"|cuối năm(?! \d)|hết năm(?! \d)",
        ("trong năm", "cả năm", "năm nay", "cuối năm", "hết năm"),
    ),
    (
        "past_year",
        r"(?:trong |suốt |cả )?năm (?:qua|vừa qua|vừa rồi|rồi)",
        _before("năm qua", "năm vừa", "năm rồi", words=("", "trong ", "suốt ", "cả ")),
    ),
    (
        "spoken",
        r"(?:trong )?(?P<unit>tháng|quí) (?P<when>trước|vừa qua|vừa rồi|rồi|qua|này|nay|hiện tại)",
        ("trong tháng", "trong quí", "tháng ", "quí "),
    ),
    (
        "week",
        r"(?:trong |hết )?tuần (?:qua|này|vừa qua)|trong tuần",
        ("trong tuần", "hết tuần", "tuần qua", "tuần này", "tuần vừa qua"),
    ),
    ("last_year", r"năm (?:trước|ngoái)", ("năm trước", "năm ngoái")),
    (
        "event",
        rf"\((?:ngày |sáng |chiều )?(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})(?:[/.-]{_Y})?\)",
        ("(",),
    ),
    (
        "event",
        rf"(?:ngày |sáng |chiều |tối |hôm |sáng ngày |chiều ngày )(?:\d{{1,2}}(?:,| và| ?-|, ngày| và ngày) ?){{0,3}}"
        rf"(?P<day>\d{{1,2}})(?: tháng |[/.-])(?P<month>\d{{1,2}})(?:(?: năm |[/.-]){_Y})?",
        ("ngày ", "sáng ", "chiều ", "tối ", "hôm "),
    ),
)
#: Forms that can begin with digits, by what their digits look like; what may not stand ahead comes second (patterns).
_DIGITS_FIRST = (
    ("span_months", re.compile(r"\d(?<![\w/].)\d?[/-]\d{4}(?: (?:đến|tới)| ?-)")),
    ("span_years", re.compile(r"(?:1(?<![\w/].)9|2(?<![\w/].)0)\d{2} ?- ?(?:19|20)\d{2}")),
)
#: How far before the digits such a form may begin, and no form goes on for longer than this, in characters.
_BACK, _LONGEST = 40, 80


class _Finder(NamedTuple):
    """The forms ready to be looked for.

    Attributes:
        patterns: form and pattern.
        automaton: finds the words they begin with.
        begun: for each of these words, the ordinals of the forms that can begin with it.
    """

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    automaton: AhoCorasick
    begun: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=1)
def _finder() -> _Finder:
    begun: dict[str, list[int]] = {}
    for ordinal, (_, _, heads) in enumerate(_FORMS):
        for head in heads:
            begun.setdefault(head, []).append(ordinal)
    return _Finder(
        tuple((form, re.compile(rf"(?<![\w/]){pattern}(?!\w)")) for form, pattern, _ in _FORMS),
        AhoCorasick(list(begun)),
        tuple(tuple(ordinals) for ordinals in begun.values()),
    )


def find_moments(folded: str) -> list[Moment]:
    """Return the mentions of periods in order; where two overlap, the earlier and longer one stays."""
    finds = sorted(_finds(folded), key=lambda find: (find[1].start(), -find[1].end(), find[0]))
    patterns = _finder().patterns
    kept: list[Moment] = []
    for ordinal, match in finds:
        if not kept or match.start() >= kept[-1].end:
            moment = _moment(patterns[ordinal][0], match, folded)
            if moment is None:
                continue
            if kept and _spells_out(kept[-1], moment, folded):
                moment = replace(moment, start=kept.pop().start)
            if moment.form in {"years", "whole_span"}:
                meant = _span_meant(moment, kept)
                if meant is None and moment.form == "whole_span":
                    continue
                moment = replace(moment, form="span", notation=meant) if meant else moment
            kept.append(moment)
    return kept


def _span_meant(moment: Moment, told: list[Moment]) -> str | None:
    """Return the span named before that "trong cả giai đoạn" or, where it has as many years, "5 năm qua" mean."""
    for span in reversed(told):
        years = _YEARS.fullmatch(span.notation or "")
        if span.form != "span" or years is None:
            continue
        length = int(years[2]) - int(years[1])
        if moment.form == "whole_span" or (moment.months and moment.months[0] in {length, length + 1}):
            return span.notation
    return None


def _spells_out(years: Moment, span: Moment, folded: str) -> bool:
    """Whether a span in brackets says which years were counted: "sau 5 năm thực hiện Chỉ thị (2014 - 2019)"."""
    if years.form == "months" and not years.year and folded[years.end : span.start + 1] == " (":
        return True  # "bốn tháng (7 - 10/2025)"
    if years.form != "years" or span.form != "span" or folded[span.start - 1] != "(":
        return False
    return span.start - years.end < 120 and not _PARTED.search(folded, years.end, span.start)


def _finds(folded: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield what looks like a period, with the ordinal of its form; of one form, no two overlap."""
    patterns, automaton, begun = _finder()
    size = len(folded)
    ends = [0] * len(patterns)
    hits = [(start, index) for index, start, _ in automaton.find_matches_as_indexes(folded, overlapping=True)]
    hits.sort()
    for start, index in hits:
        if start and (folded[start - 1].isalnum() or folded[start - 1] == "/"):
            continue
        for ordinal in begun[index]:
            if start >= ends[ordinal]:
                match = patterns[ordinal][1].match(folded, start, _word_end(folded, start + _LONGEST, size))
                if match:
                    ends[ordinal] = match.end()
                    yield ordinal, match
    for form, digits in _DIGITS_FIRST:
        yield from _digits_first(folded, form, digits)


def _digits_first(folded: str, form: str, digits: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    size = len(folded)
    ends = [0] * len(_finder().patterns)
    for hit in digits.finditer(folded):
        for ordinal, (name, pattern) in enumerate(_finder().patterns):
            if name != form or hit.start() < ends[ordinal]:
                continue
            low = max(ends[ordinal], hit.start() - _BACK)
            match = pattern.search(folded, low, _word_end(folded, hit.start() + _LONGEST, size))
            if match:
                ends[ordinal] = match.end()
                yield ordinal, match


def _word_end(folded: str, index: int, size: int) -> int:
    """Return the end of the word at ``index``, at most 40 characters on."""
    if index >= size:
        return size
    end = folded.find(" ", index, index + 40)
    return index if end == -1 else end


#: Months of campaigns of the unions and the Youth Union.
_NAMED_MONTHS = {"công nhân": 5, "thanh niên": 3}
_QUARTER_WORDS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "đầu": 1, "cuối": 4}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BASELINE_BEFORE = re.compile(
    r"(?:so với|so|cùng kì|với cùng kì|hơn|hồi|tồn từ|tồn|từ cuối|gấp \w+ lần|lần|gấp đôi|so với cùng kì"
    r"|bằng|tương đương|ngang|ngang với|xấp xỉ|so cùng kì|so với (?:cả )?)\s*(?:của |các |những |với )*$"
)
#: What the words ahead of a baseline end with.
_BASELINE_ENDS = (
    "so với", "so", "kì", "hơn", "hồi", "tồn", "cuối", "lần", "đôi", "bằng", "đương", "ngang", "với", "xỉ", "cả", "của",
    "các", "những",
)  # fmt: skip
_YEARS = re.compile(r"(\d{4})(?:-\d{2})?\.\.(\d{4})(?:-\d{2})?")
_PARTED = re.compile(r"[\n;]|\. ")
#: "ít nhất 1 lần trong 6 tháng" says how often, not when.
_NORM_BEFORE = re.compile(
    r"(?:(?:ít nhất|tối thiểu|không quá|mỗi|định kì)[^,;.]{0,40}"
    r"|(?<![\d.,])[1-4] (?:lần|buổi|kì|ngày|cuộc) )(?:trong|mỗi|/|một)\s*$"
)
#: What makes a count of months no period of the year: "tuần 3 tháng 4", "hơn 6 tháng".
_NO_MONTHS = re.compile(r"(?:trong vòng|hơn|gần|mỗi|chưa đầy|tuần|ngày|đợt|kì)\s*$")
_AFTER = re.compile(r"sau\s*$")
_MONTH_AHEAD = re.compile(r"(?<!\w)tháng[^,.;()]{0,44} $")
#: Where "2016: 5.020 đơn" tells of a year, and where "đến hết tháng 10" opens what it rules.
_OPENS_ITEM = re.compile(r"(?:^|[:;(+•-])\s*$")
_OPENS_CLAUSE = re.compile(r"(?:^|[,:;(+•–-])\s*(?:tính )?$")
_UP_OR_DOWN = re.compile(r" (?:lên|xuống)(?!\w)")
_COMING = re.compile(r" (?:tới|sắp tới)(?!\w)")
_PLAN_WORD = re.compile(
    r"(?:triển khai (?:phương hướng|nhiệm vụ|công tác|kế hoạch|chương trình)|nhiệm vụ|phương hướng|kế "
    r"hoạch|mục tiêu"
    r"|từ nay đến|từ giờ đến|đến hết|đến cuối|giải pháp|trọng tâm|phấn đấu|dự kiến|đến năm|vào năm|hướng "
    r"đến|tầm nhìn"
    r"|bước sang|bước vào|chuẩn bị)"
)
#: "Họp giao ban quý II, đề ra nhiệm vụ quý III" plans nothing for the quarter it reviews.
_REVIEWED = re.compile(r"(?:giao ban|sơ kết|tổng kết|đánh giá)[^.;,:]{0,40}$")
_PLANNED_IN = re.compile(r"[^.;:\d]{0,36}? (?:phấn đấu|sẽ|dự kiến|đặt mục tiêu|đề ra|xác định|đặt ra)(?!\w)")
_RESULT_WORD = re.compile(
    r"tổng kết|sơ kết|kết quả|đánh giá|(?:thực hiện|hoàn thành) (?:các )?(?:nhiệm vụ|kế hoạch|chương "
    r"trình|công tác)"
    r"|trong năm|theo kế hoạch"
)
_DOCUMENT_BEFORE = re.compile(
    r"(?:(?:số \d|luật|nghị định|nghị quyết|quyết định|chỉ thị|kết luận số|thông tư|qui định "
    r"số)[^.;:]{0,48}|/[\wđ-]+,? )(?:ngày )?$"
)
_START_BEFORE = re.compile(
    r"(?:thành lập|triển khai|ra đời|hoạt động|bắt đầu|tái lập|có hiệu lực|ban hành)[^,.;]{0,24}$"
)


def _moment(  # noqa: PLR0911, PLR0912 - one branch a form
    form: str, match: re.Match[str], folded: str
) -> Moment | None:
    groups = match.groupdict()
    before = folded[max(0, match.start() - 64) : match.start()]
    stop = before.rfind(". ")
    before = before[max(before.rfind("\n") + 1, before.rfind(";") + 1, 0 if stop == -1 else stop + 2) :]
    year = int(groups["year"]) if groups.get("year") else None
    baseline = before.rstrip().endswith(_BASELINE_ENDS) and bool(_BASELINE_BEFORE.search(before))
    baseline = baseline and before.strip() != "hơn"  # "Hơn 8 tháng, …" opens a sentence and compares nothing.
    baseline = baseline or bool(groups.get("prior"))
    # "2.224 vụ việc (năm 2023: 2.118 vụ việc)": a year that opens a bracket rules what stands in it.
    baseline = baseline or (before.endswith("(") and folded[match.end() : match.end() + 1] == ":")
    baseline = baseline or bool(_UP_OR_DOWN.match(folded, match.end(), match.end() + 8))
    plan = bool(_COMING.match(folded, match.end(), match.end() + 8)) or _is_plan(before)
    if not plan and not _REVIEWED.search(before):
        plan = bool(_PLANNED_IN.match(folded, match.end(), match.end() + 48))
    moment = Moment(match.start(), match.end(), form, year=year, baseline=baseline, plan=plan)
    if form == "bare_year":
        return replace(moment, form="year", months=(1, 12)) if _OPENS_ITEM.search(before) else None
    if form == "month_to_year":
        first = f"{groups['y1']}-{int(groups['m1'] or 0):02d}"
        return replace(moment, form="span", notation=f"{first}..{groups['y2']}")
    if form == "since_event":
        return replace(moment, form="span", notation=_since_event(groups))
    if form.startswith(("span", "open_month")):
        return _span(form, groups, moment, before, match.group())
    if form == "spoken":
        back = 0 if groups["when"] in {"này", "nay", "hiện tại"} else 1
        return replace(moment, form=f"{groups['unit']} -{back}")
    if form in {"since_term", "from_year"}:
        return replace(moment, form="span", notation=_since(groups))
    if form == "open":
        if _START_BEFORE.search(before):
            return None
        return replace(moment, notation=f"{year}..")
    if form == "event":
        return _event(groups, moment, before)
    if form == "years_back":
        if groups.get("over"):
            return replace(moment, form="unknown_years")
        count = groups["count"]
        return replace(
            moment, form="years", months=(int(count) if count.isdigit() else read_words(count) or 1, 0)
        )
    if (
        form == "year"
        and not before.rstrip().endswith(",")
        and _DOCUMENT_BEFORE.search(before)
        and not re.search(r"công tác|hoạt động|kết quả", before[-24:])
    ):
        return None
    return _within_year(form, groups, moment, before, folded.startswith(",", match.end()))


def _is_plan(before: str) -> bool:
    """Whether the words ahead of a mention speak of what is still to be done."""
    clause = before[-56:]
    plan = [match.start() for match in _PLAN_WORD.finditer(clause)]
    if not plan:
        return False
    result = [match.end() for match in _RESULT_WORD.finditer(clause)]
    return not result or plan[-1] >= result[-1]


def _within_year(  # noqa: PLR0911, PLR0912 - one branch a form
    form: str, groups: dict[str, str | None], moment: Moment, before: str, comma: bool
) -> Moment | None:
    """Date a mention within a year; ``comma`` says that a comma stands behind it."""
    if form in {"half1", "months_ytd"} and not moment.year and _NORM_BEFORE.search(before):
        return None
    if form == "half1":
        return replace(moment, form="half", months=(1, 6))
    if form == "half2":
        return replace(moment, form="half", months=(7, 12))
    if form == "months_as_of" and not _OPENS_CLAUSE.search(before):
        return None
    if form in {"months_ytd", "months_as_of"}:
        return _to_month(groups["count"] or "", moment, before, comma)
    if form == "quarter_ytd":
        quarter = quarter_number(groups["quarter"] or "")
        return replace(moment, form="nine" if quarter == 3 else "months", months=(1, 3 * quarter))
    if form == "named_month":
        month = _NAMED_MONTHS[groups["named"] or ""]
        return replace(moment, form="month", months=(month, month))
    if form == "quarters_joined":
        first, last = quarter_number(groups["quarter"] or ""), quarter_number(groups["last"] or "")
        return replace(moment, form="months", months=(3 * first - 2, 3 * last)) if first < last else None
    if form == "quarter_word":
        quarter = _QUARTER_WORDS[(groups["word"] or "").split(" ")[0]]
        return replace(moment, form="quarter", months=(3 * quarter - 2, 3 * quarter))
    if form == "months_last":
        count = read_words(groups["count"] or "") or int(groups["count"] or 0)
        return replace(moment, form="months", months=(13 - count, 12)) if 1 <= count < 12 else None
    if form == "quarters":
        quarters = read_words(groups["count"] or "") or int(groups["count"] or 0)
        return replace(moment, form="nine" if quarters == 3 else "months", months=(1, 3 * quarters))
    if form == "month_aside":
        # "Tháng đầu tiên của bộ máy mới (7/2025)"; elsewhere a month in brackets dates an event.
        month = int(groups["month"] or 0)
        said = _MONTH_AHEAD.search(before)
        return replace(moment, form="month", months=(month, month)) if said else None
    if form == "quarter":
        quarter = quarter_number(groups["quarter"] or "")
        return replace(moment, months=(3 * quarter - 2, 3 * quarter))
    if form == "month":
        month = int(groups["month"] or 0)
        if re.search(
            r"(?:từ|cuối|đầu|giữa|ngày \d+|đến|tới|trước|sau)\s*(?:cuối |đầu |giữa |hết )?$", before
        ):
            return None
        if _DOCUMENT_BEFORE.search(before):
            return None
        return replace(moment, months=(month, month))
    if form == "year":
        return replace(moment, months=(1, 12))
    return moment


def _to_month(count: str, moment: Moment, before: str, comma: bool) -> Moment | None:
    opens = before.strip() in {"hơn", "gần"} and comma  # "Hơn 8 tháng, huyện tổ chức …"
    if (_NO_MONTHS.search(before) and not moment.year and not opens) or (
        not moment.year and _AFTER.search(before)
    ):
        return None
    months = int(count) if count.isdigit() else read_words(count) or 0
    if not 1 <= months <= 12:
        return None
    return replace(moment, form="nine" if months == 9 else "months", months=(1, months))


def quarter_number(text: str) -> int:
    """Return the ordinal of a quarter written "3" or "iii"."""
    return int(text) if text.isdigit() else _ROMAN[text]


def _since(groups: dict[str, str | None]) -> str:
    """Return the period from a first year to the month or year named, open when none is."""
    month, year = groups.get("month") or groups.get("m2"), groups.get("year") or groups.get("y2")
    if month and year:
        return f"{groups['y1']}..{year}-{int(month):02d}"
    return f"{groups['y1']}..{year or ''}"


def _event(groups: dict[str, str | None], moment: Moment, before: str) -> Moment | None:
    day, month = int(groups["day"] or 0), int(groups["month"] or 0)
    if not (1 <= day <= 31 and 1 <= month <= 12) or _DOCUMENT_BEFORE.search(before):
        return None
    if re.search(r"(?:cập nhật|đến|chốt|tính|trước|sau|từ|hết)\s*(?:hết )?$", before):
        return None
    return replace(moment, months=(month, month))


def _span(  # noqa: PLR0911
    form: str, groups: dict[str, str | None], moment: Moment, before: str, text: str
) -> Moment | None:
    if "khóa" in before[-8:]:
        return None
    spelled_out = form != "span_years" and before.endswith("(")
    if (
        "nhiệm kì" in before[-12:] + text
        and not spelled_out
        and not re.search(r"(?:^|trong |qua |suốt |cả |kết quả )\s*(?:nhiệm kì )?$", before)
    ):
        return None
    if form == "span_years":
        first, last = int(groups["y1"] or 0), int(groups["y2"] or 0)
        return replace(moment, form="span", notation=f"{first}..{last}") if first < last else None
    if form == "open_month":
        month = int(groups["m1"] or 0)
        return (
            replace(moment, form="open", notation=f"{groups['y1']}-{month:02d}..")
            if 1 <= month <= 12
            else None
        )
    m2 = int(groups["m2"] or 0)
    m1 = int(groups.get("m1") or m2)  # "từ ngày 3 đến 12/7"
    last_year = groups["y2"] or groups.get("y1")
    first_year = groups.get("y1") or last_year
    if not (1 <= m1 <= 12 and 1 <= m2 <= 12):
        return None
    if last_year is None or first_year is None:
        return replace(moment, form="months", months=(m1, m2)) if m1 <= m2 else None
    return replace(moment, form="span", notation=_months_span(int(first_year), m1, int(last_year), m2))


def _since_event(groups: dict[str, str | None]) -> str:
    """Return the months since an event: "từ khi Luật có hiệu lực (1/7/2023) đến nay"."""
    first = f"{groups['y1']}-{int(groups['m1'] or 0):02d}"
    return f"{first}..{groups['y2']}-{int(groups['m2'] or 0):02d}" if groups.get("m2") else f"{first}.."


def _months_span(year_1: int, month_1: int, year_2: int, month_2: int) -> str | None:
    if year_1 == year_2:
        return write_months(year_1, month_1, month_2) if month_1 <= month_2 else None
    if year_1 > year_2:
        return None
    if (month_1, month_2) == (1, 12):
        return f"{year_1}..{year_2}"
    return f"{year_1}-{month_1:02d}..{year_2}-{month_2:02d}"
