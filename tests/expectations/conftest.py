"""Fixtures of the expectations room: an empty lake and an empty warehouse build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from expectation_rows import Warehouse

from coso.lake import Lake, ensure_tables


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a lake of empty tables; making each file so that it outlasts a power cut takes time."""
    made = Lake(tmp_path_factory.mktemp("empty") / "home")
    made.prepare()
    ensure_tables(made)
    return made.home


@pytest.fixture
def lake(empty_home: Path, tmp_path: Path) -> Lake:
    return Lake(Path(shutil.copytree(empty_home, tmp_path / "home")))


@pytest.fixture
def warehouse(lake: Lake) -> Warehouse:
    path = lake.warehouse / "build.duckdb"
    path.parent.mkdir(parents=True)
    return Warehouse(path)
