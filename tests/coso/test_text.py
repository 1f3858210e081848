"""Vietnamese text: one stored spelling, one spelling to match in, and the way back to the text as given."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.text import canonical, fold, fold_words, strip_marks

VIETNAMESE = st.text(
    st.sampled_from(
        "aàáảãạăâbcdđeèéêghiìíklmnoòóôơpqrstuùúưvxyỳýÐð ,.–0123456789\n\u200b\u00ad\u00a0\u0301\u0323\u0302\x02\x9f"
    )
)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Ðồng Nai", "Đồng Nai"),
        (unicodedata.normalize("NFD", "Hòa giải"), "Hòa giải"),
        ("1.786\u00a0lượt", "1.786 lượt"),
        ("tiếp\u200b dân\u00ad", "tiếp dân"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a \n\n\n\n b", "a\n\nb"),
        ("  lề  ", "lề"),
        ("tiếp\x00 12\x02 lượt\x1f, 3\x7f vụ\x9d\ufffe", "tiếp 12 lượt, 3 vụ"),
        ("a\x02\n\x03\n\x04\nb\x85c\td", "a\n\nb\nc d"),
    ],
)
def test_canonical_text_has_one_spelling(written: str, stored: str) -> None:
    assert canonical(written) == stored


@given(VIETNAMESE)
def test_canonical_twice_changes_nothing(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà giải", "hòa giải"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("kỹ", "kĩ"),
        ("tỷ", "tỉ"),
        ("Quý", "quí"),
        ("Uỷ ban", "ủy ban"),
    ],
)
def test_words_meet_in_either_spelling(one: str, other: str) -> None:
    assert fold_words(one) == fold_words(other)


@pytest.mark.parametrize("word", ["hoàn", "toán", "quyết", "yêu", "khuyên"])
def test_syllables_written_one_way_stay(word: str) -> None:
    assert fold_words(word) == word


@given(st.text())
def test_folding_keeps_the_length_of_composed_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold_words(composed)) == len(composed)


@given(VIETNAMESE)
def test_every_folded_stretch_leads_back_to_the_text_as_given(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.plain)
    for index in range(len(folded.text)):
        start, end = folded.start(index), folded.end(index + 1)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("gap", ["  ", " \u00a0", "\t ", "   "])
def test_runs_of_spaces_are_one_and_lead_back_to_the_text_as_given(gap: str) -> None:
    text = f"hiến 15 tỷ{gap}đồng"
    folded = fold(text)
    at = folded.text.index("tỉ đồng")
    assert text[folded.start(at) : folded.end(at + len("tỉ đồng"))] == f"tỷ{gap}đồng"


def test_a_word_is_found_in_decomposed_text_with_invisible_marks() -> None:
    text = unicodedata.normalize("NFD", "Tổ hoà gi\u200bải cơ sở")
    folded = fold(text)
    at = folded.text.index("hòa giải")
    quote = text[folded.start(at) : folded.end(at + len("hòa giải"))]
    assert unicodedata.normalize("NFC", quote).replace("\u200b", "") == "hoà giải"


def test_search_form_has_no_marks() -> None:
    assert strip_marks("Đối thoại Ở Cơ Sở") == "doi thoai o co so"
