"""Fixtures of the scrapers' tests: a site on loopback, a clock, a lake, a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from scraper_crawl import Crawler
from scraper_site import FakeTime, LocalSite

from coso.lake import Lake
from coso.settings import Settings
from scrapers.pace import HostPace
from scrapers.registry import load_registry
from scrapers.sourcefile import Source


@pytest.fixture
def site() -> Iterator[LocalSite]:
    made = LocalSite()
    made.put("/robots.txt", "User-agent: *\nAllow: /\n", etag='"robots"')
    yield made
    made.close()


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def pace(fake_time: FakeTime) -> HostPace:
    return HostPace(fake_time.clock)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "home")


@pytest.fixture
def settings(lake: Lake) -> Settings:
    return Settings(lake.home, date(2024, 12, 20), None, "tests@example.invalid", None)


@pytest.fixture
def visit(lake: Lake, settings: Settings, fake_time: FakeTime, pace: HostPace) -> Crawler:
    return Crawler(lake, settings, fake_time, pace)


@pytest.fixture
def make_source(site: LocalSite, tmp_path: Path) -> Callable[..., Source]:
    """Write a source file for the local site and load it through the registry."""
    counts: dict[str, int] = defaultdict(int)

    def make(**changes: Any) -> Source:
        values: dict[str, Any] = {
            "key": "bao-thu",
            "name": "Báo Thử",
            "kind": "party_newspaper",
            "extends": "f5",
            "status": "unverified",
            "home_url": f"{site.base}/",
            "province": {"code": "22", "frame": "34"},
            "discovery": [{"method": "listing", "url": f"{site.base}/"}],
            "topic": {"all": True},
            "pace_seconds": 0,
            "retry": {"tries": 3, "base_seconds": 1, "max_wait_seconds": 60},
            "timeout": 5,
            "schedule": "0 6 * * *",
            "licence": "test",
            "allow_loopback": True,
        }
        values.update(changes)
        counts["n"] += 1
        folder = tmp_path / f"sources{counts['n']}"
        folder.mkdir()
        (folder / "one.yml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
        return load_registry(folder).sources[0]

    return make
