"""Which addresses were erased: known by a digest, so that no word of the address stays."""

from __future__ import annotations

from coso.ids import sha256_hex
from coso.lake import Lake

#: How the ``key_id`` of a tombstone begins that stands for an address; its digest follows.
OF_ADDRESS = "address."


def address_digest(url: str) -> str:
    """Return the digest an erased address is known by."""
    return sha256_hex(url.encode())


def erased_addresses(lake: Lake) -> frozenset[str]:
    """Return the digests of all erased addresses."""
    folder = lake.home / "raw" / "tombstones"
    return frozenset(path.stem.removeprefix(OF_ADDRESS) for path in folder.glob(f"{OF_ADDRESS}*.parquet"))
