"""Fixtures of the expectations room: an empty lake and an empty warehouse build."""

from __future__ import annotations

from pathlib import Path

import pytest
from expectation_rows import Warehouse

from coso.lake import Lake, ensure_tables


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "home")
    made.prepare()
    ensure_tables(made)
    return made


@pytest.fixture
def warehouse(lake: Lake) -> Warehouse:
    path = lake.warehouse / "build.duckdb"
    path.parent.mkdir(parents=True)
    return Warehouse(path)
