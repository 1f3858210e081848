"""``coso keys``: what is listed, and what may not be destroyed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from command_line import coso
from test_cli import assert_one_line

from coso.errors import ExitCode
from coso.lake import Lake
from coso.records import Tombstone
from flows.cli.keys import tombstone_cells
from scrapers.keyring import Keyring


def test_keys_are_listed_and_nothing_is_destroyed_by_mistake(tmp_path: Path) -> None:
    key = Keyring.of(Lake(tmp_path)).current("pakn-thu", datetime(2024, 1, 5, tzinfo=UTC))
    listed = coso("keys", "list", home=tmp_path).stdout
    assert key.key_id in listed
    assert "destroy it (COSO_RETENTION_DAYS is 365)" in " ".join(listed.split())
    why = ("--reason", "thử", "--by", "Quản trị", "--yes")
    done = coso("keys", "destroy", "pakn-khac", *why, home=tmp_path)
    assert_one_line(done, ExitCode.BAD_INPUT, "source pakn-khac has no key to destroy", "coso keys list")
    asked = coso("keys", "destroy", "pakn-thu", *why[:-1], home=tmp_path)
    assert asked.returncode == ExitCode.FAILED
    assert [one.key_id for one in Keyring.of(Lake(tmp_path)).keys("pakn-thu")] == [key.key_id]


def test_a_destruction_is_told_in_one_sentence() -> None:
    moment = datetime(2026, 1, 4, 20, tzinfo=UTC)  # the 5th in Vietnam
    row = Tombstone("tomb-1", "pakn-thu", "pakn-thu.00000000", None, moment, "Quản trị", "hết hạn", 6, 1)
    assert tombstone_cells(row)[-1] == "destroyed on 2026-01-05 by Quản trị because: hết hạn"
