"""Making, finding and verifying releases.

A release is filled in a hidden folder beside the others and put in place by one rename; then the link ``current``
is switched by another. A reader sees the old release or the new one, and a file that is open stays readable.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

import coso
from coso.errors import BadInputError, CosoError
from coso.lake import Lake
from coso.records import Hold
from coso.room import told_when_full
from publishing.build import Content, copy_marts, export_files, published_files, write_checksums
from publishing.dashboard import write_dashboard
from publishing.datapackage import describe_release
from publishing.diff import as_json, diff_tables, summarise
from publishing.digest import content_digest, file_sha256, table_digest
from publishing.opening import open_database
from publishing.tables import read_tables
from publishing.workbook import write_workbook

_DATABASE = "coso.duckdb"
_LICENCE_NOTE = """\
Figures: Creative Commons Attribution 4.0 (CC BY 4.0). Cite release, table and row, and the page each row names.
Quotes are short extracts of the named newspapers and portals, given as evidence; their rights stay with them.
"""


@dataclass(frozen=True)
class Release:
    """One published release: its folder, the digest of its content, and the rows of each table."""

    name: str
    path: Path
    digest: str
    created_at: str
    tables: dict[str, int]

    @property
    def database(self) -> Path:
        """The DuckDB file with all tables."""
        return self.path / _DATABASE


@dataclass(frozen=True)
class PublishResult:
    """What publishing did: the newest release, current unless another one is pinned, and whether it is new."""

    release: Release
    changed: bool


def publish(
    lake: Lake, build: Path, holds: Sequence[Hold] = (), *, run_id: str, now: datetime | None = None
) -> PublishResult:
    """Publish the marts of a warehouse build, unless they say what the newest release says.

    Values that are held are taken from the current release, so that the values readers have stay. What changed is told
    against the newest release, which is another one while an earlier release is pinned.

    Args:
        lake: the lake to publish into.
        build: DuckDB file of the build.
        holds: provinces kept from publication.
        run_id: run that publishes, for the manifest.
        now: the clock.

    Raises:
        CosoError: the build holds no marts.
        NoRoomError: the disk is full; what was published before stays.
    """
    now = now or datetime.now(UTC)
    previous = newest_release(lake)
    current = current_name(lake)
    _sweep(lake)
    work = lake.published / f".building-{uuid.uuid4().hex}"
    work.mkdir(parents=True)
    try:
        with told_when_full(work), duckdb.connect(str(work / _DATABASE)) as connection:
            content = copy_marts(connection, build, holds, lake.published / current if current else None)
            if previous and previous.digest == content.digest:
                _make_current(lake, previous.name)
                return PublishResult(previous, changed=False)
            name = _free_name(lake, f"{now:%Y-%m-%d}-{content.digest[:12]}")
            manifest = _manifest(name, content, holds, previous, now, run_id)
            _describe(connection, work, content, manifest, previous)
        with told_when_full(work):
            write_checksums(work)
        return PublishResult(_put_in_place(lake, work, name), changed=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _describe(
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    content: Content,
    manifest: dict[str, Any],
    previous: Release | None,
) -> None:
    export_files(connection, content.tables, work)
    made_at = datetime.fromisoformat(manifest["created_at"])
    write_workbook(connection, content.tables, work / "coso.xlsx", manifest["name"], made_at)
    write_dashboard(connection, content.tables, work / "dashboard.html", manifest["name"])
    diffs = diff_tables(connection, content.tables, previous.path if previous else None)
    _write_json(work / "diff.json", as_json(diffs))
    (work / "DIFF.md").write_text(summarise(diffs, manifest["previous"]), encoding="utf-8")
    _write_json(work / "datapackage.json", describe_release(manifest["name"], content.digest, content.tables))
    _write_json(work / "release.json", manifest)
    (work / "LICENSE.txt").write_text(_LICENCE_NOTE, encoding="utf-8")


def _free_name(lake: Lake, name: str) -> str:
    """Return ``name``, or a numbered one where figures came back on one day to what they were before."""
    taken = (f"{name}-{number}" if number > 1 else name for number in count(1))
    return next(one for one in taken if not (lake.published / one).exists())


def _manifest(
    name: str, content: Content, holds: Sequence[Hold], previous: Release | None, now: datetime, run_id: str
) -> dict[str, Any]:
    return {
        "name": name,
        "digest": content.digest,
        "created_at": now.isoformat(),
        "run_id": run_id,
        "code_version": coso.__version__,
        "previous": previous.name if previous else None,
        "tables": content.rows,
        "table_digests": content.digests,
        "held": [asdict(hold) for hold in holds],
    }


def _put_in_place(lake: Lake, work: Path, name: str) -> Release:
    target = lake.published / name
    work.rename(target)
    _make_current(lake, name)
    return read_release(target)


def _make_current(lake: Lake, name: str) -> None:
    """Switch to a release unless one is pinned; a run killed before it switched is mended by the next one."""
    if not pin_file(lake).exists() and current_name(lake) != name:
        point_at(lake, name)


def point_at(lake: Lake, name: str) -> None:
    """Switch ``published/current`` to a release, at once."""
    link = lake.published / f".current-{uuid.uuid4().hex}"
    link.symlink_to(name)
    link.replace(lake.published / "current")


def pin_file(lake: Lake) -> Path:
    """Return the file that, while it exists, keeps ``published/current`` where it is."""
    return lake.published / "pinned.json"


def _sweep(lake: Lake) -> None:
    """Remove what a killed run left half built or half removed; the caller holds the lake, so nobody is at it now."""
    for left in (*lake.published.glob(".building-*"), *lake.published.glob(".gone-*")):
        shutil.rmtree(left, ignore_errors=True)
    for left in lake.published.glob(".current-*"):
        left.unlink()


def remove(release: Release) -> None:
    """Remove a release; it is gone at once, whatever becomes of the process while its files go."""
    gone = release.path.with_name(f".gone-{uuid.uuid4().hex}")
    release.path.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def current_name(lake: Lake) -> str | None:
    """Return the name of the release that ``published/current`` points at, or None before the first."""
    link = lake.published / "current"
    return link.resolve().name if link.exists() else None


def current_release(lake: Lake) -> Release | None:
    """Return the release that ``published/current`` points at, or None before the first.

    Raises:
        BadInputError: its manifest is damaged.
    """
    name = current_name(lake)
    return read_release(lake.published / name) if name else None


def newest_release(lake: Lake) -> Release | None:
    """Return the release that was made last, whatever is current, or None before the first."""
    return max(list_releases(lake), key=lambda release: release.created_at, default=None)


def list_releases(lake: Lake) -> list[Release]:
    """Return all releases, oldest first, without those that `find_damaged` names."""
    found = [one for one in _read_folders(lake) if isinstance(one, Release)]
    return sorted(found, key=lambda release: release.created_at)


def find_damaged(lake: Lake) -> list[BadInputError]:
    """Return what is wrong with the folders of releases whose manifest is missing or cannot be read."""
    return [one for one in _read_folders(lake) if isinstance(one, BadInputError)]


def _read_folders(lake: Lake) -> list[Release | BadInputError]:
    found: list[Release | BadInputError] = []
    for folder in sorted(lake.published.glob("[!.]*/")):
        if folder.is_symlink():
            continue
        try:
            found.append(read_release(folder))
        except BadInputError as error:
            found.append(error)
    return found


def read_release(path: Path) -> Release:
    """Return the release in a folder.

    Raises:
        BadInputError: its manifest is damaged.
    """
    manifest = path / "release.json"
    try:
        data = json.loads(manifest.read_text(encoding="utf-8"))
        return Release(data["name"], path, data["digest"], data["created_at"], data["tables"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputError(
            f"{manifest} cannot be read ({error})", "remove that folder; the other releases are whole"
        ) from None


def verify(release: Release) -> list[str]:
    """Check a release's files against its checksums and its rows against its digest.

    Returns:
        What was checked, one line each.

    Raises:
        CosoError: a file is missing, was changed or was added, or rows do not match the digest.
    """
    mend = "restore the folder from a copy, or point published/current at another release"
    listed = _checksums(release, mend)
    for name, digest in listed.items():
        path = release.path / name
        if not path.exists() or file_sha256(path) != digest:
            raise CosoError(f"release {release.name}: {name} is missing or was changed", mend)
    added = sorted(
        {path.relative_to(release.path).as_posix() for path in published_files(release.path)} - listed.keys()
    )
    if added:
        raise CosoError(
            f"release {release.name}: {', '.join(added)} was added since it was published",
            "move what was added elsewhere; a release never changes",
        )
    with open_database(release.database) as connection:
        tables = read_tables(connection, release.database.stem, "main")
        digests = {table.name: table_digest(connection, table) for table in tables}
    if content_digest(digests, tables) != release.digest:
        raise CosoError(f"release {release.name}: its rows do not match its digest", mend)
    return [f"{len(listed)} files match their checksums", f"{len(tables)} tables match the content digest"]


def _checksums(release: Release, mend: str) -> dict[str, str]:
    """Return the digests of a release's files by their name."""
    sums = release.path / "SHA256SUMS"
    try:
        pairs = [line.split("  ", 1) for line in sums.read_text(encoding="utf-8").splitlines()]
        return {name: digest for digest, name in pairs}
    except (OSError, ValueError) as error:
        raise CosoError(f"{sums} cannot be read ({error})", mend) from None


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
