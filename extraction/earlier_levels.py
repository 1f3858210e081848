"""Earlier levels that a text states beside the level at hand, and the numbers that are told with them."""

from __future__ import annotations

from coso.late_patterns import late
from extraction.figures import Figure
from extraction.patterns import says_any

_FROM = late(r"(?<!\w)từ (?:mức )?(?:hơn |gần |trên |khoảng )?$")
_LISTED = late(r"[,;\s]*(?:và|với)?\s*(?:(?:hơn|gần|trên|khoảng) )?")
_RATE_OF_IT = late(r" ?(?:, |\()(?:đạt|chiếm|bằng|tỉ lệ|đạt tỉ lệ)? ?(?:hơn |gần |trên )?")
_EARLIER_LEVEL = late(
    r"(?:cùng (?:kì|thời điểm|thời gian)(?: (?:của )?năm(?: (?:trước|ngoái|\d{4}))?| \d{4})?|năm (?:trước|ngoái)"
    r"|so với (?:năm|cùng kì năm|cùng kì) \d{4})"
    r"\s*(?:có|là|đạt|:|\(|chỉ|chỉ có|mới|mới chỉ|mới có|mới đạt)?\s*(?:là|đạt)?\s*(?:(?:hơn|gần|trên|khoảng) )?$"
)
#: "…; cùng kỳ năm 2023 tiếp 2.640 lượt" tells it in a clause of its own.
_SAME_TOLD = late(
    r"(?:[;,] (?:trong khi |còn )?|(?<!\w)trong khi )(?:con số |số )?"
    r"(?:cùng kì(?: (?:của )?năm (?:trước|ngoái|\d{4}))?|năm (?:(?:liền |kế )?trước|ngoái))"
    r",?(?: (?!(?:tăng|giảm|cao|thấp|nhiều|ít|bằng|gấp|vượt|và|với|chuyển|tồn)(?!\w))[^\W\d]+){1,5}"
    r" (?:hơn |gần |trên |khoảng )?$"
)
_TO = late(
    r"[^,;.]{0,40}?(?<!\w)(?:lên|xuống|còn|xuống còn|lên đến|lên tới) (?:còn |mức |tới |đến )?(?:hơn "
    r"|gần |trên |khoảng )?$"
)
_BRACKET_YEAR = late(
    r"\((?:(?:(?:năm|cùng kì năm|cùng kì|\d{1,2} tháng(?: đầu)? năm) )?(?:19|20)\d{2}"
    r"|(?:tháng|quí) (?:\d{1,2}|i{1,3}|iv)(?:[/-]\d{4}| năm \d{4})?|(?:năm|quí|tháng|kì) trước|năm (?:ngoái|đó|ấy))"
    r":?,? ?(?:là |đạt |có |chỉ |tiếp |nhận |giải quyết )*(?:hơn |gần |trên |khoảng )?$"
)
#: "so với năm 2021 (58.550 lượt)", "nhiều hơn cùng kì (khi ấy chỉ 198 doanh nghiệp)", "so với năm 2019, khi có 48 vụ".
_THEN = r"(?:khi|lúc|hồi|thời điểm)(?: ấy| đó)?"
_COMPARED = r"(?:so với|so|hơn|kém|thua|gấp|bằng|lần) [^,;.()]{0,24}"
_LEVEL_OF = late(
    rf"(?<!\w){_COMPARED}(?:(?:19|20)\d{{2}}|(?:năm|tháng|quí|kì) trước|năm ngoái|cùng kì|tháng \d+"
    rf"|quí [iv1-4]+)(?: \((?:{_THEN} )?(?:có |là |chỉ |đạt |mới )*(?:hơn |gần |trên |khoảng )?"
    rf"|(?:, {_THEN}|:) (?:[^,;:.()\d]{{0,48}} )?)$"
)
#: "tăng từ 219 cuộc của năm 2016", "giảm so với 471 cuộc của năm 2014", but no "tăng cường vận động từ 150 hộ"
_LEVEL_NAMED = late(
    r"(?<!\w)(?:(?:so với|so) |(?:nhiều|ít|cao|thấp|nhỉnh) hơn (?P<than>mức |con số )?"
    r"|(?:trên|dưới) (?=mức )|(?:tăng(?! cường)|giảm|nhích|tụt|sụt|hạ)[^,.;:()\d]{0,16} từ )(?:mức |con số )?"
    r"(?:hơn |gần |trên |khoảng )?$"
)

#: "giảm còn 142 vụ từ 181 của năm 2017"
_CAME_TO = late(r"(?<!\w)(?:tăng|giảm|nhích|tụt|sụt|hạ) (?:lên|xuống|còn)(?: mức| tới| đến| chỉ)? $")
_FROM_LEVEL = late(r"(?: [^,.;:()\d]{1,16})? từ (?:mức |con số )?(?:hơn |gần |trên |khoảng )?")
_THAN_THEN = late(r"(?<!\w)(?:so với|hơn) (?:cùng|năm|tháng|quí|kì) [^,;:()]{0,20}$")
_THEN_WORDS = ("cùng kì", "năm trước", "năm ngoái", "liền trước", "kế trước")
_LEVEL_WORDS = ("so ", "từ ", "hơn ", "mức ")
_THAN = ("nhiều", "ít", "cao", "thấp", "nhỉnh")
_OF_PERIOD = late(r"(?: mức)? của (?:cùng |năm |tháng |quí |giai đoạn |\d+ tháng |nửa )")
#: "83,9% năm 2022", "219 cuộc của cùng kì", "745 đơn (năm 2022)"; not "92 đơn đã tiếp nhận", "85 lượt ở cấp huyện".
_BESIDE_PERIOD = late(
    r"(?: (?!đã |được |ở |tại )[^\W\d]+){0,3}?(?: của| trong| hồi| vào)? \(?(?:cùng |năm |tháng |quí |giai đoạn "
    r"|nhiệm kì |nửa |đầu |\d+ tháng |(?:19|20)\d{2}(?!\d)|trước (?:đó|đây)|(?:kì|hồi) )"
)
#: A share is compared with a share: "giảm từ 38%.", "(72% so với 75,3%)", but "so với 85% của tỉnh bạn" says of whom.
_ENDS = late(r" ?(?:[,;.:)\n]|$)")
_ENDS_AT = late(r"[^,;.]{0,40}?(?<!\w)(?:lên|xuống|còn)(?!\w)")


def is_level(folded: str, figure: Figure) -> bool:
    """Whether a number behind "cao hơn" is the level of a period: "cao hơn 85,5% của năm 2023"."""
    return bool(_OF_PERIOD.match(folded, figure.unit[1] if figure.unit else figure.end))


def starts_from(folded: str, figure: Figure, following: Figure | None) -> bool:
    """Whether a figure is where a change began: the 31 of "giảm từ 31 xuống 22"."""
    if following is None:
        return False
    text = folded[max(figure.sentence.start, figure.start - 24) : figure.start]
    if "từ " not in text or not _FROM.search(text):
        return False
    return bool(_TO.fullmatch(folded[figure.end : following.start]))


def says_earlier_level(folded: str, figure: Figure, before: Figure | None) -> bool:
    """Whether a figure is a stated earlier value, as in "(cùng kỳ 2021: 205 lượt)"."""
    if before and before.dropped == "comparison" and _stands_behind_change(folded, before, figure):
        return True
    if before and _CAME_TO.search(folded, max(figure.sentence.start, before.start - 24), before.start):
        gap = _FROM_LEVEL.fullmatch(folded, before.end, figure.start)
        return bool(gap) and _is_of_then(folded, figure)
    start = max(figure.sentence.start, figure.start - 60, before.end if before else 0)
    text = folded[start : figure.start]
    if says_any(text, _LEVEL_WORDS) and (named := _LEVEL_NAMED.search(text)):
        than = named.group().startswith(_THAN) and not named.group("than")
        of_then = is_level(folded, figure) if than else _is_of_then(folded, figure)
        return of_then and not _ENDS_AT.match(folded, figure.end)
    if "năm" not in text and "cùng kì" not in text and "(" not in text and " khi " not in text:
        return False
    if says_any(text, _THEN_WORDS) and _SAME_TOLD.search(
        folded, max(figure.sentence.start, figure.start - 90), figure.start
    ):
        return True
    return bool(_EARLIER_LEVEL.search(text) or _BRACKET_YEAR.search(text) or _LEVEL_OF.search(text))


def _stands_behind_change(folded: str, change: Figure, figure: Figure) -> bool:
    """Whether a share stands alone in the bracket behind a change: "cao hơn cùng kỳ 3,1% (79,5%)"."""
    if figure.bracket is None or "percent" not in figure.classes & change.classes:
        return False
    alone = (change.end + 1, figure.end + 1) == figure.bracket and folded[change.end] == " "
    return alone and bool(_THAN_THEN.search(folded, figure.sentence.start, change.start))


def _is_of_then(folded: str, figure: Figure) -> bool:
    """Whether a period stands beside a level, or it is a share of which nothing else is said."""
    end = figure.unit[1] if figure.unit and figure.unit[0] >= figure.end else figure.end
    if "percent" in figure.classes and _ENDS.match(folded, figure.end):
        return True
    return bool(_BESIDE_PERIOD.match(folded, end))


def goes_on_earlier(folded: str, told: Figure, figure: Figure) -> bool:
    """Whether a figure goes on an earlier level: the 55 of "(cùng kỳ 2023: 29 tổ chức, 55 đảng viên)".

    So does the 201 of "cùng kỳ 161/201 người" or "cùng kỳ 161 lượt/201 người", which are two levels behind a pair of
    visits and people, and the rate of "cùng thời điểm năm ngoái là 288 đơn vị, đạt 87,5%".
    """
    named = told.unit[1] if told.unit else told.end
    if "/" in (folded[told.end : figure.start].strip(), folded[named : figure.start].strip()):
        return True
    if "percent" in figure.classes and _RATE_OF_IT.fullmatch(folded, named, figure.start):
        return True
    if figure.bracket is None or figure.bracket != told.bracket:
        return False
    return bool(_LISTED.fullmatch(folded, told.own_end, figure.start))
