"""Every code of the dictionary in several wordings: verbs, passives, lists, brackets, headings, abbreviations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coso.dictionary import load_metrics
from extraction import read_text

_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
LINES = [
    line
    for line in (Path(__file__).parent / "wordings.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def _unmark(line: str) -> tuple[str, dict[int, set[str]]]:
    text, expected, position = "", {}, 0
    for match in _MARK.finditer(line):
        text += line[position : match.start()]
        expected[len(text)] = set(match.group(2).split("/"))
        text += match.group(1)
        position = match.end()
    return text + line[position:], expected


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_each_number_gets_its_code_and_no_other_number_gets_one(line: str) -> None:
    text, expected = _unmark(line)
    read = {fact.start: fact.metric for fact in read_text(text, source_province="Nghệ An").facts}
    assert read.keys() == expected.keys(), text
    assert all(read[start] in codes for start, codes in expected.items()), (read, expected)


def test_the_wordings_cover_the_dictionary() -> None:
    named = {code for line in LINES for codes in _unmark(line)[1].values() for code in codes}
    assert named == set(load_metrics())
