"""What happens to releases afterwards: going back to one, comparing two, removing old ones."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta

import duckdb

from coso.errors import BadInputError
from coso.lake import Lake, write_atomically
from publishing.diff import TableDiff, diff_tables
from publishing.release import Release, current_release, list_releases, pin_file, point_at, verify
from publishing.tables import read_tables

#: Every release of so many days is kept; of older months the last one is.
KEEP_ALL_DAYS = 30


def find(lake: Lake, name: str) -> Release:
    """Return a release by its name.

    Raises:
        BadInputError: there is none of this name.
    """
    found = {release.name: release for release in list_releases(lake)}
    if name not in found:
        raise BadInputError(f"there is no release {name}", "see `coso release list`")
    return found[name]


def rollback(lake: Lake, name: str, reason: str, now: datetime) -> Release:
    """Make an earlier release the current one and pin it: runs publish beside it until it is unpinned.

    Raises:
        BadInputError: there is none of this name.
        CosoError: the release is not whole.
    """
    release = find(lake, name)
    verify(release)
    note = {"release": name, "reason": reason, "pinned_at": now.isoformat()}
    write_atomically(pin_file(lake), json.dumps(note, ensure_ascii=False).encode())
    point_at(lake, name)
    return release


def unpin(lake: Lake) -> None:
    """Let the next run's release become the current one.

    Raises:
        BadInputError: nothing is pinned.
    """
    try:
        pin_file(lake).unlink()
    except FileNotFoundError:
        raise BadInputError("no release is pinned", "nothing to do") from None


def compare(old: Release, new: Release) -> list[TableDiff]:
    """Return what changed from one release to another, content tables only."""
    with duckdb.connect(str(new.database), read_only=True) as connection:
        tables = read_tables(connection, new.database.stem, "main")
        return diff_tables(connection, tables, old.path)


def prune(lake: Lake, now: datetime) -> list[str]:
    """Remove old releases: all of the last 30 days stay, and the last of every month, and the current one.

    Returns:
        Names of the releases removed.
    """
    current = current_release(lake)
    kept = {current.name} if current else set()
    last_of_month: dict[str, str] = {}
    for release in list_releases(lake):
        last_of_month[release.created_at[:7]] = release.name
        if datetime.fromisoformat(release.created_at) > now - timedelta(days=KEEP_ALL_DAYS):
            kept.add(release.name)
    kept |= set(last_of_month.values())
    old = [release for release in list_releases(lake) if release.name not in kept]
    for release in old:
        shutil.rmtree(release.path)
    return [release.name for release in old]
