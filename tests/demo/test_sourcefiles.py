"""The source files of the portals hold under the registry's own rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import demo
from coso.errors import EnvironmentProblemError
from demo.portals import build_portal
from demo.sourcefiles import SOURCES
from demo.truth import load_truth
from scrapers.registry import load_registry

PORTS = {outlet: 8620 + number for number, outlet in enumerate(load_truth().outlets)}


def test_written_sources_are_complete_and_belong_to_the_outlets(tmp_path: Path) -> None:
    registry = load_registry(demo.write_sources(tmp_path / "sources", PORTS))
    expected = {o.source_key: (o.province_code, PORTS[o.name]) for o in load_truth().outlets.values()}
    found = {
        s.key: (s.province.code if s.province else None, int(s.home_url.rstrip("/").rsplit(":", 1)[1]))
        for s in registry.sources
    }
    assert found == expected
    assert all(source.allow_loopback and source.pace_seconds == 0 for source in registry.sources)


def test_the_registry_can_fill_the_ports_in_itself() -> None:
    registry = load_registry(SOURCES, demo.source_variables(PORTS))
    assert len(registry.sources) == len(PORTS)


def test_every_discovery_address_is_a_page_of_its_portal(tmp_path: Path) -> None:
    registry = load_registry(demo.write_sources(tmp_path, PORTS))
    for outlet in load_truth().outlets.values():
        source = registry.get(outlet.source_key)
        pages = build_portal(outlet.name, source.home_url.rstrip("/"))
        for way in source.discovery:
            if way.url:
                assert re.sub(r"^http://[^/]+", "", way.url) in pages


def test_an_unwritable_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "taken"
    file.write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentProblemError, match="taken"):
        demo.write_sources(file, PORTS)
