"""Every article of the planted country, read without web, archive and tables: a slip of the engine shows in seconds."""

from __future__ import annotations

from country_figures import Key, codes, in_standard_unit, plant
from country_prose import Story, stories

from coso.periods import parse_period
from coso.places import Province, province
from extraction import Fact, read_text
from extraction.frames import reported_of


def _outlet(story: Story) -> Province | None:
    """Return the province of the outlet "country-63-14", None for central ones."""
    _, frame, code = story.source_key.split("-")
    return province(code, frame) if frame in {"63", "34"} else None


def _key(fact: Fact, story: Story) -> Key | None:
    """Return whose figure a fact is, None for parts and for other places than provinces."""
    last = parse_period(fact.period).last_day if fact.period else None
    of = reported_of(fact, _outlet(story), last, story.article.published.date())
    if of.level != "province" or fact.subset or fact.tier or fact.metric == "other":
        return None
    return Key(frame=of.frame or "", code=of.code or "", metric=fact.metric, period=fact.period or "")


def _read(story: Story) -> set[tuple[Key, float]]:
    article, outlet = story.article, _outlet(story)
    facts = read_text(
        article.text,
        title=article.title,
        published=article.published.date().isoformat(),
        source_province=outlet.name if outlet else None,
    ).facts
    found = [(_key(fact, story), in_standard_unit(fact.value, fact.unit)) for fact in facts]
    return {(key, value) for key, value in found if key}


def test_every_figure_of_a_province_is_read_and_none_other() -> None:
    told = stories(plant(codes("63")))
    assert len(told) > 1_000
    misread = [
        (story.source_key, story.article.title, read ^ meant)
        for story in told
        if (read := _read(story)) != (meant := {(one.key, one.value) for one in story.tellings})
    ]
    assert misread == []
