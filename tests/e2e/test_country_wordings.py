"""The wordings of the planted country: whole, our own, and read right; those that are not yet are known by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from country_figures import Country, Key, codes, in_standard_unit, plant, rules
from country_prose import Story, Wording, awaiting, data, try_wording, wordings_of

from coso.periods import parse_period
from coso.places import find_province, frame_on, province
from coso.settings import PROJECT_ROOT
from extraction import Fact, read_text

SEEDS = PROJECT_ROOT.parent / "shared" / "seeds"
WORDINGS = wordings_of(data("wordings")["blocks"])
#: Provinces of all regions, large and small, cities among them, in which a wording is tried.
TRIED_IN = ("14", "35", "48", "66", "89")

#: Names, offices, terms of law and the one slogan can be written in one way only, so they are nobody's sentences.
_NAMES = (
    r"ban chỉ đạo thực hiện quy chế dân chủ ở cơ sở|thực hiện (?:quy chế )?dân chủ ở cơ sở"
    r"|luật thực hiện dân chủ ở cơ sở|mặt trận tổ quốc và các (?:tổ chức chính trị - xã hội|đoàn thể)"
    r"|dân biết, dân bàn, dân làm, dân kiểm tra, dân giám sát, dân thụ hưởng|tổ chức hội nghị tổng kết"
    r"|người đứng đầu cấp ủy, chính quyền|khiếu nại, tố cáo, kiến nghị, phản ánh|giám sát, phản biện xã hội"
)
_TOLD = re.compile(r"\{([a-z_]+)(?:@\w+)?\}")


@cache
def country() -> Country:
    return plant(codes("63"))


def figures_read(story: Story) -> set[tuple[Key, float]]:
    """Return what the engine reads as figures of a province, and all it reads where nothing is told."""
    where = story.source_key.split("-")
    reading = read_text(
        story.article.text,
        title=story.article.title,
        published=story.article.published.date().isoformat(),
        source_province=None if "central" in where else province(where[2], where[1]).name,
    )
    return {
        _figure(fact)
        for fact in reading.facts
        if fact.metric != "other"
        and fact.level in {None, "province"}
        and (fact.sentence in story.noise or not (fact.subset or fact.tier))
    }


def _figure(fact: Fact) -> tuple[Key, float]:
    assert fact.period is not None
    last_day = parse_period(fact.period).last_day
    home = find_province(fact.province or "", last_day)
    assert home is not None
    key = Key(frame_on(last_day), home.code, fact.metric, fact.period)
    return key, in_standard_unit(fact.value, fact.unit)


def figures_told(story: Story) -> set[tuple[Key, float]]:
    return {(telling.key, telling.value) for telling in story.tellings}


def test_the_country_has_forty_metrics_in_blocks_of_their_own() -> None:
    told = [metric for block in data("wordings")["blocks"].values() for metric in block["metrics"]]
    assert len(told) == len(set(told)) == 40
    assert set(told) == set(rules())


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda w: w.name)
def test_a_wording_tells_each_metric_of_its_block_once(wording: Wording) -> None:
    metrics = data("wordings")["blocks"][wording.block]["metrics"]
    assert Counter(m for m in _TOLD.findall(wording.text) if m in rules()) == Counter(metrics)


@pytest.mark.parametrize("name", sorted(awaiting()))
def test_a_wording_that_awaits_a_better_engine_is_still_misread(name: str) -> None:
    cell = awaiting()[name]
    places = [cell["province"]] if "province" in cell else TRIED_IN
    tried = [try_wording(country(), cell, code, seed) for code in places for seed in range(2)]
    if all(figures_read(story) == figures_told(story) for story in tried):
        pytest.fail(f"{name} is read right now: move it from country/awaiting.yml to where its head says")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the reference articles are not beside this checkout")
def test_no_eight_words_in_a_row_are_shared_with_the_reference_articles() -> None:
    theirs = {run for path in SEEDS.glob("*.txt") for run in runs_of_words(path.read_text(encoding="utf-8"))}
    assert len(theirs) > 1000
    texts = [*data("articles").values(), *data("wordings")["blocks"].values(), *awaiting().values()]
    ours = {run for text in strings_in(texts) for run in runs_of_words(text)}
    assert ours & theirs == set()


def strings_in(cell: object) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, dict | list):
        for part in cell.values() if isinstance(cell, dict) else cell:
            yield from strings_in(part)


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    plain = re.sub(_NAMES, " @ ", text.lower())
    words = re.findall(r"[^\W\d_]+|@", plain)
    return {tuple(words[n : n + 8]) for n in range(len(words) - 7)}
