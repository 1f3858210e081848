"""Patterns that are matched against folded text are written in folded spelling, or they never match.

"quy định" is folded to "qui định": a pattern that says "quy định" is silently dead.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import extraction
from coso.text import fold_words

#: These match text as it was typed.
_PLAIN = {"where.py", "offices.py", "placenames.py", "screen.py", "events.py"} | {
    "officials.py",
    "citations.py",
    "initiatives.py",
}
_MODULES = sorted(path for path in Path(extraction.__file__).parent.glob("*.py") if path.name not in _PLAIN)
_VIETNAMESE = re.compile(r"[à-ỹđ]")


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", _MODULES, ids=lambda path: path.name)
def test_patterns_are_written_as_folded_text_is(path: Path) -> None:
    words = [
        (line, word)
        for line, text in _texts(path)
        if _VIETNAMESE.search(text)
        for word in re.findall(r"(?<!\\)\b[a-zà-ỹđ]{2,}\b", text)
        if word.islower()
    ]
    assert not [(line, word) for line, word in words if fold_words(word) != word]
