"""The quick ways give what the plain ones give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coso.numbers import find_numbers
from extraction.digits import digit_runs, numbers_in_runs

PIECES = st.sampled_from(
    [*"0123456789", "12", "1.204", "2.5", "3,7", "07", ".", ",", "/", "-", ":", "%", " ", " ", " ", "(", "a", "đ",
     " nghìn", " triệu", "tr", " tỉ", " vạn", " ngàn đồng", "nghìnn", " 786", " lượt"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=24).map("".join), st.integers(0, 6), st.integers(0, 6))
def test_numbers_of_runs_are_those_of_the_grammar(text: str, skipped: int, left_out: int) -> None:
    start, end = min(skipped, len(text)), max(min(skipped, len(text)), len(text) - left_out)
    # A stretch begins and ends where a sentence does, never inside a number.
    if (start and text[start - 1] != " ") or (end < len(text) and text[end] != " "):
        start, end = 0, len(text)
    found = numbers_in_runs(text, digit_runs(text, start, end), end)
    assert found == list(find_numbers(text, start, end))
