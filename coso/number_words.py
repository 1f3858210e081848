"""Cardinals in words: "hai mươi mốt nghìn", "một tỷ rưỡi"; what they say, and where a text counts with them.

The forms follow how Vietnamese counts: mốt, tư, lăm and nhăm stand for one, four and five after tens only; linh
and lẻ for an empty place of tens; a digit alone behind a scale counts its tenths ("một trăm hai" is 120).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coso.late_patterns import late

_DIGITS = {
    word: value
    for value, words in enumerate(
        ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy bẩy", "tám", "chín")
    )
    for word in words.split()
}
#: Digits that are said so behind tens only.
_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
#: Digits behind tens, and alone behind a scale; five is lăm there: "hai mươi năm" is twenty years.
_DIGITS_BEHIND = {
    word: value for word, value in {**_DIGITS, **_AFTER_TENS}.items() if value and word != "năm"
}
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỉ": 10**9}
_EMPTY_TENS = {"linh", "lẻ"}

_FIRST = "một|mười|hai|ba|bốn|bảy|bẩy|năm|sáu|tám|chín"
_ANY = f"{_FIRST}|không|mốt|tư|lăm|nhăm|mươi|chục|trăm|nghìn|ngàn|vạn|triệu|tỉ|linh|lẻ|rưỡi"
#: What stands ahead of a run is looked at afterwards: a search that begins with letters is five times as fast.
_RUN = late(rf"(?:{_FIRST})(?![0-9a-zà-ỹđ])(?: (?:{_ANY})(?![0-9a-zà-ỹđ]))*")
_JOINED_AHEAD = late(r"[0-9a-zà-ỹđ/.-]$|\d $")

#: Words ahead that make an ordinal, a date, a name or a loose number of what follows.
_NO_COUNT_AHEAD = late(
    r"(?:thứ|tháng|quí|ngày|mồng|mùng|lần|khóa|kì|điều|khoản|chương|mục|hạng|giải|bậc|loại|phần|bài|tập|cấp|tầng"
    r"|khu|tổ|đội|nhóm|lớp|vài|mấy|hàng|dăm|phẩy|chấm|âm|hoặc|hay|năm|giờ|tiết|đợt|vòng|quyển|cụm"
    rf"|(?:{_FIRST}|\d),|(?:{_FIRST}|\d) đến) $"
)
#: Words behind with which a number counts time, repetition or shares, is loose, or belongs to an idiom.
_NO_COUNT_BEHIND = late(
    r",? (?:năm|tháng|ngày|tuần|quí|giờ|phút|giây|đêm|thế kỉ|thập kỉ|nhiệm kì|đời|lần|phần|phẩy|chấm|bên|chiều|mặt"
    r"|cấp|con số|miền|phía|tay|chân|mắt|vai|đầu|cực|nhà|không|cùng|tốt|sẵn sàng|tại chỗ|phương|mùa|bề|muồi"
    rf"|trong|đến|{_FIRST}|\d)(?![a-zà-ỹđ])"
)
#: "năm" is a year more often than a five: alone it counts only what reports count one by one.
_COUNTED_ONE_BY_ONE = late(
    r" (?:cuộc|buổi|lớp|đơn|vụ|đoàn|người|lượt|mô hình|hội nghị|ý kiến|kiến nghị|công trình|văn bản)(?![a-zà-ỹđ])"
)
_SENTENCE_BEGINS = late(r"(?:^|[.:;!?\n\"'(+*-])\s*$")


def read_cardinal(words: Sequence[str]) -> float | None:
    """Return what folded words say as one cardinal, None when they are none or say it in no right order.

    >>> read_cardinal("hai mươi mốt nghìn không trăm mười một".split())
    21011.0
    >>> read_cardinal("một triệu rưỡi".split())
    1500000.0
    """
    half = bool(words) and words[-1] == "rưỡi"
    total, above = 0.0, 0
    for group, scale in _segments(words[:-1] if half else words):
        if above and scale >= above:
            return None
        amount = _amount(group, scale, above)
        if amount is None:
            return None
        total, above = total + amount, scale
    if half and above:
        total += _half_of(words[-2] if len(words) > 1 else "", above)
    return total if above else None


def _segments(words: Sequence[str]) -> list[tuple[list[str], int]]:
    """Part words at the scales; scales side by side ("nghìn tỉ") are one, the end has the scale 1."""
    parts: list[tuple[list[str], int]] = []
    group: list[str] = []
    for word in words:
        if word not in _SCALES:
            group.append(word)
        elif parts and not group:
            parts[-1] = (parts[-1][0], parts[-1][1] * _SCALES[word])
        else:
            parts.append((group, _SCALES[word]))
            group = []
    return [*parts, (group, 1)] if group else parts


def _amount(group: Sequence[str], scale: int, above: int) -> float | None:
    """Return what a segment adds; ``above`` is the scale ahead of it, 0 for the first."""
    if not group:
        return scale
    if above and scale == 1 and len(group) == 1:
        return _DIGITS_BEHIND[group[0]] * above / 10 if group[0] in _DIGITS_BEHIND else None
    number = _group(group, leading=not above)
    return None if number is None else number * scale


def _half_of(word: str, scale: int) -> float:
    return {"trăm": 50.0, "chục": 5.0, "mươi": 5.0}.get(word, scale / 2)


def _group(words: Sequence[str], *, leading: bool) -> int | None:
    """Return a number under a thousand; only one behind a scale may begin with an empty place."""
    if "trăm" not in words:
        behind_empty = words[0] in _EMPTY_TENS and not leading
        return _below_ten(words[1:]) if behind_empty else _tens(words)
    at = [*words].index("trăm")
    head, rest = words[:at], words[at + 1 :]
    hundreds = _DIGITS.get(head[0] if head else "một")
    if len(head) > 1 or hundreds is None or (hundreds == 0 and leading):
        return None
    if len(rest) < 2:
        tens = 10 * {**_DIGITS_BEHIND, "mười": 1}.get(rest[0], 0) if rest else 0
        return 100 * hundreds + tens if tens or not rest else None
    below = _below_ten(rest[1:]) if rest[0] in _EMPTY_TENS else _tens(rest)
    return None if below is None else 100 * hundreds + below


def _below_ten(words: Sequence[str]) -> int | None:
    return {**_DIGITS, "tư": 4}.get(words[0]) or None if len(words) == 1 else None


def _tens(words: Sequence[str]) -> int | None:
    """Return a number under a hundred."""
    if len(words) == 1:
        return 10 if words[0] == "mười" else _DIGITS.get(words[0])
    tens = 1 if words[0] == "mười" else _DIGITS.get(words[0], 0)
    rest = words[1:] if words[0] == "mười" else words[2:]
    if not tens or len(rest) > 1 or (words[0] != "mười" and words[1] not in {"mươi", "chục", *_AFTER_TENS}):
        return None
    if words[1] in _AFTER_TENS and words[0] != "mười":
        return None if rest else 10 * tens + _AFTER_TENS[words[1]]
    if not rest:
        return 10 * tens
    return 10 * tens + _DIGITS_BEHIND[rest[0]] if rest[0] in _DIGITS_BEHIND and words[1] != "chục" else None


def find_cardinals(folded: str, plain: str | None = None) -> Iterator[tuple[int, int, float]]:
    """Yield start, end and value of the cardinals in words with which a text counts something.

    Careful rather than complete: a bare "một" is an article and counts nothing; ordinals ("thứ hai"), dates
    ("tháng ba"), spans of time ("hai năm"), repetition ("ba lần"), names ("Ba Đình"), idioms ("hai bên", "ba
    không") and loose numbers ("hai, ba", "vài trăm") are passed over.

    Args:
        folded: folded text (``coso.text.fold_words``).
        plain: the same text before folding, of the same length; tells names by their capitals.
    """
    for match in _RUN.finditer(folded):
        start, end = match.span()
        if _JOINED_AHEAD.search(folded, max(0, start - 2), start):
            continue
        words = match.group().split(" ")
        if words in (["một"], ["mười", "mươi"]) or _NO_COUNT_AHEAD.search(folded, max(0, start - 12), start):
            continue
        if _NO_COUNT_BEHIND.match(folded, end) or (len(words) == 1 and folded.endswith("số ", 0, start)):
            continue
        if words == ["năm"] and not _COUNTED_ONE_BY_ONE.match(folded, end):
            continue
        if plain is not None and _is_name(plain, start, end):
            continue
        value = read_cardinal(words)
        if value is not None:
            yield start, end, value


def _is_name(plain: str, start: int, end: int) -> bool:
    """Whether the words are capitals of a name: inside a sentence, or ahead of another capital."""
    if not plain[start].isupper():
        return any(word[0].isupper() for word in plain[start:end].split(" "))
    if not _SENTENCE_BEGINS.search(plain, max(0, start - 4), start):
        return True
    return end + 1 < len(plain) and plain[end] == " " and plain[end + 1].isupper()
