"""One running sample web for all tests of the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import demo


@pytest.fixture(scope="session")
def web() -> Iterator[demo.SampleWeb]:
    with demo.serve(base_port=0) as running:
        yield running
