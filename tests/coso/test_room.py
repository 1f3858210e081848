"""A full disk is told as such whatever met it; the bound on a file's size stands in for the disk (EFBIG)."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from coso.errors import BadInputError, CosoError, ExitCode
from coso.lake import replacing, write_atomically
from coso.room import NoRoomError, full_disk

#: Runs a statement with files bounded to 20 kB, and prints how it ends.
BOUNDED = """
import resource, sys
from pathlib import Path
from coso.lake import write_atomically
from coso.room import full_disk
home = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    {statement}
except Exception as error:  # of each library another; what is no full disk prints None, and fails the test
    print(full_disk(home, error))
"""
STATEMENTS = {
    "a table": "write_atomically(home / 'landed' / 'part.parquet', bytes(30_000))",
    "a file of a library": "(home / 'file').write_bytes(bytes(30_000))",
    "DuckDB": (
        "import duckdb; duckdb.connect(str(home / 'build.duckdb')).execute("
        "'create table t as select md5(i::varchar) as x from range(100000) r(i)')"
    ),
}


@pytest.mark.parametrize("what", STATEMENTS)
def test_what_no_longer_fits_is_told_with_what_is_free_and_the_mend(what: str, tmp_path: Path) -> None:
    code = BOUNDED.format(statement=STATEMENTS[what])
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith(str(tmp_path)), done.stdout + done.stderr
    for said in ("cannot be written: ", " MB are free there; make room", "nothing is lost"):
        assert said in done.stdout
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_table_that_no_longer_fits_keeps_what_it_held(tmp_path: Path) -> None:
    path = tmp_path / "part.parquet"
    write_atomically(path, b"before")
    with (
        pytest.raises(NoRoomError, match=f"{path} cannot be written: No space left on device"),
        Path("/dev/full").open("wb", buffering=0) as full,  # the device that always is
        replacing(path),
    ):
        full.write(b"after")
    assert path.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_other_errors_are_left_as_they_are(tmp_path: Path) -> None:
    for error in (
        ValueError("odd page"),
        OSError(errno.EACCES, "Permission denied"),
        BadInputError("a", "b"),
    ):
        assert full_disk(tmp_path, error) is None


def test_words_of_a_child_process_and_causes_are_understood(tmp_path: Path) -> None:
    said = CosoError(
        "dbt build failed: fct_x (IO Error: could not write: No space left on device)", "see the log"
    )
    found = full_disk(tmp_path, said)
    assert found is not None
    assert found.exit_code is ExitCode.ENVIRONMENT
    assert str(found).startswith(f"{tmp_path} cannot be written: dbt build failed: fct_x")
    try:
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "x"))
        except OSError:
            raise RuntimeError("the task crashed") from None
    except RuntimeError as error:
        found = full_disk(tmp_path, error)
    assert found is not None
    assert str(tmp_path / "x") in found.what
    assert full_disk(tmp_path, duckdb.IOException("cannot open file")) is None
