"""The saved page of each family is read as its golden says; a family without one, or a page read differently, fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scrapers.goldens import check_golden, golden_paths
from scrapers.registry import FAMILIES
from scrapers.sourcefile import Source

GOLDENS = {path.parent.name: path for path in golden_paths(Path(__file__).parent)}
#: Families that say nothing of markup: one is read by the general reader, the other by each portal's own fields.
WITHOUT_MARKUP = {"general", "feedback"}


def test_every_family_has_a_golden() -> None:
    assert GOLDENS.keys() == {path.stem for path in FAMILIES.glob("*.yml")} - WITHOUT_MARKUP


@pytest.mark.parametrize("family", GOLDENS)
def test_the_saved_page_is_read_as_its_golden_says(family: str, make_source: Callable[..., Source]) -> None:
    source = make_source(extends=family)
    assert check_golden(source, GOLDENS[family]) == []
    lost = replace(source.selectors, body=source.selectors.title)
    problems = check_golden(replace(source, selectors=lost), GOLDENS[family])
    assert problems  # at least that the general reader read it
