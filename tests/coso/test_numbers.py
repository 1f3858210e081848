"""Numbers as offices and newspapers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.numbers import find_numbers, read_number, read_words
from coso.text import fold_words


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.743", 1743),
        ("94,5", 94.5),
        ("73.3", 73.3),
        ("05", 5),
        ("1 786", 1786),
        ("1302", 1302),
        ("4.041,3", 4041.3),
        ("143.500.000", 143_500_000),
        ("1,234,567", 1_234_567),
        ("5,2 nghìn", 5200),
        ("61,3 ngàn", 61300),
        ("3 vạn", 30000),
        ("798,2 triệu", 798_200_000),
        ("1.240 triệu", 1_240_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1,5 tỉ", 1_500_000_000),
        ("2 nghìn tỷ", 2e12),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("13 tỷ 400 triệu", 13_400_000_000),
    ],
)
def test_a_number_says_what_it_says(written: str, value: float) -> None:
    assert read_number(written) == value


@pytest.mark.parametrize("written", ["", "mười", "1.", "tỷ", "12a"])
def test_what_is_no_number_gives_none(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("đạt tỷ lệ 5 tỷ lệ", [5]),
        ("tháng 6 120 đơn", [6, 120]),
        ("hiến 13.300m2 đất", [13300]),
        ("F0 và U22", []),
        ("41/50 vụ", [41, 50]),
        ("30.000 đồng, 12 vạn cây", [30000, 120000]),
    ],
)
def test_numbers_in_running_text(text: str, values: list[float]) -> None:
    assert [n.value for n in find_numbers(fold_words(text))] == values


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("sáu", 6),
        ("mười hai", 12),
        ("hai mươi lăm", 25),
        ("một trăm linh năm", 105),
        ("hai nghìn ba trăm", 2300),
    ],
)
def test_cardinals_in_words(words: str, value: int) -> None:
    assert read_words(words) == value


def test_words_that_count_nothing_give_none() -> None:
    assert read_words("đối thoại") is None
    assert read_words("") is None


@given(st.integers(0, 10**9))
def test_grouped_and_plain_digits_agree(number: int) -> None:
    grouped = f"{number:,}".replace(",", ".")
    assert read_number(grouped) == read_number(str(number)) == number


@given(st.text(st.sampled_from("0123456789., /-%mtỷriệunghn")))
def test_any_run_of_digits_is_read_in_order_or_not_at_all(text: str) -> None:
    folded = fold_words(text)
    last = 0
    for number in find_numbers(folded):
        assert last <= number.start < number.digits_end <= number.end <= len(folded)
        last = number.end
