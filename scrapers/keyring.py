"""Keys of the archives that hold personal data: one at a time a source, and each can be destroyed.

``<keyring>/<source>/<key id>.json`` is a key, readable by its owner alone. Destroying writes a tombstone into
``raw/tombstones``, which says when, by whom and why, and then erases the key. A key with a tombstone is given to
no one, also when the keyring comes back from a copy; a process killed in between leaves work that
``erase_destroyed`` ends.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from coso.errors import CosoError, EnvironmentProblemError
from coso.lake import Lake, write_records
from coso.records import Tombstone, arrow_schema, from_table
from coso.settings import VIETNAM_TIME, load_settings

#: A key seals what comes in so many days, so that old pages can be destroyed without the recent ones.
KEY_DAYS = 90
_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY = ".json"
_KEY_ID = re.compile(r"[a-z0-9][a-z0-9-]*\.[0-9a-f]{8}")
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class DestroyedKeyError(CosoError):
    """What is asked for was sealed with a key that was destroyed."""

    def __init__(self, tombstone: Tombstone) -> None:
        super().__init__(
            f"the pages of {tombstone.source_key} under key {tombstone.key_id} were {told(tombstone)}",
            "they cannot be read again; what was published of them stands",
        )
        self.tombstone = tombstone


def told(tombstone: Tombstone) -> str:
    """Return a tombstone as half a sentence: destroyed on which day, by whom, why."""
    day = tombstone.destroyed_at.astimezone(VIETNAM_TIME).date().isoformat()
    return f"destroyed on {day} by {tombstone.destroyed_by} because: {tombstone.reason}"


class BrokenSealError(CosoError):
    """Sealed bytes that were changed, or that another key sealed."""


@dataclass(frozen=True)
class SourceKey:
    """One key of one source: seals, opens, and makes digests that nobody without it can guess at."""

    key_id: str
    source_key: str
    made_at: datetime
    secret: bytes = field(repr=False)

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self._derived(b"seal"))

    @cached_property
    def _digest_key(self) -> bytes:
        return self._derived(b"digest")

    def seal(self, data: bytes) -> bytes:
        """Return ``data`` encrypted and authenticated (AES-256-GCM, a random nonce in front)."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data, self._label())

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            BrokenSealError: the bytes are not what this key sealed.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], self._label())
        except (InvalidTag, ValueError):
            raise BrokenSealError(
                f"what key {self.key_id} sealed was changed", "restore the file from a copy"
            ) from None

    def digest(self, data: bytes) -> str:
        """Return the HMAC-SHA-256 of ``data`` as 64 hex digits.

        A plain digest would let anyone who holds it try guesses at a short page long after the key is gone.
        """
        made = hmac.HMAC(self._digest_key, hashes.SHA256())
        made.update(data)
        return made.finalize().hex()

    def _label(self) -> bytes:
        return f"{self.source_key} {self.key_id}".encode()

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), _KEY_BYTES, salt=None, info=b"coso " + purpose).derive(self.secret)


@dataclass(frozen=True)
class Keyring:
    """The keys of one lake, in a folder outside its zones.

    Attributes:
        folder: where the keys lie.
        tombstones: where the tombstones lie.
    """

    folder: Path
    tombstones: Path
    _read_before: dict[str, SourceKey] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, lake: Lake) -> Keyring:
        """Return the keyring of a lake: the folder ``COSO_KEYRING`` names, or ``keyring/`` in its home."""
        folder = load_settings().keyring or lake.home / "keyring"
        return cls(folder, lake.table(lake.home / "raw", "tombstones"))

    def current(self, source_key: str, now: datetime | None = None) -> SourceKey:
        """Return the key that seals what comes in now; one is made when there is none or the last is too old.

        Raises:
            EnvironmentProblemError: the keyring cannot be read or written, or others may read it.
        """
        now = now or datetime.now(UTC)
        held = list(self.keys(source_key))
        if held and now - held[-1].made_at < timedelta(days=KEY_DAYS):
            return held[-1]
        key = SourceKey(f"{source_key}.{secrets.token_hex(4)}", source_key, now, os.urandom(_KEY_BYTES))
        values = {"key_id": key.key_id, "source_key": source_key, "made_at": now.isoformat()}
        values["secret"] = base64.b64encode(key.secret).decode()
        _write_private(self._path(key.key_id), values)
        return key

    def keys(self, source_key: str) -> Iterator[SourceKey]:
        """Yield the keys of a source that were not destroyed, the newest last.

        Raises:
            EnvironmentProblemError: a key cannot be read, or others may read it.
        """
        names = [path.name.removesuffix(_KEY) for path in (self.folder / source_key).glob(f"*{_KEY}")]
        found = [self._read(name) for name in names if self.tombstone(name) is None]
        yield from sorted(found, key=lambda key: (key.made_at, key.key_id))

    def get(self, key_id: str) -> SourceKey:
        """Return a key.

        Raises:
            DestroyedKeyError: it was destroyed.
            EnvironmentProblemError: it is not in the keyring, or others may read it.
        """
        if tombstone := self.tombstone(key_id):
            raise DestroyedKeyError(tombstone)
        if key_id not in self._read_before:
            self._read_before[key_id] = self._read(key_id)
        return self._read_before[key_id]

    def tombstone(self, key_id: str) -> Tombstone | None:
        """Return the tombstone of a key, None when it was not destroyed."""
        path = self._tombstone_path(key_id)
        if not path.exists():
            return None
        import pyarrow.parquet as pq  # noqa: PLC0415 - as in coso.lake: readers of pages need it for this alone

        return from_table(Tombstone, pq.read_table(path, schema=arrow_schema(Tombstone), partitioning=None))[
            0
        ]

    def destroy(self, tombstone: Tombstone) -> None:
        """Destroy a key for ever; one that is lost already is from now on known as destroyed.

        The bytes are written over before the file goes. A file system that writes elsewhere (snapshots, flash), and
        every copy of the keyring, has to be cleared by whoever keeps it.
        """
        path = self._tombstone_path(tombstone.key_id)
        if not path.exists():
            write_records(path, Tombstone, [tombstone])
            _sync_folder(path.parent)
        self._erase(tombstone.key_id)

    def erase_destroyed(self) -> None:
        """End the destructions that were cut short: erase every key that has a tombstone."""
        for path in self.folder.glob(f"*/*{_KEY}"):
            key_id = path.name.removesuffix(_KEY)
            if self._tombstone_path(key_id).exists():
                self._erase(key_id)

    def _erase(self, key_id: str) -> None:
        path = self._path(key_id)
        if not path.exists():
            return
        with path.open("r+b") as handle:
            handle.write(os.urandom(path.stat().st_size))
            handle.flush()
            os.fsync(handle.fileno())
        path.unlink()
        _sync_folder(path.parent)

    def _read(self, key_id: str) -> SourceKey:
        path = self._path(key_id)
        try:
            if not _KEY_ID.fullmatch(key_id):
                raise ValueError("no name of a key")
            if path.stat().st_mode & _FOR_OTHERS:
                raise EnvironmentProblemError(f"{path} can be read by others", f"chmod 600 {path}")
            values = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise EnvironmentProblemError(
                f"key {key_id} cannot be read from {path} ({error})",
                "restore the keyring from its copy, or write the pages off with "
                f"`coso keys destroy {key_id.rpartition('.')[0]} --reason lost`",
            ) from None
        moment = datetime.fromisoformat(values["made_at"])
        return SourceKey(key_id, values["source_key"], moment, base64.b64decode(values["secret"]))

    def _path(self, key_id: str) -> Path:
        return self.folder / key_id.rpartition(".")[0] / f"{key_id}{_KEY}"

    def _tombstone_path(self, key_id: str) -> Path:
        return self.tombstones / f"{key_id}.parquet"


def _write_private(path: Path, values: dict[str, Any]) -> None:
    """Write a file that only its owner may read; on disk when this returns, whole or not at all."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(json.dumps(values, ensure_ascii=False, sort_keys=True).encode())
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise EnvironmentProblemError(
            f"the keyring {path.parent} cannot be written ({error.strerror})",
            "set COSO_KEYRING to a folder you own",
        ) from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
