"""Destroying what the archive holds of a source that carries personal data: the key goes, a tombstone stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coso.errors import BadInputError
from coso.ids import content_id
from coso.lake import Lake, read_table
from coso.records import Tombstone, from_table
from scrapers.archive import recover
from scrapers.erased import OF_ADDRESS
from scrapers.keyring import Keyring, SourceKey
from scrapers.land import captures_of, land_source
from scrapers.residue import keep_residue
from scrapers.sourcefile import Source
from scrapers.warc import key_of_file


@dataclass(frozen=True)
class SealedArchive:
    """What one key seals.

    Attributes:
        key_id: the key.
        source_key: its source.
        key: the key itself; None when it was destroyed or is not in the keyring.
        tombstone: what is left of a key that was destroyed.
        files: archive files, relative to the lake.
        captures: ids of the answers in them.
        oldest: when the first of these answers was fetched.
        newest: when the last of them was.
    """

    key_id: str
    source_key: str
    key: SourceKey | None
    tombstone: Tombstone | None
    files: frozenset[str]
    captures: frozenset[str]
    oldest: datetime | None
    newest: datetime | None


def sealed_archives(lake: Lake, source_key: str | None = None) -> list[SealedArchive]:
    """Return what each key seals, of one source or of all, the oldest first.

    Raises:
        EnvironmentProblemError: a key can be read by others than its owner.
    """
    keyring = Keyring.of(lake)
    folders = [*lake.warc.glob("source=*"), *(lake.home / "raw" / "residue").glob("source=*")]
    names = {folder.name.removeprefix("source=") for folder in folders}
    names |= {folder.name for folder in keyring.folder.glob("*") if folder.is_dir()}
    wanted = sorted(names) if source_key is None else [source_key]
    return [archive for name in wanted for archive in _archives_of(lake, keyring, name)]


def _archives_of(lake: Lake, keyring: Keyring, source_key: str) -> Iterator[SealedArchive]:
    files: dict[str, set[str]] = defaultdict(set)
    for path in sorted((lake.warc / f"source={source_key}").glob("date=*/*.warc.gz")):
        if key_id := key_of_file(path):
            files[key_id].add(path.relative_to(lake.home).as_posix())
    keys = {key.key_id: key for key in keyring.keys(source_key)}
    gone = {
        row.key_id: row
        for row in read_tombstones(lake)
        if row.source_key == source_key and not row.key_id.startswith(OF_ADDRESS)
    }
    index = captures_of(lake, source_key) if files else []
    found = []
    for key_id in files.keys() | keys.keys() | gone.keys():
        rows = [row for row in index if row.warc_file in files[key_id]]
        times = sorted(row.fetched_at for row in rows)
        found.append(
            SealedArchive(
                key_id=key_id,
                source_key=source_key,
                key=keys.get(key_id),
                tombstone=gone.get(key_id),
                files=frozenset(files[key_id]),
                captures=frozenset(row.capture_id for row in rows),
                oldest=times[0] if times else None,
                newest=times[-1] if times else None,
            )
        )
    yield from sorted(found, key=lambda one: (str(one.oldest), one.key_id))


def destroy_archives(
    lake: Lake,
    source_key: str,
    source: Source | None,
    *,
    reason: str,
    by: str,
    now: datetime,
    before: datetime | None = None,
) -> list[Tombstone]:
    """Destroy the keys of a source, so that what they seal can never be read again.

    What was read from the pages, masked, is landed first and stays. The caller holds the lake.

    Args:
        lake: the lake.
        source_key: the source.
        source: its entry in the registry; None when it has none any more, and then nothing is landed first.
        reason: why, in plain words.
        by: who destroys.
        now: the moment.
        before: only keys whose last answer was fetched before this moment.

    Returns:
        One tombstone a key.

    Raises:
        BadInputError: there is nothing to destroy, or reason or name is empty.
    """
    if not reason.strip() or not by.strip():
        raise BadInputError("a destruction needs a reason and a name", "give --reason and --by")
    recover(lake, source_key)
    doomed = [one for one in sealed_archives(lake, source_key) if _is_doomed(one, before)]
    if not doomed:
        raise BadInputError(
            f"source {source_key} has no key to destroy"
            + (f" older than {before:%Y-%m-%d}" if before else ""),
            "see `coso keys list`",
        )
    if source and all(one.key for one in doomed):  # what a lost key seals cannot be landed any more
        land_source(source, lake)
    tombstones = [_tombstone(one, reason.strip(), by.strip(), now) for one in doomed]
    for one, tombstone in zip(doomed, tombstones, strict=True):
        keep_residue(lake, source_key, one.key_id, one.files, one.captures)
        Keyring.of(lake).destroy(tombstone)
    return tombstones


def read_tombstones(lake: Lake) -> list[Tombstone]:
    """Return the tombstones of a lake, the newest last."""
    folder = lake.table(lake.home / "raw", "tombstones")
    rows = from_table(Tombstone, read_table(folder, Tombstone))
    return sorted(rows, key=lambda row: (row.destroyed_at, row.key_id))


def _is_doomed(archive: SealedArchive, before: datetime | None) -> bool:
    if archive.tombstone:
        return False
    return before is None or (archive.newest is not None and archive.newest < before)


def _tombstone(archive: SealedArchive, reason: str, by: str, now: datetime) -> Tombstone:
    return Tombstone(
        tombstone_id=content_id("tomb", [archive.source_key, archive.key_id]),
        source_key=archive.source_key,
        key_id=archive.key_id,
        key_made_at=archive.key.made_at if archive.key else None,
        destroyed_at=now,
        destroyed_by=by,
        reason=reason,
        captures=len(archive.captures),
        files=len(archive.files),
    )
