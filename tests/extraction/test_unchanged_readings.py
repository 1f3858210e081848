"""What may be done to a text without changing what is read from it, over all annotated passages of development.

No annotation is asked: a text and its other form must give the same facts, of the years and places that were exchanged.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reading_scores import load, read_passage

from extraction import Fact
from extraction.wrapped_lines import join_wrapped

_GOLD = Path(__file__).parent / "gold"
_PASSAGES = [passage for name in ("dev", "styles", "plain") for passage in load(_GOLD / f"{name}.jsonl")]
_YEAR = re.compile(
    r"(?<![\d.,/-])(?:19|20)\d{2}(?!\d|[.,]\d)|(?<=[/.-])(?:19|20)\d{2}(?!\d)|(?<![\d.,])(?:19|20)\d{2}(?=-(?:19|20)\d{2})"
)


def _told(facts: tuple[Fact, ...]) -> list[tuple[Any, ...]]:
    return [(f.value, f.metric, f.period, f.place, f.subset, f.stock) for f in facts]


def _wrapped(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        "\n".join(textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False)) for line in lines
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="decomposed letters"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="carriage returns"),
        pytest.param(lambda text: text.replace(", ", ",  "), id="two spaces"),
        pytest.param(lambda text: text.replace(" - ", " – "), id="long dashes"),
        pytest.param(lambda text: text.replace('"', "“"), id="typographic quotes"),
    ],
)
def test_how_a_text_is_typed_changes_nothing(change: Callable[[str], str]) -> None:
    changed = {
        passage["id"]
        for passage in _PASSAGES
        if _told(read_passage(passage | {"text": change(passage["text"])})) != _told(read_passage(passage))
    }
    assert changed == set()


def test_lines_of_one_width_are_paragraphs_again() -> None:
    """A text broken at 72 characters gives the facts of the unbroken one, where three lines or more show the width."""
    passages = _PASSAGES + [
        p for name in ("fresh_q", "fresh_r", "fresh_t") for p in load(_GOLD / f"{name}.jsonl")
    ]
    broken = {p["id"]: _wrapped(p["text"]) for p in passages}
    long = [p for p in passages if broken[p["id"]].count("\n") - p["text"].count("\n") > 3]
    assert len(long) > 150
    changed = [
        p["id"] for p in long if _told(read_passage(p | {"text": broken[p["id"]]})) != _told(read_passage(p))
    ]
    assert len(changed) <= len(long) // 50, changed


def test_spans_of_wrapped_lines_are_those_of_the_text_as_given() -> None:
    text = _wrapped(
        "Sáu tháng đầu năm 2024, lãnh đạo các cấp của tỉnh Hà Nam đã đối thoại với nhân dân 214 cuộc, có 1.240 lượt ý kiến được "
        "nêu và 1.105 ý kiến được trả lời ngay tại chỗ, số còn lại đang được xem xét."
    )
    assert "\n" in text
    facts = read_passage({"text": text})
    assert [text[fact.start : fact.end] for fact in facts] == ["214", "1.240", "1.105"]
    assert all(text[fact.sentence_start :].startswith(fact.sentence) for fact in facts)


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả năm 2024:\n- tiếp 1.204 lượt công dân\n- nhận 310 đơn\n- giải quyết 45 đơn khiếu nại",
        "Năm 2024, tỉnh tiếp 1.204 lượt công dân.\nNăm 2023, tỉnh tiếp 998 lượt công dân.\nNăm 2022, tỉnh tiếp 870 lượt.",
        "tiếp 1.204 lượt công dân tại trụ sở\nnhận 310 đơn\ngiải quyết 45 đơn khiếu nại",
        "Một đoạn văn dài hơn một trăm ba mươi ký tự thì không phải là một dòng bị ngắt, cho dù sau nó còn có những dòng khác ngắn "
        "hơn nhiều.\nnhận 310 đơn\nvà 45 vụ",
    ],
)
def test_lines_that_are_paragraphs_or_items_stay_apart(text: str) -> None:
    assert join_wrapped(text) == text


_ENDS = re.compile(r"\\.(?=\\n|$)")


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param(lambda text: f"(TTXVN) - {text}", id="the paper's signature"),
        pytest.param(lambda text: f"Những ngày này trời se lạnh.\n\n{text}", id="a line ahead"),
        pytest.param(lambda text: f"{text}\n\nLê Hà", id="who wrote it"),
        pytest.param(lambda text: f"{text}\n\nTin liên quan: Khai mạc hội chợ xuân", id="other news"),
        pytest.param(
            lambda text: _ENDS.sub(". Ông Nguyễn Văn Hòa, 61 tuổi, rất phấn khởi.", text), id="somebody's age"
        ),
        pytest.param(
            lambda text: _ENDS.sub(". Ông sinh năm 1957, nhập ngũ năm 1978, đã về hưu.", text),
            id="somebody's life",
        ),
        pytest.param(
            lambda text: _ENDS.sub(". Luật số 10/2022/QH15 được Quốc hội thông qua ngày 10/11/2022.", text),
            id="the day of a law",
        ),
    ],
)
def test_what_stands_beside_changes_nothing(beside: Callable[[str], str]) -> None:
    """Two of some 300 may change: what is inserted also parts sentences that go on with each other."""
    changed = [
        passage["id"]
        for passage in _PASSAGES
        if _told(read_passage(passage | {"text": beside(passage["text"])})) != _told(read_passage(passage))
    ]
    assert len(changed) <= 2, changed


def _a_year_earlier(text: str | None) -> str | None:
    return text and _YEAR.sub(lambda match: str(int(match.group()) - 1), text)


def test_a_year_earlier_the_same_is_read_a_year_earlier() -> None:
    """Shifts all years, but not over the reform of July 2025, since when places and their levels are others."""
    shifted = 0
    for passage in _PASSAGES:
        said = f"{passage.get('title')} {passage['text']}"
        published = passage.get("published")
        if "2025" in said or "2026" in said or (published or "2000") >= "2025" or "29/2" in said:
            continue
        earlier = passage | {
            "text": _a_year_earlier(passage["text"]),
            "title": _a_year_earlier(passage.get("title")),
            "published": published and f"{int(published[:4]) - 1}{published[4:]}",
        }
        wanted = [(f.metric, _a_year_earlier(f.period), f.place) for f in read_passage(passage)]
        assert [(f.metric, f.period, f.place) for f in read_passage(earlier)] == wanted, passage["id"]
        shifted += bool(wanted)
    assert shifted > 200
