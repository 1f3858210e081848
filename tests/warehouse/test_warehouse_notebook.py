"""The notebook runs from end to end on a build and shows what the marts hold."""

from __future__ import annotations

import runpy
from typing import Any

import duckdb
import pytest
from warehouse_build import Build

from coso.settings import PROJECT_ROOT

NOTEBOOK = PROJECT_ROOT / "notebooks" / "dialogues.py"


@pytest.fixture
def marts(build: Build, tmp_path: Any) -> str:
    """Return a database whose tables lie as in a release."""
    path = tmp_path / "coso.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"attach '{str(build.path).replace(chr(39), chr(39) * 2)}' as build (read_only)")
        for name in ("metric_trend", "national_summary", "fct_metric_value", "fct_metric_observation"):
            connection.execute(f"create table {name} as from build.marts.{name}")
    return str(path)


def test_the_notebook_runs(
    marts: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COSO_RELEASE", marts)
    told = runpy.run_path(str(NOTEBOOK))
    written = capsys.readouterr().out
    assert "34 Hà Tĩnh            260 → 240 (-7.7 %, 2024-H2 same_territory → 2025-H2)" in written
    assert "63 Hà Tĩnh            350 → 318 (-9.1 %, 2022 as_reported → 2023)" in written
    assert {row["period"] for row in told["latest"] if row["frame"] == "34"} == {"2025-H2"}
    assert any("Kỳ này tổ chức 550 cuộc đối thoại" in row["sentence"] for row in told["witnesses"])


def test_the_notebook_says_when_there_is_nothing(
    marts: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COSO_RELEASE", marts)
    monkeypatch.setenv("COSO_METRIC", "no_such_metric")
    runpy.run_path(str(NOTEBOOK))
    assert capsys.readouterr().out.count("(nothing in this release)") == 4
