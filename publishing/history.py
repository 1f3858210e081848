"""What happens to releases afterwards: going back to one, comparing two, removing old ones."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from coso.errors import BadInputError
from coso.lake import Lake, write_atomically
from publishing.diff import TableDiff, diff_tables
from publishing.opening import open_database
from publishing.release import (
    Release,
    current_name,
    list_releases,
    pin_file,
    point_at,
    read_release,
    remove,
    verify,
)
from publishing.tables import read_tables

#: Every release of so many days is kept; of older months the last one is.
KEEP_ALL_DAYS = 30


def find(lake: Lake, name: str) -> Release:
    """Return a release by its name.

    Raises:
        BadInputError: there is none of this name, or its manifest is damaged.
    """
    if name not in {path.name for path in lake.published.glob("[!.]*/")} - {"current"}:
        raise BadInputError(f"there is no release {name}", "see `coso release list`")
    return read_release(lake.published / name)


def rollback(lake: Lake, name: str, reason: str, now: datetime) -> Release:
    """Make an earlier release the current one and pin it: runs publish beside it until it is unpinned.

    Raises:
        BadInputError: there is none of this name, or its manifest is damaged.
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
    with open_database(new.database) as connection:
        tables = read_tables(connection, new.database.stem, "main")
        return diff_tables(connection, tables, old.path)


def prune(lake: Lake, now: datetime) -> list[str]:
    """Remove old releases: all of the last 30 days stay, and the last of every month, and the current one.

    Damaged ones stay, too: whoever mends them decides.

    Returns:
        Names of the releases removed.
    """
    kept = {current_name(lake)}
    last_of_month: dict[str, str] = {}
    releases = list_releases(lake)
    for release in releases:
        last_of_month[release.created_at[:7]] = release.name
        if datetime.fromisoformat(release.created_at) > now - timedelta(days=KEEP_ALL_DAYS):
            kept.add(release.name)
    kept |= set(last_of_month.values())
    old = [release for release in releases if release.name not in kept]
    for release in old:
        remove(release)
    return [release.name for release in old]
