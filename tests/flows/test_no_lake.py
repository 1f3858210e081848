"""A mistyped COSO_HOME is told by every command that reads a lake, instead of the emptiness it finds there."""

from __future__ import annotations

from pathlib import Path

import pytest

from coso.errors import ExitCode
from flows.cli.app import main

READING = (
    "status",
    "alerts list",
    "alerts show inc-1",
    "alerts ack inc-1 --by Lan",
    "hold list",
    "hold release 42 --reason x --by Lan",
    "bounds suggest",
    "facts",
    "sql select",
    "trace fact-1",
    "release list",
    "review list",
    "review report",
    "keys list",
    "replay",
    "erase https://bao.example/1 --reason r --by b --yes",
    "deadman",
)


def ended(command: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COSO_HOME", str(home))
    monkeypatch.delenv("COSO_SOURCES", raising=False)
    with pytest.raises(SystemExit) as end:
        main(command.split())
    return int(end.value.code or 0)


@pytest.mark.parametrize("command", READING)
def test_a_mistyped_home_is_told_and_not_made(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "mistyped"
    assert ended(command, home, monkeypatch) == ExitCode.ENVIRONMENT
    said = capsys.readouterr()
    assert said.out == ""
    for part in (f"there is no lake at {home}: no such folder", "check COSO_HOME", "coso demo", "coso run"):
        assert part in said.err
    assert not home.exists()


def test_a_folder_of_other_things_is_no_lake_and_an_empty_one_is_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("status", tmp_path, monkeypatch) == ExitCode.OK
    (tmp_path / "letters").mkdir()
    assert ended("status", tmp_path, monkeypatch) == ExitCode.ENVIRONMENT
    assert "the folder holds other things" in capsys.readouterr().err
    (tmp_path / "quality").mkdir()
    assert ended("status", tmp_path, monkeypatch) == ExitCode.OK
