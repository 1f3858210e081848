"""Errors told to a person, and their way from one process to another."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from coso.errors import BadInputError, CosoError, ExitCode
from coso.yamlfile import read_yaml
from extraction.failures import ReadingError
from scrapers.keyring import DestroyedKeyError
from scrapers.warc import DamagedRecordError


def test_an_error_comes_back_from_a_worker_process_as_it_was_raised(tmp_path: Path) -> None:
    broken = tmp_path / "source.yml"
    broken.write_text("a: 1\na: 2\n", encoding="utf-8")
    with ProcessPoolExecutor(1) as pool:
        first = pool.submit(read_yaml, broken)
        with pytest.raises(BadInputError, match="given twice") as raised:
            first.result(timeout=60)
        assert pool.submit(int, "7").result(timeout=60) == 7  # the pool goes on
    assert raised.value.what.startswith(str(broken))
    assert raised.value.mend
    assert raised.value.exit_code is ExitCode.BAD_INPUT


def _own(kind: type[CosoError]) -> CosoError:
    """Return an error of a kind, made without asking what its own constructor wants."""
    error = kind.__new__(kind, "a thing; mend it")
    error.__dict__.update(what="a thing", mend="mend it", more=3)
    return error


@pytest.mark.parametrize(
    "kind", [CosoError, BadInputError, ReadingError, DamagedRecordError, DestroyedKeyError]
)
def test_every_error_of_ours_is_made_anew_whole(kind: type[CosoError]) -> None:
    error = _own(kind)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (str(again), vars(again)) == (str(error), vars(error))
