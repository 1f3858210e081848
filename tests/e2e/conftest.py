"""One run of everything against the sample portals, shared by the tests of this folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from sample_platform import Platform, platform

import demo


@pytest.fixture(scope="session")
def portals() -> Iterator[dict[str, int]]:
    with demo.serve(base_port=0) as web:
        yield dict(web.ports)


@pytest.fixture(scope="session")
def first_run(
    portals: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Platform, subprocess.CompletedProcess[str]]:
    here = platform(tmp_path_factory.mktemp("e2e") / "lake", portals)
    done = here.coso("run")
    assert done.returncode == 0, done.stderr
    return here, done
