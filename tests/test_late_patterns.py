"""Patterns that are compiled late are patterns none the less."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import coso
import extraction
from coso.late_patterns import _LatePattern, late


def test_answers_as_the_compiled_one_does() -> None:
    plain, waiting = re.compile(r"(\d+) ĐƠN", re.IGNORECASE), late(r"(\d+) ĐƠN", re.IGNORECASE)
    text = "nhận 12 đơn, giải quyết 7 đơn"
    assert [m.groups() for m in waiting.finditer(text)] == [m.groups() for m in plain.finditer(text)]
    assert waiting.split(text) == plain.split(text)
    assert waiting.sub("x", text) == plain.sub("x", text)
    found = waiting.search(text, 7)
    assert found is not None
    assert (found[1], found.span()) == ("7", plain.search(text, 7).span())  # type: ignore[union-attr]
    assert waiting.match(text) is None
    assert waiting.fullmatch("5 đơn")
    assert (waiting.pattern, waiting.groups) == (plain.pattern, plain.groups)


def test_a_faulty_pattern_says_so_when_asked() -> None:
    faulty = late("(")
    with pytest.raises(re.error):
        faulty.search("a")


@pytest.mark.filterwarnings("error::FutureWarning", "error::DeprecationWarning")
def test_every_pattern_of_the_house_compiles() -> None:
    """A pattern that is compiled at its first question would show its fault only to the user who comes by."""
    for package in (coso, extraction):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    waiting = [found for found in gc.get_objects() if type(found) is _LatePattern]
    assert len(waiting) > 300
    for pattern in waiting:
        assert re.compile(pattern._source, pattern._flags)
