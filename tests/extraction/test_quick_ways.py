"""The quick ways give what the plain ones give."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coso.numbers import find_numbers
from extraction.cues import cue, mark_cues
from extraction.digits import digit_runs, numbers_in_runs
from extraction.lexicon import Term, Terms, meaning_of
from extraction.sentences import Sentence

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


#: Words of which some hold or overlap others.
GROUPS = (("tăng", "giảm"), ("tăng cường", " giảm "), ("g", "cường độ"), ("không có",))
CUES = tuple(cue(*words) for words in GROUPS)
WORDS = st.sampled_from(["tăng", "giảm", "cường", "độ", "không", "có", " ", " ", ".", "gi", "ảm"])


@given(st.lists(WORDS, max_size=16).map("".join), st.lists(st.integers(0, 40), min_size=2, max_size=8))
def test_cues_are_the_words_a_sentence_holds(text: str, places: list[int]) -> None:
    cuts = sorted(min(place, len(text)) for place in places)
    sentences = [Sentence(cuts[at], cuts[at + 1], 0) for at in range(0, len(cuts) - 1, 2)]
    mark_cues(text, sentences)
    for sentence in sentences:
        held = [any(word in text[sentence.start : sentence.end] for word in words) for words in GROUPS]
        assert [bool(sentence.cues & group) for group in CUES] == held


def test_a_sentence_may_hold_any_word_nobody_looked_for() -> None:
    sentence = Sentence(0, 5, 0)
    assert all(sentence.cues & group for group in CUES)
    mark_cues("12 vụ", [sentence])
    assert not sentence.cues & CUES[0]
    assert sentence.cues & cue("named later")


#: Wordings one behind the other, as far apart as given.
STRETCHES = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), max_size=6)


@given(STRETCHES, st.integers(0, 60), st.integers(0, 60))
def test_a_wording_covers_what_stands_inside_it(
    gaps: list[tuple[int, int]], position: int, since: int
) -> None:
    found: list[Term] = []
    at = 0
    for gap, length in gaps:
        found.append(Term(at + gap, at + gap + length, meaning_of(())))
        at += gap + length
    inside = any(term.start < position < term.end for term in found if term.start >= since)
    assert Terms(found).cover(position, since) == inside
