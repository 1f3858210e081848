"""Whatever the text: no crash, right offsets, no fact without evidence."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import read_text

_PIECES = st.sampled_from(
    [
        "Năm 2024, ", "6 tháng đầu năm", "toàn tỉnh ", "huyện Kim Bôi ", "tiếp ", "1.786", "94,5%", "41/50 ", "(", ")", ", ", "; ", ": ",
        ". ", "\n", "lượt", " công dân ", "đơn khiếu nại ", "giải quyết ", "đạt ", "giảm 26 ", "so với cùng kỳ ", "“", "\"", "số 120-KL/TW ",
        "m2 đất ", "tỷ đồng ", "1.5", "0", "hòa giải thành ", "vụ", "từ 3 xuống 2 ", "\u200b", "\u0301", "Ð", "gấp 2 lần ", "/", "2019-2022 ",
        "ngày 31/2 ", "99/99/9999 ", "tháng 13 ", "quý V ", "…", "-", "9" * 40, "Bà Rịa – Vũng Tàu ", "Trong đó ",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from([None, "2024", "2024-01", "2024-02-29"]))
def test_any_mixture_of_our_words_is_read_without_harm(text: str, published: str | None) -> None:
    reading = read_text(text, published=published, source_province="Nghệ An")
    for fact in reading.facts:
        assert text[fact.start : fact.end] == fact.quote
        assert text[fact.sentence_start :].startswith(fact.sentence)
        assert any(char.isdigit() for char in fact.quote)
    spans = [
        *reading.officials,
        *reading.citations,
        *reading.shortcomings,
        *reading.commitments,
        *reading.initiatives,
    ]
    assert all(text[span.start : span.end] == span.quote for span in spans)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_read_without_harm(text: str) -> None:
    for fact in read_text(text).facts:
        assert text[fact.start : fact.end] == fact.quote


@pytest.mark.parametrize("spelling", [
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace("đ", "ð").replace("Đ", "Ð"),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: text.replace("ng", "n\u200bg").replace("ch", "c\u00adh"),
    lambda text: text.replace("hòa", "hoà").replace("tố cáo", "tố\u200b cáo").replace("thủy", "thuỷ"),
])  # fmt: skip
def test_long_texts_are_read_alike_however_they_are_spelt(spelling: Callable[[str], str]) -> None:
    other = "Thời tiết hôm nay nắng ráo, đường sá thông thoáng, đông người đi chợ sớm. " * 40
    text = f"{other}\nNăm 2024, toàn tỉnh mở 227 cuộc đối thoại; hòa giải thành 41 vụ ở cơ sở.\n{other}"
    plain, odd = (read_text(one, source_province="Nghệ An").facts for one in (text, spelling(text)))
    assert len(plain) == 2
    assert [(f.value, f.metric, f.place, f.period) for f in odd] == [
        (f.value, f.metric, f.place, f.period) for f in plain
    ]


def test_reading_twice_gives_the_same() -> None:
    text = "Năm 2024, toàn tỉnh tiếp 500 lượt công dân, giải quyết 41/50 đơn khiếu nại, đạt 82%."
    assert read_text(text) == read_text(text)


def test_masses_of_digits_and_open_quotes_end() -> None:
    generator = random.Random(7)
    digits = "".join(generator.choice("0123456789., ") for _ in range(60_000))
    assert read_text("khiếu nại " + digits).facts is not None
    assert read_text("“(" * 20_000 + " khiếu nại 5 đơn").facts is not None
