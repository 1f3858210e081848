"""No release loses rows to a landed file that was damaged: it is made anew in the same run, or nothing is published."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from sample_platform import Platform, platform_of

from coso.errors import ExitCode
from demo.truth import load_truth
from publishing import current_release

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]

SOURCE = "demo-bao-ha-nam"


@pytest.fixture
def here(first_run: tuple[Platform, subprocess.CompletedProcess[str]], tmp_path: Path) -> Platform:
    """A copy of the lake of the first run."""
    home = tmp_path / "lake"
    shutil.copytree(first_run[0].lake.home, home, symlinks=True)
    return platform_of(home, home / "demo-sources", load_truth().as_of)


def damage(here: Platform, table: str) -> Path:
    path = sorted((here.lake.landed / table / f"source={SOURCE}").glob("date=*/part.parquet"))[0]
    path.write_bytes(path.read_bytes()[:-30])
    return path


def test_damaged_documents_and_figures_are_made_anew_though_nothing_is_fetched(here: Platform) -> None:
    before = current_release(here.lake)
    damage(here, "documents")
    damage(here, "facts")
    done = here.coso("run", "--no-fetch")
    assert done.returncode == 0, done.stderr
    after = current_release(here.lake)
    assert before is not None
    assert after is not None
    assert after.digest == before.digest


def test_what_cannot_be_made_anew_is_not_left_out_of_a_release(here: Platform) -> None:
    before = current_release(here.lake)
    damaged = damage(here, "facts")
    for path in (here.lake.home / "demo-sources").glob("*.yml"):
        if f"key: {SOURCE}\n" in path.read_text(encoding="utf-8"):
            path.unlink()
    done = here.coso("run", "--no-fetch")
    assert done.returncode == ExitCode.BAD_INPUT, done.stderr
    assert f"{damaged} was set aside" in done.stderr
    assert current_release(here.lake) == before
