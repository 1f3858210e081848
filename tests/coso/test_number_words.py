"""Numbers in words: what they say, and where a text counts with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.number_words import find_cardinals, read_cardinal
from coso.numbers import find_number_words, read_value, read_words
from coso.text import fold_words


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("không", 0),
        ("mười lăm", 15),
        ("ba mươi mốt", 31),
        ("ba mốt", 31),
        ("sáu mươi tư", 64),
        ("một trăm linh năm", 105),
        ("hai trăm lẻ tư", 204),
        ("một trăm mười", 110),
        ("một trăm hai", 120),
        ("một trăm hai mươi", 120),
        ("một nghìn không trăm linh năm", 1005),
        ("một nghìn hai", 1200),
        ("hai nghìn ba trăm", 2300),
        ("hai triệu không trăm năm mươi nghìn", 2_050_000),
        ("ba vạn", 30_000),
        ("hai nghìn tỷ", 2e12),
        ("tỷ rưỡi", 1.5e9),
        ("một trăm rưỡi", 150),
        ("hai rưỡi", 2.5),
        ("hai chục", 20),
    ],
)
def test_cardinals(words: str, value: float) -> None:
    assert read_cardinal(fold_words(words).split()) == value


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            "rưỡi",
            "linh",
            "hai ba",
            "mười mươi",
            "hai mươi mươi",
            "không trăm",
            "một trăm linh",
            "triệu hai tỉ",
        ),
        # Twenty years and two thousand years are no 25 and no 2.500.
        *("hai mươi năm", "mười năm", "hai trăm năm", "hai nghìn năm"),
        *("hai trăm trăm", "một nghìn hai nghìn", "hai nghìn một triệu", "đối thoại", "hai cuộc"),
    ],
)
def test_what_counts_nothing(words: str) -> None:
    assert read_cardinal(words.split()) is None


_ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def _below_thousand(number: int, *, full: bool) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    parts = [f"{_ONES[hundreds]} trăm"] if hundreds or full else []
    if tens == 0:
        parts += ["linh " + _ONES[ones]] if ones and parts else ([_ONES[ones]] if ones else [])
    else:
        last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _ONES[ones])
        parts.append(("mười" if tens == 1 else f"{_ONES[tens]} mươi") + (f" {last}" if last else ""))
    return " ".join(parts)


def spelled(number: int) -> str:
    """Spell a number as schools teach it."""
    words: list[str] = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        amount = number // scale % 1000
        if amount:
            words.append(f"{_below_thousand(amount, full=bool(words))} {name}".strip())
    return " ".join(words)


@given(st.integers(1, 10**12 - 1))
def test_every_number_that_is_spelled_out_is_read_back(number: int) -> None:
    assert read_words(spelled(number)) == number


_OTHERS = ["mười", "mươi", "trăm", "nghìn", "triệu", "tỉ", "linh", "lăm", "mốt", "rưỡi", "vạn", "chục"]


@given(st.lists(st.sampled_from(_ONES + _OTHERS)))
def test_any_run_of_number_words_is_read_or_refused(words: list[str]) -> None:
    value = read_cardinal(words)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Toàn tỉnh tổ chức hai cuộc đối thoại và mười lăm hội nghị.", [2, 15]),
        ("Có một trăm hai mươi đơn; giải quyết xong chín mươi đơn.", [120, 90]),
        ("Ba xã được khen.", [3]),
        ("Trong năm, huyện tổ chức năm buổi tiếp xúc.", [5]),
        ("Năm cuộc đối thoại diễn ra.", [5]),
        ("Hỗ trợ hai tỷ rưỡi đồng.", [2.5e9]),
        # An article, an ordinal, a date, a span of time, repetition, shares.
        ("Tổ chức một cuộc đối thoại.", []),
        ("Lần thứ hai, vào thứ ba, ngày mười tháng ba, quý hai, khóa mười.", []),
        ("Sau hai năm, ba tháng, mười ngày; tăng hai lần; ba phần tư.", []),
        ("Hai mươi năm qua, một nghìn năm lịch sử.", []),
        ("Năm hai nghìn không trăm hai mươi tư.", []),
        # Names and idioms.
        ("Bà Hai ở Ba Đình, phố Hai Bà Trưng, ông Trần Văn Tám ở Năm Căn.", []),
        ("Hai bên ký kết, phong trào ba không, bốn tại chỗ, cấp hai.", []),
        # Loose numbers.
        ("Hai, ba hộ và hai ba người; vài trăm, mấy chục, hàng nghìn lượt; từ ba đến năm cuộc.", []),
        ("Có 12 nghìn lượt, 3 triệu đồng.", []),
    ],
)
def test_counts_in_running_text(text: str, values: list[float]) -> None:
    assert [number.value for number in find_number_words(fold_words(text), text)] == values


def test_the_span_is_that_of_the_words() -> None:
    text = "Toàn tỉnh có hai mươi mốt mô hình."
    ((start, end, value),) = find_cardinals(fold_words(text), text)
    assert (text[start:end], value) == ("hai mươi mốt", 21)


@given(st.text(st.sampled_from("abhcaiốnăm mươtỷ,.0123456789 \n")))
def test_spans_lie_in_order_inside_any_text(text: str) -> None:
    folded, last = fold_words(text), 0
    for number in find_number_words(folded, text):
        assert last <= number.start < number.end <= len(folded)
        last = number.end


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.786", 1786),
        ("ba mươi mốt", 31),
        ("3 tỷ rưỡi", 3.5e9),
        ("2,5 triệu", 2.5e6),
        ("âm 1,5", -1.5),
        ("- 1.200", -1200),
        ("100k", 100_000),
        (",77", 0.77),
        ("hai phẩy hai ba", 2.23),
        ("1 chấm 2", 1.2),
    ],
)
def test_whole_strings(text: str, value: float) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize("text", ["", "-", "âm", "- -5", "nửa", "hai chấm", "chấm hai", "2 rưỡi tỷ", "1.2.3"])
def test_strings_that_are_no_number(text: str) -> None:
    assert read_value(text) is None


def test_long_nonsense_is_refused_at_once() -> None:
    for text in ("-" * 10_000, "một chấm " * 2_000, "hai " * 10_000, "trăm " * 10_000, "1." * 5_000):
        assert read_value(text) is None
