"""A small part of the planted country by the same way as the whole: web, archive, pages, figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from country_figures import Key, in_standard_unit, plant
from country_prose import Story, stories
from country_web import AS_OF, serve_country, write_country_sources

from coso.lake import read_table
from coso.records import Document, Fact, from_table
from coso.settings import load_settings
from flows import steps
from flows.run import Run, new_run

#: The three provinces that went into Ninh Bình, which keeps the name and the code of one of them.
PROVINCES = ("35", "36", "37")
PERIODS = ("2024-H1", "2024", "2025")


@pytest.fixture(scope="module")
def told() -> list[Story]:
    return [story for story in stories(plant(PROVINCES)) if story.article.period in PERIODS]


@pytest.fixture(scope="module")
def run(told: list[Story], tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = tmp_path_factory.mktemp("country") / "lake"
    with serve_country(told) as web:
        sources = write_country_sources(home / "sources", web.ports)
        run = new_run(replace(load_settings({"COSO_HOME": str(home)}), sources=sources, today=AS_OF))
        steps.prepare(run)
        for source in run.sources():
            steps.collect_source(run, source)
            steps.land_source(run, source)
            steps.read_source(run, source.key)
    return run


def test_every_article_is_landed_with_its_day_and_text(run: Run, told: list[Story]) -> None:
    documents = from_table(Document, read_table(run.lake.landed / "documents", Document))
    printed = {(s.source_key, s.article.title, s.article.published.date(), s.article.text) for s in told}
    # One of the looks puts the paper's name ahead of the lead.
    read = {(d.source_key, d.title, d.published_on, d.text.removeprefix("(Trang mẫu) - ")) for d in documents}
    assert read == printed
    assert len(documents) == len(told)


def test_the_figures_of_the_provinces_are_those_told_and_none_other(run: Run, told: list[Story]) -> None:
    facts = from_table(Fact, read_table(run.lake.landed / "facts", Fact))
    of_provinces = {
        (
            fact.source_key,
            Key(fact.frame or "", fact.province_code or "", fact.metric, fact.period or ""),
            in_standard_unit(fact.value, fact.unit),
        )
        for fact in facts
        if fact.level == "province" and not fact.subset and not fact.tier and fact.metric != "other"
    }
    assert of_provinces == {(t.source_key, t.key, t.value) for story in told for t in story.tellings}
    assert len(of_provinces) > 200
