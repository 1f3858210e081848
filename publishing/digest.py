"""Digests of content: two releases with the same digest say the same things."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from coso.sql import identifier, identifiers
from publishing.tables import Table


def table_digest(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    """Return a digest of a table's content columns that does not depend on row order.

    Rows are hashed one by one and the sorted hashes are hashed again, so the digest is stable over DuckDB
    versions, which DuckDB's own ``hash`` is not.
    """
    (digest,) = connection.execute(
        f"""
        select coalesce(sha256(string_agg(row_hash, '' order by row_hash)), 'empty')
        from (select md5(to_json(r)::varchar) as row_hash
              from (select {identifiers(table.content_columns)} from {identifier(table.name)}) as r)
        """
    ).fetchone() or ("empty",)
    columns = ",".join(f"{c.name}:{c.type}" for c in table.columns)
    return hashlib.sha256(f"{table.name}({columns}){digest}".encode()).hexdigest()


def content_digest(digests: dict[str, str], tables: list[Table]) -> str:
    """Return the digest of a release from the digests of its content tables."""
    joined = "\n".join(f"{table.name} {digests[table.name]}" for table in tables if table.is_content)
    return hashlib.sha256(joined.encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
