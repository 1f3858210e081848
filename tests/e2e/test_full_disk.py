"""A run on a disk that is full ends in one error with file, room and mend, and the next one goes on from it.

The disk is a small file system of memory, mounted in a namespace of its own, which needs no rights of an administrator.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sample_platform import COSO, platform_of

from coso.errors import ExitCode
from demo import write_sources
from demo.truth import load_truth

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("e2e")]

MAY_MOUNT = (
    subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
    ).returncode
    == 0
)

SCRIPT = """
mount -t tmpfs -o size={size} tmpfs {disk} || exit 99
{coso} run >/dev/null 2>{place}/first
echo $?
mount -o remount,size=2g {disk}
{coso} run >/dev/null 2>{place}/second
echo $?
{coso} release verify >/dev/null
echo $?
"""


@pytest.mark.skipif(not MAY_MOUNT, reason="this machine lets no user mount a file system of his own")
@pytest.mark.parametrize("size", ["4m", "7m", "24m", "44m"])  # full at start, reading, building, publishing
def test_a_full_disk_ends_a_run_in_one_clear_error_and_costs_nothing(
    size: str, portals: dict[str, int], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    here = platform_of(disk / "lake", write_sources(tmp_path / "sources", portals), load_truth().as_of)
    script = SCRIPT.format(size=size, disk=disk, coso=COSO, place=tmp_path)
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], env=here.env, capture_output=True, text=True, check=False
    )
    told = (tmp_path / "first").read_text(encoding="utf-8")
    assert done.stdout.split() == [str(int(ExitCode.ENVIRONMENT)), "0", "0"], told
    assert "Traceback" not in told
    (line,) = (one for one in told.splitlines() if one.startswith("error: "))
    assert line.startswith(f"error: {disk}/lake")  # the lake itself where only Prefect met it
    for said in ("cannot be written: ", " MB are free there; make room there", "nothing is lost"):
        assert said in line
