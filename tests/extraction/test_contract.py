"""What other programs rely on: the JSON of a fact, its spans, its explanation."""

from __future__ import annotations

import unicodedata

import pytest

from extraction import read_text
from extraction.contract import to_json

TEXT = (
    "6 tháng đầu năm 2024, toàn tỉnh Nghệ An tiếp hơn 1.846 lượt với 951 người, giảm 37 lượt so với cùng kỳ"
    " 2023; giải quyết 41/50 vụ khiếu nại, đạt 82%."
)


def test_the_json_of_a_fact_is_the_contract() -> None:
    first, *_ = (to_json("doc-1", fact) for fact in read_text(TEXT).facts)
    start = TEXT.index("1.846")
    assert first == {
        "doc": "doc-1",
        "start": start,
        "end": start + 5,
        "value_text": "1.846",
        "value": 1846,
        "unit": "lượt",
        "metric": "reception_visits",
        "place": "Nghệ An",
        "place_code": "40",
        "level": "province",
        "period": "2024-H1",
        "comparison": {"direction": "decrease", "amount": 37.0, "unit": "lượt", "baseline": "2023-H1"},
        "subset": False,
        "approx": "hơn",
        "approx_direction": "above",
        "denominator": None,
        "stock": False,
        "tier": None,
        "quote": "1.846",
        "rule": first["rule"],
        "sentence": TEXT,
        "sentence_start": 0,
        "confidence": first["confidence"],
    }
    assert first["rule"].startswith("reception_visits/")
    assert 0 < first["confidence"] < 1


@pytest.mark.parametrize(
    ("said", "word", "direction"),
    [
        ("hơn 500", "hơn", "above"), ("trên 500", "trên", "above"), ("gần 500", "gần", "below"),
        ("dưới 500", "dưới", "below"), ("ngót 500", "ngót", "below"), ("khoảng 500", "khoảng", "about"),
        ("xấp xỉ 500", "xấp xỉ", "about"), ("500", None, None),
    ],
)  # fmt: skip
def test_approximations_say_on_which_side_the_number_lies(said: str, word: str, direction: str) -> None:
    (fact,) = read_text(f"Năm 2024, toàn tỉnh tiếp {said} lượt công dân.").facts
    told = to_json("x", fact)
    assert (told["value"], told["approx"], told["approx_direction"]) == (500, word, direction)


def test_fractions_keep_their_denominator_and_rates_stand_alone() -> None:
    facts = {fact.metric: fact for fact in read_text(TEXT).facts}
    assert (facts["complaints_resolved"].value, facts["complaints_resolved"].denominator) == (41, 50)
    assert facts["complaint_resolution_rate"].value == 82


@pytest.mark.parametrize(
    "spelling",
    [
        lambda text: text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("Đ", "Ð").replace("đ", "ð"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("tiếp", "ti\u200bếp").replace("lượt", "lượ\u00adt"),
        lambda text: "“((" + text + '"',
    ],
)
def test_spans_count_the_text_as_given_however_it_is_spelt(spelling: object) -> None:
    text = spelling(TEXT)  # type: ignore[operator]
    facts = read_text(text).facts
    assert [fact.value for fact in facts] == [1846, 951, 41, 82]
    for fact in facts:
        assert text[fact.start : fact.end] == fact.quote
        assert text[fact.sentence_start :][: len(fact.sentence)] == fact.sentence
        assert fact.sentence_start <= fact.start < fact.end <= fact.sentence_start + len(fact.sentence)


def test_numbers_of_neighbouring_matters_are_kept_out_but_explained() -> None:
    reading = read_text("HĐND tỉnh tổ chức 12 cuộc giám sát.", source_province="Nghệ An", explain=True)
    assert not reading.facts
    assert any("other/" in line for line in reading.trace)
