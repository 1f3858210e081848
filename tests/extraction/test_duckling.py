"""Duckling's Vietnamese test phrases: how many of their meanings our grammar gets (``tests/extraction/duckling``)."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from coso.settings import PROJECT_ROOT

#: Phrases that agree, at least, and phrases in our domain. The domain never shrinks to make a share look better.
FLOORS = {
    "numbers": (53, 53),
    "đồng": (24, 24),
    "days": (97, 102),
    "periods, as the engine reads a report": (8, 10),
}


@pytest.fixture
def duckling(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(PROJECT_ROOT)
    return importlib.import_module("benchmarks.extraction.duckling")


@pytest.mark.parametrize("part", FLOORS)
def test_as_many_meanings_agree_as_before(duckling: ModuleType, part: str) -> None:
    right, inside, total = duckling.share(duckling.PARTS[part]())
    least, domain = FLOORS[part]
    assert inside == domain
    assert total >= inside
    assert right >= least


def test_a_meaning_that_differs_is_not_counted(duckling: ModuleType) -> None:
    phrases = [
        duckling.Phrase("a", 1.0, 1.0),
        duckling.Phrase("b", 1.0, 2.0),
        duckling.Phrase("c", 1.0, None, "x"),
    ]
    assert duckling.share(phrases) == (1, 2, 3)
