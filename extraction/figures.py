"""Figures: numbers bound to their counted noun, their own phrase and the words that lead up to them."""

from __future__ import annotations

import re
from bisect import bisect_left

from coso.late_patterns import late
from coso.numbers import MULTIPLIERS, Number
from extraction.digits import numbers_in_runs
from extraction.lexicon import Term, Terms
from extraction.nonfacts import Mask
from extraction.patterns import whole_words
from extraction.sentences import Sentence

_PERCENT = late(r" ?%| phần trăm\b")
_SLASH = late(r"(?: ?/ ?| trên (?:tổng số |tổng )?| trong (?:tổng số |số )?)(?=\d)")
#: What they begin with.
_PERCENTS = ("%", " %", " phần trăm")
SLASHES = ("/", " /", " trên ", " trong ")
_ELIDED = late(
    r"\s*(?:[,;.:()\"\-!?…]|$|(?:và|có|còn|đã|được|trong|ở|tại|là|so|với|hay|cùng|tăng|giảm|đạt|chiếm|do"
    r"|bằng|thuộc|đang"
    r"|chưa|không|bị|về|qua|từ|của|cho|theo|gồm|vẫn|khi|hoặc|đến|tới|xuống|lên|đều|cũng|lại|hiện|nay|nằm"
    r"|liên quan|định kì|đột xuất|thường xuyên|chuyển|mới|gửi|tại|ngay|khác|trên|thông qua|sang|sẽ"
    r"|thì|mà|cấp (?:tỉnh|huyện|xã|cơ sở|thành phố))"
    r"(?![a-zà-ỹđ]))"
)
#: Fields by which papers part what was told or asked: "46 giao thông - xây dựng; 12 nông nghiệp; 7 chế độ chính sách".
_FIELD = late(
    r" (?:lĩnh vực |nhóm |thuộc lĩnh vực |về )?(?:giao thông|thủy lợi|nông(?: nghiệp|,| -)|lâm nghiệp|đất đai"
    r"|tài nguyên|môi trường|điện(?: lực|,| -)|viễn thông|văn hóa|xã hội|giáo dục|y tế|xây dựng|kinh tế|hạ tầng"
    r"|qui hoạch|chính sách|chế độ|an ninh|trật tự|quốc phòng|nội chính|tư pháp|hành chính|công thương|công nghiệp"
    r"|thương mại|khoa học|lao động|tài chính|ngân sách|đầu tư|giải phóng mặt bằng|bồi thường|khoáng sản"
    r"|nước sạch)(?!\w)"
)
#: Where an item of a list begins.
_ITEM_OPENS = (", ", "; ", " và ")
_APPROX = late(
    r"(?<!\w)(trên dưới|hơn|trên|gần|khoảng|ước khoảng|ước|xấp xỉ|ngót|chừng|tới|dưới|ước đạt|ước tính|hơn cả"
    r"|(?<!tiến )(?<!chế )(?<!mức )(?<!trình )độ)\s*(?:được |là |đạt )?$"
)
#: What words of approximation end with.
_APPROX_ENDS = (
    "hơn", "trên", "gần", "khoảng", "ước", "xỉ", "ngót", "chừng", "tới", "dưới", "đạt", "tính", "cả", "độ",
    "được", "là",
)  # fmt: skip
_ONLY_APPROX = late(r" (?:(?:được|là|trên|hơn|gần|khoảng|ước|xấp xỉ) )*")
#: "… còn thấp hơn, mới 38,5%"
_ONLY_SO_MUCH = late(
    r" (?:mới|chỉ|mới chỉ|chỉ mới|mới đạt|chỉ đạt|chỉ bằng|mới bằng|chỉ là) (?:hơn |gần |trên |khoảng )?"
)
_DIGIT = late(r"\d")
_HARD = late(r"[;:()\n]| - |\.\.\.|\. ")
_SOFT_WORD = (
    r"trong đó|bao gồm|gồm|qua đó|từ đó|đồng thời|nhằm|góp phần|riêng|bên cạnh|ngoài ra|trong khi"
    r"|còn lại(?! (?:vẫn |hiện )?(?:đang|chưa))"
    r"|tương ứng|tương đương|tức là|tức|bằng|đạt(?! chuẩn| tiêu chí| danh hiệu)|chiếm|tỉ lệ|so với|so "
    r"cùng|nhờ đó|theo đó|cao hơn|thấp hơn|nhiều hơn|ít hơn"
    r"|tăng|giảm|thì|sau khi|trước khi|sau thanh tra|sau kiểm tra"
)
_SOFT = late(whole_words(_SOFT_WORD, "a-zà-ỹđ"))
_JOIN = late(whole_words("và|với|cùng|cho|hoặc", "a-zà-ỹđ", or_else="/"))
#: "Nuôi cá chỉ là 1 trong 11 mô hình" counts the eleven.
_ONE_OF = late(r"(?:chỉ|đây|cũng) là 0?1 trong ")
#: "Số mô hình được xây dựng, nhân rộng là 1.217": the subject leads up to the number over its commas.
_COUNT_IS = late(
    r"(?<!\w)(?:tổng )?(?:số|lượng) (?!này|đó)(?:(?!(?<!\w)số )[^;:.\d]){2,120} là (?:hơn |gần |trên |khoảng )?$"
)
_WITHIN = late(r" (?:trong|trên)(?: tổng số| tổng| số)? (?:hơn |gần |trên )?$")
_WORKDAYS = late(r"(?:ngày )?công(?: lao động)?,")
_IS_COUNT = " là số "
OPENS_LIST = late(r"trong đó|gồm|riêng|[:\n]|\((?!cũ|mới)")
_TIER = late(
    r"(?:và |ở |riêng |trong đó |còn )?(?:cấp |ở cấp )?(?:tỉnh|huyện|xã|trung ương|cơ sở|thành phố|phường"
    r"|khối xã|khối huyện|quận)"
    r"(?: có| là| được| giải quyết| tổ chức)?"
)
_NO_DIGIT = late(r"[^,;.:(\d]*(?:[,;.:(]|$)")
_MARK = late(r"[,;:()]")
_PEOPLE = late(r" ?(?:lượt )?(?:người|công dân)(?= đến|\s*(?:[,.;:)\n/]|và|với|$))")
_NO_NOUN = frozenset({"org", "x"})
#: A name of a place, blotted out: the "phường" before it says what kind of place it is and counts nothing.
_NAME = " xx"
_PLACES = frozenset({"commune", "village", "unit"})
_BOARD = frozenset({"boardname"})
_KIND_NOUN = {"kindnoun"}
_CONFERENCE = "hội nghị "
_PAIR_HEAD = late(
    r"\d lượt(?: người| công dân| dân)? ?/ ?\d[\d.]* (?:lượt )?(?:người|công dân)|lượt ?/ ?(?:lượt )?người"
)
#: "tiếp 402/455 lượt/người" names both nouns behind.
_BOTH_NOUNS = late(r" (lượt|đoàn|vụ|vụ việc) ?/ ?(?:lượt )?(?:người|công dân)(?!\w)")
_FIRST_OF_BOTH = {"lượt": {"turn"}, "đoàn": {"team", "group"}, "vụ": {"case"}, "vụ việc": {"case"}}
#: Characters before x/y in which the pair that says what they are may stand.
_PAIR_REACH = 400


class Figure:
    """A number that may be a fact.

    Attributes:
        number: where it is and what it says.
        sentence: its sentence.
        start: first character of the number.
        end: character after the number and its percent sign or denominator.
        classes: unit classes, ``none`` among them when the unit is left out.
        kinds: the same once they are settled, to look up what is known of them.
        unit: where the counted noun stands, None when it is left out.
        elided: whether the noun is implied.
        lead_start: where the words leading up to it begin.
        own_end: where its own phrase ends.
        approx: word of approximation.
        denominator: the y of x/y.
        bracket: the bracket it stands in.
        semicolon: where the last semicolon before it in its sentence stands, -1 when there is none.
        dropped: why it is no fact after all.
        reach: how far a passive verb behind it may stand.
        is_whole: whether the number before it is a part of it ("41 vụ trong tổng số 50 vụ khiếu nại"), so that
            no verb reaches it from there.
        extra: further stretches of its own phrase, behind an aside such as ", bằng 77,2%,".
    """

    __slots__ = (
        "approx",
        "bracket",
        "classes",
        "denominator",
        "dropped",
        "elided",
        "end",
        "extra",
        "is_whole",
        "kinds",
        "lead_start",
        "number",
        "own_end",
        "reach",
        "semicolon",
        "sentence",
        "start",
        "unit",
    )

    def __init__(self, number: Number, sentence: Sentence) -> None:
        self.number = number
        self.sentence = sentence
        self.start = number.start
        self.end = number.end
        self.classes: set[str] = set()
        self.kinds: frozenset[str] = frozenset()
        self.unit: tuple[int, int] | None = None
        self.elided = False
        self.lead_start = 0
        self.own_end = 0
        self.approx: str | None = None
        self.denominator: float | None = None
        self.bracket: tuple[int, int] | None = None
        self.semicolon = -1
        self.dropped: str | None = None
        self.extra: list[tuple[int, int]] = []
        self.reach = 0
        self.is_whole = False

    @property
    def clause_start(self) -> int:
        """Where its clause begins: behind the last semicolon, else with its sentence."""
        return self.sentence.start if self.semicolon == -1 else self.semicolon + 1


def find_figures(
    folded: str,
    sentence: Sentence,
    terms: Terms,
    masks: list[Mask],
    runs: list[re.Match[str]],
    pairs: list[tuple[int, int]],
) -> list[Figure]:
    """Return the figures of a sentence in order, bound to their nouns and phrases.

    ``runs`` are its runs of digits (``extraction.digits``), ``pairs`` its brackets.
    """
    low = bisect_left(masks, (sentence.start,))
    here = masks[low : bisect_left(masks, (sentence.end,), low)]
    numbers = [n for n in numbers_in_runs(folded, runs, sentence.end) if not _masked(n, here)]
    if not numbers:
        return []
    figures = _fractions(folded, sentence, numbers)
    marks = [match.start() for match in _MARK.finditer(folded, sentence.start, figures[-1].start)]
    semicolons = folded.find(";", sentence.start, figures[-1].start) != -1
    for figure in figures:
        if semicolons:
            figure.semicolon = folded.rfind(";", sentence.start, figure.start)
        for pair in pairs:
            if pair[0] < figure.start < pair[1]:
                figure.bracket = pair
                break
        figure.approx = _approx(folded, figure)
        _bind_unit(folded, figure, terms)
    for figure, following in zip(figures, [*figures[1:], None], strict=True):
        _bound_own(folded, figure, following, terms)
    for before, figure in zip([None, *figures[:-1]], figures, strict=True):
        figure.lead_start = _lead_start(folded, figure, before, terms, marks)
        if figure.elided and "percent" not in figure.classes:
            _infer_unit(folded, figure, before, terms)
    return figures


def _masked(number: Number, masks: list[Mask]) -> bool:
    for start, end, _ in masks:  # noqa: SIM110 - a generator a number costs more than the comparing
        if start < number.end and end > number.start:
            return True
    return False


def _fractions(folded: str, sentence: Sentence, numbers: list[Number]) -> list[Figure]:
    figures: list[Figure] = []
    skip = -1
    both: re.Match[str] | None = None
    for index, number in enumerate(numbers):
        if index == skip:
            continue
        figure = Figure(number, sentence)
        if both:
            figure.classes, figure.unit = ({"turn"} if both.group(1) == "lượt" else {"person"}), both.span()
            both = None
        slash = folded.startswith(SLASHES, number.end) and _SLASH.match(folded, number.end)
        if (
            slash
            and number.value == 1
            and _ONE_OF.search(folded[max(sentence.start, number.start - 12) : slash.end()])
        ):
            continue
        if slash and index + 1 < len(numbers) and numbers[index + 1].start == slash.end():
            below = numbers[index + 1]
            both = _BOTH_NOUNS.match(folded, below.end)
            if both:
                figure.classes = set(_FIRST_OF_BOTH[both.group(1)])
            elif _is_pair(folded, sentence, below):
                figure.classes, figure.unit = {"turn"}, None
            else:
                figure.number = _scaled(number, below, folded)
                figure.denominator, figure.end = below.value, below.end
                skip = index + 1
        percent = folded.startswith(_PERCENTS, figure.end) and _PERCENT.match(folded, figure.end)
        if percent:
            figure.classes = {"percent"}
            figure.unit = (percent.end() - len(percent.group().strip()), percent.end())
            figure.end = percent.end()
        figures.append(figure)
    return figures


def _scaled(number: Number, below: Number, folded: str) -> Number:
    """Return the x of "39.192/55.701 tỷ đồng" in the multiplier that is written behind the y alone."""
    if below.digits_end == below.end or number.digits_end != number.end:
        return number
    word = folded[below.digits_end : below.end].strip()
    scaled = number.value * MULTIPLIERS.get(word, 1.0)
    # "45 trong 1,2 nghìn đơn" are 45: a part is no more than its whole.
    return number._replace(value=scaled) if scaled <= below.value else number


def _is_pair(folded: str, sentence: Sentence, below: Number) -> bool:
    """Whether x/y are visits and people, as after a "lượt/người" pair of the paragraph up to 400 characters back."""
    far = max(below.start - _PAIR_REACH, 0)
    first = max(folded.rfind("\n", far, sentence.start) + 1, far)
    return bool(_PEOPLE.match(folded, below.end) and _PAIR_HEAD.search(folded, first, below.start))


def _approx(folded: str, figure: Figure) -> str | None:
    text = folded[max(figure.sentence.start, figure.start - 16) : figure.start]
    if not text.rstrip().endswith(_APPROX_ENDS):
        return None
    match = _APPROX.search(text)
    return match.group(1) if match else None


def _bind_unit(folded: str, figure: Figure, terms: Terms) -> None:
    if figure.classes:
        return
    start = figure.end
    if folded.startswith(_IS_COUNT, start):
        start += len(_IS_COUNT) - 1  # "412 là số lượt công dân được tiếp"
    nearby = terms.between(start, min(start + 2, figure.sentence.end))
    if nearby and folded[start : nearby[0].start].strip() == "":
        figure.classes, figure.unit = _noun_of(folded, nearby[0])
        if figure.classes:
            figure.elided = figure.classes == _KIND_NOUN
            return
        figure.elided = figure.elided or nearby[0].meaning.implies
    if _ELIDED.match(folded, figure.end) or figure.elided or _is_field(folded, figure):
        figure.elided = True
        if figure.number.digits_end < figure.number.end and figure.number.value >= 1e6:
            figure.classes = {"money", "none"}
        return
    figure.classes = {"unknown"}


def _noun_of(folded: str, term: Term) -> tuple[set[str], tuple[int, int] | None]:
    """Return the classes of a counted noun and where it stands; no classes where a wording is no noun."""
    meaning, span = term.meaning, (term.start, term.end)
    if meaning.classes:
        return set(meaning.classes), span
    if _WORKDAYS.match(folded, *span):
        # "3.500 ngày công, tiền mặt 12 tỷ đồng": the list goes on with another count.
        return {"workday"}, (term.start, folded.index(",", term.start))
    if meaning.board:
        return {"boardname"}, span
    if meaning.proposes:
        return {"rec", "opinion"}, span
    if folded.startswith(_CONFERENCE, term.start):
        # "812 hội nghị người lao động": the noun is part of the wording for what was held.
        return {"session"}, (term.start, term.start + len(_CONFERENCE) - 1)
    return (set(_KIND_NOUN), span) if meaning.kind else (set(), None)


def _is_field(folded: str, figure: Figure) -> bool:
    """Whether a figure of a list stands beside a field alone, its noun left out."""
    return folded.endswith(_ITEM_OPENS, 0, figure.start) and bool(_FIELD.match(folded, figure.end))


def _bound_own(folded: str, figure: Figure, following: Figure | None, terms: Terms) -> None:
    limit = following.start if following else figure.sentence.end
    start = figure.unit[1] if figure.unit else figure.end
    start = max(start, figure.end)
    own = limit
    hard = _HARD.search(folded, start, limit)
    if hard:
        own = hard.start()
    own = min(own, _comma(folded, start, own, terms, figure.classes))
    soft = _SOFT.search(folded, start, own) if own - start > 2 else None
    if soft and soft.group() == "thì" and own != limit:
        # "4 vụ thì cán bộ hướng dẫn công dân, …" tells what was done with them, "50 đơn thì 42 đơn …" of others.
        soft = _SOFT.search(folded, soft.end(), own)
    if soft:
        own = soft.start()
    if own == limit or following:
        own = min(own, _joined(folded, start, own, limit, following, terms))
    if own == limit and following:
        # "532 vụ hòa giải thành trong 741 vụ": what leads up to the preposition says what was counted.
        whole = _WITHIN.search(folded, start, limit) if figure.classes & following.classes else None
        own = whole.start() if whole else _before_last_verb(start, limit, terms)
    if figure.bracket and own > figure.bracket[1]:
        own = figure.bracket[1]
    figure.own_end = max(own, start)


def _comma(folded: str, start: int, end: int, terms: Terms, classes: set[str]) -> int:
    """Return where the first comma outside a term stands; what is counted may be several nouns in a row.

    "95% xã, phường" and "102 làng, thôn đã họp" go on over the comma, "đạt 89,8%, hồ sơ đúng hạn" does not.
    """
    position = folded.find(",", start, end)
    share = "percent" in classes
    nouns = bool(folded[start:position].strip()) if share else position == start
    while position != -1:
        following = terms.between(position, position + 4) if nouns else []
        if (
            following
            and (following[0].meaning.classes if share else following[0].meaning.classes & classes)
            and not following[0].tags & {"act.inspect", "act.supervise"}
            and (share or _NO_DIGIT.match(folded, following[0].end))
        ):
            position = folded.find(",", position + 1, end)
            continue
        if not terms.cover(position, position - 60):
            return position
        position = folded.find(",", position + 1, end)
    return end


def _joined(folded: str, start: int, end: int, limit: int, following: Figure | None, terms: Terms) -> int:
    """Return where a joining word begins what belongs to the next number, or a new verb."""
    if start == end:
        return end
    for match in _JOIN.finditer(folded, start, end):
        if terms.cover(match.start(), match.start() - 60):
            continue
        if following and not _MARK.search(folded, match.end(), limit):
            return match.start()
        after = terms.between(match.end(), match.end() + 4)
        if after and after[0].meaning.verb and not after[0].meaning.classes:
            return match.start()
    return end


def _before_last_verb(start: int, limit: int, terms: Terms) -> int:
    """Where nothing parts two numbers, the verb right before the second begins its words."""
    between = terms.between(start, limit)
    if not between:
        return limit if limit - start < 3 else start
    position = limit
    for term in reversed(between):
        if term.meaning.leads and not term.meaning.classes:
            position = term.start
        else:
            break
    return position


def _lead_start(folded: str, figure: Figure, before: Figure | None, terms: Terms, marks: list[int]) -> int:
    """Return where the words leading up to a figure begin; ``marks`` are the commas and the like of its sentence."""
    since = start = before.own_end if before else figure.sentence.start
    if folded.find(" là ", start, figure.start) != -1:
        subject = _COUNT_IS.search(folded, start, figure.start)
        if subject and subject.end() == figure.start:
            return subject.start()
    heading = folded.startswith(": ", figure.start - 2)
    bracket = figure.bracket
    if bracket and bracket[0] >= start and terms.between(bracket[0] + 1, figure.start):
        start = bracket[0] + 1
    aside = figure.start
    for position in reversed(marks[bisect_left(marks, start) : bisect_left(marks, figure.start)]):
        if position >= aside or terms.cover(position, since):
            continue
        if folded[position] == ")" and (opened := _opens_aside(folded, start, position, figure)):
            aside = opened
            continue
        # A heading such as "Đơn thuộc thẩm quyền: 1.725 đơn" leads up to its number across the colon.
        if folded[position] in ":(" and not terms.between(position + 1, figure.start):
            continue
        # "Ý kiến góp ý xây dựng Đảng, chính quyền: 1.905": nor does a comma end a heading.
        if (
            heading
            and folded[position] == ","
            and before is None
            and _goes_on(folded, position, figure, terms)
        ):
            continue
        if folded[position] == "," and _says_how_much(folded, start, position, figure):
            continue
        return position + 1
    return start


def _says_how_much(folded: str, start: int, comma: int, figure: Figure) -> bool:
    """Whether a share only says how much the subject before its comma is: "đối thoại còn ít hơn, mới 38,5%"."""
    if "percent" not in figure.classes or not _ONLY_SO_MUCH.fullmatch(folded, comma + 1, figure.start):
        return False
    opened = folded.rfind(";", start, comma) + 1 or start
    return not _DIGIT.search(folded, opened, comma) and opened > figure.sentence.start


def _opens_aside(folded: str, start: int, closed: int, figure: Figure) -> int:
    """Return where a bracket right before a figure opens that counts nothing, 0 where there is none.

    The verb leads up to the number across it in "đã thu (tạm giữ chờ xử lý) hơn 4,8 tỷ đồng".
    """
    if not _ONLY_APPROX.fullmatch(folded, closed + 1, figure.start):
        return 0
    opened = folded.rfind("(", start, closed)
    return opened if opened > 0 and not _DIGIT.search(folded, opened, closed) else 0


def _goes_on(folded: str, comma: int, figure: Figure, terms: Terms) -> bool:
    """Whether a heading goes on over a comma: what stands behind it tells nothing new and opens no part."""
    if OPENS_LIST.search(folded, comma, figure.start - 2):
        return False
    return all(tag.startswith("in.") for term in terms.between(comma, figure.start) for tag in term.tags)


def _heading(folded: str, figure: Figure, terms: Terms) -> frozenset[str]:
    """Return the noun that heads a list of tiers: "Hội nghị phản biện: tỉnh 4, huyện 16, xã 71"."""
    colon = folded.rfind(":", figure.sentence.start, figure.start)
    if colon == -1 or not folded[colon + 1 : figure.start].strip():
        return frozenset()
    named = [t for t in terms.between(figure.sentence.start, colon) if t.meaning.classes - _NO_NOUN]
    return frozenset(named[0].meaning.classes - _NO_NOUN) if named else frozenset()


def _infer_unit(folded: str, figure: Figure, before: Figure | None, terms: Terms) -> None:
    """Give a number without a noun the noun that leads up to it, and the one of the number before it."""
    figure.classes = set(figure.classes) | {"none"}
    lead = folded[figure.lead_start : figure.start].strip(" :,;(")
    if not _TIER.fullmatch(lead):
        between = [
            term
            for term in terms.between(figure.lead_start, figure.start)
            if not (term.meaning.classes <= _PLACES and folded.startswith(_NAME, term.end))
        ]
        # "số đơn các cơ quan nhận được là 2.846" counts đơn, whatever else is named.
        named = [
            t
            for t in between
            if folded.endswith("số ", 0, t.start)
            and not folded.endswith("một số ", 0, t.start)
            and (t.meaning.board or t.meaning.classes - _NO_NOUN)
        ]
        for term in [*named[-1:], *reversed(between)]:
            classes = _BOARD if term.meaning.board else term.meaning.classes - _NO_NOUN
            if classes:
                figure.classes |= classes
                return
    elif before is None and (heading := _heading(folded, figure, terms)):
        figure.classes |= heading
        return
    if before and figure.start - before.end < 120:
        figure.classes |= before.classes - {"percent", "money", "area", "unknown", "x"}
