"""The planted country on loopback: a newspaper for each province, three central sites, and their source files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from country_figures import Key
from country_prose import CENTRAL, Story, written

from coso.places import province
from demo.pages import Page
from demo.portals import Site, build_newspaper
from demo.prose import Article, Paragraph
from demo.server import serve_sites
from demo.sourcefiles import SOURCES

#: The day the country is looked at: after the reviews of 2025 have come, before the next ones are due.
AS_OF = date(2026, 3, 5)

#: Looks of the sample portals that provincial papers take in turn, and that of the central sites.
_LOOKS, _CENTRAL_LOOK = ("ha-tinh", "ha-nam", "quang-ninh", "hau-giang"), "trung-uong"


@dataclass(frozen=True)
class CountryWeb:
    """The running web: the port of each source, and its pages, which may be changed while it runs."""

    ports: Mapping[str, int]
    pages: Mapping[str, dict[str, Page]]


def looks(keys: Sequence[str]) -> dict[str, str]:
    """Return the look of each source."""
    papers = [key for key in sorted(keys) if key not in CENTRAL]
    central = {key: _CENTRAL_LOOK for key in keys if key in CENTRAL}
    return {key: _LOOKS[n % len(_LOOKS)] for n, key in enumerate(papers)} | central


@contextmanager
def serve_country(stories: Sequence[Story]) -> Iterator[CountryWeb]:
    """Serve every source of the stories while the context lasts."""
    printed: dict[str, list[Article]] = defaultdict(list)
    for story in stories:
        printed[story.source_key].append(story.article)
    look, pages = looks(list(printed)), dict[str, dict[str, Page]]()

    def build(key: str, origin: str) -> dict[str, Page]:
        pages[key] = dict(build_newspaper(_site(key, look[key]), origin, printed[key], AS_OF))
        return pages[key]

    with serve_sites({key: partial(build, key) for key in printed}) as web:
        yield CountryWeb(web.ports, pages)


def reprint(web: CountryWeb, source_key: str, stories: Sequence[Story]) -> None:
    """Let a source serve these stories from now on instead of what it served, at the same addresses."""
    look = looks(list(web.ports))[source_key]
    articles = [story.article for story in stories if story.source_key == source_key]
    origin = f"http://127.0.0.1:{web.ports[source_key]}"
    web.pages[source_key].update(build_newspaper(_site(source_key, look), origin, articles, AS_OF))


def misprint(story: Story, key: Key, right: float, wrong: float) -> Story:
    """Return the story with a wrong number in the place of one of its figures."""
    old, new = written(key.metric, right), written(key.metric, wrong)
    article = story.article
    texts = [paragraph.text.replace(f"{old} ", f"{new} ", 1) for paragraph in article.paragraphs]
    changed = replace(article, paragraphs=tuple(Paragraph(text, is_caption=False) for text in texts))
    assert changed != article, "the figure is told in another form"
    return replace(story, article=changed)


def write_country_sources(folder: Path, ports: Mapping[str, int]) -> Path:
    """Write a source file for each port: that of the sample portal with its look, under another name."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, look in looks(list(ports)).items():
        source = _source(key, look, ports[key])
        (folder / f"{key}.yml").write_text(yaml.safe_dump(source, allow_unicode=True), encoding="utf-8")
    return folder


def _source(key: str, look: str, port: int) -> dict[str, Any]:
    text = (SOURCES / f"{look}.yml").read_text(encoding="utf-8")
    filled = text.replace(f"${{PORT_{look.upper().replace('-', '_')}}}", str(port))
    source: dict[str, Any] = yaml.safe_load(filled)
    # Papers of the past and papers of today: how often they speak is not tested here.
    silent = {"expected_weekly_items": None, "freshness_days": None}
    # All that these papers print stands in one section.
    ways = [
        way for way in source["discovery"] if "/news/" not in way.get("url", "") or "chinh-tri" in way["url"]
    ]
    name = {"key": key, "name": _site(key, look).name, "province": _province(key)}
    return source | name | silent | {"discovery": ways}


def _site(key: str, look: str) -> Site:
    where = _province(key)
    if where is None:
        return Site(look, f"Trang dân chủ cơ sở {key[-1]} (trang mẫu)", "Hà Nội")
    name = province(where["code"], where["frame"]).name
    return Site(look, f"Báo {name} (trang mẫu)", name)


def _province(key: str) -> dict[str, str] | None:
    if key in CENTRAL:
        return None
    _, frame, code = key.split("-")
    return {"code": code, "frame": frame}
